"""Pages, tables and folders that were made to break what reads them: each is read, or named in a sentence, and stops nothing."""

import contextlib
import gzip
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import stemma as library
from stemma.errors import UsageError
from stemma.pages import Saved, read_meta, read_pages
from stemma.reports import article, html, reports_from_record
from stemma.reports.decode import decode
from stemma.show.brief import as_html, as_markdown, compose
from stemma.show.brief import as_json as as_brief_json
from stemma.tables import Skipped
from stemma.text.moments import read_moment
from test_bad_input import GOOD

PAGE = GOOD.replace("café", "cafe")


def listed(folder):
    """Return the pages that a folder or an archive holds, and what was skipped."""
    found = list(read_pages([folder]))
    return [one.page for one in found if isinstance(one, Saved)], [one for one in found if isinstance(one, Skipped)]


@pytest.mark.parametrize(
    "charset", ["idna", "undefined", "punycode", "unicode_escape", "raw-unicode-escape", "mbcs", "oem", "hex", "utf-7", "rot13"]
)
def test_a_charset_that_is_no_encoding_of_pages_is_passed_over(charset):
    content = GOOD.replace("<head>", f'<head><meta charset="{charset}">').encode("cp1252")
    assert "the café on the upper deck" in decode(content)
    assert "the café on the upper deck" in decode(GOOD.encode("cp1252"), charset)


CONTROLS = ("\f", "\x0b", "\x01", "\x7f", "\x85", "&#12;", "&#1;", "&#0;", "&#xD800;", "&#xFFFF;", "&#x110000;")


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_character_says_nothing_and_changes_no_word(capfd, control):
    (report,) = reports_from_record({"id": 1, "html": PAGE.replace("captain Brida", f"captain{control} Brida")})
    assert "said captain" in report["text"]
    assert capfd.readouterr() == ("", "")


SAID = [
    {"url": "https://evil[.]example/a"}, {"url": "http://[::1"}, {"url": "https://a.example:port/"}, {"url": "x\x00y"},
    {"published": "9999"}, {"published": "9999-12-31"}, {"published": "2024-99-99"}, {"published": "0001-01-01T00:00Z"},
    {"published": "2024-01-01T10:00<b>x</b>"}, {"retrieved": "never"}, {"outlet": "\ud800 Post"},
    {"title": "<script>alert(1)</script>"},
    {"language": "xx-<b>"}, {"language": "en\nfr"}, {"byline": "A" * 100_000}, {"location": "\x1b[31m\n.html"},
]  # fmt: skip
"""What rows of a table may say of an article."""


@pytest.fixture(scope="module")
def told(stemma, tmp_path_factory):
    """Return a store of one story, of whose pages hostile things are said."""
    folder = tmp_path_factory.mktemp("told")
    text = "\n".join(line for line in GOOD.split("<p>")[1:]).replace("</p>", "").replace("</article></body></html>", "")
    rows = [{"id": n, "text": f"{text} It was number {n}.", "title": "Ferry stopped", **said} for n, said in enumerate(SAID)]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = stemma("analyse", folder / "rows.jsonl", "--db", folder / "s.duckdb", "--one-story", "--json", folder / "a.json")
    assert "Traceback" not in done.stderr
    return folder, json.loads((folder / "a.json").read_text())


def test_whatever_a_table_says_of_them_all_its_articles_are_read(told):
    assert len(told[1]["reports"]) == len(SAID)
    assert all(r["published"] is None or read_moment(r["published"]) for r in told[1]["reports"])


def test_after_hostile_metadata_every_output_is_written(stemma, told):
    folder, account = told
    story = account["stories"][0]["id"]
    files = ["--csv", folder / "csv", "--svg", folder / "a.svg", "--annotations", folder / "w.jsonld"]
    stemma("export", story, "--db", folder / "s.duckdb", *files)
    stemma("show", story, "--db", folder / "s.duckdb", "--html", folder / "a.html", "--stemma")
    texts = {r["id"]: r["text"] for r in account["reports"]}
    for write in (as_markdown, as_html, as_brief_json):
        assert "Ferry stopped" in write(compose(account), texts)
    written = as_markdown(compose(account), texts) + as_html(compose(account), texts)
    assert "<script>alert" not in written + (folder / "a.html").read_text() + (folder / "a.svg").read_text()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"published": "2024-99-99"}, "must be a date"),
        ({"published": "9999-01-01"}, "must be a date"),
        ({"published": "2024-01-01T10:00<b>"}, "must be a date"),
        ({"language": ["en"]}, "language must be text"),
    ],
)
def test_a_meta_file_that_says_what_cannot_be_is_refused(tmp_path, row, said):
    (tmp_path / "meta.jsonl").write_text(json.dumps({"file": "good.html", **row}))
    with pytest.raises(UsageError, match=said):
        read_meta(tmp_path / "meta.jsonl")


