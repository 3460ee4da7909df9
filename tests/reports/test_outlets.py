"""Whose page a plain-text scrape is: names round the headline, in copyright lines, addresses and files' names."""

import pytest

from stemma.pages import Saved
from stemma.reports import read_page
from stemma.reports.outlets import known_outlet, outlet_beside, read_address
from stemma.reports.plain import article_from_text
from stemma.tables import Page

TITLE = "Old pier of Lind is closed after the storm"
BODY = (
    "The harbour master of Lind said on Tuesday that the old pier would be closed for a week after the storm.",
    "Two ferries were moved to the fishing port, where passengers waited for buses that the town had sent.",
    "The council meets on Friday to decide who pays for the repair, the mayor said in a letter to the owners.",
)


def read(*lines, address=None, below=()):
    return article_from_text("\n\n".join([*lines, *BODY, *below]), address)


@pytest.mark.parametrize("name", ["CNN", "RT", "NPR", "The Sun", "Daily Mail", "The New York Times", "Die Zeit", "lindpost.com"])
def test_a_known_name_or_a_sites_name_above_the_headline_is_the_outlet_and_never_the_title(name):
    article = read(name, TITLE, "12 March 2031")
    assert (article.outlet, article.title, article.published) == (name, TITLE, "2031-03-12")


def test_an_unknown_name_above_the_headline_is_the_outlet_where_a_word_or_the_files_name_tells():
    assert read("Brannoch Argus", TITLE, "By Mara Venn").outlet == "Brannoch Argus"
    assert read("Harbourlight", TITLE, "By Mara Venn", address="3_harbourlight.txt").outlet == "Harbourlight"


@pytest.mark.parametrize("kicker", ["Opinion", "Old pier", "TV Shows"])
def test_a_section_or_a_topic_above_the_headline_is_no_outlet(kicker):
    assert read(kicker, TITLE, "By Mara Venn").outlet is None


@pytest.mark.parametrize("name", ["NPR", "The Sun", "RT", "Brannoch Evening Post"])
def test_the_name_behind_the_headline_is_the_outlet_and_no_part_of_the_title(name):
    article = read(f"{TITLE} - {name}", "12 March 2031", "By Mara Venn")
    assert (article.outlet, article.title) == (name, TITLE)


@pytest.mark.parametrize("line", ["Lind Gazette, 12 March 2031", "Lind Gazette | 12 March 2031", "12 March 2031 · Lind Gazette"])
def test_the_name_beside_the_date_is_the_outlet(line):
    article = read(TITLE, line)
    assert (article.outlet, article.title, article.published) == ("Lind Gazette", TITLE, "2031-03-12")


@pytest.mark.parametrize("name", ["New Lind", "Reuters", "Sports", "Today", "Mara Venn", "By Mara Venn, Lind Gazette"])
def test_a_town_an_agency_a_section_and_an_author_with_a_house_beside_the_date_are_no_outlet(name):
    assert read(TITLE, f"{name}, 12 March 2031").outlet is None


def test_words_behind_a_dash_that_name_nobody_stay_in_the_title():
    title = f"{TITLE} - but ferries sail"
    article = read(title, "By Mara Venn", address="pages/003_npr.txt")
    assert (article.outlet, article.title) == ("NPR", title)


@pytest.mark.parametrize("name", ["The Washington Post", "NPR", "E! Online", "Brannoch Argus"])
def test_a_copyright_line_names_the_outlet(name):
    assert read(TITLE, "By Mara Venn", below=[f"© 2031 {name}. All rights reserved."]).outlet == name


def test_an_agencys_copyright_line_is_a_credit_and_no_outlet():
    foot = "Copyright 2031 The Associated Press. All rights reserved. This page may not be published or rewritten."
    assert read(TITLE, "By Mara Venn", below=[foot]).outlet is None
    assert read("The Washington Post", TITLE, below=[foot]).outlet == "The Washington Post"


