"""A story that most reports have from one newsroom, as they say, and that nobody else verified."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.dropped_credits import full_name_pattern, said_to_pattern
from stemma.findings.kinds import SINGLE_SOURCE
from stemma.findings.utterances import surnames
from stemma.reports.agencies import agency_of
from stemma.tables import Evidence, Finding, Span
from stemma.text.data import words_of
from stemma.text.stems import stem

HAD_FROM = re.compile(
    r"\b(?:told|tells|reported|reports|reporting|according to|citing|cited|described to|spoke to|speaking to|said to)\b",
    re.IGNORECASE,
)
"""A sentence gives something to another newsroom."""
CHECKED = re.compile(
    r"\b(?:verified|confirm(?:ed|s)|corroborated|reviewed|seen by"
    r"|(?:documents?|records|statements|papers) (?:seen|shows?|showed|obtained))\b",
    re.IGNORECASE,
)
"""Somebody checked something."""
_NOT_CHECKED = re.compile(
    r"\b(?:not|n['’]t|nor|neither|never|yet to|declin\w+|refus\w+|unable|could|if|whether|until|would|has to|be|rather than)\b",
    re.IGNORECASE,
)
_CONFIRMED = re.compile(r"\b(?:verified|confirm(?:ed|s)|corroborated)\b", re.IGNORECASE)
_ITSELF = re.compile(
    r"(?:The|This|Its?|Their|A)\s(?:\w+\s)?(?:outlet|paper|newspaper|site|website|report|publication|story)s?\b|It\b"
)
_BESIDE = re.compile(r",|;|\b(?:and|but|while)\b")
_SHORTEST = 3
"""Letters of the shortest name of a newsroom."""
_WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence in which a report says that it has something from a newsroom, its stems, and those of what stands around it."""

    span: Span
    own: frozenset[str]
    around: frozenset[str]


Places = Mapping[str, Sequence[_Place]]
"""The places of one newsroom, by report."""


def stories_of_one_newsroom(context: Context, newsrooms: Mapping[str, Places]) -> Iterator[Finding]:
    """Yield what most reports of the story have from one of the `newsrooms` that they cite, as they say themselves."""
    cited = {house: places for house, places in newsrooms.items() if _is_lost(context, house)}
    for house, places in sorted(cited.items(), key=lambda item: (-len(item[1]), item[0])):
        matter = _matter(places)
        carried = _carried(context, matter, places)
        if (
            _are_most(context, carried)
            and _is_reporter(context, house, carried)
            and not _has_rival(context, cited, house, matter, carried)
        ):
            if not _is_checked(context, house, matter):
                yield _finding(context, house, matter, carried)
            return


def single_source(
    context: Context, message: str, reports: Iterable[str], proof: Iterable[Evidence], claim: str | None = None
) -> Finding:
    """Return the finding that reports rest on one source, be it a newsroom or a speaker."""
    return context.finding(SINGLE_SOURCE, message, reports, proof, claim)


def whose_page(context: Context, house: str) -> str:
    """Return a newsroom of which no report is known to be, in words: a page without an outlet's name may be its own."""
    known = all(r.outlet for r in context.reports.values())
    return f"{house}, whose own page is {'not here' if known else 'not known to be here'}"


def _is_lost(context: Context, house: str) -> bool:
    """Whether a newsroom is no agency, and none of the story's reports is its own."""
    return agency_of(house) is None and not any(same_outlet(house, r.outlet) for r in context.reports.values())


def _finding(context: Context, house: str, matter: frozenset[str], carried: Mapping[str, _Place]) -> Finding:
    reports = sorted(carried, key=lambda r: (context.printed(r) or "~", r))
    fullest = max(reports, key=lambda r: len(carried[r].own & matter))
    told = context.words(fullest, carried[fullest].span).strip()
    message = (
        f"{context.counted(reports)} of {len(context.reports)} say that they have it from {whose_page(context, house)} "
        f"(“{told}”), and none says that anybody else verified it."
    )
    return single_source(context, message, sorted(carried), [evidence(r, carried[r].span) for r in reports])


