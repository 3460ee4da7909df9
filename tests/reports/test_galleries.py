"""Galleries inside a plain-text scrape: their captions, and whose pictures they are, are none of the article."""

import pytest

from reports.ostermark import PARAGRAPHS, TITLE, article, body, role
from stemma.reports.plain import article_from_text

CAPTIONS = [
    "A crane lifts the broken railing at dawn.",
    "Lorries wait below the closed bridge on Monday. Some had come from Lind.",
    "Schoolchildren cross the river on the first ferry.",
    "The town's builder Ana Brell looks at the rust under the southern bank.",
    "A diver comes up beside the third pier.",
]


def gallery(between: str) -> str:
    name = "Photos: The old bridge of Ostermark"
    return between.join(f"{name} {caption} Hide Caption {n} of 5" for n, caption in enumerate(CAPTIONS, 1))


@pytest.mark.parametrize("between", ["\n", " "])
def test_captions_between_the_name_of_a_gallery_and_its_buttons_are_captions_without_them(between: str) -> None:
    printed = article(paragraphs=(*PARAGRAPHS[:2], gallery(between), *PARAGRAPHS[2:]))
    assert body(printed) == PARAGRAPHS
    assert role(printed, "caption") == CAPTIONS


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_of_a_page_that_prints_nothing_but_a_gallery_the_captions_are_the_article(between: str) -> None:
    printed = article(title="The old bridge of Ostermark", paragraphs=(gallery(between),))
    assert body(printed) == tuple(CAPTIONS)
    assert printed.title == "The old bridge of Ostermark"


def test_lines_that_number_themselves_of_one_whole_are_the_captions_of_a_gallery() -> None:
    gallery = [f"{n}/4 The bridge of Ostermark in {n + 2000}. Its piers were painted again by Jon Farrow." for n in (1, 2, 3)]
    printed = article(paragraphs=(*PARAGRAPHS[:2], *gallery, *PARAGRAPHS[2:]))
    assert [text for role, text in printed.blocks if role == "caption"] == gallery


@pytest.mark.parametrize("number", ["{} of 12", "{}/12"])
def test_a_gallery_run_into_the_one_line_of_an_article_is_no_body(number: str) -> None:
    pictures = " ".join(f"{number.format(n)} The bridge of Ostermark is painted once more by Farrow." for n in range(1, 13))
    told = " ".join(f"{n} boats lay at the pier on the day when the bridge was closed." for n in range(20, 35))
    printed = article_from_text(f"{TITLE}\n\n{' '.join(PARAGRAPHS)} {told} {pictures} {PARAGRAPHS[3]}\n")
    said = " ".join(body(printed))
    assert said.count("once more by Farrow") <= 1
    assert all(part in said for part in (*PARAGRAPHS, told))


def test_captions_before_their_numbers_go_with_the_gallery_and_so_does_whose_the_last_picture_is() -> None:
    pictures = " ".join(
        f"Share SEE THE RIVER Boat {n} passes below the bridge on its way. (June {n}) AP {n} of 12" for n in range(1, 13)
    )
    printed = article(paragraphs=(*PARAGRAPHS, pictures))
    assert printed.agency is None
    assert body(printed) == PARAGRAPHS
