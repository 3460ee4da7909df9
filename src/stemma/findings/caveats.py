"""Caveats, hedges and verifications that a copy left out, and claims that only others call unverified."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import likeness
from stemma.claims.thresholds import TELLING_NUMBER
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, CopyPair, carries, evidence, of_member
from stemma.findings.kinds import DROPPED_CAVEAT, DROPPED_VERIFICATION, NO_CAVEAT
from stemma.tables import Caveat, Evidence, Figure, Finding, Statement
from stemma.text.normal import shortened
from stemma.text.stems import meaning

_NO = re.compile(r"\b(?:no|not|never|none|nothing|n't|untrue|false)\b|n['’]t\b")
_AGAINST = re.compile(r"\b(?:disput|den(?:y|ied|ies)|contradict|reject|dismiss|rebut)")
_DOUBT = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bunable|\bunclear|\byet|\bwork\w*|\btrying|\bseek\w*|\battempt\w*|\bpending)\b[^.\n]{0,60}"
    r"\b(?:confirm|verif|authentic|corroborat|substantiat)\w*|\bif (?:genuine|confirmed|authentic|true)\b|\bauthenticity\b",
    re.IGNORECASE,
)
"""Words with which a report leaves open, or to be found out, whether something is so."""
_NOT_SEEN = re.compile(r"\bno (?:sign|evidence|trace|proof|record|confirmation)\b", re.IGNORECASE)
"""Words with which a report that was there contradicts a claim."""
_CONFIRMS = re.compile(r"\b(?:confirm|verif|authenticat|corroborat)\w*")
TAKEN_UP = re.compile(
    r"\b(?:this|that|these|those|it|them|either|neither|both"
    r"|(?:claim|account|report|figure|number|toll|statement|assertion|allegation|version|detail|accusation)s?)\b",
    re.IGNORECASE,
)
"""A sentence that takes up what was said before."""
_ALL_HIS = re.compile(
    r"\b(?:his|her|their|its)\s+(?:claims|assertions|allegations|accusations|accounts|figures|statements)\b", re.IGNORECASE
)
"""A doubt of all that somebody says, not of his last sentence."""
_QUESTION = re.compile(r"(?:\w+ ){0,2}(?:whether|if|unless)\b")
_LONGEST = 100
"""Code points of what a report keeps that a message shows."""
STUDY = re.compile(r"\b(?:stud(?:y|ies)|trials?|research\w*|findings?|preprints?|papers?|results?)\b", re.IGNORECASE)
"""A sentence that speaks of what a study found."""
_REVIEWED = re.compile(r"\bpeer[\s-]review", re.IGNORECASE)
_THAT = re.compile(r"\s*[-–—,]?\s*(?:that|whether|if)\b([^,;:.]*)", re.IGNORECASE)
_ASSERTING = tuple(re.compile(rf"\b{stem}", re.IGNORECASE) for stem in ("claim", "alleg", "accus"))


def dropped_caveats(context: Context) -> Iterator[Finding]:
    """Yield the copies that carry a claim on without the words that it could not be verified; one a copy."""
    seen = set()
    for pair in context.sure_pairs:
        warned = () if pair.copy in seen else context.caveats(pair.original, "unverified")
        if not warned or context.caveats(pair.copy, "unverified") or _DOUBT.search(context.reports[pair.copy].text):
            continue
        for caveat in warned:
            kept = [k for g in context.claims for k in [_claim_carried_on(context, g, pair, caveat)] if k]
            if kept:
                original, copy, claim = min(kept, key=lambda k: _plainness(caveat, k[0]))
                warning = context.sentence_of(pair.original, caveat)
                message = (
                    f"{context.name(pair.copy)} keeps “{_shortened(context, copy)}” and leaves out the caveat of "
                    f"{context.name(pair.original)}: “{context.words(pair.original, warning)}”{_other_version(pair)}."
                )
                proof = [of_member(copy), of_member(original), evidence(pair.original, warning)]
                seen.add(pair.copy)
                yield dropped_caveat(context, message, pair, proof, claim, context.severity(DROPPED_CAVEAT, pair))
                break


def dropped_caveat(
    context: Context, message: str, pair: CopyPair, proof: Sequence[Evidence], claim: str | None, severity: str
) -> Finding:
    """Return the finding that a copy left out words of caution."""
    return context.finding(DROPPED_CAVEAT, message, [pair.copy], proof, claim, severity)


def _plainness(caveat: Caveat, member: Proposition) -> tuple[bool, bool, bool, int]:
    """Which kept claim is shown: that of the doubt's own sentence, what somebody says, a whole clause, the longest."""
    beside = member.sentence[0] <= caveat.start < member.sentence[1]
    return not beside, member.source is None, not member.whole, member.start - member.end


