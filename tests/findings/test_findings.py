"""When each finding is shown and, as important, when it is not; all reports are invented."""

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.invented import deep, kinds
from findings.flood import ASIDE, CAVEAT, QUOTED, SAID, SAID_TOO, copy, independent, of_kind, original, words_of

# uncredited copy


def test_a_later_copy_that_does_not_name_its_original_is_uncredited():
    pages = original(QUOTED), copy(QUOTED)
    (found,) = of_kind(deep(*pages), "uncredited copy")
    assert found.reports == ("Quay Gazette",)
    assert found.severity == "high"
    assert all(words in pages[0][0].text and words in pages[1][0].text for words in words_of(found, *pages))


def test_a_copy_that_names_its_original_as_author_is_credited():
    credited = copy(QUOTED, "This report first appeared in the Varnholm Courier.")
    assert "uncredited copy" not in kinds(deep(original(QUOTED), credited))


def test_two_undated_prints_do_not_say_who_copied_whom():
    assert "uncredited copy" not in kinds(deep(original(QUOTED, day=None), copy(QUOTED, day=None)))


def test_reports_that_share_only_a_quotation_are_no_copies():
    assert "uncredited copy" not in kinds(deep(original(QUOTED), independent(ASIDE + QUOTED.partition(",”")[0] + ".”")))


# altered quotation and translation variants


def test_a_word_changed_inside_the_marks_of_a_copy_is_an_altered_quotation():
    pages = original(QUOTED), copy(QUOTED.replace("eleven", "twenty"))
    (found,) = of_kind(deep(*pages), "altered quotation")
    assert found.reports == ("Quay Gazette",)
    assert "“eleven” became “twenty”" in found.message
    assert [("twenty" in w, "eleven" in w) for w in words_of(found, *pages)] == [(True, False), (False, True)]


def test_house_spelling_and_a_cut_alter_nothing():
    long = "“We honour the harbour crews, the head teacher and the e-mail volunteers who carried us,” said Oda Lemmerich."
    short = "“We honor the harbor crews, the headteacher and the email volunteers,” said Oda Lemmerich."
    assert "altered quotation" not in kinds(deep(original(long), copy(short)))


def test_between_independent_reports_other_words_are_no_alteration():
    assert "altered quotation" not in kinds(
        deep(original(QUOTED), independent(ASIDE + QUOTED.partition(",”")[0].replace("eleven", "twenty") + ".”"))
    )


def test_one_utterance_in_other_words_in_independent_reports_is_two_renderings():
    one = "“We did not come here to haggle over water, but without water a talk about the road is worth nothing,”"
    two = "“We came not to bargain about the water, but without the water talk about the road costs nothing,”"
    one, two = (f"{words} said Oda Lemmerich." for words in (one, two))
    (found,) = of_kind(deep(original(one), independent(two)), "translation variants")
    assert set(found.reports) == {"Varnholm Courier", "Lund Observer"}
    assert "translation variants" not in kinds(deep(original(one), independent(one)))


# caveats


def test_a_copy_that_keeps_the_claim_and_drops_its_caveat_is_told():
    pages = original(SAID, CAVEAT), copy(SAID)
    (found,) = of_kind(deep(*pages), "dropped caveat")
    assert found.reports == ("Quay Gazette",)
    assert any(CAVEAT.rstrip(".") in words for words in words_of(found, *pages))


def test_a_caveat_that_moved_within_the_copy_is_not_dropped():
    moved = copy("None of what follows could be independently verified.", SAID)
    assert "dropped caveat" not in kinds(deep(original(SAID, CAVEAT), moved))


def test_a_copy_that_drops_claim_and_caveat_dropped_no_caveat():
    assert "dropped caveat" not in kinds(deep(original(SAID, CAVEAT), copy()))


def test_a_copy_that_asks_whether_asserts_nothing():
    asked = "It is not clear whether 340 homes had been lost in the lower town."
    assert "dropped caveat" not in kinds(deep(original(SAID, CAVEAT), copy(asked)))


def test_without_dates_nobody_knows_whether_a_caveat_was_dropped_or_added():
    assert "dropped caveat" not in kinds(deep(original(SAID, CAVEAT, day=None), copy(SAID, day=None)))


def test_an_independent_report_without_a_word_of_caution_is_a_milder_note():
    (found,) = of_kind(deep(original(SAID, CAVEAT), independent(SAID_TOO)), "no caveat")
    assert (found.reports, found.severity) == (("Lund Observer",), "low")


def test_an_independent_report_with_a_hedge_needs_no_note():
    hedged = "Oda Lemmerich, the water bailiff, said that 340 homes had reportedly been lost in the lower town."
    assert "no caveat" not in kinds(deep(original(SAID, CAVEAT), independent(hedged)))


# single source


