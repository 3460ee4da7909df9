"""Which runs of a page are its article: what extractors take for it, which of them agree best, what is trimmed."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain

from lxml import etree, html

from stemma.reports import thresholds
from stemma.reports.dom import LONGEST_NAME, Element, Run, article_cell, runs, stands_in
from stemma.reports.lines import kind_of

Choice = tuple[bool, ...]
"""For each run of the page, whether it belongs to the article."""
Shingle = tuple[str, str, str, str]
"""Four words one behind the other."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What an extractor has taken: its words between blanks, each four of them, and the words of each line."""

    text: str
    shingles: set[Shingle]
    lines: set[tuple[str, ...]]


_WORD = re.compile(r"\w+")
_JOINERS = re.compile("[\u200b\u200c\u200d\ufeff]")
"""Characters without width, which extractors drop."""
_BOX = re.compile(
    r"(?<![a-z])(?:related|recommend(?:ed|ations?|er)?|newsletters?|promos?|promoted|sponsor(?:ed)?|sign-?up|subscri(?:be|ption|ptions)|"
    r"(?:author|writer|about|article)[-_]*(?:bio|info|box|about|card|profile)|about[-_]*(?:the[-_]*)?authors?|bio(?:graphy)?|comments?|disqus|respond|"
    r"share|sharing|social|breadcrumbs?|tags?|tag-?list|keywords|nav(?:igation)?|menu|cookies?|consent|read-?(?:more|next|also)|"
    r"more-?(?:stories|news|from|on)|most-?(?:read|popular)|trending|popular|advert(?:s|isement|ising)?|ad-?(?:box|slot|wrap(?:per)?)|outbrain|taboola|"
    r"copyright|disclaimer|footer|poll|survey|teasers?|cross-?link|also-?like|call-?out-?link|cta|modal|pop-?up|toolbar|lightbox|print-?only|visually-?hidden|sr-?only|screen-?reader-?text)(?![a-z])",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_MOST_CELLS = 50
"""Cells of a table's row that is compared whole, and elements side by side that cost nothing."""
_STYLED = re.compile(r"\S*\d\S*")


def candidates(tree: Element, elements: Sequence[Element], page: Sequence[Run], told: str | None) -> list[Choice] | None:
    """Return what is taken for the article: by quick ways where two of them agree, else by extractors.

    The quick ways are what the page's data say that its article is (`told`), resiliparse, and the heaviest element; the first
    that another bears out is alone. Extractors are trafilatura, resiliparse, trafilatura for precision, readability, each asked
    only while no two before it agree: of three the medoid is one that two are close to. None where the page is too large for
    them (MOST_ELEMENTS, LONGEST_SOURCE, MOST_JOINED).
    """
    source = _bounded_source(tree, elements)
    if not source:
        return None
    words = [_words_of(run.text) for run in page]
    weights, ask = list(map(len, words)), partial(_asked, tree, source, _with_rows(page, words))
    data, quick, own = ask(lambda _tree, _source: told or ""), ask(_resiliparse), heaviest(page)
    if max(_f1(weights, data, quick), _f1(weights, data, own)) >= thresholds.TOLD_AGREED:
        return [_with_headings(page, data)]
    if _f1(weights, quick, own) >= thresholds.QUICK_AGREED:
        return [quick]
    found: list[Choice] = []
    for choice in chain((ask(_trafilatura), quick), map(ask, (_trafilatura_strict, _readability))):
        if any(choice):
            found.append(choice)
        if any(_f1(weights, choice, other) >= thresholds.AGREED for other in found[:-1]):
            break
    return found


def medoid(page: Sequence[Run], found: Sequence[Choice]) -> Choice:
    """Return the choice that agrees best with the others (mean F1 over words); of equals the first."""
    if len(found) < 3:
        return found[0] if found else (False,) * len(page)
    weights = [len(_words_of(run.text)) for run in page]

    def agreement(choice: Choice) -> float:
        return sum(_f1(weights, choice, other) for other in found)

    return max(found, key=agreement)


def trimmed(page: Sequence[Run], choice: Choice, title: int | None) -> Choice:
    """Return the choice without what is no part of the article; nothing that holds most of its words is taken away."""
    chosen = [n for n, inside in enumerate(choice) if inside]
    end = min(_next_article(page, chosen, title), _tail(page, chosen))
    chosen = sorted(
        {n for n in chosen if n < end} | set(_of_the_same_make(page, chosen, end)) | set(_between(page, chosen, title, end))
    )
    cell = article_cell(page, chosen)
    chosen = [n for n in chosen if stands_in(page[n].element, cell)]
    kinds = _kinds(page, chosen)
    under = _words_under(page, chosen, kinds)
    total = max(1, sum(page[n].words for n in chosen))
    kept = {n for n in chosen if not _boxed(page[n], kinds, under, total)}
    return tuple(n in kept for n in range(len(page)))


def is_link(run: Run) -> bool:
    """Whether a run is the headline of another story that one can go to."""
    headline = run.linked >= thresholds.LINKED and run.words <= thresholds.LONGEST_HEADLINE
    return headline and not (run.text.endswith((".", ".”", '."')) and run.words >= thresholds.LINKED_SENTENCE)


def _bounded_source(tree: Element, elements: Sequence[Element]) -> str:
    """The page as extractors are given it, "" where it is too large for them: without what no reader sees."""
    if len(elements) > thresholds.MOST_ELEMENTS or _characters_copied(elements) > thresholds.MOST_JOINED:
        return ""
    source: str = html.tostring(tree, encoding="unicode")
    return source if len(source) <= thresholds.LONGEST_SOURCE else ""


def _characters_copied(elements: Sequence[Element]) -> int:
    """How many characters are copied when the elements inside others are taken out of the text around them one by one."""
    crowded = (parent for parent in elements if len(parent) > _MOST_CELLS)
    return sum(len(parent) * sum(len(e.text or "") + len(e.tail or "") for e in parent) for parent in crowded)


def _asked(tree: Element, source: str, compared: Sequence[list[str]], extract: Callable[[Element, str], str]) -> Choice:
    """What an extractor takes for the article, nothing where it fails: the others' choices stand."""
    try:
        return _choice(compared, extract(tree, source))
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError):
        return (False,) * len(compared)


