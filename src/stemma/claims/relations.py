"""How two members of a claim stand to each other, and the worst of a claim: DESIGN's order, agree to disputed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from stemma.claims import thresholds
from stemma.claims.counts import STATES, near
from stemma.claims.denials import denying_words
from stemma.claims.propositions import YEAR, Proposition
from stemma.claims.same_thing import (
    denies,
    denies_the_other,
    instant,
    instants,
    is_alike,
    is_all_or_none,
    is_one_count,
    is_one_thing,
    is_one_toll,
    is_toll,
    is_vague,
    may_be_one_count,
    runs_on,
    same_but_number,
)
from stemma.claims.versions import Versions
from stemma.mentions.figures.units import to_base
from stemma.tables import Figure
from stemma.text.numbers import amount

_TO_THE_MINUTE = 16
"""Characters of a time that is known to the minute."""
_CANNOT = "cannot both be true: "
NO_VERSIONS: Versions = {}
NO_STATES: Mapping[str, int] = {}
ORDER = ("agree", "differ", "compatible", "updated", "conflict", "disputed")
APART = ("updated", "conflict", "disputed")
"""Relations of two members that cannot both be true, or were true at two times."""
PARTING = ("differ", *APART)
"""Relations of claims that reports do not tell alike."""


@dataclass(frozen=True, slots=True)
class Related:
    """The relation of two propositions with the sentence that says why."""

    a: Proposition
    b: Proposition
    relation: str
    reason: str


def relate(
    a: Proposition, b: Proposition, printed_a: str | None, printed_b: str | None, versions: Versions = NO_VERSIONS
) -> Related:
    """Return how two members of one claim stand to each other; `printed` is when each report was published, as far as known."""
    if a.figure and b.figure:
        relation, reason = _figures(a, b, *_as_of(a, b, printed_a, printed_b, versions))
    elif a.when and b.when:
        relation, reason = _times(a, b)
    elif denies(a, b) or denies_the_other(a, b):
        relation, reason = _opposed(a, b), "one says it, the other denies it"
    elif _put_off(a, b, printed_a, printed_b):
        relation, reason = "updated", f"another day: {a.time and a.time.value} against {b.time and b.time.value}"
    else:
        relation, reason = "agree", "say the same"
    if a.denied != b.denied and (told := _against_denial(a, b, relation)):
        relation, reason = told
    return Related(a, b, relation, reason)


def _against_denial(a: Proposition, b: Proposition, relation: str) -> tuple[str, str] | None:
    """How a member stands to one told as denied or false; None where they have too few words in common, or both may be so."""
    if denies(a, b):
        return "agree", "both say that it is not so"
    other = b if a.denied else a
    # "A claim that the army rejected": what a sentence with such a word in it says may be taken back by it.
    if relation in ("agree", "differ") and is_alike(a, b) and denying_words().isdisjoint(other.words):
        return "disputed", "one says it, the other tells it as denied or false"
    return None


def _times(a: Proposition, b: Proposition) -> tuple[str, str]:
    """Two hours of one day cannot both be true; days that touch are one."""
    x, y = a.when, b.when
    if x is None or y is None:
        raise ValueError("only times can be compared as times")
    if is_one_thing(a, b):
        return ("agree", "the same time") if x.value == y.value else ("conflict", f"{_CANNOT}{x.value} against {y.value}")
    one, other = instant(x.value), instant(y.value)
    exact = x.type == y.type == "TIME" and x.value[:10] == y.value[:10] and len(x.value) == len(y.value) >= _TO_THE_MINUTE
    if not exact or one is None or other is None or one == other:
        return "agree", "the same time"
    said = f"{x.value[11:]} against {y.value[11:]}"
    if a.head != b.head or likeness(a.words, b.words) < thresholds.SAME_VERB_WORDS:
        return "compatible", f"may be two things: {said}"
    return _opposed(a, b), f"{_CANNOT}{said}"


def worst(members: Sequence[Proposition], pairs: Sequence[Related]) -> str:
    """Return the worst relation of the pairs of a claim's members, "single" when all stand in one report and dispute nothing."""
    if len({m.report for m in members}) == 1 and not any(p.relation == "disputed" for p in pairs):
        return "single"
    return max((p.relation for p in pairs), key=ORDER.index, default="single")


