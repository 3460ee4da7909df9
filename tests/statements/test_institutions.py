"""One ministry, firm or zoo is one source over a story, in invented words."""

import unicodedata

from statements.written import statements_of
from stemma.statements import annotate_statements
from stemma.statements.story import annotate_record


def sources(**texts):
    """The id of the source of each quotation, by its words."""
    statements, _ = statements_of(**texts)
    return {texts[s.report][a:b].strip(".,"): s.source for s in statements for a, b in s.quotations}


def test_a_well_known_outlet_is_one_organisation_under_its_name_and_nobody():
    _, sources = statements_of(
        a="Le Monde said the port was closed.",
        b="The French daily Le Monde said the port was closed. Politico reported that it rained.",
    )
    assert {(s.name, s.role) for s in sources} == {("Le Monde", "organisation"), ("Politico", "organisation")}


def test_an_institution_with_words_behind_of_has_its_initials():
    _, sources = statements_of(
        a="The International Consortium of Harbour Masters said the port was closed. ICHM said that it rained."
    )
    assert [s.name for s in sources] == ["The International Consortium of Harbour Masters"]


def test_a_ministry_and_who_speaks_for_it_are_one_source():
    found = sources(
        a="The Transport Ministry said that the road “was shut”. The ministry said that it “would open soon”.",
        b="A Transport Ministry spokesperson said that nobody “was hurt at all”.",
    )
    assert len(found) == 3
    assert len(set(found.values())) == 1
    assert None not in found.values()


def test_the_bare_word_means_the_only_one_that_the_story_names():
    found = sources(
        a="Oster Zoo keeps two bears. Zoo officials said that the cage “was locked”.",
        b="The zoo said that the bear “is doing well”.",
    )
    assert len(set(found.values())) == 1


def test_two_airlines_stay_two():
    found = sources(
        a="Oster Airlines and Norsk Airlines fly to the port. Oster Airlines said that it “was fine”. "
        "Norsk Airlines said that it “was late”. The airline said that it “was sorry”."
    )
    assert len(set(found.values())) == 3


def test_a_firm_is_called_by_the_first_word_of_its_name():
    found = sources(a="Oster Airlines said that it “was fine”. An Oster spokesman said that nobody “was hurt”.")
    assert len(set(found.values())) == 1


def test_initials_are_the_institution_and_no_first_name():
    found = sources(a="Anvik Northern Airways said that it “was fine”.\nANA said that nobody “was hurt”.")
    assert len(set(found.values())) == 1


def test_a_person_stays_apart_from_his_institution():
    found = sources(
        a="Oster Zoo said that the cage “was locked”. Zoo spokesman Ivo Brandt said that he “did not know”. "
        "An official at the zoo said that it “was open all night”."
    )
    assert len(set(found.values())) == 3


def test_an_institution_is_shown_by_its_name_and_not_by_its_spokesman():
    _, found = statements_of(
        a="Oster Airlines said that it “was fine”.", b="A spokesman for Oster Airlines said that nobody “was hurt”."
    )
    assert [s.name for s in found] == ["Oster Airlines"]


def test_a_month_is_no_source():
    assert list(sources(a="Coal was sold, and September said that it “was all true”.").values()) == [None]


def test_what_is_done_with_hands_or_happens_by_itself_is_no_statement():
    silent = (
        "The villagers welcomed the king. The judge dismissed the jury for lunch. Rescue work continued in the pit. "
        "The tournament had concluded when rain came."
    )
    assert annotate_statements(silent) == []
    assert annotate_statements("The villagers welcomed the decision. The judge dismissed the idea.")


def test_both_normal_forms_of_a_text_give_the_same_statements():
    texts = {"fr": "« Le bac est échoué », a déclaré Zoé Gélin.", "de": "„Der Bär schläft“, erklärte Jörg Möller."}
    for language, text in texts.items():
        told = []
        for form in ("NFC", "NFD"):
            printed = unicodedata.normalize(form, text)
            found = annotate_record({"id": form, "text": printed, "language": language})["statements"]
            spans = [span for one in found for key in ("source", "cue", "content") for span in one[key]]
            told.append([unicodedata.normalize("NFC", printed[a:b]) for a, b in spans])
        assert told[0] == told[1]
        assert told[0]
