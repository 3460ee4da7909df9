"""Proves that the shipped golds fit their pages: `python tests/stories/check_gold.py [--shared FOLDER]`."""

import argparse
import gzip
import html.parser
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from stories.loading import load, names

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INLINE = {"a", "b", "em", "i", "span", "strong", "small"}
QUOTATION = re.compile(r"[“«]([^“”«»]*)(?:[”»]|$)|\"([^\"]*)(?:\"|$)", re.MULTILINE)
RUN = 9


def check(name: str) -> list[str]:
    """Return what is wrong with one shipped folder's gold, a sentence each; an empty list when it fits."""
    gold = load(name)
    pages = {k: gold["pages"] / r["file"] for k, r in gold["reports"].items()}
    wrong = [f"{k}: {p}" for k, r in gold["reports"].items() for p in _body(pages[k], r["body"])]
    strange = set(gold["pages"].iterdir()) ^ set(pages.values())
    wrong += [f"{page.name}: not in both the gold and the pages" for page in strange]
    placed = [k for s in gold["stories"] for k in s["reports"]] + gold["none"]
    wrong += [f"{k}: in no story or in two" for k in gold["reports"] if placed.count(k) != 1]
    for story in gold["stories"]:
        parts = (_reports, _words, _quotes, _names, _times)
        wrong += [f"{story['story']}: {p}" for part in parts for p in part(story)]
    return wrong


def lines_of(page: Path) -> list[str]:
    """Return a page's visible text, a line a block: tags stripped, entities decoded, white space folded."""
    text = page.read_text(encoding="utf-8")
    if page.suffix != ".txt":
        reader = _Visible()
        reader.feed(text)
        text = "".join(reader.parts)
    return [folded for line in text.split("\n") if (folded := " ".join(line.split()))]


def runs(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    """Return every run of `length` words of a text, case and punctuation folded."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def borrowed(folder: Path) -> list[str]:
    """Return the runs of nine words that the shipped pages share with any text file under a folder."""
    pages = [page for n in names() for page in load(n)["pages"].iterdir()]
    own = {run for page in pages for run in runs("\n".join(lines_of(page)))}
    return sorted({" ".join(run) for text in _texts(folder) for run in runs(text) & own})


class _Visible(html.parser.HTMLParser):
    """Collects the text that a reader sees; a block's tag becomes a newline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in ("script", "style")
        self.parts.append("" if tag in INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")
        self.parts.append("" if tag in INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(" ".join(data.split("\n")))


def _body(page: Path, body: str) -> Iterator[str]:
    """Each paragraph is a whole line of the page, and they stand in the gold's order."""
    lines, at = lines_of(page), 0
    for paragraph in body.split("\n"):
        if paragraph not in lines[at:]:
            yield f"no line of the page, or out of order: {paragraph[:60]}"
        else:
            at = lines.index(paragraph, at) + 1


def _reports(story: dict[str, Any]) -> Iterator[str]:
    """Every key that the gold uses is a report of the story, and every two reports have a relation."""
    keys, lost = set(story["reports"]), set(story["stemma"]["lost"])
    used = [k for o in story["origins"] for k in o["reports"]]
    used += [o["witness"] for o in story["origins"] if "witness" in o]
    used += [q["report"] for q in story["quotes"]] + [t["report"] for t in story["times"]]
    used += [k for c in story["claims"] for k in [*c["says"], *c.get("may_say", [])]]
    used += [k for f in story["findings"] + story["not_findings"] for k in [*f["reports"], *f.get("may", [])]]
    used += [p[side] for p in story["passages"] for side in "ab"]
    used += [e[end] for e in story["stemma"]["edges"] for end in ("child", "parent") if e[end] not in lost]
    yield from (f"unknown report {k}" for k in used if k not in keys)
    used += [k for e in story["stemma"]["edges"] for k in e.get("or", [])]
    pairs = {(p["a"], p["b"]) for p in story["pairs"]}
    yield from (f"pair {a}, {b} has no relation" for a in keys for b in keys if a < b and (a, b) not in pairs)
    claims = {c["id"] for c in story["claims"]}
    asked = {f["claim"] for f in story["findings"] + story["not_findings"] if "claim" in f}
    yield from (f"a finding on the unknown claim {c}" for c in asked - claims)


def _words(story: dict[str, Any]) -> Iterator[str]:
    """Every quotation, passage, claim and time stands word for word in a paragraph of its report."""
    named = [(row["report"], row["text"]) for row in story["quotes"] + story["times"]]
    named += [(p[side], p[f"{side}_text"]) for p in story["passages"] for side in "ab"]
    for claim in story["claims"]:
        said = {k: [w] if isinstance(w, str) else w for k, w in claim["says"].items()}
        named += [(k, words) for k, several in said.items() for words in several]
    for key, words in named:
        if "\n" in words or words not in story["reports"][key]["body"]:
            yield f"{key} has no such words in a paragraph: {words[:60]}"


def _quotes(story: dict[str, Any]) -> Iterator[str]:
    """The gold holds every quotation of every body, in order."""
    for key, report in story["reports"].items():
        printed = [m[1] or m[2] for m in QUOTATION.finditer(report["body"])]
        if printed != [q["text"] for q in story["quotes"] if q["report"] == key]:
            yield f"{key}: the gold's quotations are not those that the body prints"


def _names(story: dict[str, Any]) -> Iterator[str]:
    """Every speaker is listed, and one of the listed names (or the place's) stands in the bodies."""
    bodies = {k: r["body"] for k, r in story["reports"].items()}
    for quote in story["quotes"]:
        listed = story["speakers"].get(quote["speaker"], [])
        if quote["speaker"] and not any(n in bodies[quote["report"]] for n in listed):
            yield f"{quote['report']} never names {quote['speaker']}"
    for place in story["places"]:
        if not any(n in body for n in place["names"] for body in bodies.values()):
            yield f"no body names {place['name']}"


def _times(story: dict[str, Any]) -> Iterator[str]:
    """A weekday in a time's words is the weekday of its value."""
    for time in story["times"]:
        day = next((d for d in DAYS if d in time["text"].lower()), None)
        if day and DAYS[date.fromisoformat(time["value"]).weekday()] != day:
            yield f"{time['value']} is no {day}"


def _texts(folder: Path) -> Iterable[str]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        yield (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")


def main() -> int:
    """Print what is wrong with every shipped story; 1 when anything is."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, help="texts by others, of which no nine words may stand here")
    options = arguments.parse_args()
    wrong = [f"{n}: {problem}" for n in names() for problem in check(n)]
    wrong += [f"borrowed: {run}" for run in (borrowed(options.shared) if options.shared else [])]
    print("\n".join(wrong) or f"{len(names())} folders, nothing wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
