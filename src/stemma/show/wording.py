"""Numbers, names, times and kinds as a reader should read them, the same in terminal, drawing and page."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from math import inf
from pathlib import PurePosixPath
from textwrap import shorten
from typing import Any

from stemma.text.moments import ISO, Moment
from stemma.text.normal import split_address
from stemma.text.numbers import amount, number

Row = Mapping[str, Any]

MARKED = {"verbatim": "word for word", "edited": "edited", "rewrite": "reworded", "translation": "translated"}
RELATION_MEANS = {
    "agree": "the same number and bound, or the same proposition",
    "differ": "the same number with another bound or hedge",
    "compatible": "other numbers that can both be true",
    "updated": "a later state explains the difference",
    "conflict": "at one time they cannot both be true",
    "disputed": "sources contradict each other",
    "single": "one report alone says it",
}
_TITLE = 60
"""Characters of a title that tells two reports of one outlet apart."""
_TAKEN = {"verbatim": "printed", "edited": "edited", "rewrite": "reworded", "translation": "translated"}
_SHORT = 40
"""Characters of such a title inside a sentence."""
_NAMED = 3
"""Origins, and reports that have their words, that one sentence names; the others are counted."""
_COURTESY = frozenset("mr mrs ms miss dr sir madam herr frau m mme monsieur madame señor señora don doña".split())  # noqa: SIM905
_ARTICLES = frozenset(("The", "A", "An"))
_OWNERS = frozenset(("its", "his", "her", "their"))
_CAVEATS = {"hedge": "hedged", "unverified": "not verified"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNSAFE = {
    **dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys([0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xFFFE, 0xFFFF], "\ufffd"),
}


def clean(text: str) -> str:
    """Return the text with control, direction-changing and unencodable characters replaced one for one.

    A saved page may hold terminal escapes or lone surrogates; the length stays, so offsets stay right.
    """
    return text.translate(_UNSAFE)


def one_line(text: str) -> str:
    """Return the text cleaned and with every run of white space as one blank; nothing in it is a command to a log."""
    return no_command(" ".join(clean(text).split()))


def no_command(line: str) -> str:
    """Return the line so that a log of GitHub takes no part of it for a workflow command, wherever it is wrapped."""
    return line.replace("::", ":\u2060:").replace("##[", "##\u2060[")


def excerpt(text: str, start: int, end: int, limit: int = 240) -> str:
    """Return the words [start, end) on one line; a long run keeps its beginning and its end."""
    words = one_line(text[max(0, start) : max(0, end)])
    if len(words) <= limit:
        return words
    head, tail = words[: limit * 2 // 3].rsplit(" ", 1)[0], words[-limit // 3 :].split(" ", 1)[-1]
    return f"{head} … {tail}"


def counted(number: int, noun: str) -> str:
    """Return "1 report", "5 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def interval(origins: Row | None) -> str:
    """Return the number of independent origins, one number when the bounds are equal, "?" when not known."""
    if not origins or origins.get("low") is None:
        return "?"
    low, high = origins["low"], origins.get("high", origins["low"])
    return str(low) if low == high else f"{low}–{high}"


def headline(story: Row) -> str:
    """Return "5 reports, 3–4 independent origins", how there can be more origins than reports, and of how many these are some."""
    found = story.get("independent_origins")
    origins, held = interval(found), len(story["reports"])
    noun = "origin" if origins == "1" else "origins"
    lost = found is not None and (found.get("high") or 0) > held
    left = int(story.get("left_out") or 0)
    reports = f"{held:,} of {held + left:,} reports" if left else counted(held, "report")
    return f"{reports}, {origins} independent {noun}{' (sources that they cite count too)' if lost else ''}"


def left_out_words(story: Row) -> str:
    """Return which reports the account of a story of very many is made of; nothing where it is made of all."""
    if not story.get("left_out"):
        return ""
    made, left = f"The account is made of {len(story['reports']):,} reports", int(story["left_out"])
    return f"{made}: those that say most that no earlier one does, and the earliest. {left:,} more of the story are not in it."


def percent(share: float | None) -> str:
    """Return a share (0–1) in per cent; little is not called nothing, nor nearly all all."""
    if share is None:
        return "?%"
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1%"
    return "99%" if whole == 100 and share < 0.995 else f"{whole}%"


