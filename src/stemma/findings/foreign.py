"""What somebody said in another language, put into English by two hands that chose other words."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from stemma.findings.context import Context, evidence
from stemma.findings.make import make
from stemma.findings.occasions import is_one_occasion
from stemma.findings.speakers import are_two_of_a_name, surnames
from stemma.findings.utterances import Quoted
from stemma.findings.wordings import wording
from stemma.tables import Finding
from stemma.text.data import rows, words_of
from stemma.text.normal import fold
from stemma.text.numbers import read_number

WORDS = 7
SHARE = 0.5
"""Share of the words with a meaning of their own that answer one another."""
ANSWERED = 3
"""Words that answer one another at the least."""
THE_SAME = 2
"""Of them words that both print, in whatever form: the rest may be synonyms."""
LONGER = 1.7
HOURS = 24
"""Hours within which the first prints of what was said on one occasion appear: a page from abroad comes a day later."""
STEM = 5
NEGATIVE = ("not", "no", "none", "nobody", "never", "nothing", "nor", "neither")
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


@dataclass(frozen=True, slots=True)
class _Pair:
    a: Quoted
    b: Quoted
    share: float


def foreign_variants(
    context: Context, said: Sequence[Quoted], translated: Collection[str], shown: Collection[tuple[str, int]]
) -> Iterator[Finding]:
    """Yield the utterances that reports without a common origin print in other words, where words show another language.

    `translated` are reports that a program put into English; `shown` are the places of quotations that other findings speak of.
    """
    first_prints = _first_prints(context, said)
    best = _best(_pairs(context, first_prints, translated))
    pairs = [p for p in best if not {(q.report, q.span[0]) for q in (p.a, p.b)} & set(shown)]
    kin: dict[Quoted, list[Quoted]] = defaultdict(list)
    for p in pairs:
        kin[p.a].append(p.b)
        kin[p.b].append(p.a)
    used: set[Quoted] = set()
    for first in sorted(kin, key=lambda q: (-len(kin[q]), q.report, q.span)):
        group = [first, *(q for q in kin[first] if q not in used)]
        if first in used or len(group) < 2:
            continue
        used.update(group)
        yield one_utterance(context, group, "separate translations of words in another language")


def one_utterance(context: Context, group: Sequence[Quoted], why: str) -> Finding:
    """Return the finding that quotations are versions of one utterance, with why their words are others."""
    reports = sorted({q.report for q in group})
    message = (
        f"{len(reports)} reports that did not copy each other print one utterance in other words inside the marks: "
        f"{why} ({', '.join(context.name(r) for r in reports)})."
    )
    proof = [evidence(q.report, q.span) for q in group]
    return make(context, "translation variants", "low", message, reports, proof)


def answered(one: Sequence[str], other: Sequence[str]) -> tuple[float, int, int]:
    """Return the share of meaningful words of two wordings that answer one another, how many do, and how many are the same."""
    mine, theirs = _meaningful(one), _meaningful(other)
    count, same, left = 0, 0, list(theirs)
    for exact in (True, False):
        for word in list(mine):
            match = next((w for w in left if (_stem(w) == _stem(word) if exact else _senses(w) & _senses(word))), None)
            if match is not None:
                mine.remove(word)
                left.remove(match)
                count, same = count + 1, same + exact
    total = len(_meaningful(one)) + len(theirs)
    return (2 * count / total if total else 0.0), count, same


def _first_prints(context: Context, said: Sequence[Quoted]) -> list[Quoted]:
    """Of the quotations in the same words the one that was printed first: what a later report repeats was said before."""
    first: dict[tuple[str, ...], Quoted] = {}
    for q in said:
        held = first.get(q.words)
        if held is None or context.is_earlier(q.report, held.report):
            first[q.words] = q
    return list(first.values())


def _pairs(context: Context, said: Sequence[Quoted], translated: Collection[str]) -> Iterator[_Pair]:
    long = [q for q in said if len(q.words) >= WORDS]
    foreign = {q for q in long if q.report in translated or _foreign().search(_around(context, q))}
    for a, b in combinations(long, 2):
        if a not in foreign and b not in foreign:
            continue
        lengths = sorted((len(a.words), len(b.words)))
        if a.report == b.report or a.words == b.words or lengths[1] > LONGER * lengths[0] or context.related(a.report, b.report):
            continue
        share, count, same = answered(a.words, b.words)
        if share < SHARE or count < ANSWERED or same < THE_SAME:
            continue
        if _is_one_speaker(context, a, b) and _is_one_day(context, a, b) and is_one_occasion(context, a, b, False, HOURS):
            yield _Pair(a, b, share)


def _best(pairs: Iterator[_Pair]) -> list[_Pair]:
    """The pairs of which neither quotation answers another one of the other report better."""
    held = list(pairs)
    best: dict[tuple[Quoted, str], float] = {}
    for p in held:
        for one, other in ((p.a, p.b), (p.b, p.a)):
            best[one, other.report] = max(p.share, best.get((one, other.report), 0.0))
    return [p for p in held if p.share >= best[p.a, p.b.report] and p.share >= best[p.b, p.a.report]]


def _is_one_speaker(context: Context, a: Quoted, b: Quoted) -> bool:
    """Whether two quotations are one person's: one source, or the one is named beside the other's words."""
    if a.source and a.source == b.source:
        return True
    sources = [context.sources.get(q.source or "") for q in (a, b)]
    names = [surnames(s) if s else frozenset() for s in sources]
    if names[0] and names[1]:
        return bool(names[0] & names[1]) and not are_two_of_a_name(*sources)
    near = [set(re.findall(r"\w+", fold(_around(context, q)))) for q in (a, b)]
    return bool(names[0] & near[1] or names[1] & near[0])


def _is_one_day(context: Context, a: Quoted, b: Quoted) -> bool:
    """Whether no two days are named beside the words."""
    days = [set(_DAY.findall(_around(context, q))) for q in (a, b)]
    return not days[0] or not days[1] or bool(days[0] & days[1])


def _around(context: Context, quoted: Quoted) -> str:
    """The quotation's paragraph without what stands inside these marks."""
    paragraph = context.paragraph(quoted.report, quoted.span[0])
    if paragraph is None:
        return ""
    low, high = quoted.span
    return f"{context.words(quoted.report, (paragraph.start, low))} {context.words(quoted.report, (high, paragraph.end))}"


