"""One process writes to a store and any number read it: the last whole run, without a wait."""

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from stemma.engines import first_run_of, open_store
from stemma.errors import StoreError, StoreInUse
from stemma.tables import Story

WRITER = """
import sys
from stemma.engines import open_store
from stemma.tables import Story
store = open_store(sys.argv[1])
with store.run():
    store.write({"story": [Story("under way", "r2")]})
    print("written", flush=True)
    if input() == "fail":
        raise SystemExit(1)
"""
TOGETHER = """
import sys, time
from stemma.engines import open_store
from stemma.errors import StoreInUse
from stemma.tables import Story
store = open_store(sys.argv[1])
print("ready", flush=True)
input()
try:
    store.write({"story": [Story(sys.argv[2], sys.argv[2])]})
    print("written")
except StoreInUse as error:
    print(error)
"""

OTHER_PROGRAM = """
import duckdb, os, sys
store = duckdb.connect(sys.argv[1])
store.execute("INSERT INTO story VALUES ('other', 'r9')")
os._exit(0)
"""
SMALL_DISK = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
"""


@pytest.fixture
def made(tmp_path):
    """Return a store whose last whole run wrote one story."""
    write(tmp_path / "news.duckdb", "whole")
    return tmp_path / "news.duckdb"


def write(path, name):
    with closing(open_store(path)) as store:
        store.write({"story": [Story(name, name)]})


def stories(path):
    with closing(open_store(path)) as store:
        return [row.story for row in store.read("story")]


@contextmanager
def started(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() in ("written\n", "ready\n")
        yield process


def test_readers_see_the_last_whole_run_while_another_process_writes(made):
    with started(WRITER, made) as writer, closing(open_store(made)) as reader:
        assert stories(made) == ["whole"]
        writer.communicate("\n")
        assert [row.story for row in reader.read("story")] == ["whole"], "a store that was opened before stays as it was"
    assert sorted(stories(made)) == ["under way", "whole"]


def test_a_second_writer_is_told_who_writes_and_since_when(made):
    with started(WRITER, made) as writer:
        with pytest.raises(
            StoreInUse, match=rf"news\.duckdb is in use: process {writer.pid} \(-?c?.*\) since \d\d \w+ \d\d:\d\d"
        ):
            write(made, "second")
        writer.communicate("\n")
    write(made, "second")
    assert sorted(stories(made)) == ["second", "under way", "whole"]


def test_two_writers_in_one_process_are_two_too(made):
    with closing(open_store(made)) as one, one.run(), pytest.raises(StoreInUse, match="this process writes"):
        write(made, "second")
    write(made, "second")


@pytest.mark.parametrize("end", ["kill", "fail"])
def test_a_run_that_is_stopped_is_seen_by_nobody_and_continued_by_the_next_writer(made, end):
    with started(WRITER, made) as writer:
        if end == "kill":
            writer.kill()
        writer.communicate("fail\n")
    assert stories(made) == ["whole"]
    write(made, "next")
    assert sorted(stories(made)) == ["next", "under way", "whole"]
    assert [f.name for f in made.parent.iterdir()] == ["news.duckdb"]


def test_a_run_that_wrote_nothing_leaves_the_file_as_it_was(made):
    before = made.stat()
    with closing(open_store(made)) as store, pytest.raises(ZeroDivisionError), store.run():
        raise ZeroDivisionError
    with closing(open_store(made)) as store, store.run():
        assert store.read("story")
    after = made.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [f.name for f in made.parent.iterdir()] == ["news.duckdb"]


def test_what_a_stopped_run_left_and_cannot_be_read_is_thrown_away(made):
    (made.parent / "news.duckdb.run").write_bytes(made.read_bytes()[:9000])
    write(made, "next")
    assert sorted(stories(made)) == ["next", "whole"]


def test_a_stopped_run_of_another_store_is_not_gone_on_with_and_nothing_is_lost(made, tmp_path):
    with started(WRITER, made) as writer:
        writer.kill()
        writer.communicate()
    other = tmp_path / "other.duckdb"
    write(other, "other")
    left = made.with_name("news.duckdb.run").read_bytes()
    made.write_bytes(other.read_bytes())
    with pytest.raises(StoreError, match="did not begin with"):
        write(made, "next")
    assert stories(made) == ["other"]
    assert made.with_name("news.duckdb.run").read_bytes() == left
    made.with_name("news.duckdb.run").unlink()
    write(made, "next")
    assert sorted(stories(made)) == ["next", "other"]


def test_of_two_writers_that_make_one_new_store_one_writes_and_the_other_is_told(tmp_path):
    for n in range(4):
        new = tmp_path / f"{n}.duckdb"
        with started(TOGETHER, new, "a") as a, started(TOGETHER, new, "b") as b:
            for writer in (a, b):
                writer.stdin.write("\n")
                writer.stdin.flush()
            ends = [writer.stdout.readline().strip() for writer in (a, b)]
        wrote = [name for name, end in zip("ab", ends, strict=True) if end == "written"]
        assert sorted(stories(new)) == wrote
        assert wrote, ends
        assert [end for end in ends if end != "written" and not re.search("is in use: .*process", end)] == []


def test_a_first_run_that_has_not_ended_is_known_by_who_makes_it(tmp_path):
    new = tmp_path / "new.duckdb"
    assert first_run_of(new) is None
    with started(WRITER, new) as writer:
        assert first_run_of(new).startswith(f"process {writer.pid} ")
        assert stories(new) == []
        writer.communicate("\n")
    assert first_run_of(new) is None


def test_what_another_program_left_beside_a_store_is_read_and_kept(made):
    """DuckDB writes to a file beside its own first, and a program that is killed leaves that there."""
    subprocess.run([sys.executable, "-c", OTHER_PROGRAM, made], check=True)
    assert made.with_name("news.duckdb.wal").exists()
    assert sorted(stories(made)) == ["other", "whole"]
    write(made, "next")
    assert sorted(stories(made)) == ["next", "other", "whole"]


def test_a_link_to_a_store_is_the_store(made, tmp_path):
    link = tmp_path / "elsewhere" / "link.duckdb"
    link.parent.mkdir()
    link.symlink_to(made)
    write(link, "by the link")
    assert link.is_symlink()
    assert sorted(stories(made)) == ["by the link", "whole"]


def test_a_disk_without_room_is_said_and_the_last_whole_run_stays(made):
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK + WRITER, made], input="\n", capture_output=True, text=True, check=False
    )
    assert "StoreError" in done.stderr.splitlines()[-1]
    assert "It is left as it was" in done.stderr
    assert stories(made) == ["whole"]
    shutil.copy(made, made.with_name("copy.duckdb"))
    write(made, "with room")
    assert sorted(stories(made)) == ["whole", "with room"]


@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_file_is_refused_and_nothing_waits_for_it(tmp_path, kind):
    path = {"fifo": tmp_path / "fifo", "folder": tmp_path / "folder", "device": "/dev/zero"}[kind]
    if kind == "fifo":
        os.mkfifo(path)
    if kind == "folder":
        path.mkdir()
    with pytest.raises(StoreError, match="a folder" if kind == "folder" else "a pipe or a device"):
        open_store(path)
