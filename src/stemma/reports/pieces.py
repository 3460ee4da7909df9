"""The article among a page's runs: which runs are its body, which stand around it, and the role of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from stemma.reports import thresholds
from stemma.reports.article import is_correction, told_apart
from stemma.reports.choice import Choice, is_link, trimmed
from stemma.reports.credits import credited_sources, says_who_worked
from stemma.reports.dates import is_numeric, printed
from stemma.reports.dom import LONGEST_NAME, Element, Run, article_cell, embeds_of, is_data, is_pictures, within
from stemma.reports.lines import BY, kind_of
from stemma.reports.metadata import Metadata
from stemma.tables import Role
from stemma.text.normal import name_key

_DECK = re.compile(
    r"(?<![a-z])(?:sub-?(?:title|head(?:line)?|line)|deck|dek|stand-?first|lede|lead|summary|excerpt|intro|chapo|sapo|ingress|vorspann|"
    r"sottotitolo|bajada|entradilla|description)(?![a-z])",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line|authors?|writer|contributors?|autor(?:en|es)?|firma|signature|auteur)(?![a-z])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![a-z])(?:date(?:line|time)?|time-?stamp|pub(?:lished|date|lish)?(?:-?(?:date|time|on))?|posted-?on|updated|datum|fecha)(?![a-z])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?<![a-z])(?:caption|fig-?caption|cut-?line|photo-?credit|image-?credit|credit|legend|bildunterschrift|pie-?foto)(?![a-z])",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^\W*(?:by|von|par|por)\s+\w", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FURNITURE = ("widget", "end", "tail", "notice")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the article with its role."""

    role: Role
    text: str


def pieces(page: Sequence[Run], choice: Choice, known: Metadata) -> list[Piece]:
    """Return the article's pieces in page order: title, what stands under it, the body with captions, credits below."""
    if not any(choice):
        return []
    title = _title_at(page, choice, known.title)
    body = trimmed(page, choice, title)
    chosen = [n for n, inside in enumerate(body) if inside]
    if not chosen:
        return []
    begin, first, last = _bounds(page, chosen, title)
    top = [n for n in chosen if first <= n < first + thresholds.HEAD_RUNS]
    heads = [n for n in top if _around(page[n], _marks(page[n].element), known, above=False)]
    first = next((n for n in chosen if n >= first and n not in heads), first)
    cell = article_cell(page, chosen)
    embeds = embeds_of(page[: last + 1 + thresholds.CREDITS_BELOW])
    posts = _posts(page, embeds, first)
    opening = next((n for n in chosen if n >= first and kind_of(page[n].text) == "prose"), first)
    found: list[tuple[Element, Piece]] = []
    for n in range(begin, max([last, *posts]) + 1):
        if posts.get(n):
            found.append((page[n].element, Piece("post", posts[n])))
        if n in posts or n > last or (n < first and embeds[n] is not None):
            continue
        early = n <= first or (n < opening and not body[n])
        role = "title" if n == title else _role(page[n], known, cell, inside=body[n], above=n < first, early=early)
        if role and not (role == "date" and title is None and n < first):
            found.append((page[n].element, Piece(role, page[n].text)))
    shown = _without_cards(_once(found)) + _credits_below(page[last + 1 :])
    return [Piece(role, text) for role, text in told_apart([(p.role, p.text) for p in shown])]


def _bounds(page: Sequence[Run], chosen: Sequence[int], title: int | None) -> tuple[int, int, int]:
    """Where the article begins (with its title, where the page prints it), and the first and last run of its body.

    What stands above the title is the site's: the date in its header is today's.
    """
    below = [n for n in chosen if title is not None and n > title]
    if title is not None and sum(page[n].words for n in below) * 2 > sum(page[n].words for n in chosen):
        return title, below[0], below[-1]
    return max(0, chosen[0] - thresholds.HEAD_RUNS), chosen[0], chosen[-1]


