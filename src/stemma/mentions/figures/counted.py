"""What a figure counts, whose it is, and what it stands with in its sentence, read from the parse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from stemma.mentions import thresholds
from stemma.mentions.figures.quantities import Quantity
from stemma.mentions.figures.units import dimension, is_currency
from stemma.mentions.parse import is_parsed
from stemma.mentions.times.calendar import WEEKDAYS
from stemma.tables import Figure, Time
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_STATES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "state")
"""What people are after an event: counted without a noun, "17 dead"."""
_GROUPS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "group")
_LEVELS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "level")
_LEMMAS = {word: lemma for kind, word, lemma in rows("mentions", "not_figures.tsv") if kind == "lemma"}
"""Lemmas that spaCy's rules get wrong."""


def counted(doc: "Doc", quantity: Quantity) -> "Token | None":
    """Return the noun that a number counts, measures or is a share of; None when the parse shows none."""
    if not is_parsed(doc):
        return None
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    if span is None:
        return None
    noun = _after_of(doc, span.end) or _head(span.root, span.start, span.end)
    if noun is not None and noun.lower_ in WEEKDAYS:
        # "The toll rose to six Friday" counts no Fridays.
        noun = None
    if noun is None and (quantity.unit is None or quantity.form == "fraction"):
        noun = _adjacent(doc, span.end)
    if noun is None and quantity.unit is None and span.end < len(doc) and doc[span.end].lower_ in _STATES:
        noun = doc[span.end]
    if noun is None and quantity.unit is None:
        noun = _group(span.root) or _of_subject(span.root)
    return noun if noun is not None and not is_currency(noun.text) else None


def counted_after(doc: "Doc", end: int) -> "Token | None":
    """Return the noun that "of" ties to an amount that ends at an offset: "1,100 sq km (425 sq miles) of marsh"."""
    span = doc.char_span(end - 1, end, alignment_mode="expand") if is_parsed(doc) else None
    return _after_of(doc, span.end) if span is not None else None


def noun_lemma(noun: "Token") -> str:
    """Return the lemma of what is counted, in lower case."""
    lemma = noun.lower_ if noun.lower_ in _STATES else noun.lemma_.lower()
    return _LEMMAS.get(noun.lower_, lemma)


def modifiers(noun: "Token") -> tuple[str, ...]:
    """Return the words that narrow what is counted, in lower case: "seriously injured people", "girls abducted by rebels"."""
    own = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "acl", "advmod") and c.pos_ in _NARROWS]
    own += [
        c for word in own if word.tag_ in ("VBN", "JJ") for c in word.children if c.dep_ == "advmod" and c.text.endswith("ly")
    ]
    return tuple(t.lemma_.lower() if t.tag_ == "VBN" else t.lower_ for t in sorted(own, key=lambda t: t.i) if not _is_measure(t))


_NARROWS = ("ADJ", "NOUN", "PROPN", "VERB", "ADV")


def _is_measure(token: "Token") -> bool:
    """Tell "17-year-old" and "400-pound" before a noun from what narrows it."""
    return any(c.like_num for c in token.subtree) or token.lemma_.lower() in (
        "old",
        "more",
        "other",
        "only",
        "about",
        "name",
        "call",
        "age",
    )


def _after_of(doc: "Doc", end: int) -> "Token | None":
    """Return the noun that "of" or "in" governs: "86% of the territory", "$5 billion in aid"."""
    if end >= len(doc) or doc[end].lower_ not in ("of", "in"):
        return None
    place = next((c for c in doc[end].children if c.dep_ == "pobj" and c.i > end), None)
    if place is None or (
        doc[end].lower_ == "in" and (place.tag_ not in ("NN", "NNS") or any(c.dep_ == "det" for c in place.children))
    ):
        return None
    return place if place.pos_ in ("NOUN", "PROPN", "ADJ") else None


def _head(root: "Token", start: int, end: int) -> "Token | None":
    """Return the noun that the number modifies: "400 border guards", "a $40 billion tanker contract"."""
    token = root
    for _ in range(4):
        above = token.head
        if above is token:
            break
        if (
            above.i >= end
            and above.pos_ in ("NOUN", "PROPN")
            and token.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "det")
        ):
            return above
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "nmod", "advmod") or not start <= above.i < end:
            break
        token = above
    return None


def _group(root: "Token") -> "Token | None":
    """Return the noun of "a population of 5,000", "a crowd of 300"; of "a death toll of 57" the deaths."""
    of = root.head
    if root.dep_ != "pobj" or of.lower_ != "of" or of.head.i != of.i - 1:
        return None
    return _of_toll(of.head) if of.head.lower_ == "toll" else of.head if of.head.lemma_ in _GROUPS else None


