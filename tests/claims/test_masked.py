"""Two numbers, years or days that differ, told in other words: what shows that they are of one thing or of two."""

from dataclasses import replace

import pytest

from claims.invented import deep, propositions_of, report
from stemma.claims.masked import candidates, differing
from stemma.mentions import find_mentions
from stemma.mentions.parse import plain_paragraphs

DAM = "The dam at Varnholm holds 620 tonnes of water from the Alma river."
BID = "The bid hinges on the $47 billion purchase of Holm Paper by Quay Mills."
LOOMS = "The mill of Ida Holm in Varnholm sold 64 looms to a weaver."
BEAR = "The bear Alma came to the zoo of Varnholm in 2015 from the park of Lund."
DIFFERING = (
    (DAM, "At Varnholm the dam can hold 540 tonnes of water of the Alma."),
    (BID, "Quay Mills made its $38 billion bid for the purchase of Holm Paper."),
    (LOOMS, "A weaver bought 51 looms from the mill of Ida Holm in Varnholm."),
    (BEAR, "The bear Alma was brought to the zoo of Varnholm in 2014."),
)
OF_TWO = (
    (DAM, "The other dam can hold 540 tonnes of brown water of a lake.", "no name in common"),
    (DAM, f"{DIFFERING[0][1]} The old dam held 620 tonnes.", "both are printed"),
    (DAM, "At Varnholm the dam can hold 600 tonnes of water of the Alma.", "rounded"),
    (DAM, "At Varnholm the dam can hold 54 tonnes of water of the Alma.", "too far apart"),
    (DAM, "The dam at Varnholm holds 540 fish and the river Alma feeds it.", "another unit"),
    (
        DAM,
        "At Varnholm the dam held 540 tonnes of water of the Alma. At Varnholm the dam holds 550 tonnes of water of the Alma.",
        "as like another",
    ),
    ("Shares of Quay Mills in Varnholm fell to $47.", "Shares of Quay Mills in Varnholm fell to $41.", "a price that moves"),
    ("The mill of Ida Holm in Varnholm sold 6 looms.", "The mill of Ida Holm in Varnholm sold 7 looms.", "a few"),
    (BEAR, "The bear Alma came to the zoo of Varnholm a year ago, and Lund mourned.", "no date"),
)


def of(*texts):
    """What `candidates` and `differing` are given of some reports."""
    told = {f"r{n}": text for n, text in enumerate(texts)}
    propositions = [p for name, text in told.items() for p in propositions_of(text, name)]
    reports = {name: report(name, text)[0] for name, text in told.items()}
    return propositions, reports, {name: find_mentions(plain_paragraphs(text), None) for name, text in told.items()}


def differences():
    """What is weighed of each pair of texts, and which pairs are found: of one thing, of two, and some between them."""
    rival = f"{DIFFERING[0][1]} At Varnholm the dam holds 550 tonnes of water."
    between = (
        "At Varnholm the dam can hold 500 tonnes.",
        "Varnholm has a dam of 700 tonnes.",
        "The Alma took 540 tonnes off.",
        rival,
    )
    told = [of(*texts[:2]) for texts in (*DIFFERING, *OF_TWO, *((DAM, other) for other in between))]
    return [([rows.round(6).tolist() for *_, rows in candidates(*one)], differing(*one)) for one in told]


@pytest.mark.parametrize("texts", DIFFERING)
def test_two_quantities_in_other_words_are_of_one_thing(texts):
    propositions, *known = of(*texts)
    ((a, b),) = differing(propositions, *known)
    assert propositions[a].report != propositions[b].report


@pytest.mark.parametrize(("one", "other", "why"), OF_TWO)
def test_two_quantities_are_of_two_things(one, other, why):
    assert not differing(*of(one, other)), why


def test_the_finding_says_who_prints_which_in_whose_words():
    rows = deep(*(report(name, text) for name, text in zip(("Hill Post", "Quay Gazette"), DIFFERING[3], strict=True)))
    (found,) = [f for f in rows["finding"] if f.kind == "figure conflict"]
    assert "2015 (Hill Post: “" in found.message
    assert "2014 (Quay Gazette: “The bear Alma was brought" in found.message
    assert next(c for c in rows["claim"] if c.id == found.claim).relation == "conflict"


def test_a_count_in_reports_of_two_days_may_have_gone_on():
    propositions, reports, mentions = of(*DIFFERING[2])
    for days, one_time in ((("2031-05-04", "2031-05-03"), False), (("2031-05-03", "2031-05-03"), True)):
        dated = {name: replace(r, published=day) for (name, r), day in zip(reports.items(), days, strict=True)}
        assert bool(differing(propositions, dated, mentions)) == one_time
