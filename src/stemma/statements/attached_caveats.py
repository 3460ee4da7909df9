"""Caveats attached: to the words they stand in, or to what was told before them and could not be verified.

A later caveat says what kind of thing it doubts ("neither figure", "the union's account", "this"): it goes to the
nearest statements of that kind, and to none where nothing fits.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stemma.mentions import Mentions
from stemma.mentions.caveats import checking, lacks_means, lacks_support
from stemma.mentions.figures.units import is_currency
from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.attribution import Attribution, ReportStatement
from stemma.statements.cues import SPOKEN, SUBJECT
from stemma.statements.designation import country_key, title_words
from stemma.statements.people import Person
from stemma.statements.sources import agrees, named
from stemma.tables import Caveat, Figure, Span
from stemma.text.data import rows, word_lists
from stemma.text.spans import between

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDER = ("unverified", "denied", "alleged", "verified", "hedge")
"""Kinds of caveat, the gravest first."""
_AROUND = 200
"""How far from an attribution's words, in characters, a caveat is looked for that may be of its cue."""
_MOST = 40
"""How many statements before a caveat are looked at."""
_SELF = frozenset(("i", "we", "me", "us", "my", "our", "you", "your"))
_STATES = frozenset(("VBP", "VBZ", "MD"))
_POINTING = frozenset(("this", "that", "it", "them", "these", "those"))
_OF_MANY = frozenset(("neither", "either", "both", "any", "all", "none", "most", "some", "many", "much", "each"))
_PAIR = frozenset(("neither", "either", "both", "two"))
_RELATIVE = frozenset(("that", "which", "who", "what"))
_UPWARDS = frozenset(("xcomp", "acomp", "oprd", "attr", "conj"))
_KINDS = word_lists("statements", "caveat_scope.tsv")
_SYNONYMS = {
    word: frozenset(words.split())
    for kind, words in rows("statements", "caveat_scope.tsv")
    if kind in ("same", "hurt")
    for word in words.split()
}
"""For each word of a group, all words that mean the same."""


@dataclass(frozen=True)
class _Report:
    """One report as the choice below needs it; `statements` are in text order."""

    id: str
    paragraphs: Sequence[Paragraph]
    mentions: Mentions
    people: Sequence[Person]
    statements: Sequence[ReportStatement]


@dataclass(frozen=True)
class CaveatScope:
    """The thing that a caveat says could not be verified.

    `kind` is number, sum, toll, assertion, this (a pronoun) or thing; `owner` is whose it is, `about` the lemmas of
    what it is about; `pair` where it is two things, `inside` where it stands in the sentence of the caveat itself.
    """

    kind: str
    lemma: str
    owner: "Token | None"
    about: frozenset[str]
    plural: bool
    pair: bool
    inside: bool


def attach_caveats(
    report: str,
    paragraphs: Sequence[Paragraph],
    mentions: Mentions,
    statements: Sequence[ReportStatement],
    people: Sequence[Person],
) -> list[ReportStatement]:
    """Return the statements of one report, in their order, each with the gravest caveat that speaks of it."""
    found = [_own_caveat(s, mentions.caveats) for s in statements]
    places = {id(s): n for n, s in enumerate(statements)}
    read = _Report(report, paragraphs, mentions, people, sorted(statements, key=lambda s: (s.content, s.attribution is None)))
    spoken = sorted(q for s in statements for q in s.quotations)
    for caveat in mentions.caveats:
        if caveat.kind != "unverified" or _stands_in(spoken, caveat.start):
            continue
        for one in _meant(read, caveat):
            before = found[places[id(one)]]
            if before is None or before.kind != "unverified":
                found[places[id(one)]] = caveat
    return [replace(s, caveat=caveat) for s, caveat in zip(statements, found, strict=True)]


def caveat_sentence(caveat: Caveat, text: str) -> str:
    """Return a caveat in plain words: its kind and the words that it rests on."""
    return f"{caveat.kind}: {text[caveat.start : caveat.end]}"


def _own_caveat(statement: ReportStatement, caveats: Sequence[Caveat]) -> Caveat | None:
    """The gravest caveat among a statement's words, or beside its cue."""
    if statement.attribution is not None:
        return _gravest(_of_attribution(statement.attribution, caveats))
    ((start, end),) = statement.content
    return _gravest(between(caveats, start, end))


