"""What kind of text a run of words is: narrative, quotation, statement of an agency or office, or furniture.

Two reports that print one office's statement, or one site's standing note, share words and no telling.
"""

from collections.abc import Sequence
from functools import lru_cache

from stemma.descent.words import Words
from stemma.tables import Span
from stemma.text.data import rows

NARRATIVE, QUOTATION, STATEMENT, FURNITURE = range(4)
RUNS = ("narrative", "quotation", "statement", "furniture")
KEPT = 1_024
NOTE = 60
"""Words of the longest standing note."""
SPEAKING = 20
"""One word in so many of a paragraph is "we" or "our" where an office speaks for itself."""
OWN_VOICE = 0.4
"""Share of a text in the first person from which it is written in it."""
OWN = frozenset({"we", "our", "us", "ourselves"})


@lru_cache(maxsize=KEPT)
def labels(words: Words) -> bytes:
    """Return for each word the number of its label in `RUNS`."""
    marked = bytearray(words.quoted)
    noted, stated = _holds(words.folded, _cues("furniture")), False
    for first, past in words.blocks if noted or ":\n" in words.text or not OWN.isdisjoint(words.folded) else ():
        told, quoted = words.folded[first:past], words.quoted[first:past]
        spoken = [n for n, word in enumerate(told) if word in OWN and not quoted[n]]
        if noted and past - first <= NOTE and _holds(told, _cues("furniture")):
            marked[first:past] = bytes([FURNITURE]) * (past - first)
        elif (stated and QUOTATION not in quoted) or (len(spoken) > 1 and len(spoken) * SPEAKING >= past - first):
            marked[first:past] = bytes(q or STATEMENT for q in quoted)
        ends = past > first and words.text.startswith(":", words.ends[past - 1])
        stated = ends and _holds(told, _cues("statements"))
    # A text that speaks of "us" throughout is somebody's own telling.
    voice = marked.count(STATEMENT) > OWN_VOICE * len(marked)
    return bytes(marked).replace(bytes([STATEMENT]), bytes([NARRATIVE])) if voice else bytes(marked)


def label(words: Words, span: Span) -> int:
    """Return the label that most words of a span have."""
    found = labels(words)[slice(*span)]
    return max(range(len(RUNS)), key=found.count)


def _holds(told: Sequence[str], cues: Sequence[str]) -> bool:
    text = f" {' '.join(told)} "
    return any(cue in text for cue in cues)


@lru_cache(maxsize=2)
def _cues(name: str) -> tuple[str, ...]:
    return tuple(f" {line} " for (line,) in rows("descent", f"{name}.txt"))
