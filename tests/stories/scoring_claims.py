"""Scores who said what, the claims and the findings."""

from collections import Counter
from typing import Any

from stories.seen import Part, Row, Seen, alike, f1, fold, held, of

SHORT_KINDS = {"conflict": "figure conflict", "updated": "figure updated"}


def match_quotations(seen: Seen, gold: Row) -> tuple[list[tuple[Row, Row | None]], int]:
    """Return each gold quotation with the statement that holds it or None, and how many are shown."""
    shown = [
        (s, seen.words({"report": s["report"], "start": a, "end": b}))
        for s in seen.rows("statements") if s["report"] in seen.key for a, b in s["quotations"]
    ]  # fmt: skip
    free, matched = list(range(len(shown))), []
    for g in gold["quotes"]:
        same = [i for i in free if seen.key[shown[i][0]["report"]] == g["report"]]
        best = next((i for i in same if alike(shown[i][1], g["text"]) > 0.8), None)
        if best is not None:
            free.remove(best)
        matched.append((g, None if best is None else shown[best][0]))
    return matched, len(shown)


def quotations(seen: Seen, gold: Row) -> Part:
    matched, shown = match_quotations(seen, gold)
    misses = [f"{g['report']}: {g['text'][:60]}" for g, s in matched if s is None]
    return Part(f1(len(matched) - len(misses), shown, len(matched)), misses)


def speakers(seen: Seen, gold: Row) -> Part:
    """The share of quotations whose source goes by a name of the right speaker and of no other."""
    matched, _ = match_quotations(seen, gold)
    called = {s["id"]: {fold(n) for n in [s["name"], *s["names"]]} for s in seen.rows("sources")}
    known = {who: {fold(n) for n in [who, *listed]} for who, listed in gold["speakers"].items()}
    misses = []
    for g, s in matched:
        names = called.get(s["source"] or "", set()) if s else set()
        found = [who for who, listed in known.items() if names & listed]
        if found != ([g["speaker"]] if g["speaker"] else []):
            misses.append(f"{g['report']}: {sorted(names)[:3]}, expected {g['speaker']}: {g['text'][:50]}")
    return Part(1 - of(len(misses), len(matched)), misses)


def match_claims(seen: Seen, gold: Row) -> dict[str, Row | float]:
    """Return for each gold claim the account's group that holds it, or the best score where none does.

    A group holds a claim when its members stand in exactly the reports that say it, with the words.
    A span that stands in more than three claims does not count.
    """
    crowd = Counter((m["report"], m["start"], m["end"]) for c in seen.rows("claims") for m in c["members"])
    groups = []
    for c in seen.rows("claims"):
        said: dict[str, list[str]] = {}
        for m in c["members"]:
            if seen.one_paragraph(m) and crowd[m["report"], m["start"], m["end"]] <= 3:
                said.setdefault(seen.key[m["report"]], []).append(seen.words(m))
        groups.append((c, said))
    matched: dict[str, Row | float] = {}
    for g in gold["claims"]:
        free = [(holding(said, g), c["relation"] == g["relation"], n) for n, (c, said) in enumerate(groups)]
        score, _, n = max(free, default=(0.0, False, -1))
        matched[g["id"]] = groups.pop(n)[0] if score > 0.99 else score
    return matched


def holding(said: dict[str, list[str]], claim: Row) -> float:
    """Return the F1 of the reports that a group holds against those that say the claim."""
    right = 0
    for k, says in claim["says"].items():
        wanted = [says] if isinstance(says, str) else says
        right += all(any(fold(w) in fold(t) or held(w, t) >= 0.9 for t in said.get(k, [])) for w in wanted)
    return f1(right, len(set(said) - set(claim.get("may_say", []))), len(claim["says"]))


def claims(groups: Row) -> Part:
    misses = [f"{c}: best group {group:.2f}" for c, group in groups.items() if isinstance(group, float)]
    return Part(1 - of(len(misses), len(groups)), misses)


