"""Every two texts that share wording, compared: the reports of a story, or a text in each JSON line (`stemma compare`).

Candidates have seeds or stems in common. What hangs together by the wording it shares is a family of copies.
"""

import io
import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, combinations, islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

from stemma.descent import thresholds
from stemma.descent.collation import aligned_runs, find_cuts, numbered_texts
from stemma.descent.compare import Comparison, Passage, compare, compare_runs
from stemma.descent.edges import first_probability
from stemma.descent.rewordings import weigh
from stemma.descent.runs import Run, runs_of_many, runs_of_seeds, seed_keys, seeds, turned
from stemma.descent.telling import Telling
from stemma.descent.translation import compare_languages
from stemma.descent.words import Words, line_spans, read_words, wording
from stemma.errors import PageError
from stemma.ids import digest
from stemma.text.language import language_of
from stemma.text.moments import order
from stemma.text.normal import composed

ROWS = 8_192
"""Rows of a table of holders that are multiplied at a time."""
MANY, CHUNK = 4_000, 500
"""Comparisons from which all cores are worth starting, and how many one core is given at a time."""
Table = npt.NDArray[np.int64]
Counted = Callable[[int, int], None]
"""Called with how much is done and how much there is."""
_HELD: list[Telling] = []
"""The story that a process of the pool compares."""


def compare_all(tellings: Sequence[Telling], some: Set[int] | None = None) -> dict[tuple[int, int], Comparison]:
    """Return the comparisons of the reports that share wording, by their numbers (i < j); those of `some` alone when given."""
    texts = numbered_texts(tellings)
    first: dict[tuple[int, int], tuple[int, int]] = {}
    # Reports that print one text word for word share with a third what the first of them shares with it.
    wanted = (p for p in _candidates([t.words for t in tellings]) if some is None or not some.isdisjoint(p))
    known = {(i, j): first.setdefault((texts[i], texts[j]), (i, j)) for i, j in wanted}
    pairs = list(first.values())
    compared = dict(zip(pairs, _compare_each(tellings, pairs), strict=True))
    return {pair: found for pair, same in known.items() if (found := compared[same])}


def _compare_each(tellings: Sequence[Telling], pairs: Sequence[tuple[int, int]]) -> list[Comparison | None]:
    cores = os.cpu_count() or 1
    if len(pairs) < MANY or cores == 1:
        return [_compare(tellings[i], tellings[j]) for i, j in pairs]
    chunks = [pairs[n : n + CHUNK] for n in range(0, len(pairs), CHUNK)]
    with ProcessPoolExecutor(cores, initializer=_HELD.extend, initargs=(tellings,)) as pool:
        return list(chain.from_iterable(pool.map(_compare_held, chunks)))


def _compare_held(pairs: Sequence[tuple[int, int]]) -> list[Comparison | None]:
    return [_compare(_HELD[i], _HELD[j]) for i, j in pairs]


def _compare(a: Telling, b: Telling) -> Comparison | None:
    one, other = a.report.language, b.report.language
    if one and other and one != other and not _are_in_one_language(a.words, b.words):
        return compare_languages(a.words, b.words)
    return compare(a.words, b.words)


def _are_in_one_language(a: Words, b: Words) -> bool:
    """Whether two texts have most of their words in common, whatever languages they are said to be in."""
    one, other = set(a.folded), set(b.folded)
    return 2 * len(one & other) > min(len(one), len(other))


