import pytest

from stemma.reports.dom import parse
from stemma.reports.metadata import read_metadata


def known(head="", body="", url=None):
    return read_metadata(parse(f"<html><head>{head}</head><body>{body}<p>Words.</p></body></html>"), url)


@pytest.mark.parametrize(
    "document",
    [
        "Pier closed | Brannoch Post",
        "Pier closed - News - Brannoch Post",
        "Brannoch Post: Pier closed",
        "Pier closed – BrannochPost.com",
    ],
)
def test_the_outlets_name_is_no_part_of_the_title(document):
    head = f'<title>{document}</title><meta property="og:site_name" content="Brannoch Post">'
    assert known(head, "<h1>Pier closed</h1>").title == "Pier closed"


def test_a_dash_within_the_headline_is_kept():
    head = "<title>Pier closed - and nobody knows why - Brannoch Post</title>"
    head += '<meta property="og:site_name" content="Brannoch Post">'
    assert known(head).title == "Pier closed - and nobody knows why"


def test_the_topic_above_a_headline_is_no_part_of_it():
    head = '<meta property="og:title" content="The northern pier is closed">'
    assert known(head, "<h1><span>Harbour:</span> The northern pier is closed</h1>").title == "The northern pier is closed"


def test_a_heading_that_is_the_sites_own_name_is_no_title():
    head = "<title>The northern pier is closed | Brannoch Post</title>"
    head += '<meta property="og:site_name" content="Brannoch Post">'
    assert known(head, "<h1>Brannoch Post</h1>").title == "The northern pier is closed"


def test_an_address_is_the_pages_own_and_never_the_front_page():
    assert known('<link rel="canonical" href="https://brannoch.example/">').url is None
    assert known('<link rel="canonical" href="https://brannoch.example/pier">').url == "https://brannoch.example/pier"
    assert known(url="https://given.example/x").url == "https://given.example/x"


def test_without_a_name_the_outlet_is_the_host():
    assert known(url="https://www.brannoch.example/pier").outlet == "brannoch.example"
    assert known().outlet is None


@pytest.mark.parametrize(
    ("document", "outlet"),
    [
        ("Pier closed - Brannoch", "Brannoch"),
        ("Storm shuts the old pier - Brannoch Post", "Brannoch Post"),
        ("Storm shuts the old pier - Brannoch", None),
        ("Pier closed - Sport", None),
        ("Pier closed", None),
    ],
)
def test_a_saved_page_of_no_address_has_the_outlet_beside_its_headline_or_a_newspapers_beside_another(document, outlet):
    assert known(f"<title>{document}</title>", "<h1>Pier closed</h1>").outlet == outlet


def test_half_surrogates_and_broken_addresses_do_no_harm():
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier \\ud800 closed","url":"http://[x"}</script>'
    )
    found = known(head + '<meta property="og:url" content="http://[bad">')
    assert found.title == "Pier closed"
    assert found.url is None


def test_who_reviewed_or_checked_an_article_is_not_its_author():
    def signed(label, name):
        return f'<div><span>{label} by</span> <a rel="author" href="/{name[:3]}">{name}</a></div>'

    page = "<h1>Pier closed</h1>" + signed("Written", "Morag Lindqvist")
    assert known(body=page + signed("Medically reviewed", "Ivo Marrel")).authors == ("Morag Lindqvist",)
    assert known(body=page + signed("Researched", "Ivo Marrel")).authors == ("Morag Lindqvist",)
    assert known(body=page + signed("PageOptions", "Ivo Marrel")).authors == ("Morag Lindqvist", "Ivo Marrel")