def cited_newsrooms(context: Context) -> dict[str, dict[str, list[_Place]]]:
    """Return where reports give words to newsrooms, by newsroom and report: citations, and sentences that name it so."""
    at: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for telling in context.traced.tellings:
        for c in telling.citations:
            at[_known(at, c.name)][telling.id].add(c.start)
    for name in _reporting(context, at):
        at[name] = defaultdict(set)
    for s in context.statements:
        source = context.sources.get(s.source or "")
        names = source.names if source else ()
        house = next((h for h in at if any(same_outlet(h, n) for n in names)), None)
        if house and s.cue_span:
            at[house][s.report].add(s.cue_span[0])
    for house, held in at.items():
        pattern = full_name_pattern(house)
        for report in context.reports:
            held[report] |= {s[0] for s in context.sentences(report) if _is_given(context.words(report, s), pattern)}
    return {house: _places(context, house, held) for house, held in at.items()}


def _known(found: Collection[str], name: str) -> str:
    """The name under which a newsroom is known already."""
    return next((house for house in found if same_outlet(house, name)), name)


def _is_given(words: str, name: re.Pattern[str]) -> bool:
    return bool(name.search(words) and HAD_FROM.search(words))


def _reporting(context: Context, known: Collection[str]) -> list[str]:
    """The names, besides known newsrooms, of what "reported" something and of which the story tells hardly anything else."""
    found = []
    for name in sorted({source.name for source in context.sources.values() if not surnames(source)}):
        if not name[:1].isupper() or len(name) < _SHORTEST or any(same_outlet(house, name) for house in known):
            continue
        pattern, report = full_name_pattern(name), _report_pattern(name)
        named = [w for r in context.reports for s in context.sentences(r) if pattern.search(w := context.words(r, s))]
        given = [w for w in named if HAD_FROM.search(w) or report.search(w)]
        if any(report.search(w) for w in named) and len(given) >= thresholds.REPORTING_SHARE * len(named):
            found.append(name)
    return found


def _report_pattern(name: str) -> re.Pattern[str]:
    """What says that a name is a newsroom's: its report, its site."""
    plain = re.escape(re.sub("^[Tt]he ", "", name))
    return re.compile(
        rf"(?<!\w){plain}(?:['’]s)?\s(?:first\s|also\s|is\s|has\s)?report(?:s|ed|ing)?\b"
        rf"|\breports? (?:by|from|in) (?:the )?{plain}(?!\w)"
        rf"|\b(?:news ?paper|news agency|website|site|blog|magazine|outlet)\s{plain}(?!\w)"
    )


def _cited_pattern(name: str) -> re.Pattern[str]:
    """What says that a newsroom reported something, and did not only print an interview."""
    plain = re.escape(re.sub("^[Tt]he ", "", name))
    return re.compile(
        rf"\b(?:according to|by|from|via|[Cc]iting) (?:the )?{plain}(?!\w)"
        rf"|(?<!\w){plain}[^.;]{{0,60}}\b(?:citing|quoting|claim(?:s|ed))\b"
    )


def _places(context: Context, house: str, held: Mapping[str, Collection[int]]) -> dict[str, list[_Place]]:
    own = {stem(w) for w in _WORD.findall(house)}
    found = {}
    for report, starts in held.items():
        if report == context.draft or not starts or same_outlet(house, context.reports[report].outlet):
            continue
        spans = sorted({context.sentence_at(report, at) for at in starts})
        if not context.reports[report].outlet and all(said_to_pattern(house).search(context.words(report, s)) for s in spans):
            # Words "told to the Courier" on a page of nobody in particular: it may be the Courier's own.
            continue
        found[report] = [_Place(s, stems_of(context.words(report, s)) - own, _around(context, report, s) - own) for s in spans]
    return found


