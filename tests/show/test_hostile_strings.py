"""Fifty hostile strings in every output: what a page says is data there, and no markup, formula, command, mention or escape."""

import copy
import csv
import io
import json
import re

import pytest
from lxml import etree, html
from rich.console import Console

from stemma.account import to_json
from stemma.drafts.beside import Checked, Remark, Words
from stemma.drafts.formats import FORMATS
from stemma.drafts.read_draft import Place
from stemma.rows import Rows
from stemma.show.brief import as_html, as_json, as_markdown, compose
from stemma.show.exports import as_annotations, csv_tables
from stemma.show.notebook import story_html, story_text
from stemma.show.page import render
from stemma.show.standards import STANDARDS
from stemma.show.stemma_svg import as_svg
from stemma.show.syndication import as_graphml
from stemma.show.terminal import print_account
from stemma.tables import Skipped
from stemma.text.json_text import json_text

MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)",
    "</title></svg><b>x",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "]]><x>",
    "<!-- x",
    "--><b>x</b>",
    "<?php x ?>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "<iframe src=//a.example>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "${7*7}",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{color:red}</style>",
    "<base href=//a.example>",
)
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\n=cmd|' /C calc'!A0",
    "＝1+1",
    '=HYPERLINK("https://a.example")',
)
MARKDOWN = (
    "@everyone",
    "@here hello",
    "mail ada@a.example",
    "https://a.example/x",
    "www.a.example",
    "[x](https://a.example)",
    "![x](https://a.example)",
    "<https://a.example>",
    "`code`",
    "# heading",
    "**bold** ~~gone~~",
    "| a | b |",
)
COMMANDS = ("::error::x", "::set-output name=a::b", "##[error]x", "x%0A::error::y", "x\n::add-mask::y")
CODES = (
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\u202eevil",
    "\u2066a\u2069",
    "\ud800",
    "\x00\x08",
    "[bold]x[/bold]",
    "https://oster.example/\u202egpj",
)
JSON = ("json", "brief json", "rows json", "annotations", "draft json", "draft sarif", "schema-org", "prov", "ninjs")
XML = ("svg", "tei", "graphml", "families graphml")
NOTEBOOK = ("notebook", "notebook rows")
STRINGS = (*MARKUP, *FORMULAS, *MARKDOWN, *COMMANDS, *CODES)


@pytest.fixture
def outputs(account):
    """Return a function that gives every output, by its name, of an account in whose every free field a string stands."""

    def written(words):
        hostile = told(account, words)
        one = {**hostile, "stories": [s for s in hostile["stories"] if s["id"] == "story-dyke"]}
        texts = {r["id"]: r["text"] for r in one["reports"]}
        remark = Remark("1", "no caveat", "high", words, Place(1, 1, 1, 2), (Words(words, words, 0, 1, words),))
        checked = Checked(words, 1, words, (remark,), source=words)
        family = {"outlet": words, "source": f"{words} wire", "kind": words, "month": words, "reports": 1}
        family |= {"credited": 0, "words": 9, "share": 0.5}
        out = io.StringIO()
        print_account(hostile, Console(file=out, width=80))
        return {
            "terminal": out.getvalue(),
            "html": render(hostile),
            "svg": as_svg(one),
            "json": to_json(one),
            "annotations": as_annotations(one),
            "brief": as_markdown(compose(one), texts),
            "brief html": as_html(compose(one), texts),
            "brief json": as_json(compose(one), texts),
            "rows json": json_text({"outlet": words, words: 1}),
            "families graphml": as_graphml([family]),
            "notebook": story_html(one),
            "notebook rows": Rows([Skipped(*[words.replace("\ud800", "?")] * 2)], "skipped", Skipped)._repr_html_(),
            "prompt": story_text(one),
            **{f"draft {name}": write([checked]) for name, write in FORMATS.items()},
            **{name: write(one) for name, write in STANDARDS.items()},
        } | csv_tables(one)

    return written


def told(account, words):
    """The account with a string in its titles, names, addresses, dates and messages, and at the head of a report's text."""
    hostile = copy.deepcopy(account)
    for report in hostile["reports"]:
        report |= {"outlet": words, "title": words, "url": words, "location": words, "published": words, "byline": [words]}
        report["text"] = (words + report["text"][len(words) :]) if len(words) < 40 else report["text"]
    for story in hostile["stories"]:
        story["title"] = words
        for row in (*story.get("witnesses", ()), *story.get("sources", ())):
            row["name"] = words
        for claim in story.get("claims", ()):
            claim["summary"] = words
        for finding in story.get("findings", ()):
            finding["message"] = words
    hostile["skipped"] = [{"location": words, "reason": words}]
    return hostile


@pytest.mark.parametrize("words", STRINGS, ids=range(len(STRINGS)))
def test_a_hostile_string_is_data_in_every_output(outputs, words):
    found = outputs(words)
    for name, text in found.items():
        assert not set(text) & set("\x1b\x07\x00\x08\x9b\u202e\u2066\ud800"), name
    for name in ("html", "brief html"):
        assert plain_page(found[name]), name
    for name in XML:
        tags = {str(e.tag).rpartition("}")[2] for e in etree.fromstring(found[name].encode()).iter()}
        assert tags.isdisjoint({"script", "b", "img", "iframe", "x"}), name
    for name in NOTEBOOK:
        tree = html.document_fromstring(found[name])
        assert {str(e.tag) for e in tree.iter()}.isdisjoint({"script", "svg", "iframe", "a", "base", "style"}), name
        assert {a for e in tree.iter() for a in e.attrib} <= {"src", "alt"}, name
        assert all(e.get("src").startswith("data:") for e in tree.iter("img")), name
    assert not [line for line in found["ris"].splitlines() if line and not re.match(r"[A-Z][A-Z0-9]  - ", line)]
    for name in JSON:
        json.loads(found[name])
    for name in (n for n in found if n.endswith(".csv")):
        cells = [cell for row in csv.reader(io.StringIO(found[name], newline="")) for cell in row]
        assert not [c for c in cells if c.lstrip()[:1] in ("=", "+", "@", "＝") or re.match(r"\s*-(?!\d)", c)], name
    for name in ("terminal", "draft text"):
        assert not re.search(r"::|##\[", found[name]), name
    (command,) = found["draft github"].splitlines()
    assert command.startswith("::error file=")
    assert not re.search(
        r"(?<!\\)@(?!\u2060)|(?<!\\)://|(?<!\\)\]\(|(?<!\\)<", re.sub(r"<https?://[^\s<>]+>", "", found["brief"])
    )
    assert not re.search(r"(?<!\\)[\[\]]", json.loads(found["draft sarif"])["runs"][0]["results"][0]["message"]["text"])


def plain_page(page):
    """Whether a page has no elements, handlers and addresses but its own."""
    tree = html.document_fromstring(page)
    own = all(script.get("src") is None and "alert" not in script.text_content() for script in tree.iter("script"))
    handlers = [name for e in tree.iter() if isinstance(e.tag, str) for name in e.attrib if name.startswith("on")]
    links = [href for e in tree.iter("a") if (href := e.get("href") or "") and not re.match(r"#|https?://", href)]
    return own and not handlers and not links and not list(tree.iter("iframe", "base", "img"))
