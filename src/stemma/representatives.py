"""The reports of which an account is made where a story has very many: those that say what no earlier one does, and the earliest.

The time and the memory of an account grow with the pairs of its reports, and the five hundredth copy of a wire tells nothing.
"""

import re
from collections.abc import Collection, Sequence
from hashlib import blake2b

from stemma.tables import Block, Report, Skipped

MOST, CHOSEN = 1000, 400
"""Reports of a story of which all are looked at; and how many are chosen of more."""
_NEW = 0.2
"""Part of a report's letters that stands in sentences which no earlier report has, from which on it says something."""
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?”\"’»])\s+|\n+")
WithBlocks = tuple[Report, Sequence[Block]]


def representatives(reports: Sequence[WithBlocks], kept: Collection[str] = ()) -> Sequence[WithBlocks]:
    """Return all reports of a story, or of very many `CHOSEN`, the same ones in any order; those `kept` are among them."""
    if len(reports) <= MOST:
        return reports
    ordered = sorted(reports, key=lambda rb: (rb[0].published or "9", rb[0].id))
    said: set[bytes] = set()
    ranked = []
    for place, (report, blocks) in enumerate(ordered):
        sentences = {s: _key(s) for s in _BETWEEN_SENTENCES.split(report.text)}
        new = sum(len(s) for s, key in sentences.items() if key not in said)
        said.update(sentences.values())
        tells = new > _NEW * sum(map(len, sentences))
        ranked.append((report.id not in kept, not tells, place, (report, blocks)))
    return [one for *_, one in sorted(ranked, key=lambda r: r[:3])[:CHOSEN]]


def _key(sentence: str) -> bytes:
    return blake2b(sentence.encode("utf-8", "replace"), digest_size=8).digest()


def left_out(story: str, reports: int, chosen: int) -> list[Skipped]:
    """Return what is said of a story of which not all reports were chosen."""
    of = f"its account is made of {chosen:,} of its {reports:,} reports: those that say most that no earlier one does"
    return [Skipped(f"story {story}", f"{of}, and the earliest.")] if chosen < reports else []
