"""Time expressions of one report as TIMEX3, and the days that they mean."""

from stemma.mentions.times.reading import find_report_times, find_times

__all__ = ["find_report_times", "find_times"]
