import pytest

from stemma.text.synonyms import meaning, phrases


@pytest.mark.parametrize(
    ("one", "other"),
    [("prisoner", "detainee"), ("village", "town"), ("kill", "dead"), ("recapture", "retake"), ("truce", "ceasefire")],
)
def test_words_that_reports_use_for_one_another_mean_the_same(one, other):
    assert meaning(one) == meaning(other)


def test_a_plural_means_what_its_word_means():
    assert meaning("villages") == meaning("town")


def test_forms_of_an_unknown_word_mean_the_same_by_their_first_letters():
    assert meaning("advance") == meaning("advancing")


@pytest.mark.parametrize(("one", "other"), [("buy", "sell"), ("increase", "decrease"), ("enter", "leave"), ("die", "injure")])
def test_opposites_are_no_synonyms(one, other):
    assert meaning(one) != meaning(other)


def test_two_words_of_one_clause_have_a_meaning_together():
    assert "die+" in phrases(["worker", "lose", "life"])
    assert phrases(["worker", "lose", "wallet"]) == []
