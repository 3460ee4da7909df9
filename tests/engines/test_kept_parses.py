"""What is kept of parses beside a store changes how long a check takes, and nothing that it says."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from stemma.corpus import read
from stemma.drafts import check_draft
from stemma.engines import kept_parses, open_store
from stemma.engines.kept_parses import with_kept_parses
from stemma.engines.upkeep import prune
from stemma.mentions import parse
from stemma.pipeline import reports_of
from stories.loading import load

WORDS = ("text", "whitespace_", "idx", "tag_", "pos_", "dep_", "lemma_", "norm_", "ent_iob_", "ent_type_", "is_sent_start")


@pytest.fixture(scope="module")
def pages():
    return sorted(load("harbour_fire")["pages"].iterdir())


@pytest.fixture
def db(pages, tmp_path):
    path = tmp_path / "news.duckdb"
    read([p for p in pages if p.name != "coastwatch24.txt"], db=path, deep=False).close()
    return path


@pytest.fixture
def checked(db, pages):
    """Check a draft as a new process does it, which remembers no parse."""
    (draft,) = [p for p in pages if p.name == "coastwatch24.txt"]

    def check():
        parse.forget()
        with closing(open_store(db)) as store:
            return check_draft(draft, store)

    return check


def kept_in(db):
    with closing(sqlite3.connect(f"{db}.parses")) as kept:
        return dict(kept.execute("SELECT id, written FROM parse"))


def test_a_check_with_kept_parses_says_what_one_without_them_says(checked, db):
    first = checked()
    kept = kept_in(db)
    assert first.remarks
    assert len(kept) == first.beside == 5
    assert checked() == first
    assert kept_in(db) == kept


def test_a_word_is_taken_as_it_was_parsed(checked, db):
    checked()
    with closing(open_store(db)) as store:
        reports = reports_of(store, [r.id for r in store.read("report")])
    parse.forget()
    with with_kept_parses(db, reports):
        taken = [p.doc for paragraphs in parse.story_paragraphs(reports) for p in paragraphs]
    parse.forget()
    parsed = [p.doc for paragraphs in parse.story_paragraphs(reports) for p in paragraphs]
    assert sum(map(len, parsed)) > 1000
    for one, other in zip(taken, parsed, strict=True):
        assert one is not other
        assert [told(t) for t in one] == [told(t) for t in other]
        assert [(e.start, e.end, e.label_) for e in one.ents] == [(e.start, e.end, e.label_) for e in other.ents]


def told(token):
    return (token.head.i, str(token.morph), *(getattr(token, name) for name in WORDS))


def test_a_parse_that_is_not_as_it_was_written_is_made_anew(checked, db):
    first, kept = checked(), kept_in(db)
    with closing(sqlite3.connect(f"{db}.parses")) as file, file:
        file.execute("UPDATE parse SET written = 'of another hand'")
    assert checked() == first
    assert kept_in(db) == kept


@pytest.mark.parametrize("content", [b"", b"no database " * 100])
def test_a_file_that_is_none_is_written_anew(checked, db, content):
    first = checked()
    db.with_name("news.duckdb.parses").write_bytes(content)
    assert checked() == first
    assert checked() == first
    assert len(kept_in(db)) == 5


def test_where_the_file_cannot_be_written_a_check_goes_without(checked, db):
    db.with_name("news.duckdb.parses").mkdir()
    assert checked().remarks


def test_the_oldest_parses_go_when_there_are_too_many(checked, db, monkeypatch):
    checked()
    sizes = [len(written) for written in kept_in(db).values()]
    db.with_name("news.duckdb.parses").unlink()
    monkeypatch.setattr(kept_parses, "MOST", sum(sizes) - 1)
    checked()
    assert len(kept_in(db)) == 4


def test_what_is_pruned_is_not_kept_beside_the_store(checked, db):
    checked()
    with closing(open_store(db)) as store:
        prune(store, date(2100, 1, 1))
    assert not db.with_name("news.duckdb.parses").exists()


def test_a_parse_of_another_stemma_is_not_taken(checked, db, monkeypatch):
    checked()
    monkeypatch.setattr(kept_parses, "__version__", "9.9.9")
    checked()
    assert len(kept_in(db)) == 10