def _claim_carried_on(
    context: Context, grouped: Grouped, pair: CopyPair, caveat: Caveat
) -> tuple[Proposition, Proposition, str] | None:
    """A claim that the caveat speaks of in the original and that the copy carries on."""
    spoken = [m for m in context.members(grouped, pair.original) if is_caveat_of(context, caveat, m)]
    copies = [m for m in context.members(grouped, pair.copy) if _is_plain(context, m)] if spoken else []
    copied = [(s, c) for s in spoken for c in copies if is_carried_on(context, c, s)]
    return (*copied[0], grouped.claim.id) if copied else None


def dropped_verifications(context: Context) -> Iterator[Finding]:
    """Yield the copies that carry a claim and no longer say who verified it; one a copy."""
    seen = set()
    for pair in context.sure_pairs:
        for caveat in context.caveats(pair.original, "verified"):
            found = None if pair.copy in seen else _no_longer_verified(context, pair, caveat)
            if found:
                seen.add(pair.copy)
                yield found


def _no_longer_verified(context: Context, pair: CopyPair, caveat: Caveat) -> Finding | None:
    """The first claim of the sentence in which the original says who verified it that the copy carries without that."""
    if not caveat.who:
        return None
    who = context.words(pair.original, caveat.who)
    for grouped in context.claims:
        verified = any(m.sentence[0] <= caveat.start < m.sentence[1] for m in context.members(grouped, pair.original))
        copy = next(iter(context.members(grouped, pair.copy)), None)
        if verified and copy and not _still_verified(context, copy, who):
            message = (
                f"{context.name(pair.copy)} keeps “{_shortened(context, copy)}” and no longer says that it was verified, as "
                f"{context.name(pair.original)} does: “{context.words(pair.original, (caveat.start, caveat.end))}”"
                f"{_other_version(pair)}."
            )
            proof = [of_member(copy), evidence(pair.original, context.sentence_of(pair.original, caveat))]
            return context.finding(DROPPED_VERIFICATION, message, [pair.copy], proof, grouped.claim.id)
    return None


def _other_version(pair: CopyPair) -> str:
    return " (it may come from another version)" if pair.possible else ""


def _still_verified(context: Context, member: Proposition, who: str) -> bool:
    """The whole copy is looked through: who verified often moves to another sentence."""
    if context.caveats(member.report, "verified"):
        return True
    sentences = (context.words(member.report, s).lower() for s in context.sentences(member.report))
    names = re.findall(r"\w{5,}", who.lower())
    return any(_CONFIRMS.search(s) and not _NO.search(s) and any(w in s for w in names) for s in sentences)


def missing_caveats(context: Context) -> Iterator[Finding]:
    """Yield the reports that carry without caution what others, independent of them, say is unverified."""
    doubts = {r: said for r in context.reports if (said := context.caveats(r, "unverified"))}
    for report in sorted(context.reports) if doubts else ():
        if report in doubts or _relative_warns(context, report, doubts):
            continue
        if _DOUBT.search(context.reports[report].text) or _NOT_SEEN.search(context.reports[report].text):
            continue
        found = next(_without_caution(context, report, doubts), None)
        if found:
            yield found


def _without_caution(context: Context, report: str, doubts: Mapping[str, Sequence[Caveat]]) -> Iterator[Finding]:
    """The claims that a report carries without a caveat; `doubts` are what the others say could not be verified."""
    for grouped in context.claims:
        if grouped.claim.relation in ("conflict", "disputed"):
            # That the reports contradict each other is the greater news.
            continue
        inside = context.members(grouped, report)
        carried = [m for m in inside if m.source and _is_plain(context, m) and not _has_two_sides(inside)]
        mine = next((m for m in carried if not _is_answered(context, m) and not _has_another_count(context, m)), None)
        warned = _warning(context, grouped, mine, doubts) if mine else None
        if mine and warned:
            said = context.words(warned.report, (warned.start, warned.end))
            message = (
                f"{context.name(report)} carries “{_shortened(context, mine)}” without a caveat; "
                f"{context.name(warned.report)} says: “{said}”."
            )
            yield context.finding(NO_CAVEAT, message, [report], [of_member(mine), warned], grouped.claim.id)


