"""From an account of one story to its brief: sections of template words and quotations, the best supported claims first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stemma.findings.kinds import (
    DISPUTED_CLAIM,
    FIGURE_CONFLICT,
    FIGURE_UPDATED,
    KINDS,
    SHARED_TEXT,
    SINGLE_SOURCE,
    UNCREDITED_COPY,
    Kind,
)
from stemma.show.brief.desk import APART, Desk, Support, bears_out, is_view, mainly_from, told_apart
from stemma.show.openings import openings
from stemma.show.quotes import LONGEST, Group, Line, Quote, Section, Span, passage, repeats
from stemma.show.wording import Row, clean, counted, figure_words, headline, opposed, report_name, witness_name

_MARKS = frozenset('“”"«»')
"""What stands between these is a quotation, checked as such: no sentence of a finding may bring its own."""
_OWN = re.compile(r"\b(?:I|we|We|my|My|our|Our|me|us)\b")
_HALF = re.compile(
    r"^(?:(?:in|of|to|from|for|with|by|at|on) wh(?:ich|om)|only|after|before|when|while|for|because|as|that|which|who|than)\b|"
    r"^until\b|\?$|^\W*(?:\S+\s+){0,2}\S+$|"
    r"^(?:\S+ ){0,2}(?:years?|months?|weeks?|days?|hours?|minutes?|shortly|soon|just) (?:after|before)\b[^,]*$",
    re.IGNORECASE,
)
"""Words that open no sentence of their own, a question, or three words at the most."""
_POINTS = re.compile(
    r"(?:he|she|they|his|her|their|its|this|that|these|those|it(?! (?:took|takes|is|was|will be|would be)\b))\b", re.IGNORECASE
)
"""How words begin that somebody reads in vain who has not read what stood before them."""
OPENINGS, DISPUTED, CHANGED, UNVERIFIED, LOST = 2, 6, 4, 5, 5
"""Lines of each section."""
_ENDS = re.compile(r"[.!?…][”\"’')]*\s+|\n")
"""Where a sentence ends."""
_BETWEEN = {"altered quotation": " against ", "figure sharpened": " where the other has "}
_ELSEWHERE = {kind.name for kind in (FIGURE_CONFLICT, DISPUTED_CLAIM, SINGLE_SOURCE, SHARED_TEXT)}
"""Kinds of findings that stand in sections of their own."""
KNOWN, SOURCES, EACH = 8, 5, 3
"""Lines of what is known, claimants, and lines of each: a brief is short."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief of one story: title, one line of figures, sections, and the reports that it cites."""

    story: str
    title: str
    headline: str
    sections: tuple[Section, ...]
    reports: tuple[Row, ...]


