import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.reports.decode import decode

RUSSIAN = "Паром в порт Бранно сегодня не пришёл, сообщил начальник пристани, и жители острова остались без почты. " * 4
FRENCH = "Le bac n’est pas parti « à cause du vent », a déclaré le maître du port à l’hôtel. "


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_a_mark_or_without(encoding):
    page = f"<html><body><p>{FRENCH}</p><a href='/x'>plain words for the markup</a></body></html>"
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5"])
def test_what_the_page_declares_is_believed_where_it_is_no_utf8(encoding):
    page = f'<html><head><meta charset="{encoding}"></head><p>{RUSSIAN}</p>'
    assert decode(page.encode(encoding)) == page


def test_japanese_in_its_own_encodings_is_read():
    for label, codec in (("shift_jis", "cp932"), ("euc-jp", "euc-jp"), ("iso-2022-jp", "iso-2022-jp")):
        page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
        page += "<p>港からの船は今日は出ませんでした。</p>"
        assert decode(page.encode(codec)) == page


def test_a_wrong_declaration_of_utf8_is_overruled_by_the_bytes():
    page = f'<meta charset="utf-8"><p>{RUSSIAN}</p>'
    assert decode(page.encode("windows-1251")) == page


def test_a_declaration_of_latin_1_does_not_spoil_utf8():
    page = f'<meta charset="iso-8859-1"><p>{FRENCH}</p>'
    assert decode(page.encode()) == page


def test_a_declaration_of_latin_1_does_not_turn_cyrillic_into_accents():
    page = f'<meta charset="iso-8859-1"><p>{RUSSIAN}</p>'
    assert decode(page.encode("windows-1251")) == page


def test_stray_bytes_of_another_encoding_are_read_as_what_they_are():
    page = ("<p>" + FRENCH * 3 + "</p>").encode() + "<p>“L’été”</p>".encode("cp1252")
    assert decode(page).endswith("<p>“L’été”</p>")
    assert FRENCH in decode(page)


def test_text_that_was_encoded_twice_is_set_right():
    twice = FRENCH.encode().decode("cp1252").encode()
    assert decode(twice * 2) == FRENCH * 2


def test_accents_of_portuguese_capitals_are_left_alone():
    page = "ORGANIZAÇÃO «AÇÃO» – ATENÇÃO: SÃO JOÃO, NÃO É SÓ “EDUCAÇÃO”."
    assert decode(page.encode()) == page


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(content):
    text = decode(content)
    assert "\0" not in text
    assert "\r" not in text
