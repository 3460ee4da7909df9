"""What a mention says: one frozen dataclass a kind, offsets in the text that was searched, [start, end)."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks: `start`, `end` with the marks, `inner_start`, `inner_end` without them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name; `kind` is person, organisation, place, nationality or other."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as an interval: "more than 400" is low 400, high None, exact False, bound "more".

    `value` is the number as printed; `low` and `high` are None where unbounded. `unit` is a canonical unit ("km2",
    "percent", "USD", "m") or None for a bare count, `counted` the lemma of what is counted ("prisoner") or None.
    `bound` is exact, about, more, least, less, most or range. `also` holds a conversion in brackets as (value, unit).
    `predicate` is the lemma of the verb that it stands with ("take"), `as_of` the span of the time that it holds at, `part_of`
    the span of the figure that it is a part of ("21 of the more than 200").
    """

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    unit: str | None
    counted: str | None
    bound: str
    also: tuple[float, str] | None = None
    predicate: str | None = None
    as_of: tuple[int, int] | None = None
    part_of: tuple[int, int] | None = None


def moved(figure: Figure, by: int) -> Figure:
    """Return a figure with all its offsets moved, as from its paragraph to its report."""
    as_of, part_of = ((span[0] + by, span[1] + by) if span else None for span in (figure.as_of, figure.part_of))
    return replace(figure, start=figure.start + by, end=figure.end + by, as_of=as_of, part_of=part_of)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 `type` (DATE, TIME, DURATION, SET) and `value`, and the resolved days.

    `begin` and `until` are YYYY-MM-DD or None where the expression cannot be resolved (no date of the report).
    """

    start: int
    end: int
    type: str
    value: str
    begin: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place name with WGS 84 coordinates; `kind` is city, region, country, continent, sea, river or other."""

    start: int
    end: int
    name: str
    lat: float | None
    lon: float | None
    kind: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """Words that say how sure something is.

    `kind` is hedge, unverified, verified, denied or alleged, `who` the span of the verifier's words.
    """

    start: int
    end: int
    kind: str
    who: tuple[int, int] | None = None
