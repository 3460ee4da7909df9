"""Whether two numbers that stand in other words count one thing of the event: a toll, a crowd, a length, or one with a lost word.

A report begins with its own event: the number of people in one state that it begins with is that event's. What it tells further
down, or dates elsewhere, may be another's.
"""

from functools import lru_cache

from stemma.claims import thresholds
from stemma.claims.counts import STATES
from stemma.claims.propositions import YEAR, Proposition
from stemma.claims.same_thing import near
from stemma.tables import Figure
from stemma.text.data import word_lists
from stemma.text.stems import meaning

LENGTH = ("length",)
"""The kind of a number that is how long a call or a meeting took."""
_LOST = (1e3, 1e6, 1e9)
"""What a number that lost its "thousand", "million" or "billion" is too small by."""
_GRAVE = "critical"
"""A state of which a report counts the event's own wherever it does: history has forgotten it."""


def is_one_count(a: Proposition, b: Proposition) -> bool:
    """Return whether two reports count one thing of the event, whatever words the numbers stand in."""
    if not a.figure or not b.figure or a.report == b.report or not _is_one_time(a, b):
        return False
    return are_one_toll(a, b) or _are_one_crowd(a, b) or _lacks_a_word(a, b) or _are_one_length(a, b)


def are_one_toll(a: Proposition, b: Proposition) -> bool:
    """Return whether two numbers of people in one state are the event's toll, as far as their reports say."""
    return a.topic == b.topic and is_toll(a) and is_toll(b) and _is_one_time(a, b) and _is_near(a, b)


def counted_as(p: Proposition, printed: str | None) -> list[tuple[str, ...]]:
    """Return the kinds of counts that a number may be one of, each with what its fellows must share; none of another time."""
    if p.figure is None or not _is_of_now(p, printed):
        return []
    kinds: list[tuple[str, ...]] = []
    if is_toll(p):
        kinds.append(("toll", p.topic or ""))
    if _is_crowd(p):
        kinds.append(("crowd",))
    if _is_length(p):
        kinds.append(LENGTH)
    if p.topic and p.head and not p.figure.unit:
        kinds.append(("noun", p.topic, p.head))
    return kinds


def is_toll(p: Proposition) -> bool:
    """Return whether a number is that of all people in one state with which a report begins, printed as a number."""
    figure = p.figure
    if not figure or figure.unit or p.topic not in STATES or not figure.value or is_vague(figure):
        return False
    whole = figure.counted is None or figure.counted in _words("anybody") or meaning(figure.counted) in STATES
    return whole and (p.topic == _GRAVE or (p.start < thresholds.LEAD and not p.part))


def is_vague(figure: Figure) -> bool:
    """Return whether a figure prints no number: "dozens", "scores"."""
    return figure.bound == "about" and figure.high is None


def _are_one_crowd(a: Proposition, b: Proposition) -> bool:
    return _is_crowd(a) and _is_crowd(b) and _is_near(a, b)


def _is_crowd(p: Proposition) -> bool:
    """Whether a number is that of the people at the event: "22,000 had gathered", "the 40,000 fans in the crowd"."""
    figure = p.figure
    if not figure or figure.unit or p.part or is_vague(figure) or figure.value < thresholds.CROWD:
        return False
    people = figure.counted is not None and figure.counted in _words("audience") | _words("anybody")
    return people and not _words("gathered").isdisjoint(p.raw)


def _are_one_length(a: Proposition, b: Proposition) -> bool:
    """Whether two lengths are of one call or meeting: the noun that one measures in both clauses, and both of those who met."""
    if not (_is_length(a) and _is_length(b) and len(a.names & b.names) >= thresholds.BOTH_NAMES and _is_near(a, b)):
        return False
    nouns = {p.figure.counted for p in (a, b) if p.figure and p.figure.counted}
    return not nouns.isdisjoint(set(a.raw) & set(b.raw))


def _is_length(p: Proposition) -> bool:
    """Whether a number is how long something took, and no plan."""
    return bool(p.figure and p.figure.unit in ("minute", "hour") and not p.part and _words("plans").isdisjoint(p.raw))


def _lacks_a_word(a: Proposition, b: Proposition) -> bool:
    """Whether one number is the other without its "million": the same noun with the same verb."""
    if not (a.figure and b.figure and a.topic and a.topic == b.topic and a.head == b.head) or a.figure.unit or b.figure.unit:
        return False
    small, large = sorted((a.figure.value, b.figure.value))
    exact = a.figure.bound == b.figure.bound and not is_vague(a.figure)
    return exact and small > thresholds.BARE_NUMBER and any(small * lost == large for lost in _LOST)


def _is_near(a: Proposition, b: Proposition) -> bool:
    small, large = sorted((a.figure.value, b.figure.value)) if a.figure and b.figure else (0.0, 0.0)
    return large <= thresholds.COUNT_RATIO * small


def _is_one_time(a: Proposition, b: Proposition) -> bool:
    return not (a.time and b.time) or near(a.time.until, b.time.until)


def _is_of_now(p: Proposition, printed: str | None) -> bool:
    """Whether a number is dated in the time of its report, or not at all: "in 2015" is history."""
    if p.time is None or not p.time.value[:1].isdigit():
        return True
    return len(p.time.value) > YEAR and (printed is None or near(p.time.until or printed, printed))


@lru_cache(maxsize=8)
def _words(name: str) -> frozenset[str]:
    return word_lists("claims", "topics.tsv")[name]
