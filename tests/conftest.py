"""What the tests of the whole path share: the command line as a user runs it, and a store that it wrote."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from stories.loading import load
from warm import AT_START, loaded, on_path, run_warm

# A property does not fail by the clock: on a busy machine that says nothing about the code.
settings.register_profile("stemma", deadline=None)
settings.load_profile("stemma")

Run = Callable[..., subprocess.CompletedProcess[str]]
SCRIPT = Path(sys.executable).with_name("stemma")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HANGS = 300
"""Seconds after which a process is taken to hang; a busy machine may need a minute where a quiet one needs two seconds."""


@pytest.fixture(scope="session")
def door(tmp_path_factory) -> Iterator[Path]:
    """Return the socket of a process that has loaded stemma, and whose forks run it."""
    with loaded(tmp_path_factory.mktemp("warm")) as opened:
        yield opened


@pytest.fixture(scope="session")
def path(door, tmp_path_factory) -> str:
    """Return a PATH on which a shell finds `stemma` in such a fork, and the other programs of this environment."""
    folders = on_path(door, tmp_path_factory.mktemp("bin")), SCRIPT.parent, os.environ["PATH"]
    return os.pathsep.join(map(str, folders))


@pytest.fixture(scope="session")
def stemma(door) -> Run:
    """Run `stemma ARGUMENTS` as a user does, in a fork that has it loaded; what `run` does not name is the environment."""

    def run(*arguments, stdin="", cwd=None, timeout=HANGS, code=0, errors="strict", **environment):
        command, given, around = [SCRIPT, *map(str, arguments)], stdin.encode(errors=errors), os.environ | environment
        if any(name.startswith(AT_START) for name in environment):
            done = subprocess.run(command, input=given, cwd=cwd, timeout=timeout, env=around, capture_output=True, check=False)
        else:
            done = run_warm(door, command[1:], given, cwd, around, timeout)
        said = (stream.decode(errors=errors) for stream in (done.stdout, done.stderr))
        done = subprocess.CompletedProcess(
            command, done.returncode, *(text.replace("\r\n", "\n").replace("\r", "\n") for text in said)
        )
        assert "Traceback" not in done.stderr
        if code is not None:
            assert done.returncode == code, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def harbour() -> Path:
    """Return the folder of pages that the demo runs on."""
    return load("harbour_fire")["pages"]


@pytest.fixture(scope="session")
def analysed(stemma, harbour, tmp_path_factory) -> Path:
    """Return a folder with all that `stemma analyse` wrote and printed of those pages."""
    out = tmp_path_factory.mktemp("analysed")
    options = [f"--{kind}={out / name}" for kind, name in WRITTEN.items()]
    done = stemma("analyse", harbour, *options)
    (out / "terminal.txt").write_text(done.stdout, "utf-8")
    (out / "stderr.txt").write_text(done.stderr, "utf-8")
    return out


@pytest.fixture(scope="session")
def browser():
    """Return a real browser, one for all tests of a process: playwright starts no second one beside it."""
    if not CHROMIUM:
        assert "CI" not in os.environ, "CI needs chromium"
        pytest.skip("needs chromium")
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as opened:
        yield opened


WRITTEN = {"json": "account.json", "html": "account.html", "db": "news.duckdb"}
