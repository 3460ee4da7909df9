"""The docs: a site that builds, asks for nothing outside, is up to date, and whose commands run as they are written."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PATH = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80", "BROWSER": "true", "NO_MKDOCS_2_WARNING": "1"}
USERS = ("fact-checker", "editor", "media-researcher", "rights-desk", "corpus-cleaner")
USED = ("tutorial", *(f"howto/{user}" for user in USERS), "rooms")
"""Pages whose commands are run, in this order and in one folder."""
BLOCK = re.compile(r"^```\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
TAG = re.compile(r"<(?:link|script|img|iframe|source|video|audio|object|embed)\b[^>]*>", re.IGNORECASE)


def run(command, folder):
    return subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=folder,
        env=os.environ | PATH,
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
    return folder


def test_every_page_of_the_docs_is_on_the_site_which_asks_for_nothing_outside(site):
    written = {p.relative_to(ROOT / "docs").with_suffix(".html") for p in (ROOT / "docs").rglob("*.md")}
    pages = {p.relative_to(site) for p in site.rglob("*.html")}
    assert written | {Path("help.html"), Path("api.html")} <= pages
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
def test_every_command_of_the_tutorial_and_the_how_tos_runs_and_prints_what_is_shown(page, desk):
    blocks = BLOCK.findall((ROOT / "docs" / f"{page}.md").read_text("utf-8"))
    steps = [step for block in blocks for step in STEP.findall(block)]
    assert steps
    for command, shown in steps:
        if command.startswith("stemma serve"):
            opens(command, desk)
            continue
        done = run(command, desk)
        found = 1 if command.startswith("stemma check") else 0
        assert done.returncode == found, f"{command}\n{done.stderr}"
        printed = iter([line.rstrip() for line in done.stdout.splitlines()])
        kept = [line for line in shown.splitlines() if line.strip() != "[…]"]
        assert [line for line in kept if line not in printed] == [], command


def test_only_pages_whose_commands_are_run_show_a_prompt():
    prompted = {
        str(p.relative_to(ROOT / "docs").with_suffix(""))
        for p in (ROOT / "docs").rglob("*.md")
        if BLOCK.search(p.read_text("utf-8"))
    }
    assert prompted == set(USED)


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
