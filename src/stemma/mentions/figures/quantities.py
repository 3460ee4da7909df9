"""Numerals with their unit or currency, and which of them are amounts: no labels, scores, or parts of names."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.mentions.figures.units import after_number, before_number, currency_before, letters_before, unit_after
from stemma.mentions.parse import is_parsed
from stemma.text.data import rows
from stemma.text.numbers import NUMBER, WORDS, either, read_number, scale

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit: [start, end) covers both, [number_start, number_end) the numeral with its scale.

    `form` is digits, words, vague ("dozens") or fraction ("a third of", "one in five").
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    unit: str | None
    form: str


_NUMERAL = re.compile(
    r"(?:(?<![\w.,:/'’^\u200b-\u200f\u2060\ufeff-])(?P<minus>[-−﹣－]|(?<=\s)–|(?<!plus or )minus )?|(?<=[-–−]))"
    rf"(?P<number>{NUMBER})",
    re.I,
)
_GLUED = re.compile(rf"(?P<scale>{either([*WORDS['short'], *WORDS['other']])})(?!\w)", re.I)
_SPACED = re.compile(
    rf"[ \u00a0](?P<scale>{either([w for w in [*WORDS['short'], *WORDS['other']] if len(w) > 1])})\b(?:\.(?= [a-z\d(€$]))?", re.I
)
_CURRENCY_GLUED = re.compile(rf"(?:(?<=[$£€¥₽₴₹₺₪₩₦₱#])|{letters_before()})(?P<number>(?i:{NUMBER}))")
_VAGUE = re.compile(
    r"\b(?P<few>(?:several|a few|many|a couple of|a couple) (?:hundred|thousand|million|billion|dozen))\b"
    r"|(?<!\d )\b(?P<vague>(?:(?:tens|dozens|scores|hundreds|thousands) of )?"
    r"(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions))"
    r"(?= of\b|\b)", re.I,
)  # fmt: skip
_SIGN = r"(?<!\d[ -])(?<![\w/.,$£€])(?:[½¼¾⅓⅔⅛]|1/[2-9]|2/[35]|3/[458]|4/5)"
_PART = re.compile(
    rf"(?:(?P<sign>{_SIGN})(?: (?:of )?an?(?= ))?"
    r"|\b(?P<words>half|(?:an?|one|two|three)[ -](?:third|quarter)s? of)[ -]an?(?=[ -]))",
    re.I,
)
"""A fraction of one measure, which stands behind it: "½ a tonne", "3/4-inch", "a quarter of a mile"."""
_FRACTION = re.compile(
    r"\b(?:(?P<top>one|two|three|four|\d)[- ])?"
    r"(?P<part>half|thirds?|quarters?|fifths?|tenths?)(?= of (?!an?\b))"
    rf"|(?P<sign>{_SIGN})(?= of )"
    r"|\b(?P<half>(?<!first )(?<!second )(?<!latter )(?<!other )half)(?= (?:of|the|its|their|his|all)\b)"
    r"|\b(?:an?|about a|nearly a) (?P<one>third|quarter|fifth|tenth)(?= of\b(?! an? (?:million|billion|thousand|century))|,| \()"
    r"|(?:(?<=than )|(?<=nearly )|(?<=almost )|(?<=about )|(?<=over ))(?P<bare>half)\b(?! an?\b|-)"
    r"|\b(?P<lone>one|1) in (?:every )?(?P<many>\d{1,3}(?:,\d{3})+|\d{2,3})"
    r"(?! (?:million|thousand|hundred|hours|days|weeks|months|years|minutes)|[\w.,]*\d|-)"
    r"|\b(?P<share>one|two|three|four|five|six|seven|eight|nine|[1-9]) (?:in|out of) (?:every )?"
    r"(?P<whole>two|three|four|five|six|seven|eight"
    r"|nine|ten|10|20|100|[2-9])(?! (?:million|thousand|hundred)|[\w.,]*\d|-)", re.I,
)  # fmt: skip


_CONVERTED = re.compile(r"C(?=\s?[(\[][-−]?\d+(?:\.\d+)?F[)\]])|F(?=\s?[(\[][-−]?\d+(?:\.\d+)?C[)\]])")
"""The letter of a temperature in front of its conversion: "40C (104F)"; alone it may be a seat or a gate."""
_BELOW_ZERO = re.compile(r" ?([CF])\b(?![-'’])")
"""The letter of a temperature behind a minus: no seat and no gate has one."""
_CONVERSION = re.compile(r"\d(?:C\s?[(\[][-−]?[\d.]+F|F\s?[(\[][-−]?[\d.]+C)$")
_CALIBRE = re.compile(r"[ -](?:\w+ )?(?:shells?|guns?|howitzers?|artillery|cannons?|mortars?|rounds?|ammunition|projectiles?)\b")


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of a text with their units in text order."""
    found = [*_parts(text), *_fractions(text), *_vague(text), *_plain(text)]
    kept: list[Quantity] = []
    taken = bytearray(len(text))
    for one in found:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return sorted(kept, key=lambda q: q.start)