def test_an_agency_heads_its_own_page_and_signs_anothers():
    assert read("Reuters", TITLE, "12 March 2031").outlet == "Reuters"
    assert read("The Sun", "World", TITLE, "12 March 2031", "Reuters").outlet == "The Sun"


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("pages/003_dailymail.txt", "Daily Mail"),
        ("12_thenewyorktimes.txt", "The New York Times"),
        ("nytimes2.txt", "The New York Times"),
        ("cnn-pier-closed.txt", "CNN"),
        ("cnn.txt", "CNN"),
        ("bbc.txt", "BBC News"),
        ("005_rt.txt", "RT"),
        ("2_bild.txt", "Bild"),
        ("bbc.co.uk_news_2031-pier.html", "BBC News"),
        ("story.zip!/www.lindpost.com_pier.txt", "lindpost.com"),
        ("https://edition.cnn.com/2031/03/12/pier/index.html", "CNN"),
        ("https://news.brannoch.example/pier", "news.brannoch.example"),
        ("pages/pier-closed-in-lind.txt", None),
        ("people-flee-storm.txt", None),
        ("page_4.txt", None),
        ("notes.md", None),
        ("pages/pier-works.pdf", None),
        ("saved1.mhtml", None),
        ("letter.eml", None),
        ("www.lindpost.com_pier.pdf", "lindpost.com"),
    ],
)
def test_an_address_or_a_files_name_tells_the_outlet_where_it_is_known_or_a_host(address, outlet):
    assert read_address(address).outlet == outlet
    assert read(TITLE, "By Mara Venn", address=address).outlet == outlet


@pytest.mark.parametrize("name", ["fr.txt", "al.md", "bild.txt", "time.txt", "ap.txt", "index.txt"])
def test_one_word_two_initials_and_the_code_of_a_language_as_a_files_name_name_no_outlet(name):
    assert read(TITLE, "By Mara Venn", address=name).outlet is None
    marked = f"<article><h1>{TITLE}</h1>{''.join(f'<p>{text}</p>' for text in BODY)}</article>"
    saved = Saved(Page("p", f"{name}.html", None, None, None, None, "", len(marked), "html"), marked.encode())
    assert read_page(saved)[0][0].outlet is None


@pytest.mark.parametrize(
    ("name", "words", "outlet"),
    [
        ("ap.txt", "LIND (AP) - The council met late on Tuesday and heard the owners of both ferries.", "Associated Press"),
        ("reuters.txt", "LIND (Reuters) - The council met late on Tuesday and heard the owners of both ferries.", "Reuters"),
        ("fr.txt", "The owners told the Frankfurter Rundschau that they would not pay for the repair.", "Frankfurter Rundschau"),
        ("time.txt", "Time is short, said the owners of both ferries, who would not pay for the repair.", None),
        ("ap.txt", "The APs of the harbour office were out of order, said the owners of both ferries.", None),
    ],
)
def test_such_a_files_name_tells_the_outlet_where_the_page_prints_a_name_of_it_that_is_no_common_word(name, words, outlet):
    assert read(TITLE, "By Mara Venn", address=name, below=[words]).outlet == outlet


def test_a_name_that_the_page_prints_alone_and_the_file_is_called_by_is_the_outlet():
    article = read(TITLE, "By Mara Venn", address="07_velldalbo.txt", below=["Velldalbo", "Imprint"])
    assert article.outlet == "Velldalbo"
    assert read(TITLE, "By Mara Venn", address="07_velldalbo.txt").outlet is None


def test_what_the_page_prints_outweighs_the_files_name():
    assert read("The Guardian", TITLE, "12 March 2031", address="003_dailymail.txt").outlet == "The Guardian"


def test_a_common_word_in_small_letters_is_no_outlet():
    assert known_outlet("Time") == "Time"
    assert known_outlet("time") is None


@pytest.mark.parametrize("marks", ["* * *", "(...)", "---"])
def test_marks_without_a_letter_are_no_outlet(marks):
    assert read(marks, TITLE, "12 March 2031", address="saved/004_page.txt", below=(marks,)).outlet is None


@pytest.mark.parametrize(
    ("document", "outlet"),
    [
        (f"{TITLE} - Harbourlight", "Harbourlight"),
        (f"{TITLE} | World | The Lind Post", "The Lind Post"),
        (f"Harbourlight: {TITLE}", None),
        (f"Harbourlight | {TITLE}", "Harbourlight"),
        (f"{TITLE} - Politics", None),
        (f"{TITLE} - Mara Venn", None),
        ("Microsoft Word - Pier", None),
        (TITLE, None),
        ("", None),
    ],
)
def test_what_a_documents_title_has_beside_the_headline_is_the_outlet(document, outlet):
    assert outlet_beside(TITLE, document) == outlet


@pytest.mark.parametrize("title", ["Old Pier - A Life", ""])
def test_a_part_of_the_headline_is_no_outlet(title):
    assert outlet_beside(title, "Old Pier - A Life") is None
