"""Quotations that are given to another speaker, and quotations that a copy made."""

import re
from collections.abc import Iterator, Sequence

from stemma.findings import thresholds
from stemma.findings.altered_in_copies import alteration, kinship
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.kinds import OTHER_SPEAKER
from stemma.findings.utterances import Quoted, Rendering, are_two_named, surnames
from stemma.findings.wordings import answered, plain_words
from stemma.tables import Evidence, Finding
from stemma.text.normal import fold

_MARKS = re.compile("[\"“”«»„‘]|(?<!\\w)'")
_FIRST_PERSON = frozenset(("i", "we", "my", "our", "us", "me", "you", "your"))
"""Words of somebody who speaks: what a reporter writes without marks has none of them."""


def other_speakers(context: Context, said: Sequence[Quoted], prints: Sequence[Rendering]) -> Iterator[Finding]:
    """Yield the quotations that a report gives to somebody else, both speakers named beside the words; one a report and speaker.

    Between a report and its copy, or between any two when the words are so many that nobody else said them.
    """
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    seen: set[tuple[str, str | None]] = set()
    for r in prints:
        pair = copies.get((r.a.report, r.b.report)) or copies.get((r.b.report, r.a.report))
        lengths = sorted((len(r.a.words), len(r.b.words)))
        if r.run < (thresholds.SPEAKER_RUN if pair else thresholds.RARE_RUN) or lengths[1] > thresholds.LONGER * lengths[0]:
            continue
        if not are_two_named(context, r) or not _name_their_speakers(context, r):
            continue
        copy, original = (r.a, r.b) if not pair or r.a.report == pair.copy else (r.b, r.a)
        undirected = pair is None or pair.possible
        if undirected and _reports_with_speaker(said, copy) > _reports_with_speaker(said, original):
            copy, original = original, copy
        if (copy.report, copy.source) not in seen:
            seen |= {(copy.report, copy.source), (original.report, original.source)}
            alone = undirected and _reports_with_speaker(said, copy) == _reports_with_speaker(said, original)
            yield _speaker_finding(context, pair, copy, original, alone)


def made_up_quotations(
    context: Context, said: Sequence[Quoted], prints: Sequence[Rendering], altered: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield the quotations of copies that neither the original nor any other report prints, and whose thought it does print.

    `said` are the story's quotations, `prints` their pairs that render one utterance, `altered` what was found of them.
    """
    told = {(e.report, e.start) for f in altered for e in f.evidence}
    rendered = {q for r in prints if r.alike >= thresholds.NEARLY_ALIKE for q in (r.a, r.b)}
    rendered |= {q for q in said if (q.report, q.span[0]) in told}
    for pair in context.sure_pairs:
        if pair.possible or pair.edge.share < thresholds.MADE_UP_SHARE:
            continue
        for quoted in said:
            if quoted.report == pair.copy and len(quoted.words) >= thresholds.MADE_UP_WORDS and quoted not in rendered:
                found = _made_of(context, pair, quoted, said)
                if found:
                    yield found
                    break


def _name_their_speakers(context: Context, rendering: Rendering) -> bool:
    """Whether each print names its own speaker in the quotation's paragraph, and not the other's."""
    near = [_paragraph_words(context, q) for q in (rendering.a, rendering.b)]
    names = [surnames(context.sources[q.source or ""]) for q in (rendering.a, rendering.b)]
    own = all(any(n in near[i] for n in names[i]) for i in (0, 1))
    return own and not any(n in near[1 - i] for i in (0, 1) for n in names[i])


def _paragraph_words(context: Context, quoted: Quoted) -> str:
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    return fold(paragraph.doc.text) if paragraph else ""


def _reports_with_speaker(said: Sequence[Quoted], version: Quoted) -> int:
    return len({q.report for q in said if q.source == version.source and q.words == version.words})


def _speaker_finding(context: Context, pair: CopyPair | None, copy: Quoted, original: Quoted, alone: bool) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its speaker."""
    names = [context.sources[q.source or ""].name for q in (copy, original)]
    other = context.name(original.report) + (f", {kinship(pair)}," if pair else "")
    message = f"{context.name(copy.report)} gives to {names[0]} words that {other} gives to {names[1]}."
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    severity = context.severity(OTHER_SPEAKER, pair) if pair else "medium"
    return context.finding(OTHER_SPEAKER, message, reports, proof, severity=severity)


def _made_of(context: Context, pair: CopyPair, quoted: Quoted, said: Sequence[Quoted]) -> Finding | None:
    words = f" {' '.join(quoted.words)} "
    printed = [r for r in sorted(context.reports) if r != pair.copy and words in context.plain_text(r)]
    if not printed:
        theirs = [q for q in said if q.report == pair.original and q.source is not None and q.source == quoted.source]
        return next((_paraphrase(context, pair, quoted, q) for q in theirs if _is_paraphrase(context, quoted, q)), None)
    speaker = context.sources.get(quoted.source or "")
    # "According to the Courier", in marks, are the Courier's own words and nobody's speech.
    if printed != [pair.original] or set(quoted.words) & _FIRST_PERSON or (speaker and not surnames(speaker)):
        return None
    telling = _told_without_marks(context, pair.original, words)
    return _finding(context, pair, quoted, telling, "around words that {} prints as its own telling") if telling else None


def _is_paraphrase(context: Context, quoted: Quoted, original: Quoted) -> bool:
    """Whether a quotation says in other words, and in no more of them, what the original quotes; it is not quoted as well."""
    lengths = sorted((len(quoted.words), len(original.words)))
    share, _, same = answered(quoted.words, original.words)
    if share < thresholds.MADE_UP_ANSWERED or same < thresholds.MADE_UP_SAME or lengths[1] > thresholds.LONGER * lengths[0]:
        return False
    return f" {' '.join(original.words)} " not in context.plain_text(quoted.report)


def _paraphrase(context: Context, pair: CopyPair, quoted: Quoted, original: Quoted) -> Finding:
    return _finding(context, pair, quoted, evidence(original.report, original.span), "around other words than {} quotes")


def _told_without_marks(context: Context, report: str, words: str) -> Evidence | None:
    """The sentence of a report that holds words, in a paragraph without any quotation."""
    for paragraph in context.paragraphs[report]:
        text = paragraph.doc.text
        if context.role(report, paragraph.start) != "paragraph" or _MARKS.search(text):
            continue
        if words in f" {' '.join(plain_words(text))} ":
            return Evidence(report, paragraph.start, paragraph.end)
    return None


def _finding(context: Context, pair: CopyPair, quoted: Quoted, proof: Evidence, what: str) -> Finding:
    where = what.format(context.name(pair.original))
    message = f"{context.name(pair.copy)} puts quotation marks {where}, which it copied: no report has this quotation."
    shown = [evidence(quoted.report, quoted.span), proof]
    return alteration(context, message, [pair.copy], shown, "medium")
