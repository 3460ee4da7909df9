"""A web page's HTML to the article that it prints."""

import re
from copy import deepcopy

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of, unlisted_agency
from stemma.reports.article import Piece, pieces
from stemma.reports.authors import authors_in
from stemma.reports.choice import candidates, medoid
from stemma.reports.credits import find_credits
from stemma.reports.dates import in_url, iso, printed
from stemma.reports.dom import Element, parse, runs
from stemma.reports.draft import Draft
from stemma.reports.lines import words_in
from stemma.reports.metadata import Metadata, read_metadata

_LATEST = "2100-01-01"
"""Today is no bound: the same page gives the same date whenever it is read."""


def draft_from_html(html: str, url: str | None = None) -> Draft:
    """Return the article that a page of HTML prints; its blocks are empty when there is none. Never raises."""
    tree = parse(html)
    if tree is None:
        return Draft(blocks=())
    known = read_metadata(tree, url)
    page = runs(tree)[: thresholds.MOST_RUNS]
    found = pieces(page, medoid(page, candidates(tree, page)), known)
    if _enough(found, thresholds.LEAST_PROSE if known.article else thresholds.LEAST_PROSE_UNSAID):
        return _draft(tree, found, known)
    return Draft(blocks=(), title=known.title, outlet=known.outlet, url=known.url)


def _draft(tree: Element, found: list[Piece], known: Metadata) -> Draft:
    blocks = tuple((p.role, p.text) for p in found)
    credits = find_credits(blocks, known.outlet)
    byline = known.authors or authors_in((p.text for p in found if p.role == "byline"), [known.outlet])
    published = known.published or _printed_date(found) or in_url(known.url) or _guessed_date(tree)
    return Draft(
        blocks=blocks, outlet=known.outlet, title=known.title, published=published, modified=known.modified,
        byline=byline or credits.byline, agency=credits.agency or _signing_agency(known),
        contributors=credits.contributors, dateline=credits.dateline,
        language=known.language, url=known.url,
    )  # fmt: skip


def _enough(found: list[Piece], least: int) -> bool:
    """Whether there is enough prose for an article: a line of text, or a page of headlines and links, is none."""
    prose = [p.text for p in found if p.role in ("paragraph", "quote")]
    listed = sum(words_in(p.text) for p in found if p.role in ("list", "table", "link", "heading"))
    words = sum(map(words_in, prose))
    return words >= least and words * 12 >= listed


def _printed_date(found: list[Piece]) -> str | None:
    return next((d for p in found if p.role == "date" and (d := printed(p.text))), None)


def _guessed_date(tree: Element) -> str | None:
    """What htmldate finds when the site's own header, which may print today's date, is out of its sight."""
    from htmldate import find_date

    bare = deepcopy(tree)
    for part in bare.xpath("//header[not(.//h1)] | //nav | //footer | //aside"):
        part.getparent().remove(part)
    found = find_date(bare, original_date=True, extensive_search=False, max_date=_LATEST)
    return iso(found)


def _signing_agency(known: Metadata) -> str | None:
    """An agency in the author field has written the words, unless the outlet is that agency."""
    parts = [part.strip() for name in known.signed for part in re.split(r"[,;|/]", name)]
    own = (known.outlet or "").casefold().removeprefix("the ")
    found = [a for part in parts if part.casefold().removeprefix("the ") != own and (a := unlisted_agency(part))]
    return next((a for a in found if agency_of(known.outlet or "") != a), None)
