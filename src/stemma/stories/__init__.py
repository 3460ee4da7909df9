"""Which reports tell the same story: terms of each report, pairs in SQL, groups of verified pairs."""

from stemma.stories.grouping import Document, group, group_records
from stemma.stories.pairs import PAIRS_SQL
from stemma.stories.terms import terms

__all__ = ["PAIRS_SQL", "Document", "group", "group_records", "terms"]
