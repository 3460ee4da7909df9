"""The gazetteer: what a name is looked up as, and what comes back."""

import subprocess
import sys

import pytest

from stemma.mentions.places.gazetteer import NOWHERE, gazetteer_key, look_up


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("São Paulo", "sao paulo"),
        ("Rhineland-Palatinate", "rhineland palatinate"),
        ("U.S.", "us"),
        ("ŁÓDŹ", "lodz"),
        ("Mt. Tarle", "mount tarle"),
    ],
)
def test_case_accents_points_and_hyphens_do_not_count(printed: str, key: str) -> None:
    assert gazetteer_key(printed) == key


def test_a_name_gives_every_place_that_bears_it_the_most_populous_first() -> None:
    entries = look_up("Pokrovsk")
    assert {e.country for e in entries} >= {"UA", "RU"}
    assert [e.people for e in entries] == sorted((e.people for e in entries), reverse=True)


def test_an_entry_knows_the_province_that_contains_it() -> None:
    texas = next(e for e in look_up("Texas") if e.kind == "region")
    assert any(e.state == texas.row for e in look_up("Paris"))
    assert next(e for e in look_up("France") if e.kind == "country").state == NOWHERE


def test_another_spelling_is_marked_as_not_the_entrys_own_name() -> None:
    assert [(e.name, e.plain) for e in look_up("Kiev") if e.kind == "capital"] == [("Kyiv", False)]


def test_a_name_that_nobody_bears_gives_nothing() -> None:
    assert look_up("Qxzzvelmond") == ()
    assert look_up("") == ()


def test_the_gazetteer_stays_within_its_memory() -> None:
    code = (
        "import resource as r, pyarrow, numpy; before = r.getrusage(r.RUSAGE_SELF).ru_maxrss;"
        "from stemma.mentions.places.gazetteer import look_up; look_up('London');"
        "print((r.getrusage(r.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    used = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(used.stdout) < 150
