"""What a person judged is kept and applied by every later run, and can be taken back."""

import json
import re
import shutil
from pathlib import Path

import pytest

from stemma.corpus import Corpus, read
from stemma.engines import open_store
from stemma.errors import UsageError
from stemma.judged import judgement_id
from stemma.judging import judge, judgements, undo
from stories.loading import load

LATE = "radio-kittiwake.html"
"""The page that comes with a later run."""


@pytest.fixture(scope="module")
def pages():
    return sorted(load("harbour_fire")["pages"].iterdir())


@pytest.fixture(scope="module")
def made(pages, tmp_path_factory):
    db = tmp_path_factory.mktemp("made") / "news.duckdb"
    read([p for p in pages if p.name != LATE], db=db).close()
    return db


@pytest.fixture
def corpus(made, tmp_path):
    """Return a store of five of the six reports, of this test alone."""
    shutil.copy(made, tmp_path / "news.duckdb")
    with Corpus(open_store(tmp_path / "news.duckdb")) as opened:
        yield opened


def story_of(corpus):
    return corpus.account().to_dict()["stories"][0]


def report(corpus, outlet):
    (found,) = [r for r in corpus.account().to_dict()["reports"] if r["outlet"] == outlet]
    return found


def edges(corpus):
    names = {w["id"]: w["name"] for w in story_of(corpus)["witnesses"]}
    return {(names[d["child"]], names[d["parent"]]): d for d in story_of(corpus)["derivations"]}


def statement_with(corpus, outlet, words):
    """Return the one attributed statement of a report whose content holds these words."""
    page = report(corpus, outlet)
    rows = [s for s in story_of(corpus)["statements"] if s["report"] == page["id"] and s["attributed"]]
    (found,) = [s for s in rows if words in " ".join(page["text"][a:b] for a, b in s["content"])]
    return found


def claims_with(corpus, *statements):
    wanted = {s["id"] for s in statements}
    return [c for c in story_of(corpus)["claims"] if wanted <= {m["statement"] for m in c["members"]}]


def later(corpus, pages):
    """Run again with the page that was left out."""
    corpus.add([p for p in pages if p.name == LATE])
    assert len(corpus.account().to_dict()["reports"]) == len(pages)


def test_an_account_that_nobody_judged_has_no_word_of_it(corpus):
    story = story_of(corpus)
    assert (story["withdrawn"], story["judgements"]) == ([], [])
    assert not any("judged" in row for rows in (story["findings"], story["derivations"]) for row in rows)


def test_a_finding_that_is_wrong_is_withdrawn_with_who_when_and_why_and_comes_back_when_undone(corpus, pages):
    before = story_of(corpus)["findings"]
    wrong = next(f for f in before if f["kind"] == "altered quotation")
    row = judge(corpus.store, "wrong", wrong["id"][:6], None, "Ann", "two utterances")
    story = story_of(corpus)
    assert wrong["id"] not in {f["id"] for f in story["findings"]}
    (withdrawn,) = story["withdrawn"]
    assert {k: v for k, v in withdrawn.items() if k != "judged"} == wrong
    key = judgement_id(row.this, row.that)
    assert withdrawn["judged"] == {"id": key, "verdict": "wrong", "who": "Ann", "when": row.when, "note": "two utterances"}
    later(corpus, pages)
    assert wrong["id"] not in {f["id"] for f in story_of(corpus)["findings"]}
    undo(corpus.store, judgement_id(row.this, row.that))
    assert wrong["id"] in {f["id"] for f in story_of(corpus)["findings"]}


def test_a_finding_that_is_right_says_who_said_so(corpus):
    right = story_of(corpus)["findings"][0]
    judge(corpus.store, "right", right["id"], None, "Bo")
    found = next(f for f in story_of(corpus)["findings"] if f["id"] == right["id"])
    assert (found["judged"]["verdict"], found["judged"]["who"]) == ("right", "Bo")


