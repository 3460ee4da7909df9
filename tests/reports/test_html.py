from typing import get_args

import pytest

from stemma.reports.html import article_from_html
from stemma.tables import BODY, Role

SENTENCES = [
    "The harbour master of Brannoch closed the northern pier on Tuesday after a crane tilted over the water.",
    "“Nobody was hurt, and we mean to keep it so,” Ailsa Tarn told the island council in the evening.",
    "The ferry company said that it would send its boats to the old landing place until the crane has been taken down.",
    "Traders on the quay reckon that the closure costs them a third of their takings in the first week of the season.",
    "An engineer from the mainland is to look at the foundations before the weekend, the council's clerk said.",
]
ARTICLE = "".join(f"<p>{s}</p>" for s in SENTENCES)


def page(body=ARTICLE, head="", before="", after=""):
    return f"""<!doctype html><html lang="en"><head><title>Pier closed after crane tilts | Brannoch Post</title>
    <meta property="og:site_name" content="Brannoch Post">{head}</head><body>
    <header><a href="/">Brannoch Post</a><span class="today">Friday, 14 March 2031</span></header>
    <nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li><li><a href="/w">Weather</a></li></ul></nav>
    <main><article><h1>Pier closed after crane tilts</h1>{before}<div class="text">{body}</div></article>{after}</main>
    <footer><p>© 2031 Brannoch Post. All rights reserved.</p></footer></body></html>"""


def texts(article, *roles):
    return [t for role, t in article.blocks if role in roles]


def test_the_body_is_the_article_to_the_letter_and_nothing_else():
    article = article_from_html(page())
    assert texts(article, *BODY) == SENTENCES
    assert texts(article, "title") == ["Pier closed after crane tilts"]
    assert {role for role, _ in article.blocks} <= set(get_args(Role))


def test_words_are_neither_cut_nor_joined():
    body = "<p>The <b>pier</b>master&nbsp;said: “re<wbr>open”<br>on&shy;ly <i>un</i>hurt goods.</p>" + ARTICLE
    assert texts(article_from_html(page(body)), "paragraph")[0] == "The piermaster said: “reopen” only unhurt goods."


def test_paragraphs_that_are_parted_by_line_breaks_are_paragraphs():
    article = article_from_html(page("<div>" + "<br><br>".join(SENTENCES) + "</div>"))
    assert texts(article, "paragraph") == SENTENCES


def test_roles_come_from_the_page():
    before = '<p class="standfirst">Traders fear for the season.</p><p class="byline">By Morag Lindqvist</p>'
    before += '<time datetime="2031-03-11T18:40:00+01:00">11 March 2031</time>'
    figure = "<figure><img src=x><figcaption>The crane before it tilted.</figcaption></figure>"
    body = f"{figure}<h2>Costs on the quay</h2>{ARTICLE}"
    body += "<blockquote><p>We shall open when it is safe, and not before.</p></blockquote>"
    article = article_from_html(page(body, before=before))
    assert texts(article, "deck") == ["Traders fear for the season."]
    assert texts(article, "byline") == ["By Morag Lindqvist"]
    assert texts(article, "date") == ["11 March 2031"]
    assert texts(article, "caption") == ["The crane before it tilted."]
    assert texts(article, "heading") == ["Costs on the quay"]
    assert texts(article, "quote") == ["We shall open when it is safe, and not before."]
    assert article.byline == ("Morag Lindqvist",)
    assert article.published == "2031-03-11T18:40:00+01:00"


def test_a_site_headers_today_is_no_date_of_publication():
    assert article_from_html(page()).published is None
    timed = page().replace('<span class="today">', '<time datetime="2031-03-14">').replace("2031</span>", "2031</time>")
    assert article_from_html(timed).published is None


def test_related_stories_newsletters_and_comments_are_left_out():
    after = """<div class="newsletter"><p>Sign up for our newsletter and get the island's news in your inbox.</p></div>
    <section class="related"><h3>Related articles</h3><ul><li><a href="/1">Council votes on the new school roof</a></li>
    <li><a href="/2">Seals return to the southern beach after ten years</a></li></ul></section>
    <div id="comments"><h3>3 Comments</h3>
    <p>Old Salt: I said for years that this crane would go over one day, nobody listened.</p></div>"""
    assert texts(article_from_html(page(after=after)), *BODY) == SENTENCES


