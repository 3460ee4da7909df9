"""Drafts made of the pages of an event: what `stemma check` finds of the errors planted in them, and what it says besides.

Run: .venv/bin/python bench/check_drafts.py [FOLDER…]     (default: three shipped stories; a FOLDER holds `pages/`)

An event is read into a store. Of up to four of its pages two drafts are made: a copy, and a light rewrite into which paragraphs
of another page are merged. Each is checked as it is, with its credit: all that is said of it is a false alarm. Then it is
checked without the credit and with one error of each kind that it allows, each in another sentence: an error is found when
something of a fitting kind is shown in its sentence. What is said elsewhere and was not said of the faithful draft is counted
as said besides.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from findings_places import cut
from stemma.drafts import Remark, check_draft
from stemma.engines import Store, open_store
from stemma.grouped import group_stories
from stemma.mentions.parse import story_paragraphs
from stemma.pages import read_pages
from stemma.pipeline import read_into, reports_of
from stemma.tables import BODY, Block, Report

STORIES = Path(__file__).parents[1] / "tests" / "stories"
DEFAULT = tuple(STORIES / name for name in ("harbour_fire", "river_flood", "ferry_sinking"))
PAGES, SHORTEST, SEED = 4, 120, 17
"""Pages of an event that are drafted, words that one has at the least, and where the choice of sentences begins."""
TELLING = ("altered telling",)
FITTING = {
    "quotation": ("altered quotation",),
    "speaker": ("other speaker",),
    "hedge": ("dropped caveat",),
    "bound": ("figure sharpened", "dropped caveat"),
    "figure": ("figure conflict", "figure updated"),
    "day": ("figure conflict", *TELLING),
    "unit": ("figure conflict", "unit slip", *TELLING),
    "negation": ("disputed claim", *TELLING),
    "name": ("other speaker", *TELLING),
    "credit": ("uncredited copy",),
}
"""What is planted, and the kinds of findings of which one is due; inside quotation marks an altered quotation is due too."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNITS = {
    "miles": "kilometres", "kilometers": "miles", "kilometres": "miles", "feet": "metres", "metres": "feet", "meters": "feet",
    "pounds": "kilograms", "percent": "percentage points", "minutes": "hours", "hours": "minutes", "days": "weeks",
    "weeks": "days", "months": "weeks", "years": "months", "tons": "kilograms", "tonnes": "kilograms", "seconds": "minutes",
}  # fmt: skip
_BOUND = re.compile(
    r"\b(?:at least|more than|nearly|about|almost|up to|around|over|some|as many as) (?=[$£€]?\d)(?!\S+ ?[ap]\.?m)"
)
_HEDGES = {
    "allegedly ": "", "reportedly ": "", "apparently ": "", "may have ": "had ", "might have ": "had ",
    "believed to ": "known to ",
    "appeared to be ": "were ", "appears to be ": "is ", "alleged ": "", "suspected ": "", "is thought to ": "is known to ",
    "could have ": "had ", "may be ": "is ", "might be ": "is ", "possibly ": "", "probably ": "", "appears to have ": "has ",
    "appeared to have ": "had ", "seemed to be ": "were ", "likely ": "",
}  # fmt: skip
_NEGATED = re.compile(
    r"\b(?P<verb>is|are|was|were|has|had|have|did|does|do|will|would|could|should)(?: not\b|n['’]t\b)"
    r"|\b(?P<can>can)(?:not|['’]t)\b"
)
_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d:]|[.,/-]\d|-|\w*[ap]m\b)")
_CLOCK = re.compile(r"\b(\d{1,2})(?=(?:[:.]\d\d)? ?[ap]\.?m\b)")
_MARKS = re.compile(r"[“\"]([^”\"\n]{25,})[”\"]")
_SPEAKS = r"(?:said|says|told|added|wrote|asked)"
_WORD = re.compile(r"(?<![\w'’])[a-z]{5,}(?![\w'’])")
_OTHER_WORDS = ("garden", "winter", "copper", "orchestra", "candle", "marble", "velvet")
_DATELINE = re.compile(r"[A-Z]{3}.{0,40}\([A-Z]\w+\) ?[-–—]")
_REWORDED = (
    (" after ", " following "), (" but ", " although "), (" also ", " "), (" however, ", " "), (" because ", " since "),
    (" several ", " a number of "), (" began ", " started "), (" shortly ", " soon "), (" children", " youngsters"),
    (" large ", " big "), (" help ", " aid "), (" previously ", " earlier "), (" while ", " as "), (" nearby ", " close by "),
)  # fmt: skip
"""What an editor may write for what a page has without saying anything else."""


