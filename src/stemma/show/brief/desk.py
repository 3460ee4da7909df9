"""The story while its brief is put together: how well claims are supported, where words are found, what was printed already."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stemma.show.brief.quotes import Line, Quote, Span, around, passage, quote, repeats
from stemma.show.wording import Row, counted, figure_range, named, names, sigla
from stemma.text.language import stop_words
from stemma.text.stems import meaning, stem

COVERED = 0.6
"""Share of a passage that claims must cover before it stands for one of them."""
MEANT = 0.45
"""Share of a passage's words, synonyms as one, that each report of its claim must have: else it stands not for what all say."""


DOUBTS = ("unverified", "denied", "alleged")
APART = ("conflict", "disputed")


@dataclass(frozen=True, slots=True)
class Support:
    """A claim with the sources that are named for it and the origins that state it themselves, by id."""

    claim: Row
    reports: tuple[str, ...]
    sources: tuple[str, ...]
    stated_by: tuple[str, ...]
    doubted: bool
    spoken: bool

    @property
    def known(self) -> bool:
        """Whether two origins of two outlets carry it on two grounds, or somebody verified it, and no report doubts it.

        What all print inside marks ("This is so great") is somebody's word, whoever else says it too.
        """
        grounds = len(self.sources) + len(self.stated_by)
        several = len(self.claim.get("origins", [])) > 1 and grounds > 1 and len(self.claim["outlets"]) > 1
        return not self.doubted and not self.spoken and self.claim["relation"] not in APART and (several or self.verified)

    @property
    def verified(self) -> bool:
        """Whether a report says who verified it."""
        return bool(self.claim.get("verified_by"))

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return what claims are ordered by, the best supported first: origins, grounds, reports."""
        return -len(self.claim.get("origins", [])), -len(self.sources) - len(self.stated_by), -len(self.reports)

    def words(self) -> str:
        """Return "6 reports, 3 origins"."""
        return f"{counted(len(self.reports), 'report')}, {counted(len(self.claim.get('origins', [])), 'origin')}"


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
            if words and self._all_say(support, words):
                return None if repeats(words, self.used) else words
        return None

    def _all_say(self, support: Support, words: Quote) -> bool:
        """Whether every report of a claim, in the language of the passage, has most of its words: not its number alone."""
        language = self.reports[words.report].get("language")
        meant = _content(words.words, language)
        held: dict[str, set[str]] = defaultdict(set)
        for m in support.claim["members"]:
            start, end = around((m["start"], m["end"]), self.statement(m))
            held[m["report"]] |= _content(
                self.reports[m["report"]]["text"][min(start, m["start"]) : max(end, m["end"])], language
            )
        mine = (r for r in held if self.reports[r].get("language") == language and r != words.report)
        return all(len(meant & held[r]) >= MEANT * len(meant) for r in mine)

    def _stands_for(self, support: Support, report: str, span: Span) -> bool:
        """Whether all that a passage claims is carried at least as widely as one of its claims: then it may be quoted whole."""
        covered: set[int] = set()
        for other in self.supports:
            inside = [m for m in other.claim["members"] if m["report"] == report and span[0] <= m["start"] < span[1]]
            if inside and not set(support.reports) <= set(other.reports):
                return False
            covered.update(at for m in inside for at in range(m["start"], min(m["end"], span[1])))
        return len(covered) >= COVERED * (span[1] - span[0])


def _content(words: str, language: str | None) -> set[str]:
    idle = stop_words(language or "en")
    return {meaning(stem(w, language)) for w in re.findall(r"[\w’']+", words) if w.casefold() not in idle}


def supports(story: Row) -> list[Support]:
    """Return how each claim of a story is supported, the best supported first, then in the order of the account.

    A claim whose numbers may count two things is left out: a brief would print one of them as what all say.
    """
    statements = {s["id"]: s for s in story.get("statements", [])}
    origin, known_as = mainly_from(story), {s["id"]: str(s.get("name") or "") for s in story.get("sources", [])}
    found = (_support(c, statements, origin, known_as) for c in story.get("claims", []) if not _may_be_two(c))
    return sorted(found, key=lambda s: s.rank)


def grounds(support: Support, names: Mapping[str, str]) -> str:
    """Return who stands behind a claim, in words."""
    said = ", ".join(named(support.sources, names))
    own = ", ".join(named(support.stated_by, names))
    parts = [f"said by {said}"] if said else []
    parts += [f"stated without a source by {own}"] if own else []
    return "; ".join(parts)


def mainly_from(story: Row) -> dict[str, str]:
    """Return the witness of the origin that each report's own sentences are mostly from, by report."""
    witness = {w["report"]: w["id"] for w in story.get("witnesses", []) if w.get("report")}
    shares: dict[str, tuple[float, str]] = {}
    for origin in story.get("origins", []):
        for d in origin.get("descendants", []):
            shares[d["report"]] = max(shares.get(d["report"], (0.0, "")), (d["share"], origin["witness"]))
    return {r: shares[r][1] if shares.get(r, (0.0, ""))[0] >= 0.5 else w for r, w in witness.items()}


def _may_be_two(claim: Row) -> bool:
    """Whether a claim is doubtful, or members' numbers are apart in one that is called compatible."""
    if claim.get("doubtful"):
        return True
    ranges = [r for m in claim.get("members", []) if (r := figure_range(m.get("figure")))]
    return claim["relation"] == "compatible" and any(a[1] < b[0] and a[2] == b[2] for a in ranges for b in ranges)


def _support(claim: Row, statements: Mapping[str, Row], origin: Mapping[str, str], known_as: Mapping[str, str]) -> Support:
    sources: list[str] = []
    stated: list[str] = []
    doubted, spoken = False, True
    for member in claim.get("members", []):
        statement = statements.get(member["statement"] or "")
        if statement is None:
            continue
        if statement.get("source"):
            sources.append(statement["source"])
        elif not statement["attributed"]:
            stated.append(origin.get(member["report"], member["report"]))
        spoken = spoken and any(s <= member["start"] and member["end"] <= e + 1 for s, e in statement.get("quotations", []))
        doubted = doubted or str(statement.get("caveat") or "").startswith(DOUBTS)
    reports = tuple(sorted({m["report"] for m in claim.get("members", [])}))
    return Support(claim, reports, told_apart(sources, known_as), tuple(dict.fromkeys(stated)), doubted, spoken)


def told_apart(sources: Iterable[str], known_as: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sources whose names are not part of one another: "the mayor" of two reports is counted once."""
    kept: dict[str, set[str]] = {}
    for source in dict.fromkeys(sources):
        name = set(known_as.get(source, source).lower().split())
        if not any(name <= other or other <= name for other in kept.values()):
            kept[source] = name
    return tuple(kept)
