"""What a brief is made of: plain templates and quotations, each quotation with its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report, letter for letter, with their place; `cut` where the passage goes on after them."""

    report: str
    siglum: str
    start: int
    end: int
    words: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of the brief: template words and quotations in reading order, and the claims it rests on."""

    parts: tuple[str | Quote, ...]
    claims: tuple[str, ...] = ()

    @property
    def quotes(self) -> list[Quote]:
        """Return the quotations of the line."""
        return [p for p in self.parts if isinstance(p, Quote)]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading (a claimant), or under none."""

    heading: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One question that the brief answers; `none` is said when there is no line, `more` counts what is left out."""

    key: str
    title: str
    means: str
    none: str
    groups: tuple[Group, ...]
    more: int = 0
