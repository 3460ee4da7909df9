"""An amount in a reader's words: "more than 400", "$20 billion", "12–15 days"."""

from math import isclose

_BOUNDS = {"about": "about ", "more": "more than ", "least": "at least ", "less": "less than ", "most": "at most "}
_BEFORE = {"USD": "$", "EUR": "€", "GBP": "£"}
_AFTER = {"percent": "%", "km2": " km²", "m2": " m²", "m3": " m³", "mi2": " square miles", "degC": " °C", "degF": " °F"}
_NAMED = {
    "USD": "dollars", "EUR": "euros", "GBP": "pounds", "mi": "miles", "km": "kilometres", "m": "metres", "ft": "feet",
    "t": "tonnes", "lb": "pounds", "kg": "kilograms", "l": "litres", "gal": "gallons", "percent": "percent",
    **{word: f"{word}s" for word in ("second", "minute", "hour", "day", "week", "month", "year", "acre", "ton", "point")},
}  # fmt: skip
"""Units behind an amount in words: "millions of dollars"."""
_OLD = {"year-old": "year", "month-old": "month", "week-old": "week", "day-old": "day"}
_WORDS = ("second", "minute", "hour", "day", "week", "month", "year", "acre", "ton", "degree", "point")
_COUNTED = frozenset([*_WORDS, "percentage point", "basis point"])
"""Units that are words of their own and take an s."""
_SCALES = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
_DIGITS = 3
"""Digits behind the point up to which a round million is said as one."""


def amount(value: float, unit: str | None, bound: str = "exact", low: float | None = None, high: float | None = None) -> str:
    """Return a figure as a reader would say it; `unit` is canonical or a currency's code, `bound` as in values.Figure."""
    if bound == "range" and low is not None and high is not None:
        return _with_unit(f"{number(low)}–{number(high)}", unit, high)
    if bound == "about" and high is None and low == value:
        return _vaguely(value) + (f" of {_NAMED.get(unit, unit)}" if unit else "")
    return _BOUNDS.get(bound, "") + _with_unit(number(value), unit, value)


def _vaguely(value: float) -> str:
    """The words of a number that nobody counted, by the number that stands for it."""
    for word, least in (("trillions", 2e12), ("billions", 2e9), ("millions", 2e6), ("thousands", 2e3)):
        if value >= least:
            return {10: "tens of ", 100: "hundreds of "}.get(round(value / least), "") + word
    return "hundreds" if value >= 200 else {24: "dozens", 40: "scores"}.get(round(value), "a few")


def number(value: float) -> str:
    """Return a number with thousands marked and no trailing zeros, round millions in words."""
    for word, scale in _SCALES:
        if scale <= abs(value) < 1000 * scale and isclose(round(value / scale, _DIGITS) * scale, value):
            return f"{value / scale:,.10g} {word}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"


def _with_unit(printed: str, unit: str | None, value: float) -> str:
    if not unit:
        return printed
    if unit in _BEFORE:
        return _BEFORE[unit] + printed
    if unit in _OLD:
        return f"{printed} {_OLD[unit]}{'' if value == 1 else 's'} old"
    plural = "s" if unit in _COUNTED and value != 1 else ""
    return printed + _AFTER.get(unit, f" {unit}{plural}")
