"""Notes of readers on a claim: kept with their evidence, rated by others, and ordered by a score that bridges them.

A note that many of one mind find helpful says little; one that readers who usually disagree both find helpful says more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from stemma import ids
from stemma.engines import Store
from stemma.errors import UsageError
from stemma.judged import judgement_id
from stemma.room.kept_story import KeptStory
from stemma.show.wording import Row, one_line
from stemma.tables import Evidence, Judgement

READERS = 5
"""Readers who rated a note before it gets a score: below, there are only counts."""
_LONGEST = 2_000

Ratings = Mapping[str, Mapping[str, bool]]
"""By note, by reader: whether the reader found the note helpful."""


def keep_note(store: Store, told: KeptStory, claim: str, who: str, text: str, places: Sequence[str]) -> str:
    """Keep a reader's note on a claim, in the place of an earlier one of the same reader; return its id.

    `places` are "report:start-end", words of the claim's members. Raises UsageError for a note without words or evidence.
    """
    row = told.claims.get(claim)
    if row is None:
        raise UsageError("This claim is there no more: the story was worked out anew since.")
    if not text:
        raise UsageError("A note needs words.")
    if len(text) > _LONGEST:
        raise UsageError(f"A note has no more than {_LONGEST:,} characters.")
    known = {f"{m['report']}:{m['start']}-{m['end']}": m for m in row["members"]}
    evidence = tuple(Evidence(m["report"], m["start"], m["end"]) for p, m in known.items() if p in places)
    if not evidence:
        raise UsageError("A note needs evidence: choose the words that it rests on.")
    # A claim's id changes when groups merge; the note stays with the statement that it was first written on.
    this, that = row["members"][0]["statement"], ids.digest("reader", who)
    about = f"“{one_line(row['summary'])}”"
    _keep(store, Judgement(this, that, "note", "note", who, _now(), text, about, evidence))
    return judgement_id(this, that)


def rate_note(store: Store, note: str, who: str, helpful: bool) -> None:
    """Keep whether a reader found a note helpful; raises UsageError for a note of one's own or one that is not there."""
    row = next((j for j in store.read("judgement", {"kind": "note"}) if judgement_id(j.this, j.that) == note), None)
    if row is None:
        raise UsageError("This note is there no more.")
    if row.who == who:
        raise UsageError("Nobody rates a note of their own.")
    verdict = "helpful" if helpful else "unhelpful"
    about = f"the note of {row.who} on {row.about}"
    _keep(store, Judgement(note, ids.digest("reader", who), "rating", verdict, who, _now(), "", about, row.evidence))


def notes_on(told: KeptStory, claim: Row, reader: str) -> list[dict[str, Any]]:
    """Return the notes on a claim, those first that bridge readers who usually disagree, then the oldest."""
    kept = told.story["judgements"]
    ratings: dict[str, dict[str, bool]] = defaultdict(dict)
    for j in kept:
        if j["kind"] == "rating":
            ratings[j["this"]][j["who"]] = j["verdict"] == "helpful"
    statements = {m["statement"] for m in claim["members"]}
    found = []
    for j in kept:
        if j["kind"] == "note" and j["this"] in statements:
            mine = ratings[j["id"]]
            found.append({
                "id": j["id"], "who": j["who"], "when": j["when"], "note": j["note"], "quotes": told.quotes(j["evidence"]),
                "helpful": sum(mine.values()), "unhelpful": len(mine) - sum(mine.values()), "score": bridging(j["id"], ratings),
                "own": j["who"] == reader, "rated": mine.get(reader),
            })  # fmt: skip
    return sorted(found, key=lambda n: (-(n["score"] or 0), n["when"], n["id"]))


def bridging(note: str, ratings: Ratings) -> float | None:
    """Return from -1 to 1 how far readers who usually disagree agree on a note; None until enough of them rated it.

    The mean over each two of its raters of how often they disagree on other notes, counted for the note where both found it
    helpful, against it where both did not, and as nothing where they differ on it too.
    """
    raters = ratings.get(note, {})
    if len(raters) < READERS:
        return None
    pairs = list(combinations(sorted(raters), 2))
    total = sum(
        _disagreement(one, two, note, ratings) * (1 if raters[one] else -1) for one, two in pairs if raters[one] == raters[two]
    )
    return round(total / len(pairs), 3)


def _disagreement(one: str, two: str, but: str, ratings: Ratings) -> float:
    """How often two readers differ on notes that both rated; half where they never met."""
    both = [r for note, r in ratings.items() if note != but and one in r and two in r]
    return (sum(r[one] != r[two] for r in both) + 1) / (len(both) + 2)


def _keep(store: Store, row: Judgement) -> None:
    with store.transaction():
        store.remove("judgement", {"this": row.this, "that": row.that})
        store.write({"judgement": [row]})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