def _plain(text: str) -> list[Quantity]:
    numerals = [*_NUMERAL.finditer(text), *_CURRENCY_GLUED.finditer(text)]
    read = (_quantity(text, match) for match in sorted(numerals, key=lambda m: m.start()))
    return [one for one in read if one is not None]


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span("number")
    value = read_number(match["number"])
    if value is None:
        return None
    first, currency = _currency(text, start, match["number"])
    if match.groupdict().get("minus"):
        value, first = -value, min(first, match.start("minus"))
    end, factor = _scale(text, end, currency, match["number"])
    last, unit = _unit(text, end, value * factor, currency)
    if unit is None and value < 0 and (letter := _BELOW_ZERO.match(text, end)):
        last, unit = letter.end(), "deg" + letter[1]
    if unit is None and re.search(r"\bmagnitude[ -](?:of )?$", text[max(0, start - 14) : start], re.I):
        unit = "magnitude"
    if (
        currency is None
        and unit is None
        and re.match(r"[\w/:@^\u200b-\u200f\u2060\ufeff]|-(?!odd\b|plus\b|strong\b)[a-zA-Z0-9]|[.,]\d|['’]\w", text[end:])
        and not _range_follows(text, end)
    ):
        return None
    if unit is None and currency is None and _THOUSANDS.fullmatch(match["number"]) and _PEOPLE.match(text, end):
        value *= 1000  # "12.500 people": there are no halves of them
    form = "digits" if match["number"][0].isdigit() else "words"
    return Quantity(first, last, start, end, value * factor, currency or unit, form)


_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_PEOPLE = re.compile(
    r" (?:people|persons|inhabitants|residents|men|women|children|soldiers|troops|refugees|dead|injured|houses|homes)\b"
)


def _range_follows(text: str, end: int) -> bool:
    return text[end : end + 1] in ("-", "–") and re.match(rf"[-–]{NUMBER}(?!\w*[-–/]\d)", text[end:], re.I) is not None


def _currency(text: str, start: int, number: str) -> tuple[int, str | None]:
    before = before_number().search(text[max(0, start - 8) : start])
    sign = (before["sign"] or before["glued"]) if before else None
    if before is None or sign is None or (sign.endswith("#") and not re.search(r"illion", number)):
        return start, None
    return start - len(before[0]), currency_before(sign)


def _scale(text: str, end: int, currency: str | None, number: str) -> tuple[int, float]:
    """Read "$5m" and "1.5bn"; a bare "5m" is metres unless things are counted in it."""
    match = _GLUED.match(text, end) if number[-1].isdigit() else None
    if match is None and number[-1].isdigit():
        match = _SPACED.match(text, end)
    if match is None or (match["scale"] == "K" and currency is None):
        return end, 1.0
    metres = (
        match["scale"].lower() == "m"
        and currency is None
        and not re.match(r" (?:\w+ )?(?:people|[a-z]+s)\b(?! (?:away|from))", text[match.end() :])
    )
    return (end, 1.0) if metres else (match.end(), scale(match["scale"]) or 1.0)


