"""Stories that are brought up to date report by report are those of all reports at once, and only what is touched is grouped."""

import random
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stemma.engines import open_store
from stemma.grouped import forget_grouping, group_new, group_stories, keep_together
from stemma.stories import pairs
from stemma.tables import Report

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def event(number: int, count: int, copies: int = 0, person: str = "Orvan Teld") -> list[Report]:
    """Reports of one made-up event, each with words of its own choice, and copies; all name one person."""
    chance = random.Random(number)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(26)]
    names = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(6)]
    texts = []
    for _ in range(count):
        said = [[*chance.sample(words, 8), *chance.sample(names, 2)] for _ in range(5)]
        texts.append(" ".join(f"then {' '.join(sentence)} and {person}." for sentence in said))
    texts += [texts[n % count] + f" {number}{n:03}" for n in range(copies)]
    return [report(f"e{number}r{n:02}", text, f"2031-05-{1 + number + n % 3:02}") for n, text in enumerate(texts)]


def report(id: str, text: str, published: str, url: str | None = None) -> Report:
    return Report(id, id, id, url, None, id, None, None, published, None, (), None, (), None, "en", text, ())


EVERY = [r for number in range(5) for r in event(number, 3, copies=2 * number)]


def stories(store):
    return store.read("story"), store.read("component")


def at_once(reports, judged=()):
    store = open_store()
    store.write({"report": reports})
    if judged:
        keep_together(store, judged)
    group_new(store)
    return stories(store)


@pytest.fixture(autouse=True)
def few_neighbours(monkeypatch):
    """Compare each report with few others, so that a new one parts those that it comes between."""
    monkeypatch.setattr(pairs, "NEIGHBOURS", 2)


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.permutations(EVERY), st.lists(st.integers(1, len(EVERY) - 1), max_size=5), st.sets(st.integers(0, len(EVERY) - 1)))
def test_whatever_comes_and_goes_in_whatever_batches_the_stories_are_those_of_all_at_once(shuffled, cuts, going):
    store, start = open_store(), 0
    for cut in [*sorted(cuts), len(shuffled)]:
        store.write({"report": shuffled[start:cut]})
        start = cut
        group_new(store)
        assert stories(store) == at_once(shuffled[:cut])
    gone = sorted({shuffled[n].id for n in going})
    store.remove("report", {"id": gone})
    forget_grouping(store, [shuffled[0].id])
    left = [r for r in shuffled if r.id not in gone]
    group_new(store)
    if shuffled[0].id not in gone:
        assert stories(store) == at_once(left)


def test_only_what_a_new_report_touches_is_grouped_anew(monkeypatch):
    store = open_store()
    *first, last = [r for n in range(4) for r in event(n, 3, person=f"Orvan Teld{SYLLABLES[n]}")]
    store.write({"report": first})
    group_new(store)
    grouped = []
    made = store.write
    monkeypatch.setattr(store, "write", lambda rows: (grouped.append(rows), made(rows)))
    store.write({"report": [last]})
    group_new(store)
    written = {table: rows for tables in grouped for table, rows in tables.items()}
    assert {report[:2] for report in written["component"]["report"].to_pylist()} == {last.id[:2]}
    assert written["fingerprint"].column("report").to_pylist() == [last.id]
    grouped.clear()
    group_new(store)
    assert grouped == []


def test_reports_that_are_one_story_by_what_was_said_stay_it_when_others_come():
    store = open_store()
    one, other = EVERY[0].id, EVERY[-1].id
    store.write({"report": [EVERY[0], EVERY[-1]]})
    keep_together(store, [one, other])
    assert [set(ids) for ids in group_stories(store).values()] == [{one, other}]
    store.write({"report": EVERY})
    group_new(store)
    assert stories(store) == at_once(EVERY, [one, other])


def test_a_later_version_of_a_report_takes_its_place_and_gives_it_back_when_it_goes():
    store = open_store()
    url = "https://www.lantern.example/harbour/1"
    reports = [replace(r, url=url) if r.id == "e1r00" else r for r in EVERY]
    store.write({"report": reports})
    group_new(store)
    before = stories(store)
    later = replace(reports[3], id="z", page="z", url="http://lantern.example/harbour/1/", modified="2031-06-01")
    assert reports[3].id == "e1r00"
    store.write({"report": [later]})
    group_new(store)
    assert stories(store) == at_once([*reports, later])
    assert [(v.earlier, v.report) for v in store.read("version")] == [("e1r00", "z")]
    store.remove("report", {"id": "z"})
    store.remove("version", {"report": "z"})
    group_new(store)
    assert stories(store) == before


def stopped(*_, **__):
    raise KeyboardInterrupt


@pytest.mark.parametrize("first", [0, 2, len(EVERY) - 2])
def test_a_grouping_of_the_whole_that_was_stopped_is_done_again_whatever_went_since(first, monkeypatch):
    store = open_store()
    store.write({"report": EVERY[:first]})
    group_new(store)
    store.write({"report": EVERY[first:]})
    forget_grouping(store, [r.id for r in EVERY])
    with monkeypatch.context() as patch:
        patch.setattr("stemma.stories.group_fingerprints", stopped)
        with pytest.raises(KeyboardInterrupt):
            group_new(store)
    store.remove("report", {"id": [r.id for r in EVERY[::3]]})
    group_new(store)
    left = [r for n, r in enumerate(EVERY) if n % 3]
    assert stories(store) == at_once(left)
    assert [f.report for f in store.read("fingerprint")] == sorted(r.id for r in left)
