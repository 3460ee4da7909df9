"""One sentence in other words, by rules and lists: words swapped, turns of attribution, clauses moved, asides dropped.

Words inside quotation marks stay as they are.
"""

import random
import re
from collections.abc import Callable

from tradition.parsed import passive, swap_words, tighten

QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
USUAL = frozenset((
    "The", "A", "An", "He", "She", "They", "It", "In", "But", "And", "His", "Her", "Their", "There", "This", "These", "Those",
    "That", "Some", "Many", "Most", "After", "When", "More", "One", "Two", "No", "We", "Its", "At", "For", "As", "On",
))  # fmt: skip
QUOTE_WHO_SAID = re.compile(r"([\"“])([^\"“”]+),([\"”]) ((?:[A-Z]|he |she |they |the )[^\"“”,]{1,60}?) (said|told [^,.]+)\.")
WHO_SAID_THAT = re.compile(
    r"([A-Z][^\"“”,:]{1,40}?) (?:said|stated) (?:that )?((?:the|he|she|they|it|a|an|there|his|her|their|[A-Z]\w+) [^\"“”]+)\."
)
CLAUSE_FIRST = re.compile(r"(After|Before|When|While|If|Although|Because|As|Since|Despite) ([^\"“”,]{8,90}), ([^\"“”;]+)\.")
CLAUSE_LAST = re.compile(r"([^\"“”;]{20,}?),? (after|before|when|while|although|because|despite) ([^\"“”,;]{12,90})\.")
THAT = re.compile(r"\b(said|believes?|thinks?|added|claimed) that (?=[a-z])")
NO_THAT = re.compile(r"\b(said|claimed|added|noted) (?=(?:the|he|she|they|it|there) )")
LONG = 22
"""Words from which a sentence may be split in two."""

Rule = Callable[[str, random.Random], str]


def reword_sentence(text: str, rng: random.Random) -> str:
    """Return the sentence with some words swapped and perhaps a turn or two changed."""
    text = swap_words(text, rng)
    rules: list[Rule] = [_attribution, _clause_order, _day_first, _numbers, _that, _split, _passive]
    for rule in rng.sample(rules, k=rng.randint(1, 4)):
        text = rule(text, rng)
    return text


def compress_sentence(text: str, rng: random.Random, share: float = 0.75) -> str:
    """Return the sentence without some of its asides, clauses and adverbs."""
    shorter = tighten(text, rng, share)
    return _drop_brackets_and_titles(shorter, rng) if rng.random() < share else shorter


def _passive(text: str, rng: random.Random) -> str:
    del rng
    return passive(text)


def _outside_quotations(text: str, change: Callable[[str], str]) -> str:
    at, done = 0, []
    for quoted in QUOTED.finditer(text):
        done += [change(text[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    return "".join([*done, change(text[at:])])


def _attribution(text: str, rng: random.Random) -> str:
    """Turn "X said that S." into "S, X said." or "According to X, S." and "Q," X said. into X said: "Q." and back."""
    if found := QUOTE_WHO_SAID.fullmatch(text):
        mark, words, close, who, cue = found.groups()
        inverted = f"{mark}{words},{close} said {who}." if cue == "said" else text
        return rng.choice((f"{_upper(who)} {cue}: {mark}{words}.{close}", inverted))
    if found := re.fullmatch(r"([\"“])([^\"“”]+),([\"”]) said ([A-Z][^\"“”,]{1,50})\.", text):
        mark, words, close, who = found.groups()
        return rng.choice((f"{mark}{words},{close} {who} said.", f"{who} said: {mark}{words}.{close}"))
    if found := WHO_SAID_THAT.fullmatch(text):
        who, told = found.groups()
        choices = [f"{_upper(told)}, {_lower(who)} said.", f"{who} said that {told}."]
        choices += [f"According to {_lower(who)}, {told}."] if who not in ("He", "She", "They", "I", "We") else []
        return rng.choice(choices)
    if found := re.fullmatch(r"([^\"“”:;]+), ([^\"“”,:;]{2,40}) said\.", text):
        told, who = found.groups()
        return f"{_upper(who)} said {_lower(told)}." if len(who.split()) <= 5 else text
    if found := re.fullmatch(r"According to ([^\"“”,]{2,60}), ([^\"“”]+)\.", text):
        return f"{_upper(found[2])}, according to {found[1]}."
    return text


def _clause_order(text: str, rng: random.Random) -> str:
    """Move a subordinate clause from the front to the end, or the other way."""
    del rng
    if found := CLAUSE_FIRST.fullmatch(text):
        return f"{_upper(found[3])} {found[1].lower()} {found[2]}."
    if found := CLAUSE_LAST.fullmatch(text):
        return f"{_upper(found[2])} {found[3]}, {_lower(found[1])}."
    return text


def _day_first(text: str, rng: random.Random) -> str:
    del rng
    if (found := re.search(rf" on ({DAYS})(?=[ .,])", text)) and "“" not in text and '"' not in text and text[:3] != "On ":
        return f"On {found[1]}, {_lower(text[: found.start()] + text[found.end() :])}"
    if found := re.fullmatch(rf"On ({DAYS}), ([^\"“”]+)\.", text):
        return f"{_upper(found[2])} on {found[1]}."
    return text


def _numbers(text: str, rng: random.Random) -> str:
    """Write small numbers in words or figures, and percent as the other house does."""

    def change(part: str) -> str:
        if rng.random() < 0.5:
            part = re.sub(r"\b(1[0-2]|[2-9])(?= [a-z])", lambda m: NUMBERS[int(m[1]) - 2], part)
        else:
            part = re.sub(r"\b(" + "|".join(NUMBERS[3:]) + r")\b(?= [a-z])", lambda m: str(NUMBERS.index(m[1]) + 2), part)
        return re.sub(r"(\d) ?percent\b", r"\1%", part) if rng.random() < 0.5 else re.sub(r"(\d)%", r"\1 percent", part)

    return _outside_quotations(text, change)


def _that(text: str, rng: random.Random) -> str:
    """Drop "that" after a cue, or put it there."""
    if rng.random() < 0.5:
        return _outside_quotations(text, lambda p: THAT.sub(r"\1 ", p))
    return _outside_quotations(text, lambda p: NO_THAT.sub(r"\1 that ", p))


def _split(text: str, rng: random.Random) -> str:
    """Split a long sentence at ", and" or ", but"."""
    del rng
    if "“" in text or '"' in text or len(text.split()) < LONG:
        return text
    found = re.search(r", (and|but) (?=(?:the|he|she|they|it|his|her|their|many|some|a) )", text)
    if not found or found.start() < 40:
        return text
    rest = text[found.end() :]
    return f"{text[: found.start()]}. {_upper(rest) if found[1] == 'and' else f'But {rest}'}"


def _drop_brackets_and_titles(text: str, rng: random.Random) -> str:
    del rng
    text = _outside_quotations(text, lambda p: re.sub(r" \([^()]{3,80}\)", "", p, count=1))
    return _outside_quotations(text, lambda p: re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.? (?=[A-Z])", "", p))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """Lower the first letter when the first word is no name."""
    return text[:1].lower() + text[1:] if text.split(" ", 1)[0] in USUAL else text
