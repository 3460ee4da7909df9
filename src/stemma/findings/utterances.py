"""Quotations of different reports that render one utterance, and how their words differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations_with_replacement

from stemma.findings.context import Context
from stemma.tables import Span
from stemma.text.normal import fold
from stemma.text.numbers import read_number

LEAST_WORDS = 5
SAME = 0.5
"""Share of words in common, in order, from which two quotations of one speaker render one utterance."""
SURELY_ONE = 0.75
"""The same from which two quotations of one speaker are one utterance and no second one on the same matter."""
LEAST_SAME = 5
"""Words in common under which two quotations are no two prints of one."""
LEAST_STEMS = 4
NEAR = 0.8
"""Share of words in common, in order, from which two speakers' quotations are two prints of one."""
ALL_BUT = 0.93
"""The same from which one other word may be a slip or a house's spelling ("hung", "hanged")."""
LONGER = 1.6
"""A rendering in other words is about as long as the other."""
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_NESTED = re.compile(r"''|[\"“”]")
_WORD = re.compile(r"[\w']+")
_SPELLING = (
    ("our", "or"),
    ("ise", "ize"),
    ("isation", "ization"),
    ("yse", "yze"),
    ("ogue", "og"),
    ("tre", "ter"),
    ("ence", "ense"),
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words inside the marks of one quotation, and who said them (a source's id, or None); `explained` in brackets."""

    report: str
    span: Span
    source: str | None
    words: tuple[str, ...]
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Rendering:
    """Two quotations of one utterance: `changed` words differ inside what both print (not a mere cut), as (of a, of b)."""

    a: Quoted
    b: Quoted
    alike: float
    changed: tuple[tuple[str, str], ...]
    run: int
    """Words of the longest run that both print."""


def quoted(context: Context) -> list[Quoted]:
    """Return all quotations of the story that are long enough to be told apart."""
    found = []
    for s in context.statements:
        for span in s.quotations:
            text = context.words(s.report, span)
            words = plain_words(text)
            if len(words) >= LEAST_WORDS and not _NESTED.search(text):
                found.append(Quoted(s.report, span, s.source, words, bool(_BRACKETS.search(text))))
    return found


def renderings(quotations: Sequence[Quoted]) -> list[Rendering]:
    """Return the pairs of quotations of different reports that render one utterance; of two known speakers only near prints.

    Each two wordings are compared once, however many reports print them.
    """
    compared: dict[tuple[tuple[str, ...], tuple[str, ...], bool, bool], Rendering | None] = {}
    pairs = []
    for a, b in _candidates(quotations):
        key = (a.words, b.words, a.source is not None and a.source == b.source, a.explained or b.explained)
        if key not in compared:
            compared[key] = _compare(a, b)
        known = compared[key]
        pair = known and replace(known, a=a, b=b)
        if pair and (not is_of_two(pair) or pair.alike >= NEAR):
            pairs.append(pair)
    return pairs


def is_of_two(rendering: Rendering) -> bool:
    """Return whether the two prints of an utterance have two sources."""
    return bool(rendering.a.source and rendering.b.source and rendering.a.source != rendering.b.source)


def _candidates(quotations: Sequence[Quoted]) -> Iterator[tuple[Quoted, Quoted]]:
    """The pairs of quotations of two reports whose wordings have enough words in common."""
    held: dict[tuple[str, ...], list[Quoted]] = {}
    for q in quotations:
        held.setdefault(q.words, []).append(q)
    bags = {words: Counter(words) for words in held}
    roots = {words: stems(of[0]) for words, of in held.items()}
    for one, other in combinations_with_replacement(held, 2):
        common = one == other or (bags[one] & bags[other]).total() >= LEAST_SAME
        kin = len(roots[one] & roots[other]) >= LEAST_STEMS
        if not common and not kin:
            continue
        for i, a in enumerate(held[one]):
            for b in held[other][i + 1 if one == other else 0 :]:
                if a.report != b.report and (common or (a.source and a.source == b.source)):
                    yield a, b


def stems(quoted: Quoted) -> set[str]:
    """Return the first letters of a quotation's longer words: the same in all forms of a word."""
    return {w[:5] for w in quoted.words if len(w) > 3}


def is_reworded(rendering: Rendering) -> bool:
    """Return whether two prints of an utterance are two wordings of it: of one length, and other words carry the meaning."""
    if rendering.alike < SURELY_ONE and not _is_same_thought(rendering.a, rendering.b):
        return False
    carrying = sum(_carries(one, other) or _carries(other, one) for one, other in rendering.changed)
    return carrying > (rendering.alike >= ALL_BUT)


def _carries(one: str, other: str) -> bool:
    """Whether a changed place holds a word of some length that the other side does not have in any form."""
    return any(len(w) > 4 and "'" not in w and not any(w[:3] == v[:3] for v in other.split()) for w in one.split())


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words without case, accents, brackets' additions, house spelling and typography."""
    text = _BRACKETS.sub(" ", text).replace("’", "'").replace("&", " and ")
    return tuple(_house(fold(w.strip("'"))) for w in _WORD.findall(text) if w.strip("'"))


def _compare(a: Quoted, b: Quoted) -> Rendering | None:
    if a.words == b.words:
        return Rendering(a, b, 1.0, (), len(a.words))
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    blocks = matcher.get_matching_blocks()[:-1]
    same = sum(m.size for m in blocks)
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    # What both print lies between the first and the last words in common; the rest may be another cut of one utterance.
    alike = 2 * same / (last.a + last.size - first.a + last.b + last.size - first.b)
    if alike < SAME or same < LEAST_SAME or same < SAME * min(len(a.words), len(b.words)):
        # Other words for the same thought: a looser test, for two renderings of a foreign speaker.
        if not (a.source and a.source == b.source and _is_same_thought(a, b)):
            return None
        alike = min(alike, SAME)
    codes = matcher.get_opcodes()
    changed = [
        (" ".join(a.words[i:j]), " ".join(b.words[k:m]))
        for n, (code, i, j, k, m) in enumerate(codes)
        if code != "equal"
        and not (n in (0, len(codes) - 1) and _is_cut(j - i, m - k))
        and not _is_spelling(a.words[i:j], b.words[k:m])
        # What one side lacks may be what the other's brackets stand for.
        and not ((i == j or k == m) and (a.explained or b.explained))
    ]
    return Rendering(a, b, round(alike, 3), tuple(changed), max(m.size for m in blocks))


def _is_cut(one: int, other: int) -> bool:
    """Words at an end that only one side prints, or many more than the other, are where one of them left off."""
    return not one or not other or max(one, other) > 3 or abs(one - other) > 1


def _is_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs are one word in two spellings: "head teacher" and "headteacher", "100" and "a hundred"."""
    if "".join(one).replace("'", "") == "".join(other).replace("'", ""):
        return True
    short, long = sorted((one, other), key=len)
    if len(long) > 1 and "".join(short) == "".join(w[:1] for w in long):
        return True
    numbers = [_number(run) for run in (one, other)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _number(run: Sequence[str]) -> float | None:
    words = ["one" if w == "a" and len(run) > 1 else w for w in run if w != "and"]
    return read_number(" ".join(words)) if words and all(read_number(w) is not None for w in words) else None


def _is_same_thought(a: Quoted, b: Quoted) -> bool:
    return _stems_in_common(a, b) >= SAME and max(len(a.words), len(b.words)) <= LONGER * min(len(a.words), len(b.words))


def _stems_in_common(a: Quoted, b: Quoted) -> float:
    x, y = stems(a), stems(b)
    return 2 * len(x & y) / (len(x) + len(y)) if len(x & y) >= LEAST_STEMS else 0.0


def _house(word: str) -> str:
    """British and American spellings of one word become the same."""
    for british, american in _SPELLING:
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + american
        for tail in ("s", "d", "ed", "ing", "ly", "ful", "able"):
            if word.endswith(british.rstrip("e") + tail) and len(word) > len(british) + 4:
                return word[: -len(british.rstrip("e") + tail)] + american.rstrip("e") + tail
    return word
