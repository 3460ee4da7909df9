"""How the time of the deep pass grows with the reports of one story, of sentences that are invented by a fixed chance.

Run: .venv/bin/python bench/deep_growth.py [25 50 100 200] [--profile]
A third of the reports print one wire with its figures and quotations, a third reword it without credit, a third tell the
event in sentences of their own with figures that sometimes differ. Parses are not kept from one size to the next.
"""

import argparse
import cProfile
import pstats
import random
import sys
import time

from stemma.mentions.parse import forget
from stemma.pipeline import deep_rows
from stemma.tables import Block, Report

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
    """Print seconds, claims and findings for each size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", nargs="*", type=int, default=[25, 50, 100, 200])
    arguments.add_argument("--profile", action="store_true", help="say where the time of the last size goes")
    options = arguments.parse_args()
    print("| reports | seconds | of processor | a report | claims | findings |\n|--:|--:|--:|--:|--:|--:|")
    for size in options.sizes:
        story = invented(size)
        forget()
        profile = cProfile.Profile()
        if options.profile and size == options.sizes[-1]:
            profile.enable()
        start, clock = time.perf_counter(), time.process_time()
        rows = deep_rows("s", story)
        took = time.perf_counter() - start
        busy = time.process_time() - clock
        profile.disable()
        print(
            f"| {size} | {took:.1f} | {busy:.1f} | {1000 * busy / size:.0f} ms | {len(rows['claim'])} | {len(rows['finding'])} |",
            flush=True,
        )
        if options.profile and size == options.sizes[-1]:
            pstats.Stats(profile).sort_stats("cumulative").print_stats("stemma", 45)
    return 0


def invented(count: int) -> list[tuple[Report, list[Block]]]:
    """Return a story of `count` reports of about 350 words."""
    chance = random.Random(20310503)
    wire = [sentence(chance) for _ in range(22)]
    made = []
    for n in range(count):
        own = [sentence(chance) for _ in range(22)]
        if n % 3 == 0:
            lines = ["OSTRAVA, May 3 (Vistula Press) - " + wire[0], *wire[1 : chance.randint(12, 22)]]
        elif n % 3 == 1:
            lines = [reworded(s, chance) for s in wire[: chance.randint(10, 20)]]
        else:
            lines = [*own[:14], *[reworded(s, chance) for s in chance.sample(wire, 4)]]
        made.append(printed(n, [" ".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]))
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


def printed(number: int, paragraphs: list[str]) -> tuple[Report, list[Block]]:
    key = f"{number:04}"
    blocks, at = [], 0
    for p in paragraphs:
        blocks.append(Block(key, at, at + len(p), "paragraph"))
        at += len(p) + 1
    day = f"2031-05-{4 + number % 3:02}T{number % 24:02}:00:00+00:00"
    agency = "Vistula Press" if number % 3 == 0 else None
    text = "\n".join(paragraphs)
    return Report(
        key, key, key, None, None, "", f"Paper {number}", f"Storm {number}", day, None, (), agency, (), None, "en", text, ()
    ), blocks


if __name__ == "__main__":
    sys.exit(main())