def test_json_that_is_nested_without_end_is_a_line(stemma, tmp_path):
    (tmp_path / "rows.jsonl").write_text("[" * 100_000 + '\n{"id": 2, "text": ' + json.dumps(GOOD) + "}\n" + '{"a":' * 50_000)
    done = stemma("reports", tmp_path / "rows.jsonl")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.count("\n") == 2
    (tmp_path / "meta.jsonl").write_text('{"file":' * 50_000)
    with pytest.raises(UsageError, match="not readable as JSON"):
        read_meta(tmp_path / "meta.jsonl")


def test_a_lattice_of_links_is_walked_once(tmp_path):
    """Each folder holds two links to the next: 2 to the power of 40 ways to one page."""
    top = tmp_path / "top"
    top.mkdir()
    for n in range(40):
        (tmp_path / f"f{n}").mkdir()
        (tmp_path / f"f{n}" / "page.html").write_text(PAGE.replace("Ostrel", f"Ostrel{n}"), "utf-8")
        for link in "ab":
            ((top if n == 0 else tmp_path / f"f{n - 1}") / link).symlink_to(tmp_path / f"f{n}")
    pages, skipped = listed(top)
    assert skipped == []
    assert len({page.sha256 for page in pages}) == len(pages) == 40


def test_a_folder_of_many_levels_is_walked(tmp_path):
    """Deeper than calls may nest; a path of so many parts is made, and taken away, from within."""
    levels = 1100
    with contextlib.chdir(tmp_path):
        for _ in range(levels):
            Path("d").mkdir()
            os.chdir("d")
        Path("page.html").write_text(PAGE)
    try:
        assert len(listed(tmp_path)[0]) == 1
    finally:
        with contextlib.chdir(tmp_path.joinpath(*["d"] * levels)):
            Path("page.html").unlink()
            for _ in range(levels):
                os.chdir("..")
                Path("d").rmdir()


def test_devices_sockets_and_pipes_are_counted_in_a_line_for_their_kind(stemma, tmp_path):
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    for n in range(30):
        os.mkfifo(tmp_path / f"pipe{n}.html")
    (tmp_path / "null.html").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.html"))
    done = stemma("analyse", tmp_path, "--json", "-")
    assert done.stderr.count("neither a file nor a folder") == 11
    assert "22 more files could not be read (this is neither a file nor a folder)" in done.stderr
    assert len(json.loads(done.stdout)["skipped"]) == 32


@pytest.mark.parametrize("command", ["reports", "wire"])
def test_files_of_other_kinds_are_counted_in_one_line_by_the_rooms_too(stemma, tmp_path, command):
    for n in range(12):
        (tmp_path / f"style{n}.css").write_text("p {}", "utf-8")
    said = "stemma: 12 files are of kinds that are not read (12 .css).\n"
    assert stemma(command, tmp_path, code=2).stderr.endswith(said)
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    done = stemma(command, tmp_path)
    assert (done.stderr, len(done.stdout.splitlines())) == (said, 1)


def test_lists_of_other_stories_are_counted_in_one_line(stemma, tmp_path):
    (tmp_path / "good.html").write_text(PAGE, "utf-8")
    for n in range(5):
        links = "".join(f"<li><a href='/{n}/{k}'>Ferry {k} of Ostrel runs again</a></li>" for k in range(20))
        (tmp_path / f"index{n}.html").write_text(f"<title>Ostrel Log</title><ul>{links}</ul>", "utf-8")
    done = stemma("analyse", tmp_path, "--json", "-")
    assert done.stderr.count("index0.html") == done.stderr.count("print no article") == 1
    assert "5 pages print no article" in done.stderr
    assert "index4.html" not in done.stderr
    assert len(json.loads(done.stdout)["skipped"]) == 5


