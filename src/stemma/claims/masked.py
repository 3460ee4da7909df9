"""Two reports' numbers, years or days of one thing that differ: aligned by all that stands around them, the quantity masked.

Two quantities are of one thing where their clauses are alike without them, nothing else in either report is nearly as like, both
sentences have a name in common, and no report prints both: what prints both counts two things.
The weights (data/weights.tsv) are fitted by bench/masked.py: `masked` says how like two quantities' clauses are, on the claims of
annotated events; `differing` whether two that differ are of one thing, on pairs that were read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from stemma.claims import thresholds
from stemma.claims.counts import AGE, STATES
from stemma.claims.likeness import FEATURES, Likeness, base_value, kind_of, marks, probability, setting_of
from stemma.claims.overlap import Floats
from stemma.claims.propositions import YEAR, Proposition
from stemma.claims.relations import are_apart
from stemma.claims.same_thing import is_vague
from stemma.descent.telling import same_outlet
from stemma.mentions import Mentions
from stemma.mentions.figures.units import dimension, is_currency, to_base
from stemma.tables import Figure, Report, Time
from stemma.text.data import word_lists
from stemma.text.moments import order

DIFFERING = ("odds", "beside", "near")
"""What two quantities that differ are weighed by: likeness (logarithm of odds), that of the words beside them, nearness."""
_SPAN_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_DAY = re.compile(
    r"\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_PERIOD = re.compile(r"\b(?:last|this|next) (?:week|month|year)\b", re.IGNORECASE)
_ROUGH = re.compile(r"\bago\b|\d(?:'|’)?(?:st|nd|rd|th|s)\b|\banniversary\b", re.IGNORECASE)


def join_differing(
    propositions: Sequence[Proposition],
    groups: Sequence[Sequence[int]],
    reports: Mapping[str, Report],
    mentions: Mapping[str, Mentions],
) -> tuple[list[Proposition], list[list[int]]]:
    """Return the propositions, those of one thing marked as such, and the groups, those joined that hold such a pair.

    Groups that one report is in both of are not joined: it prints both.
    """
    told, joined = list(propositions), [list(g) for g in groups]
    place = {n: k for k, g in enumerate(joined) for n in g}
    for a, b in differing(propositions, reports, mentions):
        one, two = sorted((place[a], place[b]))
        held = [{propositions[n].report for n in joined[k]} for k in (one, two)]
        if one != two and held[0] & held[1]:
            continue
        if one != two:
            joined[one], joined[two] = sorted([*joined[one], *joined[two]]), []
            place.update(dict.fromkeys(joined[one], one))
        sides = {_value(propositions[a]), _value(propositions[b])}
        for n in joined[one]:
            if _value(propositions[n]) in sides:
                told[n] = replace(told[n], thing=told[a].thing or f"{propositions[a].report} {propositions[a].start}")
    return told, [g for g in joined if g]


def differing(
    propositions: Sequence[Proposition], reports: Mapping[str, Report], mentions: Mapping[str, Mentions]
) -> list[tuple[int, int]]:
    """Return the pairs of proposition numbers that are of one thing and differ, the surest first."""
    found = []
    for mine, a, b, rows in candidates(propositions, reports, mentions):
        sure = probability("differing", DIFFERING, rows)
        found += [(-float(p), mine[x], mine[y]) for p, x, y in zip(sure, a, b, strict=True) if p >= thresholds.DIFFERING]
    return [(one, other) for _, one, other in sorted(found)]


def candidates(
    propositions: Sequence[Proposition], reports: Mapping[str, Report], mentions: Mapping[str, Mentions]
) -> list[tuple[list[int], list[int], list[int], Floats]]:
    """Return by kind the proposition numbers, pairs of places among them that may differ, and their rows of DIFFERING."""
    setting, found = setting_of(propositions), []
    printed = {r: _printed(m) for r, m in mentions.items()}
    for kind in ("figure", "time"):
        mine = _first_of_wording(propositions, kind)
        some = [propositions[n] for n in mine]
        model = Likeness(some, setting)
        a, b = model.beside()
        features = model.features(a, b, "masked")
        likely = probability("masked", FEATURES["masked"], features)
        weighed = marks([_alone(p) for p in some], a, b, likely)
        pairs = [
            n
            for n in np.flatnonzero(weighed[:, 1] >= thresholds.DIFFERING_LEAD).tolist()
            if _may_differ(*(sides := (some[a[n]], some[b[n]])), reports) and _is_exclusive(*sides, printed, reports)
        ]
        beside = features[:, FEATURES["masked"].index("beside")]
        rows = np.array([(weighed[n, 0], beside[n], near(some[a[n]], some[b[n]])) for n in pairs], float)
        found.append((mine, a[pairs].tolist(), b[pairs].tolist(), rows.reshape(-1, len(DIFFERING))))
    return found


def near(x: Proposition, y: Proposition) -> float:
    """Return how near two quantities lie (0–1): the smaller as a share of the larger; for dates one over what lies between."""
    if x.figure and y.figure:
        small, large = sorted((base_value(x.figure), base_value(y.figure)))
        return small / large if small > 0 else 0.0
    t, u = x.when, y.when
    if not (t and u and t.begin and u.begin and t.until and u.until):
        return 0.0
    gap = (date.fromisoformat(max(t.begin, u.begin)) - date.fromisoformat(min(t.until, u.until))).days
    return 1 / max(1.0, 1 + (gap - 1) / max(_SPAN_DAYS[_span(t)], _SPAN_DAYS[_span(u)]))


def _first_of_wording(propositions: Sequence[Proposition], kind: str) -> list[int]:
    """The numbers of the propositions of a kind that can differ, the first of each wording of one outlet's or many reports."""
    first: dict[object, int] = {}
    for n, p in enumerate(propositions):
        if kind_of(p) == kind and (_is_measured(p.figure) if p.figure else p.when is not None and p.when.type == "DATE"):
            first.setdefault((p.raw, p.beside, _value(p)), n)
    return sorted(first.values())


