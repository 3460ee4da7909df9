"""Who is a person, a body or a thing where something is said, in invented words."""

import pytest

from statements.written import speakers, statements_of


def test_whose_somebody_is_does_not_make_him_a_house():
    found = speakers(
        a="“The pier is sound,” said Piet Holm of Halyard University. Holm came to Oster last week. “I like it,” he said.",
        b="“We all saw the wave,” said Oster Radio’s Ada Brook.",
    )
    assert found == {"The pier is sound": "Piet Holm", "I like it": "Piet Holm", "We all saw the wave": "Ada Brook"}


def test_who_is_heard_or_reported_speaks_and_not_who_heard_him():
    found = speakers(
        a="Ada Brook came late. She recalled the captain telling the dockers: “We are going to sail whatever the wind does.”",
        b="“We lost it in the last week,” the magazine reported Ada Brook as writing on Monday.",
    )
    assert set(found.values()) == {"the captain", "Ada Brook"}


def test_marks_in_what_a_thing_implies_are_his_who_says_that_it_does():
    found = speakers(
        a="Ada Brook told a paper on Friday that the need for gates implies that the pier is unsafe, "
        "indicating “the end of trust and of work”."
    )
    assert found == {"the end of trust and of work": "Ada Brook"}


def test_as_she_phrased_it_and_referred_to_it_as():
    found = speakers(
        a="It could lead to the “end of all fishing”, as Ada Brook phrased it. Ivo Holm referred to it only as “stowaway”."
    )
    assert found == {"end of all fishing": "Ada Brook", "stowaway": "Ivo Holm"}


def test_somebody_of_a_country_is_no_country():
    _, sources = statements_of(
        a="Ada Brook came to Oster. The 46-year-old South African said that it rained.", b="An Afghan said that it snowed."
    )
    assert {(s.name, s.role) for s in sources} == {("Ada Brook", "person"), ("An Afghan", "anonymous")}


def test_the_nameless_of_one_sentence_that_two_reports_print_is_one_source():
    told = "A harbour manager said that the crane had been checked in May."
    _, sources = statements_of(
        a=told, b=f"Oster slept.\n{told}", c="A harbour manager said that the crane had never been checked."
    )
    assert [s.name for s in sources] == ["A harbour manager"] * 2


def test_a_name_that_is_called_it_is_no_person_and_no_he():
    found = speakers(
        a="Ada Brook said that it held. Velkor lost its ship in May. Velkor sold its pier. “We are done here now,” she said."
    )
    assert found == {"We are done here now": "Ada Brook"}


def test_a_first_name_in_its_short_form_is_the_same_name():
    found = speakers(a="“The pier is shut,” said Sheriff Joe Vost.", b="“Nobody has been hurt,” said Sheriff Joseph Vost.")
    assert len(set(found.values())) == 1


def test_what_a_sign_reads_is_said_by_the_sign_and_dots_may_open_it():
    found = speakers(
        a="'... we were sorry to hear of it from the harbour,' read a company statement. 'It is a pity, and we shall mend it.'\n"
        "“He made us all weep again,” read one docker’s sign."
    )
    assert found == {
        " we were sorry to hear of it from the harbour": "company",
        "It is a pity, and we shall mend it": "company",
        "He made us all weep again": "one docker’s sign",
    }


def test_whom_an_and_joins_and_who_stands_behind_the_marks_with_what_he_is_speak():
    found = speakers(
        a="It felt as if they had been sailing for two days before the captain came back on the loudspeaker and said: "
        "“The rat is back.”",
        b="They pointed to the lack of a plan and to decisions years ago by the port to use a private pier at the harbour. "
        "“There is a special place for staff, allegedly including Cora Mills, that built the pier,” Jan Manley, a Norland "
        "strategist and former senior aide to Senator Harry Vost of Oster, wrote on Sailwire, a social media site.",
    )
    assert list(found.values()) == ["the captain", "Jan Manley"]


def test_the_end_of_a_name_is_the_name_and_what_goes_according_to_plan_is_nobodys():
    statements, sources = statements_of(
        a="President Moon Jae-in has said that it will rain. If all goes according to plan, the pier opens in May. "
        "A rocket will blast off on Monday. The launch means that the town will be full."
    )
    assert [s.name for s in sources] == ["Moon Jae-in"]
    assert len([s for s in statements if s.source]) == 1


