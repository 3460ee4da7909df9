import pytest

from statements.written import statements_of


def doubted(text):
    """The words of each statement that a later caveat is attached to, in text order."""
    statements, _ = statements_of(r=text)
    return [
        text[s.content[0][0] : s.content[-1][1]]
        for s in statements
        if s.caveat_span and s.caveat.startswith("unverified") and not s.content[0][0] <= s.caveat_span[0] < s.content[-1][1]
    ]


def test_neither_figure_speaks_of_the_two_statements_that_tell_one():
    text = (
        "Norland said that its guns had killed 300 men.\n"
        "Sudland put the number of dead at 40, its army said. “We mourn every one of them,” Ada Brook said.\n"
        "The radio has stood on the hill since 1990, its owner said.\n"
        "Neither figure could be independently verified."
    )
    assert [words.split()[-2:] for words in doubted(text)] == [["300", "men"], ["at", "40"]]


def test_a_number_in_a_sentence_of_the_report_itself_is_doubted_too():
    text = "The mill lost 12 million dollars in the fire. It has 400 workers.\nThat sum could not be verified."
    assert doubted(text) == ["The mill lost 12 million dollars in the fire."]


def test_a_toll_is_a_figure_of_people_killed_or_hurt():
    text = (
        "Police said that 30 people were killed. The mill said that it would pay 900 dollars a head.\n"
        "The death toll could not be independently confirmed."
    )
    assert doubted(text) == ["that 30 people were killed"]


def test_a_number_of_which_no_statement_tells_one_is_no_statements():
    assert doubted("Ada Brook said that the dam was safe.\nThe figure could not be verified.") == []


def test_whose_account_it_is_decides():
    text = (
        "The dockers' union said that the alarm was off. Ada Brook, the manager, said that it had rung.\n"
        "Norda Wire could not independently verify the union's account."
    )
    assert doubted(text) == ["that the alarm was off"]


def test_what_the_account_is_about_decides():
    text = (
        "Ada Brook said that two guards were asleep. Ivo Lanner said that the door was made of oak.\n"
        "Norda Wire could not confirm the account of the guards."
    )
    assert doubted(text) == ["that two guards were asleep"]


def test_how_somebody_feels_is_not_doubted():
    text = (
        "Ada Brook said that a guard was asleep.\n“We are heartbroken and we feel so alone,” she said.\n"
        "Norda Wire could not confirm her account."
    )
    assert doubted(text) == ["that a guard was asleep"]


def test_a_video_is_doubted_where_it_is_told_of():
    text = (
        "Footage posted on Monday showed a burning mill. Ivo Lanner said that the hill was lost.\n"
        "Norda Wire could not verify the video."
    )
    assert doubted(text) == ["Footage posted on Monday showed a burning mill."]


@pytest.mark.parametrize(
    "text",
    [
        "Ivo Lanner said that 40 men had died, a claim that Norda Wire could not verify.",
        "In claims that could not be independently verified, the ministry said that 40 men had died.",
        "Ivo Lanner said that 40 men had died.\nThe claim remains unverified.",
        "Ivo Lanner said that 40 men had died.\nNorda Wire could not confirm this.",
    ],
)
def test_a_claim_in_the_same_sentence_or_just_before(text):
    (words,) = doubted(text)
    assert words.endswith("40 men had died")


def test_a_caveat_does_not_reach_far_back():
    text = "Ada Brook said that 40 men had died.\n" + "The mill was old.\n" * 5 + "The claim could not be verified."
    assert doubted(text) == []


def test_a_caveat_inside_the_marks_is_the_speakers_own():
    text = "Ada Brook said that 40 men had died.\n“We could not verify the claim ourselves,” Ivo Lanner said."
    assert doubted(text) == []


def test_a_doubt_about_a_claim_that_its_own_sentence_names_is_of_that_claim_alone():
    text = (
        "The Red Dawn claimed that it had sunk the ferry.\n"
        "Officials believe that a guard slept, Ivo Lanner said.\n"
        "The coastguard is studying the Red Dawn claim but has not verified it."
    )
    assert doubted(text) == ["that it had sunk the ferry"]
    assert doubted("Ivo Lanner said that a guard slept.\nThe coastguard heard of it but has not verified it.")
