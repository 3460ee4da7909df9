"""Whether two clauses that contradict each other speak of one thing: most that look so speak of two, and are no news.

Of pairs of clauses with the same counted noun and other numbers, most are other claims (another place, season or
part of the whole). What sets them apart are words that only one of the two has, so the words that both have must
outweigh them by far.
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from stemma.claims import thresholds
from stemma.claims.counts import STATES, is_loss
from stemma.claims.propositions import Proposition
from stemma.text.data import rows
from stemma.text.stems import meaning


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


def same_count(a: Proposition, b: Proposition) -> bool:
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


def is_one_toll(a: Proposition, b: Proposition) -> bool:
    """Return whether two undated numbers of people in one state are of one event: enough words in common besides the likeness.

    Sentences that name nothing in common ("a plant in Ohio", "a school in Bristol") speak of two events.
    """
    return not is_elsewhere(a, b) and _one_state(a, b) and _shared(a, b)[0] >= thresholds.SHARED_LEAST - 1 and same_count(a, b)


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
    moments = [instant(as_of_a), instant(as_of_b)]
    if None in moments or moments[0] == moments[1] or (not one and _shared(a, b)[1] < thresholds.SAME_TOLL_WORDS):
        return False
    early, late = (a, b) if (moments[0] or 0) < (moments[1] or 0) else (b, a)
    grew = bool(early.figure and late.figure and late.figure.value > early.figure.value)
    return a.topic == "missing" or grew


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


def is_denial(a: Proposition, b: Proposition) -> bool:
    """Return whether one clause has the other's verb with a "no" or "not", as in "there was no leak" and "the ramp leaked"."""
    return a.negated != b.negated and a.head == b.head and a.head != "be" and _shared(a, b)[1] >= thresholds.SAME_STATE_WORDS


def is_alike(a: Proposition, b: Proposition) -> bool:
    """Return whether two clauses have half of all the words under their verbs in common, and more than one."""
    shared, share = _dice(set(a.within), set(b.within))
    return shared > 1 and share >= thresholds.SAME_STATE_WORDS


def near(a: str | None, b: str | None) -> bool:
    """Return whether two days (YYYY-MM-DD…) lie within the run of one event; False where one is not known."""
    if not a or not b:
        return False
    try:
        return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) <= thresholds.EVENT_DAYS
    except ValueError:
        return False


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
