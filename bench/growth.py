"""How the time of a room grows with the reports, on made-up words by a fixed chance: twice the reports, about twice the time.

Run: .venv/bin/python bench/growth.py [room ...]
"""

import random
import sys
import time
from collections.abc import Callable, Sequence

from stemma.descent import story_descent
from stemma.descent.edges import Edge
from stemma.descent.origins import inheritances
from stemma.engines.duckdb import run_sql
from stemma.stories import Document, group
from stemma.tables import Block, Report

Work = Callable[[], object]


def main() -> None:
    for room in sys.argv[1:] or ROOMS:
        title, make, counts = ROOMS[room]
        print(f"\n{room}: {title}")
        for count in counts:
            work = make(count)
            start = time.process_time()
            work()
            took = time.process_time() - start
            print(f"{count:7} reports {took:8.2f} s {1000 * took / count:8.2f} ms a report")


def stories(count: int) -> Work:
    chance = random.Random(count)
    documents = [Document(f"{n:06}", None, event_words(n // 5, chance), None, "en") for n in range(count)]
    return lambda: group(documents, run_sql)


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
    return Report(key, key, None, None, "", key, key, day, None, (), None, (), None, "en", text), blocks


ROOMS: dict[str, tuple[str, Callable[[int], Work], Sequence[int]]] = {
    "stories": ("reports, each five of them on one event, are grouped", stories, (2000, 4000, 8000)),
    "descent": (
        "one story, a third copies, a third shortened; every two copies are compared",
        descent,
        (50, 100, 200),
    ),
    "origins": ("a chain of reports with words from the two before: paths double with each", paths, (1000, 10_000, 50_000)),
}

if __name__ == "__main__":
    main()
