"""A page as it was saved, a row of a table too: its bytes, and what is known of it from outside."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path

import pyarrow as pa

from stemma import ids
from stemma.pages.meta import PageMeta, Record, meta_of
from stemma.pages.rows import Row
from stemma.pages.sniff import looks_like_html
from stemma.tables import Page, Response, Skipped

_TRACKING = re.compile(
    r"(?:utm_\w+|(?:fb|g|y|d|tw)clid|gclsrc|msclkid|igshid|mc_[ce]id|_hs(?:enc|mi)|at_(?:medium|campaign)|cmpid|ref_src|smid|ocid)="
)
"""Parameters that advertisers and newsletters add to an address."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A page and its bytes, unpacked, and what a server said beside them; the bytes are dropped once the report is read."""

    page: Page
    content: bytes
    response: Response | None = None


def unpacked_bytes(kept: bytes, size: int, sha256: str) -> bytes | None:
    """Return the bytes of a page as a store keeps them, unpacked; None where they are not those of the page."""
    content = None
    with suppress(OSError, ValueError):
        content = pa.decompress(kept, size, "zstd", asbytes=True)
    return content if content is not None and ids.sha256(content) == sha256 else None


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the person who gives pages says of them.

    `meta` is what `read_meta` returns. `columns` says which column of a table holds a field whose name is not recognised.
    `articles` is whether the texts of tables are articles, of which every paragraph is kept, or whole pages with their furniture;
    None: articles where the row has a title. `meta_file` is where `meta` was read: it is no page of the folder it lies in.
    """

    meta: Mapping[str, PageMeta] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    articles: bool | None = None
    meta_file: Path | None = None


NO_OPTIONS = PageOptions()
NOTHING = PageMeta()


def page_of(
    location: str, content: bytes, kind: str, told: PageOptions, *,
    given: PageMeta = NOTHING, left: PageMeta = NOTHING, id: str = "", charset: str | None = None,
) -> Page:  # fmt: skip
    """Return the page of these bytes.

    `given` is what its archive or table says of it and `left` what a browser left in the bytes themselves; the meta file
    overrules both. `id` tells it from the same bytes elsewhere, where no address or outlet does.
    """
    outside = _first(meta_of(location, told.meta), given)
    known, sha = _first(outside, left), ids.sha256(content)
    return Page(
        id=ids.digest(sha, outside.url or outside.outlet or id), location=location, url=known.url, outlet=known.outlet,
        published=known.published, retrieved=known.retrieved, sha256=sha, size=len(content), format=kind,
        title=known.title, byline=known.byline, language=known.language, charset=charset,
    )  # fmt: skip


def plain_address(address: str) -> str:
    """Return an address without what only tells how a reader came to it."""
    bare, _, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    return f"{bare}?{kept}" if kept else bare


def _first(*known: PageMeta) -> PageMeta:
    """What the first of several says; what it is silent about, the next."""
    values = {f.name: next((v for k in known if (v := getattr(k, f.name)) is not None), None) for f in fields(PageMeta)}
    return PageMeta(**values)


def pages_of_rows(table: str, rows: Iterable[Row], told: PageOptions) -> Iterator[Saved | Skipped]:
    """Yield a page for each row that has text or HTML, at TABLE!/ID, and why there is none at "TABLE!/line N"."""
    first: dict[str, int] = {}
    for number, record in rows:
        wrong = record if isinstance(record, str) else _wrong(record, first)
        if isinstance(record, str) or wrong:
            yield Skipped(f"{table}!/line {number}", str(wrong))
        else:
            first[str(record["id"])] = number
            yield _page(f"{table}!/{record['id']}", record, told)


def format_of(record: Record, articles: bool | None) -> str:
    """Return what a row holds: "html", an "article", or a page's "text" with its furniture; `articles` as in `PageOptions`."""
    if record.get("html") is not None or looks_like_html(str(record["text"])):
        return "html"
    return "article" if (bool(record.get("title")) if articles is None else articles) else "text"


def repeated(record: Record, first: dict[str, int]) -> str | None:
    """Return that the id of a row was that of a row before it, or None; `first` is the line of each id that was read."""
    key = str(record["id"])
    if key not in first:
        return None
    return f"the id {key!r} stands on line {first[key]} already; this line is left out. Give it an id of its own."


def _wrong(record: Record, first: dict[str, int]) -> str | None:
    if not {"text", "html"} & record.keys():
        return "the row has neither text nor html."
    return repeated(record, first)


def _page(location: str, record: Record, told: PageOptions) -> Saved:
    content = str(record.get("html") or record["text"]).encode("utf-8", "replace")
    given = PageMeta(**{f.name: record.get(f.name) for f in fields(PageMeta)})
    page = page_of(location, content, format_of(record, told.articles), told, given=given, id=str(record["id"]), charset="utf-8")
    return Saved(page, content)
