"""Whose words they are where a report does not say it plainly, in invented words."""

from dataclasses import replace

from claims.invented import report
from statements.written import speakers, statements_of
from stemma.mentions import find_mentions
from stemma.mentions.parse import paragraphs, plain_paragraphs
from stemma.statements import find_attributions, story_statements


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


def test_who_is_only_described_is_not_the_one_whom_the_sentence_names_beside_her():
    found = speakers(
        a="Oriana Tell has lost her cousin, Tavo Alleyn, and asked for a quiet week on Monday.\nOn her page the 31-year-"
        'old singer put up a picture with Alleyn. She wrote: "Keep the lamps of the harbour lit."'
    )
    assert set(found.values()) == {"Oriana Tell"}


def test_a_name_that_the_tagger_takes_for_a_works_is_a_persons_beside_an_office():
    found = speakers(
        a="Bo Lindqvist watched the ferry on Monday.\n“The harbour hopes that the way to the island will open,” Ikuo Tanemori, "
        "professor of tides at the college of Varnholm, said on the quay of Oster.\n“Nobody there can tell us when,” he said."
    )
    assert set(found.values()) == {"Ikuo Tanemori"}


def test_the_driver_himself_is_the_driver():
    found = speakers(a="The crew said “well held” on the radio before the driver himself joked “my heart sank a little there.”")
    assert found["my heart sank a little there"] == "the driver"


def test_nobody_in_an_aside_in_brackets_is_she_behind_it():
    found = speakers(
        a="Uma Holm says that she was hurt in the crash.\n(Fans spy an echo of it in a film with her cousin, Ada Lund. A tall "
        "Rosa Gowan dies in it.)\nAs she sits by the fire, tears fall down her cheeks.\n“The ropes gave way, and I was a wet "
        "mop,” she says."
    )
    assert set(found.values()) == {"Uma Holm"}


def test_a_surname_that_is_a_month_is_a_persons_behind_a_first_name():
    found = speakers(a='Theresa May today said: "We must build the pier again." She added: "Our hearts go out to the dockers."')
    assert set(found.values()) == {"Theresa May"}


def test_the_date_and_the_word_behind_a_post_are_no_office_of_its_author():
    found = speakers(
        a="The lamp on our mole is out. Who mends it? -- James Adams (@jadams) November 7, 2031 Tobelon has a place "
        'in the town. Later Tobelon said: "The bulbs have cost us a fortune."'
    )
    assert "James Adams" not in found.values()


def test_a_first_name_with_a_hyphen_is_whole_and_a_photo_credit_is_no_name():
    found = speakers(
        a="Jean-Claude Marot said that it “was over by noon”.\nTwitter Christian Estroni said that it “had been a long day”."
    )
    assert found == {"was over by noon": "Jean-Claude Marot", "had been a long day": "Christian Estroni"}


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


def test_a_block_quotation_behind_a_colon_is_said_without_marks():
    said = "The pier was rotten for years and nobody listened to the pilots who said so."
    page, blocks = report("A", f"Harbour director Piet Harmsen wrote on Tuesday:\nquote|{said}\nThe council did not answer.")
    read = paragraphs(page.text, blocks, "en")
    statements, sources = story_statements("s", [(page, read)], {"A": find_mentions(read, None)})
    assert {page.text[a:b]: s.source for s in statements for a, b in s.quotations} == {said: sources[0].id}
    assert sources[0].name == "Piet Harmsen"


def test_who_is_to_hold_an_office_is_not_who_holds_it():
    found = speakers(
        a="US Mayor-elect Ivo Brandt met Mayor Ada Brook. Mayor-elect Brandt called the hall “a fine house”. "
        "The mayor said that it was “no secret” that they differ. The mayor-elect said that he “would ask her for advice”."
    )
    assert found == {
        "a fine house": "Ivo Brandt", "no secret": "Ada Brook", "would ask her for advice": "Ivo Brandt",
    }  # fmt: skip


def test_a_name_that_runs_into_the_words_beside_it_is_the_name():
    found = speakers(
        a="Ada Brook was glad. It was the contrast that people saw. She had lost previously. Ivo Holm left. Ada Brook stayed. "
        "Outgoing Brook spoke of a “smooth handover” at noon. The outgoing mayor said that it was late.",
        b="The mayor met Ada Brook Holm waved. Contrast Ada Brook said that it was “a long night”. "
        "Brook said that “nobody slept”. Holm said that “all was well”.",
    )
    assert found["smooth handover"] == found["a long night"] == found["nobody slept"] == "Ada Brook"
    assert found["all was well"] == "Ivo Holm"


