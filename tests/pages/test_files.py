import gzip
import io
import os
import zipfile
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.site import article
from stemma.json_lines import read_records
from stemma.pages import PageMeta, PageOptions, Saved, archives, count_pages, read_pages, skipped_of
from stemma.pages.files import list_parts
from stemma.pages.sniff import NOT_READ
from stemma.tables import Skipped

PAGE = b"<!doctype html><html><body><article><p>The ferry to Brannoch stayed in port.</p></article></body></html>"


def locations(found):
    return [f.page.location if isinstance(f, Saved) else f.location for f in found]


def only(found):
    (one,) = found
    return one


def test_a_folder_is_read_whole_and_in_the_order_of_its_names(tmp_path):
    for name in ("b.html", "a.txt", "c/d.htm", "c/b.xhtml", "z.html.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(PAGE) if name.endswith(".gz") else PAGE)
    found = list(read_pages([str(tmp_path)]))
    assert locations(found) == [f"{tmp_path}/{n}" for n in ("a.txt", "b.html", "c/b.xhtml", "c/d.htm", "z.html.gz")]
    assert {f.content for f in found} == {PAGE}
    assert count_pages([str(tmp_path)]) == 5


def test_files_of_other_kinds_in_a_folder_are_listed_as_not_read(tmp_path):
    for name in ("a.html", "photo.jpg", "style.css", ".hidden.html"):
        (tmp_path / name).write_bytes(PAGE)
    page, *others = read_pages([str(tmp_path)])
    assert page.page.location == f"{tmp_path}/a.html"
    assert others == [Skipped(f"{tmp_path}/{name}", NOT_READ) for name in ("photo.jpg", "style.css")]


@pytest.mark.parametrize("ending", ["_files", "-Dateien", "_archivos", ".files", "-filer", "_pliki"])
def test_the_frames_that_a_browser_saves_beside_a_page_are_no_pages(tmp_path, ending):
    (tmp_path / "story.html").write_bytes(PAGE)
    (tmp_path / f"story{ending}").mkdir()
    (tmp_path / f"story{ending}" / "advert.html").write_bytes(PAGE)
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "page.html").write_bytes(PAGE)
    assert locations(read_pages([str(tmp_path)])) == [f"{tmp_path}/other_files/page.html", f"{tmp_path}/story.html"]


