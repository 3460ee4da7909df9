"""What the scorers of the shipped stories share: an account as a gold sees it, and ways to compare words."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

Row = dict[str, Any]
"""A row of an account or of a gold, as JSON gives it."""


class Part(NamedTuple):
    """How well one part came out, 0 to 1, and a line for each thing that did not."""

    score: float
    misses: list[str]


@dataclass(frozen=True)
class Seen:
    """An account as a gold sees it: reports by the gold's keys, and the stories that hold them."""

    key: dict[str, str]
    report: dict[str, Row]
    stories: list[Row]

    def rows(self, table: str) -> list[Row]:
        return [row for story in self.stories for row in story.get(table, [])]

    def words(self, place: Row) -> str:
        """Return the words of a place: a report's id, start and end."""
        text: str = self.report[self.key[place["report"]]]["text"]
        return text[place["start"] : place["end"]]

    def one_paragraph(self, place: Row) -> bool:
        return place["report"] in self.key and "\n" not in self.words(place).strip()


def see(account: Row, reports: Row) -> Seen:
    """Return the account's rows on the gold's reports; a page is known by its file's name, packed or not."""
    key: dict[str, str] = {}
    for row, (k, r) in product(account["reports"], reports.items()):
        if re.search(rf"(^|\W){re.escape(r['file'])}(\.gz)?$", str(row["location"])):
            key[row["id"]] = k
    rows = {key[r["id"]]: r for r in account["reports"] if r["id"] in key}
    return Seen(key, rows, [s for s in account["stories"] if any(r in key for r in s["reports"])])


def names_of(gold: Row, origin: str) -> set[str]:
    """Return the names under which an origin may be given, folded."""
    return {fold(n) for o in gold["origins"] if o["origin"] == origin for n in [origin, *o.get("names", [])]}


def fold(words: str | None) -> str:
    """Return words without case, marks of quotation, white space at the ends and closing punctuation."""
    plain = re.sub(r"[\"'“”„‘’«»]", " ", unicodedata.normalize("NFKC", words or "").casefold())
    return " ".join(plain.split()).strip(" .,;:")


def bag(words: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(words)))


def held(part: str, whole: str) -> float:
    """Return the share of the words of `part` that stand in `whole`."""
    wanted = bag(part)
    return (wanted & bag(whole)).total() / max(1, wanted.total())


def alike(a: str, b: str) -> float:
    return min(held(a, b), held(b, a))


def f1(right: float, shown: int, expected: int) -> float:
    return 2 * right / (shown + expected) if shown + expected else 1.0


def of(right: float, expected: int) -> float:
    return right / expected if expected else 1.0
