"""What can go wrong, each with a sentence that a user can act on.

StemmaError
├── PageError          one page could not be read; the run goes on and lists it as skipped
│   ├── NoArticle      the page was read and prints no article
│   ├── Unreachable    the server of an address did not answer, or broke off
│   └── Unanswered     the server of an address sent no page, but a status
│       └── Busy       it wants to be asked later
├── NothingRead        no page at all could be read (exit code 2)
├── UsageError         the command line or a call asks for something that cannot be (exit code 1)
├── StoreError         the store is of another version or no store
│   ├── StoreInUse     another process writes to the store
│   ├── StoreReadOnly  the store is a folder of Parquet, or lies where nobody may write
│   └── StoreDamaged   a part of the store cannot be read
├── EngineError        what a corpus is worked on with is missing, or has ended
├── ProcessLost        a process that worked for the run was ended from outside
└── QuotationMismatch  a brief would print words as a quotation that its report does not say
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

NOTED = 3
"""Pages of which a traceback says why they could not be read, where none could be."""


class StemmaError(Exception):
    """Base of every error that stemma raises on purpose; its text is shown to the user as it is."""


class PageError(StemmaError):
    """One page could not be read; the text says what is wrong with it."""


class NoArticle(PageError):  # noqa: N818 - reads as what happened
    """The page was read and no article was found on it."""


class Unreachable(PageError):  # noqa: N818
    """The server of an address did not answer in time, broke off, or cannot be reached; later it may."""


class Unanswered(PageError):  # noqa: N818
    """The server of an address sent no page, but a `status` of HTTP."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Busy(Unanswered):
    """The server of an address wants to be asked again after so many `seconds`."""

    def __init__(self, message: str, status: int, seconds: float) -> None:
        super().__init__(message, status)
        self.seconds = seconds


class NothingRead(StemmaError):  # noqa: N818
    """Nothing of what was given could be read; `skipped` says why, page by page.

    The text says no more than the reason of one page does, or is empty where all was said.
    """

    skipped: Sequence[Any] = ()

    @classmethod
    def of(cls, skipped: Sequence[Any]) -> "NothingRead":
        """Return the error of a run that read no page: it says why of one, of many that it was none, with the first as notes."""
        reasons = [f"{row.location}: {row.reason}" for row in skipped]
        if len(reasons) == 1:
            error = cls(reasons[0])
        else:
            error = cls("None of what was given could be read as a page with an article.")
            error.__notes__ = reasons[:NOTED]
        error.skipped = skipped
        return error


class UsageError(StemmaError):
    """The call asks for something that cannot be."""


class StoreError(StemmaError):
    """The store cannot be used as it is."""


class StoreInUse(StoreError):  # noqa: N818
    """Another process writes to the store; the same call may succeed when that has ended."""


class StoreReadOnly(StoreError):  # noqa: N818
    """The store is a folder of Parquet, which is read and not changed, or lies where this process may write nothing."""


class StoreDamaged(StoreError):  # noqa: N818
    """A part of the store cannot be read back, or is not there."""


class EngineError(StemmaError):
    """The engine of a corpus is not installed, does not answer, or has ended."""


class ProcessLost(StemmaError):  # noqa: N818
    """A process that worked for the run was ended from outside; what was committed before stays."""


class QuotationMismatch(StemmaError):  # noqa: N818
    """Words would be printed as a quotation that do not stand in their report as they are printed."""


def changed(store: object, what: str = "it holds what cannot be worked with") -> str:
    """Return the sentence on a store that another program wrote to: `what` is wrong with it, and what can be done."""
    return f"{store} was changed by another program: {what}. {help_for(store)}."


def help_for(store: object) -> str:
    """Return how what can be saved of a store is saved, or made anew of a folder, as the end of a sentence."""
    if Path(str(store)).is_dir():
        return "`stemma corpus FILES --out NEW` makes a new one"
    return f"`stemma store check --db {store}` says what can be saved"
