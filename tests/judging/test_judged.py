"""A reader's word laid over the rooms: what is joined and parted, and what is left alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claims.invented import clause_of, figure_of
from stemma.claims.grouping import apply_links
from stemma.judged import NOTHING, concerns, judged_of, verdict_on
from stemma.tables import Evidence, Finding, Judgement


def word(kind="finding", verdict="wrong", this="x", that="", about="", reports=("a",)):
    evidence = tuple(Evidence(r, 0, 9) for r in reports)
    return Judgement(this, that, kind, verdict, "Ann", "2031-01-01T00:00:00+00:00", "", about, evidence)


def found(kind="single source", reports=("a", "b"), key="f"):
    evidence = tuple(Evidence(r, 0, 9) for r in reports)
    return Finding("s", key, kind, "medium", "m", reports, None, evidence)


def test_a_finding_that_grew_with_more_pages_is_still_the_one_that_was_judged():
    first = word(this="old", about="single source: two reports", reports=("a", "b"))
    assert verdict_on(found(reports=("a", "b", "c"), key="new"), [first]) is first
    assert verdict_on(found(reports=("a", "c"), key="new"), [first]) is None
    assert verdict_on(found("no caveat", ("a", "b", "c"), "new"), [first]) is None


def test_a_finding_whose_words_are_cut_a_little_otherwise_is_still_the_one_that_was_judged():
    first = word(this="old", about="single source: two reports", reports=("a", "b"))
    shorter = replace(found(key="new"), evidence=(Evidence("a", 2, 9), Evidence("b", 0, 12)))
    assert verdict_on(shorter, [first]) is first
    assert verdict_on(replace(shorter, evidence=(Evidence("a", 2, 9), Evidence("b", 9, 12))), [first]) is None
    assert verdict_on(shorter, [word(this="old", about="single source: none", reports=())]) is None


def test_a_judgement_is_applied_where_all_its_words_stand_and_nowhere_else():
    row = word("statement", "same", "x", "y", reports=("a", "b"))
    assert judged_of([row], {"a", "b", "c"}).same_claims == (("x", "y"),)
    assert judged_of([row], {"a", "c"}) == NOTHING
    assert not concerns(word(reports=()), {"a"})


def test_each_verdict_goes_to_the_room_that_it_is_for():
    rows = [
        word("statement", "not", "s1", "s2"), word("derivation", "wrong", "c", "p"), word("derivation", "right", "c", "q"),
        word("name", "same", "a:0-9", "b:0-9", reports=("a", "b")),
    ]  # fmt: skip
    judged = judged_of(rows, {"a", "b"})
    assert judged.other_claims == (("s1", "s2"),)
    assert (judged.rejected, judged.accepted) == ({("c", "p")}, {("c", "q"): ""})
    assert judged.same_names == ((Evidence("a", 0, 9), Evidence("b", 0, 9)),)
    assert (judged.same_claims, judged.other_names) == ((), ())


UNITS = [
    replace(clause_of("The ferry was stopped on the quay.", "a"), statement="s0"),
    replace(clause_of("The ferry was stopped at its quay.", "b"), statement="s1"),
    replace(clause_of("The band won the county prize again.", "c"), statement="s2"),
    replace(figure_of("About 300 people left the ferry.", "d"), statement="s3"),
]
NAMES = [u.statement for u in UNITS]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda p: p[0] != p[1]), max_size=4)


def grouped(groups, same=(), other=()):
    return apply_links(UNITS, groups, same, other)


def test_without_a_judgement_the_groups_are_as_they_were():
    groups = [[0, 1], [2], [3]]
    assert grouped(groups) is groups


def test_of_a_claim_that_is_parted_each_other_member_goes_with_what_it_is_more_like():
    assert grouped([[0, 1, 2], [3]], other=[("s0", "s2")]) == [[0, 1], [2], [3]]


def test_statements_without_a_claim_change_nothing():
    assert grouped([[0, 1], [2], [3]], same=[("s0", "gone")], other=[("gone", "s1")]) == [[0, 1], [2], [3]]


def test_what_is_not_the_same_is_not_joined_through_a_third():
    assert grouped([[0, 1], [2], [3]], same=[("s0", "s2")], other=[("s1", "s2")]) == [[0, 1], [2], [3]]


@given(PAIRS, PAIRS)
def test_whatever_is_judged_every_unit_stays_in_one_group_and_what_is_apart_stays_apart(same, other):
    groups = grouped([[0, 1], [2, 3]], same, other)
    assert sorted(n for g in groups for n in g) == [0, 1, 2, 3]
    held = [{UNITS[n].statement for n in g} for g in groups]
    assert not any(set(pair) <= names for pair in other for names in held)
