"""Several whole articles on one page of HTML: where one ends and the next begins.

Sites append the next article below the one that was asked for, and people save two in one file. A second report where there is
none costs more than one missed: each needs a headline of its own and enough words of its own (`thresholds.LEAST_FURTHER`).
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from stemma.reports import thresholds
from stemma.reports.dom import Element, runs, text_of
from stemma.reports.jsonld import headlines, is_live, keep_only
from stemma.text.normal import name_key

_NEXT_DOCUMENT = re.compile(r"</html\s*>\s*(?=(?:<!doctype[^>]*>\s*)?<html[\s>])", re.IGNORECASE)
_NO_ARTICLE = "ancestor::nav or ancestor::aside or ancestor::footer or ancestor::blockquote"
_SIGNED = './/*[@itemprop="author" or @rel="author" or contains(@class, "byline") or contains(@class, "author")]'
_OF_THE_FIRST = (
    './/title | .//link[contains(@rel, "canonical")] | '
    './/meta[not(contains(@property, "site_name") or contains(@property, "locale"))]'
)
"""What the head of a page says of its first article alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page's tree with one of its articles left in it, and the key of that article's headline ("" where it stands alone)."""

    tree: Element
    headline: str


def documents_in(html: str) -> list[str]:
    """Return the HTML documents that were saved one behind the other in one file."""
    return [part for part in _NEXT_DOCUMENT.split(html) if part.strip()]


def articles_in(tree: Element) -> list[Part]:
    """Return a part for each whole article that a page prints, its own first; the whole page where it prints one."""
    heads = _heads(tree)
    heads = _of_whole_articles(heads) if len(heads) <= thresholds.MOST_ARTICLES else []
    if len(heads) < 2:
        return [Part(tree, "")]
    numbers = {element: n for n, element in enumerate(tree.iter())}
    places = [[numbers[element] for element in _extent(head, heads)] for head in heads]
    return [_part(tree, places, n, numbers[head]) for n, head in enumerate(heads)]


def _heads(tree: Element) -> list[Element]:
    """The headlines of what may be articles: those that JSON-LD names, and those of article elements side by side."""
    if is_live(tree):
        return []
    named = headlines(tree)
    top = [h for h in tree.xpath(f"//h1[not({_NO_ARTICLE})]") if name_key(text_of(h))]
    found: dict[str, Element] = {}
    for heading in tree.xpath(f"//*[self::h1 or self::h2][not({_NO_ARTICLE})]"):
        key = name_key(text_of(heading))
        told = key in named and len(named) > 1
        if key and (told or _leads_article(heading, top)):
            found.setdefault(key, heading)
    return list(found.values())


def _of_whole_articles(heads: list[Element]) -> list[Element]:
    """The headlines that govern words enough; what one that does not has around it falls to the others."""
    kept = [h for h in heads if _words(_extent(h, heads)) >= thresholds.LEAST_FURTHER]
    return kept if len(kept) == len(heads) else _of_whole_articles(kept)


def _leads_article(heading: Element, top: Sequence[Element]) -> bool:
    """Whether a heading is the first of an outermost article element; one below the page's own headline must be signed too."""
    around = [a for a in heading.iterancestors() if a.tag == "article"]
    if not around or next(around[-1].iter("h1", "h2")) is not heading:
        return False
    if heading.tag == "h1":
        return True
    outside = any(not any(a.tag == "article" for a in h.iterancestors()) for h in top)
    return not outside and bool(around[-1].xpath(_SIGNED))


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
    return sum(r.words for e in elements for r in runs(e) if r.linked < 0.5 and r.words > thresholds.LONGEST_LABEL)


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
