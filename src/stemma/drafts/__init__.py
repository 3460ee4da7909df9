"""A draft beside the reports of its story, before it is published: what a linter would say of it."""

from pathlib import Path

from stemma.corpus import Corpus
from stemma.drafts.beside import Checked, Remark, check_draft, is_store, open_against
from stemma.drafts.configured import Configured, configured_in
from stemma.drafts.formats import FORMATS, chosen, kinds_named

__all__ = [
    "FORMATS", "Checked", "Configured", "Remark", "check", "check_draft", "chosen", "configured_in", "is_store",
    "kinds_named", "open_against",
]  # fmt: skip


def check(draft: str | Path, corpus: Corpus, published: str | None = None) -> Checked:
    """Return what a careful reader would find in a draft beside the reports of its story in a corpus, which stays as it is.

    The draft is its file, or its text where that has more than one line; `published` is when it is to appear (ISO 8601), else
    just after the latest report. Raises NothingRead or UsageError.

    >>> stemma.check("draft.txt", corpus).remarks[0].kind
    'single source'
    """
    is_text = isinstance(draft, str) and "\n" in draft
    content = str(draft).encode("utf-8", "replace") if is_text else None
    return check_draft(Path("draft.txt" if is_text else draft), corpus.store, published, content)
