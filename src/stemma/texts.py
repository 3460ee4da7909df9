"""One text or two, without a corpus: whether they share wording, who says what in one, whether it is an agency's."""

from typing import Any

from stemma.arguments import must_be_text, must_be_text_or_none, must_be_time_or_none
from stemma.json_lines import annotations_of
from stemma.pages.meta import without_halves
from stemma.reports.wire import wire_from_record


def compare(text_a: str, text_b: str, published_a: str | None = None, published_b: str | None = None) -> dict[str, Any]:
    """Return how two texts share wording, as a line of `stemma compare --pairs`; times are ISO 8601, offsets code points.

    Raises UsageError for what is no text or no time.

    >>> a = "The ferry was stopped on Monday after water came in at the bow, the port of Galway said."
    >>> b = "After water came in at the bow on Monday the ferry was stopped, according to the port of Galway."
    >>> stemma.compare(a, b)["kind"]
    'rewrite'
    """
    from stemma.descent.comparisons import compare_pair

    must_be_text(text_a=text_a, text_b=text_b)
    must_be_time_or_none(published_a=published_a, published_b=published_b)
    return _without_id(compare_pair(_row(a_text=text_a, b_text=text_b, a_published=published_a, b_published=published_b)))


def annotate(text: str, published: str | None = None, language: str | None = None) -> dict[str, Any]:
    """Return a text's statements, figures, times and places, as a line of `stemma annotate`.

    Raises PageError without any text, UsageError for what is no text or no time.

    >>> found = stemma.annotate("At least 30 passengers left on Monday, said the port.", published="2025-05-06")
    >>> found["figures"][0]["low"], found["times"][0]["value"]
    (30.0, '2025-05-05')
    """
    must_be_text(text=text)
    must_be_time_or_none(published=published)
    must_be_text_or_none(language=language)
    return _without_id(annotations_of(_row(text=text, published=published, language=language)))


def wire(text: str, url: str | None = None, outlet: str | None = None) -> dict[str, Any]:
    """Return whether a text is an agency's, whose, and by which words, as a line of `stemma wire --json`; raises PageError.

    >>> stemma.wire("GALWAY (Reuters) - The ferry to the islands was stopped on Monday, the port said.")["agency"]
    'Reuters'
    """
    must_be_text(text=text)
    must_be_text_or_none(url=url, outlet=outlet)
    return _without_id(wire_from_record(_row(text=text, url=url, outlet=outlet), articles=True)[0])


def _row(**fields: str | None) -> dict[str, Any]:
    """A row as a table gives it: with a sign in the place of half a character."""
    return {"id": 1, **{name: value and without_halves(value) for name, value in fields.items()}}


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
