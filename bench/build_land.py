"""Writes src/stemma/room/data/land.npz, the outlines of land behind the room's map.

The input is land-50m.json of the npm package world-atlas (ISC), a TopoJSON of Natural Earth (public domain). Points are kept as
hundredths of a degree, those that fall on their neighbour left out.

Run: .venv/bin/python bench/build_land.py land-50m.json
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

OUT = Path(__file__).parents[1] / "src/stemma/room/data/land.npz"


def main() -> None:
    rings = outlines(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    points = np.concatenate([np.array(r, dtype=np.int16) for r in rings])
    ends = np.cumsum([len(r) for r in rings]).astype(np.int32)
    np.savez_compressed(OUT, points=points, ends=ends)
    print(f"{len(rings)} outlines, {len(points):,} points, {OUT.stat().st_size / 1000:.0f} KB")


def outlines(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """Return each outline of land as (longitude, latitude) in hundredths of a degree."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = np.cumsum(np.array(arc), axis=0) * [scale_x, scale_y] + [left, bottom]
        arcs.append([(int(x), int(y)) for x, y in (steps * 100).round()])
    found = []
    for shape in topology["objects"]["land"]["geometries"]:
        for ring in (ring for polygon in shape["arcs"] for ring in polygon):
            points = [p for a in ring for p in (arcs[a] if a >= 0 else arcs[~a][::-1])]
            apart = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
            if len(apart) > 3:
                found.append(apart)
    return found


if __name__ == "__main__":
    main()
