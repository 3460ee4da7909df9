"""Every command as a user runs it: in a process of its own, with its exit code and what it prints where."""

import json
import os
import signal
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from conftest import HANGS, SCRIPT
from stemma import cli
from stemma.doctor import EXTRAS
from stemma.engines import open_store
from stemma.room.stories import catalogue
from test_cli_rooms import COPY, OTHER, TALE, lines, rows

COMMANDS = (
    "analyse", "read", "watch", "show", "stories", "reports", "group", "compare", "annotate", "wire", "brief", "check",
    "export", "judge", "judgements", "doctor", "open",
)  # fmt: skip


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
    told = [json.loads(line) for line in stemma("doctor", "--json").stdout.splitlines()]
    assert [line["what"] for line in told] == [line[2:].split(":")[0] for line in done.stdout.splitlines()]
    assert told[-1]["well"] is True


def test_the_doctor_knows_every_extra_that_a_user_installs():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(EXTRAS) == set(project["optional-dependencies"]) - {"bench", "dev", "docs"}


def test_a_group_of_commands_lists_them_as_stemma_does_with_their_whole_first_sentences(stemma):
    shown = " ".join(stemma("store", "--help").stdout.split())
    assert "without the room that removed rows left in its file." in shown
    assert "the old one is kept beside it." in shown
    assert "..." not in shown.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("brief", "--format", "sarif"), "Invalid value for '--format': 'sarif' is not one of 'markdown', 'html', 'json'."),
        (("families", "--grphml"), "No such option: --grphml (Possible options: --graphml)."),
        (("serve", "--port", "abc"), "Invalid value for '--port': it should be a whole number."),
        (("compare", "--min-share", "7"), "Invalid value for '--min-share': it should be less than or equal to 1."),
        (("compare", "--min-share", "much"), "Invalid value for '--min-share': it should be a number."),
        (("families",), "Missing option '--db'."),
        (("read", "p", "--db", "d", "--delay", "inf"), "Invalid value for '--delay': it should be less than or equal to 3600."),
    ],
)
def test_a_call_that_cannot_be_is_said_in_plain_sentences(stemma, call, said):
    assert stemma(*call, code=1).stderr == f"stemma: {said} See `stemma {call[0]} --help`.\n"


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
    # Where a store lies may be longer than a line, and is not broken.
    assert max(map(len, shown.partition("\nKept in ")[0].splitlines())) <= 80


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


def test_what_stemma_has_made_itself_is_no_report_when_it_lies_among_the_pages(stemma, analysed, harbour, tmp_path):
    (tmp_path / "a.html").write_bytes((analysed / "account.html").read_bytes())
    stemma("brief", "--db", analysed / "news.duckdb", "--format", "html", "--out", tmp_path / "b.html")
    account = json.loads(stemma("analyse", harbour, tmp_path, "--json", "-").stdout)
    before = json.loads((analysed / "account.json").read_text("utf-8"))
    assert [r["sha256"] for r in account["reports"]] == [r["sha256"] for r in before["reports"]]
    assert [s["reason"][:34] for s in account["skipped"]] == ["stemma has made this page itself; "[:34]] * 2


def test_show_gives_the_same_account_from_the_store_by_the_beginning_of_its_id(stemma, analysed):
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    beginning = account["stories"][0]["id"][:5]
    done = stemma("show", beginning, "--db", analysed / "news.duckdb", "--json", "-")
    assert json.loads(done.stdout) == account
    shown = stemma("show", beginning, "--db", analysed / "news.duckdb").stdout
    told, kept, _ = (analysed / "terminal.txt").read_text("utf-8").partition("\nKept in ")
    assert (shown, bool(kept)) == (told, True)


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


def test_the_only_story_of_a_store_needs_no_id_and_a_wrong_one_is_told_what_there_is(stemma, analysed):
    db = analysed / "news.duckdb"
    assert (
        stemma("brief", "--db", db).stdout
        == stemma("brief", rows(stemma("stories", "--db", db, "--json"))[0]["id"], "--db", db).stdout
    )
    assert "It holds 1, and" in stemma("show", "1", "--db", db, code=1).stderr


def test_a_beginning_that_fits_several_stories_is_a_bad_call(stemma, tmp_path):
    for name, text in (("a.txt", TALE), ("b.txt", OTHER)):
        (tmp_path / name).write_text(f"{name}\n\n{text}\n", "utf-8")
    db = tmp_path / "two.duckdb"
    stemma("analyse", tmp_path, "--db", db)
    ids = [row["id"] for row in rows(stemma("stories", "--db", db, "--json"))]
    assert len(ids) == 2
    done = stemma("show", "", "--db", db, code=1)
    assert all(i in done.stderr for i in ids)


def test_origins_that_were_counted_before_a_report_came_are_not_listed(stemma, tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}\n\n{TALE}\n", "utf-8")
    db = tmp_path / "one.duckdb"
    stemma("analyse", tmp_path / "a.txt", "--db", db)
    assert rows(stemma("stories", "--db", db, "--json"))[0]["origins"]
    stemma("read", tmp_path / "b.txt", "--db", db)
    (row,) = rows(stemma("stories", "--db", db, "--json"))
    assert (row["reports"], row["origins"]) == (2, None)
    with closing(open_store(db)) as opened:
        assert [(told["reports"], told["low"]) for told in catalogue(opened)] == [(2, None)]


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
        (["analyse", "pages", "--meta", "none.csv"], "none.csv"),
        (["analyse", "pages", "--db", "none/a.duckdb"], "/none; make it first"),
        (["watch", "a.xml", "--db", "a.duckdb", "--every", "0s"], "'0s' is no time"),
        (["watch", "a.xml", "--db", "a.duckdb", "--every", "999999d"], "'999999d' is longer than a year."),
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


def test_analyse_goes_on_from_what_read_has_put_into_a_store(stemma, harbour, tmp_path):
    db = tmp_path / "news.duckdb"
    stemma("read", harbour, "--db", db)
    gone_on, at_once = (json.loads(stemma("analyse", *pages, "--json", "-").stdout) for pages in (["--db", db], [harbour]))
    assert gone_on == at_once
    assert "Give pages to read" in stemma("analyse", code=1).stderr


def test_a_small_folder_of_several_stories_is_told_how_it_is_read_as_one(stemma, tmp_path):
    for name, text in {"a.txt": TALE, "b.txt": OTHER}.items():
        (tmp_path / name).write_text(text)
    assert "The 2 reports tell 2 stories; `--one-story` reads them as one." in stemma("analyse", tmp_path).stdout
    assert "reads them as one" not in stemma("analyse", tmp_path, "--one-story").stdout
