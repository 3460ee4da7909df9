"""Pages from addresses: what a server sends becomes a page, and everything else a sentence."""

import json

import pytest

import stemma
from pages.site import PARAGRAPHS, article, serve
from stemma.pages import PageMeta, Saved, read_pages
from stemma.pages.connections import Hosts
from stemma.pages.saved import plain_address
from stemma.pages.web import Robots, fetch_pages
from stemma.settings import Manners, Settings

MANNERS = Manners(allow_private=True, delay=0, seconds=5)


@pytest.fixture
def site():
    with serve() as served:
        yield served


def pages(*addresses, meta=None, by_robots=False):
    hosts = Hosts(MANNERS)
    found = fetch_pages(addresses, meta or {}, hosts, Robots(hosts) if by_robots else None)
    return {(f.page.location if isinstance(f, Saved) else f.location): f for f in found}


def reason(site, path, **more):
    return pages(site / path, **more)[site / path].reason


def test_a_page_knows_its_address_its_time_and_what_its_server_said(site):
    site.pages["a?id=7&utm_source=x"] = (200, {"X-Served-By": "a machine"}, article())
    found = pages(site / "a?id=7&utm_source=x")[site / "a?id=7&utm_source=x"]
    assert found.page.url == site / "a?id=7"
    assert found.page.retrieved == found.response.retrieved
    assert ("X-Served-By", "a machine") in found.response.headers
    assert (found.content, found.page.format) == (article(), "html")


def test_what_the_meta_file_says_of_an_address_overrules(site):
    site.pages["a"] = article()
    told = PageMeta(url="https://paper.example/a", outlet="The Paper", retrieved="2024-04-03")
    page = pages(site / "a", meta={site / "a": told})[site / "a"].page
    assert (page.url, page.outlet, page.retrieved) == ("https://paper.example/a", "The Paper", "2024-04-03")


def test_the_encoding_that_a_server_declares_is_that_of_the_page(site):
    text = "Мост в посёлке Острель закрыли в понедельник: инспектор нашёл трещину во второй опоре. " * 5
    body = f"<html><body><article><h1>Мост закрыт</h1><p>{text}</p></article></body></html>".encode("iso8859-5")
    site.pages["a"] = (200, {"Content-Type": "text/html; charset=ISO-8859-5"}, body)
    corpus = stemma.read([site / "a"], settings=Settings(manners=MANNERS))
    assert "посёлке Острель" in corpus.account().to_dict()["reports"][0]["text"]


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        (
            "application/rss+xml",
            b"<rss><channel><title>A</title></channel></rss>",
            "this is a feed, not a page; give it with --feed.",
        ),
        ("application/json", b'{"a": 1}', "the server sends application/json, which is not read."),
        ("text/css", b"a { color: red }", "the server sends text/css, which is not read."),
        ("image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "the file is a PNG picture, not a web page or plain text."),
        ("text/html", b"", "the file is empty."),
        ("text/html", b"\0\1\2\3" * 100, "the file is binary data, not a web page or plain text."),
    ],
)
def test_what_is_no_page_is_a_sentence(site, kind, body, told):
    site.pages["a"] = (200, {"Content-Type": kind}, body)
    assert reason(site, "a") == told


def test_plain_text_is_a_page(site):
    site.pages["a"] = (200, {"Content-Type": "text/plain"}, "\n\n".join(PARAGRAPHS).encode())
    assert pages(site / "a")[site / "a"].page.format == "text"


def test_one_request_at_a_time_reaches_a_host_and_many_hosts_are_asked_at_once(site):
    with serve("127.0.0.2") as other:
        for one in (site, other):
            one.pages |= {f"{n}": article(f"Ostrel {n}") for n in range(12)}
        found = pages(*[one / str(n) for n in range(12) for one in (site, other)])
        assert len(found) == 24
        assert all(isinstance(f, Saved) for f in found.values())
        assert (site.most_at_once, other.most_at_once) == (1, 1)


def test_an_address_that_is_given_twice_is_asked_for_once(site):
    site.pages["a"] = article()
    assert len(pages(site / "a", site / "a")) == 1
    assert site.asked == ["a"]


def test_whoever_stops_reading_early_asks_for_no_more(site):
    site.pages |= {f"{n}": article() for n in range(200)}
    found = fetch_pages([site / str(n) for n in range(200)], {}, Hosts(MANNERS))
    next(found)
    found.close()
    assert len(site.asked) < 200


def test_a_busy_server_is_asked_again_when_it_said_and_left_when_that_is_too_late(site):
    def busy_at_first(handler):
        first = handler.server.site.count()["a"] == 1
        handler.send(*((503, {"Retry-After": "0"}, b"") if first else (200, {}, article())))

    site.pages |= {"a": busy_at_first, "b": (429, {"Retry-After": "0"}, b""), "c": (429, {"Retry-After": "7200"}, b"")}
    assert isinstance(pages(site / "a")[site / "a"], Saved)
    assert reason(site, "b") == "the server is busy (429) and asks to come again later."
    assert reason(site, "c") == "the server is busy (429) and asks to come again later."
    assert site.count() == {"a": 2, "b": 3, "c": 1}


