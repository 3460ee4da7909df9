"""`stemma train attribution` and what takes its model, as a user runs them."""

import json

import pytest

from statements.test_attribution_training import corpus

TEXT = "Ada Brook gronked on Tuesday that the ferry was late."


@pytest.fixture(scope="module")
def model(stemma, tmp_path_factory):
    """A model learnt by the command from 240 invented articles; an invented verb attributes in them."""
    folder = tmp_path_factory.mktemp("training")
    done = stemma("train", "attribution", corpus(folder / "marked.jsonl"), "--out", folder / "model.json")
    assert done.stdout == ""
    assert "learnt from 240 attributions in 240 documents" in done.stderr
    return folder / "model.json"


def contents(stemma, *arguments):
    done = stemma("annotate", *arguments, stdin=json.dumps({"id": "a", "text": TEXT, "language": "en"}) + "\n")
    return [TEXT[s:e] for said in json.loads(done.stdout)["statements"] for s, e in said["content"]]


def test_annotate_finds_with_the_trained_model_what_the_rules_do_not(stemma, model):
    assert contents(stemma) == []
    assert contents(stemma, "--attribution", model) == ["that the ferry was late"]


def test_a_quiet_training_writes_the_model_and_says_nothing(stemma, tmp_path, model):
    done = stemma("train", "attribution", corpus(tmp_path / "marked.jsonl"), "--out", tmp_path / "again.json", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "again.json").read_bytes() == model.read_bytes()


@pytest.mark.parametrize(
    ("written", "said"),
    [(None, "There is no model file"), ("no json", "it is no JSON"), ("{}", "is no model file of `stemma train attribution`")],
)
def test_annotate_refuses_a_bad_model_before_it_reads_anything(stemma, tmp_path, written, said):
    path = tmp_path / "model.json"
    if written is not None:
        path.write_text(written, "utf-8")
    done = stemma("annotate", "--attribution", path, stdin=json.dumps({"id": "a", "text": TEXT}) + "\n", code=1)
    assert done.stdout == ""
    assert said in done.stderr


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "There is no corpus"),
        ("", "is empty"),
        ("no json\n", "line 1: this is no JSON"),
        ('{"id": 1, "text": "It rained.", "attributions": [{"content": [[0, 2]]}]}\n', "marks 1 attributions"),
    ],
)
def test_a_bad_corpus_is_refused_and_no_model_is_written(stemma, tmp_path, written, said):
    path, out = tmp_path / "marked.jsonl", tmp_path / "model.json"
    if written is not None:
        path.write_text(written, "utf-8")
    done = stemma("train", "attribution", path, "--out", out, code=1)
    assert done.stdout == ""
    assert said in done.stderr
    assert not out.exists()
