"""What the readers of HTML and of plain text both produce: an article before it has offsets and an id."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as found on a page: metadata, and blocks of (role, text) in page order.

    Roles are those of `tables.ROLES`. A block's text has no newline. `published` and `modified` are ISO 8601, as exact
    as the page gives them, in the page's own zone.
    """

    blocks: tuple[tuple[str, str], ...]
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    contributors: tuple[str, ...] = ()
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