def compare(members: Sequence[Proposition], printed: Sequence[str | None], versions: Versions = NO_VERSIONS) -> list[Related]:
    """Return how every two members of different reports or speakers stand to each other.

    Members of one report that say the same in the same words count as one: the first. Two speakers' numbers are disputed when
    reports set them side by side, or when the clauses are the same in all but the number.
    """
    contents = [(m.report, _content(m)) for m in members]
    often = Counter(contents)
    first: dict[object, tuple[Proposition, str | None, int]] = {}
    kinds: dict[object, int] = {}
    for member, day, content in zip(members, printed, contents, strict=True):
        first.setdefault(content, (member, day, kinds.setdefault((content[1], member.raw, member.within, day), len(kinds))))
    # What stands in a hundred copies is related once.
    known: dict[tuple[int, int, frozenset[float] | None], Related] = {}
    all_pairs = []
    for (a, day_a, one), (b, day_b, other) in combinations(first.values(), 2):
        if a.report != b.report or a.source != b.source:
            kind = one, other, versions.get((a.report, b.report))
            if kind not in known:
                known[kind] = relate(a, b, day_a, day_b, versions)
            all_pairs.append((Related(a, b, known[kind].relation, known[kind].reason), bool(day_a and day_b)))
    ran = any(p.relation == "updated" and is_one_toll(p.a, p.b) for p, _ in all_pairs)
    pairs = [_run_on(p) if ran and not dated else p for p, dated in all_pairs]
    beside: Counter[frozenset[float]] = Counter()
    for p in pairs:
        if p.a.report == p.b.report and _set_against(p):
            beside[_values(p)] += often[p.a.report, _content(p.a)] * often[p.b.report, _content(p.b)]
    return [_settled(p, beside) for p in pairs]


def of_one_thing(members: Sequence[Proposition], pairs: Sequence[Related]) -> list[tuple[Proposition, ...]]:
    """Return the members of a claim in parts: between two of them every pair may be of two things."""
    at = {id(m): n for n, m in enumerate(members)}
    # What a report says again in the same words is compared by the first.
    part = list(range(len(members)))
    first: dict[object, int] = {}
    for n, m in enumerate(members):
        part[n] = first.setdefault((m.report, _content(m)), n)
    for p in pairs:
        if not p.reason.startswith("may be two things"):
            one, two = sorted((part[at[id(p.a)]], part[at[id(p.b)]]))
            part = [one if k == two else k for k in part]
    return [tuple(m for m, k in zip(members, part, strict=True) if k == number) for number in sorted(set(part))]


def unlike(
    members: Sequence[Proposition], printed: Sequence[str | None], states: Mapping[str, int] = NO_STATES
) -> list[Proposition]:
    """Return those members whose pairs show every relation that there is: of what stands in many copies some are enough.

    Two each at either end of the members of one wording, day and state, and all of a report that says several things.
    """
    said: dict[str, set[object]] = {}
    places: dict[object, list[int]] = {}
    for n, (member, day) in enumerate(zip(members, printed, strict=True)):
        content, contents = _content(member), said.setdefault(member.report, set())
        if content not in contents:
            contents.add(content)
            places.setdefault((content, member.raw, member.within, day, states.get(member.report)), []).append(n)
    kept = {n for held in places.values() for n in (*held[:2], *held[-2:])}
    return [m for n, m in enumerate(members) if n in kept or len(said[m.report]) > 1]


def _content(member: Proposition) -> object:
    """All that the relations of a member hang on, but for its report."""
    f, t = member.figure, member.time
    number = f and (f.value, f.low, f.high, f.unit, f.bound)
    time = t and (t.type, t.value, t.begin, t.until)
    said = (
        member.when and member.when.value,
        member.head,
        member.topic,
        member.negated,
        member.denied,
        member.part,
        is_toll(member),
        member.thing,
        member.names,
        frozenset(member.words.items()),
    )
    return member.source, number, time, said


def _run_on(pair: Related) -> Related:
    """A pair of numbers of a toll that other reports bring up to date, of which one has no day: it may be as old as they are."""
    if pair.relation not in ("conflict", "disputed") or not is_one_toll(pair.a, pair.b):
        return pair
    return replace(pair, relation="updated", reason=f"{pair.reason.removeprefix(_CANNOT)}: a count that runs")


