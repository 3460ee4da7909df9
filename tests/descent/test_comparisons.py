"""Every two texts of a story or of JSON lines (`stemma compare`): which are compared, and what a row says."""

import json
from itertools import combinations

import pytest

from descent.tellings import INDEPENDENT, QUOTED, REWORDED, WIRE, told
from descent.test_translation import ENGLISH, TRANSLATED
from stemma.descent import thresholds
from stemma.descent.compare import Passage
from stemma.descent.comparisons import compare_all, compare_pair, compare_records, touching
from stemma.errors import PageError

PLACES = (
    "Velm", "Tarn", "Oska", "Brill", "Kolm", "Haven", "Ister", "Nord", "Sund", "Lund",
    "Moss", "Ferd", "Garn", "Holt", "Jarl", "Kvik", "Lome", "Mund", "Nesk", "Orre",
)  # fmt: skip
FIELDS = {
    "kind", "a_share", "b_share", "a_related", "b_related", "copied", "parent", "parent_probability", "alignments"
}  # fmt: skip


def stray(n):
    """A report on something else: a council meeting in another place."""
    a, b = PLACES[n % 20], PLACES[(7 * n + 3) % 20]
    return told(
        f"s{n:03}",
        f"Councillors of {a}{n} voted on Monday to close library number {n} against the protest of {b}{n} readers.",
        f"A petition of {b}{n} had gathered {100 + n} names in the weeks before the meeting at {a}{n}.",
    )


def test_reports_that_share_nothing_have_no_comparison():
    assert compare_all([told("a", *WIRE), stray(3)]) == {}


def test_in_a_large_story_copies_and_rewordings_are_still_compared():
    many = [*(stray(n) for n in range(thresholds.ALL_PAIRS)), told("x", *WIRE), told("y", *REWORDED), told("z", *WIRE[:3])]
    first = thresholds.ALL_PAIRS
    found = compare_all(many)
    assert {(first, first + 1), (first, first + 2)} <= {p for p, c in found.items() if c.copied >= 0.5}


def test_a_wire_that_most_of_a_large_story_prints_is_still_found():
    many = [told(f"{n:03}", *WIRE[n % 3 :]) for n in range(thresholds.ALL_PAIRS)] + [stray(n) for n in range(9)]
    found = {p for p, c in compare_all(many).items() if c.copied >= 0.5}
    assert found >= {(i, j) for j in range(thresholds.ALL_PAIRS) for i in range(j)}


def test_reports_in_two_languages_are_compared_by_what_survives_translation():
    found = compare_all([told("a", *TRANSLATED["de"], language="de"), told("b", *ENGLISH), told("c", *INDEPENDENT)])
    assert {p: c.kind for p, c in found.items() if c.copied >= 0.5} == {(0, 1): "translation"}


def test_one_text_under_two_languages_is_compared_by_its_words():
    said = compare_all([told("a", *ENGLISH, language="fr"), told("b", *ENGLISH)])
    assert said == compare_all([told("a", *ENGLISH), told("b", *ENGLISH)])


def text(paragraphs):
    return "\n".join(paragraphs)


def pair(a, b, **dates):
    return compare_pair({"id": 7, "a_text": text(a), "b_text": text(b), **dates})


def passage(a, b, kind="verbatim", score=1.0):
    return Passage(a, b, kind, score, quoted=False)


def test_every_pair_has_a_row_with_its_id_though_it_shares_nothing():
    row = pair(WIRE, ["Bread is dear in Velm."])
    assert set(row) == FIELDS | {"id"}
    assert (row["id"], row["kind"], row["copied"], row["alignments"]) == (7, None, 0.0, [])


def test_a_copy_is_one_alignment_across_paragraphs():
    row = pair(WIRE, ["Something else first of all.", *WIRE])
    (found,) = row["alignments"]
    assert text(WIRE)[found["a"]["start"] : found["a"]["end"]] == text(WIRE).rstrip(".")
    assert (row["kind"], row["a_share"]) == ("verbatim", 1.0)


def test_offsets_lead_to_the_same_words_in_both_texts():
    a, b = text(WIRE), text([INDEPENDENT[0], *WIRE[:3]])
    for found in compare_pair({"a_text": a, "b_text": b})["alignments"]:
        assert a[found["a"]["start"] : found["a"]["end"]] == b[found["b"]["start"] : found["b"]["end"]]