def compose(account: Mapping[str, Any]) -> Brief:
    """Return the brief of an account of one story; every quotation in it is cut from the text of its report."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    desk = Desk(story, reports)
    # What is disputed, overtaken or doubted is taken first, so that no section prints it as known.
    against, overtaken, doubted = disputed(desk), changed(desk), unverified(desk)
    opens, known, claimed = _opening(desk), _known(desk), _claimed(desk)
    title = clean(story.get("title") or "(no title)")
    cited = tuple(_cited(reports[r], siglum) for r, siglum in desk.signs.items())
    sections = (opens, _whose_words(desk), known, claimed, against, overtaken, doubted, lost(desk))
    return Brief(story["id"], title, headline(story), sections, cited)


def not_found(brief: Brief) -> str | None:
    """Return the sentence that names the sections for which nothing was found."""
    empty = [s.title[:1].lower() + s.title[1:] for s in brief.sections if not s.groups]
    return f"Not found, though the pages may hold it: {'; '.join(empty)}." if empty else None


def left_out(section: Section) -> str | None:
    """Return the sentence that says how much of a section the brief leaves out."""
    return f"And {counted(section.more, 'more line')}, in the account." if section.more else None


def _opening(desk: Desk) -> Section:
    """The event in the words of the report that opens with most of what all open with, and of one of another origin."""
    origin = mainly_from(desk.story)
    told: dict[str, Quote] = {}
    for words in openings(desk.story, desk.reports):
        begun, language = origin.get(words.report, words.report), desk.reports[words.report].get("language")
        again = any(bears_out(q.words, words.words, language) for q in told.values())
        if begun not in told and not again and not _POINTS.match(words.words):
            told[begun] = words
    lines = [Line((q, f" – {report_name(desk.reports[q.report])}.")) for q in list(told.values())[:OPENINGS]]
    means = "The beginnings of the reports that hold most of what all begin with."
    return Section("opening", "What the reports open with", means, "No report has a paragraph to open with.", plain(lines))


def _whose_words(desk: Desk) -> Section:
    """What rests on one source or one text: sentences of findings, but for those that print words of reports inside them."""
    told = [f["message"] for f in desk.story.get("findings", []) if f["kind"] in (SINGLE_SOURCE.name, SHARED_TEXT.name)]
    lines = [Line((words,)) for words in told if _MARKS.isdisjoint(words)]
    means = "Reports that have the same words or the same source from one place say a thing once."
    return _section("source", "What it rests on", means, "No source was found on which several reports rest.", lines, SOURCES)


def _known(desk: Desk) -> Section:
    lines: list[Line] = []
    more = 0
    for support in _open(desk):
        words, borne = desk.words(support) or (None, support)
        # "I was buying onions" is what one person says of himself, whoever prints it; "when it left" is half a sentence.
        if words is None or not borne.known or _OWN.search(words.words) or _is_half(words.words) or is_view(words.words):
            continue
        if len(lines) < KNOWN:
            told = ", ".join(f"{s} {report_name(desk.reports[r])}" for r, s in desk.signs.items() if r in borne.reports)
            behind = f" – {borne.words()}: {told}"
            lines.append(desk.take(Line((words, behind, *_verification(desk, borne), "."), (support.claim["id"],))))
        else:
            more += 1
    means = (
        "Two independent origins carry it in much the same words, one of them a newsroom that says it itself; or a "
        "report says who verified it. Where a line names nobody who verified it, no report does."
    )
    return Section(
        "known", "What is known", means, "No claim was found that stands on two independent grounds.", plain(lines), more
    )


def _claimed(desk: Desk) -> Section:
    """By claimant: the one source, or the one origin, that stands behind a claim, however many reports print it."""
    by_claimant: dict[str, list[tuple[Quote, Support]]] = {}
    for support in _open(desk):
        words, borne = desk.words(support) or (None, support)
        given = words and not _is_half(words.words) and not borne.known and desk.given_by(borne, words)
        if words and given and len(given[1].reports) > 1:
            by_claimant.setdefault(given[0], []).append((words, given[1]))
    groups: list[Group] = []
    more = 0
    for claimant, mine in sorted(
        by_claimant.items(), key=lambda item: (item[1][0][1].rank, not item[1][0][1].sources, -len(item[1]))
    ):
        lines: list[Line] = []
        for words, borne in mine:
            if repeats(words, desk.used):
                continue
            if len(lines) < EACH and len(groups) < SOURCES:
                lines.append(desk.take(Line((words, f" – {borne.words()}."), (borne.claim["id"],))))
            else:
                more += 1
        groups += [Group(_claimant(desk, claimant), tuple(lines))] if lines else []
    means = (
        "The reports that are counted have each of these from one source, or from one newsroom, whatever their own origins "
        "are; no report names anybody who verified it."
    )
    none = "No claim was found that rests on one source alone."
    return Section("claimed", "What is claimed, and by whom", means, none, tuple(groups), more)


def _is_half(words: str) -> bool:
    return bool(_HALF.search(words) or _POINTS.match(words))


def _claimant(desk: Desk, claimant: str) -> str:
    if claimant in {s["id"] for s in desk.story.get("sources", [])}:
        return desk.names.get(claimant, claimant)
    witness = next((w for w in desk.story.get("witnesses", []) if w["id"] == claimant), {"report": claimant})
    lost = witness.get("report") is None
    # Who rests on a lost text may have laid it anew: the words are a report's, and that one is named behind them.
    return f"{witness_name(witness, desk.reports)}, {'or who rests on it' if lost else 'in its own words'}"


def _verification(desk: Desk, support: Support) -> Iterable[str | Quote]:
    """Who verified a claim, in a report's own words where it says so in a sentence of its own."""
    if not support.verified:
        return ()
    for member in desk.members(support.claim):
        statement = desk.statement(member)
        if statement and str(statement.get("caveat") or "").startswith("verified") and statement.get("caveat_span"):
            words = desk.quote(member["report"], *statement["caveat_span"])
            if words:
                return ("; verified: ", words)
    return (f"; verified by {', '.join(clean(v) for v in support.claim['verified_by'])}",)


