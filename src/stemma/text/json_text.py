"""JSON as stemma writes it: letters as they are, but for those that act on a terminal or turn the direction of words."""

import json
import re
from collections.abc import Callable

_ACTING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters that JSON leaves as they are, ends of lines in JavaScript, marks of direction, halves of characters."""


def json_text(value: object, indent: int | None = None, default: Callable[[object], object] | None = None) -> str:
    r"""Return a value as JSON; `indent` and `default` as in the standard library.

    >>> json_text({"née": "\u202e"})
    '{"née": "\\u202e"}'
    """
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent, default=default))


def escaped(text: str) -> str:
    """Return JSON with such characters by their number: it says the same."""
    return text if text.isascii() and "\x7f" not in text else _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
