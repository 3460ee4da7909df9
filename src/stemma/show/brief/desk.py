"""The story while its brief is put together: how well claims are supported, and by whose words; what was printed already."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from stemma.show.quotes import Line, Quote, Span, around, passage, quote, repeats
from stemma.show.wording import Row, counted, figure_range, names, report_name, sigla
from stemma.text.numbers import NUMBER, read_number
from stemma.text.stems import meanings

COVERED = 0.6
"""Share of a passage that claims must cover before it stands for one of them."""
_TRIED = 8
"""Members whose words are tried."""

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

    @property
    def known(self) -> bool:
        """Whether two origins of two outlets carry it on two grounds, one a newsroom's own, or it was verified; none doubts it.

        What every report gives to somebody is his claim, under however many names he has.
        """
        grounds = len(self.sources) + len(self.stated_by)
        several = len(self.claim.get("origins", [])) > 1 and grounds > 1 and len(self.claim["outlets"]) > 1
        return not self.doubted and self.claim["relation"] not in APART and ((several and bool(self.stated_by)) or self.verified)

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
        self.supports = supports(self.story, self.reports)
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

    def words(self, support: Support) -> tuple[Quote, Support] | None:
        """Return the words that stand for a claim, and the claim as the reports carry it whose own words bear these out.

        Of passages that equally many bear out the one is taken that is most like the claim's summary; None without any, or when
        it was printed.
        """
        called = set(re.findall(r"\w+", support.claim["summary"].lower()))

        def unlike(member: Row) -> int:
            text = self.reports[member["report"]]["text"][member["start"] : member["end"]]
            return len(called ^ set(re.findall(r"\w+", text.lower())))

        found = []
        for member in sorted(self.members(support.claim), key=unlike)[:_TRIED]:
            place, statement = (member["start"], member["end"]), self.statement(member)
            wide = self._stands_for(support, member["report"], around(place, statement))
            words = passage(self.reports[member["report"]], self.signs[member["report"]], place, statement, wide)
            if words and not is_post(words.words):
                found.append((words, self._borne(support, words)))
        best = max(found, key=lambda one: len(one[1].reports), default=None)
        return best if best and not repeats(best[0], self.used) else None

    def given_by(self, support: Support, words: Quote) -> tuple[str, Support] | None:
        """Return who says words in their own report, and the claim without the reports that have it from somebody else.

        Of what a newsroom says itself: its origin. None where their report does not say who.
        """
        known_as = {s["id"]: str(s.get("name") or "") for s in self.story.get("sources", [])}
        told, origin = _statements_by_report(self.story), mainly_from(self.story)
        behind: dict[str, set[str]] = defaultdict(set)
        mine = None
        for m in support.claim["members"]:
            source, own = voice(m, self.reports[m["report"]], told.get(m["report"], []), known_as)
            who = source or (origin.get(m["report"], m["report"]) if own else None)
            behind[m["report"]] |= {who} if who else set()
            if m["report"] == words.report and m["start"] < words.end and words.start < m["end"]:
                mine = mine or who
        if mine is None:
            return None
        out = {r for r in support.reports if behind[r] and all(len(told_apart((mine, who), known_as)) > 1 for who in behind[r])}
        return mine, _without(support, out, self.story, self.reports)

    def _borne(self, support: Support, words: Quote) -> Support:
        """A claim without the reports, in the language of a passage, whose own words do not bear it out."""
        language = self.reports[words.report].get("language")
        said: dict[str, str] = defaultdict(str)
        for m in support.claim["members"]:
            start, end = around((m["start"], m["end"]), self.statement(m))
            said[m["report"]] += self.reports[m["report"]]["text"][min(start, m["start"]) : max(end, m["end"])] + "\n"
        out = {
            r for r, own in said.items()
            if r != words.report and self.reports[r].get("language") == language and not bears_out(own, words.words, language)
        }  # fmt: skip
        return _without(support, out, self.story, self.reports) if out else support

    def _stands_for(self, support: Support, report: str, span: Span) -> bool:
        """Whether all that a passage claims is carried at least as widely as one of its claims: then it may be quoted whole."""
        covered: set[int] = set()
        for other in self.supports:
            inside = [m for m in other.claim["members"] if m["report"] == report and span[0] <= m["start"] < span[1]]
            if inside and not set(support.reports) <= set(other.reports):
                return False
            covered.update(at for m in inside for at in range(m["start"], min(m["end"], span[1])))
        return len(covered) >= COVERED * (span[1] - span[0])


def supports(story: Row, reports: Mapping[str, Row]) -> list[Support]:
    """Return how each claim of a story is supported, the best supported first, then in the order of the account.

    A claim whose numbers may count two things is left out: a brief would print one of them as what all say.
    """
    told = _statements_by_report(story)
    found = (_support(c, story, reports, told) for c in story.get("claims", []) if not _may_be_two(c))
    return sorted(found, key=lambda s: s.rank)


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


def _statements_by_report(story: Row) -> dict[str, list[Row]]:
    told: dict[str, list[Row]] = defaultdict(list)
    for statement in story.get("statements", []):
        told[statement["report"]].append(statement)
    return told


def _support(claim: Row, story: Row, reports: Mapping[str, Row], told: Mapping[str, list[Row]]) -> Support:
    known_as = {s["id"]: str(s.get("name") or "") for s in story.get("sources", [])}
    origin = mainly_from(story)
    sources: Counter[str] = Counter()
    stated: list[str] = []
    doubted = False
    for member in claim.get("members", []):
        mine = told.get(member["report"], [])
        source, own = voice(member, reports[member["report"]], mine, known_as)
        sources.update([source] if source else [])
        stated += [origin.get(member["report"], member["report"])] if own else []
        doubted = doubted or any(s["id"] == member["statement"] and str(s.get("caveat") or "").startswith(DOUBTS) for s in mine)
    carried = tuple(sorted({m["report"] for m in claim.get("members", [])}))
    named = told_apart((s for s, _ in sources.most_common()), known_as)
    return Support(claim, carried, named, tuple(dict.fromkeys(stated)), doubted)


def _without(support: Support, out: Collection[str], story: Row, reports: Mapping[str, Row]) -> Support:
    """A claim as the other reports carry it: with the origins that those are mostly from."""
    members = [m for m in support.claim["members"] if m["report"] not in out]
    left, origin = dict.fromkeys(m["report"] for m in members), mainly_from(story)
    origins = list(dict.fromkeys(origin.get(r, r) for r in left))[: len(support.claim.get("origins", []))]
    outlets = list(dict.fromkeys(str(reports[r].get("outlet") or report_name(reports[r])) for r in left))
    claim = {**support.claim, "members": members, "origins": origins, "outlets": outlets}
    return _support(claim, story, reports, _statements_by_report(story))


def told_apart(sources: Iterable[str], known_as: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sources whose names are not part of one another: "the mayor" of two reports is counted once."""
    kept: dict[str, set[str]] = {}
    for source in dict.fromkeys(sources):
        name = set(known_as.get(source, source).lower().split())
        if not any(name <= other or other <= name for other in kept.values()):
            kept[source] = name
    return tuple(kept)


