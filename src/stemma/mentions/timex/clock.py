"""Times of the day: clock times and parts of the day as TIMEX3 writes them."""

from stemma.mentions.numbers import read_number
from stemma.mentions.timex.calendar import WORDS


def clock(parts: dict[str, str]) -> str | None:
    """Return a clock time ("T18:00", "T18:00Z") from the parts of its pattern; None for no such hour.

    A zone without a fixed offset ("ET", "local time") is left out of the value.
    """
    if "word" in parts:
        return "T00:00" if parts["word"].lower() == "midnight" else "T12:00"
    hour, minute = int(read_number(parts["hour"]) or 0), int(parts.get("minute", "0"))
    half = parts.get("half", "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"T{hour:02}:{minute:02}{_zone(parts.get('zone', ''))}" if hour < 24 else None


def part(word: str) -> str:
    """Return the TIMEX3 value of a part of the day, "TMO" for a morning."""
    return "T" + WORDS["part"][word.lower()]


def _zone(word: str) -> str:
    plain = word.lower().replace(" ", "")
    if plain.startswith(("gmt", "utc")) and len(plain) > 3:
        return f"{plain[3]}{int(plain[4:]):02}:00"
    offset = WORDS["zone"].get(word.lower(), "")
    return offset if offset == "Z" or offset.startswith(("+", "-")) else ""
