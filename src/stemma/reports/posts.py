"""Social-media posts that a page embeds, as embeds print themselves: "words — Name (@handle) date"."""

import re
from collections.abc import Sequence

from stemma.reports import thresholds
from stemma.reports.dates import find_date
from stemma.tables import Post

_WHO = r"(?P<author>[^()—–]{1,50}?)\s*\((?P<handle>@[\w.]{1,30})\)"
_DASHED = re.compile(r"\s*(?:[—–]|--?)\s*" + _WHO)
_BARE = re.compile(
    r"(?:^|\s)(?P<author>[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.'’-]*){0,3})\s\((?P<handle>@[\w.]{1,30})\)(?=\s)",
)
_SHARED = re.compile(
    r"\s*\b(?:an?(?:other)? (?:post|photo|video|reel) (?:shared|posted) by|une publication partagée par|ein beitrag geteilt von|"
    r"una publicación compartida (?:de|por)|uma? (?:post|publicação) (?:com)?parti?lhad[oa] por|un post condiviso da|"
    r"een bericht gedeeld door|ett inlägg delat av|публикация от)\s+" + _WHO,
    re.IGNORECASE,
)
_POSTED = re.compile(r"(?<=\S)\s+Posted by (?P<author>[^\W\d_a-z][^()]{1,50}?) on(?= )")
_ZONE = re.compile(r"\s(?:[AP]M\s)?[A-Z]{2,3}T?\b(?=\s*$)")
_LINK = re.compile(r"\b(?:pic\.twitter\.com/\w+|https://t\.co/\w+\s*$)")


Signature = tuple[int, int, str, str | None, str | None]
"""Where a post's words end, where its signature ends, author, handle, date."""


def posts_in(text: str, start: int = 0) -> list[Post]:
    """Return the posts of a block that is one or several, in order; `start` is where the block begins in the report.

    A post's [start, end) are its own words, without the line that signs it. One that nobody signs has no author; a
    signature without words (of a picture) is none.
    """
    signed = _signatures(text)
    if not signed:
        return [Post(start, start + len(text), None, None, None)]
    found, at = [], 0
    for words_end, end, author, handle, day in signed:
        begin = at + len(text[at:words_end]) - len(text[at:words_end].lstrip())
        if begin < words_end:
            found.append(Post(start + begin, start + words_end, author, handle, day))
        at = end
    return found


def is_post(text: str) -> bool:
    """Whether a paragraph is somebody's post: it ends with a signature, or with the link to its picture."""
    signed = _signatures(text)
    if not signed:
        return _LINK.search(text) is not None and len(text.split()) <= thresholds.POST_WORDS
    longest = max(len(post.split()) for post in _words(text, signed))
    return len(text) - signed[-1][1] <= thresholds.BEHIND_POST and longest <= thresholds.POST_WORDS


def post_runs(blocks: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return [start, end) of the runs of blocks that are one post each, found by its signature on the last of them.

    A signature alone takes the paragraph above it, and one behind a few words the short lines above them.
    """
    found: list[tuple[int, int]] = []
    for n, (role, text) in enumerate(blocks):
        if role not in ("paragraph", "quote", "list") or not is_post(text):
            continue
        least = found[-1][1] if found else 0
        if least == n and _DASHED.match(text) and not _signatures(blocks[n - 1][1]):
            # The line above is a post by its link, and this one signs it.
            least = found.pop()[0]
        found.append((_first_of(blocks, n, least), n + 1))
    return found


def _first_of(blocks: Sequence[tuple[str, str]], last: int, least: int) -> int:
    """The first block of the post that is signed on `last`."""
    first, text = last, blocks[last][1]
    words = len(_words(text, _signatures(text))[0].split())
    if _DASHED.match(text) and last > least and blocks[last - 1][0] in ("paragraph", "quote"):
        first, words = last - 1, len(blocks[last - 1][1].split())
    while 0 < words < thresholds.POST_LINE and first > least and _may_open(blocks[first - 1]):
        first -= 1
    return first


def _may_open(block: tuple[str, str]) -> bool:
    role, text = block
    return role in ("paragraph", "quote") and len(text.split()) < thresholds.POST_LINE and not text.endswith((":", "”", '"'))


def _words(text: str, signed: Sequence[Signature]) -> list[str]:
    """The words of each post in a text; all of them where nobody signs."""
    starts = [0, *(end for _, end, *_ in signed)]
    return [text[at:end] for at, (end, *_) in zip(starts, signed, strict=False)] or [text]


def _signatures(text: str) -> list[Signature]:
    """Return the signatures in a text, in order; of two at one place the longer."""
    found: list[Signature] = []
    for pattern in (_DASHED, _SHARED, _BARE, _POSTED) if "@" in text or "Posted by" in text else ():
        for m in pattern.finditer(text):
            hit = find_date(text[m.end() : m.end() + 48])
            day, end = (hit[0], m.end() + hit[2]) if hit and hit[1] <= thresholds.BEHIND_POST else (None, m.end())
            if day or (pattern in (_DASHED, _SHARED) and len(text) - end <= 2):
                handle = m["handle"] if "handle" in pattern.groupindex else None
                found.append((m.start(), end + _zone(text, end), m["author"].strip(" —–-"), handle, day))
    signed: list[Signature] = []
    for one in sorted(found, key=lambda s: s[:2]):
        if not signed or one[0] >= signed[-1][1]:
            signed.append(one)
    return signed


def _zone(text: str, end: int) -> int:
    """Length of what stands behind the moment of a post: its zone."""
    m = _ZONE.match(text, end)
    return m.end() - end if m else 0
