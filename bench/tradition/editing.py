"""Small hands on a text: typography, house spelling, slips of the pen, words around and inside quotations, a new lead."""

import random
import re
from collections.abc import Callable

from tradition.rewording import QUOTED, compress_sentence, reword_sentence
from tradition.sentences import Paragraphs, Sentence, reworded
from tradition.words import table

CUES = ("said", "added", "explained", "told reporters", "noted", "stated", "remarked")


def _each(paragraphs: Paragraphs, change: Callable[[str], str]) -> Paragraphs:
    return [[reworded(s, change(s.text)) for s in p] for p in paragraphs]


def typography(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Set quotation marks and dashes as the house does."""
    if rng.random() < 0.5:
        return _each(paragraphs, lambda t: re.sub(r"\s*[–—]\s*", " - ", re.sub("[’‘]", "'", re.sub("[“”]", '"', t))))
    return _each(paragraphs, lambda t: re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r" - | -- ", " – ", _curly(t))))


def _curly(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def house_spelling(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Spell as one house or the other does, all through the text."""
    rows = table("house_spelling")
    pairs = {r[0]: r[1] for r in rows} if rng.random() < 0.5 else {r[1]: r[0] for r in rows}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(pairs, key=len, reverse=True)) + r")(?!\w)")
    return _each(paragraphs, lambda t: pattern.sub(lambda m: pairs[m[0]], t))


def typos(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Make one to three slips: letters swapped, doubled or lost, a space lost."""
    places = [(n, m) for n, p in enumerate(paragraphs) for m, s in enumerate(p) if s.words > 6]
    chosen = set(rng.sample(places, k=min(len(places), rng.randint(1, 3))))
    return [[_slip(s, rng) if (n, m) in chosen else s for m, s in enumerate(p)] for n, p in enumerate(paragraphs)]


def _slip(sentence: Sentence, rng: random.Random) -> Sentence:
    words = sentence.text.split(" ")
    long = [n for n, w in enumerate(words[:-1]) if len(w) > 4 and w.isalpha()]
    if not long:
        return sentence
    n = rng.choice(long)
    at, w = rng.randrange(1, len(words[n]) - 1), words[n]
    kinds = (w[:at] + w[at + 1] + w[at] + w[at + 2 :], w[:at] + w[at] + w[at:], w[:at] + w[at + 1 :], None)
    slip = rng.choice(kinds)
    words[n : n + 2] = [w + words[n + 1]] if slip is None else [slip, words[n + 1]]
    return reworded(sentence, " ".join(words))


def tell_quotations_differently(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Keep what stands in quotation marks and change the words around it."""

    def change(text: str) -> str:
        if not QUOTED.search(text) or rng.random() < 0.3:
            return text
        turned = reword_sentence(text, rng)
        return re.sub(r"(?<=[\"”] )((?:he|she|they) )?said\b", lambda m: (m[1] or "") + rng.choice(CUES), turned, count=1)

    return _each(paragraphs, change)


def changed_quotation(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Now and then tidy a quotation inside its marks: a word dropped."""

    def change(text: str) -> str:
        if rng.random() > 0.15:
            return text
        return QUOTED.sub(lambda m: re.sub(r" (?:very|really|just|actually|that|so|well)(?= )", "", m[0], count=1), text)

    return _each(paragraphs, change)


def own_lead(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Write the first sentence anew, from its own words."""
    if not paragraphs or not paragraphs[0]:
        return paragraphs
    first = paragraphs[0][0]
    new = reworded(first, compress_sentence(reword_sentence(reword_sentence(first.text, rng), rng), rng))
    return [[new, *paragraphs[0][1:]], *paragraphs[1:]]
