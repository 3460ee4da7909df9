from hypothesis import given, settings
from hypothesis import strategies as st

from statements.written import statements_of
from stemma.statements import annotate_statements


def sources_of(**texts):
    """The name of each attributed statement's source, by the report and in text order."""
    statements, sources = statements_of(**texts)
    name = {s.id: s.name for s in sources}
    found = {id: [] for id in texts}
    for s in statements:
        if s.attributed:
            found[s.report].append(name.get(s.source))
    return found


def test_a_full_name_in_one_report_resolves_a_surname_and_a_title_in_others():
    found = sources_of(
        a="Harbour ministry spokesman Ivo Lanner said that the port was closed.",
        b="The harbour ministry spokesman said that the port was closed.",
        c="“The port is closed to all of you,” Lanner said.",
    )
    assert found == {"a": ["Ivo Lanner"], "b": ["Ivo Lanner"], "c": ["Ivo Lanner"]}


def test_a_title_in_other_words_is_the_same_office():
    found = sources_of(
        a="Peruvian army commander Tomas Quilla said that the troops would stay.",
        b="Peru's top military chief said that the troops would stay.",
        c="Tomas Quilla, the head of Peru's army, said that the troops would leave.",
    )
    assert {name for names in found.values() for name in names} == {"Tomas Quilla"}


def test_spellings_of_one_transliterated_name_are_one_source():
    _, sources = statements_of(
        a="General Bohdan Verenskyi said that the line held.",
        b="General Bohdan Verensky said that the line held.",
        c="General Bohdan Verenskii said that the line held.",
    )
    (source,) = sources
    assert {"Bohdan Verenskyi", "Bohdan Verensky", "Bohdan Verenskii"} <= set(source.names)


def test_two_people_with_one_surname_stay_two_and_the_bare_surname_is_left_open():
    found = sources_of(
        a="Ada Brook said that it rained. Peter Brook said that it snowed. Brook said that it hailed.",
    )
    assert found["a"] == ["Ada Brook", "Peter Brook", None]


def test_of_two_with_one_surname_the_title_tells():
    found = sources_of(
        a="Mayor Ada Brook said that it rained. Peter Brook said that it snowed. Mayor Brook said that it hailed.",
        b="Brook, the mayor, said that the road was open. Peter Brook said that it was shut.",
    )
    assert found == {"a": ["Ada Brook", "Peter Brook", "Ada Brook"], "b": ["Ada Brook", "Peter Brook"]}


def test_of_two_with_one_surname_a_courtesy_title_and_a_pronoun_tell():
    found = sources_of(
        a="Captain Rodrigo Brook said that it rained. Nurse Martha Brook had sung. “We sang,” Ms Brook said. “I know,” he said.",
        b="Captain Rodrigo Brook said that it rained. “I sailed,” Mr Brook said. “We sang,” Mrs Brook told a reporter.",
    )
    assert found == {
        "a": ["Rodrigo Brook", "Martha Brook", "Rodrigo Brook"],
        "b": ["Rodrigo Brook", "Rodrigo Brook", "Martha Brook"],
    }


def test_a_bare_surname_is_the_namesake_whom_alone_the_report_has_named_before():
    found = sources_of(
        a="Ada Brook said that it rained. Brook said that it hailed.",
        b="Peter Brook said that it snowed. Brook said that it froze.",
        c="Brook said that it thawed.",
    )
    assert found == {"a": ["Ada Brook"] * 2, "b": ["Peter Brook"] * 2, "c": [None]}


def test_first_names_of_a_man_and_a_woman_that_are_spelt_alike_are_two_people():
    found = sources_of(a="Maria Ormond said that it rained. Mario Ormond said that it snowed.")
    assert found["a"] == ["Maria Ormond", "Mario Ormond"]


def test_she_is_the_nurse_and_not_the_ledger_of_the_sentence_before():
    found = sources_of(
        a="Nine beds were full, the ledger showed. A nurse, Ropa Selti, said that four had come. “They slept,” she said.",
    )
    assert found["a"][-2:] == ["Ropa Selti", "Ropa Selti"]


def test_who_is_told_or_asked_does_not_speak():
    found = sources_of(
        a="Around 300 people were moved and told to keep windows shut. Asked whether the dam was safe, Ada Brook said it was.",
    )
    assert found["a"] == ["Ada Brook"]


def test_an_office_that_two_hold_in_turn_is_left_open():
    found = sources_of(
        a="Defence Minister Ivo Lanner said that he would go. The new defence minister, Ada Brook, thanked him.",
        b="The defence minister said that the line held.",
    )
    assert found["b"] == [None]