def probability(value: float | None) -> str:
    """Return a probability with two decimals; only 1 itself is shown as 1."""
    if value is None:
        return "?"
    return "1" if value >= 1 else f"{min(value, 0.99):.2f}"


def credit(edge: Row) -> str:
    """Return whether a derivation names whom it took its words from."""
    return "credited" if edge.get("credited") else "no credit"


def is_doubtful(edge: Row) -> bool:
    """Return whether it is likelier that a derivation's child took its words elsewhere, or nowhere."""
    sure = edge.get("probability")
    return sure is not None and sure < 0.5


def edge_words(edge: Row) -> str:
    """Return a derivation in one line: kind, share of the child's words, credit, probability; "perhaps" below one half."""
    kind = str(edge.get("kind") or "kind unknown")
    sure = probability(edge.get("probability"))
    return f"{'perhaps ' if is_doubtful(edge) else ''}{kind} {percent(edge.get('share'))}, {credit(edge)}, probability {sure}"


def judged_words(row: Row) -> str:
    """Return "judged right by Ann, 2031-10-04: two ferries" of something that a person judged, else nothing."""
    judged = row.get("judged")
    return f"judged {judged['verdict']} by {_who(judged)}" if judged else ""


def judgement_words(judgement: Row) -> str:
    """Return a judgement in a sentence: its verdict, what was judged, who, when and why."""
    return f"{judgement['verdict']}: {one_line(judgement['about'])} ({_who(judgement)})"


def caveat_words(caveat: str) -> str:
    """Return a statement's caveat as a reader should read it: "hedged: “might”"."""
    kind, _, words = one_line(caveat).partition(": ")
    return f"{_CAVEATS.get(kind, kind)}: “{words}”" if words else kind


def withdrawn_words(story: Row) -> str:
    """Return "1 finding withdrawn: judged wrong", or nothing where no finding was."""
    number = len(story.get("withdrawn", []))
    return f"{counted(number, 'finding')} withdrawn: judged wrong" if number else ""


def _who(judgement: Row) -> str:
    note = f": {one_line(judgement['note'])}" if judgement.get("note") else ""
    return f"{one_line(judgement['who'])}, {judgement['when'][:10]}{note}"


def chief_reason(edge: Row) -> str | None:
    """Return the sentence that says most for a derivation: its reason, else that of its heaviest sign."""
    heaviest: Row = max(edge.get("signs", []), key=lambda s: s.get("weight") or 0.0, default={})
    return one_line(str(edge.get("reason") or heaviest.get("reason") or "")) or None


def report_name(report: Row) -> str:
    """Return a report's outlet, else the host of its address, else the name of its file."""
    if report.get("outlet"):
        return one_line(str(report["outlet"]))
    for place in (report.get("url"), report.get("location")):
        if link(place):
            return one_line(split_address(str(place)).netloc.removeprefix("www."))
    return one_line(PurePosixPath(str(report.get("location") or "")).name) or "report without a name"


def witness_name(witness: Row, reports: Mapping[str, Row]) -> str:
    """Return the name of a node of the stemma: the report's, the lost source's, or "a lost source"."""
    report = witness.get("report")
    if report is not None:
        return report_name(reports.get(report, {}))
    return one_line(str(witness.get("name") or "")) or "a lost source"


def office(name: str, names: Iterable[str]) -> str | None:
    """Return the longest of the words that reports call a source by beside its name: "junior minister", "the owner"; or None."""
    own = name.casefold().split()
    found = []
    for called in names:
        words = one_line(called).split()
        if own and words and words[-1].casefold() == own[-1]:
            words = [w for w in words if w.casefold() not in own]
        if words and " ".join(words).casefold().rstrip(".") not in (*_COURTESY, name.casefold()):
            first = words[0].lower() if words[0] in _ARTICLES else words[0]
            found.append(" ".join([first, *words[1:]]))
    return max(sorted(found), key=lambda f: (f.split()[0].lower() not in _OWNERS, len(f), f[0].islower()), default=None)