@contextmanager
def nobodys_rights():
    """Go on without the rights of root, who may open every file."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="files have other rights here")
def test_a_file_that_may_not_be_opened_is_told_and_stops_no_other(tmp_path, monkeypatch):
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_bytes(article(name))
    (tmp_path / "b.jsonl").write_text("{}")
    tmp_path.chmod(0o755)
    for name in ("b.html", "b.jsonl"):
        (tmp_path / name).chmod(0)
    monkeypatch.chdir(tmp_path)
    given = ["a.html", "b.html", "b.jsonl", "c.html"]
    with nobodys_rights():
        named, lying = list(read_pages(given)), list(read_pages(["."]))
        records = list(read_records(given, PageOptions()))
    shut = [(p.location, p.reason) for p in (*named, *lying) if isinstance(p, Skipped)]
    assert sorted({location for location, _ in shut}) == ["b.html", "b.jsonl"]
    assert len(shut) == 4
    assert all("permission denied" in reason.lower() for _, reason in shut)
    assert [p.page.location for p in named if isinstance(p, Saved)] == ["a.html", "c.html"]
    assert [isinstance(record, str) for _, record in records] == [False, True, True, False]


def test_a_named_file_of_an_unknown_kind_is_looked_into(tmp_path):
    (tmp_path / "page.php").write_bytes(PAGE)
    (tmp_path / "data.csv").write_text("a,b\n1,2\n")
    good, bad = read_pages([str(tmp_path / "page.php"), str(tmp_path / "data.csv")])
    assert good.page.format == "html"
    assert "no column of the table is called text or html" in bad.reason


def test_what_a_file_holds_decides_between_html_and_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(PAGE)
    (tmp_path / "b.html").write_text("Only words, and 3 < 4 among them.")
    assert [f.page.format for f in read_pages([str(tmp_path)])] == ["html", "text"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", b"", "empty"),
        ("a.html", b" \n\t ", "empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.html.gz", gzip.compress(PAGE, mtime=0)[:-9], "gzip file is broken"),
        ("a.html.gz", b"no gzip at all", "gzip file is broken"),
        ("a.html.gz", gzip.compress(b"<p>" + b"a" * 40_000_000, mtime=0), "archive bomb"),
        ("a.zip", b"PK\x03\x04 broken", "zip archive is broken"),
        (
            "a.mht",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n",
            "no part that is HTML",
        ),
    ],
)
def test_a_bad_file_is_skipped_with_what_is_wrong(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    skipped = only(read_pages([str(tmp_path / name)]))
    assert isinstance(skipped, Skipped)
    assert skipped.location == str(tmp_path / name)
    assert said in skipped.reason


def test_a_path_that_does_not_exist_is_skipped():
    skipped = only(read_pages(["no/such/page.html"]))
    assert skipped == Skipped("no/such/page.html", "there is no such file or folder.")


def test_a_page_that_is_too_large_is_refused_without_being_held(tmp_path):
    with (tmp_path / "big.html").open("wb") as file:
        file.truncate(60 << 20)
    assert "larger than 32 MB" in only(read_pages([str(tmp_path / "big.html")])).reason


def test_a_file_that_cannot_be_read_is_skipped(tmp_path):
    # Root may read every file; the start of a process's own memory is readable by nobody.
    (tmp_path / "a.html").symlink_to("/proc/self/mem")
    assert "cannot be read" in only(read_pages([str(tmp_path / "a.html")])).reason


def test_a_link_in_a_circle_ends(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.html").write_bytes(PAGE)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.html").symlink_to(tmp_path / "self.html")
    found = list(read_pages([str(tmp_path)]))
    assert locations(f for f in found if isinstance(f, Saved)) == [f"{tmp_path}/a/page.html"]
    assert locations(f for f in found if isinstance(f, Skipped)) == [f"{tmp_path}/self.html"]


def test_a_device_is_no_page():
    assert "neither a file nor a folder" in only(read_pages(["/dev/zero"])).reason


def test_a_name_that_is_no_utf8_becomes_text_that_can_be_stored(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_bytes(PAGE)
    location = only(read_pages([str(tmp_path)])).page.location
    assert location.encode("utf-8")


def zip_of(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_a_zip_is_read_like_a_folder(tmp_path):
    zip_of(tmp_path / "pages.zip", **{"in/b.html": PAGE, "a.txt": b"Words.", "x.css": b"a{}", "__MACOSX/a.txt": b"Words."})
    found = list(read_pages([str(tmp_path)]))
    assert locations(found) == [f"{tmp_path}/pages.zip!/{name}" for name in ("a.txt", "in/b.html", "x.css")]
    assert found[-1] == Skipped(f"{tmp_path}/pages.zip!/x.css", NOT_READ)
    assert count_pages([str(tmp_path)]) == 2


def test_names_that_lead_out_of_an_archive_and_archives_within_are_not_read(tmp_path):
    zip_of(tmp_path / "p.zip", **{"../out.html": PAGE, "/etc/in.html": PAGE, "inner.zip": b"PK", "ok.html": PAGE})
    found = list(read_pages([str(tmp_path / "p.zip")]))
    assert len([f for f in found if isinstance(f, Saved)]) == 1
    assert len([f for f in found if isinstance(f, Skipped) and "leads out" in f.reason]) == 2
    assert len([f for f in found if isinstance(f, Skipped) and "inside an archive" in f.reason]) == 1


def test_a_file_without_a_name_in_a_zip_stops_no_other(tmp_path):
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), PAGE)
        archive.writestr("ok.html", PAGE)
    found = list(read_pages([str(tmp_path / "p.zip")]))
    assert [f.page.location for f in found if isinstance(f, Saved)] == [f"{tmp_path}/p.zip!/ok.html"]
    assert len(found) == 2


def test_a_zip_bomb_is_refused_and_the_rest_is_read(tmp_path):
    zip_of(tmp_path / "p.zip", **{"bomb.html": b"<p>" + b"\0" * 50_000_000, "ok.html": PAGE})
    bomb, ok = read_pages([str(tmp_path / "p.zip")])
    assert "archive bomb" in bomb.reason
    assert ok.content == PAGE


def test_an_archive_whose_files_together_unpack_without_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LONGEST", 100_000)
    monkeypatch.setattr(archives, "RATIO", 10)
    zip_of(tmp_path / "p.zip", **{f"{n}.txt": b"The same words again. " * 2000 for n in range(9)})
    found = list(read_pages([str(tmp_path / "p.zip")]))
    assert 0 < len([f for f in found if isinstance(f, Saved)]) < 9
    assert "as an archive bomb does" in found[-1].reason


def test_an_encrypted_file_in_a_zip_is_skipped(tmp_path):
    buffer = io.BytesIO()
    zip_of(buffer, **{"a.html": PAGE})
    raw = bytearray(buffer.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    (tmp_path / "p.zip").write_bytes(raw)
    assert "encrypted" in only(read_pages([str(tmp_path / "p.zip")])).reason


def test_two_outlets_that_print_the_same_bytes_stay_two_pages_and_one_page_saved_twice_is_one(tmp_path):
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / name).write_bytes(PAGE)
    meta = {"a.html": PageMeta(outlet="Brannoch Post"), "b.html": PageMeta(outlet="Skerry Times")}
    a, b, c = (f.page for f in read_pages([str(tmp_path)], PageOptions(meta)))
    again = only(read_pages([str(tmp_path / "a.html")])).page
    assert (a.outlet, b.outlet, c.outlet) == ("Brannoch Post", "Skerry Times", None)
    assert len({a.id, b.id, c.id}) == 3
    assert again.id == c.id


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.html", "a.txt.gz", "a.zip", "a.xyz"]))
def test_no_bytes_stop_the_reading(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    assert len(list(read_pages([str(tmp_path / name)]))) == 1


def test_the_meta_file_is_no_page_of_the_folder_in_which_it_lies(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    for name in ("meta.csv", "other.csv"):
        (tmp_path / name).write_text("file,outlet\na.html,Ostrel Log\n")
    told = PageOptions({"a.html": PageMeta(outlet="Ostrel Log")}, meta_file=tmp_path / "meta.csv")
    assert locations(read_pages([str(tmp_path)], told)) == [f"{tmp_path}/a.html", f"{tmp_path}/other.csv"]


@pytest.mark.parametrize(
    ("given", "location"),
    [
        ("in", "in/a/none.html"),
        ("./in/", "in/none.html"),
        (".", "in/none.html"),
        ("in.zip", "in.zip!/a/none.html"),
        ("t.csv", "t.csv!/line 4"),
        ("long.html", "long.html#rest"),
        ("https://ostrel.example/a!/", "https://ostrel.example/a!/"),
        ([{"text": ""}], "table 1!/line 1"),
    ],
)
def test_what_was_skipped_of_what_is_given_is_told_from_what_an_earlier_run_skipped(given, location):
    rows = [Skipped(where, "the file is empty.") for where in (location, "/elsewhere/none.html", "https://ostrel.example/b")]
    assert skipped_of([given], rows) == rows[:1]


def test_an_empty_name_is_not_the_folder_where_one_stands(tmp_path, monkeypatch):
    (tmp_path / "page.txt").write_text("The bridge at Ostrel was closed.", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert list(read_pages([""])) == [Skipped("''", "the name is empty.")]
    assert [found.location for found in list_parts([""])] == ["''"]
    assert (count_pages([""]), count_pages(["."])) == (1, 1)