def _warning(context: Context, grouped: Grouped, mine: Proposition, doubts: Mapping[str, Sequence[Caveat]]) -> Evidence | None:
    """The sentence in which an unrelated report says of the same claim that it is unverified."""
    for m in (m for report in doubts for m in context.members(grouped, report)):
        if m.report == mine.report or context.related(m.report, mine.report):
            continue
        for c in doubts[m.report]:
            if (
                context.speaks_of(c, m)
                and _is_meant(context, c, m)
                and _is_named_by(own_object(context, c, m.report), mine)
                and likeness(mine.words, m.words) >= thresholds.ONE_CLAIM_ALIKE
            ):
                return evidence(m.report, context.sentence_of(m.report, c))
    return None


def _is_plain(context: Context, member: Proposition) -> bool:
    """Whether a report asserts a member: not in a sentence with a word of caution, and not as "whether" or "if"."""
    words = context.words(member.report, (member.start, member.end)).lower()
    start, end = member.sentence
    cautious = any(start <= c.start < end for c in context.caveats(member.report, "hedge", "alleged", "denied", "unverified"))
    return not cautious and not _QUESTION.match(words)


def _is_meant(context: Context, caveat: Caveat, member: Proposition) -> bool:
    """Whether a doubt is about a member: it names most of what it speaks of, or takes it up in the next sentence ("this")."""
    told = own_object(context, caveat, member.report)
    if told:
        return _is_named_by(told, member)
    if member.sentence[0] <= caveat.start < member.sentence[1]:
        return True
    sentence = context.sentence_of(member.report, caveat)
    if _ALL_HIS.search(context.words(member.report, sentence)):
        return True
    following = context.sentence_after(member.report, member.sentence[1])
    return following == sentence and TAKEN_UP.search(context.words(member.report, sentence)) is not None


def _is_named_by(told: Collection[str], member: Proposition) -> bool:
    """Whether a member speaks of most of the things that a doubt names, if it names any."""
    return sum(word in member.words for word in told) >= thresholds.DOUBTED_SHARE * len(told)


def _has_another_count(context: Context, member: Proposition) -> bool:
    """Whether the member's paragraph sets another number of the same size beside its own, in another sentence: that cautions."""
    paragraph = context.paragraph(member.report, member.start)
    if paragraph is None:
        return False
    near = [f for f in context.mentions[member.report].figures if paragraph.start <= f.start < paragraph.end]
    mine = [f for f in near if member.start <= f.start < member.end]
    others = [f for f in near if not member.sentence[0] <= f.start < member.sentence[1]]
    return any(may_count_one_thing(f, g) for f in mine for g in others)


def _has_two_sides(members: Sequence[Proposition]) -> bool:
    """Whether a report prints a claim and its denial: each is a word of caution to the other."""
    return len({m.negated for m in members}) > 1


def _is_answered(context: Context, member: Proposition) -> bool:
    """Whether the rest of a member's paragraph, or the sentence after it, says no to anything: that is a word of caution."""
    paragraph = context.paragraph(member.report, member.start)
    start, end = member.sentence
    after = context.sentence_after(member.report, end) or (end, end)
    spans = [(paragraph.start, start), (end, paragraph.end), after] if paragraph else [after]
    return any(_NO.search(words) or _AGAINST.search(words) for s in spans for words in [context.words(member.report, s).lower()])


def _relative_warns(context: Context, report: str, doubting: Collection[str]) -> bool:
    """Whether a relative, or a report of the same outlet, has a caveat: what a copy dropped is told as that."""
    outlet = context.reports[report].outlet
    return any(context.related(report, other) or same_outlet(outlet, context.reports[other].outlet) for other in doubting)


def _shortened(context: Context, member: Proposition) -> str:
    return shortened(context.words(member.report, (member.start, member.end)), _LONGEST)


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
    around = (s for s in context.said(member.report) if s.attributed and _covers(s, member))
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
    later = (s.cue_span for s in context.said(member.report) if s.cue_span)
    return stem is not None and not any(
        member.sentence[1] <= span[0] < caveat.start and stem.search(context.words(member.report, span)) for span in later
    )


def _is_before(context: Context, caveat: Caveat, member: Proposition, most: int) -> bool:
    """Whether the member stands at most so many sentences before a doubt."""
    if member.sentence[1] > caveat.start:
        return False
    between = [s for s in context.sentences(member.report) if member.sentence[1] <= s[0] and s[1] <= caveat.start]
    return len(between) < most
