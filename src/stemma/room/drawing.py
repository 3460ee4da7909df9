"""The drawn stemma with the addresses that it leads to: a report's name to its page, the words of an edge to the two texts."""

from lxml import etree
from markupsafe import Markup

from stemma.room.told import Told
from stemma.show.stemma_svg import picture

_SVG = "{http://www.w3.org/2000/svg}"
_NOTE = "12"
"""The size in which the drawing notes how a report was taken."""


def linked_drawing(told: Told) -> Markup:
    """Return the stemma of a story as SVG whose witnesses and edges are links, reached by key as by mouse."""
    rows = {w: w for w in told.witnesses}
    drawn = etree.fromstring(picture(told.story, told.reports, rows, "drawing").svg.encode())
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


def _link(group: etree._Element, parts: list[etree._Element], address: str, name: str) -> None:
    if not parts:
        return
    link = etree.SubElement(group, f"{_SVG}a", {"href": address, "aria-label": name})
    link.extend(parts)
