"""All that is known of one story when its claims are compared: what the functions of this room share."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import PurePath

from stemma import ids, tables
from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import Related
from stemma.claims.versions import Versions
from stemma.descent import StoryDescent
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.kinds import Kind
from stemma.findings.wordings import plain_words
from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph
from stemma.tables import Block, Caveat, Derivation, Descendant, Evidence, Figure, Finding, Report, Role, Source, Span, Statement
from stemma.text.moments import order
from stemma.text.once import body_print

_CONCEDED = re.compile(r"\W*(?:although|though|while|whereas)\b", re.IGNORECASE)
_WHO = re.compile(r"\bwho(?: \w+)?\s*$|\|who\b")
_BESIDE = re.compile(r"\b(?:and|but|while|though|although)\b|;")


DRAFT = "The draft"
"""The outlet of a draft that is put beside a story: what findings call it, and never count."""


@dataclass(frozen=True, slots=True)
class CopyPair:
    """`copy` took words from `original`, or both from one lost source that `original` prints too.

    `possible` where it may come from another version; `sure` where the derivation is, or where the lost source has a name;
    `edge` is the derivation of the copy.
    """

    copy: str
    original: str
    possible: bool
    sure: bool
    edge: Derivation

    @property
    def is_near(self) -> bool:
        """Whether most of the copy was taken as it stood, so that whatever both print was taken."""
        return self.edge.kind in ("verbatim", "edited") and self.edge.share >= thresholds.GRAVE_SHARE


@dataclass(frozen=True)
class Context:
    """One story: its reports by id, what they mention and state, its descent and its claims."""

    story: str
    reports: Mapping[str, Report]
    paragraphs: Mapping[str, Sequence[Paragraph]]
    mentions: Mapping[str, Mentions]
    statements: Sequence[Statement]
    sources: Mapping[str, Source]
    traced: StoryDescent
    claims: Sequence[Grouped]
    versions: Versions

    def finding(
        self,
        kind: Kind,
        message: str,
        reports: Iterable[str],
        proof: Iterable[Evidence],
        claim: str | None = None,
        severity: str | None = None,
    ) -> Finding:
        """Return a finding, of its kind's usual severity unless one is given; the same words give the same id in every run."""
        shown, concerned = tuple(proof), tuple(dict.fromkeys(reports))
        key = ids.digest(kind.name, concerned, [(e.report, e.start, e.end) for e in shown])
        # A quoted sentence brings its own full stop.
        said = message.replace(".”.", ".”")
        return Finding(self.story, key, kind.name, severity or kind.severities[0], said, concerned, claim, shown)

    def name(self, report: str) -> str:
        """Return what a reader calls a report: its outlet, else its title, else the file or address where it was found."""
        r = self.reports[report]
        return r.outlet or r.title or (r.location if "://" in r.location else PurePath(r.location).name)

    @cached_property
    def draft(self) -> str | None:
        """The draft that is put beside the story, if any."""
        return next((r.id for r in self.reports.values() if r.outlet == DRAFT), None)

    def counted(self, reports: Collection[str]) -> str:
        """Return how many reports there are, in words: a draft is none of them."""
        count = len(set(reports) - {self.draft})
        said = f"{count} report{'' if count == 1 else 's'}"
        return f"{said} and the draft" if self.draft in reports else said

    def printed(self, report: str) -> str | None:
        """Return when a report was published, or changed, as far as known."""
        return self.reports[report].modified or self.reports[report].published

    def is_earlier(self, one: str, other: str) -> bool:
        """Return whether a report is dated before another, as exactly as both are known."""
        return order(self.reports[one].published, self.reports[other].published) < 0

    def words(self, report: str, span: Span) -> str:
        """Return the words of a report at a span."""
        return self.reports[report].text[span[0] : span[1]]

    def sentences(self, report: str) -> list[Span]:
        """Return the spans of a report's body sentences in order."""
        return self._sentences[report]

    def sentence_of(self, report: str, words: Caveat | Figure) -> Span:
        """Return the sentence of a report's body in which a caveat or a figure begins, else the span of its own words."""
        return self.sentence_at(report, words.start, words.end)

    def sentence_at(self, report: str, at: int, end: int | None = None) -> Span:
        """Return the sentence of a report's body in which a code point stands, else the span from there to `end`."""
        held = self._sentences[report]
        n = bisect_right(held, at, key=itemgetter(0)) - 1
        return held[n] if n >= 0 and at < held[n][1] else (at, end or at)

    def sentence_after(self, report: str, at: int) -> Span | None:
        """Return the first sentence of a report that begins at a code point or behind it, if any."""
        held = self._sentences[report]
        n = bisect_left(held, (at, 0))
        return held[n] if n < len(held) else None

    def paragraph(self, report: str, at: int) -> Paragraph | None:
        """Return the paragraph of a report in which a code point stands, if any."""
        held = self.paragraphs[report]
        n = bisect_right(held, at, key=lambda p: p.start) - 1
        return held[n] if n >= 0 and at < held[n].end else None

    def statement(self, member: Proposition) -> Statement | None:
        """Return the statement that carries a member, if any."""
        return self._by_id.get(member.statement)

    def caveats(self, report: str, *kinds: str) -> list[Caveat]:
        """Return a report's caveats of some kinds."""
        return [c for c in self.mentions[report].caveats if c.kind in kinds]

    def speaks_of(self, caveat: Caveat, member: Proposition) -> bool:
        """Return whether a caveat of a report speaks of a member: its statement carries it, or it stands in the same sentence."""
        inside = member.sentence[0] <= caveat.start < member.sentence[1]
        if inside and self._is_beside(caveat, member):
            return False
        carrier = self.statement(member)
        if carrier and carrier.caveat_span:
            return carries(carrier, caveat)
        return inside

    def _is_beside(self, caveat: Caveat, member: Proposition) -> bool:
        """Whether a member stands beside the doubt of its sentence: "her name is unconfirmed, and her family has not spoken"."""
        before = self.words(member.report, (member.sentence[0], caveat.start))
        who = _WHO.search(f"{before}|{self.words(member.report, (caveat.start, caveat.end))}") or _WHO.search(before)
        if caveat.end <= member.start:
            between = self.words(member.report, (caveat.end, member.start))
            return bool(_BESIDE.search(between) or _CONCEDED.match(before) or who)
        # "The man, who has not been confirmed as the owner, was charged": the doubt is who he is.
        return caveat.end < member.end and bool(who)

    def is_copied(self, one: Proposition, other: Proposition) -> bool:
        """Return whether the sentences of two members stand in a passage that their reports share."""
        return any(
            mine.start < one.sentence[1] and one.sentence[0] < mine.end
            and theirs.start < other.sentence[1] and other.sentence[0] < theirs.end
            for mine, theirs in self.shared(one.report, other.report)
        )  # fmt: skip

    def is_copied_beside(self, one: Evidence, other: Evidence) -> bool:
        """Return whether words beside two passages, outside both, stand in a passage that their reports share."""
        near = thresholds.COPIED_BESIDE
        return any(
            _reaches_out(mine, one, near) and _reaches_out(theirs, other, near)
            for mine, theirs in self.shared(one.report, other.report)
        )

    def severity(self, kind: Kind, pair: CopyPair) -> str:
        """Return a kind's severity for a pair: the usual one only where it is certain who copied whom, and who both are.

        A draft is later than all of its story.
        """
        known = all(self.reports[r].outlet for r in (pair.copy, pair.original)) and pair.edge.probability >= thresholds.CERTAIN
        certain = (known or pair.copy == self.draft) and not pair.possible
        return kind.severities[0] if certain else kind.severities[:2][-1]

    def role(self, report: str, at: int) -> Role | None:
        """Return the role of the block of a report in which a code point stands."""
        return next((b.role for b in self._blocks[report] if b.start <= at < b.end), None)

    def posts(self, report: str) -> list[Span]:
        """Return where the embedded posts of a report stand."""
        return [(b.start, b.end) for b in self._blocks[report] if b.role == "post"]

    def worst_figures(self, grouped: Grouped) -> list[Related]:
        """Return the pairs of members that give a claim of figures its relation; none for a claim without figures.

        A draft with the newest number of the story is not in error against an older one.
        """
        if not grouped.members[0].figure:
            return []
        new = self._draft_is_newest(grouped)
        alike = {"conflict", "disputed"} if grouped.claim.relation == "disputed" else {grouped.claim.relation}
        worst = [p for p in grouped.apart if p.relation in alike and p.a.figure]
        return [p for p in worst if not (new and self.draft in (p.a.report, p.b.report))]

    def _draft_is_newest(self, grouped: Grouped) -> bool:
        """Whether all that the draft counts in a claim stands in the latest report that counts there."""
        held: dict[str, set[float]] = {}
        for m in grouped.members:
            if m.figure:
                held.setdefault(m.report, set()).add(m.figure.value)
        mine = held.pop(self.draft or "", set())
        latest = max((r for r in held if self.printed(r)), key=lambda r: (self.printed(r) or "", r), default=None)
        earlier = {r for r in held if latest and self.is_earlier(r, latest)}
        return bool(mine and latest and earlier and mine <= held[latest])

    def related(self, a: str, b: str) -> bool:
        """Return whether two reports hold words of one origin."""
        return b in self._relatives.get(a, ())

    def are_near(self, a: str, b: str) -> bool:
        """Return whether two reports copied one origin, or one the other: a short citation is no copy."""
        return b in self._near_relatives.get(a, ())

    def is_one_text(self, a: str, b: str) -> bool:
        """Return whether two reports print nearly all of one text, whoever wrote it."""
        return frozenset(self._aligned(a, b)) in self._one_text

    def shared(self, report: str, other: str) -> list[tuple[Evidence, Evidence]]:
        """Return the passages that a report shares with another, in it and in the other."""
        if (report, other) not in self._asked:
            one, two = (report, other) if other in self._shared.get(report, {}) else self._aligned(report, other)
            sides = (
                (Evidence(a.a_report, a.a_start, a.a_end), Evidence(a.b_report, a.b_start, a.b_end))
                for a in self._shared.get(one, {}).get(two, ())
            )
            turned = (pair if pair[0].report == one else pair[::-1] for pair in sides)
            self._asked[report, other] = [(self._moved(mine, report), self._moved(theirs, other)) for mine, theirs in turned]
        return self._asked[report, other]

    def is_word_for_word(self, mine: Evidence, theirs: Evidence) -> bool:
        """Return whether two sides of a shared passage are the same words, or nearly."""
        pairs = {(mine.report, theirs.report), self._aligned(mine.report, theirs.report)}
        sides = ((self._moved(mine, one), self._moved(theirs, two)) for one, two in pairs)
        return any((a.report, a.start, b.report, b.start) in self._exact for a, b in sides)

    def _moved(self, place: Evidence, report: str) -> Evidence:
        """A place of a report as it stands in another print of its body."""
        start, end = (self.traced.place_in(report, place.report, at) for at in (place.start, place.end))
        return Evidence(report, start, end)

    def _aligned(self, one: str, other: str) -> tuple[str, str]:
        """The two reports whose alignments hold for these two: of many reports of one text the first stands for all."""
        first, second = (self.traced.first_print.get(r, r) for r in (one, other))
        if first != second or one == other:
            return first, second
        return (first, one if one != first else other)

    @cached_property
    def _exact(self) -> set[tuple[str, int, str, int]]:
        """Where the passages begin, seen from both sides, that two reports print in the same words, or nearly."""
        rows = [a for a in self.traced.alignments if a.kind in ("verbatim", "edited")]
        sides = {(a.a_report, a.a_start, a.b_report, a.b_start) for a in rows}
        return sides | {(two, there, one, here) for one, here, two, there in sides}

    @cached_property
    def _one_text(self) -> set[frozenset[str]]:
        """The pairs of reports of which nearly all sentences of one stand in the other as well, word for word."""
        held: dict[tuple[str, str], int] = {}
        for a in self.traced.alignments:
            if a.kind in ("verbatim", "edited"):
                one, other = (a.a_report, a.b_report), (a.b_report, a.a_report)
                held[one] = held.get(one, 0) + a.a_end - a.a_start
                held[other] = held.get(other, 0) + a.b_end - a.b_start
        whole = {report: sum(end - start for start, end in self.sentences(report)) for report in self.reports}
        return {frozenset(pair) for pair, shared in held.items() if shared >= thresholds.WHOLE_SHARE * whole[pair[0]]}

    @cached_property
    def _asked(self) -> dict[tuple[str, str], list[tuple[Evidence, Evidence]]]:
        return {}

    @cached_property
    def _shared(self) -> dict[str, dict[str, list[tables.Alignment]]]:
        """For each report, and each other, the passages that they share: of the many pairs of reports few are asked for."""
        found: dict[str, dict[str, list[tables.Alignment]]] = {}
        for (one, other), held in groupby(self.traced.alignments, key=attrgetter("a_report", "b_report")):
            shared = found.setdefault(one, {}).setdefault(other, [])
            found.setdefault(other, {})[one] = shared
            shared += held
        return found

    def edge(self, child: str, parent: str) -> Derivation:
        """Return the derivation of a witness from another."""
        return self._edges[child, parent]

    @cached_property
    def _edges(self) -> dict[tuple[str, str], Derivation]:
        return {(d.child, d.parent): d for d in reversed(self.traced.derivations)}

    def citations(self, child: str, parent: str) -> list[int]:
        """Return where a report cites a witness that it took words from, in running text."""
        return self._citations.get((child, parent), [])

    @cached_property
    def _citations(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = {}
        for s in self.traced.signs:
            if s.sign == "citation":
                found.setdefault((s.child, s.parent), []).append(s.start)
        return found

    def members(self, grouped: Grouped, report: str) -> Sequence[Proposition]:
        """Return the members of a claim that stand in a report."""
        return self._members[grouped.claim.id].get(report, ())

    @cached_property
    def _members(self) -> dict[str, dict[str, list[Proposition]]]:
        found: dict[str, dict[str, list[Proposition]]] = {}
        for g in self.claims:
            mine = found.setdefault(g.claim.id, {})
            for m in g.members:
                mine.setdefault(m.report, []).append(m)
        return found

    def plain_text(self, report: str) -> str:
        """Return the words of a report as quotations are compared, a blank on either side of each."""
        if report not in self._plain_texts:
            self._plain_texts[report] = f" {' '.join(plain_words(self.reports[report].text))} "
        return self._plain_texts[report]

    def printed_words(self, report: str) -> frozenset[str]:
        """Return the words of a report as quotations are compared."""
        if report not in self._printed_words:
            self._printed_words[report] = frozenset(self.plain_text(report).split())
        return self._printed_words[report]

    @cached_property
    def _printed_words(self) -> dict[str, frozenset[str]]:
        return {}

    def said(self, report: str) -> Sequence[Statement]:
        """Return the statements of a report."""
        return self._said.get(report, ())

    @cached_property
    def _said(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for s in self.statements:
            found.setdefault(s.report, []).append(s)
        return found

    @cached_property
    def twin(self) -> dict[str, tuple[str, int]]:
        """For each report the first that prints its body, letter for letter, and where the body begins."""
        first: dict[Hashable, str] = {}
        found = {}
        for r in sorted(self.reports):
            begin, printed = body_print(self.reports[r].text, ((b.start, b.end, b.role) for b in self._blocks.get(r, ())))
            found[r] = first.setdefault(printed, r), begin
        return found

    @cached_property
    def _plain_texts(self) -> dict[str, str]:
        return {}

    @cached_property
    def _blocks(self) -> dict[str, tuple[Block, ...]]:
        return {t.id: t.blocks for t in self.traced.tellings}

    @cached_property
    def _by_id(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    @cached_property
    def _sentences(self) -> dict[str, list[Span]]:
        return {
            report: [(p.start + s.start_char, p.start + s.end_char) for p in paragraphs for s in p.doc.sents]
            for report, paragraphs in self.paragraphs.items()
        }

    @cached_property
    def _relatives(self) -> dict[str, set[str]]:
        """For each report, those that hold words of an origin that it holds words of (itself too when it is an origin)."""
        return self._of_one_origin(self.traced.descendants)

    @cached_property
    def _near_relatives(self) -> dict[str, set[str]]:
        """The same for reports that hold most of their words from the origin, or some without naming it."""
        least = {False: thresholds.COPIED_SHARE, True: thresholds.GRAVE_SHARE}
        return self._of_one_origin([d for d in self.traced.descendants if d.share >= least[d.credited]])

    def _of_one_origin(self, descendants: Sequence[Descendant]) -> dict[str, set[str]]:
        """For each report those that are, or descend from, an origin that it is, or descends from."""
        reports = {w.id: w.report for w in self.traced.witnesses}
        held: dict[str, set[str]] = {o.witness: {r} if (r := reports[o.witness]) else set() for o in self.traced.origins}
        for d in descendants:
            held[d.origin].add(d.report)
        relatives: dict[str, set[str]] = {}
        for holders in held.values():
            for report in holders:
                relatives.setdefault(report, set()).update(holders)
        return relatives

    @cached_property
    def copy_pairs(self) -> list[CopyPair]:
        """Along which pairs of reports wording was copied, so that what was lost on the way can be shown."""
        witnesses = {w.id: w for w in self.traced.witnesses}
        copies = [d for d in self.traced.derivations if witnesses[d.child].report]
        heirs: dict[str, list[Derivation]] = {}
        for edge in copies:
            heirs.setdefault(edge.parent, []).append(edge)
        pairs = []
        for edge in copies:
            parent = witnesses[edge.parent]
            nearest = self._nearest_print(edge)
            if nearest:
                pairs.append(CopyPair(edge.child, nearest, False, True, edge))
            elif parent.report is None:
                best = self._standing_for(edge, [d for d in heirs[edge.parent] if d.child != edge.child])
                pairs += [CopyPair(edge.child, d.child, True, parent.name is not None, edge) for d in best]
            else:
                # Nobody copied a draft, which is not yet printed.
                sure = edge.probability >= thresholds.DIRECTED or edge.child == self.draft
                pairs.append(CopyPair(edge.child, parent.report, edge.probability < thresholds.POSSIBLE, sure, edge))
        # What one newsroom prints twice, a standing note or its own report, it may print as it likes.
        apart = [p for p in pairs if not same_outlet(self.reports[p.copy].outlet, self.reports[p.original].outlet)]
        return [p for p in apart if p.possible or not self.is_earlier(p.copy, p.original)]

    @property
    def sure_pairs(self) -> list[CopyPair]:
        """The copy pairs of which it is known who copied."""
        return [p for p in self.copy_pairs if p.sure]

    def _nearest_print(self, edge: Derivation) -> str | None:
        """The report that nearly all of a draft stands in, whoever had its words first."""
        if edge.child != self.draft or edge.kind not in ("verbatim", "edited"):
            return None
        shared: dict[str, int] = {}
        for other in self._shared.get(edge.child, {}):
            shared[other] = sum(mine.end - mine.start for mine, _ in self.shared(edge.child, other))
        most = max(shared, key=lambda r: (shared[r], r), default=None)
        whole = sum(end - start for start, end in self.sentences(edge.child))
        return most if most and shared[most] >= thresholds.WHOLE_SHARE * whole else None

    def _standing_for(self, edge: Derivation, others: Sequence[Derivation]) -> list[Derivation]:
        """The prints that show what stood in the lost source: those credited and word for word, else the fullest."""
        exact = [d for d in others if d.credited and d.kind in ("verbatim", "edited")]
        if exact:
            return sorted(exact, key=self._fullness, reverse=True)[: thresholds.LOST_SOURCE_PRINTS]
        fuller = [d for d in others if self._fullness(d)[:3] > self._fullness(edge)[:3]]
        return sorted(fuller, key=self._fullness, reverse=True)[:1]

    def _fullness(self, edge: Derivation) -> tuple[bool, float, int, str]:
        return edge.credited, edge.share, len(self.reports[edge.child].text), edge.child


def carries(statement: Statement, caveat: Caveat) -> bool:
    """Return whether a caveat was read as one of a statement."""
    span = statement.caveat_span
    return span is not None and span[0] < caveat.end and caveat.start < span[1]


def _reaches_out(shared: Evidence, words: Evidence, near: int) -> bool:
    """Whether a shared passage holds a run of words just before or behind others."""
    before = min(shared.end, words.start) - max(shared.start, words.start - near)
    behind = min(shared.end, words.end + near) - max(shared.start, words.end)
    return max(before, behind) >= thresholds.COPIED_BESIDE_LEAST


def evidence(report: str, span: Span) -> Evidence:
    """Return a span of a report as evidence."""
    return Evidence(report, span[0], span[1])


def of_member(member: Proposition) -> Evidence:
    """Return a member's words as evidence."""
    return Evidence(member.report, member.start, member.end)


def shown_figures(grouped: Grouped, pairs: Sequence[Related]) -> tuple[list[str], list[Evidence]]:
    """Return the reports of pairs of a claim's members, and the words of every member in these reports."""
    reports = {member.report for pair in pairs for member in (pair.a, pair.b)}
    return sorted(reports), [of_member(m) for m in grouped.members if m.report in reports]
