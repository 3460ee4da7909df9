"""What begins at an offset is found by bisection as by looking at each."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from stemma.text.spans import between, holder


@dataclass(frozen=True)
class Mark:
    start: int


@given(st.lists(st.integers(0, 40)).map(sorted), st.integers(-1, 41), st.integers(-1, 41))
def test_what_begins_between_two_offsets_is_what_each_says_of_itself(starts, first, past):
    marks = [Mark(start) for start in starts]
    assert list(between(marks, first, past)) == [m for m in marks if first <= m.start < past]


@given(st.lists(st.integers(1, 9), max_size=9), st.lists(st.integers(1, 9), min_size=9, max_size=9), st.integers(-1, 90))
def test_of_spans_that_lie_apart_the_one_is_found_that_holds_an_offset(lengths, gaps, at):
    spans, end = [], 0
    for gap, length in zip(gaps, lengths, strict=False):
        spans.append((end + gap, end + gap + length))
        end += gap + length
    assert holder(spans, at) == next((s for s in spans if s[0] <= at < s[1]), None)
