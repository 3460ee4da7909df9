"""A batch of pages becomes a batch of reports, a row for a row, whatever is wrong with one of them."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma import ids
from stemma.errors import PageError
from stemma.pages import Saved
from stemma.reports import PAGES, READ, pages_batch, read_page, read_reports, rows_of
from stemma.tables import Page

GOOD = (
    "<html><head><title>Bridge at Ostrel closed</title></head><body><article><h1>Bridge at Ostrel closed</h1>"
    "<p>The bridge at Ostrel was closed on Monday after an inspector found a crack in its second pier.</p>"
    "<p>“Nobody will cross it before it is mended,” said the inspector, Ilse Marn, at the town hall.</p></article></body></html>"
)
CONTENTS = (
    GOOD.encode(),
    GOOD.replace("Ostrel", "Varnby").encode("utf-16"),
    b"<html><body></body></html>",
    b"<div>" * 3000,
    b"\xff\xfe\x00\xd8",
    b"",
)


def saved(number, content):
    page = Page(f"p{number}", f"{number}.html", None, None, None, None, ids.sha256(content), len(content), "html")
    return Saved(page, content)


def alone(page):
    try:
        return read_page(page)
    except PageError as error:
        return str(error)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(CONTENTS), max_size=5), st.integers(0, 5))
def test_reports_are_the_same_whatever_the_batches(contents, cut):
    pages = [saved(n, content) for n, content in enumerate(contents)]
    whole = read_reports(pages_batch(pages))
    parts = [read_reports(pages_batch(part)) for part in (pages[:cut], pages[cut:])]
    assert whole.schema == READ
    assert pa.concat_batches(parts).equals(whole)
    assert rows_of(whole) == [alone(page) for page in pages]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_page_that_is_sent_is_the_page_that_was_saved(content):
    batch = pages_batch([saved(1, content)])
    assert batch.schema == PAGES
    assert batch.column("content").to_pylist() == [content]


def test_an_article_and_a_page_without_one_are_told_apart():
    (((report, blocks),),) = rows_of(read_reports(pages_batch([saved(1, GOOD.encode())])))
    assert "crack in its second pier" in report.text
    assert report.text[blocks[0].start : blocks[0].end] == "Bridge at Ostrel closed"
    assert rows_of(read_reports(pages_batch([saved(2, b"<html></html>")]))) == ["no article was found on the page."]
