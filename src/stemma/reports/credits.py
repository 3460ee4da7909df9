"""Whose words a page says that it prints: agency, byline, contributors, dateline, named sources.

The agency is read where newspapers put it: in the dateline ("PLACE, date (AGENCY) –"), the byline, and a credit
line that stands alone. An agency that could not verify, was told, or took a photograph is none (the agencies'
style books name the author in these places only).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.reports.agencies import agencies_in, agency_of, dateline_agency, in_full, unlisted_agency
from stemma.reports.names import people, person
from stemma.reports.words import pattern
from stemma.text.data import words_of

LONGEST_CREDIT = 700
"""A credit is a short line; a longer block is searched at its beginning only."""

LONGEST_LINK = 120
"""A source link is a line by itself; what is longer is a sentence that begins with the word."""

LONGEST_LINE = 30
"""Words of a paragraph that is a credit and nothing else."""

SHORTEST_TOWN = 4
"""Capitals of a town without date or agency; fewer are an abbreviation before a dash."""

BODY_EDGE = 3
"""How many blocks at the beginning and at the end of the body may hold a credit."""


@dataclass(frozen=True, slots=True)
class Credits:
    """The metadata that credits give; byline and contributors are names of persons in page order."""

    agency: str | None
    byline: tuple[str, ...]
    contributors: tuple[str, ...]
    dateline: str | None


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Where a page names another outlet or agency: block, [start, end) in the block's text, name, kind.

    `kind` is agency, source link, first appeared, contributed or photo; `name` is empty where nobody is named.
    """

    block: int
    start: int
    end: int
    name: str
    kind: str


_DATELINE = pattern("dateline")
_LEAD_AGENCY = pattern("lead_agency")
_AGENCY_FIRST = pattern("agency_first")
_TAIL_AGENCY = pattern("tail_agency")
_BYLINE = pattern("byline")
_REPORTING = pattern("reporting")
_ADDITIONAL = pattern("additional")
_CONTRIBUTED = pattern("contributed")
_WITH_FROM = pattern("with_from")
_SOURCE = pattern("source")
_APPEARED = pattern("appeared")
_TRANSLATED = pattern("translated")
_BETWEEN = pattern("between")
_PHOTO = pattern("photo")


_NAME = re.compile(r"[A-ZÀ-ÞА-Я][\w’'-]*(?: [A-ZÀ-ÞА-Я][\w’'-]*){0,3}")
"""One to four capitalised words; an address of the web has dots."""
_DATED = re.compile(r"\s[|•·]?\s*\d")
_ACRONYM = re.compile(r"[A-ZÀ-ÞА-Я]{3,6}")


def find_credits(blocks: Sequence[tuple[str, str]], outlet: str | None = None) -> Credits:
    """Return agency, byline, contributors and dateline from the (role, text) blocks of one report.

    The outlet that prints the report is no agency of it, and no author.
    """
    byline = tuple(name for name in _byline(blocks) if not _same(name, outlet))
    named = [name for _, text in _credit_blocks(blocks) for name in _contributors(text)]
    contributors = tuple(dict.fromkeys(name for name in named if name not in byline))
    page = "\n".join(text for _, text in blocks)
    datelines = (dateline_of(text, page) for _, text in _first_body(blocks))
    place, agency = next((found for found in datelines if any(found)), (None, None))
    credited = [c.name for c in credited_sources(blocks) if c.kind == "agency" and not _same(c.name, outlet)]
    return Credits(agency or next(iter(credited), None) or _signed_off(blocks, outlet), byline, contributors, place)


