"""The word lists of this room, read once from its data folder: furniture, months, agencies, mastheads."""

import re
from functools import lru_cache

from stemma.text.data import rows


@lru_cache(maxsize=1)
def furniture() -> dict[str, re.Pattern[str]]:
    """Return one pattern a scope of furniture.tsv: the marks by which pages show what is not their article."""
    scopes: dict[str, list[str]] = {}
    for scope, text in rows("reports", "furniture.tsv"):
        if not scope.endswith("?"):
            scopes.setdefault(scope, []).append(text)
    return {scope: re.compile("|".join(f"(?:{p})" for p in patterns)) for scope, patterns in scopes.items()}


@lru_cache(maxsize=1)
def hints() -> dict[str, tuple[str, ...]]:
    """Return the letters of which one stands in every line that a scope's patterns match."""
    return {scope.rstrip("?"): tuple(text.split("|")) for scope, text in rows("reports", "furniture.tsv") if scope.endswith("?")}


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return the number of each month's name in the languages of months.tsv, case-folded."""
    return {
        name.casefold(): number
        for row in rows("reports", "months.tsv")
        for number, names in enumerate(row[1:], 1)
        for name in names.split("|")
    }


@lru_cache(maxsize=64)
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of patterns.tsv by its name, with <NAME> and <PLACE> filled in."""
    table = {row[0]: row[1:] for row in rows("reports", "patterns.tsv")}
    flags, text = table[name]
    for part in ("<NAME>", "<PLACE>"):
        text = text.replace(part, table[part][1]) if name != part else text
    return re.compile(text, re.IGNORECASE if flags == "i" else 0)
