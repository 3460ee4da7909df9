"""The name of the outlet on a plain-text page, where it is safe to say which line is it."""

import re
from collections.abc import Sequence

from stemma.reports.dates import find_date
from stemma.reports.names import person
from stemma.reports.outlets import fold, owner, title_parts
from stemma.reports.plain_lines import Line
from stemma.reports.plain_slots import READING, TODAY, is_slot
from stemma.reports.words import pattern
from stemma.text.data import words_of

HEADER = 10
"""Lines of a header that is no menu: in a longer one no line is safely the outlet's name."""

LONGEST_HEAD = 4
"""Lines between a headline and its story where no menu stands between them."""

LONGEST_FOOT = 25
"""Words of a copyright line; a longer one speaks of the rights of others too."""

_OPENS = re.compile(r"^\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_LEAD_OUTLET = pattern("lead_outlet")


def find_outlet(lines: Sequence[Line], body: Sequence[int], title: int | None) -> str | None:
    """Return the outlet's name where it is safe: the lead's own, a masthead, the account, the copyright line."""
    masts = words_of("reports", "mastheads.txt")
    lead = _LEAD_OUTLET.match(lines[body[0]].text[:120])
    if lead and {w.casefold() for w in lead["name"].split()} & masts:
        return lead["name"]
    top = lines[: title if title is not None else body[0]]
    header = _masthead(top, masts) if len(top) <= HEADER else None
    under = _under_title(lines, body, title, masts)
    return header or under or _account(lines, title, body[0]) or _owner(lines[body[-1] :], masts)


def without_outlet(title: str, outlet: str | None) -> str:
    """Return a headline without the outlet's name before its first dash or after its last."""
    parts, name = title_parts(title), fold(outlet or "")
    for part, other in ((parts[0], parts[1:]), (parts[-1], parts[:-1])) if name and len(parts) > 1 else ():
        if fold(part) == name and title.startswith(part):
            return title[title.index(other[0], len(part)) :]
        if fold(part) == name:
            return title[: title.rindex(part)].rstrip(" |–—‒-•·»«:/~")
    return title


def _masthead(header: Sequence[Line], masts: frozenset[str]) -> str | None:
    """Find the one line of a short header that reads like the name of an outlet, best by a word such as "Post"."""
    names = {line.key: line.text for at, line in enumerate(header) if _may_name(line) and not _is_town(header, at)}
    telling = [text for text in names.values() if _tells(text, masts)]
    plain = [text for text in names.values() if not _folded(text) & words_of("reports", "sections.txt")]
    dated = any(is_slot(line) for line in header)
    first = header[0].text if len(header) > 1 else None
    found = telling or [text for text in plain if not text.isupper() and (dated or text == first) and len(plain) == 1]
    return found[0] if len(found) == 1 else None


def _under_title(lines: Sequence[Line], body: Sequence[int], title: int | None, masts: frozenset[str]) -> str | None:
    """Find the outlet's name that stands by itself between the headline and the date, and nowhere in the story.

    What the story names too is its town; a person there is the author.
    """
    between = range(title + 1 if title is not None else body[0], body[0])
    if len(between) > LONGEST_HEAD:
        return None
    told = "\n".join(lines[at].text for at in body)
    for at in between:
        text = lines[at].text
        dated = any(i in between and len(lines[i].text) < 80 and find_date(lines[i].text) for i in (at - 1, at + 1))
        bare = person(text) is None and not text.isupper() and not _folded(text) & words_of("reports", "sections.txt")
        if dated and _may_name(lines[at], 1) and (_tells(text, masts) or (bare and text not in told)):
            return text
    return None


def _may_name(line: Line, least: int = 2) -> bool:
    """Whether a line is at most five capitalised words, two of them at least, without the marks of a menu or a date."""
    words = line.text.split()
    small = ("of", "the", "and", "for", "de", "la", "&")
    capital = all(w[0].isupper() or w[0].isdigit() or w in small for w in words) and words[0][0].isupper()
    marked = bool(set(line.text) & set("|%+:/,")) or is_slot(line)
    return line.kind == "short" and least <= len(words) <= 5 and capital and not marked


def _is_town(header: Sequence[Line], at: int) -> bool:
    """Whether the line stands under a temperature, as a header's town does."""
    above = header[at - 1].text if at else ""
    return TODAY.search(above.casefold()) is not None and find_date(above) is None


def _tells(text: str, masts: frozenset[str]) -> bool:
    words = [word.casefold() for word in text.split()]
    named = words[-1] in masts or (words[0] == "the" and bool(set(words) & masts))
    return named and words[0] not in words_of("reports", "sections.txt")


def _folded(text: str) -> set[str]:
    return {word.casefold().strip(".,") for word in text.split()}


def _account(lines: Sequence[Line], title: int | None, first: int) -> str | None:
    """A name all in capitals above a reading time, with no "By": the site's account, not a person."""
    if title is None:
        return None
    for at in range(title + 1, first - 1):
        text, named = lines[at].text, lines[at].kind == "short" and 2 <= lines[at].words <= 4
        if named and text.isupper() and READING.search(lines[at + 1].text[:60]):
            return text
    return None


def _owner(footer: Sequence[Line], masts: frozenset[str]) -> str | None:
    """Whom the copyright line names: a name with a word such as "Post", or the line's first words."""
    names = [(name, line) for line in footer if (name := owner(line.text)) and 1 < len(name.split()) <= 5]
    telling = [name for name, _ in names if {w.casefold() for w in name.split()} & masts]
    first = [name for name, line in names if _OPENS.match(line.text) and line.words <= LONGEST_FOOT]
    return next(iter([*telling, *first]), None)
