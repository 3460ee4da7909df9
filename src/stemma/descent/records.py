"""The descent room alone, on JSON lines: how two texts share wording (`stemma compare`)."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from stemma.descent.collation import aligned_runs
from stemma.descent.compare import Comparison, compare, compare_runs
from stemma.descent.cuts import find_cuts
from stemma.descent.direction import first_probability, order
from stemma.descent.pairs import ALL_PAIRS, wording
from stemma.descent.passages import Passage
from stemma.descent.runs import Run, runs_of_many, runs_of_seeds, seeds, turned
from stemma.descent.thresholds import COPIED, PARENT_SURE, SIGN_LATER, TOUCHING_WORDS
from stemma.descent.words import Words, line_spans, read_words
from stemma.errors import PageError
from stemma.text.normal import composed


def compare_pair(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return one row for a record of `id`, `a_text`, `b_text`; raises PageError when a text is missing."""
    for name in ("a_text", "b_text"):
        if not isinstance(record.get(name), str):
            raise PageError(f"the record has no '{name}'.")
    for name in ("a_published", "b_published"):
        if not isinstance(record.get(name) or "", str):
            raise PageError(f"'{name}' is no text; write a date as \"2031-05-04\".")
    (a_text, a_at), (b_text, b_at) = composed(record["a_text"]), composed(record["b_text"])
    a, b = _words(a_text), _words(b_text)
    row = _row(a, b, compare(a, b), record.get("a_published"), record.get("b_published"))
    return {"id": record.get("id"), **_as_given(row, a_at, b_at)}


def compare_records(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a row for each two of the records (`id`, `text`, [`published`]) that share wording, in input order."""
    texts = [composed(str(r["text"])) for r in records]
    words = [_words(text) for text, _ in texts]
    for (i, j), found in _compared(words):
        if found and (found.passages or found.copied >= COPIED or found.a_share or found.b_share):
            dates = records[i].get("published"), records[j].get("published")
            row = _row(words[i], words[j], found, *dates)
            yield {"a": records[i]["id"], "b": records[j]["id"], **_as_given(row, texts[i][1], texts[j][1])}


def _as_given(row: dict[str, Any], a_at: Sequence[int], b_at: Sequence[int]) -> dict[str, Any]:
    """A row with its offsets in the texts as they were given, whatever their normal form."""
    for alignment in row["alignments"]:
        for side, at in (("a", a_at), ("b", b_at)):
            alignment[side] = {end: at[offset] for end, offset in alignment[side].items()}
    return row


def _row(a: Words, b: Words, found: Comparison | None, a_date: str | None, b_date: str | None) -> dict[str, Any]:
    if found is None:
        shares = dict.fromkeys(("a_share", "b_share", "a_related", "b_related", "copied"), 0.0)
        return {"kind": None, **shares, "parent": None, "parent_probability": None, "alignments": []}
    parent, probability = _parent(a, b, found, order(a_date, b_date))
    return {
        "kind": found.kind, "a_share": found.a_share, "b_share": found.b_share, "a_related": found.a_related,
        "b_related": found.b_related, "copied": found.copied, "reason": found.reason, "parent": parent,
        "parent_probability": probability, "alignments": [_alignment(a, b, p) for p in touching(found.passages)],
    }  # fmt: skip


def touching(passages: Sequence[Passage]) -> list[Passage]:
    """Join passages that follow one another in both texts, across paragraphs too; the looser kind counts."""
    joined: list[Passage] = []
    for p in sorted(passages, key=lambda p: (p.a, p.b)):
        before = next((n for n in range(len(joined) - 1, -1, -1) if _follows(joined[n], p)), None)
        if before is None:
            joined.append(p)
        else:
            joined[before] = _join(joined[before], p)
    return joined


def _follows(last: Passage, p: Passage) -> bool:
    return all(s[0] >= f[0] and s[0] - f[1] <= TOUCHING_WORDS for f, s in ((last.a, p.a), (last.b, p.b)))


def _join(last: Passage, p: Passage) -> Passage:
    a, b = (last.a[0], max(last.a[1], p.a[1])), (last.b[0], max(last.b[1], p.b[1]))
    words = last.a[1] - last.a[0], p.a[1] - p.a[0]
    score = min(1.0, round((last.score * words[0] + p.score * words[1]) / max(1, sum(words)), 3))
    kind = last.kind if last.kind == p.kind else "edited"
    longer = last if words[0] >= words[1] else p
    return Passage(a, b, kind, score, last.quoted and p.quoted, longer.run)


def _parent(a: Words, b: Words, found: Comparison, before: int) -> tuple[str | None, float | None]:
    """Which text the signs put first, and how probable that is; neither when they leave it open (`before`: order of dates)."""
    if found.copied < COPIED:
        return None, None
    runs = aligned_runs(a, b, found.passages)
    told = find_cuts(runs, found.a_related, found.b_related)
    weight = -before * SIGN_LATER + (told.weight() if told else 0.0)
    probability = round(first_probability(abs(weight)), 3)
    if probability < PARENT_SURE:
        return None, 0.5
    return ("a" if weight > 0 else "b"), probability


def _alignment(a: Words, b: Words, passage: Passage) -> dict[str, Any]:
    (a_start, a_end), (b_start, b_end) = a.span(*passage.a), b.span(*passage.b)
    sides = {"a": {"start": a_start, "end": a_end}, "b": {"start": b_start, "end": b_end}}
    return {**sides, "kind": passage.kind, "score": passage.score, "label": passage.run}


def _words(text: str) -> Words:
    return read_words(text, line_spans(text))


def _compared(words: Sequence[Words]) -> Iterator[tuple[tuple[int, int], Comparison | None]]:
    """Every pair of a few texts; of many, those that share seeds, in the order of the pairs."""
    if len(words) <= ALL_PAIRS:
        yield from (((i, j), compare(words[i], words[j])) for i, j in combinations(range(len(words)), 2))
        return
    # Of texts that are alike word for word one stands for all: a wire that hundreds print has no seed in too many places.
    alike: dict[Hashable, list[int]] = {}
    for place, text in enumerate(words):
        alike.setdefault(wording(text), []).append(place)
    groups = list(alike.values())
    of_many = runs_of_many([words[places[0]] for places in groups])
    compared = {(n, n): _compare_runs(words, p, p, _runs_of_copies(words[p[0]])) for n, p in enumerate(groups) if len(p) > 1}
    for (n, m), runs in of_many.items():
        compared[n, m] = _compare_runs(words, groups[n], groups[m], runs)
        if groups[n][-1] > groups[m][0]:
            compared[m, n] = _compare_runs(words, groups[m], groups[n], turned(runs))
    pairs = ((i, j, found) for (n, m), found in compared.items() for i in groups[n] for j in groups[m] if i < j)
    yield from (((i, j), found) for i, j, found in sorted(pairs, key=lambda p: p[:2]))


def _compare_runs(words: Sequence[Words], ones: Sequence[int], others: Sequence[int], runs: Sequence[Run]) -> Comparison | None:
    """Compare the first text of one group with the first of another: they stand for the rest."""
    return compare_runs(words[ones[0]], words[others[0]], runs, faint=False)


def _runs_of_copies(text: Words) -> list[Run]:
    held = seeds(text.folded)
    return runs_of_seeds(held, held)