def test_a_report_whose_only_source_is_rejected_is_an_origin_and_no_lost_source_is_made_up_also_with_more_pages(corpus, pages):
    assert ("Harbor & Hold", "Atlantic Mail") in edges(corpus)
    page, parent = report(corpus, "Harbor & Hold"), report(corpus, "Atlantic Mail")
    others = {pair: d for pair, d in edges(corpus).items() if pair[0] != "Harbor & Hold"}
    row = judge(corpus.store, "wrong", page["id"], parent["id"], "Ann")
    for _ in range(2):
        assert ("Harbor & Hold", "Atlantic Mail") not in edges(corpus)
        assert others.keys() <= edges(corpus).keys(), "nothing else moves"
        assert not [pair for pair in edges(corpus) if pair[0] in ("Harbor & Hold", "Atlantic Mail")]
        assert {page["id"], parent["id"]} <= {o["witness"] for o in story_of(corpus)["origins"]}
        assert [j["who"] for j in story_of(corpus)["judgements"]] == ["Ann"]
        if len(corpus.account().to_dict()["reports"]) < len(pages):
            later(corpus, pages)
    undo(corpus.store, judgement_id(row.this, row.that)[:8])
    assert ("Harbor & Hold", "Atlantic Mail") in edges(corpus)


def test_a_report_whose_lost_source_is_rejected_takes_the_likeliest_of_the_reports_that_share_its_words(corpus):
    (edge,) = [d for (child, parent), d in edges(corpus).items() if (child, parent) == ("Coastwatch 24", "Tidewire")]
    judge(corpus.store, "wrong", edge["id"], None, "Ann")
    assert [pair for pair in edges(corpus) if pair[0] == "Coastwatch 24"] == [("Coastwatch 24", "Bluestack Courier")]
    assert len(edges(corpus)) == 4


def test_an_accepted_derivation_is_in_the_tree_with_who_and_when_also_with_more_pages(corpus, pages):
    assert ("Coastwatch 24", "Bluestack Courier") not in edges(corpus)
    story = story_of(corpus)["id"]
    judge(corpus.store, "right", "Coastwatch 24", "Bluestack Courier", "Ann", "the desk rang them", story[:6])
    later(corpus, pages)
    edge = edges(corpus)["Coastwatch 24", "Bluestack Courier"]
    assert edge["probability"] == 1.0
    assert edge["reason"] == edge["signs"][0]["reason"] == "a person said so: the desk rang them"
    assert edge["signs"][0]["sign"] == "a person said so"
    assert (edge["judged"]["verdict"], edge["judged"]["who"]) == ("right", "Ann")
    assert ("Coastwatch 24", "Tidewire") not in edges(corpus)


def test_an_accepted_derivation_that_closes_a_circle_takes_the_place_of_the_edge_that_closes_it(corpus):
    there = ("Harbor & Hold", "Atlantic Mail")
    assert there in edges(corpus)
    judge(corpus.store, "right", report(corpus, "Atlantic Mail")["id"], report(corpus, "Harbor & Hold")["id"], "Ann")
    assert there[::-1] in edges(corpus)
    assert there not in edges(corpus)


def test_a_circle_of_nothing_but_accepted_derivations_is_refused_and_the_error_says_which_to_take_back(corpus):
    mail, courier, hold = (report(corpus, o)["id"] for o in ("Atlantic Mail", "Bluestack Courier", "Harbor & Hold"))
    judge(corpus.store, "right", hold, mail, "Ann")
    row = judge(corpus.store, "right", mail, courier, "Ann")
    with pytest.raises(UsageError, match=f"circle.*Atlantic Mail takes.*--undo {judgement_id(row.this, row.that)[:8]}"):
        judge(corpus.store, "right", courier, hold, "Ann")
    assert len(judgements(corpus.store)) == 2


def test_an_accepted_derivation_of_reports_that_share_no_wording_has_no_share_and_says_so(corpus):
    judge(corpus.store, "right", "Atlantic Mail", "Tidewire", "Ann", story=story_of(corpus)["id"])
    edge = edges(corpus)["Atlantic Mail", "Tidewire"]
    assert (edge["share"], edge["probability"]) == (0.0, 1.0)


def test_two_statements_that_are_not_one_claim_stand_in_no_claim_together(corpus, pages):
    one = statement_with(corpus, "Bluestack Courier", "port would stay closed")
    two = statement_with(corpus, "Coastwatch 24", "port would be closed")
    assert claims_with(corpus, one, two)
    judge(corpus.store, "not", one["id"], two["id"], "Ann")
    assert claims_with(corpus, one, two) == []
    later(corpus, pages)
    assert claims_with(corpus, one, two) == []


