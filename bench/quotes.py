"""Who said what: our attribution beside peers on PolNeAR's development part, with words per second on one core.

    .venv/bin/python bench/quotes.py [GOLD] [--first N] [--train CORPUS | --model MODEL]

Peers: a regular expression ("…," X said), and textacy's direct quotations when it is installed. spaCy's own
parse is timed alone, because ours pays for it. With --train a model is trained on CORPUS in the run, with --model one of
`stemma train attribution` is taken; it stands beside the rules.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from stemma.mentions.parse import forget, model
from stemma.statements import annotate_statements
from stemma.statements.attribution_classifier import classifier_from, classifier_of
from stemma.statements.attribution_training import train_attribution

SHARED = Path(__file__).parents[2] / "shared"
_SAID = re.compile(
    r"(?P<content>[\"“][^\"”\n]{10,}[\"”]),?\s+"
    r"(?:(?P<a>(?:[A-Z][\w.’'-]+ ?){1,4}|he|she)\s+(?P<c>said|says|added|told|wrote)"
    r"|(?P<d>said|says|added|wrote)\s+(?P<b>(?:[A-Z][\w.’'-]+ ?){1,4}))"
)
Attributions = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=SHARED / "data/quotes/dev.jsonl")
    parser.add_argument("--first", type=int, help="only so many articles")
    parser.add_argument("--train", type=Path, metavar="CORPUS", help="train on this corpus and measure that too")
    parser.add_argument("--model", type=Path, help="measure this model of `stemma train attribution` too")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.gold.read_text("utf-8").splitlines()][: arguments.first]
    model()("Warm up.")
    print(f"{len(rows)} articles, {sum(len(r['text'].split()) for r in rows):,} words; F1 at IoU 0.3\n")
    print(f"{'':22}{'all':>7}{'+source':>9}{'quoted':>8}{'+source':>9}{'words/s':>10}")
    for name, attribute in {**systems(), **trained(arguments)}.items():
        predicted, speed = run(rows, attribute)
        shown = scores(rows, predicted)
        cells = (shown["ALL"], shown["QUOTED"]) if shown else ()
        f1 = [s[k]["F1"] for s in cells for k in ("iou.3", "content+source")] or ["-"] * 4
        print(f"{name:22}{f1[0]:>7}{f1[1]:>9}{f1[2]:>8}{f1[3]:>9}{speed:>10,.0f}", flush=True)


def systems() -> dict[str, Callable[[str], Attributions]]:
    """Return every system that can run here, as text to attributions."""
    found = {"spaCy parse alone": parsed, "regular expression": by_expression}
    try:
        import textacy.extract  # noqa: F401
    except ImportError:
        print("textacy is not installed: left out\n", file=sys.stderr)
    else:
        found["textacy"] = by_textacy
    return {**found, "stemma": annotate_statements}


def trained(arguments: argparse.Namespace) -> dict[str, Callable[[str], Attributions]]:
    """Return our attribution with a trained model, where one is asked for."""
    if arguments.train:
        began = time.perf_counter()
        classifier = classifier_of(train_attribution(arguments.train, lambda *_: None))
        print(f"trained on {arguments.train.name} in {time.perf_counter() - began:,.0f} s\n")
    elif arguments.model:
        classifier = classifier_from(arguments.model)
    else:
        return {}
    return {"stemma, trained": partial(annotate_statements, language="en", classifier=classifier)}


def parsed(text: str) -> Attributions:
    for line in text.split("\n"):
        if line.strip():
            model()(line)
    return []


def by_expression(text: str) -> Attributions:
    return [
        {
            "content": [list(m.span("content"))],
            "source": [list(m.span("a") if m["a"] else m.span("b"))],
            "cue": [list(m.span("c") if m["c"] else m.span("d"))],
        }
        for m in _SAID.finditer(text)
    ]


def by_textacy(text: str) -> Attributions:
    import textacy.extract

    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            for quote in _quotations(textacy.extract.direct_quotations, model()(line)):
                spans = {"content": [quote.content], "source": [quote.speaker], "cue": [quote.cue]}
                found.append({k: [_characters(s, at) for s in v if s] for k, v in spans.items()})
        at += len(line) + 1
    return found


def _quotations(find: Callable[[Any], Any], line: Any) -> list[Any]:  # noqa: ANN401 - spaCy's and textacy's own
    """Textacy gives up on a paragraph whose marks are not in pairs."""
    try:
        return list(find(line))
    except ValueError:
        return []


def _characters(words: Any, offset: int) -> list[int]:  # noqa: ANN401 - a Span or a list of tokens
    first, last = words[0], words[-1]
    return [offset + first.idx, offset + last.idx + len(last)]


def run(rows: list[dict[str, Any]], attribute: Callable[[str], Attributions]) -> tuple[list[Attributions], float]:
    """Return the attributions of each article and the words per second, the parse and an empty cache included."""
    forget()
    began = time.perf_counter()
    predicted = [attribute(row["text"]) for row in rows]
    seconds = time.perf_counter() - began
    return predicted, sum(len(row["text"].split()) for row in rows) / seconds


def scores(rows: list[dict[str, Any]], predicted: list[Attributions]) -> dict[str, Any]:
    """Return what the shared scorer prints, by section; nothing for a system that attributes nothing."""
    if not any(predicted):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder, "gold.jsonl"), Path(folder, "pred.jsonl")
        gold.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
        lines = ({"id": r["id"], "attributions": a} for r, a in zip(rows, predicted, strict=True))
        pred.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [sys.executable, str(SHARED / "score/quotes.py"), str(gold), str(pred)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {line.split(" ", 1)[0]: json.loads(line.split(" ", 1)[1]) for line in printed.splitlines()}


if __name__ == "__main__":
    main()
