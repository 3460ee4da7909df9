"""Of a story of very many reports those speak that say what no earlier one does, and after them the earliest."""

import random
from io import StringIO

import pytest
from rich.console import Console

import stemma
from bulk.invented import write_corpus
from stemma import representatives as rooms
from stemma.representatives import left_out, representatives
from stemma.show.terminal import print_account
from stemma.tables import Report

WIRE = (
    "The harbour was closed at noon. Nobody was hurt. The pilots of Ostrel said that the fog had come in an hour. Two ships wait."
)
OWN = "At the quay a baker counted forty crates of bread that no crew had fetched. He gave them to the school."


def report(id: str, text: str, published: str | None = "2031-05-04") -> tuple[Report, tuple[()]]:
    return Report(id, id, id, None, None, id, None, None, published, None, (), None, (), None, "en", text, ()), ()


COPIES = [report(f"copy{n}", f"{WIRE} It is issue {n}.", f"2031-05-{4 + n:02}") for n in range(8)]
LATE = report("late", OWN, "2031-06-01")
UNDATED = report("undated", OWN.replace("bread", "fish").replace("school", "port"), None)


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(rooms, "MOST", 5)
    monkeypatch.setattr(rooms, "CHOSEN", 4)


def chosen(reports, kept=()):
    shuffled = list(reports)
    random.Random(3).shuffle(shuffled)
    found = [r.id for r, _ in representatives(shuffled, kept)]
    assert found == [r.id for r, _ in representatives(reports, kept)]
    return found


def test_a_copy_yields_to_a_report_that_says_something_else_however_late():
    assert chosen([*COPIES, LATE, UNDATED]) == ["copy0", "late", "undated", "copy1"]


def test_what_a_person_judged_is_always_looked_at():
    assert chosen([*COPIES, LATE], {"copy7"}) == ["copy7", "copy0", "late", "copy1"]


def test_a_story_of_no_more_reports_than_the_bound_is_whole_and_nothing_is_said():
    assert representatives(COPIES[:5]) == COPIES[:5]
    assert left_out("a1", 5, 5) == []
    assert "4 of its 9 reports" in left_out("a1", 9, 4)[0].reason


def test_an_account_of_some_reports_of_a_story_says_so_and_one_of_all_does_not(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "MOST", 4)
    with stemma.read(write_corpus(tmp_path / "all.jsonl", 9), settings=stemma.Settings(processes=1)) as corpus:
        accounts = [story.account().to_dict() for story in corpus.stories]
    assert [(len(a["stories"][0]["reports"]), a["stories"][0]["left_out"]) for a in accounts] == [(4, 1), (4, 0)]
    shown = []
    for account in accounts:
        print_account(account, Console(file=(out := StringIO()), width=200))
        shown.append(out.getvalue())
    assert shown[0].startswith("4 of 5 reports, ")
    assert "The account is made of 4 reports: those that say most that no earlier one does" in shown[0]
    assert shown[1].startswith("4 reports, ")
    assert "is made of" not in shown[1]
