"""One utterance in other words, in reports that did not copy each other: two translations, or two memories."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import TRANSLATION_VARIANTS
from stemma.findings.utterances import (
    Quoted,
    Rendering,
    are_two_of_a_name,
    differing,
    is_one_occasion,
    is_reworded,
    stems,
    surnames,
)
from stemma.findings.wordings import answered
from stemma.tables import Finding, Span
from stemma.text.data import words_of
from stemma.text.normal import fold


def translation_variants(
    context: Context,
    said: Sequence[Quoted],
    prints: Sequence[Rendering],
    altered: Sequence[Finding],
    translated: Collection[str],
) -> Iterator[Finding]:
    """Yield the utterances that unrelated reports print in other words.

    `said` are the story's quotations, `prints` their pairs that render one utterance, `altered` what was found altered on the
    way, `translated` the reports that a program put into English.
    """
    known = {(e.report, e.start) for f in altered for e in f.evidence[:1]}
    apart = [r for r in differing(context, prints) if not {(q.report, q.span[0]) for q in (r.a, r.b)} & known]
    reworded = list(_reworded_variants(context, said, apart))
    yield from reworded
    shown = {(e.report, e.start) for f in (*altered, *reworded) for e in f.evidence}
    yield from _foreign_variants(context, said, translated, shown)


def _reworded_variants(context: Context, said: Sequence[Quoted], pairs: Sequence[Rendering]) -> Iterator[Finding]:
    """One finding an utterance: the reports that render it, of which no two of the differing ones copied each other."""
    verbatim = _long_quotations(said)
    apart = [
        r
        for r in pairs
        if is_reworded(r)
        and (r.held >= thresholds.VARIANT_HELD or r.alike < thresholds.REWORDED_ALIKE)
        and _is_one_utterance(context, r)
        and not context.are_near(r.a.report, r.b.report)
        and (r.alike >= thresholds.REWORDED_ALIKE or verbatim[r.a.report].isdisjoint(verbatim[r.b.report]))
        and is_one_occasion(context, r.a, r.b, r.alike >= thresholds.NEARLY_ALIKE)
        and not _is_explained_by_kin(context, said, r.a, r.b)
        and not _is_explained_by_kin(context, said, r.b, r.a)
        and not _is_masked(context, r)
        and not _prints_both(context, r)
    ]
    changes = {frozenset((r.a, r.b)): r for r in apart}
    for joined in _all_alike(apart):
        kept = _one_an_origin(context, joined)
        known = next((r for a, b in combinations(kept, 2) if (r := changes.get(frozenset((a, b))))), None)
        yield _told_apart(context, kept, known, "each translated them, or wrote them down, anew")


def _is_one_utterance(context: Context, r: Rendering) -> bool:
    """Whether two quotations are of one speaker and a sentence long; whose speaker is not known, they must be nearly alike."""
    shorter = min(len(r.a.words), len(r.b.words))
    if r.a.source and r.a.source == r.b.source:
        return shorter >= thresholds.SENTENCE_WORDS or (
            shorter >= thresholds.VARIANT_WORDS and r.alike >= thresholds.REWORDED_ALIKE
        )
    names = [surnames(source) for q in (r.a, r.b) if (source := context.sources.get(q.source or ""))]
    if not any(names) or (len(names) > 1 and not names[0] & names[1]):
        return False
    return shorter >= thresholds.SENTENCE_WORDS and r.alike >= thresholds.NEARLY_ALIKE


def _is_explained_by_kin(context: Context, said: Sequence[Quoted], one: Quoted, other: Quoted) -> bool:
    """Whether a relative of `one`, or its own newsroom on another day, prints the words of `other`.

    Then `one` was altered on the way, or said on another occasion, and is no second rendering.
    """
    outlet = context.reports[one.report].outlet
    kin = (
        q
        for q in said
        if q.report != one.report
        and (context.related(q.report, one.report) or same_outlet(outlet, context.reports[q.report].outlet))
    )
    return any(q.words == other.words or _within(q.words, other.words) for q in kin if q.report != other.report)


def _is_masked(context: Context, r: Rendering) -> bool:
    """Whether a quotation leaves out letters of a word that its readers know."""
    return any(_MASKED in context.words(q.report, q.span) for q in (r.a, r.b))


def _prints_both(context: Context, r: Rendering) -> bool:
    """Whether a report prints the other's words too: then they were said twice."""
    sides = ((r.a, r.b, [other for _, other in r.changed]), (r.b, r.a, [one for one, _ in r.changed]))
    if not any(one and other for one, other in r.changed):
        # A report that breaks a quotation off and goes on with it prints elsewhere what seems to be in the other alone.
        return all(context.printed_words(q.report).issuperset(" ".join(changed).split()) for q, _, changed in sides)
    return any(_has_words_of(context, mine, other, changed) for mine, other, changed in sides)


