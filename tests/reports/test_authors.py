import pytest

from stemma.reports.authors import authors_in, persons_in, signed_alike


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
        ("Morag Lindqvist on Monday, June 3rd, 2031 at 11:04 a.m.", ("Morag Lindqvist",)),
        ("Von Morag Lindqvist, Ostermark 05.08.2031, 20:59 Uhr", ("Morag Lindqvist",)),
        ("Morag Lindqvist Senior Political Correspondent", ("Morag Lindqvist",)),
        ("Lindqvist, Morag", ("Morag Lindqvist",)),
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


def test_the_date_behind_a_byline_is_no_part_of_its_names():
    assert persons_in("By Morag Lindqvist and Ivo Marrel | 3 June 2031") == ["Morag Lindqvist", "Ivo Marrel"]


@pytest.mark.parametrize(
    ("byline", "field", "names"),
    [
        ("by Morag June 3, 2031", "Morag", ("Morag",)),
        ("by Morag June 3, 2031", "Ivo", ()),
        ("By Reuters", "Reuters", ()),
        ("By Brannoch", "Brannoch", ()),
        ("By Staff", "Staff", ()),
    ],
)
def test_one_word_is_an_author_where_a_byline_and_an_author_field_both_sign_with_it(byline, field, names):
    assert signed_alike(byline, [field], ["Brannoch"]) == names