def _settled(pair: Related, beside: Mapping[frozenset[float], int]) -> Related:
    """A pair in the light of all reports: only what they set against each other, so many times, is disputed."""
    if not pair.a.figure or pair.relation not in APART or (pair.b.figure and is_same_number(pair.a.figure, pair.b.figure)):
        return pair
    if _opposed(pair.a, pair.b) == "disputed" and beside.get(_values(pair), 0) >= thresholds.SET_BESIDE:
        said = f"{say(pair.a.figure)} against {say(pair.b.figure)}" if pair.b.figure else pair.reason
        return replace(pair, relation="disputed", reason=f"{_CANNOT}{said}; reports set one against the other")
    flat = same_but_number(pair.a, pair.b) or is_one_count(pair.a, pair.b) or is_all_or_none(pair.a, pair.b)
    if pair.relation == "disputed" and not flat:
        return replace(pair, relation="compatible", reason=f"may be two things: {pair.reason}")
    return pair


def _set_against(pair: Related) -> bool:
    """Two speakers' numbers in one report, if not of two times that the report gives itself."""
    timed = pair.a.time and pair.b.time and pair.a.time.value != pair.b.time.value
    return pair.relation in APART and not timed and _opposed(pair.a, pair.b) == "disputed"


def _values(pair: Related) -> frozenset[float]:
    return frozenset(u.figure.value for u in (pair.a, pair.b) if u.figure)


def _as_of(
    a: Proposition, b: Proposition, printed_a: str | None, printed_b: str | None, versions: Versions
) -> tuple[str | None, str | None]:
    """The times that two members speak of: their own, else the report's, unless the sentence is a copy.

    A copy printed a day later that changes nothing but the number is no update; a later state of the same source is one.
    """
    own = _moment(a, printed_a), _moment(b, printed_b)
    back = versions.get((a.report, b.report))
    values = {u.figure.value for u in (a, b) if u.figure}
    if back is not None:
        return (None, None) if values & back else (printed_a, printed_b)
    if not all(own) and likeness(a.words, b.words) >= thresholds.COPIED_WORDS:
        return None, None
    return own[0] or printed_a, own[1] or printed_b


def _put_off(a: Proposition, b: Proposition, printed_a: str | None, printed_b: str | None) -> bool:
    """Whether one clause, printed on two days, names two days that do not touch: "until Tuesday", later "until Thursday"."""
    if not (a.time and b.time and printed_a and printed_b and printed_a[:10] != printed_b[:10]):
        return False
    # "On Tuesday" in two reports is one wording, and each report's own Tuesday.
    if a.time.type != "DATE" or b.time.type != "DATE" or _weekday(a.time.until) == _weekday(b.time.until):
        return False
    begin_a, until_a, begin_b, until_b = a.time.begin, a.time.until, b.time.begin, b.time.until
    if not (begin_a and until_a and begin_b and until_b) or likeness(a.words, b.words) < thresholds.PUT_OFF_WORDS:
        return False
    return until_a < begin_b or until_b < begin_a


def _weekday(day: str | None) -> int | None:
    return date.fromisoformat(day).weekday() if day else None


def _moment(proposition: Proposition, printed: str | None) -> str | None:
    """A member's own time, to the hour where it is said; a time to come is no as-of time."""
    if proposition.time is None or not proposition.time.until or (printed and proposition.time.until > printed[:10]):
        return None
    if len(proposition.time.value) <= YEAR:
        return f"{proposition.time.value[:YEAR]}-12-31"
    return (
        proposition.time.value
        if proposition.time.type == "TIME" and proposition.time.value[:1].isdigit()
        else proposition.time.until
    )


def say(figure: Figure) -> str:
    """Return a figure as a reader would say it: "more than 400", and "dozens" where no number is printed."""
    return amount(figure.value, figure.unit, figure.bound, figure.low, figure.high)


def are_apart(x: Figure, y: Figure) -> bool:
    """Return whether two figures cannot both be true; one without a unit is taken to have the other's."""
    (low_x, high_x), (low_y, high_y) = _interval(x, x.unit or y.unit), _interval(y, y.unit or x.unit)
    return high_x < low_y or high_y < low_x


def _interval(figure: Figure, unit: str | None) -> tuple[float, float]:
    """A figure's bounds in its dimension's base unit, open ends as infinities; an exact count is exact."""
    low = float("-inf") if figure.low is None else figure.low
    high = float("inf") if figure.high is None else figure.high
    return (low, high) if not unit else (_base(low, unit), _base(high, unit))


def _base(value: float, unit: str) -> float:
    return value if abs(value) == float("inf") else to_base(value, unit)[0]


