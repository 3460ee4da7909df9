"""Which readings of a report stand in another: its words, and which follows which, for each two reports in the bits of an integer.

Sets as integers make the comparison of three reports (what do these two share that the third lacks?) cheap enough for hundreds.
"""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from stemma.descent.compare import Passage
from stemma.descent.rewordings import stem
from stemma.descent.words import Words

EXACT = 0.999
"""Score from which a passage of as many words on both sides needs no alignment of its words."""


def matched(a: Words, b: Words, passages: Sequence[Passage]) -> tuple[int, int]:
    """Return the readings of a that b has, and those of b that a has, by the passages of the two.

    Bit k of a text of n words says that the other has word k, bit n + k that it has word k right after word k - 1: so a word left out,
    and a paragraph moved, are readings too.
    """
    runs: list[tuple[int, int, int]] = []
    for p in passages:
        words = p.a[1] - p.a[0]
        if p.kind == "translation":
            continue
        whole = p.score >= EXACT and words == p.b[1] - p.b[0]
        runs += [(p.a[0], p.b[0], words)] if whole else _equal(a, b, p)
    in_a, in_b = _readings(runs, len(a.folded), 0), _readings(runs, len(b.folded), 1)
    for p in passages:
        if p.kind == "translation":
            in_a, in_b = in_a | bits(*p.a), in_b | bits(*p.b)
    return in_a, in_b


def _readings(runs: Sequence[tuple[int, int, int]], words: int, side: int) -> int:
    found = 0
    last: tuple[int, int, int] | None = None
    for run in sorted(runs, key=lambda r: (r[side], r[1 - side])):
        first, length = run[side], run[2]
        found |= bits(first, first + length) | bits(words + first + 1, words + first + length)
        if last and last[0] + last[2] == run[0] and last[1] + last[2] == run[1]:
            found |= 1 << (words + first)
        last = run
    return found


def bits(first: int, past: int) -> int:
    """Return the set of the numbers [first, past)."""
    return ((1 << (past - first)) - 1) << first


def words_quoted(words: Words) -> int:
    """Return the readings that stand inside quotation marks."""
    inside = sum(bits(*run) for run in words.quotations())
    return inside | inside << len(words.folded)


def _equal(a: Words, b: Words, p: Passage) -> list[tuple[int, int, int]]:
    one, other = a.folded[slice(*p.a)], b.folded[slice(*p.b)]
    if p.kind == "rewrite":
        one, other = tuple(stem(w) for w in one), tuple(stem(w) for w in other)
    blocks = LCSseq.opcodes(one, other)
    return [(p.a[0] + o.src_start, p.b[0] + o.dest_start, o.src_end - o.src_start) for o in blocks if o.tag == "equal"]
