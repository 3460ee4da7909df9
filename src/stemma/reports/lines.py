"""The lines of a page and what each looks like by itself: prose, a short line, a link, a notice, a byline, a date."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from stemma.reports import thresholds
from stemma.reports.dates import find_date
from stemma.reports.furniture import is_whole_line, opens, says
from stemma.reports.joints import breaks_off, cut_at_joints, is_box, is_run_together, is_signed_picture
from stemma.reports.posts import is_post
from stemma.text.normal import tidy

LOOKED_AT = 600
"""Characters of a line that the patterns see: furniture shows itself at once; a line may have a million."""

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_ENDS = re.compile(r"[.!?…。！？।॥۔؟։።။។][\"'”’»›“)\]」』]*(?:\s?\[?\d{1,3}\]?)?$")
_INNER_STOP = re.compile(r"[^\W\d_]{2}[\"”’»)]?[.!?…][\"”’»)]?\s+[\"“«‘(¿¡]?[^\W\d_]|[。！？।۔؟]")
_MARKS = " \t\u00a0\"'“”‘’«»-–—•·|:>»→↓▶►*#()[]…,.!?️‍"
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+|[#@]\w+")
_BULLET = re.compile(r"^(?:[•·▪■◦●‣*–-]\s+|\d{1,2}[.)]\s+)\S")


BY = re.compile(
    r"^(?:(?i:(?:(?:text|words|story|report|article|written|reported|posted|published|compiled|created)\s+)?(?:by|"
    r"von|par|por|door|av|af|autor(?:in|es|a)?|author|auteur|автор|од|przez|yazan|oleh)\s*:?\s+)|"
    r"By(?=[A-Z]))(?=[^\W\d_a-zß-ÿ])",
)
TODAY = re.compile(
    r"\btoday\b|\bheute\b|\baujourd|\bhoy\b|\bhoje\b|\boggi\b|\bvandaag\b|\bidag\b|сегодня|сьогодні|\bbugün\b|°|"
    r"\b-?\d+(?:\.\d)?\s?[CF]\b",
)
CHANGED = re.compile(
    r"\b(?:updated?|modified|last (?:edited|changed)|aktualisiert|mis à jour|actualizad|atualizad|aggiornat|"
    r"bijgewerkt|uppdatera|oppdatert|opdateret|päivitetty|aktualizac|обновлен|оновлен|güncellen)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"\b(?:published|posted|publish(?:ed)? date|date published|issued|first published|veröffentlicht|erschienen|"
    r"publié|publicado|pubblicat|gepubliceerd|publicerad|publisert|udgivet|julkaistu|opublikowano|publikov|"
    r"опубликован|опубліковано|yayınlan|δημοσιεύ)",
    re.IGNORECASE,
)
READING = re.compile(
    r"\bmin(?:ute)?s?\.?\s+(?:read|de lectura|de lecture|de leitura)\b|\blesezeit\b|\blesedauer\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its text, number of words, and what it looks like.

    `kind` is prose (sentences of some length), sentence (a short one), lead-in (ends in a colon), short (no
    sentence), or one of the kinds of furniture.py. `script` is the first word of its first letter's Unicode name
    ("LATIN"), `times` how often the same words stand on the page, `block` how many blank lines stand above it.
    """

    text: str
    words: int
    kind: str
    ended: bool
    script: str
    times: int
    key: str
    block: int


def lines_of(text: str) -> list[Line]:
    """Return the lines of a page that are not blank, in order."""
    stripped: list[str] = []
    blanks = [0]
    broken: set[int] = set()
    for raw in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text):
        if clean := tidy(raw):
            pieces = cut_at_joints(clean, stripped) if is_run_together(clean) else [clean]
            broken.update(len(stripped) + n for n, piece in enumerate(pieces[:-1]) if breaks_off(piece))
            stripped += pieces
            blanks += [blanks[-1]] * len(pieces)
        else:
            blanks[-1] += 1
    keys = [key_of(line) for line in stripped]
    times = Counter(keys)
    lines = [_line(line, key, times[key], block) for line, key, block in zip(stripped, keys, blanks, strict=False)]
    return [_broken_off(line, keys[at + 1]) if at in broken else line for at, line in enumerate(lines)]


def key_of(line: str) -> str:
    """Return the words of a line by which two lines are the same; its marks when it has no word."""
    return " ".join(_WORD.findall(line[:LOOKED_AT].casefold())) or line[:LOOKED_AT]


