"""White space and invisible characters of a line of text."""

import re

_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return the text on one line: single blanks, no soft hyphens, marks of direction or control characters."""
    return _SPACE.sub(" ", _CONTROL.sub(" ", text.translate(_INVISIBLE))).strip()
