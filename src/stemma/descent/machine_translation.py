"""Traces that a translation program leaves in English: broken spacing, capitals of lost links, calques, foreign grammar.

The wordings and turns of grammar were written for stemma from general knowledge of Romance, German and Slavic languages. A row:
what it is, its weight in nats, what it looks like.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from stemma.descent import thresholds
from stemma.mentions.parse import kept
from stemma.tables import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

SPACED_HYPHEN = re.compile(r"\b[\w\d]+ -[a-z]+\b")
GLUED = re.compile(r"\b[A-Z][a-z]{3,}(?:The|Who|And|For|In|On|A|An|That|Which|Was|Is|To|Of)(?=\s|[A-Z]|$)")
STRAY_CAPITAL = re.compile(r"(?<=[a-z,] )(?:A|An|The|That|To|In|On|His|Her|Their|For|And|With|After|Who)(?= [a-z0-9])")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_SHARED = ("conj", "advcl", "relcl", "acl", "xcomp")
"""Relations of verbs whose subject may stand with another verb."""
Pattern = tuple[str, float, str]
CALQUES: tuple[Pattern, ...] = (
    (
        "calque",
        0.7,
        r"\b(?:affirmed|underlined|precised|assured|indicated),? (?:this )?(?:monday|tuesday|wednesday|thursday|friday"
        r"|saturday|sunday)\b",
    ),
    ("calque", 0.7, r"\bthis (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:,| morning| evening| afternoon)"),
    ("calque", 0.9, r"\b(?:he|she|they|minister|president|mayor) (?:precised|underlined that)\b"),
    ("calque", 0.9, r"\bforces? of the order\b"),
    ("calque", 0.9, r"\bthe responsibles\b"),
    ("calque", 0.8, r"\b(?:according to|in) (?:his|her|their) words\b"),
    ("calque", 0.7, r"\b(?:recall|we recall|we remind|we will remind),? (?:that )?(?:on|in|earlier|last|the)\b"),
    ("calque", 0.7, r"\bin (?:his|her|its|their) turn, (?:the|a)?\b"),
    ("calque", 0.7, r"\bas it became known\b"),
    ("calque", 0.8, r"\b(?:informs|reports|writes|transmits) the (?:agency|portal|edition|publication|newspaper)\b"),
    ("calque", 0.8, r"\b(?:noted|reported|told|said|added) in the (?:press service|ministry|department|administration)\b"),
    ("calque", 0.8, r"\ba (?:dead|wounded|missing) and (?:several|two|three|four|five) (?:deads|woundeds|disappeared)\b"),
    ("calque", 0.9, r"\b(?:deads|woundeds|informations|evidences|damages were registered)\b"),
    ("calque", 0.8, r"\bhas (?:\d+|twenty|thirty|forty|fifty|sixty) years\b"),
    ("calque", 0.8, r"\b(?:at|on) the occasion of (?:a|his|her|their) (?:displacement|visit)\b"),
    ("calque", 0.8, r"\bof the part of\b"),
    ("calque", 0.8, r"\bthe day of (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"),
    ("calque", 0.8, r"\bthe (?:said|mentioned) (?:person|vehicle|individual)\b"),
    ("calque", 0.7, r"\bfrom the side of the (?:authorities|government|army|police|ministry)\b"),
    ("calque", 0.7, r"\bon the part of the enemy\b"),
    ("calque", 0.8, r"\btook the (?:word|floor) to\b"),
    ("calque", 0.7, r"\bduring (?:the )?(?:last|past) hours\b"),
    ("calque", 0.8, r"\bin the (?:hours|course) of the (?:morning|afternoon|night) of\b"),
    ("calque", 0.8, r"\bof nationality [a-z]+n\b"),
    ("calque", 0.9, r"\b(?:declared|noted|informed|underlined|reported|communicated|stressed|emphasi[sz]ed) (?:he|she|they)\b"),
    (
        "calque",
        0.8,
        r"\b(?:informed|declared|communicated|reported|noted) on (?:monday|tuesday|wednesday|thursday|friday|saturday"
        r"|sunday) (?:the|a|an)\b",
    ),
    ("calque", 0.8, r"\bby (?:his|her|their) words\b"),
    ("calque", 0.8, r"\b(?:nothing|nowhere) (?:go|goes|cost|costs|give|gives|know|knows|says?)\b"),
    ("calque", 0.8, r"\b(?:are|is|am|was|were) tired to\b"),
    ("calque", 0.8, r"\bdeputy of (?:the )?(?:minister|head|director|chairman|mayor|governor)\b"),
    ("calque", 0.9, r"\bof the current year\b"),
    ("calque", 0.8, r"\blet us (?:remind|recall) that\b"),
    (
        "calque",
        0.8,
        r"""(?<=[”"’'],) (?:signal+ed|informed|precised|manifested|sentenced|assured|underlined|indicated|communicated"""
        r"|has assured|has indicated|has affirmed|has signal+ed)\b",
    ),
    (
        "calque",
        0.8,
        r"""(?<=[”"’'],) (?:he|she) has (?:assured|indicated|affirmed|signal+ed|manifested|declared|lamented|precised)\b""",
    ),
    (
        "calque",
        0.8,
        r"\b(?:has|have|and|he|she|they|also|mayor|minister|spokesman|spokeswoman) (?:assured|signal+ed|manifested"
        r"|precised) that\b",
    ),
    ("calque", 0.8, r"\bit (?:goes|treats|deals) (?:about|of|itself)\b"),
    (
        "calque",
        0.7,
        r"\bthis (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday) in the (?:morning|afternoon|evening|night)\b",
    ),
    (
        "calque",
        0.8,
        r"\b(?:housings|furnitures|equipments|advices|technics|damages materials|material damages|luggages|personnels"
        r"|researches showed)\b",
    ),
    ("calque", 0.8, r"\bit is (?:to remark|necessary to (?:note|remind)|worth to)\b"),
    ("calque", 0.8, r"\bhow it is known\b"),
    ("calque", 0.8, r"\bput in evidence\b"),
    ("calque", 0.8, r"\b(?:kilometers|kilometres|meters|metres) (?:of|to) the distance\b"),
    ("calque", 0.7, r"\b(?:is|are|was|were|had been) in course\b"),
)
"""In the text of a paragraph; case is ignored."""
GRAMMAR: tuple[Pattern, ...] = (
    ("article", 1.0, r"(?<!\S)(?:the|an?)/DT (?:my|his|its|our|their|your)/PRP\$"),
    (
        "article",
        1.2,
        r"(?<!\S)(?:the|an?)/DT (?:by|of|in|at|from|with|on|under|after|before)/IN (?:the|an?|his|her|its"
        r"|their)/\S+ \S+/(?:NN|JJ|VB)",
    ),
    ("article", 1.0, r"(?<!\S)(?:ours|theirs|yours)/\S+ [a-z]+/NNS?"),
    ("article", 0.9, r"(?<!\S)the/DT \d{1,2}/CD of/IN \w+/NNP(?! \w+/NNP)"),
    (
        "article",
        0.7,
        r"(?<!\S)in/IN the/DT (?:january|february|march|april|june|july|august|september|october|november"
        r"|december)/NNP (?=[.,;]/)",
    ),
    ("article", 0.6, r"(?<!\S)on/IN the/DT (?:mon|tues|wednes|thurs|fri|satur|sun)day/NNP (?=[.,;]/|\w+/VB)"),
    ("article", 0.9, r"(?<!\S)such/\S+ one/CD [a-z]+/(?:NN|JJ)"),
    ("preposition", 0.9, r"(?<!\S)(?:in|into)/IN (?:middle|centre|center|beginning|result)/NN of/IN"),
    (
        "preposition",
        0.9,
        r"(?<!\S)(?:in|at|from|near)/IN (?:city|town|village|region|capital|territory|area|municipality)/NN of/IN",
    ),
    ("preposition", 1.2, r"(?<!\S)according/\S+ to/\S+ (?:has|have|is|was)/VB\w+"),
    ("preposition", 0.9, r"(?<!\S)(?:more|less)/\S+ of/IN (?!(?:19|20)\d\d/)\d[\d.,]*/CD"),
    ("preposition", 0.8, r"(?<!\S)(?:on|until)/IN \d[\d.,]*/CD (?:kilomet|met)\w+/\S+"),
    (
        "preposition",
        0.7,
        r"(?<!\S)in/IN the/DT same/JJ time/NN (?!(?:frame|period|slot|span|zone|range|as|that|it|he|they|we|she|i|last"
        r"|when|on)/)",
    ),
    (
        "preposition",
        0.8,
        r"(?<!\S)already/RB before/IN (?:\d+|two|three|four|five|six|seven|eight|nine|ten)/CD (?:year|month|week|day)s/NNS",
    ),
    ("preposition", 0.7, r'(?<!\S)of/IN (?:our|my|his|her|their|your)/PRP\$ part/NN (?=[.,;"”]/)'),
    (
        "number",
        0.9,
        r"(?<!\S)(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten)/CD (?:million|billion|thousand|hundred)s/\S+",
    ),
    ("number", 0.8, r"(?<!\S)in/IN \d{1,2}/CD hours/NNS \d{1,2}/CD minutes/NNS"),
    ("order of words", 1.2, r"(?<!\S)[a-z]+/VB[ND]0? (?:was|were|be|become|became|had|has|have)/VB\w+ [.,;]/"),
    ("order of words", 1.2, r"(?<!\S)(?:was|were|is|are)/VB\w+ [a-z]+/VBN0 (?:the|an?)/DT [a-z]+/"),
    (
        "order of words",
        1.0,
        r"(?<!\S)(?:was|were)/VB\w+ (?:killed|destroyed|wounded|injured|detained|arrested|found|registered"
        r"|seized)/VBN0 (?:\d+|two|three|four|five|six|seven|eight|nine|ten)/CD (?!(?:year|month|week|day|hour|minute"
        r"|time|mile|met|kilomet)\w*/|of/)",
    ),
    ("order of words", 1.0, r"(?<!\S)(?:took|takes)/VB[DZ]0 place/NN (?:the|an?)/DT"),
    ("order of words", 1.0, r"(?<!\S)(?:perished|occurred|arrived|appeared)/VBD0 (?:the|an?)/DT"),
    (
        "order of words",
        0.9,
        r"(?<!\S)as/IN (?:informs|reports|writes|notes|transmits|states|underlines|indicates|communicates)/\S+ (?:the"
        r"|an?)/DT",
    ),
    ("order of words", 0.9, r"(?<!\S)(?:must|can|will)/MD an?/DT [a-z]+/NNP? (?:his|her|its|their)/PRP\$(?!.* \?/)"),
    (
        "order of words",
        0.8,
        r"(?<!\S)(?:because|that|who|which)/\S+ (?:he|she|they|we)/PRP (?:in|at|on|with"
        r"|from)/IN an?/DT (?:\S+/JJ )?[a-z]+/NN [a-z]+/VB",
    ),
    (
        "order of words",
        0.9,
        r"(?<!\S)(?:wanted|wants|want)/VB\w+ (?:itself|himself|herself|themselves)/PRP to/\S+ (?:the|an?)/DT",
    ),
    ("order of words", 1.0, r"(?<!\S)(?:thing|matter|question)/NN not/RB [a-z]+/VB\w? \./"),
    ("agreement", 0.6, r"(?<!\S)an/DT [aeiou][a-z]+s/NNS (?![a-z-]+/NN)"),
    ("agreement", 0.6, r"(?<!\S)(?:these|those)/DT [a-z]+/NN (?=[.,;]/|(?:was|were|is|are|has|have)/)"),
    ("agreement", 0.6, r"(?<!\S)(?:they|we)/PRP (?:is|has|was)/VB[ZD]"),
    (
        "agreement",
        0.7,
        r"(?<!\S)(?:many|several|few)/JJ (?:person|year|month|house|vehicle|soldier|country|building|child)/NN (?!\S+/NN)",
    ),
    ("agreement", 0.9, r"(?<!\S)(?:much|little)/\S+ (?:people|persons|children|houses|years|soldiers|countries)/NNS"),
    ("agreement", 0.8, r"(?<!\S)(?:the|most|more)/\S+ (?:most|more)/\S+ (?:big|small|high|large|old|young|long|strong)/JJ"),
    (
        "preposition",
        1.0,
        r"(?<!\S)since/IN (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|some|several)/\S+ (?:year|month|week"
        r'|day|hour)s/NNS (?=[.,;"”]/)',
    ),
    ("preposition", 1.0, r"(?<!\S)for/IN to/TO [a-z]+/VB"),
    ("preposition", 0.8, r"(?<!\S)told/VB[DN]0? to/IN (?:the/DT )?(?:journalists|reporters|press|media|newspaper|agency)/NN"),
    ("preposition", 0.8, r"(?<!\S)(?:explained|said|declared)/VBD0? (?:us|him|them|me)/PRP (?:that|the)/"),
    ("preposition", 0.8, r"(?<!\S)answer\w*/\S+ (?:on|at)/\S+ (?:the|a|his|her|their|our)/\S+ questions?/NN"),
    ("order of words", 1.0, r"^by/IN the/DT (?:\S+/JJ )?(?!time|end|way|look)[a-z]+/NNS? (?:was|were|is|are)/VB\w+ [a-z]+/VBN"),
    ("order of words", 0.9, r"^about/IN (?:this|it)/\S+ (?:reports|informs|writes|said|told|declared|reported|informed)/"),
    (
        "order of words",
        0.9,
        r"^(?:yesterday|today|tomorrow|already|then|therefore)/\S+ (?:has|have|had|must|can|will|wants)/\S+ (?:the|he|she"
        r"|they|an?)/(?!.* \?/)",
    ),
    (
        "order of words",
        0.9,
        r"(?<!\S)(?:died|suffered|perished)/VB\w+ (?:\d+|two|three|four|five|six|seven|eight|nine|ten|about"
        r"|more)/\S+ (?:people|persons|children|men|women|soldiers|workers)/",
    ),
    (
        "order of words",
        0.8,
        r"(?<!\S)(?:makes|does)/VBZ0? (?:two|three|four|five|six|seven|eight|nine|ten|\d+)/CD (?:year|month|week"
        r"|day)s/NNS that/",
    ),
    ("order of words", 0.7, r"(?<!\S)for/IN (?:them|him|her|us)/PRP (?:their|his|her|our)/PRP\$ [a-z]+/NNS?"),
    (
        "order of words",
        0.8,
        r"(?<!\S)it/PRP (?!seems|occurs|appears|looks|matters|sounds|means|feels|comes|happens"
        r"|belongs)[a-z]+s/VBZ to/IN (?:me|one|us|him|her|them)/\S+ the/DT",
    ),
    (
        "order of words",
        0.9,
        r"(?<!\S)(?:that|and|because)/\S+ (?:the|an?)/DT [a-z]+/NNS? (?:the|an?)/DT [a-z]+/NN (?:has|have"
        r"|had)/VB\w+ [a-z]+/VBN0? [.,]/",
    ),
)
"""In a parsed sentence written as "word/TAG word/TAG ...": words in lower case, tags of the Penn Treebank, "0" behind the tag of
a verb that has no subject of its own."""


