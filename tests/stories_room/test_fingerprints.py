"""A fingerprint is made of a report's own words, folded so that they meet in other reports, and of nothing else."""

import unicodedata
from importlib import import_module

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.stories.fingerprints import (
    FINGERPRINT,
    MOST_KEYS,
    MOST_SHINGLES,
    MOST_TERMS,
    SLOTS,
    Vocabulary,
    _rarities,
    _rarity,
    fingerprints,
    key_of,
    number_of,
    stem_of,
)
from stemma.text.language import stop_words

COLUMNS = pa.schema([(name, pa.string()) for name in ("id", "title", "text", "published", "language")])


def row(text, title=None, language="en", id="d", published=None):
    return {"id": id, "title": title, "text": text, "published": published, "language": language}


def prints(*rows):
    return fingerprints(pa.RecordBatch.from_pylist(list(rows), COLUMNS)).to_pylist()


def weights(text, title=None, language="en", column="terms"):
    (found,) = prints(row(text, title, language))
    return dict(zip(found[column], found["weights" if column == "terms" else "key_weights"], strict=True))


def numbers(*stems):
    return {number_of(stem) % SLOTS for stem in stems}


def number(stem):
    return number_of(stem) % SLOTS


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("Harbours", "harbour"),
        ("Ostrow’s", "ostrow"),
        ("ferries", "ferry"),
        ("glass", "glass"),
        ("Zażółć", "zazołc"),
        ("Петренко", "petrenko"),
        ("Київ", "kiiv"),
        ("1,250", "1250"),
        ("3.5", "3.5"),
    ],
)
def test_a_word_is_folded_to_plain_letters_without_its_plural(written, stem):
    assert stem_of(written) == stem


def test_stop_words_of_the_language_are_no_terms():
    assert set(weights("The ferry was in the harbour")) == numbers("ferry", "harbour")
    assert set(weights("Die Fähre lag in dem Hafen", language="de")) == numbers("fahre", "lag", "hafen")


def test_a_language_without_a_stop_word_list_or_of_no_sense_has_none():
    assert stop_words("xx") == frozenset()
    assert stop_words("../os") == frozenset()


def test_a_name_weighs_more_than_a_word_and_a_capital_at_the_start_of_a_sentence_makes_no_name():
    found = weights("Kavels reached Ostrow. Divers searched kavels near Ostrow. Ostrow waited.")
    assert found[number("ostrow")] > found[number("kavel")] * 1.4
    (named,) = prints(row("Kavels reached Ostrow in 1998. Divers searched kavels near Ostrow."))
    assert set(named["terms"][: named["names"]]) == numbers("ostrow", "1998")
    assert weights("Ferries sank.")[number("ferry")] == weights("ferries sank.")[number("ferry")]


def test_the_title_and_the_first_words_weigh_more_than_the_last():
    text = "kavel " + " ".join(f"filler{'abcdefghij'[n % 10]}" for n in range(400)) + " tulm"
    assert weights(text)[number("kavel")] > weights(text)[number("tulm")]
    assert weights("pier", title="pier")[number("pier")] > weights("pier")[number("pier")]


def test_a_word_that_the_language_uses_often_says_less_and_every_language_has_its_own_table():
    assert _rarity("government", _rarities("en")) < _rarity("steering", _rarities("en")) < _rarity("kavel", _rarities("en"))
    assert _rarity("government", _rarities("xx")) == _rarity("kavel", _rarities("xx"))
    assert _rarity("regierung", _rarities("de")) < _rarity("regierung", _rarities("en"))


def test_names_and_numbers_have_keys_that_other_languages_share():
    english = weights("Rescuers praised Petrenko after 1,250 people left Kardova.", column="keys")
    ukrainian = weights("Рятувальники дякували Петренку, коли 1250 людей залишили Кардову.", language="uk", column="keys")
    assert set(english) == numbers("petre", "1250", "kardo")
    assert set(english) <= set(ukrainian)


def test_spellings_of_one_name_share_a_key():
    assert len({key_of(stem_of(w)) for w in ("Torynskyi", "Torynsky", "Torinskij", "Торинський")}) == 1
    assert len({key_of(stem_of(w)) for w in ("Kyiv", "Kyyiv", "Київ")}) == 1


def test_scripts_without_blanks_are_cut_into_pairs_of_letters():
    assert set(weights("港口关闭", language="zh")) == numbers("港口", "口关", "关闭")


def test_a_text_in_any_normal_form_has_one_fingerprint():
    text = "Petr N\u011bmec left Za\u017c\u00f3\u0142\u0107."
    (composed,), (apart,) = prints(row(text)), prints(row(unicodedata.normalize("NFD", text)))
    assert apart == composed


def test_shingles_of_a_copied_passage_stand_in_both_reports():
    wire = " ".join(f"kavel{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(300))
    (whole,), (part,) = prints(row(wire)), prints(row("Our own first words. " + " ".join(wire.split()[100:220])))
    assert len(set(whole["shingles"]) & set(part["shingles"])) >= 3
    assert prints(row("It was in the middle of the day and it is one of the best of all of them. " * 9))[0]["shingles"] == []


def test_a_long_report_keeps_no_more_than_the_heaviest():
    text = " ".join(f"{chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}kavel went" for n in range(3000))
    (found,) = prints(row("then " + text))
    assert (len(found["terms"]), len(found["keys"]), len(found["shingles"])) == (MOST_TERMS, MOST_KEYS, MOST_SHINGLES)


WORDS = ["the", "ferry", "Marigold", "ran", "near", "Kardova", ".", "with", "212", "Ostrow", "“", "Ульмен", "港口关闭", "guard"]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), min_size=1, max_size=6), st.data())
def test_a_fingerprint_is_the_same_whatever_reports_are_read_beside_it(texts, data):
    rows = [row(text, id=str(n), language=data.draw(st.sampled_from(["en", "de", "zh"]))) for n, text in enumerate(texts)]
    shuffled = data.draw(st.permutations(rows))
    whole = {found["id"]: found for found in prints(*shuffled)}
    assert [whole[one["id"]] for one in rows] == [found for one in rows for found in prints(one)]


def test_a_vocabulary_that_starts_anew_changes_no_fingerprint(monkeypatch):
    rows = [row("The ferry Marigold sank off Ostrow", id="a"), row("Lifeboats from Ulmen reached the Marigold", id="b")]
    before = prints(*rows)
    monkeypatch.setattr(import_module("stemma.stories.fingerprints"), "_MOST_WORDS", 3)
    assert [prints(one)[0] for one in rows] == before


def test_a_document_without_words_has_no_terms_and_the_schema_stays():
    found = fingerprints(pa.RecordBatch.from_pylist([row("— 。")], COLUMNS))
    assert found.schema == FINGERPRINT
    assert found.to_pylist()[0]["terms"] == found.to_pylist()[0]["shingles"] == []
    assert fingerprints(pa.RecordBatch.from_pylist([], COLUMNS)).num_rows == 0


def test_a_piece_that_was_seen_is_the_same_number_again_and_all_marks_are_one():
    vocabulary = Vocabulary()
    pieces, owner = vocabulary.pieces(["Ferry, ferry; Ferry!", "Ferry."], ["en", "en"])
    assert pieces.tolist() == [1, 2, 1, 0, 1, 0]
    assert owner.tolist() == [0, 0, 0, 0, 1, 1]
    again, _ = vocabulary.pieces(["Ferry! ferry;"], ["en"])
    assert again.tolist() == [1, 0, 2]
