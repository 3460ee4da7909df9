"""Whose words a page says that it prints: agency, byline, contributors, dateline, named sources.

The agency is read where newspapers put it: in the dateline ("PLACE, date (AGENCY) –"), the byline, and a credit
line that stands alone. An agency that could not verify, was told, or took a photograph is none (the agencies'
style books name the author in these places only).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.reports import thresholds
from stemma.reports.agencies import agencies_alone, agencies_in, agency_of, dateline_of, dateline_source, in_full, unlisted_agency
from stemma.reports.authors import NAME, person, persons_in
from stemma.reports.outlets import known_outlet
from stemma.text.data import words_of


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

    `kind` is agency, joint (an agency beside the page's own author), source link, first appeared, contributed or photo;
    `name` is empty where nobody is named.
    """

    block: int
    start: int
    end: int
    name: str
    kind: str


_WORKED = re.compile(
    r"^[(\[—–-]{0,2}\s*(?:(?:additional |further )?reporting (?:by|from)|"
    r"(?:writing|editing|edited|written|compiled|translated) by|with (?:reporting|files|inputs?|assistance) (?:by|from)|"
    r"(?:contribut(?:ing|ors?)|additional reporting)(?=:))\b|"
    r"\bcontributed (?:to (?:this|the) (?:report|story|article)|(?:to )?(?:additional )?report(?:ing|s))",
    re.IGNORECASE,
)
"""How a line begins, or what it says, that tells who has worked on the article."""

