"""Many outlets, one original source, and nobody who verified it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from stemma.claims.build import Grouped
from stemma.claims.counts import LENGTHS, STATES
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart, is_same_number
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence, of_member
from stemma.findings.one_newsroom import single_source, stems_of
from stemma.findings.utterances import surnames
from stemma.tables import Evidence, Finding, Source
from stemma.text.data import words_of
from stemma.text.normal import fold
from stemma.text.stems import stem

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VAGUE = re.compile(r"(?:dozens|scores|hundreds|thousands|millions|billions)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:spokes\w+|director|president|chief|head|minister|officials?|officer|chair\w*|executive|CEO)\b", re.IGNORECASE
)
"""Who speaks for the organisation that he is of; a visitor of the zoo does not."""
_CANNOT = re.compile(r"\b(?:cannot|can['’]t|could not|couldn['’]t|unable to) (?:\w+ )?(?:confirm|verify)\b", re.IGNORECASE)
"""Somebody says of himself that he does not know."""
_MEASURED = re.compile(r"\b(?:magnitude|epicent(?:re|er)|Richter)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|it|they) \[([^\]]+)\]", re.IGNORECASE)
"""The beginning of a summary that says whom its pronoun means."""
_RELATIVE = frozenset(("who", "which", "whom", "that"))
_SPEAKERS_OWN = frozenset(("i", "we", "my", "our", "me", "us"))
_NOBODY = frozenset(("a", "an", "some", "one", "their", "which", "whose", "what"))
"""First words of a source's name that leave open who it is."""
_SHOWN = 3
"""Claims that one finding spells out."""
FALSE = re.compile(
    r"\b(?:false|untrue|ridiculous|baseless|groundless|unfounded|fabricated|nonsense|a lie|lies|no truth)\b",
    re.IGNORECASE,
)
"""Somebody calls false what another says."""
THINKS = re.compile(r"\b(?:think|thought|believ|feel|felt|hop(?:e|ing)|recall|rememb|suggest|wonder|doubt)", re.IGNORECASE)
"""What somebody thinks or remembers is his own."""
INQUIRY = re.compile(r"\b(?:look\w* into|investigat\w+|examin\w+|review\w*|assess\w*|check\w*|determin\w*)\b", re.IGNORECASE)
"""What somebody looks into he does not claim."""


def single_sources(context: Context) -> Iterator[Finding]:
    """Yield what looks widely reported and rests on one source; one finding a source: of ten things of one briefing, one."""
    found: dict[str, list[Grouped]] = defaultdict(list)
    for grouped in context.claims:
        source = _only_source(context, grouped)
        if not source or not _is_named(context, source) or _doubts_itself(context, source):
            continue
        if _is_own_deed(context, source, grouped) or not _can_be_verified(context, grouped):
            continue
        if _is_widely_told(context, grouped, _further(context, source, [grouped])):
            found[source].append(grouped)
    weighty = {s for s, claims in found.items() if any(_counts(g) or _is_doubted(context, g) for g in claims)}
    told: list[set[str]] = []
    for source in sorted(found, key=lambda s: (s not in weighty, -max(map(_reports_count, found[s])), -len(found[s]), s)):
        reports = {m.report for g in found[source] for m in g.members}
        # What else one text tells of another voice is no news beside the first.
        if len(told) < thresholds.SINGLE_SOURCES and (source in weighty or not any(reports <= t for t in told)):
            told.append(reports)
            first, narrower = _by_reach(sorted(found[source], key=lambda g: -_reports_count(g)))
            yield from (_source_finding(context, source, claims) for claims in (first, narrower) if claims)


def _by_reach(claims: Sequence[Grouped]) -> tuple[list[Grouped], list[Grouped]]:
    """The claims of one source, and apart from them several figures of his that only some of the reports carry.

    A message that counts the reports of the widest claim would be wrong of these.
    """
    reach = {g.claim.id: frozenset(m.report for m in g.members) for g in claims}
    narrow = [g for g in claims if _counts(g) and reach[g.claim.id] < reach[claims[0].claim.id]]
    apart = [g for g in narrow if reach[g.claim.id] == reach[narrow[0].claim.id]]
    if len(apart) < thresholds.SEVERAL_FIGURES:
        return list(claims), []
    return [g for g in claims if g not in apart], apart


