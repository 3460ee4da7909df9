"""Pages that are laid out in tables and say nothing in their markup: the article's cell, its outlet, its credits."""

import pytest

from stemma.reports.html import article_from_html
from stemma.tables import BODY

SENTENCES = [
    "The harbour master of Brannoch closed the northern pier on Tuesday after a crane tilted over the water.",
    "“Nobody was hurt, and we mean to keep it so,” Ailsa Tarn told the island council in the evening.",
    "Traders were angry.",
    "Traders on the quay reckon that the closure costs them a third of their takings in the first week of the season.",
    "An engineer from the mainland is to look at the foundations before the weekend, the council's clerk said.",
]
HEADLINE = "Crane tilts: pier shut for a week"


def page(title, *, body=None, logo='<img src="/logo.gif" alt="Brannoch Lantern">', foot="", under="", credit=""):
    text = body or "".join(f"<p class=txt>{s}</p>" for s in SENTENCES)
    return f"""<html><head><title>{title}</title></head><body><table width=960>
    <tr><td colspan=3><a href="/index.php">{logo}</a></td></tr>
    <tr><td colspan=3>Today is Friday, March 14, 2031 | <a href=/in.php>Log in</a></td></tr>
    <tr><td colspan=3><a href=/1.php>Home</a> | <a href=/2.php>Islands</a> | <a href=/3.php>Weather</a></td></tr>
    <tr><td><b>Headlines</b><br>&bull; <a href=/4.php>Sheep sale sets a record</a><br>
    &bull; <a href=/5.php>Choir wins</a>
    <br><br><b>Reader poll</b><br>Should the old pier be pulled down before the winter? Yes No</td>
    <td><table><tr><td><h2>{HEADLINE}</h2><div>March 12, 2031</div>{under}
    <table align=right><tr><td><img src=/c.jpg></td></tr><tr><td>The crane on Tuesday (archive)</td></tr></table>
    {text}{credit}<div><a href=#>Print this story</a> | <a href=#>Send to a friend</a></div></td></tr></table></td>
    <td><div>Lantern headlines by mail<br><input name=m></div>
    <div>Advertise here: call our people on the quay</div></td>
    </tr><tr><td colspan=3>{foot}</td></tr></table></body></html>"""


def body_of(printed):
    return [t for role, t in printed.blocks if role in BODY]


def test_what_stands_in_other_cells_of_the_layout_is_no_part_of_the_article():
    printed = article_from_html(page(f"Brannoch Lantern : {HEADLINE}"))
    assert body_of(printed) == SENTENCES
    assert {role for role, t in printed.blocks if t in SENTENCES} == {"paragraph"}
    assert ("caption", "The crane on Tuesday (archive)") in printed.blocks


@pytest.mark.parametrize(
    "title", [f"Brannoch Lantern : {HEADLINE}", f"{HEADLINE} - Brannoch Lantern", f"Brannoch Lantern | {HEADLINE}"]
)
def test_the_outlet_before_or_after_the_headline_goes_off_the_title_and_is_the_outlet(title):
    printed = article_from_html(page(title))
    assert (printed.title, printed.outlet) == (HEADLINE, "Brannoch Lantern")


def test_the_copyright_line_names_the_outlet_where_nothing_else_does():
    printed = article_from_html(page(HEADLINE, logo="", foot="Copyright 2031 Brannoch Lantern. All rights reserved."))
    assert printed.outlet == "Brannoch Lantern"
    assert article_from_html(page(HEADLINE, logo="", foot="© 2031 Island Holdings Ltd")).outlet is None


def test_a_part_of_a_headline_that_nothing_on_the_page_calls_the_site_is_no_outlet():
    printed = article_from_html(page("Harbour Crisis - Pier Shut for a Week", logo=""))
    assert (printed.title, printed.outlet) == ("Harbour Crisis - Pier Shut for a Week", None)


def test_a_byline_in_a_plain_div_names_its_author_and_not_the_outlet():
    under = "<div>By Morag Lindqvist, Brannoch Lantern</div>"
    assert article_from_html(page(f"Brannoch Lantern : {HEADLINE}", under=under)).byline == ("Morag Lindqvist",)


@pytest.mark.parametrize("credit", ["<p><i>Source: Tarinwire</i></p>", "<p>Tarinwire</p>", "<div>(Tarinwire)</div>"])
def test_an_agency_credited_at_the_foot_is_the_agency_and_its_line_is_a_credit(credit):
    printed = article_from_html(page(HEADLINE, credit=credit))
    assert printed.agency == "Tarinwire"
    assert [t for role, t in printed.blocks if role == "credit" and "Tarinwire" in t]
    assert body_of(printed) == SENTENCES


def test_the_cells_of_a_table_of_figures_in_the_article_are_kept():
    rows = "".join(f"<tr><td>{2020 + n}</td><td>{n * 7} boats</td></tr>" for n in range(1, 6))
    table = f"<table><tr><th>Year</th><th>Boats in the harbour</th></tr>{rows}</table>"
    paragraphs = "".join(f"<p>{s}</p>" for s in SENTENCES)
    article = f"<article><h1>{HEADLINE}</h1>{paragraphs}{table}{paragraphs.replace('The', 'A')}</article>"
    cells = [t for role, t in article_from_html(f"<html><body>{article}</body></html>").blocks if role == "table"]
    assert cells[-2:] == ["2025", "35 boats"]


def test_a_page_of_fonts_and_line_breaks_alone_gives_title_outlet_byline_and_body():
    head = "<center><font size=6><b>Brannoch Lantern</b></font></center><hr><a href=a.html>Islands</a><hr>"
    slots = f"<font size=5><b>{HEADLINE}</b></font><br><i>by Morag Lindqvist</i><br>12 March 2031<br><br>"
    text = "<br><br>".join(SENTENCES)
    printed = article_from_html(
        f"<html><head><title>{HEADLINE} - Brannoch Lantern</title></head>"
        f"<body>{head}{slots}{text}<hr>Copyright 2031 Brannoch Lantern</body></html>"
    )
    assert body_of(printed) == SENTENCES
    assert (printed.title, printed.outlet, printed.byline) == (HEADLINE, "Brannoch Lantern", ("Morag Lindqvist",))
    assert printed.published == "2031-03-12"
