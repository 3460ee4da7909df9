"""The rooms mentions and statements alone, on JSON lines (`stemma annotate`)."""

from pathlib import Path
from typing import Any

from stemma.errors import PageError
from stemma.mentions.parse import plain_paragraphs
from stemma.mentions.places import find_places
from stemma.mentions.report import figure_fields, report_figures
from stemma.mentions.times import find_report_times
from stemma.text.language import language_of


def annotate_record(record: dict[str, Any], attribution: Path | None = None) -> dict[str, Any]:
    """Return the statements, figures, times and places of a record of `id`, `text`, [`published`]; raises PageError.

    `attribution` is a model file of `stemma train attribution`; the rules alone where there is none.
    """
    from stemma.statements import annotate_statements
    from stemma.statements.training.judge import judge_from

    if not isinstance(record.get("text"), str):
        raise PageError("the record has no 'text'.")
    published = record.get("published")
    if published is not None and not isinstance(published, str):
        raise PageError("the field 'published' must be text.")
    language = record.get("language") or language_of(record["text"])
    paragraphs = plain_paragraphs(record["text"], language)
    times = find_report_times(paragraphs, published)
    judge = None if attribution is None else judge_from(attribution)
    return {
        "id": record.get("id"),
        "statements": annotate_statements(record["text"], language, judge),
        "figures": [figure_fields(f, times) for f in report_figures(paragraphs, times)],
        "times": [
            {"start": t.start, "end": t.end, "type": t.type, "value": t.value, "from": t.begin, "to": t.until} for t in times
        ],
        "places": [
            {"start": p.start, "end": p.end, "name": p.name, "lat": p.lat, "lon": p.lon, "kind": p.kind}
            for p in find_places(paragraphs)
        ],
    }
