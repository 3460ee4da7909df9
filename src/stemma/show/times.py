"""When reports were published, as exactly as their pages say, and how that is written in drawing and terminal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?)?)?$", re.IGNORECASE
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE = 5


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


def read_moment(published: object) -> Moment | None:
    """Return what an ISO 8601 time of publication says, None where there is none or it is no date."""
    found = _ISO.match(published.strip()) if isinstance(published, str) else None
    if not found:
        return None
    numbers = [int(n) for n in found.groups()[:5] if n]
    try:
        begin = datetime(*(numbers + [1, 1][len(numbers) - 1 :]), tzinfo=UTC)  # type: ignore[arg-type,misc]
        zone = _minutes(found[6])
        return Moment(begin - timedelta(minutes=zone or 0), len(numbers), zone)
    except (ValueError, OverflowError):
        return None


def common_zone(moments: Iterable[Moment]) -> int:
    """Return the zone, in minutes, that all pages that name one share; else that of UTC."""
    zones = {m.zone for m in moments if m.zone is not None}
    return zones.pop() if len(zones) == 1 else 0


def in_words(moment: Moment, zone: int = 0, year: bool = False) -> str:
    """Return "17 Oct 15:42", as exactly as it is known, as clocks in the zone show it."""
    local = moment.begin + timedelta(minutes=zone if moment.zone is not None else 0)
    month = _MONTHS[local.month - 1]
    after = f" {local.year}" if year else ""
    if moment.parts < 3:
        return f"{local.year}" if moment.parts == 1 else f"{month} {local.year}"
    clock = f" {local:%H:%M}" if moment.exact else ""
    return f"{local.day} {month}{after}{clock}"


def zone_name(zone: int) -> str:
    """Return "UTC" or "UTC+01:00"."""
    return f"UTC{'-' if zone < 0 else '+'}{abs(zone) // 60:02}:{abs(zone) % 60:02}" if zone else "UTC"


def stamp(published: object) -> str:
    """Return a time of publication as its page gives it, without what nobody reads: "2031-10-03 09:20 +02:00"."""
    found = _ISO.match(published.strip()) if isinstance(published, str) else None
    if not found:
        return ""
    day = "-".join(part for part in found.groups()[:3] if part)
    clock = f" {found[4]}:{found[5]}" if found[4] else ""
    return f"{day}{clock}{f' {found[6].upper()}' if found[6] else ''}"


def _minutes(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone.upper() == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    size = int(digits[:2]) * 60 + int(digits[2:])
    return -size if zone[0] == "-" else size
