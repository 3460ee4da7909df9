"""A draft beside the reports of its story, before it is published: what a linter would say of it."""

from stemma.drafts.beside import Checked, Remark, check_draft, open_against
from stemma.drafts.configured import Configured, configured_in
from stemma.drafts.formats import FORMATS, chosen, kinds_named

__all__ = [
    "FORMATS", "Checked", "Configured", "Remark", "check_draft", "chosen", "configured_in", "kinds_named", "open_against",
]  # fmt: skip