def heaviest(page: Sequence[Run]) -> Choice:
    """Return, where no extractor finds anything, the sentences under the element whose own runs hold most words outside links."""
    under: Counter[Element] = Counter()
    for run in page:
        if run.linked < thresholds.MOSTLY_LINKED and run.words > thresholds.LONGEST_LABEL:
            under[run.element.getparent()] += run.words
    best = max(under, key=lambda e: under[e], default=None)
    return tuple(best is not None and r.element.getparent() is best and r.words > thresholds.LONGEST_LABEL for r in page)


def _f1(weights: Sequence[int], a: Choice, b: Choice) -> float:
    both = sum(w for w, x, y in zip(weights, a, b, strict=True) if x and y)
    return (
        2
        * both
        / max(
            1,
            sum(w for w, x in zip(weights, a, strict=True) if x) + sum(w for w, y in zip(weights, b, strict=True) if y),
        )
    )


def _choice(compared: Sequence[list[str]], text: str) -> Choice:
    """The runs whose words stand in an extractor's text: extractors cut and join words, the page's own runs do not."""
    if not text:
        return (False,) * len(compared)
    lines = [tuple(_words_of(line)) for line in text.split("\n")]
    words = [word for line in lines for word in line]
    taken = _Taken(f" {' '.join(words)} ", set(_shingles(words)), set(lines))
    return tuple(_stands_in(own, taken) for own in compared)


def _with_headings(page: Sequence[Run], data: Choice) -> Choice:
    """What the page's data say with the headings between its paragraphs, which they leave out."""
    kept = list(data)
    for n in range(len(page) - 2, data.index(True), -1):
        kept[n] = kept[n] or (kept[n + 1] and page[n].element.tag in _HEADINGS)
    return tuple(kept)


