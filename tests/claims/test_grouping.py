import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.invented import claim_with, clause_of, deep, propositions_of, report
from stemma.claims.grouping import group_propositions, like_a_third, without_outer
from stemma.claims.likeness import are_other_counts

MILL = "A fire broke out in the paper mill of Varnholm on Tuesday night. "


def grouped(*texts):
    """The groups of propositions of two or more reports, as sets of (report, words of the unit)."""
    found = [u for n, t in enumerate(texts) for u in propositions_of(t, f"r{n}")]
    groups = group_propositions(found)
    named = [{(u.report, texts[int(u.report[1:])][u.start : u.end], u.figure) for u in (found[i] for i in g)} for g in groups]
    return [g for g in named if len({r for r, _, _ in g}) > 1]


def figures_of(text):
    return [p for p in propositions_of(text, "a") if p.figure]


def values(groups):
    """The numbers of each group of figures."""
    return [sorted(f.value for _, _, f in g) for g in groups if all(f for _, _, f in g)]


def test_the_same_claim_with_another_number_is_the_same_claim():
    assert values(grouped(MILL + "The fire killed 24 people.", MILL + "The fire killed 28 people.")) == [[24, 28]]


def test_synonyms_make_one_claim():
    groups = grouped("The northern army captured 60 villages in May.", "Northern forces captured 60 settlements in May.")
    assert values(groups) == [[60, 60]]


def test_the_dead_and_the_injured_are_two_claims():
    found = values(
        grouped(MILL + "24 people were killed and 51 people were injured.", MILL + "24 people died and 51 people were hurt.")
    )
    assert sorted(found) == [[24, 24], [51, 51]]


@pytest.mark.parametrize(
    "earlier",
    ["In April 2019 a gunman killed 13 people in Ostrel.", "In April 2019 a gunman killed 13 people in Varnholm."],
)
def test_the_dead_of_another_event_are_no_toll_of_this_one(earlier):
    now = "In May 2031 a gunman killed 58 people in Varnholm."
    assert values(grouped(now, earlier)) == values(grouped("A gunman killed 58 people at Lake Holm.", earlier)) == []
    assert values(grouped(now, "A gunman killed 59 people in Varnholm.")) == [[58, 59]]


def test_one_number_of_two_things_is_no_claim():
    assert values(grouped("The council bought 40 buses for the school.", "A storm felled 40 oaks in the royal park.")) == []


def test_two_members_of_one_report_do_not_fill_one_slot():
    first = "The fire killed 24 people in the mill. The flood of March killed 31 people in the valley."
    for group in grouped(first, "The fire killed 24 people in the mill."):
        reports = [r for r, _, f in group if f]
        assert len(reports) == len(set(reports))


def test_what_one_report_tells_twice_is_one_claim_of_all_who_tell_it():
    one, other = "The harbour master shut the eastern gate before dawn.", "Before dawn the harbour master shut the eastern gate."
    groups = grouped(f"{one} Snow fell. {other}", one, other, "The harbour master shut an eastern gate before dawn.")
    assert {frozenset(r for r, _, _ in g) for g in groups if any("gate" in w for _, w, _ in g)} == {
        frozenset({"r0", "r1", "r2", "r3"})
    }


def test_clauses_that_say_the_same_in_other_words_are_one_claim():
    groups = grouped(
        "The harbour master shut the eastern gate before dawn. Snow fell.",
        "Snow fell. Before dawn the eastern gate was closed by the harbour master.",
    )
    assert any(all("eastern gate" in words for _, words, _ in g) for g in groups)


def test_reports_of_one_matter_that_say_different_things_share_no_claim():
    assert grouped("The harbour master shut the eastern gate.", "A choir of retired bakers won the regional prize.") == []


def test_a_small_number_is_not_shared_by_what_it_counts_elsewhere():
    assert values(grouped(MILL + "Two witnesses rang the bell.", MILL + "The mayor owns two mills on the lower river.")) == []


def test_how_often_something_happened_counts_what_happened():
    first = figures_of("Tugs sold oil to ships off Varnholm about 30 times since October.")
    assert not are_other_counts(*first, *figures_of("Spies saw 30 sales of oil to ships off Varnholm since October."))
    assert are_other_counts(*figures_of("Spies saw 30 sales of oil."), *figures_of("Some 30 barges lay off Varnholm."))


def test_lives_that_were_claimed_are_people_who_died():
    first = "The revolt has killed more than 20,000 people in the valley."
    assert values(grouped(first, "The revolt has claimed more than 20,000 lives in the valley."))


