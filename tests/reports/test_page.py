from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.errors import NoArticle, PageError
from stemma.pages import PageMeta, PageOptions, read_pages
from stemma.reports import read_page, reports_from_record
from stemma.reports.article import Article, report_from_article
from stemma.tables import Role

BODY = (
    "<p>The lighthouse keeper of Skerry saw the light go out twice on Monday night, he told the coast guard.</p>"
    "<p>A worn cable was to blame, the guard's spokeswoman said, and boats were warned by radio until dawn.</p>"
)
HTML = (
    "<html><head><title>Light fails at Skerry - Skerry Times</title>"
    "<meta property='og:site_name' content='Skerry Times'>"
    "<meta property='article:published_time' content='2031-02-03T07:00:00+00:00'></head>"
    f"<body><article><h1>Light fails at Skerry</h1>{BODY}</article></body></html>"
)


def test_what_the_meta_file_says_overrules_the_page(tmp_path):
    (tmp_path / "a.html").write_text(HTML)
    meta = {"a.html": PageMeta("https://other.example/light", "Other Outlet", "2031-02-04", "2031-02-09")}
    (saved,) = read_pages([str(tmp_path)], PageOptions(meta))
    ((report, blocks),) = read_page(saved)
    assert (report.url, report.outlet) == ("https://other.example/light", "Other Outlet")
    assert (report.published, report.retrieved) == ("2031-02-04", "2031-02-09")
    assert (report.id, report.sha256) == (saved.page.id, saved.page.sha256)
    assert report.title == "Light fails at Skerry"
    assert report.language == "en"
    assert {b.report for b in blocks} == {report.id}


def test_a_page_without_an_article_is_said_to_have_none(tmp_path):
    (tmp_path / "a.html").write_text("<html><body><p>Nothing.</p></body></html>")
    (saved,) = read_pages([str(tmp_path)])
    with pytest.raises(NoArticle):
        read_page(saved)


@given(st.lists(st.tuples(st.sampled_from(get_args(Role)), st.text(max_size=30)), max_size=12))
def test_blocks_lie_in_the_text_in_order_with_one_newline_between(parts):
    article = Article(blocks=(*parts, ("paragraph", "Last words.")))
    report, blocks = report_from_article(article, id="r", location="x", retrieved=None, sha256="0")
    lines = report.text.split("\n")
    assert [report.text[b.start : b.end] for b in blocks] == lines
    assert [b.start for b in blocks] == sorted({b.start for b in blocks})
    assert blocks[-1].end == len(report.text)


def test_a_record_gives_the_accounts_report_object_under_its_own_id():
    (row,) = reports_from_record({"id": 7, "html": HTML, "retrieved": "2031-02-09"})
    assert row["id"] == 7
    assert row["outlet"] == "Skerry Times"
    assert row["retrieved"] == "2031-02-09"
    assert [row["text"][b["start"] : b["end"]] for b in row["blocks"] if b["role"] == "title"] == ["Light fails at Skerry"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"html": HTML}, "no 'id'"),
        ({"id": "a"}, "neither 'html' nor 'text'"),
        ({"id": "a", "html": 3}, "must be text"),
        ({"id": "a", "text": "  "}, "is empty"),
        ({"id": "a", "html": "<p>x</p>"}, "no article"),
        (["a"], "not a JSON object"),
    ],
)
def test_a_bad_record_says_what_is_wrong(record, said):
    with pytest.raises(PageError, match=said):
        reports_from_record(record)
