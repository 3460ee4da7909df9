"""How the command line speaks: encodings, colours, progress, and what went wrong in a sentence."""

import codecs
import getpass
import io
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from rich.console import Console

    from stemma.pipeline import Progress

NO_ARTICLE, NAMED = "no article was found", 3
"""How the reasons begin of pages without an article, and how many of these are named in the line that counts them."""
BAD_SAID = 10
"""Lines of one table or archive that are said each, when they cannot be read."""

SECONDS_BETWEEN_LINES = 10.0
"""Seconds between two lines that say how far a stage is, where stderr is no terminal."""

LONGEST_LINE = 600
"""Characters of a sentence on stderr, of which a longer one keeps the beginning and the end: a path may have thousands."""

_NARROWEST, _WIDEST = 40, 200
_SIGNS = dict(zip("–—−“”„«»‘’…✓", '---"""""\'\'.*', strict=True))
"""Signs of stemma's own sentences that a poor terminal lacks, and what it shows for them."""


_PLAIN_WORDS = {
    "Value error, ": "", "a valid integer, unable to parse string as an integer": "a whole number",
    "a valid number, unable to parse string as a number": "a number", ": Input should be": ": it should be",
}  # fmt: skip
"""What the parser of arguments says of a bad call, and the plain words for it."""


def open_streams() -> None:
    """Open the null device for standard streams that are closed: a file would take the place, and what is said go into it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115, PTH123


def set_encodings() -> None:
    """JSON is UTF-8 whatever the locale; a character that a terminal does not have becomes a question mark."""
    codecs.register_error("plain", _plain)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            reads = stream is sys.stdin
            stream.reconfigure(errors="replace" if reads else "plain", encoding="utf-8" if reads else None)


def drop_output() -> None:
    """What is still to be written has nowhere to go, and Python must not say so at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json(text: str, end: str = "\n") -> None:
    """Print JSON to standard output, as UTF-8 whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, end=end)


def console() -> "Console":
    """Return where the terminal view is printed."""
    from rich.console import Console

    # A pipe has no width but what COLUMNS says; 80 is what a reader of it expects. Longer lines than 200 nobody reads.
    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))
    file: Any = sys.stdout if sys.stdout.isatty() else _Trimmed(sys.stdout)

    class Left(Console):
        """One that leaves it to its caller that the reader of a pipe went away: rich would end with exit code 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Left(width=width, file=file, highlight=False, soft_wrap=False)


