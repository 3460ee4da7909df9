import csv
import io
import json
import xml.etree.ElementTree as ET
from copy import deepcopy

import pytest
import rdflib

from stemma.show.exports import apart, as_annotations, csv_tables, guarded, moment, timeline
from stemma.show.stemma_svg import as_svg

OA, ACTIVITY = "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/activitystreams#"
TERMS = {
    "id": "@id", "type": "@type", "@vocab": OA,
    "first": f"{ACTIVITY}first", "items": {"@id": f"{ACTIVITY}items", "@container": "@list"},
    "target": f"{OA}hasTarget", "body": f"{OA}hasBody", "selector": f"{OA}hasSelector",
    "source": {"@id": f"{OA}hasSource", "@type": "@id"}, "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
}  # fmt: skip
"""What the context of the standard, which is not fetched, says of the names that are written."""


@pytest.fixture
def dyke(account):
    """Return an account of the larger invented story alone."""
    alone = deepcopy(account)
    alone["stories"] = alone["stories"][1:]
    return alone


def read(account, name):
    return list(csv.DictReader(io.StringIO(csv_tables(account)[name], newline="")))


def test_every_report_statement_and_piece_of_evidence_has_its_row(dyke):
    (story,) = dyke["stories"]
    assert [r["siglum"] for r in read(dyke, "reports.csv")] == ["A", "B", "C", "D", "E"]
    assert len(read(dyke, "derivations.csv")) == len(story["derivations"])
    assert {r["statement"] for r in read(dyke, "statements.csv")} == {s["id"] for s in story["statements"]}
    assert len(read(dyke, "findings.csv")) == sum(len(f["evidence"]) for f in story["findings"])
    assert [r["claim"] for r in read(dyke, "claims.csv")] == [c["id"] for c in story["claims"]]


def test_claims_by_reports_has_a_row_for_those_too_that_do_not_carry_a_claim(dyke):
    rows = [r for r in read(dyke, "claims_reports.csv") if r["claim"] == "c1"]
    assert [(r["siglum"], r["figure"]) for r in rows] == [
        ("A", "more than 1,200"), ("B", "more than 1,200"), ("C", "about 1,200"), ("D", ""), ("E", ""),
    ]  # fmt: skip
    assert rows[3]["words"] == ""