def _around(context: Context, report: str, span: Span) -> frozenset[str]:
    beside = (s for s in context.sentences(report) if s[1] >= span[0] - 2 and s[0] <= span[1] + 2)
    return frozenset().union(*(stems_of(context.words(report, s)) for s in beside))


def stems_of(words: str) -> frozenset[str]:
    """Return the stems of the words that carry a meaning."""
    return frozenset(stem(w) for w in _WORD.findall(words) if len(w) > 2 and w.lower() not in _plain())


def _plain() -> frozenset[str]:
    return words_of("findings", "function_words.txt") | words_of("findings", "nobody.txt") | words_of("findings", "no_events.txt")


def _matter(places: Places) -> frozenset[str]:
    """The stems that stand beside the newsroom's name in several reports that name it: what it reported."""
    counts = Counter(s for held in places.values() for s in frozenset().union(*(p.own for p in held)))
    return frozenset(s for s, n in counts.items() if n >= max(2, thresholds.MATTER_SHARE * len(places)))


def _carried(context: Context, matter: frozenset[str], places: Places) -> dict[str, _Place]:
    """For each report that begins with the matter, and gives it to the newsroom, the first place where it does."""
    found = {}
    for report, held in places.items():
        lead = stems_of(context.reports[report].text[: thresholds.EVENT_LEAD])
        if len(lead & matter) >= thresholds.MATTER_STEMS:
            on = next((p for p in held if len(p.around & matter) >= thresholds.MATTER_STEMS), None)
            if on:
                found[report] = on
    return found


def _are_most(context: Context, carried: Collection[str]) -> bool:
    """Whether most reports have the matter from the newsroom, and three of them do not print one text."""
    reports = set(context.reports) - {context.draft}
    apart: list[str] = []
    for report in sorted(carried):
        if not any(context.is_one_text(report, other) for other in apart):
            apart.append(report)
    outlets = {context.name(r) for r in apart}
    return len(outlets) >= thresholds.WIDELY_REPORTED and len(carried) >= thresholds.CITING_SHARE * len(reports)


def _is_reporter(context: Context, house: str, carried: Mapping[str, _Place]) -> bool:
    """Whether reports say that the newsroom reported it: what was only said to an interviewer is the speaker's word."""
    report, cited = _report_pattern(house), _cited_pattern(house)
    given = [context.words(r, p.span) for r, p in carried.items()]
    return sum(bool(report.search(w) or cited.search(w)) for w in given) >= thresholds.REPORTER_SHARE * len(given)


def _has_rival(
    context: Context, cited: Mapping[str, Places], house: str, matter: frozenset[str], carried: Collection[str]
) -> bool:
    """Whether half as many reports have the same matter from another newsroom, without naming this one."""
    others = (_carried(context, matter, places) for other, places in cited.items() if other != house)
    return any(len(set(held) - set(carried)) >= len(carried) / 2 for held in others)


def _is_checked(context: Context, house: str, matter: frozenset[str]) -> bool:
    """Whether a report says that somebody checked the matter, and neither that nobody could nor that the newsroom did."""
    name = full_name_pattern(house)
    for report in context.reports:
        doubts = context.caveats(report, "unverified")
        for start, end in context.sentences(report):
            words = context.words(report, (start, end))
            checked = _CONFIRMED.search(words)
            if not checked or any(start <= c.start < end for c in doubts) or _NOT_CHECKED.search(words[: checked.start()]):
                continue
            another = not _is_its_own(words, name, checked.start()) and not _ITSELF.match(words)
            if another and len(stems_of(words) & matter) >= thresholds.MATTER_STEMS:
                return True
    return False


def _is_its_own(words: str, name: re.Pattern[str], checked: int) -> bool:
    """Whether a sentence says of the newsroom that it checked something, or that somebody confirmed it to the newsroom."""
    named = list(name.finditer(words))
    before = [m for m in named if m.end() <= checked]
    return any(m.start() > checked for m in named) or bool(before and not _BESIDE.search(words[before[-1].end() : checked]))
