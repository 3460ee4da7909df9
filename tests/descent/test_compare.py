"""Two texts: what they share, how, and whether the sharing has one written source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent.tellings import INDEPENDENT, QUOTED, REWORDED, WIRE, words_of
from stemma.descent.compare import compare


def compared(a, b):
    return compare(words_of(*a), words_of(*b))


def test_a_report_printed_as_it_was_is_verbatim():
    found = compared(WIRE, WIRE)
    assert (found.kind, found.a_share, found.b_share) == ("verbatim", 1.0, 1.0)
    assert found.copied > 0.95


def test_a_passage_stays_inside_one_paragraph_of_either_side():
    found = compared(WIRE, [" ".join(WIRE[:2]), *WIRE[2:]])
    a = words_of(*WIRE)
    assert all(a.paragraph[p.a[0]] == a.paragraph[p.a[1] - 1] for p in found.passages)
    assert len(found.passages) >= len(WIRE)


def test_a_shortened_copy_is_contained_in_its_source():
    found = compared(WIRE, [WIRE[0], WIRE[2]])
    assert found.b_share == 1.0
    assert found.a_share < 0.5
    assert found.copied > 0.9


def test_a_reworded_report_is_a_rewrite():
    found = compared(WIRE, REWORDED)
    assert found.kind == "rewrite"
    assert found.copied >= 0.5
    assert found.b_share < 0.4 < found.b_related


def test_a_report_with_words_changed_here_and_there_is_edited():
    changed = {
        "ran onto": "struck", "before dawn ": "", "stranded for": "stuck aboard for", "in thick fog": "in dense fog",
        "drifted across": "slid over", "her bow lodged in": "the bow came to rest in", "flown to": "taken by air to",
        "had been asleep": "was sleeping", "all traffic": "traffic", "to stand by": "to wait",
        "began to leak": "started leaking", "came back from": "returned from", "costly": "dear", "treated": "seen",
    }  # fmt: skip
    edited = list(WIRE)
    for old, new in changed.items():
        edited = [p.replace(old, new) for p in edited]
    found = compared(WIRE, edited)
    assert found.kind == "edited"
    assert found.copied > 0.9


def test_a_quotation_shared_by_two_reports_does_not_make_a_copy():
    one = [*WIRE[:2], f"{QUOTED} owner Edda Krook said in the hall of the town school."]
    two = [*INDEPENDENT[:2], f"Krook climbed on a chair. {QUOTED} she told the families."]
    found = compared(one, two)
    assert found.copied < 0.5
    assert found.kind is None
    assert found.b_share > 0.2, "the shared words are still counted as shared"


def test_a_shared_quotation_is_shown_though_it_is_no_copy():
    found = compared([WIRE[0], f"{QUOTED} Krook said."], [INDEPENDENT[1], f"Krook said: {QUOTED}"])
    assert [p.quoted for p in found.passages] == [True]


def test_a_shared_quotation_is_shown_whatever_either_writes_before_it_and_into_it():
    first, last = QUOTED.strip('",').split(" and every ")
    broken = f'It is said that "{first}" she told us. "And every {last}" Nobody clapped.'
    found = compared([WIRE[0], f"Krook said that {QUOTED} and left."], [INDEPENDENT[1], broken])
    assert [(p.quoted, p.score) for p in found.passages] == [(True, 1.0), (True, 1.0)]


def test_a_shared_telling_around_other_words_is_a_copy_though_quotations_are_cut():
    found = compared(WIRE, [p for p in WIRE if '"' not in p])
    assert found.copied > 0.9


def test_two_independent_reports_with_the_same_figures_and_names_are_no_copy():
    found = compared(WIRE, INDEPENDENT)
    assert found is None or (found.copied < 0.5 and found.kind is None)


def test_texts_with_nothing_in_common_are_not_compared():
    assert compared(WIRE, ["Bread prices in Velm doubled within a week, bakers complain."]) is None


@pytest.mark.parametrize("texts", [([], []), ([], WIRE), (["One."], ["One."]), (["Fire!"], WIRE)])
def test_texts_with_hardly_a_word_share_nothing(texts):
    assert compared(*texts) is None


paragraphs = st.lists(st.sampled_from([*WIRE, *REWORDED, *INDEPENDENT]), min_size=1, max_size=5)


@settings(max_examples=60)
@given(paragraphs, paragraphs)
def test_the_two_sides_may_be_swapped(a, b):
    one, other = compared(a, b), compared(b, a)
    assert (one is None) == (other is None)
    if one and other:
        assert (one.copied, one.kind) == (other.copied, other.kind)
        assert one.a_share == pytest.approx(other.b_share, abs=0.03)
        assert one.b_share == pytest.approx(other.a_share, abs=0.03)


@settings(max_examples=60)
@given(paragraphs, paragraphs)
def test_shares_are_parts_of_a_whole_and_passages_stand_in_the_texts(a, b):
    x, y = words_of(*a), words_of(*b)
    found = compare(x, y)
    if found:
        shares = (found.a_share, found.b_share, found.a_related, found.b_related, found.copied)
        assert all(0 <= s <= 1 for s in shares)
        assert all(0 <= p.a[0] < p.a[1] <= len(x.folded) for p in found.passages)
        assert all(0 <= p.b[0] < p.b[1] <= len(y.folded) for p in found.passages)


def test_the_name_of_a_ship_in_marks_is_no_quotation_that_two_reports_share():
    found = compared(
        [*INDEPENDENT[:2], "She was towed at noon by “Of Course We Shall Not Sink Today” of Brenna."],
        ["Nobody sails on “Of Course We Shall Not Sink Today” in winter.", QUOTED],
    )
    assert not found.passages
