"""What a finding needs besides likeness: one voice, one event, a doubt that is about the claim. All texts are invented."""

from claims.invented import clause_of, deep, figure_of, report
from claims.test_findings import copy, independent, kinds, of_kind, original
from stemma.claims.relations import relate

SAID = "“We saw the dyke open like a door, and (Lemmerich's) men were running along the quay,” said Oda Lemmerich."


def test_the_dead_of_two_named_places_are_no_conflict():
    one = figure_of("A shooting at the Orvell plant in Tarnow left three other workers wounded.", "a")
    two = figure_of("A man in a school in Bellquay left two other pupils wounded on Monday.", "b")
    assert relate(one, two, None, None).relation == "compatible"


def test_a_part_of_the_injured_stands_against_no_total():
    one = figure_of("The quake in Marnov left 249 people injured.", "a", source="x")
    two = figure_of("The quake in Marnov left 30 people seriously injured.", "b", source="x")
    assert relate(one, two, None, None).relation == "compatible"


def test_what_brackets_explain_is_no_altered_quotation():
    plain = SAID.replace("(Lemmerich's)", "her")
    assert "altered quotation" not in kinds(deep(original(SAID), copy(plain)))


def test_a_number_in_words_is_no_altered_quotation():
    one = "“There were a hundred boats on the square and nobody knew who had sent them,” said Oda Lemmerich."
    assert "altered quotation" not in kinds(deep(original(one), copy(one.replace("a hundred", "100"))))


def test_there_was_no_leak_is_the_denial_of_it_leaked():
    one = clause_of("The ramp of the ferry had leaked.", source="crew")
    two = clause_of("There was no leak.", "b", source="owner")
    assert (one.head, two.head) == ("leak", "leak")
    assert two.negated


def test_a_doubt_about_who_somebody_is_is_no_doubt_about_the_charge():
    claim = "The police said that a man from Varnholm was charged with the theft of the brass bell of the church."
    doubt = "The man, who has not been confirmed as the bell founder, was charged with the theft of the brass bell of the church."
    rows = deep(report("Varnholm Courier", claim + " The church stands by the quay." * 4), independent(doubt))
    assert of_kind(rows, "no caveat") == []
