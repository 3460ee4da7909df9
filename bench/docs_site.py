"""The parts of the docs that are made from the code: docs/tables.md, and two pages that only the site has.

Run: .venv/bin/python bench/docs_site.py     (writes docs/tables.md; `make docs` does it, and builds the site)

mkdocs loads this file as a hook: `help.md` is what `--help` prints of every command, `api.md` the docstrings of the public names.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import stemma
from stemma import tables
from stemma.engines.protocol import VIEWS

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "docs" / "tables.md"


def main() -> None:
    """Write docs/tables.md."""
    TABLES.write_text(tables_page(), "utf-8")


def on_files(files: Any, config: Any) -> Any:  # noqa: ANN401 - mkdocs' own types
    """Give mkdocs the pages that are made."""
    from mkdocs.structure.files import File

    for name, content in (("help.md", help_page()), ("api.md", api_page())):
        files.append(File.generated(config, name, content=content))
    return files


def tables_page() -> str:
    """Return docs/tables.md: every table with its columns, from the dataclasses and their docstrings."""
    head = (
        "# The tables\n\n"
        "A store is one DuckDB file with these tables: `duckdb news.duckdb`, `corpus.sql(…)` in Python, or any program that\n"
        "reads DuckDB. A row is made by one room and read by those after it. Offsets are code points into `report.text`,\n"
        "`[start, end)`. Columns in bold are the key. This page is made from `src/stemma/tables.py` (`make docs`).\n"
    )
    views = [
        "## Views",
        "",
        "For whoever asks a store with SQL; a store that was made before them has them after `stemma store compact`.",
        "",
    ]
    views += [f"**`{name}`**: {means}\n```sql\n{query.strip()}\n```\n" for name, (means, query) in VIEWS.items()]
    return "\n".join([head, *(_table(name, row) for name, row in tables.TABLES.items()), *views])


def help_page() -> str:
    """Return every command's `--help`, in the order of `stemma --help`."""
    import typer

    from stemma.cli import app

    command: Any = typer.main.get_command(app)
    return "\n".join(["# Every command", "", "What `--help` prints.", "", *_helps(command, "stemma")])


def api_page() -> str:
    """Return the public names of `stemma` with their docstrings and, of classes, their public members."""
    lines = ["# Every public function", "", "What `help(stemma.read)` prints; the examples are run by the tests.", ""]
    for name in (n for n in stemma.__all__ if not n.startswith("__")):
        thing = getattr(stemma, name)
        lines += [f"## stemma.{name}", "", _signature(name, thing), "", *_doc(thing)]
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_") and inspect.getdoc(value) and (callable(value) or isinstance(value, property)):
                    lines += [f"### {name}.{member}", "", _signature(member, value), "", *_doc(value)]
    return "\n".join(lines) + "\n"


def _table(name: str, row: type[Any]) -> str:
    lines = [f"## {name}", "", *_paragraphs(inspect.getdoc(row) or ""), "| column | type |", "|---|---|"]
    for column, kind in _columns(row):
        lines.append(f"| {f'**`{column}`**' if column in row.key else f'`{column}`'} | {kind} |")
    return "\n".join(lines) + "\n"


def _columns(row: type[Any]) -> Iterator[tuple[str, str]]:
    """Each column with its type as it is written in the source, in words."""
    body = ast.parse(textwrap.dedent(inspect.getsource(row))).body[0]
    assert isinstance(body, ast.ClassDef)
    for line in body.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.target.id != "key":
            yield line.target.id, _in_words(ast.unparse(line.annotation))


def _in_words(annotation: str) -> str:
    words = {"str": "text", "int": "whole number", "float": "number", "bool": "true or false", "bytes": "bytes"}
    parts = [part.strip() for part in annotation.split("|")]
    first = parts[0].removeprefix("tuple[").removesuffix(", ...]")
    told = f"list of {words.get(first, first)}" if parts[0].startswith("tuple[") else words.get(first, first)
    return told + (", or null" if "None" in parts else "")


def _helps(command: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - typer carries its own copy of click
    for name, sub in command.commands.items():
        whole = f"{path} {name}"
        if hasattr(sub, "commands"):
            yield from _helps(sub, whole)
        else:
            with sub.make_context(whole, ["--help"], resilient_parsing=True, terminal_width=100) as context:
                yield from (f"## {whole}", "", "```", sub.get_help(context), "```", "")


def _signature(name: str, thing: Any) -> str:  # noqa: ANN401 - any public name
    try:
        told = str(inspect.signature(thing)) if callable(thing) else ""
    except (TypeError, ValueError):
        told = ""
    return f"`{name}{told}`"


def _doc(thing: Any) -> list[str]:  # noqa: ANN401 - any public name
    return _paragraphs(inspect.getdoc(thing) or "")


def _paragraphs(text: str) -> list[str]:
    """Paragraphs of a docstring, its examples as code."""
    lines: list[str] = []
    for part in text.split("\n\n"):
        code = part.lstrip().startswith(">>>")
        lines += [*(["```python"] if code else []), part, *(["```"] if code else []), ""]
    return lines


if __name__ == "__main__":
    main()
