"""Feeds and sitemaps of every kind to the addresses that they name, and nothing expanded on the way."""

import gzip
import json

import pytest

from stemma.errors import PageError
from stemma.pages.feeds import Listing, read_listing

HERE = "https://paper.example/feeds/all.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>The Paper</title>
<link>https://paper.example/</link>
<item><title>Bridge</title><link>https://paper.example/bridge</link><description>&lt;p&gt;Closed&lt;/p&gt;</description></item>
<item><title>Ferry é</title><link><![CDATA[ /ferry?a=1&b=2 ]]></link></item>
<item><title>Barn</title><guid>https://paper.example/barn</guid></item>
<item><title>Talk</title><guid isPermaLink="false">https://paper.example/no</guid></item>
<item><title>Choir</title><link>https://feeds.example/~r/1</link><feedburner:origLink>https://paper.example/choir</feedburner:origLink></item>
<item><title>Bridge again</title><link>https://paper.example/bridge</link></item>
</channel></rss>"""
PAGES = tuple(f"https://paper.example/{name}" for name in ("bridge", "ferry?a=1&b=2", "barn", "choir"))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_items_of_rss(encoding):
    assert read_listing(RSS.format(encoding=encoding).encode(encoding), HERE) == Listing(PAGES)


def test_a_feed_that_is_packed_or_badly_made_is_read_as_far_as_it_goes():
    content = RSS.format(encoding="utf-8").encode()
    assert read_listing(gzip.compress(content), HERE).pages == PAGES
    assert read_listing(b"\n\n" + content.replace(b"<title>Barn</title>", b"<title>Barn & hay</title>"), HERE).pages == PAGES
    assert read_listing(content[: content.index(b"<item><title>Barn")], HERE).pages == PAGES[:2]


def test_the_items_of_rdf():
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel rdf:about="https://paper.example/"><link>https://paper.example/</link></channel>
    <item rdf:about="https://paper.example/bridge"><link>https://paper.example/bridge</link></item></rdf:RDF>"""
    assert read_listing(rdf.encode(), HERE).pages == ("https://paper.example/bridge",)


def test_the_entries_of_atom():
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/news/"><link rel="self" href="/feed"/>
    <entry><link rel="enclosure" href="https://paper.example/a.mp3"/><link href="bridge"/></entry>
    <entry><link rel="alternate" type="application/json" href="/j"/><link rel="alternate" type="text/html" href="/ferry"/></entry>
    <entry><title>no link</title></entry></feed>"""
    assert read_listing(atom.encode(), HERE).pages == ("https://paper.example/news/bridge", "https://paper.example/ferry")


def test_the_items_of_a_json_feed():
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/bridge"}, {"external_url": "https://b.example/c"}, {}, 7],
    }
    assert read_listing(json.dumps(feed).encode(), HERE).pages == ("https://paper.example/bridge", "https://b.example/c")


def test_the_feeds_of_an_opml_file():
    opml = """<opml version="2.0"><body><outline text="News"><outline type="rss" xmlUrl="https://paper.example/rss"/>
    <outline xmlurl="https://b.example/atom" htmlUrl="https://b.example"/></outline></body></opml>"""
    assert read_listing(opml.encode(), HERE) == Listing((), ("https://paper.example/rss", "https://b.example/atom"))


def test_the_pages_of_a_news_sitemap_and_the_sitemaps_of_an_index():
    sitemap = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://paper.example/bridge</loc><news:news>
    <news:title>Bridge</news:title></news:news><image:image><image:loc>https://paper.example/b.jpg</image:loc></image:image></url></urlset>"""
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://paper.example/news.xml.gz</loc>
    </sitemap></sitemapindex>"""
    assert read_listing(sitemap.encode(), HERE) == Listing(("https://paper.example/bridge",))
    assert read_listing(index.encode(), HERE) == Listing((), ("https://paper.example/news.xml.gz",))


def test_an_empty_feed_names_nothing():
    assert read_listing(b"<rss><channel><title>quiet</title></channel></rss>", HERE) == Listing()


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    "document",
    [
        BOMB + "]><rss><channel><item><link>https://paper.example/&j;</link></item></channel></rss>",
        OUTSIDE + "]><rss><channel><item><link>https://paper.example/&x;</link></item></channel></rss>",
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd"><rss><item><link>https://paper.example/a</link></item></rss>',
    ],
)
def test_a_document_type_is_refused_whatever_the_encoding(document, encoding):
    with pytest.raises(PageError):
        read_listing(f'<?xml version="1.0" encoding="{encoding[:6]}"?>{document}'.encode(encoding), HERE)


@pytest.mark.parametrize(
    "content", [b"", b"no feed", b"<a><b/></a>", b'{"items": []}', b"{", b"[]", b"\xff\xfe\x00", b"{" * 100_000]
)
def test_what_is_no_feed_is_a_sentence(content):
    with pytest.raises(PageError, match=r"\.$"):
        read_listing(content, HERE)


def test_a_page_in_the_place_of_a_feed_says_where_the_feed_is():
    page = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body></body></html>'
    with pytest.raises(PageError, match=r"its feed is https://paper.example/rss$"):
        read_listing(page, HERE)