@dataclass(frozen=True, slots=True)
class TranslationSign:
    """Words of one paragraph that a person writing English would not print; `weight` in nats."""

    paragraph: int
    span: Span
    what: str
    weight: float


def translation_signs(paragraphs: Sequence[str]) -> list[TranslationSign]:
    """Return the traces of machine translation in the paragraphs of a body, with offsets in their paragraph."""
    return [TranslationSign(n, *sign) for n, text in enumerate(paragraphs) for sign in _in_paragraph(text)]


@lru_cache(maxsize=10_000)
def _in_paragraph(text: str) -> list[tuple[Span, str, float]]:
    """The place of each trace in a paragraph, what it is and its weight: what many print is looked at once."""
    return [(m.span(), what, weight) for what, weight, pattern in _wordings() for m in pattern.finditer(text)]


def probability(signs: Sequence[TranslationSign]) -> float:
    """Return how probable it is that a program translated the text; lost links alone (glued words, capitals) stay under half."""
    weights: dict[str, float] = {}
    for sign in signs:
        weights[sign.what] = min(weights.get(sign.what, 0.0) + sign.weight, thresholds.TRACE_MOST)
    links = min(thresholds.TRACE_LINKS_MOST, sum(w for k, w in weights.items() if k in ("glued words", "stray capital")))
    rest = sum(w for k, w in weights.items() if k not in ("glued words", "stray capital"))
    return 1 / (1 + math.exp(-(links + rest - thresholds.TRACE_AGAINST)))