def _has_words_of(context: Context, mine: Quoted, other: Quoted, changed: Sequence[str]) -> bool:
    """Whether a report has, outside a quotation, what this has in other words, with two words before and two behind."""
    text, own = (f" {' '.join(q.words)} " for q in (other, mine))
    for place in (c for c in changed if f" {c} " in text):
        before, behind = text.split(f" {place} ", 1)
        words = f" {' '.join((*before.split()[-2:], place, *behind.split()[:2]))} "
        if words not in own and words in context.plain_text(mine.report):
            return True
    return False


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    return f" {short} " in f" {long} "


def _long_quotations(said: Sequence[Quoted]) -> dict[str, set[tuple[str, ...]]]:
    """The words of each report's longer quotations: two reports with one in common render nothing alone."""
    held: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for q in said:
        if len(q.words) >= thresholds.SENTENCE_WORDS:
            held[q.report].add(q.words)
    return held


def _all_alike(pairs: Sequence[Rendering]) -> list[list[Quoted]]:
    """Groups of quotations that render one utterance, each quotation in one group.

    One that renders the first of them is in; not so the first half of what the first prints beside the second half.
    """
    kin: dict[Quoted, set[Quoted]] = defaultdict(set)
    for r in pairs:
        kin[r.a].add(r.b)
        kin[r.b].add(r.a)
    groups, used = [], set[Quoted]()
    for first in sorted(kin, key=_place):
        group = [first]
        for other in sorted(kin[first] - used, key=_place):
            if all(len(stems(other) & stems(k)) >= thresholds.GROUP_STEMS for k in group):
                group.append(other)
        if first not in used and len(group) > 1:
            groups.append(group)
            used.update(group)
    return groups


def _place(quoted: Quoted) -> tuple[str, Span]:
    return quoted.report, quoted.span


def _one_an_origin(context: Context, joined: Sequence[Quoted]) -> list[Quoted]:
    """The quotations without those of a report that has its words from where another has them; a draft has them from a report."""
    kept: list[Quoted] = []
    for row in sorted(joined, key=lambda q: q.report == context.draft):
        if not any(row.report != k.report and context.are_near(row.report, k.report) for k in kept):
            kept.append(row)
    return kept


def _told_apart(context: Context, group: Sequence[Quoted], differing: Rendering | None, why: str) -> Finding:
    """The finding that quotations are versions of one utterance: a place where they differ, and why their words do."""
    reports = sorted({q.report for q in group})
    places = [(one, other) for one, other in differing.changed if one or other] if differing else []
    one, other = max(places, key=lambda p: (bool(p[0] and p[1]), len(p[0]) + len(p[1])), default=("", ""))
    shown = (
        f", such as “{one}” against “{other}”" if one and other else f", “{one or other}” in one of them alone" if places else ""
    )
    message = (
        f"{context.counted(reports)} that did not copy each other print one utterance in other words inside the marks{shown}: "
        f"{why} ({', '.join(context.name(r) for r in reports)})."
    )
    proof = [evidence(q.report, q.span) for q in group]
    return context.finding(TRANSLATION_VARIANTS, message, reports, proof)


_MASKED = "**"
_MEDIA = "television|radio|broadcaster|TV|daily|newspaper|channel|weekly|magazine"
"""Where words in another language were said."""
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


@dataclass(frozen=True, slots=True)
class _Pair:
    a: Quoted
    b: Quoted
    share: float


