"""What a change inside quotation marks does to the sense: another word, a negation, a number, a doubt, or nothing."""

from rapidfuzz.distance import OSA

from stemma.findings import thresholds
from stemma.findings.utterances import Place, Quoted
from stemma.findings.wordings import NEGATIVE, unanswered
from stemma.text.data import words_of
from stemma.text.normal import fold
from stemma.text.numbers import read_number
from stemma.text.stems import stem

_FILLERS = frozenset(("a", "an", "the", "that", "and", "so"))
"""Words that a house takes out, or puts in, as it tidies what was said, in a copy too."""
_HAVE = ("have", "has", "had")
"""With "to" behind it, it is another verb: "we had put it back" and "we had to put it back"."""


def changes_sense(a: Quoted, b: Quoted, place: Place) -> bool:
    """Return whether two prints of an utterance differ in sense at a place, and not as newsrooms tidy speech or in synonyms."""
    _, i, j, k, m = place
    mine, theirs = a.words[i:j], b.words[k:m]
    if {*mine, *theirs} == {"to"}:
        return a.words[i - 1 : i] == b.words[k - 1 : k] and bool(set(a.words[i - 1 : i]) & set(_HAVE))
    if is_slip(" ".join(mine), " ".join(theirs)):
        return False
    left, right = unanswered(_telling(a, i, j), _telling(b, k, m))
    if not left or not right:
        return any(map(_weighs, left + right))
    # What the other has at another place of its own changed its place, and "any" became "anything".
    helping = words_of("findings", "auxiliaries.txt")
    if ({*left} & {*b.words} | {*right} & {*a.words}) - helping or _are_forms(left[0], right[0]):
        return False
    return bool({*left, *right} - helping)


def is_reworded(a: Quoted, b: Quoted, place: Place) -> bool:
    """Return whether two prints of an utterance have other words at a place, be they synonyms, and not another form of one."""
    _, i, j, k, m = place
    helping = words_of("findings", "auxiliaries.txt")
    left, right = (set(_telling(q, *at)) - helping for q, at in ((a, (i, j)), (b, (k, m))))
    return bool(left and right) and not is_slip(" ".join(a.words[i:j]), " ".join(b.words[k:m]))


def _weighs(word: str) -> bool:
    """Whether a word that only one prints is more than what newsrooms leave out: a negation, a number, a doubt."""
    return word in NEGATIVE or word in words_of("findings", "softening.txt") or read_number(word) is not None


def _are_forms(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and long.startswith(short)


def _telling(quoted: Quoted, start: int, end: int) -> list[str]:
    """The words of a place that carry sense; "he's" may stand for "he is" and for "he has"."""
    words = zip(quoted.words[start:end], quoted.printed[start:end], strict=True)
    return [w for w, printed in words if w not in words_of("findings", "tidied.txt") and (printed or w == "not")]


def is_slip(one: str, other: str) -> bool:
    """Return whether a changed place holds the same words in another form, or a misprint: whose it is nobody can tell."""
    words = [[w for w in fold(side).split() if w not in _FILLERS] for side in (one, other)]
    if [stem(w) for w in words[0]] == [stem(w) for w in words[1]]:
        return True
    x, y = (" ".join(side) for side in words)
    long = min(len(x), len(y)) >= thresholds.MISPRINT_LETTERS and x[:1] == y[:1] and (x + y).replace(" ", "").isalpha()
    return long and OSA.distance(x, y) == 1
