"""The Python API: the README's example works, and importing it costs nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import stemma
from stories.loading import load

ROOT = Path(__file__).parents[1]


def python(code, cwd=None):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=cwd, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_pages_in_an_account_out(harbour):
    account = stemma.read([harbour]).stories()[0].account()
    assert set(account["stories"][0]["independent_origins"]) == {"low", "best", "high"}
    assert len(account["reports"]) == len(list(harbour.iterdir()))
    assert json.loads(json.dumps(account)) == account


def test_the_account_of_the_api_is_that_of_the_command_line(harbour, analysed):
    assert stemma.read([harbour]).account() == json.loads((analysed / "account.json").read_text("utf-8"))


def test_each_story_has_an_account_of_its_own():
    corpus = stemma.read(load("mixed_folder")["pages"])
    stories = corpus.stories()
    assert [s.reports for s in stories] == sorted((s.reports for s in stories), reverse=True)
    for story in stories:
        account = story.account()
        assert [s["id"] for s in account["stories"]] == [story.id]
        assert {r["id"] for r in account["reports"]} == set(account["stories"][0]["reports"])
        assert corpus.story(story.id[:8]).id == story.id


def test_the_example_of_the_readme_runs():
    """Every block of Python in README.md, one after another, in the folder of the repository."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert any("stemma.read(" in block for block in blocks)
    assert python("\n".join(blocks), cwd=ROOT).strip()


def test_the_example_in_the_packages_docstring_runs(tmp_path):
    example = "\n".join(line.strip() for line in stemma.__doc__.splitlines() if line.startswith("    "))
    (tmp_path / "pages").symlink_to(load("harbour_fire")["pages"])
    assert "'best':" in python(example, cwd=tmp_path)


def test_importing_stemma_loads_no_engine_no_model_and_no_library_of_the_command_line():
    loaded = set(python("import stemma, sys; print('\\n'.join(sys.modules))").split())
    heavy = {"duckdb", "pyarrow", "spacy", "numpy", "lxml", "trafilatura", "rich", "typer", "jinja2", "pyspark"}
    assert loaded & heavy == set()


def test_every_public_name_is_there_and_no_other():
    assert all(getattr(stemma, name) is not None for name in stemma.__all__)
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = stemma.colour


def test_nothing_is_fetched_from_the_network(harbour):
    """A connection of any kind is an error in this run; the account comes all the same."""
    code = (
        "import socket, sys\n"
        "def no(*_, **__): raise SystemExit('a connection was tried')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = no\n"
        f"import stemma; print(len(stemma.read([{os.fspath(harbour)!r}]).stories()))"
    )
    assert python(code) == "1\n"
