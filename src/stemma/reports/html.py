"""A web page's HTML to the articles that it prints.

Sites append the next article below the one that was asked for, and people save two in one file. A second report where there is
none costs more than one missed: each needs a headline of its own and enough words of its own (`thresholds.LEAST_FURTHER`).
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of, unlisted_agency
from stemma.reports.article import ADDRESS, GUESS, TEXT, Article, corrected_on, is_whole
from stemma.reports.authors import authors_in, signed_alike
from stemma.reports.choice import candidates, heaviest, medoid
from stemma.reports.credits import find_credits
from stemma.reports.dates import LONGEST_LINE, find_date, in_url, iso, printed
from stemma.reports.dom import Element, parse, runs, text_of
from stemma.reports.jsonld import headlines, keep_only
from stemma.reports.lines import CHANGED, LABELLED, words_in
from stemma.reports.metadata import Metadata, read_metadata
from stemma.reports.pieces import Piece, pieces
from stemma.text.moments import read_moment
from stemma.text.normal import name_key

ZONES = 15
"""Hours by which the clocks of two zones may differ."""
_LATEST = "2100-01-01"
"""Today is no bound: the same page gives the same date whenever it is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page's tree with one of its articles left in it, and the key of that article's headline ("" where it stands alone)."""

    tree: Element
    headline: str


def article_from_html(html: str, url: str | None = None) -> Article:
    """Return the article that a page of HTML prints, its first; its blocks are empty when there is none. Never raises."""
    return articles_from_html(html, url)[0]


def articles_from_html(html: str, url: str | None = None) -> list[Article]:
    """Return the page's own article as `article_from_html` does, and behind it further whole ones that the page prints."""
    first, *others = documents_in(html) or [""]
    articles = _articles(first, url)
    titles = {d.title for d in articles}
    for document in others:
        articles += [d for d in _articles(document, None) if is_whole(d) and d.title not in titles]
        titles |= {d.title for d in articles}
    return articles


def _articles(html: str, url: str | None) -> list[Article]:
    tree = parse(html)
    if tree is None:
        return [Article(blocks=())]
    first, *others = articles_in(tree)
    article = _article_in(first.tree, url)
    further = [replace(d, outlet=article.outlet) for part in others if _is_of(d := _article_in(part.tree, None), part)]
    return [article, *further] if further and is_whole(article) else [_article_in(tree, url) if others else article]


def _is_of(article: Article, part: Part) -> bool:
    return is_whole(article) and name_key(article.title or "") == part.headline


def _article_in(tree: Element, url: str | None) -> Article:
    # While somebody holds an element, lxml does not make it anew each time that it is come upon.
    elements = list(tree.iter())
    known = read_metadata(tree, url)
    printed = runs(tree)
    page = printed[: thresholds.MOST_RUNS]
    chosen = candidates(tree, elements, page, known.body)
    found = pieces(page, medoid(page, chosen or [heaviest(page)]), known)
    if _enough(found, thresholds.LEAST_PROSE if known.article else thresholds.LEAST_PROSE_UNSAID):
        return replace(_article(tree, found, known), left_out=_left_out(len(printed) > len(page), chosen is None))
    return Article(blocks=(), title=known.title, outlet=known.outlet, url=known.url)


def _left_out(more: bool, unasked: bool) -> str | None:
    """What the page's size kept from being looked at."""
    if more:
        return f"the page has more than {thresholds.MOST_RUNS:,} lines; those after them were not read."
    return (
        "the page is too large for the extractors; its article was found by the weight of its elements alone."
        if unasked
        else None
    )


def _article(tree: Element, found: list[Piece], known: Metadata) -> Article:
    blocks = tuple((p.role, p.text) for p in found)
    credits = find_credits(blocks, known.outlet)
    printed = [p.text for p in found if p.role == "byline"]
    byline = known.authors or authors_in(printed, [known.outlet])
    alike = (signed_alike(line, known.signed, [known.outlet]) for line in printed)
    day, changed = _printed_dates(found, known.month_first)
    addressed = in_url(known.url)
    older = day if known.stamped and _is_older(day, known.published) else None
    published = older or known.published or day or addressed or _guessed_date(tree, changed, known.month_first)
    where = {"published": TEXT if day else ADDRESS if addressed else GUESS, **known.where}
    where |= {"published": TEXT} if older else {}
    where |= {} if credits.agency else {"agency": "markup"}
    return Article(
        blocks=blocks, outlet=known.outlet, title=known.title, published=published,
        modified=known.modified or changed or corrected_on(blocks),
        byline=byline or credits.byline or next(filter(None, alike), ()), agency=credits.agency or _signing_agency(known),
        contributors=credits.contributors, dateline=credits.dateline,
        language=known.language, url=known.url, where=where,
    )  # fmt: skip


