"""Which reports are compared at all."""

from descent.tellings import INDEPENDENT, REWORDED, WIRE, told
from descent.test_translation import ENGLISH, TRANSLATED
from stemma.descent.pairs import ALL_PAIRS, compare_all

PLACES = (
    "Velm", "Tarn", "Oska", "Brill", "Kolm", "Haven", "Ister", "Nord", "Sund", "Lund",
    "Moss", "Ferd", "Garn", "Holt", "Jarl", "Kvik", "Lome", "Mund", "Nesk", "Orre",
)  # fmt: skip


def stray(n):
    """A report on something else: a council meeting in another place."""
    a, b = PLACES[n % 20], PLACES[(7 * n + 3) % 20]
    return told(
        f"s{n:03}",
        f"Councillors of {a}{n} voted on Monday to close library number {n} against the protest of {b}{n} readers.",
        f"A petition of {b}{n} had gathered {100 + n} names in the weeks before the meeting at {a}{n}.",
    )


def test_reports_that_share_nothing_have_no_comparison():
    assert compare_all([told("a", *WIRE), stray(3)]) == {}


def test_in_a_large_story_copies_and_rewordings_are_still_compared():
    many = [*(stray(n) for n in range(ALL_PAIRS)), told("x", *WIRE), told("y", *REWORDED), told("z", *WIRE[:3])]
    first = ALL_PAIRS
    found = compare_all(many)
    assert {(first, first + 1), (first, first + 2)} <= {p for p, c in found.items() if c.copied >= 0.5}


def test_a_wire_that_most_of_a_large_story_prints_is_still_found():
    many = [told(f"{n:03}", *WIRE[n % 3 :]) for n in range(ALL_PAIRS)] + [stray(n) for n in range(9)]
    found = {p for p, c in compare_all(many).items() if c.copied >= 0.5}
    assert found >= {(i, j) for j in range(ALL_PAIRS) for i in range(j)}


def test_reports_in_two_languages_are_compared_by_what_survives_translation():
    found = compare_all([told("a", *TRANSLATED["de"], language="de"), told("b", *ENGLISH), told("c", *INDEPENDENT)])
    assert {p: c.kind for p, c in found.items() if c.copied >= 0.5} == {(0, 1): "translation"}