def _figures(a: Proposition, b: Proposition, as_of_a: str | None, as_of_b: str | None) -> tuple[str, str]:
    x, y = a.figure, b.figure
    if x is None or y is None:
        raise ValueError("only figures can be compared as figures")
    said = f"{say(x)} against {say(y)}"
    if is_same_number(x, y):
        return ("agree", "the same number") if x.bound == y.bound else ("differ", f"the same number with another bound: {said}")
    if not are_apart(x, y):
        # "At least 60" stays true when it is "at least 84": a reader needs to know that the count went on.
        if x.high is y.high is None and not (is_vague(x) or is_vague(y)) and _runs_on(a, b, as_of_a, as_of_b):
            return "updated", _in_time(x, y, as_of_a, as_of_b)
        return "compatible", f"both can be true: {said}"
    if (is_vague(x) or is_vague(y)) and not _runs_on(a, b, as_of_a, as_of_b):
        # "Hundreds" are no number that another one contradicts.
        return "compatible", f"may be two things: {said}"
    if _is_rounded(x, y) or _is_rounded(y, x):
        return "compatible", f"one rounds the other: {said}"
    if is_all_or_none(a, b):
        return _opposed(a, b), f"one says that none was, the other {max(x.value, y.value):,.10g}"
    return ("compatible", f"one is a part: {said}") if a.part != b.part else _apart(a, b, x, y, as_of_a, as_of_b)


def _apart(a: Proposition, b: Proposition, x: Figure, y: Figure, as_of_a: str | None, as_of_b: str | None) -> tuple[str, str]:
    """Two numbers that cannot both be true of one thing at one time: an update, a conflict, or numbers of two things."""
    said = f"{say(x)} against {say(y)}"
    if _runs_on(a, b, as_of_a, as_of_b):
        return "updated", _in_time(x, y, as_of_a, as_of_b)
    if is_one_thing(a, b):
        return "conflict", f"{_CANNOT}{said}"
    one = is_one_count(a, b)
    if not (one or may_be_one_count(a, b)) and _opposed(a, b) == "conflict":
        return "compatible", f"may be two things: {said}"
    if as_of_a and as_of_b and (is_one_toll(a, b) if one else may_be_one_count(a, b)):
        of_days = _in_time(x, y, as_of_a[:10], as_of_b[:10])
        if not near(as_of_a, as_of_b):
            return "compatible", f"two times: {of_days}"
        days = abs((date.fromisoformat(as_of_a[:10]) - date.fromisoformat(as_of_b[:10])).days)
        if days > thresholds.UPDATE_DAYS and a.topic not in STATES:
            return "compatible", f"two times: {of_days}"
        if days:
            return "updated", of_days
        past = any(u.time and len(u.time.value) <= YEAR for u in (a, b))
        if a.topic == b.topic and a.topic in STATES and not past:
            return "updated", f"{said}: a count that runs, on {as_of_a[:10]}"
    return _opposed(a, b), f"{_CANNOT}{said}"


def _runs_on(a: Proposition, b: Proposition, as_of_a: str | None, as_of_b: str | None) -> bool:
    return runs_on(a, b, as_of_a, as_of_b, is_one_toll(a, b))


def _in_time(x: Figure, y: Figure, as_of_x: str | None, as_of_y: str | None) -> str:
    """Two numbers with their times, the earlier first."""
    at = zip(instants((as_of_x, as_of_y)), ((x, as_of_x), (y, as_of_y)), strict=True)
    told = sorted((i or 0.0, f"{say(f)} as of {(printed or '')[:16].replace('T', ' ')}") for i, (f, printed) in at)
    return ", ".join(words for _, words in told)


def _is_rounded(round_one: Figure, other: Figure) -> bool:
    if not round_one.unit or round_one.unit != other.unit or not other.value:
        return False
    digits = len(f"{abs(round_one.value):.15g}".replace(".", "").strip("0"))
    near_enough = abs(round_one.value - other.value) <= thresholds.ROUNDED * abs(other.value)
    return near_enough and float(f"{other.value:.{max(digits, 1)}g}") == round_one.value


def is_same_number(x: Figure, y: Figure) -> bool:
    """Return whether two figures print one number, in one unit or converted."""
    if x.unit == y.unit or not x.unit or not y.unit:
        return x.value == y.value
    a, b = to_base(x.value, x.unit)[0], to_base(y.value, y.unit)[0]
    return abs(a - b) <= thresholds.CONVERTED * max(abs(a), abs(b))


def _opposed(a: Proposition, b: Proposition) -> str:
    return "disputed" if a.source and b.source and a.source != b.source else "conflict"


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the share of words (by meaning) that two clauses have in common, 0–1."""
    total = sum(a.values()) + sum(b.values())
    return 2 * sum(min(v, b[w]) for w, v in a.items() if w in b) / total if total else 0.0
