"""Scores an account (what `stemma analyse --json` writes) against the gold of a shipped story."""

import math
from itertools import combinations
from typing import Any

from stories import scoring_claims, scoring_descent
from stories.seen import Part, Row, Seen, bag, f1, fold, held, names_of, of, see

BODY = {"paragraph", "quote", "post", "list", "table", "correction"}
FIELDS = ("outlet", "title", "published", "byline", "agency", "contributors")
EARTH = 6371.0


def score_story(account: Row, gold: Row) -> dict[str, Part]:
    """Return every part's score for one story of `load(name)["stories"]`, by the part's name."""
    seen = see(account, gold["reports"])
    groups = scoring_claims.match_claims(seen, gold)
    return {
        "text": text(seen, gold),
        "metadata": metadata(seen, gold),
        "one story": one_story(seen, gold),
        "descent pairs": scoring_descent.descent_pairs(seen, gold),
        "named origins": scoring_descent.named_origins(seen, gold),
        "origin count": scoring_descent.origin_count(seen, gold),
        "stemma edges": scoring_descent.stemma_edges(seen, gold),
        "passages": scoring_descent.passages(seen, gold, ("verbatim", "edited", "rewrite")),
        "translated passages": scoring_descent.passages(seen, gold, ("translation",)),
        "quotations": scoring_claims.quotations(seen, gold),
        "speakers": scoring_claims.speakers(seen, gold),
        "claims": scoring_claims.claims(groups),
        "relations": scoring_claims.relations(gold, groups),
        "findings": scoring_claims.findings(seen, gold, groups),
        "no other findings": scoring_claims.no_other_findings(seen, gold, groups),
        "times": times(seen, gold),
        "places": places(seen, gold),
    }


def score_apart(account: Row, folder: Row) -> Part:
    """Return the share of a folder's pairs of pages that came out rightly as one story or as none."""
    seen = see(account, folder["reports"])
    mine = {k: n for n, s in enumerate(account["stories"]) for r in s["reports"] if (k := seen.key.get(r))}
    known = {k: n for n, s in enumerate(folder["stories"]) for k in s["reports"]}
    pairs = list(combinations(sorted(folder["reports"]), 2))
    together = {p: (p[0] in known and known[p[0]] == known.get(p[1])) for p in pairs}
    wrong = [p for p in pairs if together[p] != (p[0] in mine and mine[p[0]] == mine.get(p[1]))]
    misses = [f"{a}, {b}: {'one story' if together[a, b] else 'not one story'}" for a, b in wrong]
    return Part(1 - len(wrong) / len(pairs), misses)


def text(seen: Seen, gold: Row) -> Part:
    """Micro F1 of the body's words."""
    right = shown = expected = 0
    misses = []
    for k, g in gold["reports"].items():
        row = seen.report.get(k, {"text": "", "blocks": []})
        found = bag(" ".join(row["text"][b["start"] : b["end"]] for b in row["blocks"] if b["role"] in BODY))
        wanted = bag(g["body"])
        same = (found & wanted).total()
        right, shown, expected = right + same, shown + found.total(), expected + wanted.total()
        if (score := f1(same, found.total(), wanted.total())) < 0.99:
            misses.append(f"{k}: F1 {score:.3f}, {found.total() - same} too many, {wanted.total() - same} missing")
    return Part(f1(right, shown, expected), misses)


def metadata(seen: Seen, gold: Row) -> Part:
    """The share of metadata fields that are right; a field that the gold leaves out is not asked."""
    asked = [(k, f, g[f]) for k, g in gold["reports"].items() for f in FIELDS if f in g]
    found = {(k, f): seen.report.get(k, {}).get(f) for k, f, _ in asked}
    wrong = [(k, f, w) for k, f, w in asked if not same_field(f, found[k, f], w, gold)]
    misses = [f"{k}.{f}: {found[k, f]!r}, expected {w!r}" for k, f, w in wrong]
    return Part(1 - len(misses) / len(asked), misses)


def same_field(field: str, found: Any, wanted: Any, gold: Row) -> bool:
    if isinstance(wanted, list):
        return [fold(v) for v in found or []] == [fold(v) for v in wanted]
    if field == "published":
        return (found or "")[:10] == (wanted or "")
    if field == "agency" and wanted:
        return fold(found) in names_of(gold, wanted)
    return fold(found) == fold(wanted)


def one_story(seen: Seen, gold: Row) -> Part:
    whole = [s for s in seen.stories if {seen.key.get(r) for r in s["reports"]} >= set(gold["reports"])]
    return Part(float(len(whole) == 1), [] if whole else [f"parted into {len(seen.stories)}"])


def times(seen: Seen, gold: Row) -> Part:
    missed = [g for g in gold["times"] if not any(is_time(seen, g, t) for t in seen.rows("times"))]
    misses = [f"{g['report']}: {g['text']} = {g['value']}" for g in missed]
    return Part(1 - of(len(misses), len(gold["times"])), misses)


def is_time(seen: Seen, gold: Row, shown: Row) -> bool:
    if seen.key.get(shown["report"]) != gold["report"]:
        return False
    words, value = seen.words(shown), gold["value"]
    same_words = max(held(gold["text"], words), held(words, gold["text"])) > 0.99
    start = str(shown["from"])[: len(value)]
    return same_words and value in (str(shown["value"]), start, f"{shown['from']}/{shown['to']}")


def places(seen: Seen, gold: Row) -> Part:
    misses = [g["name"] for g in gold["places"] if not any(is_place(g, p) for p in seen.rows("places"))]
    return Part(1 - of(len(misses), len(gold["places"])), misses)


def is_place(gold: Row, shown: Row) -> bool:
    named = fold(shown["name"]) in {fold(n) for n in gold["names"]} and shown["lat"] is not None
    return named and distance(shown["lat"], shown["lon"], gold["lat"], gold["lon"]) <= gold["km"]


def distance(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Return the kilometres between two points, by the spherical law of cosines."""
    p, q = math.radians(a_lat), math.radians(b_lat)
    angle = math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(math.radians(a_lon - b_lon))
    return EARTH * math.acos(max(-1.0, min(1.0, angle)))
