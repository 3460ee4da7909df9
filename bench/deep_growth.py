"""How the time of the deep pass grows with the reports of one story, of sentences that are invented by a fixed chance.

Run: .venv/bin/python bench/deep_growth.py [25 50 100 200] [--alike | --headlines] [--profile]
A third of the reports print one wire with its figures and quotations, a third reword it without credit, a third tell the
event in sentences of their own with figures that sometimes differ; with `--alike` all print the wire whole, with `--headlines`
each under a headline of its own and an author of its own. Each size is worked out in a process of its own, and its account is
written as JSON. The exponent is that of the processor time since the size before: 1 is linear.
"""

import argparse
import contextlib
import cProfile
import math
import multiprocessing
import pstats
import random
import resource
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from stemma.account import to_json
from stemma.engines import open_store
from stemma.pipeline import account_of, deep_rows
from stemma.tables import Block, Report, Role, Story

FORK = multiprocessing.get_context("fork")

PLACES = ("Ostrava", "Linz", "Turku", "Gdynia", "Pula", "Bergen", "Szeged", "Varna", "Tartu", "Narvik")
PEOPLE = (
    "Mira Holub",
    "Jonas Ekvall",
    "Teresa Brandt",
    "Pavel Orsag",
    "Ilse Mattila",
    "Dario Vukas",
    "Anna Szalai",
    "Lars Rennemo",
)
OFFICES = ("the fire service", "the police", "the mayor's office", "the hospital", "the port authority", "the weather office")
THINGS = ("homes", "boats", "trucks", "bridges", "schools", "farms", "shops", "wagons", "cranes", "barns")
DOINGS = (
    "were damaged",
    "were destroyed",
    "were closed",
    "were searched",
    "were cut off",
    "lost their roofs",
    "were rebuilt",
    "were sold",
)
BOUNDS = ("At least ", "More than ", "About ", "")
HOWS = ("by the flood", "in the storm", "after the landslide", "during the night", "before the army came", "within two hours")
WORDS = (
    "water",
    "bridge",
    "street",
    "morning",
    "neighbour",
    "engine",
    "roof",
    "winter",
    "ladder",
    "cellar",
    "garden",
    "window",
    "letter",
    "stove",
)


