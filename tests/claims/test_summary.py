"""What a claim is called: words that can be read alone."""

import pytest

from claims.invented import deep, report
from stemma.claims.sentences import as_sentence
from stemma.mentions.parse import load_english

ELSEWHERE = "A choir sang in the old hall of the town on Sunday."


def summaries(text):
    """The summaries of the claims of two reports that print one text."""
    return [c.summary for c in deep(report("a", f"{text}\n{ELSEWHERE}"), report("b", f"{text}\nSnow fell."))["claim"]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ada Holm told the town council that she had closed the northern bridge on Monday.", "she [Ada Holm] had closed"),
        ("“We’ve waited for this bridge for nine long years,” Ada Holm told the council.", "We’ve [Ada Holm] waited for this"),
        ("The council met because the flood had destroyed the old bridge of Varnholm.", "the flood had destroyed the old bridge"),
        (
            "Divers praised the sailors, who had saved eleven children from the cold water.",
            "the sailors had saved eleven children",
        ),
        ("Ada Holm is mourning her brother and calling for an end to night fishing.", "[Ada Holm is] calling for an end"),
        ("Ada Holm is Danish and based in the harbour of Lund.", "[Ada Holm is] based in the harbour"),
    ],
)
def test_a_clause_is_shown_as_an_assertion_of_its_own(text, shown):
    assert any(shown in s for s in summaries(text)), summaries(text)


@pytest.mark.parametrize(
    "text",
    [
        "The army told the newspapers that he had closed the northern bridge on Monday.",
        "Ada Holm and Bo Lind told the council that he had closed the northern bridge on Monday.",
        "Mrs. Holm told the town council that he had closed the northern bridge on Monday.",
    ],
)
def test_a_pronoun_that_may_mean_another_is_left_as_it_is(text):
    assert any("he had closed the northern bridge" in s for s in summaries(text)), summaries(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mayor Ada Holm called the flood of Monday “a blow to the whole town” and left the bridge.", "flood of Monday “a blow"),
        (
            'The river, Ada Holm said on Monday, would "rise for nine more days in the valley" of the north.',
            "nine more days",
        ),
    ],
)
def test_marks_and_brackets_of_a_summary_come_in_pairs(text, shown):
    (found,) = [s for s in summaries(text) if shown in s][:1]
    assert found.count("“") == found.count("”"), found
    assert found.count('"') % 2 == 0, found


def test_words_that_cannot_stand_alone_are_shown_with_the_clause_that_they_stand_in():
    letter, tired, *_ = summaries(
        "In a letter sent to the council two days before the vote, Ada Holm said her divers were tired."
    )
    assert letter == "In a letter sent to the council two days before the vote, Ada Holm said her divers were tired"
    assert tired == "her divers were tired"


def test_no_two_claims_are_called_the_same_for_it():
    found = summaries(
        "The papers, from around 214 huts covering almost 40 years, also name the mayor of Oster and the king of Lund."
    )
    assert len(set(found)) == len(found), found


def test_a_quantity_is_told_in_the_number_that_most_reports_print_and_each_report_stands_to_that():
    pages = [
        report("a", f"The ferry fire at Varnholm destroyed 41 herring barrels on Monday.\n{ELSEWHERE}", "2025-03-04"),
        report("b", "The ferry fire at Varnholm destroyed 47 herring barrels on Monday.\nSnow fell.", "2025-03-04"),
        report("c", "The ferry fire at Varnholm destroyed 47 herring barrels on Monday.\nNobody skated.", "2025-03-04"),
    ]
    rows = deep(*pages)
    (claim,) = [c for c in rows["claim"] if "destroyed" in c.summary and len(c.outlets) == 3]
    assert "47" in claim.summary
    assert {s.report: s.stance for s in rows["stance"] if s.claim == claim.id} == {"a": "conflicts", "b": "agrees", "c": "agrees"}


