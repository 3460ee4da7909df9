"""Normal forms of a text: one line without invisible characters, words without what house styles differ in; addresses."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from urllib.parse import SplitResult, urlsplit

from stemma.text.data import mapping

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")
_SIGNS = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'") | {"½": ".5", "¼": ".25", "¾": ".75"})
"""One apostrophe, and fractions as decimals: Unicode takes them for digits of their own, and "4½" would be 41⁄2."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})
"""Letters that Unicode takes for no accented ones, and that newsrooms print without their stroke."""


def tidy(text: str) -> str:
    """Return the text on one line, letters composed (NFC), without soft hyphens, marks of direction and control characters."""
    joined = " ".join(text.split())
    if joined.isprintable():
        return unicodedata.normalize("NFC", joined)
    return _SPACE.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE))).strip()


def shortened(words: str, most: int) -> str:
    """Return as many of the words as fit into so many letters, "…" behind them where some do not."""
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def composed(text: str) -> tuple[str, Sequence[int]]:
    """Return the text with its letters composed (NFC), and for each offset in it, its end too, the offset in the given text."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    starts = [n for n, c in enumerate(text) if not unicodedata.combining(c) and not "\u1160" <= c <= "\u11ff"]
    parts, places = [], []
    for start, end in pairwise([0, *(n for n in starts if n), len(text)]):
        parts.append(unicodedata.normalize("NFC", text[start:end]))
        places += [min(start + n, end) for n in range(len(parts[-1]))]
    return "".join(parts), [*places, len(text)]


_LONGEST_NAME = 60
"""Letters of a name: what is longer is a line or a paragraph, which does not come again and would fill the memory."""


def fold(text: str) -> str:
    """Return a word or name without case and accents and with straight apostrophes: "Łódź’s" → "lodz's".

    The length may change, so offsets in the text are lost.
    """
    return _folded_name(text) if len(text) <= _LONGEST_NAME else _folded(text)


def _folded(text: str) -> str:
    plain = text.casefold()
    if plain.isascii():
        return plain.replace("`", "'")
    letters = unicodedata.normalize("NFKD", plain.translate(_SIGNS))
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_LETTERS)


_folded_name = lru_cache(maxsize=50_000)(_folded)


def latin(word: str) -> str:
    """Return a word in small letters, Cyrillic ones as English-language papers write them in names: "Харків" → "kharkiv"."""
    small = word.lower()
    return small if small.isascii() else small.translate(_cyrillic())


@lru_cache(maxsize=1)
def _cyrillic() -> dict[int, str]:
    return str.maketrans(mapping("text", "cyrillic.tsv"))


def name_key(name: str) -> str:
    """Return a name as it is compared: folded, "&" read as "and", and a single blank for every run of other marks."""
    return _MARKS.sub(" ", fold(name).replace("&", " and ")).strip()


def split_address(address: str) -> SplitResult:
    """Return the parts of an address; one that is none ("https://tarin[.]example/a") is all path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")
