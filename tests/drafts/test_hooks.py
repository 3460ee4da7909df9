"""The pre-commit hook and the GitHub action, run as those who run them do."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from stories.loading import load

ROOT = Path(__file__).parents[2]
STEP = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"][-1]
ACTION = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEP["run"]]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project with pages, a draft that lost something, and one on nothing of the kind."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "pages").mkdir()
    for page in load("harbour_fire")["pages"].iterdir():
        name = "drafts/fire.md" if page.name == "coastwatch24.txt" else f"pages/{page.name}"
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(page.read_bytes())
    (folder / "drafts" / "band.md").write_text(
        "# A prize\n\nThe brass band of Lower Quill won the county prize again.\n", "utf-8"
    )
    (folder / "pyproject.toml").write_text('[tool.stemma]\nagainst = "pages"\n', "utf-8")
    return folder


@pytest.fixture
def run(path):
    def once(command, project, **environment):
        surroundings = {**os.environ, "PATH": path, **environment}
        return subprocess.run(command, cwd=project, env=surroundings, capture_output=True, encoding="utf-8", check=False)

    return once


def test_the_hook_gets_the_names_of_the_changed_files_and_finds_what_they_lost(run, project):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "entry", "language"} <= hook.keys()
    done = run([*shlex.split(hook["entry"]), "drafts/band.md", "drafts/fire.md"], project)
    assert done.returncode == 1, done.stderr
    assert "drafts/fire.md:" in done.stdout
    assert "in 1 draft: " in done.stdout
    assert "Not checked: 1 draft" in done.stdout


def test_a_draft_that_fits_no_story_is_named_and_stops_neither_a_commit_nor_a_pull_request(run, project):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    done = run([*shlex.split(hook["entry"]), "drafts/band.md"], project)
    assert (done.returncode, hook["verbose"]) == (0, True), done.stderr
    assert "Not checked: 1 draft" in done.stdout
    missing = run([*shlex.split(hook["entry"]), "drafts/none.md"], project)
    assert missing.returncode != 0
    marked = run(ACTION, project, DRAFTS="drafts/band.md", AGAINST="pages", OPTIONS="")
    assert marked.returncode == 0, marked.stderr
    assert marked.stdout.startswith("::warning file=drafts/band.md,line=1,title=not-checked::")


def test_the_action_marks_lines_and_says_when_there_is_no_draft(run, project):
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert set(STEP["env"].values()) == {f"${{{{ inputs.{name} }}}}" for name in action["inputs"]}
    done = run(ACTION, project, DRAFTS="**/fire.md", AGAINST="", OPTIONS="--select altered-quotation")
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("::warning file=drafts/fire.md,line=")
    none = run(ACTION, project, DRAFTS="*.rst", AGAINST="pages", OPTIONS="")
    assert (none.returncode, none.stdout) == (0, "No draft is called *.rst.\n")
