"""Two numbers of one thing by two speakers: groups that reports set side by side become one claim, disputed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from stemma.claims import thresholds
from stemma.claims.counts import LENGTHS
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart
from stemma.claims.same_thing import LENGTH, counted_as, denies_the_other, is_all_or_none, is_one_count
from stemma.mentions.figures.units import same_dimension
from stemma.tables import Figure
from stemma.text.data import words_of


def join_disputes(propositions: Sequence[Proposition], groups: Sequence[Sequence[int]], texts: dict[str, str]) -> list[list[int]]:
    """Return the groups, those joined that reports set against each other: two speakers, numbers that cannot both be true."""
    beside = _side_by_side(propositions, groups, texts)
    beside.update(dict.fromkeys(_all_or_none(propositions, groups), thresholds.SET_BESIDE))
    joined = [list(g) for g in groups]
    used: set[int] = set()
    for (one, two), reports in sorted(beside.items(), key=lambda item: (-item[1], item[0])):
        if one in used or two in used or reports < thresholds.SET_BESIDE:
            continue
        if _cannot_both_be(propositions, groups[one], groups[two]):
            joined[one] = sorted([*groups[one], *groups[two]])
            joined[two] = []
            used |= {one, two}
    return [g for g in joined if g]


def join_counts(
    propositions: Sequence[Proposition], groups: Sequence[Sequence[int]], printed: Mapping[str, str | None]
) -> list[list[int]]:
    """Return the groups, those joined whose numbers count one thing of the event and cannot all be true at one time.

    `printed` is when each report was, as far as known. A report that prints both numbers of two may count two things; not so of
    lengths, whose noun and names say what they are of.
    """
    counts: dict[tuple[str, ...], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for number, group in enumerate(groups):
        for n in group:
            for kind in counted_as(propositions[n], printed[propositions[n].report]):
                counts[kind][propositions[n].report].append((number, n))
    joined = [list(g) for g in groups]
    place = list(range(len(groups)))
    for kind, by_report in sorted(counts.items()):
        for one, other in sorted(_standing_apart(propositions, by_report, kind == LENGTH)):
            low, high = sorted((place[one], place[other]))
            if low != high:
                joined[low], joined[high] = sorted([*joined[low], *joined[high]]), []
                place = [low if p == high else p for p in place]
    return [g for g in joined if g]


def _standing_apart(
    propositions: Sequence[Proposition], by_report: Mapping[str, Sequence[tuple[int, int]]], both: bool
) -> set[tuple[int, int]]:
    """The pairs of groups of one count: of two reports of which neither prints a number of the other's, or may print `both`."""
    values = {r: {f.value for _, n in held if (f := propositions[n].figure)} for r, held in by_report.items()}
    return {
        (g, h)
        for one, other in combinations(sorted(by_report), 2)
        if both or values[one].isdisjoint(values[other])
        for g, a in by_report[one]
        for h, b in by_report[other]
        if g != h and is_one_count(propositions[a], propositions[b])
    }


def join_denials(propositions: Sequence[Proposition], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the groups, those joined of which a report prints one speaker's denial beside another speaker's words."""
    joined = [list(g) for g in groups]
    places: dict[str, list[tuple[int, int]]] = {}
    for number, group in enumerate(groups):
        for n in group:
            if propositions[n].figure is None and propositions[n].source:
                places.setdefault(propositions[n].report, []).append((number, n))
    used: set[int] = set()
    for _, held in sorted(places.items()):
        for (one, a), (two, b) in _beside(propositions, held):
            if not {one, two} & used and denies_the_other(propositions[a], propositions[b]):
                joined[one], joined[two] = sorted([*joined[one], *joined[two]]), []
                used |= {one, two}
    return [g for g in joined if g]


def _beside(
    propositions: Sequence[Proposition], held: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The pairs of one report's (group, proposition), each of two groups in their order, whose clauses stand side by side."""
    by_start = sorted(held, key=lambda h: propositions[h[1]].start)
    found = []
    for n, one in enumerate(by_start):
        for two in by_start[n + 1 :]:
            if propositions[two[1]].start - propositions[one[1]].end > thresholds.SIDE_BY_SIDE:
                break
            if one[0] != two[0]:
                found.append((min(one, two), max(one, two)))
    return sorted(found)


def _side_by_side(
    propositions: Sequence[Proposition], groups: Sequence[Sequence[int]], texts: dict[str, str]
) -> Counter[tuple[int, int]]:
    """In how many reports two groups of figures stand side by side, by other speakers, about one thing."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, group in enumerate(groups):
        for n in group:
            if propositions[n].figure:
                places.setdefault(propositions[n].report, []).append((number, n))
    found: Counter[tuple[int, int]] = Counter()
    for report, held in sorted(places.items()):
        beside = _beside(propositions, held)
        found.update({(g, h) for (g, a), (h, b) in beside if _set_against(propositions[a], propositions[b], texts[report])})
    return found


def _all_or_none(propositions: Sequence[Proposition], groups: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """The pairs of groups of which one says that none of a thing was lost, and the other how many were."""
    figures = {n: [m for m in (propositions[i] for i in g) if m.figure] for n, g in enumerate(groups)}
    nones = {n: members for n, members in figures.items() if any(m.figure and not m.figure.value for m in members)}
    some = {n: members for n, members in figures.items() if members and n not in nones}
    return {
        (min(n, k), max(n, k))
        for n, members in nones.items()
        for k, others in some.items()
        if any(is_all_or_none(a, b) for a in members for b in others)
    }


def _set_against(a: Proposition, b: Proposition, text: str) -> bool:
    first, second = sorted((a, b), key=lambda u: u.start)
    if a.source and a.source == b.source:
        return False
    x, y = a.figure, b.figure
    if x is None or y is None or x.unit in LENGTHS or y.unit in LENGTHS:
        # "Refunded within five years" and "eleven years of work" stand side by side by chance.
        return False
    bare = y if second is b else x
    if bare.unit and not same_dimension(x.unit, y.unit):
        # "120 people … but the water fell by 40 cm": a number with a unit is of no count before it.
        return False
    if a.topic and b.topic:
        # People in shelters and people flown to hospitals are two things: what became of them must be one.
        alike = a.topic != "person" or a.head == b.head
        return a.topic == b.topic and x.unit == y.unit and alike
    if bare.value <= thresholds.BARE_NUMBER:
        return False
    # A number without its noun is of the thing before it, when the report says that one speaks against the other.
    return not bare.counted and not _markers().isdisjoint(text[first.start : second.sentence[1]].lower().split())


def _cannot_both_be(propositions: Sequence[Proposition], one: Sequence[int], two: Sequence[int]) -> bool:
    # A parse may give one report's number to the other side: what most reports say counts.
    sides = [Counter(s for n in group for s in [propositions[n].source] if s).most_common(1) for group in (one, two)]
    if not all(sides) or sides[0][0][0] == sides[1][0][0]:
        return False
    firsts, seconds = (
        {_interval(propositions[n].figure): propositions[n].figure for n in group}.values() for group in (one, two)
    )
    return all(x is not None and y is not None and are_apart(x, y) for x in firsts for y in seconds)


def _interval(figure: Figure | None) -> tuple[float | None, float | None, str | None] | None:
    return (figure.low, figure.high, figure.unit) if figure else None


@lru_cache(maxsize=1)
def _markers() -> frozenset[str]:
    """The words of data/disputes.txt with their common endings."""
    return frozenset(word + end for word in words_of("claims", "disputes.txt") for end in ("", "s", "d", "ed"))
