from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.mentions import find_mentions
from stemma.mentions.parse import Paragraph, plain_paragraphs
from stemma.statements import annotate_statements, find_attributions


def attribute(paragraphs):
    return find_attributions(paragraphs, find_mentions(paragraphs, None))


def attributions(text):
    return [
        (a.source_text, text[a.cue_span[0] : a.cue_span[1]] if a.cue_span else None, [text[s:e] for s, e in a.content])
        for a in attribute(plain_paragraphs(text))
    ]


def quoted(text):
    return [(a.source_text, [text[s:e] for s, e in a.quotations]) for a in attribute(plain_paragraphs(text)) if a.quotations]


def test_indirect_speech():
    assert attributions("Mayor Ada Brook said that the bridge would reopen on Friday.") == [
        ("Mayor Ada Brook", "said", ["that the bridge would reopen on Friday"])
    ]


def test_a_cue_in_the_middle_splits_the_content():
    assert attributions("The ferry, she said, was never inspected.") == [("she", "said", ["The ferry", "was never inspected"])]


def test_according_to():
    assert attributions("Four people drowned, according to the coast guard.") == [
        ("the coast guard", "according to", ["Four people drowned"])
    ]


def test_somebody_told_somebody():
    ((source, cue, content),) = attributions("Ada Brook told reporters that the dam was safe.")
    assert (source, cue, content) == ("Ada Brook", "told", ["that the dam was safe"])


def test_a_split_quotation_is_one_attribution():
    text = "“We will rebuild,” Ada Brook said. “It will take years.”"
    assert quoted(text) == [("Ada Brook", ["We will rebuild,", "It will take years."])]


def test_a_quotation_goes_on_in_the_next_paragraph():
    text = "“We will rebuild the bridge,” Ada Brook said.\n“And then we will rebuild the town around it.”"
    assert quoted(text) == [("Ada Brook", ["We will rebuild the bridge,", "And then we will rebuild the town around it."])]


def test_fragments_in_an_attributed_sentence_are_quotations_of_its_source():
    text = "Brook said the critics were “vandals” and called the plan “a gift”."
    assert [(s, q) for s, quotes in quoted(text) for q in quotes] == [("Brook", "vandals"), ("Brook", "a gift")]


def test_a_short_sentence_between_marks_is_said_by_the_one_before_it_and_a_label_by_nobody():
    assert quoted("Ada Brook looked at the dam. “It will hold.” Then she left.") == [("Ada Brook", ["It will hold."])]
    assert quoted("Ada Brook looked at the dam. “Old Lady.” That is its name here.") == []


def test_distancing_marks_are_nobodys_speech():
    assert quoted("The “expert” left town in his “new” car.") == []


def test_the_title_of_a_show_is_nobodys_speech():
    assert quoted("She appeared on “The Late Evening Harbour Show” twice.") == []


def test_posts_and_colons():
    text = "Ada Brook wrote on Facebook: “The bridge is gone. We are all safe.”"
    assert quoted(text) == [("Ada Brook", ["The bridge is gone. We are all safe."])]


def test_a_name_after_a_dash_signs_a_quotation():
    text = "“This was the longest night of our lives.” — Ada Brook"
    assert quoted(text) == [("Ada Brook", ["This was the longest night of our lives."])]


def test_a_transcript_names_its_speakers_in_capitals():
    text = "BROOK: The bridge is gone.\nHOLM: Are you certain of that?"
    assert [(s, c) for s, _, c in attributions(text)] == [
        ("BROOK", ["The bridge is gone"]), ("HOLM", ["Are you certain of that?"]),
    ]  # fmt: skip


def test_was_quoted_as_saying():
    ((source, cue, _),) = attributions("Ada Brook was quoted as saying that the dam would hold.")
    assert (source, cue) == ("Ada Brook", "saying")


def test_said_in_a_statement_that():
    ((source, cue, content),) = attributions("The company said in a statement that the plant had closed.")
    assert (source, cue, content) == ("The company", "said", ["that the plant had closed"])


def test_nested_speech_has_two_sources():
    sources = [s for s, _, _ in attributions("Ada Brook said that the company had promised to pay.")]
    assert sources == ["Ada Brook", "the company"]