def test_a_count_of_people_that_was_brought_up_to_date_is_named_without_a_number():
    pages = [
        report("a", f"The ferry fire at Varnholm killed 41 people on Monday.\n{ELSEWHERE}", "2025-03-04"),
        report(
            "b", "The toll of a ferry fire at Varnholm that began on Monday rose to 47 dead people.\nSnow fell.", "2025-03-05"
        ),
    ]
    (found,) = (f.message for f in deep(*pages)["finding"] if f.kind == "figure updated")
    assert found == "The number of dead changed with time: 41 (a, 2025-03-04); 47 (b, 2025-03-05)."
    assert ("Number of dead", "updated") in {(c.summary, c.relation) for c in deep(*pages)["claim"]}


def test_a_distance_is_no_number_of_people_though_the_number_is_the_same():
    pages = [
        report("a", f"The storm wounded about 412 people at Varnholm.\n{ELSEWHERE}"),
        report("b", "The fallen mast of Varnholm lies about 412 yards from the quay.\nSnow fell."),
    ]
    figures = [(m.claim, m.figure.unit) for m in deep(*pages)["member"] if m.figure]
    assert len(figures) == len({claim for claim, _ in figures}) == 2


def shared(*texts):
    """The summaries of what these reports share, in the order in which they are shown."""
    rows = deep(*(report(name, text, f"2025-03-0{n}") for n, (name, text) in enumerate(zip("abcd", texts, strict=False), 1)))
    found = [c for c in rows["claim"] if len(c.outlets) > 1 and c.part_of is None]
    return [c.summary for c in sorted(found, key=lambda c: c.rank)]


FALL = "Ada Holm left the hospital of Varnholm in a neck brace"


@pytest.mark.parametrize("turned", [False, True])
def test_a_claim_is_called_by_what_all_its_reports_say_and_not_by_what_one_says_besides(turned):
    long = f"{FALL} and gave up her work with the travelling circus of Oster.\n{ELSEWHERE}"
    texts = [long, f"{FALL}.\nSnow fell.", f"{FALL} on Monday.\nNobody skated."]
    first = shared(*(reversed(texts) if turned else texts))[0]
    assert first.startswith(FALL)
    assert "circus" not in first


def test_what_joins_a_sentence_to_the_one_before_is_no_part_of_a_claim():
    for word in ("However", "Meanwhile", "Nevertheless"):
        text = f"{word}, the flood had destroyed the old bridge of Varnholm."
        assert any(s.startswith("the flood had destroyed") for s in summaries(text)), summaries(text)


@pytest.mark.parametrize(
    "odd", ["That seemed extremely odd to the divers of Varnholm.", "The ferry struck him in the harbour of Lund."]
)
def test_what_cannot_be_read_alone_stands_behind_what_can(odd):
    known = "The flood had destroyed the old bridge of Oster."
    first, *_, last = shared(f"{odd} {known}\n{ELSEWHERE}", f"{odd} {known}\nSnow fell.")
    assert first.startswith("The flood"), first
    assert last == odd.rstrip("."), last


def test_a_subject_is_not_taken_over_a_noun_that_the_parser_may_have_missed():
    text = "The 900-gram loaf was cut to a 820-gram loaf and the 450-gram was cut to 400 grams."
    assert not any(s.startswith("[The 900-gram loaf]") for s in summaries(text)), summaries(text)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("Holm opened a shelter for", "A small door leads to bunks for", "sailors who had been robbed in the harbour"),
        ("The council named", "Papers tell of", "a hotel where the younger sister of Ada Holm had married in 2013"),
        ("Holm praised", "Papers tell of", "the firm in which the mayor of Lund had bought shares in 2013"),
    ],
)
def test_what_says_which_one_is_meant_is_no_claim_by_itself(first, second, told):
    rows = deep(report("a", f"{first} {told}.\n{ELSEWHERE}"), report("b", f"{second} {told}.\nSnow fell."))
    shown = {c.summary for c in rows["claim"] if len(c.outlets) > 1}
    assert shown.isdisjoint({told, told.replace(" who", "")}), shown


