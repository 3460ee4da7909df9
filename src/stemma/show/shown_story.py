"""One story as its pages show it, in the room and in one file: its parts by their ids, and the views that both have."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stemma.show import claim_lines as parted
from stemma.show import wording
from stemma.show.forest import Branch, dated_before_parent, grow, in_passing
from stemma.show.openings import openings
from stemma.show.wording import Row

View = dict[str, Any]
"""What a template shows of one thing."""
_PARTED = ("conflict", "disputed", "updated")
_SIDES, _SPEAKERS, _LETTERS = 4, 2, 8
"""Sides of a claim that are shown, and of each the speakers that are named, and the reports."""


@dataclass(frozen=True)
class ShownStory(ABC):
    """The account of one story, asked by id; what is asked twice is worked out once. Whoever shows it says what leads where."""

    story: Row
    reports: Mapping[str, Row]

    @abstractmethod
    def at_report(self, report: str) -> str:
        """Return the address of a report."""

    @abstractmethod
    def at_words(self, report: str, start: int, end: int) -> str:
        """Return the address that shows words of a report."""

    def at_sides(self, _reports: Sequence[str], _evidence: Sequence[Row] = ()) -> str | None:
        """Return the address that shows reports side by side, None where nothing does."""
        return None

    @cached_property
    def sigla(self) -> Mapping[str, str]:
        """Return the letter of each report, by its id."""
        return wording.sigla(self.story, self.reports)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the name of each report, witness and source, by its id."""
        return wording.names(self.story, self.reports)

    @cached_property
    def apart(self) -> Mapping[str, str]:
        """Return the shortened title of each report whose outlet another report of the story has too, by its id."""
        return wording.apart(self.story, self.reports)

    @cached_property
    def witnesses(self) -> Mapping[str, Row]:
        """Return the witnesses by their ids."""
        return {w["id"]: w for w in self.story.get("witnesses", [])}

    @cached_property
    def branches(self) -> list[Branch]:
        """Return the witnesses in the order of drawing, each with the derivation that it hangs on."""
        return grow(self.story, self.reports)

    @cached_property
    def lines(self) -> list[Branch]:
        """Return the witnesses as lists show them: those that took nothing from another first, each lot as it is drawn.

        Lost sources of which pages cite a sentence or two come last: before the reports they would hide them.
        """
        return sorted(self.branches, key=self._place)

    @cached_property
    def beginners(self) -> int:
        """Return how many of the lines took nothing from another, but for a sentence or two, and stand first."""
        return sum(self._place(b) == 0 for b in self.branches)

    def _place(self, branch: Branch) -> int:
        taken = {e["parent"] for e in (branch.edge, *branch.also) if e} - self.passing
        return 2 if branch.witness["id"] in self.passing else int(bool(taken))

    @cached_property
    def passing(self) -> set[str]:
        """Return the lost sources of which pages only cite a sentence or two."""
        return in_passing(self.story)

    @cached_property
    def early(self) -> frozenset[str]:
        """Return the witnesses that are dated before whom they took their words from."""
        return frozenset(dated_before_parent(self.branches, self.reports))

    @cached_property
    def copies(self) -> Mapping[str, list[str]]:
        """Return the letters of those that took words from each witness, by its id."""
        found = defaultdict(list)
        for d in self.story.get("derivations", []):
            found[d["parent"]].append(str(self.witnesses[d["child"]].get("siglum") or "?"))
        return {w: sorted(sigla, key=lambda s: (len(s), s)) for w, sigla in found.items()}

    @cached_property
    def said(self) -> Mapping[str, list[Row]]:
        """Return the statements of each source, by its id."""
        found = defaultdict(list)
        for s in self.story.get("statements", []):
            if s.get("source") and s.get("content"):
                found[s["source"]].append(s)
        return found

    @cached_property
    def source_of(self) -> Mapping[str, str | None]:
        """Return the source of each statement, by the statement's id."""
        return {s["id"]: s.get("source") for s in self.story.get("statements", [])}

    @cached_property
    def speakers(self) -> Sequence[Row]:
        """Return the sources that said something, who said most first."""
        return sorted((s for s in self.story.get("sources", []) if self.said[s["id"]]), key=lambda s: -len(self.said[s["id"]]))

    @cached_property
    def opening(self) -> View | None:
        """Return the words at the top of a report that say most of what all open with."""
        best = next(iter(openings(self.story, self.reports)), None)
        return self.quote({"report": best.report, "start": best.start, "end": best.end}) if best else None

    def quote(self, place: Row) -> View | None:
        """Return the words at a place with the address that shows them, None where there are none."""
        report, start, end = self.reports.get(place.get("report") or ""), place.get("start"), place.get("end")
        if report is None or start is None or end is None or not report["text"][start:end].strip():
            return None
        return {
            "report": report["id"], "siglum": self.sigla.get(report["id"]) or str(report.get("siglum") or "?"),
            "name": wording.report_name(report), "start": start, "end": end,
            "words": wording.excerpt(report["text"], start, end), "href": self.at_words(report["id"], start, end),
        }  # fmt: skip

    def quotes(self, places: Iterable[Row]) -> list[View]:
        """Return the words at several places, each once."""
        found = {(q["report"], q["start"], q["end"]): q for p in places if (q := self.quote(p))}
        return list(found.values())

    def said_words(self, statement: Row) -> View | None:
        """Return the words of a statement, from the first of it to the last."""
        spans = statement["content"]
        if not spans or (quote := self.quote({"report": statement["report"], "start": spans[0][0], "end": spans[-1][1]})) is None:
            return None
        # What stands in quotation marks is shown whole, or it would be no quotation.
        text = self.reports[quote["report"]]["text"]
        whole = statement.get("quotations")
        return {**quote, "words": wording.one_line(text[quote["start"] : quote["end"]])} if whole else quote


