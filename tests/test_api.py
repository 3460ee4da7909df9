"""The Python API: what README and docstrings show works, in what users have; importing it costs nothing."""

import doctest
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

import stemma
from stemma.engines import open_store
from stemma.errors import StemmaError, UsageError
from stories.loading import load

ROOT = Path(__file__).parents[1]
PUBLIC = [getattr(stemma, name) for name in stemma.__all__ if name != "__version__"]


@pytest.fixture(scope="module")
def corpus(harbour):
    with stemma.read(harbour) as opened:
        yield opened


@pytest.fixture(scope="module")
def story(corpus):
    return corpus.stories[0]


def python(code, cwd=None):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def functions(public):
    """Return what a user calls of a public name: itself, or the methods and properties of its class."""
    if not inspect.isclass(public):
        return [public]
    if issubclass(public, Exception):
        return []
    return [f for n, f in vars(public).items() if n[0] != "_" and inspect.isfunction(f)]


@pytest.mark.parametrize("public", PUBLIC, ids=lambda p: p.__name__)
def test_the_example_of_every_public_function_runs(public, harbour, story, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").symlink_to(harbour)
    (tmp_path / "draft.txt").write_bytes((harbour / "coastwatch24.txt").read_bytes())
    (tmp_path / "sitemap.xml").write_text('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>')
    found = doctest.DocTestFinder(recurse=True).find(public, public.__name__, module=False, globs={})
    if asked := functions(public):
        shown = {test.name.rpartition(".")[2] for test in found if test.examples}
        assert {f.__name__ for f in asked} - shown == set()
    with stemma.read("pages/") as mine:
        for test in sorted((test for test in found if test.examples), key=lambda test: test.name.endswith((".add", ".close"))):
            test.globs = {"stemma": stemma, "corpus": mine, "story": story}
            said = []
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(test, out=said.append)
            assert runner.failures == 0, "".join(said)


def test_pages_come_as_paths_data_frames_arrow_tables_and_lists(tmp_path):
    texts = ["A ferry was stopped off Galway on Monday, the port said. " * 8, "The council met and talked about its budget. " * 8]
    rows = [{"text": text, "title": f"Title {n}", "url": f"https://paper{n}.example/a"} for n, text in enumerate(texts)]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    given = [rows, pandas.DataFrame(rows), polars.DataFrame(rows), pyarrow.Table.from_pylist(rows), tmp_path / "rows.jsonl"]
    read = [sorted(r.title for r in stemma.read(one, deep=False).account().reports) for one in given]
    assert read == [["Title 0", "Title 1"]] * 5


def test_typed_rows_are_those_of_the_account_with_their_words(story):
    account = story.account().to_dict()
    (told,) = account["stories"]
    texts = {r["id"]: r["text"] for r in account["reports"]}
    assert [r.id for r in story.reports] == [r["id"] for r in account["reports"]]
    assert [f.message for f in story.findings] == [f["message"] for f in told["findings"]]
    assert [c.summary for c in story.claims] == [c["summary"] for c in told["claims"]]
    assert {(d.child_siglum, d.parent_siglum) for d in story.derivations} == {("A", "α"), ("B", "α"), ("F", "α"), ("E", "D")}
    for place in [e for f in story.findings for e in f.evidence] + [m for c in story.claims for m in c.members]:
        assert str(place) == texts[place.report][place.start : place.end]
    assert len(story.statements) == len(told["statements"])


@pytest.mark.parametrize("name", ["reports", "derivations", "statements", "claims", "findings"])
def test_rows_are_a_sequence_and_a_table(name, story, tmp_path):
    rows = getattr(story, name)
    rows.to_parquet(tmp_path / "rows.parquet")
    assert len(rows) == len(list(rows)) == rows.to_arrow().num_rows == len(rows.to_pandas()) == rows.to_polars().height
    assert pandas.read_parquet(tmp_path / "rows.parquet").columns.tolist() == rows.to_arrow().schema.names
    assert rows[:2][0] == rows[0]
    assert repr(rows).startswith(f"{len(rows)} {name}\n")
    assert max(map(len, repr(rows).splitlines())) <= 112


def test_a_story_shows_itself_in_a_terminal_and_in_a_notebook(story, analysed):
    assert repr(story).splitlines() == (analysed / "terminal.txt").read_text("utf-8").partition("\nKept in ")[0].splitlines()
    shown = story._repr_html_()
    assert "3 independent origins" in shown
    assert "data:image/svg+xml;base64," in shown
    assert story.findings[0].message in shown


def test_what_a_page_brings_is_data_in_a_notebook():
    bad = '<script>alert("x")</script> \x1b[31m'
    text = f"{bad} “We saw a fire,” said Ann Lee of the port on Monday. " * 9
    corpus = stemma.read([{"text": text, "title": bad, "outlet": bad, "url": f"https://p{n}.example/a"} for n in range(2)])
    for shown in (corpus.stories[0]._repr_html_(), corpus.stories._repr_html_(), corpus.stories[0].claims._repr_html_()):
        assert "<script" not in shown
        assert "\x1b" not in shown
    assert "\x1b" not in repr(corpus.stories) + repr(corpus.stories[0])


def test_a_story_that_was_not_worked_out_says_so_and_starts_nothing():
    (story,) = stemma.read(load("harbour_fire")["pages"], deep=False).stories
    assert "not worked out yet" in repr(story)
    assert story.low is None


def test_after_close_every_call_says_what_to_do(harbour):
    corpus = stemma.read(harbour, deep=False)
    corpus.close()
    for call in (lambda: corpus.stories, lambda: corpus.sql("select 1"), lambda: corpus.add(harbour), lambda: len(corpus)):
        with pytest.raises(StemmaError, match="was closed"):
            call()


def test_a_corpus_is_a_sequence_of_its_stories_and_says_when_it_is_closed(harbour):
    with stemma.read(harbour, deep=False) as corpus:
        assert len(corpus) == 1
        assert [story.id for story in corpus] == [corpus.stories[0].id]
    assert repr(corpus) == "<Corpus: closed>"
    with pytest.raises(UsageError, match=r"No story 'zzzz' in this store\. It holds 1, and `corpus\.stories` tells its id\."):
        stemma.read(harbour, deep=False).story("zzzz")


def test_who_prints_whom_says_how_many_stories_do_not_count_yet(harbour):
    with stemma.read(harbour, deep=False) as corpus:
        left = "(1 story of the store is not worked out, and only those that are count here: corpus.work_out() does that)"
        assert repr(corpus.families()) == f"0 families {left}"
        assert repr(corpus.outlets()) == f"0 outlets {left}"
        assert repr(corpus.work_out().families()).splitlines()[0] == "4 families"


def test_rows_of_a_query_stand_under_the_names_of_their_columns_to_the_last_one(corpus):
    head, *lines = repr(corpus.families()).splitlines()[1:]
    assert head.split() == ["outlet", "source", "kind", "reports", "credited", "words", "share"]
    assert lines[1].split()[-4:] == ["1", "0", "360", "0.969"]
    assert max(map(len, [head, *lines])) <= 112
    assert repr(corpus.sql("select null as nothing")).splitlines() == ["1 row", "  {'nothing': None}"]
    assert repr(corpus.sql("select report from story where false")) == "0 rows"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: stemma.read(5), "an Arrow table), and is 5 (int)."),
        (lambda: stemma.read(None), "an Arrow table), and is None."),
        (lambda: stemma.read(["a.txt", 5]), "an Arrow table), and holds 5 (int)."),
        (lambda: stemma.read({"text": "one"}), "an Arrow table), and is {'text': 'one'} (dict)."),
        (lambda: stemma.read("a.txt", meta=5), "`meta` must be a path"),
        (lambda: stemma.read("a.txt", db=5), "`db` must be a path"),
        (lambda: stemma.open(None), "`db` must be a path"),
        (lambda: stemma.annotate(None), "`text` must be a text (str), and is None."),
        (lambda: stemma.annotate("A text.", published="tomorrow"), "(2025-05-06T14:30+02:00), and is 'tomorrow' (str)."),
        (lambda: stemma.annotate("A text.", language=5), "`language` must be a text"),
        (lambda: stemma.compare("a", None), "`text_b` must be a text"),
        (lambda: stemma.compare("a", "b", published_b="2031-13-01"), "`published_b` must be a day"),
        (lambda: stemma.wire(b"a"), "`text` must be a text (str), and is b'a' (bytes)."),
        (lambda: stemma.wire("a", url=5), "`url` must be a text"),
        (lambda: stemma.check(5, None), "`draft` must be a path"),
        (lambda: stemma.check("a.txt", "news.duckdb"), "`corpus` must be a Corpus"),
        (lambda: stemma.read("a.txt", settings=5), "`settings` must be a stemma.Settings, and is 5 (int)."),
        (lambda: stemma.read("a.txt", settings=stemma.Settings(processes=0)), "`processes` must be a whole number, 1 or more"),
        (
            lambda: stemma.read("a.txt", settings=stemma.Settings(manners=stemma.Manners(delay=float("inf")))),
            "`delay` must be seconds",
        ),
        (lambda: stemma.read("a.txt", settings=stemma.Settings(attribution=5)), "`attribution` must be a path"),
        (lambda: stemma.read("a.txt", columns={"text": 5}), '`columns` must be a dict of fields and columns, as {"text":'),
        (lambda: stemma.read("a.txt", progress=5), "`progress` must be a function"),
        (lambda: stemma.read(["a.txt", "b\ud800.txt"]), "and nothing can be called 'b\\ud800.txt' (str)."),
        (
            lambda: stemma.Corpus(open_store()).follow(["a\0"]),
            "`feeds` must be paths or addresses of feeds, and nothing can be called",
        ),
        (lambda: stemma.Corpus(open_store()).account(5), "`stories` must be a list of texts"),
        (lambda: stemma.Corpus(open_store()).sql(5), "`query` must be a text"),
    ],
)
def test_an_argument_of_another_kind_is_said_by_its_name(call, said):
    with pytest.raises(UsageError, match=r"^`") as raised:
        call()
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: stemma.open("a\0"), "No file can be called 'a\\x00'; give another name."),
        (lambda: stemma.read("a.txt", db="\ud800"), "No file can be called '\\ud800'"),
        (lambda: stemma.check("a\ud800.md", None), "No file can be called 'a\\ud800.md'"),
        (lambda: stemma.read("a.txt", meta=f"{'a' * 300}.csv"), "is too long a name for the file system; give a shorter one."),
        (lambda: stemma.Corpus("news.duckdb"), "A Corpus is what stemma.read(PAGES) and stemma.open(FILE) return."),
    ],
)
def test_a_name_that_no_file_can_have_is_said(call, said):
    with pytest.raises(UsageError) as raised:
        call()
    assert said in str(raised.value)


