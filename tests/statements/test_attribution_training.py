import json
from functools import lru_cache
from itertools import product

import pytest

from stemma.errors import UsageError
from stemma.statements import annotate_statements
from stemma.statements.attribution_classifier import as_json, classifier_from, classifier_of, overlap, read_model
from stemma.statements.attribution_training import train_attribution

WHO = ("Ada Brook", "Ivo Lanner", "The mayor", "The union", "A docker")
TOLD = ("that the dam was safe", "that the mill had burned", "that nobody was hurt", "that the bridge would reopen")
LEFT = ("burned the old mill", "closed the long bridge", "opened the new dam", "left the harbour early")
DAYS = ("on Monday", "on Friday", "last week")


def corpus(path, verb="gronked"):
    """Articles in which an invented verb attributes and a real one never does."""
    rows = []
    for n, (who, told, day) in enumerate(product(WHO, TOLD, DAYS)):
        for other in range(4):
            name, left = WHO[(n + other) % len(WHO)], LEFT[other]
            head, tail = f"{who} {verb} {day} ", f". {name} {left}."
            text = head + told + tail
            spans = {
                "source": [[0, len(who)]],
                "cue": [[len(who) + 1, len(who) + 1 + len(verb)]],
                "content": [[len(head), len(head) + len(told)]],
            }
            rows.append({"id": f"{n}.{other}", "text": text, "attributions": [spans]})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@lru_cache(maxsize=1)
def trained(folder):
    return train_attribution(corpus(folder / "marked.jsonl"), lambda *_: None)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("model"))


def contents(text, classifier):
    return [text[s:e] for said in annotate_statements(text, "en", classifier) for s, e in said["content"]]


def test_a_verb_that_only_the_corpus_knows_is_a_cue_after_training(model):
    text = "Ada Brook gronked on Tuesday that the ferry was late."
    assert contents(text, None) == []
    assert contents(text, classifier_of(model)) == ["that the ferry was late"]


def test_a_model_file_gives_what_the_model_gave_and_names_its_corpus(model, tmp_path):
    path = tmp_path / "model.json"
    path.write_text(as_json(model), "utf-8")
    text = "The union gronked last week that the mill was safe. Ivo Lanner left the harbour."
    assert contents(text, classifier_from(path)) == contents(text, classifier_of(model)) != []
    assert read_model(path).corpus == model.corpus
    assert model.corpus["documents"] == 240
    assert len(model.corpus["sha256"]) == 64


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 99}, "version 99"),
        ({"kind": "something else"}, "no model file of"),
        ({"networks": []}, "damaged"),
        ({"words": ["one"]}, "damaged"),
        ({"least": None}, "damaged"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_with_a_sentence(model, tmp_path, change, said):
    path = tmp_path / "model.json"
    path.write_text(json.dumps({**json.loads(as_json(model)), **change}), "utf-8")
    with pytest.raises(UsageError, match=said):
        read_model(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "line 1: this is no JSON"),
        ('{"id": 1, "attributions": []}', "line 1: it has no 'text'"),
        ('{"id": 1, "text": "It rained."}', "line 1: it has no 'attributions'"),
        ('{"id": 1, "text": "It rained.", "attributions": [{"cue": []}]}', "has no 'content'"),
        ('{"id": 1, "text": "It rained.", "attributions": [{"content": [[0, 99]]}]}', "outside the text of 10"),
        ('{"id": 1, "text": "It rained.", "attributions": [{"content": [3]}]}', "a list of .start, end."),
        ('{"id": 1, "text": "It rained.", "attributions": [{"content": [[0, 2]]}]}', "marks 1 attributions"),
        ("", "is empty"),
    ],
)
def test_a_corpus_that_cannot_be_learnt_from_is_refused_with_a_sentence(tmp_path, line, said):
    path = tmp_path / "corpus.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(UsageError, match=said):
        train_attribution(path, lambda *_: None)


def test_overlap_is_of_what_two_lists_of_spans_have_in_common():
    assert overlap([(0, 10)], [(5, 15)]) == pytest.approx(1 / 3)
    assert overlap([(0, 5), (10, 15)], [(0, 5), (10, 15)]) == 1
    assert overlap([(0, 5)], [(5, 9)]) == 0
