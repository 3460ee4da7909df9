"""DuckDB, Apache Spark and Sail work on a corpus by one code, and make the same tables of it."""

import os
import random
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pyarrow as pa
import pytest
from pyarrow import parquet

from bulk.invented import write_corpus
from bulk.steps import NAMES, counts, lengths
from bulk.test_components import lowest_found
from stemma import open as open_corpus
from stemma import read
from stemma.bulk import whole, work_corpus
from stemma.bulk.chunks import finished, in_chunks, written
from stemma.engines import Step, open_engine, open_store
from stemma.engines.spark import _check_master
from stemma.errors import EngineError, UsageError
from stemma.tables import STORY_TABLES, TABLES

ENGINES = ["duckdb", "spark", "sail"]


def tables_in(folder):
    with closing(open_store(folder)) as store:
        rows = {table: store.read(table) for table in TABLES}
    rows["run"] = [replace(run, finished="") for run in rows["run"]]
    return rows


@pytest.mark.parametrize("name", ["spark", "sail"])
def test_an_engine_writes_the_tables_that_duckdb_writes(folder_of, name):
    here, there = tables_in(folder_of("duckdb")), tables_in(folder_of(name))
    assert {table: len(rows) for table, rows in there.items()} == {table: len(rows) for table, rows in here.items()}
    for table in TABLES:
        assert there[table] == here[table], table


def test_engines_read_and_group_a_larger_corpus_alike(engine_of, tmp_path):
    """In `.ci/run` it has 5,000 reports (CORPUS_REPORTS)."""
    file = write_corpus(tmp_path / "all.jsonl", int(os.environ.get("CORPUS_REPORTS", "400")))
    made = {}
    for name in ENGINES:
        work_corpus([str(file)], tmp_path / name, engine_of(name), deep=False)
        made[name] = tables_in(tmp_path / name)
    for table in TABLES:
        assert made["spark"][table] == made["sail"][table] == made["duckdb"][table], table
    assert len(made["duckdb"]["story"]) == len(made["duckdb"]["report"]) > 0


def test_a_corpus_is_what_reading_the_same_pages_into_a_store_makes(folder_of, given):
    made = tables_in(folder_of("duckdb"))
    with read(given) as corpus:
        rows = {table: corpus.store.read(table) for table in TABLES}
        account = corpus.account().to_dict()
    for table in ("page", "report", "block", "story", "version", "skipped", *STORY_TABLES, "mention"):
        if table != "run":
            assert made[table] == rows[table], table
    with open_corpus(folder_of("duckdb")) as corpus:
        assert corpus.account().to_dict() == account


@pytest.mark.parametrize("name", ENGINES)
def test_a_long_chain_in_any_order_is_one_component_on_each_engine(engine_of, tmp_path, monkeypatch, name):
    monkeypatch.setattr(whole, "_FEW", 0)
    order = list(range(100))
    random.Random(4).shuffle(order)
    pairs = [*pairwise(order), (100, 101)]
    assert lowest_found(engine_of(name), tmp_path, 103, pairs) == [0] * 100 + [100, 100, 102]
    # Each round has half as many reports or fewer.
    assert len(list(tmp_path.glob("work/label-*"))) <= 7


@pytest.mark.parametrize("name", ENGINES)
def test_an_item_that_ends_its_process_costs_itself_alone(engine_of, tmp_path, name):
    names = ["ash", "birch", "poison", "elm", "fir"]
    engine = engine_of(name)

    def run(keys, out):
        parquet.write_table(pa.table({"name": keys}), tmp_path / "wanted.parquet")
        engine.run("SELECT * FROM wanted", {"wanted": [tmp_path / "wanted.parquet"]}, [Step(lengths, NAMES, "name")], out)
        return len(keys)

    worked_on = list(in_chunks(tmp_path / "work", dict.fromkeys(names, 1), 5, run))
    assert worked_on == [(5, 4)]
    done = finished(tmp_path / "work")
    assert [key for key in names if done[key]] == ["poison"]
    rows = [row for folder in written(tmp_path / "work") for row in parquet.read_table(folder).to_pylist()]
    assert sorted((row["name"], row["length"]) for row in rows) == [("ash", 3), ("birch", 5), ("elm", 3), ("fir", 3)]


