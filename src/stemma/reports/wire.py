"""Is a text an agency's, and whose: every word on a page that says so, and how probable they make it together.

Credits and agencies are as credits.py and agencies.py find them. What is added are marks that agencies leave without their
name, and the page's address and outlet. That somebody told an agency something says nothing: reports that cite it say so too.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stemma.pages import Saved
from stemma.reports import articles_from_record, thresholds
from stemma.reports.agencies import agency_of, dateline_end
from stemma.reports.article import laid_out
from stemma.reports.credits import credited_sources
from stemma.reports.decode import decode
from stemma.reports.pdf import text_of_pdf
from stemma.tables import Block
from stemma.text.normal import split_address

_MARKS = (
    ("Reuters", "boilerplate", re.compile(r"Thomson Reuters Trust Principles")),
    ("Reuters", "boilerplate", re.compile(r"\bReuters (?:Messaging|Staff)\b")),
    (
        "Reuters",
        "sign-off",
        re.compile(r"^\(?(?:Additional )?[Rr]eporting by [^()]{3,300}?[;.,]? (?:[Ww]riting|[Ee]diting) by [^();]{3,80}"),
    ),
    ("Associated Press", "boilerplate", re.compile(r"not be published, broadcast, rewritten")),
    (
        "Associated Press",
        "boilerplate",
        re.compile(
            r"^(?:The )?Associated Press (?:[A-Za-z]+ )?(?:[Ww]riter|[Jj]ournalist|[Rr]eporter|researcher|video journalist)s?\b"
        ),
    ),
    (
        "Associated Press",
        "boilerplate",
        re.compile(r"\b(?:Follow|Find) AP['’]s\b|\bAP['’]s (?:earlier|full) (?:story|coverage)\b|\bapnews\.com\b"),
    ),
)
"""What agencies' systems leave on a text beside their name, in short blocks or at the foot: agency, kind of mark, pattern."""


@dataclass(frozen=True, slots=True)
class WireSign:
    """Words that speak for an agency, [start, end) in the text; both are None for the page's address or outlet.

    `kind` is dateline, byline, joint byline, credit line, contribution, sign-off, boilerplate, address or own page.
    """

    kind: str
    agency: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """Whose words a text is: the agency, None where little speaks for one, and how probable it is that they are an agency's."""

    agency: str | None
    probability: float
    signs: tuple[WireSign, ...]


def wire_of(text: str, blocks: Sequence[Block], outlet: str | None = None, url: str | None = None) -> Wire:
    """Return whose words a report is, from its text and blocks, and from its outlet and address where they are known."""
    signs = list(wire_signs(text, blocks, outlet, url))
    kinds: dict[str, set[str]] = defaultdict(set)
    for sign in signs:
        kinds[sign.agency].add(sign.kind)
    chances = {agency: wire_probability(found) for agency, found in kinds.items()}
    likeliest = max(chances, key=lambda a: chances[a], default="")
    chance = chances.get(likeliest, wire_probability(()))
    return Wire(likeliest if chance >= thresholds.WIRE_NAMED else None, chance, tuple(signs))


def wire_probability(kinds: Sequence[str] | set[str]) -> float:
    """Return how probable these kinds of signs make it that a text is the agency's for which they speak."""
    weight = thresholds.WIRE_BIAS + sum(thresholds.WIRE_WEIGHTS[kind] for kind in kinds)
    return round(1 / (1 + math.exp(-weight)), 3)


def wire_signs(text: str, blocks: Sequence[Block], outlet: str | None, url: str | None) -> Iterator[WireSign]:
    """Yield the words that speak for an agency, credits first, then marks, then the address and the outlet."""
    printed = [(b.role, text[b.start : b.end]) for b in blocks]
    own = agency_of(outlet or "")
    for credit in credited_sources(printed):
        kind = _kind_of(credit.kind, *printed[credit.block], credit.start)
        person = kind == "contribution" and agency_of(credit.name) is None
        if kind and not person and not _is(credit.name, outlet):
            at = blocks[credit.block].start
            yield WireSign(kind, agency_of(credit.name) or credit.name, at + credit.start, at + credit.end)
    foot = len(blocks) - thresholds.FOOT_BLOCKS
    for n, (block, (role, line)) in enumerate(zip(blocks, printed, strict=True)):
        if n >= foot or role in ("credit", "byline"):
            for house, mark, pattern in _MARKS:
                if m := pattern.search(line[: thresholds.CREDIT_LENGTH]):
                    yield WireSign(mark, house, block.start + m.start(), block.start + m.end())
    if agency := _of_address(url or ""):
        yield WireSign("address", agency)
    if own:
        yield WireSign("own page", own)


