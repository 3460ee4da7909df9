from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stemma.show.marked_text import blocks, cut, passages

SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=12)


@given(st.text(max_size=50), SPANS)
def test_the_segments_of_any_overlapping_spans_are_the_text_itself(text, spans):
    segments = cut(0, len(text), [(s, e, i) for i, (s, e) in enumerate(spans)])
    assert "".join(text[s.start : s.end] for s in segments) == text
    assert all(a.end == b.start for a, b in pairwise(segments))
    assert all(s.start < s.end for s in segments)


@given(st.text(max_size=50), SPANS)
def test_a_segment_carries_exactly_the_marks_of_the_spans_that_cover_it(text, spans):
    for segment in cut(0, len(text), [(s, e, i) for i, (s, e) in enumerate(spans)]):
        for at in range(segment.start, segment.end):
            assert set(segment.marks) == {i for i, (s, e) in enumerate(spans) if s <= at < e}


@given(st.text(alphabet="ab \n", max_size=40), SPANS)
def test_blocks_that_overlap_or_leave_text_out_still_give_every_word_once(text, spans):
    rows = [{"start": max(0, s), "end": e, "role": "paragraph"} for s, e in spans if max(0, s) < e]
    found = blocks({"text": text, "blocks": rows})
    covered = [i for start, end, _ in found for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in range(len(text)) if i not in set(covered))


def test_words_that_several_origins_could_have_given_go_to_the_one_that_gave_most():
    story: dict[str, Any] = {
        "reports": ["a", "b"],
        "witnesses": [{"id": "x", "report": None}, {"id": "y", "report": None}],
        "origins": [
            {"witness": "x", "descendants": [{"report": "a", "share": 0.2}, {"report": "b", "share": 0.9}]},
            {"witness": "y", "descendants": [{"report": "a", "share": 0.6}, {"report": "b", "share": 0.5}]},
        ],
        "alignments": [_aligned("a", "b")],
    }
    assert {mark.origin for _, _, mark in passages(story)["a"]} == {"y"}


def test_words_shared_by_reports_without_a_common_origin_are_of_unknown_origin():
    story = {"reports": ["a", "b"], "witnesses": [], "origins": [], "alignments": [_aligned("a", "b")]}
    ((start, end, mark),) = passages(story)["b"]
    assert (start, end, mark.other, mark.origin) == (7, 9, "a", None)


def _aligned(a: str, b: str) -> dict[str, Any]:
    first, second = {"report": a, "start": 0, "end": 2}, {"report": b, "start": 7, "end": 9}
    return {"a": first, "b": second, "kind": "verbatim", "score": 1.0}
