"""The word lists beside this room: rows of its data files, and the wordings of wordings.tsv as patterns."""

import re
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of one file in claims/data as tuples of its tab-separated columns, without comments and empty lines."""
    lines = files("stemma.claims").joinpath("data", name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=32)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a file that lists them between blanks."""
    return frozenset(word for row in rows(name) for word in " ".join(row).split())


@lru_cache(maxsize=32)
def list_of(name: str, key: str) -> frozenset[str]:
    """Return the words between blanks of the row of a file that begins with a key."""
    return frozenset(next(words for first, words in (row for row in rows(name) if len(row) > 1) if first == key).split())


def wording(name: str) -> str:
    """Return the wordings of one name in wordings.tsv as an expression that matches any of them."""
    found = [wording for key, *wordings in rows("wordings.tsv") if key == name for wording in wordings]
    if not found:
        raise KeyError(name)
    return f"(?:{'|'.join(found)})"


def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the wordings of one name, as whole words in any case."""
    return re.compile(rf"\b{wording(name)}\b", re.IGNORECASE)