def test_two_statements_that_are_one_claim_stand_in_one_together(corpus, pages):
    one = statement_with(corpus, "Bluestack Courier", "port would stay closed")
    two = statement_with(corpus, "Coastwatch 24", "The victims were")
    assert claims_with(corpus, one, two) == []
    judge(corpus.store, "same", two["id"], one["id"], "Ann")
    assert len(claims_with(corpus, one, two)) == 1
    later(corpus, pages)
    assert len(claims_with(corpus, one, two)) == 1
    assert [(j["verdict"], j["who"]) for j in story_of(corpus)["judgements"]] == [("same", "Ann")]


def sources(corpus):
    return {s["name"]: s for s in story_of(corpus)["sources"]}


def test_two_names_that_are_one_source_are_pooled_and_parted_again_when_that_is_undone(corpus, pages):
    names = ("the Seafood Workers' Union", "Declan Rourke")
    assert all(name in sources(corpus) for name in names)
    row = judge(corpus.store, "same", *names, "Ann")
    later(corpus, pages)
    (pooled,) = [s for s in story_of(corpus)["sources"] if set(names) & set(s["names"])]
    assert set(names) <= set(pooled["names"])
    undo(corpus.store, judgement_id(row.this, row.that))
    assert all(name in sources(corpus) for name in names)


def test_two_names_that_are_not_one_source_are_parted(corpus, pages):
    judge(corpus.store, "same", "Declan Rourke", "Maeve Tolan", "Ann")
    assert {"Declan Rourke", "Maeve Tolan"} <= set(
        next(s for s in sources(corpus).values() if "Maeve Tolan" in s["names"])["names"]
    )
    judge(corpus.store, "not", "Declan Rourke", "Maeve Tolan", "Ann")
    later(corpus, pages)
    assert {"Declan Rourke", "Maeve Tolan"} <= set(sources(corpus))


def test_judging_the_same_twice_replaces_the_first_word_whatever_the_order(corpus):
    one = statement_with(corpus, "Bluestack Courier", "port would stay closed")
    two = statement_with(corpus, "Coastwatch 24", "port would be closed")
    judge(corpus.store, "not", one["id"], two["id"], "Ann")
    judge(corpus.store, "same", two["id"], one["id"], "Bo", "looked again")
    (row,) = judgements(corpus.store)
    assert (row.verdict, row.who, row.note) == ("same", "Bo", "looked again")


def test_the_account_with_judgements_does_not_depend_on_when_they_were_given(corpus, pages, made, tmp_path):
    one = statement_with(corpus, "Bluestack Courier", "port would stay closed")
    two = statement_with(corpus, "Coastwatch 24", "port would be closed")
    pairs = [
        ("not", one["id"], two["id"]),
        ("wrong", report(corpus, "Harbor & Hold")["id"], report(corpus, "Atlantic Mail")["id"]),
    ]
    shutil.copy(made, tmp_path / "other.duckdb")
    with Corpus(open_store(tmp_path / "other.duckdb")) as other:
        for verdict, this, that in pairs:
            judge(corpus.store, verdict, this, that, "Ann")
        later(corpus, pages)
        later(other, pages)
        for verdict, this, that in reversed(pairs):
            judge(other.store, verdict, this, that, "Ann")
        accounts = [c.account().to_dict() for c in (corpus, other)]
    for account in accounts:
        for row in account["stories"][0]["judgements"]:
            row["when"] = ""
    assert accounts[0] == accounts[1]


@pytest.mark.parametrize(
    ("verdict", "this", "that", "said"),
    [
        ("wrong", "ffffffff", None, "No finding and no derivation 'ffffffff'"),
        ("right", "Coastwatch 24", "The Moon", "No derivation of 'Coastwatch 24' from 'The Moon'"),
        ("same", "ffffffff", "Maeve Tolan", "No statement and no source 'ffffffff'"),
        ("same", "Maeve Tolan", None, "needs two"),
        ("not", "Maeve Tolan", "Maeve Tolan", "are the same name"),
        ("wrong", "Tidewire", "Bluestack Courier", "is of a lost source"),
    ],
)
def test_what_is_not_there_cannot_be_judged_and_the_error_says_where_ids_are_listed(corpus, verdict, this, that, said):
    with pytest.raises(UsageError) as raised:
        judge(corpus.store, verdict, this, that, "Ann")
    assert said in str(raised.value)
    assert judgements(corpus.store) == []


