"""The sentences of a draft that were taken from a report: each beside the one that it is nearest to, word by word."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.findings.utterances import common_places
from stemma.findings.wordings import plain_words
from stemma.tables import Span
from stemma.text.data import words_of
from stemma.text.numbers import read_number

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS = {"n't": "not", "n’t": "not", "ca": "can", "wo": "will"}
"""What the parser makes of "can't" and "won't"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its key as sentences are compared, its token, where it stands in the report, whether in marks."""

    key: str
    token: "Token"
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence of a report with its words; marks and points are none."""

    report: str
    span: Span
    words: tuple[Word, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared."""
        return tuple(w.key for w in self.words)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that have a meaning of their own."""
        return frozenset(self.keys) - words_of("findings", "function_words.txt")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a draft's sentence that stand where the sentence that it was taken from has others; either may be none.

    `at` and `other_at` are the numbers of the first of them in their sentences.
    """

    mine: tuple[Word, ...]
    theirs: tuple[Word, ...]
    at: int
    other_at: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A sentence of a draft, the one that it was taken from, what became of the words, and the others that are much like it."""

    mine: Sentence
    theirs: Sentence
    changes: tuple[Change, ...]
    beside: tuple[Sentence, ...]
    is_as_printed: bool
    """Whether the report prints it word for word."""


def taken_sentences(context: Context) -> list[Taken]:
    """Return the draft's sentences that are nearly one of a report, which no other sentence of the draft is nearer to.

    Of a report of which the draft has no telling, only quotations, it has those that are word for word the same: each may have
    heard the rest.
    """
    if context.draft is None:
        return []
    others = [s for r in sorted(context.reports) if r != context.draft for s in read_sentences(context, r)]
    holding = _holding(others)
    found = [c for m in read_sentences(context, context.draft) for c in [_candidate(m, others, holding)] if c]
    told = Counter(s.report for c in found if c.is_telling for s in c.best)
    nearest: dict[int, list[tuple[float, int, Taken]]] = defaultdict(list)
    for candidate in found:
        theirs = max(candidate.best, key=lambda s: told[s.report])
        if candidate.alike == 1.0 or told[theirs.report]:
            changes = tuple(_changes(candidate.mine, theirs))
            beside = tuple(s for s in candidate.near if s is not theirs)
            taken = Taken(candidate.mine, theirs, changes, beside, candidate.alike == 1.0)
            nearest[id(theirs)].append((candidate.alike, -candidate.mine.span[0], taken))
    return [max(held, key=itemgetter(0, 1))[2] for held in nearest.values()]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of a draft, those that are most like it, how much, and others on the same matter."""

    mine: Sentence
    best: tuple[Sentence, ...]
    alike: float
    near: tuple[Sentence, ...]

    @property
    def is_telling(self) -> bool:
        """Whether enough of it stands outside quotation marks."""
        return sum(not w.quoted for w in self.mine.words) >= thresholds.TAKEN_LENGTH


def _holding(sentences: Sequence[Sentence]) -> dict[str, list[int]]:
    """For each word of a meaning the numbers of the sentences that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, sentence in enumerate(sentences):
        for key in sentence.content:
            found[key].append(n)
    return found


def _candidate(mine: Sentence, others: Sequence[Sentence], holding: Mapping[str, Sequence[int]]) -> _Candidate | None:
    if len(mine.words) < thresholds.TAKEN_LENGTH:
        return None
    common = Counter(chain.from_iterable(holding.get(key, ()) for key in mine.content))
    near = [n for n, count in common.items() if count >= thresholds.BESIDE_SHARE * len(mine.content)]
    near.sort(key=lambda n: (-common[n], n))
    scored = [(alike(mine, others[n]), n) for n in near[: thresholds.TAKEN_TRIED]]
    most = max((score for score, _ in scored), default=0.0)
    if most < thresholds.TAKEN_SENTENCE_ALIKE:
        return None
    return _Candidate(mine, tuple(others[n] for score, n in scored if score == most), most, tuple(others[n] for n in near))


def read_sentences(context: Context, report: str) -> list[Sentence]:
    """Return the sentences of a report's body with their words."""
    marks = [(q.start, q.end) for q in context.mentions[report].quotations]
    found = []
    for paragraph in context.paragraphs[report]:
        held = [m for m in marks if m[0] < paragraph.end and paragraph.start < m[1]]
        for sentence in paragraph.doc.sents:
            span = (paragraph.start + sentence.start_char, paragraph.start + sentence.end_char)
            words = (_word(t, paragraph.start, held) for t in sentence)
            found.append(Sentence(report, span, tuple(w for w in words if w)))
    return found


def _word(token: "Token", offset: int, marks: Sequence[Span]) -> Word | None:
    key = _key(token)
    start = offset + token.idx
    return Word(key, token, start, start + len(token), any(s <= start < e for s, e in marks)) if key else None


def _key(token: "Token") -> str:
    text = token.lower_
    if text in _PARTS:
        return _PARTS[text]
    number = read_number(text) if token.like_num or text[:1].isdigit() else None
    if number is not None and text.replace(",", "").replace(".", "").isalnum() and text[-1:].isalnum():
        return f"#{number:g}" if text.replace(",", "").replace(".", "").isdigit() or text.isalpha() else text
    return text if token.is_currency else "".join(plain_words(text))


def alike(mine: Sentence, theirs: Sentence) -> float:
    """Return how much of two sentences is common, what the draft cut at either end left out; 1 where it has nothing else."""
    places = common_places(mine.keys, theirs.keys)
    same = [p for p in places if p[0]]
    if not same:
        return 0.0
    count = sum(end - start for _, start, end, *_ in same)
    length = len(mine.words) + same[-1][4] - same[0][3]
    return 2 * count / length


def _changes(mine: Sentence, theirs: Sentence) -> Iterator[Change]:
    for equal, start, end, began, ended in common_places(mine.keys, theirs.keys):
        if not equal:
            yield Change(mine.words[start:end], theirs.words[began:ended], start, began)
