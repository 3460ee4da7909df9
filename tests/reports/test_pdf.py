"""PDFs as browsers and office programs write them: paragraphs whole, without what stands on every sheet."""

import random

import pytest

from pages.site import PARAGRAPHS, serve
from stemma.errors import PageError
from stemma.pages import read_pages
from stemma.reports import read_page
from stemma.reports.pdf import text_of_pdf
from stemma.tables import Provenance

LONG = [
    f"At the {n}th pier {p[0].lower() + p[1:] if p[0].isalpha() else p}".format(place="Ostrel")
    for n in range(4, 18)
    for p in PARAGRAPHS
]
HTML = (
    "<html><head><title>Bridge closed - Ostrel Log</title><meta charset=utf-8></head><body style='font: 16px serif'>"
    f"<h1>Bridge at Ostrel closed after a crack was found</h1><p>By Ada Fenn</p>{''.join(f'<p>{p}</p>' for p in LONG)}"
).encode()


@pytest.fixture(scope="module")
def printed(browser):
    """Return a page that Chromium printed with its own head and foot on each sheet, its address, and a picture of a page."""
    with serve() as site:
        site.pages = {"bridge": HTML, "picture": b"<svg width=400 height=400><rect width=300 height=300></rect></svg>"}
        with browser.new_page() as page:
            page.goto(site / "bridge")
            sheets = page.pdf(
                format="A4",
                display_header_footer=True,
                margin={"top": "1.2cm", "bottom": "1.2cm"},
                header_template="<p style='font-size:8px'><span class=date></span> <span class=title></span></p>",
                footer_template="<p style='font-size:8px'><span class=url></span> <span class=pageNumber></span>/"
                "<span class=totalPages></span></p>",
            )
            page.goto(site / "picture")
            return sheets, site / "bridge", page.pdf()


def test_the_paragraphs_of_a_printed_page_are_whole_over_its_sheets(printed):
    content, address, _ = printed
    text, left = text_of_pdf(content)
    assert text.split("\n\n")[-len(LONG) :] == LONG
    assert address not in text
    assert (left.url, left.retrieved[:2]) == (address, "20")


def test_a_pdf_is_read_like_any_page(printed, tmp_path):
    (tmp_path / "bridge.pdf").write_bytes(printed[0])
    (saved,) = read_pages([str(tmp_path)])
    ((report, _),) = read_page(saved)
    assert (report.title, report.byline) == ("Bridge at Ostrel closed after a crack was found", ("Ada Fenn",))
    assert (saved.page.format, report.url) == ("pdf", printed[1])
    assert all(p in report.text for p in LONG)


def test_the_title_of_a_printed_document_names_the_outlet(browser, tmp_path):
    headline = "Bridge at Ostrel closed"
    with browser.new_page() as page:
        page.set_content(f"<title>{headline} - Tidelight</title><meta charset=utf-8><h1>{headline}</h1><p>{'<p>'.join(LONG)}")
        (tmp_path / "bridge.pdf").write_bytes(page.pdf())
    ((report, _),) = read_page(*read_pages([str(tmp_path)]))
    assert (report.title, report.outlet) == (headline, "Tidelight")
    assert Provenance("outlet", "document title") in report.provenance


@pytest.mark.parametrize(("columns", "style"), [(2, ""), (3, "margin:0;text-indent:1em;text-align:justify")])
def test_text_in_columns_is_read_one_column_after_the_other_with_its_paragraphs_whole(browser, columns, style):
    chance, words = random.Random(5), " ".join(LONG).replace(".", "").replace("”", "").replace("“", "").split()
    told = [" ".join(chance.choices(words, k=chance.randint(12, 60))).capitalize() + "." for _ in range(40)]
    paragraphs = "".join(f"<p style='{style}'>{p}</p>" for p in told)
    with browser.new_page() as page:
        page.set_content(
            "<meta charset=utf-8><h1>Bridge at Ostrel closed after a crack was found</h1><p>The county has shut it.</p>"
            f"<div style='columns:{columns};column-gap:1cm'>{paragraphs}</div>"
        )
        text, _ = text_of_pdf(page.pdf(format="A4"))
    assert text.split("\n\n")[-len(told) :] == told


def test_a_pdf_of_pictures_is_told_to_have_no_text(printed):
    with pytest.raises(PageError, match="no text; stemma reads no pictures"):
        text_of_pdf(printed[2])


def test_a_broken_pdf_is_told(printed):
    with pytest.raises(PageError, match="the PDF is broken"):
        text_of_pdf(printed[0][:500])


def test_a_pdf_of_which_a_page_cannot_be_read_is_told():
    """Its list of pages names something that is none."""
    drawn = "BT /F1 11 Tf 50 700 Td (The bridge at Ostrel was closed.) Tj ET"
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources{font}>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
    ]  # fmt: skip
    objects = "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(parts, 1))
    document = f"%PDF-1.4\n{objects}trailer<</Size 5/Root 1 0 R>>\n"
    assert text_of_pdf(document.replace(" 9 0 R]/Count 2", "]/Count 1").encode())[0] == "The bridge at Ostrel was closed."
    with pytest.raises(PageError, match="one of its pages cannot be read"):
        text_of_pdf(document.encode())