def test_half_a_character_is_a_sign_that_is_not_known_and_what_is_around_it_is_read(corpus):
    text = "The ferry \ud800 was stopped on Monday, said Ann Lee of the port. At least 30 people were aboard."
    found = stemma.annotate(text, language="en")
    assert found == stemma.annotate(text.replace("\ud800", "\ufffd"), language="en")
    assert [text[f["start"] : f["end"]] for f in found["figures"]] == ["At least 30"]
    assert stemma.compare(text, text)["kind"] == "verbatim"
    assert stemma.wire(text, url="\ud800", outlet="\ud800")["agency"] is None
    with pytest.raises(UsageError, match="holds half a character"):
        corpus.account(["\ud800"])
    with pytest.raises(UsageError, match="No story"):
        corpus.story("\ud800")
    with pytest.raises(UsageError, match="cannot be run"):
        corpus.sql("\ud800")


def test_a_slice_of_what_a_query_gives_is_those_rows_as_a_table_too(corpus):
    rows = corpus.sql("select report from story order by report")
    assert rows[2:4].to_arrow().to_pylist() == list(rows[2:4]) == list(rows)[2:4]


@pytest.mark.parametrize("query", ["drop table story", "select 1; delete from story", "select nothing from story", ""])
def test_a_query_only_reads(corpus, query):
    with pytest.raises(UsageError):
        corpus.sql(query)
    assert len(corpus.sql("select * from story")) == 6


