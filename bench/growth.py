"""How time grows with the reports, on made-up words by a fixed chance: twice the reports, about twice the time.

The exponent is the slope between two sizes: 1.0 is linear, 2.0 is quadratic.

Run: .venv/bin/python bench/growth.py [room ...]
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log
from typing import Any

from stemma import __version__
from stemma.account import build
from stemma.descent import story_descent
from stemma.descent.edges import Edge
from stemma.descent.origins import inheritances
from stemma.engines import open_store
from stemma.grouped import group_stories
from stemma.pipeline import find_story
from stemma.stories import Document, group
from stemma.tables import (
    TABLES,
    Block,
    Claim,
    Component,
    Derivation,
    Member,
    Mention,
    Origin,
    Place,
    Report,
    Run,
    Sign,
    Stance,
    Story,
    Witness,
)
from stemma.worked_out import stories_of

Work = Callable[[], object]


def main() -> None:
    for room in sys.argv[1:] or ROOMS:
        title, make, counts = ROOMS[room]
        print(f"\n{room}: {title}")
        before: tuple[int, float] | None = None
        for count in counts:
            work = make(count)
            start = time.process_time()
            work()
            took = time.process_time() - start
            exponent = f"  exponent {log(took / before[1]) / log(count / before[0]):.2f}" if before else ""
            print(f"{count:7} reports {took:8.2f} s {1000 * took / count:8.2f} ms a report{exponent}", flush=True)
            before = count, took


def stories(count: int) -> Work:
    chance = random.Random(count)
    documents = [Document(f"{n:06}", None, event_words(n // 5, chance), None, "en") for n in range(count)]
    return lambda: group(documents)


def account(count: int) -> Work:
    rows = {**invented_rows(count), "earlier": []}
    return lambda: build(rows)


def nothing_new(count: int) -> Work:
    """What a run does that brings nothing new, a judgement that changes no story, and a look for a story."""
    store, rows = open_store(), invented_rows(count)
    store.write(rows)
    return lambda: (group_stories(store), stories_of(store), find_story(store, rows["story"][-1].story))


def invented_rows(count: int) -> dict[str, list[Any]]:
    """The rows of stories of five reports each: a wire and four copies, each with twenty statements, claims and stances."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for n in range(count):
        story, report, first = f"s{n // 5:06}", f"r{n:06}", f"r{n - n % 5:06}"
        text, blocks = printed(f"{n:06}", [spelled(n)] * 20)
        rows["report"].append(replace(text, id=report))
        rows["block"] += [replace(b, report=report) for b in blocks]
        rows["story"].append(Story(story, report))
        rows["component"].append(Component(report, first, __version__))
        rows["witness"].append(Witness(story, report, "ABCDE"[n % 5], report, None))
        rows["mention"].append(Mention(report, "place", 0, 4, place=Place(0, 4, spelled(n % 50), 40.0, 40.0, "city")))
        if n % 5 == 0:
            rows["run"].append(Run(story, __version__, "", None, None, ""))
            rows["origin"].append(Origin(story, report, None))
            rows["claim"] += [Claim(story, f"{story}-{i}", "", "agree", None, i, False, (), (), (), ()) for i in range(20)]
        else:
            rows["derivation"].append(Derivation(story, report, first, "verbatim", 1.0, False, 0.9, ""))
            rows["sign"] += [Sign(story, report, first, "words", 1.0, "", report, i, i + 1) for i in range(4)]
        for i in range(20):
            rows["member"].append(Member(story, f"{story}-{i}", f"{report}-{i}", report, 9 * i, 9 * i + 4, None))
            rows["stance"].append(Stance(story, f"{story}-{i}", report, "asserts", "", ()))
    return {table: rows[table] for table in TABLES}


def event_words(event: int, chance: random.Random) -> str:
    """Seventy-five words, each of a hundred that only the event has or of a thousand that all have."""
    own = (f"e{spelled(event)}{spelled(chance.randrange(100))}" for _ in range(60))
    common = (f"a{spelled(chance.randrange(1000))}" for _ in range(15))
    return " ".join([*own, *common])


def spelled(number: int) -> str:
    return "".join("bcdfghjklm"[int(digit)] + "a" for digit in str(number))


def descent(count: int) -> Work:
    reports = invented_story(count)
    return lambda: story_descent("s", reports)


def paths(count: int) -> Work:
    edges = [Edge(n, n - step, "edited", 0.6 / step, False, 0.9, "", ()) for n in range(2, count) for step in (1, 2)]
    return lambda: inheritances(edges, [0])


def invented_story(count: int) -> list[tuple[Report, list[Block]]]:
    """Reports of made-up words by a fixed chance: one wire, its copies and cuts, and reports that share names only."""
    chance = random.Random(count)
    syllables = [c + v for c in "bdfgklmnprstv" for v in "aeiou"]
    lexicon = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(3000)]
    names = [w.capitalize() for w in chance.sample(lexicon, 20)]

    def sentence() -> str:
        chosen = chance.choices(lexicon, k=chance.randint(10, 24))
        chosen[chance.randrange(len(chosen))] = chance.choice(names)
        return " ".join(chosen).capitalize() + "."

    def body() -> list[str]:
        return [" ".join(sentence() for _ in range(2)) for _ in range(12)]

    wire = body()
    made = [wire if n % 3 == 0 else wire[: chance.randint(3, 9)] if n % 3 == 1 else body() for n in range(count)]
    return [printed(f"{n:03}", paragraphs) for n, paragraphs in enumerate(made)]


def printed(key: str, paragraphs: Sequence[str]) -> tuple[Report, list[Block]]:
    blocks, at = [], 0
    for p in paragraphs:
        blocks.append(Block(key, at, at + len(p), "paragraph"))
        at += len(p) + 1
    day = f"2031-05-{1 + int(key[-3:]) % 28:02}"
    text = "\n".join(paragraphs)
    return Report(key, key, "", None, None, "", key, key, day, None, (), None, (), None, "en", text, ()), blocks


ROOMS: dict[str, tuple[str, Callable[[int], Work], Sequence[int]]] = {
    "stories": ("reports, each five of them on one event, are grouped", stories, (2000, 4000, 8000)),
    "descent": (
        "one story, a third copies, a third shortened; every two copies are compared",
        descent,
        (50, 100, 200),
    ),
    "account": ("stories of five reports, their account is built of rows", account, (500, 1000, 2000, 4000)),
    "nothing_new": ("a store of stories of five reports to which nothing came", nothing_new, (500, 1000, 2000, 4000)),
    "origins": ("a chain of reports with words from the two before: paths double with each", paths, (1000, 10_000, 50_000)),
}

if __name__ == "__main__":
    main()