def test_what_robots_txt_forbids_is_skipped_where_a_feed_and_not_a_person_names_it(site):
    site.pages |= {"robots.txt": b"User-agent: stemma\nDisallow: /closed\n", "closed": article(), "open": article("Varnby")}
    assert "robots.txt" in reason(site, "closed", by_robots=True)
    assert isinstance(pages(site / "open", by_robots=True)[site / "open"], Saved)
    assert isinstance(pages(site / "closed")[site / "closed"], Saved)


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(site):
    site.pages |= {
        "robots.txt": b"User-agent: *\nDisallow: /closed\n",
        "a": (302, {"Location": "/closed"}, b""),
        "closed": article(),
    }
    assert "robots.txt" in reason(site, "a", by_robots=True)
    assert "closed" not in site.asked


@pytest.mark.parametrize(("status", "free"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_site_without_rules_is_free_and_one_that_cannot_give_them_is_not(site, status, free):
    site.pages |= {"robots.txt": (status, {}, b""), "a": article()}
    found = pages(site / "a", by_robots=True)[site / "a"]
    assert isinstance(found, Saved) == free


def test_robots_txt_is_asked_for_once_and_its_pause_is_kept(site):
    site.pages["robots.txt"] = b"User-agent: *\nCrawl-delay: 0.01\n"
    hosts = Hosts(MANNERS)
    robots = Robots(hosts)
    robots.check(site / "a")
    robots.check(site / "b")
    assert site.asked == ["robots.txt"]
    assert hosts.pause_of(site.address.removeprefix("http://")) == 0.01


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://a.example/b?utm_source=x&id=3&fbclid=y", "https://a.example/b?id=3"),
        ("https://a.example/b?utm_source=x", "https://a.example/b"),
        ("https://a.example/b?z=1&a=2", "https://a.example/b?z=1&a=2"),
        ("https://a.example/b;c=1?d", "https://a.example/b;c=1?d"),
    ],
)
def test_an_address_loses_what_only_tells_how_a_reader_came_to_it(address, plain):
    assert plain_address(address) == plain


def test_files_and_addresses_are_read_together(site, tmp_path):
    (tmp_path / "a.html").write_bytes(article("Varnby"))
    site.pages["a"] = article()
    found = list(read_pages([site / "a", str(tmp_path)], manners=MANNERS))
    assert {f.page.location for f in found} == {site / "a", str(tmp_path / "a.html")}


def test_the_commands_take_addresses(stemma, site, tmp_path):
    site.pages |= {"a": article(), "b": article("Varnby")}
    done = stemma("read", site / "a", site / "b", site / "gone", "--db", tmp_path / "n.duckdb", "--allow-private", "--delay", 0)
    assert done.stdout == f"{tmp_path / 'n.duckdb'} holds 2 reports in 2 stories.\n"
    assert done.stderr == f"stemma: {site / 'gone'}: the server answers 404 (not found).\n"
    listed = json.loads(stemma("stories", "--db", tmp_path / "n.duckdb", "--json").stdout.splitlines()[0])
    shown = json.loads(stemma("show", listed["id"], "--db", tmp_path / "n.duckdb", "--json", "-").stdout)
    assert shown["stories"][0]["statements"]
    assert [s["location"] for s in shown["skipped"]] == [site / "gone"]
    again = json.loads(stemma("analyse", site / "a", "--json", "-", "--allow-private", "--delay", 0).stdout)
    assert again["reports"][0]["url"] == site / "a"


def test_a_private_address_is_refused_by_the_commands_unless_it_is_allowed(stemma, site):
    site.pages["a"] = article()
    done = stemma("analyse", site / "a", code=2)
    assert "127.0.0.1 is no public address; `stemma read --allow-private` reads it all the same." in done.stderr
    assert site.asked == []
    assert json.loads(stemma("reports", site / "a", "--allow-private").stdout)["url"] == site / "a"


def test_the_same_bytes_fetched_again_add_nothing(site, tmp_path):
    site.pages["a"] = article()
    settings = Settings(manners=MANNERS)
    with stemma.read([site / "a"], db=tmp_path / "n.duckdb", settings=settings) as corpus:
        first = corpus.store.read("page"), corpus.store.read("response")
    with stemma.read([site / "a"], db=tmp_path / "n.duckdb", settings=settings) as corpus:
        assert (corpus.store.read("page"), corpus.store.read("response")) == first
        assert len(corpus.store.read("report")) == 1
