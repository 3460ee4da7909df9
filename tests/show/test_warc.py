"""A store's pages as a web archive, read back by the standard's own rules and by another reader."""

import gzip
import json
from contextlib import closing

import pytest

import stemma as package
from pages.site import article, serve
from stemma.engines import open_store
from stemma.settings import Manners, Settings


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a store of a page that was fetched, packed, and one that was saved; and the address of the first."""
    folder = tmp_path_factory.mktemp("warc")
    (folder / "saved.html").write_bytes(article("Varnby"))
    with serve() as site:
        headers = {"Content-Encoding": "gzip", "X-Served-By": "a machine", "Content-Type": "text/html; charset=utf-8"}
        site.pages["a"] = (200, headers, gzip.compress(article()))
        settings = Settings(manners=Manners(allow_private=True, delay=0))
        given = [site / "a", str(folder / "saved.html")]
        package.read(given, db=folder / "news.duckdb", settings=settings, deep=False).close()
        return folder / "news.duckdb", site / "a"


def records(path):
    """Return (headers, block) of each record, by the grammar of WARC 1.1."""
    rest, found = gzip.decompress(path.read_bytes()), []
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        version, *lines = head.decode().split("\r\n")
        assert version == "WARC/1.1"
        headers = dict(line.split(": ", 1) for line in lines)
        size = int(headers["Content-Length"])
        assert rest[size : size + 4] == b"\r\n\r\n"
        found.append((headers, rest[:size]))
        rest = rest[size + 4 :]
    return found


def test_a_page_comes_out_as_it_came_in(stemma, store, tmp_path):
    db, address = store
    stemma("export", "--db", db, "--warc", tmp_path / "out.warc.gz")
    about, *pages = records(tmp_path / "out.warc.gz")
    assert about[0]["WARC-Type"] == "warcinfo"
    ((headers, block),) = [p for p in pages if p[0]["WARC-Type"] == "response"]
    head, _, body = block.partition(b"\r\n\r\n")
    assert body == article()
    assert (headers["WARC-Target-URI"], headers["WARC-IP-Address"]) == (address, "127.0.0.1")
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 200 OK"
    assert {"X-Served-By: a machine", "X-Crawler-Content-Encoding: gzip", f"Content-Length: {len(article())}"} <= set(lines)
    ((headers, block),) = [p for p in pages if p[0]["WARC-Type"] == "resource"]
    assert (headers["Content-Type"], block) == ("text/html", article("Varnby"))
    assert headers["WARC-Target-URI"].endswith("/saved.html")


def test_one_story_comes_out_alone(stemma, store, tmp_path):
    db, _ = store
    first = json.loads(stemma("stories", "--db", db, "--json").stdout.splitlines()[0])
    stemma("export", first["id"], "--db", db, "--warc", tmp_path / "out.warc.gz")
    assert len(records(tmp_path / "out.warc.gz")) == 2


def test_another_reader_of_archives_takes_it(stemma, store, tmp_path):
    warc = pytest.importorskip("fastwarc.warc")
    db, address = store
    stemma("export", "--db", db, "--warc", tmp_path / "out.warc.gz")
    with (tmp_path / "out.warc.gz").open("rb") as stream:
        found = {
            r.headers["WARC-Target-URI"]: r.reader.read() for r in warc.ArchiveIterator(stream, warc.WarcRecordType.response)
        }
    assert found == {address: article()}


def test_what_was_written_is_read_again_as_the_same_reports(stemma, store, tmp_path):
    db, _ = store
    stemma("export", "--db", db, "--warc", tmp_path / "out.warc.gz")
    stemma("read", tmp_path / "out.warc.gz", "--db", tmp_path / "again.duckdb")
    kept = [{(p.sha256, p.url) for p in _rows(d, "page") if p.url} for d in (db, tmp_path / "again.duckdb")]
    answers = [[(r.page, r.url, r.status) for r in _rows(d, "response")][:1] for d in (db, tmp_path / "again.duckdb")]
    assert kept[0] <= kept[1]
    assert answers[0] == answers[1]
    # When a page was saved that nobody knows is not made up: the date of its record is that of the export.
    times = [{p.sha256: p.retrieved for p in _rows(d, "page")} for d in (db, tmp_path / "again.duckdb")]
    assert None in times[0].values()
    assert {digest for digest, when in times[0].items() if when is None} == {d for d, when in times[1].items() if when is None}


LETTER = """From: Ostrel Log <news@ostrel.example>
Subject: Brücke gesperrt — Fähre ab Donnerstag
Date: Mon, 05 May 2031 07:00:00 +0200
MIME-Version: 1.0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

"""
TOLD = ("outlet", "title", "published", "byline", "language", "charset", "format", "sha256", "id")


def test_what_is_known_of_a_page_from_outside_goes_with_it(stemma, tmp_path):
    """Of a newsletter its sender, subject and date, of a row what the table says, of a saved page what the meta file says."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "letter.eml").write_bytes(LETTER.encode() + article("Müllerbrück").decode().encode("latin-1", "ignore"))
    (folder / "page.html").write_bytes(article("Varnby"))
    (folder / "table.csv").write_text("title,source,day,author,text\nFerry runs,Harl Post,2031-05-06,Ada Quill,The ferry runs.\n")
    (tmp_path / "meta.csv").write_text("file,outlet,published,language\npage.html,Varnby Bote,2031-05-07,en\n")
    columns = ("--columns", "published=day")
    stemma("read", folder, "--meta", tmp_path / "meta.csv", *columns, "--db", tmp_path / "a.duckdb")
    stemma("export", "--db", tmp_path / "a.duckdb", "--warc", tmp_path / "out.warc.gz")
    stemma("read", tmp_path / "out.warc.gz", "--db", tmp_path / "b.duckdb")
    stores = (tmp_path / "a.duckdb", tmp_path / "b.duckdb")
    pages = [sorted(tuple(getattr(p, name) for name in TOLD) for p in _rows(db, "page")) for db in stores]
    assert pages[0] == pages[1]
    assert {p[0] for p in pages[0]} == {"Ostrel Log", "Varnby Bote", "Harl Post"}
    texts = [sorted((r.text, r.published) for r in _rows(db, "report")) for db in stores]
    assert texts[0] == texts[1]


def _rows(db, table):
    with closing(open_store(db)) as opened:
        return opened.read(table)


def test_what_cannot_be_written_is_said_and_nothing_is_left(stemma, store, tmp_path):
    (tmp_path / "a.html").write_bytes(article())
    stemma("read", tmp_path / "a.html", "--db", tmp_path / "n.duckdb", "--no-bytes")
    done = stemma("export", "--db", tmp_path / "n.duckdb", "--warc", tmp_path / "out.warc.gz", code=1)
    assert "holds no bytes" in done.stderr
    assert "Say which" in stemma("export", "--db", store[0], "--json", "-", code=1).stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.html", "n.duckdb"]
