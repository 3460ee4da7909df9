"""Which lines of a plain-text page are its article: the densest run of prose, and inside it what is no furniture.

Method: every line has a worth (prose by its length, furniture below nothing); the run with the greatest sum is the
article (Kadane's maximum subarray, used so for web text by Pasternack and Roth 2009). Inside the run repeated lines,
links, notices and short lines in heaps are left out; a short line alone above prose is a heading, short lines after
a colon are a list.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from stemma.reports.plain_context import PROSE, kinds_in_context
from stemma.reports.plain_lines import Line, is_bullet
from stemma.reports.plain_slots import is_signature, is_slot
from stemma.reports.words import pattern

OWN = ("short", "lead-in")
"""Kinds of short lines that can be headings and lists of the article; others are furniture."""

_WORTH = {
    "sentence": 0.2, "lead-in": 0.2, "short": -0.7, "repeat": -0.8, "rhythm": -0.3, "widget": -0.8,
    "also": -0.5, "photo": -0.3, "teaser": -0.3, "boxed": -0.5, "notice": -0.5, "tail": -3.0, "end": -12.0,
}  # fmt: skip

_NUMBERED = pattern("numbered")
"""A number in front makes a short line a heading of the article, even in a heap of others."""

LEAST_LEAD = 36
"""Words of a first paragraph that no headline or deck has."""

ITEM = 6
"""Words of the longest item of a list without marks: titles of other stories are longer."""

_BIO = pattern("bio")


def body_roles(lines: Sequence[Line]) -> dict[int, str]:
    """Return the role of each line that is the article's own (paragraph, heading, list, caption), if any."""
    kinds = kinds_in_context(lines)
    run = densest_run(lines, kinds)
    if run is None:
        return {}
    script = _script_of(lines, kinds, run)
    prose = [at for at in range(*run) if _is_own_prose(lines[at], kinds[at], script)]
    prose = prose[_above_slots(lines, prose) :]
    while len(prose) > 3 and _BIO.match(lines[prose[-1]].text[:300]):
        prose.pop()
    roles = {at: "list" if is_bullet(lines[at].text) else "paragraph" for at in prose}
    for before, after in pairwise(prose):
        if after > before + 1:
            roles |= _between(lines, kinds, range(before + 1, after), script)
    return roles


def _above_slots(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """How many of the first prose lines are headline and deck: few, short, and above a byline or a date."""
    for number in range(min(2, len(prose) - 1), 0, -1):
        gap = range(prose[number - 1] + 1, prose[number])
        short = all(lines[at].words < LEAST_LEAD for at in prose[:number])
        if short and len(gap) <= 12 and any(is_signature(lines[at]) for at in gap):
            return number
    return 0


def densest_run(lines: Sequence[Line], kinds: Sequence[str]) -> tuple[int, int] | None:
    """Return [start, end) of the run of lines with the greatest worth; None when none is worth anything."""
    best, total, start = 0.0, 0.0, 0
    run: tuple[int, int] | None = None
    for at, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, at
        total += _worth(line, kinds[at])
        if total > best:
            best, run = total, (start, at + 1)
    return run


def _worth(line: Line, kind: str) -> float:
    """What a line adds to its run: at most 7, so that one endless line does not outweigh an article."""
    return min(line.words, 80) / 12 + 0.5 if kind == "prose" else _WORTH[kind]


def _between(lines: Sequence[Line], kinds: Sequence[str], gap: range, script: str) -> dict[int, str]:
    """Give roles to what stands between two lines of prose: a heading, a list, captions; the rest is furniture."""
    roles = {at: "caption" for at in gap if kinds[at] == "photo"}
    own = [at for at in gap if kinds[at] in OWN and lines[at].script == script and not is_slot(lines[at])]
    if not own:
        return roles
    lead = next((i for i, at in enumerate(own) if kinds[at] == "lead-in"), None)
    if lead is not None:
        above = {at: "heading" for at in own[:lead] if at == own[lead] - 1 and lines[at].words <= 12}
        below = {at: "paragraph" if kinds[at] == "lead-in" else "list" for at in own[lead:]}
        return roles | above | below
    if lines[gap[0] - 1].text.endswith((":", "：")) and len(own) == len(gap):
        return roles | dict.fromkeys(own, "list")
    if len(own) >= 2 and all(is_bullet(lines[at].text) for at in own):
        return roles | dict.fromkeys(own, "list")
    if len(own) >= 2 and len(own) == len(gap) and all(lines[at].words <= ITEM for at in own):
        return roles | dict.fromkeys(own, "list")
    roles |= {at: "heading" for at in own if _NUMBERED.match(lines[at].text) and lines[at].words <= 16}
    if _is_heading(lines, kinds, gap, own):
        roles[own[-1]] = "heading"
    return roles


def _is_heading(lines: Sequence[Line], kinds: Sequence[str], gap: range, own: Sequence[int]) -> bool:
    """Whether the last line above prose stands alone or below few others, none of which opens a list of stories."""
    line = lines[own[-1]]
    if own[-1] != gap[-1] or (line.text.isupper() and line.words >= 5):
        return False
    if len(own) == 1:
        return line.words <= 20 and all(kinds[at] not in ("tail", "end", "also") for at in gap)
    return line.words <= 9 and len(gap) <= 3 and all(kinds[at] not in ("tail", "end", "also") for at in gap)


def _is_own_prose(line: Line, kind: str, script: str) -> bool:
    return kind in PROSE and _same_script(line, script) and not (kind == "sentence" and is_signature(line))


def _same_script(line: Line, script: str) -> bool:
    together = {line.script, script} <= {"CJK", "HIRAGANA", "KATAKANA"}
    return line.script == script or together or (line.ended and line.words >= 12)


def _script_of(lines: Sequence[Line], kinds: Sequence[str], run: tuple[int, int]) -> str:
    """The script of most words of the run's prose."""
    scripts: Counter[str] = Counter()
    for at in range(*run):
        if kinds[at] in PROSE:
            scripts[lines[at].script] += lines[at].words
    return scripts.most_common(1)[0][0] if scripts else ""
