"""What extractors leave in an article that is none of it: the next article, boxes, cards of other stories."""

import re
from collections import Counter
from collections.abc import Sequence

from stemma.reports.candidates import Choice
from stemma.reports.dom import Element, Run
from stemma.reports.layout import article_cell, stands_in
from stemma.reports.plain_lines import lines_of

_BOX = re.compile(
    r"(?<![a-z])(?:related|recommend(?:ed|ations?|er)?|newsletters?|promos?|promoted|sponsor(?:ed)?|sign-?up|subscri(?:be|ption|ptions)|"
    r"(?:author|writer|about|article)[-_]*(?:bio|info|box|about|card|profile)|about[-_]*(?:the[-_]*)?authors?|bio(?:graphy)?|comments?|disqus|respond|"
    r"share|sharing|social|breadcrumbs?|tags?|tag-?list|keywords|nav(?:igation)?|menu|cookies?|consent|pay-?wall|read-?(?:more|next|also)|"
    r"more-?(?:stories|news|from|on)|most-?(?:read|popular)|trending|popular|advert(?:s|isement|ising)?|ad-?(?:box|slot|wrap(?:per)?)|outbrain|taboola|"
    r"copyright|disclaimer|footer|poll|survey|teasers?|cross-?link|also-?like|call-?out-?link|cta|modal|pop-?up|toolbar|lightbox|print-?only|visually-?hidden|sr-?only|screen-?reader-?text)(?![a-z])",
    re.IGNORECASE,
)
_STYLED = re.compile(r"\S*\d\S*")
_MOST = 0.3
_TAIL = 0.3
_LINK = 0.85
_WORDS_OF_A_LINK = 30


def trimmed(page: Sequence[Run], choice: Choice, title: int | None) -> Choice:
    """Return the choice without what is no part of the article; nothing that holds most of its words is taken away."""
    chosen = [n for n, inside in enumerate(choice) if inside]
    end = min(_next_article(page, chosen, title), _tail(page, chosen))
    chosen = sorted({n for n in chosen if n < end} | set(_of_the_same_make(page, chosen, end)))
    cell = article_cell(page, chosen)
    chosen = [n for n in chosen if stands_in(page[n].element, cell)]
    under = _words_under(page, chosen)
    total = max(1, sum(_words(page[n]) for n in chosen))
    kept = {n for n in chosen if not _boxed(page[n].element, under, total)}
    return tuple(n in kept for n in range(len(page)))


def is_link(run: Run) -> bool:
    """Whether a run is the headline of another story that one can go to."""
    return run.linked >= _LINK and len(run.text.split()) <= _WORDS_OF_A_LINK


def kind_of(text: str) -> str:
    """Return what a line looks like by itself: a kind of `plain_lines.Line`, "widget" when it holds no word."""
    lines = lines_of(text)
    return lines[0].kind if lines else "widget"


def _next_article(page: Sequence[Run], chosen: Sequence[int], title: int | None) -> int:
    """Where the page begins another article: a later heading of the very make of the title's."""
    if title is None or not chosen:
        return len(page)
    make = _make(page[title].element)
    for n in range(max(title + 1, chosen[0]), len(page)):
        if make and _make(page[n].element) == make and page[n].text != page[title].text:
            before = sum(_words(page[m]) for m in chosen if m < n)
            return n if before > 40 else len(page)
    return len(page)


def _tail(page: Sequence[Run], chosen: Sequence[int]) -> int:
    """Where a short line opens what stands after an article (related stories, about the author), near its end."""
    total = sum(_words(page[n]) for n in chosen)
    left = total
    for n in chosen:
        left -= _words(page[n])
        if left < _TAIL * total and len(page[n].text) < 100 and kind_of(page[n].text) in ("tail", "end"):
            return n
    return len(page)


def _of_the_same_make(page: Sequence[Run], chosen: Sequence[int], end: int) -> list[int]:
    """Paragraphs that were left out and stand under the very elements, by their names, that hold most of the article.

    An article in several containers loses all but one of them to extractors that look for the best container.
    """
    made: Counter[tuple[str, ...]] = Counter()
    for n in chosen:
        if page[n].element.tag == "p":
            made[_path(page[n].element)] += _words(page[n])
    if not made:
        return []
    path, words = made.most_common(1)[0]
    if words < 60 or words < 0.5 * sum(_words(page[n]) for n in chosen):
        return []
    first, inside = chosen[0], range(chosen[0], chosen[-1])
    like = [
        n for n in range(first - 30 if first > 30 else 0, end)
        if page[n].element.tag == "p" and page[n].linked < 0.4 and _path(page[n].element) == path
    ]  # fmt: skip
    return [n for n in like if _words(page[n]) > 7 or (n in inside and kind_of(page[n].text) == "sentence")]


def _path(element: Element) -> tuple[str, ...]:
    return tuple(f"{e.tag} {_STYLED.sub('', e.get('class') or '')}" for e in (element, *element.iterancestors()))


def _make(element: Element) -> tuple[str, str] | None:
    for e in (element, element.getparent()):
        if e is not None and e.tag in ("h1", "h2") and e.get("class"):
            return e.tag, e.get("class")
    return None


def _words_under(page: Sequence[Run], chosen: Sequence[int]) -> Counter[Element]:
    """Words under each kind of element: an article in several like containers is one under their class."""
    under: Counter[Element] = Counter()
    for n in chosen:
        for kind in {_names(e) or e for e in (page[n].element, *page[n].element.iterancestors())}:
            under[kind] += _words(page[n])
    return under


def _names(element: Element) -> str:
    return " ".join(value for name in ("class", "id", "role", "data-component") if (value := element.get(name)))


def _boxed(element: Element, under: Counter[Element], total: int) -> bool:
    """Whether an element stands in a box that calls itself other than the article and holds a small part of it."""
    for e in (element, *element.iterancestors()):
        names = _names(e)
        if under[names or e] > _MOST * total:
            return False
        if e.tag in ("nav", "footer", "aside") or _BOX.search(names):
            return True
    return False


def _words(run: Run) -> int:
    return len(run.text.split())
