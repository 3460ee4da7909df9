"""Whom a title without a name means: the one person of the story who bears it, else the office."""

from collections.abc import Sequence

from stemma.statements.describing import Described, Key, words_of
from stemma.statements.people import Person

Who = tuple[object, ...]
"""What a source is pooled by: ("person", place in the register), ("organisation", key) …"""


def titled(report: str, place: int, described: Described, head: str, people: Sequence[Person]) -> Who | None:
    """A title without a name: the one person who bears it, else the office; the indefinite stays anonymous."""
    key = frozenset().union(*described.titles)
    if head in words_of("document"):
        return ("document", report, key) if described.definite else ("document", report, key, place)
    if described.plural:
        return ("group", key)
    if not described.definite or not key:
        return ("anonymous", report, place)
    fitting = bearers(report, place, key, people)
    if len(fitting) == 1:
        return ("person", people.index(fitting[0]))
    if len(fitting) > 1:
        return None
    if head in words_of("anonymous") and not any(w.startswith("=") for w in key):
        return ("anonymous", report, key)
    return ("office", report, key) if key <= words_of("local") else ("office", key)


def bearers(report: str, place: int, key: Key, people: Sequence[Person]) -> list[Person]:
    """Return the people who bear a title: exactly it, else with more words to it.

    Across reports only a title that says of what: "the spokesman" alone stays in its report.
    """
    exact = [p for p in people if any(key in (title, _led(title)) for title in p.titles)]
    if exact and len(key) > 1:
        return _nearest(report, place, exact, key)
    here = [p for p in people if any(key <= title and _before(places, report, place) for title, places in p.titles.items())]
    if here:
        return _nearest(report, place, here, key)
    wider = [p for p in people if any(key < title for title in p.titles)] if len(key) > 1 else []
    owned = [p for p in people if any(len(t) > 1 and t < key and key - t <= words_of("owner") for t in p.titles)]
    return (exact if len(key) > 1 else []) or wider or owned


def _led(title: Key) -> Key:
    """A president is also the country's leader: "the Russian leader"."""
    nation = {w for w in title if w.startswith("=")}
    return frozenset(nation | {"head"}) if nation and title & words_of("leading") else title


def _before(places: Sequence[tuple[str, int, int]], report: str, place: int) -> bool:
    return any(r == report and start < place for r, start, _ in places)


def _nearest(report: str, place: int, people: list[Person], key: Key) -> list[Person]:
    """Of several who fit, those who are called so in this report before this place."""
    if len(people) == 1:
        return people
    near = [
        p for p in people
        if any((key <= t or key == _led(t)) and _before(places, report, place) for t, places in p.titles.items())
    ]  # fmt: skip
    return near or people
