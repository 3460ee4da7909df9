"""Caveats attached to attributions: in the same sentence, or in a later one that speaks of "his assertions"."""

from collections.abc import Sequence
from dataclasses import dataclass

from stemma.mentions.caveats import assertions
from stemma.mentions.parse import Paragraph
from stemma.mentions.values import Caveat
from stemma.statements.attribution import Said
from stemma.statements.sources import Who
from stemma.tables import Span

_BACK = 4
"""How many paragraphs back a later caveat reaches, as long as the same source speaks."""
_POINTING = frozenset(("this", "that", "it", "them"))


@dataclass(frozen=True)
class Doubt:
    """One caveat that holds for a statement."""

    kind: str
    span: Span

    def sentence(self, text: str) -> str:
        """Return the caveat in plain words: its kind and the words that it rests on."""
        return f"{self.kind}: {text[self.span[0] : self.span[1]]}"


def doubt(caveat: Caveat | None) -> Doubt | None:
    """Return a caveat as the doubt that it casts."""
    return None if caveat is None else Doubt(caveat.kind, (caveat.start, caveat.end))


def doubts_of(
    paragraphs: Sequence[Paragraph], said: Sequence[Said], who: Sequence[Who | None], caveats: Sequence[Caveat]
) -> list[Doubt | None]:
    """Return the caveat of each attribution of one report, or None."""
    own = [doubt(item.attribution.caveat) for item in said]
    later: list[Doubt | None] = [None] * len(said)
    for caveat in caveats:
        if caveat.kind == "unverified" and _speaks_of_assertions(paragraphs, caveat):
            for n in _meant(paragraphs, said, who, caveat):
                later[n] = doubt(caveat)
    return [
        a if a is not None and (b is None or a.kind == "unverified") else b for a, b in zip(own, later, strict=True)
    ]


def _speaks_of_assertions(paragraphs: Sequence[Paragraph], caveat: Caveat) -> bool:
    """Whether a caveat is about what somebody said: "his claims", "this", and not about a video."""
    paragraph = next(p for p in paragraphs if p.start <= caveat.start < p.end)
    words = [t for t in paragraph.doc if caveat.start <= paragraph.start + t.idx < caveat.end]
    return any(t.lemma_.lower() in assertions() or t.lower_ in _POINTING for t in words)


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
