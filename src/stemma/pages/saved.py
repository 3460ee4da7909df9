"""A page as it was saved: its bytes, and what is known of it from outside."""

from dataclasses import dataclass

from stemma.tables import Page, Response


@dataclass(frozen=True, slots=True)
class Saved:
    """A page and its bytes, unpacked, and what a server said beside them; the bytes are dropped once the report is read."""

    page: Page
    content: bytes
    response: Response | None = None
