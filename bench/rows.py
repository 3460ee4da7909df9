"""What the rooms on JSON lines hold in memory while rows go through them: at 10,000 rows, and at the end.

    python bench/rows.py [reports] [annotate] [compare] [--rows 100000]

Short rows of made-up words go to a command's standard input, made as it takes them; now and then one is a bad line. Each tells
other things, in words of which one in some twenty was never there before, as in a corpus that goes on. Memory is what all
processes of the command have at once (shared pages counted once), its most up to the 10,000th row and its most in all.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from threading import Thread
from typing import IO, Any

from scale import below, resident

Row = dict[str, Any]
FIRST = 10_000

SYLLABLES = ("bri", "har", "lan", "mor", "ves", "tor", "dal", "kin", "sel", "gan", "pol", "run", "tem", "wick", "yar", "zen")
SAID = (
    "Mayor {who} of {where} said on {day} that at least {many} homes near {name} harbour were damaged by the storm.",
    "“We will open the bridge at {name} again in {few} weeks,” {who} told reporters in {where}.",
    "About {many} people left {where} on {day}, according to the police of {name}; {few} are missing.",
    "{who}, a teacher, could not confirm that the {name} dam had cost {many} million dollars by {day}.",
)
WHO = ("Ada Fenn", "Boris Tal", "Mina Okoro", "Jules Kerr", "Petra Lind")
WHERE = ("Paris", "Dover", "Lagos", "Sydney", "Lima", "Osaka")
DAYS = ("Monday", "Friday", "May 3", "12 June", "Tuesday evening")
BAD = ('{"id": 1, "text": NaN', '["no", "object"]', '{"id": {}, "text": 5}', '{"id": 2}', "\udcff\udcfe")


def sentence(chance: random.Random) -> str:
    name = "".join(chance.choices(SYLLABLES, k=4)).title()
    return chance.choice(SAID).format(
        who=chance.choice(WHO), where=chance.choice(WHERE), day=chance.choice(DAYS),
        name=name, many=chance.randrange(41, 99_999), few=chance.randrange(2, 40),
    )  # fmt: skip


def line(chance: random.Random) -> Row:
    return {"text": sentence(chance), "published": f"2031-05-{chance.randrange(10, 30)}"}


def page(chance: random.Random) -> Row:
    told = "".join(f"<p>{sentence(chance)} {sentence(chance)}</p>" for _ in range(3))
    return {"html": f"<html><body><article><h1>Storm</h1>{told}</article></body></html>"}


def page_or_article(chance: random.Random) -> Row:
    told = "\n".join(sentence(chance) for _ in range(4))
    return page(chance) if chance.random() < 0.01 else {"text": told, "title": "Storm"}


def pair(chance: random.Random) -> Row:
    shared = sentence(chance)
    return {"a_text": f"{shared} {sentence(chance)}", "b_text": f"{sentence(chance)} {shared}"}


ROOMS: dict[str, tuple[list[str], Callable[[random.Random], Row]]] = {
    "reports": (["reports"], page_or_article),
    "annotate": (["annotate"], line),
    "compare": (["compare", "--pairs"], pair),
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rooms", nargs="*", help=", ".join(ROOMS))
    arguments.add_argument("--rows", type=int, default=100_000)
    given = arguments.parse_args()
    print(f"| room | rows | seconds | MB at {FIRST:,} rows | MB at the most | ratio |\n|---|--:|--:|--:|--:|--:|", flush=True)
    for room in given.rooms or ROOMS:
        took, early, late, printed = measured(room, given.rows)
        print(f"| {room} | {printed:,} | {took:.0f} | {early:.0f} | {late:.0f} | {late / early:.2f} |", flush=True)


def measured(room: str, rows: int) -> tuple[float, float, float, int]:
    """Return seconds, megabytes up to the first rows and in all, and the rows that were printed."""
    command, made = ROOMS[room]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "stemma", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    Thread(target=feed, args=(process.stdin, made, rows), daemon=True).start()
    counted = [0]
    reader = Thread(target=count, args=(process.stdout, counted))
    reader.start()
    early = late = 0.0
    while reader.is_alive():
        held = sum(map(resident, (process.pid, *below(process.pid)))) / 1000
        early, late = early if counted[0] > FIRST else max(early, held), max(late, held)
        reader.join(0.5)
    said = process.stderr.read().decode()
    assert process.wait() == 0, said
    assert len(said.splitlines()) <= 11, said
    return time.perf_counter() - begun, early, late, counted[0]


def feed(stream: IO[bytes], made: Callable[[random.Random], Row], rows: int) -> None:
    chance = random.Random(18)
    bad = cycle(BAD)
    with stream:
        for n in range(rows):
            row = next(bad) if n % 1000 == 7 else json.dumps({"id": n, **made(chance)})
            stream.write(row.encode("utf-8", "surrogateescape") + b"\n")


def count(stream: IO[bytes], counted: list[int]) -> None:
    for _ in stream:
        counted[0] += 1


if __name__ == "__main__":
    main()