_AGENCY_FIRST = re.compile(
    r"^(?P<agency>[A-ZÀ-Þ][\w.&-]*(?:\s[A-ZÀ-Þ][\w.&-]*){0,3})\s*[-–—―/|:]\s*",
)
_TAIL_AGENCY = re.compile(
    r"(?:[.!?”\"»]\s*[(\[–—-]|\s\()\s?(?P<agency>[^()\[\]\d.]{2,45})[)\]]?\s*\.?$",
)
_BYLINE = re.compile(
    r"^(?:(?:text|words|story|report|article|written|reported|posted|published|reporting|compiled)\s+)?(?:by|von|"
    r"par|por|di|av|af|door|autor(?:in|es|a)?|author|auteur|text|texte|testo|kirjoittanut|szerző|автор|od|przez|"
    r"yazan|oleh)\s*:?\s+(?P<who>.{2,160})$",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\b(?:additional |further |extra )?(?:reporting|reports|reportage) (?:and writing |contributed "
    r")?by\s+(?P<who>[^;()]{3,400}?)(?=\s*(?:;|\)|$|\.\s|,?\s+(?:and )?(?:writing|written|editing|edited|compiled|"
    r"graphics|production|translat)))",
    re.IGNORECASE,
)
_ADDITIONAL = re.compile(
    r"\b(?:additional|further|extra)\b|\bcontribut|^with\b",
    re.IGNORECASE,
)
_ONE = NAME + r"(?:\s+(?:in|from|at)\s+" + NAME + r")?"
"""A name, and where its bearer was."""
_CONTRIBUTED = re.compile(
    r"(?<!\w)(?P<who>" + _ONE + r"(?:\s*(?:,(?:\s*and)?|\sand)\s+" + _ONE + r")*)"
    r",?\s+(?:also\s+|has\s+|have\s+)?contributed\s+(?:to\s+(?:this|"
    r"the)\s+(?:report|story|article|piece)|(?:to\s+)?(?:the\s+)?(?:additional\s+)?report(?:ing|s)|from\b|"
    r"research)",
)
_WITH_FROM = re.compile(
    r"^[(\[—–-]{0,2}\s*with (?:additional |further )?(?:reporting|files|reports|inputs?|assistance|material|contributions?) "
    r"(?:by|from)\s+(?P<who>[^;()]{2,200}?)[.)\]]*$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^[(\[]?\s*(?:contribut(?:ing|ors?)|additional reporting):\s*(?P<who>[^;()]{2,200}?)[.)\]]*$", re.IGNORECASE
)
_SOURCE = re.compile(
    r"^[(\[]?\s*(?:(?P<link>source link|original source|link to (?:the )?source|view original(?: article)?|read "
    r"(?:the )?(?:original|full) (?:article|story) (?:at|on))|(?:news )?(?:sources?|quellen?|fuentes?|fontes?|"
    r"fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|izvor|источник|джерело|kaynak|πηγή|sumber|nguồn|"
    r"المصدر|منبع|出典|来源|來源|출처)\s*[:：-]\s*(?P<name>\S.{0,60}?)|"
    r"(?:(?:culled|adapted|lifted|taken) from\s*:?|courtesy(?: of)?\s*:?|do (?:jornal|site|portal)|del? (?:diario|periódico)|"
    r"du journal|dal quotidiano)\s+(?P<culled>(?-i:[A-ZÀ-ÞА-Я]).{1,50}?)|"
    r"more from (?P<more>(?:the )?(?-i:[A-ZÀ-ÞА-Я]).{1,50}?)\s*:|(?P<via>via)\s+(?P<via_name>[A-Z].{1,50}?))\s*"
    r"[)\].]?$",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"\b(?:(?:article|story|piece|post|report|version|column|essay|it|this)\s+(?:\w+ )?(?:was |is |has been |had "
    r"been )?(?:first |originally |initially |previously )+(?:appeared|published|posted|printed|ran|produced|"
    r"written|reported)|^(?:originally|first) (?:published|appeared|posted|printed)|(?:article|story|report|post|"
    r"piece)\s+(?:is|was|has been)\s+(?:re)?(?:published|posted|printed|syndicated|translated|reproduced|"
    r"provided)(?: here)?(?: with permission)?)\s+(?:on|in|at|by|from|"
    r"with)\s+(?P<name>(?:the\s+)?[A-Z][^.,;()]{1,60}?)(?=\s*(?:[.,;()]|$|\son\s|\sand\s|\sunder\s|\sas\s|\sby\s|"
    r"\sin\s))",
    re.IGNORECASE,
)
_APPEARED_LETTERS = (
    "first", "originally", "initially", "previously", "published", "posted", "printed", "syndicated", "translated", "reproduced",
    "provided",
)  # fmt: skip
"""Letters of which a line that tells of a first appearance has some: the pattern is slow."""
_ORIGINAL = re.compile(
    r"^\W?(?:read (?:the|this) original (?:article|story|post|report) (?:on|at|in)|original (?:article|story) (?:on|at|in)|"
    r"(?:(?:den|der|zum|lest den|lesen sie den) )?originalartikel(?: \w+){0,4}? (?:auf|bei|in)|"
    r"(?:diese[rs] (?:artikel|text|beitrag) )?(?:ist |wurde |erschien )?(?:zuerst|ursprünglich)"
    r"(?: erschienen| veröffentlicht)? (?:auf|bei|in)|"
    r"(?:cet article a été |article )?(?:initialement|d['’]abord) (?:publié|paru) (?:sur|dans)|article original (?:sur|dans)|"
    r"(?:este artículo fue |artículo )?publicado originalmente (?:en|em|no|na)|"
    r"(?:articolo )?originariamente pubblicato (?:su|in)|"
    r"(?:dit artikel (?:is|werd) )?oorspronkelijk (?:gepubliceerd|verschenen) (?:op|in))\s+"
    r"(?:the |der |die |das |le |la |el |il |de )?(?P<name>(?-i:[A-ZÀ-Þ])[^.,;:()]{1,60}?)(?=\s*(?:[.,;:()]|$))",
    re.IGNORECASE,
)
"""How a line at the foot begins that names the house whose article was printed first, in six languages."""
_TRANSLATED = re.compile(
    r"^[(\[—–-]?\s*(?:this (?:article|story|report) (?:is|was) )?(?:translated|translation|traduit|traduction|"
    r"traducido|traducción|übersetzt|übersetzung|tradotto|traduzido|перевод|переведено)\s+(?:from|of|de|du|aus|"
    r"dem|dal|do|из|с)\s+(?:the\s+|la\s+|le\s+|l['’]\s?)?(?P<name>(?-i:[A-ZÀ-ÞА-Я])(?!nglish|rench|erman|ussian|"
    r"panish|krainian|hinese|rabic|talian|ortuguese)[^.;()]{1,50}?)[.)\]]*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;/|•·<>]\s*|\s+[-–—]\s+|(?:^|\s+)(?:by|and|with|from|via|avec|et|par|d['’]après|selon|mit|und|von|nach|"
    r"con|y|por|según|com|e|da|med|och|og|i|с|по данным)\s+(?:the\s+|la\s+|l['’])?|^\s*source\s*:\s*",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"\b(?:photo|photograph|image|picture|foto|bild)s?\b|©|\b[A-Z]{2,8}\s(?:Photo|Images)/",
    re.IGNORECASE,
)
COPYRIGHT = re.compile(r"^\W*(?:©|\(c\)|copyright\b)\W*(?:\(c\)\s*)?(?:19|20)\d\d\b", re.IGNORECASE)
"""How a line begins that says whose the words are: "Copyright 2031 The Tarin Agency. All rights reserved."."""

_RIGHTS = re.compile(r"©|\(c\)|\bcopyright\b|\brights reserved\b", re.IGNORECASE)
_JOINT = re.compile(r"\s(?:and|und|et|y|e)\s|&", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ÞА-Я][\w’'-]*(?: [A-ZÀ-ÞА-Я][\w’'-]*){0,3}")
"""One to four capitalised words; an address of the web has dots."""
_SIGNED = re.compile(r"^\s*[-–—―(\[]")
"""How a line begins that signs an article; a name without it may be a heading or an item of a list."""
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
    # A newspaper's own mark in its dateline is no agency; an agency's own site prints the agency's words.
    agency = None if agency and _same(agency, outlet) and agency_of(agency) is None else agency
    lines = credited_sources(blocks)
    credited = [c.name for c in lines if c.kind in ("agency", "joint") and not _same(c.name, outlet)]
    foot = [c for c in lines if c.block >= len(blocks) - thresholds.BODY_EDGE]
    return Credits(agency or next(iter(credited), None) or _signed_off(foot, outlet), byline, contributors, place)