def words_in(line: str) -> int:
    """Return the number of words; two letters count as one word in scripts that print no blanks."""
    unspaced = len(_UNSPACED.findall(line))
    return len(line.split()) + unspaced // 2 if unspaced else len(line.split())


def is_bullet(line: str) -> bool:
    """Say whether a line begins like an item of a list."""
    return bool(_BULLET.match(line))


def is_one_sentence(line: Line) -> bool:
    """Say whether no sentence ends inside a line."""
    return not _INNER_STOP.search(line.text[:LOOKED_AT])


def is_slot(line: Line) -> bool:
    """Say whether a line is a byline, a date, a reading time or the weather."""
    text = line.text[:200]
    if is_signature(line):
        return True
    return line.words <= 14 and bool(TODAY.search(text.casefold()) and any(c.isdigit() for c in text))


def is_signature(line: Line) -> bool:
    """Say whether a line is a byline, a date or a reading time: what stands between headline and story."""
    text = line.text[:200]
    if line.words > 25:
        return False
    if BY.match(text) or READING.search(text):
        return True
    return (line.words <= 9 or (line.words <= 14 and not line.ended)) and find_date(text) is not None


def _broken_off(line: Line, below: str) -> Line:
    """A piece that a joint cuts off without a stop: a link above "Read more", else a caption unless as short as a heading."""
    if below == "read more":
        return replace(line, kind="also")
    if line.times > 1:
        return replace(line, kind="widget")
    told = line.kind in ("prose", "short") and line.words > thresholds.HEADING_WORDS
    return replace(line, kind="photo") if told and not is_signature(line) else line


def _line(text: str, key: str, times: int, block: int) -> Line:
    words, ended = words_in(text), bool(_ENDS.search(text[-40:]))
    return Line(text, words, _kind(text, words, ended), ended, _script(text), times, key, block)


def _kind(text: str, words: int, ended: bool) -> str:
    if words <= 2 * thresholds.POST_WORDS and is_post(text):
        return "prose"
    folded = text[:LOOKED_AT].casefold().replace("’", "'").strip(_MARKS)
    if (words <= thresholds.LABEL_WORDS and is_whole_line("widget", folded)) or is_box(text):
        return "widget"
    if words <= thresholds.LABEL_WORDS and not ended and is_whole_line("end", folded):
        return "end"
    if words <= thresholds.LABEL_WORDS and not ended and is_whole_line("tail", folded):
        return "tail"
    if opened := _opened(text, folded, words, ended):
        return opened
    if words <= thresholds.LEGAL_WORDS and says("legal", folded):
        return "notice"
    if words <= thresholds.NOTICE_WORDS and says("notice", folded):
        return "notice"
    if words <= thresholds.CAPTION_WORDS and (is_signed_picture(text) or ((not ended or words <= 12) and says("photo", folded))):
        return "photo"
    if not any(c.isalpha() for c in text[:LOOKED_AT]) or _ADDRESS.fullmatch(text[:LOOKED_AT]):
        return "widget"
    return _by_shape(text, words, ended)


def _opened(text: str, folded: str, words: int, ended: bool) -> str | None:
    """The kind of a line that its first words give away: a link to another story, a box of the site, a caption."""
    if words <= thresholds.BOX_WORDS and opens("caption", folded):
        return "photo"
    linked = words <= 45 and opens("more", folded)
    linked = linked or (words <= 30 and (not ended or words <= 6) and opens("also", folded))
    stroke = words <= 25 and not ended and " | " in text
    return "also" if linked or stroke or (words <= thresholds.BOX_WORDS and opens("box", folded)) else None


def _by_shape(text: str, words: int, ended: bool) -> str:
    inner = bool(_INNER_STOP.search(text[:LOOKED_AT]))
    if (ended and words >= 9) or (words >= 18 and (inner or _mostly_small(text))) or words >= 60:
        return "prose"
    if text.rstrip("\"'”’»").endswith((":", "：")):
        return "lead-in"
    return "sentence" if ended and words >= 2 else "short"


def _mostly_small(text: str) -> bool:
    """Most words of a sentence begin small; a row of links or a headline in capitals does not."""
    words = [w for w in text[:LOOKED_AT].split() if w[0].isalpha()]
    return len(words) >= 10 and "," in text and sum(not w[0].isupper() for w in words) >= 0.6 * len(words)


def _script(text: str) -> str:
    for letter in text[:LOOKED_AT]:
        if letter.isalpha():
            return unicodedata.name(letter, "UNKNOWN").split()[0]
    return ""
