"""What a drawn stemma says beside each circle, in small lines under the name."""

from collections.abc import Mapping

from stemma.show.axis import Axis
from stemma.show.forest import DEEPEST, Branch
from stemma.show.times import in_words
from stemma.show.wording import Row, credit, percent, probability
from stemma.text.moments import read_moment

_SIGLA = 12

Notes = list[list[str]]
"""Notes, each of parts that stay whole where a note is broken."""


def row_notes(branch: Branch, sigla: Mapping[str, str], reports: Mapping[str, Row], axis: Axis | None) -> Notes:
    """Return the notes of a branch: when, how it was taken, from whom else; `sigla` by witness id."""
    if branch.folded:
        return _folded(branch)
    if branch.witness.get("report") is None:
        notes = [["not in the collection"]]
    else:
        notes = [[*_when(branch, reports, axis), *(["an origin"] if branch.origin and not branch.edge else [])]]
    if branch.edge:
        taken = _taken(branch.edge)
        source = [f"from {sigla[branch.edge['parent']]}"] if axis is None and branch.depth > DEEPEST else []
        own = ["with words of its own"] if branch.origin and branch.witness.get("report") else []
        notes += [source, [*taken, f"p\u00a0{probability(branch.edge.get('probability'))}"], own]
    notes += [[f"also from {sigla.get(e['parent'], '?')}: {_taken(e)[0]}", *_taken(e)[1:]] for e in branch.also]
    return [note for note in notes if note]


def row_name(branch: Branch) -> str:
    """Return the name of a row that stands for several copies."""
    return f"and {len(branch.folded) - 1} more verbatim copies"


def _taken(edge: Row) -> list[str]:
    return [f"{edge.get('kind') or 'kind unknown'} {percent(edge.get('share'))}", credit(edge)]


def _when(branch: Branch, reports: Mapping[str, Row], axis: Axis | None) -> list[str]:
    moment = read_moment(reports.get(branch.witness["report"], {}).get("published"))
    if moment is None:
        return ["no date"] if axis else []
    if axis is None:
        return [in_words(moment, moment.zone or 0, year=True)]
    zoneless = " (no zone)" if axis.zone is not None and moment.exact and moment.zone is None else ""
    early = ["dated before its source"] if branch.witness["id"] in axis.early else []
    return [in_words(moment, axis.zone or 0) + zoneless, *early]


def _folded(branch: Branch) -> Notes:
    shares = sorted(float(b.edge.get("share") or 0) for b in branch.folded if b.edge)
    low, high = percent(shares[0]), percent(shares[-1])
    sigla = [str(b.witness.get("siglum") or "?") for b in branch.folded]
    listed = " ".join(sigla[:_SIGLA]) + (" …" if len(sigla) > _SIGLA else "")
    return [[f"verbatim {high if low == high else f'{low} – {high}'}", credit(branch.edge or {})], [f"{listed}: see the table"]]
