"""Two reports block by block: which block stands beside which, what was moved, and the words that changed."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from stemma.show.marked_text import blocks, cut
from stemma.show.wording import Row

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:['’]\w+)*|[^\w\s]")
"""A number is one word: "4,200" that became "2,400" did not change in two places."""
_ALIKE = 0.5
"""Share of the words of two blocks that must be the same for their changes to be marked one by one: below, all is changed."""

_HEADS = ("title", "deck", "byline", "date")

Span = tuple[int, int]


@dataclass(frozen=True)
class Beside:
    """A block of another report and the block of the reference (its place in the list) that it stands beside.

    `base` is None where the reference has nothing like it, and `after` the place that it follows then. `kind` is how the two
    are aligned, `moved` whether it stands in another order.
    """

    start: int
    end: int
    base: int | None
    after: int
    kind: str | None
    moved: bool


def beside(base: Row, other: Row, alignments: Iterable[Row]) -> list[Beside]:
    """Return each block of `other` with its place beside `base`, in the order of `other`."""
    mine, theirs = blocks(base), blocks(other)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    kinds: dict[tuple[int, int], str] = {}
    for a in alignments:
        ends = {a["a"]["report"]: a["a"], a["b"]["report"]: a["b"]}
        if ends.keys() != {base["id"], other["id"]}:
            continue
        here, there = _block_at(mine, ends[base["id"]]), _block_at(theirs, ends[other["id"]])
        if here is not None and there is not None:
            shared[there][here] += ends[other["id"]]["end"] - ends[other["id"]]["start"]
            kinds.setdefault((there, here), a["kind"])
    best = {there: max(sorted(found), key=lambda h: found[h]) for there, found in shared.items()}
    best |= _heads(mine, theirs, best)
    in_order = _longest_rising([(there, best[there]) for there in sorted(best)])
    rows, last = [], -1
    for there, (start, end, _) in enumerate(theirs):
        here = best.get(there)
        last = here if here is not None and there in in_order else last
        kind = None if here is None else kinds.get((there, here))
        rows.append(Beside(start, end, here, last, kind, here is not None and there not in in_order))
    return rows


def changed(base: str, other: str) -> tuple[list[Span], list[Span]] | None:
    """Return the words of each text that the other lacks, as spans; None where the two have too little in common."""
    one, two = list(_TOKEN.finditer(base)), list(_TOKEN.finditer(other))
    first, second = [t[0] for t in one], [t[0] for t in two]
    if Indel.normalized_similarity(first, second) < _ALIKE:
        return None
    stretches = _differences(Indel.opcodes(first, second))
    lost = [(one[a].start(), one[b - 1].end()) for a, b, _, _ in stretches if a < b]
    new = [(two[c].start(), two[d - 1].end()) for _, _, c, d in stretches if c < d]
    return lost, new


def changed_quotations(
    base: str, quoted: Sequence[Span], other: str, also_quoted: Sequence[Span]
) -> tuple[list[Span], list[Span]]:
    """Return the words that changed inside quotation marks where the sentences around them were reworded.

    Each quotation of `other` is compared with that of `base` which is likest to it.
    """
    lost: list[Span] = []
    new: list[Span] = []
    for start, end in also_quoted:
        found = [(told, s) for s, e in quoted if (told := changed(base[s:e], other[start:end]))]
        if found:
            (gone, came), first = min(found, key=lambda f: sum(e - s for spans in f[0] for s, e in spans))
            lost += [(s + first, e + first) for s, e in gone]
            new += [(s + start, e + start) for s, e in came]
    return lost, new


def reworded(base: str, quoted: Sequence[Span], other: str, also_quoted: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Return the words of each text that stand nowhere in the other: what was lost and came where a sentence was told anew.

    Inside quotation marks, what changed in the quotation.
    """
    one, two = ([t for t in _TOKEN.finditer(text) if t[0][0].isalnum()] for text in (base, other))
    lost, new = changed_quotations(base, quoted, other, also_quoted)
    return lost + _not_in(one, two, quoted), new + _not_in(two, one, also_quoted)


def _not_in(mine: Sequence[re.Match[str]], others: Sequence[re.Match[str]], quoted: Sequence[Span]) -> list[Span]:
    """The runs of words outside quotation marks of which another text has none, or fewer."""
    held = Counter(t[0].casefold() for t in others)
    found: list[Span] = []
    follows = False
    for t in mine:
        word = t[0].casefold()
        held[word] -= 1
        apart = held[word] < 0 and not any(s <= t.start() < e for s, e in quoted)
        if apart and follows:
            found[-1] = (found[-1][0], t.end())
        elif apart:
            found.append(t.span())
        follows = apart
    return found


def replaced(base: str, other: str) -> list[tuple[Span, str]]:
    """Return where the other text reads otherwise: the span of the base and the words that stand there, "" for none.

    What is added is a reading of the word before it. Nothing where the two have too little in common.
    """
    one, two = list(_TOKEN.finditer(base)), list(_TOKEN.finditer(other))
    first, second = [t[0] for t in one], [t[0] for t in two]
    if not one or Indel.normalized_similarity(first, second) < _ALIKE:
        return []
    found = []
    for a, b, c, d in _differences(Indel.opcodes(first, second)):
        if a == b:
            # Added words are read together with the word that they follow, or the first.
            a, b, c, d = (a - 1, b, c - 1, d) if a else (a, b + 1, c, d + 1)
        words = other[two[c].start() : two[d - 1].end()] if c < d else ""
        found.append(((one[a].start(), one[b - 1].end()), words))
    return found


def _differences(opcodes: Iterable[Any]) -> list[tuple[int, int, int, int]]:
    """The stretches between what is the same: what goes and what comes in its place are one."""
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            continue
        if found and found[-1][1] == a and found[-1][3] == c:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def pieces(
    text: str, start: int, end: int, spans: Iterable[Span], quotations: Iterable[Span], asked: Iterable[Span] = ()
) -> list[dict[str, Any]]:
    """Return [start, end) of a text in pieces: its words, whether they are changed, inside quotation marks, asked for."""
    told = {"changed": spans, "quoted": quotations, "asked": asked}
    marks = [(s, e, mark) for mark, found in told.items() for s, e in found]
    return [
        {
            "words": text[s.start : s.end],
            "changed": "changed" in s.marks,
            "quoted": "quoted" in s.marks,
            "asked": "asked" in s.marks,
        }
        for s in cut(start, end, marks)
    ]


def _heads(mine: Sequence[tuple[int, int, str]], theirs: Sequence[tuple[int, int, str]], best: dict[int, int]) -> dict[int, int]:
    """Titles, decks, bylines and dates stand beside each other whatever they say, where nothing else stands beside them."""
    free = {role: here for here, (_, _, role) in reversed(list(enumerate(mine))) if role in _HEADS and here not in best.values()}
    found: dict[int, int] = {}
    for there, (_, _, role) in enumerate(theirs):
        if role in free and there not in best:
            found[there] = free.pop(role)
    return found


def _block_at(found: Sequence[tuple[int, int, str]], place: Row) -> int | None:
    at = bisect_left(found, place["end"], key=lambda b: b[1])
    return at if at < len(found) and found[at][0] < place["end"] else None


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Of (place there, place here) in the order of the first, the first of those whose second never falls, as many as can be."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for there, here in pairs:
        at = bisect_left(ends, here + 1)
        chain = [*(chains[at - 1] if at else []), there]
        ends[at : at + 1], chains[at : at + 1] = [here], [chain]
    return set(chains[-1]) if chains else set()
