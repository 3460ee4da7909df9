import pytest

from stemma.text.language import language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The boats stayed in the harbour until the storm had passed over the island.", "en"),
        ("Die Boote blieben im Hafen, bis der Sturm über die Insel gezogen war.", "de"),
        ("Лодки стояли в гавани, пока буря не прошла над островом, сказал рыбак.", "ru"),
        ("嵐が島を通り過ぎるまで、船は港にとどまっていたと漁師は話した。", "ja"),
    ],
)
def test_the_language_of_a_sentence_is_told(text, code):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "Boats.", "12 345 678 90 12 345 678 90 12 345 678 90 12 345 678"])
def test_what_is_too_short_or_no_words_has_no_language(text):
    assert language_of(text) is None
