"""Quotations whose words, or whose speaker, a copy changed, and quotations that a copy made."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, evidence
from stemma.findings.dropped_credits import TakenQuotation
from stemma.findings.kinds import ALTERED_QUOTATION, OTHER_SPEAKER
from stemma.findings.utterances import Quoted, Rendering, are_two_named, differing, surnames
from stemma.findings.wordings import answered, plain_words
from stemma.tables import Evidence, Finding
from stemma.text.normal import fold
from stemma.text.stems import stem

_STATEMENT = re.compile(r"\b(?:statement|spokes\w+|press release)\b", re.IGNORECASE)
_SHOWN = 4
"""Changed places that a message spells out."""
_MARKS = re.compile("[\"“”«»„‘]|(?<!\\w)'")
_FILLERS = frozenset(("a", "an", "the", "that", "and", "so"))
"""Words that a house takes out, or puts in, as it tidies what was said."""
_FIRST_PERSON = frozenset(("i", "we", "my", "our", "us", "me", "you", "your"))
"""Words of somebody who speaks: what a reporter writes without marks has none of them."""


def altered_quotations(
    context: Context, said: Sequence[Quoted], prints: Sequence[Rendering], taken: Sequence[TakenQuotation]
) -> Iterator[Finding]:
    """Yield the quotations of which a copy, or a report that has the quotation alone from another, changed words.

    `said` are the story's quotations, `prints` their pairs that render one utterance, `taken` those had from another newsroom.
    """
    copies = {(p.copy, p.original): p for p in context.copy_pairs}
    had = {(t.copy, t.original): t.why for t in taken}
    printed = {(t.copy.report, t.original.report) for t in taken if t.said_to}
    shown: set[tuple[str, int]] = set()
    for r in (r for r in differing(context, prints) if not all(_is_slip(*c, thresholds.MISPRINT_LETTERS) for c in r.changed)):
        for copy, original in ((r.a, r.b), (r.b, r.a)):
            pair = copies.get((copy.report, original.report))
            why = had.get((copy, original))
            if pair is None and not why and (copy.report, original.report) in printed and r.alike >= thresholds.NEARLY_ALIKE:
                why = "whose interview it prints"
            if not why and not (pair and _was_copied(context, pair, r, copy, original)):
                continue
            if _is_printed_elsewhere(context, said, copy, original):
                continue
            possible = bool(pair and pair.possible and not why)
            if possible and _is_odd_one(said, original, copy):
                copy, original = original, copy
            # Two prints of one source that differ are said once, and so is a quotation that differs from several.
            prints_of_one = {(copy.report, copy.span[0]), *([(original.report, original.span[0])] if possible else [])}
            if prints_of_one & shown:
                continue
            shown.add((copy.report, copy.span[0]))
            changed = tuple(
                c if copy is r.a else (c[1], c[0]) for c in r.changed if not _is_slip(*c, thresholds.MISPRINT_LETTERS)
            )
            alone = possible and not _is_odd_one(said, copy, original)
            yield _alteration_finding(context, pair, copy, original, changed, alone, why)


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


@lru_cache(maxsize=10_000)
def _is_slip(one: str, other: str, letters: int) -> bool:
    """Whether a changed place holds the same words in another form, or a misprint: whose it is nobody can tell, nor need know."""
    words = [[w for w in fold(side).split() if w not in _FILLERS] for side in (one, other)]
    if [stem(w) for w in words[0]] == [stem(w) for w in words[1]]:
        return True
    x, y = (" ".join(side) for side in words)
    long = min(len(x), len(y)) >= letters and x[:1] == y[:1] and (x + y).replace(" ", "").isalpha()
    return long and OSA.distance(x, y) == 1


def _was_copied(context: Context, pair: CopyPair, r: Rendering, copy: Quoted, original: Quoted) -> bool:
    """Whether a copy has a quotation from its original: it took nearly all, or the words beside the quotation too.

    Two papers that share some of their telling may each have heard the speaker.
    """
    if not pair.sure and r.alike < thresholds.NEARLY_ALIKE:
        return False
    if pair.possible and not (r.a.source and r.a.source == r.b.source):
        # Two banners, or two strangers: only one speaker's words were altered on the way.
        return False
    if pair.possible and not all(_is_from_the_lost_source(context, pair, q) for q in (copy, original)):
        return False
    if r.alike < thresholds.ALTERED_ALIKE or (r.alike < thresholds.NEARLY_ALIKE and not _is_one_utterance(r)):
        return False
    if not pair.is_near and any(_is_given_out(context, q) for q in (copy, original)):
        return False
    # That most of a report is from a lost source says nothing of what another print of that has besides.
    near = pair.is_near and not pair.possible
    return near or context.is_copied_beside(evidence(copy.report, copy.span), evidence(original.report, original.span))


def _is_from_the_lost_source(context: Context, pair: CopyPair, quoted: Quoted) -> bool:
    """Whether a report that gives only some of its words to a lost source names it beside a quotation, and not as the speaker."""
    lost, speaker = pair.edge.parent, context.sources.get(quoted.source or "")
    cited = context.citations(quoted.report, lost)
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if not cited or paragraph is None:
        return True
    name = next((fold(w.name or "") for w in context.traced.witnesses if w.id == lost), "")
    marks = [(q.start, q.end) for q in context.mentions[quoted.report].quotations]
    outside = [at for at in cited if paragraph.start <= at < paragraph.end and not any(s <= at < e for s, e in marks)]
    return bool(outside) and not (speaker and name in surnames(speaker))


def _is_given_out(context: Context, quoted: Quoted) -> bool:
    """Whether a quotation is what an organisation gave out, to each newsroom perhaps another version."""
    source = context.sources.get(quoted.source or "")
    beside = context.words(quoted.report, context.sentence_at(quoted.report, quoted.span[0]))
    return bool(_STATEMENT.search(beside) or (source and not surnames(source)))


def _alteration_finding(
    context: Context,
    pair: CopyPair | None,
    copy: Quoted,
    original: Quoted,
    changed: Sequence[tuple[str, str]],
    alone: bool,
    why: str | None,
) -> Finding:
    """The finding; it names both reports when each of two prints of one source stands `alone` with its words."""
    other = context.name(original.report)
    message = (
        f"Inside the quotation marks of {context.name(copy.report)} words differ from those of {other}, "
        f"{why or (pair and _kinship(pair))}: {_changes(changed)}."
    )
    proof = [evidence(copy.report, copy.span), evidence(original.report, original.span)]
    reports = [copy.report, original.report] if alone else [copy.report]
    # What a newsroom was told alone is had from it; how surely, no derivation says.
    return alteration(context, message, reports, proof, context.severity(ALTERED_QUOTATION, pair) if pair else "medium")


def alteration(context: Context, message: str, reports: Sequence[str], proof: Sequence[Evidence], severity: str) -> Finding:
    """Return the finding that words inside quotation marks are others than those that were copied."""
    return context.finding(ALTERED_QUOTATION, message, reports, proof, severity=severity)


def _changes(changed: Sequence[tuple[str, str]]) -> str:
    """What became of the words: each place as (of the copy, of the original)."""
    told = []
    for copy, original in changed[:_SHOWN]:
        if not copy:
            told.append(f"“{original}” was dropped")
        elif not original:
            told.append(f"“{copy}” was added")
        else:
            told.append(f"“{original}” became “{copy}”")
    return "; ".join(told)


def _kinship(pair: CopyPair) -> str:
    return "which prints the same source" if pair.possible else "which it copied"


def _is_one_utterance(rendering: Rendering) -> bool:
    """Whether two quotations that are not near each other are one still: words in a row in common, and one length."""
    lengths = sorted((len(rendering.a.words), len(rendering.b.words)))
    return rendering.run >= thresholds.ALTERED_RUN and lengths[1] <= thresholds.LONGER * lengths[0]


def _is_printed_elsewhere(context: Context, said: Sequence[Quoted], copy: Quoted, original: Quoted) -> bool:
    """Whether the copy did not invent its words: an unrelated report quotes them, or each of the two prints both wordings."""
    others = (q for q in said if q.report != copy.report and not context.related(q.report, original.report))
    if any(_holds_the_words(q, copy) for q in others):
        return True
    return _prints(context, original.report, copy) or _prints(context, copy.report, original)


def _prints(context: Context, report: str, quoted: Quoted) -> bool:
    """Whether a report prints the words of a quotation anywhere, in marks or not."""
    return f" {' '.join(quoted.words)} " in context.plain_text(report)


def _is_odd_one(said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Of two prints of one source, the one that stands alone with its words was altered."""
    reports = [{q.report for q in said if _holds_the_words(q, version)} for version in (one, other)]
    return len(reports[0]) == 1 and len(reports[1]) > 1


def _holds_the_words(quoted: Quoted, version: Quoted) -> bool:
    return f" {' '.join(version.words)} " in f" {' '.join(quoted.words)} "


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
    other = context.name(original.report) + (f", {_kinship(pair)}," if pair else "")
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
