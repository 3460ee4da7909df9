"""A draft as a report: HTML as a page is read; plain text and Markdown as they are written, with nothing taken for furniture."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stemma.errors import NothingRead, PageError
from stemma.findings.context import DRAFT
from stemma.pages import Saved, read_pages
from stemma.reports import read_page
from stemma.reports.credits import find_credits, is_credit
from stemma.reports.decode import decode
from stemma.reports.draft import Draft, report_from_draft
from stemma.tables import Block, Report, Role

_MARKDOWN = (".md", ".markdown")
_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_WRAPPED = 100
"""Longest line of a text whose paragraphs are broken into lines."""
_TITLE = 25
"""Most words of a first line that is a title."""


@dataclass(frozen=True)
class ReadDraft:
    """A draft as a report with its blocks, and the text of its file."""

    report: Report
    blocks: list[Block]
    source: str
    is_html: bool


def read_draft(path: Path) -> ReadDraft:
    """Read a draft (.html, .md, .txt …); raises NothingRead when there is no such file or no text in it."""
    saved = next(iter(read_pages([str(path)])), None)
    if not path.is_file() or not isinstance(saved, Saved):
        reason = getattr(saved, "reason", "it cannot be read.")
        why = "it is a folder." if path.is_dir() else reason if path.is_file() else "there is no such file."
        raise NothingRead(f"The draft {path} could not be read: {why}")
    source = decode(saved.content)
    try:
        if saved.page.format == "html":
            report, blocks = read_page(saved)[0]
        else:
            parts = _markdown(source) if path.suffix.lower() in _MARKDOWN else _plain(source)
            page = saved.page
            report, blocks = report_from_draft(
                _draft(list(parts)), id=page.id, location=page.location, url=None, retrieved=None, sha256=page.sha256
            )
    except PageError as error:
        raise NothingRead(f"The draft {path} could not be read: {error}") from error
    return ReadDraft(replace(report, outlet=DRAFT), blocks, source, saved.page.format == "html")


def _draft(parts: Sequence[tuple[Role, str]]) -> Draft:
    first = 0 if len(parts) > 1 else -1
    blocks = tuple((_role(role, text, n == first), text) for n, (role, text) in enumerate(parts))
    title = next((text for role, text in blocks if role == "title"), None)
    credits = find_credits(blocks)
    return Draft(
        blocks, title=title, byline=credits.byline, agency=credits.agency, contributors=credits.contributors,
        dateline=credits.dateline,
    )  # fmt: skip


def _role(role: Role, text: str, leads: bool) -> Role:
    if role == "paragraph" and leads and len(text.split()) <= _TITLE and not _SENTENCE.search(text):
        return "title"
    return "credit" if role == "paragraph" and is_credit(text) else role


def _plain(source: str) -> Iterator[tuple[Role, str]]:
    """A paragraph ends at an empty line, or at each line where lines are whole paragraphs."""
    for part in re.split(r"\n\s*\n", source.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        wrapped = all(len(line) <= _WRAPPED for line in lines) and any(not _SENTENCE.search(line) for line in lines[:-1])
        for text in [" ".join(lines)] if wrapped else lines:
            if text:
                yield "paragraph", text


def _markdown(source: str) -> Iterator[tuple[Role, str]]:
    """The blocks of CommonMark: headings, paragraphs, quotes and list items, without marks and addresses."""
    from markdown_it import MarkdownIt

    source = re.sub(r"\A---\n.*?\n---\n", "", source.replace("\r\n", "\n"), flags=re.DOTALL)
    inside: list[str] = []
    titled = False
    for token in MarkdownIt("commonmark").parse(source):
        if token.type.endswith("_open"):
            inside.append(token.type)
        elif token.type.endswith("_close"):
            inside.pop()
        elif token.type == "inline":
            text = "".join(_words(child.type, child.content) for child in token.children or ())
            role = _block_role(inside, titled)
            titled = titled or role == "title"
            yield role, text


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content if kind in ("text", "code_inline") else ""


def _block_role(inside: Sequence[str], titled: bool) -> Role:
    if "heading_open" in inside:
        return "heading" if titled else "title"
    if "blockquote_open" in inside:
        return "quote"
    return "list" if "list_item_open" in inside else "paragraph"
