"""When each finding is shown and, as important, when it is not; all reports are invented."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.invented import deep, kinds, report
from findings.decided import told_by_radio
from findings.flood import (
    ASIDE,
    CAVEAT,
    PROSE,
    QUOTED,
    SAID,
    SAID_TOO,
    copy,
    independent,
    of_kind,
    one_change_silences,
    original,
    words_of,
)

# uncredited copy


def test_a_later_copy_that_does_not_name_its_original_is_uncredited():
    pages = original(QUOTED), copy(QUOTED)
    (found,) = of_kind(deep(*pages), "uncredited copy")
    assert found.reports == ("Quay Gazette",)
    assert found.severity == "medium"
    assert all(words in pages[0][0].text and words in pages[1][0].text for words in words_of(found, *pages))


def test_a_copy_of_a_report_that_names_its_author_is_grave():
    page, blocks = original(QUOTED)
    (found,) = of_kind(deep((replace(page, byline=("Lotte Arkema",)), blocks), copy(QUOTED)), "uncredited copy")
    assert found.severity == "high"


def test_undated_prints_of_one_text_without_an_author_share_it():
    undated = original(QUOTED, day=None), copy(QUOTED, day=None)
    (found,) = of_kind(deep(*undated), "shared text")
    assert (set(found.reports), found.severity) == ({"Varnholm Courier", "Quay Gazette"}, "low")
    named = copy(QUOTED, "This report first appeared in the Varnholm Courier.", day=None)
    one_change_silences("shared text", undated, (undated[0], named))
    cited = copy(QUOTED, "The Lund Observer reported on Friday that the board had met twice.", day=None)
    one_change_silences("shared text", undated, (undated[0], cited))
    by_agencies = copy(QUOTED, "With wire services", day=None)
    one_change_silences("shared text", undated, (undated[0], by_agencies))


def test_a_line_of_the_text_that_speaks_of_agencies_is_no_byline():
    undated = [
        page(QUOTED, "Two agencies of the county will now look at every gate of the old dyke.", day=None)
        for page in (original, copy)
    ]
    assert of_kind(deep(*undated), "shared text")


def test_a_newsroom_that_one_print_cites_for_a_sentence_of_its_own_is_not_the_author_of_the_text():
    undated, cats = original(QUOTED, day=None), "The bailiff went home to her cat at noon."
    cited = copy(QUOTED, cats, "The board had slept, according to the Lund Observer.", day=None)
    by_it = copy(QUOTED, cats, "The board had slept, its clerk told the Lund Observer.", day=None)
    one_change_silences("shared text", (undated, cited), (undated, by_it))


def test_a_shared_text_says_to_which_newsroom_all_its_prints_give_words():
    said = "The water board had met twice, its clerk told the Lund Observer on Friday."
    (found,) = of_kind(deep(original(QUOTED, said, day=None), copy(QUOTED, said, day=None)), "shared text")
    assert found.message.endswith("whose author none names; both give words of it to Lund Observer.")


def test_posts_and_quotations_are_nobodys_own_telling():
    posts = [f"“{line}” the pilots’ guild wrote." for line in PROSE.splitlines()]
    one_change_silences("uncredited copy", (original(), copy()), (original(*posts), independent(*posts)))


def test_a_copy_that_names_its_original_as_author_is_credited():
    credited = copy(QUOTED, "This report first appeared in the Varnholm Courier.")
    one_change_silences("uncredited copy", (original(QUOTED), copy(QUOTED)), (original(QUOTED), credited))


def test_two_undated_prints_do_not_say_who_copied_whom():
    undated = original(QUOTED, day=None), copy(QUOTED, day=None)
    one_change_silences("uncredited copy", (original(QUOTED), copy(QUOTED)), undated)


def test_reports_that_share_only_a_quotation_are_no_copies():
    alone = independent(ASIDE + QUOTED.partition(",”")[0] + ".”")
    one_change_silences("uncredited copy", (original(QUOTED), copy(QUOTED)), (original(QUOTED), alone))


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
    other = short.replace("crews", "bakers")
    one_change_silences("altered quotation", (original(long), copy(other)), (original(long), copy(short)))


def test_a_copy_is_blamed_for_another_word_and_an_independent_report_is_not():
    changed = QUOTED.replace("eleven", "twenty")
    (copied,) = of_kind(deep(original(QUOTED), copy(changed)), "altered quotation")
    (heard,) = of_kind(deep(original(QUOTED), independent(ASIDE + changed.partition(",”")[0] + ".”")), "altered quotation")
    assert (copied.reports, set(heard.reports)) == (("Quay Gazette",), {"Varnholm Courier", "Lund Observer"})
    assert heard.severity == "low"
    assert "“had twenty minutes” inside the marks where" not in heard.message
    assert "“We had twenty minutes between”" in heard.message


def test_a_copy_that_keeps_the_claim_and_drops_its_caveat_is_told():
    pages = original(SAID, CAVEAT), copy(SAID)
    (found,) = of_kind(deep(*pages), "dropped caveat")
    assert found.reports == ("Quay Gazette",)
    assert any(CAVEAT.rstrip(".") in words for words in words_of(found, *pages))


def test_a_caveat_that_moved_within_the_copy_is_not_dropped():
    moved = copy("None of what follows could be independently verified.", SAID)
    one_change_silences("dropped caveat", (original(SAID, CAVEAT), copy(SAID)), (original(SAID, CAVEAT), moved))


def test_a_copy_that_drops_claim_and_caveat_dropped_no_caveat():
    one_change_silences("dropped caveat", (original(SAID, CAVEAT), copy(SAID)), (original(SAID, CAVEAT), copy()))


def test_a_copy_that_asks_whether_asserts_nothing():
    asked = copy("It is not clear whether 340 homes had been lost in the lower town.")
    one_change_silences("dropped caveat", (original(SAID, CAVEAT), copy(SAID)), (original(SAID, CAVEAT), asked))


def test_without_dates_nobody_knows_whether_a_caveat_was_dropped_or_added():
    undated = original(SAID, CAVEAT, day=None), copy(SAID, day=None)
    one_change_silences("dropped caveat", (original(SAID, CAVEAT), copy(SAID)), undated)


def test_an_independent_report_without_a_word_of_caution_is_a_milder_note():
    (found,) = of_kind(deep(original(SAID, CAVEAT), independent(SAID_TOO)), "no caveat")
    assert (found.reports, found.severity) == (("Lund Observer",), "low")


def test_an_independent_report_with_a_hedge_needs_no_note():
    doubted = original(SAID, CAVEAT)
    hedged = SAID_TOO.replace("were lost", "were reportedly lost")
    one_change_silences("no caveat", (doubted, independent(SAID_TOO)), (doubted, independent(hedged)))


# single source


def test_three_reports_that_rest_on_one_speaker_have_a_single_source():
    third = independent(SAID_TOO, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")
    (found,) = of_kind(deep(original(SAID, CAVEAT), independent(SAID_TOO), third), "single source")
    assert "Oda Lemmerich" in found.message


def test_three_newsrooms_of_many_that_each_heard_a_speaker_whom_nobody_doubts_are_no_news():
    heard = [
        report(n, f"{SAID_TOO}\nA choir sang {n}.", "2031-10-05T08:00:00+00:00") for n in ("Hill Post", "Lund Post", "Amsel")
    ]
    silent = [report(f"Post {n}", f"A choir of {n} villages sang.", "2031-10-05T08:00:00+00:00") for n in range(20, 24)]
    one_change_silences("single source", tuple(heard), (*heard, *silent))


def heard_by_three(line):
    return original(line), independent(line), independent(line, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")


OPENED = "{} said that the sluice was opened twice."


def test_what_somebody_thinks_or_did_himself_is_nobodys_to_verify():
    told = heard_by_three(OPENED.format("Oda Lemmerich"))
    one_change_silences("single source", told, heard_by_three("Oda Lemmerich thinks that the sluice was opened twice."))
    one_change_silences("single source", told, heard_by_three("Oda Lemmerich wrote a long letter to the county."))


def test_somebody_without_a_name_is_no_source_that_a_reader_could_know():
    one_change_silences(
        "single source", heard_by_three(OPENED.format("Oda Lemmerich")), heard_by_three(OPENED.format("A neighbour"))
    )


def test_what_a_second_name_says_too_does_not_rest_on_the_first():
    told = [told_by_radio(name) for name in ("Hill Post", "Lund Post", "Amsel")]
    other = report("Dune Post", SAID_TOO.replace("Water bailiff Oda Lemmerich", "Fire chief Piet Harmsen"))
    one_change_silences("single source", told, (*told, other))


def test_what_three_outlets_print_of_one_text_was_told_once():
    prints = original(QUOTED), copy(QUOTED), copy(QUOTED, name="Ostmark Radio")
    (found,) = of_kind(deep(*prints), "single source")
    assert "3 reports, 1 origin: all print the text of Varnholm Courier" in found.message
    one_change_silences("single source", prints, (*prints[:2], independent(QUOTED, name="Ostmark Radio")))


def test_two_reports_are_too_few_to_look_like_many():
    two = original(SAID, CAVEAT), independent(SAID_TOO)
    third = independent(SAID_TOO, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")
    one_change_silences("single source", (*two, third), two)


def test_a_claim_that_reports_print_on_their_own_word_has_no_single_source():
    plain = "In the lower town 340 homes were lost."
    heard = [independent(SAID_TOO), independent(SAID_TOO, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")]
    own = [independent(plain), independent(plain, name="Ostmark Radio", day="2031-10-05T08:00:00+00:00")]
    one_change_silences("single source", (original(SAID, CAVEAT), *heard), (original(SAID, CAVEAT), *own))


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
    same = "In the lower town of Varnholm the flood damaged 10 houses."
    one_change_silences("figure conflict", (original(here), independent(same)), (original(here), independent(there)))


def test_more_than_400_and_430_can_both_be_true():
    shown = original(HOMES.format(400)), independent(HOMES.format(430))
    silent = original(HOMES.format("more than 400")), independent(HOMES.format(430))
    one_change_silences("figure conflict", shown, silent)


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
    plain, bounded = HOMES.format(340), HOMES.format("at least 340")
    one_change_silences("figure sharpened", (original(bounded), copy(plain)), (original(plain), copy(bounded)))


def test_independent_reports_sharpen_nothing():
    bounded = original(HOMES.format("at least 340"))
    own = "Water stands in 340 homes of the lower town, a neighbour counted from her roof."
    one_change_silences("figure sharpened", (bounded, copy(HOMES.format(340))), (bounded, independent(own)))


def test_a_conversion_that_does_not_fit_is_a_unit_slip():
    (found,) = of_kind(deep(original("The water covered 1,100 square kilometres (900 square miles) of fields.")), "unit slip")
    assert found.reports == ("Varnholm Courier",)


def test_a_rounded_conversion_is_no_slip():
    line = "The water covered 1,100 square kilometres ({} square miles) of fields."
    one_change_silences("unit slip", (original(line.format(900)),), (original(line.format(425)),))


def test_a_note_of_correction_is_told_with_its_words():
    note = "Correction: An earlier version of this report said that the dyke broke on Wednesday."
    pages = (original(note),)
    (found,) = of_kind(deep(*pages), "correction")
    assert words_of(found, *pages) == [note]


def test_a_correct_report_has_no_correction():
    note = "Correction: An earlier version of this report said that the dyke broke on Wednesday."
    plain = "The board will correct the height of the dyke next spring."
    one_change_silences("correction", (original(note),), (original(plain),))
    one_change_silences("correction", (original(note),), (original(note.replace("this report", "this video")),))


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
    findings = deep(*pages)["finding"]
    assert findings
    for finding in findings:
        assert finding.evidence
        assert all(words_of(finding, *pages))
        assert set(finding.reports) <= {e.report for e in finding.evidence}


def test_who_stands_in_most_headlines_is_the_story_and_no_source_that_others_should_have_checked():
    told = heard_by_three(OPENED.format("Oda Lemmerich"))
    headed = tuple((replace(page, title="Lemmerich on the sluice"), blocks) for page, blocks in told)
    one_change_silences("single source", tuple(told), headed)
