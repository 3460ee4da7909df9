"""Two figures that cannot both be true: of one claim, years that a copy changed, or two ages of one person."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from stemma.claims.build import Grouped
from stemma.claims.propositions import Proposition
from stemma.claims.relations import Related, likeness, say
from stemma.claims.same_thing import instant, is_one_thing
from stemma.claims.summary import COUNTED
from stemma.claims.thresholds import COPIED_WORDS
from stemma.descent.telling import same_outlet
from stemma.findings import thresholds
from stemma.findings.context import Context, of_member
from stemma.findings.figure_changes import update
from stemma.findings.kinds import FIGURE_CONFLICT
from stemma.tables import Evidence, Figure, Finding
from stemma.text.normal import fold

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_Pair = tuple[Proposition, Proposition]
_YEARS = "year-old"
"""The unit of an age."""
_NAME = re.compile(r"[A-Z][\w'-]+(?:\s(?:[“\"][^”\"]+[”\"]|[A-Z][\w'-]*\.?|de|la|van|von|bin|al))*")
_OTHER_TIME = re.compile(r"\b(?:when|then|until|(?:at|by)(?: the)? age|turn\w*|would be|will be|since|as an?)\b[^.]*$")
_GROUP = re.compile(r"\W{0,3}(?:and|or) (?:under|over|up|older|younger|above|below)\b", re.IGNORECASE)
"""Behind an age: it is that of a group of people."""
_NUMBER = re.compile(r"\d+")
_PERSONS = ("boy", "girl", "man", "woman", "child", "teenager", "toddler", "baby", "student", "bride", "groom", "fisherman")
"""Words for the one person of whom a report begins to tell."""


def figure_conflicts(context: Context) -> Iterator[Finding]:
    """Yield the figures of one claim, and the years of a copy and its original, that cannot both be true."""
    yield from _of_claims(context)
    things = list(_of_things(context))
    yield from things
    told = [e for f in things for e in f.evidence]
    yield from (f for f in _years_changed_in_copies(context) if not all(any(_meet(e, t) for t in told) for e in f.evidence))


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.report == other.report and one.start < other.end and other.start < one.end


def _of_claims(context: Context) -> Iterator[Finding]:
    """A finding for each claim in conflict or disputed: its first pair of members, and every report on either side.

    It is grave where one of the two copied the other; two newsrooms may count two things.
    """
    for grouped in context.claims:
        if grouped.claim.relation in ("conflict", "disputed"):
            # Two pages of one newsroom count anew; of one number that somebody denies the disputes tell.
            pairs = [p for p in context.worst_figures(grouped) if not is_one_thing(p.a, p.b) and _differ(p)]
            pairs = [p for p in pairs if not _are_of_one_newsroom(context, p.a.report, p.b.report)]
            # "Killed 12 people and injured 11" stands against no "12 dead".
            pairs = [
                p for p in pairs
                if p.relation == "disputed" or not (_prints_both(context, p.a, p.b) or _prints_both(context, p.b, p.a))
            ]  # fmt: skip
            if pairs:
                values = {u.figure.value for p in pairs for u in (p.a, p.b) if u.figure}
                held = {m.report for p in pairs for m in (p.a, p.b)} | set(context.reports) - {context.draft}
                shown = [m for m in grouped.members if m.figure and m.figure.value in values and m.report in held]
                message = f"{_what_differs(grouped, shown)}: {sides(context, shown)}."
                severity = _severity(context, [(p.a, p.b) for p in pairs])
                reports = sorted({m.report for m in shown})
                yield conflict(context, message, reports, [of_member(m) for m in shown], grouped.claim.id, severity)


def _differ(pair: Related) -> bool:
    return bool(pair.a.figure and pair.b.figure and say(pair.a.figure) != say(pair.b.figure))


def _what_differs(grouped: Grouped, members: Sequence[Proposition]) -> str:
    """What two figures are of, and why they are a conflict: a count of people runs, and may be of another hour."""
    counted = next((COUNTED[m.topic] for m in members if m.topic in COUNTED), "")
    if counted:
        return f"Reports differ on the {counted.lower()}, and none says that its count is the later one"
    return f"The figures for “{grouped.claim.summary}” cannot both be true"


def _of_things(context: Context) -> Iterator[Finding]:
    """A finding for each thing of which reports print two quantities in other words: who prints which, in whose words."""
    for grouped in context.claims:
        pairs = [p for p in grouped.apart if is_one_thing(p.a, p.b) and p.relation in ("conflict", "disputed")]
        if pairs:
            shown = [m for m in grouped.members if m.thing == pairs[0].a.thing]
            said: dict[object, list[Proposition]] = {}
            for m in shown:
                said.setdefault((m.figure.value, m.figure.unit) if m.figure else m.when and m.when.value, []).append(m)
            told = " against ".join(_side_in_words(context, members) for members in said.values())
            yield conflict(
                context,
                f"Reports differ on one thing: {told}.",
                sorted({m.report for m in shown}),
                [of_member(m) for m in shown],
                grouped.claim.id,
                _severity(context, [(p.a, p.b) for p in pairs]),
            )


def _side_in_words(context: Context, members: Sequence[Proposition]) -> str:
    """One side: its quantity, who prints it, and the words of the first: "2015 (Hill Post: “the bear came in 2015”)"."""
    first = members[0]
    when = context.words(first.report, (first.when.start, first.when.end)) if first.when else ""
    printed = say(first.figure) if first.figure else when
    names = ", ".join(dict.fromkeys(context.name(m.report) for m in members))
    return f"{printed} ({names}: “{' '.join(context.words(first.report, (first.start, first.end)).split())}”)"


def sides(context: Context, members: Sequence[Proposition]) -> str:
    """Return who prints which number: "24 (Hill Post) against 19 (Lund Observer, Quay Gazette)".

    Where a report prints two of the numbers, those stand for each who mostly give it.
    """
    said: dict[tuple[float, str | None], list[Proposition]] = defaultdict(list)
    for m in members:
        if m.figure:
            said[m.figure.value, m.figure.unit].append(m)
    outlets = [list(dict.fromkeys(context.name(m.report) for m in side)) for side in said.values()]
    if len({name for names in outlets for name in names}) < sum(map(len, outlets)):
        outlets = [givers or names for givers, names in zip(_givers(context, list(said.values())), outlets, strict=True)]
    printed = (side[0].figure and say(side[0].figure) for side in said.values())
    return " against ".join(f"{number} ({', '.join(names)})" for number, names in zip(printed, outlets, strict=True))


def _givers(context: Context, said: Sequence[Sequence[Proposition]]) -> list[list[str]]:
    """The sources of each side, each on the one where it stands most often."""
    often = [Counter(context.sources[m.source].name for m in side if m.source and m.source in context.sources) for side in said]
    return [
        [name for name in names if all(names[name] > other[name] for other in often if other is not names)] for names in often
    ]


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


def two_ages(context: Context, conflicts: Sequence[Finding], corrections: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the persons of whom two reports print two ages; one finding a person, and none that `conflicts` tell of.

    Where one of the `corrections` has both ages, the other reports print what was corrected.
    """
    told = [e for f in conflicts for e in f.evidence]
    held: dict[str, dict[str, list[tuple[Figure, str]]]] = defaultdict(lambda: defaultdict(list))
    for report in context.reports:
        for figure in context.mentions[report].figures:
            known = _person(context, report, figure) if figure.unit == _YEARS and report != context.draft else None
            if known:
                held[known[0]][report].append((figure, known[1]))
    for _, by_report in sorted(held.items()):
        if not any(e.report == r and e.start <= f.start < e.end for e in told for r, ages in by_report.items() for f, _ in ages):
            yield from _of_person(context, by_report, [e for f in corrections for e in f.evidence])


