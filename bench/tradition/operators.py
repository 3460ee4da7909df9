"""What newsrooms do to a text that they print: small functions from paragraphs to paragraphs, found by name.

An operator takes the paragraphs and a random generator and returns new paragraphs. One of yours can be plugged in as
"module:function" (`plug`): it gets and gives lists of lists of strings, a paragraph being the list of its sentences.
"""

import importlib
import random
from collections.abc import Callable

from tradition.editing import changed_quotation, house_spelling, own_lead, tell_quotations_differently, typography, typos
from tradition.rewording import compress_sentence, reword_sentence
from tradition.sentences import Paragraphs, Sentence, plain, realign, reworded, split_sentences, words

Operator = Callable[[Paragraphs, random.Random], Paragraphs]

SHORTEST = 60
"""Words below which nothing more is cut."""


def verbatim(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Print it as it came; some sites have their own quotation marks and dashes."""
    return typography(paragraphs, rng) if rng.random() < 0.4 else paragraphs


def edit(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Sub-edit: house spelling, a few changed words, a sentence or two out, now and then a slip that copies inherit."""
    paragraphs = house_spelling(typography(paragraphs, rng), rng)
    paragraphs = drop_sentences(_reword(paragraphs, rng, 0.25), rng, 0.06)
    if rng.random() < 0.4:
        paragraphs = tell_quotations_differently(paragraphs, rng)
    return typos(paragraphs, rng) if rng.random() < 0.4 else paragraphs


def shorten(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Cut to the room there is: from the end, as wires are written to be cut, and here and there inside."""
    share = rng.uniform(0.45, 0.85)
    way = rng.random()
    if way < 0.5:
        paragraphs = cut_end(paragraphs, rng, share)
    elif way < 0.8:
        paragraphs = drop_paragraphs(cut_end(paragraphs, rng, (1 + share) / 2), rng, (1 - share) / 2)
    else:
        paragraphs = drop_sentences(cut_end(paragraphs, rng, (1 + share) / 2), rng, (1 - share) / 2)
    return house_spelling(paragraphs, rng) if rng.random() < 0.3 else paragraphs


def compress(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Tighten: drop clauses, asides and adverbs inside sentences, and some sentences and the end."""
    paragraphs = cut_end(paragraphs, rng, rng.uniform(0.6, 0.95))
    tight = [[reworded(s, compress_sentence(s.text, rng)) for s in p] for p in paragraphs]
    return drop_sentences(tight, rng, 0.1)


def reword_light(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Change words and turns in about half of the sentences, the order kept."""
    return own_lead(_reword(paragraphs, rng, 0.55), rng) if rng.random() < 0.3 else _reword(paragraphs, rng, 0.55)


def reword_heavy(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Rewrite: nearly every sentence in other words, tightened, paragraphs joined and split, some moved, a new lead."""
    paragraphs = cut_end(paragraphs, rng, rng.uniform(0.6, 1.0))
    paragraphs = [[reworded(s, compress_sentence(s.text, rng, 0.4)) for s in p] for p in paragraphs]
    paragraphs = _reword(_reword(paragraphs, rng, 0.95), rng, 0.6)
    paragraphs = merge_split(paragraphs, rng, 0.35)
    if rng.random() < 0.5:
        paragraphs = reorder(paragraphs, rng)
    return own_lead(tell_quotations_differently(paragraphs, rng), rng)


def reorder(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Move one to three paragraphs behind the lead to other places."""
    moved = list(paragraphs)
    for _ in range(rng.randint(1, 3)):
        if len(moved) > 3:
            moved.insert(rng.randrange(1, len(moved)), moved.pop(rng.randrange(1, len(moved))))
    return moved


def rearrange(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Lay the page out anew: paragraphs moved, joined and split, a few sentences dropped, words mostly kept."""
    paragraphs = merge_split(reorder(paragraphs, rng), rng, 0.4)
    return drop_sentences(_reword(paragraphs, rng, 0.15), rng, 0.1)


def quotations(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Keep the quotations and tell around them in other words; sometimes a word inside the marks changes."""
    told = tell_quotations_differently(_reword(paragraphs, rng, 0.4), rng)
    return drop_sentences(changed_quotation(told, rng), rng, 0.12)


OPERATORS: dict[str, Operator] = {
    "verbatim": verbatim, "edit": edit, "shorten": shorten, "compress": compress, "reword_light": reword_light,
    "reword_heavy": reword_heavy, "rearrange": rearrange, "quotations": quotations,
}  # fmt: skip
WEIGHTS = {"verbatim": 2.0, "edit": 4.0, "shorten": 4.0, "compress": 2.0, "reword_light": 3.0, "reword_heavy": 2.0,
           "rearrange": 1.5, "quotations": 1.5}  # fmt: skip


def plug(name: str) -> tuple[str, Operator]:
    """Return another's operator ("module:function") under its function's name, wrapped so that lineage is kept."""
    module, _, function = name.partition(":")
    theirs = getattr(importlib.import_module(module), function)

    def run(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
        return realign(paragraphs, theirs([[s.text for s in p] for p in paragraphs], rng))

    return function, run


def cut_end(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    """Keep about this share of the words, from the beginning, in whole paragraphs."""
    del rng
    kept: Paragraphs = []
    most = max(SHORTEST, share * words(paragraphs))
    for p in paragraphs:
        if kept and words([*kept, p]) > most:
            break
        kept.append(p)
    return kept


def drop_paragraphs(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    """Leave out this share of the paragraphs behind the lead."""
    kept = [p for n, p in enumerate(paragraphs) if n == 0 or rng.random() >= share]
    return kept if words(kept) >= SHORTEST else paragraphs


def drop_sentences(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    """Leave out this share of the sentences behind the first."""
    kept = [[s for m, s in enumerate(p) if n + m == 0 or rng.random() >= share] for n, p in enumerate(paragraphs)]
    kept = [p for p in kept if p]
    return kept if words(kept) >= SHORTEST else paragraphs


def merge_split(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    """Join neighbouring paragraphs and split long ones."""
    laid: Paragraphs = []
    for p in paragraphs:
        if laid and len(laid[-1]) + len(p) <= 4 and rng.random() < share:
            laid[-1] = [*laid[-1], *p]
        elif len(p) > 1 and rng.random() < share:
            at = rng.randrange(1, len(p))
            laid += [p[:at], p[at:]]
        else:
            laid.append(p)
    return laid


def _reword(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    def turn(s: Sentence) -> Sentence:
        return reworded(s, reword_sentence(s.text, rng)) if rng.random() < share else s

    return [[turn(s) for s in p] for p in paragraphs]


def as_text(paragraphs: Paragraphs) -> str:
    """Return the text, a line a paragraph."""
    return "\n".join(plain(paragraphs))


def resplit(text: str) -> list[str]:
    """Return the sentences of a string (for operators that work on whole paragraphs)."""
    return split_sentences(text)