def _meaningful(words: Sequence[str]) -> list[str]:
    return [w for w in map(_plain, words) if w not in words_of("findings", "function_words.txt")]


def _plain(word: str) -> str:
    """A word without what hangs on it: "wouldn't" says not, "it's" says it."""
    return "not" if word.endswith("n't") else word.split("'")[0]


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """What says beside a quotation that it was said in another language: "in Spanish", "on Portuguese television"."""
    tongue = rf"(?:{'|'.join(sorted(words_of('findings', 'languages.txt')))})"
    beside = rf"{tongue}(?:-language|-speaking)?(?: state| public)? {wording('medium')}"
    return re.compile(rf"\bin {tongue}\b|\b{beside}\b|\btranslat(?:or|ion|ed)\b|\binterpreter\b")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    number = read_number(word)
    if number is not None:
        return f"#{number:g}"
    return "not" if word in NEGATIVE else word[:STEM]


@lru_cache(maxsize=20_000)
def _senses(word: str) -> frozenset[str]:
    return frozenset({_stem(word), *_sets().get(word, ()), *_sets().get(_stem(word), ())})


@lru_cache(maxsize=1)
def _sets() -> Mapping[str, set[str]]:
    """For each word of data/said.tsv, and its beginning, the sets that it stands in."""
    table: dict[str, set[str]] = defaultdict(set)
    for n, words in enumerate(rows("findings", "said.tsv")):
        for word in words:
            table[word].add(f"={n}")
            table[_stem(word)].add(f"={n}")
    return table