def test_the_spokesman_alone_stays_in_his_report():
    found = sources_of(
        a="Ivo Lanner, a spokesman for the port, said that it rained. The spokesman said that it would stop.",
        b="A spokesman for the army said that it snowed. The spokesman said that it would thaw.",
        c="The spokesman said that nothing happened.",
    )
    assert found["a"] == ["Ivo Lanner", "Ivo Lanner"]
    assert found["b"] == ["A spokesman for the army", "A spokesman for the army"]
    assert found["c"] == ["The spokesman"]


def test_an_outlet_that_is_told_something_is_not_the_speaker():
    found = sources_of(
        a="“We are all safe now in the hall,” Ada Brook told Radio Norda.",
        b="Ada Brook was quoted by Radio Norda as saying that the water had fallen.",
        c="Radio Norda quoted Ada Brook as saying that the water had fallen.",
    )
    assert found == {"a": ["Ada Brook"], "b": ["Ada Brook"], "c": ["Ada Brook"]}


def test_an_outlet_is_no_person():
    _, sources = statements_of(a="Radio Norda said that its mast was gone.")
    assert [s.role for s in sources] == ["organisation"]


def test_an_inverted_frame_with_a_pronoun():
    found = sources_of(a="The head of the port Ada Brook spoke first.\n“It is all over for us now,” declared she.")
    assert found["a"] == ["Ada Brook"]


def test_a_pronoun_is_the_last_speaker():
    found = sources_of(
        a="Ivo Lanner met Ada Brook on Monday.\n“The port is closed to all ships,” Ada Brook said.\n"
        "She added that it would reopen.",
    )
    assert found["a"] == ["Ada Brook", "Ada Brook"]


def test_a_pronoun_of_the_other_gender_is_not_him():
    found = sources_of(
        a="Mr. Ivo Lanner said that the port was closed.\nShe said that it would reopen.",
    )
    assert found["a"] == ["Ivo Lanner", None]


def test_a_capital_that_speaks_is_its_government():
    found = sources_of(a="Lima said that the border was shut.", b="Peru said that the border was open.")
    assert found["a"] == found["b"]


def test_nameless_officials_of_two_reports_are_not_one():
    _, sources = statements_of(a="A senior official said that it rained.", b="A senior official said that it snowed.")
    assert [s.role for s in sources] == ["anonymous", "anonymous"]


def test_a_ministry_and_a_document_are_no_people():
    _, sources = statements_of(a="The Defence Ministry said that it rained. The report said that it snowed.")
    assert {s.role for s in sources} == {"organisation", "document"}


def test_a_caveat_in_the_next_sentence_belongs_to_the_assertions_before_it():
    text = (
        "General Ivo Lanner said that his men held the hill.\n"
        "He added that 40 guns had been seized.\n"
        "Norda Wire could not independently verify his assertions.\n"
        "Ada Brook said that the road was open."
    )
    statements, _ = statements_of(a=text)
    caveats = [s.caveat for s in statements if s.attributed]
    doubt = "unverified: Norda Wire could not independently verify his assertions"
    assert caveats == [doubt, doubt, None]


def test_who_verified_a_video_says_nothing_of_the_claims_before_it():
    text = "Ada Brook said that the hill was lost.\nNorda Wire could not verify the video."
    statements, _ = statements_of(a=text)
    assert [s.caveat for s in statements if s.attributed] == [None]


def test_every_sentence_that_nobody_is_said_to_say_is_the_reports_own():
    statements, _ = statements_of(a="The bridge fell on Monday. Ada Brook said that nobody was hurt.")
    assert [(s.attributed, s.content) for s in statements] == [(False, ((0, 26),)), (True, ((42, 62),))]


TEXTS = {
    "a": "Harbour ministry spokesman Ivo Lanner said that the port was closed. Lima said it was open.",
    "b": "“The port is closed,” the harbour ministry spokesman said. He added that it “reeked”.",
    "c": "Lanner denied the claims. Peru could not verify the account. Ivo Laner said that it may reopen.",
}


@settings(max_examples=10)
@given(st.permutations(sorted(TEXTS)))
def test_the_order_of_the_reports_changes_nothing(order):
    assert statements_of(**{k: TEXTS[k] for k in order}) == statements_of(**TEXTS)


def test_ids_are_unique_in_a_story():
    statements, sources = statements_of(**TEXTS)
    assert len({s.id for s in statements}) == len(statements)
    assert len({s.id for s in sources}) == len(sources)


def test_the_room_alone_writes_spans_as_lists():
    (row,) = annotate_statements("“It fell,” Ada Brook said.")
    assert row == {
        "source": [[11, 20]], "cue": [[21, 25]], "content": [[0, 10]], "quotations": [[1, 9]],
        "caveat": None, "negated": False,
    }  # fmt: skip
