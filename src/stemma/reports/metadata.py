"""What a page's markup says of its article: JSON-LD first, then meta elements, then what is marked in the text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin

from stemma.reports import thresholds
from stemma.reports.article import ADDRESS, DOCUMENT, TOLD, Candidates, places_of
from stemma.reports.authors import authors_in, person
from stemma.reports.dates import find_date, iso
from stemma.reports.dom import Element, Run, runs, text_of
from stemma.reports.jsonld import Described, Markup, described, markup_of
from stemma.reports.outlets import DASH, could_name, known_outlet, outlet_beside, owner, title_parts
from stemma.text.data import rows, words_of
from stemma.text.normal import name_key, split_address, tidy

_NO_SITE = "[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::header[not(.//h1)])]"


_HELPER = re.compile(
    r"(?:\w+ )?(?:reviewed|fact[- ]?checked|researched|edited|photographed|illustrated|translated|"
    r"geprüft|bearbeitet|relu|révisé|revisado) "
    r"(?:by|von|par|por)\b",
    re.IGNORECASE,
)
"""What stands before a person who did not write the article."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page's markup says; `authors` are people, `signed` all names that author fields hold, people or not.

    `where` has the place of each field that is known, and `stamped` says that one moment stands for publication and change: a
    site may write when it made the page. `body` is the article's text as the page's data have it.
    """

    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    modified: str | None
    authors: tuple[str, ...]
    signed: tuple[str, ...]
    language: str | None
    description: str | None
    article: bool
    month_first: bool | None
    stamped: bool
    body: str | None
    where: Mapping[str, str]


def read_metadata(tree: Element, url: str | None = None) -> Metadata:
    """Return the metadata that a page's markup gives; dates in ISO 8601 and in the page's own zone."""
    page = markup_of(tree)
    metas, headings = page.metas, page.headings("h1")
    below = [] if headings else page.headings("h2")
    own = described(tree, tuple(name_key(h) for h in (*headings, *below)))
    address = url or _address(page, own)
    outlet = _outlet(page, own, address) or _outlet_in_title(page, [*headings, *below])
    title = _title(page, own, headings, below, outlet)
    marked, language = _marked(page), _language(tree, own, metas)
    signed = tuple(dict.fromkeys([*(n for n, _ in own.authors), *_all(metas, _names("author")), *marked]))
    days = {what: _dates(page, own, what) for what in ("published", "modified")}
    stamped = own.published is not None and own.published == own.modified
    published, modified = (_first_date([text for _, text in days[what]]) for what in ("published", "modified"))
    authors = _authors(page, own, marked, outlet, address)
    values = {
        "title": title, "outlet": outlet, "url": address, "published": published, "modified": modified,
        "byline": next(iter(authors), None), "language": language,
    }  # fmt: skip
    where = places_of(values, _candidates(page, own, [*headings, *below], marked, address) | days)
    return Metadata(
        title=title, outlet=outlet, url=address, published=published, modified=modified, authors=authors,
        signed=signed, language=language, where=where | ({"url": TOLD} if url else {}),
        description=own.description or _first(metas, ("og:description", "description", "twitter:description")),
        article=bool(own.nodes or published or "article" in metas.get("og:type", ())),
        month_first=_month_first(tree, own, metas), stamped=stamped, body=own.body,
    )  # fmt: skip


def _dates(page: Markup, own: Described, what: str) -> Candidates:
    """The dates of publication, or of a change, that the markup gives."""
    said = own.published if what == "published" else own.modified
    found: list[tuple[str, str | None]] = [("JSON-LD", said), *(("meta element", v) for v in _all(page.metas, _names(what)))]
    if what == "modified":
        return found
    marked = ("markup", _itemprop_date(page))
    day, first = iso(said), iso(marked[1])
    # A site that stamps its page whenever it is made gives one moment for both; what it prints is older.
    stamped = day is not None and first is not None and said == own.modified and first[:10] < day[:10]
    return [marked, *found] if stamped else [*found, marked]


def _candidates(
    page: Markup, own: Described, headings: Sequence[str], marked: Sequence[str], url: str | None
) -> dict[str, Candidates]:
    """What stands in each place that a field may be read at."""

    def in_metas(*names: str) -> list[tuple[str, str | None]]:
        return [("meta element", text) for text in _all(page.metas, names)]

    shared = ("og:title", "twitter:title")
    headed = [("heading", heading) for heading in headings]
    outlets = [*in_metas("og:site_name", *_names("outlet")), ("JSON-LD", own.publisher), ("markup", _itemprop_outlet(page))]
    signed = [("JSON-LD", name) for name, _ in own.authors]
    canonical = [("markup", link) for link in page.canonical()]
    return {
        "title": [*headed, ("JSON-LD", own.headline), *in_metas(*shared), (DOCUMENT, page.title())],
        "outlet": [*outlets, (ADDRESS, host_of(url))],
        "url": [*canonical, *in_metas("og:url"), ("JSON-LD", own.url)],
        "byline": [*signed, *in_metas(*_names("author")), *(("markup", name) for name in marked)],
        "language": [*(("markup", said) for said in _languages(page.tree, own)), *in_metas("og:locale", "language")],
    }


@lru_cache(maxsize=8)
def _names(what: str) -> tuple[str, ...]:
    return tuple(name for kind, name in rows("reports", "meta_names.tsv") if kind == what)


def _all(metas: dict[str, list[str]], names: Sequence[str]) -> list[str]:
    return [value for name in names for value in metas.get(name, ())]


def _first(metas: dict[str, list[str]], names: Sequence[str]) -> str | None:
    return next(iter(_all(metas, names)), None)


def _title(page: Markup, own: Described, headings: Sequence[str], below: Sequence[str], outlet: str | None) -> str | None:
    """The heading that the markup's own titles repeat; where none does, what the page is called when it is shared.

    `below` are the headings of the next rank, where the page has none of the first.
    """
    document = tidy(page.title() or "")
    shared = [t for t in (own.headline, _first(page.metas, ("og:title",)), _first(page.metas, ("twitter:title",))) if t]
    shared = [_without_outlet(t, outlet, headings) for t in shared]
    document = _without_outlet(document, outlet, [*headings, *shared])
    for heading in (_without_kicker(h, shared) for h in (*headings, *below)):
        if any(_same(heading, other) for other in [*shared, document]):
            return heading
    named = next((h for h in page.tags.get("h1", ()) if h.get("itemprop") == "headline"), None)
    if named is not None:
        return _without_kicker(text_of(named), shared)
    if len(headings) == 1 and any(_tells(headings[0], other) for other in shared):
        return _without_kicker(headings[0], shared)
    if shared:
        return shared[0]
    if len(headings) == 1 and not _is_outlet(headings[0], outlet):
        return headings[0]
    return document or None


def _without_kicker(heading: str, shared: Sequence[str]) -> str:
    """A heading without the topic above it, where the page's own title has it alone."""
    cut = (t for t in shared if name_key(heading).endswith(" " + name_key(t)) and heading.endswith(t) and len(t.split()) > 2)
    return next((t for t in cut if name_key(heading.removesuffix(t)) not in words_of("reports", "small_words.txt")), heading)


