"""One utterance whose words differ inside the marks: altered in a copy, heard in two ways, or translated twice."""

from collections.abc import Collection, Iterator, Sequence, Set

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.altered_in_copies import alteration, altered_in_copies, is_given_out
from stemma.findings.changed_sense import changes_sense, is_reworded
from stemma.findings.context import Context, evidence
from stemma.findings.dropped_credits import TakenQuotation
from stemma.findings.kinds import ALTERED_QUOTATION
from stemma.findings.translated_twice import is_of_another_land, speakers_abroad, translated_twice
from stemma.findings.utterances import (
    BESIDE,
    Place,
    Quoted,
    Rendering,
    Told,
    changed_places,
    differing,
    is_one_occasion,
    printed_around,
)
from stemma.tables import Finding, Span
from stemma.text.data import words_of

_SHOWN = 4
"""Changed places that a message spells out."""
_MASKED = "**"


def differing_quotations(
    context: Context,
    said: Sequence[Quoted],
    prints: Sequence[Rendering],
    taken: Sequence[TakenQuotation],
    translated: Collection[str],
) -> Iterator[Finding]:
    """Yield the utterances that reports print in other words inside the marks, one finding a quotation.

    Along a derivation the copy altered it. Reports that did not copy each other heard it in two ways, or translated it. `said`
    are the story's quotations, `prints` their pairs that render one utterance, `taken` those had from another newsroom,
    `translated` the reports that a program put into English.
    """
    apart = differing(context, prints)
    told = Told()
    yield from altered_in_copies(context, said, apart, taken, told)
    abroad = speakers_abroad(context, said, translated)
    yield from _heard_in_two_ways(context, apart, abroad, told)
    yield from translated_twice(context, said, apart, abroad)


def _heard_in_two_ways(context: Context, apart: Sequence[Rendering], abroad: Set[str], told: Told) -> Iterator[Finding]:
    """The utterances in English that unrelated reports print with another sense, or one newsroom alone with another word."""
    for r in sorted(apart, key=lambda r: -r.alike):
        if told.has(r.a, r.b) or told.has(r.b, r.a) or not _is_heard_twice(context, r, abroad):
            continue
        places = changed_places(r.a, r.b)
        senses = [p for p in places if changes_sense(r.a, r.b, p) or (is_reworded(r.a, r.b, p) and _stands_alone(context, r, p))]
        if _are_of_one_sentence(context, r, senses) and not any(_is_said_in_both(context, r, p) for p in senses):
            told.add(r.a, r.b)
            told.add(r.b, r.a)
            yield _two_ways(context, r, senses)


def _is_heard_twice(context: Context, r: Rendering, abroad: Set[str]) -> bool:
    """Whether two reports each print, from what they heard, nearly one utterance."""
    shorter = min(len(r.a.words), len(r.b.words))
    one_speaker = r.a.source is not None and r.a.source == r.b.source
    # What an editor is about to print is looked at more closely: a phrase of one speaker too.
    of_one = thresholds.QUOTATION_WORDS if context.draft in (r.a.report, r.b.report) else thresholds.VARIANT_WORDS
    return (
        r.alike >= thresholds.NEARLY_ALIKE
        and r.ends <= thresholds.CUT_WORDS
        # Whose words they are may not be known of both: then they must be a sentence.
        and shorter >= (of_one if one_speaker else thresholds.SENTENCE_WORDS)
        and not any(q.source in abroad or is_of_another_land(context.sources.get(q.source or "")) for q in (r.a, r.b))
        and not any(_MASKED in context.words(q.report, q.span) for q in (r.a, r.b))
        and not context.are_near(r.a.report, r.b.report)
        and (_is_hardly_said_again(r) or is_one_occasion(context, r.a, r.b, one_speaker))
    )


def _are_of_one_sentence(context: Context, r: Rendering, senses: Sequence[Place]) -> bool:
    """Whether changes stand inside what both print; what an organisation gives out has several versions, with several changes."""
    several = len(r.changed) > 1 or r.a.explained or r.b.explained
    if several and any(is_given_out(context, q) for q in (r.a, r.b)):
        return False
    return bool(senses) and all(_is_anchored(r, p) for p in senses)


