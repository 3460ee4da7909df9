"""The room alone, for one text: its attributed statements as plain records."""

from stemma.mentions.parse import plain_paragraphs
from stemma.statements.attribution import caveats_of, find_said
from stemma.statements.doubts import doubts_of
from stemma.statements.people import register
from stemma.statements.said import Judge
from stemma.statements.sources import resolve
from stemma.statements.told import told


def annotate_statements(text: str, language: str | None = None, judge: Judge | None = None) -> list[dict[str, object]]:
    """Return the attributed statements of a text, each line a paragraph, by the rules or by a trained judge.

    Spans are [start, end) in code points; `caveat` is a plain sentence or None.
    """
    paragraphs = plain_paragraphs(text, language)
    caveats = caveats_of(paragraphs)
    said = find_said(paragraphs, caveats, judge)
    people = register([("", paragraphs)])
    who = resolve("", paragraphs, said, people)
    everything = told(text, paragraphs, said, who, caveats)
    doubts = doubts_of("", paragraphs, everything, caveats, people)
    return [
        {
            "source": [list(a.source_span)] if a.source_span else [],
            "cue": [list(a.cue_span)] if a.cue_span else [],
            "content": [list(s) for s in a.content],
            "quotations": [list(s) for s in a.quotations],
            "caveat": None if doubt is None else doubt.sentence(text),
            "negated": a.negated,
        }
        for a, doubt in zip((s.attribution for s in said), doubts, strict=False)
    ]
