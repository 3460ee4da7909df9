"""One sentence with several claims is one row with parts, and nothing stands twice."""

import pytest

from claims.invented import deep, report

ELSEWHERE = "A choir sang in the old hall of the town on Sunday."


def rows_of(text):
    """The summaries of the wholes and of the parts of what two reports print alike."""
    claims = deep(report("a", f"{text}\n{ELSEWHERE}"), report("b", f"{text}\nSnow fell."))["claim"]
    shared = [c for c in claims if len(c.outlets) == 2]
    return [c.summary for c in shared if c.part_of is None], [c.summary for c in shared if c.part_of is not None]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The two ferries touched each other off Varnholm on Monday but did not spill oil into the bay.", "did not spill oil"),
        (
            "Nobody had boarded the ferries at Varnholm, and port officials say the timetable was never changed that day.",
            "timetable was never changed",
        ),
    ],
)
def test_what_a_sentence_says_besides_is_its_part_though_the_same_reports_carry_both(text, part):
    wholes, parts = rows_of(text)
    assert len(wholes) == 1, wholes
    assert [s for s in parts if part in s], parts


def test_an_hour_is_a_claim_and_the_day_of_a_sentence_none_of_its_own():
    text = "The harbour master closed the northern lock of Varnholm on Monday after it had cracked around 5:10 a.m."
    wholes, parts = rows_of(text)
    assert [s for s in parts if "5:10" in s], (wholes, parts)
    assert not [s for s in parts if "Monday" in s], parts


POST = "We close the bridge tonight. Our divers found a long crack in its pillar. The town will pay for buses."


def rows_in(*texts):
    """The summaries of the wholes and of the parts that these reports share."""
    pages = [report(name, f"{text}\n{more}") for name, text, more in zip("ab", texts, (ELSEWHERE, "Snow fell."), strict=True)]
    shared = [c for c in deep(*pages)["claim"] if len(c.outlets) == len(pages)]
    return [c.summary for c in shared if c.part_of is None], [c.summary for c in shared if c.part_of is not None]


@pytest.mark.parametrize("text", [f"“{POST}” said Ada Holm.", f"post|{POST} — Ada Holm (@adaholm) March 4, 2025"])
def test_what_reports_print_of_one_statement_or_post_is_one_claim(text):
    wholes, parts = rows_in(text, text)
    assert wholes == ["We [Ada Holm] close the bridge tonight"]
    assert len(parts) == 2, parts


def test_what_a_report_itself_says_in_three_sentences_is_three_claims():
    text = "Holm closed the bridge at night. Divers found a long crack in its pillar. The town will pay for buses."
    wholes, _ = rows_in(text, text)
    assert len(wholes) == 3, wholes


def test_what_is_said_on_two_occasions_is_two_claims():
    first, second, _ = POST.split(". ")
    text = f"“{first},” Ada Holm said on Monday.\nThe frost lasted.\n“{second},” Ada Holm told a fair in May."
    wholes, _ = rows_in(text, text)
    assert len([s for s in wholes if "Holm" in s]) == 2, wholes


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "“We had to keep pushing ahead,” said Ada Holm.",
            "Ada Holm told a fair that “we had to keep pushing ahead to regain” the bridge.",
        ),
        ("Ada Holm closed the bridge on Monday.", "On Monday Ada Holm closed the northern bridge of Varnholm with chains."),
    ],
)
def test_what_is_called_in_the_words_of_another_claim_is_its_part(first, second):
    text = f"{first}\nRain came.\n{second}"
    wholes, parts = rows_in(text, text)
    assert len(wholes) == 1, wholes
    assert len(parts) == 1, parts
