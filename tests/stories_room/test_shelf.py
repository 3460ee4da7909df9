"""Fingerprints wait in memory or in files, and no grouping depends on where."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.stories import Document, group, prints_of, shelf
from stemma.stories.shelf import Shelf


def documents(count: int) -> list[Document]:
    return [
        Document(f"r{n * 7 % count:03}", None, f"The ferry Anemone ran aground off Tosk with {n + 90} on board.")
        for n in range(count)
    ]


@pytest.fixture(params=[8 << 20, 1], ids=["in memory", "in a file"])
def small_blocks(monkeypatch, request):
    monkeypatch.setattr(shelf, "BLOCK", 4)
    monkeypatch.setattr(shelf, "_IN_MEMORY", request.param)


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 8, 11])
@pytest.mark.usefixtures("small_blocks")
def test_fingerprints_come_back_by_the_rank_of_their_ids_whatever_block_they_wait_in(count, tmp_path):
    prints = prints_of(documents(count))
    held = Shelf(prints.to_batches(2), tmp_path)
    ordered = prints.sort_by("id")
    assert held.ids.to_pylist() == ordered.column("id").to_pylist()
    assert pa.Table.from_batches(held.blocks(), prints.schema).combine_chunks().equals(prints)
    for ranks in (range(count), range(count - 1, -1, -1), range(0, count, 3)):
        taken = held.take(pa.array(ranks, pa.int64()).to_numpy())
        assert pa.Table.from_batches([taken]).equals(ordered.take(pa.array(ranks, pa.int64())).combine_chunks())
    assert list(tmp_path.iterdir()) == []


EVERY = [
    Document(
        f"e{event}r{n}", None, f"{name} bridge closed on Monday after a crack was found, the {name} council said. {n} went home."
    )
    for event, name in enumerate(("Brodmere", "Kestin", "Oldavie", "Tarnholm"))
    for n in range(4)
]
TOGETHER = [("e0r1", "e3r2"), ("e1r0", "not here")]


@settings(max_examples=10, deadline=None)
@given(st.permutations(EVERY), st.integers(1, 9), st.integers(1, 20))
def test_neither_blocks_nor_turns_nor_the_order_of_reports_change_a_story(shuffled, block, pairs):
    at_once = group(EVERY, TOGETHER)
    assert len(set(at_once.values())) == 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "BLOCK", block)
        patch.setattr("stemma.stories.BLOCK", block)
        patch.setattr(shelf, "_IN_MEMORY", 64 * block)
        patch.setattr("stemma.stories._PAIRS", pairs)
        patch.setattr("stemma.stories._REPORTS", block)
        assert group(shuffled, TOGETHER) == at_once
