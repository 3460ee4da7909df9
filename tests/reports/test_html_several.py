"""Several whole articles on one page are reports of their own; teasers, sections and the entries of a live page are none."""

import json

import pytest

from stemma import read
from stemma.pages import read_pages
from stemma.reports import read_page, reports_from_record, thresholds
from stemma.reports.html import articles_from_html
from stemma.reports.plain import articles_from_text

FERRY, BREAD = "Ferry runs aground off Tenholm harbour", "Varnby bakery wins the rye prize again"
FERRY_BODY = (
    "The ferry Orla ran aground off Tenholm on Monday evening with ninety passengers aboard, the harbour office said.",
    "Nobody was hurt, and the crew waited for the tide while two tugs stood by in the channel, its master Ines Falk said.",
    "The sandbank has grown by a third since the winter storms, according to a survey that the county commissioned in spring.",
    "Harbour staff had asked for dredging in April, but the county put the work off because its budget was already spent.",
    "Passengers were given soup and blankets, and most of them slept in the saloon until the vessel floated free before five.",
    "The company will run a smaller boat on the route until divers have looked at the hull, which may take them all week.",
)
BREAD_BODY = (
    "A bakery in the old town of Varnby has won the national prize for rye bread for the third time, the guild announced.",
    "The jury praised the crust and the patience of the bakers, who let their dough rest for two days in a cool cellar.",
    "Owner Tilde Maar said that she had the recipe from her grandmother, who sold loaves from a cart before the railway came.",
    "The prize comes with a copper plate and a small sum of money, which the bakery wants to spend on a second oven.",
    "Customers queued around the corner on Tuesday morning, and the last loaf was sold before ten, an hour early.",
    "Rival bakers congratulated the winner, though one of them said that the jury had a weakness for everything sour.",
)
HEAD = (
    f"<title>{FERRY} - Tenholm Post</title><meta property='og:title' content='{FERRY}'>"
    "<meta property='og:site_name' content='Tenholm Post'><meta property='article:published_time' content='2031-02-03'>"
    "<link rel='canonical' href='https://post.example/ferry'>"
)


