"""The drawn stemma with the addresses that it leads to: a report's name to its page, the words of an edge to the two texts."""

from lxml import etree
from markupsafe import Markup

from stemma.room.told import Told
from stemma.show.stemma_svg import picture
from stemma.show.wording import Row

_SVG = "{http://www.w3.org/2000/svg}"
MOST = 36
"""Witnesses that are drawn: a longer drawing is read by nobody, and the list beside it has all."""
_NOTE = "12"
"""The size in which the drawing notes how a report was taken."""


def linked_drawing(told: Told) -> Markup:
    """Return the stemma of a story as SVG whose witnesses and edges are links, reached by key as by mouse."""
    rows = {w: w for w in told.witnesses}
    drawn = etree.fromstring(picture(_pruned(told), told.reports, rows, "drawing").svg.encode())
    edges = {d["child"]: d["parent"] for d in told.story["derivations"]}
    for group in drawn.iter(f"{_SVG}g"):
        witness = told.witnesses.get(group.attrib.pop("data-to", ""))
        if witness is None or witness["report"] is None:
            continue
        name = told.names[witness["id"]]
        parent = told.witnesses.get(edges.get(witness["id"], ""))
        notes = [e for e in group.iter(f"{_SVG}text") if e.get("font-size") == _NOTE]
        others = [e for e in group if e not in notes and e.tag != f"{_SVG}title"]
        _link(group, others, f"{told.address}/report/{witness['report']}", name)
        if parent is not None and parent["report"]:
            both = f"{told.address}/side-by-side?r={parent['siglum']}&r={witness['siglum']}"
            _link(group, notes, both, f"{name} side by side with {parent['siglum']}")
    # What is drawn stands in the table beside it; a picture that holds links is no image to a screen reader.
    drawn.set("role", "group")
    return Markup(etree.tostring(drawn, encoding="unicode"))


def _pruned(told: Told) -> Row:
    """The story with no more witnesses than can be drawn: those from whom most come, and so each with its parent."""
    parents = {b.witness["id"]: b.edge["parent"] for b in told.branches if b.edge}
    families = dict.fromkeys(told.witnesses, 0)
    for witness in told.witnesses:
        line: str | None = witness
        while line is not None:
            families[line] += 1
            line = parents.get(line)
    kept = set(sorted(families, key=lambda w: (-families[w], w))[:MOST])
    derivations = [d for d in told.story["derivations"] if d["child"] in kept and d["parent"] in kept]
    return {**told.story, "witnesses": [w for w in told.story["witnesses"] if w["id"] in kept], "derivations": derivations}


def _link(group: etree._Element, parts: list[etree._Element], address: str, name: str) -> None:
    if not parts:
        return
    link = etree.SubElement(group, f"{_SVG}a", {"href": address, "aria-label": name})
    link.extend(parts)