@pytest.mark.parametrize("name", ENGINES)
def test_a_function_is_given_all_rows_of_one_value_together_also_after_another_step(engine_of, tmp_path, name):
    parquet.write_table(pa.table({"name": ["b", "a", "b", "c", "b"] * 40}), tmp_path / "t.parquet")
    steps = [Step(lengths, NAMES, "name"), Step(counts, NAMES, "name", together=True)]
    engine_of(name).run("SELECT * FROM t WHERE name <> 'c'", {"t": [tmp_path / "t.parquet"]}, steps, tmp_path / "out")
    rows = parquet.read_table(tmp_path / "out").to_pylist()
    assert sorted((row["name"], row["length"]) for row in rows) == [("a", 40), ("b", 120)]


def test_analyse_shows_the_same_account_whatever_the_engine(stemma, harbour, analysed, tmp_path):
    stemma("analyse", harbour, "--engine", "sail", "--json", tmp_path / "account.json")
    assert (tmp_path / "account.json").read_text("utf-8") == (analysed / "account.json").read_text("utf-8")
    done = stemma("analyse", harbour, "--engine", "sail", "--db", tmp_path / "a.duckdb", code=1)
    assert "`stemma corpus` makes a folder that stays" in done.stderr


MISSING = "import sys; sys.modules[{!r}] = None; from stemma.engines import open_engine; open_engine({!r})"


@pytest.mark.parametrize(("package", "name"), [("pyspark", "spark"), ("pyspark", "sail"), ("pysail", "sail")])
def test_an_engine_that_is_not_installed_names_the_extra_that_brings_it(package, name):
    done = subprocess.run(
        [sys.executable, "-c", MISSING.format(package, name)], capture_output=True, encoding="utf-8", check=False
    )
    assert f"EngineError: `--engine {name}` needs the extra '{name}': pip install 'stemma-news[{name}]'." in done.stderr


def test_spark_without_java_says_so_and_names_the_engine_that_needs_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError, match=r"needs Java 17.*--engine sail.*stemma-news\[sail\]"):
        open_engine("spark", "local[2]")


@pytest.mark.parametrize(
    ("master", "said"),
    [
        ("bogus://x:1", "is no master of Spark"),
        ("local[0]", "is no master of Spark"),
        ("local[two]", "is no master of Spark"),
        ("spark://ostrel", "is no master of Spark"),
        ("spark://127.0.0.1:1", "Nothing answers at spark://127.0.0.1:1"),
        ("spark://127.0.0.1:1,127.0.0.1:2", "Nothing answers"),
        ("sc://127.0.0.1:1", "Nothing answers at sc://127.0.0.1:1"),
        ("yarn", "needs HADOOP_CONF_DIR or YARN_CONF_DIR"),
    ],
)
def test_a_master_that_is_none_or_does_not_answer_is_a_sentence_before_java_is_started(monkeypatch, capfd, master, said):
    monkeypatch.delenv("HADOOP_CONF_DIR", raising=False)
    monkeypatch.delenv("YARN_CONF_DIR", raising=False)
    with pytest.raises(EngineError, match=said):
        open_engine("spark", master)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "master", ["local", "local[2]", "local[*]", "local[2,3]", "local-cluster[2,1,1024]", "k8s://https://ostrel.example:6443"]
)
def test_what_spark_calls_a_master_is_one(master):
    _check_master(master)


def test_a_master_is_for_spark_alone():
    with pytest.raises(UsageError, match="--master is for --engine spark"):
        open_engine("duckdb", "local[2]")
