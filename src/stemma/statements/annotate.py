"""The rooms mentions and statements alone, for one text: plain records, and JSON lines (`stemma annotate`)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stemma.errors import PageError
from stemma.mentions.parse import Paragraph, plain_paragraphs
from stemma.mentions.report import Mentions, figure_fields, find_mentions
from stemma.statements.attached_caveats import attach_caveats, caveat_sentence
from stemma.statements.find import Classifier, find_attributions
from stemma.statements.people import register
from stemma.statements.sources import resolve
from stemma.statements.story import report_statements
from stemma.text.language import language_of
from stemma.text.normal import composed


def annotate_record(record: dict[str, Any], model: Path | None = None) -> dict[str, Any]:
    """Return the statements, figures, times and places of a record of `id`, `text`, [`published`]; raises PageError.

    `model` is a file of `stemma train attribution`; the rules alone where there is none.
    """
    from stemma.statements.training.classifier import classifier_from

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
    return {"id": record.get("id"), **_as_given(found, at)}


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
