"""When reports were published, as exactly as their pages say, and how that is written in drawing and terminal."""

from collections.abc import Iterable
from datetime import timedelta

from stemma.text.moments import ISO, Moment

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
    found = ISO.match(published.strip()) if isinstance(published, str) else None
    if not found:
        return ""
    day = "-".join(part for part in found.groups()[:3] if part)
    clock = f" {found[4]}:{found[5]}" if found[4] else ""
    return f"{day}{clock}{f' {found[6].upper()}' if found[6] else ''}"
