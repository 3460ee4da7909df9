"""Where those who carry a claim part: the sides of it, and words of each that show in what they differ."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import takewhile

from rich.cells import cell_len

from stemma.show.wording import Row, carriers, one_line

_PARTED = ("differs", "conflicts")
_BEFORE = 2
"""Words that lead to the first in which two sides differ."""


def sides(claim: Row, sigla: Mapping[str, str], stance: Mapping[str, str], sources: Mapping[str, str | None]) -> list[list[Row]]:
    """Return the members of each side of a claim, those of the first report first, or nothing where none are known.

    Reports that stand to it otherwise are a side; where all say the same, each source of a disputed claim is one: a report can
    tell what both say. `stance` is by report, `sources` by statement.
    """
    firsts = [next(m for m in claim["members"] if m["report"] == r) for r in carriers(claim, sigla)]
    found = _by(firsts, lambda m: stance.get(m["report"]) in _PARTED)
    if len(found) < 2 and claim["relation"] == "disputed":
        order = list(sigla)
        spoken = sorted((m for m in claim["members"] if m["report"] in sigla), key=lambda m: order.index(m["report"]))
        found = _by((m for m in spoken if _source(m, sources)), lambda m: _source(m, sources))
    return found if len(found) > 1 else []


def told_by_two(claim: Row, sources: Mapping[str, str | None]) -> set[str]:
    """Return the reports that have a disputed claim from two sources: they tell both sides of it."""
    if claim["relation"] != "disputed":
        return set()
    said: dict[str, set[str | None]] = defaultdict(set)
    for member in claim["members"]:
        said[member["report"]].add(_source(member, sources))
    return {report for report, who in said.items() if len(who - {None}) > 1}


def where_they_part(texts: Sequence[str], width: int) -> list[str]:
    """Return texts on one line each, without the beginning that all share where a cut at `width` would leave but that."""
    words = [one_line(text).split(" ") for text in texts]
    shared = sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*words, strict=False))) if len(words) > 1 else 0
    begins = max((cell_len(" ".join(w[: shared + 1])) for w in words), default=0)
    left = max(0, shared - _BEFORE) if begins >= width else 0
    return [("… " if left else "") + " ".join(w[left:]) for w in words]


def _source(member: Row, sources: Mapping[str, str | None]) -> str | None:
    return sources.get(member["statement"] or "")


def _by(members: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    found: dict[Hashable, list[Row]] = {}
    for member in members:
        found.setdefault(key(member), []).append(member)
    return list(found.values())
