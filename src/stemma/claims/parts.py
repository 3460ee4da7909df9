"""Nothing stands twice: what the same reports say in the same sentences is one claim, and what stands inside it its part."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from stemma.claims import thresholds
from stemma.claims.propositions import Proposition
from stemma.claims.relations import APART, PARTING
from stemma.tables import Span

Utterances = Callable[[Proposition], Collection[object]]
"""Names the posts and statements that a member is in."""


def _no_utterances(_: Proposition) -> Collection[object]:
    return ()


@dataclass(frozen=True, slots=True)
class Group:
    """Members that say the same, in the order of the reports, with their relation; `part_of` is the number of the whole."""

    members: tuple[Proposition, ...]
    relation: str
    part_of: int | None = None

    @property
    def reports(self) -> frozenset[str]:
        """The reports that carry it."""
        return frozenset(m.report for m in self.members)


def without_repeats(groups: Sequence[Group], uttered: Utterances = _no_utterances) -> list[Group]:
    """Return the groups, each thing once: a quantity takes its clause's place, a clause in a clause is its part.

    What several reports print of one post or statement (`uttered`) is one claim with parts.
    """
    shared = [g for g in groups if len(g.reports) > 1]
    singles = [g for g in groups if len(g.reports) == 1]
    merged = _merged(shared)
    return _under_utterances(_with_parts(_not_crowded([*merged, *_not_said(singles, merged)])), uttered)


def _merged(groups: Sequence[Group]) -> list[Group]:
    """Quantities and clauses of the same reports and clauses are one: the number with the words of the whole clause."""
    clauses = {n: g for n, g in enumerate(groups) if g.members[0].kind == "clause"}
    at: dict[tuple[str, Span], list[int]] = defaultdict(list)
    for n, g in clauses.items():
        for place in {(m.report, m.clause) for m in g.members}:
            at[place].append(n)
    absorbed: set[int] = set()
    found: list[Group] = []
    for g in sorted(groups, key=_weight):
        if g.members[0].kind == "clause":
            continue
        beside = Counter(n for place in {(m.report, m.clause) for m in g.members} for n in at[place])
        same = sorted(n for n, count in beside.items() if clauses[n].reports == g.reports and count == len(g.reports))
        hidden = [n for n, count in beside.items() if g.relation in APART and 2 * count > len(clauses[n].reports)]
        if same and _is_day(g) and g.relation not in APART:
            continue
        if same and not absorbed & set(same):
            spans = {(m.report, m.clause): (m.start, m.end) for m in clauses[same[0]].members}
            g = replace(g, members=tuple(_shown_as(m, spans.get((m.report, m.clause))) for m in g.members))
        absorbed |= {*same, *hidden}
        found.append(g)
    return [*found, *(g for n, g in clauses.items() if n not in absorbed)]


def _not_crowded(groups: Sequence[Group]) -> list[Group]:
    """The groups, of which at most CROWDED show the same words: a time goes, a figure is shown from itself on."""
    times = Counter((m.report, m.start, m.end) for g in groups for m in g.members)
    found = []
    for g in sorted(groups, key=lambda g: (g.members[0].when is None, g.members[0].figure is None)):
        crowded = [m for m in g.members if times[m.report, m.start, m.end] > thresholds.CROWDED and m.kind == "quantity"]
        if crowded and g.members[0].when and g.relation not in APART:
            times.subtract((m.report, m.start, m.end) for m in g.members)
            continue
        times.subtract((m.report, m.start, m.end) for m in crowded)
        found.append(replace(g, members=tuple(_from_figure(m) if m in crowded else m for m in g.members)))
    return found


def _from_figure(member: Proposition) -> Proposition:
    quantity = member.figure or member.when
    return replace(member, start=quantity.start) if quantity else member


def _weight(group: Group) -> tuple[bool, bool, int]:
    """The order in which quantities take their clause's place: those that differ, figures before times, the first in the text."""
    first = group.members[0]
    return group.relation not in APART, first.figure is None, first.start


def _shown_as(member: Proposition, span: Span | None) -> Proposition:
    return replace(member, start=min(member.start, span[0]), end=max(member.end, span[1])) if span else member


def _not_said(singles: Sequence[Group], shared: Sequence[Group]) -> list[Group]:
    """Claims of one report alone but for those that stand in a shared one, and one a clause."""
    said = {(m.report, m.clause, m.figure and m.figure.start) for g in shared for m in g.members}
    whole = {(m.report, m.clause) for g in shared for m in g.members if m.figure is None}
    taken: set[tuple[str, Span]] = set()
    found = []
    for g in sorted(singles, key=lambda g: (g.members[0].figure is None, g.members[0].report, g.members[0].start)):
        m = g.members[0]
        place = (m.report, m.clause)
        if place in taken or (m.report, m.clause, m.figure and m.figure.start) in said or (m.figure is None and place in whole):
            continue
        taken.add(place)
        found.append(g)
    return found


def _with_parts(groups: Sequence[Group]) -> list[Group]:
    """The groups in the order of their first members, each that lies inside another in all its reports as that one's part.

    Where reports part over what lies inside, it stands for itself: a reader looks for that first.
    """
    ordered = sorted(groups, key=lambda g: (g.members[0].report, g.members[0].start, -g.members[0].end, g.members[0].kind))
    held: dict[tuple[str, Span], set[int]] = defaultdict(set)
    for n, g in enumerate(ordered):
        for m in g.members:
            held[m.report, m.sentence].add(n)
    found = list(ordered)
    for n, g in enumerate(ordered):
        if g.relation in PARTING:
            continue
        around = [k for k in held[g.members[0].report, g.members[0].sentence] if k != n and _lies_in(g, ordered[k])]
        wholes = [k for k in around if not (_lies_in(ordered[k], g) and k > n)]
        if wholes:
            whole = max(wholes, key=lambda k: (len(ordered[k].reports), -k))
            found[n] = replace(g, part_of=_top(found, whole, n))
    return _under_doubles(_kept(found))