def paragraphs(texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def article(headline, author, texts, level="h1"):
    return f"<article><{level}>{headline}</{level}><p class='byline'>By {author}</p>{paragraphs(texts)}</article>"


def page(*parts):
    return f"<html><head>{HEAD}</head><body><header><a href='/'>Tenholm Post</a></header>{''.join(parts)}</body></html>"


def scrape(headline, author, date, texts):
    return "\n".join([headline, f"By {author}", date, *texts])


ARTICLES = (article(FERRY, "Ada Fenn", FERRY_BODY), article(BREAD, "Jon Reck", BREAD_BODY))
TWO = page(*ARTICLES)
DESCRIBED = json.dumps(
    [
        {"@type": "NewsArticle", "headline": FERRY, "author": {"name": "Ada Fenn"}, "datePublished": "2031-02-03"},
        {"@type": "NewsArticle", "headline": BREAD, "author": {"name": "Jon Reck"}, "datePublished": "2031-02-04"},
    ]
)
JSON_LD = f"<script type='application/ld+json'>{DESCRIBED}</script>"
FLAT = f"<div><h1>{FERRY}</h1>{paragraphs(FERRY_BODY)}<h2>{BREAD}</h2>{paragraphs(BREAD_BODY)}</div>"


def bodies(printed):
    return [tuple(text for role, text in printed.blocks if role == "paragraph") for printed in printed]


@pytest.mark.parametrize(
    "html",
    [
        TWO,
        page(ARTICLES[0], "<div><a href='/x'>More from the harbour</a></div>", article(BREAD, "Jon Reck", BREAD_BODY, "h2")),
        page(ARTICLES[0]) + "<!DOCTYPE html>" + page(ARTICLES[1]).replace(FERRY, BREAD),
        page(JSON_LD, FLAT),
    ],
    ids=["side by side", "appended under a lower heading", "two documents in one file", "told apart by JSON-LD alone"],
)
def test_two_whole_articles_on_a_page_are_two_reports(html):
    ferry, bread = articles_from_html(html)
    assert bodies([ferry, bread]) == [FERRY_BODY, BREAD_BODY]
    assert (ferry.title, bread.title) == (FERRY, BREAD)
    assert (ferry.byline, bread.byline) == (("Ada Fenn",), ("Jon Reck",))
    assert ferry.outlet == bread.outlet == "Tenholm Post"


def test_the_head_of_a_page_dates_its_own_article_and_no_further_one():
    ferry, bread = articles_from_html(TWO)
    assert (ferry.published, ferry.url) == ("2031-02-03", "https://post.example/ferry")
    assert (bread.published, bread.url) == (None, None)
    assert [printed.published for printed in articles_from_html(page(JSON_LD, FLAT))] == ["2031-02-03", "2031-02-04"]


@pytest.mark.parametrize(
    "html",
    [
        page(ARTICLES[0], article(BREAD, "Jon Reck", BREAD_BODY[:3])),
        page(ARTICLES[0], article("Why the sandbank grows", "Ada Fenn", BREAD_BODY, "h2").replace("class='byline'", "")),
        page(
            f"<h1>{FERRY}: live</h1>",
            article("Tugs", "Ada Fenn", FERRY_BODY, "h2"),
            article("Tide", "Ada Fenn", BREAD_BODY, "h2"),
        ),
        page(JSON_LD.replace("NewsArticle", "LiveBlogPosting"), *ARTICLES),
        page(ARTICLES[0], ARTICLES[0]),
    ],
    ids=["a teaser", "a section that nobody signs", "entries under one headline", "a live blog", "one article twice"],
)
def test_what_is_no_whole_article_of_its_own_is_no_second_report(html):
    assert len(articles_from_html(html)) == 1


def test_two_whole_articles_in_a_scrape_are_two_reports():
    text = "\n".join(
        [
            "Tenholm Post", "Home", "Sport", scrape(FERRY, "Ada Fenn", "3 February 2031", FERRY_BODY), "Share this",
            scrape(BREAD, "Jon Reck", "4 February 2031", BREAD_BODY), "© 2031 Tenholm Post",
        ]
    )  # fmt: skip
    ferry, bread = articles_from_text(text)
    assert bodies([ferry, bread]) == [FERRY_BODY, BREAD_BODY]
    assert (bread.title, bread.byline, bread.published, bread.outlet) == (BREAD, ("Jon Reck",), "2031-02-04", "Tenholm Post")


@pytest.mark.parametrize(
    "second", [scrape(BREAD, "Jon Reck", "4 February 2031", BREAD_BODY[:2]), "\n".join([BREAD, *BREAD_BODY])]
)
def test_a_scrape_with_a_teaser_or_a_heading_is_one_report(second):
    assert len(articles_from_text(f"{scrape(FERRY, 'Ada Fenn', '3 February 2031', FERRY_BODY)}\n{second}")) == 1


def test_a_further_report_has_an_id_of_its_own_and_knows_its_page(tmp_path):
    (tmp_path / "two.html").write_text(TWO)
    (saved,) = read_pages([str(tmp_path)])
    (first, _), (second, blocks) = read_page(saved)
    assert first.id == first.page == second.page == saved.page.id
    assert second.id not in ("", first.id)
    assert {block.report for block in blocks} == {second.id}
    assert second.location == f"{first.location}#2"
    assert [report.id for report, _ in read_page(saved)] == [first.id, second.id]


def test_a_record_with_two_articles_gives_two_objects():
    first, second = reports_from_record({"id": 7, "html": TWO})
    assert [(row["id"], row["page"], row["title"]) for row in (first, second)] == [(7, 7, FERRY), ("7#2", 7, BREAD)]


def test_a_store_takes_both_reports_of_a_page_and_lets_both_go_when_the_page_moves(tmp_path):
    (tmp_path / "z.html").write_text(TWO)
    with read(tmp_path / "z.html", db=tmp_path / "s.stemma") as corpus:
        before = {report.id: report.location for report in corpus.store.read("report")}
        (tmp_path / "a.html").write_text(TWO)
        corpus.add(tmp_path / "a.html")
        after = {report.id: report.location for report in corpus.store.read("report")}
        assert len(before) == 2
        assert after == {key: location.replace("z.html", "a.html") for key, location in before.items()}
        assert {block.report for block in corpus.store.read("block")} == set(after)


@pytest.mark.parametrize(("name", "moved"), [("LEAST_FURTHER", 400), ("MOST_ARTICLES", 1), ("LONGEST_LABEL", 60)])
def test_a_threshold_decides_whether_a_page_prints_two_articles(monkeypatch, name, moved):
    assert len(articles_from_html(TWO)) == 2
    monkeypatch.setattr(thresholds, name, moved)
    assert len(articles_from_html(TWO)) == 1
