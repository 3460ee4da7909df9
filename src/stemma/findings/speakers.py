"""Quotations that a copy gives to another speaker than the report that it was made from."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.make import make
from stemma.findings.utterances import LONGER, Quoted, Rendering, is_of_two
from stemma.tables import Finding, Source
from stemma.text.data import words_of
from stemma.text.normal import fold

RUN = 5
"""Words in a row in common without which two speakers may each have said something like it."""


def other_speakers(context: Context, said: Sequence[Quoted], found: Sequence[Rendering]) -> Iterator[Finding]:
    """Yield the quotations that a copy gives to somebody else, both speakers named beside the words; one a copy and speaker."""
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    seen: set[tuple[str, str | None]] = set()
    for r in found:
        pair = copies.get((r.a.report, r.b.report)) or copies.get((r.b.report, r.a.report))
        lengths = sorted((len(r.a.words), len(r.b.words)))
        if r.run < RUN or lengths[1] > LONGER * lengths[0]:
            continue
        if pair is None or not are_two_named(context, r) or not _are_said_so(context, r):
            continue
        copy, original = (r.a, r.b) if r.a.report == pair.copy else (r.b, r.a)
        if pair.possible and _prints(said, copy) > _prints(said, original):
            copy, original = original, copy
        if (copy.report, copy.source) not in seen:
            seen |= {(copy.report, copy.source), (original.report, original.source)}
            alone = pair.possible and _prints(said, copy) == _prints(said, original)
            yield _other(context, pair, copy, original, alone)


def are_two_named(context: Context, rendering: Rendering) -> bool:
    """Return whether two prints of an utterance have two speakers with names that share no word."""
    if not is_of_two(rendering):
        return False
    one, other = (context.sources.get(q.source or "") for q in (rendering.a, rendering.b))
    return bool(one and other and surnames(one) and surnames(other) and not surnames(one) & surnames(other))


@lru_cache(maxsize=5000)
def surnames(source: Source) -> frozenset[str]:
    """Return the last words of a source's names that are names of a person: two capitals or more, no article before them."""
    found = set()
    for name in (source.name, *source.names):
        words = [w for w in name.split() if w not in words_of("findings", "particles.txt")]
        if len(words) > 1 and all(w[:1].isupper() for w in words[-2:]) and words[0].lower() != "the":
            found.add(fold(words[-1]))
    return frozenset(found)


def are_two_of_a_name(one: Source | None, other: Source | None) -> bool:
    """Return whether two sources are two of one family: each has a first name, and they have none in common."""
    first = [{fold(n.split()[0]) for n in (s.name, *s.names) if len(n.split()) > 1} if s else set() for s in (one, other)]
    return bool(first[0] and first[1] and not first[0] & first[1])


def _are_said_so(context: Context, rendering: Rendering) -> bool:
    """Whether each print names its own speaker in the quotation's paragraph, and not the other's."""
    near = [_paragraph(context, q) for q in (rendering.a, rendering.b)]
    names = [surnames(context.sources[q.source or ""]) for q in (rendering.a, rendering.b)]
    own = all(any(n in near[i] for n in names[i]) for i in (0, 1))
    return own and not any(n in near[1 - i] for i in (0, 1) for n in names[i])


def _paragraph(context: Context, quoted: Quoted) -> str:
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    return fold(paragraph.doc.text) if paragraph else ""


def _prints(said: Sequence[Quoted], version: Quoted) -> int:
    return len({q.report for q in said if q.source == version.source and q.words == version.words})


def _other(context: Context, pair: CopyPair, copy: Quoted, original: Quoted, alone: bool) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its speaker."""
    names = [context.sources[q.source or ""].name for q in (copy, original)]
    message = (
        f"{context.name(copy.report)} gives to {names[0]} words that {context.name(original.report)}, "
        f"which {'prints the same source' if pair.possible else 'it copied'}, gives to {names[1]}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    return make(context, "other speaker", "high", message, reports, proof)
