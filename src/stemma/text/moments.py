"""A date or moment in ISO 8601, as exactly as it was printed: a day without an hour is the whole day, a year the whole year."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$",
    re.IGNORECASE | re.ASCII,
)
"""Year, month, day, hour, minute and zone of an ISO 8601 date or moment; all but the year may be missing."""
DAY = 10
"""Characters of a moment that is known to the day only."""
_MINUTE = 5
_FARTHEST = 14 * 60
"""Minutes that a zone may be ahead of UTC, or behind it."""
_EARLIEST, _LATEST = 1000, 2999
"""Years: systems write 0001 and 9999 where they know none, and no day comes before or after those."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The begin of what a page says (UTC, or as printed without a zone), how many parts it gives, its zone in minutes."""

    begin: datetime
    parts: int
    zone: int | None

    @property
    def exact(self) -> bool:
        """Whether the page gives hour and minute."""
        return self.parts == _MINUTE

    @property
    def day(self) -> date | None:
        """The day in the zone that it is written in; None where only a month or year is given."""
        return (self.begin + timedelta(minutes=self.zone or 0)).date() if self.parts > 2 else None

    @property
    def end(self) -> datetime:
        """The last minute that it can mean: 23:59 of a day, the last day of a month or year; an exact moment itself."""
        if self.exact:
            return self.begin
        month = 12 if self.parts == 1 else self.begin.month
        last = self.begin.day if self.parts > 2 else calendar.monthrange(self.begin.year, month)[1]
        return self.begin.replace(month=month, day=last, hour=23, minute=59)


def read_moment(published: object) -> Moment | None:
    """Return what an ISO 8601 date or moment says, None where there is none or it is no date."""
    return _read(published) if isinstance(published, str) else None


@lru_cache(maxsize=10_000)
def _read(published: str) -> Moment | None:
    found = ISO.match(published.strip())
    if not found:
        return None
    numbers = [int(n) for n in found.groups()[:_MINUTE] if n]
    try:
        if not _EARLIEST <= numbers[0] <= _LATEST:
            return None
        begin = datetime(*(numbers + [1, 1][len(numbers) - 1 :]), tzinfo=UTC)  # type: ignore[arg-type,misc]
        zone = _minutes(found[6])
        return Moment(begin - timedelta(minutes=zone or 0), len(numbers), zone)
    except (ValueError, OverflowError):
        return None


def printed_day(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or moment in the zone that it is written in; None when it names no whole day."""
    moment = read_moment(published)
    return moment.day if moment else None


def order(a: str | None, b: str | None) -> int:
    """Return -1, 0 or 1 as ISO time a is before, not told apart from, or after b: as exact as both are known.

    Hours are compared only where both name one zone or none: pages rarely tell theirs, and a false order costs more than none.
    """
    one, other = read_moment(a), read_moment(b)
    if one is None or other is None:
        return 0
    parts = min(one.parts, other.parts)
    if parts == _MINUTE and one.zone == other.zone:
        return (one.begin > other.begin) - (one.begin < other.begin)
    x, y = (_local(m)[: min(parts, 3)] for m in (one, other))
    return (x > y) - (x < y)


def _local(moment: Moment) -> tuple[int, int, int]:
    local = moment.begin + timedelta(minutes=moment.zone or 0)
    return local.year, local.month, local.day


def _minutes(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if minutes > 59 or hours * 60 + minutes > _FARTHEST:
        raise ValueError(f"{zone} is no zone")
    return (1 if zone[0] == "+" else -1) * (hours * 60 + minutes)
