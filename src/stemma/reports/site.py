"""The outlet of a page of HTML whose markup does not say it: the name that stands where sites print theirs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from stemma.reports.dom import Element, Run, runs, text_of
from stemma.reports.outlets import could_name, fold, owner, title_parts
from stemma.text.normal import tidy

_HOME = re.compile(r"^(?:/|\./|#|/?(?:index|home|default|main)\.\w{2,5}|https?://[^/]+/?)$", re.IGNORECASE)
_LOGO = re.compile(r"(?<![a-z])(?:logo|brand(?:ing)?|masthead|site-?(?:name|title)|wordmark|blog-?title)(?![a-z])", re.IGNORECASE)
_LOGO_WORDS = re.compile(r"\W*\b(?:logo|home ?page|home|back to|go to|visit)\b\W*", re.IGNORECASE)
_FIRST, _LAST = 12, 25


@dataclass(frozen=True, slots=True)
class Place:
    """A name, and where the page prints it: title, home, owner or header."""

    name: str
    where: str


def site_name(tree: Element, url: str | None) -> str | None:
    """Return the site's name that two places prove, or that its logo or its copyright line alone gives.

    The places: a part of the document's title, the link to the front page or the logo, the line of copyright, a line by
    itself above the headline, the host's name.
    """
    found = list(_places(tree))
    host = re.sub(r"\W", "", host_of(url) or "")
    votes: dict[str, set[str]] = {}
    for place in found:
        key = fold(place.name).removeprefix("the ")
        votes.setdefault(key, set()).add(place.where)
        if len(key) > 2 and key.replace(" ", "") in host:
            votes[key].add("host")
    proven = [p for p in found if len(votes[fold(p.name).removeprefix("the ")]) > 1]
    best = max(proven, key=lambda p: len(votes[fold(p.name).removeprefix("the ")]), default=None)
    # An address is surer than a company's name below the page.
    alone = next((p for where in (("home",) if host else ("home", "owner")) for p in found if p.where == where), None)
    chosen = best or (alone if alone and len(alone.name.split()) > 1 else None)
    return chosen.name if chosen else None


def host_of(url: str | None) -> str | None:
    """Return the host of an address without "www."."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return host or None


def _places(tree: Element) -> Iterator[Place]:
    element = tree.find(".//title")
    parts = title_parts(tidy(element.text_content())) if element is not None else []
    ends = (parts[-1:] + parts[:1]) if len(parts) > 1 else []
    yield from (Place(part, "title") for part in ends if could_name(part))
    yield from (Place(name, "home") for name in _logos(tree) if could_name(name))
    page = runs(tree)
    yield from (Place(name, "owner") for run in page[-_LAST:] if (name := owner(run.text)))
    yield from _headers(page, {fold(part) for part in parts})


def _logos(tree: Element) -> Iterator[str]:
    """What the links to the front page and the pictures called logos say; a menu's own link home says "Home"."""
    for link in list(tree.iter("a"))[:80]:
        if _HOME.match((link.get("href") or "").strip()) and not _listed(link):
            yield from _said(link)
    boxes = "self::div or self::span or self::p or self::h1 or self::h2"
    for element in tree.xpath(f"//img | //*[{boxes}][@class or @id]")[:300]:
        names = " ".join(v for name in ("class", "id", "src") if (v := element.get(name)))
        if _LOGO.search(names) and (element.tag == "img" or len(element.text_content()) < 80):
            yield from _said(element)


def _said(element: Element) -> Iterator[str]:
    pictures = [element, *element.iter("img")]
    for said in [text_of(element), *(p.get("alt") or "" for p in pictures), element.get("title") or ""]:
        name = _LOGO_WORDS.sub(" ", tidy(said)).strip()
        if name:
            yield name


def _listed(link: Element) -> bool:
    return any(e.tag in ("li", "nav", "footer") for e in link.iterancestors())


def _headers(page: list[Run], parts: set[str]) -> Iterator[Place]:
    """Of a title's parts that the page prints alone, those above the last: the headline stands under the name."""
    printed = [run for run in page if fold(run.text) in parts and run.element.tag != "li"]
    for run in printed[:-1]:
        if could_name(run.text) and run in page[:_FIRST] and fold(run.text) != fold(printed[-1].text):
            yield Place(run.text, "header")
