"""What can be a member of a claim: what a verb says, or one quantity in it, in a form that can be compared."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from stemma.claims import thresholds
from stemma.claims.clauses import SUBJECTS, Clause, clauses, subject_of
from stemma.claims.counts import STATES, complements, governing_verb, is_claimed, near, noughts, predicate, state_after, topic
from stemma.mentions import Mentions
from stemma.mentions.parse import Paragraph, kept, laid
from stemma.reports.agencies import dateline_end
from stemma.tables import Caveat, Figure, Post, Report, Span, Statement, Time
from stemma.text.data import words_of
from stemma.text.once import Once
from stemma.text.spans import between, holder
from stemma.text.stems import meaning, phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Item = TypeVar("Item")

CONTENT = frozenset(["NOUN", "VERB", "ADJ", "PROPN", "ADV"])
_SINCE = re.compile(r"\bsince (?:the )?$", re.IGNORECASE)
_JUDGING = frozenset(["confirm", "deny", "admit", "acknowledge"])
"""Verbs without which what is said reads as something else: "denied telling them"."""
YEAR = 4
"""Characters of a time that names a year only: what it dates is history, and no count that runs."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one verb says (`kind` clause), or one quantity in it: a `figure`, or a day or an hour, `when`.

    `head` is the meaning of its verb, `subject` and `objects` those of its nouns. `words` has the meanings of the clause's own
    words with weight 1 and of the rest of its sentence with CONTEXT_WEIGHT, `within` those of all that stands under its verb;
    numbers are in none of them; `raw` are the words as printed, in order. `topic` is what the figure counts, `time` when it was.
    `statement` carries it, `source` says it (None: the report itself). [start, end) are the words that are shown, `clause` the
    clause's own, `sentence` all. `names` are the proper names of the sentence, `own_names` of the clause; `whole` when the clause
    could stand alone, `told` when it could with its subject, `part` when the figure counts a part ("another four"); `denied` when
    the report tells it as denied or false. `beside` are the meanings of the words next to a quantity; two quantities of one
    `thing` are of one thing, though they differ (masked.py); `past` when it is dated far from its report.
    """

    kind: str
    report: str
    start: int
    end: int
    sentence: Span
    statement: str
    source: str | None
    head: str
    words: Mapping[str, float]
    within: frozenset[str]
    raw: tuple[str, ...]
    subject: str | None
    objects: frozenset[str]
    figure: Figure | None
    when: Time | None
    topic: str | None
    time: Time | None
    negated: bool
    clause: Span
    names: frozenset[str] = frozenset()
    own_names: frozenset[str] = frozenset()
    whole: bool = True
    part: bool = False
    told: bool = True
    denied: bool = False
    beside: frozenset[str] = frozenset()
    thing: str | None = None
    past: bool = False


def propositions(
    report: Report, paragraphs: Sequence[Paragraph], mentions: Mentions, statements: Sequence[Statement]
) -> list[Proposition]:
    """Return the propositions of a report in text order: one for each clause and one for each quantity in it."""
    ordered = sorted(paragraphs, key=lambda p: p.start)
    starts = [p.start for p in ordered]
    told = _by_paragraph(starts, [(s, (*s.content, s.cue_span)) for s in statements if s.report == report.id])
    figures = _by_paragraph(starts, [(f, ((f.start, f.end),)) for f in mentions.figures if is_claimed(f, report.text)])
    times = _by_paragraph(starts, [(t, ((t.start, t.end),)) for t in mentions.times])
    doubts = _by_paragraph(starts, [(c, ((c.start, c.end),)) for c in mentions.caveats if c.kind == "unverified"])
    found = (one for n, p in enumerate(ordered) for one in _of_paragraph(report, p, told[n], figures[n], times[n], doubts[n]))
    signatures = _signatures(ordered, mentions.posts)
    return [u for u in found if holder(signatures, u.clause[0]) is None]


def _signatures(paragraphs: Sequence[Paragraph], posts: Sequence[Post]) -> list[Span]:
    """What stands behind each post in its paragraph, up to the next: who signs it, and when, is no claim."""
    found = []
    for paragraph in (p for p in paragraphs if p.role == "post"):
        mine = [(p.start, p.end) for p in between(posts, paragraph.start, paragraph.end)]
        starts = [start for start, _ in mine[1:]] + [paragraph.end]
        found += [(end, following) for (_, end), following in zip(mine, starts, strict=False)]
    return found


def propositions_once(
    once: Once, report: Report, paragraphs: Sequence[Paragraph], mentions: Mentions, statements: Sequence[Statement]
) -> list[Proposition]:
    """Return the propositions of a report; those of prints of one text are worked out once, and told by each with its own ids."""
    said = tuple((s.content, s.cue_span, s.attributed) for s in statements)
    key = report.text, report.published, laid(paragraphs), id(mentions), said
    first, found = once.of(key, lambda: (statements, propositions(report, paragraphs, mentions, statements)))
    if first is statements:
        return found
    mine = {one.id: own for one, own in zip(first, statements, strict=True)}
    return [
        replace(u, report=report.id, statement=own.id, source=own.source)
        if (own := mine.get(u.statement)) is not None
        else replace(u, report=report.id)
        for u in found
    ]


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
    frames = [(s.cue_span, s.content) for s in statements if s.cue_span] + [((c.start, c.end), ()) for c in doubts]
    begins, quotations = dateline_end(doc.text), sorted(q for s in statements for q in s.quotations)
    found = [c for c in clauses(doc) if doc[c.head].idx >= begins]
    holders = {i: clause for clause in found for i in clause.own}
    held: dict[int, list[Figure | Time]] = defaultdict(list)
    quantities: list[Figure | Time] = [*figures, *(t for t in times if _is_day_or_hour(t))]
    for quantity in quantities:
        span = doc.char_span(quantity.start - at, quantity.start - at + 1, alignment_mode="expand")
        if span is not None and span.start in holders:
            held[holders[span.start].head].append(quantity)
    for clause in found:
        said = _said(report.id, doc, at, clause, statements, times)
        said = replace(said, past=_is_past(said, doc[clause.head].sent.start, doc, at, times, report.published))
        if clause.asserted and not _only_frames(at + doc[clause.head].idx, [at + doc[i].idx for i in clause.own], frames):
            yield said
        none = noughts([doc[i] for i in clause.own], at)
        some = [q for q in held[clause.head] if not any(n.start < q.end and q.start < n.end for n in none)]
        quoted = holder(quotations, said.clause[0]) is not None
        for quantity in sorted([*none, *some], key=lambda q: (q.start, q.end)):
            unit = _of_quantity(said, quantity, doc, at)
            # "The bureau says that the man who killed 58 people had no helpers": whom it speaks of, the report says itself.
            aside = unit.topic in STATES and doc[clause.head].dep_ == "relcl" and not quoted
            yield replace(unit, source=None if aside else unit.source)


def _is_past(said: Proposition, first: int, doc: "Doc", at: int, times: Sequence[Time], printed: str | None) -> bool:
    """Whether a clause, or further down what stands before it, is dated far from its report: a list of what was before."""
    dated = _dated(times, *said.clause)
    if not _dated(times, *said.sentence) and first and said.start >= thresholds.LEAD:
        before = doc[first - 1].sent
        before = doc[before.start - 1].sent if before.start else before
        dated = _dated(times, at + before.start_char, said.sentence[0])[-1:]
    dated = [t for t in dated if not _is_since(t, doc, at)]
    return bool(printed and dated) and not any(near(t.until, printed) or (printed or "").startswith(t.value) for t in dated)


def _is_day_or_hour(time: Time) -> bool:
    """Whether a time can be compared: "now" and "recently" are no day."""
    return time.type in ("DATE", "TIME") and (time.value[:1].isdigit() or time.value.startswith("X"))


def _said(
    report: str, doc: "Doc", at: int, clause: Clause, statements: Sequence[Statement], times: Sequence[Time]
) -> Proposition:
    """The proposition of a clause as a whole."""
    said = _said_anywhere(doc, clause, tuple((t.start - at, t.end - at) for t in times))
    own = at + said.clause[0], at + said.clause[1]
    carrier = _carrier(statements, *own)
    return replace(
        said,
        report=report,
        start=at + said.start,
        end=at + said.end,
        sentence=(at + said.sentence[0], at + said.sentence[1]),
        statement=carrier.id if carrier else "",
        source=carrier.source if carrier else None,
        time=_time_of(times, doc, clause, at),
        clause=own,
    )


@kept
def _said_anywhere(doc: "Doc", clause: Clause, times: tuple[Span, ...]) -> Proposition:
    """What is the same in all reports that print a clause, offsets in its paragraph; `times` are no names."""
    head, sentence = doc[clause.head], doc[clause.head].sent
    (first, past), own = clause.whole_span(doc), clause.own_span(doc)
    first = min(first, _first_shown(head))
    subject = subject_of(head)
    objects = [c for c in head.children if c.dep_ in ("dobj", "attr", "acomp", "oprd", "pobj")]
    objects += [o for c in head.children if c.dep_ in ("prep", "agent") for o in c.children if o.dep_ == "pobj"]
    named = [t for t in sentence if t.pos_ == "PROPN" and not any(start <= t.idx < end for start, end in times)]
    mine = set(clause.own)
    return Proposition(
        kind="clause",
        report="",
        start=first,
        end=past,
        sentence=(sentence.start_char, sentence.end_char),
        statement="",
        source=None,
        head=predicate(head),
        words=_words(doc, clause, subject),
        within=frozenset(meaning(doc[i].lemma_) for i in clause.within if is_content(doc[i])) | _meanings([subject]),
        raw=tuple(doc[i].lower_ for i in clause.within if doc[i].text[:1].isalnum()),
        subject=next(iter(_meanings([subject])), None),
        objects=_meanings(objects),
        figure=None,
        when=None,
        topic=None,
        time=None,
        negated=clause.negated,
        clause=own,
        names=frozenset(t.lemma_.lower() for t in named),
        own_names=frozenset(t.lemma_.lower() for t in named if t.i in mine or t is subject),
        whole=clause.whole,
        told=clause.told,
        denied=clause.denied,
    )


def _first_shown(head: "Token") -> int:
    """Where a clause begins for a reader: at who denied it, or said so of himself, at the noun before a bare verb."""
    above = head.head
    if head.dep_ == "ccomp" and above.i < head.i and head.left_edge.i - above.i <= 2:
        speaker = next((c for c in above.children if c.dep_ == "nsubj" and c.i < above.i), None)
        mine = any(c.dep_ in SUBJECTS and c.pos_ == "PRON" and c.dep_ != "expl" for c in head.children)
        if above.lemma_ in _JUDGING:
            return above.idx if speaker is None else speaker.left_edge.idx
        if speaker is not None and mine and speaker.pos_ != "PRON":
            return speaker.left_edge.idx
    before = head.left_edge.nbor(-1) if head.left_edge.i > head.sent.start else None
    bare = before is not None and head.morph.get("VerbForm", []) == ["Fin"] and not any(c.dep_ in SUBJECTS for c in head.children)
    if before is not None and bare and head.dep_ not in ("conj", "ROOT") and before.pos_ in ("NOUN", "PROPN"):
        return min(t.idx for t in before.subtree if t.i <= before.i)
    return head.idx


def _meanings(nouns: "Sequence[Token | None]") -> frozenset[str]:
    return frozenset(meaning(n.lemma_) for n in nouns if n is not None and n.pos_ != "PRON")


def is_content(token: "Token") -> bool:
    """Return whether a word says something: a noun, verb, adjective or adverb that stories do not have in common by chance."""
    return (
        token.pos_ in CONTENT
        and token.lemma_.lower() not in words_of("claims", "light.txt")
        and not token.like_num
        and not token.is_stop
    )


def _words(doc: "Doc", clause: Clause, subject: "Token | None") -> dict[str, float]:
    """The clause's content words by meaning, weight 1, and those of the rest of its sentence, weight CONTEXT_WEIGHT."""
    own = set(clause.own)
    bag: dict[str, float] = {}
    for token in doc[clause.head].sent:
        if is_content(token):
            key = meaning(token.lemma_)
            bag[key] = max(bag.get(key, 0.0), 1.0 if token.i in own else thresholds.CONTEXT_WEIGHT)
    bag.update(dict.fromkeys(phrases(doc[i].lemma_.lower() for i in clause.own), 1.0))
    bag.update(dict.fromkeys(_meanings([subject]), 1.0))
    return bag