def test_who_stands_for_the_name_before_it():
    ((source, _, _),) = attributions("They met Ada Brook, who said that the bridge was gone.")
    assert source == "Ada Brook"


def test_a_negated_cue_and_a_hedge_in_the_content():
    (said,) = annotate_statements("Ada Brook did not say that the alleged thief had fled.")
    assert said["negated"]
    assert said["caveat"] == "alleged: alleged"


def test_a_hedge_inside_the_marks_is_the_speakers_own():
    (said,) = annotate_statements("“It may rain all of next week,” Ada Brook said.")
    assert said["caveat"] is None


def test_without_a_parse_long_quotations_are_still_found():
    import spacy

    text = "«Мы восстановим этот мост к осени», сказала она."
    paragraph = Paragraph(0, "paragraph", spacy.blank("xx").make_doc(text))
    (said,) = attribute([paragraph])
    assert [text[s:e] for s, e in said.quotations] == ["Мы восстановим этот мост к осени"]
    assert said.source_span is None


def test_what_the_report_adds_to_a_claim_is_not_its_content():
    text = "Ada Brook said that 40 had died, a claim that Norda Wire could not verify."
    ((_, _, content),) = attributions(text)
    assert content == ["that 40 had died"]


def test_no_text_has_no_attributions():
    assert attribute(plain_paragraphs(" \n\n")) == []


def test_marks_inside_what_somebody_says_are_his_and_not_those_of_a_weaker_verb():
    assert quoted("Ada Brook said that she considered the plan “a gift”.") == [("Ada Brook", ["a gift"])]


def test_a_mark_turned_the_wrong_way_opens_a_paragraph():
    assert quoted("”Fear. I am afraid that the dam will break.” ― Ada Brook") == [
        ("Ada Brook", ["Fear. I am afraid that the dam will break."])
    ]


def test_a_speaker_behind_the_cue_is_found_where_the_parse_takes_him_for_an_object():
    assert quoted("“It is ours to lose at this point,” added another Oster docker.") == [
        ("another Oster docker", ["It is ours to lose at this point,"])
    ]


def test_what_the_report_adds_behind_a_frame_is_not_said():
    ((source, _, content), *_) = attributions('"Too much hate," she said, blaming the mayor for all of it.')
    assert (source, content) == ("she", ['"Too much hate,"'])


def test_somebody_is_sure_or_unsure_of_something():
    assert attributions("Ada Brook was unsure whether the dam would hold.") == [
        ("Ada Brook", "unsure", ["whether the dam would hold"])
    ]


def test_hearsay_in_the_passive_is_attributed_to_nobody():
    ((source, cue, content),) = attributions("The mayor is believed to have left the town.")
    assert (source, cue) == (None, "is believed")
    assert "to have left the town" in content[-1]


def test_a_document_and_the_one_whom_it_quotes_both_speak():
    text = "A transcript released by the ministry showed that Brook had promised to pay."
    assert [s for s, _, _ in attributions(text)][:2] == ["A transcript", "Brook"]


def test_ten_thousand_marks_and_twenty_thousand_paragraphs_are_worked_through():
    assert len(attribute(plain_paragraphs('"' * 10_000))) == 0
    many = "\n".join(f"“It fell again,” Ada Brook said on day {n}." for n in range(2_000))
    assert len(attribute(plain_paragraphs(many))) == 2_000


PARTS = st.sampled_from(
    [
        "“It fell,” Ada Brook said.",
        "He added that it rained.",
        "“And",
        "so it went.”",
        "according to police",
        ":",
        '"',
        "\n",
        "Nobody knew.",
    ]
)


@settings(max_examples=40)
@given(st.lists(PARTS, max_size=12).map(" ".join))
def test_spans_lie_in_the_text_and_quotations_in_the_content(text):
    for said in attribute(plain_paragraphs(text)):
        assert said.content
        assert all(0 <= s < e <= len(text) for s, e in said.content)
        assert all(any(a <= s and e <= b for a, b in said.content) for s, e in said.quotations)
