"""Claims in a line or two each, to be read alone: what is said, who carries it, and under it who says what where they part."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from stemma.show.wording import (
    RELATION_MEANS,
    Row,
    carriers,
    counted,
    figure_words,
    in_part,
    named,
    names,
    one_line,
    opposed,
    report_name,
    sigla,
    with_parts,
)

SHOWN = 12
"""Claims that are shown before the rest is counted, and reports whose own claims are."""
_SIDES, _PARTS, _SAID = 4, 3, 44
_ALIKE = ("agree", "differ", "compatible")
_AGREED = "agree, or can all be true"
_CARRIERS = 11
"""Columns for the sigla of who carries a claim: "A–D F"; more are only counted."""
_LEAST = 12
"""Columns that words keep in the narrowest terminal."""
_NARROW = 62
_LINES, _LINES_NARROW = 2, 3
"""Lines that a claim's words may take, and under _NARROW columns."""
_MEASURE = Console(width=80)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `depth` 0 a heading, 1 a claim, 2 what stands under it; `grave` where what follows cannot all be true."""

    words: str
    depth: int
    grave: bool = False


def claim_lines(story: Row, reports: Mapping[str, Row], width: int, most: int | None = None) -> Iterator[Line]:
    """Yield the claims of a story in lines of at most `width` columns: SHOWN shared ones, the rest counted, then one a report.

    With `most` only so many shared ones, nothing counted and nothing of one report alone.
    """
    signs, known = sigla(story, reports), names(story, reports)
    shared = _shared(story, signs)
    wholes = [row for row in shared if not row[0].get("doubtful")]
    shown = wholes[: most or SHOWN]
    for relation, held in groupby(shown, key=lambda row: "" if row[0]["relation"] in _ALIKE else row[0]["relation"]):
        heading = shortened(f"{relation}: {RELATION_MEANS[relation]}" if relation else _AGREED, width - 1)
        yield Line(heading, 0, relation in ("conflict", "disputed"))
        for claim, parts in held:
            yield from _row(
                claim, _carried(claim, signs), width - 2, 1, said=_speaker(claim, story, known) + _in_part(claim, signs)
            )
            yield from (Line(shortened(w, width - 4 - len(by)) + by, 2) for w, by in _below(claim, story, signs, reports, known))
            for part in parts[:_PARTS]:
                yield from _row(part, _carried(part, signs), width - 4, 2, "– ")
    if most:
        return
    if len(wholes) > SHOWN:
        yield Line(f"and {len(wholes) - SHOWN:,} more", 0)
    if len(shared) > len(wholes):
        mixed = f"and {len(shared) - len(wholes):,} more, of which each report may mean another thing"
        yield Line(shortened(mixed, width - 1), 0)
    if wholes and not any(c.get("verified_by") for c, _ in wholes):
        yield Line(shortened("no report says that anybody verified one of these", width - 1), 0)
    yield from _alone_lines(_alone(story, signs), signs, width)


def claims_shown(story: Row, reports: Mapping[str, Row], most: int | None = None) -> int:
    """Return how many claims `claim_lines` puts into lines."""
    signs = sigla(story, reports)
    wholes = [row for row in _shared(story, signs) if not row[0].get("doubtful")][: most or SHOWN]
    alone = 0 if most else len(_alone(story, signs)[:SHOWN])
    return len(wholes) + sum(len(parts[:_PARTS]) for _, parts in wholes) + alone


def shortened(words: str, width: int) -> str:
    """Return the words in at most `width` columns, cut between words with "…"."""
    words = one_line(words)
    if cell_len(words) <= width:
        return words
    head = words[: (width if cell_len(words) == len(words) else width // 2) - 1]
    at = head.rfind(" ")
    # A word that alone would leave half of the line empty is cut itself: an address, a long compound.
    return head[: at if at > len(head) // 2 else None].rstrip(" ,;:–-“") + "…"


def _row(claim: Row, by: str, width: int, depth: int, mark: str = "", said: str = "") -> Iterator[Line]:
    """A claim's words in a few lines, those below the first set in, and at the right of the first what stands in `by`.

    Who says it is never cut: it stands behind the words, or on a line of its own.
    """
    room = max(_LEAST, width - len(by) - len(mark) - 2)
    first, *rest = [line.plain.rstrip() for line in Text(_capital(claim["summary"])).wrap(_MEASURE, room)]
    set_in = " " * (len(mark) or 2)
    below = (_LINES_NARROW if width < _NARROW else _LINES) - 1
    last = [" ".join(rest[below - 1 :])] if rest[below - 1 :] else []
    under = [shortened(words, width - len(set_in)) for words in (*rest[: below - 1], *last)]
    end, most = (under[-1], width - len(set_in)) if under else (first, room)
    if cell_len(end + said) <= most:
        first, under = (first, [*under[:-1], end + said]) if under else (first + said, [])
    else:
        under.append(shortened(said.strip(), width - len(set_in)))
    yield Line(mark + first + " " * max(1, width - cell_len(mark + first) - len(by)) + by, depth)
    yield from (Line(set_in + words, depth) for words in under)


def _capital(words: str) -> str:
    """The words on one line, begun as a sentence is; a name such as "eBay" keeps its letters."""
    words = one_line(words)
    return words[:1].upper() + words[1:] if words.split(" ")[0].islower() else words


def _speaker(claim: Row, story: Row, known: Mapping[str, str]) -> str:
    """Who says it in most reports that carry it, where the words do not name him; that it is quoted, where these differ."""
    statements = {s["id"]: s.get("source") for s in story.get("statements", [])}
    told = {m["report"]: source for m in claim["members"] if (source := statements.get(m["statement"]))}
    half = len({m["report"] for m in claim["members"]}) / 2
    source, times = next(iter(Counter(told.values()).most_common(1)), ("", 0))
    if times <= half:
        return " (quoted)" if len(told) > half else ""
    name = next(iter(named([source], known)), "")
    words = {word.removesuffix("'s").removesuffix("’s") for word in re.findall(r"[\w'’]+", claim["summary"])}
    # "Kim Jong Un" is called Kim, and "the harbour police" police.
    called = any(word in words for word in name.split() if len(word) > 2 and word != "the")
    return "" if not name or called else f" (said by {name})"


def _in_part(claim: Row, signs: Mapping[str, str]) -> str:
    """The reports that bear out its words in part only, or in other words: they are not counted."""
    held = [signs[r] for r in carriers(claim, signs) if r in in_part(claim)]
    return f" (in part {_spanned(held)})" if held else ""


def _carried(claim: Row, signs: Mapping[str, str]) -> str:
    """The reports that bear out a claim and in brackets the number of their origins."""
    held = [signs[r] for r in carriers(claim, signs) if r not in in_part(claim)]
    return f"{_spanned(held)} ({len(claim.get('origins', []))})"


def _spanned(signs: Sequence[str]) -> str:
    """Sigla, three or more that follow one another as "A–D"; many only counted."""
    runs: list[list[str]] = []
    for sign in signs:
        follows = runs and len(sign) == len(runs[-1][-1]) == 1 and ord(sign) == ord(runs[-1][-1]) + 1
        runs[-1:] = [[*runs[-1], sign]] if follows else [*runs[-1:], [sign]]
    short = " ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs)
    return short if len(short) <= _CARRIERS else counted(len(signs), "report")


def _below(
    claim: Row, story: Row, signs: Mapping[str, str], reports: Mapping[str, Row], known: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Who says what, a line for each side with its sigla, and who verified it."""
    told = {s["id"]: s.get("source") for s in story.get("statements", [])}
    parted = _by_figure(claim, signs) or by_time(claim, story, signs, reports) or _by_words(claim, signs, reports, told)
    for said, members in list(parted.items())[:_SIDES]:
        held = list(dict.fromkeys(m["report"] for m in members))
        sources = _sources(members, told, known) if claim["relation"] == "disputed" else [None] * len(members)
        said_so = [s or report_name(reports[m["report"]]) for s, m in zip(sources, members, strict=True)]
        # Who speaks comes before the papers that name nobody.
        who = list(dict.fromkeys([*filter(None, sources), *said_so]))
        more = f" and {len(who) - 2} more" if len(who) > 2 else ""
        yield f"{said}: {', '.join(who[:2])}{more}", f" ({_spanned([signs[r] for r in held])})"
    verified = named(claim.get("verified_by", []), known)
    if verified:
        yield f"verified by {', '.join(verified)}", ""


