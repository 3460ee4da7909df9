"""What a copy takes in beside its source: another source's paragraphs, the outlet's own reporting, a remark of its own."""

import random
from dataclasses import replace

from tradition.articles import Article
from tradition.operators import cut_end
from tradition.sentences import Paragraphs, Sentence, split_paragraphs, words

PLACES = ("Brenna", "Lantry", "Oskerholm", "Tarn", "Marrowby", "Pellwick", "Dunmarch", "Quillon", "Ferrow", "Northmere")
NAMES = ("Tilda", "Jory", "Mira", "Oskar", "Petra", "Ansel", "Bruna", "Corin", "Dalia", "Emrys")
SURNAMES = ("Rask", "Penhallen", "Solheim", "Varga", "Tolliver", "Quist", "Ormond", "Keswick", "Lund", "Farrow")


def splice(chief: Paragraphs, second: Paragraphs, rng: random.Random) -> Paragraphs:
    """Put paragraphs of a second source into the first: behind it, or in between."""
    chief = cut_end(chief, rng, rng.uniform(0.6, 1.0))
    part = cut_end(second, rng, min(1.0, rng.uniform(0.4, 0.65) * words(chief) / words(second)))
    return _mix(chief, part, rng)


def _mix(chief: Paragraphs, part: Paragraphs, rng: random.Random) -> Paragraphs:
    if rng.random() < 0.5:
        return [*chief, *part]
    at = rng.randint(1, len(chief))
    return [*chief[:at], *part, *chief[at:]]


def with_own(paragraphs: Paragraphs, article: Article, key: str, rng: random.Random) -> Paragraphs:
    """Add the outlet's own reporting, about as long as what it took, before, behind or in between."""
    paragraphs = cut_end(paragraphs, rng, min(1.0, 250 / words(paragraphs)))
    own = split_paragraphs(article.paragraphs, key)
    own = cut_end(own, rng, min(1.0, rng.uniform(1.1, 1.8) * words(paragraphs) / words(own)))
    return [*own, *paragraphs] if rng.random() < 0.4 else _mix(paragraphs, own, rng)


def with_remark(paragraphs: Paragraphs, remarks: list[str], key: str, rng: random.Random) -> Paragraphs:
    """Add one or two invented sentences of the outlet's own."""
    remark = [_filled(remarks.pop(), f"{key}:{n}", rng) for n in range(rng.randint(1, 2))]
    at = rng.randint(1, len(paragraphs))
    return [*paragraphs[:at], remark, *paragraphs[at:]]


def _filled(template: str, key: str, rng: random.Random) -> Sentence:
    name = f"{rng.choice(NAMES)} {rng.choice(SURNAMES)}"
    text = template.format(name=name, place=rng.choice(PLACES), number=rng.randint(13, 90))
    return replace(Sentence(text), keys=(key,))
