"""A web page as runs of text: what a reader sees between two breaks of the line, in page order, to the letter.

Old pages are laid out in tables: the cell that the article stands in is found here too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Any

from lxml import etree, html

from stemma.errors import PageError
from stemma.reports import thresholds
from stemma.reports.lines import words_in
from stemma.text.normal import tidy

Element = Any
"""An element of lxml's tree; the library names no type for it."""

_UNSEEN = frozenset((
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "button", "select", "option", "datalist", "textarea", "head", "title", "input", "map", "frameset", "noframes",
    "dialog", "progress", "meter",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "image", "picture", "source", "amp-img", "blink",
))  # fmt: skip
_BREAK, _GAP = "\x1f", "\x1e"
_DATA_URI = re.compile(r"""data:(?<=["'(]data:)[\w/+.;=-]*,[^"'()<>\s]{200,}""")
_EMPTY_ELEMENT = re.compile(
    r"<(script|style|title|div|span|a|p|i|b|em|iframe|textarea|noscript)\b([^<>/]*+(?:/(?!>)[^<>/]*+)*+)/>", re.IGNORECASE
)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_SIGNED = re.compile(r"\s*(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+[^\W\d_a-zß-ÿ][\w.'’-]*\s+[^\W\d_a-zß-ÿ]")
_EMBED = re.compile(
    r"(?<![a-z])(?:twitter-(?:tweet|video)|instagram-media|fb-(?:post|video)|tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:embed|card)|"
    r"embed(?:ded)?-tweet|tweet-embed)(?![a-z])",
    re.IGNORECASE,
)
"""What the sites of posts call the elements by which pages embed one."""
LONGEST_NAME = 400
"""Characters of a class or an id that patterns see."""
_DEEPEST = 600
"""Elements within each other on a page; deeper ones are no real page's, and libraries that walk trees by recursion fail."""
_AT_THE_BOUND = etree.XPath("/*" * _DEEPEST)
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_AS_BLANKS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_LONG = 4000
"""Characters from which on a tag's attributes are counted."""
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{%d,}" % _LONG)
_ATTRIBUTE = re.compile(rb"""[^\s"'=<>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]*+))?""")
_MOST_ATTRIBUTES = 100
"""Attributes of a tag: the parser compares each with all before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Text between two line breaks; `element` is the innermost block around it, `linked` the share inside links.

    `words` are counted as in `lines.words_in`: some scripts print no blanks.
    """

    text: str
    element: Element
    linked: float
    words: int


