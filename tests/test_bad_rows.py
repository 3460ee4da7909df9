"""Rows that say what cannot be: each room says so on a line each, ten at most, counts the others, and answers the rest."""

import io
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemma as library
from stemma.errors import NothingRead, UsageError
from stemma.pages import read_meta
from stemma.pages.rows import read_rows, rows_from

TEXT = (
    "The ferry to Ostrel was stopped on Monday after water came in at the bow, the port of Ostrel said in a statement.\n"
    "“We turned round at once,” said captain Brida Holm, who has sailed the route for eleven years. At least 30 passengers "
    "were taken off in boats."
)
DEEP, DEEPER = "[" * 900 + "]" * 900, "[" * 50_000 + "]" * 50_000


def row(key, **said):
    return json.dumps({"id": key, "text": f"{TEXT} It was number {key}.", "a_text": TEXT, "b_text": TEXT, **said}).encode()


def with_field(key, field, written):
    return row(key)[:-1] + f', "{field}": {written}}}'.encode()


BAD = {
    "an infinite id": (with_field(1, "id", "Infinity"), "'id' must be text or a whole number, and is a number (inf)"),
    "an id over all numbers": (with_field(1, "id", "1e999"), "'id' must be text or a whole number"),
    "half an id": (with_field(1, "id", "1.5"), "'id' must be text or a whole number, and is a number (1.5)"),
    "an id of thousands of digits": (with_field(1, "id", "9" * 5000), "thousands of digits"),
    "an id that is a list": (with_field(1, "id", "[1]"), "'id' must be text or a whole number, and is a list ([1])"),
    "an id that is true": (with_field(1, "id", "true"), "'id' must be text or a whole number, and is true or false"),
    "a text that is a number": (row("t", text=5), "'text' must be text, and is a number (5)"),
    "html that is an object": (row("h", html={}), "'html' must be text, and is an object"),
    "a language that is a list": (row("l", language=["en"]), "'language' must be text, and is a list"),
    "a date that is a list": (row("p", published=["2031"]), "'published' must be text, and is a list"),
    "a date without end": (with_field("p", "published", "-Infinity"), "'published' must be text, and is a number (-inf)"),
    "a title of lists in lists": (with_field("d", "title", DEEP), "'title' must be text, and is a list ([[["),
    "an outlet of lists in lists": (with_field("d", "outlet", f'{{"name": {DEEP}}}'), "'outlet' must be text, and is a list"),
    "JSON without bottom": (with_field("d", "other", DEEPER), "nested too deeply"),
    "broken UTF-8": (row("u").replace(b"Monday", b"Mon\xffday"), "no UTF-8"),
    "half a character as it is": (row("u").replace(b"Monday", b"\xed\xa0\xbd"), "no UTF-8"),
    "a list": (b"[1]", "this is a list"),
    "no JSON": (b"{'id': 1}", "no JSON (from character 2 on)"),
    "two objects": (row("o") + row("o2"), "no JSON (from character"),
}
"""Lines that are left out, and what is said of them."""

DATES = [
    "9999",
    "9999-12-31T23:59:59-14:00",
    "2024-99-99",
    "0000-00-00",
    "0001-01-01T00:00+14:00",
    "-5",
    "1" * 400,
    "2024-01-01T25:61",
]
ODD = [
    *(row(f"day {n}", published=day, retrieved=day, a_published=day) for n, day in enumerate(DATES)),
    *(with_field(f"number {n}", "published", day) for n, day in enumerate(["NaN", "1" * 4000, "-1"])),
    with_field("no number", "id", "NaN"), row(10**300), row("\x1b[31m\n"), row("a\0b"), row("language", language="en\nfr"),
    row("address", url="https://evil[.]example/a"), row("port", url="https://a.example:port/"),
    row("half")[:-1] + b', "outlet": "\\ud83d Post", "title": "Ferry \\udc00 stopped", "\\ud800": 1}',
    with_field("deep", "other", DEEP), with_field("authors", "byline", DEEP),
    row("author", byline=[1, None, {"name": ["x"]}, "Ada Fenn"]),
]  # fmt: skip
"""Lines that are read: what of them cannot be is not known."""

