"""What a caveat is about, and whether a copy carries that on: more than the statements say, where the words of both prove it."""

import re

from stemma.claims.propositions import Proposition
from stemma.claims.thresholds import TELLING_NUMBER
from stemma.findings import thresholds
from stemma.findings.context import Context, carries
from stemma.tables import Caveat, Figure, Statement
from stemma.text.synonyms import meaning

STUDY = re.compile(r"\b(?:stud(?:y|ies)|trials?|research\w*|findings?|preprints?|papers?|results?)\b", re.IGNORECASE)
"""A sentence that speaks of what a study found."""
_REVIEWED = re.compile(r"\bpeer[\s-]review", re.IGNORECASE)
_THAT = re.compile(r"\s*[-–—,]?\s*(?:that|whether|if)\b([^,;:.]*)", re.IGNORECASE)
_ASSERTING = tuple(re.compile(rf"\b{stem}", re.IGNORECASE) for stem in ("claim", "alleg", "accus"))


def is_caveat_of(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Return whether a caveat of a member's report is about the member."""
    if context.speaks_of(caveat, member):
        return True
    if member.sentence[0] <= caveat.start < member.sentence[1]:
        return False
    return (
        _is_carried_further(context, caveat, member)
        or _has_its_figure(context, caveat, member)
        or _doubts_the_study(context, caveat, member)
        or _takes_up_its_thing(context, caveat, member)
        or _takes_up_its_cue(context, caveat, member)
    )


def is_carried_on(context: Context, copy: Proposition, original: Proposition) -> bool:
    """Return whether a copy's member is one of the report that it was made from: copied, or with the same telling number."""
    if context.is_copied(copy, original):
        return True
    one, other = copy.figure, original.figure
    return bool(one and other and one.value == other.value and one.unit == other.unit and one.value >= TELLING_NUMBER)


def may_count_one_thing(one: Figure, other: Figure) -> bool:
    """Return whether two figures may be two counts of one thing: other numbers of one unit and about one size."""
    if one.unit != other.unit or not one.value or not other.value:
        return False
    return one.value != other.value and 1 / thresholds.COUNT_RATIO <= one.value / other.value <= thresholds.COUNT_RATIO


def _is_carried_further(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether the doubt is of a statement around the member's own: "the union said that the driver had reported a fault"."""
    around = (s for s in context.statements if s.report == member.report and s.attributed and _covers(s, member))
    return any(carries(s, caveat) for s in around)


def _covers(statement: Statement, member: Proposition) -> bool:
    held = sum(max(0, min(e, member.end) - max(s, member.start)) for s, e in statement.content)
    return held > 0.5 * (member.end - member.start)


def _has_its_figure(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether the doubt prints the member's number: "the claim that 2.3 million are affected could not be verified"."""
    figure = member.figure
    if figure is None or figure.value < TELLING_NUMBER:
        return False
    doubted = [f for f in context.mentions[member.report].figures if caveat.start <= f.start and f.end <= caveat.end]
    return any(f.value == figure.value and f.unit == figure.unit for f in doubted)


def _doubts_the_study(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether it is a study that nobody has reviewed, and the member's sentence speaks of what a study found."""
    reviewed = _REVIEWED.search(context.words(member.report, (caveat.start, caveat.end)))
    return bool(reviewed and STUDY.search(context.words(member.report, member.sentence)))


def _takes_up_its_thing(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether the doubt names what the member speaks of: "could not confirm that a quarry had been there"."""
    if not _is_before(context, caveat, member, thresholds.DOUBT_AFTER_THING):
        return False
    return any(member.words.get(t, 0.0) >= 1.0 for t in own_object(context, caveat, member.report))


def own_object(context: Context, caveat: Caveat, report: str) -> set[str]:
    """Return the meanings of the nouns of what a doubt says that it doubts: "not confirmed that a quarry had been there"."""
    rest = _THAT.match(context.reports[report].text, caveat.end, context.sentence_of(report, caveat)[1])
    paragraph = context.paragraph(report, caveat.start)
    if rest is None or paragraph is None:
        return set()
    start, end = rest.start(1) - paragraph.start, rest.end(1) - paragraph.start
    return {meaning(t.lemma_) for t in paragraph.doc if start <= t.idx < end and t.pos_ in ("NOUN", "PROPN")}


def _takes_up_its_cue(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether the doubt is of a claim or an allegation, and the member is the last that somebody claims or alleges."""
    carrier = context.statement(member)
    if carrier is None or carrier.cue_span is None or not _is_before(context, caveat, member, thresholds.DOUBT_AFTER_CUE):
        return False
    cue, doubt = (context.words(member.report, s) for s in (carrier.cue_span, (caveat.start, caveat.end)))
    stem = next((a for a in _ASSERTING if a.search(cue) and a.search(doubt)), None)
    later = (s.cue_span for s in context.statements if s.report == member.report and s.cue_span)
    return stem is not None and not any(
        member.sentence[1] <= span[0] < caveat.start and stem.search(context.words(member.report, span)) for span in later
    )


def _is_before(context: Context, caveat: Caveat, member: Proposition, most: int) -> bool:
    """Whether the member stands at most so many sentences before a doubt."""
    if member.sentence[1] > caveat.start:
        return False
    between = [s for s in context.sentences(member.report) if member.sentence[1] <= s[0] and s[1] <= caveat.start]
    return len(between) < most
