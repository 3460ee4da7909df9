"""What one newsroom was told and another prints, what was said in another language, and pages that a program translated."""

from dataclasses import replace

from claims.invented import deep, report
from findings.flood import independent, of_kind, one_change_silences, original, words_of

ALONE = "“My father built that sluice and nobody has oiled it since he died,” Oda Lemmerich told the Courier."
PRINTED = "“My father built that sluice and nobody has oiled it since he died,” said Oda Lemmerich, a water bailiff."
BROKEN = """On the Thursday reported, was broken the dyke of the town, and according to has informed the water service more of 300
houses stay under the water. The by the county renovated hospital wanted itself to the thing not express. In middle of the night
were evacuated 40 persons from the centre of the town to the school of the neighbour village, where the director of the school
has opened the doors of the building. The mayor was since two years, and he must a paper sign. Of the damages is the sum of 12
millions crowns. The meeting of the council of the town takes place the 9 of October in the room of the house of the fire brigade.
"""


# said to one newsroom


def test_words_said_to_one_newsroom_and_printed_without_it_lost_their_credit():
    pages = original(ALONE), independent(PRINTED)
    (found,) = of_kind(deep(*pages), "dropped credit")
    assert found.reports == ("Lund Observer",)
    assert any("told the Courier" in words for words in words_of(found, *pages))


def test_a_report_that_names_the_newsroom_keeps_the_credit():
    named = independent(PRINTED.replace("said", "the Courier heard from"))
    one_change_silences("dropped credit", (original(ALONE), independent(PRINTED)), (original(ALONE), named))


def test_words_said_to_everybody_have_no_credit_to_lose():
    everybody = original(ALONE.replace("told the Courier", "told a meeting in the town hall"))
    one_change_silences("dropped credit", (original(ALONE), independent(PRINTED)), (everybody, independent(PRINTED)))


def test_words_that_a_third_report_had_before_were_not_said_to_one_newsroom():
    pages = original(ALONE), independent(PRINTED)
    earlier, later = (report("Amsel Post", PRINTED, f"2031-10-{day}T06:00:00+00:00") for day in ("01", "04"))
    one_change_silences("dropped credit", (*pages, later), (*pages, earlier))


def test_a_word_changed_in_what_another_newsroom_was_told_is_an_altered_quotation():
    pages = original(ALONE), independent(PRINTED.replace("oiled", "painted"))
    (found,) = of_kind(deep(*pages), "altered quotation")
    assert "“oiled” became “painted”" in found.message


# had from a newspaper whose own page is not here

SOLD = (
    "The Tarin Gazette reported that the water board had sold 340 of its pumps since the spring. The buyers were not named.",
    "Since the spring the water board has sold 340 pumps, according to the Tarin Gazette, which had seen nobody of the board.",
    "The water board has sold 340 pumps since the spring, the Tarin Gazette reports. The mayor called it a shame.",
)


def posts(*lines):
    return [
        report(f"{name} Post", line, "2031-10-05T08:00:00+00:00")
        for name, line in zip(("Hill", "Lund", "Amsel"), lines, strict=True)
    ]


def newspapers(*lines):
    """The findings on a newspaper whose own page is not here."""
    return [f for f in of_kind(deep(*posts(*lines)), "single source") if "whose own page is not here" in f.message]


def test_what_three_reports_have_from_one_newspaper_rests_on_one_source():
    (found,) = newspapers(*SOLD)
    assert "from Tarin Gazette" in found.message
    assert len(found.reports) == 3


def test_a_page_without_an_outlet_may_be_the_newspapers_own():
    page, blocks = report("Dune Post", "The harbour of Varnholm was closed on Monday.", "2031-10-05T08:00:00+00:00")
    nameless = replace(page, outlet=None), blocks
    (found,) = of_kind(deep(*posts(*SOLD), nameless), "single source")
    assert "from Tarin Gazette, whose own page is not known to be here" in found.message


def test_what_somebody_confirmed_rests_on_more_than_the_newspaper():
    assert newspapers(*SOLD)
    assert not newspapers(
        *SOLD[:2], SOLD[2].replace("the Tarin Gazette reports", "the Tarin Gazette reports and the board confirmed")
    )


def test_what_was_only_said_in_interviews_with_a_newspaper_is_the_speakers_word():
    said = [
        f"“Nobody will buy the board's 340 pumps,” Oda Lemmerich told the Tarin Gazette {when}." for when in ("", "then", "twice")
    ]
    assert not newspapers(*said)


def test_two_prints_of_one_text_have_it_from_a_newspaper_once():
    assert not newspapers(SOLD[0], SOLD[1], SOLD[1])


def test_an_agency_is_no_newspaper_on_which_a_story_rests():
    assert not newspapers(*[line.replace("Tarin Gazette", "Associated Press") for line in SOLD])


# said in another language


FRENCH = (
    "Colonel Bastien Morvan said in French at the harbour: “Whoever sent those boats will answer for the blood of our children.”"
)
OTHERWISE = (
    "“He who dispatched these vessels shall be held to account for the blood of our children,” "
    "Colonel Bastien Morvan said in French."
)


def test_other_words_for_what_was_said_in_another_language_are_translation_variants():
    pages = original(FRENCH), independent(OTHERWISE)
    (found,) = of_kind(deep(*pages), "translation variants")
    assert set(found.reports) == {"Varnholm Courier", "Lund Observer"}


def test_without_a_sign_of_another_language_such_words_may_be_two_utterances():
    pages = original(FRENCH), independent(OTHERWISE)
    plain = original(FRENCH.replace(" in French", "")), independent(OTHERWISE.replace(" in French", ""))
    one_change_silences("translation variants", pages, plain)


def test_words_of_two_days_are_two_utterances():
    monday = original(FRENCH.replace("at the harbour", "on Monday"))
    again, thursday = (independent(OTHERWISE.replace("in French", f"in French on {day}")) for day in ("Monday", "Thursday"))
    one_change_silences("translation variants", (monday, again), (monday, thursday))


def test_two_foreign_speakers_do_not_translate_each_other():
    other = independent(OTHERWISE.replace("Bastien Morvan", "Goulven Le Tallec"))
    one_change_silences("translation variants", (original(FRENCH), independent(OTHERWISE)), (original(FRENCH), other))


# put into English by a program


def test_english_with_the_grammar_of_another_language_was_put_into_it_by_a_program():
    page = independent(BROKEN.replace("\n", " "))
    (found,) = of_kind(deep(original(), page), "machine translation")
    assert found.reports == ("Lund Observer",)
    assert len(found.evidence) >= 3


def test_plain_english_is_nobodys_translation():
    broken = independent(BROKEN.replace("\n", " "))
    one_change_silences("machine translation", (original(ALONE), broken), (original(ALONE), independent(PRINTED)))


# given to one newsroom, and passed on
