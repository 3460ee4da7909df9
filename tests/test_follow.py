"""Feeds followed into a store: what is new is read once, politely, and a killed run goes on where it was."""

import json
import os
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import stemma
from conftest import SCRIPT
from pages.site import article, serve
from stemma import follow as following
from stemma.engines import open_store
from stemma.follow import follow
from stemma.settings import Manners, Settings

SETTINGS = Settings(processes=1, manners=Manners(allow_private=True, delay=0, seconds=5))
HOUR = timedelta(hours=1)


@pytest.fixture
def site():
    with serve() as served:
        yield served


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "news.duckdb")
    yield opened
    opened.close()


def feed(site, *names):
    items = "".join(f"<item><link>{site / name}</link></item>" for name in names)
    return (
        200,
        {"Content-Type": "application/rss+xml", "ETag": f'"{len(names)}"'},
        f"<rss><channel>{items}</channel></rss>".encode(),
    )


def conditional(answer):
    """Return an answer that sends no body to whoever knows it."""

    def send(handler):
        known = handler.headers["If-None-Match"] == answer[1]["ETag"]
        handler.send(*((304, {"Content-Length": None}, b"") if known else answer))

    return send


def due_now(store):
    """Let all feeds and entries of a store be due, as if an hour had passed."""
    with store.transaction():
        for table in ("feed", "entry"):
            rows = store.read(table)
            store.remove(table, {})
            store.write({table: [replace(row, due="2000-01-01T00:00:00.000+00:00") for row in rows]})


def locations(store):
    return sorted(page.location for page in store.read("page"))


def test_what_a_feed_names_is_read_once(site, store):
    site.pages |= {"rss": feed(site, "a", "b"), "a": article(), "b": article("Varnby")}
    assert len(follow(store, [site / "rss"], SETTINGS).reports) == 2
    site.pages |= {"rss": feed(site, "c?utm_source=rss", "a", "b"), "c": article("Tarn Head")}
    assert len(follow(store, [site / "rss"], SETTINGS).reports) == 1
    assert follow(store, [site / "rss"], SETTINGS).reports == ()
    assert [site.count()[name] for name in "abc"] == [1, 1, 1]
    assert locations(store) == [site / "a", site / "b", site / "c"]
    assert len(store.read("story")) == 3


def test_a_feed_is_asked_again_when_its_time_has_come_and_sends_nothing_when_it_is_the_same(site, store):
    site.pages |= {"rss": conditional(feed(site, "a")), "a": article()}
    follow(store, [site / "rss"], SETTINGS, every=HOUR)
    follow(store, [site / "rss"], SETTINGS, every=HOUR)
    assert site.count()["rss"] == 1
    due_now(store)
    follow(store, [site / "rss"], SETTINGS, every=HOUR)
    assert [h.get("If-None-Match") for p, h in zip(site.asked, site.headers, strict=True) if p == "rss"] == [None, '"1"']
    assert store.read("feed")[0].etag == '"1"'


def test_a_page_that_its_feed_calls_changed_is_read_again_as_a_new_version(site, store):
    def atom(updated):
        entry = f"<entry><link href='{site / 'a'}'/><updated>{updated.isoformat()}</updated></entry>"
        return (200, {"Content-Type": "application/atom+xml"}, f"<feed>{entry}</feed>".encode())

    site.pages |= {"atom": atom(datetime.now(UTC)), "a": article()}
    assert len(follow(store, [site / "atom"], SETTINGS).reports) == 1
    time.sleep(1.1)
    site.pages |= {"atom": atom(datetime.now(UTC)), "a": article().replace(b"4,000", b"5,000")}
    due_now(store)
    assert len(follow(store, [site / "atom"], SETTINGS).reports) == 1
    assert [(v.place, v.earlier != v.report) for v in store.read("version")] == [(1, True)]
    assert len({row.story for row in store.read("story")}) == 1
    asked = site.asked.count("a")
    due_now(store)
    assert follow(store, [site / "atom"], SETTINGS).reports == ()
    assert site.asked.count("a") == asked == 2


