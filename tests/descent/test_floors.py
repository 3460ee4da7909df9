"""Floors of quality on sets that are not shipped, one setting for all; a floor is never lowered."""

import gzip
import hashlib
import importlib.util
import json
import os
from pathlib import Path

import pytest

from stemma.descent.compare import compare
from stemma.descent.comparisons import compare_pair, compare_records
from stemma.descent.rewordings import rewordings
from stemma.descent.words import line_spans, read_words

SHARED = Path(__file__).parents[2].parent / "shared"
SHA256 = {
    "reuse/docs_dev.jsonl.gz": "4eb966ae622c599f36b85c54d5cca30b681bcf1c84623978bc5fba26ad83bf70",
    "reuse/pairs_dev.jsonl": "3821afdd3a81a0a4e3ebf7bef699606f686d1fe1243865e51f1aabaa970de621",
    "spans/dev.jsonl.gz": "940488b27fefb682d16b55e6c742e6a9607917b85daca1f13fb2abf34ceec706",
}
DEGREES = {"verbatim": "cut", "edited": "light", "rewrite": "heavy", None: "non"}
SAMPLED = 1_500
"""Documents of the news set that are compared here, for time; bench/descent.py takes all 2,716."""

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir() and not os.environ.get("CI"), reason="the development sets are not on this machine"
)


def rows(name):
    content = (SHARED / "data" / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256[name], "the floors below were measured on another file"
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return [json.loads(line) for line in text.decode("utf-8").split("\n") if line]


def scorer(name):
    spec = importlib.util.spec_from_file_location(f"{name}_score", SHARED / "score" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def docs():
    return {(d["set"], d["id"]): d for d in rows("reuse/docs_dev.jsonl.gz")}


@pytest.fixture(scope="module")
def pairs():
    return rows("reuse/pairs_dev.jsonl")


def compared(docs, row):
    a, b = (docs[row["set"], row[side]]["text"] for side in "ab")
    return compare(read_words(a, line_spans(a)), read_words(b, line_spans(b)))


def f1(found, gold):
    hits = sum(x and y for x, y in zip(found, gold, strict=True))
    return 200 * hits / max(1, sum(found) + sum(gold))


def test_copied_prose_is_told_from_shared_quotations(docs, pairs):
    chosen = [r for r in pairs if "hand" in r]
    found = [c is not None and c.copied >= 0.5 for c in (compared(docs, r) for r in chosen)]
    assert f1(found, [r["hand"] == "prose" for r in chosen]) >= 92.0


def test_four_degrees_of_revision(docs, pairs):
    chosen = [r for r in pairs if r["set"] == "clough"]
    found = [DEGREES[c.kind if c else None] for c in (compared(docs, r) for r in chosen)]
    scores = [f1([f == d for f in found], [r["relation"] == d for r in chosen]) for d in DEGREES.values()]
    assert sum(scores) / 4 >= 75.0
    assert f1([f != "non" for f in found], [r["relation"] != "non" for r in chosen]) >= 92.0


def test_sentences_that_say_the_same(docs, pairs):
    chosen = [r for r in pairs if r["set"] == "mrpc"]
    texts = ([docs["mrpc", r[side]]["text"] for side in "ab"] for r in chosen)
    found = [bool(rewordings(*(read_words(t, line_spans(t)) for t in two))) for two in texts]
    assert f1(found, [r["relation"] == "paraphrase" for r in chosen]) >= 81.5


def test_near_duplicates_among_many_documents(docs, pairs):
    held = {d["id"] for d in sorted((d for d in docs.values() if d["set"] == "news"), key=sampled)[:SAMPLED]}
    gold = {frozenset((r["a"], r["b"])): r["relation"] for r in pairs if r["set"] == "news" and {r["a"], r["b"]} <= held}
    found = {
        frozenset((r["a"], r["b"])): relation(r["a_share"], r["b_share"])
        for r in compare_records([docs["news", i] for i in sorted(held)])
    }
    against = scorer("reuse").against
    same, most = against(gold, found, {"same"}), against(gold, found, {"same", "most"})
    assert same["F1"] >= 99.0
    assert most["F1"] >= 94.0
    assert most["R"] >= 99.0


def sampled(document):
    """Stories stay whole: the part of an id before its number decides, by hash."""
    return hashlib.sha256(document["id"].encode()).hexdigest()


def relation(a_share, b_share):
    least, most = sorted((a_share, b_share))
    return "same" if least >= 0.8 else "most" if most >= 0.5 else "some" if most >= 0.1 else "little"


def test_the_passages_that_were_pasted_in_are_found(capsys):
    gold = rows("spans/dev.jsonl.gz")
    found = []
    for row in gold:
        spans = [{s: [p[s]["start"], p[s]["end"]] for s in "ab"} for p in compare_pair(row)["alignments"]]
        found.append({"id": row["id"], "spans": spans})
    scorer("spans").score(gold, found)
    assert json.loads(capsys.readouterr().out)["plagdet"] >= 0.965
