"""The wordings of wordings.tsv as patterns."""

import re

from stemma.text.data import rows


def wording(name: str) -> str:
    """Return the wordings of one name in wordings.tsv as an expression that matches any of them."""
    found = [wording for key, *wordings in rows("findings", "wordings.tsv") if key == name for wording in wordings]
    if not found:
        raise KeyError(name)
    return f"(?:{'|'.join(found)})"


def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the wordings of one name, as whole words in any case."""
    return re.compile(rf"\b{wording(name)}\b", re.IGNORECASE)
