"""Whether two clauses that contradict each other speak of one thing: most that look so speak of two, and are no news.

Of pairs of clauses with the same counted noun and other numbers, most are other claims (another place, season or
part of the whole). What sets them apart are words that only one of the two has, so the words that both have must
outweigh them by far.

A report begins with its own event: the number of people in one state there, a crowd, the length of a call and a number that
lost its "million" need no words in common. What it tells further down, or dates elsewhere, may be another's.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from stemma.claims import thresholds
from stemma.claims.counts import STATES, is_loss, near
from stemma.claims.propositions import YEAR, Proposition
from stemma.tables import Figure
from stemma.text.data import rows, word_lists
from stemma.text.moments import DAY
from stemma.text.stems import meaning

LENGTH = ("length",)
"""The kind of a number that is how long a call or a meeting took."""
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_LOST = (1e3, 1e6, 1e9)
"""What a number that lost its "thousand", "million" or "billion" is too small by."""
_GRAVE = "critical"
"""A state of which a report counts the event's own wherever it does: history has forgotten it."""


def same_but_number(a: Proposition, b: Proposition) -> bool:
    """Return whether two clauses say the same in all but the number, so that the numbers stand against each other."""
    shared, share = _shared(a, b)
    if share < thresholds.SAME_CLAUSE_WORDS:
        return False
    copied, alike = _dice(set(a.words), set(b.words))
    if copied > thresholds.SHARED_LEAST and alike >= thresholds.SAME_SENTENCE_WORDS:
        return True
    # People in one state in one setting: a clause of two words ("24 died") is enough.
    return shared >= (2 if _one_state(a, b) and _is_anchored(a, b) else thresholds.SHARED_LEAST)


def may_be_one_count(a: Proposition, b: Proposition) -> bool:
    """Return whether two numbers can be the same count, at one time or at two."""
    if same_but_number(a, b):
        return True
    shared, share = _shared(a, b)
    if _one_state(a, b):
        one_time = bool(a.time and b.time and near(a.time.until, b.time.until))
        dated = one_time and (share >= thresholds.SAME_TOLL_WORDS or len(a.names & b.names) > 1)
        return (share >= thresholds.SAME_STATE_WORDS or dated) and (shared >= thresholds.SHARED_LEAST - 1 or _is_anchored(a, b))
    # Two polls, each with its own name, count their own voters.
    one_thing = a.topic is not None and a.topic == b.topic and a.head == b.head and not is_elsewhere(a, b)
    return bool(a.time or b.time) and one_thing and shared >= thresholds.SHARED_LEAST - 1 and share >= thresholds.SAME_VERB_WORDS


def is_all_or_none(a: Proposition, b: Proposition) -> bool:
    """Return whether one says that none of a thing was lost, where another says that some were: "no tank", "12 tanks"."""
    if not (a.figure and b.figure and a.topic and a.topic == b.topic) or a.figure.unit or b.figure.unit:
        return False
    if bool(a.figure.value) == bool(b.figure.value) or (a.source and a.source == b.source):
        return False
    shared, share = _shared(a, b)
    if a.topic in STATES or a.topic == "person":
        # Nobody was hurt in one place, and two million died in a war: people need more in common than what became of them.
        return shared >= thresholds.SHARED_LEAST and share >= thresholds.SAME_STATE_WORDS
    return (is_loss(a.head) and is_loss(b.head)) or (a.head == b.head and shared >= thresholds.SHARED_LEAST - 1)


def runs_on(a: Proposition, b: Proposition, as_of_a: str | None, as_of_b: str | None, one: bool = False) -> bool:
    """Return whether two numbers of people in one state are one count that grew: the later is the greater ("missing": or less).

    The hour tells where both are known to the hour; words in common may be few, as each report words a toll anew, and none where
    they are known to count `one` thing.
    """
    if not (a.figure and b.figure and as_of_a and as_of_b and _one_state(a, b) and near(as_of_a, as_of_b)):
        return False
    moments = instants((as_of_a, as_of_b))
    if None in moments or moments[0] == moments[1] or (not one and _shared(a, b)[1] < thresholds.SAME_TOLL_WORDS):
        return False
    early, late = (a, b) if (moments[0] or 0) < (moments[1] or 0) else (b, a)
    grew = bool(early.figure and late.figure and late.figure.value > early.figure.value)
    return a.topic == "missing" or grew


def instants(moments: Sequence[str | None]) -> list[float | None]:
    """Return the instants of times that stand side by side: by the clocks as printed where one of them names no zone."""
    hours = [m for m in moments if m and len(m) > DAY]
    zoned = all(_ZONE.search(m) for m in hours)
    return [instant(m if zoned or m is None else _ZONE.sub("", m)) for m in moments]


