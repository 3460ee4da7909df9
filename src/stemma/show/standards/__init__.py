"""A story in the formats of others: linked data, graphs, a critical apparatus, news items, lists of references.

Each function takes an account of one story and returns the text of a file. What a page brings is data in each: escaped, on one
line, without characters that the format has no room for.
"""

from collections.abc import Callable, Mapping
from typing import Any

from stemma.show.standards.apparatus import as_tei
from stemma.show.standards.graphs import as_dot, as_graphml
from stemma.show.standards.linked_data import as_prov, as_schema_org
from stemma.show.standards.references import as_bibtex, as_ninjs, as_ris

STANDARDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "schema-org": as_schema_org, "prov": as_prov, "tei": as_tei, "graphml": as_graphml, "dot": as_dot, "ninjs": as_ninjs,
    "ris": as_ris, "bibtex": as_bibtex,
}  # fmt: skip

__all__ = ["STANDARDS"]
