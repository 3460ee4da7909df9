"""Statements of a story: what each report attributes and says itself, sources pooled, caveats attached."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from stemma.ids import digest
from stemma.mentions.parse import Paragraph
from stemma.mentions.report import Mentions
from stemma.statements import thresholds
from stemma.statements.attached_caveats import attach_caveats, caveat_sentence
from stemma.statements.attribution import Attribution, ReportStatement
from stemma.statements.find import Classifier, find_attributions
from stemma.statements.institutions import pool_institutions
from stemma.statements.people import SourceKey, register
from stemma.statements.pooling import Places, ReportSources, pool_as_judged, source_rows
from stemma.statements.sources import resolve
from stemma.tables import Report, Source, Statement


def story_statements(
    story: str, reports: Sequence[tuple[Report, list[Paragraph]]], mentions: Mapping[str, Mentions],
    classifier: Classifier | None = None, same: Places = (), other: Places = (),
) -> tuple[list[Statement], list[Source]]:  # fmt: skip
    """Return the statements of a story's reports and their sources, whatever the order of the reports.

    `mentions` are those of each report. A trained classifier has the last word on what is an attribution; the rules alone
    where there is none. `same` and `other` are the places of names that readers judged to be one source, or not.
    """
    ordered = sorted(reports, key=lambda r: r[0].id)
    people = register((report.id, paragraphs) for report, paragraphs in ordered)
    attributed: dict[str, ReportSources] = {}
    for report, paragraphs in ordered:
        found = find_attributions(paragraphs, mentions[report.id], classifier)
        attributed[report.id] = found, resolve(report.id, paragraphs, found, people)
    pool_institutions(attributed, [(report.id, paragraphs) for report, paragraphs in ordered])
    pool_as_judged(attributed, people, same, other)
    sources = source_rows(story, attributed, people)
    statements: list[Statement] = []
    for report, paragraphs in ordered:
        made = report_statements(report.text, paragraphs, *attributed[report.id])
        made = attach_caveats(report.id, paragraphs, mentions[report.id], made, people)
        statements += _rows(story, report, made, sources)
    return statements, sorted({s.id: s for s in sources.values()}.values(), key=lambda s: s.id)


def report_statements(
    text: str, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution], who: Sequence[SourceKey | None]
) -> list[ReportStatement]:
    """Return what a report attributes, in the order of `attributions`, and then its own sentences in text order."""
    attributed = [
        ReportStatement(a.content, a.paragraph, a, w, a.negated) for a, w in zip(attributions, who, strict=True)
    ]  # fmt: skip
    return [*attributed, *_own(text, paragraphs, attributions)]


def _own(text: str, paragraphs: Sequence[Paragraph], attributions: Iterable[Attribution]) -> Iterator[ReportStatement]:
    """The report's own sentences: those of which less than half the words are attributed to somebody."""
    attributed = np.zeros(len(text) + 1, dtype=bool)
    for a in attributions:
        for start, end in (*a.content, *(s for s in (a.source_span, a.cue_span) if s is not None)):
            attributed[start:end] = True
    for n, paragraph in enumerate(paragraphs):
        for start, end, negated in _sentences(paragraph):
            words = [i for i in range(start, end) if not text[i].isspace()]
            if words and np.count_nonzero(attributed[words]) < thresholds.LEAST_OWN * len(words):
                yield ReportStatement(((start, end),), n, None, None, negated)


def _sentences(paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    """Where each sentence starts and ends in the report, and whether its verb is negated."""
    doc = paragraph.doc
    if not doc.has_annotation("SENT_START"):
        yield paragraph.start, paragraph.end, False
        return
    # Without a parse spaCy's tree is not safe to walk: it can crash the process.
    parsed = doc.has_annotation("DEP")
    for sentence in doc.sents:
        text = sentence.text
        if any(c.isalnum() for c in text):
            left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
            start, end = paragraph.start + sentence.start_char + left, paragraph.start + sentence.end_char - right
            yield start, end, parsed and any(t.dep_ == "neg" for t in sentence.root.children)


def _rows(
    story: str, report: Report, made: Iterable[ReportStatement], sources: Mapping[SourceKey, Source]
) -> list[Statement]:  # fmt: skip
    """One row for each content, the first that was made."""
    rows: dict[str, Statement] = {}
    for one in made:
        key = digest(report.id, one.content)
        if key not in rows:
            source = sources.get(one.who) if one.who is not None else None
            rows[key] = _row(story, report, key, one, source)
    return sorted(rows.values(), key=lambda s: (s.content, s.id))


def _row(story: str, report: Report, key: str, one: ReportStatement, source: Source | None) -> Statement:
    a, caveat = one.attribution, one.caveat
    return Statement(
        story, key, report.id, one.content, one.quotations, a is not None, None if source is None else source.id,
        a.source_span if a is not None else None, a.cue_span if a is not None else None,
        None if caveat is None else caveat_sentence(caveat, report.text),
        None if caveat is None else (caveat.start, caveat.end), one.negated,
    )  # fmt: skip