BORNE = 0.6
"""Share of a passage's words, synonyms as one, that a report must have to bear it out."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NUMBER = re.compile(rf"(?<![\w.,])(?:{NUMBER})", re.IGNORECASE)
_CLOSING = re.compile(r"\s?[\"”»’']")
_SAID = re.compile(r"\b(?:said|says|told|added|wrote|according to)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\(@[\w.]+\)|\bpic\.twitter\.com/|https?://", re.IGNORECASE)
_HEADS = ("title", "deck")
"""Where a newsroom sums up in its own words what no statement is read from."""
_VIEW = re.compile(r"\b(?:should|ought|hopefully|maybe|perhaps|looks? like|seems?|let['’]s|sadly)\b|!|\?", re.IGNORECASE)
"""How a wish, a guess, a view or a cry is put; what it says is nobody's knowledge."""


def bears_out(said: str, passage: str, language: str | None) -> bool:
    """Whether words of one report have every number of a passage and most of its words, also of those that are no names."""
    if not _numbers(passage) <= _numbers(said):
        return False
    held = meanings(_WORD.findall(said), language)
    words = _WORD.findall(passage)
    plain = meanings((w for w in words if w.islower()), language)
    whole = meanings(words, language)
    return all(len(meant & held) >= BORNE * len(meant) for meant in (whole, plain))


def is_post(words: str) -> bool:
    """Whether words hold the signature or the link of a post: then they are somebody's, and the page's scaffolding."""
    return bool(_SIGNED.search(words))


def is_view(words: str) -> bool:
    """Whether words put a wish, a guess or a view."""
    return bool(_VIEW.search(words))


def voice(member: Row, report: Row, told: Iterable[Row], known_as: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the source whose words a member is in its report, or None, and whether the report itself states it.

    `told` are the statements of the report. Words in a quotation that nobody closed are those of whoever began it; words that
    say who said them ("the plant held ten tonnes, Holm said") are the newsroom's in no case.
    """
    told, text = list(told), report["text"]
    own = next((s for s in told if s["id"] == member["statement"]), None)
    if own is not None and own.get("source"):
        return own["source"], False
    for other in told:
        spans = other.get("quotations", []) if other.get("source") else []
        for (_, a), (b, _) in pairwise(spans):
            if a <= member["start"] and member["end"] <= b and not _CLOSING.match(text, a):
                return other["source"], False
    cue = _SAID.search(text, member["start"], member["end"])
    if cue:
        near = text[max(0, cue.start() - 40, member["start"]) : cue.end() + 40].casefold()
        return next((s for s, name in known_as.items() if name and name.split()[-1].casefold() in near), None), False
    if own is None:
        return None, any(b["role"] in _HEADS and b["start"] <= member["start"] < b["end"] for b in report.get("blocks", []))
    quoted = any(s <= member["start"] and member["end"] <= e + 1 for s, e in own.get("quotations", []))
    return None, not own["attributed"] and not quoted


def _numbers(words: str) -> set[float]:
    return {value for m in _NUMBER.finditer(words) if (value := read_number(m[0])) is not None}