def _is_own_deed(context: Context, source: str, grouped: Grouped) -> bool:
    """Whether a claim tells what its source did: "he [Piet Harmsen] advised against the plan", said Piet Harmsen."""
    subject = _PRONOUN.match(grouped.claim.summary)
    return bool(subject and {fold(w) for w in subject[1].split()} & _name_words(context.sources[source]))


def _is_doubted(context: Context, grouped: Grouped) -> bool:
    """Whether a report says of a claim that it could not be verified."""
    return any(context.is_unverified(m) for m in grouped.members)


def _doubts_itself(context: Context, source: str) -> bool:
    """Whether a source says that it could not confirm something: then it is not what others rest on."""
    said = (context.words(s.report, span) for s in context.statements if s.source == source for span in s.content)
    return any(_CANNOT.search(words) for words in said)


def _is_named(context: Context, source: str) -> bool:
    """Whether a reader can tell who a source is: "a flight attendant" may be anybody."""
    if context.sources[source].name.split()[0].lower() in _NOBODY:
        return False
    return bool(_name_words(context.sources[source]))


def _reports_count(grouped: Grouped) -> int:
    return len({m.report for m in grouped.members})


def _source_finding(context: Context, source: str, claims: Sequence[Grouped]) -> Finding:
    """The finding on one source: the claims that most reports carry, in the claims' own words."""
    shown = claims[:_SHOWN]
    quiet = _draft_that_names(context, source)
    held = {m.report for g in claims for m in g.members} - quiet
    further = {r: words for r, words in _further(context, source, claims).items() if r not in quiet}
    # Reports that carry one claim of a source need not carry the next.
    joint = " and " if all({m.report for m in g.members} - quiet == held for g in claims) else " or "
    said = joint.join(f"“{g.claim.summary}”" for g in shown)
    more = f"{joint}{len(claims) - _SHOWN} more" if len(claims) > _SHOWN else ""
    count = max(_tellings(context, g) for g in claims)
    other = f", and {context.counted(further)} the same account in other words" if further else ""
    message = (
        f"{context.counted(held)}, {count} {'origin' if count == 1 else 'origins'}, carry {said}{more}{other}: "
        f"all rest on {context.sources[source].name}, and none says that anybody verified it."
    )
    proof = [*(of_member(m) for g in shown for m in g.members if m.report in held), *further.values()]
    return single_source(context, message, sorted({*held, *further}), proof, claims[0].claim.id)


def _draft_that_names(context: Context, source: str) -> set[str]:
    """The draft, where it tells its readers whose word it passes on."""
    return {s.report for s in context.statements if s.report == context.draft and s.source == source}


def _further(context: Context, source: str, claims: Sequence[Grouped]) -> dict[str, Evidence]:
    """The reports that tell, in other clauses than these claims, what their source said of the matter, each with its words."""
    members = [m for g in claims for m in g.members]
    held = {m.report for m in members}
    name = {stem(w) for n in context.sources[source].names for w in n.split()}
    matter = frozenset().union(*(stems_of(context.words(m.report, (m.start, m.end))) for m in members)) - name
    found: dict[str, Evidence] = {}
    for s in context.statements:
        if s.source != source or s.report in found or s.report in held or not s.content:
            continue
        said = context.sentence_at(s.report, s.content[0][0], s.content[-1][1])
        if len(stems_of(context.words(s.report, said)) & matter) >= thresholds.FURTHER_STEMS:
            found[s.report] = evidence(s.report, said)
    return found