def _with_rows(page: Sequence[Run], words: Sequence[list[str]]) -> list[list[str]]:
    """The words of each run, for a short cell of a table those of its row: extractors print a row on one line."""
    rows: dict[Element, list[int]] = {}
    for n, run in enumerate(page):
        if run.element.tag in ("td", "th") and run.words < thresholds.SHORT_CELL:
            rows.setdefault(run.element.getparent(), []).append(n)
    compared = list(words)
    for cells in rows.values():
        if 1 < len(cells) <= _MOST_CELLS:
            row = [word for n in cells for word in words[n]]
            for n in cells:
                compared[n] = row
    return compared


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text if text.isascii() else _JOINERS.sub("", text))


def _shingles(words: list[str]) -> Iterator[Shingle]:
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def _stands_in(own: list[str], taken: _Taken) -> bool:
    if len(own) < 4:
        return bool(own) and tuple(own) in taken.lines
    if f" {' '.join(own)} " in taken.text:
        return True
    return sum(map(taken.shingles.__contains__, _shingles(own))) >= thresholds.STANDS_IN * (len(own) - 3)


def _trafilatura(tree: Element, _source: str) -> str:
    import trafilatura

    return trafilatura.extract(tree, include_comments=False, fast=True) or ""


def _trafilatura_strict(tree: Element, _source: str) -> str:
    import trafilatura

    return trafilatura.extract(tree, include_comments=False, favor_precision=True, fast=True) or ""