def credited_sources(blocks: Sequence[tuple[str, str]]) -> list[CreditLine]:
    """Return every place where the page names another outlet or agency as an author, in page order."""
    leads = {index for index, _ in _first_body(blocks)}
    edge = {index for index, _ in _credit_blocks(blocks)} | leads
    page = "\n".join(text for _, text in blocks)
    found: list[CreditLine] = []
    for index, (role, text) in enumerate(blocks):
        head = text[: thresholds.CREDIT_LENGTH]
        if role == "caption" or (role == "credit" and _PHOTO.search(head) and not COPYRIGHT.match(head)):
            found.extend(CreditLine(index, s, e, name, "photo") for s, e, name in agencies_in(head))
            continue
        if index not in edge:
            continue
        outright = [CreditLine(index, s, e, n, k) for s, e, n, k in _said_outright(text, role, page)]
        found.extend(outright)
        if not outright:
            places = _agency_places(role, text, page, first=index in leads)
            kind = "joint" if role == "byline" and _JOINT.search(head) and persons_in(_after_by(head)) else "agency"
            found.extend(CreditLine(index, s, e, n, kind) for s, e, n in places)
    unique = {(c.block, c.start, c.kind): c for c in found}
    return sorted(unique.values(), key=lambda c: (c.block, c.start, c.kind))


def _signed_off(foot: Sequence[CreditLine], outlet: str | None) -> str | None:
    """Whom a line at the foot names as the source, where it is a bare name and no newspaper's: "Source: Tarin"."""
    named = [c.name for c in foot if c.kind == "source link"]
    bare = [
        n for n in named if _NAME.fullmatch(n) and not {w.casefold() for w in n.split()} & words_of("reports", "mastheads.txt")
    ]
    return bare[0] if len(bare) == 1 and not _same(bare[0], outlet) else None


