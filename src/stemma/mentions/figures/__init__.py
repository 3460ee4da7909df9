"""Figures of one report: numbers as intervals, with their unit, what they count and what they stand with."""

from stemma.mentions.figures.reading import find_figures

__all__ = ["find_figures"]
