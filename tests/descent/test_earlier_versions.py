"""Reports that were edited: what others copied before is theirs all the same, and what they took back no longer is."""

import pytest

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from descent.test_story_descent import parents, rows
from stemma.descent import story_descent

FIRST = printed("t", *WIRE, published="2031-05-04T08:00", outlet="Tidewire")
CHANGED = (
    *WIRE[:2],
    WIRE[2].replace("eleven people were treated for bruises", "thirty travellers had to see a doctor"),
    *WIRE[4:],
)
COPY = printed("c", *WIRE[1:5], published="2031-05-04T12:00", outlet="Lantry Mail")


def edited(*paragraphs, published="2031-05-04T08:00"):
    return printed("n", *paragraphs, published=published, outlet="Tidewire")


def told(*reports, first=FIRST):
    return story_descent("s", reports, earlier={"n": [first]})


def said(found):
    return {d.child: d.reason for d in found.derivations}


def test_what_only_the_first_version_printed_comes_from_its_report_and_the_edge_says_so():
    found = told(edited(*CHANGED), COPY)
    assert parents(found) == {"c": ("n", "verbatim")}
    assert found.derivations[0].share == 1.0
    assert found.count.best == 1
    assert said(found)["c"] == "has 31 words that Tidewire printed in the version of 2031-05-04T08:00 and prints no more"
    (sign,) = (s for s in found.signs if s.sign == "earlier version")
    text = COPY[0].text
    assert "long scraping noise" in text[sign.start : sign.end]


def test_a_number_that_was_changed_since_is_shown_where_the_copy_prints_it():
    copy = printed("c", *WIRE[1:4], published="2031-05-04T12:00", outlet="Lantry Mail")
    found = told(edited(*WIRE[:2], WIRE[2].replace("eleven", "thirty"), *WIRE[3:]), copy)
    assert said(found)["c"].startswith("has 1 word that Tidewire printed")
    (sign,) = (s for s in found.signs if s.sign == "earlier version")
    assert "eleven people" in copy[0].text[sign.start : sign.end]


def test_a_copy_of_what_is_still_printed_has_nothing_of_an_earlier_version():
    found = told(edited(*CHANGED), printed("c", *CHANGED[2:], outlet="Lantry Mail", published="2031-05-04T12:00"))
    assert parents(found) == {"c": ("n", "verbatim")}
    assert all(s.sign != "earlier version" for s in found.signs)


def test_an_article_that_was_written_anew_still_gave_what_was_copied_before():
    newest, copy = edited(*INDEPENDENT), printed("c", *WIRE[1:4], published="2031-05-04T12:00", outlet="Lantry Mail")
    assert parents(story_descent("s", [newest, copy])) == {}
    found = told(newest, copy)
    assert parents(found) == {"c": ("n", "verbatim")}
    # What is no longer printed has no place in the newest text.
    assert all(a.a_end <= len(newest[0].text) for a in found.alignments)


def test_a_rewording_of_the_first_version_is_one_of_its_report():
    found = told(edited(*INDEPENDENT), printed("c", *REWORDED, published="2031-05-05", outlet="Lantry Mail"))
    assert parents(found) == {"c": ("n", "rewrite")}


def test_the_time_of_a_report_is_that_of_its_first_version():
    newest = edited(*CHANGED, published="2031-05-07T08:00")
    signs = {s.sign: s for s in told(newest, COPY).signs}
    assert signs["time of publication"].reason == "Tidewire is dated 2031-05-04T08:00, Lantry Mail 2031-05-04T12:00"


def test_a_report_that_took_back_what_it_had_copied_has_no_source():
    wire = printed("w", *WIRE, published="2031-05-04T06:00", outlet="Norrland Post", byline=("Mira Solheim",))
    first = printed("t", *WIRE[:4], published="2031-05-04T08:00", outlet="Tidewire", credit="Norrland Post")
    found = told(edited(*INDEPENDENT), wire, first=first)
    assert (parents(found), found.count.best) == ({}, 2)


def test_two_copies_of_a_first_version_need_no_lost_source():
    other = printed("d", *WIRE[:5], published="2031-05-04T13:00", outlet="Ostmark Sun")
    found = told(edited(*WIRE[:1], *INDEPENDENT[1:]), COPY, other)
    assert {w.report for w in found.witnesses} == {"n", "c", "d"}
    assert found.count.best == 1


@pytest.mark.parametrize("again", [[FIRST], [FIRST, FIRST]])
def test_versions_without_a_paragraph_of_their_own_change_nothing(again):
    story = [edited(*WIRE), COPY]
    assert rows(story_descent("s", story, earlier={"n": again})) == rows(story_descent("s", story))
