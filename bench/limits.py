"""Processor time against size for pages that were made to be slow: what is read of each, and how the time grows.

Run: .venv/bin/python bench/limits.py [--sizes 1 2 4 8] [--only NAME ...] [--seconds 60] [--reading] [--where]
Each page is read and, where it prints an article, analysed in a process of its own with a limit on its processor time.
The exponent is that of the time between the smallest size and the one that took longest: 1 is linear, and what a bound cuts
short beyond does not hide what grew before it. `--where` prints the stack of a process that ran into its limit.
"""

import argparse
import faulthandler
import math
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stemma.pages import Saved
from stemma.pipeline import deep_rows
from stemma.reports import pages_batch, read_reports, rows_of
from stemma.tables import Page

FORK = multiprocessing.get_context("fork")

SENTENCE = "On Monday the mayor of Tessel, Ada Fenn, said that at least 30 homes near the harbour were damaged by the storm. "
OF, QUOTED = '"@type": "NewsArticle", "headline": "Storm"', '"Ada #"'
LD = '<script type="application/ld+json">'


@dataclass(frozen=True)
class Measured:
    """Seconds of processor, megabytes at the most, and what the page was read as."""

    reading: float
    analysing: float
    memory: int
    read: str


def article(inside: str, head: str = "") -> str:
    """Return a page whose article holds this among sentences."""
    told = "".join(f"<p>{SENTENCE} It was the storm number {n} of the year.</p>\n" for n in range(8))
    return (
        f"<!doctype html><html lang=en><head><title>Storm over Tessel harbour</title>{head}</head><body><article>"
        f"<h1>Storm over Tessel harbour</h1>{told}{inside}</article></body></html>"
    )


