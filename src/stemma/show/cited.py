"""Houses that a page cites for a sentence or two: one line under the stemma; as witnesses they would hide who took what."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from stemma.show.wording import Row, one_line

PASSING = 0.05
"""Share of a page's own words under which a house that it cites is no branch of the drawing."""


def without_passing(story: Row) -> tuple[dict[str, Any], str]:
    """Return the story without the lost sources that pages cite in passing, and the line that names them, or nothing.

    A house of which another page has more stays, without those edges; a house that stands twice is named once.
    """
    witnesses = {w["id"]: w for w in story.get("witnesses", [])}
    edges = story.get("derivations", [])
    passing = [d for d in edges if _is_passing(d, witnesses)]
    if not passing:
        return dict(story), ""
    kept = [d for d in edges if d not in passing]
    known = {end for d in kept for end in (d["parent"], d["child"])}
    gone = {d["parent"] for d in passing} - known
    citing: dict[str, list[str]] = defaultdict(list)
    for d in sorted(passing, key=lambda d: _order(witnesses[d["child"]])):
        citing[one_line(witnesses[d["parent"]]["name"])].append(one_line(str(witnesses[d["child"]].get("siglum") or "?")))
    named = "; ".join(f"{name} in {' '.join(dict.fromkeys(signs))}" for name, signs in sorted(citing.items()))
    less = {**story, "derivations": kept, "witnesses": [w for w in story["witnesses"] if w["id"] not in gone]}
    return less, f"also cited in a sentence or two: {named}"


def _is_passing(edge: Row, witnesses: Mapping[str, Row]) -> bool:
    parent = witnesses.get(edge["parent"], {})
    cited = {s["sign"] for s in edge.get("signs", [])} == {"citation"}
    lost = parent.get("report") is None and parent.get("name")
    return bool(cited and lost) and (edge.get("share") or 0.0) < PASSING and not edge.get("judged")


def _order(witness: Row) -> tuple[int, str]:
    siglum = str(witness.get("siglum") or "?")
    return len(siglum), siglum
