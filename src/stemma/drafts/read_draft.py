"""A draft as a report: HTML as a page is read; plain text and Markdown as they are written, with nothing taken for furniture.

From the report's offsets a way leads back to lines and columns of the file.
"""

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from rapidfuzz.distance import Indel

from stemma.drafts import thresholds
from stemma.drafts.ignoring import Ignored, ignored_in, without_comments
from stemma.errors import NothingRead, PageError
from stemma.findings.context import DRAFT
from stemma.pages import PageOptions, Saved, read_pages
from stemma.pages.archives import SAMPLE
from stemma.pages.holders import pages_in
from stemma.reports import read_page
from stemma.reports.article import Article, report_from_article
from stemma.reports.credits import find_credits, is_credit
from stemma.reports.decode import decode
from stemma.reports.thresholds import LONGEST_HEADLINE
from stemma.tables import Block, Report, Role

_MARKDOWN = (".md", ".markdown")
_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_TOKEN = re.compile(
    r"<!--.{0,20000}?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>|(&(?:#\d+|#x[\da-f]+|\w+);)|(\S)", re.DOTALL | re.IGNORECASE
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_WIDEST = 200_000
"""Characters of a file in which one block is looked for by likeness."""


@dataclass(frozen=True)
class ReadDraft:
    """A draft as a report with its blocks, the text of its file, and what comments in it ask."""

    report: Report
    blocks: list[Block]
    source: str
    is_html: bool
    is_plain: bool
    ignored: list[Ignored]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Lines and columns of a file, counted from 1 in code points; the end column is the first behind the words."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """Where the words of a draft stand in its file."""

    def __init__(self, draft: ReadDraft) -> None:
        self._source = draft.source
        self._lines = [m.end() for m in re.finditer(r"\r\n|\r|\n", draft.source)]
        self._at = _mapped(draft)
        self._known = sorted(self._at)

    def of(self, start: int, end: int) -> Place:
        """Return the place of the words [start, end) of the report's text; the top of the file where they are not found."""
        first, past = bisect_left(self._known, start), bisect_left(self._known, end)
        if first == past:
            return TOP
        return Place(*self._position(self._at[self._known[first]]), *self._position(self._at[self._known[past - 1]] + 1))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        # An end just behind the last character of a line stays on that line.
        if line and offset == self._lines[line - 1] and self._source[offset - 1 : offset] not in ("\n", "\r"):
            line -= 1
        return line + 1, offset - (self._lines[line - 1] if line else 0) + 1


def read_draft(path: Path, content: bytes | None = None) -> ReadDraft:
    """Read a draft (.html, .md, .txt …); raises NothingRead when there is no such file or no text in it.

    `content` is read in the place of the file, as of a text that an editor has not saved; `path` then says of which form it is.
    """
    pages = read_pages([str(path)]) if content is None else pages_in(str(path), _stream(content), None, PageOptions())
    saved = next(iter(pages), None)
    if not isinstance(saved, Saved) or (content is None and path.is_dir()):
        reason = getattr(saved, "reason", "it cannot be read.")
        why = "it is a folder." if content is None and path.is_dir() else reason
        raise NothingRead(f"The draft {path} could not be read: {why}")
    source = decode(saved.content)
    is_html, is_marked = saved.page.format == "html", path.suffix.lower() in _MARKDOWN
    is_plain = not (is_html or is_marked)
    try:
        if is_html:
            report, blocks = read_page(saved)[0]
        else:
            bare = without_comments(source, is_plain)
            parts = _markdown(bare) if is_marked else _plain(bare)
            page = saved.page
            report, blocks = report_from_article(
                _article(list(parts)), id=page.id, location=page.location, retrieved=None, sha256=page.sha256
            )
    except PageError as error:
        code = is_marked and _FENCE.search(source)
        why = "its text stands between fences (```), as code does; take these away." if code else error
        raise NothingRead(f"The draft {path} could not be read: {why}") from error
    return ReadDraft(replace(report, outlet=DRAFT), blocks, source, is_html, is_plain, ignored_in(source, is_plain))


def _stream(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content), SAMPLE)


def _article(parts: Sequence[tuple[Role, str]]) -> Article:
    first = 0 if len(parts) > 1 else -1
    blocks = tuple((_role(role, text, n == first), text) for n, (role, text) in enumerate(parts))
    title = next((text for role, text in blocks if role == "title"), None)
    credits = find_credits(blocks)
    return Article(
        blocks, title=title, byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline,
    )  # fmt: skip