def _person(context: Context, report: str, figure: Figure) -> tuple[str, str] | None:
    """Who is of an age: the key of a name, or of a noun at the beginning of the report, and the words to show."""
    start, end = context.sentence_at(report, figure.start)
    told = context.words(report, (start, figure.start))
    if (
        figure.holder is None
        or figure.bound != "exact"
        or _OTHER_TIME.search(told)
        or _GROUP.match(context.words(report, (figure.end, end)))
        or _YEAR.search(context.words(report, (start, end)))
    ):
        return None
    words = context.words(report, figure.holder).replace("’", "'").removesuffix("'s")
    name = _NAME.search(words)
    if name and len(name[0]) > 2:
        return fold(name[0].split()[-1]), name[0]
    noun = words.split()[-1].lower() if words.split() else ""
    begins = context.sentences(report)[0][0] if context.sentences(report) else 0
    if noun in _PERSONS and figure.start < begins + thresholds.EVENT_LEAD:
        return noun, f"the {noun}"
    return None


def _of_person(
    context: Context, by_report: Mapping[str, Sequence[tuple[Figure, str]]], notes: Sequence[Evidence]
) -> Iterator[Finding]:
    """The finding on one person, if each of the reports prints one age and two of them are apart."""
    single = {r: held[0] for r, held in by_report.items() if len({f.value for f, _ in held}) == 1}
    if len({fold(name.split()[0]) for _, name in single.values() if len(name.split()) > 1}) > 1:
        # Two of one family, or of one surname.
        return
    if not all(_is_of_one_time(context, one, other) for one, other in combinations(sorted(single), 2)):
        return
    for one, other in combinations(sorted(single), 2):
        ages = {single[r][0].value for r in (one, other)}
        if len(ages) > 1:
            noted = [n for n in notes if ages <= {float(w) for w in _NUMBER.findall(context.words(n.report, (n.start, n.end)))}]
            yield _corrected(context, single, noted) if noted else _finding(context, single)
            return


