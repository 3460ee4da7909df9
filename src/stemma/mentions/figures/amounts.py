"""Whether a number is an amount at all, or a label, a score, an age, a name."""

import re
from typing import TYPE_CHECKING

from stemma.mentions.figures.quantities import Quantity
from stemma.mentions.parse import is_parsed
from stemma.text.data import rows

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LABELS = frozenset(word for kind, word, note in rows("mentions", "not_figures.tsv") if kind == "label" and note == "-")
_THINGS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "thing")
_PLURALS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "plural")
_MORE = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "more")
_BODIES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "body")
_FATES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "fate")
_NAMES = ("PRODUCT", "ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART", "PERSON", "GPE")
_DEFINITE = (
    "the",
    "these",
    "those",
    "both",
    "its",
    "their",
    "other",
    "first",
    "last",
    "his",
    "her",
    "our",
    "my",
    "next",
)


def is_amount(doc: "Doc", text: str, quantity: Quantity, group: list[Quantity]) -> bool:
    """Return whether a number with its neighbours (`group`.

    The ends of its range) counts or measures something.
    """
    if quantity.unit is not None or quantity.form in ("vague", "fraction"):
        return True
    first, last = group[0], group[-1]
    before, after = text[max(0, first.start - 24) : first.start], text[last.end : last.end + 24]
    if (
        _listed(text, first.start, last.end)
        or _labelled(before)
        or _score(group, text)
        or _age(before, after)
        or _code(before, after, text[quantity.start : quantity.end])
    ):
        return False
    span = doc.char_span(quantity.number_start, quantity.number_end, alignment_mode="expand")
    if span is None or not is_parsed(doc):
        return False
    if (
        quantity.form == "words"
        and quantity.value <= 12
        and span.start > 0
        and span[0].nbor(-1).lower_ == "the"
        and span.root.dep_ != "nummod"
    ):
        return False  # "the three" points back
    if quantity.form == "words" and quantity.value <= 2 and not _counts(quantity, span.root):
        return False
    return not _named(span[0], span.root, text[quantity.start : quantity.end])


def _listed(text: str, start: int, end: int) -> bool:
    """Tell the number of a list's item or of a note: "7. The…", "(34)", "[12, 13]"."""
    if not text[:start].strip(" (["):
        return re.match(r"[.)\]:](?:\s|$)", text[end:]) is not None
    return re.search(r"[(\[](?:\d+, ?)*$", text[:start]) is not None and re.match(r"(?:, ?\d+)*[)\]]", text[end:]) is not None


def _labelled(before: str) -> bool:
    word = re.search(r"([\w.]+|[#№§])\s$|([#№§])$", before)
    return word is not None and (word[0].strip().lower() in _LABELS or word[0].strip() in "#№§")


def _score(group: list[Quantity], text: str) -> bool:
    """Tell "won 3-1" and "voted 54-46": two bare numbers on a dash with no plural noun after them."""
    if len(group) < 2 or text[group[0].end : group[1].start] not in ("-", "–"):
        return False
    return group[0].value >= group[1].value or re.match(r" (?:[a-z-]+ )?[a-z]+s\b| people", text[group[1].end :]) is None


def _age(before: str, after: str) -> bool:
    """Tell an age after a name or a word for a person: "Vera Holm, 51, said", "his wife, 52, was"."""
    if re.search(r"[A-Z][\w.’'-]+, $", before):
        return re.match(r",|\.(?:\s|$)|\)|;", after) is not None
    return re.search(r"[a-z], $", before) is not None and after.startswith(",")


def _code(before: str, after: str, number: str) -> bool:
    """Parts of telephone numbers, fractions of a road, versions, web addresses, ordinals."""
    if re.search(
        r"[A-Za-z]-$|[\d)][- ]$(?<!\b(?:19|20)\d\d )|[@/_=&+]$|\b(?:tel|phone|call|dial|hotline)\W*$",
        before,
        re.I,
    ):
        return True
    return (
        re.match(r"-(?!odd\b|plus\b|strong\b)\w|/\w|\s?(?:st|nd|rd|th)\b|[.:]\d| \d{3,}|[A-Za-z]", after) is not None
        or re.fullmatch(r"0\d+", number) is not None
    )


def _counts(quantity: Quantity, token: "Token") -> bool:
    """Tell a count from a pronoun: "one" and "two" count what is killed, hardly ever in "the two"."""
    before = token.nbor(-1).lower_ if not token.is_sent_start else ""
    if before in _DEFINITE or (token.i + 1 < len(token.doc) and token.nbor().lower_ in ("of", "another", "-")):
        return quantity.value == 2 and before not in _DEFINITE and token.nbor().lower_ == "of"
    if quantity.value == 2:
        return token.dep_ != "nsubj" or token.tag_ == "CD"
    if quantity.value == 0:
        return token.dep_ == "nummod"
    if token.dep_ == "nummod":
        head = token.head
        suffers = head.dep_ in ("dobj", "nsubjpass", "conj", "attr", "appos")
        suffers |= head.dep_ == "pobj" and head.head.lower_ == "including"
        suffers |= head.dep_ == "nsubj" and head.head.lemma_ in _FATES
        return head.lemma_.lower() not in _THINGS and head.pos_ == "NOUN" and suffers
    return before == "least" or (
        token.dep_ == "dobj" and token.head.lemma_ in ("kill", "injure", "wound", "arrest", "capture", "detain")
    )


def _named(first: "Token", root: "Token", number: str) -> bool:
    """Tell a number that belongs to a name or is one: "Boeing 747", "the S&P 500", "the final 717 jet"."""
    doc = first.doc
    head = root.head
    if root.dep_ == "nummod" and head.lower_ in _BODIES:
        return False
    named = first.ent_type_ in _NAMES
    entity = next((e for e in doc.ents if e.start <= first.i < e.end), None) if named else None
    if entity is not None and entity.start < first.i and entity.root.pos_ == "PROPN":
        return True
    if "," in number or number[0].isalpha():
        return False
    counts = root.dep_ == "nummod" and head.i > root.i and _is_plural(head)
    if first.is_sent_start:
        return False
    before = first.nbor(-1)
    if before.tag_ == "POS" and before.i > 0:
        before = before.nbor(-1)
    if (before.pos_ == "PROPN" and before.text[0].isupper()) or re.search(r"[a-z][A-Z]", before.text):
        return not counts or before.ent_type_ not in ("GPE", "LOC", "PERSON", "NORP", "DATE", "TIME")
    if before.tag_ == "NN" and number.isdigit() and not counts:
        return True
    if root.dep_ == "nummod" and head.i > root.i and head.pos_ in ("NOUN", "PROPN"):
        return not counts
    return before.tag_ == "JJ" and before.lower_ not in _MORE and first.nbor(-1) is before


def _is_plural(noun: "Token") -> bool:
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in _PLURALS or noun.lower_.endswith("s")
