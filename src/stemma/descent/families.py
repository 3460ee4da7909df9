"""Families of copies: texts that hang together by the wording they share, and which of each has most of the others' words."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from stemma.ids import digest

_SIDE = pa.struct([("start", pa.int64()), ("end", pa.int64())])
_ALIGNMENT = pa.struct([("a", _SIDE), ("b", _SIDE), ("kind", pa.string()), ("score", pa.float64()), ("label", pa.string())])
_NUMBERS = ("a_share", "b_share", "a_related", "b_related", "copied")
PAIRS = pa.schema(
    [
        ("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), *((name, pa.float64()) for name in _NUMBERS),
        ("reason", pa.string()), ("parent", pa.string()), ("parent_probability", pa.float64()),
        ("alignments", pa.list_(_ALIGNMENT)),
    ]
)  # fmt: skip
FAMILIES = pa.schema([("family", pa.string()), ("fullest", pa.string()), ("members", pa.list_(pa.string()))])
_AT_A_TIME = 5_000


def families(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return `family` (its id), `fullest` and `members` of each connected group of the rows of `stemma compare`.

    `fullest` is the member that has most of the others' words; members stand in the order in which they were given, the largest
    family first.
    """
    above: dict[Any, Any] = {}
    has: defaultdict[Any, float] = defaultdict(float)
    for row in rows:
        one, other = _top(above, row["a"]), _top(above, row["b"])
        above[other] = one
        has[row["a"]] += row["b_related"]
        has[row["b"]] += row["a_related"]
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for member in above:
        found[_top(above, member)].append(member)
    every = [
        {"family": digest("family", *members), "fullest": max(members, key=lambda m: has[m]), "members": members}
        for members in found.values()
    ]
    return sorted(every, key=lambda f: -len(f["members"]))


def _top(above: dict[Any, Any], member: Any) -> Any:  # noqa: ANN401 - ids are text or whole numbers
    above.setdefault(member, member)
    while above[member] != member:
        above[member] = member = above[above[member]]
    return member


def as_parquet(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> bytes:
    """Return rows (`PAIRS` or `FAMILIES`) as a Parquet file; ids are text there."""
    target, waiting = io.BytesIO(), iter(rows)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        while some := [_with_text_ids(row) for row in islice(waiting, _AT_A_TIME)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
    return target.getvalue()


def _with_text_ids(row: Mapping[str, Any]) -> dict[str, Any]:
    ids = {name: str(row[name]) for name in ("a", "b", "fullest") if name in row}
    return {**row, **ids, **({"members": [str(m) for m in row["members"]]} if "members" in row else {})}
