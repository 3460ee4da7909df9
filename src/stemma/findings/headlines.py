"""Headlines that say for a fact what the body gives as somebody's word, and doubts."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.findings.context import Context, evidence
from stemma.findings.doubted import Doubt, doubt
from stemma.findings.headlined import Headline, Held, read_headline, said
from stemma.findings.make import make
from stemma.findings.wordings import pattern
from stemma.mentions.parse import parse
from stemma.tables import Finding, Span
from stemma.text.data import word_lists, words_of

_MARKS = re.compile(r"[:?‘’“”\"]|(?<!\w)'|…")
_PROVED = re.compile(r"\b(?:prov(?:e|es|ed|en|ing)|proof)\b", re.IGNORECASE)
_SUGGESTED = pattern("suggested")
SHOWN = 160
"""Code points of a sentence that a message shows."""
ALIKE = 2
"""Words of a headline in the sentence that says more carefully what it calls proved."""


def overreaching_headlines(context: Context) -> Iterator[Finding]:
    """Yield the headlines that say plainly what every sentence of the body on it attributes, and somebody puts in doubt."""
    for report in sorted(context.reports):
        title = _title(context, report)
        if title is None or _MARKS.search(context.words(report, title)):
            continue
        yield from _plainly_said(context, report, title)
        yield from _called_proved(context, report, title)


def _plainly_said(context: Context, report: str, title: Span) -> Iterator[Finding]:
    headline = read_headline(context.words(report, title))
    for found in said(context, report, headline):
        if not found or _is_careful(headline, found):
            continue
        best = next(((h, d) for h in found for d in [doubt(context, report, h)] if d), None)
        if best:
            yield _finding(context, report, title, *best)
            return


def _finding(context: Context, report: str, title: Span, one: Held, why: Doubt) -> Finding:
    source = next((s.source for s in one.statements if s.source), None)
    given = f"as the word of {context.sources[source].name if source else 'somebody'}" if one.statements else "under a condition"
    message = (
        f"The headline of {context.name(report)} says for a fact what its text gives {given}: "
        f"“{context.words(report, one.sentence)[:SHOWN]}”; {why.reason}."
    )
    proof = [evidence(report, title), evidence(report, one.sentence), *why.shown]
    return make(context, "headline overreach", "medium" if why.own else "low", message, [report], proof, why.claim)


def _called_proved(context: Context, report: str, title: Span) -> Iterator[Finding]:
    """A headline that calls something proved over a text that says what only may be, or is suggested."""
    words = context.words(report, title)
    proved = _PROVED.search(words)
    body = [s for s in context.sentences(report) if s[0] >= title[1]]
    if not proved or any(_PROVED.search(context.words(report, s)) for s in body):
        return
    headline = read_headline(words)
    alike = [s for s in body if len(headline.words & read_headline(context.words(report, s)).words) >= ALIKE]
    careful = next((s for s in alike if _SUGGESTED.search(context.words(report, s))), None)
    if careful:
        message = (
            f"The headline of {context.name(report)} calls proved what its text puts with more care: "
            f"“{context.words(report, careful)[:SHOWN]}”."
        )
        proof = [evidence(report, title), evidence(report, careful)]
        yield make(context, "headline overreach", "medium", message, [report], proof)


def _title(context: Context, report: str) -> Span | None:
    """Where the headline stands in the text."""
    known = context.reports[report]
    if not known.title or known.language not in ("en", None):
        return None
    at = known.text.find(known.title)
    return None if at < 0 else (at, at + len(known.title))


def _is_careful(headline: Headline, found: Sequence[Held]) -> bool:
    """Whether a headline names who says it, doubts or asks.

    A demand names who demands; where the body has it on somebody's word that there was a demand, it is what is said.
    """
    told = {w for h in found for w in h.told}
    words, acts = _careful_words()
    own = {w for w in headline.plain if w in words}
    return any(w not in acts or _lemma(w) not in told for w in own)


@lru_cache(maxsize=1000)
def _lemma(word: str) -> str:
    return next((t.lemma_.lower() for t in parse(f"They {word} it", "en") if t.lower_ == word), word)


@lru_cache(maxsize=1)
def _careful_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of data/careful.txt, and those of acts that may be somebody's word themselves."""
    return words_of("findings", "careful.txt") - {"act"}, word_lists("findings", "careful.txt")["act"]
