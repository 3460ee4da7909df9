"""Average link: a group grows only while all its members are like the newcomer on average."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.linkage import average_link


def test_two_like_items_meet_and_an_unlike_one_stays_alone():
    assert average_link(3, {(0, 1): 50}, 40) == [[0, 1], [2]]


def test_one_likeness_to_a_single_member_does_not_draw_in_a_chain():
    chain = {(0, 1): 90, (1, 2): 90, (2, 3): 90, (3, 4): 90}
    assert average_link(5, chain, 60) == [[0, 1], [2, 3], [4]]


def test_a_page_that_mixes_two_stories_does_not_join_them():
    within = {(a, b): 80 for group in ((0, 1, 2), (3, 4, 5)) for a in group for b in group if a < b}
    mixed = {(item, 6): 45 for item in range(6)}
    assert [g for g in average_link(7, within | mixed, 40) if 6 not in g] == [[3, 4, 5]]


def test_no_edges_leave_every_item_alone():
    assert average_link(3, {}, 1) == [[0], [1], [2]]


def test_groups_that_may_not_join_stay_apart_however_alike():
    alike = {(0, 1): 90, (1, 2): 50, (0, 2): 45}
    assert average_link(3, alike, 40, lambda one, other: not {0, 1} <= {*one, *other}) == [[0], [1, 2]]


def test_groups_kept_apart_are_asked_for_again_when_one_has_grown():
    alike = {(0, 1): 90, (0, 2): 80, (1, 2): 80}
    assert average_link(3, alike, 40, lambda one, other: {0, 1} != {*one, *other}) == [[0, 1, 2]]


def naive(size, edges, least):
    """The definition, slowly: look at all pairs of groups in every round."""
    groups = [[i] for i in range(size)]
    while len(groups) > 1:
        means = {
            (x[0], y[0]): sum(edges.get((min(i, j), max(i, j)), 0) for i in x for j in y) / (len(x) * len(y))
            for n, x in enumerate(groups)
            for y in groups[n + 1 :]
        }
        (a, b), best = min(means.items(), key=lambda m: (-m[1], m[0]))
        if best < least:
            break
        merged = sorted(next(g for g in groups if g[0] == a) + next(g for g in groups if g[0] == b))
        groups = sorted([g for g in groups if g[0] not in (a, b)] + [merged])
    return groups


edges_of_eight = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]),
    st.integers(1, 9),
    max_size=28,
)


@settings(deadline=None)
@given(edges_of_eight, st.integers(1, 8), st.integers(0, 99))
def test_it_is_the_textbook_procedure_whatever_the_order_of_the_edges(edges, least, seed):
    shuffled = list(edges.items())
    random.Random(seed).shuffle(shuffled)
    assert average_link(8, dict(shuffled), least) == naive(8, edges, least)