def _is_older(printed: str | None, stamped: str | None) -> bool:
    """Whether a printed day or moment is before a stamped one by more than two zones may differ."""
    one, other = read_moment(printed), read_moment(stamped)
    if one is None or other is None:
        return False
    return other.begin - one.begin >= timedelta(days=0 if one.exact and other.exact else 1, hours=ZONES)


def _enough(found: list[Piece], least: int) -> bool:
    """Whether there is enough prose for an article: a line of text, or a page of headlines and links, is none."""
    prose = [p.text for p in found if p.role in ("paragraph", "quote")]
    listed = sum(words_in(p.text) for p in found if p.role in ("list", "table", "link", "heading"))
    words = sum(map(words_in, prose))
    return words >= least and words * thresholds.MOST_LISTED >= listed


def _printed_dates(found: list[Piece], month_first: bool | None) -> tuple[str | None, str | None]:
    """The first day of publication and of a change that lines above the body print; what stands before a date tells."""
    published = changed = None
    for text in (p.text[:LONGEST_LINE] for p in found if p.role in ("date", "byline")):
        at = 0
        while hit := find_date(text[at:], month_first):
            label = text[at : at + hit[1]]
            if CHANGED.search(label) and not LABELLED.search(label):
                changed = changed or hit[0]
            else:
                published = published or hit[0]
            at += hit[2]
    return published, changed


def _guessed_date(tree: Element, changed: str | None, month_first: bool | None) -> str | None:
    """What htmldate finds when the site's own header, which may print today's date, is out of its sight.

    The day of a change is none of publication, and figures that may be two days are neither.
    """
    from htmldate import find_date as guess

    bare = deepcopy(tree)
    for part in bare.xpath("//header[not(.//h1)] | //nav | //footer | //aside"):
        part.getparent().remove(part)
    found = iso(guess(bare, original_date=True, extensive_search=False, max_date=_LATEST))
    if not found or found == (changed or "")[:10] or _is_of_a_change(bare, found, month_first):
        return None
    year, month, day = found[:10].split("-")
    either = rf"(?<!\d)0?(?:{int(month)}|{int(day)})[/-]0?(?:{int(month)}|{int(day)})[/-]{year}(?!\d)"
    figures = re.search(either, text_of(bare)) if int(day) <= 12 else None
    return printed(figures[0], month_first) if figures else found


def _is_of_a_change(tree: Element, day: str, month_first: bool | None) -> bool:
    """Whether every short line that prints a day says that something was changed on it."""
    short = (run.text for run in runs(tree) if len(run.text) <= LONGEST_LINE)
    told = [line for line in short if (hit := find_date(line, month_first)) and hit[0][:10] == day[:10]]
    return bool(told) and all(CHANGED.search(line) and not LABELLED.search(line) for line in told)


def _signing_agency(known: Metadata) -> str | None:
    """An agency in the author field has written the words, unless the outlet is that agency."""
    parts = [part.strip() for name in known.signed for part in re.split(r"[,;|/]", name)]
    own = (known.outlet or "").casefold().removeprefix("the ")
    found = [a for part in parts if part.casefold().removeprefix("the ") != own and (a := unlisted_agency(part))]
    # "By A. Rell, AP Auto Writer" in the data may stand on the page as "Ap Auto Writer".
    found += [a for name in known.signed if (a := find_credits([("byline", name)], known.outlet).agency)]
    return next((a for a in found if agency_of(known.outlet or "") != a), None)


