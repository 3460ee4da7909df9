import sys
from itertools import pairwise

import spacy
from hypothesis import given
from hypothesis import strategies as st

from stemma.mentions.parse import Paragraph, plain_paragraphs
from stemma.mentions.quotations import find_quotations

UNPARSED = spacy.blank("en")


def inner(text):
    return [text[q.inner_start : q.inner_end] for q in find_quotations(unparsed(text))]


def unparsed(text):
    at, found = 0, []
    for line in text.split("\n"):
        found.append(Paragraph(at, "paragraph", UNPARSED.make_doc(line)))
        at += len(line) + 1
    return found


def test_closing_punctuation_inside_the_marks_belongs_to_the_quotation():
    assert inner('"The dam will hold," Ada Brook said.') == ["The dam will hold,"]


def test_curly_low_and_angle_marks_and_typewriter_pairs():
    assert inner("“Yes,” she said. „Ja“, sagte er. «Oui», dit-elle. »Nein«, rief er. ''No,'' he said.") == [
        "Yes,", "Ja", "Oui", "Nein", "No,",
    ]  # fmt: skip


def test_the_space_inside_french_marks_is_not_quoted():
    assert inner("Elle a dit « le pont tient » hier.") == ["le pont tient"]


def test_apostrophes_are_no_marks():
    assert inner("The '90s weren't O'Hara's best; the dogs' owner isn't sure.") == []


def test_single_marks_around_apostrophes():
    assert inner("‘We don’t know,’ said the boys’ coach. ‘It’s the players’ call.’") == [
        "We don’t know,", "It’s the players’ call.",
    ]  # fmt: skip


def test_only_the_outer_of_nested_marks():
    assert inner("“He told me ‘never again’ and left,” she said.") == ["He told me ‘never again’ and left,"]


def test_inches_are_no_marks():
    assert inner('The 6\'2" keeper said "yes" twice.') == ["yes"]


def test_a_quotation_over_paragraphs_opens_anew_in_each():
    text = "“The water rose.\n“Then it fell,” she said."
    first, second = find_quotations(unparsed(text))
    assert (first.closed, second.closed) == (False, True)
    assert text[second.inner_start : second.inner_end] == "Then it fell,"


def test_a_single_mark_that_a_later_paragraph_closes_opens_a_quotation_too():
    text = "'We left at noon. It didn't rain,' Ada Brook said. 'Nobody saw the ferry.\n'It wasn't our fault.\n'We'd do it again.'"
    assert inner(text) == [
        "We left at noon. It didn't rain,",
        "Nobody saw the ferry.",
        "It wasn't our fault.",
        "We'd do it again.",
    ]
    assert inner("He wrote 'Ferry leaving from the pier.\n'It was late.'") == ["Ferry leaving from the pier.", "It was late."]
    assert inner("The port has a ‘D-‘ rating for its gates.") == []
    assert inner("'Twas a long night. 'Til noon it rained.\nThe dogs' Owner came.") == []


def test_a_paragraph_that_only_closes_continues_the_one_before():
    assert inner("“The water rose\nand then it fell,” she said.") == ["The water rose", "and then it fell,"]


def test_a_quotation_goes_on_to_the_mark_of_its_next_paragraph_where_a_scrape_has_lost_the_break():
    assert inner('Ada Brook said: "No. The gate broke. "Nobody came."') == ["No. The gate broke.", "Nobody came."]


def test_a_mark_that_is_never_closed_ends_with_its_sentence_when_another_opens_inside_a_sentence():
    assert inner("“The gate broke. Asked again, he said: “We ran.”") == ["The gate broke.", "We ran."]


def test_a_quotation_in_a_quotation_with_other_marks_is_a_part_of_it():
    assert inner('"They banned “gates” – a way out. Late," she said.') == ["They banned “gates” – a way out. Late,"]
    assert inner('"“Here he is,” she said. “Here he comes.”') == ["“Here he is,", "Here he comes."]


def test_three_single_marks_close_an_inner_quotation_and_an_outer_one():
    assert inner("''I said, 'Close the gate,''' she said. ''Nobody did.''") == ["I said, 'Close the gate,'", "Nobody did."]
    assert inner("'We should ask, \"How is the pier?''' wrote Brook, who lives there.") == ['We should ask, "How is the pier?']


def test_two_single_marks_may_close_what_one_has_opened():
    assert inner("'If the gate is open, it is late,'' Brook said. 'Run.'") == ["If the gate is open, it is late,", "Run."]


def test_offsets_are_those_of_the_report():
    text = "One line.\n“Two,” she said."
    (quotation,) = find_quotations(unparsed(text))
    assert text[quotation.start : quotation.end] == "“Two,”"


def test_a_parsed_paragraph_gives_the_same():
    text = "“Two,” she said."
    assert find_quotations(plain_paragraphs(text)) == find_quotations(unparsed(text))


@given(st.text(alphabet="ab .,\n\"“”„‘’'«»`", max_size=200))
def test_spans_lie_in_the_text_in_order_and_do_not_overlap(text):
    found = find_quotations(unparsed(text))
    assert all(0 <= q.start <= q.inner_start < q.inner_end <= q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all("\n" not in text[q.start : q.end] for q in found)


def test_marks_are_read_in_linear_time():
    def lines_run(times):
        paragraphs, count = unparsed('"a ' * 2 * times) + unparsed("‘a s’ " * times), 0

        def counts(_frame, _event, _argument):
            nonlocal count
            count += 1
            return counts

        sys.settrace(counts)
        try:
            find_quotations(paragraphs)
        finally:
            sys.settrace(None)
        return count

    assert lines_run(800) < 2.2 * lines_run(400)


def test_a_single_mark_behind_a_full_stop_opens_anew_what_one_before_it_left_open():
    text = "She said, 'We met the crew. It went well. 'We met the owners too,' she added."
    assert inner(text) == ["We met the crew. It went well.", "We met the owners too,"]