def _open(desk: Desk) -> list[Support]:
    """The claims that no section has printed; one that a later report overtook is not printed as known."""
    return [s for s in desk.supports if s.claim["id"] not in desk.told and s.claim["relation"] != "updated"]


def _cited(report: Row, siglum: str) -> dict[str, Any]:
    facts = {key: report.get(key) for key in ("id", "url", "location", "published", "modified", "sha256")}
    return {"siglum": siglum, "name": report_name(report), **facts}


def plain(lines: Sequence[Line]) -> tuple[Group, ...]:
    """Return lines without a heading."""
    return (Group(None, tuple(lines)),) if lines else ()


def disputed(desk: Desk) -> Section:
    """Return the claims that cannot all be true, and the stories that one tells and another denies, a quotation for each side."""
    told = _told_by(desk, DISPUTED_CLAIM, FIGURE_CONFLICT)
    apart = [s for s in desk.supports if s.claim["relation"] in APART and s.claim["id"] in told]
    why = {"disputed": "Sources contradict each other", "conflict": "At one time these cannot both be true"}
    lines = [line for s in apart for line in [_sides(desk, s, why[s.claim["relation"]])] if line]
    denied = [f for f in desk.story.get("findings", []) if f["kind"] == DISPUTED_CLAIM.name]
    lines += [line for f in denied if f.get("claim") not in desk.told for line in [_denial(desk, f)] if line]
    means = "What is said of one thing cannot all be true."
    return _section(
        "disputed",
        "What is disputed",
        means,
        "No dispute was found; the pages may hold one that was not read as such.",
        lines,
        DISPUTED,
    )


def changed(desk: Desk) -> Section:
    """Return the claims that a later report tells otherwise."""
    told = _told_by(desk, FIGURE_UPDATED)
    counts = [s for s in desk.supports if s.claim["relation"] == "updated" and s.claim["id"] in told]
    lines = [line for s in counts for line in [_sides(desk, s, "Told otherwise later")] if line]
    means = "Counts in the order of the reports' dates; the later report may be right, and the earlier ones out of date."
    return _section(
        "changed", "What has changed", means, "No claim was found that a later report tells otherwise.", lines, CHANGED
    )


def unverified(desk: Desk) -> Section:
    """Return the sentences in which reports say that they could not verify something; what a copy repeats is left out."""
    order = list(desk.signs)
    doubts: dict[str, Line] = {}
    for s in sorted(desk.statements.values(), key=lambda s: (order.index(s["report"]), s["content"])):
        if str(s.get("caveat") or "").startswith("unverified") and s.get("caveat_span"):
            words = desk.quote(s["report"], *_doubted(desk.reports[s["report"]]["text"], *s["caveat_span"]))
            if words:
                doubts.setdefault(words.words.lower(), Line((desk.names[s["report"]], " says: ", words, ".")))
    lines = [desk.take(line) for line in doubts.values()]
    means = "The report says itself that it could not verify it."
    none = "No report was found to say of a claim that it could not verify it."
    return _section("unverified", "What nobody has verified", means, none, lines, UNVERIFIED)


def _doubted(text: str, start: int, end: int) -> Span:
    """The sentence of a doubt, and the one before it where it only points to what it doubts; the doubt alone in a long one."""
    begins = _sentence_start(text, start)
    past = _ENDS.search(text, end)
    if _POINTS.match(text, begins) and begins and text[begins - 1] != "\n":
        begins = _sentence_start(text, begins - 1)
    whole = begins, past.start() + 1 if past and past[0] != "\n" else past.start() if past else len(text)
    return whole if whole[1] - whole[0] <= LONGEST else (start, end)


def _sentence_start(text: str, at: int) -> int:
    return max((m.end() for m in _ENDS.finditer(text, 0, at)), default=0)


def lost(desk: Desk) -> Section:
    """Return what copies changed or dropped, if not slight, with the words that prove it: the findings' own sentences abridge.

    Conflicts, disputes and what rests on one source stand in sections of their own.
    """
    lines = []
    for finding in desk.story.get("findings", []):
        if finding.get("severity") != "low" and finding["kind"] not in _ELSEWHERE:
            line = _altered(desk, finding)
            lines += [line] if line else []
    means = "Grave changes between a copy and what it was copied from; the account has the others."
    return _section("lost", "What was altered or lost on the way", means, "No grave change was found.", lines, LOST)