def _is_widely_told(context: Context, grouped: Grouped, further: Collection[str]) -> bool:
    """Whether a claim looks confirmed: half of the story's reports carry it, or three that have it from one another.

    `further` reports tell the same account of its source in other words.
    """
    told = {m.report for m in grouped.members} - {context.draft}
    reports, outlets = len(told), len({context.name(r) for r in told})
    if reports < thresholds.WIDELY_REPORTED or outlets == 1:
        return False
    if _is_passed_on(context, grouped):
        return True
    of_all = len(told.union(further) - {context.draft}) / len(set(context.reports) - {context.draft})
    return of_all >= thresholds.SINGLE_SOURCE_SHARE and _is_told_early(context, grouped)


def _is_told_early(context: Context, grouped: Grouped) -> bool:
    """Whether most reports tell a claim in their first half and as of their own year: the rest is background."""
    early = 0
    for m in grouped.members:
        printed = context.printed(m.report)
        text = context.reports[m.report].text
        other = any(y != (printed or "")[:4] for y in _YEAR.findall(context.words(m.report, m.sentence)))
        early += m.start < len(text) / 2 and not (printed and other)
    return early > len(grouped.members) / 2


def _is_passed_on(context: Context, grouped: Grouped) -> bool:
    """Whether most reports have a claim from one another, or one says it is unverified: ten reporters in court are ten ears."""
    return _tellings(context, grouped) <= _reports_count(grouped) / 2 or _is_doubted(context, grouped)


def _tellings(context: Context, grouped: Grouped) -> int:
    """In how many tellings of their own, or of one origin, reports carry a claim: those that share its sentence have one."""
    groups: list[list[Proposition]] = []
    for m in grouped.members:
        near = [g for g in groups if any(k.report == m.report or context.is_copied(m, k) for k in g)]
        groups = [g for g in groups if g not in near] + [[m, *(k for g in near for k in g)]]
    return min(len(groups), len(grouped.claim.origins) or len(groups))


def _can_be_verified(context: Context, grouped: Grouped) -> bool:
    """A figure, something that happened, or what some report says that it could not verify; an opinion is nobody's to verify."""
    words = [context.words(m.report, (m.start, m.end)) for m in grouped.members]
    # An instrument that many read is nobody's word.
    measured = any(_MEASURED.search(w) for w in words)
    if measured or grouped.claim.verified_by or grouped.claim.relation in ("conflict", "disputed"):
        return False
    if _counts(grouped) and not any(_VAGUE.search(w) for w in words):
        return True
    if any(INQUIRY.search(w) for w in words):
        return False
    open_ones = [m for m in grouped.members if not _is_denial(context, m) and not _is_question(context, m)]
    if any(context.is_unverified(m) for m in open_ones):
        return True
    told = [m for m in open_ones if m.source and _tells_what_happened(context, m)]
    # What stands in everybody's marks is how somebody puts it, if it is no statement of an organisation.
    quoted = all(_is_quoted(context, m) for m in told) and any(surnames(context.sources[m.source or ""]) for m in told)
    return len(told) > len(grouped.members) / 2 and not quoted


def _tells_what_happened(context: Context, member: Proposition) -> bool:
    """Whether a member tells in the past what others did or suffered, and not what its speaker did, thinks, wants or will do."""
    paragraph, carrier = context.paragraph(member.report, member.start), context.statement(member)
    if paragraph is None or carrier is None or member.head in words_of("findings", "no_events.txt"):
        return False
    if carrier.cue_span and THINKS.search(context.words(member.report, carrier.cue_span)):
        return False
    own = carrier.source_span is not None and member.start <= carrier.source_span[0] < member.end
    cued = carrier.cue_span is not None and member.start <= carrier.cue_span[0] < member.end
    words = [t for t in paragraph.doc if member.start <= paragraph.start + t.idx < member.end]
    aside = bool(words) and words[0].lower_ in _RELATIVE
    # His own deeds, and what is told beside his words, are not his to prove.
    if (own or aside) and not cued:
        return False
    cue = carrier.cue_span or (0, 0)
    past = any(t.tag_ == "VBD" and not cue[0] <= paragraph.start + t.idx < cue[1] for t in words)
    return past and not any(t.tag_ == "MD" or t.lower_ in _SPEAKERS_OWN for t in words)


