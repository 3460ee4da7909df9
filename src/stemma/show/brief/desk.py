"""The story while its brief is put together: where words are looked up, and what was printed already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stemma.show.brief.parts import Line, Quote
from stemma.show.brief.passages import Span, around, passage, quote, repeats
from stemma.show.brief.support import Support, supports
from stemma.show.wording import Row, names, sigla

COVERED = 0.6
"""Share of a passage that claims must cover before it stands for one of them."""


@dataclass(slots=True)
class Desk:
    """One story, its reports by id, and the names that a reader knows them by; `used` are the quotations printed so far."""

    story: Row
    reports: Mapping[str, Row]
    signs: Mapping[str, str] = field(init=False)
    names: Mapping[str, str] = field(init=False)
    supports: list[Support] = field(init=False)
    statements: Mapping[str, Row] = field(init=False)
    used: list[Quote] = field(init=False)
    told: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.signs = sigla(self.story, self.reports)
        self.names = names(self.story, self.reports)
        self.supports = supports(self.story)
        self.statements = {s["id"]: s for s in self.story.get("statements", [])}
        self.used, self.told = [], set()

    def take(self, line: Line) -> Line:
        """Return a line, and remember what it prints."""
        self.used += line.quotes
        self.told |= set(line.claims)
        return line

    def members(self, claim: Row) -> Iterator[Row]:
        """Yield the members of a claim in the order of the sigla, those of pages that a program translated last."""
        translated = {r for f in self.story.get("findings", []) if f["kind"] == "machine translation" for r in f["reports"]}
        order = {r: (r in translated, n) for n, r in enumerate(self.signs)}
        yield from sorted(claim["members"], key=lambda m: (order[m["report"]], m["start"], m["end"]))

    def statement(self, member: Row) -> Row | None:
        """Return the statement that carries a member."""
        return self.statements.get(member["statement"] or "")

    def quote(self, report: str, start: int, end: int) -> Quote | None:
        """Return words of a report as a quotation, or None where they cannot be printed."""
        return quote(self.reports[report]["text"], report, self.signs[report], start, end)

    def words(self, support: Support) -> Quote | None:
        """Return the words that stand for a claim: of the first report that has such, or None when they were printed."""
        for member in self.members(support.claim):
            place, statement = (member["start"], member["end"]), self.statement(member)
            wide = self._stands_for(support, member["report"], around(place, statement))
            words = passage(self.reports[member["report"]], self.signs[member["report"]], place, statement, wide)
            if words:
                return None if repeats(words, self.used) else words
        return None

    def _stands_for(self, support: Support, report: str, span: Span) -> bool:
        """Whether all that a passage claims is carried at least as widely as one of its claims: then it may be quoted whole."""
        covered: set[int] = set()
        for other in self.supports:
            inside = [m for m in other.claim["members"] if m["report"] == report and span[0] <= m["start"] < span[1]]
            if inside and not set(support.reports) <= set(other.reports):
                return False
            covered.update(at for m in inside for at in range(m["start"], min(m["end"], span[1])))
        return len(covered) >= COVERED * (span[1] - span[0])
