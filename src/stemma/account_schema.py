"""The account's JSON Schema, made from the tables; `python -m stemma.account_schema > docs/account.schema.json` publishes it."""

import dataclasses
import json
import types
import typing
from collections.abc import Collection, Mapping
from typing import Any

from stemma import tables
from stemma.reports.versions import Change
from stemma.tables import SEVERITIES

Schema = dict[str, Any]
_SCALARS: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def account_schema() -> Schema:
    """Return the schema (JSON Schema 2020-12) of what `stemma analyse --json` writes; fields may be added, none goes."""
    story = _object(
        "One story.",
        id=_STRING, title=_or_null(_STRING), reports=_list(_STRING), left_out={"type": "integer"}, parted={"type": "integer"},
        witnesses=_list(_row(tables.Witness, {"story"})),
        derivations=_list(_row(tables.Derivation, {"story"}, id=_STRING, signs=_list(_row(tables.Sign, _EDGE)))),
        origins=_list(_row(tables.Origin, {"story"}, descendants=_list(_row(tables.Descendant, {"story", "origin"})))),
        independent_origins=_or_null(_row(tables.OriginCount, {"story"})),
        alignments=_list(_alignment()), sources=_list(_row(tables.Source, {"story"})),
        statements=_list(_row(tables.Statement, {"story"})), claims=_list(_claim()),
        findings=_list(_finding()), withdrawn=_list(_finding()),
        judgements=_list(_row(tables.Judgement, id=_STRING)), times=_list(_time()), places=_list(_place()),
    )  # fmt: skip
    whole = _object(
        "The account of some stories.",
        stemma=_STRING, skipped=_list(_row(tables.Skipped)), reports=_list(_report()), stories=_list(story),
    )  # fmt: skip
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "stemma account", **whole}


_STRING: Schema = {"type": "string"}
_EDGE = {"story", "child", "parent"}


def _report() -> Schema:
    kept = ("id", "location", "retrieved", "published", "modified", "title", "sha256")
    gone = {f.name for f in dataclasses.fields(tables.Report)} - set(kept)
    versions = _list(_row(tables.Report, gone, changes=_list(_row(Change))))
    return _row(tables.Report, siglum=_STRING, blocks=_list(_row(tables.Block, {"report"})), versions=versions)


def _alignment() -> Schema:
    sides = {f.name for f in dataclasses.fields(tables.Alignment)} - {"kind", "score"}
    return _row(tables.Alignment, sides, a=_row(tables.Evidence), b=_row(tables.Evidence))


def _claim() -> Schema:
    members = _list(_row(tables.Member, {"story", "claim"}))
    words = _list(_row(tables.Evidence, {"report"}))
    stances = _list(_row(tables.Stance, {"story", "claim"}, evidence=words))
    return _row(tables.Claim, {"story"}, members=members, stances=stances)


def _finding() -> Schema:
    return _row(tables.Finding, {"story"}, severity={"enum": list(SEVERITIES)})


def _time() -> Schema:
    day = _or_null(_STRING)
    return _row(tables.Time, {"begin", "until"}, report=_STRING, **{"from": day, "to": day})


def _place() -> Schema:
    return _row(tables.Place, {"start", "end"}, mentions=_list(_row(tables.Evidence)))


def _row(row: type[Any], without: Collection[str] = (), **more: Schema) -> Schema:
    """The schema of a row as an object: its columns without some, and with more; its docstring says what it is."""
    hints = typing.get_type_hints(row)
    columns = {f.name: _of(hints[f.name]) for f in dataclasses.fields(row) if f.name not in without}
    return _object(str(row.__doc__).partition("\n")[0], **(columns | more))


def _object(about: str, /, **properties: Schema) -> Schema:
    return {"type": "object", "description": about, "properties": properties, "required": sorted(properties)}


def _of(hint: Any) -> Schema:  # noqa: ANN401 - an annotation
    """The schema of one column, from its annotation."""
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if isinstance(hint, types.UnionType):
        return _or_null(_of(next(a for a in typing.get_args(hint) if a is not type(None))))
    if typing.get_origin(hint) is typing.Literal:
        return {"enum": list(typing.get_args(hint))}
    if dataclasses.is_dataclass(hint):
        return _row(typing.cast(type[Any], hint))
    parts = typing.get_args(hint)
    if parts[-1] is Ellipsis:
        return _list(_of(parts[0]))
    return {"type": "array", "prefixItems": [_of(p) for p in parts], "minItems": len(parts), "maxItems": len(parts)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


if __name__ == "__main__":
    print(json.dumps(account_schema(), indent=1))