@pytest.mark.parametrize(
    ("name", "url", "authors"),
    [
        ("Morag Lindqvist", "https://letters.harbourlife.example/p/pier", ("Morag Lindqvist",)),
        ("Brannoch Post", "https://brannochpost.example/pier", ()),
        ("Brannoch Post", "https://bp.example/pier", ()),
        ("Deutsche Welle", "https://dw.example/pier", ()),
    ],
)
def test_a_letter_named_after_its_author_is_signed_and_a_newspapers_own_name_is_no_author(name, url, authors):
    head = f'<meta property="og:site_name" content="{name}"><meta name="author" content="{name}">'
    assert known(head, "<h1>Pier closed</h1>", url).authors == authors


def test_a_portrait_beside_the_date_names_the_author_and_a_picture_on_a_headline_none():
    portrait = '<a title="Morag Lindqvist"><img alt="Morag Lindqvist"></a>'
    assert known(body=f"<h1>Pier closed</h1><div>4 February 2031 · {portrait}</div>").authors == ("Morag Lindqvist",)
    assert known(body=f"<h1>Pier closed</h1><div>{portrait}</div>").authors == ()


def test_each_field_says_where_it_was_read():
    head = '<title>Pier closed | Post</title><meta property="og:site_name" content="Brannoch Post">'
    head += '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-05-07"}</script>'
    found = known(head, '<h1>Pier closed</h1><a rel="author">Ada Fenn</a>', "https://post.example/pier").where
    assert found == {
        "title": "heading", "outlet": "meta element", "published": "JSON-LD", "byline": "markup", "url": "told"
    }  # fmt: skip


def test_a_heading_in_a_trail_of_crumbs_is_no_title_where_the_page_prints_its_headline_below():
    head = '<meta property="og:title" content="Pier shut: all that we know"><title>Pier shut: all that we know</title>'
    crumbs = "<nav><ul><li><h1>Pier shut: all that we know</h1></li></ul></nav>"
    story = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The northern pier is closed"}</script>'
    assert known(head + story, crumbs + "<h2>The northern pier is closed</h2>").title == "The northern pier is closed"
    # A menu that nobody closed has the whole article in it.
    assert known(head, "<nav><ul><li><article><h1>Pier shut: all that we know</h1>").title == "Pier shut: all that we know"


def test_the_heading_that_the_markup_calls_the_headline_is_the_title_whatever_the_page_is_shared_under():
    head = '<meta property="og:title" content="You will not believe which harbour lost its landing stage">'
    body = '<h1 itemprop="headline">Pier closed</h1><h1>More on harbours</h1>'
    assert known(head, body).title == "Pier closed"


def test_a_topic_in_front_of_a_headline_below_a_trail_is_no_part_of_it():
    head = '<meta property="og:title" content="The northern pier is closed">'
    body = "<nav><h1>Harbour: northern pier closed, ferry stays</h1></nav><h2>Bad year for boats The northern pier is closed</h2>"
    assert known(head, body).title == "The northern pier is closed"


@pytest.mark.parametrize(
    ("said", "meta", "printed", "authors"),
    [
        # Who put the page up is named in data alone; the byline and another place name who wrote it.
        ("Ivo Marrel", "By Morag Lindqvist", "By Morag Lindqvist", ("Morag Lindqvist",)),
        ("Ivo Marrel", "", "By Morag Lindqvist", ("Ivo Marrel",)),
        ("Morag Lindqvist", "", "By Morag Lindqvist and Ivo Marrel", ("Morag Lindqvist", "Ivo Marrel")),
        ("Morag Lindqvist", "", "Morag LindqvistHARBOUR and Morag Lindqvist", ("Morag Lindqvist",)),
    ],
)
def test_the_byline_that_is_printed_counts_where_the_data_names_another_or_the_first_alone(said, meta, printed, authors):
    story = f'{{"@type": "NewsArticle", "headline": "Pier closed", "author": {{"@type": "Person", "name": "{said}"}}}}'
    head = f'<script type="application/ld+json">{story}</script><meta name="sailthru.author" content="{meta}">'
    assert known(head, f'<div><h1>Pier closed</h1><span class="author">{printed}</span></div>').authors == authors
