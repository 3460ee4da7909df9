"""Words that attribute: which verbs and nouns say, think, show, intend, order or are about something."""

from functools import lru_cache

from stemma.text.data import rows


@lru_cache(maxsize=1)
def cues() -> dict[str, frozenset[str]]:
    """Return the lemmas of each kind of cue (say, think, show, intend, order, about, noun)."""
    rows = [line.split("\t") for line in _lines("cues.tsv")]
    return {kind: frozenset(lemmas.split()) for kind, lemmas in rows}


@lru_cache(maxsize=1)
def speaking() -> frozenset[str]:
    """Return the lemmas of every verb that can stand beside a quotation."""
    kinds = cues()
    return kinds["say"] | kinds["about"] | kinds["order"] | kinds["think"] | kinds["show"]


def _lines(name: str) -> list[str]:
    return ["\t".join(row) for row in rows("statements", name)]