def test_a_first_name_that_is_also_a_word_stays_a_name():
    found = speakers(a="Summer Brook said that “the summer was long”. Ada Brook said that “it was short”.")
    assert found == {"the summer was long": "Summer Brook", "it was short": "Ada Brook"}


def test_a_surname_alone_is_of_whom_the_story_mostly_means_by_it():
    mayor = "Mayor Ada Brook came. Ivo Brook came too. Mayor Brook waved. Mayor Brook sat down. Mayor Brook ate. "
    found = speakers(a=f"{mayor}Ms Brook left. Brook said that it “was late”.", b="Ada Brook slept. Ivo Brook said “good night”.")
    assert found == {"was late": "Ada Brook", "good night": "Ivo Brook"}
    assert set(speakers(a="Anna Brook met Peter Brook at noon. Brook said that it “was late”.").values()) == {None}


def test_of_several_with_one_title_it_means_whom_the_report_has_just_named():
    far = "It rained on the old mill all night long. " * 15
    brothers = "His brother, Ivo Brook, wept. Another brother, Jan Brook of Oster, sat down. "
    assert speakers(a=f"{brothers}“He was a quiet boy in those days,” the brother said.") == {
        "He was a quiet boy in those days": "Jan Brook"
    }
    assert set(speakers(a=f"{brothers}{far}“He was a quiet boy in those days,” the brother said.").values()) == {None}


def test_a_capital_behind_an_article_is_what_somebody_is():
    found = speakers(
        a="Ada Brook and the Unionist met. Ada Brook said that it “was late”. Ivo Brook slept. Mayor Ada Brook, Mayor Brook "
        "and Ms Brook are one. Unionist Brook said that it “was dark”. Ms Brook slept."
    )
    assert found == {"was late": "Ada Brook", "was dark": "Ada Brook"}


def test_who_is_only_quoted_speaks_and_not_who_quotes_him():
    found = speakers(
        a="Mayor Ivo Holm is there. “The pier will never be sold to strangers,” the Oster News Agency quoted Holm as saying.\n"
        "Captain Jan Vost left. “I have something to tell you all,” Ada Brook recalled Vost saying.\n"
        "“We sank it in the middle of the night,” Harbour Radio cited the rebels.\n"
        "“Dear neighbours, stay at home for tonight,” wrote on Twitter Ida Lunt, head of the port."
    )
    assert found == {
        "The pier will never be sold to strangers": "Ivo Holm",
        "I have something to tell you all": "Jan Vost",
        "We sank it in the middle of the night": "the rebels",
        "Dear neighbours, stay at home for tonight": "Ida Lunt",
    }


def test_somebody_without_a_name_is_nobody_who_has_one():
    found = speakers(
        a="“I saw a white van go past us,” said Ida Lunt, a local woman of 65.\n"
        "One woman told the radio that she had hidden: “We ran into a cellar and stayed there.”\n"
        "Another said: “The van turned towards us all.”\nAn officer sounds the alarm. “We have shots fired here,” he says."
    )
    assert found == {
        "I saw a white van go past us": "Ida Lunt",
        "We ran into a cellar and stayed there": "One woman",
        "The van turned towards us all": "Another",
        "We have shots fired here": "An officer",
    }


def test_a_quotation_that_opens_again_without_a_word_between_goes_on():
    found = speakers(
        a="Ada Brook wrote to the council.\n“We have looked at every letter since spring. “During that time nobody slept at all. "
        "“We have not changed our minds.”"
    )
    assert list(found.values()) == ["Ada Brook"] * 3


def test_a_pronoun_is_nobody_of_the_other_gender_nor_his_father():
    found = speakers(
        a="Ada Brook saw it from the hotel. The 14-year-old son was there. She said that it “took a minute”.",
        b="Peter Vost said that he was sad. His father never saw the cup. He said: “I came here by myself.”",
    )
    assert found == {"took a minute": "Ada Brook", "I came here by myself": "Peter Vost"}


def test_the_hour_of_a_live_page_is_no_part_of_a_name():
    found = speakers(a="2.50 p.m: Sheriff Ivo Holm, Oster police, said: “We think that it is over now.”")
    assert found == {"We think that it is over now": "Ivo Holm"}


def test_the_mayor_of_a_town_with_his_name_right_behind_it_is_he():
    found = speakers(
        a="Ivo Holm was glad. Mayor of Oster Ivo Holm posted a message.\nHe said the result was “more than a game”.",
        b="Theresa May said: “It was a hard day for everybody.” Theresa May left.",
    )
    assert found == {"more than a game": "Ivo Holm", "It was a hard day for everybody": "Theresa May"}


