"""What a source is called, and whose words its posts and pages say, in invented words."""

import pytest

from statements.test_speakers import speakers
from statements.written import statements_of


def names(**texts):
    """What the sources of a story are called."""
    return {s.name for s in statements_of(**texts)[1]}


def test_the_chief_of_a_police_force_is_a_person():
    text = "Tidewell Police Chief Randy Sorrel said he hopes that “they will listen”. “We will look,” Sorrel said."
    assert names(a=text) == {"Randy Sorrel"}


@pytest.mark.parametrize("title", ["Majority Leader", "Harbour Council Leader", "Expert"])
def test_an_office_with_a_capital_is_no_part_of_a_name(title):
    assert names(a=f"{title} Mira Conrad has said that the plan is dead.") == {"Mira Conrad"}


def test_the_head_of_a_firm_is_one_person_with_the_first_name_and_without():
    text = "Seawall CEO Nils Tanner said that it “would pay”. “We chose not to,” Seawall CEO Tanner said."
    assert names(a=text) == {"Nils Tanner"}


def test_the_field_of_an_office_is_no_part_of_a_name():
    text = "Interior Secretary Ryan Halden said that he “was ready”. Stephanie Moor said “no”."
    assert names(a=text) == {"Ryan Halden", "Stephanie Moor"}


def test_the_statement_says_the_words_of_who_has_just_spoken_in_one():
    text = (
        "Ryan Halden, the minister, said in a statement that the rule held for two lands.\n"
        "“The Prime Minister and I have talked,” the statement said."
    )
    assert set(speakers(a=text).values()) == {"Ryan Halden"}


def test_where_a_firm_is_based_is_no_part_of_its_name():
    assert names(a="Oster-based Halvorsen said that it “would pay”. Halvorsen said “no”.") == {"Halvorsen"}


def test_a_name_that_owns_something_is_the_same_name():
    text = "Joe Oldham’s friend knew it. Mr. Oldham said it was good. The friend of Joe Oldham’s left."
    assert names(a=text) == {"Joe Oldham"}


@pytest.mark.parametrize(("short", "office"), [("Gov.", "governor"), ("Sen.", "senator"), ("Gen.", "general")])
def test_an_office_in_short_is_the_office(short, office):
    found = speakers(a=f"{short} Dara Wells spoke at noon. “I came by boat,” the {office} replied.")
    assert set(found.values()) == {"Dara Wells"}


def test_a_title_before_the_surname_alone_is_a_title_of_the_one_who_bears_it():
    found = speakers(a="President Holm spoke on Monday. The president said it was “very unfair”.", b="Arne Holm left.")
    assert set(found.values()) == {"Arne Holm"}


def test_who_speaks_for_an_office_or_wants_it_does_not_hold_it():
    found = speakers(a="Democratic candidate for president, Hilda Marsh, left early. The president said that he felt “very bad”.")
    assert "Hilda Marsh" not in found.values()


def test_a_report_calls_by_the_surname_the_one_it_is_about_and_not_his_wife():
    text = "Peter Lunde lost the race. His wife, Sandra Lunde, left the town. Lunde said he had “no excuses”."
    assert set(speakers(a=text).values()) == {"Peter Lunde"}


def test_who_is_named_behind_the_office_is_the_one_who_speaks():
    text = "The governor of Norland, Ivo Brandt, told reporters that the units were “lost”."
    assert set(speakers(a=text).values()) == {"Ivo Brandt"}
    text = "One of her lawyers, Tom Brandt, says that the plea “does not contemplate that”."
    assert set(speakers(a=text).values()) == {"Tom Brandt"}


@pytest.mark.parametrize(
    ("post", "whose"),
    [
        ("A post on Ada Holm's page said", "Ada Holm"),
        ("Ada Holm's account tweeted:", "Ada Holm"),
        ("A statement from the zoo said", "the zoo"),
    ],
)
def test_a_post_or_a_statement_says_the_words_of_its_owner(post, whose):
    assert set(speakers(a=f"{post} “we had to leave the port at once”.").values()) == {whose}


def test_the_letters_of_a_name_are_the_name():
    text = "The Northern Civil Liberties Union wrote that it “had doubts”. “This is unclear,” the NCLU said."
    assert len(names(a=text)) == 1


def test_a_broadcaster_speaks():
    assert speakers(a="Norland's state television says that it “hurt three people”.") == {
        "hurt three people": "Norland's state television"
    }