def originals(story: Row, reports: Mapping[str, Row], passing: Collection[str] = ()) -> str:
    """Return who the origins are and who has their words: "3 origins: Ans (not saved here; printed by A and B), C, D".

    Those from which most reports come stand first, those that are cited in `passing` last. "" where there is nothing to tell.
    """
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    rows = sorted(story.get("origins", []), key=lambda o: (o["witness"] in passing, -len(o["descendants"])))
    if len(story["reports"]) < 2 or not rows:
        return ""
    called = {r: report_name(reports.get(r, {})) for r in sigla(story, reports)}
    called |= {r: f"{called[r]} “{shorten(title, _SHORT, placeholder=' …')}”" for r, title in apart(story, reports).items()}
    told = [_origin_words(o, witnesses.get(o["witness"], {}), called) for o in rows[:_NAMED]]
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    found = interval(story.get("independent_origins"))
    return f"{found} {'origin' if found == '1' else 'origins'}: {', '.join(told)}{more}"


def _origin_words(origin: Row, witness: Row, called: Mapping[str, str]) -> str:
    taken: dict[str, list[str]] = defaultdict(list)
    order = list(called)
    for d in sorted(origin["descendants"], key=lambda d: order.index(d["report"])):
        if not is_doubtful(d):
            taken[_TAKEN.get(d["kind"], "taken")].append(called[d["report"]])
    lost = witness.get("report") is None
    known = ["not saved here"] if lost else []
    known += [f"{how} by {_listed(taken[how])}" for how in _TAKEN.values() if how in taken]
    name = witness_name(witness, {}) if lost else called[witness["report"]]
    return f"{name} ({'; '.join(known)})" if known else name


def _listed(words: Sequence[str]) -> str:
    """Return "A, B and C", the first three and how many more."""
    if len(words) > _NAMED:
        words = [*words[:_NAMED], f"{len(words) - _NAMED:,} more"]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def apart(story: Row, reports: Mapping[str, Row]) -> dict[str, str]:
    """Return the titles, shortened, of those reports of a story whose name another of them has too, by report id."""
    called = {r: report_name(reports.get(r, {})) for r in story["reports"]}
    often = Counter(called.values())
    titles = {r: one_line(str(reports.get(r, {}).get("title") or "")) for r in called if often[called[r]] > 1}
    return {r: shorten(title, _TITLE, placeholder=" …") for r, title in titles.items() if title}


def sigla(story: Row, reports: Mapping[str, Row]) -> dict[str, str]:
    """Return the siglum of every report of a story, by report id, in the order of the sigla."""
    known = {w["report"]: str(w.get("siglum") or "?") for w in story.get("witnesses", []) if w.get("report")}
    found = {r: known.get(r) or str(reports.get(r, {}).get("siglum") or "?") for r in story["reports"]}
    return dict(sorted(found.items(), key=lambda item: (len(item[1]), item[1])))


def figure_words(figure: object) -> str | None:
    """Return a member's figure in words ("more than 400"), or None when it has none.

    A figure comes as the object of tables.Figure, as its JSON, or as words.
    """
    if isinstance(figure, str):
        try:
            figure = json.loads(figure)
        except ValueError:
            return one_line(str(figure)) or None
    if isinstance(figure, (int, float)) and not isinstance(figure, bool):
        return number(figure)
    if not isinstance(figure, Mapping) or figure.get("value") is None:
        return None
    return amount(figure["value"], figure.get("unit"), figure.get("bound", ""), figure.get("low"), figure.get("high"))


def figure_range(figure: object) -> tuple[float, float, str | None] | None:
    """Return the least and the greatest value of a member's figure and its unit, or None when it has none."""
    try:
        known = json.loads(figure) if isinstance(figure, str) else figure
    except ValueError:
        return None
    if not isinstance(known, Mapping) or known.get("value") is None:
        return None
    low, high = known.get("low"), known.get("high")
    return (-inf if low is None else low), (inf if high is None else high), known.get("unit")


def opposed(members: Sequence[Row]) -> Sequence[Row]:
    """Return members whose figures cannot all be true without those that fit all others: "dozens" beside 58 and 59."""
    ranges = [figure_range(m.get("figure")) for m in members]
    known = [r for r in ranges if r]
    kept = [
        m for m, one in zip(members, ranges, strict=True)
        if one is None or any(one[2] == other[2] and (one[1] < other[0] or other[1] < one[0]) for other in known)
    ]  # fmt: skip
    return kept if len(kept) > 1 else members


def link(address: object) -> str | None:
    """Return an address when it is safe to link to (http or https with a host, nothing that shows it otherwise), else None."""
    if not isinstance(address, str) or not re.match(r"https?://[^\s/]", address, re.IGNORECASE):
        return None
    return None if re.search(r"\s", address) or clean(address) != address or not split_address(address).hostname else address


