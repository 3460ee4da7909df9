"""Pages as programs save them: what they leave in the file says from where and when."""

import pytest

from pages.site import PARAGRAPHS, article, serve
from stemma.pages import PageOptions, Saved, read_pages
from stemma.pages.meta import PageMeta
from stemma.reports import read_page
from stemma.tables import Skipped


def only_page(path, told=None):
    (found,) = read_pages([str(path)], told or PageOptions())
    assert isinstance(found, Saved), found.reason
    return found


def test_the_page_in_what_chromium_saves_as_mhtml_is_read_with_its_address_and_time(browser, tmp_path):
    with serve() as site:
        site.pages = {"bridge": article(foot='<iframe src="/advert"></iframe>'), "advert": article("Advert")}
        with browser.new_page() as page:
            page.goto(site / "bridge", wait_until="networkidle")
            saved_as = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
        (tmp_path / "bridge.mhtml").write_text(saved_as["data"], "utf-8", newline="")
        saved = only_page(tmp_path)
        ((report, _),) = read_page(saved)
        assert saved.page.url == site / "bridge"
    assert report.retrieved
    assert report.retrieved[:2] == "20"
    assert all(p.format(place="Ostrel") in report.text for p in PARAGRAPHS)
    assert "Advert" not in report.text


NEWSLETTER = """From: Ostrel Log <letter@ostrel.example>
To: reader@example.org
Subject: =?utf-8?q?Bridge_closed=2C_caf=C3=A9_open?=
Date: Mon, 05 May 2031 07:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

Read this letter in your browser.
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: {encoding}

{body}
--b--
"""
LETTER = "<html><body><p>The café at the bridge stays open.</p>" + "".join(
    f"<p>{p.format(place='Ostrel')}</p>" for p in PARAGRAPHS
)


def test_a_mail_that_was_cut_off_inside_its_page_is_read_and_said_to_be_cut(tmp_path):
    whole = NEWSLETTER.format(encoding="7bit", body=LETTER.encode("ascii", "xmlcharrefreplace").decode())
    (tmp_path / "whole.eml").write_text(whole, "ascii")
    (tmp_path / "cut.eml").write_text(whole[: len(whole) // 2], "ascii")
    saved, said = read_pages([str(tmp_path / "cut.eml")])
    assert isinstance(saved, Saved)
    assert isinstance(said, Skipped)
    assert "cut off" in said.reason
    assert len(list(read_pages([str(tmp_path / "whole.eml")]))) == 1


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_a_newsletter_is_read_by_its_html_part_in_any_encoding(tmp_path, encoding):
    import base64
    import quopri

    plain = LETTER.replace("“", '"').replace("”", '"').encode("latin-1")
    body = {"8bit": plain, "quoted-printable": quopri.encodestring(plain), "base64": base64.encodebytes(plain)}[encoding]
    head, _, foot = NEWSLETTER.format(encoding=encoding, body="BODY").encode().partition(b"BODY")
    (tmp_path / "letter.eml").write_bytes(head + body + foot)
    ((report, _),) = read_page(only_page(tmp_path))
    assert (report.outlet, report.title, report.published) == (
        "Ostrel Log",
        "Bridge closed, café open",
        "2031-05-05T07:00:00+02:00",
    )
    assert "The café at the bridge stays open." in report.text
    assert "in your browser" not in report.text


LEFT = {
    "chrome": ("<!-- saved from url=(0029)https://ostrel.example/bridge -->", PageMeta("https://ostrel.example/bridge")),
    "SingleFile": (
        "<!--\n Page saved with SingleFile \n url: https://ostrel.example/bridge \n saved date: Mon May 05 2031 07:01:02 GMT+0200"
        " (Central European Summer Time)\n-->",
        PageMeta("https://ostrel.example/bridge", retrieved="2031-05-05T07:01:02+02:00"),
    ),
    "HTTrack": (
        "<!-- Mirrored from ostrel.example/bridge by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 05 May 2031 07:01:02 GMT -->",
        PageMeta("http://ostrel.example/bridge", retrieved="2031-05-05T07:01:02"),
    ),
}


@pytest.mark.parametrize("program", LEFT)
def test_what_the_program_that_saved_a_page_left_in_it_is_believed_but_not_more_than_the_meta_file(tmp_path, program):
    comment, left = LEFT[program]
    canonical = '<link rel="canonical" href="https://elsewhere.example/bridge">'
    (tmp_path / "a.html").write_bytes(f"<!DOCTYPE html>\n{comment}\n".encode() + article(head=canonical))
    page = only_page(tmp_path).page
    assert (page.url, page.retrieved) == (left.url, left.retrieved)
    told = only_page(tmp_path, PageOptions({"a.html": PageMeta(url="https://meta.example/")})).page
    assert (told.url, told.retrieved) == ("https://meta.example/", left.retrieved)


def test_when_the_wayback_machine_took_a_page_stands_at_its_foot(tmp_path):
    foot = "<!--\n     FILE ARCHIVED ON 07:01:02 May 05, 2031 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE.\n-->"
    (tmp_path / "a.html").write_bytes(article(foot=foot))
    assert only_page(tmp_path).page.retrieved == "2031-05-05T07:01:02"


def test_a_mail_without_text_is_told(tmp_path):
    (tmp_path / "a.eml").write_text("From: a@b.example\nMIME-Version: 1.0\nContent-Type: image/png\n\nx\n")
    (found,) = read_pages([str(tmp_path)])
    assert "no part that is HTML or plain text" in found.reason


def test_a_header_without_end_and_parts_without_number_within_each_other_are_no_work(tmp_path):
    """What decodes a header takes the square of its words: a megabyte of them would take minutes."""
    head = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html\nSubject: " + "=?utf-8?q?bridge_?= " * 50_000
    (tmp_path / "a.eml").write_bytes(head.encode() + b"\n\n" + article())
    deep = "MIME-Version: 1.0\n" + "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(2000))
    (tmp_path / "b.mhtml").write_text(deep + "Content-Type: text/html\n\n<p>x</p>\n")
    letter, nested = read_pages([str(tmp_path)])
    assert letter.page.title.startswith("bridge bridge")
    assert nested.reason == "the file is broken (its parts lie too deep within each other)."
