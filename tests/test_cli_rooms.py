"""The rooms alone as a user runs them: lines, tables or pages in, a row each out."""

import json
import os
import subprocess
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from conftest import HANGS, SCRIPT

TALE = (
    "The ferry to Ostrel was stopped on Monday after water came in at the bow, the port of Ostrel said in a statement "
    "that was read out on the quay.\n"
    "“We turned round at once,” said captain Brida Holm, who has sailed the route for eleven years. At least 30 "
    "passengers were taken off in boats.\n"
    "The port said that the ferry would stay at its berth until the yard that built it had looked at the bow doors."
)
COPY = TALE.replace("At least 30 passengers", "Some 30 passengers")
OTHER = (
    "The brass band of Lower Quill won the county prize for the ninth year in a row, and nobody was surprised.\n"
    "“It is the tuba that did it,” said conductor Amos Pell after the show, for which 400 people had bought tickets.\n"
    "The second prize went to the glass harmonica players of Tarn Head, who had practised since the autumn in a barn."
)
ARTICLES = [{"id": "tale", "text": TALE}, {"id": "copy", "text": COPY}, {"id": 7, "text": OTHER}]


def lines(*records):
    return "".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def rows(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_lone_surrogate_in_a_line_of_json_stops_nothing(stemma):
    odd = '{"id": "odd", "text": "The \\ud83d ferry was stopped, the port of Ostrel said on Monday evening."}\n'
    done = stemma("annotate", stdin=lines(odd, {"id": "next", "text": TALE}))
    assert [row["id"] for row in rows(done)] == ["odd", "next"]
    grouped = stemma("group", stdin=lines(odd, *ARTICLES))
    assert [row["id"] for row in rows(grouped)] == ["odd", "tale", "copy", 7]


BAD = ["{not json\n", "[1, 2]\n", '"text"\n', "\n", '{"id": 3}\n', "[" * 100_000 + "\n", '{"id": 4, "text": null}\n']


@pytest.mark.parametrize("command", ["reports", "group", "compare", "annotate"])
def test_a_bad_line_is_named_by_its_number_and_the_rest_goes_on(stemma, command):
    done = stemma(command, stdin=lines(ARTICLES[0], *BAD, ARTICLES[1], ARTICLES[2]))
    said = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in said] == [["stemma", f"line {n}"] for n in (2, 3, 4, 6, 7, 8)]
    assert all(line.endswith((".", ")")) and len(line) < 300 for line in said)
    if command == "compare":
        assert {(row["a"], row["b"]) for row in rows(done)} >= {("tale", "copy")}
    else:
        assert [row["id"] for row in rows(done)] == ["tale", "copy", 7]


@pytest.mark.parametrize("command", ["reports", "group", "compare", "annotate"])
def test_lines_of_which_none_can_be_read_are_exit_code_2_and_no_lines_at_all_are_0(stemma, command):
    done = stemma(command, stdin=lines(*BAD), code=2)
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "stemma: Not one line could be read."
    assert stemma(command, stdin="").stdout == ""


def test_reports_are_the_objects_of_the_account(stemma, harbour, analysed):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    by_name = {Path(r["location"]).name: r for r in account["reports"]}
    page = harbour / "atlantic-mail.html"
    (row,) = rows(stemma("reports", page))
    assert row | {"versions": []} == by_name["atlantic-mail.html"] | {"siglum": ""}
    (piped,) = rows(stemma("reports", stdin=lines({"id": "x", "html": page.read_text("utf-8")})))
    assert piped["id"] == "x"
    assert (piped["text"], piped["blocks"]) == (row["text"], row["blocks"])


