"""Numbers in other words that count one thing of the event become one claim, and what they are beside each other."""

import pytest

from claims.invented import deep, propositions_of, report
from stemma.claims.disputes import join_counts
from stemma.claims.relations import relate
from stemma.claims.same_thing import instants

FERRY = "At least 24 people died when the ferry Alma sank off Varnholm, the harbour office said."
COUNTS = (
    (FERRY, "The sinking of the Alma killed 31 people."),
    ("Some 22,000 people had gathered for the lantern fair in Varnholm.", "The 31,000 fans in the crowd ran to the quay."),
    ("Ida Holm would deport 12 million unregistered bakers.", "Ida Holm would deport 12 unregistered bakers."),
    (
        "After a 40-minute call with Ida Holm, Piet Harmsen left for Lund.",
        "Ida Holm and Piet Harmsen agreed on the dam in a phone call lasting 50 minutes.",
    ),
    ("Forty-two people were in critical condition.", "Fifty people were still critical, Piet Harmsen said."),
)
OTHERS = (
    (FERRY, "In 2009 a ferry fire killed 31 people off Lund.", "of another year"),
    (FERRY, "The sinking killed 31 children of one school.", "of a part"),
    (
        FERRY,
        f"The Alma sank at night. {'Nobody knows why it did so in such calm weather. ' * 12}The fire in Lund killed 31 people.",
        "below",
    ),
    (FERRY, f"{FERRY} Another fire killed 31 people.", "both are printed"),
    (FERRY, "The sinking of the Alma killed dozens of people.", "no number"),
    (FERRY, "The sinking of the Alma killed 310 people.", "too many"),
    (COUNTS[2][0], "Ida Holm would deport 1,200 unregistered bakers.", "no lost word"),
    (COUNTS[3][0], "Ida Holm and Piet Harmsen were expected to agree in a phone call lasting 50 minutes.", "a plan"),
    (COUNTS[3][0], "Ida Holm and Rosa Lind agreed on the dam in a phone call lasting 50 minutes.", "another call"),
    (COUNTS[1][0], "The 31,000 fans of the club live in Varnholm.", "no crowd"),
)


def joined(*texts, days=(None, None)):
    propositions = [p for n, text in enumerate(texts) for p in propositions_of(text, f"r{n}", days[n])]
    figures = [n for n, p in enumerate(propositions) if p.figure]
    groups = join_counts(propositions, [[n] for n in figures], {f"r{n}": day for n, day in enumerate(days)})
    return [[propositions[n] for n in g] for g in groups if len({propositions[n].report for n in g}) > 1]


@pytest.mark.parametrize("texts", COUNTS)
def test_two_reports_that_count_one_thing_in_other_words_make_one_claim(texts):
    (group,) = joined(*texts)
    a, b = (next(p for p in group if p.report == name) for name in ("r0", "r1"))
    assert relate(a, b, None, None).relation in ("conflict", "disputed", "compatible")


@pytest.mark.parametrize(("one", "other", "why"), OTHERS)
def test_a_number_of_something_else_makes_no_claim_with_it(one, other, why):
    assert not joined(one, other), why


def test_a_toll_that_grew_is_updated_and_one_without_a_day_may_be_as_old():
    pages = [
        report("Hill Post", "24 people died when the ferry Alma sank off Varnholm.", "2031-05-03"),
        report("Quay Gazette", "The sinking of the Alma killed 31 people.", "2031-05-04"),
        report("Lund Observer", "29 people were dead after the Alma went down off Varnholm."),
    ]
    rows = deep(*pages)
    (claim,) = [c for c in rows["claim"] if c.relation in ("updated", "conflict", "disputed")]
    assert claim.relation == "updated"
    (found,) = [f for f in rows["finding"] if f.kind.startswith("figure")]
    assert found.kind == "figure updated"
    assert len(found.reports) == 3


def test_two_tolls_without_a_day_are_a_conflict_that_names_all_who_print_them():
    pages = [
        report("Hill Post", "24 people died when the ferry Alma sank off Varnholm."),
        report("Quay Gazette", "The sinking of the Alma killed 31 people."),
        report("Lund Observer", "31 people were dead after the Alma went down off Varnholm."),
    ]
    (found,) = [f for f in deep(*pages)["finding"] if f.kind.startswith("figure")]
    assert found.kind == "figure conflict"
    assert "24 (Hill Post) against 31 (Lund Observer, Quay Gazette)" in found.message
    assert len(found.reports) == 3


def test_hours_are_ordered_by_the_printed_clocks_where_one_names_no_zone():
    early, late = instants(("2025-03-04T10:20:00-03:00", "2025-03-04T13:15"))
    assert early < late
    early, late = instants(("2025-03-04T13:15:00Z", "2025-03-04T10:20:00-03:00"))
    assert early < late