def _unit(text: str, end: int, value: float, currency: str | None) -> tuple[int, str | None]:
    match = after_number().match(text, end)
    if match is None:
        return _temperature(text, end)
    form = match["word"] or match["mark"]
    unit = unit_after(form)
    if currency is not None:
        return (match.end(), currency) if unit == currency else (end, None)
    if unit == "mm" and _CALIBRE.match(text, match.end()):
        return end, None
    hyphened = match[0][0] == "-"
    if unit == "point" and hyphened:
        return end, None
    if unit == "GBP" and form.lower().startswith("pound") and (hyphened or _is_weight(text, end, match.end(), value)):
        unit = "lb"
    return (match.end(), unit) if unit else (end, None)


_WEIGHED = re.compile(rf"\b{either(word for (word,) in rows('mentions', 'weighed.txt'))}\b(?:(?!\. )[^;£$€])*$", re.I)
_PUSHES = re.compile(r" of (?:\w+ ){0,2}(?:thrust|TNT|force|pressure)\b", re.I)
_IN_KILOS = re.compile(r",? ?(?:\(|or (?:about )?)[\d., ]+ ?(?:k|t\b|tonne|metric)")


def _is_weight(text: str, number_end: int, end: int, value: float) -> bool:
    """Tell pounds that weigh from pounds that are money."""
    if _PUSHES.match(text, end) or _IN_KILOS.match(text, end) or _WEIGHED.search(text[max(0, number_end - 60) : number_end]):
        return True
    return abs(value) < 1e6 and re.match(r" of\b| (?:male|female|animal|heavy)\b", text[end:]) is not None


def _temperature(text: str, end: int) -> tuple[int, str | None]:
    """Read the bare letters of "40C (104F)", which are no units elsewhere."""
    is_conversion = _CONVERSION.search(text[max(0, end - 16) : end + 1]) and text[end + 1 : end + 2] in (")", "]")
    return (end + 1, "deg" + text[end]) if is_conversion or _CONVERTED.match(text, end) else (end, None)


def _vague(text: str) -> list[Quantity]:
    found = []
    for match in _VAGUE.finditer(text):
        if match["few"]:
            words = match["few"].lower()
            value = (2.0 if "couple" in words else 3.0) * float(WORDS["scale"][words.rsplit(" ", 1)[-1]])
        else:
            words = match["vague"].lower().split(" of ")
            if (words == ["scores"] and not re.match(r" of (?!the\b)", text[match.end() :])) or words == ["tens"]:
                continue
            value = _vague_value(words)
        of = re.match(
            r" of (?=(?:US )?(?:dollars|euros|pounds|points|kilomet|miles|rubles|roubles|tons|tonnes|hryvnia"
            r"|met|acres|hectares))",
            text[match.end() :],
        )
        end = match.end() + (len(of[0]) - 1 if of else 0)
        last, unit = _unit(text, end, value, None)
        found.append(Quantity(match.start(), last if unit else match.end(), match.start(), match.end(), value, unit, "vague"))
    return found


def _vague_value(words: list[str]) -> float:
    value = float(WORDS["vague"][words[-1]])
    if len(words) == 1:
        return value
    factor = {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000}[words[0]]
    return factor * value / 2


def _parts(text: str) -> list[Quantity]:
    """Fractions of a measure, in that measure; what no measure stands behind is a share, or none."""
    found = []
    for match in _PART.finditer(text):
        value = read_number(f"0 {match['sign']}" if match["sign"] else match["words"])
        end, unit = _unit(text, match.end(), value or 0.0, None)
        if value and unit:
            found.append(Quantity(match.start(), end, match.start(), match.end(), value, unit, "words"))
    return found