def instant(moment: str | None) -> float | None:
    """Return seconds since 1970 for a time that is known to the hour; days for one known to the day stand at its end."""
    if not moment:
        return None
    try:
        at = datetime.fromisoformat(moment if len(moment) > 10 else f"{moment}T23:59")
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def are_opposite(a: Proposition, b: Proposition) -> bool:
    """Return whether one clause has a "not" to the other's verb, or a word that the other has the opposite of; both: neither."""
    return (a.negated != b.negated and a.head == b.head) != _has_antonym(a, b)


def _has_antonym(a: Proposition, b: Proposition) -> bool:
    x, y = _own(a), _own(b)
    return any(opposite in y and opposite not in x and word not in y for word in x for opposite in _antonyms().get(word, ()))


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in (line.split() for (line,) in rows("claims", "antonyms.txt")):
        found.setdefault(meaning(one), set()).add(meaning(other))
        found.setdefault(meaning(other), set()).add(meaning(one))
    return found


def denies(a: Proposition, b: Proposition) -> bool:
    """Return whether one clause says what the other denies."""
    shared, share = _shared(a, b)
    enough = shared >= thresholds.SHARED_LEAST and share >= thresholds.OPPOSITE_WORDS
    return enough and are_opposite(a, b)


def denies_the_other(a: Proposition, b: Proposition) -> bool:
    """Return whether one speaker's clause has the other speaker's verb with a "no" or "not": "no leak" and "the ramp leaked"."""
    two_sides = a.source is not None and b.source is not None and a.source != b.source
    negated = a.negated != b.negated and a.head == b.head != "be"
    return two_sides and negated and _shared(a, b)[1] >= thresholds.SAME_STATE_WORDS


def is_alike(a: Proposition, b: Proposition) -> bool:
    """Return whether two clauses have half of all the words under their verbs in common, and more than one."""
    shared, share = _dice(set(a.within), set(b.within))
    return shared > 1 and share >= thresholds.SAME_STATE_WORDS


def is_elsewhere(a: Proposition, b: Proposition) -> bool:
    """Return whether two sentences name something each, and nothing in common."""
    return bool(a.names and b.names and not a.names & b.names)


def _is_anchored(a: Proposition, b: Proposition) -> bool:
    """Whether two short clauses stand in one setting: a name in common, or half of their sentences."""
    return bool(a.names & b.names) or _dice(set(a.words), set(b.words))[1] >= thresholds.SAME_STATE_WORDS


def _one_state(a: Proposition, b: Proposition) -> bool:
    return a.topic is not None and a.topic == b.topic and a.topic in STATES


def _shared(a: Proposition, b: Proposition) -> tuple[int, float]:
    """How many of the clauses' own words they share, and the share of them (Dice)."""
    return _dice(_own(a), _own(b))


def _dice(x: set[str], y: set[str]) -> tuple[int, float]:
    return len(x & y), 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def _own(proposition: Proposition) -> set[str]:
    """The clause's words without those of its sentence and without phrases of small words."""
    return {w for w, weight in proposition.words.items() if weight >= 1.0 and "_" not in w}


def is_one_thing(a: Proposition, b: Proposition) -> bool:
    """Return whether two quantities were found to be of one thing, though they differ (masked.py)."""
    return a.thing is not None and a.thing == b.thing


def is_one_count(a: Proposition, b: Proposition) -> bool:
    """Return whether two reports count one thing of the event, whatever words the numbers stand in."""
    if not a.figure or not b.figure or a.report == b.report or not _is_one_time(a, b):
        return False
    return is_one_toll(a, b) or _are_one_crowd(a, b) or _lacks_a_word(a, b) or _are_one_length(a, b)


def is_one_toll(a: Proposition, b: Proposition) -> bool:
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
    return _is_of_anybody(figure) and (p.topic == _GRAVE or (p.start < thresholds.LEAD and not p.part))


def are_other_people(a: Proposition, b: Proposition) -> bool:
    """Return whether two numbers in one state count two kinds of people: children, and tourists."""
    if not (a.figure and b.figure and a.topic == b.topic and a.topic in STATES) or any(map(_is_of_anybody, (a.figure, b.figure))):
        return False
    return a.figure.counted != b.figure.counted


def _is_of_anybody(figure: Figure) -> bool:
    return figure.counted is None or figure.counted in _words("anybody") or meaning(figure.counted) in STATES


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
    if p.past:
        return False
    if p.time is None or not p.time.value[:1].isdigit():
        return True
    return len(p.time.value) > YEAR and (printed is None or near(p.time.until or printed, printed))


@lru_cache(maxsize=8)
def _words(name: str) -> frozenset[str]:
    return word_lists("claims", "topics.tsv")[name]
