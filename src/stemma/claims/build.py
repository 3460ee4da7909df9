"""Claims from propositions: groups, their relation, their parts, who carries them, how each report stands to them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from stemma import ids
from stemma.claims import thresholds
from stemma.claims.disputes import join_counts, join_denials, join_disputes
from stemma.claims.grouping import apply_links, group_propositions
from stemma.claims.masked import join_differing
from stemma.claims.overlap import Side
from stemma.claims.parts import Group, without_repeats
from stemma.claims.propositions import Proposition, propositions_once
from stemma.claims.ranking import find_doubtful, ranked
from stemma.claims.relations import APART, Related, compare, of_one_thing, relate, say, unlike, worst
from stemma.claims.summary import Summaries, Summary
from stemma.claims.versions import Versions, find_versions, is_correction, states_of
from stemma.descent import StoryDescent
from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph
from stemma.tables import Caveat, Claim, Descendant, Member, Post, Report, Source, Span, Stance, Statement
from stemma.text.once import Once
from stemma.text.spans import between

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
    """A claim, its members in the order of the reports, those pairs that are of APART, and what it is called by."""

    claim: Claim
    members: tuple[Proposition, ...]
    apart: tuple[Related, ...]
    said: Summary


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
    sources: Sequence[Source],
    traced: StoryDescent,
    same: Sequence[tuple[str, str]] = (),
    other: Sequence[tuple[str, str]] = (),
) -> Built:
    """Return the claims of one story: those that two reports carry, and what one alone says that is worth looking up.

    `same` and `other` are pairs of statements that readers judged to be one claim, or not.
    """
    reports = {r.id: r for r, _ in parsed}
    bodies = [(r, [p for p in ps if not is_correction(p.doc.text)]) for r, ps in parsed]
    told: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        told[s.report].append(s)
    once = Once()
    found = _without_idle_nones([u for r, p in bodies for u in propositions_once(once, r, p, mentions[r.id], told[r.id])])
    versions = find_versions(reports, mentions, traced)
    states = states_of(versions)
    groups = join_counts(found, group_propositions(found), {r: _dated(reports[r]) for r in reports})
    found, groups = join_differing(found, groups, reports, mentions)
    groups = join_disputes(found, groups, {r.id: r.text for r, _ in parsed})
    groups = apply_links(found, join_denials(found, groups), same, other)
    stated = {s.id: s for s in statements}
    judged = {s for pair in same for s in pair}
    rows = without_repeats(
        [
            related
            for g in groups
            for related in _related(tuple(found[n] for n in g), reports, versions, states, judged)
            if _is_shown(related.members)
        ],
        lambda m: _utterances(m, stated.get(m.statement), mentions[m.report].posts),
    )
    summed = Summaries(bodies, stated, {s.id: s for s in sources}, mentions)
    # What stands inside another claim takes what words that one left.
    order = sorted(range(len(rows)), key=lambda n: rows[n].part_of is not None)
    said = {n: summed.of(rows[n].members, rows[n].relation) for n in order}
    origins = _member_origins([_bearing(g, said[n]) for n, g in enumerate(rows)], traced)
    verified = {r: [c for c in found.caveats if c.kind == "verified" and c.who] for r, found in mentions.items()}
    doubtful = find_doubtful(rows, found, same, [said[n] for n in range(len(rows))])
    claims = [
        _claim(story, g, reports, said[n].words, verified, of, doubt)
        for n, (g, of, doubt) in enumerate(zip(rows, origins, doubtful, strict=True))
    ]
    grouped = [
        Grouped(c, g.members, _apart(g, reports, versions), said[n])
        for n, (c, g) in enumerate(zip(ranked(claims, rows, [said[n] for n in range(len(rows))]), rows, strict=True))
    ]
    return Built(
        grouped,
        [Member(story, g.claim.id, u.statement, u.report, u.start, u.end, u.figure) for g in grouped for u in g.members],
        [s for g in grouped for s in _stances(story, g, reports, versions)],
        versions,
    )


def _utterances(member: Proposition, statement: Statement | None, posts: Sequence[Post]) -> list[object]:
    """The quotation that a member is in, and the post."""
    start, end = member.clause
    quoted = statement is not None and any(2 * (min(e, end) - max(s, start)) > end - start for s, e in statement.quotations)
    found: list[object] = [statement.id] if statement is not None and quoted else []
    before = posts[bisect_right(posts, start, key=lambda p: p.start) - 1 :][:1] if posts else ()
    return found + [(member.report, p.start) for p in before if p.start <= start < p.end]


def printed(member: Proposition, reports: Mapping[str, Report]) -> str | None:
    """Return when the report of a member was published, or changed, as far as known."""
    return _dated(reports[member.report])


def _dated(report: Report) -> str | None:
    return report.modified or report.published


def _related(
    members: tuple[Proposition, ...],
    reports: Mapping[str, Report],
    versions: Versions,
    states: Mapping[str, int],
    judged: AbstractSet[str],
) -> list[Group]:
    """The group of some members with its relation; groups, where numbers may be of two things and nobody `judged` otherwise."""
    few = unlike(members, [printed(m, reports) for m in members], states)
    pairs = compare(few, [printed(m, reports) for m in few], versions)
    if len(of_one_thing(few, pairs)) > 1 and judged.isdisjoint(m.statement for m in members):
        parts = of_one_thing(members, compare(members, [printed(m, reports) for m in members], versions))
        if len(parts) > 1:
            return [one for part in parts for one in _related(part, reports, versions, states, judged)]
    return [Group(members, worst(members, pairs))]


def _apart(group: Group, reports: Mapping[str, Report], versions: Versions) -> tuple[Related, ...]:
    if group.relation in ("agree", "single"):
        return ()
    pairs = compare(group.members, [printed(m, reports) for m in group.members], versions)
    return tuple(p for p in pairs if p.relation in APART)


def _bearing(group: Group, said: Summary) -> list[Proposition]:
    """The members of the reports that bear out what a claim is called; all, where they part from each other."""
    return [m for m in group.members if group.relation in APART or m.report not in said.lacking]


def _without_idle_nones(found: Sequence[Proposition]) -> list[Proposition]:
    """The propositions but for those of a nought ("no helicopter was lost") that no report sets a number against."""
    counted = {u.topic for u in found if u.figure and u.figure.value and u.topic}
    return [u for u in found if not u.figure or u.figure.value or u.topic in counted]


def _is_shown(members: Sequence[Proposition]) -> bool:
    """A claim of one report is shown for its figure ("one of them" is none), or where it can stand alone as a sentence."""
    if len({m.report for m in members}) > 1:
        return True
    return any((m.figure.value > thresholds.SMALL_NUMBER) if m.figure else m.whole and m.when is None for m in members)


def _claim(
    story: str,
    group: Group,
    reports: Mapping[str, Report],
    words: str,
    verified: Mapping[str, Sequence[Caveat]],
    origins: Sequence[str],
    doubtful: bool,
) -> Claim:
    first = min(group.members, key=lambda m: (reports[m.report].published or "9", m.report, m.start))
    quantity = first.figure or first.when
    return Claim(
        story,
        ids.digest("claim", first.report, first.start, first.end, quantity and quantity.start),
        words,
        group.relation,
        None,
        0,
        doubtful,
        tuple(sorted({reports[r].outlet or reports[r].location for r in group.reports})),
        tuple(origins),
        tuple(sorted({m.source for m in group.members if m.source})),
        tuple(sorted(_verifiers(group.members, reports, verified))),
    )


def _verifiers(
    members: Sequence[Proposition], reports: Mapping[str, Report], verified: Mapping[str, Sequence[Caveat]]
) -> set[str]:
    """Who verified what some members say; `verified` are the caveats of each report that name one, in text order."""
    named = ((m.report, c.who) for m in members for c in between(verified[m.report], *m.sentence))
    return {" ".join(reports[report].text[who[0] : who[1]].split()) for report, who in named if who}


def _stances(story: str, grouped: Grouped, reports: Mapping[str, Report], versions: Versions) -> list[Stance]:
    """Each report of the story against the words that the claim is told in: agrees, partly, differs, conflicts or absent."""
    base, lacking, rows = grouped.said.member, grouped.said.lacking, []
    by_report: dict[str, list[Proposition]] = defaultdict(list)
    for m in grouped.members:
        by_report[m.report].append(m)
    for report in sorted(reports):
        mine = by_report.get(report)
        if not mine:
            rows.append(Stance(story, grouped.claim.id, report, "absent", "does not carry it", ()))
            continue
        first = base if base in mine else mine[0]
        related = relate(base, first, printed(base, reports), printed(first, reports), versions)
        stance = STANCES[related.relation] if first is not base else "agrees"
        says = f"says {say(first.figure)}" if first.figure else related.reason
        if stance == "agrees" and lacking.get(report):
            stance, says = "partly", f"in part, or in other words: without {', '.join(f'“{one}”' for one in lacking[report])}"
        rows.append(Stance(story, grouped.claim.id, report, stance, says, tuple((m.start, m.end) for m in mine)))
    return rows


def _member_origins(groups: Sequence[Sequence[Proposition]], traced: StoryDescent) -> list[list[str]]:
    """Return for each group of members the witnesses whose words its members are, sorted: at most one a member's report.

    A report that took only a part has its own words elsewhere: a clause is of an origin above when it stands in a passage shared
    with another report that holds words of that origin.
    """
    witness = {w.report: w.id for w in traced.witnesses if w.report}
    own = {o.witness for o in traced.origins}
    above: dict[str, list[Descendant]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for d in sorted(traced.descendants, key=lambda d: (-d.share, d.origin)):
        above[d.report].append(d)
        holders[d.origin].add(d.report)
    for report, name in witness.items():
        holders[name].add(report)
    rows = traced.alignments
    sides = (Side([(r.a_report, r.a_start, r.a_end) for r in rows]), Side([(r.b_report, r.b_start, r.b_end) for r in rows]))
    twins: dict[str, set[str]] = defaultdict(set)
    for report, first_one in traced.first_print.items():
        twins[first_one] |= {first_one, report}

    @cache
    def sharing(report: str, clause: Span) -> set[str]:
        found = {rows[n].b_report for n in sides[0].over(report, *clause)}
        found |= {rows[n].a_report for n in sides[1].over(report, *clause)}
        return found.union(*(twins[r] for r in (report, *found) if r in twins and (r != report or found & twins[r])))

    def origin(m: Proposition) -> str | None:
        mine = witness.get(m.report)
        stand_in = traced.first_print.get(m.report, m.report)
        start, end = (traced.place_in(stand_in, m.report, at) for at in m.clause)
        others = sharing(stand_in, (start, end))
        taken = next((d.origin for d in above[m.report] if not holders[d.origin].isdisjoint(others - {m.report})), None)
        return taken or (mine if mine in own else next((d.origin for d in above[m.report]), None))

    first = [{m.report: m for m in reversed(members)} for members in groups]
    return [sorted({o for m in each.values() for o in [origin(m)] if o}) for each in first]
