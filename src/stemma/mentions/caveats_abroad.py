"""Caveats in languages without a parser: their fixed words, as they are printed."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.mentions.values import Caveat
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc

_GAP = r"(?:[\s,]+[\w'’-]+){0,6}?"
"""Up to six words of the same sentence."""


def find_abroad(doc: "Doc", offset: int) -> list[Caveat]:
    """Return the caveats of a paragraph in its language, moved by `offset`; none where there is no list for it."""
    found: list[Caveat] = []
    for kind, pattern in _patterns().get(doc.lang_, ()):
        found += [Caveat(offset + m.start(), offset + m.end(), kind) for m in pattern.finditer(doc.text)]
    found.sort(key=lambda c: (c.start, -c.end))
    return [c for n, c in enumerate(found) if not any(b.end >= c.end for b in found[max(n - 3, 0) : n])]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for language, kind, words in rows("mentions", "caveats_abroad.tsv"):
        found.setdefault(language, []).append((kind, re.compile(_expression(words), re.IGNORECASE)))
    return found


def _expression(words: str) -> str:
    parts = [_GAP if w == "…" else r"\s+" + re.escape(w).replace(r"\*", r"\w*") for w in words.split()]
    return r"(?<!\w)" + "".join(parts).removeprefix(r"\s+") + r"(?!\w)"
