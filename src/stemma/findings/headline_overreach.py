"""Headlines that say for a fact what the body gives as somebody's word, and what the report or another puts in doubt."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.thresholds import TELLING_NUMBER
from stemma.findings import thresholds
from stemma.findings.caveats import is_caveat_of
from stemma.findings.context import Context, carries, evidence
from stemma.findings.kinds import HEADLINE_OVERREACH
from stemma.mentions.figures import find_figures
from stemma.mentions.parse import parse, parse_all
from stemma.tables import Caveat, Evidence, Figure, Finding, Span, Statement
from stemma.text.data import word_lists, words_of
from stemma.text.stems import meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_Thing = TypeVar("_Thing")
_MARKS = re.compile(r"[:?‘’“”\"]|(?<!\w)'|…")
_SHOWN = 160
"""Code points of a sentence that a message shows."""


@dataclass(frozen=True, slots=True)
class HeadlineDoubt:
    """Why something is in doubt: a clause that says it, the words that prove it, whether the report says so itself, the claim."""

    own: bool
    reason: str
    shown: tuple[Evidence, ...]
    claim: str | None


_CLAIMED = re.compile(r"\bclaim|\balleg", re.IGNORECASE)
_DENIED = re.compile(
    r"\bden(?:y|ies|ied|ying)\b(?:\s+(?:it|this|that|having|being|any|all)\b"
    r"|\s+(?:(?:the|these|those|such|his|her|its|their)\s+)?"
    r"(?:claim|allegation|accusation|report|charge|involvement|wrongdoing|responsibility)s?\b)|\bden(?:ies|ied)\s*[.,;]",
    re.IGNORECASE,
)
"""A denial of what was said before, and of nothing else."""
_CONTENT = ("NOUN", "VERB", "ADJ", "PROPN")
_IF = re.compile(r"^\W*if\b.*\b(?:would|could|might)\b", re.IGNORECASE)
EXPECTED = re.compile(
    r"\b(?:expect\w*|predict\w*|forecast\w*|hop(?:e|ing)\w*|want\w*|wish\w*|anticipat\w*)\b",
    re.IGNORECASE,
)
"""Somebody only expects a thing."""
_SHORT = re.compile(r"(?<=\d)(m|mn|bn|b|k)(?=\W|$)", re.IGNORECASE)
_LONG = {"m": " million", "mn": " million", "b": " billion", "bn": " billion", "k": ",000"}


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline's content words by meaning, those of its verbs, its figures, and all its words in lower case."""

    words: frozenset[str]
    verbs: frozenset[str]
    figures: tuple[Figure, ...]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class HeadlineSentence:
    """A sentence of the body that says what the headline says, and the attributed statements that carry the words in common.

    `carried_lemmas` are the lemmas of the words that they carry, `supposed` when it stands under an "if", `figures` those of the
    headline that it has, `common` its words in common with the headline and `share` how many of the headline's these are.
    """

    sentence: Span
    statements: tuple[Statement, ...]
    carried_lemmas: frozenset[str]
    supposed: bool
    figures: tuple[Figure, ...]
    common: frozenset[str]
    share: float

    @property
    def near(self) -> bool:
        """Whether it is only the sentence nearest to the headline, without its number and with few of its words."""
        return not self.figures and self.share < thresholds.HEADLINE_SHARE


def overreaching_headlines(context: Context) -> Iterator[Finding]:
    """Yield the headlines that say plainly what every sentence of the body on it attributes, and somebody puts in doubt."""
    titles = {report: title for report in sorted(context.reports) if (title := _title(context, report))}
    plain = {report: title for report, title in titles.items() if not _MARKS.search(context.words(report, title))}
    parse_all([_spelled_out(context.words(report, title)) for report, title in plain.items()], "en")
    for report, title in plain.items():
        yield from _plainly_said(context, report, title)
        yield from _without_the_hedge(context, report, title)


