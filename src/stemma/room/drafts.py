"""A draft beside its story, as an editor's linter: the text with marks, and what a careful reader would find."""

from itertools import accumulate
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from stemma.drafts import check_draft
from stemma.errors import UsageError
from stemma.pages.sniff import PLAIN
from stemma.room.aligned_blocks import Span
from stemma.room.web import Asked, said
from stemma.show.marked_text import cut
from stemma.show.wording import excerpt

_SUFFIXES = frozenset(PLAIN) - {".pdf"}
_LONGEST = 400_000
_WORDS = 8
"""Words of others that are shown with one finding."""


def blank(_asked: Asked) -> dict[str, Any]:
    """Tell that there is no draft yet."""
    return {"draft": "", "published": "", "checked": None}


def refused(form: FormData, error: UsageError) -> dict[str, Any]:
    """Tell the form as it was sent, and why its draft cannot be checked."""
    pasted = form.get("text")
    draft = pasted if isinstance(pasted, str) and len(pasted) <= _LONGEST else ""
    return {"draft": draft, "published": said(form, "published"), "checked": None, "wrong": str(error)}


async def check_text(asked: Asked, form: FormData) -> dict[str, Any]:
    """Tell what would be found in the draft that was pasted (`text`) or sent (`file`), published at `published`."""
    upload = form.get("file")
    named = isinstance(upload, UploadFile) and bool(upload.filename)
    content = await upload.read() if isinstance(upload, UploadFile) and named else str(form.get("text") or "").encode()
    suffix = Path(str(upload.filename)).suffix.lower() if isinstance(upload, UploadFile) and named else ".txt"
    if not content.strip():
        raise UsageError("The draft is empty. Paste a draft, or choose a file.")
    if len(content) > _LONGEST:
        raise UsageError("This is longer than a draft: give 400,000 bytes or less.")
    if suffix not in _SUFFIXES:
        raise UsageError(f"A draft is plain text, Markdown or HTML; files of the kind {suffix} are not read.")
    return await run_in_threadpool(_checked, asked, content, suffix, said(form, "published"))


def _checked(asked: Asked, content: bytes, suffix: str, published: str) -> dict[str, Any]:
    source = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    with asked.room.store.reading() as store:
        checked = check_draft(Path(f"draft{suffix}"), store, published or None, source.encode())
    lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
    places = [_span(lines, r.place) for r in checked.remarks]
    marks = [(s, e, n) for n, (s, e) in enumerate(places, 1) if s < e]
    pieces, shown = [], set[int]()
    for p in cut(0, len(source), marks):
        flags = [n for n in p.marks if n not in shown]
        shown.update(flags)
        pieces.append({"words": source[p.start : p.end], "findings": list(p.marks), "flags": flags})
    return {
        "draft": source, "published": published, "pieces": pieces,
        "checked": {
            "beside": checked.beside, "title": checked.title,
            "findings": [
                {"number": n, "kind": r.kind, "severity": r.severity, "message": r.message, "line": r.place.line,
                 "marked": n in shown,
                 "others": [{"where": w.where, "report": w.report, "words": excerpt(w.words, 0, len(w.words))}
                            for w in r.others[:_WORDS]]}
                for n, r in enumerate(checked.remarks, 1)
            ],
        },
    }  # fmt: skip


def _span(lines: list[int], place: Any) -> Span:  # noqa: ANN401 - a place of stemma.drafts
    """Lines and columns as offsets; the whole file is no place."""
    last = lines[-1]
    start = min(last, lines[min(place.line, len(lines)) - 1] + place.column - 1)
    end = min(last, lines[min(place.end_line, len(lines)) - 1] + place.end_column - 1)
    return start, end
