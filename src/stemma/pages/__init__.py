"""Files, folders and addresses as a user has them, turned into pages: bytes with where they were and when they were saved."""

from stemma.pages.files import count_pages, is_address, read_pages
from stemma.pages.meta import PageMeta, read_meta
from stemma.pages.saved import Saved

__all__ = ["PageMeta", "Saved", "count_pages", "is_address", "read_meta", "read_pages"]
