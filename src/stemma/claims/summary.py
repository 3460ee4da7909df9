"""What a claim says, in words that can be read alone: the best member's, as an assertion, with whom it means in brackets."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.bearing import Bearing, Piece, Said, bears_out
from stemma.claims.cuts import cuts, modifiers
from stemma.claims.propositions import YEAR, Proposition
from stemma.claims.relations import say
from stemma.claims.same_thing import is_alike, is_toll
from stemma.claims.sentences import as_sentence, clause_around, cleaned, closed_off
from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph
from stemma.tables import Report, Source, Statement
from stemma.text.normal import shortened
from stemma.text.spans import holder

if TYPE_CHECKING:
    from spacy.tokens import Span

COUNTED = {
    "die": "Number of dead",
    "injure": "Number of injured",
    "critical": "Number in a critical condition",
    "missing": "Number of missing",
    "captive": "Number of captives",
    "treat": "Number treated",
    "evacuate": "Number evacuated",
    "arrest": "Number arrested",
    "rescue": "Number rescued",
    "infect": "Number infected",
}
"""What a count of people in a state (counts.STATES) is called."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a claim is called, whether that can be `read` alone, and the member whose words it has.

    `lacking` has for each report that does not bear it out what of it that report does not say: it says part of it, or says it in
    other words. `shared` is whether another report says most of it, `named` whether it has a name in it.
    """

    words: str
    read: bool
    member: Proposition
    lacking: Mapping[str, tuple[str, ...]]
    shared: bool
    named: bool


@dataclass(frozen=True, slots=True)
class _Telling:
    """A member told without some of its words (`cut`), what each report lacks of that, and how much of it is in no other.

    `more` is how much of it those that bear it out do not say.
    """

    member: Proposition
    span: "Span"
    cut: frozenset[int]
    lacking: Mapping[str, tuple[str, ...]]
    alone: int
    more: int
    shared: bool

    @property
    def need(self) -> tuple[int, int, int, bool]:
        """The order in which tellings come: what one alone says last."""
        return self.alone, len(self.lacking), self.more, bool(self.cut)


class Summaries:
    """The words of a story's claims, each other than those before it where a member has other words."""

    def __init__(
        self,
        parsed: Sequence[tuple[Report, Sequence[Paragraph]]],
        statements: Mapping[str, Statement],
        sources: Mapping[str, Source],
        mentions: Mapping[str, Mentions],
    ) -> None:
        self._reports = {r.id: r for r, _ in parsed}
        self._paragraphs = {r.id: sorted(some, key=lambda p: p.start) for r, some in parsed}
        self._starts = {r: [p.start for p in some] for r, some in self._paragraphs.items()}
        self._statements, self._sources = statements, sources
        self._posts = {r: [(p.start, p.end) for p in found.posts] for r, found in mentions.items()}
        self._bearing = Bearing(parsed, mentions)
        self._taken: set[str] = set()

    def of(self, members: Sequence[Proposition], relation: str) -> Summary:
        """Return a claim's words and whose they are: of a member that does not deny it, what most reports bear out of them.

        Of a quantity the most usual number comes first, then the most usual words: what one report says besides, others do not.
        """
        found = self._best(members)
        toll = None if relation != "updated" and _is_usual(found.member, members) else _toll(members)
        if toll is not None and toll.figure is not None:
            # A count that was brought up to date has no number of its own.
            named = COUNTED[toll.topic or ""] + ("" if relation == "updated" else f": {say(toll.figure)}")
            found = found if named in self._taken else Summary(named, True, toll, {}, True, True)
        self._taken.add(found.words)
        return replace(found, words=shortened(found.words, thresholds.LINE))

    def _best(self, members: Sequence[Proposition]) -> Summary:
        """The telling that most reports bear out of those that can be read alone and call no claim before."""
        said = self._bearing.each_said(members)
        tried = self._in_order(members)[: thresholds.SUMMARY_TRIED]
        numbers = Counter(map(_number, members))
        every = (t for m in tried for t in self._tellings(m, said))
        tellings = sorted(every, key=lambda t: (t.member.denied, -numbers[_number(t.member)], t.need))
        first: Summary | None = None
        for telling in tellings:
            words, read = self._as_sentence(telling, members)
            named = "[" in words or any(t.pos_ == "PROPN" for t in telling.span if t.i not in telling.cut)
            found = Summary(words, read, telling.member, telling.lacking, telling.shared, named)
            if words in self._taken:
                first = first or found
            elif read:
                return found
            elif first is None or first.words in self._taken:
                first = found
        if first is None:
            raise ValueError("a member's words stand in no paragraph")
        return first

    def _in_order(self, members: Sequence[Proposition]) -> list[Proposition]:
        """The members, those first whose numbers and words most have."""
        numbers = Counter(map(_number, members))
        usual = Counter(w for m in members for w in _own(m))

        def need(m: Proposition) -> tuple[bool, int, bool, bool, float, bool, int, str, str, int]:
            own = _own(m)
            alike = 2 * sum(usual[w] for w in own) / max(1, len(own) * len(members) + usual.total())
            return (
                m.denied,
                -numbers[_number(m)],
                not (m.whole or m.told),
                m.end - m.start > thresholds.LINE,
                -round(alike, 1),
                m.subject is None,
                m.end - m.start,
                self._reports[m.report].published or "9",
                m.report,
                m.start,
            )

        return sorted(members, key=need)

    def _tellings(self, m: Proposition, said: Mapping[str, Said]) -> Iterator[_Telling]:
        """A member in its own words and in those around it, each without what may be left out."""
        paragraph = self._paragraphs[m.report][max(0, bisect_right(self._starts[m.report], m.start) - 1)]
        at, own = paragraph.start, m.figure or m.when
        span = paragraph.doc.char_span(m.start - at, m.end - at, alignment_mode="expand")
        if span is None:
            return
        wide = span if m.whole or as_sentence(span, False, None)[1] else clause_around(span)
        for shown in dict.fromkeys((closed_off(wide), closed_off(span))):
            pieces = self._bearing.pieces(m, list(shown), at)
            # What a hundred copies say is compared once.
            others = {id(one): one for r, one in said.items() if r != m.report}
            lost = {n: self._bearing.lacking(pieces, one) for n, one in others.items()}
            for cut in cuts(shown):
                if own and any(own.start <= at + shown.doc[i].idx < own.end for i in cut):
                    continue
                left = [p for p in pieces if p.tokens.isdisjoint(cut)]
                if cut and len(left) < thresholds.CUT_LEAST_PIECES:
                    continue
                each = {r: lost[id(one)] for r, one in said.items() if r != m.report}
                telling = _telling(m, shown, cut, left, each)
                yield telling
                spare = _spare(shown, telling, left, each)
                if spare:
                    left = [p for p in left if p.tokens.isdisjoint(spare)]
                    yield _telling(m, shown, cut | spare, left, each)
                if not any(lost.values()):
                    break

    def _as_sentence(self, telling: _Telling, members: Sequence[Proposition]) -> tuple[str, bool]:
        """The words of a member as a sentence of their own, and whether they can be read alone."""
        m = telling.member
        quoted = self._statements.get(m.statement)
        post = holder(self._posts[m.report], m.start)
        spoken = [*(quoted.quotations if quoted is not None else ()), *([post] if post else ())]
        inside = any(s <= m.start and m.end <= e + 1 for s, e in spoken)
        speaker = self._speaker(members) if inside else None
        words, alone = as_sentence(telling.span, inside, speaker, telling.cut)
        return cleaned(words) + self._year(m, words), alone

    def _year(self, m: Proposition, words: str) -> str:
        """In brackets the year, where a sentence dates what it tells to one before its report and the words do not say so."""
        year, printed = (m.time.value[:YEAR] if m.time else ""), (self._reports[m.report].published or "")[:YEAR]
        return f" [{year}]" if m.past and year.isdigit() and year < printed and year not in words else ""

    def _speaker(self, members: Sequence[Proposition]) -> str | None:
        """Who says it in most of the reports that name somebody; nobody where as many name another."""
        told = Counter(source for _, source in sorted({(one.report, one.source) for one in members if one.source}))
        ranked = told.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        source = self._sources.get(ranked[0][0])
        return source.name if source is not None else None


