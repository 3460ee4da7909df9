"""Quotations that a copy made: marks around a paraphrase of what was said, or around the words of a reporter."""

import re
from collections.abc import Iterator, Sequence

from stemma.findings import thresholds
from stemma.findings.answered_words import answered
from stemma.findings.changed_quotations import alteration
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.plain_words import plain_words
from stemma.findings.utterances import Quoted, Rendering
from stemma.tables import Evidence, Finding

_MARKS = re.compile("[\"“”«»„‘]|(?<!\\w)'")
_FIRST_PERSON = frozenset(("i", "we", "my", "our", "us", "me", "you", "your"))
"""Words of somebody who speaks: what a reporter writes without marks has none of them."""


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


def _made_of(context: Context, pair: CopyPair, quoted: Quoted, said: Sequence[Quoted]) -> Finding | None:
    words = f" {' '.join(quoted.words)} "
    printed = [r for r in sorted(context.reports) if r != pair.copy and words in context.plain_text(r)]
    if not printed:
        theirs = [q for q in said if q.report == pair.original and q.source is not None and q.source == quoted.source]
        return next((_paraphrase(context, pair, quoted, q) for q in theirs if _is_paraphrase(context, quoted, q)), None)
    if printed != [pair.original] or set(quoted.words) & _FIRST_PERSON:
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
