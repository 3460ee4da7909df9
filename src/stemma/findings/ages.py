"""Two ages of one person, by name, or of the one of whom the reports begin to tell; corrected, where a report says so."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from stemma.claims.same_thing import instant
from stemma.findings import thresholds
from stemma.findings.context import Context
from stemma.findings.figure_changes import update
from stemma.findings.figure_conflict import conflict
from stemma.tables import Evidence, Figure, Finding
from stemma.text.normal import fold

_YEARS = "year-old"
"""The unit of an age."""
_NAME = re.compile(r"[A-Z][\w'-]+(?:\s(?:[“\"][^”\"]+[”\"]|[A-Z][\w'-]*\.?|de|la|van|von|bin|al))*")
_OTHER_TIME = re.compile(r"\b(?:when|then|until|(?:at|by)(?: the)? age|turn\w*|would be|will be|since|as an?)\b[^.]*$")
_GROUP = re.compile(r"\W{0,3}(?:and|or) (?:under|over|up|older|younger|above|below)\b", re.IGNORECASE)
"""Behind an age: it is that of a group of people."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+")
_PERSONS = ("boy", "girl", "man", "woman", "child", "teenager", "toddler", "baby", "student", "bride", "groom", "fisherman")
"""Words for the one person of whom a report begins to tell."""


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
