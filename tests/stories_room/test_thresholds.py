"""Each number that decides which reports tell one story is moved by about a third, and the groups change with it."""

import random

import pyarrow as pa
import pytest

from stemma.stories import grouping, thresholds
from stemma.stories.fingerprints import _rarities, _vocabulary, fingerprints
from stemma.stories.grouping import stories_of_components

# Each row is a page: its names and its other words, a letter each, and the day of May on which it came out.
MOVED = [
    ("SAME_STORY", 0.27, [("GMOKL", "j", None), ("GPE", "kdbjf", None)]),
    ("REPRINT", 0.93, [("KE", "mpo", 1), ("KEAD", "mpoab", 25)]),
    ("MOULD", 0.2, [("AJLMOH", "pgbof", None), ("ACPE", "gp", None)]),
    ("MOULD_FACTOR", 8.0, [("HKBC", "molfkechp", None), ("HKBDE", "molfkech", None)]),
    ("ONLY_NAME", 2.0, [("A", "fa", None), ("A", "i", None)]),
    ("DAYS_FREE", 3, [("IOHJBL", "njed", 1), ("IODFJN", "omklaeip", 7)]),
    ("DAYS_DECAY", 7, [("AJG", "jkp", 1), ("AL", "m", 6)]),
    ("FOLLOW_UP_WORDS", 0.27, [("CGI", "elogi", 1), ("CG", "ljfd", 20)]),
    ("FOLLOW_UP_FREE", 7, [("OE", "jof", 1), ("OM", "jf", 20)]),
    ("FOLLOW_UP_DECAY", 7, [("EHDJG", "ehkf", 1), ("EH", "eng", 20)]),
    ("FELLOWS", 4, [("ABGEM", "mh", 1), ("AOGHD", "mea", 1), ("AOC", "bakjfnm", 1), ("DOEFHC", "bikp", 15)]),
    ("MISDATED", 0.57, [("HDO", "i", 1), ("HD", "omc", 1), ("HKJG", "m", 1), ("HME", "iogah", 24)]),
    ("ACROSS_FACTOR", 0.45, [("HFMPAB", "gbleodnj", None), ("HFMKEGCOL", "mc", None, "fr")]),
    ("ACROSS_TERMS", 4, [("LBJ", "coa", None), ("BLI", "ocnmpk", None, "fr")]),
    ("LEAST_LIKENESS", 0.09,
        [("LDAKG", "jiolcknm", None), ("IDNHK", "iojpdgmh", None), ("LB", "gan", None), ("LNKCFO", "gibej", None)]),
    ("GAP", 0.5,
        [("AFIL", "hapbim", None), ("AOKC", "hafmgn", None), ("AJI", "hdpbiml", None), ("AKOB", "akhfmgn", None),
         ("AJI", "hdpbime", None), ("AOKN", "dahfmgn", None)]),
]  # fmt: skip
SAID = [
    ("LEAD", 2.0),
    ("LEAD_WORDS", 133),
    ("TITLE", 2.6),
    ("NAME", 2.3),
    ("REPORT_WORDS", 130),
    ("UNKNOWN_RARITY", 12.0),
    ("NUMBER_RARITY", 6.0),
    ("SAID_BY_SHINGLE", 60.0),
]
PARTED = [("PARTING_STEP", 1.6), ("CRUMBS", 0.13)]
COPIED = [("LEAST_SHINGLES", 30), ("CONTAINED_FACTOR", 0.1)]


@pytest.mark.parametrize(("name", "moved", "pages"), MOVED)
def test_a_number_that_decides_is_seen_in_the_groups(monkeypatch, name, moved, pages):
    rows = [page(n, *row) for n, row in enumerate(pages)]
    before = stories(rows)
    monkeypatch.setattr(thresholds, name, moved)
    assert stories(rows) != before


@pytest.mark.parametrize(("name", "moved"), SAID)
def test_a_number_that_says_how_rare_words_are_is_seen_in_a_fingerprint(monkeypatch, name, moved):
    text = "The new government of Kardova waited 12 days, and the people of the harbour towns went home again. "
    text += "Ferries that had left before the storm came back to the old pier with nobody but two guards on board. "
    text += (
        "Engineers measured every dyke between the lighthouse and the customs house, and found eleven cracks in the concrete. "
    )
    text += "Volunteers carried sandbags along the quay while teachers opened the gymnasium for families from flooded streets. "
    text += "The oldest chapel lost its roof, three bakeries closed, and one lorry with apples blocked a bridge for hours."
    row = {"id": "d", "title": "Dykes of Kardova measured", "text": text, "published": None, "language": "en"}
    before = fingerprints(batch([row]))
    monkeypatch.setattr(thresholds, name, moved)
    forget_words()
    after = fingerprints(batch([row]))
    forget_words()
    assert after != before


@pytest.mark.parametrize(("name", "moved"), COPIED)
def test_a_number_that_weighs_a_copy_inside_a_longer_text_is_seen_in_the_groups(monkeypatch, name, moved):
    wire, own = (" ".join(made_up(start) for start in range(first, first + many)) for first, many in ((0, 110), (200, 700)))
    rows = [
        {"id": id, "title": None, "text": text, "published": None, "language": "en"} for id, text in (("a", wire), ("b", own))
    ]
    rows[1]["text"] += " " + wire
    assert len(set(stories(rows).values())) == 1
    monkeypatch.setattr(thresholds, name, moved)
    assert len(set(stories(rows).values())) == 2


@pytest.mark.parametrize(("name", "moved"), PARTED)
def test_a_number_that_parts_a_large_component_is_seen_in_the_groups(monkeypatch, name, moved):
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 6)
    chance = random.Random(103)
    moulds = [(chance.sample("ABCDEFGHIJKLMNO", 5), chance.sample("abcdefghijklmno", 6)) for _ in range(3)]
    rows = []
    for n in range(14):
        names, words = chance.choice(moulds)
        names = sorted({c for c in [*names, chance.choice("ABCDEFGHIJKLMNO")] if chance.random() < 0.8})
        rows.append(page(n, "".join(names), "".join(c for c in words if chance.random() < 0.7), None))
    before = stories(rows)
    monkeypatch.setattr(thresholds, name, moved)
    assert stories(rows) != before


def forget_words() -> None:
    _vocabulary.cache_clear()
    _rarities.cache_clear()


def made_up(number: int) -> str:
    return "".join("bdfgklmnpr"[int(digit)] + "a" for digit in str(number)) + "tel"


def page(number: int, names: str, words: str, day: int | None, language: str = "en") -> dict[str, str | None]:
    """A page of made-up words; another language spells the names a little differently."""
    name = "orvan" if language == "en" else "orvami"
    text = " ".join(["then", *(f"{c}{name}{c.lower()}" for c in names), *(f"{c}ilter{c}" for c in words)])
    return {"id": f"d{number}", "title": None, "text": text, "published": day and f"2031-05-{day:02}", "language": language}


def batch(rows) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, pa.schema([(name, pa.string()) for name in rows[0]]))


def stories(rows) -> dict[str, str]:
    prints = fingerprints(batch(rows))
    one = pa.Table.from_batches([prints]).append_column("component", pa.array(["one"] * len(rows)))
    return {row["id"]: row["story"] for row in stories_of_components(one).to_pylist()}


def test_every_number_is_moved():
    assert {name for name in vars(thresholds) if name.isupper()} == {name for name, *_ in [*MOVED, *SAID, *COPIED, *PARTED]}
