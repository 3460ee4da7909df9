"""A story and its account as typed rows: those of tables.py, with the words that they rest on and the sigla of reports."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import pyarrow as pa

from stemma import tables
from stemma.account import Object, Tables, build, parted_findings, to_json
from stemma.arguments import must_be_text
from stemma.errors import UsageError
from stemma.judged import judged_by_story
from stemma.rows import Rows
from stemma.tables import Evidence, Figure, Skipped, Stance
from stemma.text.once import body_print


@dataclass(frozen=True, slots=True)
class Words(Evidence):
    """Words of a report, [start, end) in its text, and the siglum that it has in its story; printed they are the words."""

    siglum: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Member(Words):
    """Words that carry a claim: the statement that they are of, and its figure or None."""

    statement: str
    figure: Figure | None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True, repr=False)
class Report(tables.Report):
    """A report under the siglum that it has in its story."""

    siglum: str

    def __str__(self) -> str:
        return f"{self.siglum} {self.outlet or self.location}: {self.title or '(no title)'} ({self.published or 'no date'})"

    def __repr__(self) -> str:
        return f"<Report {self}>"


@dataclass(frozen=True, slots=True)
class Sign(Words):
    """One piece of evidence on who copied whom: its name, its weight in nats, and why it speaks for or against."""

    sign: str
    weight: float
    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Derivation(tables.Derivation):
    """An edge of the stemma, with the sigla and the names of its two witnesses and its signs."""

    child_siglum: str
    child_name: str | None
    parent_siglum: str
    parent_name: str | None
    signs: tuple[Sign, ...]

    def __str__(self) -> str:
        credited = "credited" if self.credited else "no credit"
        return (
            f"{self.child_siglum} from {self.parent_siglum}: {self.kind} {self.share:.0%}, {credited}, p {self.probability:.2f}"
        )


@dataclass(frozen=True, slots=True)
class Statement(tables.Statement):
    """A statement with its words and the name of whom it is attributed to."""

    siglum: str
    words: str
    source_name: str | None

    def __str__(self) -> str:
        return f"{self.siglum} {self.source_name or ('somebody' if self.attributed else 'the report itself')}: {self.words}"


@dataclass(frozen=True, slots=True)
class Claim(tables.Claim):
    """A claim with the words that carry it, and how each report stands to it."""

    members: tuple[Member, ...]
    stances: tuple[Stance, ...]

    def __str__(self) -> str:
        return f"{self.relation}: {self.summary} ({' '.join(dict.fromkeys(m.siglum for m in self.members))})"


@dataclass(frozen=True, slots=True)
class Finding(tables.Finding):
    """A finding with the words that prove it."""

    evidence: tuple[Words, ...]

    def __str__(self) -> str:
        return f"{self.kind} ({self.severity}, {self.id[:8]}): {self.message}"


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two reports: which, of which kind, and how alike (0–1)."""

    kind: str
    score: float
    a: Words
    b: Words

    def __str__(self) -> str:
        return f"{self.kind} {self.score:.2f}: {self.a.siglum} “{self.a.words}” {self.b.siglum} “{self.b.words}”"


