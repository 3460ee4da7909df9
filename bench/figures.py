"""Figures: our spans beside spaCy's own names of numbers, and quantulum3's where it is installed.

    .venv/bin/python bench/figures.py [GOLD] [--out figures.jsonl]

GOLD is in the format of ../shared/data/numbers. Words a second are of each part alone, on top of the parse. The
file is not named numbers.py: that would hide a standard module from every bench beside it.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from stemma.mentions.figures import find_figures
from stemma.mentions.figures.units import is_currency
from stemma.mentions.parse import Paragraph, plain_paragraphs

SHARED = Path(__file__).parents[1].parent / "shared"
NUMBERS = {"MONEY": "MONEY", "PERCENT": "PERCENT", "CARDINAL": "QUANTITY", "QUANTITY": "QUANTITY"}
Row = dict[str, Any]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", nargs="?", type=Path, default=SHARED / "data/numbers/dev.jsonl")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    documents = [json.loads(line) for line in given.gold.read_text().splitlines()]
    began = time.perf_counter()
    parsed = [plain_paragraphs(d["text"]) for d in documents]
    words = sum(len(d["text"].split()) for d in documents)
    print(f"spaCy's parse: {words / (time.perf_counter() - began):,.0f} words a second")
    peers: dict[str, Callable[[list[Paragraph]], Iterable[Row]]] = {"stemma": ours, "spaCy": by_spacy}
    if importlib.util.find_spec("quantulum3"):
        peers["quantulum3"] = by_quantulum
    for name, find in peers.items():
        began = time.perf_counter()
        found = [{"id": d["id"], "values": list(find(p))} for d, p in zip(documents, parsed, strict=True)]
        print(f"\n{name}: {words / (time.perf_counter() - began):,.0f} words a second", flush=True)
        score("figures.py", given.gold, found, given.out if name == "stemma" else None)


def ours(paragraphs: list[Paragraph]) -> Iterable[Row]:
    for paragraph in paragraphs:
        for f in find_figures(paragraph.doc):
            kind = "MONEY" if is_currency(f.unit) else "PERCENT" if f.unit == "percent" else "QUANTITY"
            yield {"start": paragraph.start + f.start, "end": paragraph.start + f.end, "type": kind}


def by_spacy(paragraphs: list[Paragraph]) -> Iterable[Row]:
    for paragraph in paragraphs:
        for e in paragraph.doc.ents:
            if e.label_ in NUMBERS:
                start, end = paragraph.start + e.start_char, paragraph.start + e.end_char
                yield {"start": start, "end": end, "type": NUMBERS[e.label_]}


def by_quantulum(paragraphs: list[Paragraph]) -> Iterable[Row]:
    from quantulum3 import parser

    for paragraph in paragraphs:
        for q in parser.parse(paragraph.doc.text):
            yield {"start": paragraph.start + q.span[0], "end": paragraph.start + q.span[1]}


def score(script: str, gold: Path, found: list[Row], out: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = out or Path(folder) / "found.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in found))
        subprocess.run([sys.executable, SHARED / "score" / script, gold, path], check=True)


if __name__ == "__main__":
    main()