def test_opml_and_sitemaps_lead_to_what_they_name(site, store, tmp_path):
    opml = f'<opml><body><outline xmlUrl="{site / "rss"}"/><outline xmlUrl="{site / "index"}"/></body></opml>'
    (tmp_path / "mine.opml").write_text(opml)
    index = f"<sitemapindex><sitemap><loc>{site / 'news'}</loc></sitemap></sitemapindex>".encode()
    news = f"<urlset><url><loc>{site / 'b'}</loc></url></urlset>".encode()
    site.pages |= {"rss": feed(site, "a"), "index": index, "news": news, "a": article(), "b": article("Varnby")}
    followed = follow(store, [str(tmp_path / "mine.opml")], SETTINGS)
    assert locations(store) == [site / "a", site / "b"]
    assert set(followed.feeds) == {site / "rss", site / "index", site / "news"}


def test_lists_that_name_each_other_end(site, store):
    site.pages["a"] = f'<opml><body><outline xmlUrl="{site / "b"}"/></body></opml>'.encode()
    site.pages["b"] = f'<opml><body><outline xmlUrl="{site / "a"}"/></body></opml>'.encode()
    follow(store, [site / "a"], SETTINGS)
    assert site.count() == {"a": 1, "b": 1}


def test_what_robots_txt_forbids_is_skipped_with_a_row(site, store):
    site.pages |= {"robots.txt": b"User-agent: *\nDisallow: /a\n", "rss": feed(site, "a"), "a": article()}
    (row,) = follow(store, [site / "rss"], SETTINGS).skipped
    assert "robots.txt" in row.reason
    assert store.read("skipped") == [row]
    assert "a" not in site.asked


def test_what_a_feed_names_that_is_no_address_is_skipped_with_a_row_and_the_rest_is_read(site, store):
    odd = ["javascript:alert(1)", "file:///etc/hosts", "//", "ftp://a.example/x", "http://[::1", "mailto:a@b.example"]
    items = "".join(f"<item><link>{address}</link></item>" for address in [*odd, site / "a"])
    site.pages |= {"rss": f"<rss><channel>{items}</channel></rss>".encode(), "a": article()}
    followed = follow(store, [site / "rss"], SETTINGS)
    assert (len(followed.reports), locations(store)) == (1, [site / "a"])
    assert {"javascript:alert(1)", "file:///etc/hosts", "ftp://a.example/x"} <= {row.location for row in followed.skipped}
    assert all(entry.done for entry in store.read("entry"))


def test_a_busy_server_is_left_alone_as_long_as_it_asks(site, store):
    site.pages |= {"rss": feed(site, "a"), "a": (503, {"Retry-After": "7200"}, b"")}
    followed = follow(store, [site / "rss"], SETTINGS)
    assert (followed.reports, followed.skipped) == ((), ())
    (entry,) = store.read("entry")
    assert (entry.tries, entry.done) == (1, False)
    assert entry.due > following._iso(HOUR)
    site.pages["a"] = article()
    follow(store, [site / "rss"], SETTINGS)
    assert site.count()["a"] == 1
    due_now(store)
    assert len(follow(store, [site / "rss"], SETTINGS).reports) == 1


def test_a_page_that_never_comes_is_given_up(site, store):
    site.pages |= {"rss": feed(site, "a"), "a": (500, {}, b"")}
    for _ in range(following.TRIES + 2):
        follow(store, [site / "rss"], SETTINGS)
        due_now(store)
    assert site.count()["a"] == following.TRIES
    assert [row.reason for row in store.read("skipped")] == ["the server answers 500 (internal server error)."]


def test_a_feed_that_cannot_be_read_is_asked_less_and_less(site, store):
    site.pages["rss"] = (502, {}, b"")
    waits = []
    for _ in range(4):
        (row,) = follow(store, [site / "rss"], SETTINGS, every=HOUR).skipped
        waits.append(store.read("feed")[0].due)
        due_now(store)
    assert row.location == site / "rss"
    assert waits == sorted(waits)
    assert following._iso(timedelta(hours=15)) < waits[3] < following._iso(timedelta(hours=17))
    site.pages["rss"] = feed(site)
    follow(store, [site / "rss"], SETTINGS, every=HOUR)
    assert (store.read("feed")[0].failures, store.read("skipped")) == (0, [])