def _without_the_hedge(context: Context, report: str, title: Span) -> Iterator[Finding]:
    """A headline that prints plainly a number of which every sentence of the text says that it only may be so."""
    headline = read_headline(context.words(report, title))
    hedges = context.caveats(report, "hedge")
    if headline.plain & _careful_words()[0]:
        return
    for figure in (f for f in headline.figures if f.value >= TELLING_NUMBER):
        printed = [f for f in context.mentions[report].figures if f.value == figure.value and f.start >= title[1]]
        spans = [context.sentence_of(report, f) for f in printed]
        if spans and all(any(s <= c.start < e for c in hedges) for s, e in spans):
            words = shorten(context.words(report, spans[0]), _SHOWN, placeholder=" …")
            message = f"The headline of {context.name(report)} says for a fact what its text says may be so: “{words}”."
            proof = [evidence(report, title), *(evidence(report, span) for span in dict.fromkeys(spans))]
            yield context.finding(HEADLINE_OVERREACH, message, [report], proof)
            return


def _plainly_said(context: Context, report: str, title: Span) -> Iterator[Finding]:
    headline = read_headline(context.words(report, title))
    for found in sentences_of_headline(context, report, headline):
        if not found or _is_careful(headline, found):
            continue
        best = next(((h, d) for h in found for d in [_doubt_of(context, report, h)] if d), None)
        if best:
            yield _overreach(context, report, title, *best)
            return


def _overreach(context: Context, report: str, title: Span, one: HeadlineSentence, why: HeadlineDoubt) -> Finding:
    source = next((s.source for s in one.statements if s.source), None)
    given = f"as the word of {context.sources[source].name if source else 'somebody'}" if one.statements else "under a condition"
    message = (
        f"The headline of {context.name(report)} says for a fact what its text gives {given}: "
        f"“{shorten(context.words(report, one.sentence), _SHOWN, placeholder=' …')}”; {why.reason}."
    )
    proof = [evidence(report, title), evidence(report, one.sentence), *why.shown]
    severity = "medium" if why.own else "low"
    return context.finding(HEADLINE_OVERREACH, message, [report], proof, why.claim, severity)


def _title(context: Context, report: str) -> Span | None:
    """Where the headline stands in the text."""
    known = context.reports[report]
    if not known.title or known.language not in ("en", None):
        return None
    at = known.text.find(known.title)
    return None if at < 0 else (at, at + len(known.title))


def _is_careful(headline: Headline, found: Sequence[HeadlineSentence]) -> bool:
    """Whether a headline names who says it, doubts or asks.

    A demand names who demands; where the body has it on somebody's word that there was a demand, it is what is said.
    """
    told = {w for h in found for w in h.carried_lemmas}
    words, acts = _careful_words()
    own = {w for w in headline.plain if w in words}
    return any(w not in acts or _lemma(w) not in told for w in own)


@lru_cache(maxsize=1000)
def _lemma(word: str) -> str:
    return next((t.lemma_.lower() for t in parse(f"They {word} it", "en") if t.lower_ == word), word)


@lru_cache(maxsize=1)
def _careful_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of data/careful.txt, and those of acts that may be somebody's word themselves."""
    return words_of("findings", "careful.txt") - {"act"}, word_lists("findings", "careful.txt")["act"]


def _doubt_of(context: Context, report: str, held: HeadlineSentence) -> HeadlineDoubt | None:
    """Why what a sentence gives as somebody's word is in doubt, or None."""
    members = [
        (g, m) for g in context.claims for m in g.members
        if m.report == report and m.sentence == held.sentence and _is_meant(held, m)
    ]  # fmt: skip
    claim = members[0][0].claim.id if members else None
    own = next(_own_doubts(context, report, held, members), None)
    if own:
        return HeadlineDoubt(True, f"it says itself: “{context.words(report, own)}”", (evidence(report, own),), claim)
    return None if held.near else next(_doubts_of_others(context, report, members), None)


def _is_meant(held: HeadlineSentence, member: Proposition) -> bool:
    """Whether a member of the sentence is what the headline says of it: its number, or most of the words in common."""
    if held.figures:
        return member.figure is not None and any(member.figure.start == f.start for f in held.figures)
    own = sum(1 for w in held.common if member.words.get(w, 0.0) >= 1.0)
    return own > len(held.common) / 2


def _own_doubts(
    context: Context, report: str, held: HeadlineSentence, members: list[tuple[Grouped, Proposition]]
) -> Iterator[Span]:
    """The sentences of the report that put it in doubt; for one only near the headline, those that say that it is unverified."""
    for caveat in context.caveats(report, "unverified"):
        if _is_of_another_number(context, report, held, caveat):
            continue
        about = held.supposed or any(carries(s, caveat) for s in held.statements)
        about = about or any(is_caveat_of(context, caveat, m) for _, m in members)
        if about:
            yield context.sentence_of(report, caveat)
    if not held.near:
        yield from _against(context, report, held)
        for grouped, member in members:
            others = [m for m in grouped.members if m.report == report and m.source != member.source]
            if grouped.claim.relation in ("disputed", "conflict") and others:
                yield others[0].sentence