@dataclass(frozen=True, repr=False)
class Account:
    """The account of some stories, as it stood when it was asked for."""

    stories: tuple["Story", ...]
    tables: Tables = field(compare=False)

    def to_dict(self) -> Object:
        """Return the account as `stemma analyse --json` writes it; docs/account.md and docs/account.schema.json explain it.

        >>> story.account().to_dict()["stories"][0]["independent_origins"]
        {'low': 3, 'best': 3, 'high': 3}
        """
        return build(self.tables)

    def to_json(self) -> str:
        """Return the same as JSON text.

        >>> "Killybegs" in story.account().to_json()
        True
        """
        return to_json(self.to_dict())

    @property
    def skipped(self) -> Rows[Skipped]:
        """The pages that could not be read, and why."""
        return Rows(self.tables["skipped"], "skipped pages", Skipped)

    @cached_property
    def reports(self) -> Rows[Report]:
        """The reports, story by story in the order of their sigla."""
        made = (Report(**_values(r), siglum=self._sigla.get(r.id, "A")) for r in self.tables["report"])
        return Rows(sorted(made, key=lambda r: (self._story_of[r.id], len(r.siglum), r.siglum, r.id)), "reports", Report)

    @cached_property
    def derivations(self) -> Rows[Derivation]:
        """The edges of the stemmata: who took its words from whom."""
        known = {(w.story, w.id): w for w in self.tables["witness"]}
        signs: dict[tuple[str, ...], list[Sign]] = defaultdict(list)
        for s in self.tables["sign"]:
            signs[s.story, s.child, s.parent].append(Sign(*self._at(s), s.sign, s.weight, s.reason))
        made = (
            Derivation(
                **_values(d), child_siglum=child.siglum, child_name=child.name, parent_siglum=parent.siglum,
                parent_name=parent.name, signs=tuple(signs[d.story, d.child, d.parent]),
            )
            for d in self.tables["derivation"]
            for child, parent in [(known[d.story, d.child], known[d.story, d.parent])]
        )  # fmt: skip
        return Rows(made, "derivations", Derivation)

    @cached_property
    def statements(self) -> Rows[Statement]:
        """Who said what, in the order of the text."""
        named = {(s.story, s.id): s.name for s in self.tables["source"]}
        made = (
            Statement(
                **_values(s), siglum=self._sigla.get(s.report, "A"), words=self._joined(s.report, s.content),
                source_name=named.get((s.story, s.source)),
            )
            for s in self.tables["statement"]
        )  # fmt: skip
        return Rows(sorted(made, key=lambda s: (s.story, s.siglum.rjust(4), s.content)), "statements", Statement)

    @cached_property
    def claims(self) -> Rows[Claim]:
        """The claims by their rank, the gravest first."""
        members: dict[tuple[str, str], list[Member]] = defaultdict(list)
        stances: dict[tuple[str, str], list[Stance]] = defaultdict(list)
        for m in self.tables["member"]:
            members[m.story, m.claim].append(Member(*self._at(m), m.statement, m.figure))
        for s in self.tables["stance"]:
            stances[s.story, s.claim].append(s)
        made = (
            Claim(
                **_values(c), members=tuple(sorted(members[c.story, c.id], key=lambda m: (m.siglum.rjust(4), m.start))),
                stances=tuple(stances[c.story, c.id]),
            )
            for c in self.tables["claim"]
        )  # fmt: skip
        return Rows(sorted(made, key=lambda c: (c.story, c.rank, c.id)), "claims", Claim)

    @cached_property
    def findings(self) -> Rows[Finding]:
        """What a careful reader should know, the gravest first; what a person judged wrong is left out."""
        of_stories: dict[str, list[str]] = defaultdict(list)
        for row in self.tables["story"]:
            of_stories[row.story].append(row.report)
        judged = judged_by_story(self.tables["judgement"], of_stories)
        shown = (
            f
            for story in sorted(of_stories)
            for f in parted_findings((f for f in self.tables["finding"] if f.story == story), judged[story])[0]
        )
        made = (Finding(**{**_values(f), "evidence": tuple(map(self._quoted, f.evidence))}) for f in shown)
        return Rows(made, "findings", Finding)

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {r.id: r.text for r in self.tables["report"]}

    @cached_property
    def _sigla(self) -> Mapping[str, str]:
        return {w.report: w.siglum for w in self.tables["witness"] if w.report}

    @cached_property
    def _story_of(self) -> Mapping[str, str]:
        return {row.report: row.story for row in self.tables["story"]}

    def _quoted(self, evidence: Evidence) -> Words:
        """Return a piece of evidence with its words."""
        return Words(*self._at(evidence))

    def _at(self, place: Any) -> tuple[str, int, int, str, str]:  # noqa: ANN401 - a row with report, start and end
        words = self._texts[place.report][place.start : place.end]
        return place.report, place.start, place.end, self._sigla.get(place.report, "A"), words

    def _joined(self, report: str, spans: Sequence[tuple[int, int]]) -> str:
        return " […] ".join(self._texts[report][start:end] for start, end in spans)

    def __repr__(self) -> str:
        return f"Account of {Rows(self.stories, 'stories', story_table)!r}"