def _by_figure(claim: Row, signs: Mapping[str, str]) -> dict[str, list[Row]]:
    """The members of each figure, where they are not all one."""
    found: dict[str, list[Row]] = {}
    for report in carriers(claim, signs):
        for member in opposed(claim["members"]) if claim["relation"] in ("conflict", "disputed") else claim["members"]:
            figure = figure_words(member.get("figure")) if member["report"] == report else None
            if figure:
                found.setdefault(figure, []).append(member)
    return found if len(found) > 1 else {}


def by_time(claim: Row, story: Row, signs: Mapping[str, str], reports: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Return the members of each time of a claim that parts, where each report prints one that not all print, else nothing."""
    if claim["relation"] in (*_ALIKE, "single"):
        return {}
    firsts = [next(m for m in claim["members"] if m["report"] == r) for r in carriers(claim, signs)]
    held = [_times_in(member, story) for member in firsts]
    common = set.intersection(*map(set, held))
    own = [[(value, at) for value, at in times.items() if value not in common] for times in held]
    if any(len(times) != 1 for times in own):
        return {}
    found: dict[str, list[Row]] = {}
    first: dict[str, str] = {}
    for member, ((value, at),) in zip(firsts, own, strict=True):
        found.setdefault(first.setdefault(value, one_line(_text(at, reports))), []).append(member)
    return found if len(found) > 1 else {}


def _times_in(member: Row, story: Row) -> dict[str, Row]:
    """The times of a member's words, by value."""
    mine = (t for t in story.get("times", []) if t["report"] == member["report"] and t.get("value"))
    return {t["value"]: t for t in mine if member["start"] <= t["start"] and t["end"] <= member["end"]}


def _by_words(
    claim: Row, signs: Mapping[str, str], reports: Mapping[str, Row], told: Mapping[str, str | None]
) -> dict[str, list[Row]]:
    """The words of each side of a claim without figures whose reports or sources part; where no sides are known, each wording."""
    if claim["relation"] in (*_ALIKE, "single"):
        return {}
    stance = {s["report"]: s["stance"] for s in claim.get("stances", [])}
    parted = sides(claim, signs, stance, told)
    if not parted:
        firsts = [next(m for m in claim["members"] if m["report"] == r) for r in carriers(claim, signs)]
        parted = list(_worded(firsts, reports).values())
    texts = where_they_part([_text(some[0], reports) for some in parted], _SAID)
    return {f"“{shortened(words, _SAID)}”": some for words, some in zip(texts, parted, strict=True)}


def _worded(members: Sequence[Row], reports: Mapping[str, Row]) -> dict[str, list[Row]]:
    """The members of each wording."""
    found: dict[str, list[Row]] = {}
    for member in members:
        found.setdefault(_text(member, reports), []).append(member)
    return found


def _text(member: Row, reports: Mapping[str, Row]) -> str:
    return one_line(reports[member["report"]]["text"][member["start"] : member["end"]])


def _sources(members: Sequence[Row], told: Mapping[str, str | None], known: Mapping[str, str]) -> list[str | None]:
    """Whom each member's report gives its words to, if to anybody."""
    return [next(iter(named([s], known)), None) if (s := told.get(m["statement"] or "")) else None for m in members]


def _shared(story: Row, signs: Mapping[str, str]) -> list[tuple[Row, list[Row]]]:
    return with_parts(c for c in story.get("claims", []) if len(carriers(c, signs)) > 1)


def _alone(story: Row, signs: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
    """The reports that have claims alone, with these."""
    held = {r: [c for c, _ in with_parts(c for c in story.get("claims", []) if carriers(c, signs) == [r])] for r in signs}
    return [(r, some) for r, some in held.items() if some]


def _alone_lines(mine: Sequence[tuple[str, list[Row]]], signs: Mapping[str, str], width: int) -> Iterator[Line]:
    """The claims of one report alone, under the report: the first of each, the others counted."""
    if mine:
        yield Line(shortened("in one report alone: its first, and how many more it has", width - 1), 0)
    for report, some in mine[:SHOWN]:
        more = f" +{len(some) - 1}" if len(some) > 1 else ""
        yield from _row(some[0], more, width - 2, 1, f"{signs[report]} ")
    rest = sum(len(some) for _, some in mine[SHOWN:])
    if rest:
        yield Line(f"and {rest:,} in {counted(len(mine) - SHOWN, 'other report')}", 0)


_PARTED = ("differs", "conflicts")
_BEFORE = 2
"""Words that lead to the first in which two sides differ."""


def sides(claim: Row, sigla: Mapping[str, str], stance: Mapping[str, str], sources: Mapping[str, str | None]) -> list[list[Row]]:
    """Return the members of each side of a claim, those of the first report first, or nothing where none are known.

    Reports that stand to it otherwise are a side; where all say the same, each source of a disputed claim is one: a report can
    tell what both say. `stance` is by report, `sources` by statement.
    """
    firsts = [next(m for m in claim["members"] if m["report"] == r) for r in carriers(claim, sigla)]
    found = _by(firsts, lambda m: stance.get(m["report"]) in _PARTED)
    if len(found) < 2 and claim["relation"] == "disputed":
        order = list(sigla)
        spoken = sorted((m for m in claim["members"] if m["report"] in sigla), key=lambda m: order.index(m["report"]))
        found = _by((m for m in spoken if _source(m, sources)), lambda m: _source(m, sources))
    return found if len(found) > 1 else []


def told_by_two(claim: Row, sources: Mapping[str, str | None]) -> set[str]:
    """Return the reports that have a disputed claim from two sources: they tell both sides of it."""
    if claim["relation"] != "disputed":
        return set()
    said: dict[str, set[str | None]] = defaultdict(set)
    for member in claim["members"]:
        said[member["report"]].add(_source(member, sources))
    return {report for report, who in said.items() if len(who - {None}) > 1}


def where_they_part(texts: Sequence[str], width: int) -> list[str]:
    """Return texts on one line each, without the beginning that all share where a cut at `width` would leave but that."""
    words = [one_line(text).split(" ") for text in texts]
    shared = sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False))) if len(words) > 1 else 0
    begins = max((cell_len(" ".join(w[: shared + 1])) for w in words), default=0)
    left = max(0, shared - _BEFORE) if begins >= width else 0
    return [("… " if left else "") + " ".join(w[left:]) for w in words]


def _source(member: Row, sources: Mapping[str, str | None]) -> str | None:
    return sources.get(member["statement"] or "")


def _by(members: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    found: dict[Hashable, list[Row]] = {}
    for member in members:
        found.setdefault(key(member), []).append(member)
    return list(found.values())
