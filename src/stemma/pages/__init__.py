"""Files and folders as a user has them, turned into pages: bytes with where they were and when they were saved."""

from stemma.pages.files import Saved, count_pages, read_pages
from stemma.pages.meta import PageMeta, read_meta

__all__ = ["PageMeta", "Saved", "count_pages", "read_meta", "read_pages"]
