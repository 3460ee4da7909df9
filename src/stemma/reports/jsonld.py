"""A page's markup in one pass, and what it says of its article in JSON-LD (schema.org) as sites really write it."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from stemma.reports import thresholds
from stemma.reports.dom import Element, is_jsonld, text_of
from stemma.text.normal import name_key, tidy

_MENUS = frozenset(("li", "nav", "aside"))


@dataclass(frozen=True, slots=True)
class Markup:
    """The elements of a page by their tags and by their `itemprop`, in page order; what meta elements say, by their names."""

    tree: Element
    tags: dict[str, list[Element]]
    properties: dict[str, list[Element]]
    metas: dict[str, list[str]]

    def title(self) -> str | None:
        """Return the title of the document."""
        return next((str(e.text_content())[: thresholds.LONGEST_FIELD] for e in self.tags.get("title", ())), None)

    def canonical(self) -> list[str | None]:
        """Return the addresses that the page calls its own."""
        links = self.tags.get("link", ())
        return [e.get("href") for e in links if "canonical" in (e.get("rel") or "").lower().split()]

    def headings(self, rank: str) -> list[str]:
        """Return the page's first headings of a rank, those of menus, lists and boxes apart."""
        outside = (h for h in self.tags.get(rank, ()) if not _in_menu(h))
        return [t for t in map(text_of, islice(outside, 20)) if t]

    def names_in(self, box: str) -> list[Element]:
        """Return the elements that are marked as the name of what another around them is marked as."""
        return [e for e in self.properties.get("name", ()) if any(a.get("itemprop") == box for a in e.iterancestors())]

    def in_order(self, elements: Iterable[Element]) -> list[Element]:
        """Return elements of the page in page order, each once."""
        wanted = set(elements)
        return [e for e in self.tree.iter() if e in wanted] if wanted else []


def markup_of(tree: Element) -> Markup:
    """Return the markup of a page."""
    tags: dict[str, list[Element]] = defaultdict(list)
    properties: dict[str, list[Element]] = defaultdict(list)
    for element in tree.iter():
        tags[element.tag].append(element)
        if name := element.get("itemprop"):
            properties[name].append(element)
    return Markup(tree, tags, properties, _metas(tags.get("meta", ())))


def _metas(elements: Sequence[Element]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in elements:
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = tidy((meta.get("content") or "")[: thresholds.LONGEST_FIELD])
        values = found.setdefault(name.strip().lower(), []) if name and content else []
        if content and len(values) < thresholds.MOST_FIELDS:
            values.append(content)
    return found


def _in_menu(heading: Element) -> bool:
    """Whether a heading stands in a menu, a list or a box; a menu that nobody closed has the article in it."""
    return next((a.tag for a in heading.iterancestors() if a.tag in _MENUS or a.tag == "article"), "article") != "article"


_ARTICLE = re.compile(r"Article$|^(BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|ScholarlyArticle|Review)$|NewsArticle$")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Described:
    """A schema.org article; authors as (name, whether it is an organisation)."""

    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[tuple[str, bool], ...] = ()
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    description: str | None = None
    body: str | None = None
    nodes: int = field(default=0)


def described(tree: Element, headings: tuple[str, ...] = ()) -> Described:
    """Return the page's article as its JSON-LD has it; of several, the one whose headline the page prints."""
    nodes = _all_nodes(tree)
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 2}
    articles = [n for n in nodes if _is_article(n)]
    if not articles:
        return Described(publisher=_site(nodes))

    def fitness(node: dict[str, Any]) -> tuple[bool, bool, bool]:
        return name_key(_text(node.get("headline")) or "") in headings, "datePublished" in node, "author" in node

    chosen = max(articles, key=fitness)
    return Described(
        headline=_text(chosen.get("headline")) or _text(chosen.get("name")),
        published=_text(chosen.get("datePublished")) or _text(chosen.get("dateCreated")),
        modified=_text(chosen.get("dateModified")),
        authors=tuple(islice(_authors(chosen.get("author") or chosen.get("creator"), by_id), thresholds.MOST_FIELDS)),
        publisher=_publisher(chosen.get("publisher") or chosen.get("sourceOrganization"), by_id) or _site(nodes),
        language=_text(chosen.get("inLanguage")), url=_text(chosen.get("url")),
        description=_text(chosen.get("description")), body=_body(chosen.get("articleBody")),
        nodes=len(articles),
    )  # fmt: skip