LINES = {
    "reports": ["reports"], "annotate": ["annotate"], "group": ["group"], "compare": ["compare"],
    "compare --pairs": ["compare", "--pairs"], "wire": ["wire"],
}  # fmt: skip
STORES = {
    "read": ["read", "--db", "s.duckdb", "-q"], "analyse": ["analyse", "-q"],
    "corpus": ["corpus", "--out", "out", "--no-accounts", "-q"],
}  # fmt: skip
INNER = ("Traceback", "should not have happened", "could not be worked on", "could not be read (", "Error")


def run(stemma, tmp_path, monkeypatch, call, lines):
    """Return what a room made of lines, and what it said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    done = stemma(*call, "rows.jsonl")
    assert not [inner for inner in INNER if inner in done.stderr]
    return done.stdout, done.stderr.splitlines()


@pytest.mark.parametrize("room", [*LINES, *STORES])
def test_bad_rows_are_ten_lines_and_a_count_and_those_around_them_are_answered(stemma, tmp_path, monkeypatch, room):
    lines = [row("first"), *(line for line, _ in BAD.values()), row("last")]
    out, said = run(stemma, tmp_path, monkeypatch, {**LINES, **STORES}[room], lines)
    places = [line.split(": ")[1] for line in said[:10]]
    if room in LINES:
        assert places == [f"line {n}" for n in range(2, 12)]
    else:
        assert len(set(places) & {f"rows.jsonl!/line {n + 2}" for n in range(len(BAD))}) == 10
    (counted,) = said[10:]
    assert f" {len(BAD) - 10} more " in counted
    assert "could not be read" in counted
    if room in ("read", "corpus"):
        assert "holds 2 reports" in out
    elif room in LINES:
        assert "first" in out
        assert "last" in out


@pytest.mark.parametrize("room", [*LINES, "read"])
def test_rows_whose_dates_numbers_and_names_cannot_be_are_answered_all_the_same(stemma, tmp_path, monkeypatch, room):
    out, said = run(stemma, tmp_path, monkeypatch, {**LINES, **STORES}[room], ODD)
    assert [line for line in said if "was not read; write it as" not in line] == []
    if room in ("reports", "annotate", "group", "compare --pairs"):
        assert len(out.splitlines()) == len(ODD)
    if room == "reports":
        assert {json.loads(line)["published"] for line in out.splitlines()} == {None, "2024-01-01"}
    if room == "read":
        assert f"holds {len(ODD)} reports" in out


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_with_a_row_is_said_in_a_sentence(what):
    line, said = BAD[what]
    ((_, found), (number, after)) = read_rows(io.BytesIO(line + b"\n" + row("next")), "jsonl")
    assert isinstance(found, str)
    assert said in found
    assert len(found) < 200
    assert (number, after["id"]) == (2, "next")


BEYOND = 3 * 9999 * 366 * 86_400
"""Seconds: a day some thirty thousand years on."""
COLUMNS = {
    "seconds": pa.array([0, BEYOND, 10**9]).cast(pa.timestamp("s")),
    "microseconds of a zone": pa.array([0, BEYOND * 10**6, 10**15]).cast(pa.timestamp("us", "UTC")),
    "before all years": pa.array([0, -BEYOND, 10**9]).cast(pa.timestamp("s")),
    "days": pa.array([0, 2**31 - 1, 5], pa.int32()).cast(pa.date32()),
    "moments in a list": pa.array([[0], [BEYOND], [5]]).cast(pa.list_(pa.timestamp("s"))),
    "no UTF-8": pa.array([b"2031", b"\xff", b"2031-05"]).view(pa.string()),
    "numbers with a point": pa.array([None, Decimal("2.50"), None], pa.decimal128(38, 2)),
    "bytes": pa.array([None, b"\xff", None]),
    "lengths of time": pa.array([None, 2**62, None], pa.int64()).cast(pa.duration("us")),
    "times of the day": pa.array([None, 5, None], pa.int64()).cast(pa.time64("ns")),
}


def parquet_of(table):
    out = io.BytesIO()
    pq.write_table(table, out)
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize("what", COLUMNS)
@pytest.mark.parametrize("way", ["parquet", "arrow"])
@pytest.mark.parametrize("field", ["published", "other"])
def test_a_value_that_python_does_not_have_costs_its_row_alone(what, way, field):
    table = pa.table({"id": ["a", "b", "c"], "text": [TEXT] * 3, field: COLUMNS[what]})
    found = [value for _, value in (read_rows(parquet_of(table), "parquet") if way == "parquet" else rows_from(table))]
    bad = [value for value in found if isinstance(value, str)]
    if field == "other":
        assert [value["id"] for value in found] == ["a", "b", "c"]
    elif what == "moments in a list":
        assert all("'published'" in value for value in found)
    else:
        assert [isinstance(value, str) for value in found] == [False, True, False]
        assert "'published'" in bad[0]


def test_a_zone_that_is_none_costs_the_rows_that_name_it():
    nowhere = pa.array([None, 0]).cast(pa.timestamp("us", "Nowhere/Ostrel"))
    first, second = (value for _, value in rows_from(pa.table({"text": [TEXT] * 2, "published": nowhere})))
    assert first["text"] == TEXT
    assert "its zone is none" in second


def test_nanoseconds_and_whole_decimals_are_read():
    moments = pa.array([1_700_000_000_123_456_789, None]).cast(pa.timestamp("ns"))
    keys = pa.array([Decimal(7), Decimal(10**30)], pa.decimal128(38, 0))
    first, second = (value for _, value in rows_from(pa.table({"id": keys, "text": [TEXT] * 2, "published": moments})))
    assert (first["id"], first["published"]) == (7, "2023-11-14T22:13:20.123456")
    assert second["id"] == 10**30


def test_of_two_columns_of_one_name_the_first_is_read():
    table = pa.Table.from_arrays([pa.array([TEXT]), pa.array(["other"])], names=["text", "text"])
    ((_, found),) = rows_from(table)
    assert found["text"] == TEXT


@pytest.mark.parametrize("said", [{"id": 10**5000}, {"published": 10**5000}, {"id": Decimal("NaN")}, {"id": Decimal("Infinity")}])
def test_numbers_of_python_without_end_cost_their_row_alone(said):
    (_, bad), (_, good) = rows_from([{"text": TEXT, **said}, {"text": TEXT, 5: "a column that is no text"}])
    assert isinstance(bad, str)
    assert good["id"] == 2


def test_half_a_character_in_a_table_of_python_is_read():
    with library.read([[{"id": "\ud800", "text": f"{TEXT} \udc00", "title": "Ferry \ud83d stopped"}]], deep=False) as corpus:
        (report,) = corpus.account().to_dict()["reports"]
    assert "\ufffd" in report["text"]
    assert report["title"] == "Ferry \ufffd stopped"


def test_a_meta_file_of_lists_in_lists_is_refused(tmp_path):
    (tmp_path / "meta.jsonl").write_text(f'{{"file": "a.html", "title": {DEEP}}}')
    with pytest.raises(UsageError, match="title must be text"):
        read_meta(tmp_path / "meta.jsonl")


def test_what_was_said_of_a_table_or_a_row_is_gone_when_it_is_read(tmp_path):
    table, db = tmp_path / "paper.csv", tmp_path / "news.duckdb"
    table.write_text(f"nummer;woerter\nx;{TEXT!r};y\n1;{TEXT!r}\n", "utf-8")
    with pytest.raises(NothingRead, match=r"no column of the table is called text or html \(but 'nummer', 'woerter'\)"):
        library.read(table, db=db)
    with library.open(db) as corpus:
        corpus.add(table, columns={"text": "woerter"})
        assert [row.location for row in corpus.skipped] == [f"{table}!/line 2"]
        table.write_text(f"nummer;woerter\nx;{TEXT!r}\n1;{TEXT!r}\n", "utf-8")
        assert len(corpus.add(table, columns={"text": "woerter"}).skipped) == 0


def test_of_pages_that_cannot_be_read_the_first_ones_are_said_with_why():
    with pytest.raises(NothingRead, match=r"^nowhere: there is no such file or folder\.$"):
        library.read("nowhere")
    with pytest.raises(NothingRead, match="None of what was given could be read") as raised:
        library.read([f"nowhere{n}" for n in range(9)])
    assert raised.value.__notes__ == [f"nowhere{n}: there is no such file or folder." for n in range(3)]
