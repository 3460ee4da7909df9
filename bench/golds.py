"""Annotated events of ../shared, kept as places in their pages: packs and unpacks what readers wrote down.

    python bench/golds.py DATA FOLDER           unpack into FOLDER/EVENT: pages/, meta.csv, gold.json, as events.py takes them
    python bench/golds.py DATA FOLDER --pack    pack the golds of FOLDER into bench/data/golds

DATA is the folder of measuring data; its `events/unlabelled` has the pages. No sentence of a page may stand in this repository:
whatever a gold quotes is kept as [start, end] in the code points of its page, what a speaker is called at length as [report,
start, end], and what annotators remarked is left out. Names of people, outlets and places, dates and their own labels stand. A
page that is not as it was when its event was annotated (SHA-256) stops the unpacking.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GOLDS = Path(__file__).parent / "data" / "golds"
REMARKS = ("note", "detail", "utterance")
"""What annotators wrote in words of their own, and of the page; no scorer reads it."""
LONGEST_NAME = 3
"""Words of what somebody is called from which on it is a phrase of a page and no name."""
QUOTED = {"passages": ("a_text", "b_text"), "quotes": ("text",), "times": ("text",)}
"""Lists whose entries quote their page, and the fields that do."""


def main() -> None:
    """Pack or unpack all golds."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--pack", action="store_true")
    options = arguments.parse_args()
    for source in sorted(options.folder.glob("*/gold.json")) if options.pack else sorted(GOLDS.glob("*.json")):
        name = source.parent.name if options.pack else source.stem
        event = options.data / "events" / "unlabelled" / name
        if options.pack:
            pack(json.loads(source.read_text("utf-8")), event, GOLDS / f"{name}.json")
        else:
            unpack(json.loads(source.read_text("utf-8")), event, options.folder / name)


def pack(gold: dict[str, Any], event: Path, out: Path) -> None:
    """Write a gold with places in place of words."""
    texts = _texts(gold, event)
    kept = _without_remarks(gold)
    kept["sha256"] = {key: hashlib.sha256(text.encode()).hexdigest() for key, text in texts.items()}
    for key, report in kept["reports"].items():
        report["title"] = _place(texts[key], report["title"]) if report["title"] else report["title"]
    for name, fields in QUOTED.items():
        for row in kept[name]:
            for field in fields:
                row[field] = _place(texts[row.get("report") or row[field[0]]], row[field])
    for claim in kept["claims"]:
        claim["says"] = {key: _place(texts[key], words) for key, words in claim["says"].items()}
    kept["speakers"] = {
        who: [c for c in (_called(texts, name) for name in names) if c] for who, names in kept["speakers"].items()
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("},{", "},\n{") + "\n", "utf-8")


def unpack(kept: dict[str, Any], event: Path, folder: Path) -> None:
    """Write pages, meta.csv and gold of an event into a folder."""
    texts = _texts(kept, event)
    for key, digest in kept.pop("sha256").items():
        if hashlib.sha256(texts[key].encode()).hexdigest() != digest:
            raise SystemExit(f"{event.name}: {kept['reports'][key]['file']} is not as it was annotated")
    for key, report in kept["reports"].items():
        report["title"] = _words(texts[key], report["title"])
    for name, fields in QUOTED.items():
        for row in kept[name]:
            row |= {field: _words(texts[row.get("report") or row[field[0]]], row[field]) for field in fields}
    for claim in kept["claims"]:
        claim["says"] = {key: _words(texts[key], place) for key, place in claim["says"].items()}
    for called in kept["speakers"].values():
        called[:] = [texts[name[0]][name[1] : name[2]] if isinstance(name, list) else name for name in called]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(event / "pages", folder / "pages", dirs_exist_ok=True)
    shutil.copy(event / "meta.csv", folder)
    (folder / "gold.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _texts(gold: Mapping[str, Any], event: Path) -> dict[str, str]:
    return {key: (event / "pages" / report["file"]).read_text("utf-8") for key, report in gold["reports"].items()}


def _without_remarks(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _without_remarks(held) for key, held in value.items() if key not in REMARKS}
    return [_without_remarks(held) for held in value] if isinstance(value, list) else value


def _called(texts: Mapping[str, str], name: str) -> str | list[object] | None:
    """What somebody is called: a name as it is, a longer phrase by its first place, whatever its capitals; else None."""
    if len(name.split()) <= LONGEST_NAME:
        return name
    found = ((key, text.lower().find(name.lower())) for key, text in texts.items())
    return next(([key, at, at + len(name)] for key, at in found if at >= 0), None)


def _place(text: str, words: str) -> list[int] | str:
    """Where words stand; a title that was put together from two lines is left out."""
    start = text.find(words)
    return [start, start + len(words)] if start >= 0 else ""


def _words(text: str, place: list[int] | str | None) -> str | None:
    return text[slice(*place)] if isinstance(place, list) else place


if __name__ == "__main__":
    main()
