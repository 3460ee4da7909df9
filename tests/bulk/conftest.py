"""The three engines, each started once, and the folder that each of them makes of the same files."""

import os
from pathlib import Path

import pytest

from bulk.invented import write_corpus
from stemma.bulk import work_corpus
from stemma.engines import open_engine
from stories.loading import load
from warm import load_everything

MASTERS = {"duckdb": None, "sail": None, "spark": "local[2]"}


@pytest.fixture(scope="session")
def engine_of():
    """Return an engine by its name, started when it is first asked for."""
    opened = {}
    # The processes of an engine are copies of this one.
    load_everything()
    with pytest.MonkeyPatch.context() as patch:
        # Spark's workers find the functions of these tests, and its JVM compiles little for so short a life.
        # No empty entry: that would be whatever folder a later test runs stemma in.
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]), prepend=os.pathsep if os.environ.get("PYTHONPATH") else None)
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto")

        def engine(name):
            if name not in opened:
                opened[name] = open_engine(name, MASTERS[name], None if MASTERS[name] else 2 if name == "duckdb" else None)
            return opened[name]

        yield engine
        for one in opened.values():
            one.close()


@pytest.fixture(scope="session")
def given(tmp_path_factory):
    """Return the files of a corpus: a shipped story, 60 invented reports in two tables, and two files of no article."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder / "one.jsonl", 40)
    write_corpus(folder / "two.jsonl", 20, seed=8)
    (folder / "empty.html").write_text("<html><body><nav>Home</nav></body></html>")
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 this is no archive")
    return [str(load("harbour_fire")["pages"]), str(folder)]


@pytest.fixture(scope="session")
def folder_of(engine_of, given, tmp_path_factory):
    """Return the folder of Parquet that an engine makes of that corpus."""
    made = {}

    def folder(name):
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name) / "parquet"
            work_corpus(given, made[name], engine_of(name))
        return made[name]

    return folder
