"""Words of a report that can stand alone as a quotation, never a mended sentence; and the lines of a brief, made of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stemma.show.wording import Row, clean


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report, letter for letter, with their place; `cut` where the passage goes on after them."""

    report: str
    siglum: str
    start: int
    end: int
    words: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the brief: template words and quotations in reading order, and the claims it rests on."""

    parts: tuple[str | Quote, ...]
    claims: tuple[str, ...] = ()

    @property
    def quotes(self) -> list[Quote]:
        """Return the quotations of the line."""
        return [p for p in self.parts if isinstance(p, Quote)]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading (a claimant), or under none."""

    heading: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question that the brief answers; `none` is said when there is no line, `more` counts what is left out."""

    key: str
    title: str
    means: str
    none: str
    groups: tuple[Group, ...]
    more: int = 0


LONGEST = 280
"""Code points of one quotation."""
LEAST = 4
"""Words without which a passage says too little by itself."""
Span = tuple[int, int]
_LEADING = re.compile(r"(?:[^()\n]{1,30}\)\s*[-–—])?[\s,;:–-]*(?:(?:and|but|although|though|while) )?(?:that )?")
"""The rest of a dateline, and what joins a clause to the words before it: no part of what it says."""
_AUXILIARY = r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did)(?:n[’']t)?\b"
_FINITE = re.compile(_AUXILIARY)
_PAST = re.compile(
    r"\b(?:\w{2,}ed|went|made|took|came|left|said|told|found|saw|got|gave|began|broke|held|lost|ran|stood|fell|rose|won|sent|"
    r"kept|set|met|shot|hit)\b"
)
_DATELINE = re.compile(r"\)\s*[-–—]$")
_TRAILING = re.compile(r"(?:\s(?:and|but|or))?[\s,;:–-]*$")
_STOP = re.compile(r"[.,;:!?–—\n\"“”](?!\d)|\s(?:and|but)\s")
_OPENING = " \u00a0\"“‘'(«„"
_INSIDE = re.compile(
    r"(?:of )?(?:which|who|whom|whose|what|when|while|where|because|to|from|for|with|by|as|than)\b|(?:What|Where|Who|Why|How)\b|"
    r"(?:[Hh]a[dsve]+|[Ww]as|[Ww]ere|[Ii]s|[Aa]re|[Ww]ill be)\b|"
    rf"\S+ing\b(?!.*{_AUXILIARY})|(?:\S+ ){{1,5}}(?:that|who|which) {_AUXILIARY}(?!.*{_AUXILIARY})[^,]*$|"
    r"[^,]+, (?:which|who|where)\b[^,]*(?:, \d+)?$"
)
"""How half a thing begins: a clause inside another, a question, a verb without its subject, a noun with only its clause."""


def passage(report: Row, siglum: str, place: Span, statement: Row | None, wide: bool = True) -> Quote | None:
    """Return the words of a member that can stand alone: the quotation or content that holds it when `wide`, else its own.

    None where they are too few, begin inside a clause, or hold characters that cannot be printed as they are.
    """
    text = report["text"]
    start, end = around(place, statement)
    if not wide:
        start, end = max(start, place[0]), _to_a_stop(text, min(end, place[1]), end)
    found = quote(text, report["id"], siglum, start, end)
    if found is None or len(found.words.split()) < LEAST or _INSIDE.match(found.words):
        return None
    if _FINITE.search(found.words) or _begins(text, found.start, statement, content=False):
        return found
    verb = report.get("language") not in (None, "en") or _PAST.search(found.words)
    return found if verb and _begins(text, found.start, statement, content=True) else None


def around(place: Span, statement: Row | None) -> Span:
    """Return the first span of a statement that holds most of a member, quotations before the content they stand in."""
    length = place[1] - place[0]
    spans = (*statement.get("quotations", []), *statement.get("content", [])) if statement else ()
    held = ((s[0], s[1]) for s in spans if min(s[1], place[1]) - max(s[0], place[0]) > 0.5 * length)
    return next(held, place)


def quote(text: str, report: str, siglum: str, start: int, end: int) -> Quote | None:
    """Return the words [start, end) as a quotation, trimmed and of bearable length; None where they cannot be printed."""
    line = text.find("\n", start)
    end = min(end, len(text), line if line > start else len(text))
    lead = _LEADING.match(text, start, end)
    start = lead.end() if lead else start
    whole = end
    end = _cut(text, start, end)
    trail = _TRAILING.search(text, start, end)
    end = trail.start() if trail else end
    end = _closed(text, start, end)
    words = text[start:end]
    if not words or clean(words) != words or _opens_within(words):
        return None
    return Quote(report, siglum, start, end, words, cut=whole - end > 2)


def repeats(one: Quote, others: Iterable[Quote]) -> bool:
    """Return whether a quotation is, for the most part, one that was printed already."""
    mine = _key(one.words)
    for other in others:
        shared = min(one.end, other.end) - max(one.start, other.start)
        if one.report == other.report and shared > 0.5 * min(one.end - one.start, other.end - other.start):
            return True
        theirs = _key(other.words)
        if mine in theirs or theirs in mine:
            return True
    return False


def _to_a_stop(text: str, at: int, end: int) -> int:
    """Words are not cut off before what bounds them: "nobody would be left" is no short form of "nobody would be left behind"."""
    if at and text[at - 1] in ".,;:!?":
        return at
    stop = _STOP.search(text, at, end)
    return stop.start() if stop else max(at, end)


def _begins(text: str, start: int, statement: Row | None, content: bool) -> bool:
    """Whether words begin a sentence, or a quotation, or with `content` what somebody is said to have said.

    Elsewhere a clause without a finite verb says half a thing.
    """
    before = text[:start].rstrip(_OPENING)
    if not before or before[-1] in ".!?…:\n”" or _DATELINE.search(before):
        return True
    spans = (*statement.get("quotations", []), *(statement.get("content", []) if content else ())) if statement else ()
    return any(s[0] <= start and _LEADING.fullmatch(text, s[0], start) for s in spans)


def _closed(text: str, start: int, end: int) -> int:
    """A quotation inside the words is closed where its mark stands just behind them."""
    words = text[start:end]
    for opening, closing in (('"', '"'), ("“", "”")):
        odd = words.count('"') % 2 if opening == closing else words.count(opening) > words.count(closing)
        at = text.find(closing, end, end + 2)
        if odd and at >= 0:
            return at + 1
    return end


def _opens_within(words: str) -> bool:
    """Whether words begin inside somebody's quotation marks and go on behind them."""
    closing, opening = words.find("”"), words.find("“")
    return words.count('"') == 1 or (closing >= 0 and (opening < 0 or closing < opening))


def _cut(text: str, start: int, end: int) -> int:
    """Where a long passage is cut: after its last whole sentence, else after a whole word."""
    if end - start <= LONGEST:
        return end
    head = text[start : start + LONGEST]
    sentence = max(head.rfind(mark) for mark in (". ", "? ", "! ", ".” ", ".’ "))
    return start + (sentence + 1 if sentence > LONGEST // 3 else max(head.rfind(" "), 1))


def _key(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.lower()).split())