def witness(told: ShownStory, branch: Branch) -> View:
    """Return a witness as lists show it: when, and what it took from whom."""
    row = branch.witness
    report = told.reports.get(row.get("report") or "")
    return {
        "id": row["id"], "siglum": str(row.get("siglum") or "?"), "name": wording.witness_name(row, told.reports),
        "apart": told.apart.get(row.get("report") or ""), "lost": row.get("report") is None, "again": branch.again,
        "origin": branch.origin,
        "published": report.get("published") if report else None, "early": row["id"] in told.early,
        "copies": told.copies.get(row["id"], []), "href": told.at_report(report["id"]) if report else None,
        "edges": [edge(told, e) for e in (branch.edge, *branch.also) if e],
    }  # fmt: skip


def edge(told: ShownStory, row: Row) -> View:
    """Return a derivation with its signs and the address that shows its two ends side by side."""
    signs = row.get("signs", [])
    ends = [told.witnesses[row[end]] for end in ("parent", "child")]
    return {
        "id": row.get("id"), "child": row["child"], "parent": row["parent"],
        "from": str(ends[0].get("siglum") or "?"), "to": str(ends[1].get("siglum") or "?"),
        "from_name": wording.witness_name(ends[0], told.reports), "words": wording.edge_words(row), "kind": row.get("kind"),
        "judged": row.get("judged"), "judged_words": wording.judged_words(row),
        "reason": None if row.get("reason") in {s.get("reason") for s in signs} else row.get("reason"),
        "signs": [{name: s.get(name) for name in ("sign", "weight", "reason")} | {"quote": told.quote(s)} for s in signs],
        "compare": told.at_sides(ends_of(told, row)),
    }  # fmt: skip


def ends_of(told: ShownStory, row: Row) -> list[str]:
    """Return the reports that a derivation is between; a lost source is none."""
    ends = [told.witnesses[row[end]].get("report") for end in ("parent", "child")]
    return [r for r in ends if r]


def role_words(row: Row) -> str | None:
    """Return what a source is: the office or description that reports give it, else its kind; a person is not called that."""
    return wording.office(row["name"], row.get("names", [])) if row["role"] == "person" and row.get("name") else row.get("role")


def figures(told: ShownStory, claim: Row, most: int | None = None) -> list[View]:
    """Return the figures of a claim, each with the letters of the first reports that have it, and how many have it besides."""
    order = list(told.sigla)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for m in sorted(claim.get("members", []), key=lambda m: order.index(m["report"])):
        if words := wording.figure_words(m.get("figure")):
            found[words][told.sigla[m["report"]]] = None
    return [{"words": w, "sigla": list(s)[:most], "more": len(s) - len(list(s)[:most])} for w, s in found.items()]


def sides(told: ShownStory, claim: Row, stance: Mapping[str, str]) -> list[View]:
    """Return the sides of a claim that its figures do not tell: whose words they are, as one report has them, and in which ones.

    None where the reports agree, or may.
    """
    if claim["relation"] not in _PARTED or len(figures(told, claim)) > 1:
        return []
    found = []
    for members in parted.sides(claim, told.sigla, stance, told.source_of):
        who = wording.named(dict.fromkeys(s for m in members if (s := told.source_of.get(m["statement"] or ""))), told.names)
        if quote := told.quote(members[0]):
            letters = list(dict.fromkeys(told.sigla[m["report"]] for m in members))
            more = max(0, len(letters) - _LETTERS)
            found.append({**quote, "who": who[:_SPEAKERS], "sigla": letters[:_LETTERS], "more": more})
    return found[:_SIDES]


def source(told: ShownStory, row: Row, most: int | None = None) -> View:
    """Return a source with the first of what it said in this story, all of it without `most`."""
    said = told.said[row["id"]]
    quotes = [{**q, "caveat": s.get("caveat"), "negated": s.get("negated")} for s in said[:most] if (q := told.said_words(s))]
    return {
        "id": row["id"], "name": row.get("name") or "unnamed source", "role": role_words(row),
        "names": [n for n in row.get("names", []) if n != row.get("name")], "said": quotes, "statements": len(said),
    }  # fmt: skip
