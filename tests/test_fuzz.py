"""Mutated pages, by a fixed chance: each is read or named in a sentence, within time and memory, and its account is whole.

`make fuzz` runs many (`make fuzz N=50000`), CI 2,000, the suite a few.
"""

import os
import random
import resource
import signal
from contextlib import contextmanager

import pytest

from stemma import ids
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.pages.sniff import sniff
from stemma.pipeline import deep_rows
from stemma.reports import pages_batch, read_reports, rows_of
from stemma.tables import Page
from test_bad_input import GOOD

PARTS = 8
PAGES = int(os.environ.get("FUZZ_PAGES", "240"))
DEEP = 6
"""Of so many pages that are read one is analysed, beside the one analysed before it."""
SECONDS = 60
"""Processor time that one page may take."""
MEMORY = 1_000_000_000
"""Bytes that a process may take for page after page."""
MORE = 500_000_000
"""Or so many more than it took for the tests before: it keeps those, and their caches."""

DATA = """<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Ferry stopped", "datePublished": "2031-05-04"}</script>"""
PLAIN = "\n\n".join(
    f"{n} homes near the harbour of Tessel were damaged on Monday, Ada Fenn told reporters. “We saw it,” she said. It was 4 p.m."
    for n in range(8)
)
SEEDS = (GOOD, GOOD.replace("</head>", f"{DATA}</head>"), PLAIN, f"Ferry stopped\nBy Ada Fenn\nMay 4, 2031\n\n{PLAIN}")
TOKENS = (
    "<", ">", "</p>", "<p>", "<br>", "<![CDATA[", "]]>", "<!--", "-->", "<table><tr><td>", "<script>", "</html><html>", "<h1>",
    "<article>", '<div class="', '"', "'", "“", "”", "((", "&#0;", "&#xD800;", "&quot;", "\f", "\0", "\x1b", "\u202e", "\ud800",
    "\u2028", "\ufeff", "\r", "a.m. ", "one hundred ", "two dozen ", "he said ", "said that ", "Monday ", "$5m-6bn ",
    "1,2,3.4.5 ", "99999999999999999999 ", "-", "– ", "Ada Fenn ", "A. B. ", "http://[::1 ", "@ada ", "May 99, 9999 ",
    '{"@graph":', "[" * 50, " " * 300, "\n" * 40, "é", "\u0308" * 30, "北", "ع", "🙂",
)  # fmt: skip
CODECS = ("utf-8", "utf-8", "utf-8", "utf-16", "cp1252", "utf-16-le")


def mutated(chance):
    """Return a page with a few things done to it that nobody would do."""
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(text) + 1), chance.choice((1, 3, 20, 200))
        token = chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 30, 400))
        other = chance.choice(SEEDS)
        text = chance.choice((
            text[:at] + token + text[at:],
            text[:at] + token + text[at + length :],
            text[:at] + text[at : at + length] * chance.choice((2, 5, 50)) + text[at + length :],
            text[:at] + text[at + length :],
            text[:at] + other[chance.randrange(len(other)) :],
            text.replace(chance.choice(("<p>", "</p>", "said", ". ", "“")), token, chance.choice((1, 3, -1))),
        )) or token  # fmt: skip
    content = bytearray(text[:400_000].encode(chance.choice(CODECS), "replace"))
    for _ in range(chance.choice((0, 0, 1, 20))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content[: chance.randrange(len(content))] if chance.random() < 0.1 else content)


@contextmanager
def bounded():
    """Stop what takes more processor time than a page may."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def read(content, key):
    """Return the reports of a page, or the sentence that says why there is none."""
    try:
        kind = sniff(content)
    except PageError as error:
        return str(error)
    page = Page(key, f"{key}.html", None, None, None, None, ids.sha256(content), len(content), kind)
    (found,) = rows_of(read_reports(pages_batch([Saved(page, content)])))
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_a_mutated_page_is_read_or_named(part, tmp_path):
    story, before = [], most_memory()
    for number in range(part, PAGES, PARTS):
        content = mutated(random.Random(number))
        (tmp_path / "last.html").write_bytes(content)
        with bounded():
            found = read(content, f"{number:06}")
            if isinstance(found, str):
                assert found.endswith("."), number
                assert "could not be read (" not in found, (number, found)
                continue
            assert all(report.text and blocks for report, blocks in found), number
            if number // PARTS % DEEP == 0:
                story = [*story[-1:], *found[:2]]
                rows = deep_rows("s", story)
                texts = {report.id: report.text for report, _ in story}
                assert {row.report for row in rows["statement"]} <= texts.keys()
                assert all(0 <= start < end <= len(texts[row.report]) for row in rows["statement"] for start, end in row.content)
    assert most_memory() <= max(MEMORY, before + MORE)