def test_a_shared_quotation_has_shares_but_no_kind():
    row = pair([*WIRE[:2], f"{QUOTED} Krook said."], [*INDEPENDENT[:2], f"Krook said: {QUOTED}"])
    assert row["kind"] is None
    assert row["copied"] < 0.5
    assert min(row["a_share"], row["b_share"]) > 0.15


def test_the_earlier_of_two_copies_is_the_parent():
    dates = {"a_published": "2031-05-05", "b_published": "2031-05-04"}
    row = pair(WIRE, REWORDED, **dates)
    assert row["parent"] == "b"
    assert 0.5 < row["parent_probability"] < 1


def test_without_dates_the_text_that_runs_on_where_the_other_was_cut_is_the_copy():
    cut = tuple(p.replace(" in thick fog", "").replace(" with a broken wrist", "").replace(" to all traffic", "") for p in WIRE)
    one, other = pair(WIRE, cut), pair(cut, WIRE)
    assert (one["parent"], other["parent"]) == ("a", "b")
    assert one["parent_probability"] == other["parent_probability"] > 0.8


def test_of_two_prints_of_one_text_without_dates_the_parent_is_not_known():
    row = pair(WIRE, WIRE)
    assert (row["parent"], row["parent_probability"]) == (None, 0.5)


def test_what_is_no_copy_has_no_parent():
    row = pair(WIRE, INDEPENDENT, a_published="2031-05-05", b_published="2031-05-04")
    assert row["parent"] is None


@pytest.mark.parametrize("record", [{"a_text": "x"}, {"b_text": "x"}, {"a_text": None, "b_text": "x"}, {}])
def test_a_record_without_both_texts_is_refused_with_the_name_of_what_is_missing(record):
    with pytest.raises(PageError, match="_text"):
        compare_pair(record)


def test_records_are_compared_with_one_another_and_only_sharers_have_a_row():
    bodies = {"w": WIRE, "i": INDEPENDENT[:2], "s": WIRE[:2], "r": REWORDED}
    rows = list(compare_records([{"id": k, "text": text(v)} for k, v in bodies.items()]))
    assert {(r["a"], r["b"]) for r in rows if r["copied"] >= 0.5} == {("w", "s"), ("w", "r"), ("s", "r")}
    assert all(set(r) >= FIELDS | {"a", "b"} for r in rows)
    json.dumps(rows)


def test_among_many_records_copies_are_found_too():
    others = [{"id": n, "text": f"Council {n} of town {n * n} met on day {n} and left hall {n}."} for n in range(60)]
    records = [*others, {"id": "w", "text": text(WIRE)}, {"id": "s", "text": text(WIRE[1:3])}]
    assert len(records) > thresholds.ALL_PAIRS
    found = [(r["a"], r["b"]) for r in compare_records(records) if r["copied"] >= 0.5]
    assert found == [("w", "s")]


def test_passages_that_follow_one_another_are_shown_as_one():
    (joined,) = touching([passage((0, 10), (5, 15)), passage((11, 20), (15, 24))])
    assert (joined.a, joined.b, joined.kind) == ((0, 20), (5, 24), "verbatim")


def test_two_kinds_joined_are_edited():
    (joined,) = touching([passage((0, 10), (0, 10)), passage((10, 20), (10, 20), "rewrite", 0.5)])
    assert joined.kind == "edited"
    assert 0.5 < joined.score < 1


def test_passages_that_are_far_apart_or_crossed_stay_two():
    apart = [passage((0, 10), (0, 10)), passage((100, 110), (10, 20))]
    crossed = [passage((0, 10), (50, 60)), passage((10, 20), (0, 10))]
    assert touching(apart) == apart
    assert touching(crossed) == crossed


def test_a_date_that_is_no_text_is_refused_with_a_sentence():
    with pytest.raises(PageError, match="a_published"):
        pair(WIRE, REWORDED, a_published=20310504)


@pytest.mark.parametrize("count", [99, 100, 101, 130])
def test_a_wire_that_many_print_word_for_word_has_a_row_for_each_two(count):
    """With a hundred copies each seed of it stands in more places than a sweep over many texts looks into."""
    records = [{"id": n, "text": text(WIRE)} for n in range(count)]
    records[7] = {"id": 7, "text": text([*INDEPENDENT, *WIRE[:3]])}
    rows = list(compare_records(records))
    assert [(row["a"], row["b"]) for row in rows] == list(combinations(range(count), 2))
    assert {row["kind"] for row in rows} == {"verbatim"}
    before, after = ((row["a_share"], row["b_share"]) for row in rows if (row["a"], row["b"]) in {(6, 7), (7, 8)})
    assert before == after[::-1]
    assert before[0] != before[1]