def _telling(
    m: Proposition, span: "Span", cut: frozenset[int], pieces: Sequence[Piece], lost: Mapping[str, Mapping[Piece, bool]]
) -> _Telling:
    """A telling of some pieces, of which each report lacks those that it has lost; what joins a quantity is its number."""
    own = int(m.kind != "clause")
    lacking = {r: tuple(p.words for p in pieces if some.get(p)) for r, some in lost.items() if not bears_out(pieces, some, own)}
    alone = sum(all(some.get(p) for some in lost.values()) for p in pieces) if lost else 0
    more = sum(some.get(p, False) for r, some in lost.items() if r not in lacking for p in pieces)
    return _Telling(m, span, cut, lacking, alone, more, not lost or len(lacking) < len(lost))


def _spare(span: "Span", telling: _Telling, pieces: Sequence[Piece], lost: Mapping[str, Mapping[Piece, bool]]) -> frozenset[int]:
    """The modifiers that most of the reports which bear out a telling do not say."""
    bearing = [some for r, some in lost.items() if r not in telling.lacking]
    gone = {t for p in pieces if 2 * sum(some.get(p, False) for some in bearing) > len(bearing) for t in p.tokens}
    return frozenset[int]().union(*(part for part in modifiers(span) if not part.isdisjoint(gone)))


def _toll(members: Sequence[Proposition]) -> Proposition | None:
    """The member whose number most reports print, of the event's toll in several numbers; None of any other claim.

    The clause of one report holds what the others do not say; of a report that prints two numbers the lower is an earlier one.
    """
    numbers = {m.figure.value for m in members if m.figure}
    own = [m for m in members if is_toll(m) and not m.denied]
    if len(numbers) < 2 or len({m.topic for m in members}) > 1 or 2 * len(own) <= len(members):
        return None
    last: dict[str, Proposition] = {}
    for m in sorted(own, key=lambda m: (-_value(m), m.start)):
        last.setdefault(m.report, m)
    usual = Counter(_value(m) for m in last.values())
    return min(last.values(), key=lambda m: (-usual[_value(m)], -_value(m), m.report))


def _is_usual(member: Proposition, members: Sequence[Proposition]) -> bool:
    """Whether more than half of the reports have a clause like this one."""
    alike = {m.report for m in members if m is member or is_alike(m, member)}
    return 2 * len(alike) > len({m.report for m in members})


def _number(m: Proposition) -> tuple[float, str] | None:
    return (m.figure.value, m.figure.bound) if m.figure else None


def _value(m: Proposition) -> float:
    return m.figure.value if m.figure else 0.0


def _own(m: Proposition) -> set[str]:
    return {word for word, weight in m.words.items() if weight >= 1.0}