def _posts(page: Sequence[Run], embeds: Sequence[Element | None], first: int) -> dict[int, str]:
    """The posts that the article embeds, each on one line at its first run, "" at its others; extractors lose some."""
    runs_of: dict[Element, list[int]] = {}
    for n, embed in enumerate(embeds[first:], first):
        if embed is not None:
            runs_of.setdefault(embed, []).append(n)
    texts = {held[0]: " ".join(page[n].text for n in held if kind_of(page[n].text) != "widget") for held in runs_of.values()}
    return {n: texts.get(n, "") for held in runs_of.values() for n in held}


def _title_at(page: Sequence[Run], choice: Choice, title: str | None) -> int | None:
    """Where the title stands: near the first chosen run that is no label; a menu may be chosen far above it."""
    told = (n for n, inside in enumerate(choice) if inside and page[n].words > thresholds.LONGEST_LABEL)
    first = next(told, choice.index(True))
    same = [n for n in range(min(len(page), first + thresholds.FIRST_RUNS)) if _says(page[n], title)]
    headed = [n for n in same if page[n].element.tag in ("h1", "h2")]
    near = [n for n in same if abs(n - first) < thresholds.TITLE_NEAR]
    return next(iter((headed or near)[-1:]), None)


def _role(run: Run, known: Metadata, cell: Element | None, *, inside: bool, above: bool, early: bool) -> Role | None:
    """The role of a run from the title to the body's end, or None; `above` the body, or with its first run `early`."""
    marks = _marks(run.element)
    pictured = _in_figure(run.element) or _called(_CAPTION, marks) or is_pictures(run.element, cell)
    if not (inside or above or early or pictured):
        return None
    kind = kind_of(run.text)
    if inside and not above and run.element.tag in ("td", "th") and is_data(run.element, cell) and kind == "widget":
        return "table"
    if above and is_numeric(run.text):
        return "date"
    if kind in _FURNITURE or _says(run, known.title) or _says(run, known.outlet):
        return None
    if pictured:
        return "caption" if len(run.text) > 3 else None
    if early or (inside and len(run.text) < thresholds.LINE_LENGTH):
        around = _around(run, marks, known, above=above)
        if around and (above or (inside and (early or around != "deck")) or (early and around in ("byline", "date"))):
            return around
    return _body_role(run, kind, cell) if inside else None


def _around(run: Run, marks: str, known: Metadata, *, above: bool) -> Role | None:
    """Byline, date or deck: what stands above an article's body."""
    if run.words < thresholds.DATE_WORDS and _is_signed(run, known, above=above):
        return "byline"
    short = len(run.text) < thresholds.LINE_LENGTH and any(map(str.isdigit, run.text))
    if short and (_called(_DATE, marks) or run.element.tag == "time" or printed(run.text)):
        return "date"
    if run.words <= thresholds.NAME_BOX and _called(_BYLINE, marks):
        return "byline"
    if above and _says(run, known.description):
        return "deck"
    return "deck" if run.words >= thresholds.LEAST_HEADLINE and _called(_DECK, marks) else None


def _is_signed(run: Run, known: Metadata, *, above: bool) -> bool:
    """Whether a short line begins like a byline, names an author of the page or, above the body, an agency."""
    folded = run.text.casefold()
    if _SIGNED.match(run.text) or BY.match(run.text) or any(a.casefold() in folded for a in known.authors):
        return True
    return (
        above
        and run.words <= thresholds.SIGNING_WORDS
        and any(c.kind == "agency" for c in credited_sources([("byline", run.text)]))
    )


@lru_cache(maxsize=4096)
def _called(pattern: re.Pattern[str], marks: str) -> bool:
    """Whether the page's author calls an element so: those of one make follow each other."""
    return pattern.search(marks) is not None


def _says(run: Run, said: str | None) -> bool:
    """Whether a run has the very words that the markup gives, marks and case aside."""
    return bool(said) and len(run.text) < 2 * len(said or "") + 10 and _key(run.text) == _key(said or "")


_key = lru_cache(maxsize=4096)(name_key)


def _body_role(run: Run, kind: str, cell: Element | None) -> Role:
    tags = {e.tag for e in islice(within(run.element, cell if cell is not None else _top(run.element)), 7)}
    if is_link(run) or (kind == "also" and (run.linked > thresholds.PART_LINKED or " | " not in run.text)):
        return "link"
    if len(run.text) < thresholds.CREDIT_LENGTH and says_who_worked(run.text):
        return "credit"
    if kind == "photo":
        return "caption"
    if run.element.tag in _HEADINGS:
        return "heading"
    if "blockquote" in tags:
        return "quote"
    # Old pages are laid out in tables: a cell that holds sentences is no cell of figures.
    if is_data(run.element, cell) and run.words < thresholds.SHORT_CELL:
        return "table"
    return "list" if tags & {"li", "dd", "dt"} else "paragraph"


