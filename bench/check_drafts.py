"""Drafts made from the pages of an event: whether `stemma check` finds what each lost, and nothing else.

Run: .venv/bin/python bench/check_drafts.py FOLDER…     (default: three shipped stories; a FOLDER holds `pages/`)

Of each event one report is reprinted as a draft without its credit, with one altered quotation, one caveat left out and one
figure without its bound. A report without a caveat of its own gets one first, in its page too. The draft is checked against all
pages of the event; what is said of a faithful draft that names its source is not counted.
"""

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import findings_edits as edits
from findings_edits import Edit
from findings_places import Print, body
from stemma.drafts import Remark, check_draft
from stemma.engines import Store, open_store
from stemma.grouped import group_stories
from stemma.pages import read_pages
from stemma.pipeline import read_into

STORIES = Path(__file__).parents[1] / "tests" / "stories"
DEFAULT = tuple(STORIES / name for name in ("harbour_fire", "river_flood", "ferry_sinking"))
EXPECTED = {
    "quotation": "altered quotation", "caveat": "dropped caveat", "bound": "figure sharpened", "credit": "uncredited copy",
}  # fmt: skip
"""What is done to a draft, and what is then to be said of it; a draft that names its source anyway has no credit to lose."""
NUMBER = re.compile(r"\d")
CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m|o'clock)")


@dataclass(frozen=True)
class Drafted:
    """A report with one edit of each kind, as it is printed and as it is drafted; the caveat may be planted in both."""

    source: Print
    draft: Print
    done: tuple[Edit, ...]


def main() -> int:
    """Print for each event what was found, missed and said besides; 1 when anything was missed or said besides."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, default=DEFAULT)
    arguments.add_argument("--show", action="store_true", help="print the edits and what was said")
    options = arguments.parse_args()
    wrong = 0
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as made:
            line, bad = measured(folder, Path(made), show=options.show)
        wrong += bad
        print(f"{folder.name:20}{line}", flush=True)
    return int(wrong > 0)


def measured(folder: Path, made: Path, *, show: bool) -> tuple[str, bool]:
    """Return a line on the draft of one event, and whether anything was missed or said besides."""
    pages = made / "pages"
    shutil.copytree(folder / "pages", pages)
    drafted = next(drafts(pages), None)
    if drafted is None:
        return "no report allows all edits", True
    page = pages / Path(drafted.source.report.location).name
    plant(page, drafted.done)
    with closing(open_store()) as store:
        read_into(store, read_pages([str(pages)]))
        group_stories(store)
        before = Counter(r.kind for r in checked(drafted.source, made, store, credited=True)[0])
        remarks, seconds = checked(drafted.draft, made, store, credited=False)
    if show:
        print(*(f"  {e.kind}: {e.was!r} -> {e.text!r} in {e.sentence!r}" for e in drafted.done), sep="\n")
        print(*(f"  {r.kind}: {r.message}" for r in remarks), sep="\n")
    said = Counter(r.kind for r in remarks)
    due = {EXPECTED[e.kind] for e in drafted.done}
    if (drafted.source.report.outlet or "") not in drafted.draft.report.text:
        due.add(EXPECTED["credit"])
    missed = sorted(due - set(said))
    besides = sorted((said - before - Counter(due)).elements())
    told = f"found {len(due) - len(missed)} of {len(due)}, missed {missed}, besides {besides}, {seconds:.1f} s ({page.name})"
    return told, bool(missed or besides)


def drafts(pages: Path) -> Iterator[Drafted]:
    """Yield the drafts that the reports of an event allow, those with most kinds of edits first."""
    found = []
    with closing(open_store()) as store:
        read_into(store, read_pages([str(pages)]))
        blocks = defaultdict(list)
        for block in store.read("block"):
            blocks[block.report].append(block)
        for report in sorted(store.read("report"), key=lambda r: r.location):
            if report.language == "en" and report.outlet:
                found.append(made_of(Print(report, tuple(sorted(blocks[report.id], key=lambda b: b.start)))))
    yield from sorted((d for d in found if d.done), key=lambda d: (-len(d.done), d.source.report.location))


def made_of(source: Print) -> Drafted:
    """Return a report's draft, with as many of the kinds of edits as it allows."""
    caveat = next((e for e in edits.possible("", 0, source, ()) if e.kind == "caveat"), None)
    printed = edits.planted(source, caveat) if caveat else source
    allowed = [e for e in edits.possible("", 0, printed, ()) if not is_unfit(e, printed)]
    rest = [next((e for e in allowed if e.kind == kind), None) for kind in ("quotation", "bound")]
    done = [e for e in (*rest, caveat) if e]
    draft = printed
    for edit in sorted(done, key=lambda e: -(e.start if e.start >= 0 else printed.report.text.index(e.was))):
        draft, _ = edits.apply(draft, edit)
    return Drafted(printed, draft, tuple(done))


def is_unfit(edit: Edit, printed: Print) -> bool:
    """Whether an edit does another thing than its kind says: a bound of a time of day, a quotation with a number to bound."""
    if edit.kind == "quotation":
        return bool(NUMBER.search(edit.sentence))
    return bool(CLOCK.match(printed.report.text, edit.start + len(edit.was)))


def plant(page: Path, done: Sequence[Edit]) -> None:
    """Write the caveat that was planted in a report into its page too."""
    raw = page.read_text("utf-8")
    for edit in (e for e in done if e.plant):
        before = edit.sentence[-40:]
        assert before in raw, f"{page} does not print {before!r} as it is read"
        page.write_text(raw.replace(before, before + edit.plant, 1), "utf-8")


def checked(source: Print, made: Path, store: Store, *, credited: bool) -> tuple[list[Remark], float]:
    """Return what is said of a draft, and the seconds that it took; a credited one names its source at its foot."""
    paragraphs = [source.report.text[b.start : b.end] for b in body(source)]
    credit = [f"This article was first published by {source.report.outlet} and appears here with permission."] * credited
    path = made / "draft.txt"
    path.write_text("\n\n".join([f"{source.report.title}, told again", *paragraphs, *credit]), "utf-8")
    began = time.perf_counter()
    found = check_draft(path, store).remarks
    return list(found), time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
