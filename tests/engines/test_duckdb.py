"""The store holds what was committed, once, and says in a sentence why a file cannot be one."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma import tables
from stemma.engines import open_store
from stemma.errors import StoreError, UsageError
from stemma.tables import Block, Evidence, Finding, PageBytes, Provenance, Report, Statement, Story


def opened(path):
    return closing(open_store(path))


def written_to(path, *names):
    """Make a store in a file, or write to one, with a story of each name."""
    with opened(path) as store:
        store.write({"story": [Story(name, name) for name in names]})


def report(name, text="The harbour was closed."):
    return Report(
        name,
        name,
        f"{name}.html",
        None,
        None,
        "0" * 64,
        None,
        None,
        None,
        None,
        ("Ada Fenn",),
        None,
        (),
        None,
        "en",
        text,
        (Provenance("byline", "JSON-LD"),),
    )


def statement(story, name, **changed):
    row = Statement(
        story,
        name,
        "r1",
        ((0, 3), (5, 9)),
        (),
        True,
        None,
        (1, 2),
        None,
        caveat=None,
        caveat_span=None,
        negated=False,
    )
    return dataclasses.replace(row, **changed)


def test_rows_come_back_as_they_were_written_in_the_order_of_their_key(tmp_path):
    finding = Finding(
        "s",
        "f",
        "dropped caveat",
        "high",
        "…",
        ("r1", "r2"),
        None,
        (Evidence("r1", 0, 4), Evidence("r2", 3, 9)),
    )
    rows = {
        "report": [report("r2"), report("r1", "Zażółć 🙂")],
        "block": [Block("r1", 9, 12, "paragraph"), Block("r1", 0, 8, "title")],
        "statement": [statement("s", "x", content=((4, 5),)), statement("s", "a")],
        "finding": [finding],
    }
    with opened(tmp_path / "a.duckdb") as store:
        store.write(rows)
    with opened(tmp_path / "a.duckdb") as store:
        assert store.read("report") == [rows["report"][1], rows["report"][0]]
        assert store.read("block") == [rows["block"][1], rows["block"][0]]
        assert store.read("statement") == [rows["statement"][1], rows["statement"][0]]
        assert store.read("finding") == [finding]


def test_every_table_of_the_house_can_be_read_from_a_new_store():
    with opened(None) as store:
        assert all(store.read(table) == [] for table in tables.TABLES)


def test_the_same_key_again_adds_nothing_and_the_first_row_stays():
    with opened(None) as store:
        store.write({"report": [report("r1", "first"), report("r1", "second")]})
        store.write({"report": [report("r1", "third"), report("r2")]})
        assert [(r.id, r.text) for r in store.read("report")] == [
            ("r1", "first"),
            ("r2", "The harbour was closed."),
        ]


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3)), max_size=6), max_size=5))
def test_any_split_into_writes_leaves_the_same_rows(batches):
    written = [Block(name, start, 9, "list") for batch in batches for name, start in batch]
    with opened(None) as apart, opened(None) as together:
        for batch in batches:
            apart.write({"block": [Block(name, start, 9, "list") for name, start in batch]})
        together.write({"block": written})
        assert apart.read("block") == together.read("block")
        assert len({(b.report, b.start) for b in apart.read("block")}) == len(apart.read("block"))


def test_removing_takes_out_what_reading_returns_and_no_more():
    with opened(None) as store:
        store.write({"statement": [statement("s", "a"), statement("s", "b"), statement("t", "a")]})
        store.remove("statement", {"story": "s", "id": []})
        assert store.read("statement", {"story": "s", "id": []}) == []
        assert len(store.read("statement")) == 3
        store.remove("statement", {"story": "s", "id": ["a", "z"]})
        assert [(r.story, r.id) for r in store.read("statement")] == [("s", "b"), ("t", "a")]
        store.remove("statement", {})
        assert store.read("statement") == []


def test_a_row_that_goes_and_comes_in_one_transaction_is_there_once():
    with opened(None) as store:
        store.write({"story": [Story("s", "r1")]})
        with store.transaction():
            store.remove("story", {})
            store.write({"story": [Story("t", "r1")]})
        assert store.read("story") == [Story("t", "r1")]


def test_bytes_come_back_as_they_were_written():
    with opened(None) as store:
        store.write({"page_bytes": [PageBytes("p", b"\x00\xff\x28\xb5")]})
        assert store.read("page_bytes") == [PageBytes("p", b"\x00\xff\x28\xb5")]


def test_rows_are_chosen_by_value_by_several_values_and_by_null():
    with opened(None) as store:
        store.write(
            {
                "statement": [
                    statement("s", "a", source="p"),
                    statement("s", "b"),
                    statement("t", "c", source="p"),
                ]
            }
        )
        ids = lambda **where: [r.id for r in store.read("statement", where)]  # noqa: E731
        assert ids(source="p") == ["a", "c"]
        assert ids(source=None) == ["b"]
        assert ids(id={"a", "b"}, story="s") == ["a", "b"]
        assert ids(id=[]) == []
        with pytest.raises(KeyError):
            store.read("statement", {"colour": "red"})


def test_an_error_in_a_transaction_undoes_all_of_it():
    with opened(None) as store:
        store.write({"report": [report("r1")]})
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(store)
        assert {r.id for r in store.read("report")} == {"r1"}
        assert store.read("story") == []
        store.write({"report": [report("r3")]})
        assert {r.id for r in store.read("report")} == {"r1", "r3"}


def _write_and_fail(store):
    with store.transaction():
        store.write({"report": [report("r2")]})
        store.write({"story": [Story("s", "r2")]})
        raise ZeroDivisionError


def test_a_query_joins_the_store_with_arrow_tables_and_leaves_none_behind():
    with opened(None) as store:
        store.write({"report": [report("r1"), report("r2")]})
        wanted = {"wanted": pa.table({"id": ["r2", "r9"]})}
        assert store.sql("SELECT r.id FROM report r JOIN wanted w ON r.id = w.id", wanted).to_pylist() == [{"id": "r2"}]
        with pytest.raises(UsageError):
            store.sql("SELECT * FROM wanted")


def test_a_query_in_batches_gives_the_rows_of_one_answer():
    with opened(None) as store:
        store.write({"report": [report(f"r{n}") for n in range(9)]})
        wanted = {"wanted": pa.table({"id": [f"r{n}" for n in range(1, 9)]})}
        text = "SELECT r.id FROM report r JOIN wanted w ON r.id = w.id"
        found = list(store.batches(text, wanted, 3))
        assert max(batch.num_rows for batch in found) <= 3
        rows = [row["id"] for batch in found for row in batch.to_pylist()]
        assert sorted(rows) == [f"r{n}" for n in range(1, 9)]


def test_a_store_of_another_version_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "old.duckdb"
    written_to(path)
    written = tables.VERSION
    monkeypatch.setattr(tables, "VERSION", written + 1)
    with pytest.raises(StoreError, match=r"of an older version; `stemma store upgrade --db .*` brings it to this one"):
        open_store(path)
    monkeypatch.setattr(tables, "VERSION", written - 1)
    with pytest.raises(StoreError, match=f"version {written}, and this stemma reads version {written - 1}; use a newer one"):
        open_store(path)


def test_a_file_that_is_no_store_is_refused_and_left_as_it_is(tmp_path):
    page, other = tmp_path / "page.html", tmp_path / "other.duckdb"
    page.write_text("<p>no store</p>" * 2000)
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (n INTEGER)")
    with pytest.raises(StoreError, match="is no DuckDB file"):
        open_store(page)
    with pytest.raises(StoreError, match="a DuckDB file but no store"):
        open_store(other)
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match="make it first"):
        open_store(tmp_path / "none" / "a.duckdb")
    assert page.read_text() == "<p>no store</p>" * 2000


WRITER = """
import sys
from contextlib import closing
from stemma.engines import open_store
from stemma.tables import Block, Story
with closing(open_store(sys.argv[1])) as store, store.run():
    for n in range(10_000):
        print(n, flush=True)
        stories = [Story(f"s{n}", f"r{n}-{i}") for i in range(40)]
        with store.transaction():
            store.write({"block": [Block(f"r{n}", i, i + 1, "list") for i in range(40)]})
            store.remove("story", {})
            store.write({"story": stories})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")
