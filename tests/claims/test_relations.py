from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.invented import clause_of, figure_of, propositions_of
from stemma.claims.relations import ORDER, compare, relate, unlike, worst
from stemma.claims.versions import states_of

DEAD = "{} people were killed in the fire at the paper mill in Varnholm."


def relation(one, other, printed=(None, None), sources=(None, None)):
    """How two one-figure texts of two reports stand to each other."""
    a = figure_of(one, "a", printed[0], sources[0])
    b = figure_of(other, "b", printed[1], sources[1])
    forth, back = relate(a, b, *printed), relate(b, a, *reversed(printed))
    assert forth.relation == back.relation
    assert forth.reason
    return forth.relation


def relation_of(members, printed):
    """The relation of a claim with these members."""
    return worst(members, compare(members, printed))


def test_the_same_number_and_bound_agree():
    assert relation(DEAD.format("24"), DEAD.format("Twenty-four")) == "agree"


@pytest.mark.parametrize("bound", ["More than 24", "At least 24", "About 24", "Nearly 24"])
def test_the_same_number_with_another_bound_differs(bound):
    assert relation(DEAD.format("24"), DEAD.format(bound)) == "differ"


def test_intervals_that_overlap_are_compatible():
    assert relation(DEAD.format("More than 400"), DEAD.format("430")) == "compatible"


def test_numbers_that_cannot_both_be_true_conflict():
    assert relation(DEAD.format("24"), DEAD.format("28")) == "conflict"


def test_two_speakers_who_count_the_same_thing_apart_dispute_it():
    assert relation(DEAD.format("24"), DEAD.format("28"), sources=("mayor", "owner")) == "disputed"


def test_one_speaker_who_is_printed_with_two_numbers_is_in_conflict():
    assert relation(DEAD.format("24"), DEAD.format("28"), sources=("mayor", "mayor")) == "conflict"


def test_a_later_time_explains_another_number():
    early = "By noon on 3 May 2031 the council counted 11 people missing after the flood in Varnholm."
    late = "By noon on 4 May 2031 the council counted 19 people missing after the flood in Varnholm."
    assert relation(early, late) == "updated"


def test_a_toll_that_was_at_least_this_and_later_at_least_more_is_updated():
    early = "At least 60 people were killed when a fire broke out at the paper mill."
    late = "At least 84 people, many of them children, were killed in the fire at the mill, the mayor said."
    assert relation(early, late, ("2031-05-03", "2031-05-04")) == "updated"
    assert relation(early, late) == "compatible"


@pytest.mark.parametrize(
    ("other", "expected"), [("A bomb went off in the harbour", "conflict"), ("Divers reached the harbour", "compatible")]
)
def test_two_hours_conflict_only_where_one_thing_happened(other, expected):
    texts = {"a": "The bomb went off in the harbour at 8:40 a.m. on Tuesday.", "b": f"{other} at 8:32 a.m. on Tuesday."}
    one, two = (
        next(u for u in propositions_of(t, n, "2031-05-04") if u.when and u.when.type == "TIME") for n, t in texts.items()
    )
    assert relate(one, two, "2031-05-04", "2031-05-04").relation == expected


def test_the_day_of_the_report_explains_a_count_that_runs():
    one, other = (
        "24 people died in the fire at the mill.",
        "28 people have died in the fire at the paper mill, in Varnholm.",
    )
    assert relation(one, other, ("2031-05-03", "2031-05-04")) == "updated"


def test_an_update_is_told_in_the_order_of_time():
    late, early = figure_of(DEAD.format("84"), "a"), figure_of("At noon 77 people had died in the fire at the paper mill.", "b")
    assert relate(late, early, "2031-05-04", "2031-05-03").reason == "77 as of 2031-05-03, 84 as of 2031-05-04"


def test_a_copy_that_changes_only_the_number_is_no_update():
    text = "In {} homes in Varnholm the water stands above the floor of the kitchen."
    assert relation(text.format("340"), text.format("430"), ("2031-05-03", "2031-05-04")) == "conflict"


def test_the_count_of_another_year_is_no_update():
    one = "A fire in Varnholm killed 4 people in 1997."
    other = "A fire in Varnholm killed 26 people in 2012."
    assert relation(one, other, ("2013-04-02", "2013-04-02")) == "compatible"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brandvik had five catches.", "Holm had three catches on Sunday."),
        (
            "More than 300 houses were damaged in Ostmark.",
            "10 houses were damaged in the hills above Lund, said the bailiff.",
        ),
        ("Another four people died in hospital in the district.", "The bailiff recorded 24 people dead."),
        ("Lessons cost $4.99 each.", "The other model costs $2,499."),
        ("The club won two games last season.", "The rivals won ten games."),
        ("The tremor struck 431 kilometres off Ostmark.", "It lay 72 kilometres south of Lund."),
    ],
)
def test_numbers_of_two_things_are_not_in_conflict(one, other):
    assert relation(one, other) == "compatible"


def test_a_conversion_is_the_same_number():
    text = "The army holds {} of land on the northern bank."
    assert relation(text.format("1,100 square kilometres"), text.format("425 square miles")) == "agree"


def test_a_number_with_a_unit_may_be_rounded_and_a_count_may_not():
    text = "Shares of Holm Paper rose {} on Friday in Varnholm."
    assert relation(text.format("2.04 percent"), text.format("2 percent")) == "compatible"
    assert relation(DEAD.format("204"), DEAD.format("200")) == "conflict"


def test_a_clause_and_its_denial_conflict():
    yes = clause_of("The owner of the paper mill warned the workers of the fire.", "a")
    no = clause_of("The owner of the paper mill did not warn the workers of the fire.", "b")
    assert relate(yes, no, None, None).relation == "conflict"


