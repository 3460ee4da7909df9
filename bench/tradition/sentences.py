"""Texts as paragraphs of sentences that remember whose words they are, through rewording, merging and splitting."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

ABBREVIATIONS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|No|vs|Inc|Corp|Co|Jan|Feb|Aug|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b[ap]\.m|U\.S|D\.C)\.$"
)
END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘(]?[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as one node prints it; `keys` are the sentences of the first writers that it renders."""

    text: str
    keys: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """Its length in words."""
        return len(self.text.split())


Paragraphs = list[list[Sentence]]


def split_paragraphs(texts: Iterable[str], owner: str) -> Paragraphs:
    """Return the paragraphs as sentences, each with a key of its own under the owner's name."""
    paragraphs: Paragraphs = []
    for n, text in enumerate(texts):
        sentences = split_sentences(text)
        paragraphs.append([Sentence(s, (f"{owner}:{n}.{m}",)) for m, s in enumerate(sentences)])
    return [p for p in paragraphs if p]


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; initials and common abbreviations end none."""
    found, start = [], 0
    for match in END.finditer(text):
        if ABBREVIATIONS.search(text[start : match.start() + 1]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [s for s in found if s]


def flat(paragraphs: Paragraphs) -> list[Sentence]:
    """Return all sentences in order."""
    return [s for p in paragraphs for s in p]


def words(paragraphs: Paragraphs) -> int:
    """Return the length of a text in words."""
    return sum(s.words for s in flat(paragraphs))


def plain(paragraphs: Paragraphs) -> list[str]:
    """Return the paragraphs as strings."""
    return [" ".join(s.text for s in p) for p in paragraphs if p]


def fold(text: str) -> str:
    """Return the words of a text alone, in lower case: what typography and punctuation do not change."""
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "'").replace("'", "")))


def realign(before: Paragraphs, after: list[list[str]]) -> Paragraphs:
    """Return plain strings as sentences again, each with the keys of the sentences that it shares most words with."""
    known = [(s, set(fold(s.text).split())) for s in flat(before)]
    return [[_with_keys(text, known) for text in p] for p in after if p]


def _with_keys(text: str, known: list[tuple[Sentence, set[str]]]) -> Sentence:
    own = set(fold(text).split())
    scored = [(len(own & w) / max(1, min(len(own), len(w))), len(own & w), s) for s, w in known]
    close = [s for share, shared, s in scored if share >= 0.5 and shared >= min(4, len(own))]
    return Sentence(text, tuple(k for s in close[:3] for k in s.keys))


def reworded(sentence: Sentence, text: str) -> Sentence:
    """Return the sentence in other words, its keys kept."""
    return replace(sentence, text=text)
