"""A report that says that a story is not so ("the article is a hoax"), and others that tell it without a word of that."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.disputed_claims import dispute
from stemma.findings.one_newsroom import stems_of
from stemma.tables import Finding, Span

_TOLD = r"(?:reports?|story|stories|rumou?rs?|claims?|allegations?|accusations?|articles?|tale)"
_SHOWN = r"(?:photo(?:graph)?|video|image|letter|post)"
_FALSE = (
    r"(?:false|faked?|bogus|untrue|fabricated|made[- ]up|satirical|satire|hoax|phone?y|baseless|unfounded|debunked"
    r"|in(?:accurate|correct))\b"
)
_INVENTED = r"an?\s(?:\w+\s)?(?:hoax|fabrication)\b"
_WHOLLY = r"(?:(?:all|just|100|percent|per cent|%|in fact|\w+ly)\s){0,3}"
_DENIES = r"(?:den(?:y|ies|ied)|refut(?:es?|ed)|debunk(?:s|ed)|disput(?:es?|ed)|dismiss(?:es|ed)|reject(?:s|ed)|rubbish(?:es|ed))"
_BESIDE = r"(?:[\w’'-]+\s){0,2}?"
_BY_SOMEBODY = re.compile(rf"\b{_DENIES}\s(?P<told>{_BESIDE}{_BESIDE}{_TOLD})\b(?P<what>[^.;,]*)", re.IGNORECASE)
_DENIALS = (
    *(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b(?P<told>{_BESIDE}(?:{_TOLD}|{_SHOWN}))(?:\s(?:in|of|about|on|that)\s(?P<what>[^.;:,]{{1,80}}?))?"
            rf"\s(?:is|was|are|were|has been|have been)\s{_WHOLLY}[“\"'‘]?(?:{_FALSE}|{_INVENTED}|not true)",
            rf"(?:^[“\"'‘]?it|\b(?:this|that|{_TOLD}|{_SHOWN}))(?:['’]s|\s(?:is|was|turn(?:s|ed) out to be))\s"
            rf"{_WHOLLY}{_INVENTED}",
            r"\bno truth (?:at all )?(?:to|in|behind)\b",
            rf"\b(?:label(?:led|ed|s)?|called|branded|declared)\s(?P<told>(?:[\w’'-]+\s){{1,3}})(?:as\s)?[“\"'‘]?{_FALSE}",
            rf"\b(?:an?|the|this|that)\s(?:\w+\s)?{_FALSE}\s(?P<told>(?:[\w’'-]+\s){{0,3}}?(?:report|story|rumou?r|article|tale))\b"
            r"(?:\s(?:of|about|that)\s(?P<what>[^.;,]*))?",
        )
    ),
    _BY_SOMEBODY,
)
"""What says that a story is not so, the plainest first: `told` is how it is called, `what` of what it is."""
_GIVEN = re.compile(r"\b(?:claim|alleg|accus|report|said|says|suggest)\w*\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:but|and|while|though|although)\b", re.IGNORECASE)
_OF_ONE = re.compile(r"['’]s?\s(?:\w+\s)?(?:claim|allegation|accusation)s?$", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\b(?:if|whether|neither|nor|would|could|might|another|previous|long|not|(?:has|have|did|does|do)n['’]t)\b", re.IGNORECASE
)
_TAKES_BACK = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!is )\bden(?:y|ies|ied|ying|ials?)\b"
    r"|\b(?:refut\w*|debunk\w*|disput\w*|rebut\w*|contradict\w*|no truth|untrue|false\w*|hoax\w*|fake\w*|fabricat\w*|satir\w*"
    r"|parody|spoof|prank|bogus|baseless|unfounded|made[- ]up|rumou?r\w*|un(?:confirmed|verified|substantiated)|s[ck]eptic\w*"
    r"|dubious|grain of salt|shoo?t down|dismiss(?:es|ed)|reject(?:s|ed)|doctored|purported\w*|gullible|no evidence"
    r"|in(?:accura\w*|correct))\b"
    r"|(?:\bnot|n['’]t) (?:been )?(?:true|confirm|verif)",
    re.IGNORECASE,
)
"""A report has a word of doubt or denial: then nothing is said of it, be it of something else."""
_HEDGED = re.compile(r"\b(?:allegedly|suspicions?)\b", re.IGNORECASE)
"""A report leaves open at its beginning what it tells."""
_NO = re.compile(r"\b(?:no|not|never|none|nobody|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_SAYS_NOTHING = re.compile(rf"\b(?:{_TOLD}|entire|whole|original|so-called|now|news|media|but|and|though|that)\b", re.IGNORECASE)
"""Words by which a denial does not say of which story it is."""

_Sentences = Mapping[Span, frozenset[str]]
"""The sentences with which a report begins that say no to nothing, and the stems of each."""


@dataclass(frozen=True, slots=True)
class _Denial:
    """A sentence of a report that says that a story is not so.

    `what` are the stems by which it says which, `around` those of the sentences that tell of it, `known` those of names there.
    """

    report: str
    sentence: Span
    plainness: int
    what: frozenset[str]
    around: frozenset[str]
    known: frozenset[str]


def denied_stories(context: Context) -> Iterator[Finding]:
    """Yield, of the denials, the one that most reports tell against: they begin with what it denies, and doubt nothing."""
    quiet = [r for r, report in context.reports.items() if not _TAKES_BACK.search(report.text)]
    begun = {r: {s: context.words(r, s) for s in _beginning(context, r)} for r in quiet}
    told = {
        r: {s: stems_of(words) for s, words in some.items() if not _NO.search(words)}
        for r, some in begun.items()
        if not any(map(_HEDGED.search, some.values()))
    }
    found = [(d, _against(context, d, told)) for report in context.reports for d in _denials(context, report)]
    if any(places for _, places in found):
        yield _finding(context, *max(found, key=lambda item: (len(item[1]), _tells_itself(context, *item), -item[0].plainness)))


def _denials(context: Context, report: str) -> Iterator[_Denial]:
    sentences, beginning = context.sentences(report), _beginning(context, report)
    found = list(_matches(context, report))
    title = context.reports[report].title or ""
    is_about_it = sum(_DENIALS[p] is not _BY_SOMEBODY for _, p, _ in found) > 1 or any(p.search(title) for p in _DENIALS)
    for n, plainness, match in found:
        part = match.groupdict("")
        named = stems_of(_SAYS_NOTHING.sub("", part.get("told", "")))
        around = sentences[max(0, n - thresholds.DOUBT_AFTER_THING) : n + 2]
        # "The report is false" may be of anything that stands before it; who begins with it, or says it twice, means the story.
        if is_about_it or (_DENIALS[plainness] is not _BY_SOMEBODY and (sentences[n] in beginning or named)):
            around = [*around, *beginning]
        told = frozenset().union(*(stems_of(context.words(report, s)) for s in around))
        what = named | stems_of(part.get("what", ""))
        yield _Denial(report, sentences[n], plainness, what, told, _name_stems(context, report, around))


def _matches(context: Context, report: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The numbers of the sentences that deny something, each with its plainest pattern and what matches."""
    for n, sentence in enumerate(context.sentences(report)):
        words = _on_one_line(context, report, sentence)
        plainest = next(((p, m) for p, pattern in enumerate(_DENIALS) if (m := pattern.search(words))), None)
        if plainest and not words.endswith("?") and not _is_left_open(words[: _thing_end(plainest[1])]):
            yield n, *plainest


