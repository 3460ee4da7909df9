"""The name of the outlet where a page of HTML prints it: in the title, as its logo, in a copyright line, above the headline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from stemma.reports import thresholds
from stemma.reports.agencies import agency_of
from stemma.reports.dom import Element, Run, runs, text_of
from stemma.reports.lines import lines_of
from stemma.text.data import words_of
from stemma.text.normal import name_key, tidy

DASH = re.compile(r"\s+[|–—‒\-•·»«:/~]+\s+|\s*\|\s*|\s+::\s+")
"""What stands between a headline, a section and the outlet in a title."""

_COPYRIGHT = re.compile(
    r"(?i:©|\(c\)|copyright)\s*(?:©|\([cC]\))?\s*(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?\s*,?\s*"
    r"(?:by\s+)?(?P<name>[^\W\d_a-zß-ÿ](?:[^.,|©·•\d]|\d{1,3}(?!\d)|\.(?=[a-z]{2,4}\b)){1,45}?)"
    r"(?=\s*(?:[.,|©·•](?![a-z])|(?i:all rights)|\d{4}|$))",
)
_COMPANY = re.compile(
    r"\b(?:llc|ltd|inc|gmbh|limited|corp(?:oration)?|plc|holdings?|group|s\.?a\.?|ag|publishing|publishers|media|theme|"
    r"communications|newspapers|magazines|publications|universal|rights|reserved|riservat\w*|vorbehalten|copyright|foundation|"
    r"trust|wordpress|creative commons)\b\.?",
    re.IGNORECASE,
)
_SMALL = words_of("reports", "small_words.txt")
_HOME = re.compile(r"^(?:/|\./|#|/?(?:index|home|default|main)\.\w{2,5}|https?://[^/]+/?)$", re.IGNORECASE)
_LOGO = re.compile(r"(?<![a-z])(?:logo|brand(?:ing)?|masthead|site-?(?:name|title)|wordmark|blog-?title)(?![a-z])", re.IGNORECASE)
_LOGO_WORDS = re.compile(r"\W*\b(?:logo|home ?page|home|back to|go to|visit)\b\W*", re.IGNORECASE)


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
        key = name_key(place.name).removeprefix("the ")
        votes.setdefault(key, set()).add(place.where)
        if len(key) > 2 and key.replace(" ", "") in host:
            votes[key].add("host")
    proven = [p for p in found if len(votes[name_key(p.name).removeprefix("the ")]) > 1]
    best = max(proven, key=lambda p: len(votes[name_key(p.name).removeprefix("the ")]), default=None)
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


def without_outlet(title: str, outlet: str | None) -> str:
    """Return a headline without the outlet's name before its first dash or after its last."""
    parts, name = title_parts(title), name_key(outlet or "")
    for part, other in ((parts[0], parts[1:]), (parts[-1], parts[:-1])) if name and len(parts) > 1 else ():
        if name_key(part) == name and title.startswith(part):
            return title[title.index(other[0], len(part)) :]
        if name_key(part) == name:
            return title[: title.rindex(part)].rstrip(" |–—‒-•·»«:/~")
    return title


def title_parts(title: str) -> list[str]:
    """Return what stands between the dashes of a document's title."""
    return [part for part in DASH.split(title) if part and part.strip()]


def could_name(text: str) -> bool:
    """Whether words may be an outlet's name by their looks: few, capitalised, no section, no button, no date."""
    words = text.split()
    if not words or len(words) > thresholds.LONGEST_OUTLET or len(text) > 60 or _COMPANY.search(text):
        return False
    looks = all(w[0].isupper() or w[0].isdigit() or not w[0].isalpha() or w.casefold() in _SMALL for w in words)
    if not looks or not text[0].isalnum() or text[-1] in ".?!:;," or sum(c.isdigit() for c in text) > 3:
        return False
    lines = lines_of(text)
    if not lines or lines[0].kind != "short":
        return False
    return not all(w.casefold() in words_of("reports", "sections.txt") or w.casefold() in _SMALL for w in words)


def owner(line: str) -> str | None:
    """Return whom a copyright line names, where it is no company; "© 2021 The Lind Post" is "The Lind Post"."""
    found = _COPYRIGHT.search(line[:200])
    name = found["name"].strip(" -–—·") if found else ""
    return name if name and could_name(name) and not agency_of(name) else None


def _places(tree: Element) -> Iterator[Place]:
    element = tree.find(".//title")
    parts = title_parts(tidy(element.text_content())) if element is not None else []
    ends = (parts[-1:] + parts[:1]) if len(parts) > 1 else []
    yield from (Place(part, "title") for part in ends if could_name(part))
    yield from (Place(name, "home") for name in _logos(tree) if could_name(name))
    page = runs(tree)
    yield from (Place(name, "owner") for run in page[-thresholds.LAST_RUNS :] if (name := owner(run.text)))
    yield from _headers(page, {name_key(part) for part in parts})


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
    printed = [run for run in page if name_key(run.text) in parts and run.element.tag != "li"]
    for run in printed[:-1]:
        if could_name(run.text) and run in page[: thresholds.FIRST_RUNS] and name_key(run.text) != name_key(printed[-1].text):
            yield Place(run.text, "header")
