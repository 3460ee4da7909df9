"""Quotations of different reports that render one utterance: whose words, said when, and how the prints differ."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, product

from rapidfuzz.distance import LCSseq

from stemma.claims.same_thing import instant
from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.findings.wordings import compared_words, meaningful
from stemma.tables import Source, Span
from stemma.text.data import words_of
from stemma.text.moments import DAY
from stemma.text.normal import fold
from stemma.text.numbers import read_number
from stemma.text.stems import stem

_MARKED_CUT = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]*\]|\([^)]*\)")
_NESTED = re.compile(r"''|[\"“”]")
BESIDE = 2
"""Words on either side of a changed place that a message shows."""
Place = tuple[bool, int, int, int, int]
"""Whether two wordings are equal at a place, and where it begins and ends in the one and the other."""
NO_TWINS: Mapping[str, tuple[str, int]] = {}
_OF_AN_OFFICE = frozenset(("to", "of", "for", "at", "in", "from", "on"))
"""Words in the name of an office, "the ambassador to the United Nations", and of no person."""
_ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words inside the marks of one quotation, and who said them (a source's id, or None).

    `explained` when brackets or dots mark that something was added or left out.
    """

    report: str
    span: Span
    source: str | None
    words: tuple[str, ...]
    explained: bool = False
    printed: tuple[str, ...] = ()
    """The words as they are printed; one is empty where it stands in the word before ("didn't")."""

    def __hash__(self) -> int:
        # Asked for of each two prints of a quotation; its words need not be read for that.
        return hash((self.report, self.span, self.source))

    def shown(self, start: int, end: int) -> str:
        """Return a run of the words as they are printed."""
        return " ".join(w for w in (self.printed or self.words)[start:end] if w)


@dataclass(frozen=True, slots=True)
class Rendering:
    """Two quotations of one utterance: `changed` words differ inside what both print (not a mere cut), as (of a, of b)."""

    a: Quoted
    b: Quoted
    alike: float
    changed: tuple[tuple[str, str], ...]
    run: int
    """Words of the longest run that both print."""
    ends: int = 0
    """Words before, or behind, what both print that either has instead of the other's, and the other has nowhere."""


def story_quotations(context: Context) -> list[Quoted]:
    """Return all quotations of the story that are long enough to be told apart."""
    found = []
    for s in context.statements:
        for span in s.quotations:
            text = context.words(s.report, span)
            words = compared_words(text)
            if len(words) >= thresholds.QUOTATION_WORDS and not _NESTED.search(text):
                plain, printed = (tuple(side) for side in zip(*words, strict=True))
                found.append(Quoted(s.report, span, s.source, plain, bool(_MARKED_CUT.search(text)), printed))
    return found


def renderings(quotations: Sequence[Quoted], twin: Mapping[str, tuple[str, int]] = NO_TWINS) -> list[Rendering]:
    """Return the pairs of quotations of different reports that render one utterance; of two known speakers only near prints.

    Each two wordings are compared once, however many reports print them. `twin` names for each report the first that prints its
    body, and where the body begins: one quotation of many prints of a text stands beside that of the next print alone.
    """
    compared: dict[tuple[tuple[str, ...], tuple[str, ...], bool], Rendering | None] = {}
    pairs = []
    for a, b in _candidates(quotations, twin):
        key = (a.words, b.words, a.explained or b.explained)
        if key not in compared:
            compared[key] = _compare(a, b)
        known = compared[key]
        if known is None:
            continue
        pair = Rendering(a, b, known.alike, known.changed, known.run, known.ends)
        if not is_of_two(pair) or pair.alike >= thresholds.NEARLY_ALIKE:
            pairs.append(pair)
    return pairs


def differing(context: Context, prints: Sequence[Rendering]) -> list[Rendering]:
    """Return the renderings whose words differ and that are not given to two named speakers."""
    return [r for r in prints if r.changed and not are_two_named(context, r)]


def is_of_two(rendering: Rendering) -> bool:
    """Return whether the two prints of an utterance have two sources."""
    return bool(rendering.a.source and rendering.b.source and rendering.a.source != rendering.b.source)


def are_two_named(context: Context, rendering: Rendering) -> bool:
    """Return whether two prints of an utterance have two speakers with names that share no word."""
    if not is_of_two(rendering):
        return False
    one, other = (context.sources.get(q.source or "") for q in (rendering.a, rendering.b))
    return bool(one and other and surnames(one) and surnames(other) and not surnames(one) & surnames(other))


@lru_cache(maxsize=5000)
def surnames(source: Source) -> frozenset[str]:
    """Return the last words of a source's names that are names of a person: two capitals or more, no article before them."""
    found = set()
    for name in (source.name, *source.names):
        words = [w for w in name.split() if w not in words_of("findings", "particles.txt")]
        if _OF_AN_OFFICE & set(words) or words[:1] in (["the"], ["The"]):
            continue
        if len(words) > 1 and all(w[:1].isupper() for w in words[-2:]):
            found.add(fold(words[-1]))
    return frozenset(found)


