"""Quotation marks of every printed kind, told from apostrophes and inch signs, over the paragraphs of one report."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.mentions.parse import Paragraph
from stemma.tables import Quotation, Span

CLOSERS = {
    '"': ('"', "”", "''"), "“": ("”", '"', "“", "''"), "„": ("“", "”", '"', "‟"),
    "‟": ("”", "“"), "”": ("”",),
    "``": ("''", '"'), "''": ("''",), "«": ("»",), "»": ("«", "»"), "‹": ("›",), "›": ("‹",),
    "「": ("」",), "『": ("』",), "‘": ("’", "'"), "'": ("'", "’"), "‚": ("‘", "’"),
}  # fmt: skip
"""Which marks close what an opening mark began; houses in different countries use the same sign both ways."""

_CURLED = ("“", "„", "«")
"""Marks that can open only."""
_SINGLE = frozenset("‘'’‚")
_MARK = re.compile(r"''(?!'(?!\w))|``|[\"“”„‟«»‹›「」『』‘’‚']")
_ELISION = re.compile(r"['‘’](?:\d\ds?\b|(?:tis|twas|em|til|cause|bout|n|round|cos)\b)", re.IGNORECASE)
_BEFORE_OPEN = frozenset(" \t\u00a0\u202f\u2009([{-–—/:;,\"“„«‘'")
_DASHED = frozenset(("es", "fr", "it", "pl", "pt", "ru", "sv", "uk"))
"""Languages that open a quotation with a dash."""
_DASH = re.compile(r"[—–―]\s*(?=[\w¿¡«])")
_FRAME = re.compile(r"[\s,.!?…]*\s*[—–―]\s*(?=[^\W\d_A-ZÀ-ÞА-ЯŁŻŹŚĆ])|(?<=[?!])\s+(?=[a-zà-þа-яłżźść])")
"""A second dash or the sign of a question, behind which the frame begins: a small letter."""
_LEFT_OPEN = re.compile(r"(?:^|\s)['‘][A-Z]")
"""A single mark that opens a sentence of a paragraph, and may be closed in a later one."""
_FARTHEST = 5_000
"""How far a single mark may stand from its partner: beyond it the two are apostrophes."""

_ENDS = (*".!?…,'’",)
"""What stands right before a mark that closes, where a blank stands behind it."""
_STOP = re.compile(r"[.!?…](?=\s)")
_MOST = 40
"""How many possible partners are looked at."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str


