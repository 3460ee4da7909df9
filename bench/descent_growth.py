"""How the time of tracing a story grows with its reports, on stories of made-up words (a part of bench/descent.py)."""

import random
import time
from collections.abc import Sequence

from stemma.descent import story_descent
from stemma.tables import Block, Report


def growth() -> None:
    print("\na story of n reports of about 400 words: a third copies, a third shortened, a third on their own")
    for count in (5, 20, 50, 100, 200, 500):
        reports = invented_story(count)
        start = time.process_time()
        found = story_descent("s", reports)
        took = time.process_time() - start
        print(
            f"{count:5} reports {took:7.2f} s {1000 * took / count:7.0f} ms a report, "
            f"{len(found.alignments)} alignments, origins {found.count.low}/{found.count.best}/{found.count.high}"
        )


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
    day = f"2031-05-{1 + int(key) % 28:02}"
    text = "\n".join(paragraphs)
    return Report(key, key, None, None, "", key, key, day, None, (), None, (), None, "en", text), blocks
