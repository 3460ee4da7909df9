"""Versions of a report: one address, one article, several saves."""

import pytest

import stemma
from pages.site import PARAGRAPHS
from stemma.reports import thresholds
from stemma.reports.versions import Change, changes, find_versions
from stemma.tables import Report

TEXT = [p.format(place="Ostrel") for p in PARAGRAPHS]
URL = "https://ostrel.example/bridge"


def report(name, title="Bridge closed", text=TEXT, **known):
    fields = dict.fromkeys(Report.__slots__) | {"byline": (), "contributors": (), "provenance": (), "url": URL}
    return Report(**fields | {"id": name, "page": name, "location": name, "title": title, "text": "\n".join(text)} | known)


def versions(*reports):
    return [(v.place, v.earlier, v.report) for v in find_versions(reports)]


def test_of_saves_of_one_address_the_last_one_stands_for_all():
    saves = [report(day, retrieved=f"2031-05-0{day}") for day in ("3", "1", "2")]
    assert versions(*saves) == [(1, "1", "3"), (2, "2", "3")]


def test_where_not_every_save_says_when_what_was_changed_last_is_the_newest():
    saves = [report("a", modified="2031-05-09"), report("b", published="2031-05-01", retrieved="2031-06-01")]
    assert versions(*saves) == [(1, "b", "a")]


@pytest.mark.parametrize(
    "address",
    ["http://www.ostrel.example/bridge/", "https://ostrel.example/bridge?utm_source=x", "https://ostrel.example/bridge#top"],
)
def test_what_only_tells_how_a_reader_came_makes_no_other_address(address):
    assert len(versions(report("a"), report("b", url=address))) == 1


@pytest.mark.parametrize("address", ["https://ostrel.example/bridge?id=2", "https://ostrel.example/ferry", None])
def test_other_addresses_are_other_reports(address):
    assert versions(report("a"), report("b", url=address)) == []


def test_two_articles_that_one_address_printed_on_two_days_are_no_versions(monkeypatch):
    other = report("b", "Band wins prize", ["The brass band of Varnby won the prize for the ninth year in a row on Sunday."])
    assert versions(report("a"), other) == []
    monkeypatch.setattr(thresholds, "SAME_ARTICLE", 0.0)
    assert len(versions(report("a"), other)) == 1


def test_a_new_headline_over_most_of_the_words_is_a_version(monkeypatch):
    edited = report("b", "Bridge stays closed", [*TEXT, "A second note came on Tuesday."])
    assert len(versions(report("a"), edited)) == 1
    monkeypatch.setattr(thresholds, "SAME_ARTICLE", 1.1)
    assert versions(report("a"), edited) == []


def test_paragraphs_are_added_cut_and_changed_in_the_order_of_the_page(monkeypatch):
    now = [TEXT[1].replace("nine", "ten"), "A second note came on Tuesday.", TEXT[2]]
    expected = [Change("cut", TEXT[0], None), Change("changed", TEXT[1], now[0]), Change("added", None, now[1])]
    assert changes(TEXT, now) == expected
    assert changes(TEXT, TEXT) == []
    monkeypatch.setattr(thresholds, "SAME_PARAGRAPH", 1.1)
    assert {c.kind for c in changes(TEXT, now)} == {"added", "cut"}


def test_the_newest_version_stands_in_the_story_and_the_account_tells_what_was_changed():
    rows = [
        {"id": n, "url": URL, "title": "Bridge closed", "text": "\n\n".join(text), "retrieved": f"2031-05-0{n}"}
        for n, text in ((1, TEXT[:2]), (2, TEXT))
    ]
    with stemma.read(rows[:1]) as corpus:
        first = corpus.stories[0].id
        (shown,) = corpus.add(rows[1:]).account().to_dict()["reports"]
        assert shown["location"] == "table 1!/2"
        (was,) = shown["versions"]
        assert (was["location"], was["retrieved"]) == ("table 1!/1", "2031-05-01")
        assert was["changes"] == [{"kind": "added", "was": None, "now": TEXT[2]}]
        # The story is found by the id that it had, and reading the old save again changes nothing.
        assert len(corpus.story(first).reports) == 1
        assert corpus.add(rows[:1]).account().to_dict()["reports"] == [shown]


def test_a_copy_of_what_was_changed_since_comes_from_the_report_also_when_the_old_save_is_read_last():
    rows = [
        {
            "id": 2,
            "url": URL,
            "outlet": "Ostrel Post",
            "title": "Bridge closed",
            "text": "\n\n".join(TEXT[:2]),
            "retrieved": "2031-05-03",
        },
        {"id": 3, "outlet": "Varnby Mail", "title": "Shut until spring", "text": "\n\n".join(TEXT), "published": "2031-05-02"},
    ]
    with stemma.read(rows) as corpus:
        first = {"id": 1, "url": URL, "title": "Bridge closed", "text": "\n\n".join(TEXT), "retrieved": "2031-05-01"}
        assert "printed in the version" not in corpus.stories[0].derivations[0].reason
        (edge,) = corpus.add([first]).stories[0].derivations
        assert (edge.parent_name, edge.child_name) == ("Ostrel Post", "Varnby Mail")
        assert edge.reason.endswith("words that Ostrel Post printed in the version of 2031-05-01 and prints no more")
