"""Which words of a report stand in another: a set of word numbers for each two reports, in the bits of an integer.

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
    """Return the words of a that stand in b, and those of b that stand in a, by the passages of the two."""
    in_a = in_b = 0
    for p in passages:
        words = p.a[1] - p.a[0]
        if p.kind == "translation" or (p.score >= EXACT and words == p.b[1] - p.b[0]):
            in_a, in_b = in_a | bits(*p.a), in_b | bits(*p.b)
            continue
        for i, j, length in _equal(a, b, p):
            in_a, in_b = in_a | bits(i, i + length), in_b | bits(j, j + length)
    return in_a, in_b


def bits(first: int, past: int) -> int:
    """Return the set of the numbers [first, past)."""
    return ((1 << (past - first)) - 1) << first


def words_quoted(words: Words) -> int:
    """Return the set of the words that stand inside quotation marks."""
    return sum(bits(*run) for run in words.quotations())


def _equal(a: Words, b: Words, p: Passage) -> list[tuple[int, int, int]]:
    one, other = a.folded[slice(*p.a)], b.folded[slice(*p.b)]
    if p.kind == "rewrite":
        one, other = tuple(stem(w) for w in one), tuple(stem(w) for w in other)
    blocks = LCSseq.opcodes(one, other)
    return [(p.a[0] + o.src_start, p.b[0] + o.dest_start, o.src_end - o.src_start) for o in blocks if o.tag == "equal"]
