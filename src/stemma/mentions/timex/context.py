"""Where an expression stands and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stemma.mentions.timex.calendar import extent, published_day
from stemma.mentions.timex.patterns import Expression
from stemma.mentions.timex.tense import looks_ahead

if TYPE_CHECKING:
    from spacy.tokens import Doc

PAST = ("last", "past", "previous", "preceding", "this past", "the previous")
NEXT = ("next", "coming", "following", "this coming", "the following", "the next")


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands.

    Its paragraph, the day of publication, the last day and the last value named before it.
    """

    doc: "Doc"
    text: str
    day: date | None
    anchor: date | None
    last: str = ""

    def ahead(self, at: Expression) -> bool | None:
        """Return whether the expression's clause looks forward."""
        return looks_ahead(self.doc, self.text, at.start, at.end)

    def base(self, unit: str) -> date | None:
        """Return the day to count units from.

        In the last date named if that is as fine as the unit, else the last day named.
        """
        fine = re.fullmatch(_FINER.get(unit, ""), self.last)
        begin = published_day(extent(self.last)[0]) if fine else None
        return begin or self.anchor


@dataclass(frozen=True, slots=True)
class Meaning:
    """A resolved expression.

    `days` overrules the days that the value covers (a duration that ends today covers some).
    """

    type: str
    value: str
    days: tuple[str | None, str | None] | None = None

    @property
    def extent(self) -> tuple[str | None, str | None]:
        """The first and the last day."""
        return self.days if self.days is not None else extent(self.value)


Handler = Callable[[Expression, Context], Meaning | None]

_FINER = {
    "M": r"\d{4}-\d\d.*",
    "Q": r"\d{4}-(?:Q|\d).*",
    "Y": r"\d{4}.*",
    "E": r"\d{3,4}.*",
    "C": r"\d{2,4}.*",
    "W": r"\d{4}-(?:W|\d\d-).*",
}
"""For each unit the values that fix it."""
