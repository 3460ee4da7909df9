"""Words that were given to all: posts, public statements, and what stands in quotation marks anywhere in the story.

Two reports that embed one post, or print one company's statement, took nothing from each other, even where one of them
leaves out the marks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from stemma.descent.runs import SEED, Keys, seed_keys
from stemma.descent.telling import Telling
from stemma.descent.words import Words, read_words
from stemma.tables import Span

_MEDIA = r"(?:Twitter|Facebook|Instagram|Snapchat|Weibo|Telegram|YouTube|Reddit|LinkedIn|Tumblr|TikTok|VK|social media)"
_STATEMENT = re.compile(
    r"\b(?:in|issued|released|from|read|according to) (?:an?|the|his|her|their|its|this|that)\s(?:[\w-]+\s){0,3}"
    r"(?:statement|(?:press|news) release|tweets?|post|(?:news|press) conference|briefing|letter|memo|e-?mail|blog post|"
    r"filing)\b|\b(?:statement|release|spokes\w+) (?:read|reads|said|says|added|continued)\b|"
    r"\btold (?:reporters|journalists|the media|the press|a (?:news|press) (?:conference|briefing))\b|"
    rf"\b(?:re)?tweet(?:ed|ing|s)?\b|\b(?:wrote|said|posted|announced|shared|took|writing|saying|revealed|post|message)"
    rf"\b[^.\n]{{0,40}}\b(?:on|to|via) (?:\w+ )?{_MEDIA}\b"
)


def with_public_words(tellings: Sequence[Telling]) -> list[Telling]:
    """Return the tellings with their `given` words: those of posts and statements of the story, and those cited from a house."""
    public = np.unique(np.concatenate([np.zeros(0, np.uint64), *(keys for t in tellings for keys in _public(t))]))
    return [replace(t, words=_with_given(t, public)) for t in tellings]


def _public(telling: Telling) -> Iterator[Keys]:
    words = telling.words
    # What a house is quoted with in marks is its own and no public word, unless somebody told it.
    own = [(c.first, c.past) for c in telling.citations if not c.spoken]
    for first, past in words.quotations():
        if not any(a < past and first < b for a, b in own):
            yield seed_keys(words.folded[first:past])
    for first, past in _stated(words):
        yield seed_keys(words.folded[first:past])
    for start, end in telling.posts:
        yield seed_keys(read_words(telling.report.text, [(start, end)]).folded)


def _stated(words: Words) -> Iterator[Span]:
    """The sentences that say that they stand in a public statement."""
    for first, past in words.sentences:
        if _STATEMENT.search(words.text[words.starts[first] : words.ends[past - 1]]):
            yield first, past


def _with_given(telling: Telling, public: Keys) -> Words:
    words = telling.words
    keys = seed_keys(words.folded)
    found = np.flatnonzero(np.isin(keys, public))
    spans = [*((int(k), int(k) + SEED) for k in found), *_stated(words), *((c.first, c.past) for c in telling.citations)]
    given = tuple(_joined(sorted(spans)))
    return replace(words, given=given) if given else words


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    first, past = 0, 0
    for start, end in spans:
        if start > past:
            if past > first:
                yield first, past
            first = start
        past = max(past, end)
    if past > first:
        yield first, past
