"""A story as its pages tell it: the account's parts by their ids, and quotations with the address of their words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote as escaped

from stemma.engines.shared_store import SharedStore
from stemma.errors import StoreInUse, UsageError
from stemma.pipeline import account_of, find_story
from stemma.show import wording
from stemma.show.forest import Branch, grow
from stemma.show.wording import Row
from stemma.worked_out import is_worked_out, work_out, worked_out_apart


@dataclass(frozen=True)
class Told:
    """The account of one story, asked by id; what is asked twice is worked out once."""

    story: Row
    reports: Mapping[str, Row]
    skipped: tuple[Row, ...]

    @property
    def id(self) -> str:
        """Return the story's id."""
        return str(self.story["id"])

    @property
    def address(self) -> str:
        """Return the address of the story's page."""
        return f"/story/{self.id}"

    @cached_property
    def sigla(self) -> Mapping[str, str]:
        """Return the letter of each report, by its id."""
        return wording.sigla(self.story, self.reports)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the name of each report, witness and source, by its id."""
        return wording.names(self.story, self.reports)

    @cached_property
    def witnesses(self) -> Mapping[str, Row]:
        """Return the witnesses by their ids."""
        return {w["id"]: w for w in self.story["witnesses"]}

    @cached_property
    def branches(self) -> list[Branch]:
        """Return the witnesses in the order of drawing, each with the derivation that it hangs on."""
        return grow(self.story, self.reports)

    @cached_property
    def claims(self) -> Mapping[str, Row]:
        """Return the claims by their ids, the gravest first."""
        return {c["id"]: c for c in wording.gravest(self.story["claims"])}

    @cached_property
    def parts(self) -> Mapping[str, list[Row]]:
        """Return the parts that add words to each claim that stands for itself, in the order in which claims are shown."""
        return {c["id"]: parts for c, parts in wording.with_parts(self.claims.values())}

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
        """Return the findings, numbered from 1 as every page numbers them, those withdrawn behind."""
        return (*self.story["findings"], *self.story["withdrawn"])

    @cached_property
    def said(self) -> Mapping[str, list[Row]]:
        """Return the statements of each source, by its id."""
        found = defaultdict(list)
        for s in self.story["statements"]:
            if s["source"] and s["content"]:
                found[s["source"]].append(s)
        return found

    @cached_property
    def _alignments(self) -> Mapping[str, Mapping[str, list[Row]]]:
        """Return the alignments of each report with each other."""
        found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for a in self.story["alignments"]:
            one, two = a["a"]["report"], a["b"]["report"]
            found[one][two].append(a)
            found[two][one].append(a)
        return found

    def alignments(self, report: str, other: str | None = None) -> list[Row]:
        """Return the alignments of a report with another, or with all others."""
        mine = self._alignments.get(report, {})
        if other is None:
            return [a for rows in mine.values() for a in rows]
        return list(mine.get(other, [])) or self._of_one_text(report, other)

    def _of_one_text(self, report: str, other: str) -> list[Row]:
        """The alignments of two reports by those of others with the same texts: of many prints the first stands for all."""
        texts = [self.reports[r]["text"] for r in (report, other)]
        alike = [[r for r in self._alignments if self.reports[r]["text"] == text] for text in texts]
        pairs = ((one, two) for one in alike[0] for two in alike[1] if two in self._alignments[one])
        one, two = next(pairs, (report, other))
        name = {one: report, two: other}
        found = self._alignments.get(one, {}).get(two, [])
        return [{**a, **{side: {**a[side], "report": name[a[side]["report"]]} for side in ("a", "b")}} for a in found]

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
            "published": row["published"], "href": f"{self.address}/report/{report}",
        }  # fmt: skip

    def quote(self, place: Row) -> dict[str, Any] | None:
        """Return the words at a place with the address that shows them marked, None where there are none."""
        report, start, end = self.reports.get(place["report"] or ""), place["start"], place["end"]
        if report is None or not report["text"][start:end].strip():
            return None
        return {
            "report": report["id"], "siglum": self.sigla[report["id"]], "name": wording.report_name(report),
            "start": start, "end": end, "words": wording.excerpt(report["text"], start, end),
            "href": f"{self.address}/report/{report['id']}?words={start}-{end}#words",
        }  # fmt: skip

    def quotes(self, places: Iterable[Row]) -> list[dict[str, Any]]:
        """Return the words at several places, each once."""
        found = {(q["report"], q["start"], q["end"]): q for p in places if (q := self.quote(p))}
        return list(found.values())

    def said_words(self, statement: Row) -> dict[str, Any] | None:
        """Return the words of a statement, from the first of it to the last."""
        spans = statement["content"]
        return self.quote({"report": statement["report"], "start": spans[0][0], "end": spans[-1][1]}) if spans else None


def tell(store: SharedStore, wanted: str) -> Told:
    """Return the story with this id or the beginning of it, worked out now where no run did; raises UsageError, StoreError."""
    found = store.remember(("find", wanted), lambda opened: find_story(opened, wanted))
    if not store.remember(("worked out", found), lambda opened: is_worked_out(opened, found)):
        try:
            with store.writing() as opened:
                work_out(opened, [found])
        except StoreInUse:
            return store.remember(("apart", found), lambda opened: _told(account_of(worked_out_apart(opened, [found]))))
    return store.remember(("told", found), lambda opened: _told(account_of(opened, [found])))


def _told(account: Row) -> Told:
    (story,) = account["stories"]
    return Told(story, {r["id"]: r for r in account["reports"]}, tuple(account["skipped"]))


def source_address(name: str) -> str:
    """Return the address of the page of a source, by its name."""
    return f"/source?name={escaped(name)}"
