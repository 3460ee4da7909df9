"""One quotation in several reports of a story: who is named beside it in one speaks it in those that do not say who does.

A page that leaves out a line, or prints a box between a quotation and its speaker, lets its neighbours answer for it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from stemma.mentions.parse import Paragraph
from stemma.statements import thresholds
from stemma.statements.attribution import Attribution
from stemma.statements.people import Person, SourceKey
from stemma.statements.pooling import Attributed, ReportSources, is_voice
from stemma.statements.sources import agrees
from stemma.tables import Report, Span
from stemma.text.normal import fold

_WORD = re.compile(r"\w+")
_Words = tuple[str, ...]
_Said = Mapping[_Words, set[SourceKey]]
"""Who is named as the speaker of so many words in a row."""


def speakers_agreed(
    attributed: Attributed, reports: Sequence[tuple[Report, Sequence[Paragraph]]], people: Sequence[Person]
) -> dict[str, ReportSources]:
    """Return the attributions of each report and their sources, with those that the same words have in other reports."""
    said: dict[_Words, set[SourceKey]] = defaultdict(set)
    for report, paragraphs in reports:
        for item, who in zip(*attributed[report.id], strict=True):
            if who is not None and who[0] == "person":
                for words in _spoken(report.text, item, paragraphs[item.paragraph]):
                    for length in range(thresholds.QUOTED_LEAST, thresholds.QUOTED_RUN + 1):
                        for run in _runs(words, length):
                            said[run].add(who)
    return {report.id: _agreed(report.text, *attributed[report.id], said, people) for report, _ in reports}


def _agreed(
    text: str, items: Sequence[Attribution], whos: Sequence[SourceKey | None], said: _Said, people: Sequence[Person]
) -> ReportSources:
    inside = _told_inside(items)
    found: list[tuple[Attribution, SourceKey | None]] = []
    for item, who in zip(items, whos, strict=True):
        new = None if inside.intersection(item.quotations) else _speaker(text, item, who, said, people)
        found.append((item, who) if new is None else (_without_stranger(item, who), new))
    return [item for item, _ in found], [who for _, who in found]


def _told_inside(items: Sequence[Attribution]) -> set[Span]:
    """The quotations that stand in another: who says the outer one only repeats them."""
    inside, past = set(), -1
    for start, end in sorted({q for item in items for q in item.quotations}, key=lambda q: (q[0], -q[1])):
        inside |= {(start, end)} if end <= past else set()
        past = max(past, end)
    return inside


def _speaker(text: str, item: Attribution, who: SourceKey | None, said: _Said, people: Sequence[Person]) -> SourceKey | None:
    """The one person whom others name for most of an attribution's words, where it names nobody itself.

    Who is named by mistake needs more words of another's than who is not named at all.
    """
    if not _is_open(item, who):
        return None
    least = thresholds.QUOTED_RUN if who else thresholds.QUOTED_LEAST
    quoted = [_words(text, span) for span in item.quotations if not _is_name(text[slice(*span)])]
    runs = [run for words in quoted if len(words) >= least for run in _runs(words, min(len(words), thresholds.QUOTED_RUN))]
    named = [said[run] for run in runs if run in said]
    speakers = set().union(*named)
    if len(speakers) != 1 or len(named) < thresholds.QUOTED_ALIKE * len(runs):
        return None
    speaker = next(iter(speakers))
    pronoun = item.source.lower_ if item.source is not None and item.by_pronoun else None
    return None if speaker == who or (pronoun and not agrees(speaker, pronoun, people)) else speaker


def _spoken(text: str, item: Attribution, paragraph: Paragraph) -> Iterator[_Words]:
    """The words that stand in one paragraph with their speaker's name and "said", or that he posted."""
    verb = item.cue is not None and not item.cue.is_punct
    beside = verb and item.source is not None and item.source.pos_ == "PROPN"
    for start, end in item.quotations if beside else item.content if item.author else ():
        if paragraph.start <= start < paragraph.end:
            yield _words(text, (start, end))


def _is_open(item: Attribution, who: SourceKey | None) -> bool:
    """Whether an attribution leaves open who speaks; one who speaks for another may only repeat him."""
    if who is None or item.cue is None or item.by_pronoun:
        return True
    return who[0] in ("office", "anonymous", "group") and not is_voice(item.source_text or "")


def _without_stranger(item: Attribution, who: SourceKey | None) -> Attribution:
    """The attribution without the words that were taken for its source, where they are no title or pronoun of the speaker."""
    if item.by_pronoun or (who is not None and who[0] == "office"):
        return item
    return replace(item, source=None, source_span=None, source_text=None)


def _is_name(quotation: str) -> bool:
    """Whether marks hold a nickname or a title, which nobody says in particular: “Iron Ada”."""
    return all(word[0].isupper() for word in _WORD.findall(quotation))


def _words(text: str, span: Span) -> _Words:
    return tuple(fold(w) for w in _WORD.findall(text[slice(*span)]))


def _runs(words: _Words, length: int) -> Iterator[_Words]:
    """All stretches of so many words in a row."""
    return (words[k : k + length] for k in range(len(words) - length + 1))