def test_whom_it_is_said_to_is_not_the_one_who_says_it():
    text = "Mr. Ed Raine showed his irritation when Mr. Bo Holm kept interrupting. “I know you are tired,” he told Mr. Holm."
    assert set(speakers(a=text).values()) == {"Ed Raine"}


def test_who_is_blamed_for_something_is_the_one_who_did_it():
    statements, sources = statements_of(a="Bo Holm spoke. Ada Brook mocked Bo Holm for opposing the plan.")
    name = {s.id: s.name for s in sources}
    text = "Bo Holm spoke. Ada Brook mocked Bo Holm for opposing the plan."
    assert {text[slice(*s.content[0])]: name[s.source] for s in statements if s.source}["the plan"] == "Bo Holm"


def test_who_says_two_things_in_one_sentence_says_both():
    text = "Ivo Sandro said the gale ruined the pier and said his opponent left early after she lied “many times” to the port."
    assert "the gale" not in names(a=text)


def test_what_is_asked_of_a_speaker_is_not_said_by_him():
    statements, _ = statements_of(a="“We are ready now,” Ivo Brandt said when asked whether he would take the deal.")
    assert len([s for s in statements if s.attributed]) == 1


def test_so_called_attributes_nothing():
    statements, _ = statements_of(a="The so-called “HR 1” measure passed on Monday.")
    assert not any(s.attributed for s in statements)


def test_the_name_of_a_broadcast_is_no_quotation():
    found = speakers(a="Ivo Brandt said on NBR’s “Face the Morning” that the panel has seen “the end of it”.")
    assert found == {"the end of it": "Ivo Brandt"}
    assert speakers(a="Ivo Brandt praised the show “The Cook of Oster” on Monday.") == {}


def test_a_person_whom_the_parse_has_not_taken_for_the_subject_speaks():
    text = "At Time, Mona Fenwick, who writes about ports, says the gale could lead to a “long winter” for fishermen."
    assert set(speakers(a=text).values()) == {"Mona Fenwick"}


def test_marks_with_no_frame_are_of_whom_the_sentence_before_is_about():
    text = (
        "Though the crossing was rough and long, Lindqvist kept smiling and found it all funny. "
        "“I cannot say why I am still so calm.”"
    )
    assert set(speakers(a=text).values()) == {"Lindqvist"}


def test_a_council_that_is_concerned_holds_what_it_is_concerned_about():
    text = "In its rules, the Harbour Council was concerned that Norland was “quietly selling salt by night”."
    assert set(speakers(a=text).values()) == {"the Harbour Council"}


def test_a_misprint_of_a_name_is_not_the_name_shown():
    texts = {
        "a": "Thomas Craig Lunt said: “The mill has burnt down again.” Thomas Craig Lunt left.",
        "b": "Thomas Criag Lunt said: “Nobody had seen the fire yet.”",
    }
    assert names(**texts) == {"Thomas Craig Lunt"}
    assert names(**{**texts, "c": texts["b"], "d": texts["b"]}) == {"Thomas Criag Lunt"}


def test_who_holds_an_office_is_a_person_though_his_force_stands_beside_the_name():
    words = "Sheriff Bo Lindqvist, Varnholm police, at noon before the papers, has said that the flood has grown."
    _, sources = statements_of(a="4.05 p.m: " + words)
    assert [(s.name, s.role) for s in sources] == [("Bo Lindqvist", "person")]


def test_a_group_with_its_letters_and_what_it_was_called_before_is_one_source():
    texts = {
        "a": "The Norland Liberation Front said that it had sunk the ferry.",
        "b": "The Norland Liberation Front group said that it had sunk the ferry.",
        "c": "The Norland Liberation Front (NLF) group said that it had sunk the ferry.",
        "e": "It belonged to the Norland Liberation Front (NLF) group which said that it had sunk the ferry off Old Oster.",
        "d": "Norland Liberation Front (NLF, formerly NFL/NFN) said that it had sunk the ferry.",
    }
    assert names(**texts) == {"The Norland Liberation Front"}


def test_what_is_only_shown_is_no_source_and_records_are_one():
    assert names(a="A video showed that people climbed over a fence. 4A video showed that people ran.") == set()
    assert names(a="The port records say that the boat was late.") == {"The port records"}
    assert names(a="The port records said: “The boat was late by an hour.”") == {"The port records"}
