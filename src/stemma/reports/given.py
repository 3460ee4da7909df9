"""An article that is given as such, in a table's row: every paragraph of its text is kept, and what is said of it is believed."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.errors import NoArticle
from stemma.reports.article import ADDRESS, TOLD, Article, corrected_on, told_apart
from stemma.reports.authors import authors_in
from stemma.reports.credits import find_credits
from stemma.reports.dates import iso
from stemma.reports.outlets import read_address
from stemma.tables import Role
from stemma.text.moments import read_moment
from stemma.text.normal import name_key, tidy

WRAPPED = range(45, 101)
"""How long the lines of a text are that was wrapped by a machine, the last of a paragraph aside."""


def given_article(text: str, title: str | None = None, outlet: str | None = None, url: str | None = None) -> Article:
    """Return the article whose text this is: a paragraph for each of its lines, wrapped ones joined; raises NoArticle."""
    parts = [part for part in map(tidy, _paragraphs(text)) if part]
    if not parts:
        raise NoArticle("the text is empty.")
    if title and name_key(parts[0]) == name_key(title):
        parts = parts[1:]
    printed: list[tuple[Role, str]] = [("title", tidy(title))] if title else []
    blocks = tuple(told_apart([*printed, *(("paragraph", part) for part in parts)]))
    credits = find_credits(blocks, outlet)
    return Article(
        blocks=blocks, title=tidy(title) if title else None, outlet=read_address(url).outlet if url else None,
        modified=corrected_on(blocks), byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline, where={"title": TOLD, "outlet": ADDRESS},
    )  # fmt: skip


def given_day(value: str | None) -> str | None:
    """Return a date as a table gives it in ISO 8601, or None when it is none: a midnight without a zone is the whole day."""
    found = value.strip() if value and read_moment(value) else iso(value)
    return found.removesuffix("T00:00:00").removesuffix("T00:00") if found else None


def given_authors(value: str | None, outlet: str | None) -> tuple[str, ...]:
    """Return the persons that a table names as authors."""
    return authors_in([part.strip() for part in re.split(r"[;|]", value or "")], [outlet])


def given_language(value: str | None) -> str | None:
    """Return the ISO 639 code of a language given by its code ("en", "en-GB") or its English name; None for another word."""
    said = (value or "").strip().lower()
    if not said:
        return None
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9-]+)?", said)
    return code[1] if code and code[1] in _languages().values() else _languages().get(said)


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text):
        lines = part.strip().split("\n")
        yield from [" ".join(lines)] if _wrapped(lines) else lines


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether the line ends are those of a machine that counts letters, and no paragraph ends there."""
    return len(lines) > 1 and all(
        len(line) in WRAPPED and not line.rstrip().endswith((".", "!", "?", ":")) for line in lines[:-1]
    )


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Codes by the English names of languages."""
    from babel import Locale

    return {name.lower(): code for code, name in Locale("en").languages.items() if len(code) <= 3}
