"""The parse of a paragraph: what stands before the story is no part of its first sentence."""

from stemma.mentions.parse import parse


def test_a_dateline_is_a_sentence_of_its_own():
    doc = parse("OSTERMARK, Velland (AP) — Harbour master Ana Brell closed the old bridge on Monday.", "en")
    assert [s.text for s in doc.sents][-1] == "Harbour master Ana Brell closed the old bridge on Monday."


def test_a_parse_has_the_words_of_its_text_to_the_letter():
    text = "OSTERMARK (TARIN) - The council met.  It met twice."
    assert parse(text, "en").text == text
