"""What a run is told beside its pages."""

from dataclasses import dataclass
from pathlib import Path

from stemma import ids


@dataclass(frozen=True, slots=True)
class Manners:
    """How pages are fetched: whether from private addresses too, seconds between two requests to a host, seconds for a page."""

    allow_private: bool = False
    delay: float = 1.0
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run.

    `attribution` is a model file of `stemma train attribution`, which says who said what; the rules alone when None.
    `keep_bytes` keeps the bytes of pages in the store. `processes` is how many work at a time; one a core when None.
    `apart` leaves this process free while others work: a server answers on.
    `manners` are those with which addresses are fetched. Only the first of them can change an account.
    """

    attribution: Path | None = None
    keep_bytes: bool = True
    processes: int | None = None
    apart: bool = False
    manners: Manners = Manners()

    def model(self) -> str | None:
        """Return a hash of the attribution model, or None when there is none.

        >>> stemma.Settings().model() is None
        True
        """
        return None if self.attribution is None else ids.sha256(self.attribution.read_bytes())


DEFAULT = Settings()
