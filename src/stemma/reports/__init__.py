"""A page to the reports that it prints: the article's blocks with their roles, and its metadata."""

from typing import Any

from stemma.reports.draft import Draft, report_from_draft
from stemma.reports.read import read_page, reports_from_record

__all__ = ["Draft", "draft_from_html", "read_page", "report_from_draft", "reports_from_record"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - lxml is loaded by those who read HTML only
    if name == "draft_from_html":
        from stemma.reports.html import draft_from_html

        return draft_from_html
    raise AttributeError(name)
