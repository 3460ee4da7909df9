"""Two figures that cannot both be true: of one claim, of one measure of the event, of one crowd, or changed by a copy."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from stemma.claims.build import Grouped
from stemma.claims.counts import governing_verb
from stemma.claims.propositions import Proposition
from stemma.claims.relations import are_apart, likeness, say
from stemma.claims.same_thing import instant, is_elsewhere
from stemma.claims.thresholds import COPIED_WORDS, SIDE_BY_SIDE
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, of_member
from stemma.findings.kinds import FIGURE_CONFLICT
from stemma.tables import Evidence, Finding
from stemma.text.data import rows, word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


_TIMED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\b(?:in|at|among|across|for) (?:the )?[A-Z]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARED = re.compile(r"\b(?:from|than|to|by|against|with)(?: (?:about|some|around|nearly))? $")
_LONGEST = 120
"""Code points of a clause that a message shows."""
_NUMBERS = 2
"""Numbers of a clause that may count one thing."""
_Pair = tuple[Proposition, Proposition]


def figure_conflicts(context: Context) -> Iterator[Finding]:
    """Yield the figures of one claim, of one measure of the event or of one crowd that cannot both be true."""
    of_claims = list(_of_claims(context))
    yield from of_claims
    ran = {g.claim.id for g in context.claims if g.claim.relation == "updated"}
    yield from _of_counts(context, {*ran, *(f.claim for f in of_claims)})
    yield from _of_measures(context)
    yield from _of_crowds(context)
    yield from _changed_in_copies(context, {f.claim for f in of_claims})
    yield from _years_changed_in_copies(context)


def _of_claims(context: Context) -> Iterator[Finding]:
    """A finding for each claim in conflict or disputed: its first pair of members, and every report on either side.

    It is grave where one of the two copied the other; two newsrooms may count two things.
    """
    for grouped in context.claims:
        if grouped.claim.relation in ("conflict", "disputed"):
            # Two pages of one newsroom count anew.
            pairs = [p for p in context.worst_figures(grouped) if not _are_of_one_newsroom(context, p.a.report, p.b.report)]
            # "Killed 12 people and injured 11" stands against no "12 dead".
            pairs = [
                p for p in pairs
                if p.relation == "disputed" or not (_prints_both(context, p.a, p.b) or _prints_both(context, p.b, p.a))
            ]  # fmt: skip
            if pairs:
                values = {u.figure.value for p in pairs for u in (p.a, p.b) if u.figure}
                held = {m.report for p in pairs for m in (p.a, p.b)} | set(context.reports) - {context.draft}
                shown = [m for m in grouped.members if m.figure and m.figure.value in values and m.report in held]
                message = f"The figures for “{grouped.claim.summary}” cannot both be true: {sides(context, shown)}."
                severity = _severity(context, [(p.a, p.b) for p in pairs])
                reports = sorted({m.report for m in shown})
                yield conflict(context, message, reports, [of_member(m) for m in shown], grouped.claim.id, severity)


def _of_counts(context: Context, told: Collection[str | None]) -> Iterator[Finding]:
    """The numbers of one noun that reports print in clauses much alike, whichever claims hold them; one a noun.

    `told` are claims of which a conflict is told already. Of dated reports only amounts of one year or day are compared.
    """
    held: dict[tuple[str, str | None], list[tuple[Grouped, Proposition]]] = defaultdict(list)
    for grouped in context.claims:
        for m in grouped.members:
            if m.figure and m.topic and not m.part and m.figure.value and grouped.claim.id not in told:
                held[m.topic, m.figure.unit].append((grouped, m))
    for _, members in sorted(held.items(), key=lambda item: str(item[0])):
        pairs = [(members[n][0], members[n][1], members[m][1]) for n, m in _counts_of_one(context, [m for _, m in members])]
        best = max(pairs, key=lambda p: likeness(p[1].words, p[2].words), default=None)
        if best:
            grouped, a, b = best
            shown = {(m.report, m.start): m for m in (a, b)} | {(m.report, m.start): m for _, *two in pairs for m in two}
            said = sides(context, list(shown.values()))
            message = f"Reports differ in the number of one thing, “{_clause(context, a)}”: {said}."
            proof = [of_member(m) for m in shown.values()]
            yield conflict(context, message, sorted({r for r, _ in shown}), proof, grouped.claim.id, "medium")


def sides(context: Context, members: Sequence[Proposition]) -> str:
    """Return which reports print which number: "24 (Hill Post) against 19 (Lund Observer, Quay Gazette)"."""
    said: dict[tuple[float, str | None], list[str]] = {}
    printed: dict[tuple[float, str | None], str] = {}
    for figure, m in ((m.figure, m) for m in members if m.figure):
        printed.setdefault((figure.value, figure.unit), say(figure))
        said.setdefault((figure.value, figure.unit), []).append(context.name(m.report))
    return " against ".join(f"{printed[n]} ({', '.join(dict.fromkeys(names))})" for n, names in said.items())


def _counts_of_one(context: Context, members: Sequence[Proposition]) -> list[tuple[int, int]]:
    """The pairs of members, by their numbers in order, that are one count of two reports; each two wordings are weighed once."""
    held: dict[object, list[int]] = defaultdict(list)
    for n, m in enumerate(members):
        f = m.figure
        if f and f.bound not in ("more", "less") and not (f.bound == "about" and f.high is None) and _is_alone(context, m):
            number = f.value, f.low, f.high, f.unit
            dated = bool(context.printed(m.report))
            held[number, m.time and m.time.value, m.names, frozenset(m.words.items()), dated].append(n)
    found = [
        (min(pair), max(pair))
        for one, other in combinations(held.values(), 2)
        if _may_be_one_count(context, members[one[0]], members[other[0]])
        for pair in product(one, other)
    ]
    return [(n, m) for n, m in sorted(found) if _differ_in_count(context, members[n], members[m])]


def _may_be_one_count(context: Context, a: Proposition, b: Proposition) -> bool:
    """Whether two clauses much alike count one noun at one time, whoever prints them."""
    if not a.figure or not b.figure or not are_apart(a.figure, b.figure):
        return False
    small, large = sorted((a.figure.value, b.figure.value))
    if large > thresholds.UPDATED_RATIO * small or is_elsewhere(a, b):
        return False
    dated = bool(a.time and b.time and a.time.value == b.time.value and a.names & b.names and a.figure.unit and large < 2 * small)
    # What two dated reports count may have grown between them.
    if not dated and all(context.printed(m.report) for m in (a, b)):
        return False
    return likeness(a.words, b.words) >= (thresholds.DATED_ALIKE if dated else thresholds.COUNT_ALIKE)


def _differ_in_count(context: Context, a: Proposition, b: Proposition) -> bool:
    """Whether two members are of two newsrooms, and neither report prints the other's number too."""
    if a.report == b.report or _are_of_one_newsroom(context, a.report, b.report):
        return False
    return not any(
        f.value == m.figure.value for m, r in ((a, b.report), (b, a.report)) for f in context.mentions[r].figures if m.figure
    )