def _role(role: Role, text: str, leads: bool) -> Role:
    if role == "paragraph" and leads and len(text.split()) <= LONGEST_HEADLINE and not _SENTENCE.search(text):
        return "title"
    return "credit" if role == "paragraph" and is_credit(text) else role


def _plain(source: str) -> Iterator[tuple[Role, str]]:
    """A paragraph ends at an empty line, or at each line where lines are whole paragraphs."""
    for part in re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        wrapped = all(len(line) <= thresholds.WRAPPED for line in lines) and any(
            not _SENTENCE.search(line) for line in lines[:-1]
        )
        for text in [" ".join(lines)] if wrapped else lines:
            if text:
                yield "paragraph", text


def _markdown(source: str) -> Iterator[tuple[Role, str]]:
    """The blocks of CommonMark: headings, paragraphs, quotes and list items, without marks, tags and addresses.

    What is indented is a paragraph of a writer, and no code; code between fences is not read.
    """
    from markdown_it import MarkdownIt

    source = re.sub(r"\A---\n.*?\n---\n", "", source.replace("\r\n", "\n"), flags=re.DOTALL)
    inside: list[str] = []
    titled = False
    for token in MarkdownIt("commonmark").disable("code").parse(source):
        if token.type.endswith("_open"):
            inside.append(token.type)
        elif token.type.endswith("_close"):
            inside.pop()
        elif token.type == "inline":
            text = "".join(_words(child.type, child.content) for child in token.children or ())
            role = _block_role(inside, titled)
            titled = titled or role == "title"
            yield role, text
        elif token.type == "html_block" and (text := _without_tags(token.content)):
            yield "paragraph", text


def _without_tags(html: str) -> str:
    return " ".join(unescape(_TOKEN.sub(lambda found: found[2] or found[3] or "", html)).split())


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content if kind in ("text", "code_inline") else ""


def _block_role(inside: Sequence[str], titled: bool) -> Role:
    if "heading_open" in inside:
        return "heading" if titled else "title"
    if "blockquote_open" in inside:
        return "quote"
    return "list" if "list_item_open" in inside else "paragraph"


TOP = Place(1, 1, 1, 1)


def _mapped(draft: ReadDraft) -> dict[int, int]:
    """The offset in the file of each character of the report's text that is found there; white space is passed over."""
    letters, offsets = _visible(draft)
    found: dict[int, int] = {}
    missing: list[tuple[list[int], int]] = []
    cursor = 0
    for block in draft.blocks:
        places = [n for n in range(block.start, block.end) if not draft.report.text[n].isspace()]
        words = "".join(draft.report.text[n] for n in places)
        at = letters.find(words, cursor)
        at = at if at >= 0 else letters.find(words)
        if at < 0:
            missing.append((places, cursor))
            continue
        found |= dict(zip(places, offsets[at : at + len(words)], strict=True))
        cursor = max(cursor, at + len(words))
    for places, since in missing:
        found |= _alike(draft.report.text, places, letters[since:], offsets[since:])
    return found


def _alike(text: str, places: Sequence[int], letters: str, offsets: Sequence[int]) -> dict[int, int]:
    """A block with marks inside it (Markdown) stands in the file with more characters than it has itself."""
    window = letters[: min(_WIDEST, 3 * len(places) + 400)]
    words = "".join(text[n] for n in places)
    return {
        places[op.src_start + n]: offsets[op.dest_start + n]
        for op in Indel.opcodes(words, window)
        if op.tag == "equal" and op.src_end - op.src_start > 2
        for n in range(op.src_end - op.src_start)
    }


def _visible(draft: ReadDraft) -> tuple[str, list[int]]:
    """The characters of a file that are read, without white space, and where each stands."""
    letters: list[str] = []
    offsets: list[int] = []
    if not draft.is_html:
        source = without_comments(draft.source, draft.is_plain, " ")
        offsets = [n for n, c in enumerate(source) if not c.isspace()]
        return "".join(source[n] for n in offsets), offsets
    for match in _TOKEN.finditer(draft.source):
        for letter in "".join(unescape(match[2] or match[3] or "").split()):
            letters.append(letter)
            offsets.append(match.start())
    return "".join(letters), offsets