@dataclass(frozen=True)
class Plant:
    """One error: its kind, the paragraph and the sentence where it stands, the sentence as it is printed and as it is drafted."""

    kind: str
    paragraph: int
    was: str
    to: str


@dataclass
class Tally:
    """What was counted over the drafts of some events."""

    drafts: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    besides: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def main() -> int:
    """Print a line an event and a table of all kinds."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, default=DEFAULT)
    arguments.add_argument("--show", action="store_true", help="print what was missed, and what was said besides")
    arguments.add_argument("--pages", type=int, default=PAGES, help="pages of an event that are drafted")
    options = arguments.parse_args()
    tally = Tally()
    for folder in options.folders:
        measure(folder, tally, options.pages, print if options.show else _silent)
        print(f"{folder.name:16}{totals(tally)}", flush=True)
    print("\n| planted | found | of |\n|---|---|---|")
    for kind in FITTING:
        print(f"| {kind} | {tally.found[kind]} | {tally.planted[kind]} |")
    print(f"\nfalse alarms: {dict(tally.false)}\nbesides: {dict(tally.besides)}")
    return 0


def _silent(_: str) -> None:
    """Print nothing."""


def totals(tally: Tally) -> str:
    """Return one line on all that was counted so far."""
    drafts = max(1, tally.drafts)
    return (
        f"{tally.drafts} drafts, found {tally.found.total()} of {tally.planted.total()}, false alarms {tally.false.total()} "
        f"({tally.false.total() / drafts:.2f} a draft), besides {tally.besides.total()}, {tally.seconds / drafts:.1f} s each"
    )


def measure(folder: Path, tally: Tally, pages: int = PAGES, show: Callable[[str], None] = _silent) -> None:
    """Add to the tally what is found in the drafts of one event."""
    with closing(open_store()) as store:
        read_into(store, read_pages([str(folder / "pages"), *map(str, folder.glob("meta.csv"))]))
        group_stories(store)
        members = reports_of(store, [r.id for r in store.read("report")])
        names = named(members)
        for draft in drafts(members, pages):
            check_one(store, draft, names, tally, show)


@dataclass(frozen=True)
class Drafted:
    """A draft: its title, the outlets whose pages it is made of, its paragraphs."""

    title: str
    outlets: Sequence[str]
    paragraphs: Sequence[str]

    @property
    def credit(self) -> str:
        """The line that names its sources."""
        return f"This article was first published by {' and '.join(self.outlets)} and appears here with permission."

    @property
    def is_credited(self) -> bool:
        """Whether it names a source in its text too, so that nothing is lost with the line."""
        text = "\n".join(self.paragraphs)
        return any(outlet in text for outlet in self.outlets) or bool(_DATELINE.search(text))


def drafts(members: Sequence[tuple[Report, Sequence[Block]]], pages: int) -> Iterator[Drafted]:
    """Yield of each of some pages a copy and a rewrite merged with another page."""
    told = [
        (r, [r.text[b.start : b.end] for b in blocks if b.role in BODY and b.role != "post"])
        for r, blocks in sorted(members, key=lambda m: m[0].location)
        if (r.language or "en") == "en" and r.outlet
    ]
    long = [(r, paragraphs) for r, paragraphs in told if sum(len(p.split()) for p in paragraphs) >= SHORTEST]
    for n, (report, paragraphs) in enumerate(long[:pages]):
        other, more = long[(n + 1) % len(long)]
        outlets = [report.outlet or "", other.outlet or ""]
        yield Drafted(f"{report.title}, told again", outlets[:1], paragraphs)
        if other.id != report.id:
            yield Drafted(f"{other.title}, in short", outlets, merged(paragraphs, more))


def merged(paragraphs: Sequence[str], more: Sequence[str]) -> list[str]:
    """Return what an editor may make of two pages: two paragraphs of three of each by turns, lightly reworded."""
    taken = []
    for n in range(max(len(paragraphs), len(more))):
        taken += [reworded(p[n], n) for p in (paragraphs, more) if n < len(p) and (n + (p is more)) % 3 != 2]
    return taken


def reworded(paragraph: str, number: int) -> str:
    """Return a paragraph without quotation marks with other words for some; every second long one loses its last sentence."""
    kept = [s for _, s in cut(paragraph)]
    if len(kept) > 2 and number % 2:
        kept = kept[:-1]
    return " ".join(kept if re.search("[“”\"‘]|(?<!\\w)'", paragraph) else map(_in_other_words, kept))


def _in_other_words(sentence: str) -> str:
    for one, other in _REWORDED:
        sentence = sentence.replace(one, other)
    return sentence


def named(members: Sequence[tuple[Report, Sequence[Block]]]) -> dict[str, list[str]]:
    """Return the names of persons and of places that the reports print at least twice."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for paragraphs in story_paragraphs(list(members)):
        for entity in (e for p in paragraphs for e in p.doc.ents):
            if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", entity.text):
                found[entity.text][entity.label_] += 1
    sure = {n: max(labels, key=lambda k: (labels[k], k)) for n, labels in found.items() if labels.total() > 1}
    return {label: sorted(n for n, most in sure.items() if most == label) for label in ("PERSON", "GPE")}


