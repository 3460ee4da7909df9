"""What a draft changed in a sentence that it took: a number, a day, a unit, a name, a speaker, a “not”, a word of caution."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from stemma.claims.thresholds import COPIED_WORDS
from stemma.findings import thresholds
from stemma.findings.context import Context, evidence
from stemma.findings.kinds import (
    ALTERED_QUOTATION,
    ALTERED_TELLING,
    DROPPED_CAVEAT,
    FIGURE_CONFLICT,
    FIGURE_SHARPENED,
    FIGURE_UPDATED,
    OTHER_SPEAKER,
    TRANSLATION_VARIANTS,
    Kind,
)
from stemma.findings.taken_sentences import Change, Sentence, Taken, Word, alike
from stemma.mentions.figures.units import unit_after
from stemma.tables import Finding
from stemma.text.countries import country
from stemma.text.data import rows, words_of
from stemma.text.numbers import read_number
from stemma.text.stems import stem

_NOT = frozenset(("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without"))
_ONLY = frozenset(("only", "just", "merely", "least", "less", "fewer", "more", "longer", "later"))
"""Words beside a "no" that make another thing of it: "not only", "no less than"."""
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_MONTHS = frozenset(
    (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip
_CALENDAR = (_DAYS, _MONTHS)
_GROUPS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "group", "NORP": "people"}
_HOUR = re.compile(r":\d|\d[ap]m$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAID = re.compile(r"\b(?:said|says|told|according|claim\w*|report\w*|alleg\w*|accus\w*)\b")
_OF_WORDS = frozenset((ALTERED_QUOTATION.name, FIGURE_SHARPENED.name, TRANSLATION_VARIANTS.name))
_KINDRED = {FIGURE_UPDATED.name: FIGURE_CONFLICT.name, FIGURE_SHARPENED.name: DROPPED_CAVEAT.name}
"""Kinds of which one says of words what the other does."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a change is, the words of both sides that are shown, and how it is put."""

    kind: Kind
    mine: Sequence[Word]
    theirs: Sequence[Word]
    told: str = "{draft} prints {mine} where {other} has {theirs}: “{sentence}”."