def test_a_draft_is_checked_as_a_file_and_as_text(corpus, harbour):
    file = harbour / "coastwatch24.txt"
    of_file, of_text = stemma.check(file, corpus), stemma.check(file.read_text("utf-8"), corpus)
    assert [r.message for r in of_file.remarks] == [r.message for r in of_text.remarks] != []
    assert repr(of_text).startswith("draft.txt:17:53: figure sharpened (medium): ")
    assert repr(of_text).endswith("\n5 findings beside 5 reports.")


def test_a_report_that_is_not_there_is_said_with_those_that_are(story):
    with pytest.raises(UsageError, match="'Z' is no report of this story; it has A, B, C, D, E, F"):
        story.compare("A", "Z")


def test_the_account_of_the_api_is_that_of_the_command_line(corpus, analysed):
    assert corpus.account().to_dict() == json.loads((analysed / "account.json").read_text("utf-8"))
    assert repr(corpus.account()) == f"Account of {corpus.stories!r}"


def test_each_story_has_an_account_of_its_own():
    corpus = stemma.read(load("mixed_folder")["pages"])
    assert [s.size for s in corpus.stories] == sorted((s.size for s in corpus.stories), reverse=True)
    for story in corpus.stories:
        account = story.account().to_dict()
        assert [s["id"] for s in account["stories"]] == [story.id]
        assert {r["id"] for r in account["reports"]} == set(account["stories"][0]["reports"])
        assert corpus.story(story.id[:8]) == story


