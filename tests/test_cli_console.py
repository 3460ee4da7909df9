"""How the command line speaks where nobody watches: lines now and then, in a file or a log."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from stemma.cli.console import LONGEST_LINE, progress_bar, progress_lines, say

SCRIPT = str(Path(sys.executable).with_name("stemma"))


def test_where_stderr_is_no_terminal_a_long_stage_says_how_far_it_is_how_fast_it_goes_and_what_is_left(capsys):
    tell = progress_lines(every=0)
    tell("reports", 400, 400)
    tell("pairs", 5, 20)
    first, second = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"stemma: reports: 400 so far, [\d,.]+ a second", first)
    assert re.fullmatch(r"stemma: pairs: 25%, 5 so far, [\d,.]+ a second, \d+ s left", second)


def test_a_stage_that_is_over_before_its_first_line_says_nothing(capsys):
    with progress_bar(quiet=False, lines=True) as tell:
        tell("pairs", 20, 20)
    assert capsys.readouterr().err == ""


def test_a_sentence_on_a_path_of_thousands_of_characters_keeps_its_beginning_and_its_end(capsys):
    for length in (LONGEST_LINE, LONGEST_LINE + 1, 4_000):
        say(f"/{'a' * (length - 10)}: broken.")
    whole, *cut = (line.removeprefix("stemma: ") for line in capsys.readouterr().err.splitlines())
    assert (len(whole), whole[:4], whole[-9:]) == (LONGEST_LINE, "/aaa", ": broken.")
    for line in cut:
        assert (len(line), line[:4], " … " in line, line[-9:]) == (LONGEST_LINE + 3, "/aaa", True, ": broken.")


CLOSED = {
    "stdin": ("reports - <&-", 0), "stdin of a server": ("mcp --db {db} <&-", 0), "stdout": ("show --db {db} >&-", 0),
    "stderr": ("reports nowhere.html 2>&-", 2), "all": ("show --db {db} <&- >&- 2>&-", 0),
}  # fmt: skip


@pytest.mark.parametrize("what", CLOSED)
def test_a_standard_stream_that_is_closed_is_none_that_nobody_hears(analysed, what):
    command, code = CLOSED[what]
    line = f"{shlex.quote(SCRIPT)} {command.format(db=shlex.quote(str(analysed / 'news.duckdb')))}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", code)


@pytest.mark.parametrize("command", ["show", "stories", "brief"])
def test_a_reader_of_a_pipe_who_goes_away_is_no_error(analysed, command):
    with subprocess.Popen(
        [SCRIPT, command, "--db", analysed / "news.duckdb"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        running.stdout.close()
        assert (running.stderr.read(), running.wait(300)) == ("", 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "\udcff"], "No story '\\udcff' in this store."),
        (["families", "--parquet", "-"], "What --parquet names is a file, and no standard output"),
    ],
)
def test_an_argument_that_cannot_be_is_told(analysed, stemma, arguments, said):
    assert said in stemma(*arguments, "--db", analysed / "news.duckdb", code=1).stderr
