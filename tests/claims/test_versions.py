"""Notes in which an outlet takes something back."""

import pytest

from stemma.claims.versions import find_correction, is_correction


@pytest.mark.parametrize(
    "note",
    [
        "Correction: the bridge is 40 metres long.",
        "Corrected on 4 March: the bridge is 40 metres long.",
        "(Corrects the length of the bridge in the second paragraph)",
        "An earlier version of this article misstated the length of the bridge.",
        "Earlier versions of this page listed a second bridge.",
        "The story has been corrected.",
        "This post was amended to give the right length.",
        "The desk corrects the toll in the lead.",
        "The desk corrects the age of the driver.",
    ],
)
def test_a_correction_note_is_found_to_the_end_of_its_line(note: str) -> None:
    before = "The old bridge was closed.\n"
    assert is_correction(note)
    start, end = find_correction(f"{before}{note}\nA ferry carries cars.") or (0, 0)
    assert (start >= len(before), end) == (True, len(before) + len(note))


@pytest.mark.parametrize(
    "text",
    [
        "The minister corrected his opponent.",
        "The house of correction was closed.",
        "An earlier version of the bridge was of wood.",
    ],
)
def test_a_sentence_that_speaks_of_correcting_is_no_note(text: str) -> None:
    assert not is_correction(text)
