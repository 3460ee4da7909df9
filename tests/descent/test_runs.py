"""Runs of identical words: maximal, in any order, each word used once, cut at paragraphs."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from descent.tellings import identical_runs, words_of
from stemma.descent.runs import Run, chain, cut_at_paragraphs, disjoint, runs_of_many
from stemma.descent.thresholds import COMMON, SEED

texts = st.lists(st.sampled_from("abc"), max_size=40)
ONE, TWO = ["one", "two", "three", "four", "five", "six", "seven"], ["red", "blue", "green", "black", "white", "brown"]


def test_a_run_goes_as_far_as_the_words_agree():
    assert identical_runs(["x", *ONE, "y"], ["z", *ONE, "w"]) == [Run(1, 8, 1, 8, 7)]


def test_four_words_are_no_run():
    assert identical_runs(ONE[:4], ONE[:4]) == []


def test_passages_in_another_order_are_both_found():
    runs = disjoint(identical_runs([*ONE, *TWO], [*TWO, "and", *ONE]))
    assert runs == [Run(0, 7, 7, 14, 7), Run(7, 13, 0, 6, 6)]


def test_a_refrain_proposes_nothing():
    refrain = ONE * (COMMON + 1)
    assert identical_runs(refrain, ONE[:SEED]) == []


def test_a_sentence_printed_twice_is_used_once():
    assert disjoint(identical_runs([*ONE, "x", *ONE], ONE)) == [Run(0, 7, 0, 7, 7)]


def test_runs_with_a_few_words_between_are_one_passage():
    runs = [Run(0, 5, 0, 5, 5), Run(7, 12, 6, 11, 5)]
    assert chain(runs) == [Run(0, 12, 0, 11, 10)]


def test_runs_far_apart_on_one_side_stay_two():
    runs = [Run(0, 5, 0, 5, 5), Run(7, 12, 60, 65, 5)]
    assert chain(runs) == runs


def test_a_run_is_cut_where_either_side_starts_a_paragraph():
    run = Run(0, 6, 2, 8, 6)
    pieces = cut_at_paragraphs(run, [0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 1, 1])
    assert pieces == [Run(0, 2, 2, 4, 2), Run(2, 4, 4, 6, 2), Run(4, 6, 6, 8, 2)]


@given(texts, texts)
def test_every_run_is_the_same_words_on_both_sides_and_cannot_be_longer(a, b):
    for run in identical_runs(a, b):
        assert a[run.a : run.a_past] == b[run.b : run.b_past]
        assert run.same == run.a_past - run.a >= SEED
        assert run.a_past == len(a) or run.b_past == len(b) or a[run.a_past] != b[run.b_past]


@given(texts, texts)
def test_disjoint_runs_use_each_word_once_and_stay_identical(a, b):
    runs = disjoint(identical_runs(a, b))
    for side in ("a", "b"):
        used = Counter(k for r in runs for k in range(getattr(r, side), getattr(r, side + "_past")))
        assert max(used.values(), default=1) == 1
    assert all(a[r.a : r.a_past] == b[r.b : r.b_past] for r in runs)


@given(texts, texts)
def test_swapping_the_texts_swaps_the_sides(a, b):
    # A seed that is frequent in one text and not in the other is left out on one side only.
    if max(Counter(tuple(t[i : i + SEED]) for t in (a, b) for i in range(len(t))).values(), default=0) <= COMMON:
        forward = {(r.a, r.b, r.same) for r in identical_runs(a, b)}
        assert forward == {(r.b, r.a, r.same) for r in identical_runs(b, a)}


@given(texts, st.integers(1, 5))
def test_pieces_of_a_run_stand_inside_one_paragraph_and_lose_nothing(a, width):
    run = Run(0, len(a), 0, len(a), len(a))
    paragraphs = [k // width for k in range(len(a))]
    pieces = cut_at_paragraphs(run, paragraphs, paragraphs)
    assert sum(p.same for p in pieces) == len(a)
    assert all(len(set(paragraphs[p.a : p.a_past])) == 1 for p in pieces)


many_texts = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join), min_size=2, max_size=5)


@given(many_texts)
def test_the_runs_are_those_of_each_pair_alone(many):
    words = [words_of(t) for t in many]
    for (i, j), runs in runs_of_many(words).items():
        assert i < j
        alone = identical_runs(words[i].folded, words[j].folded)
        assert {(r.a, r.b, r.same) for r in runs} >= {(r.a, r.b, r.same) for r in alone}


def test_two_texts_that_share_one_seed_only_are_no_pair():
    words = [words_of("one two three four five x"), words_of("y one two three four five")]
    assert SEED == 5
    assert runs_of_many(words) == {}


def test_a_text_that_repeats_itself_is_no_pair_with_itself():
    assert runs_of_many([words_of("one two three four five six " * 3), words_of("red green blue")]) == {}