def test_what_is_told_of_the_second_of_two_may_be_told_of_what_is_between_them():
    doc = load_english()("The boats went home after talks between the pilots and the harbour board led by Ada Holm.")
    start, verb = (next(t.i for t in doc if t.text == word) for word in ("harbour", "led"))
    doc[verb].head = doc[verb - 1]
    assert not as_sentence(doc[start:-1], False, None)[1]
    assert as_sentence(load_english()("The harbour board led by Ada Holm sent the boats home.")[1:6], False, None)[1]


def test_who_spoke_is_no_sentence_of_its_own():
    doc = load_english()('"We heard the mast fall," said Ada Holm, 34, on the quay.')
    start = next(t.i for t in doc if t.text == "said")
    assert not as_sentence(doc[start : start + 5], False, None)[1]
    assert as_sentence(load_english()("Ada Holm said the mast fell.")[:], False, None)[1]
    assert not as_sentence(load_english()("To just tie the rope around the mast, and shut the gate, Holm said.")[:], False, None)[
        1
    ]


def test_a_dateline_is_no_claim():
    found = summaries("OSTER, Lund, March 12 (Halyard Wire) - The flood destroyed the old bridge of Varnholm on Monday.")
    assert any("destroyed the old bridge" in s for s in found)
    assert not any("OSTER" in s for s in found)


def lines(*texts):
    """The claims of reports that print these, by what they are called."""
    pages = [
        report(sign, f"{text}\n{own}")
        for sign, text, own in zip("abc", texts, (ELSEWHERE, "Snow fell.", "Ice broke."), strict=False)
    ]
    return {c.summary: c for c in deep(*pages)["claim"]}


def test_a_line_says_no_more_of_a_thing_than_the_reports_that_are_counted_for_it():
    plain = "A ferry struck the quay of Varnholm before dawn on Monday."
    found = lines(
        plain,
        "A ferry struck the quay of Varnholm before dawn on Monday.",
        "An old ferry struck the quay of Varnholm before dawn on Monday.",
    )
    assert "A ferry struck the quay of Varnholm before dawn on Monday" in found, found


def test_an_article_fits_the_word_that_follows_it_when_what_stood_between_is_left_out():
    found = lines(
        "The council of Varnholm bought a large organ for 900 crowns.", "The council of Varnholm bought an organ for 900 crowns."
    )
    assert "The council of Varnholm bought an organ for 900 crowns" in found, found


def test_what_joins_a_sentence_to_the_one_before_is_no_part_of_a_line():
    assert "Ada Holm sold the old mill of Varnholm in May" in summaries(
        "Ada Holm, however, sold the old mill of Varnholm in May."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The suspects in most of those assaults came from Varnholm.",
        "The ticket agent of Varnholm laughed at this.",
        "A keeper from Varnholm referred to it as a ghost.",
        "The mayor of Varnholm knows about their rotten barrels.",
    ],
)
def test_a_line_that_points_to_another_sentence_cannot_be_read_alone(text):
    (claim,) = [c for s, c in lines(text, text).items() if "Varnholm" in s or "ticket" in s]
    assert claim.doubtful, claim


@pytest.mark.parametrize(
    "text",
    [
        "Those who fled the flood of Varnholm came back in May.",
        "The mayor of Varnholm sold the organ and its pipes.",
        "It was impossible for Ada Holm to reach the harbour of Varnholm.",
        "Ada Holm will leave Varnholm this year.",
    ],
)
def test_what_a_line_names_itself_leaves_nothing_open(text):
    claim, *_ = [c for s, c in lines(text, text).items() if s[:5] == text[:5]]
    assert not claim.doubtful, claim


def test_of_what_was_long_ago_a_line_names_the_year():
    text = "The old mill of Varnholm burned down in 1984, when Ada Holm had just sold the bakery to the town."
    pages = [report(sign, f"{text}\n{own}", "2025-03-04") for sign, own in (("a", ELSEWHERE), ("b", "Snow fell."))]
    found = [c.summary for c in deep(*pages)["claim"]]
    assert all("1984" in s for s in found if "bakery" in s), found