def _is_left_open(before: str) -> bool:
    """Whether before a denial stands that nobody denied it, that it is of one man's claim, or what it is of instead.

    "The rebels claimed the attack, but …": it is of what the sentence says before.
    """
    clause = max(before.rfind("."), before.rfind(";")) + 1
    given = _GIVEN.search(before)
    goes_on = given and _GOES_ON.search(before, max(clause, given.end()))
    return bool(goes_on or _OF_ONE.search(before) or _NO_DENIAL.search(before, clause))


def _thing_end(match: re.Match[str]) -> int:
    """Where the words end that name what is denied."""
    return match.end("told") if "told" in match.groupdict() else match.start()


def _against(context: Context, d: _Denial, told: Mapping[str, _Sentences]) -> dict[str, Span]:
    """Where other reports tell at their beginning what is denied, by report."""
    found = {}
    for report, sentences in told.items():
        apart = not same_outlet(*(context.reports[r].outlet for r in (report, d.report)))
        if report != d.report and apart and d.what <= frozenset().union(*sentences.values()):
            nearest = max(sentences, key=lambda s: (len(sentences[s] & d.around), -s[0]), default=None)
            shared = sentences[nearest] & d.around if nearest else frozenset[str]()
            if nearest and len(shared) >= thresholds.STORY_STEMS and len(shared - d.known) >= thresholds.STORY_NOUNS:
                found[report] = nearest
    return found


def _tells_itself(context: Context, d: _Denial, places: Mapping[str, Span]) -> bool:
    """Whether the sentence of a denial itself says what the others tell."""
    own = stems_of(context.words(d.report, d.sentence))
    return any(len(own & stems_of(context.words(r, s))) >= thresholds.STORY_STEMS for r, s in places.items())


def _finding(context: Context, d: _Denial, places: Mapping[str, Span]) -> Finding:
    first = max(places, key=lambda r: (len(d.around & stems_of(context.words(r, places[r]))), r))
    others = f" and {context.counted(set(places) - {first})} more" if len(places) > 1 else ""
    told, denied = (_on_one_line(context, r, s) for r, s in ((first, places[first]), (d.report, d.sentence)))
    message = (
        f"One tells it, the other says that it is not so: “{told}” ({context.name(first)}{others}, without a word of doubt), "
        f"but “{denied}” ({context.name(d.report)})."
    )
    proof = [evidence(d.report, d.sentence), *(evidence(r, s) for r, s in places.items())]
    return dispute(context, message, {d.report, *places}, proof)


def _beginning(context: Context, report: str) -> Sequence[Span]:
    sentences = context.sentences(report)
    return [s for s in sentences if s[0] < sentences[0][0] + thresholds.EVENT_LEAD]


def _on_one_line(context: Context, report: str, span: Span) -> str:
    return " ".join(context.words(report, span).split())


def _name_stems(context: Context, report: str, spans: Sequence[Span]) -> frozenset[str]:
    """The stems of the names in some sentences of a report."""
    named = (n for n in context.mentions[report].names if any(s[0] <= n.start < s[1] for s in spans))
    return frozenset(word for n in named for word in stems_of(context.words(report, (n.start, n.end))))
