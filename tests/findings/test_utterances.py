import pytest

from stemma.findings.utterances import Quoted, is_of_two, renderings, surnames
from stemma.findings.wordings import plain_words
from stemma.tables import Source


def pair(one, other, sources=("s", "s")):
    a, b = (Quoted(r, (0, len(t)), s, plain_words(t)) for r, t, s in (("a", one, sources[0]), ("b", other, sources[1])))
    return next(iter(renderings([a, b])), None)


def changed(one, other):
    found = pair(one, other)
    assert found is not None
    return list(found.changed)


WATER = "we had eleven minutes between the first crack and the water in the square"


def test_a_word_replaced_inside_the_marks_is_a_change():
    assert changed(WATER, WATER.replace("eleven", "twelve")) == [("eleven", "twelve")]


@pytest.mark.parametrize(
    "other",
    [
        "We had eleven minutes, between the first crack and the water, in the square!",
        "we had [only] eleven minutes between the first crack and the water in the square",
        "we had eleven minutes between the first crack and the water in the squáre",
    ],
)
def test_typography_brackets_and_accents_are_no_change(other):
    assert changed(WATER, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the labour to organise the harbour was honourable and large",
            "the labor to organize the harbor was honorable and large",
        ),
        ("the head teacher sent an e-mail to all of us", "the headteacher sent an email to all of us"),
        ("we didn't see the light & the smoke that night", "we didn’t see the light and the smoke that night"),
    ],
)
def test_house_spelling_is_no_change(one, other):
    assert changed(one, other) == []


def test_a_cut_at_an_end_is_no_change():
    assert changed(WATER, WATER.removeprefix("we had ")) == []
    assert changed(WATER, WATER.removesuffix(" in the square")) == []


def test_another_beginning_that_is_much_longer_is_another_cut():
    assert changed("so " + WATER, "i must tell you all one thing about it and it is that " + WATER) == []


def test_four_words_in_common_make_no_utterance():
    assert (
        pair(
            "I think it has got both of the voices",
            "it has got both ends, and what is more it was never painted at all",
        )
        is None
    )


def test_two_known_speakers_do_not_share_an_utterance():
    other = WATER.replace("eleven", "twelve").replace("first crack", "last bell").replace("square", "cellar")
    assert pair(WATER, other, ("mayor", "owner")) is None


def test_the_same_words_of_two_speakers_are_one_utterance_that_somebody_gave_to_another():
    found = pair(WATER, WATER.replace("eleven", "twelve"), ("mayor", "owner"))
    assert found is not None
    assert is_of_two(found)


def test_quotations_of_one_report_are_never_compared():
    words = plain_words(WATER)
    assert renderings([Quoted("a", (0, 9), "s", words), Quoted("a", (20, 29), "s", words)]) == []


def test_an_office_has_no_surname():
    office = Source("s", "1", "Lund ambassador to the United Ports", ("Lund ambassador to the United Ports",), None)
    assert not surnames(office)
    assert surnames(Source("s", "2", "Oda Lemmerich", ("Oda Lemmerich", "Ambassador Oda Lemmerich"), None)) == {"lemmerich"}
