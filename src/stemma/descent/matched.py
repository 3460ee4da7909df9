"""Which readings of a report stand in another, its words and which follows which, in the bits of an integer.

Sets as integers make the comparison of three reports (what do these two share that the third lacks?) cheap enough for hundreds.
"""

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from stemma.descent.compare import Passage
from stemma.descent.rewordings import stem
from stemma.descent.words import Words

Aligned = tuple[int, int, int]
"""A run: its first word in a, its first word in b, and its length."""

EXACT = 0.999
"""Score from which a passage of as many words on both sides needs no alignment of its words."""


def aligned_runs(a: Words, b: Words, passages: Sequence[Passage]) -> list[Aligned]:
    """Return the runs of words of a that stand as they are in b; passages that are translated have none."""
    runs: list[Aligned] = []
    for p in passages:
        words = p.a[1] - p.a[0]
        if p.kind != "translation":
            whole = p.score >= EXACT and words == p.b[1] - p.b[0]
            runs += [(p.a[0], p.b[0], words)] if whole else _equal(a, b, p)
    return runs


def readings(words: Words, side: int, runs: Sequence[Aligned], passages: Sequence[Passage]) -> int:
    """Return the readings of one side (0: a, 1: b) that the other has.

    Bit k of a text of n words says that the other has word k, bit n + k that it has word k right after word k - 1: so a word
    left out, and a paragraph moved, are readings too.
    """
    found, total = 0, len(words.folded)
    last: Aligned | None = None
    for run in sorted(runs, key=lambda r: (r[side], r[1 - side])):
        first, length = run[side], run[2]
        found |= bits(first, first + length) | bits(total + first + 1, total + first + length)
        if last and last[0] + last[2] == run[0] and last[1] + last[2] == run[1]:
            found |= 1 << (total + first)
        last = run
    for p in passages:
        if p.kind == "translation":
            found |= bits(*(p.a if side == 0 else p.b))
    return found


def bits(first: int, past: int) -> int:
    """Return the set of the numbers [first, past)."""
    return ((1 << (past - first)) - 1) << first


def words_quoted(words: Words) -> int:
    """Return the readings that stand inside quotation marks."""
    inside = sum(bits(*run) for run in words.quotations())
    return inside | inside << len(words.folded)


def _equal(a: Words, b: Words, p: Passage) -> list[Aligned]:
    one, other = a.folded[slice(*p.a)], b.folded[slice(*p.b)]
    if p.kind == "rewrite":
        one, other = tuple(stem(w) for w in one), tuple(stem(w) for w in other)
    blocks = LCSseq.opcodes(one, other)
    return [(p.a[0] + o.src_start, p.b[0] + o.dest_start, o.src_end - o.src_start) for o in blocks if o.tag == "equal"]
