"""Versions of one report: saves of one address between which the article was edited, and what was changed in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from stemma.pages.saved import plain_address
from stemma.reports import thresholds
from stemma.tables import Report, Version
from stemma.text.moments import read_moment
from stemma.text.normal import name_key, split_address

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that one version has and the next has not (cut), the other way round (added), or in other words (changed)."""

    kind: str
    was: str | None
    now: str | None


def find_versions(reports: Iterable[Report]) -> list[Version]:
    """Return which reports are earlier versions of which other: same address, and the headline or most of the words in common.

    The newest stands for all. What was saved last is the newest, where every save says when; else what was published or
    changed last.
    """
    by_address: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.url and report.id == report.page:
            by_address[address_key(report.url)].append(report)
    found: list[Version] = []
    for same in by_address.values():
        for versions in _articles(_in_time(same)) if len(same) > 1 else ():
            *earlier, newest = versions
            found += [Version(old.id, newest.id, place) for place, old in enumerate(earlier, 1)]
    return sorted(found, key=lambda v: v.earlier)


def changes(was: Sequence[str], now: Sequence[str]) -> list[Change]:
    """Return what became of the paragraphs of a version in the next one, in the order of the page."""
    found: list[Change] = []
    a = b = 0
    for kept in Indel.editops(was, now).as_matching_blocks():
        found += _changed(list(was[a : kept.a]), list(now[b : kept.b]))
        a, b = kept.a + kept.size, kept.b + kept.size
    return found


def address_key(url: str) -> str:
    """Return an address without what does not tell one page from another; a page is the same with http and https."""
    parts = split_address(plain_address(url.partition("#")[0]))
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _in_time(reports: Sequence[Report]) -> list[Report]:
    if all(read_moment(r.retrieved) for r in reports):
        return sorted(reports, key=lambda r: (_begin(r.retrieved), _begin(r.modified or r.published), r.id))
    return sorted(reports, key=lambda r: (_begin(r.modified or r.published), _begin(r.retrieved), r.id))


def _begin(when: str | None) -> str:
    moment = read_moment(when)
    return moment.begin.isoformat() if moment else ""


def _articles(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports of one address by article: a page may print another one each day, or several may call one their own."""
    found: list[list[Report]] = []
    for report in reports:
        same = next((versions for versions in found if _is_same(versions[-1], report)), None)
        if same is None:
            found.append([report])
        else:
            same.append(report)
    return found


def _is_same(a: Report, b: Report) -> bool:
    if a.title and b.title and name_key(a.title) == name_key(b.title):
        return True
    x, y = _shingles(a.text), _shingles(b.text)
    return len(x & y) >= thresholds.SAME_ARTICLE * max(1, min(len(x), len(y)))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _changed(was: list[str], now: list[str]) -> Iterator[Change]:
    """Paragraphs in the place of others: each new one beside the old one that it is most like, if it is."""
    for new in now:
        likeness = [(_likeness(old, new), -n) for n, old in enumerate(was)]
        best = max(likeness, default=(0.0, 0))
        if best[0] < thresholds.SAME_PARAGRAPH:
            yield Change("added", None, new)
            continue
        # What stood before it and was passed over was cut.
        yield from (Change("cut", old, None) for old in was[: -best[1]])
        yield Change("changed", was[-best[1]], new)
        was = was[1 - best[1] :]
    yield from (Change("cut", old, None) for old in was)


def _likeness(a: str, b: str) -> float:
    return Indel.normalized_similarity(_WORD.findall(a.casefold()), _WORD.findall(b.casefold()))
