"""The rules of the house that a program can check."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import stemma
from stemma import cli

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
COMMANDS = [c.name or c.callback.__name__ for c in cli.app.registered_commands] + [
    f"{group.name} {c.name or c.callback.__name__}"
    for group in cli.app.registered_groups
    for c in group.typer_instance.registered_commands
]


def files_of_the_tree():
    """Return every file that is in the repository or would be with the next commit."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only in a git checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def imports_of_the_source():
    """Return what each module imports, by module: inside functions too, but not for the type checker alone."""
    paths = {path: ".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in (ROOT / "src").rglob("*.py")}
    modules = {name.removesuffix(".__init__") for name in paths.values()}
    found = {}
    for path, name in paths.items():
        names = set()
        for node in runtime_nodes(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                names |= whole & modules
                names |= {node.module} if whole - modules else set()
        found[name.removesuffix(".__init__")] = names
    return found


def runtime_nodes(tree):
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield node
            yield from runtime_nodes(node)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(re.search(rf"\bstemma {command}\b", page.read_text("utf-8")) for page in pages)


def test_the_examples_of_the_readme_are_what_the_commands_print():
    blocks = re.findall(r"^```\n(\$ .*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    examples = [example for block in blocks for example in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)]
    assert examples
    for command, shown in examples:
        surroundings = {**os.environ, "COLUMNS": "80", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            command, shell=True, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        assert shown.splitlines() == done.stdout.splitlines()


def test_data_flows_one_way_and_only_engines_import_an_engine():
    done = subprocess.run([BIN / "lint-imports"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_only_engines_imports_an_engine():
    imported = {file: {name.split(".")[0] for name in names} for file, names in imports_of_the_source().items()}
    users = {file for file, names in imported.items() if names & {"duckdb", "pyspark", "pysail"}}
    assert users
    assert {file for file in users if not file.startswith("stemma.engines.")} == set()


def test_no_files_import_each_other_in_a_circle():
    imports = imports_of_the_source()
    graph = {file: {name for name in names if name in imports and name != file} for file, names in imports.items()}
    assert sum(map(len, graph.values())) > len(graph)
    # What imports nothing that is left cannot be part of a circle; what stays when nothing more goes is or hangs on one.
    while free := {file for file, names in graph.items() if not names & graph.keys()}:
        graph = {file: names for file, names in graph.items() if file not in free}
    assert {file: sorted(names & graph.keys()) for file, names in graph.items()} == {}


def test_every_module_finds_what_it_imports():
    modules = [name for name in imports_of_the_source() if name != "stemma.__main__"]
    assert modules
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(modules)}"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_no_file_of_the_source_is_longer_than_500_lines():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in (ROOT / "src").rglob("*.py")}
    assert lengths
    assert {file: length for file, length in lengths.items() if length > 500} == {}


def test_no_path_of_a_machine_stands_in_the_tree():
    found = []
    for path in files_of_the_tree():
        if path.suffix not in (".arrow", ".gz", ".bin", ".png", ".npz"):
            text = path.read_text("utf-8", "replace")
            found += [(path.name, m[0]) for m in re.finditer(r"(?<![\w.<:/-])/(?:work|home|Users|root)/\w+", text)]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "pip.lock"])
def test_the_lock_has_a_hash_for_every_package_and_names_no_index(lock):
    text = (ROOT / lock).read_text("utf-8")
    pinned = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert pinned
    assert [p for p in pinned if "==" not in p or "--hash=sha256:" not in p] == []
    assert re.findall(r"index-url|find-links|trusted-host|https?://", text) == []


def test_every_dependency_is_in_the_lock():
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    names = {re.match(r"[\w.-]+", w)[0].lower().replace("_", "-") for w in wanted}
    assert names - locked == set()


def test_the_version_is_one():
    assert PROJECT["project"]["version"] == stemma.__version__
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[({re.escape(stemma.__version__)}|Unreleased)\]", changes, re.MULTILINE)