def _resiliparse(_tree: Element, source: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(source, main_content=True, alt_texts=False, list_bullets=False) or ""


def _readability(_tree: Element, source: str) -> str:
    from readability import Document

    summary = Document(source).summary(html_partial=True)
    return "\n".join(r.text for r in runs(html.document_fromstring(summary)))


def _next_article(page: Sequence[Run], chosen: Sequence[int], title: int | None) -> int:
    """Where the page begins another article: a later heading of the very make of the title's."""
    if title is None or not chosen:
        return len(page)
    make = _make(page[title].element)
    for n in range(max(title + 1, chosen[0]), len(page)):
        if make and _make(page[n].element) == make and page[n].text != page[title].text:
            before = sum(page[m].words for m in chosen if m < n)
            return n if before >= thresholds.LEAST_PLAIN_PROSE else len(page)
    return len(page)


def _tail(page: Sequence[Run], chosen: Sequence[int]) -> int:
    """Where a short line opens what stands after an article (related stories, about the author), near its end."""
    total = sum(page[n].words for n in chosen)
    left = total
    for n in chosen:
        left -= page[n].words
        kind = (
            kind_of(page[n].text) if left < thresholds.TAIL_SHARE * total and len(page[n].text) < thresholds.LINE_LENGTH else ""
        )
        if kind == "end" or (kind == "tail" and not _goes_on(page, chosen, n)):
            return n
    return len(page)


def _goes_on(page: Sequence[Run], chosen: Sequence[int], at: int) -> bool:
    """Whether paragraphs stand behind a line beside the last one before it, and the line does not: it opens a box between."""
    told = [n for n in chosen if n != at and kind_of(page[n].text) == "prose"]
    holding = next((page[n].element.getparent() for n in reversed(told) if n < at), None)
    after = [n for n in told if n > at and page[n].element.getparent() is holding]
    return page[at].element.getparent() is not holding and len(after) >= thresholds.GOES_ON


def _of_the_same_make(page: Sequence[Run], chosen: Sequence[int], end: int) -> list[int]:
    """Paragraphs that were left out and stand under the very elements, by their names, that hold most of the article.

    An article in several containers loses all but one of them to extractors that look for the best container.
    """
    made: Counter[tuple[str, ...]] = Counter()
    paths = _paths(page)
    for n in chosen:
        if paths[n]:
            made[paths[n]] += page[n].words
    if not made:
        return []
    path, words = made.most_common(1)[0]
    if words < thresholds.BESIDE_HOLDS * sum(page[n].words for n in chosen):
        return []
    first, inside = chosen[0], range(chosen[0], chosen[-1])
    like = [
        n
        for n in range(max(0, first - thresholds.TITLE_NEAR), end)
        if page[n].linked < thresholds.MOSTLY_LINKED and paths[n] == path
    ]
    return [n for n in like if page[n].words > thresholds.LONGEST_LABEL or (n in inside and kind_of(page[n].text) == "sentence")]


def _between(page: Sequence[Run], chosen: Sequence[int], title: int | None, end: int) -> list[int]:
    """Sentences that were left out and stand among the article's paragraphs, alone in an element of their own.

    Extractors lose lines of sites that set some of their paragraphs in `<div>`, and paragraphs that are links from end to end.
    """
    beside: Counter[Element] = Counter()
    for n in chosen:
        beside[page[n].element.getparent()] += page[n].words
    if not beside:
        return []
    holding, words = beside.most_common(1)[0]
    if holding is None or words < thresholds.BESIDE_HOLDS * sum(page[n].words for n in chosen):
        return []
    held = [n for n in chosen if page[n].element.getparent() is holding]
    first = max(0, held[0] - thresholds.TITLE_NEAR) if title is None or title > held[0] else title + 1
    known = set(chosen)
    return [n for n in range(first, min(held[-1], end)) if n not in known and _is_beside(page, n, holding, below=n > held[0])]


def _is_beside(page: Sequence[Run], n: int, holding: Element, *, below: bool) -> bool:
    run, own = page[n], page[n].element
    while own is not None and own is not holding and own.getparent() is not holding:
        own = own.getparent()
    if own is None or own is holding or kind_of(run.text) not in ("prose", "sentence"):
        return False
    alone = all(
        page[m].element is not own and own not in page[m].element.iterancestors() for m in (n - 1, n + 1) if 0 <= m < len(page)
    )
    return alone and own.tag in ("p", "div", "section") and (below or run.words >= thresholds.PITCH_WORDS)


def _paths(page: Sequence[Run]) -> list[tuple[str, ...]]:
    """The names of the elements around each paragraph, () for what is none."""
    known: dict[Element, tuple[str, ...]] = {}

    def path(element: Element | None) -> tuple[str, ...]:
        if element is None:
            return ()
        if element not in known:
            own = f"{element.tag} {_without_styles((element.get('class') or '')[:LONGEST_NAME])}"
            known[element] = (own, *path(element.getparent()))
        return known[element]

    return [path(run.element) if run.element.tag == "p" else () for run in page]


@lru_cache(maxsize=4096)
def _without_styles(names: str) -> str:
    """The names of an element without those that a program numbers."""
    return _STYLED.sub("", names)


def _make(element: Element) -> tuple[str, str] | None:
    for e in (element, element.getparent()):
        if e is not None and e.tag in ("h1", "h2") and e.get("class"):
            return e.tag, e.get("class")
    return None


@lru_cache(maxsize=4096)
def _is_box(names: str) -> bool:
    return _BOX.search(names) is not None


def _kinds(page: Sequence[Run], chosen: Sequence[int]) -> dict[Element, Element]:
    """What the elements around some runs call themselves; one without a name is a kind of its own."""
    kinds: dict[Element, Element] = {}
    for n in chosen:
        for element in _around(page[n]):
            if element in kinds:
                break
            kinds[element] = _names(element) or element
    return kinds


def _around(run: Run) -> Iterator[Element]:
    return chain((run.element,), run.element.iterancestors())


def _names(element: Element) -> str:
    return " ".join(value[:LONGEST_NAME] for name in ("class", "id", "role", "data-component") if (value := element.get(name)))


def _words_under(page: Sequence[Run], chosen: Sequence[int], kinds: Mapping[Element, Element]) -> Counter[Element]:
    """Words under each kind of element: an article in several like containers is one under their class."""
    under: Counter[Element] = Counter()
    for n in chosen:
        for kind in {kinds[element] for element in _around(page[n])}:
            under[kind] += page[n].words
    return under


def _boxed(run: Run, kinds: Mapping[Element, Element], under: Mapping[Element, int], total: int) -> bool:
    """Whether a run stands in a box that calls itself other than the article and holds a small part of it."""
    for element in _around(run):
        kind = kinds[element]
        if under[kind] > thresholds.BOX_HOLDS * total:
            return False
        if element.tag in ("nav", "footer", "aside") or (kind is not element and _is_box(kind)):
            return True
    return False
