"""Statements of a story: what each report attributes and says itself, sources pooled, caveats attached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.ids import digest
from stemma.mentions.parse import Paragraph
from stemma.statements.attribution import caveats_of, find_said
from stemma.statements.doubts import Doubt, doubts_of
from stemma.statements.judged_names import Places, pool_as_judged
from stemma.statements.people import Person, plain, register
from stemma.statements.said import Judge, Said
from stemma.statements.sources import Who, resolve
from stemma.statements.told import Told, told
from stemma.tables import Caveat, Report, Source, Statement

_ROLES = {"name": "person", "group": "anonymous", "reporter": "person"}


@dataclass(frozen=True)
class _Read:
    report: str
    text: str
    paragraphs: list[Paragraph]
    caveats: list[Caveat]
    said: list[Said]
    who: list[Who | None]


def story_statements(
    story: str, reports: Sequence[tuple[Report, list[Paragraph]]], judge: Judge | None = None,
    same: Places = (), other: Places = (),
) -> tuple[list[Statement], list[Source]]:  # fmt: skip
    """Return the statements of a story's reports and their sources, whatever the order of the reports.

    A trained judge has the last word on what is an attribution; the rules alone where there is none. `same` and `other` are the
    places of names that readers judged to be one source, or not.
    """
    ordered = sorted(((r.id, r.text, p) for r, p in reports), key=lambda r: r[0])
    people = register((report, paragraphs) for report, _, paragraphs in ordered)
    read = []
    for report, text, paragraphs in ordered:
        caveats = caveats_of(paragraphs)
        said = find_said(paragraphs, caveats, judge)
        read.append(_Read(report, text, paragraphs, caveats, said, resolve(report, paragraphs, said, people)))
    pool_as_judged({r.report: (r.said, r.who) for r in read}, people, same, other)
    sources = _sources(story, read, people)
    statements = [s for r in read for s in _statements(story, r, people, sources)]
    return statements, sorted({s.id: s for s in sources.values()}.values(), key=lambda s: s.id)


def _sources(story: str, read: Sequence[_Read], people: Sequence[Person]) -> dict[Who, Source]:
    """One row for each source that something is attributed to; its id comes from the first place that names it."""
    places: dict[Who, list[tuple[str, int, int, str]]] = {}
    for r in read:
        for said, who in zip(r.said, r.who, strict=True):
            span = said.attribution.source_span
            if who is not None and span is not None:
                printed = _meant(said, who) if said.attribution.pronoun else _printed(said)
                places.setdefault(who, []).append((r.report, *span, printed))
    found: dict[Who, Source] = {}
    for who, mentions in places.items():
        names = {name for *_, name in mentions if name}
        first = min((report, start, end) for report, start, end, _ in mentions)
        if who[0] == "person":
            person = people[int(str(who[1]))]
            names |= {_joined(name) for name in person.names}
            first = min(first, *(place for all_of in person.names.values() for place in all_of))
            name = max((_joined(n) for n in person.names), key=lambda n: (not _is_cyrillic(n), _fullness(n), n))
        else:
            name = max(names, key=lambda n: (len(n), n), default="")
        if not name:
            continue
        role = _ROLES.get(str(who[0]), str(who[0]))
        found[who] = Source(story, digest(*first), name, tuple(sorted({name, *names})), role)
    return found


def _meant(said: Said, who: Who) -> str:
    """The name that a pronoun stands for in a language without a parser, as it is printed elsewhere in the report."""
    names = [name for name in said.named or () if who == ("name", plain(name[-1]))]
    return _joined(names[0]) if names else ""


def _printed(said: Said) -> str:
    """The source's words up to an apposition: "Ann Lee, the mayor" is printed for Ann Lee."""
    text = said.attribution.source_text or ""
    return text.partition(", ")[0].removesuffix("'s").removesuffix("’s").removesuffix("'")


def _is_cyrillic(name: str) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in name)


def _fullness(name: str) -> tuple[int, int]:
    return len([part for part in name.split() if len(part.strip(".")) > 1]), len(name)


def _joined(name: Sequence[str]) -> str:
    return " ".join(part + "." if len(part) == 1 else part for part in name).replace(" - ", "-")


def _statements(story: str, read: _Read, people: Sequence[Person], sources: dict[Who, Source]) -> Iterator[Statement]:
    everything = told(read.text, read.paragraphs, read.said, read.who, read.caveats)
    doubts = doubts_of(read.report, read.paragraphs, everything, read.caveats, people)
    rows: dict[str, Statement] = {}
    for one, doubt in zip(everything, doubts, strict=True):
        key = digest(read.report, one.content)
        if key not in rows:
            source = sources.get(one.who) if one.who is not None else None
            rows[key] = _row(story, read, key, one, source, doubt)
    yield from sorted(rows.values(), key=lambda s: (s.content, s.id))


def _row(story: str, read: _Read, key: str, one: Told, source: Source | None, doubt: Doubt | None) -> Statement:
    a = one.said.attribution if one.said is not None else None
    return Statement(
        story, key, read.report, one.content, one.quotations, a is not None, None if source is None else source.id,
        a.source_span if a is not None else None, a.cue_span if a is not None else None,
        None if doubt is None else doubt.sentence(read.text), None if doubt is None else doubt.span, one.negated,
    )  # fmt: skip
