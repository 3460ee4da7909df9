"""Many outlets, one original source, and nobody who verified it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence, of_member
from stemma.findings.one_newsroom import CHECKED, single_source
from stemma.findings.utterances import surnames
from stemma.tables import Descendant, Finding, Source, Span
from stemma.text.data import words_of
from stemma.text.normal import fold

_OFFICE = re.compile(
    r"\b(?:spokes\w+|director|president|chief|head|minister|officials?|officer|chair\w*|executive|CEO|captain|police)\b",
    re.IGNORECASE,
)
"""Who speaks for the organisation that he is of; a visitor of the zoo does not."""
_CANNOT = re.compile(r"\b(?:cannot|can['’]t|could not|couldn['’]t|unable to) (?:\w+ )?(?:confirm|verify)\b", re.IGNORECASE)
"""Somebody says of himself that he does not know."""
_MEASURED = re.compile(r"\b(?:magnitude|epicent(?:re|er)|Richter)\b", re.IGNORECASE)
"""An instrument that many read is nobody's word."""
_THINKS = re.compile(r"\b(?:think|thought|believ|feel|felt|hop(?:e|ing)|recall|rememb|suggest|wonder|doubt)", re.IGNORECASE)
"""What somebody thinks or remembers is his own."""
_SPEAKERS_OWN = frozenset(("i", "we", "my", "our", "me", "us"))
_NOBODY = frozenset(("a", "an", "some", "one", "their", "her", "his", "its", "our", "my", "which", "whose", "what"))
"""First words of a source's name that leave open who it is."""
_SHOWN = 2
"""Claims that one finding spells out."""
_Told = Sequence[tuple[Grouped, Proposition]]
"""Claims, each with a member of it that has it from one voice."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A source with those who speak for it: its claims, and those of them that are facts."""

    name: str
    sources: frozenset[str]
    told: _Told
    facts: _Told


def single_sources(context: Context, newsrooms: Collection[str]) -> Iterator[Finding]:
    """Yield what looks widely reported and rests on one text or one voice; `newsrooms` are no voices."""
    texts = list(_of_one_text(context))
    voices = [v for v in _voices(context) if not any(same_outlet(v.name, n) for n in newsrooms)]
    voiced = _of_one_voice(context, voices, texts)
    yield from voiced
    yield from (t for t in texts if not any(set(t.reports) < set(v.reports) for v in voiced))


def _of_one_voice(context: Context, voices: Sequence[_Voice], texts: Sequence[Finding]) -> list[Finding]:
    """The voices that a story rests on; what some of the reports of a text or a voice have from another is no news beside it."""
    found: list[tuple[int, Finding]] = []
    for voice in sorted(voices, key=lambda v: (-len(_widest(v)), -len(v.facts), v.name)):
        held = {m.report for _, m in voice.facts} - {context.draft}
        claims = _shown(context, voice) if _is_rested_on(context, voice, held) else []
        # Who prints his number, without saying whose it is, rests on him too; a draft that says so tells its readers.
        same = {m.report for g in claims for m in g.members if m.figure or m.report == context.draft}
        held |= same - {m.report for _, m in voice.told}
        reach = len(_widest(voice) | same)
        known = any(held <= set(f.reports) for f in texts) or any(held < set(f.reports) and reach < n for n, f in found)
        if claims and not known:
            found.append((reach, _voice_finding(context, voice, claims, held)))
    return [f for _, f in found]


def _is_rested_on(context: Context, voice: _Voice, held: Collection[str]) -> bool:
    """Whether half of the reports carry one fact of a voice, and not all it says is what somebody thinks or wants."""
    if _is_the_story(context, voice):
        return False
    common = len(_widest(voice) - {context.draft}) / len(set(context.reports) - {context.draft})
    factual = len(voice.facts) / len(voice.told) if voice.told else 0.0
    outlets = {context.name(r) for r in held}
    return common >= thresholds.COMMON and factual >= thresholds.FACTUAL and len(outlets) >= thresholds.WIDELY_REPORTED


def _is_the_story(context: Context, voice: _Voice) -> bool:
    """Whether most headlines name the person who speaks: what he says is then what happened, and nobody need verify it."""
    titles = [set(re.findall(r"\w+", fold(r.title))) for r in context.reports.values() if r.title and r.id != context.draft]
    sources = (context.sources[s] for s in voice.sources)
    names = frozenset[str]().union(*(surnames(s) for s in sources if s.name == voice.name))
    return len([t for t in titles if t & names]) > len(titles) / 2


