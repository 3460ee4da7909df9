"""The descent of a story as rows: the same whatever the order, and no report too odd for it."""

import random
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from descent.test_translation import ENGLISH, OTHER, TRANSLATED
from stemma.descent import story_descent
from stemma.descent.story_descent import sigla

STORY = [
    printed("a", *WIRE, published="2031-05-04T10:00", agency="Norrland Press"),
    printed("b", *WIRE[:3], published="2031-05-04T12:00"),
    printed("c", *REWORDED, published="2031-05-05"),
    printed("d", *INDEPENDENT, byline=("Mira Solheim",)),
    printed("e", *INDEPENDENT[1:3], *WIRE[3:], credit="Source link"),
    printed("f", *TRANSLATED["fr"], language="fr"),
]
ODD = {
    "no body": printed("n"),
    "one sentence": printed("o", "The Marigold ran aground."),
    "only marks": printed("m", "— … “”"),
    "another language": printed("u", "Пором сів на мілину біля порту.", language="uk"),
    "no language": printed("l", *WIRE[:2], language=None),
    "one long word": printed("w", "x" * 5000),
}


def rows(found):
    return {f.name: getattr(found, f.name) for f in fields(found) if f.name != "tellings"}


def parents(found):
    names = {w.id: w.report or w.name or w.siglum for w in found.witnesses}
    return {names[d.child]: (names[d.parent], d.kind) for d in found.derivations}


@settings(max_examples=15)
@given(st.permutations(STORY))
def test_the_rows_are_the_same_in_any_order(reports):
    assert rows(story_descent("s", reports)) == rows(story_descent("s", STORY))


def test_identical_reports_are_one_origin_and_every_word_of_them_is_aligned():
    found = story_descent("s", [printed("a", *WIRE), printed("b", *WIRE), printed("c", *WIRE)])
    assert (found.count.low, found.count.best) == (1, 1)
    assert len(found.origins) == 1
    assert {(a.kind, a.score) for a in found.alignments} == {("verbatim", 1.0)}
    assert len(found.alignments) == 3 * len(WIRE)


def test_alignments_are_words_of_one_paragraph_on_both_sides():
    found = story_descent("s", STORY)
    texts = {r.id: r.text for r, _ in STORY}
    assert found.alignments
    for a in found.alignments:
        for report, start, end in ((a.a_report, a.a_start, a.a_end), (a.b_report, a.b_start, a.b_end)):
            words = texts[report][start:end]
            assert words == words.strip()
            assert words
            assert "\n" not in words


def test_every_id_in_the_rows_is_a_witness():
    found = story_descent("s", STORY)
    known = {w.id for w in found.witnesses}
    assert {d.child for d in found.derivations} | {d.parent for d in found.derivations} <= known
    assert {o.witness for o in found.origins} <= known
    assert {d.origin for d in found.descendants} <= {o.witness for o in found.origins}
    assert found.count.low <= found.count.best == len(found.origins) <= found.count.high


def test_a_named_lost_source_is_a_witness_with_a_greek_letter():
    found = story_descent("s", STORY)
    lost = next(w for w in found.witnesses if w.name == "Norrland Press")
    assert (lost.report, lost.siglum) == (None, "α")


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_report_stops_nothing_and_takes_nothing_from_the_rest(odd):
    plain = story_descent("s", STORY)
    found = story_descent("s", [*STORY, ODD[odd]])
    assert len(found.witnesses) == len(plain.witnesses) + 1
    assert set(parents(plain)) <= set(parents(found))


def test_a_story_of_one_report_is_one_origin():
    found = story_descent("s", [printed("a", *WIRE)])
    assert (found.count.low, found.count.best, found.count.high) == (1, 1, 1)
    assert found.derivations == []


def test_a_translation_and_an_independent_report_beside_it():
    found = story_descent(
        "s",
        [
            printed("a", *TRANSLATED["es"], language="es", published="2031-05-04"),
            printed("b", *ENGLISH, published="2031-05-05"),
            printed("c", *OTHER),
        ],
    )
    assert parents(found) == {"b": ("a", "translation")}
    assert found.count.best == 2


def test_sigla_go_by_time_and_do_not_end_at_z():
    reports = [printed(f"{n:03}", "x", published=f"2031-01-01T{n // 60:02}:{n % 60:02}")[0] for n in range(60)]
    random.Random(1).shuffle(reports)
    letters = sigla(reports)
    assert [letters["000"], letters["025"], letters["026"]] == ["A", "Z", "Aa"]
    assert len(set(letters.values())) == 60