def wire_from_record(record: dict[str, Any], articles: bool | None = None) -> list[dict[str, Any]]:
    """Return whose words each article of a record is, with `id`, `html` or `text` and, where known, `url` and `outlet`.

    `articles` as in `PageOptions`. Places are in the record's text; for HTML in the text that `stemma reports` finds on it.
    Raises PageError.
    """
    found = []
    for place, article in enumerate(articles_from_record(record, articles), 1):
        text, blocks = laid_out("", article.blocks)
        wire = wire_of(text, blocks, record.get("outlet") or article.outlet, record.get("url") or article.url)
        row = wire_row(record["id"] if place == 1 else f"{record['id']}#{place}", wire, text)
        if record.get("html") is None:
            row["signs"] = [_placed(sign, text, blocks, record["text"]) for sign in row["signs"]]
        found.append(row)
    return found


def record_of_page(saved: Saved) -> dict[str, Any]:
    """Return a page as such a record, with its location as id; raises PageError."""
    page = saved.page
    kind = "html" if page.format == "html" else "text"
    text = text_of_pdf(saved.content)[0] if page.format == "pdf" else decode(saved.content, page.charset)
    return {"id": page.location, "url": page.url, "outlet": page.outlet, "title": page.title, kind: text}


def wire_row(key: Any, wire: Wire, text: str) -> dict[str, Any]:  # noqa: ANN401 - an id as it was given
    """Return a result as the object that `stemma wire --jsonl` prints."""
    signs = [
        {
            "sign": s.kind,
            "agency": s.agency,
            "start": s.start,
            "end": s.end,
            "words": None if s.start is None else text[s.start : s.end],
        }
        for s in wire.signs
    ]
    return {"id": key, "agency": wire.agency, "probability": wire.probability, "signs": signs}


_CREDITS = {"joint": "joint byline", "contributed": "contribution"}


def _kind_of(kind: str, role: str, line: str, at: int) -> str | None:
    """What kind of sign a credit is; None for a picture's, and for where an article stood first."""
    if kind != "agency":
        return _CREDITS.get(kind)
    if role == "byline":
        return "byline"
    return "dateline" if role in ("paragraph", "quote") and at < dateline_end(line) else "credit line"


def _of_address(url: str) -> str | None:
    """The agency after which a folder of the address is called: /wires/afp/."""
    folders = [part for part in split_address(url).path.split("/")[:-1] if part] if "://" in url else []
    names = (name for part in folders for name in (part.upper(), part.replace("-", " ").title()))
    return next((agency for name in names if (agency := agency_of(name))), None)


def _is(name: str, outlet: str | None) -> bool:
    """Whether a credit names the outlet itself, which is no agency."""
    return bool(outlet) and name.casefold() == str(outlet).casefold() and agency_of(name) is None


def _placed(sign: dict[str, Any], text: str, blocks: Sequence[Block], source: str) -> dict[str, Any]:
    """A sign with its place in the text as it was given, whose blanks and line ends the report's text has lost."""
    if sign["start"] is None:
        return sign
    start, end = _place_in(source, text, sign["start"], sign["end"], blocks)
    return {**sign, "start": start, "end": end, "words": source[start:end] if start is not None else sign["words"]}


def _place_in(source: str, text: str, start: int, end: int, blocks: Sequence[Block]) -> tuple[int | None, int | None]:
    block = next((b for b in blocks if b.start <= start < b.end), None)
    if block is None:
        return None, None
    before, words = text[block.start : start], text[start:end]
    parts = [r"\s+".join(map(re.escape, part.split())) for part in (before, words)]
    gap = r"\s*" if parts[0] else ""
    found = re.search(f"{parts[0]}{gap}({parts[1]})", source)
    return (found.start(1), found.end(1)) if found else (None, None)