def are_two_of_a_name(one: Source | None, other: Source | None) -> bool:
    """Return whether two sources are two of one family: each has a first name, and they have none in common."""
    first = [{fold(n.split()[0]) for n in (s.name, *s.names) if len(n.split()) > 1} if s else set() for s in (one, other)]
    return bool(first[0] and first[1] and not first[0] & first[1])


def is_one_occasion(context: Context, one: Quoted, other: Quoted, alike: bool, hours: float | None = None) -> bool:
    """Return whether two quotations are of one occasion; where a day is not known, they must be `alike`, or long."""
    moments = [context.printed(q.report) for q in (one, other)]
    first, second = (instant(m) for m in moments)
    if first is None or second is None:
        return alike or min(len(one.words), len(other.words)) >= thresholds.OCCASION_WORDS
    if all(m and len(m) > DAY for m in moments):
        return abs(first - second) <= (hours or thresholds.OCCASION_HOURS) * 3600
    days = abs(first - second) / 86400
    # What one of two pages of two days prints in nearly the words of the other was hardly said twice.
    return days < 1 or (alike and days < 2 and min(len(one.words), len(other.words)) >= thresholds.SENTENCE_WORDS)


def _candidates(quotations: Sequence[Quoted], twin: Mapping[str, tuple[str, int]]) -> Iterator[tuple[Quoted, Quoted]]:
    """The pairs of quotations of two reports whose wordings have enough words in common."""
    first = {q.report: twin.get(q.report, (q.report, 0)) for q in quotations}
    held: dict[tuple[str, ...], list[Quoted]] = {}
    for q in quotations:
        held.setdefault(q.words, []).append(q)
    prints = list(held.values())
    texts = [{first[q.report][0] for q in of} for of in prints]
    # The second "the" of a wording is another thing than the first.
    bags = [{(word, n) for word, often in Counter(words).items() for n in range(often)} for words in held]
    common = _sharing(bags, thresholds.COMMON_WORDS)
    for one, of in enumerate(prints):
        yield from ((a, b) for a, b in _of_one_wording(of, first) if a.report != b.report)
        for other in sorted(common[one]):
            if len(texts[one] | texts[other]) == 1:
                continue
            for a, b in product(of, prints[other]):
                # What one text quotes in two wordings, no print of it changed.
                if first[a.report][0] != first[b.report][0]:
                    yield a, b


