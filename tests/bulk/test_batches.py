"""A corpus that grows in batches is the corpus of all its files at once, and only what is touched is worked on again."""

import json
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bulk.invented import write_corpus
from stemma.bulk import grouping, work_corpus
from stemma.engines import open_store
from stemma.tables import TABLES


@pytest.fixture
def engine(engine_of):
    return engine_of("duckdb")


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Thirty reports, and of every fourth a later version at the same address."""
    rows = list(map(json.loads, write_corpus(tmp_path_factory.mktemp("lines") / "all.jsonl", 30).read_text("utf-8").splitlines()))
    for row in rows[::4]:
        text = f"{row['text']}\n\nThe pumps came back."
        rows.append(row | {"id": f"{row['id']}-later", "text": text, "modified": "2024-12-31"})
    return [json.dumps(row) + "\n" for row in rows]


def tables_in(folder, names=("page", "report", "version", "story")):
    with closing(open_store(folder)) as store:
        found = {name: store.read(name) for name in names}
    return found | ({"run": [replace(run, finished="") for run in found["run"]]} if "run" in found else {})


def written(folder, lines, cuts):
    """Write the lines into files that end at the cuts; return their names."""
    folder.mkdir()
    starts, files = sorted({0, *cuts}), []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        files.append(folder / f"{start:02}.jsonl")
        files[-1].write_text("".join(lines[start:end]), "utf-8")
    return list(map(str, files))


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_whatever_comes_in_whatever_batches_the_tables_are_those_of_all_at_once(engine, lines, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("batches")
    cuts = data.draw(st.lists(st.integers(1, len(lines) - 1), min_size=1, max_size=3))
    files = written(folder / "in", data.draw(st.permutations(lines)), cuts)
    with pytest.MonkeyPatch.context() as patch:
        # However much comes, no more is grouped than it touches.
        patch.setattr(grouping, "_WHOLE", 0.99)
        for file in files:
            work_corpus([file], folder / "grown", engine, deep=False)
    work_corpus(files, folder / "whole", engine, deep=False)
    assert tables_in(folder / "grown") == tables_in(folder / "whole")


def test_a_new_report_has_its_own_story_grouped_and_told_anew_and_no_other(engine, lines, tmp_path, monkeypatch):
    first, late = written(tmp_path / "in", lines[:10], [9])
    work_corpus([first], tmp_path / "grown", engine)
    grouped, told = [], []
    made = grouping._Change._with
    monkeypatch.setattr(grouping._Change, "_with", lambda self, rows: (grouped.append(rows.num_rows), made(self, rows))[1])
    work_corpus([first, late], tmp_path / "grown", engine, tell=told.append)
    assert grouped == [5]
    assert [done.count for done in told if done.stage == "accounts"] == [0, 5]
    work_corpus([first, late], tmp_path / "whole", engine)
    assert tables_in(tmp_path / "grown", TABLES) == tables_in(tmp_path / "whole", TABLES)


def test_what_is_done_is_not_done_again(engine, lines, tmp_path, monkeypatch):
    files = written(tmp_path / "in", lines, [20])
    work_corpus(files, tmp_path / "out", engine, deep=False)
    monkeypatch.setattr(engine, "run", None)
    assert work_corpus(files[:1], tmp_path / "out", engine, deep=False)["report"] == len(lines)
