"""Quotations of different reports that render one utterance, and how their words differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from stemma.claims.context import Context
from stemma.descent.words import fold
from stemma.tables import Span

LEAST_WORDS = 5
SAME = 0.5
"""Share of words in common, in order, from which two quotations of one speaker render one utterance."""
_WORD = re.compile(r"[\w']+")
_SPELLING = (
    ("our", "or"),
    ("ise", "ize"),
    ("isation", "ization"),
    ("yse", "yze"),
    ("ogue", "og"),
    ("tre", "ter"),
    ("ence", "ense"),
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words inside the marks of one quotation, and who said them (a source's id, or None)."""

    report: str
    span: Span
    source: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """Two quotations of one utterance: `changed` words differ inside what both print (not a mere cut), as (of a, of b)."""

    a: Quoted
    b: Quoted
    alike: float
    changed: tuple[tuple[str, str], ...]


def quoted(context: Context) -> list[Quoted]:
    """Return all quotations of the story that are long enough to be told apart."""
    found = []
    for s in context.statements:
        for span in s.quotations:
            words = plain_words(context.words(s.report, span))
            if len(words) >= LEAST_WORDS:
                found.append(Quoted(s.report, span, s.source, words))
    return found


def renderings(quotations: Sequence[Quoted]) -> list[Rendering]:
    """Return the pairs of quotations, of different reports and no two known speakers, that render one utterance."""
    pairs = []
    for a, b in combinations(quotations, 2):
        if a.report == b.report or (a.source and b.source and a.source != b.source):
            continue
        pair = _compare(a, b)
        if pair:
            pairs.append(pair)
    return pairs


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words without case, accents, brackets' additions, house spelling and typography."""
    text = re.sub(r"\[[^\]]*\]", " ", text).replace("’", "'")
    return tuple(_house(fold(w.strip("'"))) for w in _WORD.findall(text) if w.strip("'"))


def _compare(a: Quoted, b: Quoted) -> Rendering | None:
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    same = sum(m.size for m in matcher.get_matching_blocks())
    alike = same / min(len(a.words), len(b.words))
    if alike < SAME or same < 4:
        # Other words for the same thought: a looser test, for two renderings of a foreign speaker.
        if not (a.source and a.source == b.source and _stems_in_common(a, b) >= SAME):
            return None
    codes = matcher.get_opcodes()
    changed = [
        (" ".join(a.words[i:j]), " ".join(b.words[k:m]))
        for n, (code, i, j, k, m) in enumerate(codes)
        if code != "equal" and not _is_cut(n, codes, i, j, k, m)
    ]
    return Rendering(a, b, round(alike, 3), tuple(changed))


def _is_cut(n: int, codes: Sequence[tuple[str, int, int, int, int]], i: int, j: int, k: int, m: int) -> bool:
    """Words that only one side prints at an end are a shorter excerpt; a whole clause less in the middle is an ellipsis."""
    if n in (0, len(codes) - 1) and (i == j or k == m):
        return True
    return False


def _stems_in_common(a: Quoted, b: Quoted) -> float:
    x, y = {w[:5] for w in a.words if len(w) > 3}, {w[:5] for w in b.words if len(w) > 3}
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def _house(word: str) -> str:
    """British and American spellings of one word become the same."""
    for british, american in _SPELLING:
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + american
        for tail in ("s", "d", "ed", "ing", "ly", "ful", "able"):
            if word.endswith(british.rstrip("e") + tail) and len(word) > len(british) + 4:
                return word[: -len(british.rstrip("e") + tail)] + american.rstrip("e") + tail
    return word
