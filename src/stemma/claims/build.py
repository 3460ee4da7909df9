"""Claims from propositions: groups, their relation, who carries them, how each report stands to them."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from stemma import ids
from stemma.claims import thresholds
from stemma.claims.disputes import join_denials, join_disputes
from stemma.claims.grouping import apply_links, group_propositions
from stemma.claims.propositions import Proposition, propositions
from stemma.claims.relations import APART, Related, compare, relate, say, worst
from stemma.claims.versions import Versions, find_versions, is_correction
from stemma.descent import StoryDescent
from stemma.mentions.parse import Paragraph
from stemma.mentions.report import Mentions
from stemma.tables import Claim, Descendant, Member, Report, Span, Stance, Statement

_LEADING = re.compile(r"^(?:(?:said|says|told \w+(?: \w+)?|added|stated|noted|explained|claimed|confirmed|reported) )?(?:that )")
STANCES = {
    "agree": "agrees",
    "differ": "differs",
    "compatible": "agrees",
    "updated": "differs",
    "conflict": "conflicts",
    "disputed": "conflicts",
}


@dataclass(frozen=True, slots=True)
class Grouped:
    """A claim, its members in the order of the reports, and those pairs of them whose relation is of APART."""

    claim: Claim
    members: tuple[Proposition, ...]
    apart: tuple[Related, ...]


@dataclass(frozen=True)
class Built:
    """The claims of a story with their rows, and the reports that print two versions of one text."""

    claims: list[Grouped]
    members: list[Member]
    stances: list[Stance]
    versions: Versions


def build_claims(
    story: str,
    parsed: Sequence[tuple[Report, Sequence[Paragraph]]],
    mentions: Mapping[str, Mentions],
    statements: Sequence[Statement],
    traced: StoryDescent,
    same: Sequence[tuple[str, str]] = (),
    other: Sequence[tuple[str, str]] = (),
) -> Built:
    """Return the claims of one story: those that two reports carry, and attributed figures that only one carries.

    `same` and `other` are pairs of statements that readers judged to be one claim, or not.
    """
    reports = {r.id: r for r, _ in parsed}
    bodies = [(r, [p for p in ps if not is_correction(p.doc.text)]) for r, ps in parsed]
    found = _without_idle_nones([u for r, p in bodies for u in propositions(r, p, mentions[r.id], statements)])
    carried = {s.id: s for s in statements}
    grouped = []
    versions = find_versions(reports, mentions, traced)
    origins = _origins(reports, traced)
    groups = join_disputes(found, group_propositions(found, traced.alignments), {r.id: r.text for r, _ in parsed})
    groups = join_denials(found, groups)
    for group in apply_links(found, groups, same, other, traced.alignments):
        members = tuple(found[n] for n in group)
        if _is_shown(members, carried):
            pairs = compare(members, [printed(m, reports) for m in members], versions)
            claim = _claim(story, members, worst(members, pairs), reports, mentions, origins)
            grouped.append(Grouped(claim, members, tuple(p for p in pairs if p.relation in APART)))
    grouped = _without_repeats(grouped)
    return Built(
        grouped,
        [_member(story, g, u) for g in grouped for u in g.members],
        [s for g in grouped for s in _stances(story, g, reports, versions)],
        versions,
    )


def printed(member: Proposition, reports: Mapping[str, Report]) -> str | None:
    """Return when the report of a member was published, or changed, as far as known."""
    return reports[member.report].modified or reports[member.report].published


def _without_idle_nones(found: Sequence[Proposition]) -> list[Proposition]:
    """The propositions but for those of a nought ("no helicopter was lost") that no report sets a number against."""
    counted = {u.topic for u in found if u.figure and u.figure.value and u.topic}
    return [u for u in found if not u.figure or u.figure.value or u.topic in counted]


def _is_shown(members: Sequence[Proposition], statements: Mapping[str, Statement]) -> bool:
    """A claim of one report is shown for its figure ("one of them" is none), or as the whole of what somebody said."""
    if len({m.report for m in members}) > 1:
        return True
    return any(
        (m.figure.value > thresholds.SMALL_NUMBER) if m.figure else _is_whole(m, statements.get(m.statement)) for m in members
    )


def _is_whole(member: Proposition, statement: Statement | None) -> bool:
    if statement is None or not statement.attributed or member.source is None:
        return False
    said = sum(end - start for start, end in statement.content)
    return sum(max(0, min(member.end, e) - max(member.start, s)) for s, e in statement.content) >= thresholds.WHOLE_SHARE * said


def _without_repeats(grouped: Sequence[Grouped]) -> list[Grouped]:
    """A clause inside another clause that says the same in the same reports is not shown a second time.

    Nor is the clause of figures that differ: by its words alone all would agree, beside another number.
    """
    kept: list[Grouped] = []
    held: dict[tuple[str, Span], list[int]] = defaultdict(list)
    for g in sorted(grouped, key=lambda g: (-len({u.report for u in g.members}), g.members[0].figure is None, g.claim.id)):
        sentences = dict.fromkeys((u.report, u.sentence) for u in g.members)
        plain = g.members[0].figure is None
        beside = [kept[n] for n in dict.fromkeys(n for s in sentences for n in held[s])]
        if any(_is_same_single(g, k) or (plain and (_repeats(g, k) or _hides_numbers(g, k))) for k in beside):
            continue
        for s in sentences:
            held[s].append(len(kept))
        kept.append(g)
    return sorted(kept, key=lambda g: (g.members[0].report, g.members[0].start, g.members[0].end, g.claim.id))


def _is_same_single(one: Grouped, other: Grouped) -> bool:
    """Whether two claims of one report are two numbers of one clause: a reader looks it up once."""
    pair = one.claim.relation, other.claim.relation
    return (
        pair == ("single", "single")
        and one.members[0].report == other.members[0].report
        and {(u.start, u.end) for u in one.members} <= {(u.start, u.end) for u in other.members}
    )


def _hides_numbers(plain: Grouped, other: Grouped) -> bool:
    """Whether most members of a claim without a number are the clauses of another's numbers, which are apart."""
    if other.members[0].figure is None or other.claim.relation not in ("updated", "conflict", "disputed"):
        return False
    held = {(u.report, u.clause) for u in other.members}
    same = sum((u.report, u.clause) in held for u in plain.members)
    return same >= 2 and same > len(plain.members) / 2


