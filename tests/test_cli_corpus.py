"""`stemma corpus --db`: a corpus in a store, which grows by what it is called with."""

import shutil
import subprocess

import pytest

import stemma as python
from bulk.invented import write_corpus
from conftest import SCRIPT
from pages.site import article, serve
from stemma.tables import TABLES


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


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash to make a disk seem small")
@pytest.mark.parametrize("kilobytes", [0, 2, 16, 24])
def test_a_corpus_for_which_there_is_no_room_names_its_folder_and_goes_on_when_there_is(stemma, tmp_path, kilobytes):
    """Where reading, grouping or accounts do not fit; no table is left that is not whole."""
    file, out = write_corpus(tmp_path / "one.jsonl", 10), tmp_path / "parquet"
    small = f'ulimit -f {kilobytes}; trap "" XFSZ; exec "$@"'
    command = ["bash", "-c", small, "bash", SCRIPT, "corpus", file, "--out", out, "--quiet"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    said = f"stemma: {out} was not written to its end: File too large. What is whole stays; call it again when that is mended.\n"
    assert (done.returncode, done.stderr) == (1, said)
    assert [p.name for p in out.iterdir()] == ["_work"]
    stemma("corpus", file, "--out", out, "--quiet")
    stemma("corpus", file, "--out", tmp_path / "whole", "--quiet")
    tables = {folder: [len(python.open(folder).store.read(t)) for t in TABLES] for folder in (out, tmp_path / "whole")}
    assert tables[out] == tables[tmp_path / "whole"]


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


def test_what_feeds_name_is_read_and_worked_out_and_what_is_new_the_next_time(stemma, tmp_path):
    db, options = tmp_path / "news.duckdb", ("--feed", "--allow-private", "--delay", 0)
    with serve() as site:

        def names(*pages):
            items = "".join(f"<item><link>{site / page}</link></item>" for page in pages)
            return f"<rss><channel>{items}</channel></rss>".encode()

        list_of_feeds = tmp_path / "feeds.opml"
        list_of_feeds.write_text(f'<opml><body><outline xmlUrl="{site / "rss?kind=all"}"/></body></opml>')
        site.pages |= {"rss?kind=all": names("a", "b", "gone"), "a": article(), "b": article("Varnby"), "c": article("Tarn Head")}
        first = stemma("corpus", list_of_feeds, "--db", db, *options)
        assert first.stdout == f"2 new reports. {db} holds 2 reports in 2 stories.\n"
        assert f"{site / 'gone'}: " in first.stderr
        site.pages["rss?kind=all"] = names("a", "b", "c")
        again = stemma("corpus", site / "rss?kind=all", "--db", db, *options)
        assert again.stdout == f"1 new report. {db} holds 3 reports in 3 stories.\n"
        nothing = stemma("corpus", site / "rss?kind=all", "--db", db, *options)
        assert nothing.stdout == f"0 new reports. {db} holds 3 reports in 3 stories.\n"
        assert [site.count()[page] for page in "abc"] == [1, 1, 1]
        no_feed = stemma("corpus", site / "a", "--db", db, *options, code=2)
        assert "this is a page and no feed" in no_feed.stderr
    with python.open(db) as corpus:
        assert len(corpus.store.read("run")) == 3
