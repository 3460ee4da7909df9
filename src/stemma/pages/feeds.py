"""Feeds and sitemaps to the addresses that they name: RSS, Atom, RDF, JSON Feed, OPML, sitemaps and news sitemaps.

XML is read without a document type, so that no entity is expanded and nothing outside is asked for.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urljoin

from lxml import etree

from stemma.errors import PageError
from stemma.pages.archives import gunzip

MOST = 50_000
"""Addresses that one file may name, as sitemaps have it."""

_ROOTS = ("rss", "feed", "rdf", "opml", "urlset", "sitemapindex")
_HTML = re.compile(rb"<!doctype\s+html\b|<html[\s>]", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PAGE_FEED = re.compile(r"<link\b[^>]*\btype=[\"']application/(?:rss|atom)\+xml[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=[\"']([^\"']+)", re.IGNORECASE)
_CHANGED = ("updated", "modified", "lastmod")
"""What says when a page was changed last: of Atom, also inside RSS, of Dublin Core, of sitemaps; all ISO 8601."""
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
Element: TypeAlias = etree._Element


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap names: `pages`, and further feeds or sitemaps (`lists`), as addresses in their order.

    `changed` has the time at which a page was changed last, where it is said; `left` is how many more addresses it names.
    """

    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    changed: Mapping[str, str] = field(default_factory=dict)
    left: int = 0


def read_listing(content: bytes, address: str) -> Listing:
    """Return what the bytes of a feed, an OPML file or a sitemap name; `address` is their own.

    Raises PageError when they are none of these, are broken beyond reading, or have a document type.
    """
    if content.startswith(b"\x1f\x8b"):
        content = gunzip(content)
    if content.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"{"):
        return _of_json(content, address)
    if _HTML.search(content[:2000]):
        raise PageError(f"this is a page and no feed.{_hint(content, address)}")
    root = _parsed(content)
    found = list(_named(root, address))
    if not found and _name(root) not in _ROOTS:
        raise PageError("this is no feed and no sitemap.")
    return _listing(found)


def _listing(found: Sequence[tuple[str, str, str | None]]) -> Listing:
    """The listing of what was named ("page" or "list", address, when it was changed), as far as one may name so many."""
    named = list(dict.fromkeys((kind, url) for kind, url, _ in found))
    kept: dict[str, list[str]] = {"page": [], "list": []}
    for kind, url in named[:MOST]:
        kept[kind].append(url)
    changed = {url: when for kind, url, when in found if kind == "page" and when}
    return Listing(tuple(kept["page"]), tuple(kept["list"]), changed, len(named) - len(named[:MOST]))


def _parsed(content: bytes) -> Element:
    # Wide encodings put a NUL between two letters; what still comes through is seen in the parsed document.
    if _DOCTYPE.search(content.replace(b"\0", b"")[:1_000_000]):
        raise PageError("the feed has a document type (DTD), in which a bomb can hide; such feeds are not read.")
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(content, reader)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageError("the feed is no XML that can be read.") from error
    if root is None:
        raise PageError("the feed is no XML that can be read.")
    document = root.getroottree().docinfo.internalDTD
    if document is not None and any(True for _ in document.iterentities()):
        raise PageError("the feed has a document type (DTD), in which a bomb can hide; such feeds are not read.")
    return root


def _named(root: Element, address: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield ("page" or "list", address, when it was changed) in the order of the document."""
    base = urljoin(address, root.get(_BASE) or "")
    for element in root.iter(etree.Element):
        name = _name(element)
        if name == "item":
            target = _text(element, "origlink") or _text(element, "link") or _permalink(element) or element.get("about")
        elif name == "entry":
            target = _text(element, "origlink") or _alternate(element)
        elif name in ("url", "sitemap"):
            target = _text(element, "loc")
        elif name == "outline":
            target = next((v for k, v in element.items() if k.lower() == "xmlurl"), None)
        else:
            continue
        if target and target.strip():
            changed = next((said for name_of_time in _CHANGED if (said := _text(element, name_of_time))), None)
            yield ("list" if name in ("sitemap", "outline") else "page"), _absolute_address(base, target), changed


def _of_json(content: bytes, address: str) -> Listing:
    try:
        feed: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PageError("the feed is no JSON that can be read.") from error
    items = feed.get("items") if "jsonfeed.org" in str(feed.get("version")) else None
    if not isinstance(items, list):
        raise PageError("this is no feed and no sitemap.")
    targets = [
        (item.get("url") or item.get("external_url"), item.get("date_modified")) for item in items if isinstance(item, dict)
    ]
    return _listing([
        ("page", _absolute_address(address, url), when if isinstance(when, str) else None)
        for url, when in targets if isinstance(url, str) and url.strip()
    ])  # fmt: skip


def _absolute_address(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())
    except ValueError:
        return target.strip()


def _text(element: Element, name: str) -> str | None:
    """The text of the first child of this name that has any."""
    return next((t for child in element if _name(child) == name and (t := "".join(child.itertext()).strip())), None)


def _permalink(item: Element) -> str | None:
    guid = next((child for child in item if _name(child) == "guid"), None)
    is_link = guid is not None and guid.get("isPermaLink", "true").lower() == "true" and "://" in (guid.text or "")
    return guid.text if guid is not None and is_link else None


def _alternate(entry: Element) -> str | None:
    """The address of an entry's page among its links: the one that says so or says nothing, HTML first."""
    links = [child for child in entry if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
    pages = [link for link in links if "html" in link.get("type", "text/html")]
    return next((target for link in pages + links if (target := link.get("href"))), None)


def _name(element: Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _hint(content: bytes, address: str) -> str:
    """Where the feed of a page is that was given instead of it."""
    links = (_HREF.search(m[0]) for m in _PAGE_FEED.finditer(content[:200_000].decode("utf-8", "replace")))
    feeds = [urljoin(address, href[1]) for href in links if href]
    return f" The page says that its feed is {feeds[0]}" if feeds else ""
