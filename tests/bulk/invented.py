"""A corpus as large as one likes: events with a wire report, copies, cuts and reports of their own, all invented."""

import json
import random
from pathlib import Path

THINGS = ["ferries", "orchards", "tram lines", "libraries", "wells", "kilns", "bridges", "greenhouses", "schools", "mills"]
DEEDS = ["closed", "flooded", "rebuilt", "sold", "searched", "repaired", "emptied", "inspected"]
OFFICES = ["harbour master", "mayor", "fire chief", "head teacher", "county engineer", "bank manager", "union leader"]
FIRST = ["Ada", "Bram", "Cora", "Dov", "Edda", "Finn", "Greta", "Hugo", "Ines", "Joren", "Kaja", "Lars", "Mira", "Nils"]
SYLLABLES = ["bar", "cor", "del", "fen", "gul", "hav", "jor", "kel", "lun", "mor", "nes", "pol", "rav", "sten", "tor", "vik"]
OUTLETS = ["Morning Ledger", "Fjord Courier", "Valley Gazette", "Evening Lantern", "Coast Observer"]


def write_corpus(file: Path, reports: int, seed: int = 7) -> Path:
    """Write so many reports as JSON lines, five to an event."""
    chance = random.Random(seed)
    rows = [row for event in range(-(-reports // 5)) for row in _event(event, chance)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows[:reports]), "utf-8")
    return file


def _event(event: int, chance: random.Random) -> list[dict]:
    place, person = _name(chance), f"{chance.choice(FIRST)} {_name(chance)}"
    thing, deed, office = chance.choice(THINGS), chance.choice(DEEDS), chance.choice(OFFICES)
    count, other = chance.randint(3, 90), _name(chance)
    day = f"2024-{1 + event % 12:02}-{1 + event % 27:02}"
    first = f"At least {count} {thing} in {place} were {deed} after a storm that came over the {other} hills on Tuesday night."
    said = f"“Nobody in {place} has seen water rise so fast since the {other} dam was built,” said {person}, the {office}."
    more = f"{person} asked the people of {place} to stay away from the {thing} until engineers from {other} had looked at them."
    doubt = f"It was not possible to verify how many of the {thing} could be used again before winter."
    own = f"A reporter who walked through {place} counted {count + 2} {thing}, most of them behind barriers put up by volunteers."
    ending = f"The {office} of {other} offered help, and a train with pumps left for {place} before noon."
    texts = [
        [first, said, more, doubt],
        [f"{place.upper()} (Northwire) - {first}", said, more],
        [first.replace("At least", "Some"), said, doubt],
        [own, ending, f"{person}, the {office}, thanked {other} for the pumps."],
        [f"{deed.capitalize()} {thing} in {place}: {own}", ending, more],
    ]
    return [
        {
            "id": f"{event}-{n}",
            "title": f"{count if n < 3 else 'Many'} {thing} {deed} in {place}",
            "text": "\n\n".join(text),
            "outlet": OUTLETS[n],
            "url": f"https://{OUTLETS[n].split()[0].lower()}.example/{event}",
            "published": f"{day}T{8 + n:02}:00:00+00:00",
        }
        for n, text in enumerate(texts)
    ]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()
