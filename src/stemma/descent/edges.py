"""One edge of the stemma with its signs: from a report, from a lost source that is named, shared or hidden, to one.

Which of two reports that share their telling came first, say signs with weights in nats, each with its sentence and its words.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stemma.descent import thresholds
from stemma.descent.collation import Collation, Cuts
from stemma.descent.compare import Comparison
from stemma.descent.machine_translation import probability
from stemma.descent.machine_translation import probability as probability_of_translation
from stemma.descent.telling import UNSTATED, Telling, plain_name, same_outlet
from stemma.reports.agencies import agency_of
from stemma.tables import BODY, Span
from stemma.text.moments import DAY, order


@dataclass(frozen=True, slots=True)
class DirectionSign:
    """One sign that the report at `child` took from the other; offsets in the report `report`."""

    sign: str
    weight: float
    reason: str
    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` took `share` of its body words from `parent`; both are a report's number or a lost source's key.

    `spans` are the child's words that are meant, where these are single sentences.
    """

    child: int | str
    parent: int | str
    kind: str
    share: float
    credited: bool
    probability: float
    reason: str
    signs: tuple[DirectionSign, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A lost source: its key, its name when a credit names it, and the numbers of the reports that show it."""

    key: str
    name: str | None
    reports: tuple[int, ...]


def direction(
    parent: Telling, child: Telling, comparison: Comparison | None = None, cuts: Cuts | None = None
) -> list[DirectionSign]:
    """Return the signs that `child` took from `parent`; a negative weight speaks against it. In `cuts` the parent is a."""
    signs = [*_credits(parent, child), *_times(parent, child), *_authors(parent, child)]
    if cuts:
        signs += _cuts(parent, child, cuts)
    return [*signs, *_translated(parent, child)] if comparison and comparison.kind == "translation" else signs


def first_probability(weight: float) -> float:
    """Return the probability, 0–1, that the parent was first, of what the signs weigh together in nats."""
    return 1 / (1 + math.exp(-weight))


def signs_weight(collation: Collation, parent: int, child: int) -> float:
    """Return the weight, in nats, of the signs that one report took from another, with their kin between them or not."""
    known = collation.weights.get((parent, child))
    if known is None:
        known = max(-thresholds.SIGNS_MOST, min(thresholds.SIGNS_MOST, sum(_weights(collation, parent, child))))
        collation.weights[parent, child], collation.weights[child, parent] = known, -known
    return known


def _weights(collation: Collation, parent: int, child: int) -> Iterator[float]:
    """The weights of the signs between two reports, without the words that say why: of hundreds each two are weighed."""
    one, other = collation.tellings[parent], collation.tellings[child]
    yield thresholds.SIGN_CREDITED * (_naming(one, other) is not None)
    yield -thresholds.SIGN_CREDITED * (_naming(other, one) is not None)
    yield _time_weight(one, other)
    yield _byline_weight(one, other)
    cuts, comparison = collation.cuts.get((parent, child)), collation.comparison(parent, child)
    yield from _cut_weights(cuts) if cuts else ()
    yield from (s.weight for s in _translated(one, other)) if comparison and comparison.kind == "translation" else ()


def signs_between(collation: Collation, parent: int, child: int) -> list[DirectionSign]:
    """Return the signs that one report of a story took from another."""
    pair = parent, child
    return direction(collation.tellings[parent], collation.tellings[child], collation.comparison(*pair), collation.cuts.get(pair))


def _credits(parent: Telling, child: Telling) -> list[DirectionSign]:
    signs = []
    for one, other, weight in ((parent, child, thresholds.SIGN_CREDITED), (child, parent, -thresholds.SIGN_CREDITED)):
        if (found := _naming(one, other)) is not None:
            name, start, end = found
            signs.append(DirectionSign("credit", weight, _says(other, name, start, end), other.id, start, end))
    return signs


def _says(telling: Telling, name: str | None, start: int, end: int) -> str:
    """What a report says of the house that it has its words from: its name, or that of the house's author alone."""
    if telling.report.text[start:end] in telling.report.byline:
        return f"{telling.name} prints what an author of {name} signed"
    unstated = any(c.kind == UNSTATED and c.start == start for c in telling.credits)
    return f"{telling.name} says that {name} was told, as {name} itself does" if unstated else f"{telling.name} credits {name}"


def _naming(one: Telling, other: Telling) -> tuple[str | None, int, int] | None:
    """Where another report first names the outlet of one, with the name."""
    return next((named for named in other.named if same_outlet(named[0], one.report.outlet)), None)


def _times(parent: Telling, child: Telling) -> list[DirectionSign]:
    weight = _time_weight(parent, child)
    reason = f"{parent.name} is dated {parent.dated}, {child.name} {child.dated}"
    return [DirectionSign("time of publication", weight, reason, child.id, 0, 0)] if weight else []


def _time_weight(parent: Telling, child: Telling) -> float:
    one, other = parent.dated, child.dated
    before = order(one, other)
    later = child if before < 0 else parent
    # An agency writes its page anew under a new date as its story grows: that its clients print it earlier is no sign.
    if before == 0 or agency_of(later.report.outlet or ""):
        return 0.0
    same_day = order((one or "")[:DAY], (other or "")[:DAY]) == 0
    return -before * (thresholds.SIGN_LATER if same_day else thresholds.SIGN_DAYS_LATER)


def _authors(parent: Telling, child: Telling) -> list[DirectionSign]:
    """A newsroom that reports signs its report; one that rewords rarely does."""
    weight = _byline_weight(parent, child)
    if not weight:
        return []
    one = parent if weight > 0 else child
    at = one.report.text.find(one.report.byline[0])
    span = (max(at, 0), at + len(one.report.byline[0]) if at >= 0 else 0)
    return [DirectionSign("byline", weight, f"{one.name} names its author, the other does not", one.id, *span)]


def _byline_weight(parent: Telling, child: Telling) -> float:
    return thresholds.SIGN_BYLINE * (bool(parent.report.byline) - bool(child.report.byline))


def _cut_weights(cuts: Cuts) -> tuple[float, float, float]:
    """The weights that words were cut, are contained, and were put before; too small a one is none."""
    contained, led = (w if abs(w) >= thresholds.SIGN_SHOWN else 0.0 for w in (cuts.contained(), cuts.led()))
    return round(cuts.cut(), 2), round(contained, 2), round(led, 2)


def _cuts(parent: Telling, child: Telling, cuts: Cuts) -> list[DirectionSign]:
    """Cuts and beginnings; the widest cut is shown where the words stand."""
    signs = []
    cut, contained, led = _cut_weights(cuts)
    if cuts.cut():
        fuller, shorter, places, others, widest = (
            (parent, child, cuts.a_more, cuts.b_more, cuts.a_widest)
            if cuts.cut() > 0
            else (child, parent, cuts.b_more, cuts.a_more, cuts.b_widest)
        )
        where = "one place" if places == 1 else f"{places} places"
        reason = f"{fuller.name} goes on in {where} where {shorter.name} runs on, and the other way round in {others}"
        signs.append(DirectionSign("detail lost", cut, reason, fuller.id, *fuller.words.span(*widest)))
    if contained:
        copy, source = (child, parent) if contained > 0 else (parent, child)
        shares = sorted((cuts.a_share, cuts.b_share))
        reason = f"{shares[1]:.0%} of {copy.name} stands in {source.name}, and {shares[0]:.0%} the other way round"
        signs.append(DirectionSign("contained", contained, reason, copy.id, 0, 0))
    if led:
        later, earlier = (child, parent) if led > 0 else (parent, child)
        reason = f"{later.name} begins with words of its own before those that {earlier.name} has too"
        signs.append(DirectionSign("own beginning", led, reason, later.id, *later.words.span(0, 1)))
    return signs


def _translated(parent: Telling, child: Telling) -> list[DirectionSign]:
    """Of two texts in two languages, the one that reads like a program's English is the translation."""
    signs = []
    for telling, sense in ((child, 1), (parent, -1)):
        if telling.translated and probability(telling.translated) >= 0.5:
            reason = f"{telling.name} reads as put into its language by a program"
            signs.append(DirectionSign("machine translation", sense * thresholds.SIGN_TRANSLATED, reason, telling.id, 0, 0))
    return signs


def from_report(collation: Collation, child: int, parent: int, sure: float) -> Edge:
    """Return the edge between two reports that share their telling; `sure` is the probability that it runs this way."""
    comparison = collation.pairs[min(child, parent), max(child, parent)]
    one, other = collation.tellings[parent], collation.tellings[child]
    signs = [*signs_between(collation, parent, child), *shared_wording(collation, child, [parent])]
    reason = signs[0].reason if signs else comparison.reason
    kind, share = collation.kind(child, [parent]), collation.share(child, [parent])
    credited = any(same_outlet(name, one.report.outlet) for name in other.authors(share))
    probability = round(comparison.copied * sure * (1.0 if credited else _nearest(collation, child, parent)), 3)
    return Edge(child, parent, kind, share, credited, probability, reason, tuple(signs))


def from_second(collation: Collation, child: int, parent: int, known: int) -> Edge:
    """Return the weaker edge from a second parent: only for the words that are not known from the first (bits)."""
    edge = from_report(collation, child, parent, 0.5)
    words = collation.words(child, collation.held(child, parent) & ~known)
    reason = f"also has {words} words of {collation.name(parent)} that no other source of it has"
    return replace(edge, share=round(words / collation.length(child), 3), reason=reason)


def from_named(collation: Collation, child: int, source: Lost, heirs: Sequence[int]) -> Edge:
    """Return the edge of an heir of a source that a credit names: whole when its own credit says so, else what it shares.

    A dateline is of the whole text, a byline may be of a part.
    """
    telling, holders = collation.tellings[child], [h for h in source.reports if h != child]
    credit = next((c for c in telling.credits if same_outlet(c.name, source.name)), None)
    named = credit is not None and credit.kind != UNSTATED
    signs = shared_wording(collation, child, holders)
    if credit:
        said = _says(telling, credit.name, credit.start, credit.end)
        signs = [DirectionSign("credit", thresholds.SIGN_CREDITED, said, telling.id, credit.start, credit.end), *signs]
    reason = signs[0].reason if signs else f"shares its telling with reports that credit {source.name}"
    share = collation.share(child, [h for h in heirs if h != child])
    whole = any(c.whole for c in telling.credits if same_outlet(c.name, source.name))
    dated = credit is not None and any(start <= credit.start < end for start, end in telling.words.body)
    if child in source.reports and whole and (dated or not _is_part(collation, child, share, holders)):
        alone = "" if holders or set(heirs) - {child} else "; no other print of it is here"
        sure = thresholds.EDGE_STATED if named else thresholds.EDGE_UNSTATED
        return Edge(child, source.key, "verbatim", 1.0, named, sure, reason + alone, tuple(signs))
    kin = [h for h in heirs if h != child] or holders
    stated = thresholds.EDGE_STATED if credit else thresholds.EDGE_SILENT
    probability = round(min(stated, _copied(collation, child, kin)), 3)
    kind = collation.kind(child, kin)
    return Edge(child, source.key, kind, share, named, probability, reason, tuple(signs))


def _is_part(collation: Collation, child: int, share: float, holders: Sequence[int]) -> bool:
    """Whether a report has but a part from a source that it credits: it has much that the others lack, and lacks of theirs."""
    long = [h for h in holders if collation.length(h) >= thresholds.PART_WORDS]
    # Holders of one wording have the same of it.
    theirs = max((collation.share(h, [child]) for h in collation.unlike(child, long)), default=1.0)
    return share < thresholds.PART_SHARE and theirs < thresholds.PART_HELD


def from_shared(collation: Collation, child: int, source: Lost, sure: float) -> Edge:
    """Return the edge of a report whose telling has a source that no report could have given the others."""
    others = [o for o in source.reports if o != child]
    reason = "shares readings with reports that could not all have taken them from one another"
    probability = round(thresholds.EDGE_LOST * _copied(collation, child, others) * sure, 3)
    kind, share = collation.kind(child, others), collation.share(child, others)
    signs = tuple(shared_wording(collation, child, others))
    return Edge(child, source.key, kind, share, False, probability, reason, signs)


def from_lost(collation: Collation, child: Lost, parent: int | str, heirs: Sequence[int], sure: float) -> Edge:
    """Return the edge of a lost source that is itself a copy: of a report, or of another lost source by the heirs of that."""
    sources = [parent] if isinstance(parent, int) else [h for h in heirs if h not in child.reports]
    own = [r for r in child.reports if r not in sources] or child.reports
    shares = [collation.share(r, sources) for r in own]
    nearest = max(own, key=lambda r: (collation.share(r, sources), -r))
    reason = "its heirs share readings that their other kin lack"
    signs = tuple(shared_wording(collation, nearest, sources))
    probability = round(thresholds.EDGE_LOST * _copied(collation, nearest, sources) * sure, 3)
    return Edge(child.key, parent, collation.kind(nearest, sources), max(shares), False, probability, reason, signs)


def from_hidden(telling: Telling, child: int, rest: float) -> tuple[Edge, Lost] | None:
    """Return the edge of a page copied whole from nobody named ("Source link"), or put into English by a program."""
    sign = _hidden_source(telling)
    if sign is None:
        return None
    source = Lost(f"{sign.sign}:{telling.id}", None, (child,))
    translated = sign.sign == "machine translation"
    kind = "translation" if translated else "verbatim"
    probability = round(probability_of_translation(telling.translated), 3) if translated else thresholds.EDGE_LINKED
    return Edge(child, source.key, kind, round(rest, 3), False, probability, sign.reason, (sign,)), source


def from_joint(telling: Telling, child: int) -> tuple[Edge, Lost] | None:
    """Return the edge of a page that its author signs beside an agency, where no other print shows what is the agency's."""
    bylines = [(b.start, b.end) for b in telling.blocks if b.role == "byline"]
    joint = (c for c in telling.credits if c.kind == "agency" and not c.whole)
    credit = next((c for c in joint if c.name and any(start <= c.start < end for start, end in bylines)), None)
    if credit is None or credit.name is None:
        return None
    share = round(min(1.0, thresholds.JOINT_WORDS / max(1, len(telling.words.folded))), 3)
    reason = f"{telling.name} names {credit.name} beside its author; how much is whose no other print shows"
    sign = DirectionSign("credit", thresholds.SIGN_CREDITED, reason, telling.id, credit.start, credit.end)
    source = Lost(f"named:{plain_name(credit.name)}", credit.name, (child,))
    return Edge(child, source.key, "edited", share, True, thresholds.EDGE_JOINT, reason, (sign,)), source


def shared_wording(collation: Collation, child: int, others: Sequence[int]) -> list[DirectionSign]:
    """Return, for the nearest relatives, the longest passage that a report shares with each: the sign that shows the copy."""
    found = []
    longest = {(collation.texts[o], child < o): _longest(collation, child, o) for o in collation.unlike(child, others)}
    for other in others:
        shared = longest[collation.texts[other], child < other]
        if shared:
            (start, end), why = shared
            found.append((start - end, start, f"shares its telling with {collation.name(other)}: {why}", end))
    telling = collation.tellings[child].id
    return [
        DirectionSign("shared wording", thresholds.SIGN_WORDING, reason, telling, start, end)
        for _, start, reason, end in sorted(found)[: thresholds.RELATIVES]
    ]


def _longest(collation: Collation, child: int, other: int) -> tuple[Span, str] | None:
    """Where the longest passage that a report tells as another does stands in it, and why they are kin."""
    comparison = collation.comparison(child, other)
    shared = [p.a for p in collation.passages(child, other) if not p.quoted]
    if comparison is None or not shared:
        return None
    return collation.tellings[child].words.span(*max(shared, key=lambda a: (a[1] - a[0], -a[0]))), comparison.reason


def _nearest(collation: Collation, child: int, parent: int) -> float:
    others = (n for n in range(len(collation.tellings)) if n not in (child, parent))
    return thresholds.EDGE_NEAREST if any(collation.comparison(child, n) for n in others) else 1.0


def _copied(collation: Collation, child: int, others: Sequence[int]) -> float:
    found = [c.copied for o in collation.unlike(child, others) for c in [collation.comparison(child, o)] if c]
    return max(found, default=0.5)


def _hidden_source(telling: Telling) -> DirectionSign | None:
    credit = next((c for c in telling.credits if c.name is None), None)
    if credit:
        reason = f"{telling.name} ends with a link to a source that it does not name"
        return DirectionSign("source link", thresholds.SIGN_WORDING, reason, telling.id, credit.start, credit.end)
    if probability_of_translation(telling.translated) < 0.5:
        return None
    first = telling.translated[0]
    at = [b for b in telling.blocks if b.role in BODY][first.paragraph].start
    reason = f"{telling.name} reads as put into English by a program ({first.what})"
    return DirectionSign(
        "machine translation", thresholds.SIGN_PROGRAM, reason, telling.id, at + first.span[0], at + first.span[1]
    )