def _of_attribution(attribution: Attribution, caveats: Sequence[Caveat]) -> list[Caveat]:
    """Words in quotation marks are the speaker's own."""
    cue, quotations = attribution.cue_span, attribution.quotations
    spans = [*attribution.content, *([cue] if cue is not None else [])]
    found = []
    for caveat in between(caveats, min(s for s, _ in spans) - _AROUND, max(e for _, e in spans) + _AROUND):
        own = any(s <= caveat.start and caveat.end <= e for s, e in spans)
        quoted = any(s <= caveat.start < e for s, e in quotations)
        if (own and not quoted) or (cue is not None and _beside_cue(caveat, cue)):
            found.append(caveat)
    return found


def _gravest(caveats: Sequence[Caveat]) -> Caveat | None:
    return min(caveats, key=lambda c: (_ORDER.index(c.kind), c.start), default=None)


def _beside_cue(caveat: Caveat, cue: Span) -> bool:
    """The hedge right before the cue ("reportedly said"), or the denial that is the cue."""
    if caveat.kind == "denied":
        return caveat.start <= cue[0] and cue[1] <= caveat.end
    return caveat.kind in ("hedge", "alleged") and 0 <= cue[0] - caveat.end <= 2


def _stands_in(spans: Sequence[Span], at: int) -> bool:
    """Whether an offset lies in one of some sorted spans."""
    before = bisect_right(spans, at, key=lambda s: s[0])
    return any(at < end for _, end in spans[max(before - _MOST, 0) : before])


