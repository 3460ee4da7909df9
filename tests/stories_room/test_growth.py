"""What is read in batches is grouped as if it were read at once, and a cap parts no story."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.engines import open_store
from stemma.stories import Document, group, grouping, pairs, thresholds
from stemma.stories.fingerprints import fingerprints
from stemma.stories.grouping import components, stories_of_components
from stemma.stories.likeness import DAYS_APART, Prints, hang_together, hanging_rows, likenesses
from stemma.stories.pairs import neighbours, pairs_sql, proposals

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def event(number: int, reports: int, copies: int = 0, day: int = 1) -> list[Document]:
    """Reports of one made-up event: words and names that only it has, each report its own choice of them, and some copies."""
    chance = random.Random(number)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(26)]
    names = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(9)]
    texts = []
    for _ in range(reports):
        sentences = []
        for _ in range(5):
            said = chance.sample(words, 8)
            said[3:3] = chance.sample(names, 3)
            sentences.append("then " + " ".join(said) + ".")
        texts.append(" ".join(sentences))
    texts += [texts[n % reports] + f" {number}{n:04}" for n in range(copies)]
    return [Document(f"e{number:02}r{n:05}", None, text, f"2031-05-{day:02}", "en") for n, text in enumerate(texts)]


def prints_of(documents: list[Document]) -> pa.RecordBatch:
    rows = [{name: getattr(d, name) for name in Document.__slots__} for d in documents]
    return fingerprints(pa.RecordBatch.from_pylist(rows, pa.schema([(name, pa.string()) for name in Document.__slots__])))


def one_component(documents: list[Document]) -> pa.Table:
    return pa.Table.from_batches([prints_of(documents)]).append_column("component", pa.array(["one"] * len(documents)))


def groups(stories: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(d for d in stories if stories[d] == story) for story in stories.values()}


EVERY = [d for number in range(4) for d in event(number, 3, copies=number % 3, day=1 + number)]


@settings(max_examples=8, deadline=None)
@given(st.permutations(EVERY), st.lists(st.integers(1, len(EVERY) - 1), max_size=4))
def test_reading_in_batches_changes_no_story_that_no_new_report_touches(shuffled, cuts):
    before = {}
    for cut in [*sorted(cuts), len(shuffled)]:
        now = group(shuffled[:cut])
        new = {d.id for d in shuffled[:cut]} - before.keys()
        touched = {now[id] for id in new}
        assert {id: now[id] for id in before if now[id] not in touched} == {
            id: before[id] for id in before if now[id] not in touched
        }
        before = now
    assert before == group(EVERY)
    assert groups(before) == {frozenset(d.id for d in EVERY if d.id.startswith(f"e{n:02}")) for n in range(4)}


def test_proposals_that_are_joined_some_at_a_time_give_the_same_stories(monkeypatch):
    at_once = group(EVERY)
    monkeypatch.setattr("stemma.stories._REPORTS", 2)
    monkeypatch.setattr("stemma.stories._PAIRS", 3)
    assert group(EVERY) == at_once


def test_how_alike_two_reports_are_does_not_depend_on_the_others():
    reports = prints_of([*event(1, 3), *event(2, 3)])
    both = Prints(reports)
    a, b = np.triu_indices(reports.num_rows, 1)
    alike, words = likenesses(both, a, both, b)
    turned, _ = likenesses(both, b, both, a)
    assert (alike == turned).all()
    one, other = (
        reports.take(side).rename_columns([f"{p}_{n}" for n in reports.schema.names]) for side, p in ((a, "a"), (b, "b"))
    )
    paired = pa.RecordBatch.from_arrays([*one.columns, *other.columns], names=[*one.schema.names, *other.schema.names])
    for n in range(paired.num_rows):
        alone = paired.slice(n, 1)
        zero = np.zeros(1, np.int64)
        assert likenesses(Prints(alone, "a_"), zero, Prints(alone, "b_"), zero) == (alike[n], words[n])
    close = [(paired.column("a_id")[n], paired.column("b_id")[n]) for n in np.flatnonzero(alike >= thresholds.SAME_STORY)]
    assert close
    assert [(row["a"], row["b"]) for row in hanging_rows(paired).to_pylist()] == [(a.as_py(), b.as_py()) for a, b in close]


@pytest.mark.parametrize("count", [pairs.NEIGHBOURS, pairs.NEIGHBOURS + 1, pairs.NEIGHBOURS + 2, 3 * pairs.NEIGHBOURS])
def test_the_pairs_of_a_wire_that_many_print_are_those_of_neighbours_in_time(count):
    reports = prints_of(event(1, 1, copies=count - 1))
    proposed = proposals(reports)
    found = open_store().sql(pairs_sql(), {"proposals": pa.Table.from_batches([proposed])})
    ids = sorted(reports.column("id").to_pylist())
    a, b = neighbours(proposed)
    assert {(ids[i], ids[j]) for i, j in zip(a, b, strict=True)} == {(r["a"], r["b"]) for r in found.to_pylist()}
    # Each is compared with so many after it: up to the cap that is every pair.
    assert len(a) == sum(min(pairs.NEIGHBOURS, count - 1 - n) for n in range(count))
    assert len(components(count, a, b)) == 1


@pytest.mark.parametrize("count", [39, 40, 41, 200])
def test_a_story_larger_than_the_cap_of_what_is_compared_each_with_each_is_one_story(monkeypatch, count):
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 40)
    found = stories_of_components(one_component(event(1, count)))
    assert len(set(found.column("story").to_pylist())) == 1


def test_a_component_larger_than_the_cap_is_parted_between_its_stories(monkeypatch):
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 40)
    one, other = event(1, 60), event(2, 60)
    bridge = Document("bridge", None, one[0].text + " " + other[0].text, "2031-05-01", "en")
    found = stories_of_components(one_component([*one, *other, bridge])).to_pylist()
    stories = {row["id"]: row["story"] for row in found}
    assert {len(g - {"bridge"}) for g in groups(stories)} == {60}


def test_a_thousand_copies_of_one_wire_are_one_story():
    found = group(event(3, 1, copies=1000))
    assert len(set(found.values())) == 1


def test_copies_of_a_wire_by_hundreds_are_one_story_and_each_is_compared_with_few(monkeypatch):
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 40)
    compared = []
    monkeypatch.setattr(
        grouping, "likenesses", lambda one, a, other, b: (compared.append(a.size), likenesses(one, a, other, b))[1]
    )
    found = stories_of_components(one_component(event(1, 1, copies=299)))
    assert len(set(found.column("story").to_pylist())) == 1
    assert sum(compared) < 2 * found.num_rows


def test_words_in_common_propose_no_pair_that_is_further_apart_than_a_follow_up_and_names_and_copies_do():
    one, other = event(1, 2)
    for days, both in ((pairs.DAYS_APART, True), (pairs.DAYS_APART + 1, False)):
        late = replace(other, published=str(date(2031, 5, 1) + timedelta(days=days)))
        rows = proposals(prints_of([one, late]))
        words = rows.filter(pa.array(rows.column("key").to_numpy() & 1 == 0))
        assert (neighbours(words)[0].size == 1) is both
        assert open_store().sql(pairs_sql(), {"proposals": pa.Table.from_batches([words])}).num_rows == both
        assert neighbours(rows)[0].size == 1
    unknown = proposals(prints_of([one, replace(other, published=None)]))
    assert neighbours(unknown.filter(pa.array(unknown.column("key").to_numpy() & 1 == 0)))[0].size == 1


@pytest.mark.parametrize("days", [DAYS_APART, DAYS_APART + 1])
def test_of_two_reports_that_are_further_apart_than_a_follow_up_more_is_asked(days):
    one, other = event(1, 2)
    other = replace(other, text=f"{other.text[:200]} {event(2, 1)[0].text}")
    prints = Prints(prints_of([one, replace(other, published=str(date(2031, 5, 1) + timedelta(days=days)))]))
    a, b = np.zeros(1, np.int64), np.ones(1, np.int64)
    alike = likenesses(prints, a, prints, b)[0][0]
    for least, close in ((alike, days == DAYS_APART), (alike * thresholds.MISDATED, True)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(thresholds, "SAME_STORY", least)
            assert hang_together(prints, a, prints, b).tolist() == [close]