def _sides(desk: Desk, support: Support, why: str) -> Line | None:
    """One quotation for each source when two are set against each other, else for each figure."""
    sides = _by_source(desk, support) if support.claim["relation"] == "disputed" else {}
    sides = sides if len(sides) > 1 else _by_figure(desk, support)
    if len(sides) < 2 or all(repeats(q, desk.used) for _, q in sides.values()):
        return None
    parts: list[str | Quote] = [f"{why} ({support.words()}): "]
    for n, (who, words) in enumerate(sides.values()):
        parts += [f"; {who}: " if n else f"{who}: ", words]
    return desk.take(Line((*parts, "."), (support.claim["id"],)))


def _denial(desk: Desk, finding: Row) -> Line | None:
    """What one report says and another denies, in words of both."""
    evidence = finding.get("evidence", [])
    places = [e for e in (*evidence[-1:], *evidence[:1]) if e["report"] in desk.names]
    found = [(desk.names[e["report"]], q) for e in places if (q := desk.quote(e["report"], e["start"], e["end"]))]
    if len(found) < 2 or all(repeats(q, desk.used) for _, q in found):
        return None
    (teller, told), (denier, denied) = found
    parts = (f"One says what another denies: {teller}: ", told, f"; {denier}: ", denied, ".")
    return desk.take(Line(parts, (finding["claim"],) if finding.get("claim") else ()))


def _by_source(desk: Desk, support: Support) -> dict[str, tuple[str, Quote]]:
    apart = told_apart(support.sources, desk.names)
    found: dict[str, tuple[str, Quote]] = {}
    for member in desk.members(support.claim):
        source = (desk.statement(member) or {}).get("source")
        words = _member(desk, member)
        if source in apart and source not in found and words:
            found[source] = (desk.names[source], words)
    return found


def _by_figure(desk: Desk, support: Support) -> dict[str, tuple[str, Quote]]:
    found: dict[str, tuple[str, Quote]] = {}
    members = opposed(list(desk.members(support.claim)))
    if support.claim["relation"] == "updated":
        members = sorted(members, key=lambda m: str(desk.reports[m["report"]]["published"] or ""))
    for member in members:
        source = (desk.statement(member) or {}).get("source")
        who = desk.names[source] if source else report_name(desk.reports[member["report"]])
        words = _member(desk, member)
        if words:
            found.setdefault(figure_words(member.get("figure")) or who, (who, words))
    return found


def _member(desk: Desk, member: Row) -> Quote | None:
    report, place = member["report"], (member["start"], member["end"])
    words = passage(desk.reports[report], desk.signs[report], place, desk.statement(member), wide=False)
    return words or desk.quote(report, *place)


def _told_by(desk: Desk, *kinds: Kind) -> set[str | None]:
    """The claims of which a finding tells: claims alone part where a careful reader sees two things, or one."""
    names = {kind.name for kind in kinds}
    return {f.get("claim") for f in desk.story.get("findings", []) if f["kind"] in names}


def _altered(desk: Desk, finding: Row) -> Line | None:
    dropped = finding["kind"].startswith("dropped")
    evidence = finding.get("evidence", [])
    chosen = [*evidence[:1], *(evidence[-1:] if dropped else evidence[1:2])]
    proof = [q for e in chosen for q in [desk.quote(e["report"], e["start"], e["end"])] if q]
    if not proof:
        return None
    if finding["kind"] == UNCREDITED_COPY.name and _MARKS.isdisjoint(finding["message"]):
        # The author may be a source whose text is on no page: the finding's sentence names him.
        return Line((f"{finding['message'].rstrip('.')}: ", proof[0], *((" as in ", proof[1]) if len(proof) > 1 else ()), "."))
    about = ", ".join(desk.names[r] for r in finding["reports"])
    between = " without " if dropped else _BETWEEN.get(finding["kind"], "; ")
    joined = dropped or finding["kind"] in _BETWEEN
    # What no word between two quotations says is said before them.
    meant = "" if joined else f" ({_meaning(finding['kind'])})"
    parts: list[str | Quote] = [f"{finding['kind'].capitalize()}, {about}{meant}: ", proof[0]]
    parts += [between, proof[1]] if len(proof) > 1 else []
    return Line((*parts, "."), (finding["claim"],) if finding.get("claim") else ())


def _meaning(kind: str) -> str:
    meaning = KINDS[kind].meaning.rstrip(".")
    return meaning[:1].lower() + meaning[1:]


def _section(key: str, title: str, means: str, none: str, lines: Sequence[Line], most: int) -> Section:
    return Section(key, title, means, none, plain(lines[:most]), len(lines[most:]))
