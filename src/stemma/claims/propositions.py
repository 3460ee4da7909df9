"""What can be a member of a claim: a clause of a report's body, with what it says in a form that can be compared."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from stemma.claims import thresholds
from stemma.claims.clauses import Clause, clauses, is_aside, is_whole
from stemma.claims.counts import complements, governing_verb, is_claimed, noughts, predicate, topic
from stemma.mentions.parse import Paragraph
from stemma.mentions.report import Mentions
from stemma.tables import Caveat, Figure, Report, Span, Statement, Time
from stemma.text.synonyms import meaning, phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Item = TypeVar("Item")

CONTENT = frozenset(["NOUN", "VERB", "ADJ", "PROPN", "ADV"])
LIGHT = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "tell",
        "add",
        "state",
        "note",
        "make",
        "take",
        "get",
        "go",
        "come",
        "give",
        "also",
        "however",
        "still",
        "very",
        "more",
        "most",
        "other",
        "last",
    ]
)
_SINCE = re.compile(r"\bsince (?:the )?$", re.IGNORECASE)
YEAR = 4
"""Characters of a time that names a year only: what it dates is history, and no count that runs."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One clause that says something, or one figure in it (`figure` None: the clause as a whole).

    `head` is the meaning of its verb, `words` of all its words with weights;
    numbers are in none of them. `topic` is what the figure counts. `statement` carries it, `source` says it (None: the
    report itself); `sentence` and `clause` are spans in the report's text, `names`
    the proper names of the sentence; `whole` when the clause could stand alone,
    `part` when the figure counts a part ("another four").
    """

    report: str
    start: int
    end: int
    sentence: Span
    statement: str
    source: str | None
    head: str
    words: Mapping[str, float]
    figure: Figure | None
    topic: str | None
    time: Time | None
    negated: bool
    clause: Span
    names: frozenset[str] = frozenset()
    whole: bool = True
    part: bool = False


def propositions(
    report: Report, paragraphs: Sequence[Paragraph], mentions: Mentions, statements: Sequence[Statement]
) -> list[Proposition]:
    """Return the propositions of a report in text order: one for each clause and one for each figure or length of time in it."""
    ordered = sorted(paragraphs, key=lambda p: p.start)
    starts = [p.start for p in ordered]
    told = _by_paragraph(starts, [(s, (*s.content, s.cue_span)) for s in statements if s.report == report.id])
    figures = _by_paragraph(starts, [(f, ((f.start, f.end),)) for f in mentions.figures if is_claimed(f, report.text)])
    times = _by_paragraph(starts, [(t, ((t.start, t.end),)) for t in mentions.times])
    doubts = _by_paragraph(starts, [(c, ((c.start, c.end),)) for c in mentions.caveats if c.kind == "unverified"])
    return [one for n, p in enumerate(ordered) for one in _of_paragraph(report, p, told[n], figures[n], times[n], doubts[n])]


def _by_paragraph(starts: Sequence[int], items: Sequence[tuple[Item, Sequence[Span | None]]]) -> dict[int, list[Item]]:
    """The items that stand in each paragraph, by its number: a page may have ten thousand of either."""
    found: dict[int, list[Item]] = defaultdict(list)
    for item, spans in items:
        for number in sorted({max(0, bisect_right(starts, span[0]) - 1) for span in spans if span}):
            found[number].append(item)
    return found


def _of_paragraph(
    report: Report,
    paragraph: Paragraph,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    times: Sequence[Time],
    doubts: Sequence[Caveat],
) -> Iterator[Proposition]:
    doc, at = paragraph.doc, paragraph.start
    frames = [(s.cue_span, s.content) for s in statements if s.cue_span]
    frames += [((c.start, c.end), ()) for c in doubts]
    found = clauses(doc)
    for clause in found:
        start, end = (at + offset for offset in clause.span(doc))
        sentence = doc[clause.head].sent
        carrier = _carrier(statements, start, end)
        said = Proposition(
            report=report.id,
            start=start,
            end=end,
            sentence=(at + sentence.start_char, at + sentence.end_char),
            statement=carrier.id if carrier else "",
            source=carrier.source if carrier else None,
            head=predicate(doc[clause.head]),
            words=_words(doc, clause),
            figure=None,
            topic=None,
            time=_time_of(times, doc, clause, at),
            negated=clause.negated,
            clause=(start, end),
            names=frozenset(t.lemma_.lower() for t in sentence if t.pos_ == "PROPN" and not _is_in(times, at + t.idx)),
            whole=is_whole(doc, clause),
        )
        if not is_aside(doc, clause) and not _only_frames(
            at + doc[clause.head].idx, [at + doc[i].idx for i in clause.own], frames
        ):
            yield said
        none = noughts([doc[i] for i in clause.own], at)
        some = [f for f in figures if not any(n.start < f.end and f.start < n.end for n in none)]
        mine = none + [f for f in some if _holder(found, doc, f.start - at) is clause]
        for figure in sorted(mine, key=lambda f: (f.start, f.end)):
            verb = governing_verb(doc, figure.start - at, figure.end - at) or doc[clause.head]
            counted = topic(figure, predicate(verb), complements(verb), said.words)
            yield replace(_about(said, figure, len(mine), report.text), topic=counted)


def _is_in(times: Sequence[Time], at: int) -> bool:
    """Whether a word is part of a time: "Tuesday" is no name that two sentences have in common."""
    return any(t.start <= at < t.end for t in times)


def _only_frames(head: int, own: Sequence[int], frames: Sequence[tuple[Span, Sequence[Span]]]) -> bool:
    """Whether a clause only says that somebody said something, or could not verify it: no claim by itself.

    `own` are the offsets of the clause's words; "promised a report by Christmas" holds what was said and is a claim.
    """
    for (start, end), content in frames:
        if start <= head < end:
            return sum(any(s <= at < e for s, e in content) for at in own) < thresholds.FRAME_SHARE * len(own)
    return False


def _about(proposition: Proposition, figure: Figure, beside: int, text: str) -> Proposition:
    """The proposition of a figure: its clause, or only the figure's own words when more than three share the clause."""
    start, end = min(proposition.start, figure.start), max(proposition.end, figure.end)
    if beside > thresholds.FIGURES_OF_A_LIST:
        start, end = figure.start, min(end, _phrase_end(text, figure.end))
    return replace(proposition, start=start, end=end, figure=figure, part=figure.partial)