def _credits_below(rest: Sequence[Run]) -> list[Piece]:
    """Credit lines that stand just below the body, outside of what extractors take."""
    found = []
    for run in rest[: thresholds.CREDITS_BELOW]:
        kind = kind_of(run.text)
        if kind in ("end", "tail"):
            break
        named = (
            any(c.kind != "photo" for c in credited_sources([("credit", run.text[: thresholds.CREDIT_LENGTH])]))
            and len(run.text) <= thresholds.SOURCE_LENGTH
        )
        if (
            run.linked < thresholds.LINKED
            and len(run.text) < thresholds.CREDIT_LENGTH
            and (says_who_worked(run.text) or named or is_correction(run.text))
        ):
            found.append(Piece("credit", run.text))
    return found


def _without_cards(found: list[Piece]) -> list[Piece]:
    """The line between two linked headlines of other stories is a teaser of the first; two of them show it."""
    links = [n for n, p in enumerate(found) if p.role == "link"]
    teasers = {
        a + 1 for a, b in zip(links, [*links[1:], len(found)], strict=False)
        if b == a + 2 and found[a + 1].role == "paragraph" and len(found[a + 1].text.split()) < thresholds.TEASER_WORDS
    }  # fmt: skip
    return [p for n, p in enumerate(found) if n not in teasers or len(teasers) < 2]


def _in_figure(element: Element) -> bool:
    """Whether an element stands in a figure; the cells of a table that a page sets in one are no captions."""
    around = next((a for a in (element, *_up(element, 6)) if a.tag in ("figure", "figcaption", "table")), None)
    return around is not None and around.tag != "table"


def _up(element: Element, steps: int) -> list[Element]:
    found: list[Element] = []
    for above in element.iterancestors():
        if len(found) == steps or above.tag in ("body", "article", "main"):
            break
        found.append(above)
    return found


def _top(element: Element) -> Element | None:
    return next((a for a in element.iterancestors() if a.tag in ("body", "article", "main")), None)


def _marks(element: Element) -> str:
    """What the page's author calls an element and the two around it."""
    named = ("class", "id", "itemprop", "data-testid", "data-component")
    return " ".join(value[:LONGEST_NAME] for e in (element, *_up(element, 2)) for name in named if (value := e.get(name)))


def _once(found: Sequence[tuple[Element, Piece]]) -> list[Piece]:
    """A line that the page repeats word for word stands once; but what stands again beside it, its author repeats."""
    keys = [" ".join(_WORD.findall(piece.text.casefold())) for _, piece in found]
    first: dict[str, int] = {}
    earlier = [first.setdefault(key, n) for n, key in enumerate(keys)]
    copied = _stretches([n for n, key in enumerate(keys) if len(key) > thresholds.SENTENCE_LETTERS], earlier)
    kept = []
    for n, (element, piece) in enumerate(found):
        once = len(keys[n]) > thresholds.SENTENCE_LETTERS or piece.role in ("caption", "byline", "date", "deck", "title")
        beside = piece.role in ("paragraph", "list") and found[earlier[n]][0].getparent() is element.getparent()
        if earlier[n] == n or not once or (beside and n not in copied):
            kept.append(piece)
    return kept


def _stretches(lines: Sequence[int], earlier: Sequence[int]) -> set[int]:
    """Of some lines those that stand earlier too, in the same order as there: a page that has its article twice."""
    order = {n: k for k, n in enumerate(lines)}
    before: list[int] = []
    found: set[int] = set()
    for n in lines:
        goes_on = bool(before) and order[earlier[n]] == order[earlier[before[-1]]] + 1
        before = [*before, n] if goes_on and earlier[n] < n else [n] if earlier[n] < n else []
        if len(before) >= thresholds.COPIED_LINES:
            found.update(before)
    return found