def _is_alone(context: Context, member: Proposition) -> bool:
    """Whether a clause has one number besides its own at the most, and no whole ("18 of 23 games"): results have many."""
    start = member.figure.start if member.figure else 0
    if re.search(r"\bof (?:\w+ ){0,2}$", context.words(member.report, (max(0, start - _LONGEST), start))):
        return False
    return sum(member.start <= f.start < member.end for f in context.mentions[member.report].figures) <= _NUMBERS


def _clause(context: Context, member: Proposition) -> str:
    words = context.words(member.report, (member.start, member.end))
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _prints_both(context: Context, one: Proposition, other: Proposition) -> bool:
    """Whether the sentence of one member prints the other's number too: then it counts two things."""
    printed = [f for f in context.mentions[one.report].figures if one.sentence[0] <= f.start < one.sentence[1]]
    return any(other.figure and (f.value, f.unit) == (other.figure.value, other.figure.unit) for f in printed)


def _are_of_one_newsroom(context: Context, one: str, other: str) -> bool:
    return one != other and same_outlet(context.reports[one].outlet, context.reports[other].outlet)


def conflict(
    context: Context, message: str, reports: Iterable[str], proof: Iterable[Evidence], claim: str | None, severity: str
) -> Finding:
    """Return the finding that figures cannot both be true."""
    return context.finding(FIGURE_CONFLICT, message, reports, proof, claim, severity)


