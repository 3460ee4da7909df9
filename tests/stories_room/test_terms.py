"""Terms are a report's own words, folded so that they meet in other reports."""

import pyarrow as pa
import pytest

from stemma.stories import terms
from stemma.stories.terms import SCHEMA, key_of, stem_of, words
from stemma.text.language import stop_words


def terms_of(text, title=None, language="en"):
    batch = pa.RecordBatch.from_pylist([{"id": "d", "title": title, "text": text, "published": None, "language": language}])
    return terms(batch).to_pylist()


def weights(text, title=None, language="en", across=False):
    return {r["term"]: r["weight"] for r in terms_of(text, title, language) if r["across"] is across}


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
    assert set(weights("The ferry was in the harbour")) == {"ferry", "harbour"}
    assert set(weights("Die Fähre lag in dem Hafen", language="de")) == {"fahre", "lag", "hafen"}


def test_a_language_without_a_stop_word_list_or_of_no_sense_has_none():
    assert stop_words("xx") == frozenset()
    assert stop_words("../os") == frozenset()


def test_a_name_weighs_more_than_a_word_and_a_capital_at_the_start_of_a_sentence_makes_no_name():
    found = weights("Ferries reached Ostrow. Divers searched harbours near Ostrow. Ostrow waited.")
    assert found["ostrow"] > found["diver"] * 1.9
    assert weights("Ferries sank.")["ferry"] == weights("ferries sank.")["ferry"]


def test_the_title_and_the_first_words_weigh_more_than_the_last():
    text = "ferry " + " ".join(f"filler{'abcdefghij'[n % 10]}" for n in range(400)) + " pier"
    assert weights(text)["ferry"] > weights(text)["pier"]
    assert weights("pier", title="pier")["pier"] > weights("pier")["pier"]


def test_names_and_numbers_have_keys_that_other_languages_share():
    english = weights("Rescuers praised Petrenko after 1,250 people left Kardova.", across=True)
    ukrainian = weights("Рятувальники дякували Петренку, коли 1250 людей залишили Кардову.", language="uk", across=True)
    assert set(english) == {"petre", "1250", "kardo"}
    assert set(english) <= set(ukrainian)


def test_spellings_of_one_name_share_a_key():
    assert len({key_of(stem_of(w)) for w in ("Torynskyi", "Torynsky", "Torinskij", "Торинський")}) == 1
    assert len({key_of(stem_of(w)) for w in ("Kyiv", "Kyyiv", "Київ")}) == 1


def test_scripts_without_blanks_are_cut_into_pairs_of_letters():
    assert [w.stem for w in words("港口关闭", frozenset())] == ["港口", "口关", "关闭"]


def test_a_batch_gives_the_same_rows_as_its_documents_one_by_one():
    rows = [
        {
            "id": str(n),
            "title": None,
            "text": f"Ferry {n} sank off Ostrow",
            "published": None,
            "language": None,
        }
        for n in range(4)
    ]
    whole = terms(pa.RecordBatch.from_pylist(rows)).to_pylist()
    apart = [row for r in rows for row in terms(pa.RecordBatch.from_pylist([r], _page_schema())).to_pylist()]
    assert whole == apart


def test_a_document_without_words_has_no_terms_and_the_schema_stays():
    batch = pa.RecordBatch.from_pylist([{"id": "d", "title": None, "text": "— 。", "published": None, "language": "en"}])
    assert terms(batch).num_rows == 0
    assert terms(batch).schema == SCHEMA


def _page_schema():
    return pa.schema([(name, pa.string()) for name in ("id", "title", "text", "published", "language")])