def _of_subject(root: "Token") -> "Token | None":
    """Return what "the number of cases rose to 1,234" and "the death toll stands at 57" count."""
    verb = next((t for t in islice(root.ancestors, 12) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_ not in _LEVELS:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < root.i), None)
    if subject is None:
        return None
    if subject.lower_ == "toll":
        return _of_toll(subject)
    if subject.lower_ == "population":
        return subject
    of = next((c for c in subject.children if c.lower_ == "of"), None) if subject.lower_ in ("number", "count", "tally") else None
    return (
        next((c for c in of.children if c.dep_ == "pobj" and (c.tag_ == "NNS" or c.lower_ in _STATES)), None)
        if of is not None
        else None
    )


def _of_toll(toll: "Token") -> "Token | None":
    return next((c for c in toll.children if c.lower_ == "death"), None)


def _adjacent(doc: "Doc", end: int) -> "Token | None":
    """Where the parse lost the number, the plural noun that follows it over adjectives."""
    for token in doc[end : end + 4]:
        if token.tag_ in ("NNS", "NNPS"):
            return token
        if token.pos_ not in ("ADJ", "NOUN", "PROPN") and token.tag_ not in ("VBN", "VBG"):
            return None
    return None


_OUT_OF = re.compile(
    r"(?: [a-z-]+){0,2}? (?:out )?(?:of|among) (?:the|its|their|all|his|her|our|these|those|some|an?|about|around|nearly|almost"
    r"|over|more|than|at|least|up|to|only|just|other|first|last| )*",
    re.I,
)
_OF_THEM = re.compile(r" (?:people )?(?:of|among) (?:them|these|those|whom|which)\b", re.I)
_WHOLE_BEFORE = re.compile(
    r"(?:(?:of|among) (?:them|these|whom|which)|includ(?:ing|ed|es)|,? with)\b(?P<between>[^.;:!?]{0,80}?)$", re.I
)
_LED = re.compile(r"^\W*(?:out )?of (?:the|these|those|its|their|his|her|some|about|all| )*$", re.I)
_DEEP = 40
"""How far up the tree a verb is looked for; a sentence that nests deeper is none."""
_LONG = 500
"""How many words a sentence may have, where its first is looked for."""
_MORE = re.compile(r"\b(?:another|a further|an additional|the other|the remaining)(?: (?:at least|about|some|around))? ?$", re.I)
_AS_OF = re.compile(
    r"(?:\bas (?:of|at)|\bby|\buntil|\btill|\bup to|\bthrough|\bon|\bin|\bsince)(?: the)?(?: (?:early|late))? $", re.I
)


def in_context(doc: "Doc", figures: Sequence[Figure], times: Sequence[Time]) -> list[Figure]:
    """Return the figures of a paragraph with their `holder`, `predicate`, `as_of`, `part_of` and `partial`.

    Without a parse only `part_of` and `partial` are read. A figure that counts no noun of its own takes that of its whole or of
    the one that it adds to ("five people died and another 12 were hurt").
    """
    done: list[Figure] = []
    text = doc.text  # spaCy builds it anew each time that it is asked
    parsed = is_parsed(doc)
    for at, one in enumerate(figures):
        whole = _whole_after(text, one, figures[at + 1 : at + 2]) or _whole_before(doc, text, one, done)
        noun = one.counted
        if noun is None or noun == "other":
            noun = _borrowed(text, one, whole, done) or noun
        verb = _verb(doc, one) if parsed else None
        done.append(
            replace(
                one,
                counted=noun,
                part_of=(whole.start, whole.end) if whole else None,
                partial=whole is not None or _is_part(text, one),
                holder=_holder(doc, one) if parsed and dimension(one.unit) in _HELD else None,
                modifiers=(*one.modifiers, *_degrees(verb)) if verb is not None else one.modifiers,
                predicate=_verb_lemma(verb) if verb is not None else None,
                as_of=_as_of(doc, text, one, verb, times) if verb is not None else None,
            )
        )
    return done


_HELD = ("age", "length", "mass")
"""What somebody or something has: an age, a height, a weight."""
_PART_BEFORE = re.compile(r"\b(?:another|(?:a )?further|(?:an )?additional|(?:the )?other|the remaining)\s+$", re.I)
_PART_AFTER = re.compile(
    r"\s*(?:other|more)\s+(?!than)|\s*of\s+(?:the|them|those|these|his|her|their|our|its|whom)\b"
    r"|[^.,;]{0,25}\b(?:serious|critical|sever|slight|light|bad)e?ly\b"
    r"|[^.,;]{0,25}\bin (?:a |the )?hospitals?\b",
    re.I,
)