def _severity(context: Context, apart: Sequence[_Pair]) -> str:
    """High where it is certain that one of two reports copied the other, and the sentence of the number too, else medium."""
    copies = {frozenset((p.copy, p.original)) for p in context.sure_pairs if context.severity(FIGURE_CONFLICT, p) == "high"}
    copied = (
        frozenset((a.report, b.report)) in copies and (context.is_copied(a, b) or likeness(a.words, b.words) >= COPIED_WORDS)
        for a, b in apart
    )
    return "high" if any(copied) else "medium"


def _changed_in_copies(context: Context, told: Collection[str | None]) -> Iterator[Finding]:
    """Numbers that a copy changed in a claim of which the greater news is a dispute or an update; one a copy and claim.

    `told` are claims of which a conflict is told already.
    """
    copies = {frozenset((p.copy, p.original)): p for p in context.sure_pairs}
    for grouped in context.claims:
        if grouped.claim.id in told or grouped.claim.relation not in ("updated", "disputed") or not grouped.members[0].figure:
            continue
        seen = set()
        for r in grouped.apart:
            pair = copies.get(frozenset((r.a.report, r.b.report)))
            changed = _numbers(grouped, r.a.report) != _numbers(grouped, r.b.report)
            if r.relation == "conflict" and pair and pair.copy not in seen and changed:
                seen.add(pair.copy)
                message = f"{context.name(pair.copy)} and {context.name(pair.original)} print one source: {r.reason}."
                proof = [of_member(r.a), of_member(r.b)]
                reports = sorted((pair.copy, pair.original))
                yield conflict(context, message, reports, proof, grouped.claim.id, context.severity(FIGURE_CONFLICT, pair))


def _years_changed_in_copies(context: Context) -> Iterator[Finding]:
    """The years that a copy changed in a clause that it has in the original's words; one a copy and year."""
    seen: set[tuple[str, str]] = set()
    for grouped in context.claims:
        for pair in context.sure_pairs:
            mine, theirs = (context.members(grouped, r) for r in (pair.copy, pair.original))
            for copy, original in product(mine, theirs):
                new, old = _year(context, copy), _year(context, original)
                if not new or not old or new == old or (pair.copy, new) in seen:
                    continue
                kept = new in context.reports[pair.original].text or old in context.reports[pair.copy].text
                if not kept and likeness(copy.words, original.words) >= COPIED_WORDS:
                    seen.add((pair.copy, new))
                    message = f"{context.name(pair.copy)} prints {new} where {context.name(pair.original)} has {old}."
                    proof = [of_member(copy), of_member(original)]
                    reports = sorted((pair.copy, pair.original))
                    yield conflict(context, message, reports, proof, grouped.claim.id, context.severity(FIGURE_CONFLICT, pair))


def _year(context: Context, member: Proposition) -> str | None:
    """The year that a member prints, if it is one."""
    years = _YEAR.findall(context.words(member.report, (member.start, member.end)))
    return years[0] if len(years) == 1 else None


def _numbers(grouped: Grouped, report: str) -> set[float]:
    """The numbers that a report prints for a claim: a copy with both sides' numbers has changed none."""
    return {m.figure.value for m in grouped.members if m.figure and m.report == report}


def _of_measures(context: Context) -> Iterator[Finding]:
    """The measures of which two reports print two numbers; one a measure."""
    held: dict[str, dict[str, list[tuple[Grouped, Proposition]]]] = defaultdict(lambda: defaultdict(list))
    for grouped in context.claims:
        for member in grouped.members:
            measure = _measure(context, member)
            if measure:
                held[measure][member.report].append((grouped, member))
    for measure, by_report in sorted(held.items()):
        single = {r: units[0] for r, units in by_report.items() if len({u.figure and u.figure.value for _, u in units}) == 1}
        for one, other in combinations(sorted(single), 2):
            if _are_in_conflict(context, single, one, other):
                yield _measure_finding(context, measure, single, one, other)
                break


