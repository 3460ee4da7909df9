"""What of a copy's own telling was taken along a derivation: no post, no quotation, nothing that somebody said to all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.tables import Derivation, Evidence, Span

_WORD = re.compile(r"[\w’'-]*\w")
_SHOWN = 4
"""Passages shown as proof."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Which share of a copy's telling was taken, which word for word, in how many words; the longest passages of both sides."""

    share: float
    verbatim: float
    words: int
    proof: tuple[Evidence, ...]
    of_lost: bool

    @property
    def is_enough(self) -> bool:
        """Whether two newsrooms do not write so much alike: a share of the whole, of a lost source a sentence."""
        if self.of_lost:
            return self.words >= thresholds.TAKEN_SENTENCE
        return self.share >= thresholds.COPIED_SHARE and self.words >= thresholds.TAKEN_TELLING


def read_taking(context: Context, edge: Derivation) -> Taking:
    """Return what a copy took of its telling from its parent, or from the prints that name the lost source as their author."""
    sides = _sides(context, edge)
    telling = _telling_words(context, edge.child)
    taken = {n: other for n, at in enumerate(telling) for other in [_holder(sides, at)] if other}
    exact = {
        (a.a_report, a.a_start, a.b_report, a.b_start) for a in context.traced.alignments if a.kind in ("verbatim", "edited")
    }
    passages = {p for p in sides if any(p.start <= telling[n][0] < p.end for n in taken)}
    closest = {p for p in passages if _key(p, sides[p]) & exact}
    word_for_word = sum(any(p.start <= telling[n][0] < p.end for p in closest) for n in taken)
    longest = sorted(passages, key=lambda p: (-_own(telling, p), p.start))[:_SHOWN]
    total = max(len(telling), 1)
    return Taking(
        len(taken) / total,
        word_for_word / total,
        max((_own(telling, p) for p in passages), default=0) if edge.parent not in context.reports else len(taken),
        tuple(side for p in longest for side in (p, sides[p])),
        edge.parent not in context.reports,
    )


def _sides(context: Context, edge: Derivation) -> dict[Evidence, Evidence]:
    """The copy's passages that stand in the parent, or in prints of the lost source that name it, with where they stand there."""
    kin = {edge.parent}
    if edge.parent not in context.reports:
        kin = {d.child for d in context.traced.derivations if d.parent == edge.parent and d.credited} - {edge.child}
    found: dict[Evidence, Evidence] = {}
    for mine, theirs in context.shared.get(edge.child, ()):
        # A report that names the lost source may print its words in marks: they are the source's telling.
        lost = edge.parent not in context.reports
        if theirs.report in kin and (_is_cited(context, edge.parent, theirs) if lost else not _is_said(context, theirs)):
            found.setdefault(mine, theirs)
    return found


def _is_cited(context: Context, lost: str, passage: Evidence) -> bool:
    """Whether a print gives a passage as the lost source's: it names it as author of most of its words, or in the paragraph."""
    edge = next(d for d in context.traced.derivations if d.parent == lost and d.child == passage.report)
    cited = [s for s in context.traced.signs if s.child == passage.report and s.parent == lost and s.sign == "citation"]
    paragraph = context.paragraph(passage.report, passage.start)
    if edge.share >= thresholds.GRAVE_SHARE or not cited or paragraph is None:
        return True
    return any(paragraph.start <= s.start < paragraph.end for s in cited)


def _is_said(context: Context, passage: Evidence) -> bool:
    """Whether most of a passage stands in quotation marks or in a post: then it is somebody's words, whoever prints them."""
    spans = [(q.start, q.end) for q in context.mentions[passage.report].quotations] + context.posts(passage.report)
    said = sum(max(0, min(end, passage.end) - max(start, passage.start)) for start, end in spans)
    return said > (passage.end - passage.start) / 2


def _key(mine: Evidence, theirs: Evidence) -> set[tuple[str, int, str, int]]:
    return {(mine.report, mine.start, theirs.report, theirs.start), (theirs.report, theirs.start, mine.report, mine.start)}


def _holder(sides: dict[Evidence, Evidence], word: Span) -> Evidence | None:
    return next((p for p in sides if p.start <= word[0] < p.end), None)


def _own(telling: list[Span], passage: Evidence) -> int:
    """How many words of the telling a passage holds."""
    return sum(passage.start <= start < passage.end for start, _ in telling)


def _telling_words(context: Context, report: str) -> list[Span]:
    """The words of a report's body that are its own telling: in no quotation, in no post."""
    said = [(q.start, q.end) for q in context.mentions[report].quotations]
    return [w for w in _body_words(context, report) if not any(s <= w[0] < e for s, e in said)]


def _body_words(context: Context, report: str) -> Iterator[Span]:
    for paragraph in context.paragraphs[report]:
        if context.role(report, paragraph.start) in ("paragraph", "list", None):
            for word in _WORD.finditer(paragraph.doc.text):
                yield paragraph.start + word.start(), paragraph.start + word.end()
