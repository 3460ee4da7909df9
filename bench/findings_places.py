"""Sentences and places in a report's text, as bench/findings.py needs them; nothing here asks stemma."""

import re
from dataclasses import dataclass

from stemma.tables import BODY, Block, Report


@dataclass(frozen=True)
class Print:
    """A report with its blocks."""

    report: Report
    blocks: tuple[Block, ...]


def body(source: Print) -> list[Block]:
    """Return the blocks that statements come from."""
    return [b for b in source.blocks if b.role in BODY]


def sentences(source: Print) -> list[tuple[int, str]]:
    """Return the sentences of the body with where each begins."""
    return [(b.start + at, s) for b in body(source) for at, s in cut(source.report.text[b.start : b.end])]


def cut(paragraph: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph with their offsets; marks of quotation stay with their sentence."""
    found, start = [], 0
    for m in re.finditer(r"[.!?][”\"’)]?\s+(?=[“\"A-Z0-9(])", paragraph):
        before = paragraph[start : m.start() + 1]
        if re.search(r"\b(?:a\.m|p\.m|Mr|Ms|Mrs|Dr|Gen|Col|St)\.$", before) or before.count("“") > before.count("”") + (
            paragraph[m.start() + 1 : m.start() + 2] == "”"
        ):
            continue
        found.append((start, paragraph[start : m.end()].rstrip()))
        start = m.end()
    if paragraph[start:].strip():
        found.append((start, paragraph[start:].rstrip()))
    return found


def inside_marks(sentence: str, at: int) -> bool:
    """Return whether a place stands inside quotation marks."""
    return sentence.count("“", 0, at) > sentence.count("”", 0, at)


def overlap(words: str, sentence: str) -> bool:
    """Return whether a piece of evidence and a sentence share words at one place: one holds a good run of the other."""
    a, b = " ".join(words.split()), " ".join(sentence.split())
    short, long = sorted((a, b), key=len)
    if not short:
        return False
    if short in long:
        return True
    pieces = short.split()
    runs = [" ".join(pieces[i : i + 4]) for i in range(max(1, len(pieces) - 3))]
    return sum(run in long for run in runs) >= max(1, 0.3 * len(runs))