def test_three_reports_that_rest_on_one_speaker_have_a_single_source():
    third = independent(SAID_TOO, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")
    (found,) = of_kind(deep(original(SAID, CAVEAT), independent(SAID_TOO), third), "single source")
    assert "Oda Lemmerich" in found.message


def test_three_newsrooms_that_each_heard_a_speaker_whom_nobody_doubts_are_no_news():
    third = independent(SAID_TOO, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")
    assert "single source" not in kinds(deep(original(SAID), independent(SAID_TOO), third))


def test_two_reports_are_too_few_to_look_like_many():
    assert "single source" not in kinds(deep(original(SAID), independent(SAID_TOO)))


def test_a_claim_that_reports_print_on_their_own_word_has_no_single_source():
    plain = "In the lower town 340 homes were lost."
    pages = original(SAID), independent(plain), independent(plain, name="Ostmark Radio")
    assert "single source" not in kinds(deep(*pages))


def test_a_hundred_percent_of_blame_is_a_turn_of_phrase():
    sorry = "“This disaster was without a doubt 100 percent my own mistake,” said Oda Lemmerich."
    pages = original(sorry), independent(sorry), independent(sorry, name="Ostmark Radio")
    assert "single source" not in kinds(deep(*pages))


# figures

HOMES = "In {} homes of the lower town the water stands above the floor of the kitchen."


def test_a_copy_that_changes_a_number_is_a_figure_conflict():
    pages = original(HOMES.format(340)), copy(HOMES.format(430))
    (found,) = of_kind(deep(*pages), "figure conflict")
    assert found.severity == "high"
    assert {"340" in w or "430" in w for w in words_of(found, *pages)} == {True}


def test_numbers_of_two_places_are_no_conflict():
    here = "The flood damaged 300 houses in the lower town of Varnholm."
    there = "In the hills of Ostmark, far from the sea, 10 houses were damaged."
    assert "figure conflict" not in kinds(deep(original(here), independent(there)))


def test_more_than_400_and_430_can_both_be_true():
    pages = original(HOMES.format("more than 400")), independent(HOMES.format(430))
    assert "figure conflict" not in kinds(deep(*pages))


def test_a_count_with_a_later_day_is_an_update():
    early = "By noon on Friday, 3 October, the council had counted 11 people missing."
    late = "By noon on Saturday, 4 October, the council had counted 19 people missing."
    found = kinds(deep(original(early), independent(late, day="2031-10-04T15:00:00+00:00")))
    assert "figure updated" in found
    assert "figure conflict" not in found


def test_a_copy_that_drops_at_least_sharpens_the_figure():
    pages = original(HOMES.format("at least 340")), copy(HOMES.format(340))
    (found,) = of_kind(deep(*pages), "figure sharpened")
    assert found.reports == ("Quay Gazette",)


def test_a_copy_that_adds_caution_sharpens_nothing():
    assert "figure sharpened" not in kinds(deep(original(HOMES.format(340)), copy(HOMES.format("at least 340"))))


def test_independent_reports_sharpen_nothing():
    own = "Water stands in 340 homes of the lower town, a neighbour counted from her roof."
    assert "figure sharpened" not in kinds(deep(original(HOMES.format("at least 340")), independent(own)))


def test_a_conversion_that_does_not_fit_is_a_unit_slip():
    (found,) = of_kind(deep(original("The water covered 1,100 square kilometres (900 square miles) of fields.")), "unit slip")
    assert found.reports == ("Varnholm Courier",)


def test_a_rounded_conversion_is_no_slip():
    assert kinds(deep(original("The water covered 1,100 square kilometres (425 square miles) of fields."))) == []


def test_a_note_of_correction_is_told_with_its_words():
    note = "Correction: An earlier version of this report said that the dyke broke on Wednesday."
    pages = (original(note),)
    (found,) = of_kind(deep(*pages), "correction")
    assert words_of(found, *pages) == [note]


def test_a_correct_report_has_no_correction():
    assert kinds(deep(original("The board will correct the height of the dyke next spring."))) == []


# all of them


@settings(max_examples=6)
@given(st.permutations(range(4)))
def test_findings_and_claims_are_the_same_whatever_the_order_of_the_reports(order):
    pages = [
        original(QUOTED, SAID, CAVEAT, HOMES.format("at least 340")),
        copy(QUOTED.replace("eleven", "twenty"), SAID, HOMES.format(430)),
        independent(SAID_TOO),
        independent(SAID_TOO, name="Ostmark Radio"),
    ]
    plain, mixed = deep(*pages), deep(*(pages[n] for n in order))
    assert plain["finding"] == mixed["finding"] != []
    assert plain["claim"] == mixed["claim"]
    assert plain["stance"] == mixed["stance"]


def test_a_finding_proves_itself_with_words_of_its_reports():
    pages = original(QUOTED, SAID, CAVEAT), copy(QUOTED.replace("eleven", "twenty"), SAID)
    for finding in deep(*pages)["finding"]:
        assert finding.evidence
        assert all(words_of(finding, *pages))
        assert set(finding.reports) <= {e.report for e in finding.evidence}