def _is_measured(figure: Figure) -> bool:
    return figure.value > 0 and not is_vague(figure) and figure.unit != AGE and dimension(figure.unit) != "percent"


def _alone(p: Proposition) -> Proposition:
    """A proposition whose sentence is its quantity: each is the rival of each other of its report."""
    quantity = p.figure or p.when
    return replace(p, sentence=(quantity.start, quantity.end)) if quantity else p


def _value(p: Proposition) -> tuple[object, str | None]:
    return (p.figure.value, p.figure.unit) if p.figure else (p.when and p.when.value, None)


def _may_differ(x: Proposition, y: Proposition, reports: Mapping[str, Report]) -> bool:
    """Whether two quantities of two newsrooms, in sentences that name something in common, can be two versions of one."""
    if not x.names & y.names or {x.topic, y.topic} & STATES:
        return False
    if same_outlet(reports[x.report].outlet, reports[y.report].outlet):
        return False
    if x.figure and y.figure:
        printed = [reports[p.report].modified or reports[p.report].published for p in (x, y)]
        # A count goes on: of two reports of different times each may be right.
        return _may_count_one(x, y, x.figure, y.figure) and bool(x.figure.unit or not order(*printed))
    return bool(x.when and y.when) and _are_other_days(x, y, reports)


def _may_count_one(x: Proposition, y: Proposition, f: Figure, g: Figure) -> bool:
    """Whether two numbers cannot both be true, are not one rounded, no few of something, and no price that moves."""
    if near(x, y) < thresholds.DIFFERING_NEAR or (not f.unit and min(f.value, g.value) <= thresholds.BARE_NUMBER):
        return False
    moving = is_currency(f.unit) and {x.head, y.head} & word_lists("claims", "topics.tsv")["moves"]
    return f.value != g.value and not moving and are_apart(f, g) and not (_rounds(f, g) or _rounds(g, f))


def _rounds(f: Figure, g: Figure) -> bool:
    """Whether a number is another one rounded, if need be in another unit: 30 km and 20 miles."""
    value = to_base(g.value, g.unit)[0] / to_base(1.0, f.unit)[0] if f.unit and g.unit and f.unit != g.unit else g.value
    digits = max(1, len(f"{f.value:.10g}".replace(".", "").strip("0")))
    return float(f"{value:.{digits}g}") == f.value


def _are_other_days(x: Proposition, y: Proposition, reports: Mapping[str, Report]) -> bool:
    """Whether two dates that are printed as such do not touch: a year beside a year, other spans beside each other."""
    if x.when is None or y.when is None or (_span(x.when) == "year") != (_span(y.when) == "year"):
        return False
    for p, t in ((x, x.when), (y, y.when)):
        words = reports[p.report].text[t.start : t.end]
        if not t.begin or not t.until or _ROUGH.search(words) or not (_DAY.search(words) or _PERIOD.search(words)):
            return False
    return (x.when.until or "") < (y.when.begin or "") or (y.when.until or "") < (x.when.begin or "")


def _span(time: Time) -> str:
    if len(time.value) == YEAR:
        return "year"
    return "week" if "W" in time.value else "month" if len(time.value) == len("2031-05") else "day"


def _printed(mentions: Mentions) -> dict[object, list[Time]]:
    """The numbers with their units that a report prints, and its dates."""
    found: dict[object, list[Time]] = {(f.value, f.unit): [] for f in mentions.figures}
    return found | {None: [t for t in mentions.times if t.type == "DATE" and t.begin and t.until]}


def _is_exclusive(
    x: Proposition, y: Proposition, printed: Mapping[str, Mapping[object, Sequence[Time]]], reports: Mapping[str, Report]
) -> bool:
    """Whether no report prints both numbers: that would be two things. Of dates, neither of the two: a report has many."""
    told = printed.values() if x.figure else (printed[x.report], printed[y.report])
    if any(_holds(one, x) and _holds(one, y) for one in told):
        return False
    return not any(_digits(p, reports[p.report].text, reports[other].text) for p, other in ((x, y.report), (y, x.report)))


def _digits(p: Proposition, text: str, other: str) -> bool:
    """Whether the digits of a quantity stand in another text, whatever they were read as there."""
    quantity = p.figure or p.when
    found = _NUMBER.search(text, quantity.start, quantity.end) if quantity else None
    return found is not None and any(m[0] == found[0] for m in _NUMBER.finditer(other))


def _holds(printed: Mapping[object, Sequence[Time]], p: Proposition) -> bool:
    if p.when is None:
        return _value(p) in printed or bool(p.figure and (p.figure.value, None) in printed)
    begin, until = p.when.begin or "", p.when.until or ""
    return any((t.begin or "") >= begin and (t.until or "") <= until for t in printed[None])