def named(ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Return the name of each id, the id itself where it stands for no row; each name once."""
    return list(dict.fromkeys(one_line(names.get(i, i)) for i in ids))


def names(story: Row, reports: Mapping[str, Row]) -> dict[str, str]:
    """Return the name of every source, witness and report of a story, by id; a witness with its siglum."""
    found = {r: report_name(reports[r]) for r in story["reports"]}
    for witness in story.get("witnesses", []):
        found[witness["id"]] = one_line(f"{witness.get('siglum')} {witness_name(witness, reports)}")
    for source in story.get("sources", []):
        found[source["id"]] = one_line(str(source.get("name") or "unnamed source"))
    return found


def gravest(claims: Iterable[Row]) -> list[Row]:
    """Return the claims in the order of their rank: contradictions on top."""
    return sorted(claims, key=lambda c: c.get("rank", 0))


def with_parts(claims: Iterable[Row]) -> list[tuple[Row, list[Row]]]:
    """Return the claims by rank, each with its parts that add words; one in conflict, disputed or doubtful stands for itself."""
    ordered = gravest(claims)
    by_id = {c["id"]: c for c in ordered}
    parts: dict[str, list[Row]] = {c["id"]: [] for c in ordered}
    under: set[str] = set()
    for claim in ordered:
        whole = by_id.get(str(claim.get("part_of")))
        if whole is None or claim["relation"] in ("conflict", "disputed") or claim.get("doubtful"):
            continue
        under.add(claim["id"])
        shown = [whole, *parts[whole["id"]]]
        if not any(_repeats(claim["summary"], one["summary"]) for one in shown):
            parts[whole["id"]].append(claim)
    return [(c, parts[c["id"]]) for c in ordered if c["id"] not in under]


def _repeats(part: str, whole: str) -> bool:
    """Whether half of the words of a part, or more, are those of its whole."""
    mine, others = (set(re.findall(r"\w+", words.lower())) for words in (part, whole))
    return 2 * len(mine & others) >= len(mine)


def carriers(claim: Row, sigla: Mapping[str, str]) -> list[str]:
    """Return the ids of the reports that carry a claim, in the order of the sigla."""
    members = {m["report"] for m in claim.get("members", [])}
    return [r for r in sigla if r in members]


def in_part(claim: Row) -> set[str]:
    """Return the ids of the reports that bear out the words of a claim in part only, or in other words."""
    return {s["report"] for s in claim.get("stances", []) if s["stance"] == "partly"}


def common_zone(moments: Iterable[Moment]) -> int:
    """Return the zone, in minutes, that all pages that name one share; else that of UTC."""
    zones = {m.zone for m in moments if m.zone is not None}
    return zones.pop() if len(zones) == 1 else 0


def in_words(moment: Moment, zone: int = 0, year: bool = False) -> str:
    """Return "17 Oct 15:42", as exactly as it is known, as clocks in the zone show it."""
    local = moment.begin + timedelta(minutes=zone if moment.zone is not None else 0)
    month = _MONTHS[local.month - 1]
    after = f" {local.year}" if year else ""
    if moment.parts < 3:
        return f"{local.year}" if moment.parts == 1 else f"{month} {local.year}"
    clock = f" {local:%H:%M}" if moment.exact else ""
    return f"{local.day} {month}{after}{clock}"


def zone_name(zone: int) -> str:
    """Return "UTC" or "UTC+01:00"."""
    return f"UTC{'-' if zone < 0 else '+'}{abs(zone) // 60:02}:{abs(zone) % 60:02}" if zone else "UTC"


def stamp(published: object) -> str:
    """Return a time of publication as its page gives it, without what nobody reads: "2031-10-03 09:20 +02:00".

    An hour whose page names no zone says so: it may be half a day from where it seems to stand.
    """
    found = ISO.match(published.strip()) if isinstance(published, str) else None
    if not found:
        return ""
    day = "-".join(part for part in found.groups()[:3] if part)
    clock = f" {found[4]}:{found[5]}" if found[4] else ""
    zone = found[6].upper() if found[6] else "(no zone)"
    return f"{day}{clock} {zone}" if clock else day


FOR_TEMPLATES: dict[str, Any] = {
    "counted": counted, "stamp": stamp, "link": link, "relations": RELATION_MEANS, "caveat": caveat_words,
    "clean": clean, "office": office,
}  # fmt: skip
"""What the components of pages ask for by name."""
