"""What a figure is a number of: "40 people were treated" counts the treated, "24 towns" counts towns."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.tables import Figure
from stemma.text.data import word_lists, words_of
from stemma.text.stems import meaning

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LENGTHS = frozenset(["year", "month", "week", "day", "hour", "minute"])
"""Units of lengths of time."""
STATES = frozenset(["die", "injure", "critical", "missing", "captive", "treat", "evacuate", "arrest", "rescue", "infect"])
"""Versions that people are counted for: the number says how many are in the state, whatever the verb."""
_TAKEN_BACK = re.compile(r"(?:, not|rather than|instead of)\s+$", re.IGNORECASE)
_THOUSANDS_AFTER = re.compile(r",\s\d{3}(?!\d)")
_DECIMALS_AFTER = re.compile(r"\.\s\d")
_DECIMALS_BEFORE = re.compile(r"\d\.\s$")
_THOUSANDS_BEFORE = re.compile(r"(?<![\d.])\d{1,3},\s$")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
_FRACTION = re.compile(r"\s*[/\ufffd]")
_MARGIN = re.compile(r"(?:\bplus or minus|\+/[-−–]|±)\s*$", re.IGNORECASE)

AGE = "year-old"
"""The unit of an age."""

EMPTY = frozenset(
    [
        "have",
        "need",
        "begin",
        "start",
        "continue",
        "try",
        "seem",
        "appear",
        "go",
        "use",
        "manage",
        "fail",
        "plan",
        "decide",
    ]
)
"""Verbs that lend their tense to the verb after them: "had to postpone" is "postpone"."""
COMPLEMENTS = ("acomp", "attr", "dobj", "oprd", "advmod")


def is_claimed(figure: Figure, text: str) -> bool:
    """Return whether a report claims a figure: no margin of error, piece of "4 1 / 2", nor taken back ("214, not 212")."""
    before = text[max(0, figure.start - 16) : figure.start]
    broken = is_torn(figure, text) or _FRACTION.match(text[figure.end : figure.end + 4]) or before.rstrip().endswith("/")
    return not (broken or _TAKEN_BACK.search(before) or _MARGIN.search(before))


def is_torn(figure: Figure, text: str) -> bool:
    """Return whether a number is a piece of one with a blank in it ("1, 150", "4. 5"): a page whose words were set apart."""
    if _THOUSANDS_AFTER.match(text, figure.end) or _DECIMALS_AFTER.match(text, figure.end):
        return True
    head = text[max(0, figure.start - 6) : figure.start]
    if _DECIMALS_BEFORE.search(head):
        return True
    return bool(_THOUSANDS_BEFORE.search(head) and _THREE_DIGITS.match(text[figure.start : figure.end]))


def topic(figure: Figure, head: str, said: Collection[str], words: Mapping[str, float]) -> str | None:
    """Return what is counted, in one word: the state of people ("die", "missing", "treat"), else the noun, else None.

    `head` is the meaning of the clause's verb, `said` those of what the verb says, `words` those of all its words (weight 1 its
    own, less its sentence's).
    """
    counted = meaning(figure.counted) if figure.counted else None
    if counted and counted in STATES:
        return counted
    persons = (
        not counted
        or counted in word_lists("claims", "topics.tsv")["persons"]
        or figure.counted in word_lists("claims", "topics.tsv")["persons"]
    )
    if figure.unit or not persons:
        return counted
    said = {*said, *map(meaning, figure.modifiers)}
    stated = sorted(STATES & set(said)) or sorted(w for w in words if "+" in w and w.split("+")[0] in STATES)
    if stated:
        return stated[0].split("+")[0]
    # "The number of people killed … rose to seven": the state stands in another clause of the sentence.
    around = (
        sorted(w for w in words if w in STATES) if head in word_lists("claims", "topics.tsv")["counters"] and head != "be" else []
    )
    return around[0] if around else ("person" if counted else None)


def near(a: str | None, b: str | None) -> bool:
    """Return whether two days (YYYY-MM-DD…) lie within the run of one event; False where one is not known."""
    if not a or not b:
        return False
    try:
        return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) <= thresholds.EVENT_DAYS
    except ValueError:
        return False


def state_after(doc: "Doc", end: int) -> str | None:
    """Return the state right behind a figure's end: "14 dead, with 19 still missing", "and 19 people were missing"."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    for place, token in enumerate(doc[span.end : span.end + 4] if span is not None else ()):
        found = {meaning(token.lower_), meaning(token.lemma_)} & STATES
        if found and token.pos_ in ("ADJ", "VERB"):
            return min(found)
        if token.pos_ not in ("ADV", "AUX") and not (place == 0 and token.pos_ == "NOUN"):
            return None
    return None