def test_a_bomb_in_the_place_of_a_feed_is_refused_with_a_row(site, store):
    site.pages["rss"] = b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><link>&b;</link></item></rss>'
    follow(store, [site / "rss"], SETTINGS)
    assert "document type" in store.read("skipped")[0].reason


def test_a_page_that_was_read_by_its_address_is_not_asked_for_again(site, tmp_path):
    site.pages |= {"rss": feed(site, "a"), "a": article()}
    with stemma.read([site / "a"], db=tmp_path / "n.duckdb", settings=SETTINGS, deep=False) as corpus:
        assert corpus.follow([site / "rss"], SETTINGS).reports == ()
    assert site.count()["a"] == 1


def test_the_command_reads_feeds_and_sitemaps_once(stemma, site, tmp_path):
    site.pages |= {"rss": feed(site, "a"), "map": f"<urlset><url><loc>{site / 'b'}</loc></url></urlset>".encode()}
    site.pages |= {"a": article(), "b": article("Varnby")}
    options = ("--db", tmp_path / "n.duckdb", "--allow-private", "--delay", 0)
    held = f"{tmp_path / 'n.duckdb'} holds"
    assert stemma("read", "--feed", site / "rss", *options).stdout == f"1 new report. {held} 1 report in 1 story.\n"
    assert stemma("read", "--sitemap", site / "map", *options).stdout == f"1 new report. {held} 2 reports in 2 stories.\n"
    failed = stemma("read", "--feed", site / "a", *options, code=2)
    assert failed.stderr.splitlines()[0] == f"stemma: {site / 'a'}: this is a page and no feed."


def test_a_watch_of_a_file_that_is_not_there_does_not_begin(stemma, tmp_path):
    done = stemma("watch", "subscriptoins.opml", "--db", "n.duckdb", cwd=tmp_path, code=2)
    assert done.stderr == "stemma: subscriptoins.opml: there is no such file or folder.\n"
    assert not (tmp_path / "n.duckdb").exists()


def test_a_time_that_is_none_is_said(stemma, tmp_path):
    assert "write it like 90s" in stemma("watch", "x.opml", "--every", "soon", "--db", tmp_path / "n.duckdb", code=1).stderr


def test_a_watch_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(stemma, site, tmp_path):
    """Each page has other bytes each time that it is asked for, so that one that is read twice would show."""
    names = [f"p{n}" for n in range(24)]

    def dynamic(name):
        return lambda handler: handler.send(200, {}, article(f"Ostrel {name}", foot=f"<!-- {time.monotonic_ns()} -->"))

    site.pages |= {"rss": feed(site, *names), **{name: dynamic(name) for name in names}}
    db = tmp_path / "news.duckdb"
    command = [SCRIPT, "watch", site / "rss", "--every", "1s", "--db", db, "--allow-private", "--delay", "0.02"]
    for kill in range(4):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        goal = len(site.asked) + 3 + 5 * kill
        while len(site.asked) < goal and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    stemma("read", "--feed", site / "rss", "--db", db, "--allow-private", "--delay", 0)
    with closing(open_store(db)) as store:
        assert locations(store) == sorted(site / name for name in names)
        assert len(store.read("report")) == len(names)
        assert all(entry.done for entry in store.read("entry"))


def test_the_watch_leaves_the_store_to_others_between_two_rounds(stemma, site, tmp_path):
    site.pages |= {"rss": feed(site, "a"), "a": article()}
    db = tmp_path / "news.duckdb"
    command = [SCRIPT, "watch", site / "rss", "--every", "1h", "--db", db, "--allow-private", "--delay", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout.readline().endswith(" 1 new report\n")
    assert json.loads(stemma("stories", "--db", db, "--json").stdout)["reports"] == 1
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    process.stdout.close()
