"""How the command line speaks where nobody watches: lines now and then, in a file or a log."""

import re

from stemma.cli.console import progress_bar, progress_lines


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
