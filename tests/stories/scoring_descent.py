"""Scores who copied whom: origins, the stemma and the aligned passages."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from stories.seen import Part, Row, Seen, bag, f1, fold, held, names_of, of


def descent_pairs(seen: Seen, gold: Row) -> Part:
    """F1 of the pairs of reports that hold words of one origin."""
    own = {w["id"]: seen.key.get(w["report"] or "") for w in seen.rows("witnesses")}
    shown = set()
    for o in seen.rows("origins"):
        holders = {seen.key.get(d["report"]) for d in o["descendants"]} | {own.get(o["witness"])}
        shown |= set(combinations(sorted(k for k in holders if k), 2))
    expected = {(p["a"], p["b"]) for p in gold["pairs"] if p["relation"] == "common origin"}
    shown -= {(p["a"], p["b"]) for p in gold["pairs"] if p["relation"] == "unscored"}
    misses = [f"{'missed' if p in expected else 'wrong'}: {p[0]}, {p[1]}" for p in sorted(shown ^ expected)]
    return Part(f1(len(shown & expected), len(shown), len(expected)), misses)


def named_origins(seen: Seen, gold: Row) -> Part:
    """The share of copies that stand under their origin's name, with the right share and credit."""
    misses, asked = [], 0
    for g in (o for o in gold["origins"] if o["origin"]):
        shown = [o for o in seen.rows("origins") if fold(o["name"]) in names_of(gold, g["origin"])]
        copies = {seen.key.get(d["report"]): d for o in shown for d in o["descendants"]}
        for k, wanted in g["reports"].items():
            asked += 1
            expected = (wanted["share"] == "whole", wanted["credited"])
            got = (copies[k]["share"] >= 0.5, bool(copies[k]["credited"])) if k in copies else None
            if got != expected:
                misses.append(f"{k} under {g['origin']}: (whole, credited) {got}, expected {expected}")
    return Part(1 - of(len(misses), asked) if asked else 1.0, misses)


def origin_count(seen: Seen, gold: Row) -> Part:
    """Half for an interval up to two wide that holds the truth, half for a best guess that may be right."""
    wanted = gold["independent_origins"]
    found = seen.stories[0]["independent_origins"] if seen.stories else {"low": -1, "best": -1, "high": -1}
    wide = found["low"] <= wanted["best"] <= found["high"] and found["high"] - found["low"] <= 2
    score = (wide + (wanted["low"] <= found["best"] <= wanted["high"])) / 2
    misses = [f"{found}, expected {wanted['low']} {wanted['best']} {wanted['high']}"]
    return Part(score, misses if score < 1 else [])


def stemma_edges(seen: Seen, gold: Row) -> Part:
    """F1 of who comes from whom; an edge with the wrong credit counts half."""
    witness = {w["id"]: w for w in seen.rows("witnesses")}
    shown: dict[Any, Row] = {}
    for d in seen.rows("derivations"):
        if child := seen.key.get(witness[d["child"]]["report"] or ""):
            shown[child, parent_name(seen, gold, witness[d["parent"]])] = d
    expected = {(e["child"], _parent(shown, e)): e for e in gold["stemma"]["edges"]}
    other = sorted(shown.keys() ^ expected.keys())
    misses = [f"{'missed' if e in expected else 'wrong'}: {' from '.join(e)}" for e in other]
    right = shown.keys() & expected.keys()
    credit = [e for e in sorted(right) if bool(shown[e]["credited"]) != expected[e]["credited"]]
    misses += [f"credit of {' from '.join(e)}" for e in credit]
    return Part(f1(len(right) - len(credit) / 2, len(shown), len(expected)), misses)


def _parent(shown: dict[Any, Row], edge: Row) -> str:
    """Return the edge's parent, or the other one that would do as well where that is shown."""
    return next((p for p in edge.get("or", []) if (edge["child"], p) in shown), str(edge["parent"]))


def parent_name(seen: Seen, gold: Row, witness: Row) -> str:
    """Return the gold's word for a witness: a report's key, a lost source's name or letter."""
    if witness["report"]:
        return seen.key.get(witness["report"], "another page")
    for name in gold["stemma"]["lost"]:
        if fold(witness["name"]) in names_of(gold, name) or (not witness["name"] and len(name) == 1):
            return str(name)
    return witness["name"] or "a lost source"


def passages(seen: Seen, gold: Row, kinds: Sequence[str]) -> Part:
    """F1 of the passages of some kinds; an alignment of reports that share only facts counts as wrong.

    Quotations may be shared by anybody.
    """
    rows = [x for x in seen.rows("alignments") if seen.one_paragraph(x["a"]) and seen.one_paragraph(x["b"])]
    asked = [g for g in gold["passages"] if g["kind"] in kinds]
    missed = [g for g in asked if not aligned(seen, rows, g)]
    misses = [f"{g['a']}~{g['b']} ({g['kind']}): {g['a_text'][:60]}" for g in missed]
    facts = {(p["a"], p["b"]) for p in gold["pairs"] if p["relation"] == "facts"}
    said = {k: " ".join(q["text"] for q in gold["quotes"] if q["report"] == k) for k in gold["reports"]}
    wrong = []
    for x in (x for x in rows if x["kind"] in kinds):
        sides = [(seen.key[x[s]["report"]], seen.words(x[s])) for s in "ab"]
        narrative = any(held(words, said[k]) <= 0.7 for k, words in sides)
        if tuple(sorted(k for k, _ in sides)) in facts and bag(sides[0][1]).total() >= 6 and narrative:
            wrong.append(f"only facts in common: {sides[0][0]}~{sides[1][0]}: {sides[0][1][:60]}")
    right = len(asked) - len(misses)
    return Part(f1(right, right + len(wrong), len(asked)), misses + wrong)


def aligned(seen: Seen, rows: Iterable[Row], gold: Row) -> bool:
    """Whether the alignments that lie in a gold passage cover enough of both its sides."""
    covered = {"a": "", "b": ""}
    for row in rows:
        side = {seen.key[row[s]["report"]]: seen.words(row[s]) for s in "ab"}
        if set(side) != {gold["a"], gold["b"]}:
            continue
        both = [(side[gold[s]], gold[f"{s}_text"]) for s in "ab"]
        if all(max(held(words, wanted), held(wanted, words)) > 0.6 for words, wanted in both):
            covered = {s: f"{covered[s]} {side[gold[s]]}" for s in "ab"}
    least = 0.6 if gold["kind"] in ("verbatim", "edited") else 0.3
    return all(held(gold[f"{s}_text"], covered[s]) >= least for s in "ab")