def test_the_words_of_a_row_are_those_at_its_offsets(dyke):
    texts = {r["id"]: r["text"] for r in dyke["reports"]}
    rows = [r for name in ("findings.csv", "timeline.csv", "claims_reports.csv") for r in read(dyke, name) if r["start"]]
    assert rows
    assert all(texts[r["report"]][int(r["start"]) : int(r["end"])] == r["words"] for r in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+49 30 1234", "-2 degrees", "@outlet", "\t=1", "  =cmd()", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell):
    assert str(guarded(cell)).startswith("'")


def test_a_title_with_a_formula_in_it_is_guarded_in_every_table(dyke):
    for report in dyke["reports"]:
        report["title"] = '=HYPERLINK("https://a.example","b")'
    dyke["stories"][0]["claims"][0]["summary"] = "@sum"
    cells = [c for name in csv_tables(dyke) for r in read(dyke, name) for c in r.values()]
    assert "'@sum" in cells
    assert [c for c in cells if c.startswith(("=", "+", "-", "@"))] == []


def test_numbers_stay_numbers_and_text_that_is_harmless_stays_as_it_is():
    assert guarded("a\r=b\r\nc") == "a\n=b\nc", "a bare carriage return ends a row for who reads it"
    assert [guarded(c) for c in (-2, 0.5, None, "a = b", True)] == [-2, 0.5, None, "a = b", "true"]


def test_the_first_report_of_a_claim_comes_first_and_those_without_a_date_last(dyke):
    reports = {r["id"]: r for r in dyke["reports"]}
    for key, published in (("b", "2031-10-02T22:30:00Z"), ("a", "2031-10-03T09:20:00+02:00"), ("c", None)):
        reports[f"r-{key}"]["published"] = published
    rows = [r for r in timeline(dyke["stories"][0], reports) if r["claim"] == "c1"]
    assert [(r["siglum"], r["order"], r["days_after_first"], r["hours_after_first"]) for r in rows] == [
        ("B", 1, 0, 0.0), ("A", 2, 1, 8.83), ("C", None, None, None),
    ]  # fmt: skip


def test_a_time_is_as_exact_as_it_is_told():
    assert apart("2031-10-03", "2031-10-05T08:00:00Z") == (2, None)
    assert apart("2031-10-03T08:00", "2031-10-03T09:00") == (0, None)
    assert apart("soon", "2031-10-03") == (None, None)
    assert sorted([None, "2031-10-03T00:30:00Z", "2031-10-03", "2031-10-03T01:00:00+02:00"], key=moment) == [
        "2031-10-03T01:00:00+02:00", "2031-10-03", "2031-10-03T00:30:00Z", None,
    ]  # fmt: skip


def test_annotations_are_a_w3c_collection_and_every_one_has_its_own_id(dyke):
    whole = json.loads(as_annotations(dyke))
    (story,) = dyke["stories"]
    items = whole["first"]["items"]
    assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    assert whole["total"] == len(items) == len({i["id"] for i in items})
    members, evidence = (
        sum(len(c[part]) for c in story[rows]) for rows, part in (("claims", "members"), ("findings", "evidence"))
    )
    assert len(items) == len(story["statements"]) + members + evidence
    assert {i["type"] for i in items} == {"Annotation"}
    assert {i["motivation"] for i in items} == {"describing", "classifying", "assessing"}


def test_both_selectors_of_an_annotation_select_the_same_words(dyke):
    by_source = {r["url"]: r["text"] for r in dyke["reports"]}
    for item in json.loads(as_annotations(dyke))["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quote = target["selector"]
            text = by_source[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_annotations_are_read_by_rdflib_with_the_terms_of_the_standard(dyke):
    whole = json.loads(as_annotations(dyke))
    graph = rdflib.Graph().parse(data=json.dumps(whole | {"@context": TERMS}), format="json-ld")
    asked = (
        "SELECT ?annotation ?source ?start ?exact WHERE { ?annotation a oa:Annotation; oa:hasTarget ?target. "
        "?target oa:hasSource ?source; oa:hasSelector [ a oa:TextPositionSelector; oa:start ?start ], "
        "[ a oa:TextQuoteSelector; oa:exact ?exact ] }"
    )
    found = [[value.toPython() for value in row] for row in graph.query(asked, initNs={"oa": rdflib.Namespace(OA)})]
    texts = {r["url"]: r["text"] for r in dyke["reports"]}
    assert {row[0] for row in found} == {item["id"] for item in whole["first"]["items"]}
    assert all(texts[source].startswith(exact, start) for _, source, start, exact in found)


def test_a_report_without_a_safe_address_is_named_by_its_id(account):
    stray = account | {"stories": account["stories"][:1]}
    span = {"report": "r-x", "start": 0, "end": 9}
    finding = {"id": "f", "kind": "correction", "severity": "low", "message": "m", "reports": ["r-x"], "claim": None}
    stray["stories"][0] = account["stories"][0] | {"findings": [finding | {"evidence": [span]}]}
    (item,) = json.loads(as_annotations(stray))["first"]["items"]
    assert item["target"]["source"] == "urn:stemma:report:r-x"


def test_the_drawing_is_a_whole_svg_document(dyke):
    drawn = as_svg(dyke)
    assert drawn.startswith("<?xml")
    assert ET.fromstring(drawn.encode()).tag == "{http://www.w3.org/2000/svg}svg"


def test_export_writes_every_form_from_the_store(stemma, analysed, tmp_path):
    wanted = {"--csv": "tables", "--json": "a.json", "--svg": "a.svg", "--annotations": "a.jsonld"}
    stemma("export", "", "--db", analysed / "news.duckdb", *(f"{o}={tmp_path / f}" for o, f in wanted.items()))
    account = json.loads((analysed / "account.json").read_text("utf-8"))
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == account
    assert {p.name: p.read_bytes().decode() for p in (tmp_path / "tables").iterdir()} == csv_tables(account)
    assert (tmp_path / "a.svg").read_text("utf-8") == as_svg(account)
    assert (tmp_path / "a.jsonld").read_text("utf-8") == as_annotations(account)


def test_one_form_goes_to_standard_output(stemma, analysed):
    done = stemma("export", "", "--db", analysed / "news.duckdb", "--annotations", "-")
    assert json.loads(done.stdout)["type"] == "AnnotationCollection"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say what to write"),
        (["--json", "-", "--svg", "-"], "Only one of the files"),
        (["--csv", "none/tables"], "The folder none does not exist"),
        (["--csv", "file.txt"], "file.txt is a file"),
    ],
)
def test_an_export_that_cannot_be_is_a_sentence(stemma, analysed, tmp_path, options, said):
    (tmp_path / "file.txt").write_text("")
    done = stemma("export", "", "--db", analysed / "news.duckdb", *options, cwd=tmp_path, code=1)
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