def test_who_speaks_behind_the_marks_is_not_named_in_them_and_a_statement_of_a_body_is_its_own():
    found = speakers(
        a="“Norland arranged meetings between representatives of the Oster government and the dockers of the port "
        "for the release of the ship,” confirmed Norland foreign ministry spokesman Piet Holm.",
        b="Here is the full statement of the port authority: “We are sorry for the delay at the pier.”",
    )
    assert list(found.values()) == ["Piet Holm", "the port authority"]


def test_an_office_in_the_middle_of_capitals_before_a_name_is_no_part_of_it():
    text = "Galway County Prosecutor Keller Brook told the court that the gates were shut. “They were shut,” Brook said."
    assert speakers(r=text) == {"They were shut": "Keller Brook"}
    text = "NordX CEO Emil Holm left on Monday. The CEO of NordX says the ship “was safe”."
    assert speakers(r=text) == {"was safe": "Emil Holm"}


def test_a_dash_and_a_name_below_a_quotation_sign_it():
    text = "The silence has been deafening, Emil Holm said.\n“I went to the harbour before the storm and said so.”\n"
    assert speakers(r=text + "— Ada Brook, in a letter to the port.") == {
        "I went to the harbour before the storm and said so": "Ada Brook"
    }
    assert speakers(r=text + "— It was late.") == {"I went to the harbour before the storm and said so": "Emil Holm"}


def test_a_full_name_alone_below_a_quotation_signs_it():
    words = "“The sea took all we had in one night, and we will build again.”"
    assert set(speakers(a=f"{words}\nMara Quill, harbour master").values()) == {"Mara Quill"}
    assert set(speakers(a=f"{words}\nMara Quill, harbour master, left the port at noon.").values()) <= {None}


def test_who_fires_back_speaks():
    text = "Mayor Ada Brook blamed the harbour master. Emil Holm fired back: “If they sue us in court, they lose.”"
    assert speakers(r=text) == {"If they sue us in court, they lose": "Emil Holm"}


def test_what_never_speaks_is_no_source():
    found = speakers(a="The flight said that it was “very late”. The pressure warned that “no ship is safe”.")
    assert list(found.values()) == [None, None]


def test_what_hands_do_is_no_speech():
    statements, _ = statements_of(a="The guard attacked the driver. The firm offered a refund. Ada Brook was talking to Bob.")
    assert not any(s.attributed for s in statements)
    statements, _ = statements_of(a="Ada Brook attacked the decision. The guild is talking to the shipyard over wages.")
    assert sum(s.attributed for s in statements) == 2


def test_a_thing_that_was_named_between_is_no_she():
    found = speakers(
        a="Brittany Holm told the Herald that she was at the pond. Minutes later, a horn rang out, Holm told the Herald.\n"
        "“We were all very worried,” she said."
    )
    assert set(found.values()) == {"Brittany Holm"}


def test_what_things_promise_is_no_speech():
    statements, _ = statements_of(a="The new phones promise greater speed to rural towns. The bridge promises a shorter way.")
    assert not any(s.attributed for s in statements)


def test_a_wireless_network_and_a_roof_say_nothing_and_a_broadcasting_network_does():
    rows, _ = statements_of(a="Wireless networks promise faster links. The roof suggested a barn.")
    assert not any(r.attributed for r in rows)
    rows, _ = statements_of(a="The broadcasting network promised a show.")
    assert [r.attributed for r in rows] == [True]


def test_what_cannot_speak_leaves_a_participle_to_the_last_subject_before_it():
    found = speakers(
        a="Vera Holm’s remarks came as harbour director Piet Harmsen dismissed the offer, calling it a “rotten old plank”."
    )
    assert found == {"rotten old plank": "Piet Harmsen"}


def test_what_cannot_speak_gives_way_to_who_said_it_before():
    found = speakers(
        a="The mayor said the buses were struggling to cope with the crowd and added: “It is the worst day that we have had.”\n"
        "The scale of the flood became clear as one officer explained in a low voice: “The water is at the door.”"
    )
    assert found == {
        "It is the worst day that we have had": "The mayor", "The water is at the door": "one officer",
    }  # fmt: skip


def test_a_quotation_goes_on_from_nobody_who_cannot_speak():
    found = speakers(a="At ten the manhunt begins to focus on the hall.\n“It is coming from the sixth floor of the hall!”")
    assert found == {"It is coming from the sixth floor of the hall!": None}