def _same(a: str, b: str) -> bool:
    x, y = name_key(a).split(), name_key(b).split()
    common = len(set(x) & set(y))
    least = max(thresholds.SAME_TITLE * max(len(set(x)), len(set(y))), thresholds.LEAST_HEADLINE)
    return bool(x and y) and (x == y or common >= least)


def _tells(heading: str, other: str) -> bool:
    """Whether most words of a page's one heading stand in a title that the page is shared under."""
    words = set(name_key(heading).split())
    return len(words) >= thresholds.HEADLINE_WORDS and 2 * len(words & set(name_key(other).split())) > len(words)


def _without_outlet(title: str, outlet: str | None, others: Sequence[str]) -> str:
    """A title without the outlet's name, or a section's, after its last dash."""
    cuts = list(DASH.finditer(title))
    for cut in cuts:
        if any(name_key(title[: cut.start()]) == name_key(o) for o in others if o != title):
            return title[: cut.start()].strip()
    while cuts:
        last = cuts.pop()
        if _is_outlet(title[last.end() :], outlet):
            title = title[: last.start()].strip()
        else:
            break
    cuts = list(DASH.finditer(title))
    if cuts and _is_outlet(title[: cuts[0].start()], outlet):
        title = title[cuts[0].end() :].strip()
    return title


def _is_outlet(text: str, outlet: str | None) -> bool:
    a, b = name_key(text).replace(" ", ""), name_key(outlet or "").replace(" ", "")
    return bool(a and b) and (
        a == b or a.removeprefix("the") == b.removeprefix("the") or re.sub(r"(com|de|net|org|at|ch|fr|uk)$", "", a) == b
    )


def _outlet(page: Markup, own: Described, url: str | None) -> str | None:
    metas = page.metas
    named = [*metas.get("og:site_name", ()), own.publisher, *_all(metas, _names("outlet")), _itemprop_outlet(page)]
    good = [
        n
        for n in named
        if n and len(n) <= thresholds.NAME_LENGTH and any(map(str.isalpha, n)) and not n.startswith(("http", "@"))
    ]
    plain = [n for n in good if not re.fullmatch(r"[\w-]+(\.[\w-]+)+/?", n)]
    if plain or good:
        return re.split(r"\s+[|–—-]\s+", (plain or good)[0])[0].strip()
    return site_name(page, url) or host_of(url)


