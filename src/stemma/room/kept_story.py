"""A story as its pages tell it: the account's parts by their ids, and quotations with the address of their words."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate, pairwise
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import quote as escaped

import pyarrow as pa
import pyarrow.compute as pc

from stemma import arrow
from stemma.account import Tables, alignment_object, build, place_objects
from stemma.engines import Store
from stemma.engines.shared_store import SharedStore
from stemma.errors import StoreInUse, UsageError
from stemma.pipeline import find_story, tables_of
from stemma.show import wording
from stemma.show.exports import moment
from stemma.show.shown_story import ShownStory
from stemma.show.wording import Row
from stemma.tables import SEVERITIES, TABLES, Mention, Run, Stance
from stemma.text.once import Once, body_print
from stemma.worked_out import run_on, work_out, worked_out_apart

_LATER = {
    "alignment": "SELECT t.* FROM alignment t JOIN wanted w ON t.story = w.story",
    "stance": "SELECT t.* FROM stance t JOIN wanted w ON t.story = w.story",
    "mention": "SELECT t.* FROM mention t JOIN story s ON t.report = s.report JOIN wanted w ON s.story = w.story",
}
"""Tables of which one page shows few rows: a story of 300 reports has two hundred thousand, and to make them takes a second."""

BESIDE = 4
"""Reports that one view side by side holds: a fifth column could not be read."""
_MARKED = 12
"""Places that an address marks in it."""


@dataclass(frozen=True)
class KeptStory(ShownStory):
    """The account of one story in a store.

    It lacks alignments, stances, times and places: `later` reads the rows of such a table when they are asked for.
    """

    skipped: tuple[Row, ...]
    later: Callable[[str], pa.Table]
    once: Once = field(default_factory=Once)
    _by_report: dict[str, Mapping[str, list[Row]]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the story's id."""
        return str(self.story["id"])

    @property
    def address(self) -> str:
        """Return the address of the story's page."""
        return f"/story/{self.id}"

    def at_report(self, report: str) -> str:
        """Return the address of a report."""
        return f"{self.address}/report/{report}"

    def at_words(self, report: str, start: int, end: int) -> str:
        """Return the address that shows words of a report marked."""
        return f"{self.at_report(report)}?words={start}-{end}#words"

    def at_sides(self, reports: Sequence[str], evidence: Sequence[Row] = ()) -> str | None:
        """Return the address that shows reports side by side, the earliest as the reference, at the words of the evidence.

        None where there are no two.
        """
        found = {r for r in reports if r in self.sigla}
        dated = sorted(found, key=lambda r: (moment(self.reports[r]["published"]), self.sigla[r]))
        if len(dated) < 2:
            return None
        words = [f"words={self.sigla[e['report']]}:{e['start']}-{e['end']}" for e in evidence
                 if e["report"] in dated[:BESIDE] and e["start"] < e["end"]]  # fmt: skip
        asked = [*(f"r={self.sigla[r]}" for r in dated[:BESIDE]), *dict.fromkeys(words[:_MARKED])]
        return f"{self.address}/side-by-side?{'&'.join(asked)}{'#words' if words else ''}"

    @cached_property
    def claims(self) -> Mapping[str, Row]:
        """Return the claims by their ids, the gravest first."""
        return {c["id"]: c for c in wording.gravest(self.story["claims"])}

    @cached_property
    def parts(self) -> Mapping[str, list[Row]]:
        """Return the parts that add words to each claim that stands for itself, in the order in which claims are shown."""
        return {c["id"]: parts for c, parts in wording.with_parts(self.claims.values())}

    @cached_property
    def whole_claims(self) -> Sequence[Row]:
        """Return the claims that stand for themselves, contradictions first, then those that several reports carry."""
        return [self.claims[c] for c in self.parts]

    @cached_property
    def statements(self) -> Mapping[str, Row]:
        """Return the statements by their ids."""
        return {s["id"]: s for s in self.story["statements"]}

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        """Return the sources by their ids."""
        return {s["id"]: s for s in self.story["sources"]}

    @cached_property
    def findings(self) -> tuple[Row, ...]:
        """Return the findings, numbered from 1 as every page numbers them; one that is judged wrong keeps its place."""
        both = (*self.story["findings"], *self.story["withdrawn"])
        return tuple(sorted(both, key=lambda f: (SEVERITIES.index(f["severity"]), f["kind"], f["reports"], f["id"])))

    @cached_property
    def places(self) -> Sequence[Row]:
        """Return the places of the story, the most mentioned first."""
        found = defaultdict(list)
        for m in self._rows("mention", pc.field("kind") == "place"):
            found[m.report].append(m)
        return place_objects(sorted(self.reports), found)

    def mentions(self, report: str, kinds: Sequence[str]) -> list[Mention]:
        """Return what a report mentions of some kinds, in the order of its text."""
        return self._rows("mention", (pc.field("report") == report) & pc.field("kind").isin(kinds))

    def stances(self, claim: str) -> Mapping[str, Stance]:
        """Return how each report stands to a claim, and why."""
        return {s.report: s for s in arrow.from_arrow("stance", self._of_claim(claim))}

    def stance(self, claim: str) -> Mapping[str, str]:
        """Return how each report stands to a claim, in a word."""
        rows = self._of_claim(claim)
        return dict(zip(rows.column("report").to_pylist(), rows.column("stance").to_pylist(), strict=True))

    def speaking(self, claim: Row) -> Mapping[str, Row]:
        """Return the member of each report that its stance to a claim rests on: a report can tell both sides of it."""
        rows = self._of_claim(claim["id"])
        reasons = dict(zip(rows.column("report").to_pylist(), rows.column("reason").to_pylist(), strict=True))
        speaking = [m for m in claim["members"] if f"says {wording.figure_words(m['figure'])}" == reasons.get(m["report"])]
        return {m["report"]: m for m in (*reversed(claim["members"]), *reversed(speaking))}

    def _of_claim(self, claim: str) -> pa.Table:
        rows, spans = self._by_claim
        start, end = spans.get(claim, (0, 0))
        return rows.slice(start, end - start)

    def alignments(self, report: str, other: str | None = None) -> list[Row]:
        """Return the alignments of a report with another, or with all others."""
        mine = self._aligned(report)
        if other is None:
            return [a for rows in mine.values() for a in rows]
        return list(mine.get(other, [])) or self._of_one_text(report, other)

    def most_alike(self, count: int) -> list[tuple[str, str]]:
        """Return the pairs of reports with most words in common, as many as are asked for."""
        aligned = self.later("alignment")
        length = pc.subtract(aligned.column("a_end"), aligned.column("a_start"))
        pairs = aligned.append_column("length", length).group_by(["a_report", "b_report"]).aggregate([("length", "sum")])
        order = [("length_sum", "descending"), ("a_report", "ascending"), ("b_report", "ascending")]
        return [(row["a_report"], row["b_report"]) for row in pairs.sort_by(order).slice(0, count).to_pylist()]

    def _aligned(self, report: str) -> Mapping[str, list[Row]]:
        """The alignments of a report with each other."""
        if report not in self._by_report:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self._rows("alignment", (pc.field("a_report") == report) | (pc.field("b_report") == report)):
                found[row.b_report if row.a_report == report else row.a_report].append(alignment_object(row))
            self._by_report[report] = found
        return self._by_report[report]

    @cached_property
    def _by_claim(self) -> tuple[pa.Table, Mapping[str, tuple[int, int]]]:
        """The stances in the order of their claims, and where those of each stand: a page asks for those of many claims."""
        rows = self.later("stance").sort_by([("claim", "ascending"), ("report", "ascending")])
        counts = pc.value_counts(rows.column("claim"))
        names, ends = counts.field("values").to_pylist(), list(accumulate(counts.field("counts").to_pylist(), initial=0))
        return rows, dict(zip(names, pairwise(ends), strict=True))

    def _rows(self, table: str, where: pc.Expression) -> list[Any]:
        rows = arrow.from_arrow(table, self.later(table).filter(where))
        return sorted(rows, key=attrgetter(*TABLES[table].key))

    def _of_one_text(self, report: str, other: str) -> list[Row]:
        """The alignments of two reports by those of others with the same bodies: of many prints the first stands for all."""
        alike = [[r for r in self.sigla if self._bodies[r][1] == self._bodies[mine][1]] for mine in (report, other)]
        for one, two in ((one, two) for one in alike[0] for two in alike[1] if one != two):
            if found := self._aligned(one).get(two):
                name = {one: report, two: other}
                return [{**a, **{side: self._moved(a[side], name[a[side]["report"]]) for side in ("a", "b")}} for a in found]
        return []

    def _moved(self, place: Row, report: str) -> Row:
        """A place in a report as it stands in another print of its body."""
        further = self._bodies[report][0] - self._bodies[place["report"]][0]
        return {**place, "report": report, "start": place["start"] + further, "end": place["end"] + further}

    @cached_property
    def _bodies(self) -> Mapping[str, tuple[int, Hashable]]:
        """Where the body of each report begins, and what all have in common that print it."""
        get = itemgetter("start", "end", "role")
        return {r: body_print(row["text"], map(get, row["blocks"])) for r, row in self.reports.items()}

    def row(self, report: str) -> Row:
        """Return a report by its id or its letter; raises UsageError."""
        by_siglum = {siglum: r for r, siglum in self.sigla.items()}
        found = report if report in self.sigla else by_siglum.get(report)
        if found is None:
            raise UsageError(f"There is no report {report!r} in this story.")
        return self.reports[found]

    def brief(self, report: str) -> dict[str, Any]:
        """Return a report as lists show it: letter, name, title, time and address."""
        row = self.reports[report]
        return {
            "id": report, "siglum": self.sigla[report], "name": wording.report_name(row), "title": row["title"],
            "apart": self.apart.get(report),
            "published": row["published"], "href": self.at_report(report),
        }  # fmt: skip


