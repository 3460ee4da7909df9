"""A corpus goes on where it was stopped, says what it left out, and is read like a store that nobody can change."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

import stemma
from bulk.invented import write_corpus
from pages.site import PARAGRAPHS
from stemma import bulk, representatives
from stemma.bulk import work_corpus
from stemma.engines import is_folder, open_store
from stemma.engines.shared_store import SharedStore
from stemma.errors import NothingRead, StoreError, StoreReadOnly, UsageError
from stemma.pages.files import Part, list_parts, pages_of_part
from stemma.pages.saved import NO_OPTIONS


@pytest.fixture
def engine(engine_of):
    return engine_of("duckdb")


def reports_and_stories(folder):
    with closing(open_store(folder)) as store:
        return store.read("report"), store.read("story")


def test_more_files_into_the_same_folder_are_as_all_at_once_and_only_they_are_read(engine, tmp_path):
    one, two = write_corpus(tmp_path / "one.jsonl", 20), write_corpus(tmp_path / "two.jsonl", 20, seed=8)
    work_corpus([str(one)], tmp_path / "grown", engine, deep=False)
    told = []
    work_corpus([str(one), str(two)], tmp_path / "grown", engine, deep=False, tell=told.append)
    assert (told[0].total, told[-1].count) == (two.stat().st_size, 20)
    work_corpus([str(two), str(one)], tmp_path / "whole", engine, deep=False)
    assert reports_and_stories(tmp_path / "grown") == reports_and_stories(tmp_path / "whole")


def test_a_story_that_gets_an_earlier_report_is_found_by_the_id_that_it_had(engine, tmp_path):
    rows = write_corpus(tmp_path / "all.jsonl", 5).read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "late.jsonl").write_text("".join(rows[1:]), "utf-8")
    (tmp_path / "first.jsonl").write_text(rows[0], "utf-8")
    work_corpus([str(tmp_path / "late.jsonl")], tmp_path / "out", engine, deep=False)
    old = {row.story for row in reports_and_stories(tmp_path / "out")[1]}
    work_corpus([str(tmp_path / "first.jsonl")], tmp_path / "out", engine, deep=False)
    reports, stories = reports_and_stories(tmp_path / "out")
    assert (len(reports), len({row.story for row in stories})) == (5, 1)
    with stemma.open(tmp_path / "out") as corpus:
        assert corpus.story(old.pop()).id == stories[0].story


def test_a_run_that_was_stopped_goes_on_with_what_is_missing(engine, tmp_path, monkeypatch):
    files = [str(write_corpus(tmp_path / f"{n}.jsonl", 10, seed=n)) for n in range(4)]
    monkeypatch.setattr(bulk, "_BYTES_OF_A_TASK", 1)
    run, runs = engine.run, []

    def stopped(*call):
        if len(runs) == 2:
            raise KeyboardInterrupt
        runs.append(call)
        run(*call)

    with monkeypatch.context() as patch:
        patch.setattr(engine, "run", stopped)
        with pytest.raises(KeyboardInterrupt):
            work_corpus(files, tmp_path / "out", engine, deep=False)
    with pytest.raises(StoreError, match="not whole yet"):
        open_store(tmp_path / "out")
    # What a killed run leaves of the chunk that it was in.
    (tmp_path / "out" / "_work" / "read" / "00002").mkdir()
    (tmp_path / "out" / "_work" / "read" / "00002" / "half.parquet").write_bytes(b"PAR1")
    told = []
    work_corpus(files, tmp_path / "out", engine, deep=False, tell=told.append)
    assert told[-1].count == 20
    assert len(reports_and_stories(tmp_path / "out")[0]) == 40


def counting(engine, patch):
    """Return the list of the folders that an engine writes from now on."""
    run, made = engine.run, []
    patch.setattr(engine, "run", lambda *call: (made.append(call[-1].name), run(*call)))
    return made


def test_a_run_over_what_is_done_does_nothing_and_says_the_same(engine, tmp_path, monkeypatch):
    given = [str(write_corpus(tmp_path / "one.jsonl", 6)), str(tmp_path / "none.jsonl")]
    counts = work_corpus(given, tmp_path / "out", engine, deep=False)
    made = counting(engine, monkeypatch)
    assert work_corpus(given, tmp_path / "out", engine, deep=False) == counts
    assert made == []
    assert work_corpus(given[:1], tmp_path / "out", engine, deep=False) == {**counts, "skipped": 0}


def test_a_run_that_was_stopped_before_its_accounts_does_not_group_again(engine, tmp_path, monkeypatch):
    file = str(write_corpus(tmp_path / "one.jsonl", 9))
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "_deepen", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            work_corpus([file], tmp_path / "out", engine)
    with monkeypatch.context() as patch:
        made = counting(engine, patch)
        work_corpus([file], tmp_path / "out", engine)
    assert {"fingerprint", "likeness", "report"}.isdisjoint(made)
    work_corpus([file], tmp_path / "whole", engine)
    for table in ("report", "story", "run", "claim", "skipped"):
        with closing(open_store(tmp_path / "out")) as one, closing(open_store(tmp_path / "whole")) as other:
            rows = [[r if table != "run" else (r.story, r.reports) for r in s.read(table)] for s in (one, other)]
            assert rows[0] == rows[1]


def test_what_cannot_be_read_is_a_row_and_the_rest_is_read(folder_of):
    with closing(open_store(folder_of("duckdb"))) as store:
        skipped = {row.location.rpartition("/")[2]: row.reason for row in store.read("skipped")}
        assert set(skipped) == {"empty.html", "broken.warc.gz"}
        assert len(store.read("report")) == 66


def test_the_account_of_a_story_of_very_many_reports_is_made_of_some_in_a_folder_as_in_a_store(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(representatives, "MOST", 4)
    monkeypatch.setattr(representatives, "CHOSEN", 3)
    file = write_corpus(tmp_path / "one.jsonl", 9)
    work_corpus([str(file)], tmp_path / "out", engine)
    stemma.read(file, db=tmp_path / "news.duckdb").close()
    told = []
    for where in ("out", "news.duckdb"):
        with stemma.open(tmp_path / where) as corpus:
            (left,) = corpus.skipped
            large, small = corpus.stories
            told.append((large.account().to_dict(), list(corpus.families())))
        assert left.location == f"story {large.id}"
        assert left.reason.startswith("its account is made of 3 of its 5 reports")
        assert (large.size, small.size) == (5, 4)
        assert [len(told[-1][0]["reports"]), sum(row["reports"] for row in told[-1][1]) <= 7] == [3, True]
    assert told[0] == told[1]


def test_an_account_that_was_not_made_yet_is_made_when_it_is_asked_for(engine, tmp_path):
    file = write_corpus(tmp_path / "one.jsonl", 5)
    work_corpus([str(file)], tmp_path / "out", engine, deep=False)
    with stemma.open(tmp_path / "out") as corpus, stemma.read(file) as read:
        assert corpus.account().to_dict()["stories"] == read.account().to_dict()["stories"]


def test_earlier_versions_of_reports_count_in_the_account(engine, tmp_path):
    text = [p.format(place="Ostrel") for p in PARAGRAPHS]
    save = {"url": "https://ostrel.example/bridge", "outlet": "Ostrel Post", "title": "Bridge closed"}
    rows = [
        {**save, "text": "\n\n".join(text), "retrieved": "2031-05-01"},
        {**save, "text": "\n\n".join(text[:2]), "retrieved": "2031-05-03"},
        {"title": "Shut until spring", "outlet": "Varnby Mail", "text": "\n\n".join(text), "published": "2031-05-02"},
    ]
    file = tmp_path / "one.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    work_corpus([str(file)], tmp_path / "out", engine)
    with stemma.open(tmp_path / "out") as corpus, stemma.read(file) as read:
        assert "printed in the version of 2031-05-01" in corpus.stories[0].derivations[0].reason
        assert corpus.account().to_dict() == read.account().to_dict()
        assert corpus.store.read("run")[0].reports == read.store.read("run")[0].reports


def test_a_folder_is_read_and_not_changed(stemma, folder_of):
    folder = folder_of("duckdb")
    stories = [json.loads(line) for line in stemma("stories", "--db", folder, "--json").stdout.splitlines()]
    assert (len(stories), stories[0]["reports"]) == (13, 6)
    assert "Killybegs" in stemma("show", stories[0]["id"][:6], "--db", folder).stdout
    with closing(open_store(folder)) as store:
        finding = store.read("finding")[0].id
    done = stemma("judge", "wrong", finding, "--db", folder, code=1)
    assert "is a folder of Parquet, which is read and not changed" in done.stderr
    store = SharedStore(folder)
    with store.reading() as opened:
        assert len(opened.read("story")) + len(opened.read("version")) == 66
    with pytest.raises(StoreReadOnly), store.writing() as opened:
        opened.write({"story": []})


def test_a_folder_of_another_version_is_refused(folder_of, tmp_path):
    shutil.copytree(folder_of("duckdb"), tmp_path / "old")
    (tmp_path / "old" / "stemma.json").write_text('{"version": 3}')
    with pytest.raises(StoreError, match="is of version 3"):
        open_store(tmp_path / "old")


def test_the_command_says_how_far_it_is_and_what_the_folder_holds(stemma, tmp_path):
    write_corpus(tmp_path / "one.jsonl", 10)
    done = stemma("corpus", "--pages", str(tmp_path / "*.jsonl"), "--out", tmp_path / "out", "--no-accounts")
    assert "holds 10 reports in 2 stories" in done.stdout
    assert "pages: 100%, 10 so far" in done.stderr
    assert is_folder(tmp_path / "out")
    assert "10 reports" in stemma("corpus", tmp_path / "one.jsonl", "--out", tmp_path / "out", "--no-accounts", "-q").stdout


def test_what_was_skipped_is_said_by_the_run_that_skipped_it_and_a_file_that_is_not_there_by_each(stemma, tmp_path):
    file = write_corpus(tmp_path / "one.jsonl", 5)
    file.write_text(file.read_text("utf-8") + '{"id": 1, "text": 5}\n' * 12, "utf-8")
    call = ["corpus", file, tmp_path / "none.html", "--out", tmp_path / "out", "--no-accounts", "-q"]
    first, again = (stemma(*call) for _ in range(2))
    gone, *bad, counted = first.stderr.splitlines()
    assert gone.endswith("none.html: there is no such file or folder.")
    assert [line.split(": ")[1] for line in bad] == [f"{file}!/line {n}" for n in range(6, 15)]
    assert counted == "stemma: 3 more could not be read."
    assert again.stderr.splitlines() == [gone]
    assert first.stdout == again.stdout
    assert "holds 5 reports" in first.stdout
    assert "13 rows in its table skipped" in first.stdout


@pytest.mark.parametrize("out", ["pages", "pages/out", "pages/deep/out", "."])
@pytest.mark.parametrize("given", ["pages", "pages/one.jsonl"])
def test_a_folder_that_lies_among_what_is_read_or_holds_it_is_refused(engine, tmp_path, monkeypatch, out, given):
    (tmp_path / "pages").mkdir()
    write_corpus(tmp_path / "pages" / "one.jsonl", 5)
    monkeypatch.chdir(tmp_path)
    if given == "pages/one.jsonl" and out.startswith("pages/"):
        assert work_corpus([given], Path(out), engine, deep=False)["report"] == 5
    else:
        with pytest.raises(UsageError, match="one lies in the other"):
            work_corpus([given], Path(out), engine, deep=False)
        assert sorted(p.name for p in tmp_path.rglob("*")) == ["one.jsonl", "pages"]


def test_a_link_to_what_is_read_is_no_way_around_it(engine, tmp_path):
    (tmp_path / "pages").mkdir()
    write_corpus(tmp_path / "pages" / "one.jsonl", 5)
    (tmp_path / "link").symlink_to(tmp_path / "pages")
    with pytest.raises(UsageError, match="one lies in the other"):
        work_corpus([str(tmp_path / "pages")], tmp_path / "link" / "out", engine, deep=False)


def test_a_folder_that_holds_what_a_corpus_would_write_over_is_refused(engine, tmp_path):
    kept = tmp_path / "out" / "report" / "mine.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        work_corpus([str(write_corpus(tmp_path / "one.jsonl", 5))], tmp_path / "out", engine, deep=False)
    assert kept.read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_refused(engine, tmp_path):
    (tmp_path / "news.duckdb").write_bytes(b"")
    with pytest.raises(UsageError, match=r"news\.duckdb is a file, and a corpus is a folder"):
        work_corpus([str(tmp_path / "*.jsonl")], tmp_path / "news.duckdb", engine)


def test_files_in_a_store_of_objects_are_read_by_their_addresses(tmp_path):
    (tmp_path / "below").mkdir()
    for name in ("a.jsonl", "below/b.jsonl", "below/c.css"):
        write_corpus(tmp_path / name, 5)
    base = tmp_path.as_uri()
    listed = [p.location for p in list_parts([base])]
    assert listed == [f"{base}/a.jsonl", f"{base}/below/b.jsonl"]
    assert [p.location for p in list_parts([f"{base}/*/b*"])] == [f"{base}/below/b.jsonl"]
    assert len(list(pages_of_part(listed[1], listed[1], NO_OPTIONS))) == 5
    assert [p.location for p in list_parts([str(tmp_path / "*" / "b*")])] == [str(tmp_path / "below" / "b.jsonl")]


def test_a_file_that_changed_is_another_part(tmp_path):
    file = write_corpus(tmp_path / "a.jsonl", 5)
    (before,) = list_parts([str(file)])
    write_corpus(file, 6)
    (after,) = list_parts([str(file)])
    assert isinstance(before, Part)
    assert before.key != after.key


def test_addresses_of_the_web_and_files_that_are_not_there_are_said(engine, tmp_path):
    with pytest.raises(UsageError, match="address of the web"):
        work_corpus(["https://coastwatch24.example/fire"], tmp_path / "out", engine)
    with pytest.raises(NothingRead) as error:
        work_corpus([str(tmp_path / "none.html")], tmp_path / "out", engine)
    assert "no such file" in error.value.skipped[0].reason
