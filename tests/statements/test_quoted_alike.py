"""A quotation that several reports print has the speaker whom one of them names."""

from statements.written import speakers, statements_of

NAMED = "“The old pier will not be sold to anybody,” Ada Brook said."


def test_who_is_named_in_one_report_speaks_the_same_words_in_another():
    found = speakers(a=NAMED, b="A sign fell.\n“The old pier will not be sold to anybody.”\nIt rained.")
    assert found == {"The old pier will not be sold to anybody": "Ada Brook"}


def test_a_title_without_a_name_is_the_speaker_whom_another_report_names():
    found = speakers(a=NAMED, b="“The old pier will not be sold to anybody,” the docker said. “It is ours,” a diver said.")
    assert found["The old pier will not be sold to anybody"] == "Ada Brook"
    assert found["It is ours"] == "a diver"


def test_words_that_were_taken_for_the_speaker_are_no_name_of_his():
    statements, sources = statements_of(a=NAMED, b="“The old pier will not be sold to anybody,” some fans said.")
    assert [s.names for s in sources] == [("Ada Brook",)]
    assert [s.source for s in statements if s.quotations] == [sources[0].id] * 2


def test_a_few_words_that_nobody_is_named_for_are_the_speakers_of_the_longer_quotation():
    found = speakers(a=NAMED, b="It was said that the old pier will “not be sold”.")
    assert found["not be sold"] == "Ada Brook"


def test_where_two_are_named_for_the_words_nobody_is_chosen():
    other = "“The old pier will not be sold to anybody,” Peter Holm said."
    found = speakers(a=NAMED, b=other, c="“The old pier will not be sold to anybody at all,” the docker said.")
    assert found["The old pier will not be sold to anybody at all"] == "the docker"


def test_who_speaks_for_another_keeps_his_words():
    found = speakers(a=NAMED, b="“The old pier will not be sold to anybody, ever,” a port spokesman said.")
    assert found["The old pier will not be sold to anybody, ever"] != "Ada Brook"


def test_a_pronoun_of_the_other_gender_is_not_the_one_whom_another_report_names():
    found = speakers(a=NAMED, b="Peter Holm came to the port. “The old pier will not be sold to anybody, ever,” he said.")
    assert found["The old pier will not be sold to anybody, ever"] == "Peter Holm"


def test_a_nickname_in_marks_is_nobodys_words():
    found = speakers(a="“They call me Iron Ada at the port,” Peter Holm said.", b="It was said that “Iron Ada” was lost.")
    assert found["Iron Ada"] is None
