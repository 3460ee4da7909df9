"""Invented stories for the drawing: witnesses with times and derivations, and nothing that a drawing does not need."""

from lxml import etree

from stemma.show.stemma_svg import draw

NS = {"s": "http://www.w3.org/2000/svg"}


def edge(child, parent, kind="verbatim", share=1.0, credited=False, probability=0.9, **more):
    """Return a derivation."""
    told = {"child": child, "parent": parent, "kind": kind, "share": share}
    return told | {"credited": credited, "probability": probability, "signs": []} | more


def story(times, *edges, lost=(), origins=()):
    """Return a story and its reports: `times` maps sigla to times of publication, `lost` holds sigla."""
    reports = {
        s: {"id": s, "siglum": s, "outlet": f"Outlet {s}", "published": when, "text": "x", "location": f"{s}.html"}
        for s, when in times.items()
    }
    witnesses = [{"id": s, "siglum": s, "report": None, "name": None} for s in lost]
    witnesses += [{"id": s, "siglum": s, "report": s, "name": None} for s in times]
    told = {"id": "s", "title": "The dyke", "reports": list(times), "witnesses": witnesses, "derivations": list(edges)}
    count = {"low": 1, "best": 1, "high": 2}
    return told | {"origins": [{"witness": o} for o in origins], "independent_origins": count}, reports


def drawing(told, reports, **options):
    """Return the drawing of a story, parsed."""
    return etree.fromstring(draw(told, reports, **options).encode())


def places(root):
    """Return where each witness is drawn, by siglum: the centre of its first circle."""
    found = {}
    for node in root.iterfind(".//s:g[@class='witness']", NS):
        circle = node.find("s:circle", NS)
        found[node.find("s:text", NS).text] = float(circle.get("cx")), float(circle.get("cy"))
    return found


def words(root):
    """Return all that is written in a drawing, without what is only told."""
    return [t.text for t in root.iterfind(".//s:text", NS)]