def main() -> int:
    """Print seconds, memory and what was found for each size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", nargs="*", type=int, default=[25, 50, 100, 200])
    arguments.add_argument("--alike", action="store_true", help="reports of the same words")
    arguments.add_argument("--headlines", action="store_true", help="reports of the same words under headlines of their own")
    arguments.add_argument("--profile", action="store_true", help="say where the time of each size goes")
    options = arguments.parse_args()
    print("| reports | seconds | of processor | exponent | a report | memory | alignments | claims | findings | JSON |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    before: tuple[int, float] | None = None
    for size in options.sizes:
        receiver, sender = FORK.Pipe(duplex=False)
        process = FORK.Process(target=measure, args=(size, options, before, sender))
        process.start()
        before = size, receiver.recv()
        process.join()
    return 0


def measure(size: int, options: argparse.Namespace, before: tuple[int, float] | None, sender: Connection) -> None:
    """Work out a story of so many reports, print a row of the table, and send the seconds of processor that it took."""
    story = invented(size, options.alike or options.headlines, options.headlines)
    profile = cProfile.Profile()
    if options.profile:
        profile.enable()
    start = time.perf_counter()
    rows = deep_rows("s", story)
    text = written(story, rows)
    took = time.perf_counter() - start
    profile.disable()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    busy = sum(u.ru_utime + u.ru_stime for u in used)
    exponent = f"{math.log(busy / before[1]) / math.log(size / before[0]):.2f}" if before else ""
    cells = (
        f"{size}", f"{took:.1f}", f"{busy:.1f}", exponent, f"{1000 * busy / size:.0f} ms", f"{used[0].ru_maxrss // 1024} MB",
        *(f"{len(rows[table]):,}" for table in ("alignment", "claim", "finding")), f"{len(text) / 1e6:.1f} MB",
    )  # fmt: skip
    print(f"| {' | '.join(cells)} |", flush=True)
    sender.send(busy)
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats("stemma", 45)


def written(story: list[tuple[Report, list[Block]]], rows: dict[str, list[Any]]) -> str:
    """Return the account of a story as JSON, from a store that holds its rows."""
    with contextlib.closing(open_store(None)) as store:
        reports = {"report": [r for r, _ in story], "block": [b for _, blocks in story for b in blocks]}
        store.write({**reports, **rows, "story": [Story("s", r.id) for r, _ in story]})
        return to_json(account_of(store))


def invented(count: int, alike: bool = False, headlines: bool = False) -> list[tuple[Report, list[Block]]]:
    """Return a story of `count` reports of about 350 words."""
    chance = random.Random(20310503)
    wire = [sentence(chance) for _ in range(22)]
    made = []
    for n in range(count):
        own = [sentence(chance) for _ in range(22)]
        if alike or n % 3 == 0:
            lines = ["OSTRAVA, May 3 (Vistula Press) - " + wire[0], *wire[1 : 22 if alike else chance.randint(12, 22)]]
        elif n % 3 == 1:
            lines = [reworded(s, chance) for s in wire[: chance.randint(10, 20)]]
        else:
            lines = [*own[:14], *[reworded(s, chance) for s in chance.sample(wire, 4)]]
        head = (
            [f"{chance.choice(PEOPLE)} on {chance.choice(THINGS)}: storm {n}", f"By {chance.choice(PEOPLE)}"] if headlines else []
        )
        made.append(printed(n, head, [" ".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]))
    return made


def sentence(chance: random.Random) -> str:
    number = chance.choice([chance.randint(3, 60), chance.randint(100, 900)])
    thing, doing, how = chance.choice(THINGS), chance.choice(DOINGS), chance.choice(HOWS)
    place, who, office = chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(OFFICES)
    a, b, c = chance.sample(WORDS, 3)
    return chance.choice(
        (
            f"{chance.choice(BOUNDS)}{number} {thing} in {place} {doing} {how}, {office} said.",
            f"“We saw the {a} before the {b}, and nobody in {place} had a {c} for it,” {who} told reporters on Tuesday.",
            f"{who} said that the {a} near the {b} in {place} {doing.replace('were', 'was')} {how}.",
            f"{office.capitalize()} could not say how many {thing} {doing} {how} when the {a} reached the {b}.",
            f"On Monday {number} people left {place} with a {a} and a {b}, and {who} counted {number + 7} {thing}.",
        )
    )


def reworded(words: str, chance: random.Random) -> str:
    for one, other in (
        ("were damaged", "suffered damage"),
        ("said.", "reported."),
        ("At least", "No fewer than"),
        ("On Monday", "At the start of the week"),
        ("near", "close to"),
        ("could not say", "was unable to say"),
    ):
        if chance.random() < 0.7:
            words = words.replace(one, other)
    return words


def printed(number: int, head: list[str], paragraphs: list[str]) -> tuple[Report, list[Block]]:
    key = f"{number:04}"
    blocks, at = [], 0
    above: tuple[Role, ...] = ("title", "byline") if head else ()
    body: Role = "paragraph"
    for role, p in [*zip(above, head, strict=True), *((body, p) for p in paragraphs)]:
        blocks.append(Block(key, at, at + len(p), role))
        at += len(p) + 1
    day = f"2031-05-{4 + number % 3:02}T{number % 24:02}:00:00+00:00"
    agency = "Vistula Press" if number % 3 == 0 else None
    text = "\n".join([*head, *paragraphs])
    return Report(
        key, key, key, None, None, "", f"Paper {number}", f"Storm {number}", day, None, (), agency, (), None, "en", text, ()
    ), blocks


if __name__ == "__main__":
    sys.exit(main())
