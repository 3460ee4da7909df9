"""How well shared wording is found, told from shared quotations, aligned and graded, beside plain peers; and how fast.

Run: .venv/bin/python bench/descent.py [--shared ../shared] [--speed]
Every number is measured in this run. A peer gives one score a pair and gets its best threshold for each row (for
the four degrees its best three), ours has one setting. The other peers are measured when they are installed (extra `bench`).
"""

import argparse
import gzip
import importlib.util
import itertools
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from descent_peers import datasketch_ensemble, datasketch_lsh, rensa_minhash
from stemma.descent.compare import compare
from stemma.descent.comparisons import compare_pair, compare_records
from stemma.descent.words import Words, line_spans, read_words

Row = dict[str, Any]
Score = Callable[[str, str], float]
DEGREES = ("non", "heavy", "light", "cut")
SHINGLE = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--speed", action="store_true", help="speed and memory too; bench/growth.py shows how a story grows")
    parser.add_argument("--news", choices=("stemma", *NEWS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    docs = {(d["set"], d["id"]): d["text"] for d in rows(data / "reuse/docs_dev.jsonl.gz")}
    pairs = rows(data / "reuse/pairs_dev.jsonl")
    if arguments.news:
        print(json.dumps(news(arguments.news, [d for d in docs.items() if d[0][0] == "news"], pairs)))
        return
    sys.path.insert(0, str(arguments.shared / "score"))
    quality(docs, pairs)
    spans(rows(data / "spans/dev.jsonl.gz"))
    near_duplicates(arguments.shared)
    if arguments.speed:
        speed(docs)


def rows(path: Path) -> list[Row]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode("utf-8").split("\n") if line]


def words(text: str) -> Words:
    return read_words(text, line_spans(text))


# Quality of single pairs


def quality(docs: dict[tuple[str, str], str], pairs: Sequence[Row]) -> None:
    names = ("stemma", *PEERS)
    print(f"{'':34}" + "".join(f"{n:>10}" for n in names))
    hand = [r for r in pairs if "hand" in r]
    mrpc = [r for r in pairs if r["set"] == "mrpc"]
    clough = [r for r in pairs if r["set"] == "clough"]
    tasks: list[tuple[str, list[Row], Callable[[Row], bool], Callable[[str, str], bool]]] = [
        ("copied prose (hand), F1", hand, lambda r: bool(r["hand"] == "prose"), copied),
        ("any reuse (clough), F1", clough, lambda r: r["relation"] != "non", copied),
        ("same meaning (mrpc), F1", mrpc, lambda r: r["relation"] == "paraphrase", copied),
    ]
    for title, chosen, yes, ours in tasks:
        texts = [tuple(docs[r["set"], r[side]] for side in "ab") for r in chosen]
        gold = np.array([yes(r) for r in chosen])
        scored = {n: np.array([s(a, b) for a, b in texts]) for n, s in PEERS.items()}
        cells = [f1(np.array([ours(a, b) for a, b in texts]), gold), *(best_f1(s, gold) for s in scored.values())]
        print(f"{title:34}" + "".join(f"{c:10.1f}" for c in cells))
    texts = [(docs["clough", r["a"]], docs["clough", r["b"]]) for r in clough]
    grades = np.array([DEGREES.index(r["relation"]) for r in clough])
    cells = [macro(np.array([degree(a, b) for a, b in texts]), grades)]
    cells += [best_macro(np.array([s(a, b) for a, b in texts]), grades) for s in PEERS.values()]
    print(f"{'four degrees (clough), macro-F1':34}" + "".join(f"{c:10.1f}" for c in cells))


def copied(a: str, b: str) -> bool:
    found = compare(words(a), words(b))
    return found is not None and found.copied >= 0.5


def degree(a: str, b: str) -> int:
    found = compare(words(a), words(b))
    return (None, "rewrite", "edited", "verbatim").index(found.kind if found else None)


def plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def difflib_ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, plain(a), plain(b), autojunk=False).ratio()


def tfidf(a: str, b: str) -> float:
    """Cosine with idf 1 for both texts: with two documents there is nothing to count rarity in."""
    x, y = Counter(plain(a)), Counter(plain(b))
    keys = sorted(x | y)
    u, v = np.array([x[k] for k in keys], float), np.array([y[k] for k in keys], float)
    return float(u @ v / max(1e-9, np.linalg.norm(u) * np.linalg.norm(v)))


