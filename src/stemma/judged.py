"""What people judged of one story, as the rooms take it: must-links, cannot-links, derivations that are and are not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stemma import ids
from stemma.tables import Evidence, Finding, Judgement

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """Pairs of statement ids that are or are not one claim, of names that are or are not one source, of witnesses.

    `rejected` and `accepted` are (child, parent) ids of witnesses, the latter with why; names are the places where they stand.
    """

    same_claims: tuple[Pair, ...] = ()
    other_claims: tuple[Pair, ...] = ()
    same_names: tuple[tuple[Evidence, Evidence], ...] = ()
    other_names: tuple[tuple[Evidence, Evidence], ...] = ()
    rejected: frozenset[Pair] = frozenset()
    accepted: Mapping[Pair, str] = field(default_factory=dict)


NOTHING = Judged()


def judged_of(judgements: Iterable[Judgement], reports: Collection[str]) -> Judged:
    """Return what is judged of a story of these reports; a judgement that speaks of reports elsewhere is left out."""
    rows = [j for j in judgements if concerns(j, reports)]

    def pairs(kind: str, verdict: str) -> list[Judgement]:
        return sorted((j for j in rows if (j.kind, j.verdict) == (kind, verdict)), key=lambda j: (j.this, j.that))

    return Judged(
        tuple((j.this, j.that) for j in pairs("statement", "same")),
        tuple((j.this, j.that) for j in pairs("statement", "not")),
        tuple((j.evidence[0], j.evidence[1]) for j in pairs("name", "same")),
        tuple((j.evidence[0], j.evidence[1]) for j in pairs("name", "not")),
        frozenset((j.this, j.that) for j in pairs("derivation", "wrong")),
        {(j.this, j.that): j.note for j in pairs("derivation", "right")},
    )


def concerns(judgement: Judgement, reports: Collection[str]) -> bool:
    """Return whether a judgement speaks of a story of these reports: all its words stand in them."""
    return bool(judgement.evidence) and all(e.report in reports for e in judgement.evidence)


def judged_by_story(judgements: Iterable[Judgement], stories: Mapping[str, Iterable[str]]) -> dict[str, list[Judgement]]:
    """Return the judgements that concern each of the stories, which are given with their reports.

    Which reports belong together is aside: the story itself shows it, and nothing in it hangs on when that was said.
    """
    story_of = {report: story for story, reports in stories.items() for report in reports}
    grouped: dict[str, list[Judgement]] = {story: [] for story in stories}
    for judgement in (j for j in judgements if j.kind != "report"):
        spoken_of = {story_of.get(e.report) for e in judgement.evidence}
        if len(spoken_of) == 1 and (story := spoken_of.pop()):
            grouped[story].append(judgement)
    return grouped


def verdict_on(finding: Finding, judgements: Iterable[Judgement]) -> Judgement | None:
    """Return what was judged of a finding: of itself, or of one of its kind each of whose words touch its own.

    With more pages a finding names more reports and gets another id; who said that it is wrong need not say it again.
    """
    for j in judgements:
        if j.kind == "finding" and j.this == finding.id:
            return j
    for j in judgements:
        if j.kind == "finding" and j.about.startswith(f"{finding.kind}: ") and _is_of_its_words(j, finding):
            return j
    return None


def _is_of_its_words(judgement: Judgement, finding: Finding) -> bool:
    """Whether all words that were judged stand in a finding, if cut a little otherwise."""
    held = [(e, o) for e in judgement.evidence for o in finding.evidence if e.report == o.report]
    touched = {e for e, o in held if e.start < o.end and o.start < e.end}
    return bool(touched) and touched == set(judgement.evidence)


def judgement_id(this: str, that: str) -> str:
    """Return the id under which a judgement is listed and undone."""
    return ids.digest("judgement", this, that)


def derivation_id(child: str, parent: str) -> str:
    """Return the id of a derivation, by which it is judged."""
    return ids.digest("derivation", child, parent)


def judged_as(judgement: Judgement | None) -> dict[str, Any]:
    """Return the field `judged` of something in the account, or nothing where nobody judged it."""
    if judgement is None:
        return {}
    key = judgement_id(judgement.this, judgement.that)
    return {"judged": {"id": key} | {name: getattr(judgement, name) for name in ("verdict", "who", "when", "note")}}


def judged_pair(child: str, parent: str, judgements: Iterable[Judgement]) -> dict[str, Any]:
    """Return the field `judged` of a derivation."""
    return judged_as(next((j for j in judgements if (j.kind, j.this, j.that) == ("derivation", child, parent)), None))
