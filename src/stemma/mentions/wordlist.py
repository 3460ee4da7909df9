"""The word lists beside this room: tab-separated rows, with comments that start with "# "."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of one file in mentions/data as tuples of columns.

    Comments and empty lines are left out.
    """
    lines = (files("stemma.mentions") / "data" / name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("# "))


@lru_cache(maxsize=32)
def pairs(name: str) -> dict[str, str]:
    """Return a file of two columns as a mapping from the first column to the second."""
    return {row[0]: row[1] for row in rows(name)}


def groups(name: str) -> dict[str, dict[str, str]]:
    """Return a file of three columns (group, word, meaning) as a mapping from group to word to meaning."""
    found: dict[str, dict[str, str]] = {}
    for group, word, meaning in rows(name):
        found.setdefault(group, {})[word] = meaning
    return found


@lru_cache(maxsize=32)
def kinds(name: str) -> dict[str, frozenset[str]]:
    """Return a file of two columns (kind, word) as a mapping from kind to its words."""
    found: dict[str, set[str]] = {}
    for kind, word in rows(name):
        found.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in found.items()}
