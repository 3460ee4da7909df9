"""What a line is among its neighbours: summary of another story, part of a box, heading that the contents repeat."""

import re
from collections.abc import Mapping, Sequence

from stemma.reports.plain_lines import Line

PROSE = ("prose", "sentence")

QUIET = ("rhythm", "widget")
"""Kinds that may stand between two paragraphs of one story and part nothing."""

RHYTHM = 5
"""Lines that stand so often are a page's own beat (a label before each paragraph), not a menu."""

FAR = 60
"""A paragraph that comes again within so many lines is printed twice; farther away the page has a copy."""

TEASER = 40
"""A prose line of fewer words, alone under a heading for other stories, is the summary of one."""

PITCH = 25
"""A prose line of fewer words, alone beside a notice, is the pitch of a newsletter or a subscription."""

PARTED = 0.8
"""Share of the long paragraphs that stand between blank lines on a page that parts them so."""

_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])[\"”’]?$")


def kinds_in_context(lines: Sequence[Line]) -> list[str]:
    """Return the kind of each line: those of `Line.kind`, and teaser, boxed, repeat, rhythm by its neighbours."""
    seen: dict[str, int] = {}
    kinds = []
    for at, line in enumerate(lines):
        kinds.append(_repeat(line, at, seen))
        seen[line.key] = at
    _mark_contents(lines, kinds)
    loud = [at for at, kind in enumerate(kinds) if kind not in QUIET]
    _mark_teasers(lines, kinds, loud)
    _mark_boxes(lines, kinds, loud)
    _mark_pairs(lines, kinds)
    return kinds


def _repeat(line: Line, at: int, seen: Mapping[str, int]) -> str:
    """Tell a line that stands twice, which is furniture; of a whole sentence the first is the article's."""
    if line.times == 1 or line.kind not in (*PROSE, "short", "lead-in"):
        return line.kind
    if line.times >= RHYTHM:
        return "rhythm"
    if line.kind == "prose" and line.times == 2 and line.ended:
        before = seen.get(line.key)
        return "repeat" if before is not None and at - before < FAR else "prose"
    return "repeat"


def _mark_contents(lines: Sequence[Line], kinds: list[str]) -> None:
    """Find the contents, a row of lines that each come once more; there, alone above prose, they are headings."""
    listed: set[str] = set()
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and kinds[at] == "repeat" and lines[at].times == 2:
            continue
        if at - start >= 3:
            listed.update(line.key for line in lines[start:at])
        start = at + 1
    for at in range(1, len(lines) - 1):
        alone = kinds[at - 1] != "repeat" and kinds[at + 1] in PROSE
        if kinds[at] == "repeat" and alone and lines[at].key in listed:
            kinds[at] = "short"


def _mark_teasers(lines: Sequence[Line], kinds: list[str], loud: Sequence[int]) -> None:
    """Mark short prose that is cut off, or alone under a headline below the opening of a list of stories."""
    below = False
    for place, at in enumerate(loud):
        line, alone = lines[at], _alone(kinds, loud, place)
        headed = place > 0 and kinds[loud[place - 1]] == "short" and lines[loud[place - 1]].words >= 4
        if kinds[at] == "tail":
            below = True
        elif kinds[at] != "prose":
            continue
        elif _is_teaser(line, alone=alone, listed=below and headed):
            kinds[at] = "teaser"
        elif not alone or line.words >= TEASER:
            below = False


def _is_teaser(line: Line, *, alone: bool, listed: bool) -> bool:
    cut_off = line.words < 2 * TEASER and _CUT_OFF.search(line.text[-12:])
    return alone and bool(cut_off or (listed and line.words < TEASER))


def _mark_boxes(lines: Sequence[Line], kinds: list[str], loud: Sequence[int]) -> None:
    """A short piece of prose alone beside a notice of the site, or between two, is of their box."""
    for place, at in enumerate(loud):
        if kinds[at] not in PROSE or lines[at].words >= PITCH or not _alone(kinds, loud, place):
            continue
        near = [kinds[i] for i in loud[max(0, place - 2) : place + 3]]
        if "notice" in near:
            kinds[at] = "boxed"


def _mark_pairs(lines: Sequence[Line], kinds: list[str]) -> None:
    """On a page that parts its paragraphs by blank lines, short lines that stand close together are a box."""
    blocks: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        blocks.setdefault(line.block, []).append(at)
    long = [at for at, line in enumerate(lines) if kinds[at] == "prose" and line.words >= PITCH]
    if len(long) < 3 or sum(len(blocks[lines[at].block]) == 1 for at in long) < PARTED * len(long):
        return
    for block in blocks.values():
        mixed = kinds[block[0]] == "short" and any(kinds[at] in PROSE for at in block)
        if mixed and len(block) <= 4 and all(lines[at].words < PITCH for at in block):
            for at in block:
                kinds[at] = "boxed"


def _alone(kinds: Sequence[str], loud: Sequence[int], place: int) -> bool:
    """Whether neither neighbour is prose, quiet lines passed over."""
    return all(kinds[loud[i]] not in PROSE for i in (place - 1, place + 1) if 0 <= i < len(loud))
