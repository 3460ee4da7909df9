"""Hedges that a copy dropped: "may have died" in the original, "have died" in the copy, the words around them the same."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from stemma.findings import thresholds
from stemma.findings.caveats import dropped_caveat
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.plain_words import plain_words
from stemma.tables import Caveat, Finding, Span
from stemma.text.data import words_of

_SAID = re.compile(r"\b(?:said|says|told|according to|claim\w*|report\w*)\b", re.IGNORECASE)


def dropped_hedges(context: Context, told: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the copies that print without its hedge what their original hedges, one a copy; `told` are caveats found dropped."""
    seen = {r for f in told for r in f.reports}
    for pair in context.sure_pairs:
        for caveat in context.caveats(pair.original, "hedge", "alleged"):
            copy = None if pair.copy in seen or pair.possible else _without_hedge(context, pair, caveat)
            if copy:
                seen.add(pair.copy)
                original = context.sentence_of(pair.original, caveat)
                message = (
                    f"{context.name(pair.copy)} prints for a fact what {context.name(pair.original)} puts with "
                    f"“{context.words(pair.original, (caveat.start, caveat.end))}”: “{context.words(pair.copy, copy)}”"
                )
                proof = [evidence(pair.copy, copy), evidence(pair.original, original)]
                yield dropped_caveat(context, f"{message}.", pair, proof, None, "medium")


def _without_hedge(context: Context, pair: CopyPair, caveat: Caveat) -> Span | None:
    """The sentence of the copy that is the hedge's sentence but for the hedge, and is cautious in no other way."""
    original = context.sentence_of(pair.original, caveat)
    for mine, theirs in context.shared.get(pair.copy, ()):
        if theirs.report != pair.original or theirs.end <= original[0] or original[1] <= theirs.start:
            continue
        for copy in (s for s in context.sentences(pair.copy) if s[0] < mine.end and mine.start < s[1]):
            if not _is_cautious(context, pair, copy) and _lacks(context, pair, caveat, original, copy):
                return copy
    return None


def _is_cautious(context: Context, pair: CopyPair, copy: Span) -> bool:
    """Whether the copy's sentence has any word of caution, or gives what it says to somebody to whom the original does not."""
    held = context.caveats(pair.copy, "hedge", "alleged", "unverified", "denied")
    words = context.words(pair.copy, copy)
    return any(copy[0] <= c.start < copy[1] for c in held) or bool(_SAID.search(words))


def _lacks(context: Context, pair: CopyPair, caveat: Caveat, original: Span, copy: Span) -> bool:
    """Whether only the hedge is gone where both sentences run alike on either side of it."""
    before = plain_words(context.words(pair.original, (original[0], caveat.start)))
    hedge = plain_words(context.words(pair.original, (caveat.start, caveat.end)))
    behind = plain_words(context.words(pair.original, (caveat.end, original[1])))
    theirs = plain_words(context.words(pair.copy, copy))
    if Indel.normalized_similarity((*before, *hedge, *behind), theirs) < thresholds.HEDGED_ALIKE:
        return False
    near = [_content(before[-thresholds.HEDGE_BESIDE :]), _content(behind[: thresholds.HEDGE_BESIDE])]
    printed = set(theirs)
    return all(side and side <= printed for side in near) and not set(hedge) & printed


def _content(words: Sequence[str]) -> set[str]:
    return {w for w in words if w not in words_of("findings", "function_words.txt")}
