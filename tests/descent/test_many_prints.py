"""A body that more reports print than are aligned two by two: the first stands for the others, and nothing else is told."""

from dataclasses import replace

import pytest

from descent.tellings import REWORDED, WIRE, printed
from stemma.descent import story_descent, thresholds
from stemma.descent.story_descent import firsts_of_many, read_story
from stemma.pipeline import deep_rows
from stemma.story import _aligned
from stemma.tables import Block
from stemma.text.once import Once

TWINS = thresholds.TWINS
QUOTED = '"The dam held," said Tilda Rask, the keeper, to The p01 Gazette, and 40 homes could not be reached, the police said.'


def prints(count):
    """Return so many prints of one text, in the order of their ids."""
    return [printed(f"p{n:02}", *WIRE, QUOTED, published=f"2031-05-04T{n % 24:02}:00") for n in range(count)]


def headed(report, blocks):
    """Return a report under a headline of its own."""
    head = f"Ferry {'aground ' * (int(report.id[1:]) % 7)}off Port Lantry"
    text, further = f"{head}\n{report.text}", len(head) + 1
    moved = [Block(b.report, b.start + further, b.end + further, b.role) for b in blocks]
    return replace(report, text=text, title=head), [Block(report.id, 0, len(head), "title"), *moved]


def copies(count):
    """Return prints of one text, a rewording of it, a shorter copy, and another day's print of the wire."""
    others = [
        printed("c", *REWORDED, QUOTED, published="2031-05-05"),
        printed("q", *WIRE[:3], published="2031-05-06"),
        printed("z", *WIRE, QUOTED.replace("40", "50"), published="2031-05-05T09:00", agency="Norrland Press"),
    ]
    return [*prints(count), *others]


@pytest.mark.parametrize("count", [TWINS - 1, TWINS, TWINS + 1])
def test_prints_of_one_text_are_aligned_two_by_two_up_to_the_cap_and_beyond_it_each_with_the_first(count):
    found = story_descent("s", [*prints(count), printed("q", *WIRE[:3])])
    among = {(a.a_report, a.b_report) for a in found.alignments if "q" not in (a.a_report, a.b_report)}
    with_the_short = {a.a_report for a in found.alignments if a.b_report == "q"} | {
        a.b_report for a in found.alignments if a.a_report == "q"
    }
    assert len(among) == (count * (count - 1) // 2 if count <= TWINS else count - 1)
    assert len(with_the_short) == (count if count <= TWINS else 1)
    assert len(found.first_print) == (0 if count <= TWINS else count - 1)
    assert len(found.derivations) >= count - 1


def test_the_first_print_of_a_body_stands_for_those_under_other_headlines():
    story = [*(headed(*p) for p in prints(TWINS + 1)), printed("q", *WIRE[:3])]
    found = story_descent("s", story)
    assert len(found.first_print) == TWINS
    assert {r for a in found.alignments for r in (a.a_report, a.b_report) if "q" in (a.a_report, a.b_report)} == {"p00", "q"}
    text = {r.id: r.text for r, _ in story}
    for a in found.alignments:
        if a.a_report == "p00" != a.b_report:
            there = [found.place_in("p05", "p00", at) for at in (a.a_start, a.a_end)]
            assert text["p05"][slice(*there)] == text["p00"][a.a_start : a.a_end]


@pytest.mark.parametrize("under", [lambda *p: p, headed])
def test_beyond_the_cap_nothing_but_the_alignments_is_told_otherwise(monkeypatch, under):
    story = [*(under(*p) for p in copies(TWINS + 2)[:-3]), *copies(0)]
    few = deep_rows("s", story)
    monkeypatch.setattr(thresholds, "TWINS", 10 * TWINS)
    every = deep_rows("s", story)
    assert len(few["alignment"]) < len(every["alignment"]) / 5
    assert few["finding"]
    for table in every.keys() - {"alignment"}:
        assert few[table] == every[table], table


def test_what_is_worked_out_once_for_all_prints_of_a_text_is_what_each_would_give_alone(monkeypatch):
    story = copies(6)
    once = deep_rows("s", story)
    assert {m.report for m in once["member"]} == {r.id for r, _ in story}
    monkeypatch.setattr(Once, "of", lambda _self, _key, work: work())
    assert deep_rows("s", story) == once


@pytest.mark.parametrize("under", [lambda *p: p, headed])
def test_prints_of_one_text_that_quotes_two_speakers_in_like_words_give_nobody_the_words_of_another(under):
    said = "the water came over the wall before the siren was heard in the lower town"
    told = f"“I saw that {said},” said Anke Moll.", f"“We knew that {said},” said Bent Ruhr."
    rows = deep_rows("s", [under(*printed(f"p{n}", *WIRE, *told)) for n in range(4)])
    assert [f for f in rows["finding"] if "speaker" in f.kind] == []


def test_two_prints_that_have_no_alignment_are_compared_by_those_of_the_first():
    known = {frozenset(("p00", f"p{n:02}")) for n in range(1, 5)} | {frozenset(("p00", "q"))}
    bodies = {f"p{n:02}": (n, "one body") for n in range(5)} | {"q": (0, "another")}
    assert _aligned(bodies, known, "p03", "p04") == ("p00", "p01")
    assert _aligned(bodies, known, "p03", "q") == ("p00", "q")
    assert _aligned(bodies, known, "q", "p00") == ("q", "p00")


def test_texts_that_differ_in_a_letter_do_not_stand_for_one_another():
    story = [*prints(TWINS), printed("q", *WIRE, QUOTED + " ")]
    assert firsts_of_many(read_story(story)) == {}