def says_who_worked(text: str) -> bool:
    """Whether a line begins with who has worked on the article, or says who contributed to it."""
    # The pattern is slow where it may match anywhere.
    return (_WORKED.search(text) if "contribut" in text.casefold() else _WORKED.match(text)) is not None


def is_credit(text: str) -> bool:
    """Whether a short paragraph only tells where the words come from: "First published by the Lind Post.", "-- Tarinwire"."""
    if len(text.split()) > thresholds.CREDIT_WORDS:
        return False
    if _SIGNED.match(text) and unlisted_agency(text):
        return True
    found = list(_said_outright(text, "credit", ""))
    if any(kind == "first appeared" for *_, kind in found):
        return len(re.findall(r"[.!?](?=\s|$)", text)) <= 2
    return bool(found) and not text.rstrip().endswith(("”", '"', "?"))


def _first_body(blocks: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    body = [(i, text) for i, (role, text) in enumerate(blocks) if role in ("paragraph", "quote")]
    return body[:2]


def _byline(blocks: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the persons of the byline; only the role makes a bare name one."""
    names: list[str] = []
    for role, text in blocks:
        if role == "byline":
            who = _after_by(text)
            names.extend(n for part in re.split(r"\s*[|•·]\s*", who) for n in persons_in(part) if not unlisted_agency(n))
    return tuple(dict.fromkeys(names))


def _after_by(text: str) -> str:
    """Who a byline names."""
    m = _BYLINE.match(text[: thresholds.CREDIT_LENGTH])
    return m["who"] if m else text[:160]


def _same(name: str, outlet: str | None) -> bool:
    a, b = (re.sub(r"\W|^the\s", "", n.casefold()) for n in (name, outlet or ""))
    return bool(b) and (a == b or agency_of(name) == agency_of(outlet or "") is not None)


def _credit_blocks(blocks: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Blocks that can hold a credit: those of that role, and short ones at either end of the text."""
    body = [i for i, (role, _) in enumerate(blocks) if role in ("paragraph", "quote", "list")]
    edge = set(body[: thresholds.BODY_EDGE] + body[-thresholds.BODY_EDGE :])
    for index, (role, text) in enumerate(blocks):
        if role in ("byline", "date", "credit") or (index in edge and len(text) <= thresholds.CREDIT_LENGTH):
            yield index, text


def _contributors(text: str) -> list[str]:
    text = text[: thresholds.CREDIT_LENGTH]
    found = [n for m in _contributions(text) for n in persons_in(m["who"])]
    alone = text.lstrip("([ ")
    for m in _REPORTING.finditer(text):
        # "Reporting by X" is the byline of a wire report; only "additional" reporting is a contribution
        opening = text[max(0, m.start() - 12) : m.start() + 12]
        if _ADDITIONAL.search(opening) or alone.startswith(("Reporting", "With")):
            found.extend(persons_in(m["who"]))
    m2 = _WITH_FROM.match(text) or _LABELLED.match(text)
    return found + (persons_in(m2["who"]) if m2 else [])


def _contributions(text: str) -> Iterator[re.Match[str]]:
    # The pattern is slow on names.
    return _CONTRIBUTED.finditer(text) if "contributed" in text else iter(())


def _said_outright(text: str, role: str, page: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, name, kind) of source links, first appearances and contributions that a line tells."""
    head = text[: thresholds.CREDIT_LENGTH]
    own = role in ("title", "heading", "deck", "quote") or len(text) > thresholds.SOURCE_LENGTH
    m = None if own else _SOURCE.match(head)
    if m:
        name = (m["name"] or m["via_name"] or m["culled"] or m["more"] or "").strip()
        agency = unlisted_agency(name, page) or (name if _ACRONYM.fullmatch(name) else None)
        yield m.start(), m.end(), agency or name, "agency" if agency else "source link"
    m = None if own else _TRANSLATED.match(head)
    if m:
        agency = unlisted_agency(m["name"], page)
        yield m.start(), m.end(), agency or m["name"].strip(), "agency" if agency else "source link"
    m = None if role in ("title", "heading", "deck", "quote") else _ORIGINAL.match(head)
    if m:
        yield m.start(), m.end(), agency_of(m["name"]) or m["name"].strip(), "first appeared"
    folded = head.casefold()
    for m in _APPEARED.finditer(head) if any(letters in folded for letters in _APPEARED_LETTERS) else ():
        yield m.start(), m.end(), agency_of(m["name"]) or m["name"].strip(), "first appeared"
    for m in _contributions(head):
        agencies = [(m.start("who") + s, m.start("who") + e, name) for s, e, name in agencies_in(m["who"])]
        persons = [(m.start("who"), m.end("who"), name) for name in persons_in(m["who"])[:1]]
        for start, end, name in agencies or persons:
            yield start, end, name, "contributed"
    signed = role == "byline" and persons_in(_after_by(text)) and not _in_byline(text)
    for start, bare in _signers(text) if signed else ():
        if name := known_outlet(bare):
            yield start, start + len(bare), name, "first appeared"
    m = _WITH_FROM.match(head)
    if m:
        for start, end, name in agencies_in(m["who"]):
            yield m.start("who") + start, m.start("who") + end, name, "contributed"


def _agency_places(role: str, text: str, page: str, *, first: bool) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of an agency in a dateline, byline, credit line, or in brackets at the end."""
    if len(text) <= thresholds.SOURCE_LENGTH and (listed := agencies_alone(text)):
        yield from listed
        return
    told = says_who_worked(text) or _RIGHTS.search(text)
    if role == "credit" and len(text.split()) > thresholds.SIGNING_WORDS and not told:
        # What goes on behind an agency's name is the caption of its picture.
        return
    if role in ("byline", "credit"):
        listed = (
            _in_byline(text[: thresholds.CREDIT_LENGTH]) if role == "byline" else agencies_in(text[: thresholds.CREDIT_LENGTH])
        )
        found = [f for f in listed if person(text[f[0] :].split(",")[0]) is None]
        in_line = [(s, e, in_full(text[s:e], page) or name) for s, e, name in found]
        yield from in_line or _signing(text[: thresholds.SOURCE_LENGTH], page)
        return
    if first:
        if in_dateline := dateline_source(text, page):
            yield in_dateline
        lead = _AGENCY_FIRST.match(text[:80])
        if lead and not in_dateline and (name := agency_of(lead["agency"])):
            yield lead.start("agency"), lead.end("agency"), name
    tail = _TAIL_AGENCY.search(text[-80:])
    if tail and (name := agency_of(tail["agency"].strip())) and not _is_spelt_out(text[-80:][: tail.start("agency")], name):
        start = max(0, len(text) - 80) + tail.start("agency")
        yield start, start + len(tail["agency"]), name
    if len(text) <= thresholds.NAME_LENGTH and (name := unlisted_agency(text, page)):
        yield 0, len(text), name


def _is_spelt_out(before: str, name: str) -> bool:
    """Whether an agency's full name stands before its letters in brackets: a sentence that speaks of it."""
    return any(found == name and not before[end:].strip(" (") for _, end, found in agencies_in(before))


def _signing(text: str, page: str) -> Iterator[tuple[int, int, str]]:
    """Yield the unlisted agencies of a byline or a credit: the whole of it, or what follows "with" or a comma."""
    for start, bare in _signers(text):
        if name := unlisted_agency(bare, page):
            yield start, start + len(bare), name


def _in_byline(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the listed agencies of a byline, also of letters printed as a name is: "By Afp Reporter"."""
    offices = words_of("reports", "offices.txt")
    parts = [(start, bare.split()) for start, bare in _signers(text)]
    letters = [(start, w[0]) for start, w in parts if w[0].istitle() and all(o.casefold() in offices for o in w[1:])]
    return agencies_in(text) + [(s, s + len(word), name) for s, word in letters if (name := agency_of(word.upper()))]


def _signers(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each of the names of a byline or a credit begins, and the name."""
    at = 0
    for m in [*_BETWEEN.finditer(text), None]:
        part = text[at : m.start() if m else len(text)]
        bare = _DATED.split(part)[0].strip(" ()[].,:–—-")
        if bare:
            yield at + part.index(bare), bare
        at = m.end() if m else at