def test_the_example_of_the_readme_runs():
    """Every block of Python in README.md, one after another, in the folder of the repository."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert any("stemma.read(" in block for block in blocks)
    assert python("\n".join(blocks), cwd=ROOT).strip()


def test_the_example_in_the_packages_docstring_runs(tmp_path):
    example = "\n".join(line.strip() for line in stemma.__doc__.splitlines() if line.startswith("    "))
    (tmp_path / "pages").symlink_to(load("harbour_fire")["pages"])
    assert python(example, cwd=tmp_path) == "3 independent origins, 7 findings\n"


def test_importing_stemma_loads_no_engine_no_model_and_no_library_of_the_command_line():
    loaded = set(python("import stemma, sys; print('\\n'.join(sys.modules))").split())
    heavy = {"duckdb", "pyarrow", "spacy", "numpy", "lxml", "trafilatura", "rich", "typer", "jinja2", "pyspark"}
    assert loaded & heavy == set()


def test_the_help_loads_no_engine_no_model_and_nothing_that_draws():
    loaded = set(python("import stemma.cli, sys; print('\\n'.join(sys.modules))").split())
    assert "typer" in loaded
    assert loaded & {"duckdb", "pyarrow", "spacy", "numpy", "lxml", "trafilatura", "rich", "jinja2", "pyspark", "httpx"} == set()


def test_nobody_needs_pandas_or_polars(harbour, tmp_path):
    for library in ("pandas", "polars", "IPython"):
        (tmp_path / f"{library}.py").write_text("raise ImportError('not here')")
    code = (
        f"import stemma; claims = stemma.read({os.fspath(harbour)!r}).stories[0].claims\n"
        "repr(claims), claims._repr_html_(), claims.to_arrow()\n"
        "try: claims.to_pandas()\n"
        "except stemma.StemmaError as error: print(error)"
    )
    assert python(code, cwd=tmp_path).startswith("pandas is not installed; `pip install pandas`, or use to_arrow()")


def test_every_public_name_is_there_and_no_other():
    assert set(stemma.__all__) == set(dir(stemma))
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = stemma.colour


def test_nothing_is_fetched_from_the_network(harbour):
    """A connection of any kind is an error in this run; the account comes all the same."""
    code = (
        "import socket, sys\n"
        "def no(*_, **__): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = no\n"
        f"import stemma; print(len(stemma.read([{os.fspath(harbour)!r}]).stories))"
    )
    assert python(code) == "1\n"