def relations(gold: Row, groups: Row) -> Part:
    """The share of claims that are held and have the right relation."""
    found = [(g, groups[g["id"]]) for g in gold["claims"] if not isinstance(groups[g["id"]], float)]
    wrong = [(g, c) for g, c in found if c["relation"] != g["relation"]]
    misses = [f"{g['id']}: {c['relation']}, expected {g['relation']}" for g, c in wrong]
    return Part(of(len(found) - len(wrong), len(groups)), misses)


def match_findings(seen: Seen, gold: Row, groups: Row) -> tuple[list[Any], list[Row]]:
    """Return each gold finding with the shown one that is it or None, and the shown ones left over."""
    free = [f for f in seen.rows("findings") if f["evidence"]]
    matched = []
    for g in sorted(gold["findings"], key=lambda g: bool(g.get("optional"))):
        fit = next((f for f in free if is_finding(seen, g, f, groups)), None)
        if fit:
            free.remove(fit)
        matched.append((g, fit))
    return matched, free


def is_finding(seen: Seen, gold: Row, shown: Row, groups: Row) -> bool:
    """Whether a shown finding is the gold's: kind, claim where both are known, reports but for one more."""
    if SHORT_KINDS.get(shown["kind"], shown["kind"]) != gold["kind"] or other_claim(gold, shown, groups):
        return False
    named, least = {seen.key.get(r) for r in shown["reports"]}, set(gold["reports"])
    most = least | set(gold.get("may", []))
    return least <= named and bool(named & most) and len(named - most) <= 1


def other_claim(gold: Row, shown: Row, groups: Row) -> bool:
    known = {c["id"]: g for g, c in groups.items() if not isinstance(c, float)}
    return bool(gold.get("claim") and known.get(shown["claim"], gold["claim"]) != gold["claim"])


def findings(seen: Seen, gold: Row, groups: Row) -> Part:
    """The share of the findings that a careful reader expects; optional ones do not count."""
    asked = [(g, f) for g, f in match_findings(seen, gold, groups)[0] if not g.get("optional")]
    misses = [f"{g['kind']} {' '.join(g['reports'])}: {g['detail']}" for g, f in asked if f is None]
    return Part(1 - of(len(misses), len(asked)), misses)


def no_other_findings(seen: Seen, gold: Row, groups: Row) -> Part:
    """The share of the shown findings that the gold holds, optional ones too; known traps are named."""
    matched, free = match_findings(seen, gold, groups)
    misses = []
    for f in free:
        trap = next((t for t in gold["not_findings"] if is_trap(seen, t, f, groups)), None)
        keys = " ".join(sorted(str(seen.key.get(r)) for r in f["reports"]))
        known = f" (a trap: {trap['detail']})" if trap else ""
        misses.append(f"{f['kind']} {keys}: {f['message'][:100]}{known}")
    shown = len(free) + sum(f is not None for _, f in matched)
    return Part(1 - of(len(free), shown) if shown else 1.0, misses)


def findings_by_kind(seen: Seen, gold: Row, groups: Row) -> dict[str, tuple[int, int, int, int]]:
    """Of each kind: how many expected findings are found, how many are expected, how many shown are right, how many are shown."""
    matched, free = match_findings(seen, gold, groups)
    kinds = {g["kind"] for g, _ in matched} | {SHORT_KINDS.get(f["kind"], f["kind"]) for f in free}
    counts = {}
    for kind in sorted(kinds):
        mine = [(g, f is not None) for g, f in matched if g["kind"] == kind]
        asked = [found for g, found in mine if not g.get("optional")]
        right = sum(found for _, found in mine)
        others = sum(SHORT_KINDS.get(f["kind"], f["kind"]) == kind for f in free)
        counts[kind] = (sum(asked), len(asked), right, right + others)
    return counts


def is_trap(seen: Seen, trap: Row, shown: Row, groups: Row) -> bool:
    kind = SHORT_KINDS.get(shown["kind"], shown["kind"])
    named = {seen.key.get(r) for r in shown["reports"]}
    return kind == trap["kind"] and named == set(trap["reports"]) and not other_claim(trap, shown, groups)
