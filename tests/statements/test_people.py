"""The register of people finds whom it looks for without looking at each: what it finds is what looking at each finds."""

from hypothesis import given
from hypothesis import strategies as st

from stemma.statements.people import Person, _keys_of, same_person

PARTS = st.sampled_from(
    ["Ada", "Ade", "A.", "Adam", "Holm", "Holme", "Petrenko", "Petrenco", "Petrenka", "Do-yun", "Do", "Yun", "Han"]
)
NAMES = st.lists(PARTS, min_size=1, max_size=3).map(tuple)
PLACES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 6))).map(
    lambda some: sorted((r, 4 * n, 4 * n + 3) for r, n in some)
)


@given(NAMES, NAMES)
def test_two_names_that_can_be_one_persons_have_a_key_in_common(one, other):
    if same_person(one, other):
        assert _keys_of(one) & _keys_of(other)


@given(PLACES, PLACES, st.sampled_from("abc"), st.integers(0, 28))
def test_where_a_report_last_gives_a_name_before_a_place(first, second, report, place):
    person = Person({("Ada", "Holm"): first, ("Adela", "Holm"): second})
    named = [(start, end) for r, start, end in [*first, *second] if r == report]
    assert person.last_named(report, place) == max((start for start, _ in named if start < place), default=None)
    assert person.name_ending_at(report, place) == any(end == place for _, end in named)