class _Trimmed:
    """A stream that is written to without blanks at the ends of lines, which a diff or a mail would show."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - whatever stands for standard output
        self._stream = stream

    def write(self, text: str) -> int:
        written: int = self._stream.write(re.sub(r" +(?=\n)", "", text))
        return written

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._stream, name)


@contextmanager
def progress_bar(quiet: bool, lines: bool = False) -> "Iterator[Progress]":
    """Show progress on stderr where that is a terminal; elsewhere, with `lines`, say a line now and then."""
    from stemma.pipeline import nothing_to_show

    if quiet or not sys.stderr.isatty():
        yield progress_lines() if lines and not quiet else nothing_to_show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance


def progress_lines(every: float = SECONDS_BETWEEN_LINES) -> "Progress":
    """Return what says on stderr how far a stage is: a line in `every` so many seconds, none before."""
    begun: dict[str, float] = {}
    heard = said = time.monotonic()

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal heard, said
        # A stage begins where the one before it was heard of last: its own first word comes when much of it may be done.
        start, heard = begun.setdefault(stage, heard), time.monotonic()
        if heard - said >= every:
            said = heard
            say(how_far(stage, done, heard - start, done / total if done < total else None))

    return advance


def how_far(stage: str, count: int, seconds: float, part: float | None) -> str:
    """Return how far a stage is after so many seconds; `part` of it (0-1) is done, None where nobody knows its end."""
    rate = f"{count / max(seconds, 0.001):,.1f} a second"
    if not part:
        return f"{stage}: {count:,} so far, {rate}"
    return f"{stage}: {part:.0%}, {count:,} so far, {rate}, {_span(seconds * (1 - part) / part)} left"


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def say(message: str) -> None:
    """Say a sentence on stderr, on one line; names of files and pages may hold terminal escapes."""
    from stemma.show.wording import one_line

    line, half = one_line(message), LONGEST_LINE // 2
    print(f"stemma: {line if len(line) <= LONGEST_LINE else f'{line[:half]} … {line[-half:]}'}", file=sys.stderr)


def say_skipped(skipped: Any, listed: bool = True) -> None:  # noqa: ANN401 - rows of the table skipped
    """Say on stderr which pages could not be read and why: a line for each, of one table, archive or reason the first ones.

    Of those that are only counted it says that the account lists them, where one is made and has them `listed`.

    Files of kinds that are not read are counted in one line, and so are pages that print no article: lists of other stories.
    """
    from stemma.pages.sniff import NOT_READ, suffix_of

    said: Counter[tuple[str, str]] = Counter()
    them, it = ("; the account lists them", "; the account lists it") if listed else ("", "")
    lists = [row.location for row in skipped if row.reason.lower().startswith(NO_ARTICLE)]
    if len(lists) > 1:
        named = ", ".join(lists[:NAMED]) + (f" and {len(lists) - NAMED} more" if len(lists) > NAMED else "")
        say(f"{len(lists)} pages print no article, as lists of other stories do ({named}){them}.")
        skipped = [row for row in skipped if not row.reason.lower().startswith(NO_ARTICLE)]
    for row in skipped:
        holder, inside, _ = row.location.partition("!/")
        kind = (holder, "") if inside else ("", row.reason)
        said[kind] += row.reason != NOT_READ
        if row.reason != NOT_READ and said[kind] <= BAD_SAID:
            say(f"{row.location}: {row.reason}")
    for (holder, reason), count in said.items():
        if count > BAD_SAID:
            of = f"{holder}: {count - BAD_SAID} more of its lines or pages" if holder else f"{count - BAD_SAID} more files"
            say(f"{of} could not be read{f' ({reason.rstrip(chr(46))})' if reason else ''}{them}.")
    if kinds := Counter(suffix_of(row.location) for row in skipped if row.reason == NOT_READ):
        say_kinds(kinds, it if kinds.total() == 1 else them)


def say_kinds(kinds: Counter[str], listed: str = "") -> None:
    """Say on stderr in one line how many files are of kinds that are not read, and where they are `listed`."""
    named = ", ".join(f"{count} {kind or 'without a kind'}" for kind, count in kinds.most_common(8))
    few = "1 file is of a kind that is" if kinds.total() == 1 else f"{kinds.total()} files are of kinds that are"
    say(f"{few} not read ({named}){listed}.")


def user() -> str:
    """Return the name of whoever is at the keyboard, empty where the system does not know it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def fail(message: str, code: int) -> NoReturn:
    """Say a sentence on stderr and end with an exit code."""
    say(message)
    sys.exit(code)


def say_parted(reports: int | None) -> None:
    """Say how many reports hang together with too many others, if any do."""
    if reports:
        many = f"{int(reports):,} reports hang together with too many for each two to be compared"
        say(f"{many}: they were grouped by parts (docs/stories.md).")


def explain(error: Any) -> None:  # noqa: ANN401 - typer carries its own copy of click's exceptions
    """Say what is wrong with a call, or that something went wrong that should not have, and end."""
    show = getattr(error, "format_message", None)
    if show is None and hasattr(error, "exit_code"):
        sys.exit(error.exit_code)
    if show is None:
        fail(f"this should not have happened ({type(error).__name__}: {error}). STEMMA_DEBUG=1 shows where.", 1)
    if show().startswith("Usage:"):
        print(show(), file=sys.stderr)
        sys.exit(1)
    context = getattr(error, "ctx", None)
    hint = f" See `{context.command_path} --help`." if context else ""
    said: str = show()
    for theirs, plain in _PLAIN_WORDS.items():
        said = said.replace(theirs, plain)
    fail(f"{said.rstrip('.')}.{hint}", 1)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Put a plain sign in the place of a dash or a quotation mark, so that 3–4 does not become 3?4."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_SIGNS.get(c, "?") for c in error.object[error.start : error.end]), error.end