def tell(store: SharedStore, wanted: str, keep: bool = True) -> KeptStory:
    """Return the story with this id or the beginning of it; one that no run worked out is now, in the store if it may `keep` it.

    Raises UsageError, StoreError.
    """
    found, run = find(store, wanted)
    if run is None and keep and _worked_out_in(store, found):
        found, run = find(store, wanted)
    if run is None:
        return store.remember(("apart", found), lambda opened: _apart(opened, found))

    def later(table: str) -> pa.Table:
        return store.remember((table, found), lambda opened: _rows_of(opened, found, table), run)

    def told(opened: Store) -> KeptStory:
        # What people judge changes the store with every click, and no row that a run made.
        rows = store.remember(("rows", found), lambda _: tables_of(opened, [found], without=_LATER), run)
        return _kept_story({**rows, "skipped": opened.read("skipped"), "judgement": opened.read("judgement")}, later)

    return store.remember(("told", found), told)


def find(store: SharedStore, wanted: str) -> tuple[str, Run | None]:
    """Return the id of the story that is meant, and the run that worked it out, if one did; raises UsageError, StoreError."""

    def found(opened: Store) -> tuple[str, Run | None]:
        story = find_story(opened, wanted)
        return story, run_on(opened, story)

    return store.remember(("find", wanted), found)


def _worked_out_in(store: SharedStore, story: str) -> bool:
    """Work a story out in the store; return whether that was possible, which it is not while another writes."""
    try:
        with store.writing() as opened:
            work_out(opened, [story])
    except StoreInUse:
        return False
    return True


def _apart(store: Store, story: str) -> KeptStory:
    apart = worked_out_apart(store, [story])
    return _kept_story(tables_of(apart, [story], without=_LATER), partial(_rows_of, apart, story))


def _kept_story(rows: Tables, later: Callable[[str], pa.Table]) -> KeptStory:
    account = build(rows)
    (row,) = account["stories"]
    return KeptStory(row, {r["id"]: r for r in account["reports"]}, tuple(account["skipped"]), later)


def _rows_of(store: Store, story: str, table: str) -> pa.Table:
    return store.sql(_LATER[table], {"wanted": pa.table({"story": [story]})})


def source_address(name: str) -> str:
    """Return the address of the page of a source, by its name."""
    return f"/source?name={escaped(name)}"