def _foreign_variants(
    context: Context, said: Sequence[Quoted], translated: Collection[str], shown: Collection[tuple[str, int]]
) -> Iterator[Finding]:
    """The utterances that reports without a common origin print in other words, where words show another language.

    `translated` are reports that a program put into English; `shown` are the places of quotations that other findings speak of.
    """
    first_prints = _first_prints(context, said)
    best = _best_answers(_answered_pairs(context, first_prints, translated))
    pairs = [p for p in best if not {(q.report, q.span[0]) for q in (p.a, p.b)} & set(shown)]
    kin: dict[Quoted, list[Quoted]] = defaultdict(list)
    for p in pairs:
        kin[p.a].append(p.b)
        kin[p.b].append(p.a)
    used: set[Quoted] = set()
    for first in sorted(kin, key=lambda q: (-len(kin[q]), q.report, q.span)):
        group = [first, *(q for q in kin[first] if q not in used)]
        if first in used or len(group) < 2:
            continue
        used.update(group)
        yield _told_apart(context, group, None, "separate translations of words in another language")


def _first_prints(context: Context, said: Sequence[Quoted]) -> list[Quoted]:
    """Of the quotations in the same words the one that was printed first: what a later report repeats was said before."""
    first: dict[tuple[str, ...], Quoted] = {}
    for q in said:
        held = first.get(q.words)
        if held is None or context.is_earlier(q.report, held.report):
            first[q.words] = q
    return list(first.values())


def _answered_pairs(context: Context, said: Sequence[Quoted], translated: Collection[str]) -> Iterator[_Pair]:
    long = [q for q in said if len(q.words) >= thresholds.FOREIGN_WORDS]
    foreign = {q for q in long if q.report in translated or _said_abroad().search(_paragraph_around(context, q))}
    for a, b in combinations(long, 2):
        if a not in foreign and b not in foreign:
            continue
        lengths = sorted((len(a.words), len(b.words)))
        if (
            a.report == b.report
            or a.words == b.words
            or lengths[1] > thresholds.LONGER * lengths[0]
            or context.related(a.report, b.report)
        ):
            continue
        share, count, same = answered(a.words, b.words)
        if share < thresholds.ANSWERED_SHARE or count < thresholds.ANSWERED_WORDS or same < thresholds.ANSWERED_SAME:
            continue
        if (
            _is_one_speaker(context, a, b)
            and _is_one_day(context, a, b)
            and is_one_occasion(context, a, b, False, thresholds.FOREIGN_HOURS)
        ):
            yield _Pair(a, b, share)


def _best_answers(pairs: Iterator[_Pair]) -> list[_Pair]:
    """The pairs of which neither quotation answers another one of the other report better."""
    held = list(pairs)
    best: dict[tuple[Quoted, str], float] = {}
    for p in held:
        for one, other in ((p.a, p.b), (p.b, p.a)):
            best[one, other.report] = max(p.share, best.get((one, other.report), 0.0))
    return [p for p in held if p.share >= best[p.a, p.b.report] and p.share >= best[p.b, p.a.report]]


def _is_one_speaker(context: Context, a: Quoted, b: Quoted) -> bool:
    """Whether two quotations are one person's: one source, or the one is named beside the other's words."""
    if a.source and a.source == b.source:
        return True
    sources = [context.sources.get(q.source or "") for q in (a, b)]
    names = [surnames(s) if s else frozenset() for s in sources]
    if names[0] and names[1]:
        return bool(names[0] & names[1]) and not are_two_of_a_name(*sources)
    near = [set(re.findall(r"\w+", fold(_paragraph_around(context, q)))) for q in (a, b)]
    return bool(names[0] & near[1] or names[1] & near[0])


def _is_one_day(context: Context, a: Quoted, b: Quoted) -> bool:
    """Whether no two days are named beside the words."""
    days = [set(_DAY.findall(_paragraph_around(context, q))) for q in (a, b)]
    return not days[0] or not days[1] or bool(days[0] & days[1])


def _paragraph_around(context: Context, quoted: Quoted) -> str:
    """The quotation's paragraph without what stands inside these marks."""
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if paragraph is None:
        return ""
    low, high = quoted.span
    return f"{context.words(quoted.report, (paragraph.start, low))} {context.words(quoted.report, (high, paragraph.end))}"


@lru_cache(maxsize=1)
def _said_abroad() -> re.Pattern[str]:
    """What says beside a quotation that it was said in another language: "in Spanish", "on Portuguese television"."""
    tongue = rf"(?:{'|'.join(sorted(words_of('findings', 'languages.txt')))})"
    beside = rf"{tongue}(?:-language|-speaking)?(?: state| public)? (?:{_MEDIA})"
    return re.compile(rf"\bin {tongue}\b|\b{beside}\b|\btranslat(?:or|ion|ed)\b|\binterpreter\b")
