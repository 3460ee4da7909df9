"""A bad page is one line on stderr that names it and says what is wrong; the rest goes on, and the account lists it."""

import gzip
import io
import json
import os
import random
import re
import socket
import struct
import zipfile
import zlib

import pyarrow as pa
import pytest
from pyarrow import parquet

GOOD = """<html lang="en"><head><title>Ferry to Ostrel stopped at the bow doors</title></head><body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a></nav><article><h1>Ferry to Ostrel stopped at the bow doors</h1>
<p>The ferry to Ostrel was stopped on Monday after water came in at the bow, the port of Ostrel said in a statement.</p>
<p>“We turned round at once,” said captain Brida Holm, who has sailed the route for eleven years and knows the ship.</p>
<p>At least 30 passengers were taken off in boats, and the café on the upper deck was closed, the port said later.</p>
</article></body></html>"""


@pytest.fixture
def pages(tmp_path):
    """Return a folder that holds one good page; the tests put a bad one beside it."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_text(GOOD, "utf-8")
    return folder


def analyse(stemma, *paths, code=0):
    """Return what was said on stderr, by location, and the account, which lists the pages that a line only counts."""
    done = stemma("analyse", *paths, "--json", "-", code=code)
    account = json.loads(done.stdout) if done.stdout else None
    lines = [line.removeprefix("stemma: ") for line in done.stderr.splitlines()]
    said = dict(line.split(": ", 1) for line in lines if ": " in line)
    counted = [int(line.split()[0]) for line in lines if ": " not in line and "print no article" in line]
    listed = {r["location"]: r["reason"] for r in account["skipped"] if "o article was found" in r["reason"]} if counted else {}
    assert len(said) + sum(counted) == len(said | listed)
    return said | listed, account


def is_skipped(stemma, pages, bad, *words, also=()):
    """The bad page is named once, with these words; the good page is read; the account says the same."""
    said, account = analyse(stemma, pages, *also)
    assert [r["location"] for r in account["reports"]] == [str(pages / "good.html")]
    assert account["skipped"] == [{"location": where, "reason": why} for where, why in said.items()]
    assert list(said) == [str(bad)]
    assert all(word in said[str(bad)] for word in words), said[str(bad)]
    return said[str(bad)]


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, GOOD)
    return out.getvalue()


PACKED = gzip.compress(GOOD.encode())
NOISE = random.Random(4).randbytes(60_000)

FILES = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\t\n\xef\xbb\xbf ", "empty"),
    "empty.html.gz": (gzip.compress(b""), "empty"),
    "nothing.html.gz": (b"", "empty"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + NOISE, "PNG"),
    "paper.html": (b"%PDF-1.7\n" + NOISE, "PDF"),
    "noise.txt": (NOISE, "binary"),
    "zeros.htm": (b"\0" * 5000, "empty"),
    "menu.html": (b"<html><body><nav><a href=/>Home</a></nav><form>Search</form></body></html>", "no article"),
    "short.txt": (b"Home\nSea\nLand\nSign in\n", "article"),
    "tags.html": (b"<html><body>" + b"<div>" * 50_000, ""),
    "broken.html.gz": (PACKED[:-200], "gzip", "broken"),
    "not.html.gz": (GOOD.encode(), "gzip", "broken"),
    "flipped.html.gz": (PACKED[:40] + b"\xff" * 40 + PACKED[80:], "gzip", "broken"),
    "bomb.html.gz": (gzip.compress(b"<p>word " * 8_000_000), "unpacks to more than"),
    "broken.zip": (b"PK\x03\x04" + NOISE, "zip archive is broken"),
    "not.zip": (GOOD.encode(), "zip archive is broken"),
    "letter.docx.zip": (zipped("[Content_Types].xml", "word/document.xml"), "office document", "save it as text"),
    "book.zip": (zipped("mimetype", "OEBPS/chapter.xhtml"), "a book", "save it as text"),
    "none.zip": (b"PK\x05\x06" + b"\0" * 18, "holds no page"),
}


def as_parquet():
    stream = io.BytesIO()
    parquet.write_table(pa.table({"id": ["a", "b"], "text": [GOOD, GOOD]}), stream)
    return stream.getvalue()


def archived():
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ostrel.example/a\r\nContent-Length: 900\r\n\r\n"
    return gzip.compress(head + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD.encode())


def flipped(content, at):
    return content[:at] + bytes(b ^ 0xFF for b in content[at : at + 30]) + content[at + 30 :]


BROKEN = {
    "cut.html.gz": PACKED[:-200], "flipped.html.gz": flipped(PACKED, 60), "sum.html.gz": flipped(PACKED, len(PACKED) - 8),
    "cut.zip": zipped("a.html")[:-30], "flipped.zip": flipped(zipped("a.html"), 90), "head.zip": flipped(zipped("a.html"), 0),
    "cut.parquet": as_parquet()[:-9], "flipped.parquet": flipped(as_parquet(), len(as_parquet()) - 200), "x.parquet": NOISE,
    "cut.warc.gz": archived()[:-40], "flipped.warc.gz": flipped(archived(), 60), "cut.pdf": b"%PDF-1.4\n1 0 obj",
    "flipped.jsonl": b'{"id": 1, "text": }\n', "cut.csv": b'id,text\n1,"no end', "zeros.eml": b"From: a\n\n" + b"\0" * 9,
}  # fmt: skip
LIBRARIES = re.compile(
    r"Errno|Error\b|CRC|checksum|magic|[Tt]hrift|codec|zlib|decompress|column|char \d|Expecting|Invalid|0x|b'|\.py|!="
)
"""What libraries say of what they cannot read."""


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_said_in_no_words_of_a_library(stemma, tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN[name])
    for command in (["read", name, "--db", "n.duckdb"], ["reports", name], ["corpus", name, "--out", "parquet"]):
        said = stemma(*command, cwd=tmp_path, code=None).stderr
        assert not LIBRARIES.search(said), said
    assert name in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "m.csv",
            'file,title\na.html,"no end',
            "m.csv, line 2: not readable as CSV; is a quotation mark missing, or one too many?",
        ),
        ("m.jsonl", '{"file": }', "m.jsonl, line 1: not readable as JSON from character 10 on."),
        ("m.jsonl", "[" * 100_000, "m.jsonl, line 1: not readable as JSON."),
    ],
)
def test_a_meta_file_that_cannot_be_read_says_where_in_plain_words(stemma, pages, name, content, said):
    (pages / name).write_text(content, "utf-8")
    assert stemma("read", pages / "good.html", "--meta", pages / name, "--db", pages / "n", code=1).stderr.endswith(f"/{said}\n")


def test_an_address_that_is_none_and_a_server_that_does_not_answer_are_said_in_plain_words(stemma, tmp_path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        shut = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        none = "this is no address that can be asked for."
        refused = "127.0.0.1 cannot be reached (connection refused)."
        port = "the port of an address is a number from 1 to 65535."
        ports = [(f"http://127.0.0.1:{n}/", port) for n in (-1, 0, 65536, 99999999)]
        for address, why in (("http://[1]/", none), ("http://a:b/", none), (shut, refused), *ports):
            said = stemma("read", address, "--db", tmp_path / "n.duckdb", "--allow-private", code=2).stderr
            assert said == f"stemma: {address}: {why}\n"


@pytest.fixture(scope="module")
def among_bad_files(stemma, tmp_path_factory):
    """Return a folder of one good page among all the bad files, and what a run over it said and found."""
    folder = tmp_path_factory.mktemp("among")
    (folder / "good.html").write_text(GOOD, "utf-8")
    for name, (content, *_) in FILES.items():
        (folder / name).write_bytes(content)
    return folder, *analyse(stemma, folder)


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_named_with_what_is_wrong(among_bad_files, name):
    folder, said, _ = among_bad_files
    why = said[str(folder / name)]
    assert all(word in why for word in FILES[name][1:]), why


def test_among_bad_files_the_good_page_is_read_and_the_account_lists_the_others(among_bad_files):
    folder, said, account = among_bad_files
    assert [r["location"] for r in account["reports"]] == [str(folder / "good.html")]
    assert {row["location"]: row["reason"] for row in account["skipped"]} == said
    assert set(said) == {str(folder / name) for name in FILES}


def test_a_page_of_60_mb_is_refused_without_filling_memory(stemma, pages):
    with (pages / "big.html").open("wb") as big:
        big.write(b"<html><body>")
        for _ in range(60):
            big.write(b"<p>The tide came in and went out again, as it does." * 21_000)
    assert (pages / "big.html").stat().st_size > 60 << 20
    is_skipped(stemma, pages, pages / "big.html", "larger than")


def test_a_zip_bomb_is_refused_and_its_other_pages_are_read(stemma, tmp_path):
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.html", b"<p>word " * 8_000_000)
        packed.writestr("good.html", GOOD)
        packed.writestr("../../out.html", GOOD)
        packed.writestr("inner.zip", b"PK\x05\x06" + b"\0" * 18)
    said, account = analyse(stemma, archive)
    assert [r["location"] for r in account["reports"]] == [f"{archive}!/good.html"]
    assert set(said) == {f"{archive}!/{name}" for name in ("bomb.html", "../../out.html", "inner.zip")}
    assert "archive bomb" in said[f"{archive}!/bomb.html"]
    assert "leads out" in said[f"{archive}!/../../out.html"]


def test_a_zip_bomb_of_overlapping_entries_is_stopped(stemma, pages):
    """One packed page that a directory of 40 entries points at: each may be unpacked, together they are over 32 MB."""
    archive = pages / "overlap.zip"
    archive.write_bytes(overlapping(GOOD.replace("Ostrel", "Varnby").encode() + b" " * 1_000_000, 40))
    assert archive.stat().st_size < 10_000
    said, account = analyse(stemma, pages)
    assert any("the archive unpacks to far more" in why for why in said.values())
    assert str(pages / "good.html") in [r["location"] for r in account["reports"]]


def overlapping(content, entries):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    sizes = struct.pack("<LLL", zlib.crc32(content), len(packed), len(content))
    head = struct.pack("<HHHHH", 20, 0, 8, 0, 33)
    out = io.BytesIO()
    first = b"page.html"
    out.write(b"PK\x03\x04" + head + sizes + struct.pack("<HH", len(first), 0) + first + packed)
    start = out.tell()
    for _ in range(entries):
        rest = struct.pack("<HHHHHLL", len(first), 0, 0, 0, 0, 0, 0)
        out.write(b"PK\x01\x02" + struct.pack("<H", 20) + head + sizes + rest + first)
    size = out.tell() - start
    out.write(b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, entries, entries, size, start, 0))
    return out.getvalue()


def test_a_file_that_is_broken_inside_a_zip_is_named(stemma, tmp_path):
    archive = tmp_path / "pages.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("bad.html", GOOD)
        packed.writestr("good.html", GOOD.replace("Ostrel", "Varnby"))
    archive.write_bytes(archive.read_bytes().replace(b"Ostrel", b"Osterl", 1))
    said, account = analyse(stemma, archive)
    assert list(said) == [f"{archive}!/bad.html"]
    assert "broken inside the archive" in said[f"{archive}!/bad.html"]
    assert len(account["reports"]) == 1


def test_a_path_that_does_not_exist_is_named(stemma, pages):
    is_skipped(stemma, pages, pages / "none.html", "no such file", also=[pages / "none.html"])


def test_a_link_that_leads_nowhere_is_named(stemma, pages):
    (pages / "link.html").symlink_to(pages / "gone.html")
    is_skipped(stemma, pages, pages / "link.html", "no such file")


def test_links_in_a_circle_do_not_hang(stemma, pages):
    (pages / "round.html").symlink_to(pages / "round.html")
    (pages / "again").symlink_to(pages)
    is_skipped(stemma, pages, pages / "round.html", "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are named pipes")
@pytest.mark.parametrize("way", ["named", "in the folder", "behind a link"])
def test_a_named_pipe_is_not_waited_for(stemma, pages, tmp_path, way):
    pipe = (pages if way == "in the folder" else tmp_path) / "pipe.html"
    os.mkfifo(pipe)
    bad, also = pipe, [pipe] if way == "named" else []
    if way == "behind a link":
        bad = pages / "link.html"
        bad.symlink_to(pipe)
    is_skipped(stemma, pages, bad, "neither a file nor a folder", also=also)


def test_a_file_that_cannot_be_read_is_named(stemma, pages):
    # Root may read every file; the start of a process's own memory is readable by nobody.
    (pages / "locked.html").symlink_to("/proc/self/mem")
    is_skipped(stemma, pages, pages / "locked.html", "cannot be read")


def test_a_folder_that_is_called_like_a_page_is_read_as_a_folder(stemma, tmp_path):
    inner = tmp_path / "saved.html"
    inner.mkdir()
    (inner / "good.html").write_text(GOOD, "utf-8")
    said, account = analyse(stemma, inner)
    assert (said, [r["location"] for r in account["reports"]]) == ({}, [str(inner / "good.html")])


def test_a_folder_without_pages_is_named_and_nothing_read_is_exit_code_2(stemma, tmp_path):
    (tmp_path / "notes.doc").write_text("no page")
    done = stemma("analyse", tmp_path, code=2)
    first, counted, last = done.stderr.splitlines()
    assert first.startswith(f"stemma: {tmp_path}: the folder holds no page")
    assert counted == "stemma: 1 file is of a kind that is not read (1 .doc)."
    assert last == "stemma: None of what was given could be read as a page with an article."


def test_nothing_is_written_when_nothing_could_be_read(stemma, tmp_path):
    (tmp_path / "empty.html").touch()
    out = tmp_path / "out"
    out.mkdir()
    stemma("analyse", tmp_path / "empty.html", "--json", out / "a.json", "--html", out / "a.html", code=2)
    assert list(out.iterdir()) == []


def test_a_name_that_is_no_text_does_not_stop_the_rest(stemma, pages):
    (pages / "good.html").rename(os.fsdecode(os.fsencode(pages) + b"/caf\xe9.html"))
    _, account = analyse(stemma, pages)
    assert [r["location"] for r in account["reports"]] == [f"{pages}/caf�.html"]


def test_a_single_report_has_an_account(stemma, pages):
    said, account = analyse(stemma, pages)
    (story,) = account["stories"]
    assert said == {}
    assert story["independent_origins"] == {"low": 1, "best": 1, "high": 1}
    assert story["derivations"] == []
    assert {c["relation"] for c in story["claims"]} <= {"single"}


ENCODED = {
    "declared Latin-1, is UTF-8": GOOD.replace("<head>", '<head><meta charset="iso-8859-1">').encode(),
    "declared UTF-8, is Windows-1252": GOOD.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252"),
    "declared nothing, is Windows-1252": GOOD.encode("cp1252"),
    "declared nonsense": GOOD.replace("<head>", '<head><meta charset="x-martian">').encode(),
    "UTF-16 with a mark": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-8 with a mark": GOOD.encode("utf-8-sig"),
    "UTF-8 with a line of Windows-1252": GOOD.replace("café", "CAFE").encode().replace(b"CAFE", b"caf\xe9"),
    "encoded twice": GOOD.encode().decode("latin-1").encode(),
}


@pytest.fixture(scope="module")
def encoded(stemma, tmp_path_factory):
    """Return the text that was read of each of the encoded pages, by the page's name."""
    folder = tmp_path_factory.mktemp("encoded")
    for way, content in ENCODED.items():
        (folder / f"{way}.html").write_bytes(content)
    said, account = analyse(stemma, folder)
    assert said == {}
    return {r["location"].removeprefix(f"{folder}/").removesuffix(".html"): r["text"] for r in account["reports"]}


