"""Traces that a translation program leaves in English: broken spacing, capitals of lost links, calques."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.tables import Span
from stemma.text.data import rows

SPACED_HYPHEN = re.compile(r"\b[\w\d]+ -[a-z]+\b")
GLUED = re.compile(r"\b[A-Z][a-z]{3,}(?:The|Who|And|For|In|On|A|An|That|Which|Was|Is|To|Of)(?=\s|[A-Z]|$)")
STRAY_CAPITAL = re.compile(r"(?<=[a-z,] )(?:A|An|The|That|To|In|On|His|Her|Their|For|And|With|After|Who)(?= [a-z0-9])")

MOST = 3.6
"""What signs of one kind weigh at the most, in nats: a habit of one writer is not several signs."""
AGAINST = 2.6
"""Prior against: few English pages are a program's translation."""


@dataclass(frozen=True, slots=True)
class TranslationSign:
    """Words of one paragraph that a person writing English would not print; `weight` in nats."""

    paragraph: int
    span: Span
    what: str
    weight: float


def translation_signs(paragraphs: Sequence[str]) -> list[TranslationSign]:
    """Return the traces of machine translation in the paragraphs of a body, with offsets in their paragraph."""
    found = []
    for number, text in enumerate(paragraphs):
        for what, weight, pattern in _patterns():
            found += [TranslationSign(number, m.span(), what, weight) for m in pattern.finditer(text)]
    return found


def probability(signs: Sequence[TranslationSign]) -> float:
    """Return how probable it is that a program translated the text; lost links alone (glued words, capitals) stay under half."""
    weights: dict[str, float] = {}
    for sign in signs:
        weights[sign.what] = min(weights.get(sign.what, 0.0) + sign.weight, MOST)
    links = min(1.5, sum(w for k, w in weights.items() if k in ("glued words", "stray capital")))
    rest = sum(w for k, w in weights.items() if k not in ("glued words", "stray capital"))
    return 1 / (1 + math.exp(-(links + rest - AGAINST)))


def weighed_patterns(name: str, flags: int = 0) -> list[tuple[str, float, re.Pattern[str]]]:
    """Return the rows of a file in descent/data: what a pattern finds, its weight in nats, the pattern."""
    return [(what, float(weight), re.compile(pattern, flags)) for what, weight, pattern in rows("descent", name)]


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, float, re.Pattern[str]]]:
    """The fixed patterns and those of data/calques.tsv."""
    fixed = [("broken spacing", 1.0, SPACED_HYPHEN), ("glued words", 0.5, GLUED), ("stray capital", 0.5, STRAY_CAPITAL)]
    return [*fixed, *weighed_patterns("calques.tsv", re.IGNORECASE)]
