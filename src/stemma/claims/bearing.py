"""Which reports bear out the words that a claim is called by: each name, figure and time in them, its verb, most of its words."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stemma.claims import thresholds
from stemma.claims.likeness import base_value
from stemma.claims.propositions import Proposition, is_content
from stemma.claims.relations import are_apart
from stemma.mentions import Mentions
from stemma.mentions.figures.units import same_dimension
from stemma.mentions.parse import Paragraph, kept
from stemma.tables import Figure, Report, Span, Time
from stemma.text.spans import between
from stemma.text.stems import meaning

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECT = ("nsubj", "nsubjpass")
_WORDS = ("word", "verb")


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says in the sentences that carry a claim (`own`), there or beside them (`words`), and anywhere (`all`)."""

    own: frozenset[str]
    words: frozenset[str]
    all: frozenset[str]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A name, number, time, verb or plain word of a line (`kind`): its tokens, and what of it a report must say."""

    kind: str
    tokens: frozenset[int]
    words: str
    meanings: frozenset[str]
    figure: Figure | None
    time: Time | None
    subject: bool

    def is_in(self, said: Said, common: frozenset[str]) -> bool:
        """Whether a report says it; of whom a clause tells, or where all of the story happens, it may name elsewhere."""
        if self.figure is not None:
            return any(_may_be(self.figure, other) for other in said.figures)
        if self.time is not None:
            return any(_touch(self.time, other) for other in said.times) or bool(self.meanings and self.meanings <= said.words)
        anywhere = self.subject or not self.meanings.isdisjoint(common)
        return not self.meanings.isdisjoint(said.all if anywhere and self.kind == "name" else said.words)


class Bearing:
    """What the reports of a story say, to ask which of them bear out a line."""

    def __init__(self, parsed: Sequence[tuple[Report, Sequence[Paragraph]]], mentions: Mapping[str, Mentions]) -> None:
        self._text = {r.id: r.text for r, _ in parsed}
        self._figures = {r.id: sorted(mentions[r.id].figures, key=lambda f: f.start) for r, _ in parsed}
        self._times = {r.id: sorted(mentions[r.id].times, key=lambda t: t.start) for r, _ in parsed}
        self._sentences: dict[str, list[tuple[int, int, frozenset[str]]]] = {}
        for report, paragraphs in parsed:
            self._sentences[report.id] = [
                (p.start + start, p.start + end, words)
                for p in sorted(paragraphs, key=lambda p: p.start)
                for start, end, words in _sentences(p.doc)
            ]
        self._starts = {r: [start for start, *_ in some] for r, some in self._sentences.items()}
        self._all = {r: frozenset[str]().union(*(w for *_, w in some)) for r, some in self._sentences.items()}
        held = Counter(word for words in self._all.values() for word in words)
        self._common = frozenset(w for w, n in held.items() if n >= thresholds.COMMON_NAME * len(self._all))

    def _said(self, members: Sequence[Proposition]) -> Said:
        """What the sentences of some members of one report say, and those beside them."""
        report = members[0].report
        own: set[str] = set()
        words: set[str] = set()
        spans: list[Span] = []
        for m in members:
            first, last = (bisect_right(self._starts[report], at) - 1 for at in (m.sentence[0], m.sentence[1] - 1))
            near = self._sentences[report][max(0, first - 1) : max(first, last) + 2]
            own.update(*(w for *_, w in self._sentences[report][max(0, first) : max(first, last) + 1]))
            words.update(*(w for *_, w in near))
            spans += [(near[0][0], near[-1][1])] if near else []
        figures = tuple(f for span in spans for f in between(self._figures[report], *span))
        times = tuple(t for span in spans for t in between(self._times[report], *span))
        return Said(frozenset(own), frozenset(words), self._all[report], figures, times)

    def each_said(self, members: Sequence[Proposition]) -> dict[str, Said]:
        """Return for each report what it says around its members; reports that print one text share what they say."""
        mine: dict[str, list[Proposition]] = defaultdict(list)
        for m in members:
            mine[m.report].append(m)
        known: dict[object, Said] = {}
        found = {}
        for report, some in mine.items():
            key = self._text[report], tuple(m.sentence for m in some)
            if key not in known:
                known[key] = self._said(some)
            found[report] = known[key]
        return found

    def pieces(self, m: Proposition, shown: "Sequence[Token]", at: int) -> list[Piece]:
        """Return the pieces of some tokens of a member's paragraph, which begins at `at`; its own quantity is none."""
        own = m.figure or m.when
        places = {at + t.idx for t in shown}
        first, past = min(places, default=0), max(places, default=0) + 1
        near = between(self._times[m.report], first, past)
        times = [t for t in near if t.start in places and t.type in ("DATE", "TIME")]
        taken = [(t.start, t.end) for t in times]
        figures = [f for f in between(self._figures[m.report], first, past) if f.start in places and not _within(f.start, taken)]
        found = []
        quantities: list[Figure | Time] = [*times, *figures]
        for quantity in quantities:
            tokens = [t for t in shown if quantity.start <= at + t.idx < quantity.end]
            if isinstance(quantity, Figure):
                piece = _piece("number", tokens, figure=quantity)
            else:
                piece = _piece("time", tokens, time=quantity)
            dated = piece.time is None or piece.time.begin
            if dated and not (own and quantity.start == own.start):
                found.append(piece)
        spans = [(q.start, q.end) for q in quantities]
        return [*found, *_plain_pieces([t for t in shown if not _within(at + t.idx, spans)], shown)]

    def lacking(self, pieces: Iterable[Piece], said: Said) -> dict[Piece, bool]:
        """Return the pieces that a report does not say where it carries the claim, and whether it does not say them beside it."""
        mine = replace(said, words=said.own)
        return {p: not p.is_in(said, self._common) for p in pieces if not p.is_in(mine, self._common)}