def test_reports_of_a_folder_go_on_after_a_page_without_an_article(stemma, tmp_path):
    (tmp_path / "a.html").write_text("<html><body><nav><a href=/>Home</a></nav></body></html>")
    (tmp_path / "b.txt").write_text(f"Ferry stopped\n\n{TALE}\n")
    (row,) = rows(done := stemma("reports", tmp_path))
    assert row["location"].endswith("b.txt")
    assert done.stderr == f"stemma: {tmp_path / 'a.html'}: no article was found on the page.\n"
    stemma("reports", tmp_path / "a.html", code=2)


def test_group_gives_each_article_its_story_in_input_order(stemma):
    tale, copy, other = rows(stemma("group", stdin=lines(*ARTICLES)))
    assert (tale["id"], copy["id"], other["id"]) == ("tale", "copy", 7)
    assert tale["story"] == copy["story"] != other["story"]


def test_compare_gives_a_row_for_each_two_articles_that_share_wording(stemma):
    (row,) = rows(stemma("compare", stdin=lines(*ARTICLES)))
    assert (row["a"], row["b"]) == ("tale", "copy")
    assert row["kind"] in ("verbatim", "edited")
    assert row["a_share"] > 0.6
    assert row["copied"] > 0.5
    for found in row["alignments"]:
        a, b = found["a"], found["b"]
        assert TALE[a["start"] : a["end"]].split()[:3] == COPY[b["start"] : b["end"]].split()[:3]


def test_compare_gives_a_row_for_every_pair_with_its_id(stemma):
    pairs = [{"id": "one", "a_text": TALE, "b_text": COPY}, {"id": "two", "a_text": TALE, "b_text": OTHER}]
    one, two = rows(stemma("compare", "--pairs", stdin=lines(*pairs)))
    assert (one["id"], two["id"]) == ("one", "two")
    assert one["copied"] > 0.5 > two["copied"]
    assert (two["kind"], two["alignments"]) == (None, [])


def test_annotate_gives_offsets_of_code_points_into_the_text(stemma):
    text = "🚢 " + TALE
    (row,) = rows(stemma("annotate", stdin=lines({"id": "t", "text": text, "published": "2031-05-07"})))
    quoted = [text[a:b] for s in row["statements"] for a, b in s["quotations"]]
    assert [q.strip(",") for q in quoted] == ["We turned round at once"]
    (figure,) = [f for f in row["figures"] if f["low"] == 30]
    assert "30" in text[figure["start"] : figure["end"]]
    assert figure["high"] is None or figure["high"] > 30
    assert any(t["value"] == "2031-05-05" for t in row["times"])


def test_many_lines_come_back_in_input_order_from_all_cores(stemma):
    """Lines of very different length, so that a process that is done early would overtake."""
    pairs = [
        {"id": n, "a_text": f"{TALE} " * (40 if n % 9 == 0 else 1), "b_text": COPY} if n % 10 else "{broken\n" for n in range(400)
    ]
    done = stemma("compare", "--pairs", stdin=lines(*pairs))
    assert [row["id"] for row in rows(done)] == [n for n in range(400) if n % 10]
    *said, counted = done.stderr.splitlines()
    assert [int(line.split()[2].strip(":")) for line in said] == list(range(1, 101, 10))
    assert counted == "stemma: 30 more could not be read."


