"""Whatever a user has, turned into pages: bytes with where they were, when they were saved, and what is known of them."""

from stemma.pages.files import count_pages, is_address, read_pages, rows_in, skipped_of
from stemma.pages.meta import PageMeta, read_meta
from stemma.pages.saved import PageOptions, Saved

__all__ = ["PageMeta", "PageOptions", "Saved", "count_pages", "is_address", "read_meta", "read_pages", "rows_in", "skipped_of"]
