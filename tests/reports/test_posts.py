"""Posts that pages embed: found by how embeds print themselves, each one block, with author, handle and date."""

import pytest

from stemma.mentions import find_mentions
from stemma.mentions.parse import paragraphs
from stemma.reports.article import report_from_article
from stemma.reports.html import article_from_html
from stemma.reports.plain import article_from_text
from stemma.reports.posts import is_post, posts_in
from stemma.tables import BODY, OWN_BODY

TELLING = "The council of Ostermark closed the old bridge on Monday after a lorry broke its railing, and a ferry took over."
MORE = "Engineers expect the repair to last until the spring, the mayor told a meeting of residents in the town hall on Tuesday."
LAST = "A second ferry will carry cars across the river every half hour until the first frost, the harbour office said later."


@pytest.mark.parametrize(
    ("text", "words", "author", "handle", "published"),
    [
        ("It is shut. — Ana Brell (@anabrell) May 3, 2019", "It is shut.", "Ana Brell", "@anabrell", "2019-05-03"),
        ("It is shut. Ana Brell (@anabrell) May 3, 2019", "It is shut.", "Ana Brell", "@anabrell", "2019-05-03"),
        (
            "Shut again. A post shared by Lind Ferries (@lindferries) on May 3, 2019 at 9:50pm PDT",
            "Shut again.", "Lind Ferries", "@lindferries", "2019-05-03T21:50",
        ),
        ("It is shut. Posted by Lind Ferries on Friday, 3 May 2019", "It is shut.", "Lind Ferries", None, "2019-05-03"),
        ("Ganz zu. — Ana Brell (@anabrell) 3. Mai 2019", "Ganz zu.", "Ana Brell", "@anabrell", "2019-05-03"),
    ],
)  # fmt: skip
def test_a_post_has_its_words_author_handle_and_date(
    text: str, words: str, author: str, handle: str | None, published: str
) -> None:
    assert is_post(text)
    (post,) = posts_in(text)
    assert (text[post.start : post.end], post.author, post.handle, post.published) == (words, author, handle, published)


def test_two_posts_on_one_line_are_two() -> None:
    text = "It is shut. — Ana Brell (@anabrell) May 3, 2019 Still shut. — Ana Brell (@anabrell) May 4, 2019"
    assert [(text[p.start : p.end], p.published) for p in posts_in(text)] == [
        ("It is shut.", "2019-05-03"),
        ("Still shut.", "2019-05-04"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Follow Ana Brell on Twitter: @anabrell",
        "A colleague has the story (@anabrell) from the river bank.",
        "Write to desk@ostermarkpost.example with what you saw at the bridge.",
        f"{' '.join([TELLING] * 8)} — Ana Brell (@anabrell) May 3, 2019",
    ],
)
def test_a_line_that_only_names_an_account_or_ends_an_article_with_a_post_is_none(text: str) -> None:
    assert not is_post(text)


def test_the_lines_of_one_post_in_a_scrape_are_one_block_and_no_line_of_the_pages_own() -> None:
    lines = [TELLING, MORE, "It is shut.", "For good this time.", "— Ana Brell (@anabrell) May 3, 2019", LAST]
    blocks = article_from_text("\n\n".join(["Bridge closed in Ostermark", *lines])).blocks
    assert [t for r, t in blocks if r == "post"] == ["It is shut. For good this time. — Ana Brell (@anabrell) May 3, 2019"]
    assert [t for r, t in blocks if r == "paragraph"] == [TELLING, MORE, LAST]


def test_a_line_with_a_picture_and_the_signature_below_it_are_one_post() -> None:
    lines = [TELLING, MORE, "It is shut. pic.twitter.com/a1b2c3", "— Ana Brell (@anabrell) May 3, 2019", LAST]
    blocks = article_from_text("\n\n".join(["Bridge closed in Ostermark", *lines])).blocks
    assert [t for r, t in blocks if r == "post"] == ["It is shut. pic.twitter.com/a1b2c3 — Ana Brell (@anabrell) May 3, 2019"]


def test_an_embedded_post_in_html_is_one_block_whatever_its_site() -> None:
    post = '<blockquote class="{}"><p>It is shut.</p>&mdash; Ana Brell (@anabrell) <a href="#">May 3, 2019</a></blockquote>'
    found = []
    for site in ("twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed"):
        body = f"<p>{TELLING}</p><p>{MORE}</p>{post.format(site)}<p>{LAST}</p>"
        page = f"<html><body><article><h1>Bridge closed in Ostermark</h1>{body}</article></body></html>"
        found.append([t for r, t in article_from_html(page).blocks if r == "post"])
    assert found == [["It is shut. — Ana Brell (@anabrell) May 3, 2019"]] * 4


def test_a_post_is_body_and_a_mention_but_not_the_pages_own_telling() -> None:
    article = article_from_text(
        "\n\n".join(["Bridge closed", TELLING, "It is shut. — Ana Brell (@anabrell) May 3, 2019", MORE, LAST])
    )
    report, blocks = report_from_article(article, id="1", location="1", retrieved=None, sha256="")
    (post,) = find_mentions(paragraphs(report.text, blocks, "en"), None).posts
    assert report.text[post.start : post.end] == "It is shut."
    assert "post" in BODY
    assert "post" not in OWN_BODY


def test_a_post_among_paragraphs_that_stand_on_one_line_is_no_caption() -> None:
    post = "The bell rang all night, hardly a household need? https://t.co/a1b2c3 -- Ivo Holm (@ivoholm) May 3, 2019"
    told = [
        f"The harbour board said on day {n} that the bridge stays shut until the divers have seen pier {n}." for n in range(12)
    ]
    flat = " ".join([*told, post, "In October the board had said that all was well with the bridge and its piers."])
    blocks = article_from_text(f"Bridge closed in Ostermark\n\nMay 3, 2019\n\n{flat}").blocks
    assert [t for r, t in blocks if r == "post"] == [post]
    assert not any(r == "caption" for r, _ in blocks)