def test_a_link_to_another_story_within_the_article_is_no_body():
    body = ARTICLE.replace("<p>An engineer", '<p><a href="/x">Read more: How the crane came to the island</a></p><p>An engineer')
    article = article_from_html(page(body))
    assert texts(article, *BODY) == SENTENCES
    assert texts(article, "link") == ["Read more: How the crane came to the island"]


def test_the_next_article_on_the_same_page_is_left_out():
    other = "".join(f"<p>{s.replace('crane', 'tower').replace('pier', 'church')}</p>" for s in SENTENCES)
    first = f'<article><h1 class="headline">Pier closed after crane tilts</h1><div class="text">{ARTICLE}</div></article>'
    second = f'<article><h1 class="headline">Tower of the church leans</h1><div class="text">{other}</div></article>'
    html = (
        page()
        .replace("<article><h1>Pier closed after crane tilts</h1>", "")
        .replace(f'<div class="text">{ARTICLE}</div></article>', first + second)
    )
    assert texts(article_from_html(html), *BODY) == SENTENCES


def test_a_credit_line_below_the_body_is_kept_as_a_credit():
    article = article_from_html(page(ARTICLE + "<p>(Additional reporting by Ivo Marrel; editing by Ruth Osgar)</p>"))
    assert texts(article, "credit") == ["(Additional reporting by Ivo Marrel; editing by Ruth Osgar)"]
    assert texts(article, *BODY) == SENTENCES
    assert article.contributors == ("Ivo Marrel",)


def test_jsonld_gives_the_metadata_even_when_it_is_broken():
    head = """<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",
    "headline":"Pier closed after crane tilts","datePublished":"2031-03-11T18:40:00Z",
    "dateModified":"2031-03-12T08:00:00Z",
    "author":[{"@type":"Person","name":"Morag Lindqvist"},{"@id":"#ivo"}],"publisher":{"name":"Brannoch Post"},},
    {"@type":"Person","@id":"#ivo","name":"Ivo Marrel"}]}</script>"""
    article = article_from_html(page(head=head))
    assert (article.published, article.modified) == ("2031-03-11T18:40:00Z", "2031-03-12T08:00:00Z")
    assert article.byline == ("Morag Lindqvist", "Ivo Marrel")
    assert (article.title, article.outlet, article.language) == ("Pier closed after crane tilts", "Brannoch Post", "en")


@pytest.mark.parametrize(
    "name",
    [
        "Brannoch Post",
        "admin",
        "Staff reporter",
        "The Brannoch Post newsroom",
        "https://brannoch.example/authors/3",
        "editor@brannoch.example",
    ],
)
def test_what_names_nobody_is_no_author(name):
    assert article_from_html(page(head=f'<meta name="author" content="{name}">')).byline == ()


def test_an_agency_in_the_author_field_is_the_agency():
    article = article_from_html(page(head='<meta name="author" content="Agence France-Presse">'))
    assert article.byline == ()
    assert article.agency is not None


def test_xhtml_with_empty_scripts_and_cdata_is_read():
    html = '<?xml version="1.0" encoding="utf-8"?>' + page().replace("<head>", '<head><script src="a.js"/>')
    html = html.replace(SENTENCES[0], f"<![CDATA[{SENTENCES[0]}]]>")
    assert texts(article_from_html(html), *BODY) == SENTENCES


def test_pictures_saved_inside_the_page_do_not_matter():
    picture = '<img src="data:image/png;base64,' + "A" * 3_000_000 + '">'
    assert texts(article_from_html(page(picture + ARTICLE)), *BODY) == SENTENCES


@pytest.mark.parametrize(
    "html",
    [
        "", " ", "<!-- -->", "<html></html>",
        "<script>var a = 'A long enough sentence for an article, one might think.'</script>",
        "<frameset><frame src='a.html'></frameset>",
        "<ul>" + "<li><a href='/a'>A headline that leads somewhere else</a></li>" * 60 + "</ul>",
        "<div>" * 100_000, "<" * 100_000, "<![CDATA[", "<table>" * 3000 + "x",
    ],
)  # fmt: skip
def test_a_page_without_an_article_gives_no_blocks(html):
    assert article_from_html(html).blocks == ()


def test_an_article_that_is_nested_two_thousand_deep_is_still_found():
    html = "<html><body>" + "<div>" * 2000 + ARTICLE + "</div>" * 2000
    assert SENTENCES[0] in " ".join(texts(article_from_html(html), *BODY))
