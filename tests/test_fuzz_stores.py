"""Stores that are damaged by chance: each is used as it was, saved, or refused in a sentence; nothing wrong is read of any."""

import os
import random
from contextlib import closing

import pytest

from engines.written_stores import store_of
from stemma import tables
from stemma.engines import open_store
from stemma.engines.upkeep import check_store, compact_store, save_store
from stemma.errors import StoreError

STORES = int(os.environ.get("FUZZ_STORES", "40"))
INNER = ("checksum", "Error", "Exception", "INTERNAL", "duckdb.", "bytes from")
KEPT = ("page", "page_bytes", "report", "block", "judgement")


def flipped(chance, content):
    for _ in range(chance.choice((1, 2, 8, 60))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def cut(chance, content):
    return content[: chance.randrange(len(content))]


def grown(chance, content):
    return content + chance.randbytes(chance.choice((1, 4096, 300_000)))


def overwritten(chance, content):
    """A run of bytes is another, mostly where the headers and the directory lie."""
    start = chance.choice((chance.randrange(20_000), chance.randrange(300_000), chance.randrange(len(content))))
    length = chance.choice((8, 512, 4096, 100_000))
    content[start : start + length] = chance.choice((chance.randbytes(length), bytes(length)))
    return content


def moved(chance, content):
    """Pieces of two blocks change places; of whole blocks, each with its checksum, nobody could tell."""
    first, second = (12_288 + 64 + 262_144 * chance.randrange(len(content) // 262_144) for _ in range(2))
    content[first : first + 4096], content[second : second + 4096] = (
        content[second : second + 4096],
        content[first : first + 4096],
    )
    return content


DAMAGES = (flipped, flipped, cut, grown, overwritten, overwritten, moved)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the bytes of a store as it is written now, and its rows."""
    db = store_of(tables.VERSION, tmp_path_factory.mktemp("whole") / "news.duckdb")
    compact_store(db)
    return db.read_bytes(), rows_of(db)


def rows_of(db):
    with closing(open_store(db)) as store:
        return {name: store.read(name) for name in KEPT}


def said(work, *arguments):
    """What some work on a store gives, or the sentence with which it refuses it."""
    try:
        return work(*arguments)
    except StoreError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(STORES))
def test_a_damaged_store_is_read_as_it_was_or_saved_or_refused_in_a_sentence(tmp_path, whole, seed):
    content, rows = whole
    chance, db = random.Random(seed), tmp_path / "news.duckdb"
    damaged = bytes(chance.choice(DAMAGES)(chance, bytearray(content)))
    db.write_bytes(damaged)
    read, checked, done = said(rows_of, db), said(check_store, db), said(save_store, db, tmp_path / "saved.duckdb")
    refused = [one for one in (read, checked, done) if isinstance(one, str)]
    assert [one for one in refused if any(word in one for word in INNER)] == []
    assert read in refused or read == rows
    if done not in refused:
        saved = rows_of(tmp_path / "saved.duckdb")
        assert [row for name in KEPT for row in saved[name] if row not in rows[name]] == []
        assert {r.page for r in saved["report"]} == {p.id for p in saved["page"]}
    assert db.read_bytes() == damaged
    assert {file.name for file in tmp_path.iterdir()} <= {"news.duckdb", "saved.duckdb"}


@pytest.mark.parametrize("place", ["headers", "directory"])
def test_where_the_directory_of_the_tables_is_lost_all_is_saved_by_its_spare(stemma, tmp_path, whole, place):
    content, rows = whole
    db, damaged = tmp_path / "news.duckdb", bytearray(content)
    start, end = {"headers": (0, 12_288), "directory": (12_288, 12_288 + 262_144)}[place]
    damaged[start:end] = bytes(end - start)
    db.write_bytes(damaged)
    stemma("stories", "--db", db, code=1)
    assert "the spare of it" in stemma("store", "check", "--db", db, code=1).stdout
    assert "has all but 0 rows. 0 pages" in stemma("store", "check", "--db", db, "--save", tmp_path / "s.duckdb").stdout
    assert rows_of(tmp_path / "s.duckdb") == rows


@pytest.mark.parametrize("field", [52, 44, 36, 32])
def test_a_store_whose_spare_has_a_damaged_foot_is_whole(tmp_path, whole, field):
    """The first byte of the count of its pieces, of their length, of their checksum, of the sign."""
    content, rows = whole
    db, damaged = tmp_path / "news.duckdb", bytearray(content)
    damaged[-field] ^= 1
    db.write_bytes(damaged)
    assert (rows_of(db), check_store(db).damage) == (rows, ())


def test_a_store_that_other_programs_wrote_to_has_no_spare_that_is_believed(tmp_path, whole):
    """The spare is then of another run than the tables: what stands in the file counts."""
    import duckdb

    content, rows = whole
    db = tmp_path / "news.duckdb"
    db.write_bytes(content)
    with duckdb.connect(str(db)) as store:
        store.execute("DELETE FROM judgement")
    assert not check_store(db).mended
    save_store(db, tmp_path / "saved.duckdb")
    assert rows_of(tmp_path / "saved.duckdb") == {**rows, "judgement": []}