def test_a_clause_and_its_denial_by_two_speakers_are_disputed():
    yes = clause_of("The owner of the paper mill warned the workers of the fire.", "a", "owner")
    no = clause_of("The owner of the paper mill did not warn the workers of the fire.", "b", "union")
    assert relate(yes, no, None, None).relation == "disputed"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The battery is removable from the case.", "The new model is not cheap."),
        ("She understood the concerns of the neighbours.", "You do not understand."),
        ("The rules apply to married couples in Varnholm.", "The rules do not apply to clubs."),
    ],
)
def test_a_not_in_a_clause_about_something_else_denies_nothing(one, other):
    assert relate(clause_of(one, "a"), clause_of(other, "b"), None, None).relation == "agree"


def test_a_claim_takes_its_worst_pair():
    members = [figure_of(DEAD.format(n), r) for n, r in (("24", "a"), ("24", "b"), ("More than 24", "c"), ("28", "d"))]
    assert relation_of(members, [None] * 4) == "conflict"
    assert relation_of(members[:3], [None] * 3) == "differ"
    assert relation_of(members[:2], [None] * 2) == "agree"
    assert relation_of(members[:1], [None]) == "single"


def test_numbers_of_two_speakers_that_reports_set_side_by_side_are_disputed_in_any_words():
    members = []
    for name in ("a", "b"):
        members.append(figure_of("The owner of the dam let out no more than 900 litres.", name, source="owner"))
        members.append(figure_of("Our gauge showed 1,400 litres.", name, source="mayor"))
    assert relation_of(members, [None] * 4) == "disputed"
    alone = [members[0], replace(members[3], report="c")]
    assert relation_of(alone, [None] * 2) == "compatible"


@given(st.permutations(range(4)))
def test_the_relation_of_a_claim_does_not_hang_on_the_order_of_its_members(order):
    members = [figure_of(DEAD.format(n), r) for n, r in (("24", "a"), ("28", "b"), ("More than 20", "c"), ("24", "d"))]
    assert relation_of([members[i] for i in order], [None] * 4) == "conflict"


TOLD = st.tuples(st.sampled_from((11, 12, 40)), st.sampled_from(("mayor", "owner")), st.sampled_from((None, "2031-05-04")))


@settings(max_examples=20)
@given(st.lists(TOLD, min_size=2, max_size=30))
def test_some_of_many_copies_show_the_relation_that_all_of_them_show(told):
    days = [day for *_, day in told]
    members = [replace(toll(*one), report=f"r{n % 20:02}") for n, one in enumerate(told)]
    when = dict(zip(map(id, members), days, strict=True))
    few = unlike(members, days)
    assert relation_of(few, [when[id(m)] for m in few]) == relation_of(members, days)
    reports = sorted({m.report for m in members})
    versions = {pair: frozenset({11.0}) for x in reports[::3] for y in reports[1::3] for pair in ((x, y), (y, x))}
    few = unlike(members, days, states_of(versions))
    said = worst(few, compare(few, [when[id(m)] for m in few], versions))
    assert said == worst(members, compare(members, days, versions))


@cache
def toll(number, speaker, day):
    return figure_of(DEAD.format(number), "r", day, speaker)


def test_of_many_copies_four_are_compared():
    members = [replace(toll(24, None, None), report=f"r{n:02}") for n in range(30)]
    assert len(unlike(members, [None] * 30)) == 4


def test_the_order_of_relations_is_that_of_the_design():
    assert ORDER == ("agree", "differ", "compatible", "updated", "conflict", "disputed")


def test_the_dead_of_two_named_places_are_no_conflict():
    one = figure_of("A shooting at the Orvell plant in Tarnow left three other workers wounded.", "a")
    two = figure_of("A man in a school in Bellquay left two other pupils wounded on Monday.", "b")
    assert relate(one, two, None, None).relation == "compatible"


def test_a_part_of_the_injured_stands_against_no_total():
    one = figure_of("The quake in Marnov left 249 people injured.", "a", source="x")
    two = figure_of("The quake in Marnov left 30 people seriously injured.", "b", source="x")
    assert relate(one, two, None, None).relation == "compatible"


def test_there_was_no_leak_is_the_denial_of_it_leaked():
    one = clause_of("The ramp of the ferry had leaked.", source="crew")
    two = clause_of("There was no leak.", "b", source="owner")
    assert (one.head, two.head) == ("leak", "leak")
    assert two.negated


def test_the_dead_of_two_battles_are_no_count_that_runs():
    one = figure_of("The bombing of Gessa in Upper Tarn on Tuesday killed seven.", "a", "2031-10-03")
    two = figure_of("Rebels fought the army south of Ostral in Lower Velm on Tuesday, killing dozens.", "b", "2031-10-03")
    assert relate(one, two, "2031-10-03", "2031-10-03").relation == "compatible"


def test_what_a_report_says_again_in_the_same_words_is_compared_once():
    said = [figure_of(DEAD.format(n), r) for r in "ab" for n in ("24", "28") for _ in range(40)]
    assert len(compare(said, [None] * len(said))) == 4


def test_numbers_set_side_by_side_count_each_time_that_they_are():
    owner = figure_of("The owner of the dam let out no more than 900 litres.", "a", source="owner")
    mayor = figure_of("Our gauge showed 1,400 litres.", "a", source="mayor")
    assert worst([owner, mayor], compare([owner, mayor], [None] * 2)) == "single"
    assert worst([owner, mayor, mayor], compare([owner, mayor, mayor], [None] * 3)) == "disputed"
