import pytest

from claims.invented import propositions_of
from stemma.claims.clauses import clauses
from stemma.mentions.parse import plain_paragraphs


def cut(text):
    """The words of each clause of a text."""
    doc = plain_paragraphs(text)[0].doc
    return [text[slice(*c.own_span(doc))] for c in clauses(doc)]


def test_what_was_said_is_a_clause_of_its_own():
    found = cut("Captain Ilse Dorn of the coast guard said the ferry had left the harbour.")
    assert any("the ferry had left the harbour" in c and "Dorn" not in c for c in found)


def test_two_verbs_of_one_subject_are_two_clauses():
    found = cut("The council closed the northern bridge on Monday and opened a shelter in the old school.")
    assert len(found) == 2
    assert "closed the northern bridge" in found[0]
    assert "opened a shelter" in found[1]


def test_a_sentence_of_one_verb_is_one_clause_without_its_full_stop():
    assert cut("The northern bridge collapsed on Monday.") == ["The northern bridge collapsed on Monday"]


def test_a_clause_between_commas_ends_at_the_second_whatever_hangs_on_its_verb():
    doc = plain_paragraphs("The council extended the ban, which was due to end on 4 May, by two years.")[0].doc
    was, by = (next(t for t in doc if t.text == word) for word in ("was", "by"))
    by.head = was
    (told,) = (c for c in clauses(doc) if c.head == was.i)
    for first, past in (told.own_span(doc), told.whole_span(doc)):
        assert doc.text[first:past].endswith("which was due to end on 4 May")


def test_a_clause_begins_with_no_conjunction():
    assert not any(c.split()[0] in ("and", "but") for c in cut("The tide rose quickly, but the old dyke held through the night."))


def test_scraps_of_one_or_two_words_are_no_clauses():
    assert cut("Not so.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not sign the treaty.",
        "The minister never signed the treaty.",
        "The minister no longer signs the treaty.",
        "Nobody signed the treaty in Varnholm.",
    ],
)
def test_a_clause_that_denies_is_negated(text):
    doc = plain_paragraphs(text)[0].doc
    assert [c.negated for c in clauses(doc)] == [True]


def test_a_clause_that_asserts_is_not_negated():
    doc = plain_paragraphs("The minister signed the treaty in Varnholm.")[0].doc
    assert [c.negated for c in clauses(doc)] == [False]


def test_only_the_clause_that_holds_the_not_is_negated():
    doc = plain_paragraphs("Dorn said that the ferry had not left the harbour on Friday.")[0].doc
    assert sum(c.negated for c in clauses(doc)) == 1


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("A wave hit the ferry in the bay of Lund, killing six sailors on the upper deck.", "killing"),
        ("The council met at night in the old school to prevent a second flood.", "prevent"),
        ("Divers are asking whether a second boat hit the ferry.", "whether"),
        ("Ada Holm said in a long statement on Friday. The ferry sank in the bay.", "said"),
        ("The owner will sell the ferry if the court allows it in May.", "if"),
        ("The inquiry did not establish that the captain sold the ferry.", "captain"),
        ("The inquiry is over. Nothing in the log suggests that the captain sold the ferry.", "captain"),
        ("The inquiry is over. Has the captain of the old ferry sold her boat?", "captain"),
    ],
)
def test_a_participle_an_infinitive_a_condition_and_a_bare_she_said_assert_nothing(text, fragment):
    doc = plain_paragraphs(text)[0].doc
    found = {text[slice(*c.own_span(doc))]: c.asserted for c in clauses(doc)}
    assert [asserted for words, asserted in found.items() if fragment in words] == [False]
    assert any(found.values())


@pytest.mark.parametrize(
    "text",
    [
        "The bakers hoped that the mayor of Varnholm would close the eastern gate.",
        "There is much speculation that the mayor of Varnholm will close the eastern gate.",
        "The miller feared the river would rise again and the old dyke would break.",
    ],
)
def test_what_somebody_hopes_or_fears_is_not_asserted(text):
    asserted = [text[slice(*c.own_span(doc))] for doc in [plain_paragraphs(text)[0].doc] for c in clauses(doc) if c.asserted]
    assert not any("close" in c or "rise" in c or "break" in c for c in asserted)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The ferry company said it expects a loss of two million crowns.", "The ferry company said it"),
        ("The ferry company denied that the old hull had leaked.", "The ferry company denied"),
        ("The ferry company said the old hull had leaked for a year.", "the old hull had"),
    ],
)
def test_who_says_so_of_himself_or_denies_it_is_shown(text, shown):
    assert any(text[p.start : p.end].startswith(shown) for p in propositions_of(text))
