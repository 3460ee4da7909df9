"""Sources pooled over a story: one row for each, and a reader's word laid over it: two names are one source, or are not."""

from collections.abc import Mapping, Sequence

from stemma.ids import digest
from stemma.statements.attribution import Attribution
from stemma.statements.institutions import is_voice
from stemma.statements.people import Person, SourceKey, plain
from stemma.tables import Evidence, Source

_ROLES = {"name": "person", "group": "anonymous", "reporter": "person"}
"""The role of each kind of source that has another name in the table."""

Places = Sequence[tuple[Evidence, Evidence]]
ReportSources = tuple[Sequence[Attribution], list[SourceKey | None]]
"""What a report attributes, and to whom; the second list is changed in place."""
Attributed = Mapping[str, ReportSources]


def source_rows(story: str, attributed: Attributed, people: Sequence[Person]) -> dict[SourceKey, Source]:
    """Return one row for each source that something is attributed to; its id comes from the first place that names it."""
    places: dict[SourceKey, list[tuple[str, int, int, str]]] = {}
    for report, (attributions, whos) in attributed.items():
        for a, who in zip(attributions, whos, strict=True):
            if who is not None and a.source_span is not None:
                printed = _meant(a, who) if a.by_pronoun else _printed(a)
                places.setdefault(who, []).append((report, *a.source_span, printed))
    found: dict[SourceKey, Source] = {}
    for who, mentions in places.items():
        names = {name for *_, name in mentions if name}
        first = min((report, start, end) for report, start, end, _ in mentions)
        if who[0] == "person":
            person = people[int(str(who[1]))]
            names |= {_joined(name) for name in person.names}
            first = min(first, *(place for all_of in person.names.values() for place in all_of))
            name = max(
                (_joined(n) for n in person.names), key=lambda n: (not _is_cyrillic(n), not _is_shouted(n), _fullness(n), n)
            )
        else:
            name = max(names, key=lambda n: (not is_voice(n), len(n), n), default="")
        if name:
            role = _ROLES.get(str(who[0]), str(who[0]))
            found[who] = Source(story, digest(*first), name, tuple(sorted({name, *names})), role)
    return found


def _meant(attribution: Attribution, who: SourceKey) -> str:
    """The name that a pronoun stands for in a language without a parser, as it is printed elsewhere in the report."""
    names = [name for name in attribution.named or () if who == ("name", plain(name[-1]))]
    return _joined(names[0]) if names else ""


def _printed(attribution: Attribution) -> str:
    """The source's words up to an apposition: "Ann Lee, the mayor" is printed for Ann Lee."""
    text = attribution.source_text or ""
    return text.partition(", ")[0].removesuffix("'s").removesuffix("’s").removesuffix("'")


def _is_cyrillic(name: str) -> bool:
    return any("\u0400" <= c <= "\u04ff" for c in name)


def _is_shouted(name: str) -> bool:
    """Whether a word in capitals stands before a name, as an office or a headline's first word does: "CEO Ann Lee"."""
    first, *rest = name.split()
    return len(first) > 2 and first.isupper() and not all(part.isupper() for part in rest)


def _fullness(name: str) -> tuple[int, int]:
    return len([part for part in name.split() if len(part.strip(".")) > 1]), len(name)


def _joined(name: Sequence[str]) -> str:
    return " ".join(part + "." if len(part) == 1 else part for part in name).replace(" - ", "-")


def pool_as_judged(attributed: Attributed, people: Sequence[Person], same: Places, other: Places) -> None:
    """Part the names that are not one source, then join those that are; a place is where a name stands."""
    for one, two in other:
        who = _who(attributed, one)
        if who is not None and who == _who(attributed, two):
            _part(attributed, who, _printed_at(attributed, two))
    for one, two in same:
        a, b = _who(attributed, one), _who(attributed, two)
        if a is not None and b is not None and a != b:
            keep, gone = sorted((a, b), key=lambda w: (w[0] != "person", str(w)))
            _merge_people(people, keep, gone)
            _replace(attributed, gone, keep)


def _who(attributed: Attributed, place: Evidence) -> SourceKey | None:
    """Whom the attribution means whose source stands at a place."""
    for item, who in zip(*attributed.get(place.report, ((), [])), strict=True):
        span = item.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return who
    return None


def _printed_at(attributed: Attributed, place: Evidence) -> str:
    for item in attributed[place.report][0]:
        span = item.source_span
        if span and span[0] < place.end and place.start < span[1]:
            return _name(item)
    return ""


def _name(item: Attribution) -> str:
    """The source's words up to an apposition, as they are compared."""
    return (item.source_text or "").partition(", ")[0].casefold()


def _part(attributed: Attributed, who: SourceKey, name: str) -> None:
    """Give the attributions of a source that print one of its names to a source of their own."""
    kind = "name" if who[0] == "person" else who[0]
    apart: SourceKey = (kind, "apart", name)
    for attributions, whos in attributed.values():
        for n, item in enumerate(attributions):
            if whos[n] == who and _name(item) == name:
                whos[n] = apart


def _replace(attributed: Attributed, gone: SourceKey, keep: SourceKey) -> None:
    for _, whos in attributed.values():
        whos[:] = [keep if who == gone else who for who in whos]


def _merge_people(people: Sequence[Person], keep: SourceKey, gone: SourceKey) -> None:
    if keep[0] == gone[0] == "person":
        kept, other = people[int(str(keep[1]))], people[int(str(gone[1]))]
        for name, places in other.names.items():
            kept.names[name] = sorted({*kept.names.get(name, []), *places})
