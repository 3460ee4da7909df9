"""The formats of others: each is read back by a program that others wrote, and what a page brings is data in it."""

import io
import json
import re
from copy import deepcopy

import bibtexparser
import networkx
import pydot
import pytest
import rdflib
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from lxml import etree

from official_schemas import faults_by_schema
from stemma.cli.exports import Standard
from stemma.show.standards import STANDARDS
from stemma.show.standards.apparatus import _tokens
from stemma.show.wording import clean, one_line

# rdflib warns of a class of its own while it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

SCHEMA, PROV, TEI = "https://schema.org/", "http://www.w3.org/ns/prov#", "{http://www.tei-c.org/ns/1.0}"
NINJS = "ninjs (News in JSON) 2.0"
HOSTILE = '</title>]]><script>alert("x")</script> \\N \\input{a} } , url={b}\nER  - \nTY  - BOOK\x00\x1b[31m\udcff & 100% $x_1^2~'


@pytest.fixture(scope="module")
def harbour_account(analysed):
    return json.loads((analysed / "account.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def hostile(harbour_account):
    """Return the same account where every name and title is what no format likes."""
    bad = deepcopy(harbour_account)
    for n, report in enumerate(bad["reports"]):
        report |= {"title": HOSTILE, "outlet": f"{n} {HOSTILE}", "byline": [HOSTILE], "url": "https://a.example/%7B}\\{#a"}
        report["text"] = report["text"].replace(" the ", ' <b>"&\x07 ')
    story = bad["stories"][0]
    story["title"] = HOSTILE
    for row in (*story["sources"], *story["witnesses"]):
        row["name"] = HOSTILE
    for claim in story["claims"]:
        claim["summary"] = HOSTILE
    return bad


@pytest.fixture(params=["harbour_account", "hostile"])
def account(request):
    return request.getfixturevalue(request.param)


def written(name, account):
    text = STANDARDS[name](account)
    text.encode("utf-8")
    return text


def test_every_standard_is_an_option_of_export():
    assert {s.value for s in Standard} == set(STANDARDS)


def test_schema_org_is_read_by_rdflib_with_its_articles_claims_and_quotations(account):
    graph = rdflib.Graph().parse(data=written("schema-org", account), format="json-ld")
    (story,) = account["stories"]
    counted = {
        kind: len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(SCHEMA + kind))))
        for kind in ("NewsArticle", "Claim", "Quotation")
    }
    quotations = sum(len(s["quotations"]) for s in story["statements"])
    assert counted == {"NewsArticle": len(story["reports"]), "Claim": len(story["claims"]), "Quotation": quotations}
    assert len(list(graph.subject_objects(rdflib.URIRef(SCHEMA + "isBasedOn")))) == len(story["derivations"])
    for claim in story["claims"]:
        subject = rdflib.URIRef(f"urn:stemma:claim:{claim['id']}")
        held = {str(o).rpartition(":")[2] for o in graph.objects(subject, rdflib.URIRef(SCHEMA + "appearance"))}
        assert held == {m["report"] for m in claim["members"]}


def test_what_is_quoted_and_by_whom_stands_in_schema_org(harbour_account):
    graph = rdflib.Graph().parse(data=written("schema-org", harbour_account), format="json-ld")
    found = graph.query(
        "PREFIX s: <https://schema.org/> SELECT ?text WHERE "
        "{ ?q a s:Quotation; s:text ?text; s:spokenByCharacter/s:name 'Maeve Tolan' }"
    )
    assert any(str(row.text).startswith("We had flame on three sides") for row in found)


def test_prov_is_read_by_rdflib_with_a_derivation_for_each_edge(account):
    graph = rdflib.Graph().parse(data=written("prov", account), format="json-ld")
    (story,) = account["stories"]
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(PROV + "Entity")))) == len(story["witnesses"])
    edges = {
        tuple(str(end).rpartition(":")[2] for end in edge)
        for edge in graph.subject_objects(rdflib.URIRef(PROV + "wasDerivedFrom"))
    }
    assert edges == {(d["child"], d["parent"]) for d in story["derivations"]}
    shares = sorted(float(o) for o in graph.objects(None, rdflib.URIRef("urn:stemma:term:share")))
    assert shares == pytest.approx(sorted(d["share"] for d in story["derivations"]))


def test_an_apparatus_gives_every_copy_of_a_group_back_word_for_word(account):
    root = etree.fromstring(written("tei", account).encode())
    signs = {f"W{w['siglum']}": w["report"] for w in account["stories"][0]["witnesses"] if w["report"]}
    texts = {r["id"]: " ".join(t for t in _tokens(r) if t.strip()) for r in account["reports"]}
    groups = root.findall(f".//{TEI}div")
    assert [len(witnesses(div)) for div in groups] == [2, 2]
    listed = {w.get("{http://www.w3.org/XML/1998/namespace}id") for w in root.iter(f"{TEI}witness")}
    assert listed == {key for div in groups for key in witnesses(div)}
    for div in groups:
        for key in witnesses(div):
            assert " ".join(reading(div, key).split()) == texts[signs[key]]
        for app in div.iter(f"{TEI}app"):
            assert sorted(w for rdg in app for w in rdg.get("wit").split()) == sorted(f"#{k}" for k in witnesses(div))


def witnesses(div):
    return sorted({w[1:] for rdg in div.iter(f"{TEI}rdg") for w in rdg.get("wit").split()})


