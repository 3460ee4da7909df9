"""The docs: a site that builds, asks for nothing outside, is up to date, and whose commands run as they are written."""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from stemma.cli import app

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PATH = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80", "BROWSER": "true", "NO_MKDOCS_2_WARNING": "1"}
USERS = ("fact-checker", "editor", "media-researcher", "rights-desk", "corpus-cleaner")
USED = ("tutorial", *(f"howto/{user}" for user in USERS), "rooms", "account", "corpus", "commands", "store")
"""Pages whose commands are run, in this order and in one folder."""
PYTHON = ("howto/media-researcher", "account", "python")
"""Pages whose Python is run, in the same folder after the commands: each page in a process of its own."""
BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
PAGES = sorted(p.relative_to(ROOT / "docs").with_suffix("").as_posix() for p in (ROOT / "docs").rglob("*.md"))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(stemma [^`\n]+)`")
TAG = re.compile(r"<(?:link|script|img|iframe|source|video|audio|object|embed)\b[^>]*>", re.IGNORECASE)


def run(command, folder, **environment):
    return subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=folder,
        env=os.environ | PATH | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    done = run(
        [str(BIN / "mkdocs"), "build", "--strict", "--quiet", "--config-file", str(ROOT / "mkdocs.yml"), "-d", str(out)], ROOT
    )
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a folder in which the commands of the docs are run, with the stories that the project ships."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "tests").symlink_to(ROOT / "tests")
    (folder / "pages").symlink_to(ROOT / "tests/stories/harbour_fire/pages")
    return folder


def test_every_page_of_the_docs_is_on_the_site_which_asks_for_nothing_outside(site):
    sources = {Path(f"{page}.html") for page in PAGES}
    pages = {p.relative_to(site) for p in site.rglob("*.html")}
    assert sources | {Path("help.html"), Path("api.html")} <= pages
    outside = [
        (str(page), tag)
        for page in pages
        for tag in TAG.findall((site / page).read_text("utf-8"))
        if re.search(r"""(?:src|href|data)=["']?(?:https?:)?//""", tag) and 'rel="canonical"' not in tag
    ]
    assert outside == []
    styles = [p for p in site.rglob("*.css") if re.search(r"url\([\"']?(?:https?:)?//", p.read_text("utf-8"))]
    assert styles == []


def test_the_reference_has_every_command_and_every_public_name(site):
    text = {name: re.sub(r"<[^>]+>", "", (site / f"{name}.html").read_text("utf-8")) for name in ("help", "api")}
    assert all(f"Usage: stemma {name} " in text["help"] for name in ("analyse", "check", "mcp", "train attribution"))
    assert all(f"stemma.{name}" in text["api"] for name in ("read", "open", "Corpus", "Story", "check"))


def test_the_page_of_the_tables_is_made_from_the_tables():
    sys.path.insert(0, str(ROOT / "bench"))
    from docs_site import tables_page

    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == tables_page(), "run `make docs`"


@pytest.mark.parametrize("page", USED)
def test_every_command_with_a_prompt_runs_and_prints_what_is_shown(page, desk, path):
    blocks = BLOCK.findall(written(page))
    steps = [step for block in blocks for step in STEP.findall(block)]
    assert steps
    for command, shown in steps:
        if command.startswith("stemma serve"):
            opens(command, desk)
            continue
        done = run(command, desk, PATH=path)
        found = 1 if command.startswith("stemma check") else 0
        assert done.returncode == found, f"{command}\n{done.stderr}"
        printed = iter([line.rstrip() for line in done.stdout.splitlines()])
        kept = [line for line in shown.splitlines() if line.strip() != "[…]"]
        assert [line for line in kept if line not in printed] == [], command


def test_only_pages_whose_commands_are_run_show_a_prompt():
    assert {page for page in PAGES if BLOCK.search(written(page))} == set(USED)


@pytest.mark.parametrize("page", PYTHON)
def test_the_python_of_the_docs_runs(page, desk):
    blocks = [text for language, text in FENCED.findall(written(page)) if language == "python"]
    assert blocks
    done = run([sys.executable, "-c", "\n".join(blocks)], desk)
    assert done.returncode == 0, done.stderr


def test_no_other_page_shows_python():
    shown = {page for page in PAGES if any(language == "python" for language, _ in FENCED.findall(written(page)))}
    assert shown == set(PYTHON)


@pytest.mark.parametrize("page", ["../README", *PAGES])
def test_stemma_takes_every_command_line_that_is_shown(page):
    shown = [line.removeprefix("$ ") for _, text in FENCED.findall(written(page)) for line in text.splitlines()]
    assert [(line, why) for line in shown for why in refused(line)] == []
    # A command that is named in a sentence is not given all that it needs.
    assert [(line, why) for line in INLINE.findall(written(page)) for why in refused(line) if "No such" in why] == []


def refused(line):
    """Yield what stemma says against the commands in a line; nothing is run."""
    for piece in re.split(r"[|>]", line):
        if piece.strip().startswith("stemma "):
            try:
                read_arguments(shlex.split(piece, comments=True)[1:])
            except typer.TyperException as error:
                yield str(error)


def read_arguments(arguments):
    """Let stemma read the arguments of a command line, and run nothing; raises what a user would be told."""
    command = typer.main.get_command(app)
    if arguments[0].startswith("-"):
        # Options without a command act while they are read.
        assert arguments[0] in [name for option in command.params for name in option.opts]
        return
    while arguments and arguments[0] in getattr(command, "commands", ()):
        command, arguments = command.commands[arguments[0]], arguments[1:]
    assert not hasattr(command, "commands") or not arguments, arguments
    command.make_context("stemma", arguments, resilient_parsing=hasattr(command, "commands")).close()


def written(page):
    return (ROOT / "docs" / f"{page}.md").read_text("utf-8")


def opens(command, folder):
    """Start the reading room as it is written, at a free port and without a browser, and end it."""
    with subprocess.Popen(
        [*command.split(), "--port", "0", "--no-browser"], cwd=folder, env=os.environ | PATH, stderr=subprocess.PIPE, text=True
    ) as room:
        started = time.monotonic()
        line = ""
        while "reading room at http://127.0.0.1" not in line:
            line = room.stderr.readline()
            assert line, "the room ended"
            assert time.monotonic() - started < 300
        room.terminate()