def grammar_signs(docs: "Sequence[Doc]") -> list[TranslationSign]:
    """Return the turns of grammar in a body's parsed paragraphs that English does not have, with offsets in their paragraph."""
    found: list[TranslationSign] = []
    for number, doc in enumerate(docs):
        found += [replace(sign, paragraph=number) for sign in _in_doc(doc)]
    return [*found, *_articles(docs)]


@kept
def _in_doc(doc: "Doc") -> list[TranslationSign]:
    return [sign for sentence in doc.sents for sign in _in_sentence(sentence)]


def _in_sentence(sentence: "Sentence") -> Iterator[TranslationSign]:
    tokens = [t for t in sentence if not t.is_space]
    starts, tagged = [], ""
    for t in tokens:
        starts.append(len(tagged))
        tagged += f"{t.lower_}/{t.tag_}{'0' if _lacks_subject(t) else ''} "
    for what, weight, pattern in _turns():
        for m in pattern.finditer(tagged):
            first, last = (tokens[bisect_right(starts, at) - 1] for at in (m.start(), max(m.start(), m.end() - 2)))
            yield TranslationSign(0, (first.idx, last.idx + len(last.text)), what, weight)


def _lacks_subject(token: "Token") -> bool:
    return token.pos_ == "VERB" and token.dep_ not in _SHARED and not any(c.dep_ in _SUBJECTS for c in token.children)


