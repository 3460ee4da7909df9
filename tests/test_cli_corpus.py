"""`stemma corpus --db`: a corpus in a store, which grows by what it is called with."""

import pytest

import stemma as python
from bulk.invented import write_corpus


def test_a_corpus_grows_in_a_store_to_what_reading_all_files_at_once_makes(stemma, tmp_path):
    files = [write_corpus(tmp_path / f"{name}.jsonl", 5, seed) for name, seed in (("one", 7), ("two", 8))]
    db = tmp_path / "news.duckdb"
    first = stemma("corpus", files[0], "--db", db)
    assert first.stdout == f"{db} holds 5 reports in 1 story.\n"
    # A pattern in quotation marks is one here as with --out, and what is there is not made again.
    again = stemma("corpus", tmp_path / "*.jsonl", "--db", db)
    assert again.stdout == f"{db} holds 10 reports in 2 stories.\n"
    with python.open(db) as grown, python.read([str(file) for file in files]) as whole:
        assert len(grown.store.read("run")) == 2
        assert grown.account().to_dict() == whole.account().to_dict()


def test_a_corpus_that_is_only_read_has_no_accounts_until_one_is_asked_for(stemma, tmp_path):
    file, db = write_corpus(tmp_path / "one.jsonl", 5), tmp_path / "news.duckdb"
    stemma("corpus", "--pages", file, "--db", db, "--no-accounts")
    with python.open(db) as corpus:
        assert corpus.store.read("run") == []
    assert "5 reports" in stemma("show", "--db", db).stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say where to: --out DIR, or --db FILE."),
        (("--out", "out", "--db", "news.duckdb"), "With --db no folder is written"),
        (("--db", "news.duckdb", "--engine", "sail"), "With --db no folder is written and no other engine works"),
        (("--out", "out", "--feed"), "Feeds are read into a store: give --db."),
    ],
)
def test_a_corpus_goes_to_one_place_and_a_feed_into_a_store(stemma, tmp_path, options, said):
    file = write_corpus(tmp_path / "one.jsonl", 1)
    assert said in stemma("corpus", file, *options, cwd=tmp_path, code=1).stderr
    assert [p.name for p in tmp_path.iterdir()] == ["one.jsonl"]
