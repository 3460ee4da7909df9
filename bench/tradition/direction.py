"""Who copied whom, from the words of two texts alone: no dates, no credits, and both texts equally long."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.descent.comparisons import compare_pair
from tradition.articles import Shelf
from tradition.operators import OPERATORS, Operator
from tradition.sentences import Paragraphs, flat, fold, plain, split_paragraphs, words

MIXES = (
    ("shorten",), ("compress",), ("edit",), ("reword_light",), ("reword_heavy",), ("quotations",),
    ("shorten", "edit"), ("reword_light", "compress"), ("edit", "reword_light", "rearrange"),
)  # fmt: skip
"""Each pair's copy is made by one of these, its operators one after the other."""
EVEN = 0.03
COVERAGE = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.3)


@dataclass(frozen=True, slots=True)
class Told:
    """One pair's answer: the operator, whether the named source is right (None: it abstained), how sure it was."""

    operator: str
    right: bool | None
    sure: float


def direction(shelf: Shelf, pairs: int, seed: int, others: Mapping[str, Operator]) -> list[Told]:
    """Return the answers on this many pairs of equal length; pairs that came out with the same words are left out."""
    rng = random.Random(f"direction {seed}")
    mixes = {" + ".join(mix): [OPERATORS[k] for k in mix] for mix in MIXES} | {k: [o] for k, o in others.items()}
    found: list[Told] = []
    for _ in range(pairs * 6):
        if len(found) >= pairs:
            break
        source = split_paragraphs(rng.choice(shelf.articles).paragraphs, "s")
        name, copy = list(mixes)[len(found) % len(mixes)], source
        for operator in mixes[name]:
            copy = operator(copy, rng)
        even = equalised(source, copy, rng)
        if even and fold(" ".join(plain(even[0]))) != fold(" ".join(plain(even[1]))):
            found.append(_ask(name, *even, rng))
    return found


def equalised(a: Paragraphs, b: Paragraphs, rng: random.Random) -> tuple[Paragraphs, Paragraphs] | None:
    """Cut whole sentences from the beginning or the end of the longer text until both are equally long, or None."""
    swapped = words(a) < words(b)
    long, short = (b, a) if swapped else (a, b)
    target, count = words(short), len(flat(long))
    ways = [(i, count - j) for i in range(count) for j in range(count - i) if i == 0 or j == 0]
    fit = [w for w in ways if abs(words(_part(long, *w)) - target) <= EVEN * target]
    if not fit or target < 60:
        return None
    cut = _part(long, *rng.choice(fit))
    return (short, cut) if swapped else (cut, short)


def _part(paragraphs: Paragraphs, start: int, end: int) -> Paragraphs:
    at, kept = 0, []
    for p in paragraphs:
        kept.append([s for n, s in enumerate(p, at) if start <= n < end])
        at += len(p)
    return [p for p in kept if p]


def _ask(operator: str, source: Paragraphs, copy: Paragraphs, rng: random.Random) -> Told:
    texts = ["\n".join(plain(source)), "\n".join(plain(copy))]
    first = rng.random() < 0.5
    row = compare_pair({"id": "p", "a_text": texts[not first], "b_text": texts[first]})
    parent, sure = row["parent"], row["parent_probability"] or 0.5
    if parent is None:
        return Told(operator, None, 0.5)
    return Told(operator, (parent == "a") == first, max(sure, 1 - sure))


def accuracy(told: Sequence[Told]) -> float:
    """Return the share of right answers; an abstention is half right."""
    return sum(0.5 if t.right is None else t.right for t in told) / max(1, len(told))


def curve(told: Sequence[Told]) -> list[tuple[float, float, float]]:
    """Return (coverage, accuracy, least probability) with the least sure answers left out step by step."""
    ranked = sorted(told, key=lambda t: -t.sure)
    parts = [(c, ranked[: max(1, round(c * len(ranked)))]) for c in COVERAGE]
    return [(c, accuracy(part), part[-1].sure) for c, part in parts]
