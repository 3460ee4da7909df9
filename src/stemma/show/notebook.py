"""A story where Python shows it: as text at a prompt, as HTML in a notebook."""

import base64
import io
from collections.abc import Mapping
from html import escape
from typing import Any

from rich.console import Console

from stemma.show.stemma_svg import as_svg
from stemma.show.terminal import print_account
from stemma.show.wording import clean, excerpt, headline, one_line, sigla

SHOWN = 10
"""Findings that a notebook shows before the rest is counted."""


def story_text(account: Mapping[str, Any]) -> str:
    """Return the account of one story as a terminal prints it, without colour and for 80 columns."""
    console = Console(file=io.StringIO(), width=80, highlight=False, color_system=None)
    with console.capture() as captured:
        print_account(account, console)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def story_html(account: Mapping[str, Any]) -> str:
    """Return the account of one story as HTML, all of it escaped: headline, drawn stemma, findings with their words."""
    (story,) = account["stories"]
    findings = story.get("findings", [])
    rest = f"<p>and {len(findings) - SHOWN} more findings</p>" if len(findings) > SHOWN else ""
    # As an image the drawing can neither run anything nor change the style of the notebook.
    drawn = base64.b64encode(as_svg(account).encode()).decode()
    return (
        f"<h3>{_safe(story.get('title') or '(no title)')}</h3><p>{_safe(headline(story))}</p>"
        f'<img src="data:image/svg+xml;base64,{drawn}" alt="{_safe("Stemma: " + headline(story))}">'
        f"<ol>{''.join(_finding(f, account, story) for f in findings[:SHOWN])}</ol>{rest}"
    )


def _finding(finding: Mapping[str, Any], account: Mapping[str, Any], story: Mapping[str, Any]) -> str:
    reports = {r["id"]: r for r in account["reports"]}
    signs = sigla(story, reports)
    quoted = ((e["report"], excerpt(reports[e["report"]]["text"], e["start"], e["end"])) for e in finding["evidence"])
    words = "".join(f"<li>{_safe(signs.get(report, '?'))} <q>{_safe(said)}</q></li>" for report, said in quoted)
    told = f"<b>{_safe(finding['kind'])}</b> ({_safe(finding['severity'])}): {_safe(finding['message'])}"
    return f"<li>{told}<ul>{words}</ul></li>"


def _safe(words: object) -> str:
    return escape(clean(one_line(str(words))))