def _kept(groups: Sequence[Group]) -> list[Group]:
    """The groups without the parts that add nothing to their wholes."""
    kept = [n for n, g in enumerate(groups) if g.part_of is None or not _adds_nothing(g, groups[g.part_of])]
    at = {n: k for k, n in enumerate(kept)}
    return [replace(groups[n], part_of=None if (whole := groups[n].part_of) is None else at.get(whole)) for n in kept]


def _under_doubles(groups: Sequence[Group]) -> list[Group]:
    """The groups, those put under another whose words stand crosswise in it: here the longer, there the shorter."""
    held: dict[tuple[str, Span], set[int]] = defaultdict(set)
    whole_of = {g.part_of for g in groups}
    wholes = [n for n, g in enumerate(groups) if g.part_of is None and len(g.reports) > 1]
    for n in wholes:
        for m in groups[n].members:
            held[m.report, m.sentence].add(n)
    found = list(groups)
    for n in sorted(wholes, key=lambda n: (len(groups[n].reports), _length(groups[n]), -n)):
        g = groups[n]
        if g.relation in PARTING or g.members[0].figure or n in whole_of:
            continue
        near = sorted({k for m in g.members for k in held[m.report, m.sentence] if found[k].part_of is None} - {n})
        around = [k for k in near if g.reports <= groups[k].reports and _is_mostly_beside(g, groups[k])]
        if around:
            found[n] = replace(g, part_of=max(around, key=lambda k: (len(groups[k].reports), _length(groups[k]), -k)))
            whole_of.add(found[n].part_of)
    return found


def _under_utterances(groups: Sequence[Group], uttered: Utterances) -> list[Group]:
    """The groups, of those that reports print as one post or statement all put under the one that most reports carry."""
    held = {n: _utterances(g, uttered) for n, g in enumerate(groups) if g.part_of is None and len(g.reports) > 1}
    order = sorted((n for n in held if groups[n].relation not in PARTING), key=lambda n: (-len(groups[n].reports), n))
    found = list(groups)
    for place, n in enumerate(order):
        together = [k for k in order[:place] if found[k].part_of is None and _is_one_utterance(held[n], held[k])]
        if together:
            found = [replace(g, part_of=together[0]) if k == n or g.part_of == n else g for k, g in enumerate(found)]
    return found


def _utterances(group: Group, uttered: Utterances) -> dict[str, set[object]]:
    """The posts and statements in which each report carries a claim; none for a report that says it itself."""
    found: dict[str, set[object]] = defaultdict(set)
    for m in group.members:
        found[m.report].update(uttered(m))
    return found


def _is_one_utterance(part: Mapping[str, set[object]], whole: Mapping[str, set[object]]) -> bool:
    """Whether most reports of a claim carry it in a post or statement in which they carry the other."""
    both = sum(not one.isdisjoint(whole.get(report, ())) for report, one in part.items())
    return both > 1 and 2 * both > len(part)


def _length(group: Group) -> int:
    return sum(m.end - m.start for m in group.members)


def _is_mostly_beside(group: Group, other: Group) -> bool:
    return sum(_is_beside(m, other) for m in group.members) > thresholds.MOSTLY_INSIDE * len(group.members)


def _is_beside(member: Proposition, group: Group) -> bool:
    """Whether most of a member's words, or of the words of the group's member of that report, are the other's too."""
    return any(
        min(o.end, member.end) - max(o.start, member.start)
        >= thresholds.INSIDE_SHARE * min(o.end - o.start, member.end - member.start)
        for o in group.members
        if o.report == member.report
    )


def _adds_nothing(part: Group, whole: Group) -> bool:
    """Whether a part only says again what its whole says: a day, or what cannot be read alone.

    Where other reports carry the whole without it, it must be a sentence of its own in one of its reports.
    """
    if len(part.reports) < 2 or part.relation in APART or not part.reports <= whole.reports:
        return False
    if part.members[0].kind != "clause":
        return _is_day(part)
    return not any(m.told if part.reports == whole.reports else m.whole for m in part.members)


def _is_day(group: Group) -> bool:
    when = group.members[0].when
    return when is not None and when.type != "TIME"


def _top(groups: Sequence[Group], whole: int, part: int) -> int | None:
    """The whole that is part of nothing else: parts stand one deep."""
    seen = {part}
    while groups[whole].part_of is not None:
        if whole in seen:
            return None
        seen.add(whole)
        whole = groups[whole].part_of or 0
    return None if whole in seen else whole


def _lies_in(part: Group, whole: Group) -> bool:
    """Whether the members of one lie in members of the other, in most of the reports that carry it."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for m in whole.members:
        spans[m.report].append((m.start, m.end))
    inside = {
        m.report
        for m in part.members
        for s, e in spans[m.report]
        if min(e, m.end) - max(s, m.start) >= thresholds.INSIDE_SHARE * (m.end - m.start) and e - s >= m.end - m.start
    }
    return len(inside) > thresholds.MOSTLY_INSIDE * len(part.reports)
