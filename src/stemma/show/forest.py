"""The stemma as a forest: each witness once, under its strongest parent, the others noted beside it.

From left to right the witnesses stand by time of publication, else by descent. Houses that a page cites for a sentence or two
are named in one line under it: as witnesses they would hide who took what.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from stemma.show.wording import Row, common_zone, in_words, one_line
from stemma.text.moments import Moment, order, read_moment

DEEPEST = 7
"""Generations that are set in further and further; what is deeper stays here, and says whom it is from."""
STEP = 26.0
"""Units that a child stands right of its parent at the least, so that the style of the line between is seen."""
FOLDED = 3
"""Plain copies of one parent from which on they are one row."""
_STRETCH = 0.75
"""The part of the room that time takes, before steps that need more push it apart."""
_NO_TIME = datetime.min
_Spot = tuple[datetime, int]
"""A time, and how many steps right of it (negative: left of it)."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A witness, the derivation it hangs on (None at a root), its other derivations, and its generation.

    `folded` holds all branches of a row that stands for several, this one first among them; else nothing. A lost source is there
    `again` where one drawn before has its name.
    """

    witness: Row
    edge: Row | None
    also: tuple[Row, ...]
    depth: int
    origin: bool
    folded: tuple["Branch", ...] = ()
    again: bool = False

    @property
    def column(self) -> int:
        """Return how far a branch is set in."""
        return min(self.depth, DEEPEST)

    @property
    def lost_words(self) -> str:
        """Return "not in the collection" of a lost source, and of a second one with its name that it is another report."""
        return "another report of it, not in the collection" if self.again else "not in the collection"


@dataclass(frozen=True, slots=True)
class Axis:
    """The x of each witness by id, the tick lines with their words, the middles of gaps that were shortened.

    `zone` is that of the words in minutes, None when no page names one; `early` holds the children that
    are dated before their parent.
    """

    x: Mapping[str, float]
    ticks: tuple[tuple[float, str], ...]
    breaks: tuple[float, ...]
    zone: int | None
    years: str
    early: frozenset[str]


def grow(story: Row, reports: Mapping[str, Row] | None = None) -> list[Branch]:
    """Return every witness of a story once, in the order of drawing: each followed by its descendants.

    Lost sources come first; then, of roots, greater families; of siblings, the earlier published where `reports`
    tells it, and those that took most. Derivations that would close a circle are kept as `also`.
    """
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    main, also = _parents(story, set(witnesses))
    families = _families(main, witnesses)
    origins = {o["witness"] for o in story.get("origins", [])}

    def order(wid: str) -> tuple[bool, int, str, float, str]:
        witness = witnesses[wid]
        strong = strength(main[wid]) if wid in main else 0.0
        grown = families[wid] if wid not in main else 0
        report = (reports or {}).get(witness.get("report") or "", {})
        moment = read_moment(report.get("published"))
        when = moment.begin.isoformat() if moment else "no date"
        return witness.get("report") is not None, -grown, when, -strong, str(witness.get("siglum"))

    children = defaultdict(list)
    for child, edge in main.items():
        children[edge["parent"]].append(child)
    names: set[str] = set()
    waiting = [(0, wid) for wid in sorted(witnesses.keys() - main.keys(), key=order, reverse=True)]
    branches = []
    while waiting:
        depth, wid = waiting.pop()
        lost = str(witnesses[wid].get("name") or "") if witnesses[wid].get("report") is None else ""
        branches.append(Branch(witnesses[wid], main.get(wid), tuple(also[wid]), depth, wid in origins, again=lost in names))
        names |= {lost} - {""}
        waiting += [(depth + 1, child) for child in sorted(children[wid], key=order, reverse=True)]
    return branches


def copies_as_one(branches: Sequence[Branch]) -> list[Branch]:
    """Return the branches with plain verbatim copies of one parent as one row, where there are FOLDED or more.

    Plain is a report that nothing hangs on, with one parent and no wording of its own; the credited are apart.
    """
    parents = {e["parent"] for b in branches for e in (b.edge, *b.also) if e}
    alike: dict[tuple[str, bool], list[Branch]] = defaultdict(list)
    for branch in branches:
        plain = branch.edge and branch.edge.get("kind") == "verbatim" and branch.witness.get("report")
        if branch.edge and plain and not branch.also and not branch.origin and branch.witness["id"] not in parents:
            alike[branch.edge["parent"], bool(branch.edge.get("credited"))].append(branch)
    rows = [tuple(group) for group in alike.values() if len(group) >= FOLDED]
    first = {group[0].witness["id"]: group for group in rows}
    rest = {b.witness["id"] for group in rows for b in group[1:]}
    return [replace(b, folded=first.get(b.witness["id"], ())) for b in branches if b.witness["id"] not in rest]


def strength(edge: Row) -> float:
    """Return how much a parent gave, discounted by how sure that is."""
    return float(edge.get("share") or 0) * float(edge.get("probability") or 0)


def _parents(story: Row, known: set[str]) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    main: dict[str, Row] = {}
    also: dict[str, list[Row]] = defaultdict(list)
    edges = [d for d in story.get("derivations", []) if d["child"] in known and d["parent"] in known]
    for edge in sorted(edges, key=lambda d: (-strength(d), d["child"], d["parent"])):
        if edge["child"] in main or edge["child"] in _line(edge["parent"], main):
            also[edge["child"]].append(edge)
        else:
            main[edge["child"]] = edge
    return main, also


def _line(witness: str, main: dict[str, Row]) -> list[str]:
    """Return a witness and those it descends from, nearest first."""
    line = [witness]
    while line[-1] in main:
        line.append(main[line[-1]]["parent"])
    return line


def _families(main: dict[str, Row], witnesses: dict[str, Row]) -> dict[str, int]:
    """Return how many witnesses descend from each, itself included."""
    sizes = dict.fromkeys(witnesses, 0)
    for wid in witnesses:
        for ancestor in _line(wid, main):
            sizes[ancestor] += 1
    return sizes


def moments(branches: Sequence[Branch], reports: Mapping[str, Row]) -> dict[str, Moment]:
    """Return when each witness was published, by witness id; those without a date are left out."""
    read = {b.witness["id"]: read_moment(_published(b.witness, reports)) for b in branches}
    return {wid: moment for wid, moment in read.items() if moment}


def time_axis(branches: Sequence[Branch], reports: Mapping[str, Row], left: float, room: float) -> Axis | None:
    """Return places between `left` and `left + room` by time, or None when fewer than two reports are dated.

    The order of times is kept, and their distances as far as each child can stand right of its parent. A lost
    source stands before its earliest child, a report without a date right of its parent, or left of all.
    """
    times = moments(branches, reports)
    if len(times) < 2:
        return None
    early = dated_before_parent(branches, reports)
    spots = _spots(branches, times, early)
    knots = sorted({at for at, _ in spots.values()})
    gaps, shortened = _gaps(knots)
    at = _sweep(branches, spots, early, knots, [g * room * _STRETCH for g in gaps])
    x = {wid: at[time] + step * STEP for wid, (time, step) in spots.items()}
    least, most = min(x.values()), max(x.values())
    scale = min(1.0, room / (most - least)) if most > least else 1.0
    x = {wid: left + (place - least) * scale for wid, place in x.items()}
    on = {time: left + (place - least) * scale for time, place in at.items()}
    zone = common_zone(times.values())
    breaks = tuple((on[knots[i]] + on[knots[i + 1]]) / 2 for i in shortened)
    named = any(m.zone is not None for m in times.values())
    return Axis(x, _ticks(on, times, zone), breaks, zone if named else None, _years(times, zone), early)


def dated_before_parent(branches: Sequence[Branch], reports: Mapping[str, Row]) -> frozenset[str]:
    """Return the ids of the witnesses that are surely dated before the nearest dated report they descend from."""
    dates: dict[str, str | None] = {}
    early = set()
    for branch in branches:
        wid, published = branch.witness["id"], _published(branch.witness, reports)
        above = dates[branch.edge["parent"]] if branch.edge else None
        if order(published, above) < 0:
            early.add(wid)
        dates[wid] = published or above
    return frozenset(early)


def _published(witness: Row, reports: Mapping[str, Row]) -> str | None:
    published = reports.get(witness.get("report") or "", {}).get("published")
    return published if read_moment(published) else None


def _spots(branches: Sequence[Branch], times: Mapping[str, Moment], early: frozenset[str]) -> dict[str, _Spot]:
    """Return where each witness stands: at its time, else before its earliest descendant, else after its parent."""
    below = _below(branches, times)
    spots: dict[str, _Spot] = {}
    for branch in branches:
        wid = branch.witness["id"]
        spot = below.get(wid, (_NO_TIME, 0))
        if branch.edge and wid not in early:
            time, step = spots[branch.edge["parent"]]
            if spot <= (time, step):
                spot = time, step + 1
        spots[wid] = spot
    return spots


def _below(branches: Sequence[Branch], times: Mapping[str, Moment]) -> dict[str, _Spot]:
    """Return the time of each dated witness, and for the others the steps before that of the earliest descendant."""
    below: dict[str, _Spot] = {wid: (moment.begin.replace(tzinfo=None), 0) for wid, moment in times.items()}
    for branch in reversed(branches):
        wid = branch.witness["id"]
        if branch.edge and wid in below and branch.edge["parent"] not in times:
            time, step = below[wid]
            before = time, step - 1
            below[branch.edge["parent"]] = min(before, below.get(branch.edge["parent"], before))
    return below


def _gaps(knots: Sequence[datetime]) -> tuple[list[float], list[int]]:
    """Return the parts (summing to 1) that the gaps between times take, and which gaps were shortened.

    A gap over twice as long as all others together would leave them no room: it is shortened to a third of them.
    """
    lengths = [(b - a).total_seconds() if a != _NO_TIME else 0.0 for a, b in pairwise(knots)]
    shortened = []
    for _ in range(3):
        longest = max(range(len(lengths)), key=lambda i: lengths[i], default=0)
        rest = sum(lengths) - lengths[longest] if lengths else 0.0
        if rest and lengths[longest] > 2 * rest and longest not in shortened:
            lengths[longest] = rest / 2
            shortened.append(longest)
    total = sum(lengths) or 1.0
    return [length / total for length in lengths], sorted(shortened)


def _sweep(
    branches: Sequence[Branch],
    spots: Mapping[str, _Spot],
    early: frozenset[str],
    knots: Sequence[datetime],
    widths: Sequence[float],
) -> dict[datetime, float]:
    """Return the x of each time: as far right as its gap says, and as the steps that end there need."""
    steps: dict[datetime, list[int]] = {knot: [] for knot in knots}
    for time, step in spots.values():
        steps[time].append(step)
    needs: dict[datetime, list[tuple[_Spot, int]]] = {knot: [] for knot in knots}
    for branch in branches:
        if branch.edge and branch.witness["id"] not in early:
            time, step = spots[branch.witness["id"]]
            needs[time].append((spots[branch.edge["parent"]], step))
    at: dict[datetime, float] = {}
    for i, knot in enumerate(knots):
        least = [STEP * max(-s for s in steps[knot])]
        if i:
            before = knots[i - 1]
            gap = STEP if before == _NO_TIME else widths[i - 1]
            least.append(at[before] + max(gap, STEP * max(0, *steps[before])))
        least += [at[t] + STEP * (s - step + 1) for (t, s), step in needs[knot] if t != knot]
        at[knot] = max(0.0, *least)
    return at


def _ticks(on: Mapping[datetime, float], times: Mapping[str, Moment], zone: int) -> tuple[tuple[float, str], ...]:
    """Return a tick at the first report of each day, or, when all are of one day, at each time."""
    dated = sorted(times.values(), key=lambda m: (m.begin, -m.parts))
    ticks: list[tuple[float, str]] = []
    seen: set[object] = set()
    one_day = len({_local(m, zone).date() for m in dated}) == 1
    for moment in dated:
        local = _local(moment, zone)
        key = moment.begin if one_day else local.date()
        if key in seen or moment.begin.replace(tzinfo=None) not in on:
            continue
        seen.add(key)
        clock = f"{local:%H:%M}" if moment.exact else "day only"
        words = clock if one_day and ticks else _label(moment, zone, one_day, dated[0])
        ticks.append((on[moment.begin.replace(tzinfo=None)], words))
    return tuple(ticks)


def _label(moment: Moment, zone: int, clock: bool, first: Moment) -> str:
    year = _local(first, zone).year != _local(moment, zone).year
    return in_words(moment if clock else Moment(moment.begin, min(moment.parts, 3), moment.zone), zone, year)


def _years(times: Mapping[str, Moment], zone: int) -> str:
    years = sorted({_local(m, zone).year for m in times.values()})
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _local(moment: Moment, zone: int) -> datetime:
    return moment.begin + timedelta(minutes=zone if moment.zone is not None else 0)


PASSING = 0.05
"""Share of a page's own words under which a house that it cites is no branch of the drawing."""


