"""What a person means by an id, the beginning of one, a name or a letter of the stemma."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from stemma.engines.duckdb import Store
from stemma.errors import UsageError
from stemma.judged import derivation_id
from stemma.tables import Evidence, Report, Source, Statement, Witness

LEAST = 4
"""Characters of an id that may stand for it."""
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Found:
    """Something that can be judged: its kind and id, the story it stands in, the words of it, and it in a few words."""

    kind: str
    id: str
    story: str
    evidence: tuple[Evidence, ...]
    about: str


def statement(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the statement with this id or beginning, or None; raises UsageError when several fit."""
    row: Statement | None = _by_id(_rows(store, "statement", story), wanted, "statements")
    if row is None:
        return None
    words = tuple(Evidence(row.report, *span) for span in row.content)
    text = _texts(store, [row.report])[row.report]
    said = " […] ".join(text[e.start : e.end] for e in words)
    return Found("statement", row.id, row.story, words, f"“{_short(said)}”")


def name(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the place where a name of a source stands, or None; the name as printed, or a source's id.

    Raises UsageError when sources of several stories bear it, or when it is attributed nothing where it stands.
    """
    sources: list[Source] = _rows(store, "source", story)
    fits = [s for s in sources if wanted.casefold() in (n.casefold() for n in (s.name, *s.names))]
    if not fits:
        one: Source | None = _by_id(sources, wanted, "sources")
        fits = [one] if one else []
    if not fits:
        return None
    if len({s.story for s in fits}) > 1:
        raise UsageError(f"Sources of {len({s.story for s in fits})} stories bear the name {wanted!r}; say which with --story.")
    ids = {s.id for s in fits}
    rows = [s for s in store.read("statement", {"story": fits[0].story}) if s.source in ids and s.source_span]
    texts = _texts(store, {s.report for s in rows})
    ordered = sorted(rows, key=lambda s: (_unlike(texts[s.report], s, wanted), s.report, s.source_span))
    if not ordered:
        raise UsageError(f"{wanted!r} stands nowhere as the source of a statement, so that it cannot be judged.")
    row = ordered[0]
    start, end = row.source_span
    place = Evidence(row.report, start, end)
    return Found("name", f"{row.report}:{start}-{end}", row.story, (place,), f"“{texts[row.report][start:end]}”")


def finding(store: Store, wanted: str, story: str | None) -> Found | None:
    """Return the finding with this id or beginning, or None; raises UsageError when several fit."""
    row = _by_id(_rows(store, "finding", story), wanted, "findings")
    return None if row is None else Found("finding", row.id, row.story, row.evidence, f"{row.kind}: {row.message}")


def derivation(store: Store, child: str, parent: str | None, story: str | None) -> tuple[Found, Found] | None:
    """Return child and parent of a derivation, by its own id or by the two witnesses, or None; raises UsageError.

    A derivation that was rejected is there no more; two reports of one story can be judged all the same.
    """
    witnesses: list[Witness] = _rows(store, "witness", story)
    if parent is None:
        rows = {derivation_id(d.child, d.parent): d for d in _rows(store, "derivation", story)}
        fits = sorted(key for key in rows if len(child) >= LEAST and key.startswith(child))
        if len(fits) != 1:
            return None
        row = rows[fits[0]]
        child_of, parent_of = (next(w for w in witnesses if (w.id, w.story) == (e, row.story)) for e in (row.child, row.parent))
        return _found(child_of), _found(parent_of)
    one, two = _witness(witnesses, child, story), _witness(witnesses, parent, story)
    if one is None or two is None or one.story != two.story or one.id == two.id:
        return None
    if one.report is None:
        raise UsageError(f"{child!r} is a lost source; only a report can be judged to take its words from another.")
    return _found(one), _found(two)


def _witness(witnesses: Iterable[Witness], wanted: str, story: str | None) -> Witness | None:
    rows = list(witnesses)
    named = [w for w in rows if w.name and w.name.casefold() == wanted.casefold()]
    named = named or [w for w in rows if w.siglum == wanted and (story or len({r.story for r in rows}) == 1)]
    if len(named) > 1:
        raise UsageError(f"{wanted!r} names {len(named)} witnesses; say which story with --story, or give the id.")
    return named[0] if named else _by_id(rows, wanted, "witnesses")


def _found(witness: Witness) -> Found:
    words = (Evidence(witness.report, 0, 0),) if witness.report else ()
    return Found("derivation", witness.id, witness.story, words, witness.name or "a lost source")


def _by_id(rows: Iterable[Any], wanted: str, what: str) -> Any:  # noqa: ANN401 - a row of tables.py
    fits = {r.id: r for r in rows if len(wanted) >= LEAST and r.id.startswith(wanted)}
    if len(fits) > 1:
        raise UsageError(f"{wanted!r} fits {len(fits)} {what}; give more of the id.")
    return next(iter(fits.values()), None)


def _rows(store: Store, table: str, story: str | None) -> list[Any]:
    return store.read(table, {"story": story} if story else None)


def _texts(store: Store, reports: Iterable[str]) -> dict[str, str]:
    rows: list[Report] = store.read("report", {"id": sorted(reports)})
    return {r.id: r.text for r in rows}


def _unlike(text: str, statement: Statement, wanted: str) -> int:
    """0 where the attribution prints the name itself, 1 where it begins with it, 2 where it names the source otherwise."""
    start, end = statement.source_span or (0, 0)
    printed = text[start:end].casefold()
    return 0 if printed == wanted.casefold() else 1 if wanted.casefold() in printed else 2


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"