def check_one(store: Store, draft: Drafted, names: dict[str, list[str]], tally: Tally, show: Callable[[str], None]) -> None:
    """Check one draft as it is, then with its errors, and count."""
    plain, _, seconds = checked(store, [draft.title, *draft.paragraphs, draft.credit])
    tally.false.update(r.kind for r in plain)
    for r in plain:
        show(f"  false alarm: {r.kind}: {r.message}")
    plants = planted(draft.paragraphs, names)
    paragraphs = list(draft.paragraphs)
    for p in plants:
        paragraphs[p.paragraph] = paragraphs[p.paragraph].replace(p.was, p.to, 1)
    remarks, source, more = checked(store, [draft.title, *paragraphs])
    tally.drafts += 1
    tally.seconds += (seconds + more) / 2
    tally.planted.update([*(p.kind for p in plants), *(["credit"] * (not draft.is_credited))])
    shown = {id(r): _span(source, r) for r in remarks}
    explained: set[int] = set()
    for p in plants:
        at = source.index(p.to)
        due = (*FITTING[p.kind], "altered quotation")
        here = [r for r in remarks if shown[id(r)][0] < at + len(p.to) and at < shown[id(r)][1] and r.kind in due]
        explained |= {id(r) for r in here}
        tally.found[p.kind] += bool(here)
        if not here:
            show(f"  missed {p.kind}: {p.was!r} -> {p.to!r}")
    credit = [r for r in remarks if r.kind in FITTING["credit"]]
    tally.found["credit"] += bool(credit and not draft.is_credited)
    if not credit and not draft.is_credited:
        show("  missed credit")
    said = Counter(r.kind for r in plain)
    for r in remarks:
        if id(r) in explained or r in credit[:2]:
            continue
        if said[r.kind] > 0:
            said[r.kind] -= 1
            continue
        tally.besides[r.kind] += 1
        show(f"  besides: {r.kind}: {r.message}")


def checked(store: Store, paragraphs: Sequence[str]) -> tuple[list[Remark], str, float]:
    """Return what is said of a draft, its text, and the seconds of processor time."""
    source = "\n\n".join(" ".join(p.split()) for p in paragraphs)
    began = time.process_time()
    found = check_draft(Path("draft.txt"), store, content=source.encode()).remarks
    return list(found), source, time.process_time() - began


def _span(source: str, remark: Remark) -> tuple[int, int]:
    """Where a remark stands in a draft's text."""
    starts = [0, *(m.end() for m in re.finditer("\n", source))]
    place = remark.place
    return starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1


def planted(paragraphs: Sequence[str], names: dict[str, list[str]]) -> list[Plant]:
    """Return one error of each kind that a draft allows, each in a sentence of its own that stands once in the draft."""
    text = "\n\n".join(" ".join(p.split()) for p in paragraphs)
    sentences = [(n, " ".join(s.split())) for n, p in enumerate(paragraphs) for _, s in cut(" ".join(p.split()))]
    choice = random.Random(SEED)
    taken: set[str] = set()
    found = []
    for kind, edit in EDITS.items():
        able = [(n, s, to) for n, s in sentences if len(s.split()) > 7 and text.count(s) == 1 for to in [edit(s, names)] if to]
        able = [a for a in able if a[1] not in taken and a[2] != a[1]]
        if able:
            n, was, to = choice.choice(able)
            taken.add(was)
            found.append(Plant(kind, n, was, to))
    return found


def _outside(sentence: str, at: int) -> bool:
    """Whether a place stands outside quotation marks."""
    return len(re.findall('[“”"]', sentence[:at])) % 2 == 0