def _measure_finding(
    context: Context, measure: str, single: Mapping[str, tuple[Grouped, Proposition]], one: str, other: str
) -> Finding:
    a, b = single[one][1], single[other][1]
    message = (
        f"Two numbers for one {measure}: {a.figure and say(a.figure)} ({context.name(one)}) and "
        f"{b.figure and say(b.figure)} ({context.name(other)})."
    )
    values = {u.figure.value for u in (a, b) if u.figure}
    shown = [u for _, u in single.values() if u.figure and u.figure.value in values]
    reports = sorted(u.report for u in shown)
    proof = [of_member(u) for u in shown]
    return conflict(context, message, reports, proof, single[one][0].claim.id, _severity(context, [(a, b)]))


def _are_in_conflict(context: Context, single: Mapping[str, tuple[Grouped, Proposition]], one: str, other: str) -> bool:
    """Whether two reports of about one time print two numbers, of which another report has one, or both are attributed."""
    a, b = single[one][1], single[other][1]
    moments = [instant(context.reports[r].published) for r in (one, other)]
    if (
        moments[0] is None
        or moments[1] is None
        or abs(moments[0] - moments[1]) > thresholds.MEASURE_SECONDS
        or not (a.figure and b.figure)
    ):
        return False
    if abs(a.figure.value - b.figure.value) <= max(_last_digit(a.figure.value), _last_digit(b.figure.value)):
        return False
    if not _is_one_event(context, one, other):
        return False
    values = [u.figure.value for _, u in single.values() if u.figure]
    return len(values) > len(set(values)) or bool(a.source and b.source)


def _is_one_event(context: Context, one: str, other: str) -> bool:
    """Whether two reports begin with the same names."""
    names = [_names(context, r) for r in (one, other)]
    shared = len(names[0] & names[1])
    return shared >= thresholds.EVENT_NAMES and shared >= thresholds.EVENT_NAMES_SHARE * min(len(n) for n in names)


def _names(context: Context, report: str) -> frozenset[str]:
    held = context.paragraphs[report]
    start = min((p.start for p in held), default=0)
    tokens = [t for p in held if p.start < start + thresholds.EVENT_LEAD for t in p.doc]
    return frozenset(t.lower_ for t in tokens if t.pos_ == "PROPN" and t.ent_type_ not in ("DATE", "TIME"))


