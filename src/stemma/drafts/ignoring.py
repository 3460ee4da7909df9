"""Comments in a draft that ask a check to be silent: `stemma: ignore dropped-caveat` for a paragraph, `ignore-file` for all."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stemma.findings.kinds import KINDS

_ASKS = r"stemma:[ \t]*ignore(?P<whole>-file)?\b[ \t:]*(?P<rules>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?"
# A comment that asks for this is short: one that never ends is looked through no further.
_MARKED = re.compile(rf"<!--\s*{_ASKS}.{{0,2000}}?-->", re.DOTALL)
_LINE = rf"^[ \t]*(?:#|//)[ \t]*{_ASKS.replace('?P<', '?P<line_')}[^\r\n]*"
_PLAIN = re.compile(rf"{_MARKED.pattern}|{_LINE}", re.DOTALL | re.MULTILINE)
MARKED = (".md", ".markdown", ".html", ".htm", ".xhtml")
BREAK = re.compile(r"\r\n|\r|\n")
_RULES = {kind.rule: kind.name for kind in KINDS.values()}


@dataclass(frozen=True, slots=True)
class Ignored:
    """What one comment asks: which kinds (all when none is named) it leaves out on which lines, both ends included.

    `unknown` are names in it that are of no kind; they leave nothing out.
    """

    line: int
    first: int
    last: float
    kinds: frozenset[str]
    unknown: tuple[str, ...]

    def covers(self, kind: str, line: int, end_line: int) -> bool:
        """Whether a finding of this kind on these lines is left out."""
        return line <= self.last and end_line >= self.first and (kind in self.kinds or not (self.kinds or self.unknown))


def ignored_in(source: str, is_plain: bool) -> list[Ignored]:
    """Return what the comments of a draft ask; in plain text a line that begins with # or // is one too.

    A comment beside words holds for its line, one on a line of its own for the paragraph behind it.
    """
    lines = BREAK.split(source)
    starts = [0, *(m.end() for m in BREAK.finditer(source))]
    found = []
    for comment in _comments(source, is_plain):
        asked = {name.removeprefix("line_"): value for name, value in comment.groupdict().items() if value}
        at, end = bisect_right(starts, comment.start()), bisect_right(starts, comment.end() - 1)
        beside = source[starts[at - 1] : comment.start()] + lines[end - 1][comment.end() - starts[end - 1] :]
        first, last = (1, float("inf")) if "whole" in asked else (at, end) if beside.strip() else _paragraph(lines, end)
        named = [name.strip().lower() for name in asked.get("rules", "").split(",") if name.strip()]
        known = frozenset(_RULES[name] for name in named if name in _RULES)
        found.append(Ignored(at, first, last, known, tuple(name for name in named if name not in _RULES)))
    return found


def without_comments(source: str, is_plain: bool, blank: str = "") -> str:
    """Return a draft without these comments, or with `blank` for each of their letters."""
    pieces, at = [], 0
    for comment in _comments(source, is_plain):
        pieces += [source[at : comment.start()], blank * (comment.end() - comment.start())]
        at = comment.end()
    return "".join([*pieces, source[at:]])


def comment_for(rule: str, path: Path, *, whole: bool) -> str:
    """Return a line that ignores a kind for the paragraph behind it, or for the `whole` draft, in the form of its file."""
    asks = f"stemma: ignore{'-file' if whole else ''} {rule}"
    return f"<!-- {asks} -->\n" if path.suffix.lower() in MARKED else f"# {asks}\n"


def paragraph_start(source: str, line: int) -> int:
    """Return the first line of the paragraph that a line stands in, both counted from 1."""
    lines = BREAK.split(source)
    return next((n + 1 for n in range(line - 1, 0, -1) if not lines[n - 1].strip()), 1)


def _comments(source: str, is_plain: bool) -> Iterator[re.Match[str]]:
    return (_PLAIN if is_plain else _MARKED).finditer(source)


def _paragraph(lines: list[str], behind: int) -> tuple[int, int]:
    """The first and the last line of the paragraph that follows a line, counted from 1."""
    first = next((n for n in range(behind, len(lines)) if lines[n].strip()), len(lines))
    last = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    return first + 1, last
