"""A store is checked, saved, made small and brought to this version, and nothing that it holds is lost on the way."""

import os
import random
import shutil
from contextlib import closing

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from bulk.invented import write_corpus
from engines.written_stores import store_of, versions
from pages.site import article as served
from stemma import tables
from stemma.bulk import work_corpus
from stemma.engines import open_engine, open_store
from stemma.engines.duckdb import _CONFIG as DUCKDB
from stemma.engines.upkeep import OLDEST, check_store, compact_store, save_store, upgrade_store
from stemma.errors import StoreDamaged, StoreError
from stemma.pipeline import account_of as account
from stemma.worked_out import worked_out

BACK = {
    10: ["ALTER TABLE report DROP COLUMN provenance"],
    9: ["DROP TABLE version"],
    8: ["ALTER TABLE page DROP COLUMN title", "ALTER TABLE page DROP COLUMN byline", "ALTER TABLE page DROP COLUMN language"],
    7: ["DROP TABLE feed", "DROP TABLE entry"],
}
"""What each version lacked of the next: they were never released, and their stores are made of the first one that is."""
KEPT = ("page", "page_bytes", "report", "block", "judgement", "story")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the account of the store of this version, worked out now as that of an older one is."""
    db = store_of(tables.VERSION, tmp_path_factory.mktemp("whole") / "news.duckdb")
    with duckdb.connect(str(db)) as store:
        store.execute("DELETE FROM run")
    return account_of(db)


@pytest.fixture
def db(tmp_path):
    """Return a store of this version."""
    return store_of(tables.VERSION, tmp_path / "news.duckdb")


def account_of(path):
    with closing(open_store(path)) as store:
        return account(worked_out(store))


def rows_of(path, names=KEPT):
    with closing(open_store(path)) as store:
        return {name: store.read(name) for name in names}


def written_by(version, path):
    """Make a store as a version wrote it."""
    if version in versions():
        return store_of(version, path)
    store_of(min(versions()), path)
    with duckdb.connect(str(path)) as store:
        for older in sorted(BACK, reverse=True):
            for step in BACK[older] if older >= version else ():
                store.execute(step)
        store.execute("UPDATE schema_version SET version = ?", [version])
    return path


def test_there_is_a_store_of_this_version_and_it_has_the_tables_of_this_version(db):
    """When a table changes: VERSION goes up, and `python tests/engines/written_stores.py` writes a store of it."""
    with closing(open_store(db)) as store:
        assert [
            name for name in tables.TABLES if name not in ("feed", "entry", "alias", "version") and store.read(name) is None
        ] == []
    assert check_store(db).damage == ()


@pytest.mark.parametrize("version", sorted({*range(OLDEST, tables.VERSION), *versions()} - {tables.VERSION}))
def test_a_store_of_an_older_version_is_upgraded_and_the_old_one_kept(tmp_path, undisturbed, version):
    path = written_by(version, tmp_path / "old.duckdb")
    old = path.read_bytes()
    with pytest.raises(StoreError, match="stemma store upgrade"):
        open_store(path)
    kept = upgrade_store(path)
    assert kept.read_bytes() == old
    assert upgrade_store(path) is None
    assert len(rows_of(path)["judgement"]) == 1
    assert without_provenance(account_of(path)) == without_provenance(undisturbed)


def without_provenance(found):
    """Return an account without what only the page tells again."""
    return {**found, "reports": [{**report, "provenance": None} for report in found["reports"]]}


def test_a_version_that_is_too_old_or_of_tomorrow_is_refused_and_left_as_it_is(db):
    for version in (OLDEST - 1, tables.VERSION + 1):
        with duckdb.connect(str(db)) as store:
            store.execute("UPDATE schema_version SET version = ?", [version])
        before = db.read_bytes()
        with pytest.raises(StoreError, match=f"of version {version}; this stemma upgrades"):
            upgrade_store(db)
        assert db.read_bytes() == before


def test_a_compacted_store_holds_the_same_in_less_room(db):
    with duckdb.connect(str(db)) as store:
        for name in ("mention", "alignment", "claim", "member", "stance", "finding"):
            store.execute(f"DELETE FROM {name}")
    rows = rows_of(db, tables.TABLES)
    before, after = compact_store(db)
    assert after < before
    assert rows_of(db, tables.TABLES) == rows
    assert [f.name for f in db.parent.iterdir()] == [db.name]


def test_a_whole_store_is_found_whole(db):
    checked = check_store(db)
    assert (checked.version, checked.damage, checked.broken) == (tables.VERSION, (), ())
    assert checked.rows["report"] == 2


def test_of_a_damaged_store_is_said_what_is_wrong_and_all_that_can_be_read_is_saved(db, tmp_path):
    """Bytes are changed here and there; what can be opened at all is saved, and what is saved is right."""
    content, whole = db.read_bytes(), rows_of(db)
    saved = 0
    for seed in range(12):
        chance, damaged = random.Random(seed), bytearray(content)
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] ^= 0xFF
        db.write_bytes(damaged)
        to = tmp_path / f"{seed}.duckdb"
        checked = said(check_store, db)
        if checked is None:
            continue
        save_store(db, to)
        saved += 1
        rows = rows_of(to)
        if not checked.damage:
            assert rows == whole
        for name in ("page", "report", "block"):
            assert [row for row in rows[name] if row not in whole[name]] == []
        assert {r.page for r in rows["report"]} == {p.id for p in rows["page"]}
        assert len(rows["page"]) + len(open_store(to).read("skipped")) <= len(whole["page"])
        account_of(to)
    assert saved


def said(work, path):
    """What some work on a store gives, None when it says that the store is damaged."""
    try:
        return work(path)
    except StoreDamaged:
        return None


def test_a_page_whose_report_is_lost_is_named_in_the_saved_store(db, tmp_path):
    with duckdb.connect(str(db)) as store:
        (lost,) = store.execute("SELECT location FROM report ORDER BY id LIMIT 1").fetchone()
        store.execute("DELETE FROM block WHERE report = (SELECT id FROM report ORDER BY id LIMIT 1) AND start = 0")
    assert check_store(db).broken == (lost,)
    assert save_store(db, tmp_path / "saved.duckdb").locations == (lost,)
    with closing(open_store(tmp_path / "saved.duckdb")) as store:
        assert [row.location for row in store.read("skipped")] == [lost]
        assert len(store.read("page")) == 1
    assert check_store(tmp_path / "saved.duckdb").broken == ()


@pytest.mark.parametrize("change", ["DROP TABLE story", "ALTER TABLE report DROP COLUMN title"])
def test_a_store_that_lacks_a_table_or_a_column_is_said_to_be_damaged(stemma, db, change):
    with duckdb.connect(str(db)) as store:
        store.execute(change)
    table = change.split()[2]
    wrong = f"the table {table} has not the columns that it should have. "
    said = stemma("stories", "--db", db, code=1).stderr
    assert f"{db} was changed by another program: {wrong}`stemma store check --db {db}` says what can be saved." in said
    assert stemma("store", "check", "--db", db, code=1).stdout.count(wrong.strip()) == 1


GRAVE = """INSERT INTO finding BY NAME
    SELECT story, 'f' AS id, 'no caveat' AS kind, 'grave' AS severity, '' AS message, [] AS reports,
    [] AS evidence FROM story LIMIT 1"""


CHANGES = {
    "UPDATE report SET text = '{'": "rows of report with a text that its blocks are not of",
    "DELETE FROM block WHERE start = 0": "rows of report with a text that its blocks are not of",
    "DELETE FROM report WHERE id = (SELECT min(id) FROM report)": "with words that are in no report",
    "UPDATE fingerprint SET weights = []": "rows of fingerprint with values that do not fit each other",
    "ALTER TABLE report ALTER title TYPE BLOB USING encode(title)": "the table report has not the columns that it should have",
    "ALTER TABLE block ALTER role DROP NOT NULL; UPDATE block SET role = NULL": "rows of block without role",
    "UPDATE block SET role = 'poem'": "rows of block with a role that there is not",
    "INSERT INTO story SELECT * FROM story": "rows of story with the key of another",
    "UPDATE story SET report = 'gone' || report": "rows of story with a report that is not there",
    GRAVE: "1 row of finding with a severity that there is not",
}


@pytest.mark.parametrize(("change", "said"), CHANGES.items(), ids=range(len(CHANGES)))
def test_a_store_in_which_another_program_changed_what_others_rest_on_is_said_to_be_changed(stemma, db, change, said):
    assert check_store(db).unsound == ()
    with duckdb.connect(str(db)) as store:
        store.execute(change)
    with pytest.raises(StoreDamaged, match=f"was changed by another program: .*{said}"):
        open_store(db)
    with pytest.raises(StoreDamaged, match="changed by another program"):
        compact_store(db)
    assert said in stemma("store", "check", "--db", db, code=1).stdout
    save_store(db, saved := db.with_name("saved.duckdb"))
    with closing(open_store(saved)) as store:
        assert store.read("page") == [] or account(worked_out(store))
    assert check_store(saved).unsound == ()


def test_what_no_look_at_a_changed_store_finds_is_no_inner_error_either(stemma, db):
    stemma("show", "--db", db)
    with duckdb.connect(str(db)) as store:
        store.execute("UPDATE claim SET relation = 'poem'")
    said = stemma("show", "--db", db, code=1).stderr
    assert f"{db} was changed by another program: it holds what cannot be worked with. `stemma store check" in said


@pytest.fixture(scope="module")
def parquet_folder(tmp_path_factory):
    """Return a folder of Parquet with a story worked out."""
    out = tmp_path_factory.mktemp("folder")
    work_corpus([str(write_corpus(out / "one.jsonl", 5))], out / "parquet", open_engine())
    return out / "parquet"


def test_a_folder_of_parquet_that_another_program_changed_is_said_to_be_changed(stemma, parquet_folder, tmp_path):
    def damaged(name, change):
        out = tmp_path / name
        shutil.copytree(parquet_folder, out)
        change(out)
        said = stemma("show", "--db", out, code=1).stderr
        assert said.endswith("`stemma corpus FILES --out NEW` makes a new one.\n")
        assert "should not have happened" not in said
        return said

    def relation(out):
        (file,) = (out / "claim").rglob("*.parquet")
        table = parquet.read_table(file)
        poems = pa.array(["poem"] * table.num_rows)
        parquet.write_table(table.set_column(table.schema.get_field_index("relation"), "relation", poems), file)

    assert "claim" in damaged("poem", relation)
    assert "stemma.json in it is another file" in damaged("mark", lambda out: (out / "stemma.json").write_text("[]"))
    assert "is damaged" in damaged("junk", lambda out: next((out / "report").rglob("*.parquet")).write_text("junk"))
    assert "changed by another program" in damaged("gone", lambda out: shutil.rmtree(out / "block"))


def test_kept_bytes_that_are_not_those_of_their_page_are_found_and_left_out_of_a_saved_store(stemma, tmp_path):
    (tmp_path / "a.html").write_bytes(served())
    stemma("read", tmp_path / "a.html", "--db", tmp_path / "n.duckdb")
    db = tmp_path / "n.duckdb"
    for other in ("'junk'::BLOB", "''::BLOB"):
        with duckdb.connect(str(db)) as store:
            store.execute(f"UPDATE page_bytes SET content = {other}")
        said = stemma("export", "--db", db, "--warc", tmp_path / "out.warc.gz", code=1).stderr
        wrong = f"the bytes of {tmp_path / 'a.html'} are not those of its page"
        help_ = f"`stemma store check --db {db}` says what can be saved."
        assert said == f"stemma: {db} was changed by another program: {wrong}. {help_}\n"
    told = stemma("store", "check", "--db", db, "--save", tmp_path / "saved.duckdb").stdout
    assert "Not as stemma writes it: 1 row of page_bytes with bytes that are not of the page." in told
    said = stemma("export", "--db", tmp_path / "saved.duckdb", "--warc", tmp_path / "out.warc.gz", code=1).stderr
    assert "holds no bytes of these pages" in said
    assert not (tmp_path / "out.warc.gz").exists()


def test_a_store_to_which_another_program_added_what_is_its_own_is_read_as_before(db):
    with duckdb.connect(str(db)) as store:
        store.execute("CREATE TABLE mine AS SELECT outlet, 1 AS weight FROM report")
        store.execute("UPDATE report SET outlet = 'Ostrel Log'")
    with closing(open_store(db)) as store:
        assert {r.outlet for r in store.read("report")} == {"Ostrel Log"}


LOST = "DELETE FROM block WHERE report = (SELECT min(id) FROM report)"


@pytest.mark.parametrize("change", ["DROP TABLE claim", "ALTER TABLE report DROP COLUMN title", LOST])
def test_a_store_that_is_not_whole_is_not_made_small(db, change):
    """What is there would be taken for all that was, and the file before is gone."""
    with duckdb.connect(str(db)) as store:
        store.execute(change)
    before = db.read_bytes()
    with pytest.raises(StoreDamaged, match=r"changed by another program: .*`stemma store check"):
        compact_store(db)
    assert db.read_bytes() == before


@pytest.mark.parametrize("task", ["stories", "compact", "check", "upgrade"])
@pytest.mark.parametrize("content", [b"", b"no store\n" * 999, None])
def test_what_is_no_store_is_called_by_its_own_name_by_every_command(stemma, tmp_path, task, content):
    db = tmp_path / "other.duckdb"
    if content is None:
        with duckdb.connect(str(db)) as other:
            other.execute("CREATE TABLE homes (damaged BIGINT)")
    else:
        db.write_bytes(content)
    said = stemma(*([] if task == "stories" else ["store"]), task, "--db", db, code=1).stderr
    assert said.startswith(f"stemma: {db} is ")
    assert said.endswith("give --db another file.\n")
    assert [file.name for file in tmp_path.iterdir()] == [db.name]


def test_where_memory_ends_nothing_is_said_to_be_damaged_or_left_out(db, tmp_path, monkeypatch):
    monkeypatch.setitem(DUCKDB, "memory_limit", "1MB")
    for work in (check_store, compact_store, lambda path: save_store(path, tmp_path / "saved.duckdb")):
        with pytest.raises(StoreError, match="There is not memory enough") as raised:
            work(db)
        assert not isinstance(raised.value, StoreDamaged)
    assert [file.name for file in tmp_path.iterdir()] == [db.name]


def test_the_commands_say_what_they_did(stemma, db, tmp_path):
    assert "2 pages, 2 reports, 1 judgement.\nEverything in it can be read." in stemma("store", "check", "--db", db).stdout
    assert "MB now." in stemma("store", "compact", "--db", db).stdout
    assert "already" in stemma("store", "upgrade", "--db", db).stdout
    for before in ("2023-10-16", "2000-01-01"):
        assert "Taken out: 0 stories" in stemma("store", "prune", "--before", before, "--db", db).stdout
    pruned = stemma("store", "prune", "--before", "2999-01-01", "--db", db).stdout
    assert pruned == "Taken out: 1 story, 2 reports, 2 pages.\n"
    assert stemma("stories", "--db", db, "--json").stdout == ""
    assert "write it like 2031-05-01" in stemma("store", "prune", "--before", "May", "--db", db, code=1).stderr
    assert "There is no store" in stemma("store", "check", "--db", tmp_path / "none.duckdb", code=1).stderr


def test_a_truncated_store_is_said_to_be_damaged_whatever_is_asked_of_it(db):
    whole = db.read_bytes()
    for part in (len(whole) // 50, len(whole) // 2, len(whole) - 5000):
        db.write_bytes(whole[:part])
        with pytest.raises(StoreError, match=r"is damaged.*store check"):
            rows_of(db, tables.TABLES)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
@pytest.mark.parametrize("task", [["compact"], ["check"], ["upgrade"], ["prune", "--before", "2031-01-01"]])
def test_a_pipe_is_not_waited_for_and_nothing_is_made_beside_it(stemma, tmp_path, task):
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe or a device" in stemma("store", *task, "--db", tmp_path / "pipe", code=1).stderr
    assert [file.name for file in tmp_path.iterdir()] == ["pipe"]