def _of_one_text(context: Context) -> Iterator[Finding]:
    """The texts that several outlets print, whole or in large part."""
    prints: dict[str, list[Descendant]] = defaultdict(list)
    for d in context.traced.descendants:
        if d.share >= thresholds.PRINTED_SHARE and d.kind in ("verbatim", "edited") and d.report != context.draft:
            prints[d.origin].append(d)
    names = {w.id: w.name for w in context.traced.witnesses}
    for origin, copies in sorted(prints.items()):
        held = {*(d.report for d in copies), *({origin} & set(context.reports))}
        if len({context.name(r) for r in held}) < thresholds.WIDELY_REPORTED:
            continue
        whose = context.name(origin) if origin in context.reports else names[origin]
        known = whose and all(d.credited or d.probability >= thresholds.DIRECTED for d in copies)
        least = min(99, round(100 * min(d.share for d in copies)))
        message = (
            f"{context.counted(held)}, 1 origin: all print {f'the text of {whose}' if known else 'one text'} "
            f"({least} % and more of each copy), so that what they agree on was told once."
        )
        yield single_source(context, message, sorted(held), [evidence(r, _first_shared(context, r, held)) for r in sorted(held)])


def _first_shared(context: Context, report: str, held: Collection[str]) -> Span:
    """The first whole sentence of a report that stands in another of these too; a dateline is none."""
    shared = [mine for other in held if other != report for mine, _ in context.shared(report, other)]
    inside = (s for s in context.sentences(report) if any(m.start <= s[0] < m.end for m in shared))
    return next((s for s in inside if context.words(report, s).rstrip("”\"’' ").endswith((".", "!", "?"))), (0, 0))


def _voices(context: Context) -> list[_Voice]:
    """Who tells the story's reports something; sources that no name tells, and those with doubts of their own, are left out."""
    told: dict[str, list[tuple[Grouped, Proposition]]] = defaultdict(list)
    for grouped in context.claims:
        for member in grouped.members:
            if member.source and member.source in context.sources:
                told[member.source].append((grouped, member))
    found = []
    for together in _spoken_for(context, sorted(told)):
        named = any(_is_named(context.sources[s]) for s in together)
        if named and not any(_doubts_itself(context, s) for s in together):
            said = [one for s in together for one in told[s]]
            fullest = max(together, key=lambda s: (_is_named(context.sources[s]), len({m.report for _, m in told[s]}), s))
            facts = [(g, m) for g, m in said if _is_fact(context, m)]
            found.append(_Voice(context.sources[fullest].name, frozenset(together), said, facts))
    return found


def _voice_finding(context: Context, voice: _Voice, claims: Sequence[Grouped], held: Collection[str]) -> Finding:
    count = max(_tellings(context, g) for g in claims)
    origins = f"{count} {'origin' if count == 1 else 'origins'}"
    told = list(dict.fromkeys(g.claim.summary for g in claims))
    # What another line says with more words is told once.
    said = " and ".join(f"“{words}”" for words in told if not any(other in words for other in told if other != words))
    message = (
        f"{context.counted(held)}, {origins}, tell what happened as {voice.name} says ({said}), "
        "and none says that anybody verified it."
    )
    proof = [of_member(m) for g in claims for m in g.members if m.report in held]
    silent = sorted(set(held) - {e.report for e in proof})
    proof += [of_member(next(m for _, m in voice.facts if m.report == r)) for r in silent]
    return single_source(context, message, sorted(held), proof, claims[0].claim.id)


def _shown(context: Context, voice: _Voice) -> list[Grouped]:
    """The facts of a voice alone that most reports carry; none when others say all that are so wide too, checked or deny them."""
    carried, groups = _carried(voice.facts), {g.claim.id: g for g, _ in voice.facts}
    order = sorted(carried, key=lambda c: (-len(carried[c]), groups[c].claim.rank))
    widest = len(carried[order[0]]) if order else 0
    alone = [c for c in order if len(carried[c]) > 1 and not _is_shared(context, voice, groups[c])]
    return [groups[c] for c in alone[:_SHOWN]] if alone and len(carried[alone[0]]) == widest else []


def _is_shared(context: Context, voice: _Voice, grouped: Grouped) -> bool:
    """Whether a claim rests on more than one voice, or is known to be checked, measured or in dispute."""
    others = {m.source for m in grouped.members if m.source} - voice.sources
    named = any(_has_name(context.sources[s]) for s in others if s in context.sources)
    apart = grouped.claim.verified_by or grouped.claim.relation in ("conflict", "disputed", "updated")
    return bool(named or apart or any(_is_checked(context, m) for m in grouped.members))


def _is_checked(context: Context, member: Proposition) -> bool:
    """Whether a member's sentence says that somebody checked or measured it; the speaker's own "confirmed" is no check."""
    carrier, (start, end) = context.statement(member), member.sentence
    cue = carrier.cue_span if carrier and carrier.cue_span else (end, end)
    words = f"{context.words(member.report, (start, cue[0]))} {context.words(member.report, (cue[1], end))}"
    return bool(CHECKED.search(words) or _MEASURED.search(words))


