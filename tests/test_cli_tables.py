"""A store opened by its users themselves: its tables and views, what they hold, and a query from the command line."""

import csv
import io
import json
import shlex
import shutil
from base64 import b64decode

import duckdb
import pytest

from stemma.tables import TABLES


@pytest.fixture(scope="module")
def db(analysed):
    return analysed / "news.duckdb"


def test_every_table_and_view_is_there_with_as_many_rows_as_duckdb_itself_finds(stemma, db):
    rows = [json.loads(line) for line in stemma("open", db, "--json").stdout.splitlines()]
    assert {row["table"] for row in rows} == {*TABLES, "v_claims", "v_copies"}
    assert all(row["holds"] for row in rows)
    with duckdb.connect(str(db), read_only=True) as shell:
        counted = {row["table"]: shell.sql(f"select count(*) from {row['table']}").fetchall()[0][0] for row in rows}
    assert {row["table"]: row["rows"] for row in rows} == counted
    assert counted["report"] == 6


def test_the_command_and_the_python_that_it_shows_ask_the_store(stemma, db, tmp_path):
    (tmp_path / "my news.duckdb").write_bytes(db.read_bytes())
    shown = stemma("open", "my news.duckdb", cwd=tmp_path).stdout
    assert "duckdb -readonly 'my news.duckdb'" in shown
    command = next(line for line in shown.splitlines() if line.startswith("  here")).split("stemma ", 1)[1]
    found = list(csv.reader(io.StringIO(stemma(*shlex.split(command), cwd=tmp_path).stdout)))
    assert found[0] == ["outlet", "reports"]
    assert ["Tidewire", "1"] not in found
    assert ["Coastwatch 24", "1"] in found


def test_lists_are_json_in_csv_and_a_formula_stands_behind_a_quote(stemma, db):
    query = "select byline, '=1+1' as formula, true as so from report where outlet = 'Atlantic Mail'"
    (row,) = csv.DictReader(io.StringIO(stemma("open", db, "--sql", query).stdout))
    assert (json.loads(row["byline"]), row["formula"], row["so"]) == (["Fergus Mullane"], "'=1+1", "true")
    (told,) = map(json.loads, stemma("open", db, "--sql", query, "--json").stdout.splitlines())
    assert told == {"byline": ["Fergus Mullane"], "formula": "=1+1", "so": True}


def test_bytes_are_base_64_and_a_query_without_a_row_has_its_columns(stemma, db):
    told = stemma("open", db, "--sql", "select content, date '2031-05-06' as day from page_bytes limit 1", "--json").stdout
    assert json.loads(told)["day"] == "2031-05-06"
    assert b64decode(json.loads(told)["content"], validate=True)
    assert stemma("open", db, "--sql", "select id, title from report where false").stdout.splitlines() == ["id,title"]


@pytest.mark.parametrize("query", ["drop table report", "select nothing from report"])
def test_a_query_that_is_none_or_changes_something_is_said(stemma, db, tmp_path, query):
    copy = shutil.copy(db, tmp_path / "news.duckdb")
    assert stemma("open", copy, "--sql", query, code=1).stderr.startswith("stemma: ")
    assert stemma("open", tmp_path / "none.duckdb", code=1).stderr.startswith("stemma: There is no store at ")
