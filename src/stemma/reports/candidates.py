"""What several extractors take for the article of a page, each as a choice among the page's runs."""

import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from lxml import etree, html

from stemma.reports.dom import Element, Run, runs

Choice = tuple[bool, ...]
"""For each run of the page, whether it belongs to the article."""

SECONDS = 10.0
"""The most that the extractors together may take on one page; one page in a thousand hangs."""
_WORD = re.compile(r"\w+")
_ENOUGH, _AGREED, _CELL = 0.7, 0.9, 15


class _TooSlow(Exception):  # noqa: N818
    pass


def candidates(tree: Element, page: Sequence[Run]) -> list[Choice]:
    """Return the choices of trafilatura and readability that found anything, and of trafilatura for precision.

    The third is asked where the first two do not agree: of three the medoid is one that two are close to.
    """
    source = html.tostring(tree, encoding="unicode")
    found: list[Choice] = []
    until = time.monotonic() + SECONDS
    for extract in (_trafilatura, _readability, _trafilatura_strict):
        if len(found) == 2 and _f1(_weights(page), *found) >= _AGREED:
            break
        text = _within(until - time.monotonic(), extract, source)
        choice = _choice(page, text) if text else ()
        if any(choice):
            found.append(choice)
    return found or [_heaviest(page)]


def medoid(page: Sequence[Run], found: Sequence[Choice]) -> Choice:
    """Return the choice that agrees best with the others (mean F1 over words); of equals the first."""
    weights = _weights(page)

    def agreement(choice: Choice) -> float:
        return sum(_f1(weights, choice, other) for other in found)

    return max(found, key=agreement) if found else (False,) * len(page)


def _weights(page: Sequence[Run]) -> list[int]:
    return [len(_WORD.findall(r.text)) for r in page]


def _heaviest(page: Sequence[Run]) -> Choice:
    """Where every extractor fails: the sentences under the element whose own runs hold most words outside links."""
    under: Counter[Element] = Counter()
    for run in page:
        if run.linked < 0.5 and len(run.text.split()) > 7:
            under[run.element.getparent()] += len(run.text.split())
    best = max(under, key=lambda e: under[e], default=None)
    return tuple(best is not None and r.element.getparent() is best and len(r.text.split()) > 7 for r in page)


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


def _choice(page: Sequence[Run], text: str) -> Choice:
    """The runs whose words stand in an extractor's text: extractors cut and join words, the page's own runs do not."""
    words = _WORD.findall(text)
    shingles = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    lines = {tuple(_WORD.findall(line)) for line in text.split("\n")}
    rows = _rows(page)
    return tuple(_stands_in(rows.get(n) or _WORD.findall(run.text), shingles, lines) for n, run in enumerate(page))


def _rows(page: Sequence[Run]) -> dict[int, list[str]]:
    """The words of the whole row for each short cell of a table: extractors print a row on one line."""
    rows: dict[Element, list[int]] = {}
    for n, run in enumerate(page):
        if run.element.tag in ("td", "th") and len(run.text.split()) < _CELL:
            rows.setdefault(run.element.getparent(), []).append(n)
    words = {row: _WORD.findall(" ".join(page[n].text for n in cells)) for row, cells in rows.items() if len(cells) > 1}
    return {n: words[row] for row, cells in rows.items() if row in words for n in cells}


def _stands_in(words: list[str], shingles: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    if len(words) < 4:
        return bool(words) and tuple(words) in lines
    own = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
    return sum(s in shingles for s in own) >= _ENOUGH * len(own)


def _trafilatura(source: str) -> str:
    import trafilatura

    return trafilatura.extract(source, include_comments=False, fast=True) or ""


def _trafilatura_strict(source: str) -> str:
    import trafilatura

    return trafilatura.extract(source, include_comments=False, favor_precision=True, fast=True) or ""


def _readability(source: str) -> str:
    from readability import Document

    summary = Document(source).summary(html_partial=True)
    return "\n".join(r.text for r in runs(html.document_fromstring(summary)))


def _within(seconds: float, extract: Callable[[str], str], source: str) -> str:
    """An extractor's text, or "" where it fails or takes too long: the others' choices stand."""
    try:
        with _alarm(seconds):
            return extract(source)
    except (
        _TooSlow,
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        AssertionError,
    ):
        return ""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Only a signal ends a regular expression that runs away, and Python gives signals to the main thread alone."""
    if seconds <= 0:
        raise _TooSlow
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