@pytest.mark.parametrize("way", ENCODED)
def test_a_wrong_or_mixed_encoding_costs_no_character(encoded, way):
    assert "“We turned round at once,” said captain Brida Holm" in encoded[way]
    assert "the café on the upper deck" in encoded[way]


def test_half_of_a_character_in_a_pages_metadata_stops_nothing(stemma, pages):
    """Sites cut JSON-LD in the middle of a surrogate pair; no store takes the half that is left."""
    data = r'{"@type": "NewsArticle", "headline": "Ferry stopped \ud83d", "author": {"name": "Ada \ude00 Fenn"}}'
    page = GOOD.replace("</head>", f'<script type="application/ld+json">{data}</script></head>')
    (pages / "odd.html").write_text(page.replace("Ostrel", "Varnby"), "utf-8")
    said, account = analyse(stemma, pages)
    assert (said, len(account["reports"])) == ({}, 2)


def test_a_page_of_ten_thousand_nested_tags_stops_nothing(stemma, pages):
    (pages / "deep.html").write_text("<html><body>" + "<b>" * 10_000 + GOOD + "</b>" * 10_000, "utf-8")
    _, account = analyse(stemma, pages)
    assert str(pages / "good.html") in [r["location"] for r in account["reports"]]


def test_a_page_that_is_mended_is_no_longer_listed_as_skipped(stemma, pages, tmp_path):
    db = tmp_path / "news.duckdb"
    (pages / "late.html").touch()
    done = stemma("analyse", pages, "--db", db)
    assert "the file is empty" in done.stderr
    (pages / "late.html").write_text(GOOD.replace("Ostrel", "Varnby"), "utf-8")
    done = stemma("analyse", pages, "--db", db, "--json", "-")
    assert done.stderr == ""
    assert json.loads(done.stdout)["skipped"] == []


