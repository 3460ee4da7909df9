"""A figure that somebody gave to one newsroom, and that others have from there: one source, however many print it."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from stemma.claims.counts import LENGTHS
from stemma.descent.telling import same_outlet
from stemma.findings.context import Context, evidence
from stemma.findings.make import make
from stemma.findings.taken import named, told
from stemma.findings.wordings import pattern
from stemma.mentions.kinds import Figure
from stemma.tables import Evidence, Finding, Span

REPORTS = 3
LARGE = 100
"""A bare count from which two reports do not mean two things by it."""
_HAD, _CHECKED = pattern("had from"), pattern("checked")


def passed_on(context: Context, shown: Collection[Evidence]) -> Iterator[Finding]:
    """Yield the attributed figures of one newsroom that other reports credit to it or copied, one a newsroom and source.

    `shown` are the words that other findings of this kind speak of.
    """
    seen: set[tuple[str, str]] = set()
    printed = _printed(context)
    for report in context.reports:
        for figure in context.mentions[report].figures:
            others = printed[figure.value, figure.unit]
            if len(others) < REPORTS:
                continue
            sentence = context.sentence_of(report, figure)
            source = _source(context, report, figure, sentence)
            if source is None or (report, source) in seen or not _is_weighty(figure) or _is_shown(shown, report, figure):
                continue
            if _CHECKED.search(context.words(report, sentence)) or _is_settled(context, report, figure):
                continue
            held = _holders(context, report, sentence, others)
            if len(held) >= REPORTS:
                seen.add((report, source))
                yield _one(context, report, source, held)


def _one(context: Context, report: str, source: str, held: list[Evidence]) -> Finding:
    words = context.words(report, (held[0].start, held[0].end))
    message = (
        f"{len(held)} reports carry “{words}” All have it from {context.name(report)}, which has it from {source}, "
        "and none says that anybody verified it."
    )
    return make(context, "single source", "medium", message, [e.report for e in held], held)


def _holders(context: Context, report: str, sentence: Span, printed: Mapping[str, Sequence[Figure]]) -> list[Evidence]:
    """The figure's sentence, and later ones of other outlets that credit the report or are copied; none without a credit."""
    outlet = context.reports[report].outlet or ""
    name = named(outlet)
    held, credited = [evidence(report, sentence)], False
    for other in sorted(printed):
        if other == report or same_outlet(outlet, context.reports[other].outlet) or context.is_earlier(other, report):
            continue
        spans = [context.sentence_of(other, f) for f in printed[other]]
        if any(_CHECKED.search(context.words(other, s)) for s in spans):
            return []
        naming = [s for s in spans if name.search(context.words(other, s)) and _HAD.search(context.words(other, s))]
        copied = spans if context.related(report, other) else []
        credited |= bool(naming)
        held += [evidence(other, s) for s in (naming or copied)[:1]]
    return held if credited else []


def _source(context: Context, report: str, figure: Figure, sentence: Span) -> str | None:
    """Who gave a figure to a report, as it names him; "one source" where it only says that its own newsroom was told."""
    outlet = context.reports[report].outlet
    if not outlet:
        return None
    for s in context.statements:
        if s.report == report and s.source and any(a <= figure.start < b for a, b in s.content):
            return context.sources[s.source].name
    return "one source" if told(outlet).search(context.words(report, sentence)) else None


def _is_weighty(figure: Figure) -> bool:
    return figure.unit not in LENGTHS if figure.unit else figure.value >= LARGE


def _printed(context: Context) -> dict[tuple[float, str | None], dict[str, list[Figure]]]:
    """Which reports print a number and unit, and where."""
    found: dict[tuple[float, str | None], dict[str, list[Figure]]] = {}
    for report, mentions in context.mentions.items():
        for f in mentions.figures:
            found.setdefault((f.value, f.unit), {}).setdefault(report, []).append(f)
    return found


def _is_shown(shown: Collection[Evidence], report: str, figure: Figure) -> bool:
    return any(e.report == report and e.start <= figure.start < e.end for e in shown)


def _is_settled(context: Context, report: str, figure: Figure) -> bool:
    """Whether a claim of the figure is verified, or in dispute, which is the greater news."""
    return any(
        (g.claim.verified_by or g.claim.relation in ("conflict", "disputed"))
        and any(m.report == report and m.figure and m.figure.start == figure.start for m in g.members)
        for g in context.claims
    )
