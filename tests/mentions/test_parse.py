"""The parse of a paragraph: what stands before the story is no part of its first sentence."""

import subprocess
import sys

import pytest

from stemma.mentions import parse as parsing
from stemma.mentions.parse import LONGEST, forget, kept, model, parse, parse_all, plain_paragraphs


def test_a_dateline_is_a_sentence_of_its_own():
    doc = parse("OSTERMARK, Velland (AP) — Harbour master Ana Brell closed the old bridge on Monday.", "en")
    assert [s.text for s in doc.sents][-1] == "Harbour master Ana Brell closed the old bridge on Monday."


def test_a_parse_has_the_words_of_its_text_to_the_letter():
    text = "OSTERMARK (TARIN) - The council met.  It met twice."
    assert parse(text, "en").text == text


@pytest.mark.parametrize("marks", ["“", "“‘", "’”", "$€", "_“", "\N{FIRE}\N{DROPLET}", "\N{WOMAN}\N{ZERO WIDTH JOINER}"])
def test_a_run_of_marks_without_end_is_rubbish_and_no_words(marks):
    """The tokenizer takes them off a word one by one, and looks at all that is left each time."""
    text = f"The bridge {marks * 2_000} was closed."
    doc = parse(text, "en")
    assert [t.text for t in doc if not t.is_space] == ["The", "bridge", "was", "closed", "."]
    assert len(doc.text) == len(text)


def test_a_paragraph_too_long_to_be_parsed_at_once_is_parsed_in_pieces_and_nothing_is_cut() -> None:
    text = " ".join(f"The bridge number {n} of Ostermark was closed on Monday." for n in range(1, 600))
    pieces = plain_paragraphs(text, "en")
    assert len(pieces) > 1
    assert all(len(p.doc.text) <= LONGEST for p in pieces)
    assert "".join(p.doc.text for p in pieces) == text
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces[:-1])]
    assert all(p.doc.text.startswith("The bridge") for p in pieces)


def test_french_words_are_cut_at_elisions_and_inverted_pronouns():
    doc = parse("L'homme qu’il a vu, a-t-il dit, n'est pas d'ici. Elle est partie.", "fr")
    assert [t.text for t in doc][:9] == ["L'", "homme", "qu’", "il", "a", "vu", ",", "a", "-t"]
    assert len(list(doc.sents)) == 2
    assert doc.text.startswith("L'homme")


def test_a_french_text_loads_no_list_that_takes_seconds():
    code = "import sys; from stemma.mentions.parse import parse; parse('Le port est clos.', 'fr'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "spacy" in done.stdout.split()
    assert "spacy.lang.fr" not in done.stdout.split()


def test_what_hangs_on_a_parse_and_a_word_is_worked_out_once_for_each():
    asked = []

    @kept
    def place(doc, word):
        asked.append(word)
        return doc.text.index(word)

    doc, other = parse("The harbour burned for hours."), parse("Boats burned.")
    assert [place(doc, "burned"), place(doc, "burned"), place(doc, "hours"), place(other, "burned")] == [12, 12, 23, 6]
    assert asked == ["burned", "hours", "burned"]


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_parses_are_kept_as_far_as_their_words_go(monkeypatch, more):
    texts = ("Ada left.", "Boris Tal went home.", "Nobody said why.")
    forget()
    words = sum(len(doc) for doc in parse_all(texts))
    monkeypatch.setattr(parsing, "_MOST_RECENT", words - more)
    forget()
    first, *others = parse_all(texts)
    assert all(parse(t) is doc for t, doc in zip(texts[1:], others, strict=True))
    assert (parse(texts[0]) is first) == (more <= 0)
    forget()


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_model_that_has_learnt_too_many_words_is_loaded_anew_and_parses_alike(monkeypatch, more):
    text = "Ada Fenn said on Monday that 30 homes in Zembrolane were damaged."
    forget()
    before, loaded = parse(text), model()
    monkeypatch.setattr(parsing, "_MOST_LEARNT", len(loaded.vocab) - more)
    forget()
    again = parse(text)
    assert (model() is loaded) == (more <= 0)
    assert again.to_bytes() == before.to_bytes()
    forget()


def test_a_noun_behind_and_is_the_subject_of_the_verb_right_behind_it():
    doc = parse("Two people were treated for smoke and 120 residents of Quay Street had to leave their homes.")
    residents, had = (next(t for t in doc if t.text == word) for word in ("residents", "had"))
    assert (residents.head, residents.dep_) == (had, "nsubj")
    shared = parse("Two people were treated for smoke and burns, and had to leave their homes.")
    burns = next(t for t in shared if t.text == "burns")
    assert burns.head.text == "smoke"