def _phrase_end(text: str, at: int) -> int:
    stop = re.search(r"[,;.\n]| and ", text[at:])
    return at + (stop.start() if stop else len(text) - at)


def _holder(found: Sequence[Clause], doc: "Doc", offset: int) -> Clause | None:
    """The clause whose own tokens hold an offset."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None:
        return None
    return next((c for c in found if span.start in c.own), None)


def _carrier(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The statement that says the clause: the attributed one that covers most of it, the shortest first."""

    def covered(s: Statement) -> int:
        return sum(max(0, min(end, past) - max(start, first)) for first, past in s.content)

    fits = [s for s in statements if covered(s) > 0.5 * (end - start)]
    return min(fits, key=lambda s: (not s.attributed, sum(e - b for b, e in s.content), s.id), default=None)


def _words(doc: "Doc", clause: Clause) -> dict[str, float]:
    """The clause's content words by meaning, weight 1, and those of the rest of its sentence, weight CONTEXT_WEIGHT."""
    own = set(clause.own)
    bag: dict[str, float] = {}
    for token in doc[clause.head].sent:
        if token.pos_ in CONTENT and token.lemma_.lower() not in LIGHT and not token.like_num and not token.is_stop:
            key = meaning(token.lemma_)
            bag[key] = max(bag.get(key, 0.0), 1.0 if token.i in own else thresholds.CONTEXT_WEIGHT)
    bag.update(dict.fromkeys(phrases(doc[i].lemma_.lower() for i in clause.own), 1.0))
    subject = _inherited_subject(doc[clause.head])
    if subject is not None and subject.pos_ != "PRON":
        bag[meaning(subject.lemma_)] = 1.0
    for i in range(clause.first, clause.past - 2):
        three = doc[i : i + 3]
        # Phrases of small words ("as long as", "in and around") are chosen too, and no single word of them counts.
        if all(t.is_alpha and (t.is_stop or t.pos_ in ("ADP", "SCONJ", "CCONJ")) for t in three):
            bag["_".join(t.lower_ for t in three)] = 1.0
    return bag


def _inherited_subject(head: "Token") -> "Token | None":
    at = head
    while at.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children) and at.head.i != at.i:
        at = at.head
    return next((c for c in at.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def _time_of(times: Sequence[Time], doc: "Doc", clause: Clause, at: int) -> Time | None:
    """The date or period in the clause itself, else in its sentence."""
    start, end = clause.span(doc)
    sentence = doc[clause.head].sent
    dated = [t for t in times if (t.type == "DATE" and t.begin) or (t.type == "DATE" and t.value[:4].isdigit())]
    inside = [t for t in dated if at + start <= t.start < at + end]
    near = [t for t in dated if at + sentence.start_char <= t.start < at + sentence.end_char]
    found = next(iter(inside or near), None)
    if found and len(found.value) > YEAR and _SINCE.search(doc.text[max(0, found.start - at - 8) : found.start - at]):
        # "521 cases since 28 April" is a number of the day on which it is printed.
        return replace(found, until=None)
    return found
