"""The data files of the rooms: tab-separated rows, with comments that start with "# "."""

from functools import lru_cache
from importlib.resources import files

Row = tuple[str, ...]


@lru_cache(maxsize=128)
def rows(room: str, name: str) -> tuple[Row, ...]:
    """Return the rows of a file in a room's folder `data` as tuples of columns, without comments and empty lines."""
    lines = files(f"stemma.{room}").joinpath("data", name).read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and line != "#" and not line.startswith("# "))


@lru_cache(maxsize=64)
def words_of(room: str, name: str) -> frozenset[str]:
    """Return the words of a file that lists them between blanks."""
    return frozenset(word for row in rows(room, name) for word in " ".join(row).split())


@lru_cache(maxsize=64)
def word_lists(room: str, name: str) -> dict[str, frozenset[str]]:
    """Return a file of two columns (list, words between blanks) as a mapping from each list's name to its words."""
    found: dict[str, frozenset[str]] = {}
    for kind, *words in rows(room, name):
        found[kind] = found.get(kind, frozenset()) | frozenset(" ".join(words).split())
    return found


@lru_cache(maxsize=64)
def phrase_lists(room: str, name: str) -> dict[str, frozenset[str]]:
    """Return a file of two columns (list, phrase) as a mapping from each list's name to its phrases."""
    found: dict[str, set[str]] = {}
    for kind, phrase in rows(room, name):
        found.setdefault(kind, set()).add(phrase)
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


@lru_cache(maxsize=64)
def mapping(room: str, name: str) -> dict[str, str]:
    """Return a file of two columns as a mapping from the first column to the second."""
    return {row[0]: row[1] for row in rows(room, name)}


@lru_cache(maxsize=64)
def mappings(room: str, name: str) -> dict[str, dict[str, str]]:
    """Return a file of three columns (group, word, meaning) as a mapping from group to word to meaning."""
    found: dict[str, dict[str, str]] = {}
    for group, word, meaning in rows(room, name):
        found.setdefault(group, {})[word] = meaning
    return found
