"""What is wrong with an argument of the Python API, said before anything is done with it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from stemma.errors import UsageError
from stemma.pages.rows import is_table
from stemma.text.moments import read_moment

_SHOWN = 60


def must_be_text(**given: object) -> None:
    """Raise UsageError for an argument that is no text."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise UsageError(f"`{name}` must be a text (str), and is {_said(value)}.")


def must_be_text_or_none(**given: object) -> None:
    """Raise UsageError for an argument that is neither a text nor None."""
    must_be_text(**{name: value for name, value in given.items() if value is not None})


def must_be_time_or_none(**given: object) -> None:
    """Raise UsageError for an argument that is neither a day or moment in ISO 8601 nor None."""
    must_be_text_or_none(**given)
    for name, value in given.items():
        if value is not None and read_moment(value) is None:
            form = "a day (2025-05-06) or more (2025-05-06T14:30+02:00)"
            raise UsageError(f"`{name}` must be {form}, and is {_said(value)}.")


def must_be_path(**given: object) -> None:
    """Raise UsageError for an argument that is no path of a file."""
    for name, value in given.items():
        if not isinstance(value, str | Path):
            raise UsageError(f"`{name}` must be a path (str or Path), and is {_said(value)}.")


def given_pages(pages: object) -> list[object]:
    """Return paths, addresses and tables, one or several, as a list; raises UsageError for what is none of them."""
    several = [pages] if isinstance(pages, str | Path) or is_table(pages) else pages
    named = "" if isinstance(several, Iterable) and not isinstance(several, bytes | Mapping) else _said(pages)
    chosen = list(several) if isinstance(several, Iterable) and not named else []
    wrong = [_said(one) for one in chosen if not isinstance(one, str | Path) and not is_table(one)]
    if named or wrong:
        kinds = "paths, addresses or tables (a list of dicts, a DataFrame, an Arrow table)"
        raise UsageError(f"`pages` must be {kinds}, and {f'is {named}' if named else f'holds {wrong[0]}'}.")
    if any(isinstance(one, str) and not one for one in chosen):
        # As of a variable that was never set; it must not stand for the folder one is in.
        raise UsageError("One of the names of pages is empty.")
    return [str(one) if isinstance(one, Path) else one for one in chosen]


def _said(value: object) -> str:
    shown = repr(value)
    short = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return short if value is None else f"{short} ({type(value).__name__})"
