"""Statements of a story: what each report attributes and says itself, sources pooled, caveats attached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.ids import digest
from stemma.mentions.caveats import find_caveats
from stemma.mentions.parse import Paragraph
from stemma.mentions.values import Caveat
from stemma.statements.attribution import Said, find_said
from stemma.statements.doubts import Doubt, doubts_of
from stemma.statements.doubts import doubt as cast_by
from stemma.statements.hedged import strongest
from stemma.statements.people import Person, register
from stemma.statements.sources import Who, resolve
from stemma.tables import Report, Source, Span, Statement

_ROLES = {"name": "person", "group": "anonymous", "reporter": "person"}
_LEAST_OWN = 0.5
"""A sentence whose words are attributed to less than this share is also a statement of the report itself."""


@dataclass(frozen=True)
class _Read:
    report: str
    text: str
    paragraphs: list[Paragraph]
    said: list[Said]
    who: list[Who | None]


def story_statements(
    story: str, reports: Sequence[tuple[Report, list[Paragraph]]]
) -> tuple[list[Statement], list[Source]]:
    """Return the statements of a story's reports and their sources, whatever the order of the reports."""
    ordered = sorted(((r.id, r.text, p) for r, p in reports), key=lambda r: r[0])
    people = register((report, paragraphs) for report, _, paragraphs in ordered)
    read = []
    for report, text, paragraphs in ordered:
        said = find_said(paragraphs)
        read.append(_Read(report, text, paragraphs, said, resolve(report, paragraphs, said, people)))
    sources = _sources(story, read, people)
    statements = [s for r in read for s in _statements(story, r, sources)]
    return statements, sorted({s.id: s for s in sources.values()}.values(), key=lambda s: s.id)


def _sources(story: str, read: Sequence[_Read], people: Sequence[Person]) -> dict[Who, Source]:
    """One row for each source that something is attributed to; its id comes from the first place that names it."""
    places: dict[Who, list[tuple[str, int, int, str]]] = {}
    for r in read:
        for said, who in zip(r.said, r.who, strict=True):
            span = said.attribution.source_span
            if who is not None and span is not None:
                printed = "" if said.attribution.pronoun else _printed(said)
                places.setdefault(who, []).append((r.report, *span, printed))
    found: dict[Who, Source] = {}
    for who, mentions in places.items():
        names = {name for *_, name in mentions if name}
        first = min((report, start, end) for report, start, end, _ in mentions)
        if who[0] == "person":
            person = people[int(str(who[1]))]
            names |= {_joined(name) for name in person.names}
            first = min(first, *(place for all_of in person.names.values() for place in all_of))
            name = max((_joined(n) for n in person.names), key=lambda n: (_fullness(n), n))
        else:
            name = max(names, key=lambda n: (len(n), n), default="")
        if not name:
            continue
        role = _ROLES.get(str(who[0]), str(who[0]))
        found[who] = Source(story, digest(*first), name, tuple(sorted({name, *names})), role)
    return found


def _printed(said: Said) -> str:
    """The source's words up to an apposition: "Ann Lee, the mayor" is printed for Ann Lee."""
    text = said.attribution.source_text or ""
    return text.partition(", ")[0].removesuffix("'s").removesuffix("’s").removesuffix("'")


def _fullness(name: str) -> tuple[int, int]:
    return len([part for part in name.split() if len(part.strip(".")) > 1]), len(name)


def _joined(name: Sequence[str]) -> str:
    return " ".join(part + "." if len(part) == 1 else part for part in name).replace(" - ", "-")


def _statements(story: str, read: _Read, sources: dict[Who, Source]) -> Iterator[Statement]:
    caveats = [c for p in read.paragraphs for c in find_caveats(p)] if read.paragraphs else []
    doubts = doubts_of(read.paragraphs, read.said, read.who, caveats)
    covered: list[Span] = []
    rows = []
    seen = set()
    for said, who, doubt in zip(read.said, read.who, doubts, strict=True):
        a = said.attribution
        key = digest(read.report, a.content)
        if key in seen:
            continue
        seen.add(key)
        covered += [*a.content, *(s for s in (a.source_span, a.cue_span) if s is not None)]
        source = sources.get(who) if who is not None else None
        rows.append(_row(story, read, key, said, source, doubt))
    rows += [s for s in _own(story, read, covered, caveats) if s.id not in seen]
    yield from sorted(rows, key=lambda s: (s.content, s.id))


def _row(story: str, read: _Read, key: str, said: Said, source: Source | None, doubt: Doubt | None) -> Statement:
    a = said.attribution
    return Statement(
        story, key, read.report, a.content, a.quotations, True, None if source is None else source.id,
        a.source_span, a.cue_span, None if doubt is None else doubt.sentence(read.text),
        None if doubt is None else doubt.span, a.negated,
    )  # fmt: skip


def _own(story: str, read: _Read, covered: Sequence[Span], caveats: Sequence[Caveat]) -> Iterator[Statement]:
    """The report's own sentences: those of which less than half the words are attributed to somebody."""
    spans = sorted(covered)
    for paragraph in read.paragraphs:
        near = [s for s in spans if s[0] < paragraph.end and s[1] > paragraph.start]
        for start, end, negated in _sentences(paragraph):
            words = sum(not c.isspace() for c in read.text[start:end])
            marked = {i for s, e in near for i in range(max(s, start), min(e, end))}
            if words and sum(not read.text[i].isspace() for i in marked) < _LEAST_OWN * words:
                span = ((start, end),)
                doubt = cast_by(strongest([c for c in caveats if start <= c.start < end]))
                yield Statement(
                    story, digest(read.report, span), read.report, span, (), False, None, None, None,
                    None if doubt is None else doubt.sentence(read.text),
                    None if doubt is None else doubt.span, negated,
                )  # fmt: skip


def _sentences(paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    doc = paragraph.doc
    if not doc.has_annotation("SENT_START"):
        yield paragraph.start, paragraph.end, False
        return
    for sentence in doc.sents:
        text = sentence.text
        if any(c.isalnum() for c in text):
            left, right = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
            start, end = paragraph.start + sentence.start_char + left, paragraph.start + sentence.end_char - right
            yield start, end, any(t.dep_ == "neg" for t in sentence.root.children)