def credited_sources(blocks: Sequence[tuple[str, str]]) -> list[CreditLine]:
    """Return every place where the page names another outlet or agency as an author, in page order."""
    leads = {index for index, _ in _first_body(blocks)}
    edge = {index for index, _ in _credit_blocks(blocks)} | leads
    page = "\n".join(text for _, text in blocks)
    found: list[CreditLine] = []
    for index, (role, text) in enumerate(blocks):
        head = text[:LONGEST_CREDIT]
        if role == "caption" or (role == "credit" and _PHOTO.search(head)):
            found.extend(CreditLine(index, s, e, name, "photo") for s, e, name in agencies_in(head))
            continue
        if index not in edge:
            continue
        outright = [CreditLine(index, s, e, n, k) for s, e, n, k in _said_outright(text, role, page)]
        found.extend(outright)
        if not outright:
            places = _agency_places(role, text, page, first=index in leads)
            found.extend(CreditLine(index, s, e, n, "agency") for s, e, n in places)
    unique = {(c.block, c.start, c.kind): c for c in found}
    return sorted(unique.values(), key=lambda c: (c.block, c.start, c.kind))


def _signed_off(blocks: Sequence[tuple[str, str]], outlet: str | None) -> str | None:
    """Whom a line at the foot names as the source, where it is a bare name and no newspaper's: "Source: Tarin"."""
    named = [c.name for c in credited_sources(blocks[-BODY_EDGE:]) if c.kind == "source link"]
    bare = [
        n for n in named if _NAME.fullmatch(n) and not {w.casefold() for w in n.split()} & words_of("reports", "mastheads.txt")
    ]
    return bare[0] if len(bare) == 1 and not _same(bare[0], outlet) else None


def is_credit(text: str) -> bool:
    """Whether a short paragraph only tells where the article's words come from: "First published by the Lind Post."."""
    if len(text.split()) > LONGEST_LINE:
        return False
    found = list(_said_outright(text, "credit", ""))
    if any(kind == "first appeared" for *_, kind in found):
        return len(re.findall(r"[.!?](?=\s|$)", text)) <= 2
    return bool(found) and not text.rstrip().endswith(("”", '"', "?"))


def dateline_of(text: str, page: str = "") -> tuple[str | None, str | None]:
    """Return the place and the agency of a paragraph's dateline; None where there is none."""
    m = _LEAD_AGENCY.match(text[:200])
    if m and (agency := dateline_agency(m["agency"], sure=not m.group().rstrip().endswith(")"), page=page)):
        return None, agency
    m = _DATELINE.match(text[:200])
    if m is None:
        return None, None
    town, *region = m["place"].split(",")
    told = bool(m["date"] or (region and town.isupper()))
    agency = dateline_agency(m["agency"], sure=told, page=page) if m["agency"] else None
    sure = m["date"] or (town.isupper() and len(town) >= SHORTEST_TOWN)
    if agency or (sure and not agency_of(m["place"])):
        return m["place"].strip(" ,"), agency
    return None, agency


def dateline_end(text: str) -> int:
    """Return where the story begins in a paragraph that opens with a dateline ("PLACE, date (AGENCY) – "), else 0."""
    if not any(dateline_of(text)):
        return 0
    m = _LEAD_AGENCY.match(text[:200]) or _DATELINE.match(text[:200])
    return m.end() if m else 0