def noughts(clause: "Sequence[Token]", at: int) -> list[Figure]:
    """Return the noughts of a clause's tokens as figures ("no helicopter was lost"); `at` is where the doc starts."""
    found = []
    for token in clause:
        noun, start = _nought(token)
        if noun is not None and noun.dep_ in ("nsubj", "nsubjpass", "dobj"):
            own = noun is token
            counted = _of(token) if own else noun.lemma_.lower()
            past = max(t.idx + len(t) for t in (token.subtree if own else [noun]))
            found.append(Figure(at + start, at + past, 0.0, 0.0, 0.0, None, counted, "exact"))
    return found


def _nought(token: "Token") -> tuple["Token | None", int]:
    """The noun that a word says was none, and where it begins: "no soldier", "not one soldier", "none of its soldiers".

    Also "any soldier" of what somebody denied.
    """
    noun = token.head
    if token.lower_ == "none" and _of(token):
        return token, token.idx
    if noun.pos_ != "NOUN":
        return None, 0
    if token.lower_ == "no" and token.dep_ == "det" and not _is_of_a_name(token):
        return noun, token.idx
    if token.lower_ == "any" and token.dep_ == "det" and _is_denied(noun):
        return noun, token.idx
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    return (noun, token.doc[token.i - 1].idx) if token.lower_ in ("one", "single") and "not" in before else (None, 0)


def _is_of_a_name(no: "Token") -> bool:
    """Whether a "no" belongs to the name of something: a "no show fee", a "no fly zone", a "no confidence vote"."""
    following = no.nbor(1) if no.i + 1 < len(no.doc) else no
    return following.lower_ in words_of("claims", "no_names.txt") and following != no.head


def _is_denied(noun: "Token") -> bool:
    """Whether what is said of a noun is what somebody denies: "denied that any soldier had died"."""
    verb = noun.head
    return verb.dep_ == "ccomp" and verb.head.lemma_.lower() == "deny"


def _of(token: "Token") -> str | None:
    """The noun of "none of its soldiers"."""
    of = next((c for c in token.children if c.lower_ == "of"), None)
    noun = next((c for c in of.children if c.dep_ == "pobj" and c.pos_ == "NOUN"), None) if of is not None else None
    return noun.lemma_.lower() if noun is not None else None


def is_loss(head: str) -> bool:
    """Return whether a verb's meaning says that something was lost: two verbs of loss may count one thing."""
    return head in {meaning(w) for w in word_lists("claims", "topics.tsv")["losses"]}


def predicate(head: "Token") -> str:
    """Return the meaning of a clause's verb, and of the noun in "there was a leak"."""
    verb = _full_verb(head)
    if verb.lemma_ == "be" and any(c.dep_ == "expl" for c in verb.children):
        # "There was no leak" denies "it leaked".
        return next((meaning(c.lemma_) for c in verb.children if c.dep_ in ("attr", "nsubj") and c.pos_ == "NOUN"), "be")
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    return meaning(f"{verb.lemma_}_{particle}") if particle else meaning(verb.lemma_)


def complements(head: "Token") -> frozenset[str]:
    """Return the meanings of the verb and of what it says: "are dead", "needed treatment", "were missing"."""
    verb = _full_verb(head)
    words = [verb, *(c for t in {head.i: head, verb.i: verb}.values() for c in t.children if c.dep_ in COMPLEMENTS)]
    return frozenset(meaning(w.lemma_) for w in words)


def governing_verb(doc: "Doc", start: int, end: int) -> "Token | None":
    """Return the verb that a figure, by its offsets in the doc, is subject or object of."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return next((t for t in (span.root.ancestors if span else ()) if t.pos_ in ("VERB", "AUX")), None)


def _full_verb(head: "Token") -> "Token":
    if head.lemma_ in EMPTY:
        return next((c for c in head.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), head)
    return head
