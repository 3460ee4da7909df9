"""Notes in which an outlet says that it corrected, amended or updated a report."""

import re
from collections.abc import Iterable

from stemma.reports import thresholds
from stemma.reports.dates import find_date

_PIECE = r"(?:article|report|story|post|page|piece|column|headline|caption|graphic|video)s?"
_EARLIER = rf"(?:earlier|previous|prior|original|first)(?: online)? versions? of (?:this|our) {_PIECE}"
_CHANGED = r"(?:amended|corrected|updated|revised|edited|modified|clarified|changed)"
_NOTE = re.compile(
    r"^\W*(?:corrections?(?: note| and clarifications?)?|clarifications?|erratum|korrektur|richtigstellung|correctif|"
    r"rectificatif|corrección|correção|correzione|correctie|rectificatie|rättelse|исправление|поправка)\s*(?:[:.(—–-]|$)|"
    rf"\b{_EARLIER}\b|^\W*(?:\w+\s?[:—–-]\s)?(?:the|this|our) {_PIECE} (?:was|has been) (?:\w+ ){{0,2}}{_CHANGED}\b|"
    rf"\bthis {_PIECE} (?:was|has been) (?:\w+ )?{_CHANGED}\b|"
    r"^\W*(?:adds and )?corrects? (?:the |in |to )|\bcorrection(?: note)?: |\bcorrected(?: on)? [^.]{0,40}: |"
    r"\bin einer früheren (?:version|fassung)|\bune version (?:précédente|antérieure) de ce|\buna versión anterior de est|"
    r"\buma versão anterior dest|\buna versione precedente di quest|\bв (?:предыдущей|прежней) версии",
    re.IGNORECASE,
)


def is_correction(text: str) -> bool:
    """Whether a block is a note on a change of the report itself."""
    return len(text.split()) <= thresholds.CORRECTION_WORDS and _NOTE.search(text) is not None


def corrected_on(blocks: Iterable[tuple[str, str]]) -> str | None:
    """Return the day on which a correction among the blocks says that the report was changed, in ISO 8601."""
    for text in (text[:300] for role, text in blocks if role == "correction"):
        hit = find_date(text)
        if hit and re.search(rf"\b{_CHANGED}\b[^.]*$", text[: hit[1]], re.IGNORECASE):
            return hit[0]
    return None
