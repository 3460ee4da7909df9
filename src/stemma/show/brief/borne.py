"""Whose words a claim is in one report, and whether a report's words bear out what another says of it."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from stemma.show.wording import Row
from stemma.text.language import stop_words
from stemma.text.numbers import NUMBER, read_number
from stemma.text.stems import meaning, stem

BORNE = 0.6
"""Share of a passage's words, synonyms as one, that a report must have to bear it out."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_NUMBER = re.compile(rf"(?<![\w.,])(?:{NUMBER})", re.IGNORECASE)
_CLOSING = re.compile(r"\s?[\"”»’']")
_SAID = re.compile(r"\b(?:said|says|told|added|wrote|according to)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\(@[\w.]+\)|\bpic\.twitter\.com/|https?://", re.IGNORECASE)
_HEADS = ("title", "deck")
"""Where a newsroom sums up in its own words what no statement is read from."""
_VIEW = re.compile(r"\b(?:should|ought|hopefully|maybe|perhaps|looks? like|seems?|let['’]s|sadly)\b|!|\?", re.IGNORECASE)
"""How a wish, a guess, a view or a cry is put; what it says is nobody's knowledge."""


def bears_out(said: str, passage: str, language: str | None) -> bool:
    """Whether words of one report have every number of a passage and most of its words, also of those that are no names."""
    if not _numbers(passage) <= _numbers(said):
        return False
    held = _meanings(_WORD.findall(said), language)
    words = _WORD.findall(passage)
    plain = _meanings((w for w in words if w.islower()), language)
    whole = _meanings(words, language)
    return all(len(meant & held) >= BORNE * len(meant) for meant in (whole, plain))


def is_post(words: str) -> bool:
    """Whether words hold the signature or the link of a post: then they are somebody's, and the page's scaffolding."""
    return bool(_SIGNED.search(words))


def is_view(words: str) -> bool:
    """Whether words put a wish, a guess or a view."""
    return bool(_VIEW.search(words))


def voice(member: Row, report: Row, told: Iterable[Row], known_as: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the source whose words a member is in its report, or None, and whether the report itself states it.

    `told` are the statements of the report. Words in a quotation that nobody closed are those of whoever began it; words that
    say who said them ("the plant held ten tonnes, Holm said") are the newsroom's in no case.
    """
    told, text = list(told), report["text"]
    own = next((s for s in told if s["id"] == member["statement"]), None)
    if own is not None and own.get("source"):
        return own["source"], False
    for other in told:
        spans = other.get("quotations", []) if other.get("source") else []
        for (_, a), (b, _) in pairwise(spans):
            if a <= member["start"] and member["end"] <= b and not _CLOSING.match(text, a):
                return other["source"], False
    cue = _SAID.search(text, member["start"], member["end"])
    if cue:
        near = text[max(0, cue.start() - 40, member["start"]) : cue.end() + 40].casefold()
        return next((s for s, name in known_as.items() if name and name.split()[-1].casefold() in near), None), False
    if own is None:
        return None, any(b["role"] in _HEADS and b["start"] <= member["start"] < b["end"] for b in report.get("blocks", []))
    quoted = any(s <= member["start"] and member["end"] <= e + 1 for s, e in own.get("quotations", []))
    return None, not own["attributed"] and not quoted


def _meanings(words: Iterable[str], language: str | None) -> set[str]:
    idle = stop_words(language or "en")
    return {meaning(stem(w, language)) for w in words if w.casefold() not in idle}


def _numbers(words: str) -> set[float]:
    return {value for m in _NUMBER.finditer(words) if (value := read_number(m[0])) is not None}
