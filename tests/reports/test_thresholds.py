"""The numbers of reports/thresholds.py decide: moved, they change the page that stands beside each."""

import pytest

from stemma.errors import NoArticle
from stemma.reports import thresholds
from stemma.reports.html import article_from_html
from stemma.reports.plain import article_from_text

PROSE = "The harbour master of Lind said on Tuesday that the old pier would be closed for a week after the storm."
MORE = "Two ferries were moved to the fishing port, where passengers waited for buses that the town had sent."
LAST = "The council meets on Friday to decide who pays for the repair, the mayor said in a letter to the owners."
PAGE = f"<h1>Pier closed</h1><p>{PROSE}</p><p>{MORE}</p><p>{LAST}</p>"
LONG = "".join(f"<p>{n} {sentence}</p>" for n in range(5) for sentence in (PROSE, MORE, LAST))
TEXT = f"Pier closed after the storm\nBy Mara Venn\n12 March 2031\n{PROSE}\n{MORE}\n{LAST}"

ENDED = f"<article><h1>Pier closed</h1>{LONG}<div>Harbour of Lind</div></article>"
BODY = " ".join(f"{n} {sentence}" for n in range(5) for sentence in (PROSE, MORE, LAST))
DATA = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{BODY}"}}</script>'

MOVED_ON_HTML = [
    ("TOLD_AGREED", 1.1, f"<head>{DATA}</head><body>{ENDED}</body>"),
    ("QUICK_AGREED", 1.1, ENDED),
    ("LEAST_PROSE_UNSAID", 80, PAGE),
    ("LEAST_PROSE", 80, f'<meta property="og:type" content="article">{PAGE}'),
    ("MOST_RUNS", 2, PAGE),
    ("TITLE_NEAR", 0, PAGE.replace("h1", "div").replace("<div", "<title>Pier closed</title><div", 1)),
    ("CREDITS_BELOW", 0, f"<article>{PAGE}</article><footer><div>Reporting by Mara Venn; editing by Otto Lar</div></footer>"),
    ("NAME_BOX", 1, f"{PAGE}<div>Reviewed by <a rel='author' href='/o'>Otto Lar</a></div>"),
    (
        "HEADLINE_WORDS",
        9,
        f'<meta property="og:title" content="Old pier of Lind closed: what we know"><h1>Old pier of Lind closed</h1>{PAGE[20:]}',
    ),
    ("COPIED_LINES", 9, f"<article>{PAGE}<p>{PROSE}</p><p>{MORE}</p><p>{LAST}</p></article>"),
    (
        "GOES_ON",
        9,
        f"<article>{PAGE}{LONG}<section><h2>Most read</h2><b>Fair</b></section><p>7 {MORE}</p><p>7 {LAST}</p></article>",
    ),
    (
        "LINKED",
        1.1,
        f"<article>{PAGE}<p><a href='/x'>Ferry runs aground off Brannoch harbour</a></p><p>{PROSE} {MORE}</p></article>",
    ),
]
CAPTION = "The owner of two old ferries looks at the pier"
MOVED_ON_TEXT = [
    ("LEAST_PLAIN_PROSE", 80, TEXT),
    ("LEAST_TITLE", 2.0, f"Pier closed after the storm\n12 March 2031\nFour words in short\n{PROSE}\n{MORE}\n{LAST}"),
    ("FOOT_BELOW", 0, f"{TEXT}\nReporting by Mara Venn; editing by Otto Lar"),
    ("REFRAIN_WORDS", 20, "\n".join(f"{n} {line}\nWho is to pay for all?" for n in range(3) for line in (PROSE, MORE, LAST))),
    ("REPEAT_FAR", 1, f"{PROSE}\n{MORE}\n{PROSE}\n{LAST}"),
    ("ITEM_WORDS", 1, f"{PROSE}\n{MORE}\nOld pier\nFishing port\nNew quay\n{LAST}"),
    ("PITCH_WORDS", 3, f"{PROSE}\n{MORE}\nSign up to our newsletter\nIt tells you every morning what the towns talk about.\n"
     f"Sign up to our newsletter here\n{LAST}"),
    ("NOTICE_WORDS", 2, f"{PROSE}\n{MORE}\nSign up to our free weekly newsletter, and you will get it in your inbox.\n{LAST}"),
    ("LEGAL_WORDS", 2, f"{PROSE}\n{MORE}\nAll rights reserved, and no part of this may be printed without leave.\n{LAST}"),
    ("BOX_WORDS", 2, f"{PROSE}\n{MORE}\nMost read in news Ferry runs aground off Brannoch. Fair opens in Lind today.\n{LAST}"),
    ("LEAST_GALLERY", 9, "\n".join([PROSE, MORE, *[f"Old pier {n}. Hide Caption {n} of 4" for n in range(4)], LAST])),
    ("QUESTION_WORDS", 3, "\n".join(f"Who pays for {n} piers?\n{n} {line}" for n, line in enumerate((PROSE, MORE, LAST)))),
    ("LEAST_QUESTIONS", 4, "\n".join(f"Who pays for {n} piers?\n{n} {line}" for n, line in enumerate((PROSE, MORE, LAST)))),
    ("STOPPED", 1.1, f"{PROSE}\n{MORE}\n{PROSE.replace('pier', 'quay')}\n{MORE.replace('Two', 'Six')}\n"
     f"Two old ferries lie at the fishing port, while the passengers wait for the buses of the town\n{LAST}"),
    ("SMALL_WORDS", 1.0, f"{PROSE}\n{CAPTION}\n{MORE}\n{PROSE.replace('pier', 'quay')}\n{LAST}"),
    ("TELLING_HEADINGS", 0, f"{PROSE}\n{CAPTION}\n{MORE}\n{PROSE.replace('pier', 'quay')}\n{LAST}"),
    ("LEAST_LEAD", 3, f"Old pier of Lind is closed for a week, and two ferries move.\nBy Mara Venn\n{PROSE}\n{MORE}\n{LAST}"),
]  # fmt: skip


def plain(text):
    try:
        return article_from_text(text)
    except NoArticle:
        return None


@pytest.mark.parametrize(("name", "moved", "page"), MOVED_ON_HTML, ids=[row[0] for row in MOVED_ON_HTML])
def test_a_threshold_decides_what_a_page_of_html_says(monkeypatch, name, moved, page):
    before = article_from_html(page)
    monkeypatch.setattr(thresholds, name, moved)
    assert article_from_html(page) != before


@pytest.mark.parametrize(("name", "moved", "page"), MOVED_ON_TEXT, ids=[row[0] for row in MOVED_ON_TEXT])
def test_a_threshold_decides_what_a_page_of_text_says(monkeypatch, name, moved, page):
    before = plain(page)
    monkeypatch.setattr(thresholds, name, moved)
    assert plain(page) != before