def _quotation(sentence: str, _: dict[str, list[str]]) -> str | None:
    marks = _MARKS.search(sentence)
    words = list(_WORD.finditer(marks[1])) if marks else []
    if not marks or not words or len(marks[1].split()) < 6:
        return None
    word = words[len(words) // 2]
    at = marks.start(1) + word.start()
    return sentence[:at] + _OTHER_WORDS[at % len(_OTHER_WORDS)] + sentence[at + len(word[0]) :]


def _speaker(sentence: str, names: dict[str, list[str]]) -> str | None:
    if not _MARKS.search(sentence):
        return None
    for name in sorted(names["PERSON"], key=len, reverse=True):
        for found in re.finditer(rf"\b{name}\b(?= {_SPEAKS}\b)|(?<=said ){name}\b", sentence):
            other = _another(name, names["PERSON"])
            if other and _outside(sentence, found.start()):
                return sentence[: found.start()] + other + sentence[found.end() :]
    return None


def _another(name: str, names: Sequence[str]) -> str | None:
    """Another name of as many words that shares none with this one."""
    return next((n for n in names if not set(n.split()) & set(name.split()) and n.count(" ") == name.count(" ")), None)


def _name(sentence: str, names: dict[str, list[str]]) -> str | None:
    for label in ("PERSON", "GPE"):
        for name in sorted(names[label], key=len, reverse=True):
            whole = rf"(?<![A-Z’'-]\s)(?<!\w )\b{name}\b(?! [A-Z])|(?<=[a-z,] ){name}\b(?! [A-Z]|-| {_SPEAKS}\b)"
            for found in re.finditer(whole, sentence):
                other = _another(name, names[label])
                if other and other not in sentence and _outside(sentence, found.start()):
                    return sentence[: found.start()] + other + sentence[found.end() :]
    return None


def _bound(sentence: str, _: dict[str, list[str]]) -> str | None:
    found = next((m for m in _BOUND.finditer(sentence) if _outside(sentence, m.start())), None)
    return sentence[: found.start()] + sentence[found.end() :] if found else None


def _hedge(sentence: str, _: dict[str, list[str]]) -> str | None:
    for hedge, to in _HEDGES.items():
        found = next((m for m in re.finditer(rf"\b{hedge}", sentence) if _outside(sentence, m.start())), None)
        if found and found.start():
            return sentence[: found.start()] + to + sentence[found.end() :]
    return None


def _figure(sentence: str, _: dict[str, list[str]]) -> str | None:
    for found in _NUMBER.finditer(sentence):
        if _outside(sentence, found.start()):
            return sentence[: found.start()] + _other_number(found[0]) + sentence[found.end() :]
    for found in re.finditer(rf"(?<=[a-z] )(?:{'|'.join(_COUNTS)})(?= [a-z]+s\b)", sentence):
        if _outside(sentence, found.start()):
            other = _COUNTS[(_COUNTS.index(found[0]) + 3) % len(_COUNTS)]
            return sentence[: found.start()] + other + sentence[found.end() :]
    return None


def _other_number(number: str) -> str:
    """A number as it may be mistyped: 12 is 21, 1.2 is 12, 2016 is 2015, 7 is 9, 400 is 600."""
    if "." in number:
        return number.replace(".", "").lstrip("0")
    if re.fullmatch(r"(?:19|20)\d\d", number):
        return str(int(number) - 1)
    digits = number.rstrip("0,") or number
    if len(digits) > 1 and digits[0] != digits[1] and digits[1].isdigit():
        return digits[1] + digits[0] + number[2:] if digits[1] != "0" else str(int(digits[0]) % 9 + 1) + number[1:]
    return str((int(number[0]) + 1) % 9 + 1) + number[1:]


def _day(sentence: str, _: dict[str, list[str]]) -> str | None:
    for n, day in enumerate(_DAYS):
        found = next((m for m in re.finditer(rf"\b{day}\b", sentence) if _outside(sentence, m.start())), None)
        if found:
            return sentence[: found.start()] + _DAYS[(n + 2) % 7] + sentence[found.end() :]
    clock = _CLOCK.search(sentence)
    return sentence[: clock.start()] + str((int(clock[1]) + 2) % 12 + 1) + sentence[clock.end() :] if clock else None


def _unit(sentence: str, _: dict[str, list[str]]) -> str | None:
    for found in re.finditer(rf"(?:\d|\b(?:{'|'.join(_COUNTS)})) (?P<unit>{'|'.join(_UNITS)})\b(?! old)", sentence):
        if _outside(sentence, found.start()):
            return sentence[: found.start("unit")] + _UNITS[found["unit"]] + sentence[found.end() :]
    return None


def _negation(sentence: str, _: dict[str, list[str]]) -> str | None:
    found = _NEGATED.search(sentence)
    return sentence[: found.start()] + (found["verb"] or found["can"]) + sentence[found.end() :] if found else None


EDITS: dict[str, Callable[[str, dict[str, list[str]]], str | None]] = {
    "bound": _bound, "hedge": _hedge, "unit": _unit, "speaker": _speaker, "negation": _negation, "day": _day,
    "figure": _figure, "name": _name, "quotation": _quotation,
}  # fmt: skip
"""How each kind of error is made of a sentence; the rarer ones choose theirs first."""

if __name__ == "__main__":
    sys.exit(main())
