"""What the reports of a story open with: the first words of those that tell most of what the others begin with too."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from stemma.reports.agencies import dateline_end
from stemma.show.quotes import Quote, quote
from stemma.show.wording import Row, sigla
from stemma.tables import Span
from stemma.text.stems import meanings

_PARAGRAPHS = 3
"""Paragraphs at the top of a report that open it: a dateline, a place or a summary may stand before the news."""
_LEAST = 8
"""Words of a paragraph that tells something."""
_IDLE = 12
"""Words without weight that a paragraph may have: among those that tell as much the shorter one is taken."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+(?:[.,]\d+)*")


def openings(story: Row, reports: Mapping[str, Row]) -> list[Quote]:
    """Return of each report the paragraph at its top that says most of what the others' titles and tops say, the best first.

    A paragraph begins behind its dateline, and a long one is cut; one that cannot be printed as it is is left out.
    """
    told = {r: _meanings(_top(reports[r]), reports[r]) for r in story["reports"] if r in reports}
    common = Counter(word for words in told.values() for word in words)
    best = []
    for report in told:
        spans = [(_weight(reports[report], span, common), span) for span in _paragraphs(reports[report])]
        best += [(*max(spans, key=lambda one: one[0]), report)] if spans else []
    signs = sigla(story, reports)
    quoted = (quote(reports[r]["text"], r, signs[r], *span) for _, span, r in sorted(best, key=lambda one: -one[0]))
    return [q for q in quoted if q]


def _weight(report: Row, span: Span, common: Mapping[str, int]) -> float:
    words = _meanings([report["text"][slice(*span)]], report)
    return sum(common[word] - 1 for word in words) / (len(words) + _IDLE)


def _paragraphs(report: Row) -> list[Span]:
    spans = [(b["start"], b["end"]) for b in report.get("blocks", []) if b["role"] == "paragraph"]
    told = [(start + dateline_end(report["text"][start:end]), end) for start, end in spans]
    return [s for s in told if len(_WORD.findall(report["text"][slice(*s)])) >= _LEAST][:_PARAGRAPHS]


def _top(report: Row) -> Sequence[str]:
    return [str(report.get("title") or ""), *(report["text"][slice(*s)] for s in _paragraphs(report))]


def _meanings(texts: Sequence[str], report: Row) -> set[str]:
    return meanings((w for text in texts for w in _WORD.findall(text)), report.get("language"))