def _only_frames(head: int, own: Sequence[int], frames: Sequence[tuple[Span, Sequence[Span]]]) -> bool:
    """Whether a clause only says that somebody said something, or could not verify it: no claim by itself.

    `own` are the offsets of the clause's words; "promised a report by Christmas" holds what was said and is a claim.
    """
    for (start, end), content in frames:
        if start <= head < end:
            return sum(any(s <= at < e for s, e in content) for at in own) < thresholds.FRAME_SHARE * len(own)
    return False


def _of_quantity(said: Proposition, quantity: Figure | Time, doc: "Doc", at: int) -> Proposition:
    """The proposition of a quantity: shown with its whole clause where that is no longer than a line, else in its own words."""
    first, past = (said.start, said.end) if said.end - said.start <= thresholds.LINE else said.clause
    start, end = min(first, quantity.start), max(past, quantity.end)
    said = replace(said, beside=_beside(quantity, doc, at))
    if isinstance(quantity, Time):
        return replace(said, kind="quantity", start=start, end=end, when=quantity)
    verb = governing_verb(doc, quantity.start - at, quantity.end - at)
    head = predicate(verb) if verb is not None else said.head
    # "Killing six and wounding 120": a number is of the state that its own verb says.
    verbs = complements(verb) if verb is not None else frozenset[str]()
    counted = topic(quantity, head, verbs if verbs & STATES else {said.head, *verbs}, said.words)
    if counted in STATES:
        counted = state_after(doc, quantity.end - at) or counted
        if verb is not None and said.time and _is_of_another_verb(doc, said.time, verb, at):
            said = replace(said, time=None)
    return replace(said, kind="quantity", start=start, end=end, head=head, figure=quantity, topic=counted, part=quantity.partial)