def test_what_an_earlier_run_could_not_read_is_not_said_again(stemma, pages, tmp_path):
    db = tmp_path / "news.duckdb"
    (pages / "late.html").touch()
    assert "the file is empty" in stemma("read", pages, "--db", db).stderr
    assert stemma("read", pages / "good.html", "--db", db).stderr == ""
    assert stemma("analyse", pages / "good.html", "--db", db).stderr == ""
    none = stemma("read", pages / "none.html", "--db", db, code=2)
    assert none.stderr == f"stemma: {pages / 'none.html'}: there is no such file or folder.\n"
    assert "the file is empty" in stemma("read", pages, "--db", db).stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("meta.csv", b"file,colour\ngood.html,red\n", "unknown column 'colour'"),
        ("meta.csv", b"file,url\n,x\n", "the column 'file' is empty"),
        ("meta.csv", b"file,outlet\ngood.html,\xff\xfe\n", "not UTF-8"),
        ("meta.jsonl", b'{"file": "good.html"\n', "not readable as JSON"),
        ("meta.jsonl", b'{"file": "good.html", "outlet": 3}\n', "outlet must be text"),
    ],
)
def test_a_bad_meta_file_is_a_bad_call_with_its_line(stemma, pages, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    done = stemma("analyse", pages, "--meta", tmp_path / name, code=1)
    assert done.stderr.startswith(f"stemma: {tmp_path / name}")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_the_meta_file_says_overrules_the_page(stemma, pages, tmp_path):
    (tmp_path / "meta.csv").write_text("file,outlet,published\ngood.html,The Ostrel Log,2031-05-05\n")
    done = stemma("analyse", pages, "--meta", tmp_path / "meta.csv", "--json", "-")
    (report,) = json.loads(done.stdout)["reports"]
    assert (report["outlet"], report["published"]) == ("The Ostrel Log", "2031-05-05")


def test_a_name_with_terminal_escapes_is_said_without_them(stemma, tmp_path):
    (tmp_path / "bad \x1b[31m\nred.html").write_text("")
    done = stemma("analyse", tmp_path, code=2)
    assert "\x1b" not in done.stderr
    assert done.stderr.count("\n") == 1
