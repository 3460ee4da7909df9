"""The fingerprints that stand in a store, and what new reports and reports that are gone change among them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import compute

from stemma.stories import RunSql, group_fingerprints
from stemma.stories.fingerprints import FINGERPRINT
from stemma.stories.likeness import Ints, Prints, hang_together
from stemma.stories.pairs import neighbours, proposal_lists, proposals
from stemma.stories.shelf import BLOCK, Shelf

Batches = Callable[[str, Mapping[str, pa.Table], int], Iterator[pa.RecordBatch]]

_COLUMNS = ", ".join("f.report AS id" if name == "id" else f"f.{name}" for name in FINGERPRINT.names)
_UNCHANGED = f"SELECT {_COLUMNS} FROM fingerprint f LEFT JOIN changed c ON c.id = f.report WHERE c.id IS NULL"
_GROUPED = _UNCHANGED.replace("LEFT JOIN", "JOIN component k ON k.report = f.report LEFT JOIN")
_AMONG = _UNCHANGED.replace("WHERE", "JOIN wanted w ON w.id = f.report WHERE")
_OWN_KEYS = "SELECT DISTINCT unnest(f.proposals) AS key FROM fingerprint f JOIN wanted w ON w.id = f.report"
_HANGING = """
SELECT DISTINCT c.report FROM component c JOIN component k ON k.component = c.component JOIN wanted w ON w.id = k.report
"""
_HELD = """
SELECT h.key, h.id, CAST(coalesce(h.day, -1) AS INTEGER) AS day FROM (
  SELECT report AS id, day, unnest(proposals) AS key FROM fingerprint
) AS h JOIN wanted w ON w.key = h.key
"""
_SPACE = 1 << 32


class Standing:
    """The fingerprints in a store without those of reports that `changed` (came, went, or are read anew), and the new ones."""

    def __init__(self, run_sql: RunSql, new: pa.Table, changed: Collection[str]) -> None:
        self.new = new.combine_chunks()
        self._run_sql, self._changed = run_sql, _ids_table(changed)
        self._proposed = proposals(_batch(self.new)) if new.num_rows else None

    def prints(self, members: Collection[str]) -> pa.Table:
        """Return the new fingerprints with those of other members."""
        tables = {"changed": self._changed, "wanted": _ids_table(members)}
        found = self._run_sql(_AMONG, tables).select(FINGERPRINT.names).cast(FINGERPRINT)
        return pa.concat_tables([found, self.new])

    def hanging_with(self, some: Collection[str]) -> set[str]:
        """Return the reports that hang together with some of the store's, and these."""
        return set(self._run_sql(_HANGING, {"wanted": _ids_table(some)}).column("report").to_pylist())

    def grouped(self, members: Collection[str], together: Iterable[tuple[str, str]] = ()) -> pa.Table:
        """Return what `group_fingerprints` does for the new reports with these members of the store."""
        return group_fingerprints(Shelf(self.prints(members).to_batches()), together, beside=self.beside(members))

    def beside(self, members: Collection[str]) -> pa.Table:
        """Return the proposals (key, id, day) of all reports that propose something that the members or the new ones do."""
        keys = self._run_sql(_OWN_KEYS, {"wanted": _ids_table(members)})
        return self._now(self._held([keys]))

    def touched(self) -> list[str]:
        """Return the reports of which a likeness to another is made or broken by what changed."""
        held = self._held([self._run_sql(_OWN_KEYS, {"wanted": self._changed})])
        now = self._now(held)
        ids = np.unique(np.concatenate([_values(held, "id"), _values(now, "id")]))
        before, after = (_codes(rows, ids) for rows in (held, now))
        is_new = np.isin(ids, _values(self.new, "id"))
        of_new = after[is_new[after // _SPACE] | is_new[after % _SPACE]]
        codes = np.union1d(np.setxor1d(before, after), of_new)
        a, b = ids[codes // _SPACE], ids[codes % _SPACE]
        prints = self.prints({*a.tolist(), *b.tolist()}).sort_by("id")
        there = _values(prints, "id")
        known = np.isin(a, there) & np.isin(b, there)
        a, b = np.searchsorted(there, a[known]), np.searchsorted(there, b[known])
        vectors = Prints(prints)
        close = hang_together(vectors, a, vectors, b)
        return list(there[np.union1d(a[close], b[close])].tolist())

    def _held(self, keys: list[pa.Table]) -> pa.Table:
        """The proposals that stand in the store of those who propose one of these keys, or one of the new reports'."""
        mine = [] if self._proposed is None else [pa.table({"key": self._proposed.column("key")})]
        wanted = pa.concat_tables([*keys, *mine]).group_by("key").aggregate([])
        return self._run_sql(_HELD, {"wanted": wanted}).cast(_PROPOSED)

    def _now(self, held: pa.Table) -> pa.Table:
        """The same proposals after the change."""
        stay = compute.invert(compute.is_in(held.column("id"), self._changed.column("id").combine_chunks()))
        mine = [] if self._proposed is None else [pa.Table.from_batches([self._proposed]).cast(_PROPOSED)]
        return pa.concat_tables([held.filter(stay), *mine])


_PROPOSED = pa.schema([("key", pa.int64()), ("id", pa.string()), ("day", pa.int32())])


def standing_prints(batches: Batches, changed: Collection[str]) -> Iterator[pa.RecordBatch]:
    """Yield the fingerprints of reports in a store that are grouped, without those that changed."""
    for rows in batches(_GROUPED, {"changed": _ids_table(changed)}, BLOCK):
        yield rows.select(FINGERPRINT.names).cast(FINGERPRINT)


def with_proposals(prints: pa.Table) -> pa.Table:
    """Return fingerprints as the store keeps them: with what each proposes."""
    lists = proposal_lists(_batch(prints)) if prints.num_rows else pa.array([], pa.list_(pa.int64()))
    names = ["report" if name == "id" else name for name in prints.column_names]
    return prints.rename_columns(names).append_column("proposals", lists)


def _codes(proposed: pa.Table, ids: npt.NDArray[Any]) -> Ints:
    """The pairs that proposals make, as one number each of the places of both in `ids`."""
    if not proposed.num_rows:
        return np.zeros(0, np.int64)
    place = np.searchsorted(ids, np.unique(_values(proposed, "id")))
    a, b = (place[side] for side in neighbours(_batch(proposed)))
    return a * _SPACE + b


def _values(rows: pa.Table, name: str) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = rows.column(name).to_numpy()
    return found


def _batch(rows: pa.Table) -> pa.RecordBatch:
    (batch,) = rows.combine_chunks().to_batches()
    return batch


def _ids_table(ids: Collection[str]) -> pa.Table:
    return pa.table({"id": pa.array(sorted(ids), pa.string())})
