"""The sections of a brief that say where not to trust: disputed, overtaken, unverified, altered or lost on the way."""

from collections.abc import Sequence

from stemma.show.brief.desk import Desk
from stemma.show.brief.parts import Group, Line, Quote, Section
from stemma.show.brief.passages import passage, repeats
from stemma.show.brief.support import APART, Support, told_apart
from stemma.show.wording import Row, figure_words, report_name

DISPUTED, CHANGED, UNVERIFIED, LOST, ABOUT = 6, 4, 5, 5, 2
"""Lines of each section, and passages that one doubt is shown with."""
_BETWEEN = {"uncredited copy": " as in ", "altered quotation": " against "}


def plain(lines: Sequence[Line]) -> tuple[Group, ...]:
    """Return lines without a heading."""
    return (Group(None, tuple(lines)),) if lines else ()


def disputed(desk: Desk) -> Section:
    """Return the claims that cannot all be true, a quotation for each side."""
    apart = [s for s in desk.supports if s.claim["relation"] in APART]
    why = {"disputed": "Sources contradict each other", "conflict": "These cannot both be true"}
    lines = [line for s in apart for line in [_sides(desk, s, why[s.claim["relation"]])] if line]
    means = "What is said of one thing cannot all be true."
    return _section("disputed", "What is disputed", means, "No claim is disputed.", lines, DISPUTED)


def changed(desk: Desk) -> Section:
    """Return the claims that a later report tells otherwise."""
    updated = [s for s in desk.supports if s.claim["relation"] == "updated"]
    lines = [line for s in updated for line in [_sides(desk, s, "Told otherwise later")] if line]
    means = "The later report may be right, and the earlier ones out of date."
    return _section("changed", "What has changed", means, "No later report tells a claim otherwise.", lines, CHANGED)


def unverified(desk: Desk) -> Section:
    """Return the reports' own words that they could not verify something, and of what; what a copy repeats is left out."""
    order = list(desk.signs)
    doubts: dict[str, tuple[str, Quote, list[Row]]] = {}
    for s in sorted(desk.statements.values(), key=lambda s: (order.index(s["report"]), s["content"])):
        if not str(s.get("caveat") or "").startswith("unverified") or not s.get("caveat_span"):
            continue
        words = desk.quote(s["report"], *s["caveat_span"])
        if words:
            _, first, about = doubts.setdefault(words.words.lower(), (s["report"], words, []))
            about += [s] if first.report == s["report"] else []
    lines = [desk.take(_doubt(desk, report, words, about)) for report, words, about in doubts.values()]
    means = "The report says itself that it could not verify it."
    none = "No report says of a claim that it could not verify it."
    return _section("unverified", "What nobody has verified", means, none, lines, UNVERIFIED)


def lost(desk: Desk) -> Section:
    """Return the grave findings in a template and the words that prove them: a finding's own sentence abridges its words."""
    lines = []
    for finding in desk.story.get("findings", []):
        # A conflict of figures stands among what is disputed.
        if finding.get("severity") == "high" and "conflict" not in finding["kind"]:
            line = _altered(desk, finding)
            lines += [line] if line else []
    means = "Grave changes between a copy and what it was copied from; the account has the others."
    return _section("lost", "What was altered or lost on the way", means, "No grave change was found.", lines, LOST)


def _sides(desk: Desk, support: Support, why: str) -> Line | None:
    """One quotation for each source when two are set against each other, else for each figure."""
    sides = _by_source(desk, support) if support.claim["relation"] == "disputed" else {}
    sides = sides if len(sides) > 1 else _by_figure(desk, support)
    if len(sides) < 2 or all(repeats(q, desk.used) for _, q in sides.values()):
        return None
    parts: list[str | Quote] = [f"{why} ({support.words()}): "]
    for n, (who, words) in enumerate(sides.values()):
        parts += [f"; {who}: " if n else f"{who}: ", words]
    return desk.take(Line((*parts, "."), (support.claim["id"],)))


def _by_source(desk: Desk, support: Support) -> dict[str, tuple[str, Quote]]:
    apart = told_apart(support.sources, desk.names)
    found: dict[str, tuple[str, Quote]] = {}
    for member in desk.members(support.claim):
        source = (desk.statement(member) or {}).get("source")
        words = _member(desk, member)
        if source in apart and source not in found and words:
            found[source] = (desk.names[source], words)
    return found


def _by_figure(desk: Desk, support: Support) -> dict[str, tuple[str, Quote]]:
    found: dict[str, tuple[str, Quote]] = {}
    for member in desk.members(support.claim):
        source = (desk.statement(member) or {}).get("source")
        who = desk.names[source] if source else report_name(desk.reports[member["report"]])
        words = _member(desk, member)
        if words:
            found.setdefault(figure_words(member.get("figure")) or who, (who, words))
    return found


def _member(desk: Desk, member: Row) -> Quote | None:
    report, place = member["report"], (member["start"], member["end"])
    words = passage(desk.reports[report], desk.signs[report], place, desk.statement(member), wide=False)
    return words or desk.quote(report, *place)


def _doubt(desk: Desk, report: str, doubt: Quote, about: Sequence[Row]) -> Line:
    parts: list[str | Quote] = [desk.names[report], " says: ", doubt]
    said: list[Quote] = []
    for s in sorted(about, key=lambda s: not s["attributed"]):
        place = (s["content"][0][0], s["content"][0][1])
        words = passage(desk.reports[report], desk.signs[report], place, s)
        if words and not repeats(words, [doubt, *said]) and len(said) < ABOUT:
            who = f" ({desk.names[s['source']]})" if s.get("source") else ""
            parts += [", of " if not said else " and ", words, who]
            said.append(words)
    return Line((*parts, "."))


def _altered(desk: Desk, finding: Row) -> Line | None:
    dropped = finding["kind"].startswith("dropped")
    evidence = finding.get("evidence", [])
    chosen = [*evidence[:1], *(evidence[-1:] if dropped else evidence[1:2])]
    proof = [q for e in chosen for q in [desk.quote(e["report"], e["start"], e["end"])] if q]
    if not proof:
        return None
    about = ", ".join(desk.names[r] for r in finding["reports"])
    between = " without " if dropped else _BETWEEN.get(finding["kind"], "; ")
    parts: list[str | Quote] = [f"{finding['kind'].capitalize()}, {about}: ", proof[0]]
    parts += [between, proof[1]] if len(proof) > 1 else []
    return Line((*parts, "."), (finding["claim"],) if finding.get("claim") else ())


def _section(key: str, title: str, means: str, none: str, lines: Sequence[Line], most: int) -> Section:
    return Section(key, title, means, none, plain(lines[:most]), len(lines[most:]))
