"""What is taken away of a story: brief, export."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stemma.cli.files import check_targets, open_corpus, put_text, write_folder
from stemma.cli.options import Store, StoryId
from stemma.errors import UsageError


class BriefForm(StrEnum):
    """How a brief is written."""

    markdown = "markdown"
    html = "html"
    json = "json"


def brief(
    story: StoryId,
    db: Store,
    form: Annotated[BriefForm, typer.Option("--format", help="How it is written.")] = BriefForm.markdown,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to; standard output when not given.")] = Path("-"),
) -> None:
    """Say in a page what is known, claimed, disputed and unverified, every quotation checked against its report."""
    from stemma.show.brief import as_html, as_json, as_markdown, compose

    check_targets(out)
    with open_corpus(db) as corpus:
        account = corpus.story(story).account()
    write = {BriefForm.markdown: as_markdown, BriefForm.html: as_html, BriefForm.json: as_json}[form]
    put_text(out, write(compose(account), {r["id"]: r["text"] for r in account["reports"]}))


def export(
    story: StoryId,
    db: Store,
    csv: Annotated[Path | None, typer.Option(metavar="DIR", help="CSV tables into this folder.")] = None,
    json_: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="The account; - for standard output.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="The stemma as a drawing; -.")] = None,
    annotations: Annotated[Path | None, typer.Option(metavar="FILE", help="W3C Web Annotations (JSON-LD); -.")] = None,
) -> None:
    """Write what researchers take away of a story: CSV tables, JSON, the drawing, annotations."""
    from stemma.account import to_json
    from stemma.show.exports import as_annotations, csv_tables
    from stemma.show.stemma_svg import as_svg

    files = [(json_, to_json), (svg, as_svg), (annotations, as_annotations)]
    if not csv and not any(path for path, _ in files):
        raise UsageError("Say what to write: --csv DIR, --json FILE, --svg FILE or --annotations FILE.")
    check_targets(*(path for path, _ in files))
    with open_corpus(db) as corpus:
        account = corpus.story(story).account()
    if csv:
        write_folder(csv, csv_tables(account))
    for path, text_of in files:
        if path:
            put_text(path, text_of(account))
