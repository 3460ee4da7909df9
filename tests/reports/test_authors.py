import pytest

from stemma.reports.authors import authors_in


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Morag Lindqvist and Ivo Marrel", ("Morag Lindqvist", "Ivo Marrel")),
        ("Morag Lindqvist, Ivo Marrel & Ruth Osgar", ("Morag Lindqvist", "Ivo Marrel", "Ruth Osgar")),
        ("Von Jörg Ålander", ("Jörg Ålander",)),
        ("Morag Lindqvist | Brannoch Post", ("Morag Lindqvist",)),
        ("Мораг Линдквист", ("Мораг Линдквист",)),
        ("田中花子", ("田中花子",)),
        ("Morag Lindqvist, Chief Reporter", ("Morag Lindqvist",)),
        ("Morag Lindqvist in Ostermark", ("Morag Lindqvist",)),
    ],
)
def test_people_are_read_out_of_an_author_field(field, names):
    assert authors_in([field], ["Brannoch Post"]) == names


@pytest.mark.parametrize(
    "field",
    [
        "Brannoch Post",
        "BrannochPost",
        "Brannoch Post Online",
        "Redaktion",
        "Web Desk",
        "Reuters",
        "Tarin Newswire",
        "News",
        "Гость",
    ],
)
def test_an_outlet_an_office_and_an_agency_are_no_authors_in(field):
    assert authors_in([field], ["Brannoch Post"]) == ()


def test_an_outlet_that_is_named_after_its_author_does_not_hide_them():
    assert authors_in(["Morag Lindqvist"], ["Letters from the Isles by Morag Lindqvist"]) == ("Morag Lindqvist",)


def test_nobody_is_named_twice():
    assert authors_in(["Morag Lindqvist", "MORAG LINDQVIST"]) == ("Morag Lindqvist",)
