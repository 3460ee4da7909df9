"""A page's markup in one pass: its elements by tag and by property, and what its meta elements say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from stemma.reports import thresholds
from stemma.reports.dom import Element, text_of
from stemma.text.normal import tidy

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
