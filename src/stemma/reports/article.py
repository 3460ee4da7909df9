"""The article that a page prints before it has offsets and an id, and how it becomes a report with its blocks.

In HTML and plain text alike, the blocks that are no telling of its own are told apart: posts, corrections, credits. Where each
field was read is one word for each kind of place.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.credits import is_credit, says_who_worked
from stemma.reports.dates import find_date, iso
from stemma.reports.lines import words_in
from stemma.reports.posts import post_runs
from stemma.tables import BODY, OWN_BODY, Block, Provenance, Report, Role
from stemma.text.language import language_of
from stemma.text.normal import name_key

TOLD, TEXT, ADDRESS, GUESS, PAGE, WORDS, DOCUMENT = "told", "text", "address", "guess", "page", "words", "document title"
FIELDS = ("title", "outlet", "url", "published", "modified", "byline", "agency", "contributors", "dateline", "language")
"""The fields that have a place, in the order in which they are told."""
Candidates = Sequence[tuple[str, str | None]]
"""Places, each with what stands there, in the order in which they are believed."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as found on a page: metadata, and blocks of (role, text) in page order.

    A block's text has no newline. `published` and `modified` are ISO 8601, as exact as the page gives them, in the page's own
    zone. `left_out` is a sentence on what was not read, or not looked at: more than its size allows, or a date that is none.
    `where` has the places that fields were read at, but for the article's own lines.
    """

    blocks: tuple[tuple[Role, str], ...]
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    contributors: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    left_out: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)


TOO_MANY_QUOTATIONS = (
    f"a paragraph has more than {thresholds.MOST_QUOTATIONS} quotations; who says those after them was not looked for."
)


def bounded(article: Article) -> Article:
    """Return an article that is no longer than LONGEST_REPORT: its first whole blocks, and in `left_out` that there are more."""
    room = thresholds.LONGEST_REPORT
    kept: list[tuple[Role, str]] = []
    for role, text in article.blocks:
        if len(text) > room and kept:
            break
        kept.append((role, text[:room]))
        room -= len(kept[-1][1])
    if sum(len(text) for _, text in article.blocks) <= thresholds.LONGEST_REPORT:
        crowded = not article.left_out and any(_quotations(text) > thresholds.MOST_QUOTATIONS for _, text in article.blocks)
        return replace(article, left_out=TOO_MANY_QUOTATIONS) if crowded else article
    said = f"the article is longer than {thresholds.LONGEST_REPORT:,} characters; what comes after them was not read."
    return replace(article, blocks=tuple(kept), left_out=said)


def _quotations(text: str) -> int:
    """How many quotations a paragraph has, by its double marks."""
    opening = (text.count("„") or text.count("“")) + text.count("«")
    return text.count('"') // 2 + (opening or text.count("”") // 2)


def is_whole(article: Article) -> bool:
    """Whether an article has a headline and enough words of its own to stand beside another on one page."""
    return bool(article.title) and sum(words_in(t) for role, t in article.blocks if role in OWN_BODY) >= thresholds.LEAST_FURTHER


def report_from_article(
    article: Article, *, id: str, location: str, retrieved: str | None, sha256: str,
    page: str | None = None, language: str | None = None,
) -> tuple[Report, list[Block]]:  # fmt: skip
    """Return an article as a report under this id, and its blocks.

    `page` is the id of the page that prints it, the report's own when not given; `language` is told where it is known from
    outside, and otherwise read off the body.
    Raises NoArticle when the article has no body.
    """
    if not any(role in BODY and text for role, text in article.blocks):
        raise NoArticle("no article was found on the page.")
    text, blocks = laid_out(id, article.blocks)
    body = " ".join(t for role, t in article.blocks if role in BODY)
    spoken = language or language_of(body)
    values = {name: getattr(article, name) for name in Article.__slots__} | {"language": spoken or article.language}
    where = {**article.where, "language": TOLD if language else WORDS} if spoken else article.where
    report = Report(
        id=id, page=page or id, location=location, url=article.url, retrieved=retrieved, sha256=sha256,
        outlet=article.outlet, title=article.title, published=article.published, modified=article.modified, byline=article.byline,
        agency=article.agency, contributors=article.contributors, dateline=article.dateline,
        language=spoken or article.language, text=text, provenance=provenance_of(values, where),
    )  # fmt: skip
    return report, blocks


def laid_out(report: str, parts: Sequence[tuple[Role, str]]) -> tuple[str, list[Block]]:
    """Return the text of a report, given by its id, and its blocks, from the (role, text) parts of its article."""
    blocks, lines, at = [], [], 0
    for role, text in parts:
        line = " ".join(text.split())
        if line:
            blocks.append(Block(report, at, at + len(line), role))
            lines.append(line)
            at += len(line) + 1
    return "\n".join(lines), blocks


_NAMELESS = re.compile(r"(?:by |from )?(?:our |news |wire |the )*(?:agencies|wire (?:services|reports))\b", re.IGNORECASE)
"""A byline of agencies without a name."""

Printed = tuple[Role, str]
"""A block: its role and its text."""


def told_apart(blocks: Sequence[Printed]) -> list[Printed]:
    """Return the blocks with posts, each one block, corrections and credits told from the page's own paragraphs."""
    found = _with_posts(blocks)
    edge = _edge(found)
    return [_with_role(block, at_edge=n in edge) for n, block in enumerate(found)]


