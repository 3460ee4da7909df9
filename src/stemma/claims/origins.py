"""The origins of what each claim's members say: of the passage that carries it, so that no report counts for two."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from stemma.claims.overlap import Side
from stemma.claims.parts import Group
from stemma.claims.propositions import Proposition
from stemma.descent import StoryDescent
from stemma.tables import Descendant, Span


def member_origins(groups: Sequence[Group], traced: StoryDescent) -> list[list[str]]:
    """Return for each group the witnesses whose words its members are, sorted: at most one a member's report.

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
        others = sharing(traced.first_print.get(m.report, m.report), m.clause)
        taken = next((d.origin for d in above[m.report] if not holders[d.origin].isdisjoint(others - {m.report})), None)
        return taken or (mine if mine in own else next((d.origin for d in above[m.report]), None))

    first = [{m.report: m for m in reversed(g.members)} for g in groups]
    return [sorted({o for m in each.values() for o in [origin(m)] if o}) for each in first]
