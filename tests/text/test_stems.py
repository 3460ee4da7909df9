"""Stems: one for all forms of a word, in the word's language; one meaning for words that reports use for one another."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stemma.text.stems import STEMMED, meaning, phrases, stem


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (None, "killed", "Killings"),
        ("en", "ships", "SHIP"),
        ("en", "minister’s", "minister"),
        ("es", "nación", "naciones"),
        ("fr", "blessés", "blessé"),
        ("de", "Häuser", "häusern"),
        ("ru", "солдаты", "солдатами"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(("one", "other"), [("station", "state"), ("general", "genre"), ("internet", "interior")])
def test_words_that_only_begin_alike_are_not_one(one, other):
    assert stem(one) != stem(other)


def test_a_number_is_its_own_stem():
    assert stem("1990s") == "1990s"
    assert stem("1,200") == "1,200"


def test_a_word_of_a_language_without_a_stemmer_stays_whole():
    assert "ja" not in STEMMED
    assert stem("Tokios", "ja") == "tokios"


def test_threads_that_stem_at_once_get_the_stems_of_their_own_words():
    words = [f"w{one}art{other}uckers" for one in "bcdfghjklmnpqrtvwxz" for other in "bcdfghjklmnpqrtvwxz"]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem, words)) == [w[:-3] for w in words]


def test_every_language_that_is_listed_has_a_stemmer():
    assert {language for language in STEMMED if not stem("olala", language)} == set()


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
