"""What a person says of a page in a meta file counts whenever it is said; it makes no second page."""

import itertools
import json
import shutil

import pytest

GIVEN = {"url": "https://mail.example/fire", "outlet": "The Ostrel Log", "published": "2031-05-05"}


@pytest.fixture
def pages(harbour, tmp_path):
    """Return a folder of three pages of one story."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in sorted(harbour.iterdir())[:3]:
        shutil.copy(page, folder)
    return folder


@pytest.fixture
def run(stemma, pages, tmp_path):
    """Analyse the pages into one store, with what is said of a page if anything is; return the account."""

    def once(db, said=None, name="atlantic-mail.html"):
        meta = tmp_path / "meta.jsonl"
        meta.write_text(json.dumps({"file": name} | (said or {})) + "\n", "utf-8")
        options = ["--meta", meta] if said else []
        return json.loads(stemma("analyse", pages, *options, "--db", tmp_path / db, "--json", "-").stdout)

    return once


@pytest.mark.parametrize(
    "said", [GIVEN, {"outlet": "The Ostrel Log"}, {"published": "2031-05-05"}], ids=["all", "outlet", "date"]
)
def test_a_page_and_what_is_said_of_it_are_one_report_in_any_order_of_runs(run, said):
    expected = run("told.db", said)
    assert len(expected["reports"]) == 3
    (told,) = (r for r in expected["reports"] if r["location"].endswith("atlantic-mail.html"))
    assert {field: told[field] for field in said} == said
    plain = run("later.db")
    assert plain != expected
    for db, order in itertools.product(["later.db", "told.db"], [said, None, said]):
        assert run(db, order) == expected


def test_what_is_said_last_of_a_page_counts(run):
    run("news.db", GIVEN)
    last = GIVEN | {"url": "https://mail.example/harbour-fire", "outlet": "The Mail"}
    assert run("news.db", last) == run("alone.db", last)


@pytest.mark.parametrize("told", ["pages/atlantic-mail.html", "copies/atlantic-mail.html"])
def test_a_copy_of_a_page_stands_for_itself_once_one_of_them_is_told_apart(run, pages, told):
    (pages / "copies").mkdir()
    shutil.copy(pages / "atlantic-mail.html", pages / "copies")
    assert len(run("later.db")["reports"]) == 3
    expected = run("told.db", GIVEN, told)
    assert len(expected["reports"]) == 4
    assert run("later.db", GIVEN, told) == expected
    assert run("later.db") == expected
