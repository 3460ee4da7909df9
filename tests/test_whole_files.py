"""A file or a folder of files appears whole or not at all, also where there is no room for it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import SCRIPT
from engines.written_stores import store_of
from stemma import tables
from stemma.errors import UsageError
from stemma.rows import Rows
from stemma.tables import Alias
from stemma.whole_files import whole_file, whole_folder, write_whole

SMALL_DISK = 'ulimit -f 4; trap "" XFSZ; exec "$@"'


def files_of(folder):
    return {str(f.relative_to(folder)): f.read_text() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash to make a disk seem small")
def test_tables_for_which_there_is_no_room_are_not_begun(analysed, tmp_path):
    """The first tables are small enough, and a later one is not."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "stories.csv").write_text("an older one")
    before = files_of(tmp_path)
    for name in ("there", "new"):
        command = [SCRIPT, "export", "a", "--db", analysed / "news.duckdb", "--csv", tmp_path / name]
        done = subprocess.run(["bash", "-c", SMALL_DISK, "bash", *command], capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (1, f"stemma: {tmp_path / name} was not written: File too large.\n")
        assert files_of(tmp_path) == before
        assert not (tmp_path / "new").exists()


def test_a_folder_that_is_written_keeps_what_else_is_in_it(tmp_path):
    for text in ("first", "second"):
        with whole_folder(tmp_path / "tables") as part:
            (part / "a.csv").write_text(text)
        (tmp_path / "tables" / "mine.txt").write_text("mine")
    assert files_of(tmp_path) == {"tables/a.csv": "second", "tables/mine.txt": "mine"}


def test_a_file_that_is_not_written_to_its_end_leaves_the_one_before(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, "before")

    def parts():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(UsageError, match=r"a\.txt was not written: No space left on device"):
        write_whole(path, parts())
    with pytest.raises(ZeroDivisionError), whole_file(path) as part:
        part.write_text(str(1 / 0))
    assert files_of(tmp_path) == {"a.txt": "before"}


def test_a_table_that_cannot_be_written_as_parquet_is_said_in_a_sentence(tmp_path):
    with pytest.raises(UsageError, match=r"The folder .*nowhere does not exist"):
        Rows([Alias("a", "b")], "rows", Alias).to_parquet(tmp_path / "nowhere" / "a.parquet")


def test_no_command_writes_over_what_it_reads(stemma, tmp_path, harbour):
    """Not over the store, not over a table, not over a page that is there in a folder that was given."""
    pages, db = shutil.copytree(harbour, tmp_path / "pages"), store_of(tables.VERSION, tmp_path / "news.duckdb")
    table = tmp_path / "marked.jsonl"
    table.write_text('{"id": "1", "text": "The bridge is closed.", "attributions": []}\n')
    page = min(pages.iterdir())
    before = {file: file.read_bytes() for file in (page, db, table)}
    for file, arguments in (
        (page, ["analyse", pages, "--json"]),
        (page, ["analyse", pages, "--html"]),
        (table, ["compare", table, "--out"]),
        (table, ["train", "attribution", table, "--out"]),
        *((db, ["families", "--db", db, option]) for option in ("--csv", "--parquet", "--graphml")),
        *((db, ["outlets", "--db", db, option]) for option in ("--csv", "--parquet")),
        *((db, ["export", "a", "--db", db, option]) for option in ("--json", "--svg", "--annotations", "--warc")),
    ):
        said = stemma(*arguments, file, code=1).stderr
        assert said == f"stemma: {file} is read here, and would be written over; give another name.\n"
    assert {file: file.read_bytes() for file in before} == before


def test_no_output_takes_a_name_that_stands_beside_the_store(analysed, stemma):
    db = analysed / "news.duckdb"
    for end in ("lock", "parses", "run"):
        beside = db.with_name(f"{db.name}.{end}")
        assert f"{beside} is a name that is kept" in stemma("families", "--db", db, "--csv", beside, code=1).stderr
        assert f"{beside} is a name that is kept" in stemma("store", "check", "--db", db, "--save", beside, code=1).stderr


def test_nothing_is_written_over_a_store_or_beside_one_that_is_not_read(analysed, tmp_path):
    db = tmp_path / "other.duckdb"
    shutil.copy(analysed / "news.duckdb", db)
    for path in (db, db.with_name("other.duckdb.run"), db.with_name("other.duckdb.run.of")):
        with pytest.raises(UsageError, match=r"is a DuckDB file|is a name that is kept"):
            write_whole(path, "{}")
    assert db.read_bytes() == (analysed / "news.duckdb").read_bytes()


def test_standard_output_is_no_name_of_a_folder_or_of_an_archive(analysed, stemma, tmp_path):
    for option in ("--csv", "--warc"):
        said = stemma("export", "a", "--db", analysed / "news.duckdb", option, "-", cwd=tmp_path, code=1).stderr
        assert "- is standard output; give a name" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs a name of standard output")
def test_a_pipe_is_written_to_by_the_name_that_was_given(analysed):
    command = [SCRIPT, "brief", "a", "--db", analysed / "news.duckdb", "--out", "/dev/stdout"]
    assert b"# " in subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def test_a_name_that_is_too_long_is_told_as_it_was_given(stemma, analysed, harbour, tmp_path):
    """255 bytes are what file systems have: a name of 250 is one of a file, but of no store, beside which others stand."""
    long, longer = "a" * 250, "a" * 256
    page = harbour / "coastwatch24.txt"
    for name in (long, longer, "ж" * 140):
        for command in (["read", page, "--quiet", "--db"], ["show", "--db"], ["corpus", page, "--quiet", "--out"]):
            said = stemma(*command, name, cwd=tmp_path, code=1).stderr
            assert said.startswith(f"stemma: {name} is too long a name for the file system")
    for option in ("--json", "--svg", "--csv", "--warc"):
        said = stemma("export", "a", "--db", analysed / "news.duckdb", option, longer, cwd=tmp_path, code=1).stderr
        assert said == f"stemma: {longer} is too long a name for the file system; give a shorter one.\n"
    assert list(tmp_path.iterdir()) == []
    for option in ("--json", "--csv"):
        stemma("export", "a", "--db", analysed / "news.duckdb", option, f"{long}{option[2]}", cwd=tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"{long}c", f"{long}j"]


def test_a_link_that_leads_to_itself_is_a_name_like_another(stemma, harbour, tmp_path):
    """Python 3.11 and 3.12 raise RuntimeError where a path is followed."""
    for name in ("loop", "folder"):
        (tmp_path / name).symlink_to(name)
    page = harbour / "coastwatch24.txt"
    for option in ("--json", "--html", "--db"):
        stemma("analyse", page, "--quiet", option, tmp_path / "loop")
        assert (tmp_path / "loop").is_file()
        (tmp_path / "loop").unlink()
        (tmp_path / "loop").symlink_to("loop")
        assert "folder" in stemma("analyse", page, "--quiet", option, tmp_path / "folder" / "x", code=1).stderr
    assert "there is no such file" in stemma("analyse", tmp_path / "loop", "--quiet", code=2).stderr
