"""Runs of every two of many texts at once: the same as pair by pair."""

from hypothesis import given
from hypothesis import strategies as st

from descent.tellings import identical_runs, words_of
from stemma.descent.joined import joined_runs
from stemma.descent.runs import SEED

texts = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join), min_size=2, max_size=5)


@given(texts)
def test_the_runs_are_those_of_each_pair_alone(many):
    words = [words_of(t) for t in many]
    for (i, j), runs in joined_runs(words).items():
        assert i < j
        alone = identical_runs(words[i].folded, words[j].folded)
        assert {(r.a, r.b, r.same) for r in runs} >= {(r.a, r.b, r.same) for r in alone}


def test_two_texts_that_share_one_seed_only_are_no_pair():
    words = [words_of("one two three four five x"), words_of("y one two three four five")]
    assert SEED == 5
    assert joined_runs(words) == {}


def test_a_text_that_repeats_itself_is_no_pair_with_itself():
    assert joined_runs([words_of("one two three four five six " * 3), words_of("red green blue")]) == {}