def _outlet_in_title(page: Markup, headings: Sequence[str]) -> str | None:
    """What a page's title names beside the headline; beside another headline a name that reads like a newspaper's."""
    document = tidy(page.title() or "")
    beside = next((name for h in headings if (name := outlet_beside(h, document))), None)
    *before, last = title_parts(document) or [""]
    house = known_outlet(last) or set(last.casefold().split()) & words_of("reports", "mastheads.txt")
    return beside or (last if before and house and could_name(last) else None)


def _itemprop_outlet(page: Markup) -> str | None:
    for element in page.names_in("publisher")[:1]:
        return tidy(element.get("content") or element.text_content()) or None
    return None


def _address(page: Markup, own: Described) -> str | None:
    named = [*page.canonical(), *page.metas.get("og:url", ()), own.url]
    base = next((n for n in named if n and n.startswith("http")), "")
    for name in named:
        address = _absolute_address(base, name)
        if address and split_address(address).path not in ("", "/"):
            return address
    return None


def _absolute_address(base: str, address: str | None) -> str | None:
    try:
        whole = urljoin(base, tidy(address or ""))
        return whole if split_address(whole).scheme in ("http", "https") and split_address(whole).hostname else None
    except ValueError:
        return None


def _authors(page: Markup, own: Described, marked: Sequence[str], outlet: str | None, url: str | None) -> tuple[str, ...]:
    """People in the first place that names any: JSON-LD, meta elements, links and properties marked as the author's."""
    sites = [outlet, own.publisher, *page.metas.get("og:site_name", ())]
    barred = [*sites, host_of(url), *(host_of(url) or "").split(".")[:1]]
    from_jsonld = [name for name, organisation in own.authors if not organisation]
    persons = authors_in(from_jsonld, sites)
    signed = _beside_headline(page, barred)
    written = _all(page.metas, _names("author"))
    if persons:
        return signed if _overrule(signed, persons, authors_in(written, barred), page.tree) else persons
    if written and _named_after(written[0], sites, host_of(url)):
        return (written[0],)
    for fields in (written, marked, [n for n, _ in own.authors]):
        found = authors_in(fields, barred)
        if found:
            return found
    return signed


def _overrule(signed: Sequence[str], persons: Sequence[str], written: Sequence[str], tree: Element) -> bool:
    """Whether the byline that is printed counts and not JSON-LD: that may name who put the page up, or the first of several."""
    more = [name for name in signed if name not in persons]
    fuller = set(persons) < set(signed) and not any(name in other for name in persons for other in more)
    return fuller or (bool(signed) and set(signed) <= set(written) and not _prints(tree, persons))


def _prints(tree: Element, names: Sequence[str]) -> bool:
    page = text_of(tree)
    if any(name in page for name in names):
        return True
    key = name_key(page)
    return any(name_key(name) in key for name in names)


def _marked(page: Markup) -> list[str]:
    whole = (e for e in page.properties.get("author", ()) if not any(i.get("itemprop") for i in e.iterdescendants()))
    links = (link for link in page.tags.get("a", ()) if link.get("rel") == "author")
    found = page.in_order([*page.names_in("author"), *whole, *links])[:8]
    return [t for t in (tidy(e.get("content") or text_of(e)) for e in found if not _helps(e)) if t]


def _helps(element: Element) -> bool:
    """Whether the box of one name says that this person reviewed, checked or edited and did not write."""
    for box in (element, *islice(element.iterancestors(), 3)):
        said = tidy(box.text_content())
        if len(said.split()) > thresholds.NAME_BOX:
            return False
        if _HELPER.match(said) or any("/reviewer" in (link.get("href") or "") for link in box.iter("a")):
            return True
    return False


def _named_after(name: str, sites: Sequence[str | None], host: str | None) -> bool:
    """Whether an author field gives a person whom the outlet is named after; a house's own name stands in its address."""
    words = name_key(name).split()
    own = name_key(name) in {name_key(site or "") for site in sites}
    house = set(words) & words_of("reports", "mastheads.txt") or known_outlet(name) or any(w in (host or "") for w in words)
    return own and person(name) is not None and not house


def _beside_headline(page: Markup, barred: Sequence[str | None]) -> tuple[str, ...]:
    """The people called authors in the smallest box around the headline that has any; a crowd are teasers' authors."""
    for box in _headline_boxes(page):
        signed = [tidy(text_of(e)) for e in islice(filter(_signs, box.iterdescendants()), 8) if not _helps(e)]
        found = authors_in([*signed, *_portraits(box)], barred)
        if found:
            return found if len(found) <= thresholds.CROWD else ()
    return ()


def _signs(element: Element) -> bool:
    """Whether an element is called a byline, or is a link to an author."""
    called = element.get("class") or ""
    if "author" in called:
        return "author-name" in called or called == "author" or element.tag == "a" or "byline" in called
    return "byline" in called or (element.tag == "a" and "/author" in (element.get("href") or ""))


