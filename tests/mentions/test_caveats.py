import pytest

from stemma.mentions.caveats import find_caveats
from stemma.mentions.parse import plain_paragraphs


def caveats(text):
    found = [c for p in plain_paragraphs(text) for c in find_caveats(p)]
    return [(c.kind, text[c.start : c.end], c.who and text[c.who[0] : c.who[1]]) for c in found]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("The Tessel Herald could not independently verify her account.", "unverified", "The Tessel Herald"),
        ("The Herald has not been able to verify the report.", "unverified", "The Herald"),
        ("The figure could not be independently verified.", "unverified", None),
        ("The agency was unable to confirm the figures.", "unverified", "The agency"),
        ("The toll has yet to be confirmed.", "unverified", None),
        ("There was no independent confirmation of the deaths.", "unverified", None),
        ("The mission had no means of confirming that.", "unverified", "The mission"),
        ("There is no way of checking the claim.", "unverified", None),
        ("The Herald has not seen any document that supports her claim.", "unverified", "The Herald"),
        ("The Herald was not shown any papers that would back the figure.", "unverified", "The Herald"),
        ("Neither figure could be checked.", "unverified", None),
        ("The study has not yet been peer reviewed.", "unverified", None),
        ("She has no proof of the meeting.", "unverified", None),
        ("The Herald confirmed the place by comparing it with maps.", "verified", "The Herald"),
        ("Norda Wire was able to verify footage of the bridge.", "verified", "Norda Wire"),
        ("The death was confirmed by the mayor of Oster.", "verified", "the mayor of Oster"),
        ("The ministry denied the allegations.", "denied", "The ministry"),
        ("She dismissed the claims as nonsense.", "denied", "She"),
    ],
)
def test_what_was_checked_and_by_whom(text, kind, who):
    assert [(k, w) for k, _, w in caveats(text)] == [(kind, who)]


@pytest.mark.parametrize("text", ["The sailor had no proof of identity.", "A name on the list is no proof of fraud."])
def test_papers_that_somebody_lacks_and_what_a_thing_is_worth_are_no_doubt(text):
    assert caveats(text) == []


def test_hedges_and_allegations_are_single_words():
    assert caveats("The alleged thief reportedly fled and may return.") == [
        ("alleged", "alleged", None), ("hedge", "reportedly", None), ("hedge", "may", None),
    ]  # fmt: skip


def test_the_month_of_may_and_a_belief_are_no_hedges():
    assert caveats("In May she believed him.") == []


def test_to_confirm_that_something_happened_is_to_say_it():
    assert caveats("The mayor confirmed that the bridge had fallen.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Officers could not check the bags.",
        "Doctors have not checked him.",
        "The club confirmed the signing by posting a video.",
        "The findings are not only peer reviewed but repeated.",
        "She had no way to know.",
    ],
)
def test_what_only_sounds_like_checking_is_no_caveat(text):
    assert caveats(text) == []


def test_the_words_of_a_caveat_stop_before_the_next_clause():
    text = "Although Norda Wire could not verify his claims, footage showed smoke."
    assert caveats(text)[0][1] == "Norda Wire could not verify his claims"


def test_offsets_are_those_of_the_report():
    text = "One line.\nThe alleged thief fled."
    assert [t for _, t, _ in caveats(text)] == ["alleged"]
