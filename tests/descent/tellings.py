"""Invented texts of one invented event, and how to make a report of paragraphs: what the tests of this room share."""

from stemma.descent.runs import Run, runs_of_seeds, seeds
from stemma.descent.telling import Telling, read_telling
from stemma.descent.words import Words, line_spans, read_words
from stemma.tables import Block, Report

WIRE = (
    "A car ferry ran onto a sandbank outside Port Lantry before dawn on Tuesday, leaving 214 passengers stranded"
    " for nine hours while crews waited for the tide.",
    "The Marigold, on her way from Oskerholm, lost steering in thick fog shortly after four and drifted across"
    " the shipping channel until her bow lodged in the sand, the harbour office said.",
    "Nobody was badly hurt, but eleven people were treated for bruises and one crew member was flown to the"
    " clinic in Brenna with a broken wrist.",
    '"We heard a long scraping noise and then the engines went quiet," said Tilda Rask, a passenger who had been'
    " asleep on the lower deck.",
    "Harbour master Jory Penhallen ordered the channel closed to all traffic and asked three tugs from the naval"
    " yard to stand by in case the hull began to leak.",
    "Investigators will examine why the steering failed only two months after the vessel came back from a costly"
    " refit at the Halvorsen yard.",
)
REWORDED = (
    "Some 214 passengers were left stranded for nine hours on Tuesday when a car ferry ran aground on a sandbank"
    " near Port Lantry and crews had to wait for the tide.",
    "According to the harbour office, the Marigold was sailing from Oskerholm when she lost her steering shortly"
    " after four in thick fog, drifting across the channel before the bow lodged in sand.",
    "Eleven people needed treatment for bruises, and a crew member with a broken wrist was flown to a clinic in"
    " Brenna, although nobody was badly hurt.",
    "The channel was closed to traffic by harbour master Jory Penhallen, who asked three naval tugs to stand by"
    " in case the hull should leak.",
    "Why the steering failed two months after a costly refit at the Halvorsen yard will now be examined by investigators.",
)
INDEPENDENT = (
    "PORT LANTRY - Children wrapped in blankets were the first down the gangway when the Marigold finally came"
    " alongside on Tuesday afternoon.",
    "For the 214 on board it ended a day that few of them will want to repeat. Families had lined the quay since"
    " breakfast, watching the stuck ship through binoculars that a shopkeeper handed round.",
    '"We heard a long scraping noise and then the engines went quiet," Tilda Rask told this newspaper, holding'
    " a paper cup of soup.",
    "Penhallen, who runs the harbour, would not be drawn on the cause. Old skippers in the Anchor tavern were"
    " less shy: the sands have moved, they say, and nobody has redrawn the charts.",
    "Eleven bruised travellers saw a doctor in a tent by the fish market. Brenna's clinic kept one sailor overnight.",
)
QUOTED = (
    '"We will not leave a single family on that ship one minute longer than the sea forces us to, and every cost'
    ' that people have had will be paid by this company before the month is out,"'
)


def words_of(*paragraphs: str) -> Words:
    """Return the words of a text of these paragraphs."""
    text = "\n".join(paragraphs)
    return read_words(text, line_spans(text))


def printed(
    key: str,
    *paragraphs: str,
    published: str | None = None,
    outlet: str | None = None,
    credit: str | None = None,
    byline: tuple[str, ...] = (),
    agency: str | None = None,
    language: str | None = "en",
) -> tuple[Report, list[Block]]:
    """Return a report of these paragraphs, with a credit line at its end when one is given, and its blocks."""
    rows = [("byline", name) for name in byline]
    rows += [("credit", agency)] if agency else []
    rows += [("paragraph", p) for p in paragraphs]
    rows += [("credit", credit)] if credit else []
    blocks, at = [], 0
    for role, text in rows:
        blocks.append(Block(key, at, at + len(text), role))
        at += len(text) + 1
    text = "\n".join(text for _, text in rows)
    outlet = outlet or f"The {key} Gazette"
    report = Report(
        key, key, f"{key}.html", None, None, "", outlet, key, published, None, byline, agency, (), None, language, text, ()
    )
    return report, blocks


def told(key: str, *paragraphs: str, **facts: object) -> Telling:
    """Return the telling of a report of these paragraphs; facts as in `printed`."""
    return read_telling(*printed(key, *paragraphs, **facts))  # type: ignore[arg-type]


def identical_runs(a: list[str], b: list[str]) -> list[Run]:
    """Return the runs that two texts share, as comparing them finds these."""
    return runs_of_seeds(seeds(a), seeds(b))