def test_lines_are_answered_before_the_input_ends():
    """A stream has no end to wait for: results come while more lines are still to be written."""
    pair = json.dumps({"id": 1, "a_text": TALE, "b_text": COPY}) + "\n"
    with subprocess.Popen(
        [SCRIPT, "compare", "--pairs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        process.stdin.write(pair * 8 * 4 * ((os.cpu_count() or 1) + 1))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdin.close()
        assert process.wait(HANGS) == 0


@pytest.mark.parametrize("command", ["group", "compare"])
def test_an_id_that_was_given_already_is_named_with_both_lines_and_left_out(stemma, command):
    done = stemma(
        command, stdin=lines(*ARTICLES[:2], {"id": "tale", "text": OTHER}, {"id": 7, "text": OTHER}, {"id": "7", "text": TALE})
    )
    assert [line.split(";")[0] for line in done.stderr.splitlines()] == [
        "stemma: line 3: the id 'tale' stands on line 1 already",
        "stemma: line 5: the id '7' stands on line 4 already",
    ]
    assert len(rows(done)) == {"group": 3, "compare": 1}[command]


def test_a_row_without_an_id_has_the_number_of_its_line(stemma):
    done = stemma("group", stdin=lines({"text": TALE}, {"id": None, "text": OTHER}, {"id": "x", "text": TALE}))
    assert [row["id"] for row in rows(done)] == [1, 2, "x"]


@pytest.mark.parametrize("kind", ["csv", "tsv", "parquet"])
def test_a_table_is_taken_like_json_lines_and_after_ten_bad_lines_the_rest_are_counted(stemma, tmp_path, kind):
    table = pa.Table.from_pylist([{"key": n, "maintext": TALE if n < 3 else None} for n in range(30)])
    if kind == "parquet":
        pq.write_table(table, tmp_path / "a.parquet")
    else:
        options = pa_csv.WriteOptions(delimiter="\t" if kind == "tsv" else ",")
        pa_csv.write_csv(table, tmp_path / f"a.{kind}", options)
    done = stemma("group", tmp_path / f"a.{kind}")
    assert [str(row["id"]) for row in rows(done)] == ["0", "1", "2"]
    assert done.stderr.count("the record has no 'text'") == 10
    assert done.stderr.splitlines()[-1] == "stemma: 17 more could not be read."


@pytest.mark.parametrize("command", ["reports", "group", "compare", "annotate"])
def test_the_rooms_alone_take_pages_of_every_kind(stemma, tmp_path, command):
    page = "<html><body><article><h1>Sea</h1>" + f"<p>{TALE} {OTHER}</p>" * 3 + "</article></body></html>"
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("a.html", page)
        archive.writestr("b.html", page.replace("Sea", "Tide"))
    assert len(rows(stemma(command, tmp_path / "pages.zip"))) == (1 if command == "compare" else 2)


def test_standard_input_may_be_a_page_or_a_table(stemma):
    page = "<html><body><article><h1>Sea</h1>" + f"<p>{TALE} {OTHER}</p>" * 3 + "</article></body></html>"
    assert [r["title"] for r in rows(stemma("reports", stdin=page))] == ["Sea"]
    table = f'id,headline,body\n5,Sea,"{TALE}"\n'
    assert [(r["id"], r["title"]) for r in rows(stemma("reports", "-", stdin=table))] == [("5", "Sea")]
    account = json.loads(stemma("analyse", "-", "--json", "-", stdin=table).stdout)
    assert [r["location"] for r in account["reports"]] == ["-!/5"]


@pytest.mark.parametrize("command", ["group", "compare"])
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"id": True, "text": TALE}, "'id' must be text or a whole number"),
        ({"id": ["x"], "text": TALE}, "'id' must be text or a whole number"),
        ({"id": "x", "text": None}, "no 'text'"),
        ({"id": "x", "text": 5}, "'text' must be text"),
        ({"id": "x", "text": TALE, "published": ["2025"]}, "'published' must be text"),
    ],
)
def test_a_field_of_another_type_is_said_and_the_other_lines_are_answered(stemma, command, bad, said):
    done = stemma(command, stdin=lines(*ARTICLES, bad))
    assert done.stderr.startswith("stemma: line 4: ")
    assert said in done.stderr
    assert rows(done) == rows(stemma(command, stdin=lines(*ARTICLES)))


def test_reports_go_on_after_a_file_without_a_page(stemma, harbour, tmp_path):
    (tmp_path / "empty.html").write_text("")
    done = stemma("reports", tmp_path / "empty.html", harbour / "coastwatch24.txt")
    assert [Path(r["location"]).name for r in rows(done)] == ["coastwatch24.txt"]
    assert "the file is empty" in done.stderr