def _is_quoted(context: Context, member: Proposition) -> bool:
    """Whether quotation marks stand around or in a member."""
    return any(q.start < member.end and member.start < q.end for q in context.mentions[member.report].quotations)


def _is_question(context: Context, member: Proposition) -> bool:
    """Whether a member leaves open what it speaks of: "could not confirm whether"."""
    return re.search(r"\b(?:whether|if)\b", context.words(member.report, (member.start, member.end))) is not None


def _is_denial(context: Context, member: Proposition) -> bool:
    """Whether a member only denies what somebody else says: then the other side is what nobody verified."""
    start, end = member.sentence
    denied = any(start <= c.start < end for c in context.caveats(member.report, "denied"))
    first = context.words(member.report, (member.start, member.end)).lower().split()[:1]
    said = FALSE.search(context.words(member.report, member.sentence)) is not None
    return denied or said or member.negated or first in (["not"], ["no"], ["none"], ["nobody"], ["never"])


def _counts(grouped: Grouped) -> bool:
    """Whether a claim is one number of something, and no turn of phrase: "two of us", "a hundred percent sure"."""
    figures = [m.figure for m in grouped.members if m.figure]
    if not figures or any(are_apart(figures[0], f) and not is_same_number(figures[0], f) for f in figures):
        return False
    figure, topic = figures[0], grouped.members[0].topic
    if figure.unit:
        return figure.unit not in LENGTHS and (figure.unit, figure.value) != ("percent", 100)
    return topic in STATES or (topic is not None and figure.value >= thresholds.TELLING_COUNT)


def _only_source(context: Context, grouped: Grouped) -> str | None:
    """The one source that nearly all reports name; none when another one has a name of his own."""
    named = [m for m in grouped.members if m.source and m.source in context.sources]
    if not named:
        return None
    source, voice = _one_voice(context, {m.source or "" for m in named})
    others = {m.source or "" for m in named} - voice
    reports = {m.report for m in named if m.source in voice}
    known = any(_is_proper(context, s) or _name_words(context.sources[s]) for s in others)
    if known or len(reports) < thresholds.SOURCE_NAMED_SHARE * _reports_count(grouped):
        return None
    return source if len({m.report for m in named if _is_printed(context, m, source)}) > 1 else None


def _is_printed(context: Context, member: Proposition, source: str) -> bool:
    """Whether a member's report itself prints a word of the source's name beside the member or anywhere."""
    return bool(_name_words(context.sources[source]) & context.printed_words(member.report))


def _one_voice(context: Context, sources: Collection[str]) -> tuple[str, set[str]]:
    """The fullest of some names, and those that are one voice with it: "the zoo" speaks by its director."""
    words = {s: _name_words(context.sources[s]) for s in sources}
    fullest = max(sorted(sources), key=lambda s: (_is_proper(context, s), len(words[s])))
    voice = {fullest, *(s for s in sources if not words[s])}
    known, grown = set(words[fullest]), True
    while grown:
        near = {s for s in set(sources) - voice if words[s] & known and not _is_other_person(context, s, fullest)}
        grown, voice = bool(near), voice | near
        known |= {w for s in near for w in words[s]}
    return fullest, voice


def _is_proper(context: Context, source: str) -> bool:
    return context.sources[source].name[:1].isupper()


def _is_other_person(context: Context, source: str, fullest: str) -> bool:
    """Whether two sources are two persons with names that share no word."""
    one, other = (surnames(context.sources[s]) for s in (source, fullest))
    return bool(one and other and not one & other)


@lru_cache(maxsize=5000)
def _name_words(source: Source) -> frozenset[str]:
    """The words that tell who a source is, of its name and of the office that it holds: none of "the statement"."""
    office = source.role if source.role and _OFFICE.search(source.role) else ""
    words = (fold(w.strip(".,()")).removesuffix("'s") for name in (source.name, office) for w in name.split())
    nobody = words_of("findings", "nobody.txt") | words_of("findings", "function_words.txt")
    return frozenset(w for w in words if w and w not in nobody)
