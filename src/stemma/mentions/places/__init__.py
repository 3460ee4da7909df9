"""Which of the places that bear a name is meant: what contains it, what else the report names, how many live there.

The method is the common one of toponym resolution (Leidner 2007): containment, nearness to the other places,
population, and one sense of a name in a text.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from stemma.mentions import thresholds
from stemma.mentions.parse import Paragraph, laid
from stemma.mentions.places.gazetteer import NOWHERE, Entry, gazetteer_key
from stemma.mentions.places.things import things
from stemma.mentions.places.toponyms import Toponym, toponyms, words
from stemma.tables import Place
from stemma.text.once import Once

Key = tuple[str, str | None]
"""A folded name and the kind word beside it: the city and the region of one name may both stand in a report."""
Scored = tuple[float, Entry]


def find_places(
    paragraphs: Sequence[Paragraph],
    found: Sequence[Toponym] | None = None,
    beside: Mapping[Key, Entry] = MappingProxyType({}),
) -> list[Place]:
    """Return the places that a report names, with offsets in the report's text and WGS 84 coordinates.

    A place's name is the printed one, in full. A name that the words around it prove a place and the gazetteer lacks has no
    coordinates but those of the town that it is said to lie near. Nationalities ("the French") are no places. `found` are the
    report's toponyms where they are known already, `beside` what names mean in the other reports of the story.
    """
    found = story_toponyms({"": paragraphs})[""] if found is None else found
    chosen = _decide(found, beside)
    near = _near_towns(paragraphs, found, chosen)
    return [_place(t, e or near.get(t.text)) for t, e in zip(found, chosen, strict=True)]


def story_toponyms(reports: Mapping[str, Sequence[Paragraph]]) -> dict[str, list[Toponym]]:
    """Return the names of places of each report of a story, without those that are things in that story."""
    once = Once()
    found = {r: once.of(laid(p), partial(toponyms, p)) for r, p in reports.items()}
    meant: dict[str, Entry] = {}
    for report in sorted(found):
        meant |= {t.text: e for t, e in zip(found[report], _decide(found[report], {}), strict=True) if e is not None}
    called = things([p for report in sorted(reports) for p in reports[report]], meant)
    return {r: [t for t in some if t.text not in called] for r, some in found.items()}


def senses_beside(found: Mapping[str, Sequence[Toponym]]) -> dict[str, dict[Key, Entry]]:
    """Return for each report of a story what its names, and others, mean in most of the other reports."""
    votes: dict[str, Counter[tuple[Key, Entry]]] = {}
    for report in sorted(found):
        decided = zip(found[report], _decide(found[report], {}), strict=True)
        votes[report] = Counter({(_key(t), e): 1 for t, e in decided if e is not None})
    together = sum(votes.values(), Counter[tuple[Key, Entry]]())
    return {report: _most(together - own) for report, own in votes.items()}


def _most(votes: Counter[tuple[Key, Entry]]) -> dict[Key, Entry]:
    """What each of the names that most reports print means to most of them."""
    ranked = sorted(votes.items(), key=lambda v: (v[1], -v[0][1].row))[-thresholds.ASKED :]
    return {key: entry for (key, entry), _ in ranked}


def _near_towns(paragraphs: Sequence[Paragraph], found: Sequence[Toponym], chosen: Sequence[Entry | None]) -> dict[str, Entry]:
    """The town of each name that the gazetteer lacks, where the report says that it lies near one."""
    near: dict[str, Entry] = {}
    for at, toponym in enumerate(found):
        for after, entry in zip(found[at + 1 : at + 3], chosen[at + 1 : at + 3], strict=True):
            if toponym.entries or entry is None or not _is_spot(entry) or after.paragraph != toponym.paragraph:
                continue
            between = paragraphs[toponym.paragraph].doc[toponym.last : after.first].text
            if _NEAR.fullmatch(between):
                near.setdefault(toponym.text, entry)
    return near


def _is_spot(e: Entry) -> bool:
    """Whether a place is so small that what lies near it stands at its point: a town, an airport, a stadium."""
    return e.kind in ("city", "capital") or (e.kind == "other" and e.people <= thresholds.SPOT)


_NEAR = re.compile(r",? ?(?:just )?(?:near|outside|close to|on the outskirts of)(?: [\w-]+){0,5}")


def _decide(found: Sequence[Toponym], beside: Mapping[Key, Entry]) -> list[Entry | None]:
    """The entry that each toponym means, None for one that the gazetteer lacks."""
    holders = _holders(found)
    asked = {key for key, _ in Counter(_key(t) for t in found).most_common(thresholds.ASKED)}
    company: dict[Key, Entry] = {}
    chosen: list[Entry | None] = []
    for _ in range(thresholds.ROUNDS):
        chosen = _one_sense(found, _scored(found, holders, company, beside))
        company = {_key(t): e for t, e in zip(found, chosen, strict=True) if e is not None and _key(t) in asked}
    return _with_holders(chosen, holders)


def _with_holders(chosen: Sequence[Entry | None], holders: Sequence[tuple[Entry, ...]]) -> list[Entry | None]:
    """Let a name right behind a town mean what contains the town: the state in "Buffalo, New York", whatever it means alone."""
    said = [next((h for h in some if e is not None and h.row == e.state), None) for e, some in zip(chosen, holders, strict=True)]
    return [holder or e for e, holder in zip(chosen, [None, *said[:-1]], strict=True)] if said else []


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two points in kilometres (haversine)."""
    rad = math.pi / 180
    x = math.sin((b[0] - a[0]) * rad / 2) ** 2
    y = math.cos(a[0] * rad) * math.cos(b[0] * rad) * math.sin((b[1] - a[1]) * rad / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x + y)))