def _fractions(text: str) -> list[Quantity]:
    """Shares of a whole, as percent."""
    found = []
    for match in _FRACTION.finditer(text):
        start = match.start()
        if match["sign"]:
            value = 100 * (read_number("0 " + match["sign"]) or 0.0)
        elif match["share"] or match["lone"]:
            whole, top = read_number(match["whole"] or match["many"]), read_number(match["share"] or "1")
            value = 100 * (top or 1) / whole if whole else 0.0
            if not whole or not 0 < value < 100:
                continue
        else:
            word = (match["part"] or match["half"] or match["bare"] or match["one"]).lower()
            value = 100 * float(WORDS["fraction"][word]) * ((read_number(match["top"]) or 1) if match["top"] else 1)
            if match["part"] and word != "half" and not match["top"]:
                continue
        found.append(Quantity(start, match.end(), start, match.end(), value, "percent", "fraction"))
    return found


_LABELS = frozenset(word for kind, word, note in rows("mentions", "not_figures.tsv") if kind == "label" and note == "-")
_THINGS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "thing")
_PLURALS = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "plural")
_MORE = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "more")
_BODIES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "body")
_FATES = frozenset(word for kind, word, _ in rows("mentions", "not_figures.tsv") if kind == "fate")
_NAMES = ("PRODUCT", "ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART", "PERSON", "GPE")
_DEFINITE = ("the", "these", "those", "both", "its", "their", "other", "first", "last", "his", "her", "our", "my", "next")


AGE = "year-old"
"""The unit of an age."""
_AGED = re.compile(r"\b(?:aged|ages?|age of|(?:he|she|who) (?:is|was)|(?:he|she|who) turned|(?:he|she|who) turns)\s$", re.I)
_OLDEST = 130


def is_age(doc: "Doc", text: str, quantity: Quantity) -> bool:
    """Tell an age without its unit: "Vera Holm, 51, said", "his wife, 52, was", "a guard aged 20", "who turned 17"."""
    before, after = text[max(0, quantity.start - 24) : quantity.start], text[quantity.end : quantity.end + 8]
    if quantity.unit is not None or quantity.form in ("vague", "fraction") or quantity.value > _OLDEST:
        return False
    if _AGED.search(before):
        return re.match(r"\W*$|[,.;)]| (?:and|or|when|at|in|on|who|was|were|from|last|this|years? ago)\b", after) is not None
    if quantity.form == "words" or not re.search(r"[\w.’'-]+, $", before):
        return False
    named = re.search(r"[A-Z][\w.’'-]+, $", before)
    return re.match(r",|\.(?:\s|$)|\)|;| and " if named else ",", after) is not None and _is_somebody(doc, quantity.start)


def _is_somebody(doc: "Doc", start: int) -> bool:
    """Whether a person or a noun with an article stands before the comma: "in Paris, 12," is no age."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None or span.start < 2 or not is_parsed(doc):
        return False
    before = doc[span.start - 2]
    if before.pos_ == "PROPN":
        return before.ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "TIME", "EVENT")
    return before.tag_ == "NN" and any(c.dep_ in ("det", "poss") for c in before.children)


def is_amount(doc: "Doc", text: str, quantity: Quantity, group: list[Quantity]) -> bool:
    """Return whether a number with its neighbours (`group`: the ends of its range) counts or measures something."""
    if quantity.unit is not None or quantity.form in ("vague", "fraction"):
        return True
    first, last = group[0], group[-1]
    before, after = text[max(0, first.start - 24) : first.start], text[last.end : last.end + 24]
    if (
        _listed(text, first.start, last.end)
        or _labelled(before)
        or _score(group, text)
        or _follows_comma(before, after)
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


def _follows_comma(before: str, after: str) -> bool:
    """Tell "Vera Holm, 51, said", which counts nothing even where nobody is found whose age it is."""
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