def _against(context: Context, report: str, held: HeadlineSentence) -> Iterator[Span]:
    """The sentence itself where it is cautious, those after it that deny it, and what speaks against a mere claim."""
    start, end = held.sentence
    cautious = [c for c in context.caveats(report, "alleged", "hedge", "denied") if start <= c.start < end]
    if any(_hedges(context, report, held, c) for c in cautious):
        yield held.sentence
    after = [s for s in context.sentences(report) if s[0] >= end][: thresholds.DENIAL_AFTER]
    denied = context.caveats(report, "denied")
    for span in after:
        if any(span[0] <= c.start < span[1] for c in denied) and _DENIED.search(context.words(report, span)):
            yield span
    if any(s.cue_span and _CLAIMED.search(context.words(report, s.cue_span)) for s in held.statements):
        yield from (context.sentence_of(report, c) for c in (*context.caveats(report, "unverified"), *denied))


def _is_of_another_number(context: Context, report: str, held: HeadlineSentence, caveat: Caveat) -> bool:
    """Whether a doubt follows another number in another sentence: "60 were missing, but the number …" doubts the 60."""
    start, _ = span = context.sentence_of(report, caveat)
    nearer = [f for f in context.mentions[report].figures if start <= f.start < caveat.start]
    return span != held.sentence and any(all(f.value != g.value for g in held.figures) for f in nearer) and bool(held.figures)


def _hedges(context: Context, report: str, held: HeadlineSentence, caveat: Caveat) -> bool:
    """Whether a word of caution in the sentence is about what the headline says: "may" is about its own verb."""
    paragraph = context.paragraph(report, caveat.start)
    if paragraph is None or context.words(report, (caveat.start, caveat.end)).lower() not in ("may", "might"):
        return True
    verb = next((t.head for t in paragraph.doc if paragraph.start + t.idx == caveat.start), None)
    return verb is not None and meaning(verb.lemma_) in held.common


def _doubts_of_others(context: Context, report: str, members: list[tuple[Grouped, Proposition]]) -> Iterator[HeadlineDoubt]:
    """What other reports say of the same claim: that it could not be verified."""
    for grouped, mine in members:
        for member in grouped.members:
            if member.report == report or (mine.figure and member.figure and mine.figure.value != member.figure.value):
                continue
            for caveat in context.caveats(member.report, "unverified"):
                if is_caveat_of(context, caveat, member):
                    span = context.sentence_of(member.report, caveat)
                    reason = f"{context.name(member.report)} says: “{context.words(member.report, span)}”"
                    yield HeadlineDoubt(False, reason, (evidence(member.report, span),), grouped.claim.id)


@lru_cache(maxsize=5000)
def read_headline(title: str) -> Headline:
    """Return what a headline says; "2.3m" is read as 2.3 million."""
    title = _spelled_out(title)
    doc = parse(title, "en")
    content = [t for t in doc if t.pos_ in _CONTENT and t.is_alpha and not t.is_stop]
    return Headline(
        frozenset(_meaning(t) for t in content),
        frozenset(_meaning(t) for t in content if t.pos_ == "VERB"),
        tuple(
            sorted(
                (f for f in find_figures(doc) if f.value > thresholds.HEADLINE_SMALL), key=lambda f: (f.unit is None, -f.value)
            )
        ),
        frozenset(w.strip(".,;!").lower() for w in title.split()),
    )


def _spelled_out(title: str) -> str:
    return _SHORT.sub(lambda m: _LONG[m[1].lower()], title.capitalize() if title.upper() == title else title)


def sentences_of_headline(context: Context, report: str, headline: Headline) -> list[list[HeadlineSentence]]:
    """Return the sentences of the body that say what a headline says: a list for each of its figures, or one for its words.

    A list is empty where the body says it nowhere, or says it somewhere on its own word.
    """
    body = _body(context, report, headline)
    if headline.figures:
        return [_with_figure(body, headline, figure) for figure in headline.figures]
    if len(headline.words) < thresholds.HEADLINE_WORDS:
        return []
    best = max((h.share for h in body), default=0.0)
    near = [h for h in body if h.share >= thresholds.HEADLINE_SHARE and h.common & headline.verbs]
    if not near and best >= thresholds.NEAREST_SHARE:
        near = [h for h in body if h.share == best and len(h.common) >= thresholds.HEADLINE_WORDS]
    plain = any(_is_plain(h) and h.share >= min(thresholds.HEADLINE_SHARE, best) for h in body)
    return [] if plain else [near]