def jaccard(a: str, b: str) -> float:
    x, y = shingles(a), shingles(b)
    return len(x & y) / max(1, len(x | y))


def containment(a: str, b: str) -> float:
    x, y = shingles(a), shingles(b)
    return len(x & y) / max(1, min(len(x), len(y)))


def shingles(text: str) -> set[tuple[str, ...]]:
    tokens = plain(text)
    return {tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1))}


PEERS: dict[str, Score] = {"difflib": difflib_ratio, "cosine": tfidf, "Jaccard": jaccard, "contained": containment}


def f1(found: Any, gold: Any) -> float:  # noqa: ANN401
    return 200 * float(np.sum(found & gold)) / max(1, int(found.sum() + gold.sum()))


def best_f1(scores: Any, gold: Any) -> float:  # noqa: ANN401
    return max(f1(scores >= t, gold) for t in np.unique(scores))


def macro(found: Any, gold: Any) -> float:  # noqa: ANN401
    return float(np.mean([f1(found == d, gold == d) for d in range(4)]))


def best_macro(scores: Any, gold: Any) -> float:  # noqa: ANN401
    cuts = np.quantile(scores, np.linspace(0.02, 0.98, 25))
    return max(macro(np.searchsorted(c, scores, "right"), gold) for c in itertools.combinations(np.unique(cuts), 3))


# Passages


def spans(gold: Sequence[Row]) -> None:
    score = import_module("spans").score  # the scorer in ../shared/score

    print("\npasted passages (PAN 2013)")
    for name, find in (("stemma", our_spans), ("difflib", difflib_spans)):
        start = time.process_time()
        found = [{"id": r["id"], "spans": list(find(r["a_text"], r["b_text"]))} for r in gold]
        letters = sum(len(r["a_text"]) + len(r["b_text"]) for r in gold)
        print(f"{name:10}{letters / 1e6 / (time.process_time() - start):6.2f} million characters/s  ", end="", flush=True)
        score(gold, found)


def our_spans(a: str, b: str) -> Iterator[Row]:
    for p in compare_pair({"a_text": a, "b_text": b})["alignments"]:
        yield {side: [p[side]["start"], p[side]["end"]] for side in "ab"}


def difflib_spans(a: str, b: str) -> Iterator[Row]:
    """The longest common run, as the peer's best single guess: all of its blocks are far slower."""
    x, y = list(re.finditer(r"\w+", a)), list(re.finditer(r"\w+", b))
    u, v = [m.group().lower() for m in x], [m.group().lower() for m in y]
    m = SequenceMatcher(None, u, v, autojunk=False).find_longest_match(0, len(u), 0, len(v))
    if m.size:
        yield {"a": [x[m.a].start(), x[m.a + m.size - 1].end()], "b": [y[m.b].start(), y[m.b + m.size - 1].end()]}


# Near-duplicates among many documents, each method in a process of its own for its memory


def near_duplicates(shared: Path) -> None:
    print("\nnear-duplicates in the news set (gold: shared wording >= .5 of one of the two; same: >= .8 of both)")
    print(f"{'':16}{'same F1':>9}{'most P':>8}{'R':>7}{'F1':>7}{'docs/CPU-s':>12}{'MB':>7}")
    absent = sorted({p for p in PACKAGES.values() if not importlib.util.find_spec(p)})
    if absent:
        print(f"not installed, so not measured: pip install {' '.join(absent)}")
    for name in ("stemma", *(n for n in NEWS if PACKAGES.get(n) not in absent)):
        command = [sys.executable, __file__, "--shared", str(shared), "--news", name]
        r = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"{name:16}{r['same']:9.1f}{r['P']:8.1f}{r['R']:7.1f}{r['F1']:7.1f}"
            f"{r['documents per CPU-second']:12.0f}{r['MB']:7.0f}"
        )


