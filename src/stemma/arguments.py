"""What is wrong with an argument of the Python API, said before anything is done with it."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from math import inf
from pathlib import Path

from stemma.errors import UsageError
from stemma.pages.rows import is_table
from stemma.settings import Manners, Settings
from stemma.text.moments import read_moment
from stemma.whole_files import must_fit

_SHOWN = 60


def must_be_text(**given: object) -> None:
    """Raise UsageError for an argument that is no text."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise UsageError(f"`{name}` must be a text (str), and is {_said(value)}.")


def must_be_texts_or_none(**given: object) -> None:
    """Raise UsageError for an argument that is neither a list of texts nor None."""
    for name, value in given.items():
        texts = isinstance(value, Collection) and not isinstance(value, str) and all(isinstance(one, str) for one in value)
        if value is not None and not texts:
            raise UsageError(f"`{name}` must be a list of texts (str), and is {_said(value)}.")


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
    """Raise UsageError for an argument that is no path of a file, or that no file can have."""
    for name, value in given.items():
        if not isinstance(value, str | Path):
            raise UsageError(f"`{name}` must be a path (str or Path), and is {_said(value)}.")
        must_fit(Path(value))


def must_be_settings(settings: object) -> None:
    """Raise UsageError for settings of another kind, or that hold what cannot be."""
    if not isinstance(settings, Settings):
        raise UsageError(f"`settings` must be a stemma.Settings, and is {_said(settings)}.")
    if settings.attribution is not None:
        must_be_path(attribution=settings.attribution)
    if not isinstance(settings.manners, Manners):
        raise UsageError(f"`manners` must be a stemma.Manners, and is {_said(settings.manners)}.")
    count = settings.processes
    if count is not None and (not isinstance(count, int) or count < 1):
        raise UsageError(f"`processes` must be a whole number, 1 or more, or None, and is {_said(count)}.")
    for name in ("delay", "seconds"):
        span = getattr(settings.manners, name)
        if not isinstance(span, int | float) or not 0 <= span < inf:
            raise UsageError(f"`{name}` must be seconds, 0 or more, and is {_said(span)}.")


def must_be_columns(columns: object) -> None:
    """Raise UsageError for what does not say of fields by which columns they are called."""
    if not isinstance(columns, Mapping) or not all(isinstance(word, str) for pair in columns.items() for word in pair):
        raise UsageError(f'`columns` must be a dict of fields and columns, as {{"text": "body"}}, and is {_said(columns)}.')


def must_be_called(**given: object) -> None:
    """Raise UsageError for an argument that cannot be called."""
    for name, value in given.items():
        if not callable(value):
            raise UsageError(f"`{name}` must be a function, and is {_said(value)}.")


def given_pages(pages: object) -> list[object]:
    """Return paths, addresses and tables, one or several, as a list; raises UsageError for what is none of them."""
    return _several("pages", pages, "paths, addresses or tables (a list of dicts, a DataFrame, an Arrow table)", is_table)


def given_feeds(feeds: object) -> list[str]:
    """Return paths and addresses of feeds, one or several, as a list; raises UsageError for what is none of them."""
    return [str(one) for one in _several("feeds", feeds, "paths or addresses of feeds", lambda _: False)]


def _several(name: str, given: object, kinds: str, other: Callable[[object], bool]) -> list[object]:
    several = [given] if isinstance(given, str | Path) or other(given) else given
    named = "" if isinstance(several, Iterable) and not isinstance(several, bytes | Mapping) else _said(given)
    chosen = list(several) if isinstance(several, Iterable) and not named else []
    wrong = [_said(one) for one in chosen if not isinstance(one, str | Path) and not other(one)]
    if named or wrong:
        raise UsageError(f"`{name}` must be {kinds}, and {f'is {named}' if named else f'holds {wrong[0]}'}.")
    if any(isinstance(one, str) and not one for one in chosen):
        # As of a variable that was never set; it must not stand for the folder one is in.
        raise UsageError(f"One of the names of {name} is empty.")
    if nothing := [one for one in chosen if isinstance(one, str | Path) and not _can_be_named(one)]:
        raise UsageError(f"`{name}` must be {kinds}, and nothing can be called {_said(nothing[0])}.")
    return [str(one) if isinstance(one, Path) else one for one in chosen]


def _can_be_named(name: str | Path) -> bool:
    """Whether a system has room for a name: one with half a character or a NUL it has not."""
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _said(value: object) -> str:
    shown = repr(value)
    short = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return short if value is None else f"{short} ({type(value).__name__})"
