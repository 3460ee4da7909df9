"""Whose words they are where a report does not say it plainly, in invented words."""

from dataclasses import replace

from claims.invented import report
from statements.written import statements_of
from stemma.mentions import find_mentions
from stemma.mentions.parse import paragraphs, plain_paragraphs
from stemma.statements import find_attributions, story_statements


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


def test_a_post_is_its_authors_and_the_marks_in_it_are_no_quotations():
    text = "We are not closing, whatever “experts” say. — Ada Brook (@adabrook) February 5, 2024"
    (paragraph,) = plain_paragraphs(text)
    post = replace(paragraph, role="post")
    (found,) = find_attributions([post], find_mentions([post], None))
    assert (found.source_text, found.quotations) == ("Ada Brook", ())
    assert text[slice(*found.content[0])].startswith("We are not closing")


def test_somebody_described_by_what_he_is_known_for_is_the_one_just_named():
    found = speakers(
        a="Ada Brook and Ivo Brandt have parted.\nThe much-praised comedienne told her readers on Monday.\n"
        "“We live in two towns and it got too hard,” she wrote. “It is over,” the comedian said."
    )
    assert set(found.values()) == {"Ada Brook"}


def test_what_never_speaks_is_no_source():
    found = speakers(a="The flight said that it was “very late”. The pressure warned that “no ship is safe”.")
    assert list(found.values()) == [None, None]


def test_what_hands_do_is_no_speech():
    statements, _ = statements_of(a="The guard attacked the driver. The firm offered a refund. Ada Brook was talking to Bob.")
    assert not any(s.attributed for s in statements)
    statements, _ = statements_of(a="Ada Brook attacked the decision. The guild is talking to the shipyard over wages.")
    assert sum(s.attributed for s in statements) == 2


def test_who_is_called_up_and_what_a_participle_means_is_no_speech():
    statements, _ = statements_of(a="Harrow called up Tom Brandt. The kiosk sold out, meaning many people waited for a day.")
    assert not any(s.attributed for s in statements)


def test_a_name_that_ends_a_sentence_behind_a_verb_has_said_it():
    statements, sources = statements_of(
        a="The bear fled when the phone rang, reported Mail Online.\nThe boat was lost at noon, reported the Evening Halyard."
    )
    assert [source.name for source in sources] == ["Mail Online", "the Evening Halyard"]
    assert sum(s.attributed for s in statements) == 2


def test_a_question_abroad_has_its_speaker():
    asked = {
        "de": "„Wer bezahlt am Ende den neuen Hafen?“, fragte Anna Weber.",
        "fr": "« Qui va payer le nouveau port ? », a demandé Hugues Barré.",
        "es": "«¿Quién va a pagar el puerto nuevo?», preguntó Marta Ruiz.",
        "it": "«Chi paga alla fine il porto nuovo?», ha chiesto Anna Rossi.",
        "pt": "«Quem vai pagar o novo porto?», perguntou Ana Lima.",
        "pl": "„Kto zapłaci za ten nowy port?”, zapytał Jan Nowak.",
        "nl": "‘Wie betaalt straks de nieuwe haven?’, vroeg Jan Bakker.",
        "ru": "«Кто заплатит за этот новый порт?» — спросил Иван Орлов.",
        "uk": "«Хто заплатить за цей новий порт?» — запитав Іван Орлов.",
    }
    for language, text in asked.items():
        (speaker,) = speakers(a=(language, text)).values()
        assert speaker is not None, language


def test_a_dash_opens_a_quotation_where_the_language_writes_so():
    said = {
        "es": "—La feria queda cerrada hasta el lunes —dijo Marta Ruiz.",
        "pl": "– Targ jest zamknięty do poniedziałku – powiedział Jan Nowak.",
        "ru": "— Ярмарка закрыта до понедельника, — сказал Иван Орлов.",
        "sv": "– Marknaden är stängd till måndag, säger Anna Lind.",
        "fr": "— La foire restera fermée jusqu'à lundi, a déclaré Anne Petit.",
    }
    for language, text in said.items():
        ((words, speaker),) = speakers(a=(language, text)).items()
        assert speaker is not None, language
        assert speaker not in words, language
    assert not speakers(a=("pl", "– Bilety na sobotni targ w starym porcie"))


def test_corner_brackets_are_quotation_marks():
    assert list(speakers(a=("ja", "市長は「市場は月曜日まで閉鎖する」と述べた。"))) == ["市場は月曜日まで閉鎖する"]


def test_a_quotation_in_a_quotation_with_the_same_marks_is_a_part_of_it():
    found = speakers(a='"We parted in May. I mean, not "in May" - we never met in May. No quarrel," Ada Brook wrote.')
    assert found == {'We parted in May. I mean, not "in May" - we never met in May. No quarrel': "Ada Brook"}


def test_an_office_in_capitals_is_no_part_of_the_name_shown():
    found = speakers(a="CEO Ada Brook said that it “rose fast”. Ada Brook said that it “fell fast”.")
    assert set(found.values()) == {"Ada Brook"}


def test_a_thing_that_was_named_between_is_no_she():
    found = speakers(
        a="Brittany Holm told the Herald that she was at the pond. Minutes later, a horn rang out, Holm told the Herald.\n"
        "“We were all very worried,” she said."
    )
    assert set(found.values()) == {"Brittany Holm"}