def test_a_common_verb_joins_nothing_where_its_objects_differ():
    texts = ("The mayor lashed out at the bakers of Varnholm.", "A poet lashed out at the new railway and its owner.")
    assert grouped(*texts) == []


def test_dozens_of_two_things_are_no_number_in_common():
    first = "After the storm dozens of trees blocked the road to the harbour."
    assert values(grouped(first, "Dozens of sailors took the road to the harbour after the storm.")) == []


def test_a_weekday_joins_nothing():
    texts = ("The mayor went to the harbour on Tuesday.", "The bakers of Varnholm held a ball on Tuesday.")
    assert grouped(*texts) == []


def test_the_dead_and_the_missing_of_one_number_are_two_claims():
    texts = ("Four people were dead by noon in Varnholm.", "Four people were still missing at noon in Varnholm.")
    assert grouped(*texts) == []


def test_a_toll_is_told_in_short_and_in_long():
    texts = (MILL + "Two people died.", MILL + "The fire that broke out in the mill killed two people from the village of Lund.")
    assert values(grouped(*texts)) == [[2, 2]]


DECLARED = (
    "The council published a declaration that the wardens of Varnholm had gone back to safer ground and would guard the northern"
    " dike as long as it remains useful and necessary."
)
WATCHED = (
    "The wardens will keep watching the northern dike of Varnholm as long as needed.",
    "The wardens would keep watching the northern dike as long as necessary.",
    "In spite of the growing storm, we will guard the northern dike as long as it is useful and necessary.",
)


def test_a_clause_is_no_member_for_what_a_clause_inside_it_says():
    (group,) = grouped(DECLARED, *WATCHED)
    assert sorted(r for r, _, _ in group) == ["r0", "r1", "r2", "r3"]
    assert next(words for r, words, _ in group if r == "r0").startswith("would guard")


def test_two_that_say_what_a_third_says_are_compared_though_nothing_proposed_them():
    one, other = like_a_third(
        np.array([0, 0, 0]), np.array([1, 2, 3]), np.array([0.9, 0.8, 0.1]), 0.5, [{"a"}, {"b"}, {"c"}, {"d"}]
    )
    assert (one.tolist(), other.tolist()) == ([1], [2])
    assert like_a_third(np.array([0, 0]), np.array([1, 2]), np.array([0.9, 0.8]), 0.5, [{"a"}, {"b"}, {"b"}])[0].size == 0


@settings(max_examples=10)
@given(st.permutations(range(3)))
def test_groups_do_not_hang_on_the_order_of_reports(order):
    texts = [MILL + f"The fire killed {n} people, said the bailiff." for n in (24, 24, 28)]
    found = {n: propositions_of(texts[n], f"r{n}") for n in range(3)}
    everything = [u for n in order for u in found[n]]
    groups = {
        frozenset((everything[i].report, everything[i].start, everything[i].end) for i in g)
        for g in group_propositions(everything)
    }
    plain = [u for n in range(3) for u in found[n]]
    assert groups == {frozenset((plain[i].report, plain[i].start, plain[i].end) for i in g) for g in group_propositions(plain)}


@pytest.mark.parametrize("source", ["the mayor", "a nurse"])
def test_who_says_it_belongs_to_the_member_and_not_to_the_claim(source):
    reports = [
        report("a", MILL + "The fire destroyed 12 houses in the lower town, Mayor Oda Lemmerich said."),
        report("b", MILL + f"The fire destroyed 12 houses in the lower town, {source} said."),
    ]
    claim = claim_with(deep(*reports), "12 houses", reports)
    assert claim.relation == "agree"


@pytest.mark.parametrize(("source", "groups"), [("Ada Holm", 1), ("Bo Lind", 2)])
def test_what_two_say_of_themselves_in_words_of_their_own_is_two_claims(source, groups):
    ours = clause_of("We welcome the release of our sailors.", "a", "Ada Holm")
    mine = clause_of("I welcome the release of the sailors before I leave for a long visit to Lund.", "b", source)
    assert len(group_propositions([ours, mine])) == groups


def test_the_same_words_are_one_claim_whoever_is_said_to_have_said_them():
    told = [clause_of("We welcome the release of our sailors.", name, source) for name, source in (("a", "Holm"), ("b", "Lind"))]
    assert len(group_propositions(told)) == 1


def test_a_clause_keeps_its_likeness_where_the_clause_in_it_belongs_to_the_clause_in_the_other():
    inner = [{1}, set(), {3}, set()]
    through = {(0, 2): 800, (1, 2): 845}
    assert without_outer(through, inner) == {(1, 2): 845}
    assert (0, 2) in without_outer(through | {(1, 3): 964}, inner)