def _widest(voice: _Voice) -> set[str]:
    """The reports that carry the fact of a voice that most carry."""
    return max(_carried(voice.facts).values(), key=len, default=set())


def _carried(told: _Told) -> dict[str, set[str]]:
    """Which reports have each claim from a voice."""
    found: dict[str, set[str]] = defaultdict(set)
    for grouped, member in told:
        found[grouped.claim.id].add(member.report)
    return found


def _spoken_for(context: Context, sources: Sequence[str]) -> list[list[str]]:
    """Sources, those together that are one voice: a person with an office and the organisation in whose name he speaks."""
    found: list[list[str]] = []
    for source in sources:
        near = [group for group in found if any(_is_one_voice(context.sources[source], context.sources[s]) for s in group)]
        found = [group for group in found if group not in near] + [[source, *(s for group in near for s in group)]]
    return found


def _is_one_voice(one: Source, other: Source) -> bool:
    """Whether one name or surname is that of both, or one's holds the other's whole and an office: "Rail Union spokesman"."""
    if surnames(one) & surnames(other) or _name_words(one) == _name_words(other):
        return bool(_name_words(one))
    return _speaks_for(one, other) or _speaks_for(other, one)


def _speaks_for(one: Source, other: Source) -> bool:
    if surnames(other) or not (_name_words(one) and _name_words(other)):
        return False
    whole = [w for name in other.names if (w := re.sub("^(?:the|an?) ", "", fold(name))) and _OFFICE.sub("", w).strip()]
    return any(
        _OFFICE.search(name) and re.search(rf"(?<!\w){re.escape(w)}(?!\w)", fold(name)) for name in one.names for w in whole
    )


def _is_own_deed(context: Context, source: str, member: Proposition) -> bool:
    """Whether a claim tells what its own source did: "the union called a strike", said the union."""
    words = re.findall(r"\w+", fold(context.words(member.report, (member.start, member.end))))[:4]
    return bool(_name_words(context.sources[source]) & set(words)) or words[:1] in (["he"], ["she"], ["it"], ["they"])


def _is_fact(context: Context, member: Proposition) -> bool:
    """Whether a member tells in the past what others did or suffered, or how many; not what its source did, thinks or wants."""
    paragraph, carrier = context.paragraph(member.report, member.start), context.statement(member)
    if paragraph is None or carrier is None or not member.source or member.head in words_of("findings", "no_events.txt"):
        return False
    if carrier.cue_span and _THINKS.search(context.words(member.report, carrier.cue_span)):
        return False
    words = [t for t in paragraph.doc if member.start <= paragraph.start + t.idx < member.end]
    cue = carrier.cue_span or (0, 0)
    past = any(t.tag_ == "VBD" and not cue[0] <= paragraph.start + t.idx < cue[1] for t in words)
    own = any(t.tag_ == "MD" or t.lower_ in _SPEAKERS_OWN for t in words) or _is_own_deed(context, member.source, member)
    return not own and (past or member.figure is not None)


def _tellings(context: Context, grouped: Grouped) -> int:
    """In how many tellings of their own, or of one origin, reports carry a claim: those that share its sentence have one."""
    groups: list[list[Proposition]] = []
    for m in grouped.members:
        near = [g for g in groups if any(k.report == m.report or context.is_copied(m, k) for k in g)]
        groups = [g for g in groups if g not in near] + [[m, *(k for g in near for k in g)]]
    return min(len(groups), len(grouped.claim.origins) or len(groups))


def _doubts_itself(context: Context, source: str) -> bool:
    """Whether a source says that it could not confirm something: then it is not what others rest on."""
    said = (context.words(s.report, span) for s in context.statements if s.source == source for span in s.content)
    return any(_CANNOT.search(words) for words in said)


def _is_named(source: Source) -> bool:
    """Whether a reader can tell who a source is: "a flight attendant" may be anybody."""
    return source.name.split()[0].lower() not in _NOBODY and bool(_name_words(source))


def _has_name(source: Source) -> bool:
    return any(w[:1].isupper() and fold(w) in _name_words(source) for w in source.name.split())


@lru_cache(maxsize=5000)
def _name_words(source: Source) -> frozenset[str]:
    """The words that tell who a source is, of its name: none of "the statement"."""
    nobody = words_of("findings", "nobody.txt") | words_of("findings", "function_words.txt")
    words = (re.sub("['’]s$", "", fold(w.strip(".,()"))) for w in source.name.split())
    return frozenset(w for w in words if w and w not in nobody and w not in _NOBODY)
