"""Tables of articles: each row is a page, whatever the table is made of, and a bad row is told and passed over."""

import csv
import gzip
import io
import json
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stemma.errors import UsageError
from stemma.pages import PageOptions, Saved, count_pages, read_pages
from stemma.pages.meta import columns_from, recognised
from stemma.pages.rows import read_rows
from stemma.reports import read_page
from stemma.tables import Skipped

TEXT = (
    "The swing bridge at Ostrel was closed on Monday.\n\n"
    "Sign up for our newsletter.\n\n"
    "“Nobody will cross it before the pier is mended,” said the inspector, Ilse Marn."
)
ROWS = [
    {"article_id": "b1", "headline": "Bridge closed", "body": TEXT, "publisher": "Ostrel Log", "pub_date": "2031-05-05",
     "link": "https://ostrel.example/bridge", "author": "Ada Fenn", "lang": "en-GB"},
    {"article_id": "b2", "headline": "Bridge opened", "body": TEXT.replace("closed", "opened"), "publisher": "Varnby Post",
     "pub_date": "2031-05-09", "link": "https://varnby.example/bridge", "author": "", "lang": "en"},
]  # fmt: skip


def as_csv(rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_parquet(rows):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def as_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


KINDS = {
    "a.csv": as_csv(ROWS), "a.tsv": as_csv(ROWS, "\t"), "a.jsonl": as_lines(ROWS), "a.parquet": as_parquet(ROWS),
    "semicolons.csv": as_csv(ROWS, ";"), "excel.csv": as_csv(ROWS, ";", "cp1252"), "wide.csv": as_csv(ROWS, "\t", "utf-16"),
    "mark.csv": as_csv(ROWS, encoding="utf-32"), "no mark.csv": as_csv(ROWS, encoding="utf-32-le"),
    "big end.csv": as_csv(ROWS, encoding="utf-32-be"), "wide.jsonl": as_lines(ROWS).decode().encode("utf-16"),
    "wide no mark.csv": as_csv(ROWS, encoding="utf-16-be"), "a.csv.gz": gzip.compress(as_csv(ROWS)),
    "a.jsonl.gz": gzip.compress(as_lines(ROWS)), "list.jsonl": json.dumps(ROWS).encode(),
    "one a line.jsonl": b"[\n" + as_lines(ROWS).replace(b"}\n{", b"},\n{") + b"]\n",
    "indented.jsonl": json.dumps(ROWS, indent=2).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_table_gives_the_same_reports(tmp_path, name):
    (tmp_path / name).write_bytes(KINDS[name])
    found = list(read_pages([str(tmp_path)]))
    assert [f.page.location for f in found] == [f"{tmp_path / name}!/b1", f"{tmp_path / name}!/b2"]
    ((first, blocks),) = read_page(found[0])
    assert (first.title, first.outlet, first.published) == ("Bridge closed", "Ostrel Log", "2031-05-05")
    assert (first.url, first.language, first.byline) == ("https://ostrel.example/bridge", "en", ("Ada Fenn",))
    assert [first.text[b.start : b.end] for b in blocks] == ["Bridge closed", *TEXT.split("\n\n")]
    assert count_pages([str(tmp_path)]) == 1


def test_a_json_file_that_is_named_is_one_article_or_a_list_of_them_or_lines(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(ROWS[0], indent=1))
    (tmp_path / "cut.json").write_text(json.dumps(ROWS, indent=1)[:-20])
    (one,) = read_pages([str(tmp_path / "one.json")])
    assert one.page.location == f"{tmp_path}/one.json!/b1"
    (told,) = read_pages([str(tmp_path / "cut.json")])
    assert told.reason == "the file is no JSON from line 19 on."


@pytest.mark.parametrize("table", [ROWS, pa.Table.from_pylist(ROWS), pa.Table.from_pylist(ROWS).to_reader()])
def test_a_table_of_python_is_read_like_a_file(table):
    found = list(read_pages([table]))
    assert [f.page.location for f in found] == ["table 1!/b1", "table 1!/b2"]
    assert read_page(found[1])[0][0].outlet == "Varnby Post"


def test_a_text_without_a_title_is_looked_through_for_its_article_unless_it_is_said_to_be_one(tmp_path):
    long = TEXT.replace(".\n", " on that day, as the county said in a note to the two towns.\n")
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": long}), "utf-8")
    formats = [next(iter(read_pages([str(tmp_path)], PageOptions(articles=said)))).page.format for said in (None, True, False)]
    assert formats == ["text", "article", "text"]


def test_html_in_a_table_is_read_as_a_page_whatever_its_column(tmp_path):
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>"
    (tmp_path / "a.jsonl").write_bytes(as_lines([{"html": page}, {"content": page}]))
    assert [f.page.format for f in read_pages([str(tmp_path)])] == ["html", "html"]


def test_columns_may_be_named_by_the_person_who_gives_the_table(tmp_path):
    (tmp_path / "a.csv").write_text(f'kop,tekst,krant\nBrug dicht,"{TEXT}",De Lind\n', "utf-8")
    bad, good = (
        next(iter(read_pages([str(tmp_path)], PageOptions(columns=columns))))
        for columns in ({}, columns_from("title=kop, text=tekst,outlet=krant"))
    )
    assert "no column of the table is called text or html" in bad.reason
    assert (good.page.title, good.page.outlet) == ("Brug dicht", "De Lind")
    absent = next(iter(read_pages([str(tmp_path)], PageOptions(columns={"text": "texte"}))))
    assert "has no column 'texte'" in absent.reason


@pytest.mark.parametrize("option", ["text", "text=", "colour=red", "=a"])
def test_columns_that_are_no_pairs_are_a_bad_call(option):
    with pytest.raises(UsageError, match="--columns takes field=column"):
        columns_from(option)


def test_the_surest_name_of_a_column_counts():
    assert recognised(["source", "outlet", "Publish-Date", "content", "Body"]) == {
        "outlet": "outlet", "published": "Publish-Date", "text": "Body",
    }  # fmt: skip


BAD = {
    "no JSON": (b'{"id": 1,\n', "this is no JSON"),
    "a number without end": (b'{"id": ' + b"9" * 5000 + b', "text": "x"}\n', "thousands of digits"),
    "a list": (b"[1]\n", "this is a list; an object is read from each line"),
    "no text": (b'{"id": 1}\n', "neither text nor html"),
    "not a number": (b'{"id": 1, "text": NaN}\n', "neither text nor html"),
    "a wrong type": (b'{"id": 1, "text": 5}\n', "the field 'text' must be text, and is a number (5)"),
    "a wrong id": (b'{"id": [1], "text": "x"}\n', "the field 'id' must be text or a whole number"),
    "broken UTF-8": (b'{"id": 1, "text": "caf\xe9"}\n', "no UTF-8"),
    "the id of another": (b'{"id": "b2", "text": "x"}\n', "the id 'b2' stands on line 2 already"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(tmp_path, what):
    line, said = BAD[what]
    (tmp_path / "a.jsonl").write_bytes(as_lines(ROWS) + line + as_lines([{"text": TEXT}]))
    *good, bad, last = read_pages([str(tmp_path)])
    assert [f.page.location for f in (*good, last)] == [f"{tmp_path}/a.jsonl!/{key}" for key in ("b1", "b2", "4")]
    assert bad.location == f"{tmp_path}/a.jsonl!/line 3"
    assert said in bad.reason


def test_a_row_of_a_csv_that_has_too_many_values_or_a_quotation_mark_that_is_not_closed_is_told():
    lines = b'id,text\n1,one,two\n2,"fine\nwith a line"\n3,"never closed\n4,lost\n'
    found = list(read_rows(io.BufferedReader(io.BytesIO(lines)), "csv"))
    assert [number for number, _ in found] == [2, 3, 5]
    assert "more values than columns" in found[0][1]
    assert found[1][1] == {"id": "2", "text": "fine\nwith a line"}
    assert "not closed; 2 lines from here on" in found[2][1]


LINES = [
    "id,title,text,outlet,published", *(line for n in (1, 2, 3) for line in (f'{n},Bridge {n},"The bridge at Ostrel, was closed.',
    f'""It will open on day {n}, or later,"" she said, of it, then.",Log {n},2031-05-0{n}')),
]  # fmt: skip
"""A table of three rows of two lines each, of which the second has as many commas as a row."""
MISPLACED = {
    "an opening mark is missing": (1, '"The bridge', "The bridge"),
    "a closing mark is missing": (2, 'then."', "then."),
    "a mark more at the head": (1, '1,Bridge 1', '1,"Bridge 1'),
    "a mark more inside of a value": (1, "at Ostrel", 'at "Ostrel'),
    "marks that are written once": (2, '""It will open on day 1, or later,""', '"It will open on day 1, or later,"'),
    "a mark more where no value is marked": (2, "Log 1", 'Lo"g 1'),
}  # fmt: skip


@pytest.mark.parametrize("what", MISPLACED)
def test_no_row_is_made_of_what_stands_inside_of_another_where_a_quotation_mark_is_wrong(what):
    line, right, wrong = MISPLACED[what]
    lines = [*LINES[:line], LINES[line].replace(right, wrong), *LINES[line + 1 :]]
    assert lines != LINES
    whole, told = (list(read_rows(io.BufferedReader(io.BytesIO("\n".join(t).encode())), "csv")) for t in (LINES, lines))
    assert [number for number, _ in whole] == [2, 4, 6]
    assert "a quotation mark" in told[0][1]
    assert "not read" in told[0][1]
    # Where a closing mark is missing, the next row may begin inside of the value, and goes with it.
    assert [row for row in told if isinstance(row[1], dict)] in (whole[1:], whole[2:])


def test_after_a_wrong_quotation_mark_lines_without_one_are_rows_where_two_have_as_many_values_as_there_are_columns():
    rows = [f"{n},Bridge,One sentence,Log,2031" for n in (3, 4, 5)]
    table = "\n".join(
        ["id,title,text,outlet,published", '2,"Bridge" of Ostrel,One sentence,Log,2031', "a line, of a text", *rows]
    )
    found = list(read_rows(io.BufferedReader(io.BytesIO(table.encode())), "csv"))
    assert [(n, row if isinstance(row, str) else row["id"]) for n, row in found] == [
        (2, "a quotation mark in a value is not written twice, or not closed; "
            "2 lines from here on, up to where a row surely begins, were not read."), (4, "3"), (5, "4"), (6, "5"),
    ]  # fmt: skip


def test_rows_that_lack_their_last_values_are_rows_and_between_tabs_a_quotation_mark_is_a_sign_like_others():
    short = b'id,text,outlet\n1,One\n2,"Two, too"\n3,Three\n'
    tabs = b'id\ttext\toutlet\n1\tHe said "no".\tLog\n'
    found = [list(read_rows(io.BufferedReader(io.BytesIO(t)), k)) for t, k in ((short, "csv"), (tabs, "tsv"))]
    assert [row["text"] for rows in found for _, row in rows] == ["One", "Two, too", "Three", 'He said "no".']


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "the file is empty"), ("a.csv", b"\xef\xbb\xbf", "the file is empty"), ("a.csv", b"id,text\n", "no row"),
        ("a.csv", b"\n\r\n \n", "the file is empty"), ("a.csv", b"sep=;\n", "the file is empty"),
        ("a.parquet", as_parquet([{}]), "the table has no columns"),
        ("a.jsonl", b"\n\n", "no row"), ("a.parquet", as_parquet(ROWS)[:0], "Parquet file is broken"),
        ("a.warc", b"WARC/1.0\r\n\xff\xff", "no page"),
    ],
)  # fmt: skip
def test_a_file_that_holds_nothing_is_told(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    (found,) = read_pages([str(tmp_path / name)])
    assert (found.location, said in found.reason) == (str(tmp_path / name), True)


@pytest.mark.parametrize("above", ["", "\n\r\n", "sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\n", "\n\nsep=;\n\n"])
def test_blank_lines_and_what_excel_says_of_its_separator_stand_above_the_columns(above):
    table = f"{above}id;text;outlet\n1;One, or two;Log\n".encode()
    ((_, row),) = read_rows(io.BufferedReader(io.BytesIO(table)), "csv")
    assert row == {"id": "1", "text": "One, or two", "outlet": "Log"}


def test_a_meta_file_among_the_pages_is_told_to_be_one(tmp_path):
    (tmp_path / "pages.csv").write_text("file,url\na.html,https://a.example/\n")
    (found,) = read_pages([str(tmp_path)])
    assert "give it with --meta" in found.reason


def test_a_table_is_read_a_row_at_a_time_however_long_it_is(tmp_path):
    with (tmp_path / "long.jsonl").open("wb") as table:
        for number in range(20_000):
            table.write(json.dumps({"id": number, "title": "Bridge", "text": f"{number} {TEXT * 12}"}).encode() + b"\n")
    # Python's own table of names grows with the first reading, in one step of megabytes.
    sum(1 for _ in read_pages([str(tmp_path)]))
    tracemalloc.start()
    count = sum(isinstance(found, Saved) for found in read_pages([str(tmp_path)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The file has more than 40 MB; what grows is the list of ids, and once more Python's table in a process with many names.
    assert (tmp_path / "long.jsonl").stat().st_size > 40_000_000
    assert (count, peak < 20_000_000) == (20_000, True), peak


def test_a_table_that_is_closed_between_two_rows_says_nothing(tmp_path):
    """As when Ctrl-C comes there; what is raised while generators end would be printed, and fails a test."""
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    with (tmp_path / "a.jsonl").open("rb") as stream:
        rows = read_rows(stream, "jsonl")
        assert next(rows)[0] == 1
    rows.close()


def test_a_packed_table_that_unpacks_without_end_is_stopped(tmp_path):
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b" " * 40_000_000 + b"\n" + as_lines(ROWS)))
    (found,) = read_pages([str(tmp_path)])
    assert isinstance(found, Skipped)
    assert "archive bomb" in found.reason


def test_a_broken_parquet_file_is_told(tmp_path):
    (tmp_path / "a.parquet").write_bytes(as_parquet(ROWS)[:-30])
    (found,) = read_pages([str(tmp_path)])
    assert "the Parquet file is broken" in found.reason


def test_a_date_that_may_be_two_days_is_said_and_the_row_is_read(stemma, tmp_path):
    days = ("2031-06-05", "05/06/2031", "25/12/2031", "5 June 2031", "never")
    rows = [{"id": n, "Titel": f"Bridge {n} closed", "Inhalt": TEXT, "Datum": day} for n, day in enumerate(days)]
    (tmp_path / "a.csv").write_bytes(as_csv(rows, ";"))
    done = stemma("read", "a.csv", "--db", "a.duckdb", cwd=tmp_path)
    assert "holds 5 reports" in done.stdout
    said = [line.partition("; ")[0] for line in done.stderr.splitlines()]
    assert said == [f"stemma: a.csv!/{n}#rest: the date {day!r} was not read" for n, day in ((1, days[1]), (4, days[4]))]
