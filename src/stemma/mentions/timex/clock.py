"""Times of the day: clock times and parts of the day as TIMEX3 writes them."""

from stemma.mentions.numbers import read_number
from stemma.mentions.timex.calendar import WORDS


def clock(parts: dict[str, str]) -> str | None:
    """Return a clock time ("T18:00", "T18:00Z") from the parts of its pattern; None for no such hour.

    A zone without a fixed offset ("ET", "local time") is left out of the value.
    """
    if "word" in parts:
        return "T00:00" if parts["word"].lower() == "midnight" else "T12:00"
    hour, minute = _worded(parts)
    half = parts.get("half", "").lower().replace(".", "") or _HALVES.get(parts.get("daypart", "").lower(), "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"T{hour:02}:{minute:02}{_zone(parts.get('zone', ''))}" if hour < 24 else None


_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}


def _worded(parts: dict[str, str]) -> tuple[int, int]:
    """The hour and the minute: 18:20, "half past six", "a quarter to six"."""
    hour = int(read_number(parts["hour"]) or 0)
    if "past" in parts:
        return hour, 30 if parts["past"].lower() == "half" else 15
    return ((hour - 1) or 12, 45) if "to" in parts else (hour, int(parts.get("minute", "0")))


def part(word: str) -> str:
    """Return the TIMEX3 value of a part of the day, "TMO" for a morning."""
    return "T" + WORDS["part"][word.lower()]


def _zone(word: str) -> str:
    plain = word.lower().replace(" ", "")
    if plain.startswith(("gmt", "utc")) and len(plain) > 3:
        return f"{plain[3]}{int(plain[4:]):02}:00"
    offset = WORDS["zone"].get(word.lower(), "")
    return offset if offset == "Z" or offset.startswith(("+", "-")) else ""