def _articles(docs: "Sequence[Doc]") -> list[TranslationSign]:
    """A text with too many "the" and "of", shown by the sentence that has most of them, or with hardly an article."""
    words = [t.lower_ for doc in docs for t in doc if t.is_alpha]
    if len(words) < thresholds.ARTICLES_WORDS:
        return []
    heavy = sum(w in ("the", "of") for w in words) / len(words)
    weight = next((w for least, w in thresholds.ARTICLES_HEAVY if heavy >= least), 0.0)
    sentences = [(n, s) for n, doc in enumerate(docs) for s in doc.sents]
    if weight:
        number, shown = max(sentences, key=lambda row: sum(t.lower_ in ("the", "of") for t in row[1]))
        return [_whole(number, shown, "articles everywhere", weight)]
    if sum(w in ("the", "a", "an") for w in words) < thresholds.ARTICLES_FEW * len(words):
        number, shown = max(sentences, key=lambda row: sum(t.is_alpha for t in row[1]))
        return [_whole(number, shown, "hardly an article", thresholds.ARTICLES_FEW_WEIGHT)]
    return []


def _whole(number: int, sentence: "Sentence", what: str, weight: float) -> TranslationSign:
    start = sentence.start_char
    return TranslationSign(number, (start, start + len(sentence.text.rstrip())), what, weight)


@lru_cache(maxsize=1)
def _wordings() -> list[tuple[str, float, re.Pattern[str]]]:
    fixed = [("broken spacing", 1.0, SPACED_HYPHEN), ("glued words", 0.5, GLUED), ("stray capital", 0.5, STRAY_CAPITAL)]
    return [*fixed, *_compiled(CALQUES, re.IGNORECASE)]


@lru_cache(maxsize=1)
def _turns() -> list[tuple[str, float, re.Pattern[str]]]:
    return _compiled(GRAMMAR)


def _compiled(patterns: Sequence[Pattern], flags: int = 0) -> list[tuple[str, float, re.Pattern[str]]]:
    return [(what, weight, re.compile(pattern, flags)) for what, weight, pattern in patterns]
