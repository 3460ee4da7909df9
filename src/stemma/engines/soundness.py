"""What another program broke in a store by SQL: rows that are not as stemma writes them, or rest on what is not there.

A run leaves rows that fit each other, and DuckDB's checksums find bytes that changed since. So only a store that another program
wrote to can hold rows that do not; it is looked through when it is opened, and one that was left by stemma is not.
"""

from collections.abc import Iterator
from typing import get_args

import duckdb
import pyarrow as pa

from stemma import arrow, tables

_REFERS = (
    ("page_bytes", "id", "page", "id"), ("response", "page", "page", "id"), ("report", "page", "page", "id"),
    ("block", "report", "report", "id"), ("version", "report", "report", "id"), ("version", "earlier", "report", "id"),
    ("story", "report", "report", "id"), ("mention", "report", "report", "id"), ("witness", "report", "report", "id"),
    ("alignment", "a_report", "report", "id"), ("alignment", "b_report", "report", "id"), ("sign", "report", "report", "id"),
    ("descendant", "report", "report", "id"), ("statement", "report", "report", "id"), ("member", "report", "report", "id"),
    ("stance", "report", "report", "id"), ("run", "story", "story", "story"),
    ("derivation", "story, child", "witness", "story, id"), ("derivation", "story, parent", "witness", "story, id"),
    ("sign", "story, child, parent", "derivation", "story, child, parent"),
    ("origin", "story, witness", "witness", "story, id"), ("descendant", "story, origin", "origin", "story, witness"),
    ("statement", "story, source", "source", "story, id"), ("claim", "story, part_of", "claim", "story, id"),
    ("member", "story, claim", "claim", "story, id"), ("member", "story, statement", "statement", "story, id"),
    ("stance", "story, claim", "claim", "story, id"), ("finding", "story, claim", "claim", "story, id"),
    ("run", "story", "origin_count", "story"),
)  # fmt: skip
"""A table, its columns that hold a key of another, or nothing, and the columns of that."""
_LISTED = (("finding", "reports", "report", "id"), ("claim", "origins", "witness", "id"), ("claim", "sources", "source", "id"))
"""A table, its column that holds a list of keys of another, and the column of that."""
_WORDS = (
    ("block", "role", get_args(tables.Role)), ("finding", "severity", tables.SEVERITIES),
    ("derivation", "kind", tables.KINDS), ("descendant", "kind", tables.KINDS), ("alignment", "kind", tables.KINDS),
    ("mention", "kind", tuple(f.name for f in arrow.schema("mention") if pa.types.is_struct(f.type))),
)  # fmt: skip
"""A table, a column, and the words that it may hold."""
_RULES = (
    ("fingerprint", "len(terms) <> len(weights) OR len(keys) <> len(key_weights) OR names NOT BETWEEN 0 AND len(terms)"),
    ("origin_count", "NOT (0 <= low AND low <= best AND best <= high)"),
    ("derivation", "NOT (probability BETWEEN 0 AND 1 AND share BETWEEN 0 AND 1)"),
    ("descendant", "NOT (probability BETWEEN 0 AND 1 AND share BETWEEN 0 AND 1)"),
    ("mention", " OR ".join(f"(kind = '{word}') = (\"{word}\" IS NULL)" for word in _WORDS[-1][2])),
)
"""A table, and what is true of a row that stemma never writes."""
_TEXTS = """
CREATE OR REPLACE TEMP TABLE text_of AS SELECT r.id, length(r.text) AS size, b.covered FROM report r LEFT JOIN
  (SELECT report, sum("end" - start + 1) - 1 AS covered FROM block GROUP BY report) b ON b.report = r.id
"""
_OUTSIDE = """
SELECT count(*) FROM ({spans}) x LEFT JOIN text_of t ON t.id = x.report
WHERE (x.first >= 0 AND x.first <= x.past AND x.past <= t.size) IS NOT TRUE
"""
_SPAN = {"start", "end"}


def unsound(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield what is wrong with the rows of an open store, each as a clause: "3 rows of block with a role that there is not"."""
    misshapen = [table for table in tables.TABLES if not _is_shaped(connection, table)]
    if misshapen:
        yield from (f"the table {table} has not the columns that it should have" for table in misshapen)
        return
    connection.execute(_TEXTS)
    for query, said in _questions():
        ((count,),) = connection.execute(query).fetchall()
        if count:
            yield f"{count:,} {'row' if count == 1 else 'rows'} of {said}"
    connection.execute("DROP TABLE temp.text_of")


def _is_shaped(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema = arrow.schema(table)
    names = ", ".join(f'"{name}"' for name in schema.names)
    try:
        found = connection.sql(f"SELECT {names} FROM {table} LIMIT 0").to_arrow_table().schema
    except (duckdb.CatalogException, duckdb.BinderException):
        return False
    return list(found.types) == list(schema.types)


def _questions() -> Iterator[tuple[str, str]]:
    """Queries that count rows, each with what is wrong with them."""
    yield "SELECT count(*) FROM text_of WHERE covered IS DISTINCT FROM size", "report with a text that its blocks are not of"
    for table in tables.TABLES:
        for field in arrow.schema(table):
            if not field.nullable:
                yield f'SELECT count(*) FROM {table} WHERE "{field.name}" IS NULL', f"{table} without {field.name}"
        key = ", ".join(f'"{column}"' for column in tables.TABLES[table].key)
        yield f"SELECT count(*) - count(DISTINCT ({key})) FROM {table}", f"{table} with the key of another"
        if spans := " UNION ALL ".join(_spans_of(table)):
            yield _OUTSIDE.format(spans=spans), f"{table} with words that are in no report"
    for table, words, known in _WORDS:
        listed = ", ".join(f"'{word}'" for word in known)
        yield f"SELECT count(*) FROM {table} WHERE {words} NOT IN ({listed})", f"{table} with a {words} that there is not"
    for table, wrong in _RULES:
        yield f"SELECT count(*) FROM {table} WHERE {wrong}", f"{table} with values that do not fit each other"
    for table, columns, other, key in _REFERS:
        last = columns.split(", ")[-1]
        gone = f"SELECT count(*) FROM {table} WHERE {last} <> '' AND ({columns}) NOT IN (SELECT ({key}) FROM {other})"
        yield gone, f"{table} with a {other} that is not there"
    for table, column, other, key in _LISTED:
        each = f"SELECT unnest({column}) AS one FROM {table}"
        gone = f"SELECT count(*) FROM ({each}) WHERE one NOT IN (SELECT {key} FROM {other})"
        yield gone, f"{table} with a {other} that is not there"


def _spans_of(table: str) -> Iterator[str]:
    """Queries for the words that the rows of a table point at: report, first, past."""
    schema = arrow.schema(table)
    for side in ("", "a_", "b_"):
        if {f"{side}report", f"{side}start"} <= set(schema.names):
            yield f'SELECT {side}report AS report, {side}start AS first, "{side}end" AS past FROM {table}'
    for field in schema:
        several = pa.types.is_list(field.type)
        inner = field.type.value_type if several else field.type
        parts = {part.name for part in inner} if pa.types.is_struct(inner) else set()
        each = f'unnest("{field.name}")' if several else f'"{field.name}"'
        # What people judged may rest on reports that were taken out.
        if parts - {"report"} == _SPAN and table != "judgement":
            report = "s.report" if "report" in parts else "report"
            rows = f"SELECT *, {each} AS s FROM {table}"
            yield f'SELECT {report} AS report, s.start AS first, s."end" AS past FROM ({rows}) WHERE s IS NOT NULL'