def without_passing(story: Row) -> tuple[dict[str, Any], str]:
    """Return the story without the lost sources that pages cite in passing, and the line that names them, or nothing.

    A house of which another page has more stays, without those edges; a house that stands twice is named once.
    """
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    passing, kept = _parted(story, witnesses)
    if not passing:
        return dict(story), ""
    gone = in_passing(story)
    citing: dict[str, list[str]] = defaultdict(list)
    for d in sorted(passing, key=lambda d: _order(witnesses[d["child"]])):
        citing[one_line(witnesses[d["parent"]]["name"])].append(one_line(str(witnesses[d["child"]].get("siglum") or "?")))
    named = "; ".join(f"{name} in {' '.join(dict.fromkeys(signs))}" for name, signs in sorted(citing.items()))
    less = {**story, "derivations": kept, "witnesses": [w for w in story["witnesses"] if w["id"] not in gone]}
    return less, f"also cited in a sentence or two: {named}"


def in_passing(story: Row) -> set[str]:
    """Return the ids of the lost sources of which pages have a sentence or two, and no page more."""
    passing, kept = _parted(story, {w["id"]: w for w in story.get("witnesses", [])})
    return {d["parent"] for d in passing} - {end for d in kept for end in (d["parent"], d["child"])}


def _parted(story: Row, witnesses: Mapping[str, Row]) -> tuple[list[Row], list[Row]]:
    """The derivations that only cite a house in passing, and the others."""
    edges = story.get("derivations", [])
    passing = [d for d in edges if _is_passing(d, witnesses)]
    return passing, [d for d in edges if d not in passing]


def _is_passing(edge: Row, witnesses: Mapping[str, Row]) -> bool:
    parent = witnesses.get(edge["parent"], {})
    cited = {s["sign"] for s in edge.get("signs", [])} == {"citation"}
    lost = parent.get("report") is None and parent.get("name")
    return bool(cited and lost) and (edge.get("share") or 0.0) < PASSING and not edge.get("judged")


def _order(witness: Row) -> tuple[int, str]:
    siglum = str(witness.get("siglum") or "?")
    return len(siglum), siglum