def parse(source: str) -> Element | None:
    """Return the page's lxml tree, without pictures, programs and styles inside the page; None when there is no element in it.

    Raises PageError for a page of more elements than MOST_NODES.
    """
    text = _DATA_URI.sub("data:,", source)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<?xml") or "<![CDATA[" in text:
        text = _as_html(start)
    content = _readable(text)
    if any(len(part) - part.rfind(b"<") > _LONG for part in content.split(b">") if len(part) > _LONG):
        content = _LONG_TAG.sub(_few_attributes, content)
    if content.count(b"<") > thresholds.MOST_TAGS:
        raise PageError(f"the page has more than {thresholds.MOST_TAGS:,} tags; no article has so many.")
    try:
        parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
        tree = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _drop_programs(tree)
    _flatten(tree)
    return tree


def is_jsonld(element: Element) -> bool:
    """Whether an element is a script that holds data on the page (JSON-LD)."""
    return "ld+json" in (element.get("type") or "").lower()


def runs(tree: Element) -> list[Run]:
    """Return the runs of a page's body in page order."""
    body = tree.find(".//body")
    walker = _Walker()
    walker.walk(tree if body is None else body)
    return walker.found


def text_of(element: Element) -> str:
    """Return an element's text on one line, blocks apart by a blank."""
    walker = _Walker()
    walker.walk(element)
    return " ".join(r.text for r in walker.found)


def article_cell(page: Sequence[Run], chosen: Sequence[int]) -> Element | None:
    """Return the innermost table cell that holds most of the chosen words; None on a page laid out otherwise."""
    under: Counter[Element] = Counter()
    for n in chosen:
        for above in _laid_out_in(page[n].element):
            if above.tag in ("td", "th"):
                under[above] += page[n].words
    total = sum(page[n].words for n in chosen)
    holding = [cell for cell, words in under.items() if words >= thresholds.CELL_HOLDS * total]
    return max(holding, key=lambda cell: sum(1 for _ in cell.iterancestors()), default=None)


def stands_in(element: Element, cell: Element | None) -> bool:
    """Whether an element stands in the article's cell; any does where there is none."""
    return cell is None or any(above is cell for above in _above(element))


def embeds_of(page: Sequence[Run]) -> list[Element | None]:
    """Return the embedded social-media post that each run stands in, None for one that stands in none."""
    known: dict[Element, Element | None] = {}

    def embed(element: Element | None) -> Element | None:
        if element is not None and element not in known:
            own = _is_embed((element.get("class") or "")[:LONGEST_NAME])
            known[element] = element if own else embed(element.getparent())
        return known.get(element)

    return [embed(run.element) for run in page]


@lru_cache(maxsize=4096)
def _is_embed(names: str) -> bool:
    return _EMBED.search(names) is not None


def is_data(element: Element, cell: Element | None) -> bool:
    """Whether an element is in a cell of a table of data: one inside the article's own cell."""
    return any(above.tag in ("td", "th") for above in _laid_out_in(element, cell))


def is_pictures(element: Element, cell: Element | None) -> bool:
    """Whether an element stands in a table that an old page lays a picture and its caption out in."""
    table = next((above for above in _laid_out_in(element, cell) if above.tag == "table"), None)
    if table is None or len(list(islice(table.iter("tr"), thresholds.PICTURE_ROWS + 1))) > thresholds.PICTURE_ROWS:
        return False
    words = (word for text in table.itertext() for word in text.split())
    return len(list(islice(words, thresholds.PICTURE_WORDS))) < thresholds.PICTURE_WORDS and table.find(".//img") is not None


def _laid_out_in(element: Element, cell: Element | None = None) -> Iterator[Element]:
    """Yield an element and the tables and cells around it as far as the article's cell."""
    for above in chain((element,), element.iterancestors("table", "td", "th")):
        if above is cell:
            return
        yield above


def within(element: Element, cell: Element | None) -> Iterator[Element]:
    """Yield an element and what is around it as far as the article's cell."""
    for above in _above(element):
        if above is cell:
            return
        yield above


class _Walker:
    """Collects text until a block begins or ends; what is collected becomes a run."""

    def __init__(self) -> None:
        self.found: list[Run] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._blocks: list[Element] = []
        self._links = 0
        self._pre = 0

    def walk(self, root: Element) -> None:
        self._blocks.append(root)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            seen = tag not in _UNSEEN and isinstance(tag, str)
            if event == "start":
                if seen:
                    self._open(element, tag)
                else:
                    walker.skip_subtree()
            elif element is not root:
                if seen:
                    self._close(element, tag)
                if tail := element.tail:
                    self._add(tail)
        self._flush()

    def _open(self, element: Element, tag: str) -> None:
        if tag in _INLINE:
            self._links += tag == "a"
        elif tag in ("br", "hr"):
            self._pieces.append(_BREAK if tag == "br" else _GAP)
        elif "-" not in tag or not self._pieces:
            # Elements of a site's own making stand within a sentence or around blocks: what came before tells.
            self._flush()
            self._blocks.append(element)
            self._pre += tag == "pre"
        if text := element.text:
            self._add(text)

    def _close(self, element: Element, tag: str) -> None:
        if tag in _INLINE:
            self._links -= tag == "a"
        elif self._blocks[-1] is element:
            self._pre -= tag == "pre"
            self._flush()
            self._blocks.pop()

    def _add(self, text: str) -> None:
        if not self._pieces and text.isspace():
            return
        self._pieces.append(re.sub(r"\n[ \t]*\n\s*", _GAP, text) if self._pre else text)
        if self._links:
            self._linked += len(tidy(text))

    def _flush(self) -> None:
        if not self._pieces:
            return
        text, linked = "".join(self._pieces), self._linked
        self._pieces, self._linked = [], 0
        whole = "" if text.isspace() else tidy(text)
        if whole:
            share = min(1.0, linked / len(whole))
            lines = map(tidy, _parts(text)) if _BREAK in text or _GAP in text else (whole,)
            self.found += [Run(line, self._blocks[-1], share, words_in(line)) for line in lines if line]


def _parts(text: str) -> list[str]:
    """Two line breaks part paragraphs; so does one after a whole sentence, as on old pages."""
    parts = re.split(rf"{_GAP}|{_BREAK}\s*{_BREAK}[\s{_BREAK}]*", text)
    done: list[list[str]] = []
    for part in parts:
        lines = part.split(_BREAK)
        done.append(lines[:1])
        for before, line in pairwise(lines):
            if len(tidy(line)) > 1 and (_whole(before) or _signed(before) or _signed(line)):
                done.append([line])
            else:
                done[-1].append(line)
    return [" ".join(lines) for lines in done]


def _signed(line: str) -> bool:
    return len(line) < 100 and _SIGNED.match(line) is not None


def _whole(line: str) -> bool:
    plain = tidy(line)
    return len(plain) > 60 and plain[-1] in '.!?…。！？"”“»’:'


def _as_html(text: str) -> str:
    """XHTML in HTML's terms: `<script/>` would swallow the page, and a CDATA section is a comment."""
    text = re.sub(r"\A<\?xml[^>]*\?>", "", text)
    return _EMPTY_ELEMENT.sub(r"<\1\2></\1>", "".join(_unwrapped(text)))


def _unwrapped(text: str) -> Iterator[str]:
    """The text with what its CDATA sections hold in their place; an open one stays as it is."""
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        inside = text[start + len(_CDATA) : end]
        yield text[at:start]
        yield inside if "<" in inside and ">" in inside else inside.replace("<", "&lt;")
        at = end + len(_CDATA_END)
    yield text[at:]


def _readable(text: str) -> bytes:
    """The text with blanks for what no XML may hold."""
    content = text.encode("utf-8", "replace").translate(_AS_BLANKS)
    for character in _NO_CHARACTERS:
        content = content.replace(character, b" ")
    return content


def _few_attributes(tag: re.Match[bytes]) -> bytes:
    found = list(islice(_ATTRIBUTE.finditer(tag[0], 1), _MOST_ATTRIBUTES + 2))
    return tag[0][: found[-1].start()] if len(found) > _MOST_ATTRIBUTES + 1 else tag[0]


def _drop_programs(tree: Element) -> None:
    """Take out scripts and styles, and leave data; lxml takes out all elements of some tags at once."""
    data = [script for script in tree.iter("script") if is_jsonld(script)]
    for script in data:
        script.tag = "data"
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for script in data:
        script.tag = "script"


def _flatten(tree: Element) -> None:
    """Libraries walk trees by recursion: what is nested deeper than any real page is made flat."""
    deep = _AT_THE_BOUND(tree)
    for element in deep:
        words = " ".join(" ".join(element.itertext()).split())
        for child in list(element):
            element.remove(child)
        element.text = words


def _above(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()