def headlines(tree: Element) -> set[str] | None:
    """Return the keys (`name_key`) of the headlines of all articles that the page's JSON-LD describes.

    None where it calls the page a live blog: its entries are one article.
    """
    nodes = _all_nodes(tree)
    if any("LiveBlogPosting" in _types(n) for n in nodes):
        return None
    return {name_key(said) for n in nodes if _is_article(n) and (said := _text(n.get("headline")))}


def keep_only(tree: Element, headline: str) -> None:
    """Take out the JSON-LD of scripts that do not describe the article under this headline (a key)."""
    for script in list(tree.iter("script")):
        described_here = {name_key(_text(n.get("headline")) or "") for n in _nodes(_load(script.text_content()), 0)}
        if is_jsonld(script) and headline not in described_here:
            script.drop_tree()


def _all_nodes(tree: Element) -> list[dict[str, Any]]:
    return [n for script in tree.iter("script") if is_jsonld(script) for n in _nodes(_load(script.text_content()), 0)]


def _is_article(node: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(t) for t in _types(node))


def _load(text: str) -> Any:  # noqa: ANN401
    """JSON as sites write it: comment marks around it, raw line breaks within strings, a comma too many."""
    bare = re.sub(r"^\s*(?:/\*.*?\*/|//[^\n]*\n|<!--|<!\[CDATA\[)+|(?:-->|\]\]>|;)\s*$", "", text, flags=re.DOTALL).strip()
    for attempt in (bare, re.sub(r",\s*([}\]])", r"\1", bare), html.unescape(bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "item",
            "hasPart",
            "author",
            "publisher",
        ):
            yield from _nodes(value.get(key), depth + 1)


def _body(value: Any) -> str | None:  # noqa: ANN401
    """An article's text, which some sites give with its tags."""
    return re.sub(r"<[^<>]+>", "\n", html.unescape(value)) if isinstance(value, str) else None


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type") or []
    return [str(k) for k in (kinds if isinstance(kinds, list) else [kinds])]


def _site(nodes: list[dict[str, Any]]) -> str | None:
    for node in nodes:
        if set(_types(node)) & {"WebSite", "NewsMediaOrganization"}:
            name = _text(node.get("name"))
            if name:
                return name
    return None


def _publisher(value: Any, by_id: dict[str, Any]) -> str | None:  # noqa: ANN401
    """A publisher's name; a person who publishes alone is the author and no outlet."""
    whole = by_id.get(str(value.get("@id")), value) if isinstance(value, dict) else value
    return None if isinstance(whole, dict) and "Person" in _types(whole) else _name(value, by_id)


def _authors(value: Any, by_id: dict[str, Any]) -> Iterator[tuple[str, bool]]:  # noqa: ANN401
    for item in value if isinstance(value, list) else [value]:
        whole = by_id.get(str(item.get("@id")), item) if isinstance(item, dict) else item
        name = _name(whole, by_id)
        if name:
            kinds = _types(whole) if isinstance(whole, dict) else []
            yield name, any("Organization" in k for k in kinds)


def _name(value: Any, by_id: dict[str, Any]) -> str | None:  # noqa: ANN401
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        parts = [_text(value.get(part)) for part in ("givenName", "additionalName", "familyName")]
        named = _text(value.get("name")) or " ".join(part for part in parts if part)
        other = by_id.get(str(value.get("@id")))
        return named or (_text(other.get("name")) if isinstance(other, dict) else None)
    return _text(value)


def _text(value: Any) -> str | None:  # noqa: ANN401
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("@id")
    if not isinstance(value, str):
        return None
    return tidy(re.sub(r"</?[a-zA-Z][^<>]*>", "", html.unescape(html.unescape(value[: thresholds.LONGEST_FIELD])))) or None