def repeated(words: str, size: int) -> str:
    return words * (size // len(words))


def numbered(words: str, size: int) -> str:
    """Return the words again and again, each time with another number in the place of #."""
    return "".join(words.replace("#", str(n)) for n in range(size // len(words)))


def nested(tag: str, size: int) -> str:
    deep = size // (2 * len(tag) + 5)
    return f"<{tag}>" * deep + "the end of it" + f"</{tag}>" * deep


def paragraph(words: str) -> Callable[[int], str]:
    return lambda size: article(f"<p>{repeated(words, size)}</p>")


SHAPES: dict[str, Callable[[int], str]] = {
    "open CDATA sections": lambda size: article(repeated("<![CDATA[ a < b ", size)),
    "one open CDATA section": lambda size: article("<![CDATA[" + repeated("some words > ", size)),
    "attributes on one tag": lambda size: article(f"<p {numbered('a#=1 ', size)}>{SENTENCE}</p>"),
    "one attribute": lambda size: article(f'<p class="{repeated("date-", size)}">{SENTENCE}</p>'),
    "links": lambda size: article(numbered('<a href="/story/#">The story number # of the day</a>\n', size)),
    "links in one paragraph": lambda size: article(f"<p>{numbered('<a href=/#>word</a> and ', size)}</p>"),
    "line breaks": lambda size: article(repeated("<br>", size)),
    "line breaks and words": lambda size: article(f"<p>{repeated('so it goes<br> ', size)}</p>"),
    "script like text": lambda size: article("<script>" + repeated("if (a < b) { c('said Monday'); }\n", size)),
    "quotation marks": paragraph('" '),
    "open quotation marks": paragraph("“"),
    "closing quotation marks": paragraph("” "),
    "apostrophes": paragraph("it's 'so' "),
    "opening tags": lambda size: article(repeated("<", size)),
    "opening brackets": paragraph("(["),
    "one word": lambda size: article(f"<p>{repeated('abcdefgh', size)}</p>"),
    "one line": paragraph(SENTENCE),
    "blanks": lambda size: article(f"<p>so{repeated(' ', size)}it was</p>"),
    "blank lines": lambda size: article(f"<pre>so{repeated(chr(10) + ' ', size)}it was</pre>"),
    "a.m.": paragraph("a.m. "),
    "one hundred": paragraph("one hundred "),
    "two dozen": paragraph("two dozen "),
    "he said": paragraph("he said "),
    "offices": paragraph("Police Chief "),
    "capitals": paragraph("A"),
    "said that": paragraph("said that "),
    "Monday": paragraph("Monday "),
    "May": paragraph("May "),
    "names": paragraph("Ada Fenn "),
    "initials": paragraph("A. B. "),
    "digits": paragraph("1,234,567 "),
    "one number": lambda size: article(f"<p>{repeated('1234567,', size)} homes were damaged.</p>"),
    "credits": paragraph("With reporting by Ada Fenn and "),
    "addresses": paragraph("https://a.example/b "),
    "nested divisions": lambda size: article(nested("div", size)),
    "nested formats": lambda size: article(f"<p>{nested('b', size)}</p>"),
    "nested lists": lambda size: article(repeated("<ul><li>so it goes ", size)),
    "nested quotes": lambda size: article(repeated("<blockquote>so it goes ", size)),
    "entities": paragraph("&amp;&#8220;"),
    "comments": lambda size: article(numbered("<!-- # -->", size)),
    "open comment": lambda size: article("<!--" + repeated(" -- so it goes ", size)),
    "JSON-LD": lambda size: article("", f'{LD}{{{OF}, "author": [{numbered(QUOTED + ",", size)}"B"]}}</script>'),
    "nested JSON-LD": lambda size: article("", f'{LD}{repeated("[", size)}</script>'),
    "JSON-LD scripts": lambda size: article("", numbered(f'{LD}{{{OF}, "name": {QUOTED}}}</script>', size)),
    "meta tags": lambda size: article("", numbered('<meta property="og:title" content="Storm #">', size)),
    "a title": lambda size: article("", f"<title>{repeated('Storm - ', size)}</title>"),
    "headings": lambda size: article(numbered("<h1>Storm number #</h1><p>It was.</p>", size)),
    "articles": lambda size: article(numbered(f"</article><article><h1>Storm number #</h1><p>{SENTENCE * 5}</p>", size)),
    "documents": lambda size: numbered(article("number #"), size),
    "cells": lambda size: article(f"<table>{repeated('<tr><td>1<td>2<td>3<td>4', size)}</table>"),
    "nested tables": lambda size: article(repeated("<table><tr><td>1 home ", size)),
    "paragraphs": lambda size: article(numbered("<p>On Monday # homes were damaged, Ada Fenn said.</p>", size)),
    "the same paragraph": lambda size: article(repeated(f"<p>{SENTENCE}</p>", size)),
    "embeds": lambda size: article(numbered('<blockquote class="twitter-tweet"><p>So # it goes</p></blockquote>', size)),
    "styles": lambda size: article(f"<style>{repeated('a{b:c}', size)}</style>"),
    "times": lambda size: article(numbered("<time>May 3, 2031, # p.m.</time>", size)),
    "plain lines": lambda size: repeated(f"{SENTENCE}\n", size),
    "plain short lines": lambda size: repeated("so it goes\n", size),
    "plain blank lines": lambda size: SENTENCE * 9 + repeated("\n ", size) + SENTENCE * 9,
    "plain one line": lambda size: repeated(SENTENCE, size),
    "plain underlines": lambda size: SENTENCE * 9 + repeated("_-", size),
    "plain pipes": lambda size: SENTENCE * 9 + "\n" + repeated("a | ", size),
}  # fmt: skip


def main() -> int:
    """Print a row for each shape: seconds of processor at each size, the exponent, memory, and what was read."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", nargs="*", type=float, default=[1, 2, 4, 8], help="MB")
    arguments.add_argument("--only", nargs="*", default=list(SHAPES))
    arguments.add_argument("--seconds", type=int, default=60, help="processor time that one page may take")
    arguments.add_argument("--reading", action="store_true", help="read the pages and analyse none")
    arguments.add_argument("--where", action="store_true")
    options = arguments.parse_args()
    if not options.where:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    measured("paragraphs", 10_000, 600)
    print(f"| shape | {' | '.join(f'{s:g} MB' for s in options.sizes)} | exponent | memory | read |")
    print(f"|---|{'--:|' * len(options.sizes)}--:|--:|---|", flush=True)
    for name in options.only:
        print(row(name, options.sizes, [run(name, int(s * 1_000_000), options) for s in options.sizes]), flush=True)
    return 0


def run(name: str, size: int, options: argparse.Namespace) -> Measured | None:
    """Return what a process of its own measures, which begins with all models loaded; None where it did not end in time."""
    print(f"{name}, {size}:", file=sys.stderr, flush=True)
    receiver, sender = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: sender.send(measured(name, size, options.seconds, not options.reading)))
    process.start()
    sender.close()
    try:
        found: Measured | None = receiver.recv()
    except EOFError:
        found = None
    process.join()
    return found


def row(name: str, sizes: Sequence[float], done: Sequence[Measured | None]) -> str:
    cells = [f"{d.reading:.1f} + {d.analysing:.1f}" if d else "over" for d in done]
    growth = "" if None in done else f"{exponent(sizes, [d.reading + d.analysing for d in done if d]):.2f}"
    last = next((d for d in reversed(done) if d), Measured(0, 0, 0, ""))
    return f"| {name} | {' | '.join(cells)} | {growth} | {last.memory} MB | {last.read} |"


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    longest = seconds.index(max(seconds))
    return math.log(seconds[longest] / seconds[0]) / math.log(sizes[longest] / sizes[0]) if longest else 0.0


def measured(name: str, size: int, seconds: int, deep: bool = True) -> Measured:
    """Read and analyse one page in this process, which ends when its time is over."""
    faulthandler.register(signal.SIGXCPU, chain=True)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, resource.RLIM_INFINITY))
    content = SHAPES[name](size).encode()
    kind = "text" if name.startswith("plain") else "html"
    page = Page("p", "p.html", None, None, None, None, "0", len(content), kind)
    start = time.process_time()
    (found,) = rows_of(read_reports(pages_batch([Saved(page, content)])))
    read = time.process_time()
    what = found if isinstance(found, str) else f"{len(found)} reports, {sum(len(r.text) for r, _ in found):,} characters"
    if deep and not isinstance(found, str):
        rows = deep_rows("s", found)
        what += f", {len(rows['statement'])} statements, {len(rows['claim'])} claims"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(read - start, time.process_time() - read, memory, what)


if __name__ == "__main__":
    sys.exit(main())
