import copy
import json

import pytest

from stories.loading import load, names
from stories.scoring import score_apart, score_story


def perfect(folder):
    """The account that a reader who knows the gold would write."""
    reports = [whole(k, r, folder) for k, r in folder["reports"].items()]
    stories = [story(s) for s in folder["stories"]] + [alone(k) for k in folder["none"]]
    return json.loads(json.dumps({"reports": reports, "stories": stories}))


def whole(key, report, folder):
    blocks, at = [], 0
    for paragraph in report["body"].split("\n"):
        blocks.append({"start": at, "end": at + len(paragraph), "role": "paragraph"})
        at += len(paragraph) + 1
    location = str(folder["pages"] / report["file"])
    return report | {"id": key, "location": location, "text": report["body"], "blocks": blocks}


def alone(key):
    return {"reports": [key], "witnesses": [], "statements": [], "claims": [], "findings": []}


def story(gold):
    place = lambda k, words: {"report": k, **span(gold["reports"][k]["body"], words)}  # noqa: E731
    lost = gold["stemma"]["lost"]
    return {
        "reports": list(gold["reports"]),
        "witnesses": [{"id": k, "report": k, "name": None} for k in gold["reports"]]
        + [{"id": n, "report": None, "name": n if len(n) > 1 else None} for n in lost],
        "derivations": gold["stemma"]["edges"],
        "origins": [origin(o, lost) for o in gold["origins"]],
        "independent_origins": gold["independent_origins"],
        "alignments": [
            {"a": place(p["a"], p["a_text"]), "b": place(p["b"], p["b_text"]), "kind": p["kind"]} for p in gold["passages"]
        ],
        "sources": [{"id": who, "name": who, "names": []} for who in gold["speakers"]],
        "statements": [
            {"report": q["report"], "source": q["speaker"], "quotations": [list(span(b, q["text"]).values())]}
            for q in gold["quotes"]
            for b in [gold["reports"][q["report"]]["body"]]
        ],
        "claims": [
            {"id": c["id"], "relation": c["relation"], "members": [place(k, w) for k, w in said(c)]} for c in gold["claims"]
        ],
        "findings": [
            {
                "kind": f["kind"],
                "reports": f["reports"] or f["may"],
                "claim": f.get("claim"),
                "message": f["detail"],
            }
            | {"evidence": [{}]}
            for f in gold["findings"]
        ],
        "times": [{**place(t["report"], t["text"]), "value": t["value"], "from": None, "to": None} for t in gold["times"]],
        "places": gold["places"],
    }


def span(body, words):
    start = body.index(words)
    return {"start": start, "end": start + len(words)}


def said(claim):
    return [(k, w) for k, says in claim["says"].items() for w in ([says] if isinstance(says, str) else says)]


def origin(gold, lost):
    descendants = [
        {"report": k, "share": 0.9 if d["share"] == "whole" else 0.2, "credited": d["credited"]}
        for k, d in gold["reports"].items()
    ]
    unnamed = next((n for n in lost if len(n) == 1), None)
    return {
        "witness": gold.get("witness", gold["origin"] or unnamed),
        "name": gold["origin"],
        "descendants": descendants,
    }


@pytest.mark.parametrize("name", names())
def test_the_account_of_one_who_knows_the_gold_has_every_part_whole(name):
    folder = load(name)
    account = perfect(folder)
    assert score_apart(account, folder).score == 1
    for gold in folder["stories"]:
        wrong = {part: s.misses for part, s in score_story(account, gold).items() if s.score < 1}
        assert wrong == {}


def broken(table, change):
    folder = load("harbour_fire")
    account = copy.deepcopy(perfect(folder))
    change(account["stories"][0][table])
    return score_story(account, folder["stories"][0])


@pytest.mark.parametrize(
    ("part", "table", "change"),
    [
        ("descent pairs", "origins", lambda rows: rows[0]["descendants"].pop()),
        ("named origins", "origins", lambda rows: rows[0]["descendants"][2].update(credited=True)),
        ("origin count", "independent_origins", lambda count: count.update(low=5, best=6, high=6)),
        ("stemma edges", "derivations", lambda rows: rows[0].update(parent="mail")),
        ("passages", "alignments", lambda rows: rows.pop()),
        ("quotations", "statements", lambda rows: rows.pop()),
        ("speakers", "statements", lambda rows: rows[0].update(source="Declan Rourke")),
        ("claims", "claims", lambda rows: rows[0]["members"].pop()),
        ("relations", "claims", lambda rows: rows[0].update(relation="agree")),
        ("findings", "findings", lambda rows: rows.pop(0)),
        ("no other findings", "findings", lambda rows: rows.append({**rows[0], "reports": ["halyard"]})),
        ("times", "times", lambda rows: rows[0].update(value="2023-10-16")),
        ("places", "places", lambda rows: rows[0].update(lat=10.0)),
    ],
)
def test_a_wrong_account_loses_the_part_that_is_wrong(part, table, change):
    scored = broken(table, change)[part]
    assert scored.score < 1
    assert scored.misses


def test_two_stories_made_one_are_not_apart():
    folder = load("mixed_folder")
    account = perfect(folder)
    account["stories"] = [{**account["stories"][0], "reports": list(folder["reports"])}]
    assert score_apart(account, folder).score < 0.5


def test_an_altered_quotation_where_words_were_only_cut_is_named_a_trap():
    scored = broken("findings", lambda rows: rows.append({**rows[0], "reports": ["halyard"]}))
    assert "(a trap: the quotation is cut, not changed)" in scored["no other findings"].misses[0]