def _first_body(blocks: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    body = [(i, text) for i, (role, text) in enumerate(blocks) if role in ("paragraph", "quote")]
    return body[:2]


def _byline(blocks: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the persons of the byline; only the role makes a bare name one."""
    names: list[str] = []
    for role, text in blocks:
        if role == "byline":
            m = _BYLINE.match(text[:LONGEST_CREDIT])
            who = m["who"] if m else text[:160]
            names.extend(n for part in re.split(r"\s*[|•·]\s*", who) for n in people(part) if not unlisted_agency(n))
    return tuple(dict.fromkeys(names))


def _same(name: str, outlet: str | None) -> bool:
    a, b = (re.sub(r"\W|^the\s", "", n.casefold()) for n in (name, outlet or ""))
    return bool(b) and (a == b or agency_of(name) == agency_of(outlet or "") is not None)


def _credit_blocks(blocks: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Blocks that can hold a credit: those of that role, and short ones at either end of the text."""
    body = [i for i, (role, _) in enumerate(blocks) if role in ("paragraph", "quote", "list")]
    edge = set(body[:BODY_EDGE] + body[-BODY_EDGE:])
    for index, (role, text) in enumerate(blocks):
        if role in ("byline", "credit") or (index in edge and len(text) <= LONGEST_CREDIT):
            yield index, text


def _contributors(text: str) -> list[str]:
    text = text[:LONGEST_CREDIT]
    found = [n for m in _CONTRIBUTED.finditer(text) for n in people(m["who"])]
    alone = text.lstrip("([ ")
    for m in _REPORTING.finditer(text):
        # "Reporting by X" is the byline of a wire report; only "additional" reporting is a contribution
        opening = text[max(0, m.start() - 12) : m.start() + 12]
        if _ADDITIONAL.search(opening) or alone.startswith(("Reporting", "With")):
            found.extend(people(m["who"]))
    m2 = _WITH_FROM.match(text)
    return found + (people(m2["who"]) if m2 else [])


def _said_outright(text: str, role: str, page: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, name, kind) of source links, first appearances and contributions that a line tells."""
    head = text[:LONGEST_CREDIT]
    own = role in ("title", "heading", "deck", "quote") or len(text) > LONGEST_LINK
    m = None if own else _SOURCE.match(head)
    if m:
        name = (m["name"] or m["via_name"] or "").strip()
        agency = unlisted_agency(name, page) or (name if _ACRONYM.fullmatch(name) else None)
        yield m.start(), m.end(), agency or name, "agency" if agency else "source link"
    m = None if own else _TRANSLATED.match(head)
    if m:
        agency = unlisted_agency(m["name"], page)
        yield m.start(), m.end(), agency or m["name"].strip(), "agency" if agency else "source link"
    for m in _APPEARED.finditer(head):
        yield m.start(), m.end(), agency_of(m["name"]) or m["name"].strip(), "first appeared"
    for m in _CONTRIBUTED.finditer(head):
        agencies = [(m.start("who") + s, m.start("who") + e, name) for s, e, name in agencies_in(m["who"])]
        persons = [(m.start("who"), m.end("who"), name) for name in people(m["who"])[:1]]
        for start, end, name in agencies or persons:
            yield start, end, name, "contributed"
    m = _WITH_FROM.match(head)
    if m:
        for start, end, name in agencies_in(m["who"]):
            yield m.start("who") + start, m.start("who") + end, name, "contributed"


def _agency_places(role: str, text: str, page: str, *, first: bool) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of an agency in a dateline, byline, credit line, or in brackets at the end."""
    if role in ("byline", "credit"):
        found = [f for f in agencies_in(text[:LONGEST_CREDIT]) if person(text[f[0] :].split(",")[0]) is None]
        listed = [(s, e, in_full(text[s:e], page) or name) for s, e, name in found]
        yield from listed or _signing(text[:LONGEST_LINK], page)
        return
    if first:
        _, agency = dateline_of(text, page)
        m = _LEAD_AGENCY.match(text[:200]) or _DATELINE.match(text[:200])
        if agency and m:
            yield m.start("agency"), m.end("agency"), agency
        lead = _AGENCY_FIRST.match(text[:80])
        if lead and not agency and (name := agency_of(lead["agency"])):
            yield lead.start("agency"), lead.end("agency"), name
    tail = _TAIL_AGENCY.search(text[-80:])
    if tail and (name := agency_of(tail["agency"].strip())):
        start = max(0, len(text) - 80) + tail.start("agency")
        yield start, start + len(tail["agency"]), name
    if len(text) <= 60 and (name := agency_of(text.strip(" ()[].–—-"))):
        yield 0, len(text), name


def _signing(text: str, page: str) -> Iterator[tuple[int, int, str]]:
    """Yield the unlisted agencies of a byline or a credit: the whole of it, or what follows "with" or a comma."""
    at = 0
    for m in [*_BETWEEN.finditer(text), None]:
        part = text[at : m.start() if m else len(text)]
        bare = _DATED.split(part)[0].strip(" ()[].,:–—-")
        if bare and (name := unlisted_agency(bare, page)):
            start = at + part.index(bare)
            yield start, start + len(bare), name
        at = m.end() if m else at