def _sharing(things: Sequence[Set[Hashable]], least: int) -> list[set[int]]:
    """For each set the numbers of the later ones that have so many things in common with it."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for n, held in enumerate(things):
        for thing in held:
            places[thing].append(n)
    found = []
    for n, held in enumerate(things):
        often = Counter(chain.from_iterable(places[thing] for thing in held))
        found.append({other for other, count in often.items() if count >= least and other > n})
    return found


def _of_one_wording(quotations: Sequence[Quoted], first: Mapping[str, tuple[str, int]]) -> Iterator[tuple[Quoted, Quoted]]:
    """Each two quotations of the same words, but of one place in prints of one text only those that follow one another."""
    begins = ((q, *first[q.report]) for q in quotations)
    place = [(text, q.span[0] - begin, q.span[1] - begin, q.source) for q, text, begin in begins]
    following: dict[int, int] = {}
    last: dict[object, int] = {}
    for n, at in enumerate(place):
        if at in last:
            following[last[at]] = n
        last[at] = n
    for n, a in enumerate(quotations):
        for m in range(n + 1, len(quotations)):
            if place[n] != place[m] or following.get(n) == m:
                yield a, quotations[m]


def _compare(a: Quoted, b: Quoted) -> Rendering | None:
    short, long = sorted((a.words, b.words), key=len)
    if f" {' '.join(short)} " in f" {' '.join(long)} ":
        return Rendering(a, b, 1.0, (), len(short))
    least = max(thresholds.COMMON_WORDS, math.ceil(thresholds.UTTERANCE_SHARE * len(short)))
    if LCSseq.similarity(a.words, b.words) < least:
        return None
    codes = _anchored(common_places(a.words, b.words))
    blocks = [code for code in codes if code[0]]
    same = sum(end - start for _, start, end, *_ in blocks)
    if same < least:
        return None
    first, last = blocks[0], blocks[-1]
    # What both print lies between the first and the last words in common; the rest may be another cut of one utterance.
    alike = 2 * same / (last[2] - first[1] + last[4] - first[3])
    if alike < thresholds.ALTERED_ALIKE:
        return None
    changed = tuple((a.shown(i, j), b.shown(k, m)) for _, i, j, k, m in _changes(a, b, codes))
    longest = max(end - start for _, start, end, *_ in blocks)
    before, behind = (a.words[: first[1]], b.words[: first[3]]), (a.words[last[2] :], b.words[last[4] :])
    ends = max(min(_lacking(one, b), _lacking(other, a)) for one, other in (before, behind))
    return Rendering(a, b, round(alike, 3), changed, longest, ends)


def changed_places(a: Quoted, b: Quoted) -> list[Place]:
    """Return the places of two prints of one utterance where words differ inside what both print, and not in spelling."""
    return _changes(a, b, _anchored(common_places(a.words, b.words)))


class Told:
    """The parts of quotations of which a finding tells already: another sentence of a quotation may be altered as well."""

    def __init__(self) -> None:
        self._parts: dict[Quoted, list[Span]] = defaultdict(list)

    def has(self, mine: Quoted, other: Quoted) -> bool:
        """Return whether a finding tells of words of a quotation that another renders."""
        start, end = _shared_part(mine, other)
        return any(start < past and begin < end for begin, past in self._parts[mine])

    def add(self, mine: Quoted, other: Quoted) -> None:
        """Keep that a finding tells of what another quotation renders of this one."""
        self._parts[mine].append(_shared_part(mine, other))


def _shared_part(mine: Quoted, other: Quoted) -> Span:
    same = [place for place in _anchored(common_places(mine.words, other.words)) if place[0]]
    return (same[0][1], same[-1][2]) if same else (0, len(mine.words))


def _changes(a: Quoted, b: Quoted, codes: Sequence[Place]) -> list[Place]:
    apart = [place for place in codes if not place[0]]
    mine = Counter(word for _, i, j, *_ in apart for word in a.words[i:j])
    theirs = Counter(word for *_, k, m in apart for word in b.words[k:m])
    return [
        (equal, i, j, k, m)
        for n, (equal, i, j, k, m) in enumerate(codes)
        if not equal
        and not (n in (0, len(codes) - 1) and _is_cut(j - i, m - k))
        and not _is_spelling(a.words[i:j], b.words[k:m])
        # What one side lacks may be what the other's brackets or dots stand for.
        and not ((i == j or k == m) and (a.explained or b.explained))
        and not (k == m and _is_moved(a.words[i:j], theirs))
        and not (i == j and _is_moved(b.words[k:m], mine))
    ]


def _is_moved(words: Sequence[str], elsewhere: Counter[str]) -> bool:
    """Whether words that one side lacks stand at another place of it: "8 November" and "November 8"."""
    return bool(meaningful(words)) and Counter(words) <= elsewhere


def _lacking(words: Sequence[str], other: Quoted) -> int:
    """How many of the words another quotation has nowhere, in any form: a part that only changed its place is in both."""
    held = {stem(w) for w in other.words}
    return sum(stem(w) not in held for w in words)


def printed_around(context: Context, quoted: Quoted, start: int, end: int) -> str:
    """Return words of a quotation as its report prints them, with a word or two beside them."""
    words = [w for w in quoted.printed[max(0, start - BESIDE) : end + BESIDE] if w]
    pattern = r"\W+".join(re.escape(w).replace("'", "['’]") for w in words)
    found = re.search(rf"\b{pattern}\b", context.words(quoted.report, quoted.span))
    return found[0] if found else " ".join(words)


def common_places(one: Sequence[str], other: Sequence[str]) -> list[Place]:
    """Return the places of two wordings, in order: whether they are equal, and where they stand in the one and the other."""
    # The longest run first: "I'll miss the crew. I'll miss sailing" against "I'll miss sailing" is another beginning.
    codes: list[Place] = []
    for tag, start, past, began, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        codes.append((tag == "equal", start, past, began, end))
    return codes


def _anchored(codes: list[Place]) -> list[Place]:
    """The places but for a word or two in common at an end, far from the rest: "I" begins many a sentence."""
    equal = [n for n, code in enumerate(codes) if code[0]]
    first, last = 0, len(codes)
    if len(equal) > 1 and _is_loose(codes[equal[0]], codes[equal[0] + 1]):
        first = equal[0] + 1
    if len(equal) > 1 and _is_loose(codes[equal[-1]], codes[equal[-1] - 1]):
        last = equal[-1]
    return codes[first:last]


def _is_loose(block: Place, gap: Place) -> bool:
    return block[2] - block[1] <= thresholds.LOOSE_WORDS and max(gap[2] - gap[1], gap[4] - gap[3]) > thresholds.CUT_WORDS


def _is_cut(one: int, other: int) -> bool:
    """Words at an end that only one side prints, or many more than the other, are where one of them left off."""
    return not one or not other or max(one, other) > thresholds.CUT_WORDS or abs(one - other) > 1


@lru_cache(maxsize=20_000)
def _is_spelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two runs are one word in two spellings: "head teacher" and "headteacher", "100" and "a hundred", or an article."""
    joined = ["".join(w for w in run if w not in _ARTICLES).replace("'", "") for run in (one, other)]
    if joined[0] == joined[1]:
        return True
    short, long = sorted((one, other), key=len)
    if len(long) > 1 and "".join(short) == "".join(w[:1] for w in long):
        return True
    numbers = [_number(run) for run in (one, other)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _number(run: Sequence[str]) -> float | None:
    words = ["one" if w == "a" and len(run) > 1 else w for w in run if w != "and"]
    return read_number(" ".join(words)) if words and all(read_number(w) is not None for w in words) else None
