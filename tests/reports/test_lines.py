"""Scrapes that have lost their line ends: the furniture inside the one line is told from the article."""

import pytest

from stemma.reports.article import Article
from stemma.reports.lines import cut_at_joints, is_run_together
from stemma.reports.plain import article_from_text
from stemma.tables import BODY

TITLE = "Ostermark closes its old bridge after lorry breaks railing"
LEAD = "The council of Ostermark closed the old bridge on Monday after a lorry broke its railing."
REST = (
    "Engineers found rust in eleven of the forty girders, the town's builder Ana Brell said.",
    '"We cannot let anybody drive over it before they are replaced," Brell told residents.',
    "A ferry will carry cars across the river every half hour until the repair is finished.",
    "The last repair was paid for by the county, which has since sold its shares in the bridge.",
    "Mr. Tarle, who keeps the mill below the bridge, said the noise at night had been worse since spring.",
    "The ferry is to run from six in the morning until ten at night, and on market days until midnight.",
    "Residents of the southern bank asked for a second boat, but the council has not yet ordered one.",
    "Schools on both banks will open half an hour later so that children can cross in daylight.",
    "The railing was built in 1911 by a firm from Lind that also made the gates of the town's park.",
    "A lorry of the same company had touched the railing in March, according to the county's files.",
    "Brell expects the work to take five months and to cost more than the council has set aside.",
    "Shops near the bridge may ask for money if they lose more than a tenth of their sales.",
)


def page(*, before: str = "", between: str = "", after: str = "", lead: str = LEAD) -> Article:
    story = " ".join(part for part in (before, lead, *REST[:4], between, *REST[4:], after) if part)
    return article_from_text(f"{TITLE}\n\nNovember 7, 2016 11:34\n\n{story}\n")


def body(article: Article) -> str:
    return " ".join(text for role, text in article.blocks if role in BODY)


def role(article: Article, wanted: str) -> list[str]:
    return [text for role, text in article.blocks if role == wanted]


ARTICLE = " ".join((LEAD, *REST))


def test_an_article_on_one_line_without_furniture_stays_one_paragraph() -> None:
    assert role(page(), "paragraph") == [ARTICLE]


@pytest.mark.parametrize(
    "box",
    [
        "Harvest fair opens in Lind with record crowds Read more",
        "Click to share on Quayside (Opens in new window) Click to print (Opens in new window)",
        "[Choir from Velland wins the northern contest again]",
        "Share this with Facebook Twitter Email",
        "Get town updates directly to your inbox Invalid Email + Subscribe",
        "Video Loading Video Unavailable Click to play Cancel",
        "1 of 12 Full Screen Autoplay Close Skip Ad x The ferries of Ostermark View Photos A boat is made fast. Otto Lar/Lind "
        "Images Buy Photo Wait 1 second to continue.",
    ],
)
def test_a_box_or_a_link_inside_the_line_is_no_body(box: str) -> None:
    article = page(between=box)
    assert body(article) == ARTICLE
    assert not role(article, "caption")


@pytest.mark.parametrize(
    "caption",
    [
        "Image copyright EPA Image caption The broken railing seen from the southern bank",
        "Media caption Which bridge in the county has the most rust?",
        'Media caption Ana Brell: "We saw the rust. Nobody else had looked"',
        "The mayor beside the broken railing (Photo: Lind Images)",
        "GETTY Lorries wait for the ferry below the closed bridge",
        "EPA 9 Lorries wait for the ferry below the closed bridge",
    ],
)
def test_a_caption_inside_the_line_is_a_caption(caption: str) -> None:
    article = page(between=caption)
    assert body(article) == ARTICLE
    assert role(article, "caption") == [caption]


def test_a_caption_ends_where_a_long_quotation_opens() -> None:
    caption = "Tarin Images 9 Lorries wait for the ferry below the closed bridge"
    told = '"Nobody has told us for how long we are to wait here," a driver from Lind said.'
    article = page(between=f"GETTY {caption} {told}")
    assert role(article, "caption") == [f"GETTY {caption}"]
    assert told in body(article)


def test_of_a_caption_whose_end_nothing_tells_only_the_label_is_cut_off() -> None:
    told = "Lorries below the bridge Town crier Hanne Vold counted nine of them before noon."
    article = page(between=f"Image caption {told}")
    assert told in body(article)
    assert "Image caption" not in body(article)


def test_headline_byline_and_dateline_that_open_the_line_are_read_as_on_lines_of_their_own() -> None:
    article = page(before=f"{TITLE} By Ana Olsen and Per Quist OSTERMARK, Nov 6 (Reuters) -")
    assert article.byline == ("Ana Olsen", "Per Quist")
    assert (article.agency, article.dateline, article.title) == ("Reuters", "OSTERMARK", TITLE)
    assert article.published == "2016-11-07T11:34"
    assert body(article) == f"OSTERMARK, Nov 6 (Reuters) - {ARTICLE}"


def test_who_contributed_at_the_foot_of_the_line_is_no_body() -> None:
    article = page(after="Contributing: Per Quist Read or Share this story: http://lind.example/2f7")
    assert article.contributors == ("Per Quist",)
    assert body(article) == ARTICLE


def test_every_word_of_the_line_stands_in_one_piece() -> None:
    line = f"{ARTICLE} Image copyright AP Image caption The railing {ARTICLE}"
    assert is_run_together(line)
    assert " ".join(cut_at_joints(line)) == line


def test_a_long_paragraph_is_not_cut() -> None:
    assert not is_run_together(" ".join(REST[:5]))
