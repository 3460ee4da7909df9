"""The stemma of a story as a graph for other programs: GraphML, and DOT for Graphviz."""

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from stemma.show.wording import Row, clean, edge_words, one_line, witness_name

_NODE = {"siglum": "string", "name": "string", "lost": "boolean", "origin": "boolean", "published": "string", "url": "string"}
_EDGE = {"kind": "string", "share": "double", "credited": "boolean", "probability": "double"}


def as_graphml(account: Mapping[str, Any]) -> str:
    """Return the stemma as GraphML: a node a witness, an edge from a parent to its child."""
    (story,) = account["stories"]
    keys = [
        f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'
        for of, columns in (("node", _NODE), ("edge", _EDGE))
        for name, kind in columns.items()
    ]
    nodes = [f"<node id={quoteattr(clean(key))}>{_data('node', row)}</node>" for key, row in _nodes(account).items()]
    edges = [
        f"<edge source={quoteattr(clean(d['parent']))} target={quoteattr(clean(d['child']))}>"
        f"{_data('edge', {name: d[name] for name in _EDGE})}</edge>"
        for d in story.get("derivations", [])
    ]
    body = "\n".join([*keys, '<graph id="stemma" edgedefault="directed">', *nodes, *edges, "</graph>"])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{body}\n</graphml>\n'
    )


def as_dot(account: Mapping[str, Any]) -> str:
    """Return the stemma in the language of Graphviz: lost sources dashed, an edge labelled with its kind and share."""
    (story,) = account["stories"]
    lines = ["digraph stemma {", "  rankdir=TB;", '  node [shape=box, fontname="sans-serif"];']
    for key, row in _nodes(account).items():
        label = _quoted(f"{row['siglum']} {row['name']}")
        lines.append(f"  {_quoted(key)} [label={label}{', style=dashed' if row['lost'] else ''}];")
    for d in story.get("derivations", []):
        lines.append(f"  {_quoted(d['parent'])} -> {_quoted(d['child'])} [label={_quoted(edge_words(d))}];")
    return "\n".join([*lines, "}"]) + "\n"


def _nodes(account: Mapping[str, Any]) -> dict[str, Row]:
    """What is told of each witness, by its id; None where it is not known."""
    (story,), reports = account["stories"], {r["id"]: r for r in account["reports"]}
    origins = {o["witness"] for o in story.get("origins", [])}
    told: dict[str, Row] = {}
    for w in story.get("witnesses", []):
        report = reports.get(w.get("report") or "", {})
        told[w["id"]] = {
            "siglum": str(w.get("siglum") or "?"), "name": witness_name(w, reports), "lost": not w.get("report"),
            "origin": w["id"] in origins, "published": report.get("published"), "url": report.get("url"),
        }  # fmt: skip
    return told


def _data(of: str, row: Mapping[str, object]) -> str:
    known = {name: value for name, value in row.items() if value is not None}
    return "".join(f'<data key="{of}-{name}">{escape(_plain(value))}</data>' for name, value in known.items())


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else clean(one_line(str(value)))


def _quoted(text: str) -> str:
    # A backslash begins an escape of Graphviz (\\N is the node's own name): what a page brings has none.
    return '"' + re.sub(r'(["\\])', r"\\\1", clean(one_line(text))) + '"'