def test_a_person_alone_behind_marks_that_end_with_a_comma_speaks():
    found = speakers(a="“I think that the whole year took its toll on him,” Harbour Captain Ida Lunt. “He is tired now, I fear.”")
    assert set(found.values()) == {"Ida Lunt"}


def test_who_is_cited_as_a_reason_says_nothing():
    text = 'In between words of "joy and peace," harbour master Emil Holm cited his family as the reason that he left.'
    assert speakers(r=text) == {"joy and peace": "Emil Holm"}


def test_a_noun_that_the_parse_parts_from_the_name_behind_it_leaves_the_frame_whole():
    said = "Our firm did not maintain any relationship or conduct business with or for Mr. Holm, nor for any of the others"
    text = f'The port\'s council said that it rained.\n"{said}," the legal firm J.P. Brant said in a statement to CNN.'
    assert speakers(r=text) == {said: "J.P. Brant"}


def test_who_releases_a_statement_before_a_colon_speaks_the_quotation_below():
    text = "On Monday, the firm released a statement:\n“Our trade is not well understood, and that is a pity.”"
    assert speakers(r=text) == {"Our trade is not well understood, and that is a pity": "the firm"}


def test_a_house_that_reported_behind_as_speaks_the_quotation_behind_it():
    text = (
        "Here’s a clue: As the Halyard dutifully reported on Monday, “the mayor’s father ran a fund that paid no tax in Oster.”"
    )
    assert speakers(r=text) == {"the mayor’s father ran a fund that paid no tax in Oster": "the Halyard"}


def test_a_surname_in_s_is_one_person_and_a_pronoun_may_mean_him():
    text = "Bruce Arkins left Oster FC on Monday. “It was a ride,” Arkins said.\nCaptain Jan Vost hired him.\n"
    text += "When Vost had to leave the team for a time, Arkins led the team to the cup.\n"
    text += "He said that he would stay. “I might,” he said."
    assert speakers(r=text)["I might"] == "Bruce Arkins"


def test_a_participle_joined_to_one_of_saying_has_its_speaker():
    text = (
        "The harbour board dismissed the story, saying the report had nothing to do with the port and suggesting it was “a plot”."
    )
    assert speakers(r=text) == {"a plot": "The harbour board"}


def test_who_is_asked_answers_and_a_question_between_changes_no_speaker():
    asked = 'The Halyard asked Ada Brook, head of the port, if it was "safe"? "Not at all. It has been shut since the flood." '
    text = asked + 'Can gates help? "Gates would help a little, and the town has them already."'
    said = speakers(r=text)
    assert said["Not at all. It has been shut since the flood"] == "Ada Brook"
    assert said["Gates would help a little, and the town has them already"] == "Ada Brook"


def test_a_quotation_without_a_frame_goes_to_who_speaks_first_below_where_nobody_speaks_above():
    text = "The pier has stood for a hundred years.\n“There is a strong case for closing the old gates now.”\n"
    text += "Ada Brook, a former mayor, said that the gates were unsafe."
    assert speakers(r=text)["There is a strong case for closing the old gates now"] == "Ada Brook"


def test_whom_a_speaker_quotes_in_turn_speaks_those_words():
    found = speakers(
        a="Peter Holm lost to Ada Brook. “She said, ‘Well done to all of you.’ And I said, ‘You were great,’” Holm said."
    )
    assert found["Well done to all of you"] == "Ada Brook"
    assert found["You were great"] == "Peter Holm"


def test_a_pronoun_in_what_somebody_says_is_not_himself():
    found = speakers(a="Peter Holm met Ivan Brook.\n“He said, ‘I have never seen such a bird,’” Holm told the port.")
    assert found["I have never seen such a bird"] == "Ivan Brook"


def test_marks_in_a_quotation_that_nobody_in_it_says_are_no_second_quotation():
    found = speakers(a="“They came in the ‘Storm of the Ages’ and left again,” Ada Brook said.")
    assert list(found) == ["They came in the ‘Storm of the Ages’ and left again"]


def test_who_goes_on_speaking_behind_a_quotation_speaks_it_before_what_was_only_told_of():
    told = "Peter Holm built a rocket.\nIf all goes well, Grey Heron will fly in May.\n"
    found = speakers(a=f"{told}“It will carry my old red tractor to the moon.”\nHolm later said that it was a joke.")
    assert found == {"It will carry my old red tractor to the moon": "Peter Holm"}
