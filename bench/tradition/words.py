"""The word lists of the bench, read once."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a list, its comment left out."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