def _key(toponym: Toponym) -> Key:
    return gazetteer_key(toponym.text), toponym.generic


def _scored(
    found: Sequence[Toponym],
    holders: Sequence[tuple[Entry, ...]],
    company: Mapping[Key, Entry],
    beside: Mapping[Key, Entry],
) -> list[Scored | None]:
    """The likeliest entry of each toponym with its score; a name with the same words after it is weighed once."""
    known: dict[tuple[Key, tuple[Entry, ...]], Scored | None] = {}
    for toponym, holder in zip(found, holders, strict=True):
        key = _key(toponym)
        if (key, holder) not in known:
            others = [e for name, e in {**beside, **company}.items() if name != key]
            entries = _without_namesakes_of_countries(toponym, holder)
            likely = () if all(_is_stray(e, holder, others) for e in entries) else entries
            famed = {e.country for e in likely if e.people >= thresholds.COUNTRYWIDE}
            scores = [(_alone(e, toponym) + _context(e, holder, others, beside.get(key), famed), e) for e in likely]
            known[key, holder] = max(scores, key=lambda s: (s[0], -s[1].row)) if scores else None
    return [known[_key(t), h] for t, h in zip(found, holders, strict=True)]


def _without_namesakes_of_countries(toponym: Toponym, holders: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries without the towns that are called as a country is, unless what contains one stands behind it."""
    if toponym.generic or not any(e.kind == "country" for e in toponym.entries):
        return toponym.entries
    held = [e for e in toponym.entries if any(_contains(h, e) for h in holders)]
    return tuple(e for e in toponym.entries if e.kind not in ("city", "county") or e in held)


def _alone(e: Entry, toponym: Toponym) -> float:
    """What speaks for an entry without any other place: people, kind, its first name, the kind word beside it."""
    score = math.log10(e.people + 10) + thresholds.KIND[e.kind] + (0.0 if _is_own(e, toponym) else thresholds.OTHER_NAME)
    if toponym.generic:
        fits = (e.kind in ("region", "county")) == (toponym.generic == "region")
        return score + (thresholds.FITS if fits else thresholds.MISFITS)
    return score + (thresholds.SEATED if e.kind == "region" and _has_seat(e, toponym) else 0.0)


def _is_own(e: Entry, toponym: Toponym) -> bool:
    """Whether a name is a place's first, or a city's second that is as well known ("New York")."""
    return e.plain or (e.kind in ("city", "capital") and toponym.text.lower() in words()["known"])


def _has_seat(region: Entry, toponym: Toponym) -> bool:
    """Whether a province is called after a city in it, which is what the bare name means ("Kharkiv")."""
    seat = region.people * thresholds.SEAT_SHARE
    own = [e for e in toponym.entries if _is_own(e, toponym) or not region.plain]
    return any(e.kind == "city" and e.state == region.row and e.people > seat for e in own)


def _context(e: Entry, holders: Iterable[Entry], others: Sequence[Entry], elsewhere: Entry | None, famed: Iterable[str]) -> float:
    """What the other places say: one that contains it right after it, those of its province, country, neighbourhood.

    And what the name means in the other reports. A town gains nothing by its country alone where only other countries
    (`famed`) have a large namesake.
    """
    least = thresholds.SAME_COUNTRY if famed and e.country not in famed and e.kind == "city" else 0.0
    support = sum(s for s in (_support(e, other) for other in others) if s > least)
    proofs = thresholds.CONTAINED if any(_contains(h, e) for h in holders) else 0.0
    same = thresholds.ELSEWHERE if elsewhere is not None and elsewhere.row == e.row else 0.0
    return proofs + same + thresholds.COMPANY * math.log2(1 + support)


def _is_stray(e: Entry, holders: Iterable[Entry], others: Sequence[Entry]) -> bool:
    """Whether a town of few lies in a country of which no other place is named, while another country has several."""
    if e.kind != "city" or e.people >= thresholds.BIG or any(_contains(h, e) for h in holders):
        return False
    countries = Counter(o.country for o in others if o.country)
    return not countries[e.country] and max(countries.values(), default=0) >= thresholds.COMPATRIOTS


def _support(e: Entry, other: Entry) -> float:
    if not e.country or e.country != other.country:
        return 0.0
    if e.kind == "country" or other.kind == "country":
        return thresholds.SAME_COUNTRY
    if _contains(other, e) or _contains(e, other) or distance((e.lat, e.lon), (other.lat, other.lon)) < thresholds.NEARBY:
        return thresholds.NEAR
    return thresholds.SAME_STATE if e.state != NOWHERE and e.state == other.state else thresholds.SAME_COUNTRY


def _holders(found: Sequence[Toponym]) -> list[tuple[Entry, ...]]:
    """What may contain each toponym: the next name, where only a comma, "in" or a bracket stands between.

    In a list of equals ("Kansas, Oklahoma and Texas") the next name contains nothing.
    """
    holders: list[tuple[Entry, ...]] = []
    for toponym, after in zip(found, [*found[1:], None], strict=False):
        near = after is not None and after.paragraph == toponym.paragraph and after.first - toponym.last <= 2
        own = {_rank(e) for e in toponym.entries if e.kind in ("country", "region") and e.plain}
        entries = after.entries if after is not None and near and toponym.joined else ()
        holders.append(tuple(e for e in entries if e.kind in ("country", "region", "county") and _rank(e) not in own))
    return holders


def _rank(e: Entry) -> tuple[str, str]:
    """Entries of one rank contain each other never: two countries, two provinces of a country."""
    return e.kind, "" if e.kind == "country" else e.country


def _contains(holder: Entry, e: Entry) -> bool:
    if holder.row == e.row:
        return False
    if holder.kind == "country":
        return e.country == holder.country and e.kind != "country"
    return holder.row in (e.state, e.county)


def _one_sense(found: Sequence[Toponym], scored: Sequence[Scored | None]) -> list[Entry | None]:
    """One name means one place in a report: its best mention decides, for all where a container proves it."""
    best: dict[Key, Scored] = {}
    for toponym, choice in zip(found, scored, strict=True):
        for key in (_key(toponym), (_key(toponym)[0], "any")):
            if choice is not None and (key not in best or choice[0] > best[key][0]):
                best[key] = choice
    chosen: list[Entry | None] = []
    for toponym, choice in zip(found, scored, strict=True):
        proved = best.get((_key(toponym)[0], "any"))
        if choice is None or proved is None:
            chosen.append(None)
        else:
            chosen.append(proved[1] if proved[0] - choice[0] > thresholds.PROVED else best[_key(toponym)][1])
    return chosen


def _place(toponym: Toponym, entry: Entry | None) -> Place:
    if entry is None:
        return Place(toponym.start, toponym.end, toponym.text, None, None, "other")
    kind = {"county": "region", "capital": "city"}.get(entry.kind, entry.kind) if toponym.is_town else "other"
    return Place(toponym.start, toponym.end, _name(toponym.text, entry), round(entry.lat, 3), round(entry.lon, 3), kind)


def _name(printed: str, entry: Entry) -> str:
    """The name as printed; short forms ("U.S.", "NSW", "Ky.") and capitals give way to the gazetteer's."""
    if len(printed) < 4 or "." in printed:
        return entry.name
    if printed.isupper():
        return entry.name if gazetteer_key(printed) == gazetteer_key(entry.name) else printed.title()
    return printed