def _is_of_another_verb(doc: "Doc", time: Time, verb: "Token", at: int) -> bool:
    """Whether a day is that of another verb than a count's: "the toll of a ferry that sank on Monday rose to 14"."""
    span = doc.char_span(time.start - at, time.end - at, alignment_mode="expand")
    above = next((t for t in span.root.ancestors if t.pos_ in ("VERB", "AUX")), None) if span is not None else None
    return (
        above is not None and above.dep_ in ("relcl", "acl") and above.i != verb.i and verb.i not in {t.i for t in above.subtree}
    )


def _beside(quantity: Figure | Time, doc: "Doc", at: int) -> frozenset[str]:
    """The meanings of the content words of a quantity's sentence that stand next to it, without its own."""
    span = doc.char_span(quantity.start - at, quantity.end - at, alignment_mode="expand")
    if span is None:
        return frozenset()
    first, past = max(span.sent.start, span.start - thresholds.BESIDE), min(span.sent.end, span.end + thresholds.BESIDE)
    return frozenset(meaning(t.lemma_) for t in (*doc[first : span.start], *doc[span.end : past]) if is_content(t))


def _carrier(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The statement that says the clause: the attributed one that covers most of it, the shortest first."""

    def covered(s: Statement) -> int:
        return sum(max(0, min(end, past) - max(start, first)) for first, past in s.content)

    fits = [s for s in statements if covered(s) > 0.5 * (end - start)]
    return min(fits, key=lambda s: (not s.attributed, sum(e - b for b, e in s.content), s.content), default=None)


def _time_of(times: Sequence[Time], doc: "Doc", clause: Clause, at: int) -> Time | None:
    """The date or period in the clause itself, else in its sentence."""
    start, end = clause.own_span(doc)
    sentence = doc[clause.head].sent
    inside = _dated(times, at + start, at + end)
    found = next(iter(inside or _dated(times, at + sentence.start_char, at + sentence.end_char)), None)
    if found and len(found.value) > YEAR and _is_since(found, doc, at):
        # "521 cases since 28 April" is a number of the day on which it is printed.
        return replace(found, until=None)
    return found


def _dated(times: Sequence[Time], start: int, end: int) -> list[Time]:
    """The days and periods that stand in [start, end)."""
    return [t for t in times if start <= t.start < end and t.type == "DATE" and (t.begin or t.value[:YEAR].isdigit())]


def _is_since(time: Time, doc: "Doc", at: int) -> bool:
    return _SINCE.search(doc.text[max(0, time.start - at - 10) : time.start - at]) is not None
