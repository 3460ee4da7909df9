"""Caveats attached to attributions: in the same sentence, or in a later one that speaks of "his assertions"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.mentions.parse import Paragraph
from stemma.mentions.values import Caveat
from stemma.statements.attribution import Said
from stemma.statements.sources import Who
from stemma.tables import Span

_ORDER = ("unverified", "denied", "alleged", "verified", "hedge")
_BACK = 4
"""How many paragraphs back a later caveat reaches, as long as the same source speaks."""
_ASSERTIONS = frozenset(
    "claim claims assertion assertions report reports account accounts statement statements figure figures number numbers "
    "allegation allegations remark remarks information details words this that it them".split()
)


@dataclass(frozen=True)
class Doubt:
    """One caveat that holds for a statement."""

    kind: str
    span: Span

    def sentence(self, text: str) -> str:
        """Return the caveat in plain words: its kind and the words that it rests on."""
        return f"{self.kind}: {text[self.span[0] : self.span[1]]}"

    @staticmethod
    def strongest(caveats: Sequence[Caveat]) -> "Doubt | None":
        """Return the gravest of some caveats, the first of equals."""
        best = min(caveats, key=lambda c: (_ORDER.index(c.kind), c.start), default=None)
        return None if best is None else Doubt(best.kind, (best.start, best.end))


def doubts_of(
    paragraphs: Sequence[Paragraph], said: Sequence[Said], who: Sequence[Who | None], caveats: Sequence[Caveat]
) -> list[Doubt | None]:
    """Return the caveat of each attribution of one report, or None."""
    own = [_within(item, caveats) for item in said]
    later = [Doubt.strongest([])] * len(said)
    for caveat in caveats:
        if caveat.kind == "unverified" and _speaks_of_assertions(paragraphs, caveat):
            for n in _meant(paragraphs, said, who, caveat):
                later[n] = Doubt(caveat.kind, (caveat.start, caveat.end))
    return [a if a is not None and (b is None or a.kind == "unverified") else b for a, b in zip(own, later, strict=True)]


def _within(item: Said, caveats: Sequence[Caveat]) -> Doubt | None:
    """Caveats among an attribution's words, but not inside its quotation marks: those are the speaker's own."""
    a = item.attribution
    spans = [s for s in (*a.content, a.cue_span) if s is not None]
    inside = [
        c for c in caveats
        if any(s <= c.start and c.end <= e for s, e in spans) and not any(s <= c.start < e for s, e in a.quotations)
    ]  # fmt: skip
    cue = a.cue_span
    around = [
        c for c in caveats if c.kind in ("hedge", "alleged") and cue is not None and 0 <= cue[0] - c.end <= 2 and c not in inside
    ]
    denied = [c for c in caveats if c.kind == "denied" and cue is not None and c.start <= cue[0] < c.end and cue[1] <= c.end]
    return Doubt.strongest([*inside, *around, *denied])


def _speaks_of_assertions(paragraphs: Sequence[Paragraph], caveat: Caveat) -> bool:
    paragraph = next(p for p in paragraphs if p.start <= caveat.start < p.end)
    said = paragraph.doc.text[caveat.start - paragraph.start : caveat.end - paragraph.start]
    words = re.findall(r"\w+", said.lower())
    return not _ASSERTIONS.isdisjoint(words)


def _meant(
    paragraphs: Sequence[Paragraph], said: Sequence[Said], who: Sequence[Who | None], caveat: Caveat
) -> list[int]:
    """The attributions before a caveat, backwards as long as one source speaks without another between."""
    place = next(n for n, p in enumerate(paragraphs) if p.start <= caveat.start < p.end)
    before = [n for n, item in enumerate(said) if item.attribution.content[-1][1] <= caveat.start and _spoken(item)]
    found: list[int] = []
    speaker: Who | None = None
    for n in sorted(before, key=lambda n: -said[n].attribution.content[0][0]):
        if place - said[n].paragraph > _BACK or (found and who[n] != speaker):
            break
        speaker = who[n]
        found.append(n)
    return found


def _spoken(item: Said) -> bool:
    return item.strength == 3 or bool(item.attribution.quotations)
