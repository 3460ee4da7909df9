"""Statements of a story: what each report attributes and says itself, sources pooled, caveats attached; or of one text alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from stemma.errors import PageError
from stemma.ids import digest
from stemma.mentions import Mentions, figure_fields, find_mentions
from stemma.mentions.parse import Paragraph, laid, plain_paragraphs
from stemma.reports.article import TOO_MANY_QUOTATIONS
from stemma.reports.thresholds import MOST_QUOTATIONS
from stemma.statements import thresholds
from stemma.statements.attached_caveats import attach_caveats, caveat_sentence
from stemma.statements.attribution import Attribution, Classifier, ReportStatement, find_attributions
from stemma.statements.people import SourceKey, called_it, register
from stemma.statements.pooling import Places, ReportSources, pool_as_judged, pool_copied, pool_institutions, source_rows
from stemma.statements.quoted_alike import speakers_agreed
from stemma.statements.sources import resolve
from stemma.tables import Report, Source, Statement
from stemma.text.language import language_of
from stemma.text.normal import composed
from stemma.text.once import Once
from stemma.text.spans import between


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
    bodies = called_it(p for _, paragraphs in ordered for p in paragraphs)
    attributed: dict[str, ReportSources] = {}
    once = Once()
    for report, paragraphs in ordered:
        mine = mentions[report.id]
        found = once.of((laid(paragraphs), id(mine)), partial(find_attributions, paragraphs, mine, classifier))
        attributed[report.id] = found, resolve(report.id, paragraphs, found, people, bodies)
    pool_institutions(attributed, [(report.id, paragraphs) for report, paragraphs in ordered], bodies)
    pool_copied(attributed)
    attributed = speakers_agreed(attributed, ordered, people)
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


def annotate_record(record: dict[str, Any], model: Path | None = None) -> dict[str, Any]:
    """Return the statements, figures, times and places of a record of `id`, `text`, [`published`]; raises PageError.

    `model` is a file of `stemma train attribution`; the rules alone where there is none.
    """
    from stemma.statements.attribution_classifier import classifier_from

    if not isinstance(record.get("text"), str):
        raise PageError("the record has no 'text'.")
    published = record.get("published")
    if published is not None and not isinstance(published, str):
        raise PageError("the field 'published' must be text.")
    text, at = composed(record["text"])
    language = record.get("language") or language_of(text)
    paragraphs = plain_paragraphs(text, language)
    mentions = find_mentions(paragraphs, published)
    classifier = None if model is None else classifier_from(model)
    found = {
        "statements": _statements(text, paragraphs, mentions, classifier),
        "figures": [figure_fields(f, mentions.times) for f in mentions.figures],
        "times": [
            {"start": t.start, "end": t.end, "type": t.type, "value": t.value, "from": t.begin, "to": t.until}
            for t in mentions.times
        ],
        "places": [
            {"start": p.start, "end": p.end, "name": p.name, "lat": p.lat, "lon": p.lon, "kind": p.kind}
            for p in mentions.places
        ],
    }  # fmt: skip
    left_out = {"left_out": TOO_MANY_QUOTATIONS} if _are_crowded(paragraphs, mentions) else {}
    return {"id": record.get("id"), **_as_given(found, at), **left_out}


def _are_crowded(paragraphs: Sequence[Paragraph], mentions: Mentions) -> bool:
    """Whether a paragraph has more quotations than are looked at."""
    return any(len(between(mentions.quotations, p.start, p.end)) > MOST_QUOTATIONS for p in paragraphs)


def _as_given(found: Any, at: Sequence[int]) -> Any:  # noqa: ANN401 - JSON of any depth
    """What was found in the composed text, with its offsets in the text as it was given."""
    if isinstance(found, dict):
        return {k: at[v] if k in ("start", "end") and isinstance(v, int) else _as_given(v, at) for k, v in found.items()}
    if isinstance(found, list) and len(found) == 2 and all(isinstance(v, int) for v in found):
        return [at[v] for v in found]
    return [_as_given(v, at) for v in found] if isinstance(found, list) else found


def annotate_statements(text: str, language: str | None = None, classifier: Classifier | None = None) -> list[dict[str, object]]:
    """Return the attributed statements of a text, each line a paragraph, by the rules or by a trained classifier.

    Spans are [start, end) in code points; `caveat` is a plain sentence or None.
    """
    paragraphs = plain_paragraphs(text, language)
    return _statements(text, paragraphs, find_mentions(paragraphs, None), classifier)


def _statements(
    text: str, paragraphs: Sequence[Paragraph], mentions: Mentions, classifier: Classifier | None
) -> list[dict[str, object]]:
    attributions = find_attributions(paragraphs, mentions, classifier)
    people = register([("", paragraphs)])
    made = report_statements(text, paragraphs, attributions, resolve("", paragraphs, attributions, people))
    made = attach_caveats("", paragraphs, mentions, made, people)
    return [
        {
            "source": [list(a.source_span)] if a.source_span else [],
            "cue": [list(a.cue_span)] if a.cue_span else [],
            "content": [list(s) for s in a.content],
            "quotations": [list(s) for s in a.quotations],
            "caveat": None if s.caveat is None else caveat_sentence(s.caveat, text),
            "negated": a.negated,
        }
        for s in made
        if (a := s.attribution) is not None
    ]