def bears_out(pieces: Sequence[Piece], lost: Mapping[Piece, bool], more: int = 0) -> bool:
    """Return whether a report that lacks some pieces bears out a line of these, and of `more` that it is known to say.

    All names, figures and times, and most of all: one other word in five may be another word for the same.
    """
    if any(gone and p.kind not in _WORDS for p, gone in lost.items() if p in pieces):
        return False
    words = [p for p in pieces if p.kind in _WORDS]
    if sum(p in lost for p in words) > (1 - thresholds.BORNE_THERE) * len(words):
        return False
    whole = more + len(pieces)
    return whole - sum(lost.get(p, False) for p in words) >= thresholds.BORNE * whole


def _plain_pieces(plain: "Sequence[Token]", shown: "Sequence[Token]") -> "Iterator[Piece]":
    """The names, the verb and the other words among some tokens of a line."""
    told = _main_word(shown)
    subject = {t.i for c in told.children if c.dep_ in _SUBJECT for t in c.subtree} if told is not None else set()
    for name in _names(plain):
        yield _piece("name", name, subject=any(t.i in subject for t in name))
    for t in plain:
        if t.pos_ != "PROPN" and is_content(t):
            yield _piece("verb" if t is told else "word", [t])


def _piece(
    kind: str, tokens: "Sequence[Token]", figure: Figure | None = None, time: Time | None = None, subject: bool = False
) -> Piece:
    means = frozenset(meaning(t.lemma_) for t in tokens if is_content(t))
    return Piece(kind, frozenset(t.i for t in tokens), " ".join(t.text for t in tokens), means, figure, time, subject)


def _main_word(shown: "Sequence[Token]") -> "Token | None":
    """The word of a line that says what is told: its verb, of "is" and "was" what stands behind it."""
    inside = {t.i for t in shown}
    root = next((t for t in shown if t.head.i == t.i or t.head.i not in inside), None)
    while root is not None and not is_content(root):
        below = next((c for c in root.children if c.dep_ == "ccomp" and c.i in inside), None)
        if below is None:
            break
        root = below
    if root is not None and root.pos_ == "AUX":
        return next((c for c in root.children if c.dep_ in ("attr", "acomp") and c.i in inside), root)
    return root


def _names(tokens: "Iterable[Token]") -> "Iterator[list[Token]]":
    """The runs of tokens that are proper names."""
    run: list[Token] = []
    for t in tokens:
        if run and (t.pos_ != "PROPN" or run[-1].i != t.i - 1):
            yield run
            run = []
        if t.pos_ == "PROPN" and is_content(t):
            run.append(t)
    if run:
        yield run


def _touch(one: Time, other: Time) -> bool:
    if one.value == other.value:
        return True
    known = one.begin and one.until and other.begin and other.until
    return bool(known and one.begin <= other.until and other.begin <= one.until)  # type: ignore[operator]


def _may_be(one: Figure, other: Figure) -> bool:
    """Whether two numbers are the same, or a bound ("more than 200") and a number in it of the same things."""
    if same_dimension(one.unit, other.unit) and base_value(one) == base_value(other):
        return True
    a, b = sorted((abs(one.value), abs(other.value)))
    return (
        one.unit == other.unit
        and one.counted == other.counted
        and not are_apart(one, other)
        and a >= thresholds.DIFFERING_NEAR * b
    )


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


@kept
def _sentences(doc: "Doc") -> tuple[tuple[int, int, frozenset[str]], ...]:
    return tuple((s.start_char, s.end_char, frozenset(meaning(t.lemma_) for t in s if is_content(t))) for s in doc.sents)