def _last_digit(value: float) -> float:
    """The place of the last digit that is not zero: 8,200 may stand for 8,214."""
    digits = f"{value:.10g}"
    if "." in digits:
        return float(10 ** -len(digits.split(".")[1]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _measure(context: Context, member: Proposition) -> str | None:
    """The measure that a member's number is of, if it is the event's own: of no other time, place or part."""
    figure = member.figure
    if figure is None or figure.bound not in ("exact", "about") or member.part:
        return None
    text = context.reports[member.report].text
    before, after = text[member.sentence[0] : figure.start], text[figure.end : min(figure.end + 60, member.sentence[1])]
    near = before[-60:] + re.split(r"[,;(]", after)[0]
    if _COMPARED.search(before) or _TIMED.search(near) or set(re.findall(r"[a-z]+", near.lower())) & _other_measures():
        return None
    for measure, unit, place, words in _measures():
        if unit != (figure.unit or "-") or (unit == "-" and figure.value < thresholds.CROWD):
            continue
        if words.search(before) if place == "before" else words.match(after):
            return measure
    return None


@lru_cache(maxsize=1)
def _other_measures() -> frozenset[str]:
    return frozenset(w for _, _, place, words in rows("findings", "measures.tsv") if place == "beside" for w in words.split("|"))


@lru_cache(maxsize=1)
def _measures() -> Sequence[tuple[str, str, str, re.Pattern[str]]]:
    """Measure, unit, place, and the pattern of its words right beside the number."""
    found = []
    for measure, unit, place, words in rows("findings", "measures.tsv"):
        some = "|".join(re.escape(w) for w in words.split("|"))
        pattern = rf"\b(?:{some})\b[^.,;:()\d]{{0,16}}$" if place == "before" else rf"\s?(?:[a-z]+ )?(?:{some})\b"
        if place != "beside":
            found.append((measure, unit, place, re.compile(pattern, re.IGNORECASE)))
    return found


def _of_crowds(context: Context) -> Iterator[Finding]:
    """The counts of one crowd by two sides that reports set against each other."""
    claims = {(m.report, m.figure.start): g for g in context.claims for m in g.members if m.figure}
    members = [m for g in context.claims for m in g.members if _is_crowd(m)]
    beside: dict[tuple[float, ...], list[_Pair]] = defaultdict(list)
    for report in sorted({m.report for m in members}):
        own = sorted((m for m in members if m.report == report), key=lambda m: m.figure.start if m.figure else 0)
        for one, other in pairwise(own):
            if _are_rivals(context, one, other) and one.figure and other.figure:
                beside[tuple(sorted((one.figure.value, other.figure.value)))].append((one, other))
    for _, pairs in sorted(beside.items()):
        if len({a.report for a, _ in pairs}) >= thresholds.CROWD_REPORTS:
            yield _crowd_finding(context, pairs, claims)


def _crowd_finding(context: Context, pairs: Sequence[_Pair], claims: dict[tuple[str, int], Grouped]) -> Finding:
    a, b = pairs[0]
    one, other = a.figure, b.figure
    message = (
        f"Two counts of one crowd: {one and say(one)} against {other and say(other)}; "
        f"{context.counted({x.report for x, _ in pairs})} set one against the other."
    )
    proof = [of_member(u) for pair in pairs for u in pair]
    reports = sorted({x.report for x, _ in pairs})
    claim = claims[a.report, one.start].claim.id if one else None
    # One report prints both counts: nobody changed one on the way.
    return conflict(context, message, reports, proof, claim, "medium")


def _is_crowd(member: Proposition) -> bool:
    figure = member.figure
    return bool(
        figure and figure.value >= thresholds.CROWD and not figure.unit and not member.part and member.topic in (None, "person")
    )


def _are_rivals(context: Context, one: Proposition, other: Proposition) -> bool:
    """Whether two numbers that cannot both be true stand side by side, one said to be an estimate, one of people in a crowd."""
    x, y = one.figure, other.figure
    if not x or not y or y.start - x.end > SIDE_BY_SIDE or one.sentence == other.sentence or not are_apart(x, y):
        return False
    verbs = [_counting_verb(context, u) for u in (one, other)]
    if not verbs[0] or not verbs[1]:
        return False
    sides = [u.source or _subject(v) for u, v in zip((one, other), verbs, strict=True) if v]
    known = all(sides) and sides[0] != sides[1]
    return known and any(_estimates(v) for v in verbs if v) and any(_is_of_a_crowd(v) for v in verbs if v)


def _counting_verb(context: Context, member: Proposition) -> "Token | None":
    paragraph = context.paragraph(member.report, member.figure.start) if member.figure else None
    if not paragraph or not member.figure:
        return None
    start, end = member.figure.start - paragraph.start, member.figure.end - paragraph.start
    span = paragraph.doc.char_span(start, end, alignment_mode="expand")
    # "Estimated 22,000" is a bound and its number: the verb stands in the figure.
    return span.root if span and span.root.pos_ == "VERB" else governing_verb(paragraph.doc, start, end)


def _subject(verb: "Token") -> str:
    """The words of who estimates, in lower case; empty where the verb has no subject."""
    return " ".join(t.lower_ for c in verb.children if c.dep_ == "nsubj" for t in c.subtree)


def _estimates(verb: "Token") -> bool:
    lemmas = {c.lemma_.lower() for c in verb.children if c.dep_ in ("dobj", "obj")}
    lemma = verb.lemma_.lower()
    return lemma in _estimate_words("verbs") or (lemma in _estimate_words("with") and bool(lemmas & _estimate_words("nouns")))


def _is_of_a_crowd(verb: "Token") -> bool:
    here = {t.lemma_.lower() for t in verb.subtree}
    done = here | {f"{verb.lemma_.lower()}_{c.lemma_.lower()}" for c in verb.children if c.dep_ in ("dobj", "obj")}
    nested = {f"{t.head.lemma_.lower()}_{t.lemma_.lower()}" for t in verb.subtree if t.dep_ in ("dobj", "obj")}
    return bool((done | nested) & _estimate_words("did"))


def _estimate_words(name: str) -> frozenset[str]:
    return word_lists("findings", "estimates.txt")[name]