def altered_tellings(context: Context, sentences: Sequence[Taken], told: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what a draft changed in the sentences that it took from reports, and what `told` does not say already."""
    if not sentences:
        return
    shown = {(_KINDRED.get(f.kind, f.kind), e.start, e.end) for f in told for e in f.evidence if e.report == context.draft}
    names = _Names(context)
    for taken in sentences:
        start, end = taken.mine.span
        known = {kind for kind, begin, past in shown if begin < end and start < past}
        for change in taken.changes:
            found = _judged(context, names, taken, change)
            if found and _KINDRED.get(found.kind.name, found.kind.name) not in known:
                known.add(_KINDRED.get(found.kind.name, found.kind.name))
                yield _finding(context, taken, found)


def as_printed(context: Context, sentences: Sequence[Taken], finding: Finding) -> bool:
    """Return whether a finding is of words that the draft changed, and it has them word for word from a report."""
    if finding.kind not in _OF_WORDS:
        return False
    mine = [e for e in finding.evidence if e.report == context.draft]
    faithful = [t.mine.span for t in sentences if t.is_as_printed]
    spans = [s for e in mine for s in context.sentences(e.report) if s[0] < e.end and e.start < s[1]]
    return bool(mine) and all(s in faithful for s in spans)


def _finding(context: Context, taken: Taken, found: _Judged) -> Finding:
    mine, theirs = taken.mine, taken.theirs
    message = found.told.format(
        draft=context.name(mine.report), other=context.name(theirs.report), sentence=context.words(theirs.report, theirs.span),
        mine=_shown(context, mine, found.mine), theirs=_shown(context, theirs, found.theirs),
    )  # fmt: skip
    place = (found.mine[0].start, found.mine[-1].end) if found.mine else mine.span
    proof = [evidence(mine.report, place), evidence(theirs.report, theirs.span)]
    if found.kind is not ALTERED_TELLING:
        # The modules of the other kinds have it from whole copies; here it hangs on one sentence, which is as sure.
        return context.finding(found.kind, message, [mine.report], proof)
    return context.finding(ALTERED_TELLING, message, [mine.report], proof)


def _shown(context: Context, sentence: Sentence, words: Sequence[Word]) -> str:
    return f"“{context.words(sentence.report, (words[0].start, words[-1].end))}”" if words else "nothing"


def _judged(context: Context, names: "_Names", taken: Taken, change: Change) -> _Judged | None:
    """What a change of words is, if it is one of what is said and no other report has it so."""
    found = (
        _other_number(context, taken, change)
        or _other_day(change)
        or _other_unit(taken, change)
        or _other_name(context, names, taken, change)
        or _no_longer_denied(taken, change)
        or _no_longer_bounded(taken, change)
        or _no_longer_cautious(taken, change)
        or _other_words_in_marks(change)
    )
    if found is None or _stands_elsewhere(taken, change):
        return None
    if found.kind is not OTHER_SPEAKER and _in_marks(change):
        return _Judged(ALTERED_QUOTATION, change.mine, change.theirs, _IN_MARKS)
    return found


_IN_MARKS = "{draft} prints {mine} inside quotation marks where {other} has {theirs}: “{sentence}”."


def _in_marks(change: Change) -> bool:
    return all(w.quoted for w in (*change.mine, *change.theirs))


def _stands_elsewhere(taken: Taken, change: Change) -> bool:
    """Whether another report's sentence on the same matter has the draft's words, and not those that they replaced."""
    mine, theirs = ({w.key for w in side} for side in (change.mine, change.theirs))
    new, old = mine - theirs, theirs - mine
    others = [s for s in taken.beside if new <= set(s.keys) and not old & set(s.keys)]
    if not new:
        # Words that were left out are missing in any other sentence: only the same one says that they may.
        return any(alike(taken.mine, s) >= thresholds.TAKEN_SENTENCE_ALIKE for s in others)
    about = taken.mine.content - new
    return any(len(about & s.content) >= thresholds.BESIDE_SHARE * len(about) for s in others)


def _content(words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.key not in words_of("findings", "function_words.txt")]


def _numbers(words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.key[:1] == "#" or any(c.isdigit() for c in w.key)]


def _other_number(context: Context, taken: Taken, change: Change) -> _Judged | None:
    """One number in the place of another, which is no rounding of it."""
    mine, theirs = _numbers(change.mine), _numbers(change.theirs)
    if len(mine) != 1 or len(theirs) != 1 or mine[0].key == theirs[0].key or _is_far(change):
        return None
    if _is_one_hour(mine[0].key, theirs[0].key) or _is_rounded(*(read_number(w.key.lstrip("#")) for w in (*mine, *theirs))):
        return None
    if {w.key for w in mine} & set(taken.theirs.keys) and {w.key for w in theirs} & set(taken.mine.keys):
        return None
    if _YEAR.fullmatch(mine[0].token.text) and mine[0].token.text in context.printed_words(taken.theirs.report):
        return None
    return _Judged(FIGURE_CONFLICT, _with_scale(taken.mine, mine[0]), _with_scale(taken.theirs, theirs[0]))


def _with_scale(sentence: Sentence, number: Word) -> list[Word]:
    """A number with the word behind it."""
    at = sentence.words.index(number)
    return list(sentence.words[at : at + 2])


def _is_one_hour(one: str, other: str) -> bool:
    """Whether two times of day are one: "5.10am", "5:10"."""
    if not any(_HOUR.search(key) for key in (one, other)):
        return False
    return re.sub(r"\D", "", one) == re.sub(r"\D", "", other)


def _is_rounded(one: float | None, other: float | None) -> bool:
    """Whether one of two numbers is the other with fewer digits."""
    if not one or not other or all(_YEAR.fullmatch(f"{v:g}") for v in (one, other)):
        return False
    short, long = sorted((one, other), key=_digits)
    return float(f"{long:.{_digits(short)}g}") == short


def _digits(value: float) -> int:
    return max(1, len(f"{value:g}".rstrip("0").replace(".", "")))


def _is_far(change: Change) -> bool:
    """Whether so much was reworded at a place that what is left stands for nothing of it."""
    return max(len(_content(change.mine)), len(_content(change.theirs))) > thresholds.CHANGED_WORDS


def _other_day(change: Change) -> _Judged | None:
    for calendar in _CALENDAR:
        mine, theirs = (
            [w for w in side if w.key in calendar and w.token.text[:1].isupper()] for side in (change.mine, change.theirs)
        )
        if len(mine) == len(theirs) == 1 and mine[0].key != theirs[0].key and not _is_far(change):
            return _Judged(ALTERED_TELLING, mine, theirs)
    return None


def _other_unit(taken: Taken, change: Change) -> _Judged | None:
    """Another unit behind a number that stayed."""
    mine, theirs = _content(change.mine), _content(change.theirs)
    if not (mine and theirs and change.at and taken.mine.words[change.at - 1].key[:1] == "#"):
        return None
    units = [unit_after(" ".join(w.token.text for w in side)) or unit_after(side[0].token.text) for side in (mine, theirs)]
    if None in units or units[0] == units[1]:
        return None
    return _Judged(FIGURE_CONFLICT, (taken.mine.words[change.at - 1], *mine), (taken.theirs.words[change.other_at - 1], *theirs))


class _Names:
    """What the names of a story are, by the label that most of their words have, and which of them are one thing's."""

    def __init__(self, context: Context) -> None:
        labels: dict[str, Counter[str]] = {}
        for paragraphs in context.paragraphs.values():
            for token in (t for p in paragraphs for t in p.doc if t.ent_type_ in _GROUPS and t.text[:1].isupper()):
                labels.setdefault(token.lower_, Counter())[_GROUPS[token.ent_type_]] += 1
        self._groups = {name: max(held, key=lambda g: (held[g], g)) for name, held in labels.items()}
        self._sources = [{w.casefold() for n in (s.name, *s.names) for w in n.split()} for s in context.sources.values()]
        self._places: dict[str, set[str]] = {}
        for place in (p for m in context.mentions.values() for p in m.places):
            self._places.setdefault(place.name.casefold(), set()).add(place.kind)

    def are_alike(self, mine: Sequence[str], theirs: Sequence[str]) -> bool:
        """Whether two names are of the same kind of thing."""
        groups = [{self._groups.get(w) for w in name} for name in (mine, theirs)]
        both = all(" ".join(name) in self._places for name in (mine, theirs))
        return both or (groups[0] == groups[1] and len(groups[0]) == 1 and None not in groups[0])

    def are_one(self, mine: Collection[str], theirs: Collection[str]) -> bool:
        """Whether two names may be of one thing: of one source or country, or two spellings of a name."""
        if any(set(mine) <= names and set(theirs) <= names for names in self._sources):
            return True
        one, other = " ".join(mine), " ".join(theirs)
        codes = [country(n) for n in (one, other)]
        initials = ["".join(w[0] for w in n.split()) for n in (one, other)]
        if (codes[0] and codes[0] == codes[1]) or initials[0] == other.replace(".", "") or initials[1] == one.replace(".", ""):
            return True
        kinds = [self._places.get(n, set()) for n in (one, other)]
        # A town and its country are both right.
        apart = bool(kinds[0] and kinds[1] and not kinds[0] & kinds[1])
        return apart or Indel.normalized_similarity(one, other) > COPIED_WORDS


def _other_name(context: Context, names: _Names, taken: Taken, change: Change) -> _Judged | None:
    """A name of the story in the place of another of its kind."""
    mine, theirs = (_names_in(side) for side in (change.mine, change.theirs))
    if not mine or not theirs or {w.key for w in mine} & {w.key for w in taken.theirs.words}:
        return None
    if len(mine) != len(_content(change.mine)) or len(theirs) != len(_content(change.theirs)):
        return None
    words = [[w.token.lower_ for w in side] for side in (mine, theirs)]
    if not names.are_alike(*words) or names.are_one(*words):
        return None
    if not any(_prints(context, r, mine) for r in context.reports if r != taken.mine.report):
        return None
    told = "{draft} names {mine} where {other} has {theirs}: “{sentence}”."
    speaks = any(
        s.source_span and s.source_span[0] <= mine[-1].start < s.source_span[1] and (s.cue_span or s.quotations)
        for s in context.said(taken.mine.report)
    )
    if speaks and not mine[0].quoted:
        return _Judged(OTHER_SPEAKER, mine, theirs, told)
    return _Judged(ALTERED_TELLING, mine, theirs, told)


def _names_in(words: Sequence[Word]) -> list[Word]:
    return [
        w for w in _content(words)
        if w.token.text[:1].isupper() and w.token.pos_ in ("PROPN", "NOUN", "ADJ") and w.key not in _DAYS | _MONTHS
    ]  # fmt: skip


def _prints(context: Context, report: str, words: Sequence[Word]) -> bool:
    return f" {' '.join(w.key for w in words)} " in context.plain_text(report)


def _no_longer_denied(taken: Taken, change: Change) -> _Judged | None:
    """A “not” that one of the two sentences has, and the other in no other words."""
    mine, theirs = ([w for w in side if w.key in _NOT] for side in (change.mine, change.theirs))
    if len(mine) + len(theirs) != 1:
        return None
    rest = [sorted(stem(w.token.lemma_) for w in _content(s) if w.key not in _NOT) for s in (change.mine, change.theirs)]
    sentence, at = (taken.mine, mine[0]) if mine else (taken.theirs, theirs[0])
    behind = {w.key for w in sentence.words[sentence.words.index(at) + 1 :][:1]}
    if (
        rest[0] != rest[1]
        or behind & _ONLY
        or sum(k in _NOT for k in taken.mine.keys) == sum(k in _NOT for k in taken.theirs.keys)
    ):
        return None
    told = "{draft} says the contrary of {other}, which has {theirs} where the draft has {mine}: “{sentence}”."
    return _Judged(ALTERED_TELLING, change.mine, change.theirs, told)


@lru_cache(maxsize=1)
def _bounds() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words.split()) for side, words, *_ in rows("mentions", "bounds.tsv") if side == "before")


