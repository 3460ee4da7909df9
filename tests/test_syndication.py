"""Over all stories of a store: who prints whom, and how much of an outlet is its own."""

import csv
import io
import json
from contextlib import closing

import networkx
import pytest
from pyarrow import parquet

from stemma.corpus import read
from stemma.engines import open_store
from stemma.syndication import families, outlets
from stemma.tables import Story
from stories.loading import load

TIDEWIRE = {("Bluestack Courier", 1), ("Evening Halyard", 1), ("Coastwatch 24", 0)}
"""Who prints the wire in the story of the harbour fire, and whether it is credited."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return the file of a store with two shipped stories."""
    path = tmp_path_factory.mktemp("store") / "two.duckdb"
    read([load(name)["pages"] for name in ("harbour_fire", "ferry_sinking")], db=path).close()
    return path


def rows_of(stemma, *call):
    return list(csv.DictReader(io.StringIO(stemma(*call, "--csv", "-").stdout)))


def test_outlets_that_print_an_agency_are_named_with_whether_they_credit_it(stemma, store):
    rows = rows_of(stemma, "families", "--db", store)
    wire = [row for row in rows if row["source"] == "Tidewire"]
    assert {(row["outlet"], int(row["credited"])) for row in wire} == TIDEWIRE
    assert {row["kind"] for row in wire} == {"agency"}
    assert {row["month"] for row in rows} == {""}
    copied = next(row for row in rows if row["outlet"] == "Harbor & Hold")
    assert (copied["source"], copied["kind"], copied["share"]) == ("Atlantic Mail", "outlet", "1.0")


def test_reports_without_an_outlet_are_counted_beside_who_prints_whom(stemma, store, tmp_path):
    assert "no outlet" not in stemma("families", "--db", store).stderr
    rows = [{"id": str(n), "title": "A ferry ran aground", "text": "The ferry ran aground off Lind. " * 9} for n in (1, 2)]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    stemma("analyse", tmp_path / "two.jsonl", "--db", tmp_path / "two.duckdb")
    said = "stemma: 2 reports have no outlet and do not count here; a meta file or a column of the table can tell it."
    assert said in stemma("families", "--db", tmp_path / "two.duckdb").stderr
    assert said in stemma("outlets", "--db", tmp_path / "two.duckdb").stderr


def test_a_store_that_is_read_is_not_written_over(stemma, store, tmp_path):
    before = store.read_bytes()
    for call in (["families", "--graphml"], ["families", "--csv"], ["outlets", "--parquet"], ["outlets", "--csv"]):
        done = stemma(*call, store, "--db", store, code=1)
        assert "is read here" in done.stderr
    assert store.read_bytes() == before
    (tmp_path / "stemma.json").write_text("{}")
    done = stemma("outlets", "--db", tmp_path, "--parquet", tmp_path / "part-0.parquet", code=1)
    assert "is read here" in done.stderr


def test_by_month_the_words_of_an_outlet_add_up_to_those_of_all_months(store):
    opened = open_store(store)
    whole, months = families(opened).to_pylist(), families(opened, by_month=True).to_pylist()
    assert {"2023-10", "2025-03"} <= {row["month"] for row in months}
    for row in whole:
        mine = [m for m in months if (m["outlet"], m["source"]) == (row["outlet"], row["source"])]
        assert sum(m["words"] for m in mine) == row["words"]
        assert sum(m["reports"] for m in mine) == row["reports"]
    opened.close()


def test_an_outlet_that_printed_another_is_little_of_its_own_and_one_that_printed_nobody_is_all(store):
    opened = open_store(store)
    own = {row["outlet"]: row for row in outlets(opened).to_pylist()}
    opened.close()
    assert own["Coastwatch 24"]["own"] < 0.2
    assert (own["Coastwatch 24"]["taken"], own["Coastwatch 24"]["uncredited"]) == (1, 1)
    assert own["Bluestack Courier"]["uncredited"] == 0
    assert own["Atlantic Mail"]["own"] == 1
    assert sum(row["reports"] for row in own.values()) == 12


def test_the_network_is_read_by_networkx_with_names_and_shares(stemma, store, tmp_path):
    stemma("families", "--db", store, "--graphml", tmp_path / "f.graphml", "--parquet", tmp_path / "f.parquet")
    graph = networkx.read_graphml(tmp_path / "f.graphml")
    names = networkx.get_node_attributes(graph, "name")
    rows = parquet.read_table(tmp_path / "f.parquet").to_pylist()
    assert {(names[a], names[b], data["share"]) for a, b, data in graph.edges(data=True)} == {
        (row["source"], row["outlet"], row["share"]) for row in rows
    }
    assert {graph.nodes[n]["kind"] for n in graph if names[n] in ("Tidewire", "Australis")} == {"agency"}
    assert len(graph) == len(set(names.values()))


@pytest.mark.parametrize("command", ["families", "outlets"])
def test_of_stories_that_were_only_read_it_is_said_that_they_do_not_count_and_how_they_would(stemma, tmp_path, command):
    with closing(open_store(tmp_path / "read.duckdb")) as store:
        store.write({"story": [Story("s", "r"), Story("t", "q")]})
    done = stemma(command, "--db", "read.duckdb", cwd=tmp_path)
    assert "stemma: 2 stories of the store are not worked out" in done.stderr
    assert "`stemma analyse --db read.duckdb` does that" in done.stderr
    assert "that was worked out" in done.stdout
    assert rows_of(stemma, command, "--db", tmp_path / "read.duckdb") == []


def test_json_lines_have_the_columns_of_the_table(stemma, store):
    for command, ask in (("families", families), ("outlets", outlets)):
        done = stemma(command, "--db", store, "--json")
        with closing(open_store(store)) as opened:
            assert [json.loads(line) for line in done.stdout.splitlines()] == ask(opened).to_pylist()
        assert done.stderr == ""