def _is_of_one_time(context: Context, one: str, other: str) -> bool:
    """Whether two reports are of one time, so that no birthday lies between them."""
    first, second = (instant(context.printed(r)) for r in (one, other))
    return first is None or second is None or abs(first - second) <= thresholds.BIRTHDAY_DAYS * 86400


def _corrected(context: Context, single: Mapping[str, tuple[Figure, str]], notes: Sequence[Evidence]) -> Finding:
    """The finding that some reports corrected an age, and which age each of the others prints."""
    noted = {n.report for n in notes}
    others = {r: held for r, held in single.items() if r not in noted}
    name = max((name for _, name in single.values()), key=lambda n: (len(n), n))
    houses = " and ".join(sorted({context.name(r) for r in noted}))
    message = f"{houses} corrected the age of {name}; other reports print {_ages(context, others)}."
    return update(context, message, sorted({*single, *noted}), [*notes, *_proof(context, others)])


def _finding(context: Context, single: Mapping[str, tuple[Figure, str]]) -> Finding:
    name = max((name for _, name in single.values()), key=lambda n: (len(n), n))
    return conflict(
        context, f"Two ages of {name}: {_ages(context, single)}.", sorted(single), _proof(context, single), None, "medium"
    )


def _ages(context: Context, single: Mapping[str, tuple[Figure, str]]) -> str:
    """The ages, each with the reports that print it."""
    reports: dict[float, list[str]] = defaultdict(list)
    for report, (figure, _) in sorted(single.items()):
        reports[figure.value].append(context.name(report))
    return " and ".join(f"{age:g} ({', '.join(held)})" for age, held in sorted(reports.items()))


def _proof(context: Context, single: Mapping[str, tuple[Figure, str]]) -> list[Evidence]:
    return [Evidence(r, *context.sentence_at(r, figure.start)) for r, (figure, _) in sorted(single.items())]
