"""What is recognised in a report: the values that rows of the table mention hold. Offsets are as in tables.py."""

from dataclasses import dataclass

Span = tuple[int, int]


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
    "percent", "USD", "m"; "year-old" for an age, "day" or "hour" for a length of time) or None for a bare count, `counted` the
    lemma of what is counted or measured ("prisoner") or None, `modifiers` the words that narrow it ("seriously", "abduct").
    `bound` is exact, about, more, least, less, most or range. `also` holds a conversion in brackets as (value, unit).
    `predicate` is the lemma of the verb that it stands with ("take"), `as_of` the span of the time that it holds at, `part_of`
    the span of the figure that it is a part of ("21 of the more than 200"), `partial` whether it counts a part of a whole that
    need not be printed ("another four"), `holder` the span of whose age, height, weight or length it is: the name that stands
    with it, else the noun or pronoun.
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
    as_of: Span | None = None
    part_of: Span | None = None
    holder: Span | None = None
    modifiers: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 `type` (DATE, TIME, DURATION, SET) and `value`, and the resolved days.

    `begin` and `until` are YYYY-MM-DD or None where the expression cannot be resolved (no date of the report). A time of
    the day has its `clock` in minutes since midnight and its `zone` in minutes east of UTC, None where no fixed zone is
    printed; `also` holds a conversion in brackets as (clock, zone): "11:36 a.m. (0336 GMT)". Its zone is that of `also`
    moved by what lies between the two, where none of its own is printed.
    """

    start: int
    end: int
    type: str
    value: str
    begin: str | None
    until: str | None
    clock: int | None = None
    zone: int | None = None
    also: tuple[int, int] | None = None


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
    who: Span | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a social-media post, without the line that signs it; `handle` with its "@", `published` in ISO 8601."""

    start: int
    end: int
    author: str | None
    handle: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a field of a report was read (not a table: part of a report); docs/account.md names the places."""

    field: str
    where: str
