"""Notes in which an outlet corrects, amends or updates its report: a role of their own, and no part of the body."""

import pytest

from stemma.reports.article import corrected_on, is_correction
from stemma.reports.plain import article_from_text

PROSE = "The council of Ostermark closed the old bridge on Monday after a lorry broke through its railing, and a ferry took over."
MORE = "Engineers expect the repair to last until the spring, the mayor told a meeting of residents in the town hall on Tuesday."


@pytest.mark.parametrize(
    "text",
    [
        "This article was amended on 12 May 2019 to correct the name of the bridge.",
        "An earlier version of this article said that the bridge was built in 1901.",
        "Correction: the bridge was built in 1911.",
        "CORRECTION (12 May): the bridge was built in 1911.",
        "This story has been updated.",
        "UPDATE: This story has been updated with the mayor's answer.",
        "In einer früheren Version hieß es, die Brücke sei 1901 gebaut worden.",
    ],
)
def test_a_note_on_a_change_is_a_correction(text: str) -> None:
    assert is_correction(text)
    blocks = article_from_text("\n\n".join(["Bridge closed in Ostermark", PROSE, MORE, PROSE.replace("old", "new"), text])).blocks
    assert ("correction", text) in blocks


@pytest.mark.parametrize(
    "text",
    [
        "The department of correction said that nobody had left the prison.",
        "An earlier version of the law said that bridges must be tested twice a year.",
        "The mayor said the article was wrong and that the report was amended by nobody.",
    ],
)
def test_news_of_a_change_elsewhere_is_none(text: str) -> None:
    assert not is_correction(text)


def test_the_day_of_a_note_is_the_day_of_the_change() -> None:
    note = "This article was amended on 12 May 2019 to correct a name."
    article = article_from_text("\n\n".join(["Bridge closed in Ostermark", PROSE, MORE, PROSE.replace("old", "new"), note]))
    assert (article.published, article.modified) == (None, "2019-05-12")
    assert corrected_on([("correction", "An earlier version of this article said that the bridge fell on 3 May 2019.")]) is None
