"""Where each field of a report's metadata was read, in one word for each kind of place."""

from collections.abc import Iterable, Mapping, Sequence

from stemma.reports.dates import iso
from stemma.tables import Provenance
from stemma.text.normal import name_key

TOLD, TEXT, ADDRESS, GUESS, PAGE, WORDS, DOCUMENT = "told", "text", "address", "guess", "page", "words", "document title"
FIELDS = ("title", "outlet", "url", "published", "modified", "byline", "agency", "contributors", "dateline", "language")
"""The fields that have a place, in the order in which they are told."""
Candidates = Sequence[tuple[str, str | None]]
"""Places, each with what stands there, in the order in which they are believed."""


def places_of(values: Mapping[str, str | None], candidates: Mapping[str, Candidates]) -> dict[str, str]:
    """Return for each field that has a value the first place that gives it; "page" where none of those named does."""
    return {
        field: next((where for where, text in candidates[field] if text and _gives(text, value)), PAGE)
        for field, value in values.items()
        if value
    }


def provenance_of(values: Mapping[str, object], where: Mapping[str, str]) -> tuple[Provenance, ...]:
    """Return the rows for those fields that have a value; what no place is known for is printed in the article's own lines."""
    return tuple(Provenance(field, where.get(field, TEXT)) for field in FIELDS if values[field])


def given_from_outside(where: Mapping[str, str], fields: Iterable[str]) -> dict[str, str]:
    """Return the places with those of some fields, which were told from outside, in their stead."""
    return {**where, **dict.fromkeys(fields, TOLD)}


def _gives(text: str, value: str) -> bool:
    return name_key(value) in name_key(text) or iso(text) == value