def test_a_name_and_a_statement_cannot_be_the_same(corpus):
    one = statement_with(corpus, "Bluestack Courier", "port would stay closed")
    with pytest.raises(UsageError, match="judge two of one kind"):
        judge(corpus.store, "same", one["id"], "Maeve Tolan", "Ann")


def test_an_unknown_judgement_cannot_be_undone(corpus):
    with pytest.raises(UsageError, match="No judgement 'abcd' in this store"):
        undo(corpus.store, "abcd")


def test_judge_list_export_and_undo_as_a_user_does_it(stemma, analysed, tmp_path):
    db = Path(shutil.copy(analysed / "news.duckdb", tmp_path / "news.duckdb"))
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    story, finding = account["stories"][0]["id"], account["stories"][0]["findings"][0]
    said = stemma("judge", "wrong", finding["id"], "--db", db, "--who", "Ann", "--note", "no")
    assert finding["kind"] in said.stderr
    assert "stemma: Judged wrong, a finding (judgement " in said.stderr
    (named,) = re.findall(r"judgement ([0-9a-f]{16})", said.stderr)
    stemma("judge", "reject", "E", "D", "--story", story[:5], "--db", db, "--who", "Ann")
    listed = stemma("judgements", "--db", db).stdout
    assert max(map(len, listed.splitlines())) <= 80
    assert "takes its words" in " ".join(listed.split())
    rows = [json.loads(line) for line in stemma("judgements", "--db", db, "--json").stdout.splitlines()]
    assert [(r["kind"], r["verdict"], r["who"], r["note"]) for r in rows] == [
        ("finding", "wrong", "Ann", "no"), ("derivation", "wrong", "Ann", ""),
    ]  # fmt: skip
    assert rows[0]["id"] == named
    shown = json.loads(stemma("show", story, "--db", db, "--json", "-").stdout)["stories"][0]
    assert [f["id"] for f in shown["withdrawn"]] == [finding["id"]]
    assert sorted(shown["judgements"], key=lambda r: r["id"]) == sorted(rows, key=lambda r: r["id"])
    for row in rows:
        stemma("judgements", "--undo", row["id"], "--db", db)
    assert stemma("judgements", "--db", db).stdout == "Nothing was judged in this store.\n"
    assert json.loads(stemma("show", story, "--db", db, "--json", "-").stdout) == account


def test_accept_and_reject_as_a_user_does_it(stemma, analysed, tmp_path):
    db = Path(shutil.copy(analysed / "news.duckdb", tmp_path / "news.duckdb"))
    story = json.loads((analysed / "account.json").read_text("utf-8"))["stories"][0]["id"]

    def shown():
        told = json.loads(stemma("show", story, "--db", db, "--json", "-").stdout)["stories"][0]
        name = {w["id"]: w["name"] for w in told["witnesses"]}
        return {(name[d["child"]], name[d["parent"]]): d for d in told["derivations"]}

    pair = ("Coastwatch 24", "Bluestack Courier")
    assert pair not in shown()
    stemma("judge", "accept", *pair, "--story", story, "--db", db, "--who", "Ann", "--note", "they rang")
    assert (shown()[pair]["probability"], shown()[pair]["reason"]) == (1.0, "a person said so: they rang")
    refused = stemma("judge", "accept", *pair[::-1], "--story", story, "--db", db, code=1)
    assert "would close a circle" in " ".join(refused.stderr.split())
    stemma("judge", "reject", *pair, "--story", story, "--db", db)
    assert [parent for child, parent in shown() if child == pair[0]] == ["Tidewire"]


def test_the_help_of_judge_has_an_example_for_each_thing_that_can_be_judged(stemma):
    shown = stemma("judge", "--help").stdout
    assert shown.count("stemma judge ") >= 5
    assert all(f"stemma judge {verdict} " in shown for verdict in ("wrong", "reject", "accept", "same", "not"))