def _with_figure(body: Sequence[HeadlineSentence], headline: Headline, figure: Figure) -> list[HeadlineSentence]:
    """The sentences with a headline's number, none where one of them is the report's own."""
    same = [h for h in body for f in h.figures if f.value == figure.value and _may_have_one_unit(f, figure)]
    if any(_is_plain(h) and (h.common or figure.value > thresholds.HEADLINE_COUNT) for h in same):
        return []
    if any(_is_plain(h) and h.share >= thresholds.HEADLINE_SHARE and h.common & headline.verbs for h in body):
        return []
    return [h for h in same if len(h.common) >= thresholds.HEADLINE_BESIDE or figure.value >= thresholds.HEADLINE_LARGE]


def _may_have_one_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or None in (one.unit, other.unit)


def _is_plain(one: HeadlineSentence) -> bool:
    return not one.statements and not one.supposed


def _body(context: Context, report: str, headline: Headline) -> list[HeadlineSentence]:
    attributed = [s for s in context.said(report) if s.attributed and not _is_of_hopes(context, s)]
    alike = [f for f in context.mentions[report].figures if any(f.value == g.value for g in headline.figures)]
    starts = [p.start for p in context.paragraphs[report]]
    stated = _by_paragraph(starts, ((s, s.content) for s in attributed))
    counted = _by_paragraph(starts, ((f, [(f.start, f.start + 1)]) for f in alike))
    found = []
    for n, paragraph in enumerate(context.paragraphs[report]):
        for sentence in paragraph.doc.sents:
            span = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
            common = {t: w for t in sentence if t.pos_ in _CONTENT for w in [_word_of_headline(_meaning(t), headline.words)] if w}
            figures = [f for f in counted[n] if span[0] <= f.start < span[1]]
            places = [paragraph.start + t.idx for t in common] + [f.start for f in figures]
            carried = tuple(s for s in stated[n] if _carries(s, places, [f.start for f in figures]))
            told = frozenset(t.lemma_.lower() for t in sentence if any(_inside(s, paragraph.start + t.idx) for s in carried))
            words = frozenset(common.values())
            share = len(words) / max(1, len(headline.words))
            supposed = bool(_IF.search(sentence.text))
            found.append(HeadlineSentence(span, carried, told, supposed, tuple(figures), words, share))
    return found


def _by_paragraph(starts: Sequence[int], things: Iterable[tuple[_Thing, Sequence[Span]]]) -> list[list[_Thing]]:
    """For each paragraph, by where it starts, those things, given with their spans, that have words in it."""
    found: list[list[_Thing]] = [[] for _ in starts]
    for thing, spans in things:
        places = {n for start, end in spans for n in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))}
        for n in places:
            found[n].append(thing)
    return found


def _is_of_hopes(context: Context, statement: Statement) -> bool:
    """Whether somebody only expected it: "as analysts had forecast" is sentences_of_headline of a thing that happened."""
    cue = statement.cue_span
    return cue is not None and EXPECTED.search(context.words(statement.report, cue)) is not None


def _carries(statement: Statement, places: Sequence[int], figures: Sequence[int]) -> bool:
    """Whether a statement's words hold most of what a sentence has of the headline, and its number."""
    if not places or any(not _inside(statement, at) for at in figures):
        return False
    return sum(_inside(statement, at) for at in places) >= thresholds.CARRIED_SHARE * len(places)


def _inside(statement: Statement, at: int) -> bool:
    return any(s <= at < e for s, e in statement.content)


def _word_of_headline(word: str, words: frozenset[str]) -> str | None:
    """The word of a headline that a word of the body is: the same, or one with the other's ending ("Sudan", "Sudanese")."""
    if word in words:
        return word
    return next(
        (
            w
            for w in sorted(words)
            if min(len(w), len(word)) >= thresholds.ROOT_LETTERS and (w.startswith(word) or word.startswith(w))
        ),
        None,
    )


def _meaning(token: "Token") -> str:
    return meaning(token.lemma_.lower())
