"""What is read in batches is grouped as if it were read at once, and a cap parts no story."""

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.engines import open_store
from stemma.stories import Document, group, grouping, pairs
from stemma.stories.fingerprints import fingerprints
from stemma.stories.grouping import components, stories_of_components
from stemma.stories.likeness import Prints, likeness_rows, likenesses
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
        (alone,) = likeness_rows(paired.slice(n, 1)).to_pylist()
        assert (alone["likeness"], alone["words"]) == (alike[n], words[n])


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
