"""Caveats: dropped along a copy, a verification that lost its verifier, and reports that carry a claim without any caution."""

import re
from collections.abc import Collection, Iterator, Sequence

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import likeness
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.caveat_scope import is_carried_on, is_caveat_of, may_count_one_thing, own_object
from stemma.findings.context import Context, CopyPair, evidence, of_member
from stemma.findings.kinds import DROPPED_CAVEAT, DROPPED_VERIFICATION, NO_CAVEAT
from stemma.tables import Caveat, Evidence, Finding

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


def dropped_caveats(context: Context) -> Iterator[Finding]:
    """Yield the copies that carry a claim on without the words that it could not be verified; one a copy."""
    seen = set()
    for pair in context.sure_pairs:
        if pair.copy in seen or context.caveats(pair.copy, "unverified") or _DOUBT.search(context.reports[pair.copy].text):
            continue
        for caveat in context.caveats(pair.original, "unverified"):
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
    spoken = [m for m in grouped.members if m.report == pair.original and is_caveat_of(context, caveat, m)]
    copies = [m for m in grouped.members if m.report == pair.copy and _is_plain(context, m)]
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
        verified = any(m.report == pair.original and m.sentence[0] <= caveat.start < m.sentence[1] for m in grouped.members)
        copy = next((m for m in grouped.members if m.report == pair.copy), None)
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
    for report in sorted(context.reports):
        if context.caveats(report, "unverified") or _relative_warns(context, report):
            continue
        if _DOUBT.search(context.reports[report].text) or _NOT_SEEN.search(context.reports[report].text):
            continue
        found = next(_without_caution(context, report), None)
        if found:
            yield found


def _without_caution(context: Context, report: str) -> Iterator[Finding]:
    for grouped in context.claims:
        if grouped.claim.relation in ("conflict", "disputed"):
            # That the reports contradict each other is the greater news.
            continue
        inside = [m for m in grouped.members if m.report == report]
        carried = [m for m in inside if m.source and _is_plain(context, m) and not _has_two_sides(inside)]
        mine = next((m for m in carried if not _is_answered(context, m) and not _has_another_count(context, m)), None)
        warned = _warning(context, grouped, mine) if mine else None
        if mine and warned:
            said = context.words(warned.report, (warned.start, warned.end))
            message = (
                f"{context.name(report)} carries “{_shortened(context, mine)}” without a caveat; "
                f"{context.name(warned.report)} says: “{said}”."
            )
            yield context.finding(NO_CAVEAT, message, [report], [of_member(mine), warned], grouped.claim.id)


def _warning(context: Context, grouped: Grouped, mine: Proposition) -> Evidence | None:
    """The sentence in which an unrelated report says of the same claim that it is unverified."""
    for m in grouped.members:
        if m.report == mine.report or context.related(m.report, mine.report):
            continue
        for c in context.caveats(m.report, "unverified"):
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


def _relative_warns(context: Context, report: str) -> bool:
    """Whether a relative, or a report of the same outlet, has a caveat: what a copy dropped is told as that."""
    outlet = context.reports[report].outlet
    return any(
        context.caveats(other, "unverified") and (context.related(report, other) or same_outlet(outlet, r.outlet))
        for other, r in context.reports.items()
        if other != report
    )


def _shortened(context: Context, member: Proposition) -> str:
    words = context.words(member.report, (member.start, member.end))
    return words if len(words) <= 100 else words[:99].rsplit(" ", 1)[0] + "…"