def news(name: str, docs: Sequence[tuple[tuple[str, str], str]], pairs: Sequence[Row]) -> Row:
    gold = {frozenset((r["a"], r["b"])): r["relation"] for r in pairs if r["set"] == "news"}
    texts = {key[1]: text for key, text in docs}
    start = time.process_time()
    found = our_news(texts) if name == "stemma" else NEWS[name](texts)
    took = time.process_time() - start
    same = prf({k for k, v in found.items() if v >= 0.8}, {k for k, v in gold.items() if v == "same"})
    if name == "stemma":
        same = prf(SAME, {k for k, v in gold.items() if v == "same"})
    most = prf({k for k, v in found.items() if v >= 0.5}, {k for k, v in gold.items() if v in ("same", "most")})
    return {
        "same": same[2], "P": most[0], "R": most[1], "F1": most[2],
        "documents per CPU-second": len(texts) / took, "MB": peak(),
    }  # fmt: skip


SAME: set[frozenset[str]] = set()


def our_news(texts: dict[str, str]) -> dict[frozenset[str], float]:
    found = {}
    for r in compare_records([{"id": k, "text": t} for k, t in texts.items()]):
        key = frozenset((r["a"], r["b"]))
        found[key] = max(r["a_share"], r["b_share"])
        if min(r["a_share"], r["b_share"]) >= 0.8:
            SAME.add(key)
    return found


def shingle_index(texts: dict[str, str]) -> dict[frozenset[str], float]:
    """Every pair that shares shingles that at most a hundred documents hold; containment."""
    bags = {k: {hash(s) for s in shingles(t)} for k, t in texts.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    for key, bag in bags.items():
        for s in bag:
            holders[s].append(key)
    shared: Counter[frozenset[str]] = Counter()
    for group in holders.values():
        if 1 < len(group) <= 100:
            shared.update(map(frozenset, itertools.combinations(group, 2)))
    return {p: n / min(len(bags[k]) for k in p) for p, n in shared.items()}


def tfidf_cosines(texts: dict[str, str]) -> dict[frozenset[str], float]:
    """Smoothed tf-idf of words, all cosines; a pair counts from .5."""
    keys, counts = list(texts), [Counter(plain(t)) for t in texts.values()]
    documents = Counter(w for c in counts for w in c)
    column = {w: i for i, w in enumerate(documents)}
    vectors = np.zeros((len(keys), len(column)), dtype=np.float32)
    for n, count in enumerate(counts):
        for word, times in count.items():
            vectors[n, column[word]] = times * (np.log((1 + len(keys)) / (1 + documents[word])) + 1)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    cosines = vectors @ vectors.T
    return {frozenset((keys[i], keys[j])): float(cosines[i, j]) for i, j in np.argwhere(np.triu(cosines, 1) >= 0.5)}


NEWS: dict[str, Callable[[dict[str, str]], dict[frozenset[str], float]]] = {
    "5-word index": shingle_index, "tf-idf": tfidf_cosines,
    "rensa": lambda texts: rensa_minhash({k: shingles(t) for k, t in texts.items()}),
    "LSH": lambda texts: datasketch_lsh({k: shingles(t) for k, t in texts.items()}),
    "LSHEnsemble": lambda texts: datasketch_ensemble({k: shingles(t) for k, t in texts.items()}),
}  # fmt: skip
PACKAGES = {"rensa": "rensa", "LSH": "datasketch", "LSHEnsemble": "datasketch"}


def prf(found: set[frozenset[str]], gold: set[frozenset[str]]) -> tuple[float, float, float]:
    hits = len(found & gold)
    p, r = 100 * hits / max(1, len(found)), 100 * hits / max(1, len(gold))
    return p, r, 2 * p * r / max(1e-9, p + r)


def peak() -> float:
    """The most memory that this process had, in MB; what its parent had before it started it does not count."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


# Speed


def speed(docs: dict[tuple[str, str], str]) -> None:
    texts = [" ".join(t.split()[:500]) for (s, _), t in docs.items() if s == "news" and len(t.split()) >= 500][:200]
    read = [words(t) for t in texts]
    chosen = random.Random(1).sample(list(itertools.combinations(read, 2)), 1000)
    print("\npairs of 500 words per CPU-second")
    start = time.process_time()
    for a, b in chosen:
        compare(a, b)
    print(f"{'stemma':10}{len(chosen) / (time.process_time() - start):8.0f}")
    start = time.process_time()
    for a, b in chosen[:100]:
        SequenceMatcher(None, a.folded, b.folded, autojunk=False).get_matching_blocks()
    print(f"{'difflib':10}{100 / (time.process_time() - start):8.0f}")


if __name__ == "__main__":
    main()