def _candidates(words: Sequence[Words]) -> list[tuple[int, int]]:
    if len(words) <= thresholds.ALL_PAIRS:
        return list(combinations(range(len(words)), 2))
    number: dict[str, int] = {}
    heavy = [{s for w, s in zip(t.folded, t.stems, strict=True) if weigh(w) >= 1.0} for t in words]
    stems = [np.array(sorted(number.setdefault(s, len(number)) for s in held), np.int64) for held in heavy]
    least = np.array([max(1.0, thresholds.SHARED_STEMS * s.size) for s in stems])
    kin = _shared(stems, len(words) // thresholds.SUBJECT_ONE_IN) >= np.minimum(least[:, None], least)
    copies = _shared([np.unique(seed_keys(t.folded).view(np.int64)) for t in words], len(words)) >= thresholds.LEAST_SEEDS
    return [(int(i), int(j)) for i, j in np.argwhere(np.triu(kin | copies, 1))]


def _shared(keys: Sequence[npt.NDArray[np.int64]], most: int) -> Table:
    """How many keys each two of the texts share, of those that at most `most` of them have."""
    count = len(keys)
    order = np.argsort(np.concatenate(keys), kind="stable")
    holder = np.repeat(np.arange(count), [k.size for k in keys])[order]
    turns = np.flatnonzero(np.diff(np.concatenate(keys)[order])) + 1
    groups = (g for g in np.split(holder, turns) if 1 < g.size <= most)
    sets: dict[bytes, int] = {}
    for group in groups:
        # The seeds of one paragraph are held by the same reports: they are counted at once.
        held = group.tobytes()
        sets[held] = sets.get(held, 0) + 1
    total = np.zeros((count, count), np.int64)
    rows = list(sets.items())
    for some in (rows[n : n + ROWS] for n in range(0, len(rows), ROWS)):
        table = np.zeros((len(some), count), np.float32)
        for row, (members, _) in enumerate(some):
            table[row, np.frombuffer(members, np.int64)] = 1
        times = np.array([n for _, n in some], np.float32)
        total += np.rint((table * times[:, None]).T @ table).astype(np.int64)
    return total


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


def compare_records(
    records: Sequence[Mapping[str, Any]], counted: Counted = lambda _done, _total: None
) -> Iterator[dict[str, Any]]:
    """Yield a row for each two of the records (`id`, `text`, [`published`]) that share wording, in input order.

    `counted` is told how many pairs were compared, of how many that share anything.
    """
    texts = [composed(str(r["text"])) for r in records]
    words = [_words(text) for text, _ in texts]
    for (i, j), found in _compared(words, counted):
        if found and (found.passages or found.copied >= thresholds.COPIED or found.a_share or found.b_share):
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
    return all(s[0] >= f[0] and s[0] - f[1] <= thresholds.TOUCHING_WORDS for f, s in ((last.a, p.a), (last.b, p.b)))


def _join(last: Passage, p: Passage) -> Passage:
    a, b = (last.a[0], max(last.a[1], p.a[1])), (last.b[0], max(last.b[1], p.b[1]))
    words = last.a[1] - last.a[0], p.a[1] - p.a[0]
    score = min(1.0, round((last.score * words[0] + p.score * words[1]) / max(1, sum(words)), 3))
    kind = last.kind if last.kind == p.kind else "edited"
    longer = last if words[0] >= words[1] else p
    return Passage(a, b, kind, score, last.quoted and p.quoted, longer.run)


def _parent(a: Words, b: Words, found: Comparison, before: int) -> tuple[str | None, float | None]:
    """Which text the signs put first, and how probable that is; neither when they leave it open (`before`: order of dates)."""
    if found.copied < thresholds.COPIED:
        return None, None
    runs = aligned_runs(a, b, found.passages)
    told = find_cuts(runs, found.a_related, found.b_related)
    weight = -before * thresholds.SIGN_LATER + (told.weight() if told else 0.0)
    probability = round(first_probability(abs(weight)), 3)
    if probability < thresholds.PARENT_SURE:
        return None, 0.5
    return ("a" if weight > 0 else "b"), probability


def _alignment(a: Words, b: Words, passage: Passage) -> dict[str, Any]:
    (a_start, a_end), (b_start, b_end) = a.span(*passage.a), b.span(*passage.b)
    sides = {"a": {"start": a_start, "end": a_end}, "b": {"start": b_start, "end": b_end}}
    return {**sides, "kind": passage.kind, "score": passage.score, "label": passage.run}


def _words(text: str) -> Words:
    return read_words(text, line_spans(text), language_of(text))


def _compared(words: Sequence[Words], counted: Counted) -> Iterator[tuple[tuple[int, int], Comparison | None]]:
    """Every pair of a few texts; of many, those that share seeds, in the order of the pairs."""
    if len(words) <= thresholds.ALL_PAIRS:
        yield from (((i, j), compare(words[i], words[j])) for i, j in combinations(range(len(words)), 2))
        return
    # Of texts that are alike word for word one stands for all: a wire that hundreds print has no seed in too many places.
    alike: dict[Hashable, list[int]] = {}
    for place, text in enumerate(words):
        alike.setdefault(wording(text), []).append(place)
    groups = list(alike.values())
    of_many = runs_of_many([words[places[0]] for places in groups])
    compared = {(n, n): _compare_runs(words, p, p, _runs_of_copies(words[p[0]])) for n, p in enumerate(groups) if len(p) > 1}
    for done, ((n, m), runs) in enumerate(of_many.items(), 1):
        counted(done, len(of_many))
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


_SIDE = pa.struct([("start", pa.int64()), ("end", pa.int64())])
_ALIGNMENT = pa.struct([("a", _SIDE), ("b", _SIDE), ("kind", pa.string()), ("score", pa.float64()), ("label", pa.string())])
_NUMBERS = ("a_share", "b_share", "a_related", "b_related", "copied")
PAIRS = pa.schema(
    [
        ("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), *((name, pa.float64()) for name in _NUMBERS),
        ("reason", pa.string()), ("parent", pa.string()), ("parent_probability", pa.float64()),
        ("alignments", pa.list_(_ALIGNMENT)),
    ]
)  # fmt: skip
FAMILIES = pa.schema([("family", pa.string()), ("fullest", pa.string()), ("members", pa.list_(pa.string()))])
_AT_A_TIME = 5_000


def families(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return `family` (its id), `fullest` and `members` of each connected group of the rows of `stemma compare`.

    `fullest` is the member that has most of the others' words; members stand in the order in which they were given, the largest
    family first.
    """
    above: dict[Any, Any] = {}
    has: defaultdict[Any, float] = defaultdict(float)
    for row in rows:
        one, other = _top(above, row["a"]), _top(above, row["b"])
        above[other] = one
        has[row["a"]] += row["b_related"]
        has[row["b"]] += row["a_related"]
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for member in above:
        found[_top(above, member)].append(member)
    every = [
        {"family": digest("family", *members), "fullest": max(members, key=lambda m: has[m]), "members": members}
        for members in found.values()
    ]
    return sorted(every, key=lambda f: -len(f["members"]))


def _top(above: dict[Any, Any], member: Any) -> Any:  # noqa: ANN401 - ids are text or whole numbers
    above.setdefault(member, member)
    while above[member] != member:
        above[member] = member = above[above[member]]
    return member


def as_parquet(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> bytes:
    """Return rows (`PAIRS` or `FAMILIES`) as a Parquet file; ids are text there."""
    target, waiting = io.BytesIO(), iter(rows)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while some := [_with_text_ids(row) for row in islice(waiting, _AT_A_TIME)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
    return target.getvalue()


def _with_text_ids(row: Mapping[str, Any]) -> dict[str, Any]:
    ids = {name: str(row[name]) for name in ("a", "b", "fullest") if name in row}
    return {**row, **ids, **({"members": [str(m) for m in row["members"]]} if "members" in row else {})}