def test_a_gz_inside_a_zip_is_read(tmp_path):
    rows = json.dumps({"id": 1, "text": GOOD.replace("Ostrel", "Varnby")})
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as packed:
        packed.writestr("good.html.gz", gzip.compress(GOOD.encode()))
        packed.writestr("rows.jsonl.gz", gzip.compress(rows.encode()))
    pages, skipped = listed(tmp_path / "pages.zip")
    assert skipped == []
    assert len(pages) == 2


def test_what_the_shell_opened_is_a_file_too(stemma, tmp_path):
    row = json.dumps({"id": 1, "text": "Ada Fenn said that 30 homes were damaged in Tessel on Monday."})
    (tmp_path / "rows.jsonl").write_text(row)
    piped = ["bash", "-c", '"$0" -m stemma annotate <(cat "$1")', sys.executable, tmp_path / "rows.jsonl"]
    assert json.loads(subprocess.run(piped, check=True, capture_output=True).stdout)["id"] == 1
    assert stemma("reports", os.devnull).stdout == ""


@pytest.mark.parametrize(("option", "over"), [("--json", "good.html"), ("--html", "s.duckdb"), ("--json", "meta.csv")])
def test_what_is_read_is_not_written_over(stemma, tmp_path, option, over):
    (tmp_path / "good.html").write_text(GOOD, "utf-8")
    (tmp_path / "meta.csv").write_text("file,outlet\ngood.html,The Post\n")
    (tmp_path / "s.duckdb").touch()
    before = (tmp_path / over).read_bytes()
    also = ["--db", tmp_path / "s.duckdb", "--meta", tmp_path / "meta.csv"]
    done = stemma("analyse", tmp_path / "good.html", *also, option, tmp_path / over, code=1)
    assert "is read here" in done.stderr
    assert (tmp_path / over).read_bytes() == before


LINES = [f"<p>On Monday {n} homes near the harbour of Tessel were damaged by the storm, Ada Fenn said.</p>" for n in range(9)]


@pytest.mark.parametrize("count", [8, 9, 10])
def test_lines_beyond_the_bound_are_said_and_the_others_read(monkeypatch, count):
    monkeypatch.setattr(html.thresholds, "MOST_RUNS", 9)
    page = f"<article><h1>Storm over Tessel</h1>{''.join(LINES[: count - 1])}</article>"
    (report,) = reports_from_record({"id": 1, "html": page})
    assert ("left_out" in report) == (count > 9)
    assert report["text"].count("harbour of Tessel") == min(count, 9) - 1


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_an_article_longer_than_the_bound_is_cut_between_its_paragraphs(monkeypatch, more):
    text = "\n".join(f"{n} homes near the harbour of Tessel were damaged by the storm." for n in range(10, 20))
    monkeypatch.setattr(article.thresholds, "LONGEST_REPORT", len(text) - 9 - more)
    (report,) = reports_from_record({"id": 1, "text": text}, articles=True)
    assert ("left_out" in report) == (more > 0)
    assert report["text"] == (text if more <= 0 else text.rpartition("\n")[0])


def test_what_was_not_read_of_a_page_is_listed_as_long_as_the_page_is_there(monkeypatch, tmp_path):
    monkeypatch.setattr(article.thresholds, "LONGEST_REPORT", 500)
    page = tmp_path / "long.html"
    page.write_text(f"<article><h1>Storm over Tessel</h1>{''.join(LINES)}</article>")
    for _ in range(2):
        with library.read([page], db=tmp_path / "s.duckdb", deep=False) as corpus:
            (left_out,) = corpus.skipped
            assert left_out.location == f"{page}#rest"
            assert left_out.reason.startswith("the article is longer than 500 characters")
    page.write_text(f"<article><h1>Storm over Tessel</h1>{''.join(LINES[:3])}</article>")
    with library.read([page], db=tmp_path / "s.duckdb", deep=False) as corpus:
        assert list(corpus.skipped) == []
