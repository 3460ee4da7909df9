"""The brief of a story: what is known, claimed, disputed and unverified, every quotation checked against its report."""

from stemma.show.brief.formats import as_html, as_json, as_markdown, as_text
from stemma.show.brief.sections import Brief, compose

__all__ = ["Brief", "as_html", "as_json", "as_markdown", "as_text", "compose"]
