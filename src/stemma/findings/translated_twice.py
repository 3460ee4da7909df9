"""What was said in another language and stands with two senses in English."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import TRANSLATION_VARIANTS
from stemma.findings.utterances import (
    Quoted,
    Rendering,
    are_two_of_a_name,
    common_places,
    is_one_occasion,
    printed_around,
    surnames,
)
from stemma.findings.wordings import answered, meaningful, unanswered
from stemma.tables import Finding, Source, Span
from stemma.text.countries import country
from stemma.text.data import words_of
from stemma.text.normal import fold

_MEDIA = "television|radio|broadcaster|TV|daily|newspaper|channel|weekly|magazine"
"""Where words in another language were said."""
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_ENGLISH = frozenset(("US", "GB", "IE", "CA", "AU", "NZ", "ZA", "NG", "GH", "KE", "JM", "SG", "IN"))
"""Countries whose people mostly speak English in public."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """Two quotations, and the share of their meaningful words that answer one another."""

    a: Quoted
    b: Quoted
    share: float


def translated_twice(context: Context, said: Sequence[Quoted], apart: Sequence[Rendering], abroad: Set[str]) -> Iterator[Finding]:
    """Yield the utterances in another language that reports without a common origin print with another sense in English."""
    kin: dict[Quoted, list[Quoted]] = defaultdict(list)
    of_a_land = {q.source for q in said if q.source and is_of_another_land(context.sources.get(q.source))}
    for p in _best_answers(_answered_pairs(context, said, apart, abroad | of_a_land)):
        kin[p.a].append(p.b)
        kin[p.b].append(p.a)
    used: set[Quoted] = set()
    for first in sorted(kin, key=lambda q: (-len(kin[q]), q.report, q.span)):
        group = [first, *(q for q in kin[first] if q not in used)]
        if first in used or len(group) < 2:
            continue
        used.update(group)
        differing = next((other for other in group[1:] if _differ(first, other, abroad)), None)
        if differing:
            again = {q.report: q for q in said if any(q.words == one.words for one in group)}
            yield _translations(context, group, differing, [again[r] for r in sorted(again.keys() - {q.report for q in group})])


def _differ(one: Quoted, other: Quoted, abroad: Set[str]) -> bool:
    """Whether two renderings differ in sense: synonyms, or words that one alone has, leave it."""
    sides = unanswered(meaningful(one.words), meaningful(other.words))
    # A foreigner's English is heard alike, but for a word.
    least = 1 if {one.source, other.source} & abroad else thresholds.FOREIGN_CHANGES
    return all(sides) and sum(map(len, sides)) >= least


def _answered_pairs(context: Context, said: Sequence[Quoted], apart: Sequence[Rendering], abroad: Set[str]) -> Iterator[_Answers]:
    """The pairs of quotations of one foreign speaker and one occasion that say the same, or nearly in the same words."""
    nearly = {frozenset((r.a, r.b)) for r in apart if r.run >= thresholds.SPEAKER_RUN}
    long = [q for q in _first_prints(context, said) if len(q.words) >= thresholds.FOREIGN_WORDS] if abroad else []
    for a, b in combinations(long, 2):
        if not {a.source, b.source} & abroad or a.report == b.report or context.related(a.report, b.report):
            continue
        share, count, same = answered(a.words, b.words)
        alike = frozenset((a, b)) in nearly
        lengths = sorted((len(a.words), len(b.words)))
        # Of many words that answer one another the one may print a part of what the other prints.
        if count >= thresholds.ANSWERED_MANY:
            share = max(share, count / min(len(meaningful(q.words)) for q in (a, b)))
        if (
            (alike or count >= thresholds.ANSWERED_MANY or lengths[1] <= thresholds.LONGER * lengths[0])
            and share >= thresholds.ANSWERED_SHARE
            and count >= thresholds.ANSWERED_WORDS
            and same >= thresholds.ANSWERED_SAME
            and _is_one_speaker(context, a, b)
            and _is_one_day(context, a, b)
            and is_one_occasion(context, a, b, alike, thresholds.FOREIGN_HOURS)
        ):
            yield _Answers(a, b, share)


def _first_prints(context: Context, said: Sequence[Quoted]) -> list[Quoted]:
    """Of the quotations in the same words the one that was printed first: what a later report repeats was said before."""
    first: dict[tuple[str, ...], Quoted] = {}
    for q in said:
        held = first.get(q.words)
        if held is None or context.is_earlier(q.report, held.report):
            first[q.words] = q
    return list(first.values())


def _best_answers(pairs: Iterator[_Answers]) -> list[_Answers]:
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


def _translations(context: Context, group: Sequence[Quoted], other: Quoted, again: Sequence[Quoted]) -> Finding:
    """The finding that one utterance was translated in several senses, such as in the first of a group and in `other`.

    `again` are further prints of one of these.
    """
    reports = sorted({q.report for q in group})
    one, two = _most_unlike(group[0], other)
    mine, theirs = printed_around(context, group[0], *one), printed_around(context, other, *two)
    others = " and ".join(context.name(q.report) for q in again)
    too = f"; one of these stands in {others} too" if again else ""
    message = (
        f"{context.counted(reports)} that did not copy each other translate one utterance with another sense, such as “{mine}” "
        f"against “{theirs}” ({', '.join(context.name(r) for r in reports)}{too})."
    )
    proof = [evidence(q.report, q.span) for q in (*group, *again)]
    return context.finding(TRANSLATION_VARIANTS, message, sorted({e.report for e in proof}), proof)


def _most_unlike(one: Quoted, other: Quoted) -> tuple[Span, Span]:
    """The places of two renderings that stand for each other and both hold words without an answer, in the fewest words."""
    places = [place[1:] for place in common_places(one.words, other.words) if not place[0]]
    sides = [(unanswered(meaningful(one.words[i:j]), meaningful(other.words[k:m])), (i, j), (k, m)) for i, j, k, m in places]
    _, mine, theirs = min(sides, key=lambda s: (not all(s[0]), s[1][1] - s[1][0] + s[2][1] - s[2][0]))
    return mine, theirs


def speakers_abroad(context: Context, said: Sequence[Quoted], translated: Collection[str]) -> set[str]:
    """Return whose words were said in another language: it says so beside one of them, or a translated report has some."""
    foreign = {s.source for s in context.statements if s.report in translated}
    foreign |= {q.source for q in said if _said_abroad().search(_paragraph_around(context, q))}
    return {source for source in foreign if source}


@lru_cache(maxsize=5000)
def is_of_another_land(source: Source | None) -> bool:
    """Return whether a speaker is named with a country of another language: his words in English may be a translator's."""
    words = re.findall(r"[^\W\d_]+", " ".join((source.name, *source.names))) if source else []
    return any(land not in _ENGLISH for land in map(country, words) if land)


@lru_cache(maxsize=1)
def _said_abroad() -> re.Pattern[str]:
    """What says beside a quotation that it was said in another language: "in Spanish", "on Portuguese television"."""
    tongue = rf"(?:{'|'.join(sorted(words_of('findings', 'languages.txt')))})"
    beside = rf"{tongue}(?:-language|-speaking)?(?: state| public)? (?:{_MEDIA})"
    return re.compile(rf"\bin {tongue}\b|\b{beside}\b|\btranslat(?:or|ion|ed)\b|\binterpreter\b")


def _paragraph_around(context: Context, quoted: Quoted) -> str:
    """The quotation's paragraph without what stands inside these marks."""
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if paragraph is None:
        return ""
    low, high = quoted.span
    return f"{context.words(quoted.report, (paragraph.start, low))} {context.words(quoted.report, (high, paragraph.end))}"
