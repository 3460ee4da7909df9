from claims.invented import figure_of
from stemma.claims.disputes import join_disputes

OWNER = "The owner of the dam let out 900 litres."
MAYOR = "But the true number was 1,400."


def story(reports=2, sources=("owner", "mayor"), second=MAYOR, first=OWNER):
    """Units of reports in which two clauses stand side by side, each clause a group over the reports."""
    propositions, texts = [], {}
    for n in range(reports):
        name = f"r{n}"
        texts[name] = f"{first} {second}"
        both = figure_of(first, name, source=sources[0]), figure_of(second, name, source=sources[1])
        at = len(first) + 1
        later = both[1]
        shifted = type(later)(
            **{f: getattr(later, f) for f in later.__slots__ if f not in ("start", "end", "sentence")},
            start=later.start + at,
            end=later.end + at,
            sentence=(later.sentence[0] + at, later.sentence[1] + at),
        )
        propositions += [both[0], shifted]
    return propositions, [list(range(0, 2 * reports, 2)), list(range(1, 2 * reports, 2))], texts


def test_two_speakers_numbers_that_reports_set_against_each_other_become_one_claim():
    propositions, groups, texts = story()
    assert join_disputes(propositions, groups, texts) == [[0, 1, 2, 3]]


def test_one_report_alone_proves_no_dispute():
    propositions, groups, texts = story(reports=1)
    assert join_disputes(propositions, groups, texts) == groups


def test_one_speaker_does_not_dispute_himself():
    propositions, groups, texts = story(sources=("owner", "owner"))
    assert join_disputes(propositions, groups, texts) == groups


def test_numbers_that_can_both_be_true_are_no_dispute():
    propositions, groups, texts = story(second="But the true number was more than 800.")
    assert join_disputes(propositions, groups, texts) == groups


def test_a_number_of_something_else_beside_it_is_no_dispute():
    propositions, groups, texts = story(second="But the town has 1,400 chimneys.")
    assert join_disputes(propositions, groups, texts) == groups


def test_people_to_whom_two_things_happened_are_set_against_nobody():
    propositions, groups, texts = story(
        first="Some 4,200 people sat in shelters.", second="But the guard flew 61 people to a clinic."
    )
    assert {u.topic for u in propositions} == {"person"}
    assert join_disputes(propositions, groups, texts) == groups
    propositions, groups, texts = story(first="Some 4,200 people sat in shelters.", second="But 2,100 people sat in shelters.")
    assert len(join_disputes(propositions, groups, texts)) == 1


def test_an_amount_is_set_against_no_count_before_it():
    propositions, groups, texts = story(first="Some 4,200 people sat in shelters.", second="But the true loss was 1,400 litres.")
    assert [u.figure.unit for u in propositions[:2]] == [None, "l"]
    assert join_disputes(propositions, groups, texts) == groups