def _no_longer_bounded(taken: Taken, change: Change) -> _Judged | None:
    """A number that stayed and lost the words that left it open."""
    behind = taken.theirs.words[change.other_at + len(change.theirs) :][:1]
    if not behind or behind[0].key[:1] != "#" or _numbers(change.mine):
        return None
    keys, mine = (tuple(w.key for w in side) for side in (change.theirs, change.mine))
    bound = next((n for n in range(len(keys)) if keys[n:] in _bounds()), None)
    if bound is None or any(mine[n:] in _bounds() for n in range(len(mine))):
        return None
    told = "{draft} prints {mine} where {other} has {theirs}: the caution of the figure is gone."
    number = taken.mine.words[change.at + len(change.mine)]
    return _Judged(FIGURE_SHARPENED, [number], [*change.theirs[bound:], behind[0]], told)


def _no_longer_cautious(taken: Taken, change: Change) -> _Judged | None:
    """A word of caution that the draft left out, and put no other in its place."""
    soft = [w for w in change.theirs if w.key in words_of("findings", "softening.txt")]
    if not soft or _is_far(change):
        return None
    rest = {stem(w.token.lemma_) for w in _content(change.theirs) if w not in soft}
    kept = {stem(w.token.lemma_) for w in _content(change.mine)}
    changed = [w.key for c in taken.changes for w in c.mine]
    if not rest <= kept or set(changed) & words_of("findings", "softening.txt") or _SAID.search(" ".join(changed)):
        return None
    told = "{draft} prints for a fact what {other} puts with {theirs}: “{sentence}”."
    return _Judged(DROPPED_CAVEAT, (), soft, told)


def _other_words_in_marks(change: Change) -> _Judged | None:
    """Words inside quotation marks that are others than those of the same marks in the report."""
    if not change.theirs or not change.mine or not all(w.quoted for w in change.mine):
        return None
    mine, theirs = ({stem(w.key) for w in _content(side)} for side in (change.mine, change.theirs))
    slip = Indel.normalized_similarity("".join(sorted(mine)), "".join(sorted(theirs))) > COPIED_WORDS
    if not mine or not theirs or mine & theirs or slip or any(_is_explained(w) for w in (*change.mine, *change.theirs)):
        return None
    return _Judged(ALTERED_QUOTATION, change.mine, change.theirs, _IN_MARKS)


def _is_explained(word: Word) -> bool:
    """Whether a word stands in brackets: a newsroom put it there."""
    sentence = word.token.sent
    before = sentence.doc[sentence.start : word.token.i].text
    return before.rfind("[") > before.rfind("]")
