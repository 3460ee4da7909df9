"""Names of one report: the tagger's, overruled by the gazetteer, titles and full names."""

from itertools import pairwise

import pytest

from stemma.mentions.names import find_names
from stemma.mentions.parse import plain_paragraphs


def kinds(text: str) -> dict[str, str]:
    return {n.text: n.kind for n in find_names(plain_paragraphs(text))}


def test_persons_organisations_places_and_peoples_are_told_apart() -> None:
    found = kinds("Anna Lindqvist of the European Commission flew to Lisbon with two Portuguese lawyers.")
    assert found == {
        "Anna Lindqvist": "person",
        "European Commission": "organisation",
        "Lisbon": "place",
        "Portuguese": "nationality",
    }


@pytest.mark.parametrize("name", ["Kursk", "Sudzha", "Sumy"])
def test_a_place_is_a_place_whatever_the_tagger_calls_it(name: str) -> None:
    assert kinds(f"Trucks left the {name} region on Friday.")[name] == "place"


def test_a_title_makes_a_person_of_a_countrys_name() -> None:
    assert kinds("The court heard Mr. Jordan on Friday.")["Jordan"] == "person"


def test_a_surname_alone_is_the_person_named_in_full_before() -> None:
    found = kinds("Oleksandr Marchenko opened the bridge.\nA crowd cheered Marchenko, and Marchenko waved.")
    assert found == {"Oleksandr Marchenko": "person", "Marchenko": "person"}


def test_a_peoples_name_is_a_nationality_and_no_place() -> None:
    assert kinds("Several Ukrainian farmers sold wheat to Egyptian bakers.") == {
        "Ukrainian": "nationality",
        "Egyptian": "nationality",
    }


def test_article_title_and_possessive_are_left_out_of_a_name() -> None:
    found = kinds("The Senate heard President Karl Brandt's plan, and Brandt's brother left.")
    assert found == {"Senate": "organisation", "Karl Brandt": "person", "Brandt": "person"}


def test_names_do_not_overlap_and_offsets_are_the_reports() -> None:
    text = "\n\nThe Kursk Regional Court freed Karl Brandt.\nMoscow University invited Brandt to Paris, Texas."
    names = find_names(plain_paragraphs(text))
    assert all(text[n.start : n.end] == n.text for n in names)
    assert all(a.end <= b.start for a, b in pairwise(names))