def find_quotations(paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """Return the outermost quotations of a report in text order, as offsets in the report's text.

    A quotation that its paragraph does not close ends with the paragraph (`closed` False); when the next paragraph
    does not open anew but closes it, that paragraph's first words belong to a quotation too. A block quotation behind a colon
    needs no marks.
    """
    found: list[Quotation] = []
    left_open: str | None = None
    announced = False
    for paragraph in paragraphs:
        text = paragraph.doc.text
        dashed = _DASH.match(text) if paragraph.doc.lang_ in _DASHED else None
        if dashed is not None:
            found.append(_after_dash(text, paragraph.start, dashed.end()))
            continue
        spans, left_open = _of_paragraph(text, left_open)
        if paragraph.role == "quote" and announced and not spans:
            found.append(Quotation(paragraph.start, paragraph.end, paragraph.start, paragraph.end, True))
        announced = text.rstrip().endswith(":")
        found += [_quotation(text, paragraph.start, *span) for span in spans if text[span[1] : span[2]].strip()]
    return found


def marked(text: str, left_open: str | None = None) -> tuple[list[Span], str | None]:
    """Return the words inside the quotation marks of a paragraph as offsets, and the mark that it leaves open.

    `left_open` is what the paragraph before left open.
    """
    found, left_open = _of_paragraph(text, left_open)
    return [(inner, past) for _, inner, past, _ in found], left_open


def _after_dash(text: str, offset: int, start: int) -> Quotation:
    """What is said behind a dash that opens the paragraph, up to the dash before the frame; else to the paragraph's end."""
    end = _FRAME.search(text, start)
    past = len(text.rstrip()) if end is None else end.start()
    return Quotation(offset, past + offset, start + offset, past + offset, closed=end is not None)


def _quotation(text: str, offset: int, start: int, inner_start: int, inner_end: int, end: int) -> Quotation:
    inner = text[inner_start:inner_end]
    left, right = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
    closed = end > inner_end
    return Quotation(
        start + offset, (end if closed else inner_end - right) + offset,
        inner_start + left + offset, inner_end - right + offset, closed,
    )  # fmt: skip


_Found = tuple[int, int, int, int]


def _of_paragraph(text: str, carried: str | None) -> tuple[list[_Found], str | None]:
    """Return (start, inner start, inner end, end) of each quotation, and the mark that was left open at the end."""
    marks = [_Mark(m.start(), m.end(), m.group()) for m in _MARK.finditer(text)]
    closing = [m.start for m in marks if (m.sign in _SINGLE or m.sign == "''") and _closes(text, m)]
    opening = [m.start for m in marks if m.sign in _SINGLE and _opens_strongly(text, m)]
    found: list[_Found] = []
    opened = _carried(text, marks, carried)
    single_end = -1
    for n, mark in enumerate(marks):
        if mark.start < single_end:
            continue
        if opened is not None:
            if mark.sign in CLOSERS[opened.sign] and _ends(text, mark, opened):
                found.append((opened.start, opened.end, mark.start, mark.end))
                opened = None
            elif (
                mark.sign in (opened.sign, *_CURLED)
                and _opens(text, mark)
                and (inner := _nested(text, mark, marks[n + 1 : n + 1 + _MOST], opened)) is not None
            ):
                single_end = inner
            elif mark.sign == opened.sign and _opens(text, mark):
                cut = _left_at(text, opened.end, mark.start)
                found.append((opened.start, opened.end, cut, cut))
                opened = mark
        elif mark.sign in _SINGLE:
            partner = _partner(text, mark, closing, opening)
            if partner is not None and (again := _opened_again(text, opening, mark.end, partner)):
                found.append((mark.start, mark.end, again, again))
            elif partner is not None:
                found.append((mark.start, mark.end, partner, partner + 1))
                single_end = partner + 1
            elif _is_left_open(text, mark) and not any(at > mark.end for at in closing):
                found.append((mark.start, mark.end, len(text.rstrip()), len(text.rstrip())))
                break
        elif _opens(text, mark):
            opened = mark
    if opened is None:
        return found, None
    found.append((opened.start, opened.end, len(text), len(text)))
    return found, opened.sign


def _nested(text: str, mark: _Mark, marks: Sequence[_Mark], opened: _Mark) -> int | None:
    """Where a quotation ends that stands in another: two that close follow one another, or the outer one's own mark follows."""
    double = [m for m in marks if m.sign == opened.sign or m.sign in CLOSERS[opened.sign]][:2]
    if len(double) < 2 or _opens_strongly(text, double[0]) or not _ends(text, double[0], opened):
        return None
    if mark.sign != opened.sign:
        own = text[opened.end : mark.start].strip() and any(m.sign == opened.sign for m in marks)
        return double[0].end if own else None
    return double[0].end if _ends(text, double[1], opened) and not _opens_strongly(text, double[1]) else None


def _carried(text: str, marks: Sequence[_Mark], carried: str | None) -> _Mark | None:
    """The quotation of the paragraph before goes on here when the first mark of its kind here closes it."""
    if carried is None:
        return None
    for mark in marks:
        if mark.sign == carried or mark.sign in CLOSERS[carried]:
            ends = mark.sign in CLOSERS[carried] and _closes(text, mark) and not _opens_strongly(text, mark)
            return _Mark(0, 0, carried) if ends else None
    return None


def _ends(text: str, mark: _Mark, opened: _Mark) -> bool:
    if mark.sign == opened.sign:
        return not _opens_strongly(text, mark) and (mark.sign not in "“»" or _closes(text, mark))
    return True


def _opens(text: str, mark: _Mark) -> bool:
    """Whether a mark can begin a quotation: before a word, and not right after one."""
    if mark.sign in ("’", "」", "』", "›", "‟") or mark.end >= len(text.rstrip()):
        return False
    if mark.sign == "”":
        # Turned the wrong way by a machine, where nothing stands before it that it could close.
        return not text[: mark.start].strip() and text[mark.end].isalnum() and "”" in text[mark.end :]
    if mark.sign in ("“", "„", "«", "``", "「", "『", "‹"):
        return True
    before = text[mark.start - 1 : mark.start]
    if before.isdigit() or (mark.sign == "»" and not _opens_strongly(text, mark)):
        return False
    return not ((before.isalpha() or before in _ENDS) and text[mark.end : mark.end + 1].isspace())


def _opens_strongly(text: str, mark: _Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    begins = bool(after) and (after.isalnum() or after in "$£€…‘'([" or text.startswith("...", mark.end))
    return (not before or before in _BEFORE_OPEN) and begins


def _closes(text: str, mark: _Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return bool(before.strip()) and not after.isalnum()


def _partner(text: str, mark: _Mark, closing: Sequence[int], opening: Sequence[int]) -> int | None:
    """Where a single quotation mark is closed, or None when it is an apostrophe.

    A mark between "s" and a word may be a possessive: a later, clearer mark of the sentence is preferred.
    """
    if mark.sign == "’" or not _opens_strongly(text, mark) or _ELISION.match(text, mark.start):
        return None
    possible: int | None = None
    first = bisect_right(closing, mark.end)
    for at in closing[first : first + _MOST]:
        if at - mark.end > _FARTHEST or (possible is not None and _between(opening, possible, at)):
            break
        if text[at] not in CLOSERS[mark.sign]:
            continue
        if not re.match(r"\s\w", text[at + 1 : at + 3]) or text[at - 1] not in "sS":
            return at
        possible = possible if possible is not None else at
    return possible


def _opened_again(text: str, opening: Sequence[int], start: int, end: int) -> int | None:
    """Where a single mark behind a full stop opens anew what one before it has left open, as each paragraph of a speech does."""
    inside = opening[bisect_right(opening, start) : bisect_right(opening, end - 1)]
    return next((at for at in inside if _STOP.match(text, at - 2)), None)


def _is_left_open(text: str, mark: _Mark) -> bool:
    """Whether a single mark without a partner opens the paragraph, or a sentence in it, that goes on to the paragraph's end."""
    opens = _LEFT_OPEN.match(text, max(mark.start - 1, 0)) and _opens_strongly(text, mark)
    return bool(opens) and not _ELISION.match(text, mark.start) and text.rstrip()[-1] in ".!?…"


def _between(places: Sequence[int], start: int, end: int) -> bool:
    return bisect_right(places, start) < bisect_right(places, end - 1)


def _left_at(text: str, start: int, end: int) -> int:
    """Where a quotation ends that another opens in: there, where a sentence is over, as a new paragraph of it has a mark.

    Else the mark that closes it is lost, and it ends with its first sentence.
    """
    stops = [start + m.end() for m in _STOP.finditer(text[start:end])]
    behind = stops[-1] if stops else end
    return behind if not text[behind:end].strip() or not stops else stops[0]
