"""Reads the stories that the repository ships: their pages' folder and what is known of them."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def names() -> list[str]:
    """Return the names of the shipped folders of pages, sorted."""
    return sorted(p.parent.name for p in HERE.glob("*/gold.json"))


def load(name: str) -> dict[str, Any]:
    """Return one folder's gold: `name`, `note`, `pages` (its path), `reports`, `none` and `stories`.

    Each of `stories` is a gold of one story by itself: its `reports` map a key to file, metadata and `body`.
    """
    gold: dict[str, Any] = json.loads((HERE / name / "gold.json").read_text(encoding="utf-8"))
    reports = gold["reports"]
    stories = [story | {"reports": {k: reports[k] for k in story["reports"]}} for story in gold["stories"]]
    return gold | {"pages": HERE / name / "pages", "stories": stories}


def pack(name: str, folder: Path) -> list[Path]:
    """Write a shipped folder's pages as one plain file, one .gz and a .zip of the rest; return the three."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, squeezed, *rest = sorted(load(name)["pages"].iterdir())
    files = [folder / plain.name, folder / f"{squeezed.name}.gz", folder / "rest.zip"]
    files[0].write_bytes(plain.read_bytes())
    files[1].write_bytes(gzip.compress(squeezed.read_bytes(), mtime=0))
    with zipfile.ZipFile(files[2], "w", zipfile.ZIP_DEFLATED) as archive:
        for page in rest:
            archive.writestr(zipfile.ZipInfo(page.name, (2024, 1, 1, 0, 0, 0)), page.read_bytes())
    return files
