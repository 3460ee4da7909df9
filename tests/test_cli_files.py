"""Files on the command line: one that is not there is one sentence and one exit code, and a pipe is a file too."""

import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest

from stemma.cli import COMMANDS, STORE_COMMANDS
from stemma.cli.options import FILES


@pytest.fixture(scope="module")
def store(stemma, harbour, tmp_path_factory):
    db = tmp_path_factory.mktemp("store") / "news.duckdb"
    stemma("analyse", harbour, "--quiet", "--db", db)
    return db


@pytest.mark.parametrize(
    "command",
    [
        ["analyse"], ["read", "--db", "new.duckdb"], ["reports"], ["annotate"], ["compare"], ["compare", "--pairs"], ["group"],
        ["wire"], ["corpus", "--out", "parquet"], ["check", "--against", "{store}"],
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_one_sentence_and_exit_code_2_whatever_is_to_be_done_with_it(
    stemma, store, tmp_path, command
):
    arguments = [one.format(store=store) for one in command]
    done = stemma(*arguments, "none.jsonl", cwd=tmp_path, code=2)
    assert "there is no such file or folder." in done.stderr
    assert "none.jsonl" in done.stderr.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["analyse", "{pages}", "--db", "-"], "What --db names is a file"),
        (["analyse", "{pages}", "--db="], "with --db is empty."),
        (["analyse", "{pages}", "--json", ""], "with --json is empty."),
        (["corpus", "{pages}", "--out", ""], "with --out is empty."),
        (["check", "{pages}/coastwatch24.txt", "--against", ""], "with --against is empty."),
    ],
)
def test_a_store_on_standard_output_and_a_file_without_a_name_are_refused_before_any_work(
    stemma, harbour, tmp_path, arguments, said
):
    done = stemma(*(one.format(pages=harbour) for one in arguments), cwd=tmp_path, code=1)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_every_option_that_names_a_file_is_known_to_be_one():
    named = set()
    for command in (*(c for some in COMMANDS.values() for c in some), *STORE_COMMANDS):
        for name, hint in typing.get_type_hints(command, include_extras=True).items():
            kind, *told = typing.get_args(hint) or (None,)
            if Path in (kind, *typing.get_args(kind)) and type(told[0]).__name__ == "OptionInfo":
                told = told[0]
                named |= set(told.param_decls or [f"--{name.rstrip('_')}"])
    assert named
    assert named - {"--name"} <= FILES


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no file stands for a pipe here")
def test_a_draft_that_comes_through_a_pipe_is_read_as_a_file_is(harbour, store):
    page = (harbour / "coastwatch24.txt").read_bytes()
    read, write = os.pipe()
    os.write(write, page)
    os.close(write)
    command = [sys.executable, "-m", "stemma", "check", f"/dev/fd/{read}", "--against", str(store), "--format", "json"]
    done = subprocess.run(command, pass_fds=[read], capture_output=True, encoding="utf-8", check=False)
    os.close(read)
    assert "could not be read" not in done.stderr
    assert f"/dev/fd/{read}" in done.stdout