@dataclass(frozen=True)
class Story:
    """One story of a corpus: its id, its title, how many reports tell it from how many origins, its first and last day.

    `low`, `best` and `high` bound the independent origins; None until the story was worked out. What else there is to know is
    worked out when it is first asked for, and stays as it was then: ask the corpus again after more was read.
    """

    id: str
    title: str | None
    size: int
    low: int | None
    best: int | None
    high: int | None
    first: str | None
    last: str | None
    load: Callable[[str], Account] = field(repr=False, compare=False)

    @cached_property
    def _account(self) -> Account:
        return self.load(self.id)

    def account(self) -> Account:
        """Return the account of this story alone.

        >>> len(story.account().reports)
        6
        """
        return self._account

    @property
    def reports(self) -> Rows[Report]:
        """The reports in the order of their sigla."""
        return self._account.reports

    @property
    def derivations(self) -> Rows[Derivation]:
        """The edges of the stemma: who took its words from whom."""
        return self._account.derivations

    @property
    def statements(self) -> Rows[Statement]:
        """Who said what, report by report."""
        return self._account.statements

    @property
    def claims(self) -> Rows[Claim]:
        """The claims by their rank, the gravest first."""
        return self._account.claims

    @property
    def findings(self) -> Rows[Finding]:
        """What a careful reader should know, the gravest first, each with the words that prove it."""
        return self._account.findings

    def compare(self, a: str, b: str) -> Rows[Passage]:
        """Return what two reports share, given by their sigla or the beginnings of their ids; raises UsageError.

        >>> story.compare("A", "F")[0].kind
        'rewrite'
        """
        must_be_text(a=a, b=b)
        return Rows(_passages(self._account, self._report(a).id, self._report(b).id), "shared passages", Passage)

    def _report(self, wanted: str) -> Report:
        fits = [r for r in self.reports if r.siglum == wanted] or [r for r in self.reports if wanted and r.id.startswith(wanted)]
        if len(fits) != 1:
            raise UsageError(f"{wanted!r} is no report of this story; it has {', '.join(r.siglum for r in self.reports)}.")
        return fits[0]

    def __str__(self) -> str:
        origins = "not worked out yet" if self.low is None else f"{_interval(self.low, self.high)} independent origins"
        return f"{self.id[:8]} {self.title or '(no title)'} ({self.size} reports, {origins})"

    def __repr__(self) -> str:
        from stemma.show.notebook import story_text

        # A debugger that shows a variable must not start a run of minutes.
        return f"<Story {self}>" if self.low is None else story_text(self._account.to_dict())

    def _repr_html_(self) -> str:
        from stemma.show.notebook import story_html

        return story_html(self._account.to_dict())


def _passages(account: Account, a: str, b: str) -> Iterator[Passage]:
    """What two reports share, in the order of the first one's text."""
    rows = sorted(account.tables["alignment"], key=lambda r: (r.a_start, r.b_start))
    bodies = _bodies(account)
    one, other = _aligned(bodies, {frozenset((r.a_report, r.b_report)) for r in rows}, a, b)
    for row in rows:
        sides = {row.a_report: (row.a_start, row.a_end), row.b_report: (row.b_start, row.b_end)}
        if sides.keys() == {one, other}:
            begins = ((r, s, bodies[r][0] - bodies[s][0]) for r, s in ((a, one), (b, other)))
            places = (Evidence(r, sides[s][0] + further, sides[s][1] + further) for r, s, further in begins)
            yield Passage(row.kind, row.score, *map(account._quoted, places))


def _bodies(account: Account) -> dict[str, tuple[int, Hashable]]:
    """Where the body of each report begins, and what all have in common that print it."""
    blocks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for b in account.tables["block"]:
        blocks[b.report].append((b.start, b.end, b.role))
    return {r.id: body_print(r.text, sorted(blocks[r.id])) for r in account.tables["report"]}


def _aligned(bodies: Mapping[str, tuple[int, Hashable]], known: Collection[frozenset[str]], a: str, b: str) -> tuple[str, str]:
    """The two reports whose alignments hold for these: themselves, or of many prints of one body those that stand for all."""
    if frozenset((a, b)) in known:
        return a, b
    alike = [[r for r, (_, printed) in bodies.items() if printed == bodies[mine][1]] for mine in (a, b)]
    return next(((x, y) for x in alike[0] for y in alike[1] if x != y and frozenset((x, y)) in known), (a, b))


def story_table(stories: Sequence[Story]) -> pa.Table:
    """Return stories as an Arrow table: what each is called and how much there is of it."""
    numbers = {"reports": "size", "low": "low", "best": "best", "high": "high"}
    words = ("id", "title", "first", "last")
    columns = {name: pa.array([getattr(s, name) for s in stories], pa.string()) for name in words}
    columns |= {name: pa.array([getattr(s, kept) for s in stories], pa.int64()) for name, kept in numbers.items()}
    return pa.table(columns)


def _values(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of tables.py
    return {one.name: getattr(row, one.name) for one in fields(row)}


def _interval(low: int, high: int | None) -> str:
    return str(low) if low == high else f"{low}–{high}"
