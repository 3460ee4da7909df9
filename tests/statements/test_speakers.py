"""Whose words they are where a report does not say it plainly, in invented words."""

from statements.written import statements_of


def speakers(**texts):
    """The source of each quotation, by its words."""
    statements, sources = statements_of(**texts)
    name = {s.id: s.name for s in sources}
    text = {id: given if isinstance(given, str) else given[1] for id, given in texts.items()}
    return {text[s.report][a:b].strip(".,"): name.get(s.source) for s in statements for a, b in s.quotations}


def test_a_person_and_the_institution_that_he_leads_are_two_sources():
    found = speakers(
        a="Oster Museum director Ivo Brandt said that it “had been a quiet night”. "
        "The museum said that it “would open on Friday”."
    )
    assert found == {"had been a quiet night": "Ivo Brandt", "would open on Friday": "The museum"}


def test_an_office_whose_holder_the_report_names_is_the_person():
    found = speakers(
        a="The director of Oster Museum insisted that the doors “were all locked”. "
        "Museum director Ivo Brandt said: “We checked them.”"
    )
    assert found == {"were all locked": "Ivo Brandt", "We checked them": "Ivo Brandt"}


def test_offices_before_a_name_are_no_speaker_of_their_own():
    found = speakers(a="“It is a hard day for all of us,” said company chairman and chief executive Ada Brook.")
    assert set(found.values()) == {"Ada Brook"}


def test_a_name_that_the_parser_takes_for_other_words_is_the_person():
    found = speakers(
        a="Brittany Swiftly, a park visitor, described a wild scene.\nSwiftly said that “the fence was down” by then."
    )
    assert set(found.values()) == {"Brittany Swiftly"}


def test_the_same_name_with_more_words_before_it_is_the_same_person():
    found = speakers(
        a="Alhaji Garba Danladi said that they were “very tired”.",
        b="Garba Danladi said that they were “well”. Danladi said “no”.",
    )
    assert len(set(found.values())) == 1


def test_a_participle_goes_on_from_who_speaks_and_not_from_the_noun_beside_it():
    found = speakers(
        a="Ada Brook denied that the sailors were exchanged for the crew, saying “this was no trade at all”. "
        "Ivo Brandt called the hearing a “show trial” saying the court used it to “justify her arrest”."
    )
    assert found == {"this was no trade at all": "Ada Brook", "show trial": "Ivo Brandt", "justify her arrest": "Ivo Brandt"}


def test_a_verb_of_saying_behind_the_marks_speaks_whatever_the_parse_makes_of_it():
    found = speakers(a="“The lake has been rising since the dam was opened” confirmed the port's spokesman Ivo Brandt.")
    assert set(found.values()) == {"Ivo Brandt"}


def test_a_paragraph_that_opens_with_a_quotation_and_has_no_cue_keeps_the_last_speaker():
    found = speakers(
        a="The sale was “bittersweet”, said Ada Brook, who ran the mill.\n“Whatever is paid for it now will not bring it back.”"
    )
    assert found == {"bittersweet": "Ada Brook", "Whatever is paid for it now will not bring it back": "Ada Brook"}


def test_one_named_before_a_colon_alone_speaks_the_paragraph_below():
    found = speakers(a="The ship is held in port.\nFrom Ada Brook:\n“The ship was chartered last week by a firm of ours.”")
    assert set(found.values()) == {"Ada Brook"}


def test_who_passes_words_on_is_not_who_said_them():
    found = speakers(a="The police said the boy “was treated for his wounds,” Radio Oster reported.")
    assert set(found.values()) == {"The police"}


def test_a_pronoun_tells_the_gender_of_a_name_that_does_not():
    found = speakers(
        a="Actress Chrissy Vost lost her hat on board. Vost shared her anger.\n"
        "Paul Hale sat with Chrissy Vost.\n“We all go back now for one,” she shared."
    )
    assert set(found.values()) == {"Chrissy Vost"}