_NEXT_DOCUMENT = re.compile(r"</html\s*>\s*(?=(?:<!doctype[^>]{0,300}>\s*)?<html[\s>])", re.IGNORECASE)
_NO_ARTICLE = ("nav", "aside", "footer", "blockquote")
_SIGNED = './/*[@itemprop="author" or @rel="author" or contains(@class, "byline") or contains(@class, "author")]'
_OF_THE_FIRST = (
    './/title | .//link[contains(@rel, "canonical")] | '
    './/meta[not(contains(@property, "site_name") or contains(@property, "locale"))]'
)
"""What the head of a page says of its first article alone."""


def documents_in(html: str) -> list[str]:
    """Return the HTML documents that were saved one behind the other in one file."""
    return [part for part in _NEXT_DOCUMENT.split(html) if part.strip()]


def articles_in(tree: Element) -> list[Part]:
    """Return a part for each whole article that a page prints, its own first; the whole page where it prints one."""
    heads = _heads(tree)
    heads = _of_whole_articles(heads) if 1 < len(heads) <= thresholds.MOST_ARTICLES else []
    if len(heads) < 2:
        return [Part(tree, "")]
    numbers = {element: n for n, element in enumerate(tree.iter())}
    places = [[numbers[element] for element in _extent(head, heads)] for head in heads]
    return [_part(tree, places, n, numbers[head]) for n, head in enumerate(heads)]


def _heads(tree: Element) -> list[Element]:
    """The headlines of what may be articles: those that JSON-LD names, and those of article elements side by side."""
    named = headlines(tree)
    if named is None:
        return []
    headings = [h for h in tree.iter("h1", "h2") if next(h.iterancestors(*_NO_ARTICLE), None) is None]
    found: dict[str, Element] = {}
    alone = (h for h in headings if h.tag == "h1" and next(h.iterancestors("article"), None) is None)
    outside = any(name_key(text_of(h)) for h in alone)
    for heading in headings:
        leads = _leads_article(heading, below=outside)
        key = name_key(text_of(heading)) if leads or len(named) > 1 else ""
        if key and (leads or key in named):
            found.setdefault(key, heading)
    return list(found.values())


def _of_whole_articles(heads: list[Element]) -> list[Element]:
    """The headlines that govern words enough; what one that does not has around it falls to the others."""
    kept = [h for h in heads if _words(_extent(h, heads)) >= thresholds.LEAST_FURTHER]
    return kept if len(kept) == len(heads) else _of_whole_articles(kept)


def _leads_article(heading: Element, *, below: bool) -> bool:
    """Whether a heading is the first of an outermost article element; one `below` the page's own headline must be signed too."""
    around = list(heading.iterancestors("article"))
    if not around or next(around[-1].iter("h1", "h2")) is not heading:
        return False
    if heading.tag == "h1":
        return True
    return not below and bool(around[-1].xpath(_SIGNED))


def _extent(head: Element, heads: Sequence[Element]) -> list[Element]:
    """The elements that one headline governs: the widest that holds no other, and where it is too small, what follows it."""
    others = {a for h in heads if h is not head for a in (h, *h.iterancestors())}
    box = head
    while box.getparent() is not None and box.getparent() not in others and box.tag != "body":
        box = box.getparent()
    if _words([box]) >= thresholds.LEAST_FURTHER:
        return [box]
    return [box, *_until(box.itersiblings(), others)]


def _until(siblings: Iterator[Element], others: set[Element]) -> Iterator[Element]:
    for sibling in siblings:
        if sibling in others:
            return
        yield sibling


def _words(elements: Sequence[Element]) -> int:
    return sum(
        r.words for e in elements for r in runs(e) if r.linked < thresholds.MOSTLY_LINKED and r.words > thresholds.LONGEST_LABEL
    )


def _part(tree: Element, places: Sequence[Sequence[int]], own: int, head: int) -> Part:
    copy = deepcopy(tree)
    elements = list(copy.iter())
    headline = name_key(text_of(elements[head]))
    elements[head].tag = "h1"
    for place in (p for n, extent in enumerate(places) if n != own for p in extent):
        elements[place].drop_tree()
    if own:
        for element in copy.xpath(_OF_THE_FIRST):
            element.drop_tree()
        keep_only(copy, headline)
    return Part(copy, headline)