def _is_hardly_said_again(r: Rendering) -> bool:
    """Whether two long quotations differ in a word or two: a later page prints what was said before."""
    return r.alike >= thresholds.ONE_WORD_ALIKE and min(len(r.a.words), len(r.b.words)) >= thresholds.OCCASION_WORDS


def _is_anchored(r: Rendering, place: Place) -> bool:
    """Whether a few words at most were changed, and both print the same ones right before and right behind."""
    _, i, j, k, m = place
    sides = ((r.a.words[:i][::-1], r.b.words[:k][::-1]), (r.a.words[j:], r.b.words[m:]))
    return max(j - i, m - k) <= thresholds.ALTERED_WORDS and all(map(_begin_alike, *zip(*sides, strict=True)))


def _begin_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs of words begin with the same ones, as they are or without those that a newsroom tidies."""
    near = thresholds.ANCHOR_WORDS
    tidied = words_of("findings", "tidied.txt")
    carrying = [[w for w in words if w not in tidied][:near] for words in (one, other)]
    return any(len(x) == near and x == y for x, y in ((one[:near], other[:near]), carrying))


def _two_ways(context: Context, r: Rendering, places: Sequence[Place]) -> Finding:
    """The finding that two reports print one utterance with another sense, and how many more print it so."""
    sides = [(r.a, [(i, j) for _, i, j, _, _ in places]), (r.b, [(k, m) for _, _, _, k, m in places])]
    (one, mine), (other, theirs) = sorted(sides, key=lambda side: _printed_by(context, side[0], *side[1][0]))
    more = _printed_by(context, other, *theirs[0]) - 1
    others = f"{context.name(other.report)} and {more} more print" if more else f"{context.name(other.report)} prints"
    message = (
        f"{context.name(one.report)} prints {_shown(context, one, mine)} inside the marks where {others} "
        f"{_shown(context, other, theirs)}: neither is known to have copied the other, and one at most is what was said."
    )
    proof = [evidence(q.report, q.span) for q in (one, other)]
    return alteration(context, message, [one.report, other.report], proof, ALTERED_QUOTATION.severities[-1])


def _printed_by(context: Context, quoted: Quoted, start: int, end: int) -> int:
    """How many reports print the words of a place with those beside it."""
    return sum(_beside(quoted, start, end) in context.plain_text(report) for report in context.reports)


def _beside(quoted: Quoted, start: int, end: int) -> str:
    """The plain words of a place with those beside it, as a report's plain text holds them."""
    return f" {' '.join(quoted.words[max(0, start - BESIDE) : end + BESIDE])} "


def _shown(context: Context, quoted: Quoted, places: Sequence[Span]) -> str:
    """The words of places as they are printed, with those beside them."""
    return ", ".join(f"“{printed_around(context, quoted, *place)}”" for place in places[:_SHOWN])


def _stands_alone(context: Context, r: Rendering, place: Place) -> bool:
    """Whether one newsroom alone prints its words at a place, and others that have nothing from each other print the other's."""
    _, i, j, k, m = place
    fewer, more = sorted(len(_newsrooms(context, q, *at)) for q, at in ((r.a, (i, j)), (r.b, (k, m))))
    return fewer == 1 and more >= thresholds.AGREED


def _newsrooms(context: Context, quoted: Quoted, start: int, end: int) -> list[str]:
    """The reports that print the words of a place with those beside it, one of each newsroom and of each text."""
    words, found = _beside(quoted, start, end), list[str]()
    for report in sorted(context.reports):
        if words in context.plain_text(report) and not any(_are_kin(context, report, other) for other in found):
            found.append(report)
    return found


def _is_said_in_both(context: Context, r: Rendering, place: Place) -> bool:
    """Whether a report, or another of its text or its newsroom, prints the other's words too.

    Then they were altered on the way, or said twice.
    """
    _, i, j, k, m = place
    return any(
        _beside(other, start, end) in context.plain_text(report)
        for mine, other, start, end in ((r.a, r.b, k, m), (r.b, r.a, i, j))
        for report in context.reports
        if report != other.report and _are_kin(context, report, mine.report)
    )


def _are_kin(context: Context, one: str, other: str) -> bool:
    outlets = (context.reports[one].outlet, context.reports[other].outlet)
    return one == other or context.are_near(one, other) or same_outlet(*outlets)
