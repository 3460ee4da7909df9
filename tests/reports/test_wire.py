"""Whose words a text is: each kind of sign with the words that prove it, and how probable they make it together."""

import json

import pytest

from pages.site import article, serve
from stemma.errors import PageError
from stemma.reports import thresholds
from stemma.reports.wire import wire_from_record, wire_probability

BODY = (
    "The council of Ostermark closed the old bridge on Monday after a lorry broke through its railing and fell on the bank.",
    "“Nobody was hurt, and that is all that counts tonight,” said the mayor, Ilse Marn, who had come to see it herself.",
    "Engineers expect the repair to last until the spring, and a ferry will carry cars across the river every half hour.",
)
LEAD, QUOTE, LAST = BODY


def text(head="", lead=LEAD, foot=""):
    return "\n\n".join(part for part in ("Bridge closed in Ostermark", head, lead, QUOTE, LAST, foot) if part)


def of(written, **more):
    (row,) = wire_from_record({"id": 1, "text": written, **more})
    for sign in row["signs"]:
        assert sign["start"] is None or written[sign["start"] : sign["end"]] == sign["words"]
    return row


def kinds(row):
    return {(s["sign"], s["agency"], s["words"]) for s in row["signs"]}


@pytest.mark.parametrize(
    ("written", "sign", "agency", "words"),
    [
        (text(lead=f"OSTERMARK, March 3 (Reuters) - {LEAD}"), "dateline", "Reuters", "Reuters"),
        (text(head="By The Associated Press"), "byline", "Associated Press", "The Associated Press"),
        (text(head="By Ilse Marn and Associated Press"), "joint byline", "Associated Press", "Associated Press"),
        (text(foot="© 2024 AFP"), "credit line", "AFP", "AFP"),
        (text(foot="(Reporting by Ana Brell in Ostermark; editing by Jon Lind)"), "sign-off", "Reuters", None),
        (
            text(foot="Our Standards: The Thomson Reuters Trust Principles."),
            "boilerplate",
            "Reuters",
            "Thomson Reuters Trust Principles",
        ),
    ],
)
def test_each_kind_of_sign_is_shown_with_its_words_in_the_text_as_it_was_given(written, sign, agency, words):
    row = of(written)
    assert (sign, agency) in {(s["sign"], s["agency"]) for s in row["signs"]}
    assert words is None or (sign, agency, words) in kinds(row)


def test_a_text_that_credits_an_agency_is_its_and_one_that_does_not_is_nobodys():
    credited, silent = of(text(lead=f"OSTERMARK (AP) — {LEAD}")), of(text())
    assert (credited["agency"], silent["agency"], silent["signs"]) == ("Associated Press", None, [])
    assert silent["probability"] < 0.1 < 0.7 < credited["probability"]


@pytest.mark.parametrize(
    "written",
    [
        text(lead=LEAD + " A driver told Reuters that he had seen it fall."),
        text(lead=LEAD + " Reuters could not independently verify his account."),
        text(foot="A photograph taken by the Associated Press showed the broken railing."),
        text(foot="Ana Brell of The Associated Press contributed to this report."),
    ],
)
def test_an_agency_that_was_told_that_verified_or_that_helped_is_not_the_author(written):
    assert of(written)["agency"] is None


def test_more_signs_make_it_more_probable():
    alone, both = wire_probability({"dateline"}), wire_probability({"dateline", "boilerplate"})
    assert alone < both < 1
    assert set(thresholds.WIRE_WEIGHTS) >= {"dateline", "boilerplate"}


def test_the_address_of_a_page_names_an_agency_that_the_page_does_not():
    row = of(text(), url="https://paper.example/wires/afp/article-1923/bridge.html")
    assert (row["agency"], row["signs"]) == (
        "AFP",
        [{"sign": "address", "agency": "AFP", "start": None, "end": None, "words": None}],
    )


def test_the_weights_decide_and_a_contribution_alone_names_nobody(monkeypatch):
    written = text(foot="The Associated Press contributed to this report.")
    assert of(written)["agency"] is None
    monkeypatch.setitem(thresholds.WIRE_WEIGHTS, "contribution", 9.0)
    assert of(written)["agency"] == "Associated Press"


def test_a_page_of_html_is_read_too():
    body = "".join(f"<p>{p}</p>" for p in (f"OSTERMARK (AP) — {LEAD}", QUOTE, LAST))
    page = f"<html><body><article><h1>Bridge closed</h1>{body}</article></body></html>"
    (row,) = wire_from_record({"id": "a", "html": page})
    assert row["agency"] == "Associated Press"


def test_a_record_without_text_is_a_sentence():
    with pytest.raises(PageError, match="neither"):
        wire_from_record({"id": 1})


def test_the_command_reads_files_addresses_lines_and_standard_input(stemma, tmp_path):
    (tmp_path / "a.txt").write_text(text(head="By The Associated Press"), "utf-8")
    (tmp_path / "lines.jsonl").write_text(json.dumps({"id": "x", "text": text()}) + "\nbad\n", "utf-8")
    with serve() as site:
        site.pages["a"] = article()
        done = stemma(
            "wire",
            tmp_path / "a.txt",
            tmp_path / "lines.jsonl",
            site / "a",
            "-",
            "--allow-private",
            stdin=text(foot="© 2024 AFP"),
        )
    first, *rest = done.stdout.splitlines()
    assert first == f"{tmp_path / 'a.txt'}: Associated Press (0.86): byline “The Associated Press”"
    assert [line.split(" (")[0] for line in rest] == ["x: no agency", f"{site / 'a'}: no agency", "-: AFP"]
    assert "line 2: this is no JSON" in done.stderr
    (tmp_path / "lines.jsonl").write_text("bad\n" * 30 + json.dumps({"id": "x", "text": text()}) + "\n", "utf-8")
    many = stemma("wire", tmp_path / "lines.jsonl").stderr.splitlines()
    assert (len(many), many[-1]) == (11, "stemma: 20 more could not be read.")
    row = json.loads(stemma("wire", tmp_path / "a.txt", "--jsonl").stdout)
    assert set(row) == {"id", "agency", "probability", "signs"}
    (said,) = stemma("wire", tmp_path / "nothing.txt", code=2).stderr.splitlines()
    assert said.startswith(f"stemma: {tmp_path / 'nothing.txt'}: ")
