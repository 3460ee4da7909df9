"""What is taken away of a story, and told to agents: brief, export, mcp."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemma.cli.console import say, user
from stemma.cli.files import check_targets, open_corpus, put_text, story_in, write_folder
from stemma.cli.options import Store, StoryId
from stemma.errors import UsageError
from stemma.whole_files import write_whole

if TYPE_CHECKING:
    from stemma.corpus import Corpus
    from stemma.tables import Page, Response


class BriefForm(StrEnum):
    """How a brief is written."""

    markdown = "markdown"
    html = "html"
    json = "json"


class Standard(StrEnum):
    """A format that other programs read."""

    schema_org = "schema-org"
    prov = "prov"
    tei = "tei"
    graphml = "graphml"
    dot = "dot"
    ninjs = "ninjs"
    ris = "ris"
    bibtex = "bibtex"


def brief(
    db: Store,
    story: StoryId = "",
    form: Annotated[BriefForm, typer.Option("--format", help="How it is written.")] = BriefForm.markdown,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to; standard output when not given.")] = Path("-"),
) -> None:
    """Say in a page what is known, claimed, disputed and unverified, every quotation checked against its report."""
    from stemma.show.brief import as_html, as_json, as_markdown, as_text, compose

    check_targets(out, read=[db])
    with open_corpus(db) as corpus:
        account = story_in(corpus, story).account().to_dict()
    # Escapes are for what renders Markdown; a reader at a terminal would only see backslashes.
    marked = as_text if str(out) == "-" and sys.stdout.isatty() else as_markdown
    write = {BriefForm.markdown: marked, BriefForm.html: as_html, BriefForm.json: as_json}[form]
    put_text(out, write(compose(account), {r["id"]: r["text"] for r in account["reports"]}))


def export(
    db: Store,
    story: Annotated[
        str | None,
        typer.Argument(
            help="A story's id or its beginning; not needed with one. --warc without it writes all pages of the store."
        ),
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="DIR", help="CSV tables into this folder.")] = None,
    json_: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="The account; - for standard output.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="The stemma as a drawing; -.")] = None,
    annotations: Annotated[Path | None, typer.Option(metavar="FILE", help="W3C Web Annotations (JSON-LD); -.")] = None,
    standard: Annotated[
        Standard | None,
        typer.Option("--as", help="A format of others, into --out: linked data, graphs, apparatus, references."),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where --as writes to; standard output when not given.")] = Path("-"),
    warc: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The pages as they were saved or fetched, as .warc.gz.")
    ] = None,
) -> None:
    """Write what researchers take away of a story: tables, JSON, the drawing, annotations, formats of others, its pages."""
    from stemma.account import to_json
    from stemma.show.exports import as_annotations, csv_tables
    from stemma.show.standards import STANDARDS
    from stemma.show.stemma_svg import as_svg

    files: list[tuple[Path | None, Callable[[Any], str]]] = [(json_, to_json), (svg, as_svg), (annotations, as_annotations)]
    if standard:
        files.append((out, STANDARDS[standard]))
    texts = bool(csv) or any(path for path, _ in files)
    if not texts and not warc:
        raise UsageError("Say what to write: --csv DIR, --json FILE, --svg FILE, --annotations FILE, --as FORMAT or --warc FILE.")
    check_targets(*(path for path, _ in files), warc, read=[db])
    with open_corpus(db) as corpus:
        if warc:
            _write_warc(corpus, story, warc)
        if not texts:
            return
        account = story_in(corpus, story or "").account().to_dict()
    if csv:
        write_folder(csv, csv_tables(account))
    for path, text_of in files:
        if path:
            put_text(path, text_of(account))


def _write_warc(corpus: "Corpus", story: str | None, path: Path) -> None:
    """Write the pages of a story, or of the store, and say on stderr how many were without their bytes."""
    from stemma.pages.web_archives import warc_records
    from stemma.pipeline import saved_pages

    count: Counter[str] = Counter()

    def kept() -> "Iterator[tuple[Page, bytes, Response | None]]":
        for page, content, response in saved_pages(corpus.store, story_in(corpus, story).id if story else None):
            count["left out" if content is None else "written"] += 1
            if content is not None:
                yield page, content, response
        if not count:
            raise UsageError("The store holds no page yet.")
        if not count["written"]:
            raise UsageError("The store holds no bytes of these pages: they were read with --no-bytes.")

    write_whole(path, warc_records(kept()))
    if count["left out"]:
        say(f"{count['left out']} pages are left out, whose bytes the store does not hold.")


def mcp(
    db: Store,
    http: Annotated[
        int | None,
        typer.Option("--http", metavar="PORT", help="Listen at this port, to this machine alone.", min=1),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge", help="Let the agent judge, too; else it changes nothing.")] = False,
) -> None:
    """Let an agent ask the store (Model Context Protocol): accounts, comparisons, checks, with the words that prove them."""
    try:
        from stemma.agents.server import agents_server, serve_standard_input
    except ModuleNotFoundError as error:
        raise UsageError(f"Agents are served with the package {error.name}: pip install 'stemma-news[mcp]'.") from error
    from stemma.engines.shared_store import SharedStore

    open_corpus(db).close()
    server = agents_server(SharedStore(db), f"an agent of {user() or 'somebody'}" if judge else None)
    if http is None:
        serve_standard_input(server)
    else:
        say(f"serving agents at http://127.0.0.1:{http}/mcp (Ctrl-C ends it)")
        server.run("streamable-http", host="127.0.0.1", port=http)