def _with_posts(blocks: Sequence[Printed]) -> list[Printed]:
    found: list[Printed] = []
    at = 0
    for start, end in post_runs(blocks):
        found += blocks[at:start]
        found.append(("post", " ".join(text for _, text in blocks[start:end])))
        at = end
    return [*found, *blocks[at:]]


def _edge(blocks: Sequence[Printed]) -> set[int]:
    """The first block of the body and its last ones: where a paragraph may be a credit."""
    body = [n for n, (role, _) in enumerate(blocks) if role in ("paragraph", "list", "quote")]
    return {*body[:1], *body[-thresholds.BODY_EDGE :]} if len(body) > 2 else set()


def _with_role(block: Printed, *, at_edge: bool) -> Printed:
    role, text = block
    if role == "byline" and _NAMELESS.match(text):
        return "credit", text
    if role in ("paragraph", "quote", "list", "credit", "deck") and is_correction(text):
        return "correction", text
    worked = len(text.split()) <= thresholds.WORKED_WORDS and says_who_worked(text[: thresholds.CREDIT_LENGTH])
    if at_edge and role in ("paragraph", "list", "quote") and (worked or is_credit(text)):
        return "credit", text
    return block


_PIECE = r"(?:article|report|story|post|page|piece|column|headline|caption|graphic|video)s?"
_EARLIER = rf"(?:earlier|previous|prior|original|first)(?: online)? versions? of (?:this|our) {_PIECE}"
_CHANGED = r"(?:amended|corrected|updated|revised|edited|modified|clarified|changed)"
_NOTE = re.compile(
    r"^\W*(?:corrections?(?: note| and clarifications?)?|clarifications?|erratum|korrektur|richtigstellung|correctif|"
    r"rectificatif|corrección|correção|correzione|correctie|rectificatie|rättelse|исправление|поправка)\s*(?:[:.(—–-]|$)|"
    rf"\b{_EARLIER}\b|^\W*(?:\w+\s?[:—–-]\s)?(?:the|this|our) {_PIECE} (?:was|has been) (?:\w+ ){{0,2}}{_CHANGED}\b|"
    rf"\bthis {_PIECE} (?:was|has been) (?:\w+ )?{_CHANGED}\b|"
    r"^\W*(?:adds and )?corrects? (?:the |in |to )|\bcorrection(?: note)?: |\bcorrected(?: on)? [^.]{0,40}: |"
    r"\bin einer früheren (?:version|fassung)|\bune version (?:précédente|antérieure) de ce|\buna versión anterior de est|"
    r"\buma versão anterior dest|\buna versione precedente di quest|\bв (?:предыдущей|прежней) версии",
    re.IGNORECASE,
)

_NOTE_LETTERS = (
    "corre", "clarif", "vers", "amended", "updated", "revised", "edited", "modified", "changed", "erratum", "korrektur",
    "richtigstellung", "fassung", "rectifi", "rättelse", "исправление", "поправка", "верси",
)  # fmt: skip
"""Letters of which a note has some: most paragraphs have none, and the pattern is slow."""


def is_correction(text: str) -> bool:
    """Whether a block is a note on a change of the report itself."""
    if len(text.split()) > thresholds.CORRECTION_WORDS:
        return False
    folded = text.casefold()
    return any(letters in folded for letters in _NOTE_LETTERS) and _NOTE.search(text) is not None


def corrected_on(blocks: Iterable[tuple[str, str]]) -> str | None:
    """Return the day on which a correction among the blocks says that the report was changed, in ISO 8601."""
    for text in (text[:300] for role, text in blocks if role == "correction"):
        hit = find_date(text)
        if hit and re.search(rf"\b{_CHANGED}\b[^.]*$", text[: hit[1]], re.IGNORECASE):
            return hit[0]
    return None


def places_of(values: Mapping[str, str | None], candidates: Mapping[str, Candidates]) -> dict[str, str]:
    """Return for each field that has a value the first place that gives it; "page" where none of those named does."""
    return {
        field: next((where for where, text in candidates[field] if text and _gives(text, value)), PAGE)
        for field, value in values.items()
        if value
    }


def provenance_of(values: Mapping[str, object], where: Mapping[str, str]) -> tuple[Provenance, ...]:
    """Return the rows for those fields that have a value; what no place is known for is printed in the article's own lines."""
    return tuple(Provenance(field, where.get(field, TEXT)) for field in FIELDS if values[field])


def given_from_outside(where: Mapping[str, str], fields: Iterable[str]) -> dict[str, str]:
    """Return the places with those of some fields, which were told from outside, in their stead."""
    return {**where, **dict.fromkeys(fields, TOLD)}


def _gives(text: str, value: str) -> bool:
    return name_key(value) in name_key(text) or iso(text) == value