def test_a_run_killed_at_any_moment_leaves_the_last_committed_state(tmp_path):
    path = tmp_path / "killed.duckdb"
    for lines, pause in ((1, 0.0), (2, 0.003), (4, 0.011), (7, 0.0), (11, 0.03)):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            begun = [writer.stdout.readline() for _ in range(lines)]
            time.sleep(pause)
            os.kill(writer.pid, signal.SIGKILL)
            last_begun = int([*begun, *writer.stdout.read().splitlines()][-1])
        with opened(path) as store, store.run():
            blocks, stories = store.read("block"), store.read("story")
        runs = {b.report for b in blocks}
        assert len(blocks) == 40 * len(runs)
        assert last_begun == 0 or f"r{last_begun - 1}" in runs, "what was committed before the kill is there"
        if stories:
            last = {s.story for s in stories}
            assert len(last) == 1
            assert len(stories) == 40
            assert "r" + last.pop()[1:] in runs


def test_a_run_killed_while_it_makes_the_store_leaves_none_or_a_whole_one(tmp_path):
    script = "import sys; from stemma.engines import open_store; print(flush=True); open_store(sys.argv[1]).write({})"
    for n, pause in enumerate((0.0, 0.005, 0.015, 0.03, 0.06)):
        path = tmp_path / f"{n}.duckdb"
        with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            writer.stdout.readline()
            time.sleep(pause)
            writer.kill()
        with opened(path) as store:
            assert store.read("report") == []
        written_to(path)


def test_views_show_claims_and_copies_with_their_outlets_to_any_program_that_opens_the_file(analysed):
    with duckdb.connect(str(analysed / "news.duckdb"), read_only=True) as opened:
        claims = opened.sql("SELECT outlet, words FROM v_claims WHERE words = 'Two night-shift workers died'").fetchall()
        copies = opened.sql("SELECT outlet, source, from_report IS NULL, credited FROM v_copies ORDER BY outlet").fetchall()
    assert ("Bluestack Courier", "Two night-shift workers died") in claims
    assert copies == [
        ("Bluestack Courier", "Tidewire", True, True),
        ("Coastwatch 24", "Tidewire", True, False),
        ("Evening Halyard", "Tidewire", True, True),
        ("Harbor & Hold", "Atlantic Mail", False, True),
    ]
