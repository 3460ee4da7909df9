"""Every command as a user runs it: in a process of its own, with its exit code and what it prints where."""

import json
import os
import signal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from conftest import HANGS, SCRIPT
from stemma import cli
from stemma.doctor import EXTRAS

COMMANDS = (
    "analyse", "read", "watch", "show", "stories", "reports", "group", "compare", "annotate", "wire", "brief", "check",
    "export", "judge", "judgements", "doctor",
)  # fmt: skip

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


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_what_it_does_and_gives_an_example(stemma, command):
    shown = stemma(command, "--help").stdout
    assert f"Usage: stemma {command}" in shown
    assert f"Example: stemma {command}" in " ".join(shown.split())


def test_the_help_of_stemma_names_every_command_and_its_version_is_that_of_the_package(stemma):
    import stemma as package

    shown = stemma("--help").stdout
    assert all(f"\n  {command} " in shown for command in COMMANDS)
    assert "..." not in shown.replace("[ARGS]...", "")
    assert stemma("--version").stdout == f"stemma {package.__version__}\n"


def test_the_help_of_stemma_has_commands_by_what_a_user_wants_and_no_command_twice():
    app_help = [c for commands in cli.COMMANDS.values() for c in commands]
    assert len(app_help) == len(set(app_help)) == len(cli.app.registered_commands)
    assert {c.rich_help_panel for c in cli.app.registered_commands} == set(cli.COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands(shell, stemma):
    asked = {
        "bash": {"COMP_WORDS": "stemma jud", "COMP_CWORD": "1"},
        "zsh": {},
        "fish": {"_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }
    done = stemma(_STEMMA_COMPLETE=f"complete_{shell}", _TYPER_COMPLETE_ARGS="stemma jud", **asked[shell], code=None)
    assert "judgements" in done.stdout
    assert "analyse" not in done.stdout
    assert "_STEMMA_COMPLETE" in stemma("--show-completion", shell).stdout


def test_the_doctor_finds_this_installation_well_and_names_its_extras(stemma):
    done = stemma("doctor")
    assert "✓ self-test: 4 reports, 2 origins, altered quotation" in done.stdout
    assert all(f" [{extra}]: " in done.stdout for extra in EXTRAS)


def test_the_doctor_knows_every_extra_that_a_user_installs():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(EXTRAS) == set(project["optional-dependencies"]) - {"bench", "dev", "docs"}


def test_no_command_at_all_shows_the_help_and_is_a_bad_call(stemma):
    done = stemma(code=1)
    assert done.stdout == ""
    assert done.stderr == stemma("--help").stdout


def test_pages_in_an_account_out_as_json_html_store_and_for_the_terminal(analysed, harbour):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    (story,) = account["stories"]
    count = story["independent_origins"]
    assert len(story["reports"]) == len(list(harbour.iterdir()))
    assert count["low"] <= count["best"] <= count["high"]
    assert (analysed / "account.html").read_text("utf-8").rstrip().endswith("</html>")
    assert (analysed / "terminal.txt").read_text("utf-8").startswith(f"{len(story['reports'])} reports, ")
    assert (analysed / "news.duckdb").is_file()


def test_what_is_piped_has_no_escapes_and_no_line_over_80_columns(analysed):
    shown = (analysed / "terminal.txt").read_text("utf-8")
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_no_color_is_respected_where_colour_would_be_forced(stemma, analysed):
    forced = stemma("stories", "--db", analysed / "news.duckdb", FORCE_COLOR="1", TERM="xterm-256color")
    plain = stemma("stories", "--db", analysed / "news.duckdb", FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1")
    assert "\x1b[3" not in plain.stdout
    assert "\x1b" in forced.stdout


def test_the_account_goes_to_standard_output_and_nothing_else_does(stemma, harbour):
    done = stemma("analyse", harbour / "coastwatch24.txt", harbour / "atlantic-mail.html", "--json", "-")
    assert {Path(r["location"]).name for r in json.loads(done.stdout)["reports"]} == {
        "coastwatch24.txt",
        "atlantic-mail.html",
    }
    assert done.stderr == ""


def test_show_gives_the_same_account_from_the_store_by_the_beginning_of_its_id(stemma, analysed):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    beginning = account["stories"][0]["id"][:5]
    done = stemma("show", beginning, "--db", analysed / "news.duckdb", "--json", "-")
    assert json.loads(done.stdout) == account
    shown = stemma("show", beginning, "--db", analysed / "news.duckdb").stdout
    assert shown == (analysed / "terminal.txt").read_text("utf-8")


def test_show_draws_the_stemma_alone_with_its_reasons(stemma, analysed):
    story = json.loads((analysed / "account.json").read_text("utf-8"))["stories"][0]
    shown = stemma("show", story["id"][:5], "--db", analysed / "news.duckdb", "--stemma").stdout
    assert "○ α Tidewire" in shown
    assert "Bluestack Courier credits Tidewire" in shown
    assert "a lost source: not in the collection" in shown
    assert "Claims" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_an_unknown_story_is_a_bad_call(stemma, analysed):
    done = stemma("show", "zzzz", "--db", analysed / "news.duckdb", code=1)
    assert done.stderr.startswith("stemma: No story 'zzzz' in this store.")
    assert done.stdout == ""


def test_a_beginning_that_fits_several_stories_is_a_bad_call(stemma, tmp_path):
    for name, text in (("a.txt", TALE), ("b.txt", OTHER)):
        (tmp_path / name).write_text(f"{name}\n\n{text}\n", "utf-8")
    db = tmp_path / "two.duckdb"
    stemma("analyse", tmp_path, "--db", db)
    ids = [row["id"] for row in rows(stemma("stories", "--db", db, "--json"))]
    assert len(ids) == 2
    done = stemma("show", "", "--db", db, code=1)
    assert all(i in done.stderr for i in ids)


def test_stories_lists_what_the_store_holds(stemma, analysed):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    (story,) = account["stories"]
    (row,) = rows(stemma("stories", "--db", analysed / "news.duckdb", "--json"))
    assert (row["id"], row["title"], row["reports"]) == (story["id"], story["title"], len(story["reports"]))
    assert row["origins"] == story["independent_origins"]
    assert story["id"][:6] in stemma("stories", "--db", analysed / "news.duckdb").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["analyse"], "Give pages to read"),
        (["analyze", "pages"], "analyze"),
        (["analyse", "pages", "--colour"], "--colour"),
        (["show", "3f"], "--db"),
        (["show", "3f", "--db", "none.duckdb"], "There is no store at none.duckdb."),
        (["stories", "--db", "none.duckdb"], "There is no store at none.duckdb."),
        (["group", "none.jsonl"], "There is no file none.jsonl."),
        (["annotate", "none.jsonl"], "There is no file none.jsonl."),
        (["analyse", "pages", "--meta", "none.csv"], "none.csv"),
        (["analyse", "pages", "--db", "none/a.duckdb"], "/none; make it first"),
    ],
)
def test_a_bad_command_line_is_one_sentence_and_exit_code_1(stemma, tmp_path, arguments, said):
    done = stemma(*arguments, cwd=tmp_path, code=1)
    assert done.stderr.startswith("stemma: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_folder_that_is_not_there_is_said_and_no_part_of_a_file_is_left(stemma, harbour, tmp_path, option):
    done = stemma("analyse", harbour / "coastwatch24.txt", option, tmp_path / "none" / "account", code=1)
    assert f"The folder {tmp_path / 'none'} does not exist" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_take_its_place_leaves_no_part_behind(stemma, harbour, tmp_path):
    (tmp_path / "account.json").mkdir()
    done = stemma("analyse", harbour / "coastwatch24.txt", "--json", tmp_path / "account.json", code=1)
    assert "account.json" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["account.json"]


def test_an_account_is_written_through_a_link_and_into_a_pipe_and_takes_nobodys_place(stemma, harbour, tmp_path):
    (tmp_path / "real.json").write_text("")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    stemma("analyse", harbour / "coastwatch24.txt", "--json", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8").startswith("{")
    stemma("analyse", harbour / "coastwatch24.txt", "--json", "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_full_disk_is_said_in_a_sentence(analysed):
    if not Path("/dev/full").exists():
        pytest.skip("only where there is /dev/full")
    command = f"'{SCRIPT}' stories --json --db '{analysed / 'news.duckdb'}' > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == "stemma: No space left on device.\n"


UPGRADED = "brings it to this one and keeps a copy."


def test_a_store_of_another_version_is_refused_with_a_sentence(stemma, harbour, analysed, tmp_path):
    old = tmp_path / "old.duckdb"
    old.write_bytes((analysed / "news.duckdb").read_bytes())
    with duckdb.connect(str(old)) as connection:
        connection.execute("UPDATE schema_version SET version = 0")
    before = old.read_bytes()
    for command in (["stories"], ["show", "3f"], ["analyse", harbour]):
        done = stemma(*command, "--db", old, code=1)
        assert done.stderr == f"stemma: {old} is a store of an older version; `stemma store upgrade --db {old}` {UPGRADED}\n"
    assert old.read_bytes() == before


def test_a_store_that_another_program_has_open_is_refused_with_a_sentence(stemma, analysed):
    with duckdb.connect(str(analysed / "news.duckdb")):
        done = stemma("stories", "--db", analysed / "news.duckdb", code=1)
    assert "is in use: another program than stemma has it open" in done.stderr


def test_a_reader_that_goes_away_is_no_error(analysed, tmp_path):
    articles = tmp_path / "articles.jsonl"
    articles.write_text(lines(*({"id": n, "html": f"<p>{TALE}</p>" * 30} for n in range(60))), "utf-8")
    for command in (f"show '' --db '{analysed / 'news.duckdb'}' --json -", f"reports '{articles}'"):
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"'{SCRIPT}' {command} | head -1"],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 1
        assert done.returncode == 0


LATIN = [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}]


@pytest.mark.parametrize("environment", LATIN, ids=["C", "latin-1", "ascii"])
def test_json_is_utf8_whatever_the_locale(stemma, environment):
    text = "„Wir haben geschlossen“, sagte Żaneta Ćwik in Łódź. Оперативный штаб подтвердил: 30 человек. " + TALE
    done = stemma("reports", stdin=lines({"id": "ż", "text": text}), **environment)
    (row,) = rows(done)
    assert row["id"] == "ż"
    assert "Żaneta Ćwik" in row["text"]
    assert "Оперативный" in row["text"]


@pytest.mark.parametrize("environment", LATIN, ids=["C", "latin-1", "ascii"])
def test_the_terminal_view_is_shown_whatever_the_locale(stemma, analysed, environment):
    done = stemma("show", "", "--db", analysed / "news.duckdb", errors="replace", **environment)
    assert "independent origin" in done.stdout
    assert done.stderr == ""


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


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_control_c_stops_every_process_without_a_traceback(tmp_path):
    pair = {"id": 1, "a_text": f"{TALE} " * 9, "b_text": f"{COPY} " * 9}
    (tmp_path / "pairs.jsonl").write_text(lines(pair) * 9000, "utf-8")
    process = subprocess.Popen(
        [SCRIPT, "compare", "--pairs", tmp_path / "pairs.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=HANGS)
    assert said == "stemma: Stopped.\n"
    assert process.returncode == 130


def test_the_package_is_the_command_line_too(stemma):
    done = subprocess.run([sys.executable, "-m", "stemma", "--version"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == stemma("--version").stdout


def test_the_page_goes_to_standard_output_and_only_one_of_two_can(stemma, analysed, tmp_path):
    story = json.loads((analysed / "account.json").read_text("utf-8"))["stories"][0]["id"]
    call = ("show", story, "--db", analysed / "news.duckdb")
    done = stemma(*call, "--html", "-", cwd=tmp_path)
    assert done.stdout.rstrip() == (analysed / "account.html").read_text("utf-8").rstrip()
    assert list(tmp_path.iterdir()) == []
    assert "Only one of the files" in stemma(*call, "--html", "-", "--json", "-", code=1).stderr


def test_a_file_that_cannot_be_written_is_said_before_anything_is_read(stemma, harbour, tmp_path):
    done = stemma("analyse", harbour, "--html", tmp_path, "--db", tmp_path / "news.duckdb", code=1)
    assert done.stderr == f"stemma: {tmp_path} is a folder; give the name of a file.\n"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_name_does_not_stand_for_the_folder_one_is_in(stemma, harbour):
    assert "is empty" in stemma("analyse", "", cwd=harbour, code=1).stderr
    assert "is empty" in stemma("check", harbour / "coastwatch24.txt", "--against", "", cwd=harbour, code=1).stderr


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


def test_analyse_goes_on_from_what_read_has_put_into_a_store(stemma, harbour, tmp_path):
    db = tmp_path / "news.duckdb"
    stemma("read", harbour, "--db", db)
    gone_on, at_once = (json.loads(stemma("analyse", *pages, "--json", "-").stdout) for pages in (["--db", db], [harbour]))
    assert gone_on == at_once
    assert "Give pages to read" in stemma("analyse", code=1).stderr
