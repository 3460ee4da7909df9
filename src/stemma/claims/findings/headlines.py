"""Headlines that say for a fact what the body gives as somebody's word, and doubts."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from stemma.claims.context import Context, Grouped, evidence, of_unit
from stemma.claims.findings.make import make
from stemma.claims.synonyms import meaning
from stemma.claims.units import Unit
from stemma.mentions.parse import parse
from stemma.tables import Finding, Span

HELD = 0.75
"""Share of the headline's own words that stand in a sentence of the body: then the two say the same."""
LEAST = 4
"""Content words without which a headline says too little to be more than a topic."""
_CONTENT = ("NOUN", "VERB", "ADJ", "PROPN")
_CLAIMED = re.compile(r"\bclaim|\balleg")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w,])")
_MARKS = re.compile(r"[:?‘’“”\"]|(?<!\w)'|…")


def overreaching_headlines(context: Context) -> Iterator[Finding]:
    """Yield the headlines that say plainly what every sentence of the body on it attributes and puts in doubt."""
    for report in sorted(context.reports):
        title = _title(context, report)
        if title is None or _is_careful(context.words(report, title)):
            continue
        words, numbers = _read(context.words(report, title).lower())
        held = [(g, m) for g in context.claims for m in g.members if m.report == report and _holds(m, words, numbers)]
        if held and _is_doubted(context, held) and not _is_plain_elsewhere(context, report, words, held):
            grouped, member = next((g, m) for g, m in held if m.source)
            name = context.sources[member.source].name if member.source else "somebody"
            message = (
                f"The headline of {context.name(report)} says for a fact what its text gives as the word of {name}: "
                f"“{context.words(report, (member.start, member.end))[:160]}”."
            )
            proof = [evidence(report, title), of_unit(member)]
            yield make(context, "headline overreach", "medium", message, [report], proof, grouped.claim.id)


def _title(context: Context, report: str) -> Span | None:
    """Where the headline stands in the text."""
    known = context.reports[report]
    if not known.title or known.language not in ("en", None):
        return None
    at = known.text.find(known.title)
    return None if at < 0 else (at, at + len(known.title))


def _is_careful(title: str) -> bool:
    """Whether a headline names who says it, doubts or asks: a cue, a hedge, marks of quotation, a colon, a question."""
    words = {w.strip(".,;!").lower() for w in title.split()}
    return bool(_MARKS.search(title)) or bool(words & _careful())


def _read(title: str) -> tuple[frozenset[str], frozenset[float]]:
    """A headline's content words by meaning, and its numbers."""
    words = [meaning(t.lemma_) for t in parse(title, "en") if t.pos_ in _CONTENT and t.is_alpha and not t.is_stop]
    return frozenset(words), frozenset(float(n.replace(",", "")) for n in _NUMBER.findall(title))


def _holds(member: Unit, words: frozenset[str], numbers: frozenset[float]) -> bool:
    """Whether a member says what the headline says: its words, and its number or its verb."""
    if len(words) < LEAST or len(words & set(member.words)) < HELD * len(words):
        return False
    if numbers:
        return member.figure is not None and member.figure.value in numbers
    return member.figure is None and member.head in words


def _is_doubted(context: Context, held: Sequence[tuple[Grouped, Unit]]) -> bool:
    """Whether each of the body's sentences is attributed, and the body itself doubts or denies one of them."""
    if not all(m.source for _, m in held):
        return False
    return any(context.is_unverified(m) or _is_hedged(context, m) or _is_disputed(context, g, m) for g, m in held)


def _is_disputed(context: Context, grouped: Grouped, member: Unit) -> bool:
    """Whether the same text gives another side, or calls the words a claim and doubts or denies one."""
    others = [m for m in grouped.members if m.report == member.report and m.source != member.source]
    if grouped.claim.relation in ("disputed", "conflict") and others:
        return True
    carrier = context.statement(member)
    cue = carrier and carrier.cue_span
    claimed = cue and _CLAIMED.search(context.words(member.report, cue).lower())
    return bool(claimed and context.caveats(member.report, "unverified", "denied"))


def _is_hedged(context: Context, member: Unit) -> bool:
    start, end = member.sentence
    return any(start <= c.start < end for c in context.caveats(member.report, "hedge", "alleged", "denied", "unverified"))


def _is_plain_elsewhere(context: Context, report: str, words: frozenset[str], held: Sequence[tuple[Grouped, Unit]]) -> bool:
    """Whether a plain sentence of the body, outside of those that hold it, says the headline's words too."""
    spoken = {m.sentence for _, m in held}
    attributed = [c for s in context.statements if s.report == report and s.attributed for c in s.content]
    for start, end in context.sentences(report):
        if (start, end) in spoken or any(s < end and start < e for s, e in attributed):
            continue
        said, _ = _read(context.words(report, (start, end)).lower())
        if len(words & said) >= HELD * len(words):
            return True
    return False


@lru_cache(maxsize=1)
def _careful() -> frozenset[str]:
    """The words of data/careful.txt."""
    lines = files("stemma.claims").joinpath("data/careful.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
