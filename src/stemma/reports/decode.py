"""Bytes to text: a mark at the start, then UTF-8 where it fits, then what the server or the page declares, then a guess."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip

_NO_CHARSETS = frozenset((
    "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "charmap",
    "mbcs", "oem", "utf-7",
))  # fmt: skip
"""What Python calls an encoding of text, and no page is written in."""

_DECLARED = re.compile(rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)

# WHATWG Encoding Standard: what these labels mean on the web.
_MEANS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8", "unicode": "utf-8", "utf8": "utf-8",
}  # fmt: skip

# WHATWG Encoding Standard: what a page can be in. A guesser left free takes curly quotes for DOS letters.
_ON_THE_WEB = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874",
    "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u", "gb18030", "big5", "cp932",
    "euc_jp", "cp949",
]  # fmt: skip

_DOUBLE = re.compile(r"[\u00c2\u00c3\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2]"
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
                     r"\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}")  # fmt: skip
_HIGH = re.compile(r"[\u00a1-\u00ff]")


def decode(content: bytes, charset: str | None = None) -> str:
    """Return a page's bytes as text without NULs, with line ends as newlines; never raises.

    `charset` is what was declared beside the bytes, by a server or an archive; it goes before what the page declares.
    Bytes that are no UTF-8 on a page that otherwise is are read as Windows-1252; text that was encoded twice is set
    right where that can be done without doubt.
    """
    return _undoubled(_decoded(content, charset)).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(content: bytes, charset: str | None) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    wide = _wide(content[:4096])
    if wide:
        return content.decode(wide, "replace")
    declared = [_known(charset), _declared(content)]
    if b"\x1b$" in content[:65_536]:
        declared = ["iso-2022-jp"]
    elif _is_utf8(content):
        return content.decode("utf-8")
    for encoding in declared:
        text = _strictly(content, encoding) if encoding and encoding != "utf-8" else None
        if text is not None and _plausible(text):
            return text
    return _mixed(content) or _guessed(content)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is NUL in most scripts' markup."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:8192]) or _DECLARED.search(content[:200_000])
    return _known(found[1].decode("ascii", "replace")) if found else None


def _known(label: str | None) -> str | None:
    """The encoding that a label means on the web, or None where there is none."""
    if not label or "\0" in label:
        return None
    name = _MEANS.get(label.lower(), label.lower())
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return name if found._is_text_encoding and not {name, found.name} & _NO_CHARSETS else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        pass
    text = content.decode(encoding, "replace")
    return text if text.count("\ufffd") * 1000 < len(text) else None


def _plausible(text: str) -> bool:
    """A wrong one-byte encoding shows in letters: Cyrillic or Greek read as Latin-1 is nearly all accents."""
    letters = sum(c.isalpha() for c in text[:200_000] if c > "\x7f")
    return len(_HIGH.findall(text[:200_000])) < 40 or not _accents_cluster(text[:200_000]) or letters == 0


def _accents_cluster(text: str) -> bool:
    high = len(_HIGH.findall(text))
    pairs = len(re.findall(r"[\u00c0-\u00ff]{3}", text))
    return pairs * 3 > high * 0.5


def _mixed(content: bytes) -> str | None:
    """UTF-8 with some bytes of Windows-1252 between; None where UTF-8 is not the rule."""
    text = content.decode("utf-8", "surrogateescape")
    bad = len(re.findall(r"[\udc80-\udcff]", text))
    good = sum(c > "\x7f" for c in text) - bad
    if good <= bad:
        return None
    return re.sub(r"[\udc80-\udcff]+", lambda m: _bytes_of(m[0]).decode("cp1252", "replace"), text)


def _bytes_of(escaped: str) -> bytes:
    return escaped.encode("utf-8", "surrogateescape")


def _guessed(content: bytes) -> str:
    """Markup is ASCII and would drown the letters that tell: the guess is made on the text between the tags."""
    from charset_normalizer import from_bytes

    bare = re.sub(rb"<(script|style)\b(?:[^<]|<(?!/\1))*+|<[^<>]*>|[ \t\r\n]+", b" ", content[:1_000_000], flags=re.IGNORECASE)
    best = from_bytes(bare[:100_000], cp_isolation=_ON_THE_WEB).best()
    return content.decode(best.encoding if best else "cp1252", "replace")


def _undoubled(text: str) -> str:
    """UTF-8 that was read as Windows-1252 and encoded again: each run that decodes back, where there are several."""
    if len(_DOUBLE.findall(text)) < 3:
        return text
    return _DOUBLE.sub(lambda m: _once(m[0]), text)


def _once(run: str) -> str:
    try:
        raw = b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in run)
        return raw.decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError, ValueError):
        return run