def _is_part(text: str, one: Figure) -> bool:
    """Tell a part of a whole that need not be printed: "another four", "two of the girls", "30 people seriously injured"."""
    before, after = text[max(0, one.start - 16) : one.start], text[one.end : one.end + 50]
    return one.unit is None and (_PART_BEFORE.search(before) or _PART_AFTER.match(after)) is not None


def _degrees(verb: "Token") -> Iterator[str]:
    """How badly: "30 were seriously hurt" counts the seriously hurt."""
    if verb.tag_ == "VBN":
        yield from (c.lower_ for c in verb.children if _is_degree(c))


def _is_degree(token: "Token") -> bool:
    return token.dep_ == "advmod" and token.text.endswith("ly")


def _holder(doc: "Doc", figure: Figure) -> tuple[int, int] | None:
    """The span of the name of whose age, height, weight or length it is; of the noun where no name is given with it."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None:
        return None
    held = _before_comma(doc, span) or _named_by(_modified(span)) or _subject(span)
    return _name_span(held) if held is not None else None


def _before_comma(doc: "Doc", span: "Span") -> "Token | None":
    """The last word before "Vera Holm, 51, said" and "a guard, aged 20,"."""
    at = span.start - 1
    while at > 0 and doc[at].lower_ in ("who", "aged", "age", "turned", "turns", "is", "was", "now", "just", "only"):
        at -= 1
    if at < 1 or doc[at].text not in (",", "(") or _modified(span) is not None:
        return None
    return doc[at - 1] if doc[at - 1].pos_ in ("NOUN", "PROPN") else None


def _modified(span: "Span") -> "Token | None":
    """The noun that the words of a figure modify: "a 17-year-old western gorilla", "a guard aged 20"."""
    doc = span.doc
    for token in reversed(span):
        above = token.head
        while span.start <= above.i < span.end and above.head.i != above.i:
            above = above.head
        if above.pos_ in ("NOUN", "PROPN") and not span.start <= above.i < span.end and above.i >= span.end:
            return above
    before = doc[span.start - 1] if span.start else None
    aged = before is not None and before.lower_ in ("aged", "age") and before.dep_ in ("acl", "advcl", "amod")
    return before.head if aged and before is not None and before.head.pos_ in ("NOUN", "PROPN") else None


def _named_by(noun: "Token | None") -> "Token | None":
    """The name that stands with a noun: "a gorilla named Bo", "Bo, a gorilla", "Bo is a gorilla", "his son Bo"; else the noun."""
    if noun is None or noun.pos_ == "PROPN":
        return noun
    called = [
        o for c in noun.children if c.lemma_ in ("name", "call", "dub") for o in c.children if o.dep_ in ("oprd", "dobj", "attr")
    ]
    beside = [c for c in noun.children if c.dep_ == "appos"] + ([noun.head] if noun.dep_ == "appos" else [])
    subject = _subject(noun.doc[noun.i : noun.i + 1]) if noun.dep_ == "attr" else None
    named = [t for t in (*called, *beside, subject) if t is not None and t.pos_ == "PROPN"]
    return named[0] if named else noun


def _subject(span: "Span") -> "Token | None":
    """The subject of the verb that a figure stands with: "Bo weighed 400 pounds", "Bo, who turned 17"."""
    verb = next((t for t in islice(span.root.ancestors, _DEEP) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    while subject is None and verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.i != verb.i:
        verb = verb.head
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.tag_ in ("WP", "WDT"):
        return verb.head if verb.dep_ == "relcl" else None
    if subject is None and verb.dep_ in ("acl", "relcl"):
        return verb.head if verb.head.pos_ in ("NOUN", "PROPN") else None
    return subject


def _name_span(held: "Token") -> tuple[int, int]:
    entity = next((e for e in held.doc.ents if e.start <= held.i < e.end), None) if held.pos_ == "PROPN" else None
    first, last = (entity[0], entity[-1]) if entity is not None else (held, held)
    if entity is not None and last.tag_ == "POS":
        last = last.nbor(-1)
    return first.idx, last.idx + len(last)


def _whole_after(text: str, part: Figure, after: Sequence[Figure]) -> Figure | None:
    """Read "21 of the more than 200", "about 70 percent of the 1,200 houses"."""
    for whole in after:
        if whole.unit is None and part.unit in (None, "percent") and _OUT_OF.fullmatch(text[part.end : whole.start]):
            return None if part.unit is None and _less(whole, part) else whole
    return None


def _whole_before(doc: "Doc", text: str, part: Figure, before: Sequence[Figure]) -> Figure | None:
    """Read "200 prisoners, 21 of them wounded" and "13 people, including two children"."""
    start = _sentence_start(doc, part.start)
    wholes = [f for f in before[-thresholds.WHOLE_FIGURES :] if f.start >= start and f.unit is None and f.part_of is None]
    if not wholes or part.unit not in (None, "percent"):
        return None
    if (
        wholes[-1].start - start < thresholds.WHOLE_CHARACTERS
        and _LED.search(text[start : wholes[-1].start])
        and "," in text[wholes[-1].end : part.start]
    ):
        return None if part.unit is None and _less(wholes[-1], part) else wholes[-1]
    named = _OF_THEM.match(text, part.end)
    start = max(start, part.start - thresholds.WHOLE_CHARACTERS)
    before_it = _WHOLE_BEFORE.search(text[start : part.start])
    if named is None and (before_it is None or _has_verb(doc, start + before_it.start("between"), part.start)):
        return None
    if named is None and before_it is not None:
        wholes = [f for f in wholes if f.end <= start + before_it.start()]
    whole = wholes[-1] if wholes else None
    return None if whole is None or (part.unit is None and _less(whole, part)) else whole


def _less(whole: Figure, part: Figure) -> bool:
    return whole.high is not None and part.low is not None and whole.high < part.low


def _borrowed(text: str, one: Figure, whole: Figure | None, before: Sequence[Figure]) -> str | None:
    """The noun of another figure that this one leaves out."""
    if one.unit is not None:
        return None
    if whole is not None:
        return whole.counted
    adds = _MORE.search(text[max(0, one.start - 30) : one.start]) or re.match(r" (?:more|others)\b", text[one.end :])
    last = before[-1] if before else None
    near = last is not None and last.unit is None and not re.search(r"[.!?;\n]", text[last.end : one.start])
    return last.counted if adds and near and last is not None else None


def _sentence_start(doc: "Doc", at: int) -> int:
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    return doc[_opening(span[0])].idx if span is not None and is_parsed(doc) else 0


def _opening(token: "Token") -> int:
    """The first word of a token's sentence; spaCy's own answer walks through the whole text each time."""
    doc, first = token.doc, token.i
    while first > 0 and not doc[first].is_sent_start and token.i - first < _LONG:
        first -= 1
    return first


def _has_verb(doc: "Doc", start: int, end: int) -> bool:
    span = doc.char_span(start, end, alignment_mode="contract") if is_parsed(doc) else None
    return span is not None and any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span)


def _verb(doc: "Doc", figure: Figure) -> "Token | None":
    """The verb of the clause that a figure stands in."""
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None:
        return None
    root = _noun(span)
    above = islice(chain([root], root.ancestors), _DEEP)
    return next((t for t in above if _is_verb(t) and not span.start <= t.i < span.end), None)


def _is_verb(token: "Token") -> bool:
    """Tell a verb from one that serves as a preposition ("including")."""
    return token.pos_ in ("VERB", "AUX") and not (token.tag_ == "VBG" and token.dep_ == "prep")


def _noun(span: "Span") -> "Token":
    """The token by which a figure hangs in the tree, its number first: "than" of "more than 400" hangs elsewhere."""
    numbers = [t for t in span if t.pos_ == "NUM" or t.like_num]
    return numbers[-1] if numbers else span.root


def _verb_lemma(verb: "Token") -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    return f"{verb.lemma_.lower()} {particle}".strip()


def _as_of(doc: "Doc", text: str, figure: Figure, verb: "Token", times: Sequence[Time]) -> tuple[int, int] | None:
    """The day or period in the figure's own clause, one after "as of" or "by" before any other, else the nearest."""
    found = []
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand") if time.type in ("DATE", "TIME") else None
        if span is None or _opening(span[0]) != _opening(verb) or time.value.endswith("_REF"):
            continue
        above = next((t for t in islice(chain([span.root], span.root.ancestors), _DEEP) if _is_verb(t)), None)
        if above is not None and above.i == verb.i:
            said = _AS_OF.search(text[max(0, time.start - 20) : time.start]) is not None
            found.append((not said, abs(time.start - figure.start), (time.start, time.end)))
    return min(found)[2] if found else None