def _portraits(box: Element) -> list[str]:
    """The names on links that hold a portrait, in a short line with a date: elsewhere such a link leads to a story."""
    named = ((link, link.get("title")) for link in box.iter("a"))
    pictured = ((link, name) for link, name in named if name and any(i.get("alt") == name for i in link.iter("img")))
    lines = ((tidy(link.getparent().text_content()), name) for link, name in islice(pictured, 8))
    return [name for line, name in lines if len(line.split()) <= thresholds.NAME_BOX and find_date(line)]


def _headline_boxes(page: Markup) -> list[Element]:
    headlines = page.tags.get("h1", ())
    return list(islice(headlines[0].iterancestors(), thresholds.HEADLINE_BOXES)) if len(headlines) == 1 else []


def _itemprop_date(page: Markup) -> str | None:
    """A date marked as the article's, or the one time that stands in the same box as the page's one headline."""
    boxes = _headline_boxes(page) if "time" in page.tags else ()
    timed: list[Element] = next(
        (found for box in boxes if (found := box.xpath(f"(.//time[@datetime])[position() <= 50]{_NO_SITE}"))), []
    )
    stamps = (t for t in page.tags.get("time", ()) if t.get("pubdate") is not None)
    for element in [*page.in_order([*page.properties.get("datePublished", ()), *stamps])[:3], *timed[:1]]:
        value = element.get("content") or element.get("datetime") or tidy(element.text_content())
        if iso(value):
            return str(value)
    return None


def _first_date(values: Sequence[str | None]) -> str | None:
    return next((d for d in map(iso, values) if d), None)


def _month_first(tree: Element, own: Described, metas: dict[str, list[str]]) -> bool | None:
    """Whether the page's country writes the month of 05/07/2024 first; None where the page does not say which it is."""
    said = [*_languages(tree, own), *metas.get("og:locale", ())]
    country = next((m[1] for s in said if (m := re.fullmatch(r"[a-z]{2,3}[-_]([a-z]{2})", s.strip().lower()))), None)
    if country:
        return country in ("us", "ph")
    language = _language(tree, own, metas)
    return None if language in (None, "en") else False


def _language(tree: Element, own: Described, metas: dict[str, list[str]]) -> str | None:
    said = next(iter(_languages(tree, own)), None) or _first(metas, ("og:locale", "language"))
    found = re.match(r"[a-z]{2,3}(?![a-z])", (said or "").strip().lower())
    return found[0] if found else None


def _languages(tree: Element, own: Described) -> list[str]:
    root = tree.getroottree().getroot()
    said = (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), own.language)
    return [value for value in said if value]


_HOME = re.compile(r"^(?:/|\./|#|/?(?:index|home|default|main)\.\w{2,5}|https?://[^/]+/?)$", re.IGNORECASE)
_LOGO = re.compile(r"(?<![a-z])(?:logo|brand(?:ing)?|masthead|site-?(?:name|title)|wordmark|blog-?title)(?![a-z])", re.IGNORECASE)
_LOGO_WORDS = re.compile(r"\W*\b(?:logo|home ?page|home|back to|go to|visit)\b\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A name, and where the page prints it: title, home, owner or header."""

    name: str
    where: str


def site_name(page: Markup, url: str | None) -> str | None:
    """Return the site's name that two places prove, or that its logo or its copyright line alone gives.

    The places: a part of the document's title, the link to the front page or the logo, the line of copyright, a line by
    itself above the headline, the host's name.
    """
    found = list(_places(page))
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
    return (split_address(url or "").hostname or "").removeprefix("www.") or None


def _places(page: Markup) -> Iterator[Place]:
    parts = title_parts(tidy(page.title() or ""))
    ends = (parts[-1:] + parts[:1]) if len(parts) > 1 else []
    yield from (Place(part, "title") for part in ends if could_name(part))
    yield from (Place(name, "home") for name in _logos(page) if could_name(name))
    printed = runs(page.tree)
    yield from (Place(name, "owner") for run in printed[-thresholds.LAST_RUNS :] if (name := owner(run.text)))
    yield from _headers(printed, {name_key(part) for part in parts})


def _logos(page: Markup) -> Iterator[str]:
    """What the links to the front page and the pictures called logos say; a menu's own link home says "Home"."""
    for link in page.tags.get("a", [])[:80]:
        if _HOME.match((link.get("href") or "").strip()) and not _listed(link):
            yield from _said(link)
    boxes = "self::div or self::span or self::p or self::h1 or self::h2"
    for element in page.tree.xpath(f"//img | //*[{boxes}][@class or @id]")[:300]:
        names = " ".join(v for name in ("class", "id", "src") if (v := element.get(name)))
        if _LOGO.search(names) and (element.tag == "img" or len(element.text_content()) < thresholds.LINE_LENGTH):
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
