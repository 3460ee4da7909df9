"""`stemma train attribution` and what takes its model, as a user runs them."""

import json
import subprocess

import pytest

from conftest import SCRIPT
from statements.test_attribution_training import corpus

TEXT = "Ada Brook gronked on Tuesday that the ferry was late."


def run(*arguments, given=""):
    return subprocess.run([SCRIPT, *map(str, arguments)], input=given, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model learnt by the command from 240 invented articles; an invented verb attributes in them."""
    folder = tmp_path_factory.mktemp("training")
    done = run("train", "attribution", corpus(folder / "marked.jsonl"), "--out", folder / "model.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "learnt from 240 attributions in 240 documents" in done.stderr
    return folder / "model.json"


def contents(*arguments):
    done = run("annotate", *arguments, given=json.dumps({"id": "a", "text": TEXT, "language": "en"}) + "\n")
    assert done.returncode == 0, done.stderr
    return [TEXT[s:e] for said in json.loads(done.stdout)["statements"] for s, e in said["content"]]


def test_annotate_finds_with_the_trained_model_what_the_rules_do_not(model):
    assert contents() == []
    assert contents("--attribution", model) == ["that the ferry was late"]


def test_a_quiet_training_writes_the_model_and_says_nothing(tmp_path, model):
    done = run("train", "attribution", corpus(tmp_path / "marked.jsonl"), "--out", tmp_path / "again.json", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "again.json").read_bytes() == model.read_bytes()


@pytest.mark.parametrize(
    ("written", "said"),
    [(None, "There is no model file"), ("no json", "it is no JSON"), ("{}", "is no model file of `stemma train attribution`")],
)
def test_annotate_refuses_a_bad_model_before_it_reads_anything(tmp_path, written, said):
    path = tmp_path / "model.json"
    if written is not None:
        path.write_text(written, "utf-8")
    done = run("annotate", "--attribution", path, given=json.dumps({"id": "a", "text": TEXT}) + "\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "There is no corpus"),
        ("", "is empty"),
        ("no json\n", "line 1: this is no JSON"),
        ('{"id": 1, "text": "It rained.", "attributions": [{"content": [[0, 2]]}]}\n', "marks 1 attributions"),
    ],
)
def test_a_bad_corpus_is_refused_and_no_model_is_written(tmp_path, written, said):
    path, out = tmp_path / "marked.jsonl", tmp_path / "model.json"
    if written is not None:
        path.write_text(written, "utf-8")
    done = run("train", "attribution", path, "--out", out)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