def test_words_announced_by_a_colon_are_not_whose_answer_follows():
    found = speakers(
        a="Ada Brook came late. Brook told the crew: “Thank you all for this great trip,” to which Ivo Brandt replied: “No.”"
    )
    assert {"Ada Brook", "Ivo Brandt"} <= set(found.values())


def test_another_clause_about_something_else_speaks_no_quotation_before_it():
    found = speakers(a="The airline claimed it does “not tolerate rudeness of any kind,” but the union did cite several cases.")
    assert set(found.values()) == {"The airline"}


def test_somebody_described_by_an_age_is_the_last_speaker():
    found = speakers(
        a="Amina Keki came home. Keki said that she was ill. “I am not happy with the way it was done,” the 21-year-old said."
    )
    assert set(found.values()) == {"Amina Keki"}


def test_a_first_name_with_a_hyphen_is_whole_and_a_photo_credit_is_no_name():
    found = speakers(
        a="Jean-Claude Marot said that it “was over by noon”.\nTwitter Christian Estroni said that it “had been a long day”."
    )
    assert found == {"was over by noon": "Jean-Claude Marot", "had been a long day": "Christian Estroni"}


def test_what_things_promise_is_no_speech():
    statements, _ = statements_of(a="The new phones promise greater speed to rural towns. The bridge promises a shorter way.")
    assert not any(s.attributed for s in statements)


def test_one_person_is_one_with_hyphens_and_without_and_is_called_by_the_name_of_the_family():
    found = speakers(
        a="Harbour minister Kang Seo-jin opened the quay. Kang said that it “was built to last”.",
        b="Kang Seo Jin opened the quay on Monday. “It took us nine years,” Kang said. “Nobody believed in it,” he added.",
    )
    assert len(set(found.values())) == 1


def test_the_spokesman_is_the_nearest_one_and_not_the_one_who_has_a_name():
    found = speakers(
        a="The rebels’ spokesman, Omar Belani, said that the bridge “was ours by noon”. A spokesman for the army said that the "
        "road “had been open all day”. The spokesman said that nobody “was hurt at all”."
    )
    assert found["was ours by noon"] == "Omar Belani"
    assert found["was hurt at all"] != "Omar Belani"


def test_a_bare_office_is_the_person_whom_this_report_names_and_another_gives_the_office():
    found = speakers(
        a="The play by director Milan Horvat opened in Oster on Monday.",
        b="Milan Horvat opened his play in Oster on Monday. The director said that he “had slept for two hours”.",
    )
    assert found == {"had slept for two hours": "Milan Horvat"}


def test_who_speaks_through_somebody_else_has_not_his_office():
    found = speakers(
        a="Through a spokeswoman, Ivo Brandt, who is abroad, agreed that it “could have gone better”. "
        "The spokeswoman said that the board “would meet in May”."
    )
    assert found["could have gone better"] == "Ivo Brandt"
    assert found["would meet in May"] != "Ivo Brandt"


def test_words_called_so_are_his_who_calls_them_so_and_a_speech_is_its_owners():
    found = speakers(
        a="Ada Brook hailed the port’s decision to close the gate as “very brave”.",
        b="Ada Brook’s speech also included a warning that the gate would be “shut for good”.",
    )
    assert set(found.values()) == {"Ada Brook"}


def test_a_sentence_that_somebody_says_holds_the_marks_before_its_verb():
    found = speakers(a="Rather than steps that “make the harbour poorer”, the port should answer the union, Ada Brook said.")
    assert found == {"make the harbour poorer": "Ada Brook"}


def test_a_house_before_a_name_is_not_the_person():
    found = speakers(
        a="Norlight Ada Brook showed the lamp on Monday. Ada Brook said it “will burn for a year”. "
        "Norlight said that it “has no price yet”.",
        b="Ada Brook, who leads Norlight, said the lamp “is a toy”.",
    )
    assert found["is a toy"] == found["will burn for a year"] == "Ada Brook"
    assert found["has no price yet"] == "Norlight"


def test_a_dash_and_what_somebody_owns_are_no_signature():
    found = speakers(
        a="“It is quite a lamp,” said Ada Brook. “It burns longer than any since the Polar Nine” — Oster’s famous lamp."
    )
    assert set(found.values()) == {"Ada Brook"}


def test_words_that_the_story_prints_small_too_are_no_persons_name():
    text = (
        "Orla Ferry is slow. The ferry left the pier at noon. The mayor, Piet Harmsen, was there. He said it “was full of goats”."
    )
    assert speakers(a=text) == {"was full of goats": "Piet Harmsen"}


def test_what_cannot_speak_leaves_a_participle_to_the_last_subject_before_it():
    found = speakers(
        a="Vera Holm’s remarks came as harbour director Piet Harmsen dismissed the offer, calling it a “rotten old plank”."
    )
    assert found == {"rotten old plank": "Piet Harmsen"}


def test_a_block_quotation_behind_a_colon_is_said_without_marks():
    said = "The pier was rotten for years and nobody listened to the pilots who said so."
    page, blocks = report("A", f"Harbour director Piet Harmsen wrote on Tuesday:\nquote|{said}\nThe council did not answer.")
    read = paragraphs(page.text, blocks, "en")
    statements, sources = story_statements("s", [(page, read)], {"A": find_mentions(read, None)})
    assert {page.text[a:b]: s.source for s in statements for a, b in s.quotations} == {said: sources[0].id}
    assert sources[0].name == "Piet Harmsen"
