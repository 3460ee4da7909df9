"""`stemma annotate` by its parts: words a second of one core, beside spaCy's own parse in the same run.

    .venv/bin/python bench/annotate.py [TEXTS] [--first N] [--paragraphs N]

TEXTS are JSON lines with `id`, `text`, [`published`]. A core's own seconds are counted, so that other work on the machine
is no difference. Each part is timed alone on parsed paragraphs; the last row is the whole of a line, parse included.
With --paragraphs one text of so many lines is made of them, as a page without end.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from stemma.mentions import find_mentions
from stemma.mentions.figures import find_figures
from stemma.mentions.names import find_names
from stemma.mentions.parse import Paragraph, forget, model, plain_paragraphs
from stemma.mentions.places import find_places
from stemma.mentions.times import find_report_times
from stemma.statements import annotate_statements
from stemma.statements.story import annotate_record

SHARED = Path(__file__).parents[2] / "shared"
Row = dict[str, Any]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", nargs="?", type=Path, default=SHARED / "data/quotes/dev.jsonl")
    arguments.add_argument("--first", type=int, help="only so many texts")
    arguments.add_argument("--paragraphs", type=int, help="one text of so many paragraphs, made of theirs")
    given = arguments.parse_args()
    rows = [json.loads(line) for line in given.texts.read_text("utf-8").splitlines()][: given.first]
    rows = [endless(rows, given.paragraphs)] if given.paragraphs else rows
    warm_up()
    words = sum(len(r["text"].split()) for r in rows)
    print(f"{len(rows)} texts, {words:,} words\n\n{'':28}{'words/s':>10}{'seconds':>10}")
    forget()
    alone = [line for r in rows for line in r["text"].split("\n") if line.strip()]
    shown("spaCy, one by one", words, lambda: [model()(line) for line in alone[:: len(alone) // 400 + 1]], 400 / len(alone))
    shown("spaCy's parse", words, lambda: [plain_paragraphs(r["text"], "en") for r in rows])
    parsed = [plain_paragraphs(r["text"], "en") for r in rows]
    for name, find in PARTS.items():
        shown(name, words, lambda find=find: [find(r, p) for r, p in zip(rows, parsed, strict=True)])  # type: ignore[misc]
    forget()
    shown("a whole line", words, lambda: [annotate_record({**r, "language": "en"}) for r in rows])


PARTS: dict[str, Callable[[Row, Sequence[Paragraph]], object]] = {
    "statements": lambda r, _: annotate_statements(r["text"], "en"),
    "figures": lambda _, p: [find_figures(one.doc) for one in p],
    "times": lambda r, p: find_report_times(p, r.get("published")),
    "places": lambda _, p: find_places(p),
    "names": lambda _, p: find_names(p),
    "all mentions": lambda r, p: find_mentions(p, r.get("published")),
}


def warm_up() -> None:
    annotate_record({"id": 0, "text": "Ann Lee said on Monday in Paris that 5 people had left.", "published": "2024-05-05"})


def endless(rows: Sequence[Row], paragraphs: int) -> Row:
    """One text of `paragraphs` lines: those of all rows over and over, each made another by its number."""
    lines = [line for r in rows for line in r["text"].split("\n") if line.strip()]
    text = "\n".join(f"{lines[n % len(lines)]} Nr {n}." for n in range(paragraphs))
    return {"id": "endless", "text": text, "published": "2024-05-05"}


def shown(name: str, words: int, work: Callable[[], object], share: float = 1.0) -> None:
    began = time.process_time()
    work()
    seconds = (time.process_time() - began) / min(share, 1.0)
    print(f"{name:28}{words / seconds:>10,.0f}{seconds:>10.1f}", flush=True)


if __name__ == "__main__":
    main()