def reading(node, key):
    """Return the text of a division as one witness has it."""
    if node.tag == f"{TEI}rdg" and f"#{key}" not in node.get("wit").split():
        return ""
    return (node.text or "") + "".join(reading(child, key) + (child.tail or "") for child in node)


def test_a_story_without_copies_has_an_empty_apparatus(harbour_account):
    alone = deepcopy(harbour_account)
    alone["stories"][0]["derivations"] = []
    root = etree.fromstring(written("tei", alone).encode())
    assert root.findall(f".//{TEI}div") == []
    assert root.find(f".//{TEI}listWit") is None


def test_graphml_is_read_by_networkx_as_the_stemma(account):
    graph = networkx.read_graphml(io.BytesIO(written("graphml", account).encode()))
    (story,) = account["stories"]
    assert set(graph.edges) == {(d["parent"], d["child"]) for d in story["derivations"]}
    assert set(graph.nodes) == {w["id"] for w in story["witnesses"]}
    for d in story["derivations"]:
        assert graph.edges[d["parent"], d["child"]]["probability"] == d["probability"]
    assert [graph.nodes[w["id"]]["lost"] for w in story["witnesses"]] == [w["report"] is None for w in story["witnesses"]]


def test_dot_holds_nothing_but_quoted_words_nodes_and_edges(account):
    text = written("dot", account)
    words = re.findall(r'"(?:[^"\\]|\\["\\])*"', text)
    (story,) = account["stories"]
    assert len(words) == 1 + 2 * len(story["witnesses"]) + 3 * len(story["derivations"])
    bare = re.sub(r'"(?:[^"\\]|\\["\\])*"', '""', text)
    assert set(re.findall(r"[a-z]+", bare)) <= {
        "digraph",
        "stemma",
        "rankdir",
        "node",
        "shape",
        "box",
        "fontname",
        "label",
        "style",
        "dashed",
        "sans",
    }
    assert bare.count("->") == len(story["derivations"])


# pydot's grammar is written for an earlier pyparsing.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:warn_ungrouped_named_tokens_in_collection")
def test_dot_is_read_by_pydot_with_every_witness_and_every_edge(account):
    (graph,) = pydot.graph_from_dot_data(written("dot", account))
    (story,) = account["stories"]
    labels = {node.get_name().strip('"'): node.get_label() for node in graph.get_nodes() if node.get_name() != "node"}
    assert set(labels) == {w["id"] for w in story["witnesses"]}
    assert all(labels[w["id"]].startswith(f'"{w["siglum"]} ') for w in story["witnesses"])
    edges = {(edge.get_source().strip('"'), edge.get_destination().strip('"')) for edge in graph.get_edges()}
    assert edges == {(d["parent"], d["child"]) for d in story["derivations"]}


def test_bibtex_is_read_by_bibtexparser_with_the_titles_and_outlets_as_they_are(account):
    library = bibtexparser.parse_string(written("bibtex", account), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    found = [(entry["title"], entry["journal"]) for entry in library.entries]
    printed = [(r["title"], r["outlet"]) for r in account["reports"]]
    # TeX has a letter of its own for the circumflex.
    assert sorted(found) == sorted(tuple(clean(one_line(text)).replace("^", "ˆ") for text in pair) for pair in printed)


def test_ninjs_is_valid_by_the_schema_of_the_iptc(account):
    item = json.loads(written("ninjs", account))
    # The schema lets an associated item be anything that has a name: without it, it is looked at as the whole is.
    reports = [{name: value for name, value in part.items() if name != "name"} for part in item["associations"]]
    assert len(reports) == len(account["reports"])
    assert [fault for one in (item, *reports) for fault in faults_by_schema(NINJS, one)] == []
    assert faults_by_schema(NINJS, reports[0] | {"type": "poem", "published": "today"}) != []


def test_ris_is_read_by_rispy_as_one_record_a_report(account):
    records = rispy.loads(written("ris", account))
    assert [r["type_of_reference"] for r in records] == ["NEWS"] * len(account["reports"])
    assert [r["id"] for r in records] == [r["siglum"] for r in account["reports"]]
    assert [r["secondary_title"][:9] for r in records] == [one_line(r["outlet"])[:9] for r in account["reports"]]
    assert [r["title"] for r in records] == [one_line(r["title"]) for r in account["reports"]]


def test_bibtex_has_balanced_braces_one_entry_a_report_and_no_command_of_a_page(account):
    text = written("bibtex", account)
    depth = 0
    for mark in re.findall(r"\\.|[{}]", text):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"^@article\{stemma-", text, re.MULTILINE)) == text.count("@") == len(account["reports"])
    assert set(re.findall(r"\\([a-z]+)", text)) <= {"textbackslash", "textasciitilde", "textasciicircum"}


def test_export_writes_a_standard_into_a_file_or_to_standard_output(stemma, analysed, harbour_account, tmp_path):
    story = harbour_account["stories"][0]["id"]
    stemma("export", story, "--db", analysed / "news.duckdb", "--as", "graphml", "--out", tmp_path / "a.graphml")
    shown = stemma("export", story, "--db", analysed / "news.duckdb", "--as", "graphml").stdout
    assert (tmp_path / "a.graphml").read_text("utf-8") == shown == written("graphml", harbour_account)
    assert "'rtf'" in stemma("export", story, "--db", analysed / "news.duckdb", "--as", "rtf", code=1).stderr