def _repeats(one: Grouped, other: Grouped) -> bool:
    """Whether each member of a claim is more than half inside a member of another, all in sentences of the other."""
    spans: dict[tuple[str, Span], set[Span]] = defaultdict(set)
    for u in other.members:
        spans[u.report, u.sentence].add((u.start, u.end))
    return all(
        any(
            min(e, u.end) - max(s, u.start) > thresholds.INSIDE_SHARE * (u.end - u.start)
            for s, e in spans.get((u.report, u.sentence), ())
        )
        for u in one.members
    )


def _claim(
    story: str,
    members: Sequence[Proposition],
    relation: str,
    reports: Mapping[str, Report],
    mentions: Mapping[str, Mentions],
    origins: Mapping[str, set[str]],
) -> Claim:
    first = min(members, key=lambda m: (reports[m.report].published or "9", m.report, m.start))
    best = min(members, key=lambda m: (not m.whole, reports[m.report].published or "9", m.report, m.start))
    carriers = sorted({m.report for m in members})
    return Claim(
        story,
        ids.digest("claim", first.report, first.start, first.end, first.figure and first.figure.start),
        _summary(best, reports),
        relation,
        tuple(sorted({reports[r].outlet or reports[r].location for r in carriers})),
        tuple(sorted({origin for r in carriers for origin in origins[r]})),
        tuple(sorted({m.source for m in members if m.source})),
        tuple(sorted(_verifiers(members, reports, mentions))),
    )


def _summary(member: Proposition, reports: Mapping[str, Report]) -> str:
    """A member's clause; from its figure on where the clause is too long and begins long before it."""
    far = (
        member.figure
        and member.end - member.start > thresholds.SUMMARY
        and member.figure.start - member.start > thresholds.SUMMARY_LEAD
    )
    start = member.figure.start if member.figure and far else member.start
    words = " ".join(reports[member.report].text[start : member.end].split())
    words = _LEADING.sub("", words).rstrip(" ,;:–-")
    return words if len(words) <= thresholds.SUMMARY else words[: thresholds.SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _origins(reports: Collection[str], traced: StoryDescent) -> dict[str, set[str]]:
    """For each report the origins of its words: itself and all that it took from; of a copy without own wording the main one."""
    printed = {w.report: w.id for w in traced.witnesses if w.report}
    own = {o.witness for o in traced.origins}
    above: dict[str, list[Descendant]] = defaultdict(list)
    for d in traced.descendants:
        above[d.report].append(d)
    found: dict[str, set[str]] = {}
    for report in reports:
        witness = printed.get(report)
        if witness in own:
            found[report] = {witness, *(d.origin for d in above[report])}
        else:
            found[report] = {max(above[report], key=lambda d: d.share).origin} if above[report] else set()
    return found


def _verifiers(members: Sequence[Proposition], reports: Mapping[str, Report], mentions: Mapping[str, Mentions]) -> set[str]:
    found = set()
    for m in members:
        for c in mentions[m.report].caveats:
            if c.kind == "verified" and c.who and m.sentence[0] <= c.start < m.sentence[1]:
                found.add(" ".join(reports[m.report].text[c.who[0] : c.who[1]].split()))
    return found


def _member(story: str, grouped: Grouped, member: Proposition) -> Member:
    figure = json.dumps(asdict(member.figure), ensure_ascii=False) if member.figure else None
    return Member(story, grouped.claim.id, member.statement, member.report, member.start, member.end, figure)


def _stances(story: str, grouped: Grouped, reports: Mapping[str, Report], versions: Versions) -> list[Stance]:
    """Each report of the story against the claim's first member: agrees, differs, conflicts or absent."""
    base, rows = grouped.members[0], []
    by_report: dict[str, list[Proposition]] = defaultdict(list)
    for m in grouped.members:
        by_report[m.report].append(m)
    for report in sorted(reports):
        mine = by_report.get(report)
        if not mine:
            rows.append(Stance(story, grouped.claim.id, report, "absent", "does not carry it", ()))
            continue
        first = mine[0]
        related = relate(base, first, printed(base, reports), printed(first, reports), versions)
        stance = STANCES[related.relation] if first is not base else "agrees"
        says = f"says {say(first.figure)}" if first.figure else related.reason
        rows.append(Stance(story, grouped.claim.id, report, stance, says, tuple((m.start, m.end) for m in mine)))
    return rows
