"""Normal forms: what house styles differ in makes no difference."""

import unicodedata

import pytest

from stemma.text import normal
from stemma.text.normal import composed, fold, latin, name_key, tidy


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Łódź’s", "lodz's"),
        ("ZELENSKÝ", "zelensky"),
        ("Đặng Thị", "dang thi"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("Diyarbakır", "diyarbakir"),
        ("o`clock", "o'clock"),
        ("plain", "plain"),
        ("4½", "4.5"),
    ],
)
def test_case_accents_and_curly_apostrophes_are_folded(printed, folded):
    assert fold(printed) == folded


def test_a_folded_word_folds_to_itself():
    assert [fold(fold(w)) for w in ("Łódź’s", "İzmir", "Ǆ", "ﬁre")] == [fold(w) for w in ("Łódź’s", "İzmir", "Ǆ", "ﬁre")]


def test_cyrillic_comes_out_in_latin_letters_as_papers_write_it():
    assert latin("Верхольск").startswith("verkh")
    assert latin("Єрмак") == "yermak"
    assert fold(latin("Élodie")) == "elodie"


def test_names_that_differ_in_marks_are_one():
    assert name_key("The  Alder & Vale-Post.") == name_key("the alder and vale post") == "the alder and vale post"


def test_a_tidy_text_has_no_soft_hyphens_and_single_blanks():
    assert tidy(" re\u00adport \n of\u200b it ") == "report of it"


def test_a_composed_text_gives_the_way_back_to_the_one_that_was_given() -> None:
    composed_text = "« Le traversier est échoué », a déclaré Renée à l’île."
    given = unicodedata.normalize("NFD", composed_text)
    text, at = composed(given)
    assert text == composed_text
    for word in ("échoué", "Renée", "île."):
        start = text.index(word)
        assert given[at[start] : at[start + len(word)]] == unicodedata.normalize("NFD", word)
    assert (at[0], at[len(text)]) == (0, len(given))
    assert list(composed(composed_text)[1]) == list(range(len(composed_text) + 1))


def test_names_are_remembered_and_paragraphs_are_not():
    normal._folded_name.cache_clear()
    assert fold("Ålgård " * 20) == "algard " * 20
    assert normal._folded_name.cache_info().currsize == 0
    assert fold("Ålgård of Tarnelville") == "algard of tarnelville"
    assert normal._folded_name.cache_info().currsize == 1