def _meant(read: _Report, caveat: Caveat) -> list[ReportStatement]:
    """What a caveat speaks of, out of all that was told before it."""
    place = bisect_right(read.paragraphs, caveat.start, key=lambda p: p.start) - 1
    if not read.paragraphs[place].doc.has_annotation("DEP"):
        near = [t for t in _before(read, caveat) if t.paragraph >= place - 1 and t.attribution is not None]
        return _run(near)
    thing = scope_of(read.paragraphs[place], caveat)
    if thing is None:
        return []
    if thing.inside:
        return _beside(read, place, caveat) if thing.kind != "thing" else []
    near = [t for t in _before(read, caveat) if t.paragraph >= place - thresholds.CAVEAT_PARAGRAPHS and not _of_feeling(read, t)]
    if thing.owner is not None:
        near = _owned(read, near, place, thing.owner)
    if thing.kind in ("number", "sum", "toll"):
        return _figured(read, near, thing)
    if thing.kind == "this":
        near = [t for t in near if t.paragraph >= place - 1]
        return _with_outer(near[:1], near) + ([] if not thing.pair else near[1:2])
    if thing.kind == "thing":
        names = {thing.lemma}
        near = [t for t in near if t.paragraph >= place - thresholds.CAVEAT_PARAGRAPHS // 2 and _mentions(read, t, names)]
        return _with_outer(near[:1], near)
    near = [t for t in near if t.attribution is not None and (t.attribution.strength == SPOKEN or t.quotations)]
    if thing.about:
        near = [t for t in near if _mentions(read, t, thing.about)]
    return near[:2] if thing.pair else _run(near)


def _before(read: _Report, caveat: Caveat) -> list[ReportStatement]:
    """What was told before a caveat, the nearest first."""
    at = bisect_left(read.statements, caveat.start, key=lambda t: t.content[0][0])
    return [t for t in reversed(read.statements[max(0, at - _MOST) : at]) if t.end <= caveat.start]


def _beside(read: _Report, place: int, caveat: Caveat) -> list[ReportStatement]:
    """What the sentence of the caveat itself attributes: "…, a claim that could not be verified"."""
    paragraph = read.paragraphs[place]
    sentence = next(s for s in paragraph.doc.sents if s.start_char <= caveat.start - paragraph.start < s.end_char)
    start, end = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
    first, past = (bisect_left(read.statements, at, key=lambda t: t.content[0][0]) for at in (start, end))
    return [t for t in read.statements[first:past] if t.attribution is not None and t.end <= end]


def _owned(read: _Report, near: Sequence[ReportStatement], place: int, owner: "Token") -> list[ReportStatement]:
    """What the owner of the doubted claim said; with no word of the owner's, the sentences that speak of the owner."""
    if owner.pos_ == "PRON":
        word = owner.lower_
        speaker = next((t.who for t in near if t.who is not None and agrees(t.who, word, read.people)), None)
        return [t for t in near if t.who == speaker and speaker is not None]
    who = named(read.id, read.paragraphs[place], owner, read.people)
    words = title_words([owner]) | {country_key(owner.lower_) or owner.lemma_.lower()}
    own = [t for t in near if t.who is not None and (t.who == who or words & _source_words(t))]
    return own or [t for t in near if t.attribution is None and _mentions(read, t, words)]


def _source_words(one: ReportStatement) -> frozenset[str]:
    source = one.attribution.source if one.attribution is not None else None
    if source is None:
        return frozenset()
    tokens = [t for t in source.subtree if t.pos_ in ("NOUN", "PROPN", "ADJ")]
    return title_words(tokens) | {t.lemma_.lower() for t in tokens}


def _figured(read: _Report, near: Sequence[ReportStatement], thing: CaveatScope) -> list[ReportStatement]:
    """The nearest that tell a figure of the doubted kind; two where two numbers are meant."""
    fitting = [(t, f) for t in near if (f := _figures(read, t, thing))]
    if not fitting:
        return []
    first, figures = fitting[0]
    if thing.pair:
        second = next((t for t, f in fitting[1:] if not _within(first, t) and _comparable(figures, f)), None)
        return _with_outer([first, *([second] if second is not None and len(figures) < 2 else [])], near)
    if thing.plural:
        return _run([t for t, _ in fitting])
    return _with_outer([first], [t for t, _ in fitting])


def _figures(read: _Report, one: ReportStatement, thing: CaveatScope) -> list[Figure]:
    """The figures among a statement's words that the doubted thing can be."""
    paragraph = read.paragraphs[one.paragraph]
    near = between(read.mentions.figures, paragraph.start, paragraph.end)
    found = [f for f in near if any(s <= f.start < e for s, e in one.content)]
    if thing.kind == "sum":
        return [f for f in found if f.unit is not None and is_currency(f.unit)]
    if thing.kind == "toll" or any(hurts(w) for w in thing.about):
        return found if any(hurts(w) for w in _lemmas(read, one)) else []
    if thing.about:
        return found if _mentions(read, one, thing.about) else []
    return found


def _comparable(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether two statements have figures of one unit, or one whose unit the reader has to supply."""
    return any(
        (x.unit, x.counted) == (y.unit, y.counted)
        or (x.unit is not None and x.unit == y.unit)
        or (None, None) in ((x.unit, x.counted), (y.unit, y.counted))
        for x in a
        for y in b
    )


def _run(near: Sequence[ReportStatement]) -> list[ReportStatement]:
    """Backwards as long as one source speaks; of the report's own sentences, those of one paragraph."""
    found = list(near[:1])
    for one in near[1:]:
        own = one.who is None and (one.attribution is not None or one.paragraph != found[0].paragraph)
        if one.who != found[0].who or own:
            break
        found.append(one)
    return _with_outer(found, near)


def _with_outer(found: Sequence[ReportStatement], near: Iterable[ReportStatement]) -> list[ReportStatement]:
    """Who said that another had said it is doubted too."""
    chosen = list(found)
    return chosen + [t for t in near if t not in chosen and any(_within(one, t) for one in found)]


def _within(inner: ReportStatement, outer: ReportStatement) -> bool:
    return all(any(s <= a and b <= e for s, e in outer.content) for a, b in inner.content)


def _mentions(read: _Report, one: ReportStatement, lemmas: Iterable[str]) -> bool:
    words = _lemmas(read, one)
    return any(related(words, lemma) for lemma in lemmas)


def _lemmas(read: _Report, one: ReportStatement) -> set[str]:
    return {t.lemma_.lower() for t in _tokens(read, one) if t.is_alpha and not t.is_stop}


def _of_feeling(read: _Report, one: ReportStatement) -> bool:
    """Words in marks that say how it is for the speaker, and name nothing that could be checked."""
    if not one.quotations or not all(any(s - 1 <= a and b <= e + 1 for s, e in one.quotations) for a, b in one.content):
        return False
    words = _tokens(read, one)
    if any(t.like_num or t.ent_type_ in ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP") for t in words):
        return False
    roots = [t for t in words if t.dep_ == "ROOT" or (t.dep_ == "ccomp" and t.pos_ in ("VERB", "AUX"))]
    states = [t for t in roots if t.tag_ in _STATES or any(c.tag_ == "MD" for c in t.children)]
    return any(t.lower_ in _SELF for t in words) and bool(states or not roots)


def _tokens(read: _Report, one: ReportStatement) -> "list[Token]":
    paragraph = read.paragraphs[one.paragraph]
    own = [(s - paragraph.start, e - paragraph.start) for s, e in one.content if paragraph.start <= s < paragraph.end]
    spans = [paragraph.doc.char_span(s, min(e, len(paragraph.doc.text)), alignment_mode="expand") for s, e in own]
    return [token for span in spans if span is not None for token in span]


def scope_of(paragraph: Paragraph, caveat: Caveat) -> CaveatScope | None:
    """Return what a caveat of this paragraph speaks of; None when its words do not name it."""
    words = [t for t in paragraph.doc if caveat.start <= paragraph.start + t.idx < caveat.end]
    check = next((t for t in words if checking(t)), None)
    if check is None:
        return None
    if check.dep_ in ("relcl", "acl") and not lacks_support(check) and not lacks_means(check):
        return _of_noun(check.head, inside=True) if check.head.pos_ in ("NOUN", "PROPN") else None
    thing = _thing(check)
    return None if thing is None else _read(thing, check)


def related(words: Iterable[str], lemma: str) -> bool:
    """Return whether one of some lemmas is the given one, means the same, or has its root."""
    group = _SYNONYMS.get(lemma, frozenset((lemma,)))
    root = lemma[: thresholds.ROOT_LETTERS]
    return any(w in group or (len(root) == thresholds.ROOT_LETTERS and w.startswith(root)) for w in words)


def _thing(check: "Token") -> "Token | None":
    """The object of the verb or of the noun, or the subject of the passive."""
    if check.pos_ == "NOUN":
        return _governed(check, "of") or check
    if check.pos_ == "VERB" and not any(c.dep_ == "auxpass" for c in check.children):
        return next((c for c in check.children if c.dep_ == "dobj"), None)
    at = check
    while True:
        subject = next((c for c in at.children if c.dep_ in SUBJECT), None)
        if subject is not None or at.dep_ not in _UPWARDS or at.head.i == at.i:
            return subject
        at = at.head


def _read(thing: "Token", check: "Token") -> CaveatScope | None:
    word = thing.lower_
    if word in _OF_MANY:
        noun = _governed(thing, "of")
        if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
            return _of_noun(noun, pair=word in _PAIR)
        return _this(pair=word in _PAIR) if noun is None or noun.pos_ == "PRON" else None
    if word in _POINTING or thing.i == check.i:
        # What the sentence itself has named is meant first: "they study the claim but have not verified it".
        told = _told_before(thing) if word in ("it", "them") else None
        return _this() if told is None else _of_noun(told)
    if thing.pos_ not in ("NOUN", "PROPN") or word in _RELATIVE:
        return None
    return _of_noun(thing)


def _told_before(pronoun: "Token") -> "Token | None":
    """The last noun for something said that stands before a pronoun in its sentence and is governed by a verb."""
    before = pronoun.doc[pronoun.sent.start : pronoun.i]
    fitting = (t for t in before if t.lemma_.lower() in _KINDS["assertion"] and t.dep_ in ("dobj", "nsubj", "nsubjpass"))
    return next(reversed([t for t in fitting if (t.tag_ == "NNS") == (pronoun.lower_ == "them")]), None)


def _this(*, pair: bool = False) -> CaveatScope:
    return CaveatScope("this", "", None, frozenset(), False, pair, False)


def _of_noun(noun: "Token", *, pair: bool = False, inside: bool = False) -> CaveatScope:
    lemma = noun.lemma_.lower()
    kind = next((k for k in ("number", "sum", "toll", "assertion") if lemma in _KINDS[k]), "thing")
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    owner = owner if owner is not None else _governed(noun, "by", "from")
    beside = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod") and not _light(c)]
    if owner is None:
        owner = next((c for c in beside if c.pos_ == "PROPN" or c.ent_type_ in ("NORP", "ORG", "GPE", "PERSON")), None)
    topic = _governed(noun, "of", "about", "on")
    about = {c.lemma_.lower() for c in beside if c.pos_ == "NOUN" and c is not owner}
    about |= {topic.lemma_.lower()} if topic is not None and topic.pos_ in ("NOUN", "PROPN") else set()
    pair = pair or any(c.lower_ in _PAIR for c in noun.children)
    plural = noun.tag_ in ("NNS", "NNPS") or any(c.lower_ in _OF_MANY for c in noun.children)
    return CaveatScope(kind, lemma, owner, frozenset(about), plural, pair, inside)


def hurts(lemma: str) -> bool:
    """Return whether a lemma is of people hurt or killed, as those are that a toll counts."""
    return lemma in _KINDS["hurt"]


def _light(token: "Token") -> bool:
    return token.pos_ == "NUM" or token.lower_ in _OF_MANY


def _governed(token: "Token", *prepositions: str) -> "Token | None":
    near = (c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ in prepositions)
    return next((g for c in near for g in c.children if g.dep_ == "pobj"), None)