def test_what_a_story_tags_a_place_is_no_person_though_a_town_in_er_stands_before_it():
    found = speakers(
        a="Ada Brook came from the north. They like North Dakota. They left North Dakota. They saw North Dakota.\n"
        "In Lindchester, North Dakota, on Sunday, she said it was “a moment of truth”."
    )
    assert found == {"a moment of truth": "Ada Brook"}


def test_who_is_counted_among_others_does_not_speak_for_whom_commas_set_off():
    _, sources = statements_of(
        a="The boat had left Oster at 4 a.m. with more than 200 people on board, among them 21 children who were on their way to "
        "a concert of a school orchestra, the owner, Halyard Lines, said."
    )
    assert {s.name for s in sources} == {"Halyard Lines"}


def test_a_verb_that_looks_like_a_noun_is_no_part_of_who_speaks():
    _, sources = statements_of(a="Five are more than the army admits, which said on Monday that no barge was lost.")
    assert {s.name for s in sources} == {"army"}


def test_one_who_is_called_by_a_single_name_is_a_person_and_she():
    text = "Brisa asks for quiet streets after the killing of her cousin, Tavon Ilse Brant. "
    text += "Taking to a page, Brisa posted four photos. Earlier this week, Brisa traveled to Oster to be with her family.\n"
    text += "Brant died Tuesday after being shot in Oster, where Brisa was born. "
    text += "She also wrote, “Never thought that it would be the last.”"
    assert speakers(r=text) == {"Never thought that it would be the last": "Brisa"}


def test_of_two_subjects_a_pronoun_means_the_one_whose_gender_is_known():
    text = "Alrik died Tuesday after a fall in Oster, where Ada Brook was born and raised. "
    text += "She also wrote, “Never thought it would be the last time.” Tarvo Keld Alrik was a sailor."
    assert speakers(r=text) == {"Never thought it would be the last time": "Ada Brook"}


def test_the_first_of_two_surnames_names_its_bearer():
    assert speakers(r="Rosa Quintana Brant runs the port. Quintana said the port “is shut”.") == {
        "is shut": "Rosa Quintana Brant"
    }


def test_the_brother_of_somebody_is_another():
    found = speakers(a="Peter Holm drowned. The brother of the Peter Holm says he is “completely lost”.")
    assert found == {"completely lost": "The brother of the Peter Holm"}


def test_an_office_with_what_it_is_for_before_a_name_of_the_story_is_that_persons():
    found = speakers(a="Ada Lee came to the pier.", b="The envoy to the Norland Union Ada Lee said it was “a very good day”.")
    assert found == {"a very good day": "Ada Lee"}


def test_the_former_host_is_whom_the_report_has_just_named_unless_it_has_introduced_one():
    found = speakers(a="Bram Olsk met the mayor on the pier. “The tide was kind to us,” the former quiz host said.")
    assert found["The tide was kind to us"] == "Bram Olsk"
    found = speakers(a="Bram Olsk met a former host on the pier. “The tide was kind to us,” the former host said.")
    assert found["The tide was kind to us"] != "Bram Olsk"
    found = speakers(a="Bram Olsk, a businessman, came to the pier. “It cost me a fortune,” the businessman said.")
    assert found["It cost me a fortune"] == "Bram Olsk"
    found = speakers(a="Bram Olsk saw a businessman leave. “It cost me a fortune,” the businessman said.")
    assert found["It cost me a fortune"] != "Bram Olsk"


@pytest.mark.parametrize(
    "stranger",
    [
        "A man who gave his name as Jonas, from Lantry,",
        "A witness identified as Jonas",
        "A resident, who asked to be named only as Jonas,",
    ],
)
def test_somebody_whom_nobody_knows_is_called_by_the_name_that_he_gives(stranger):
    found = speakers(a=f"{stranger} said that a lorry hit the pier. “We all ran at once,” he said.")
    assert found == {"We all ran at once": "Jonas"}
    full = speakers(a=f"President Jonas Holm came at noon.\n{stranger} said that he “hid below the pier”.")
    assert "Jonas Holm" not in full.values()


def test_a_plural_noun_that_the_tagger_takes_for_a_name_is_no_he():
    found = speakers(
        a="Prime Minister Martin Oskar said on Friday that the town would mourn. Flags will hang at half-mast along the quay.\n"
        "“We ask everybody to come to the pier at noon,” he said."
    )
    assert set(found.values()) == {"Martin Oskar"}
