"""Bounds of work at one below, at, and one above: below and at nothing is lost, above it is said, or the answer is the same.

Those of lines and characters of a page stand in test_hostile_pages.py, that of prints of one text in
descent/test_many_prints.py, of a passage in many texts in descent/test_families.py, of a component of reports in
stories_room/test_growth.py, of a story of a corpus in bulk/test_corpus.py, of a draft in
room/test_adding.py, of a reader's note in room/test_judging_room.py.
"""

import gzip
import io
import json
import zipfile
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

import stemma as library
from descent.tellings import WIRE
from pages.site import article as served
from pages.site import serve
from stemma import follow as following
from stemma.bulk import work_corpus
from stemma.cli import accounts
from stemma.descent import thresholds as descent_thresholds
from stemma.descent.comparisons import compare_records
from stemma.drafts.read_draft import Places, _visible, read_draft
from stemma.engines import open_engine, open_store
from stemma.errors import PageError
from stemma.mentions import parse, quotations
from stemma.mentions.parse import plain_paragraphs
from stemma.mentions.quotations import find_quotations
from stemma.pages import Saved, archives, feeds, mail, read_pages, rows, web
from stemma.pages.archives import read_bounded
from stemma.pages.connections import Hosts
from stemma.reports import choice, dom, jsonld, reports_from_record, thresholds
from stemma.reports.pdf import text_of_pdf
from stemma.settings import Manners, Settings
from stemma.statements import attribution, designation
from stemma.statements.story import annotate_record
from stemma.stories import grouping
from stemma.stories.grouping import MOST_TOGETHER

AROUND = (-1, 0, 1)
SENTENCE = "On Monday at least 30 homes near the harbour of Tessel were damaged by the storm, and nobody was hurt."


def article(inside, head="Storm over Tessel"):
    told = "".join(f"<p>{SENTENCE.replace('30', str(n))}</p>" for n in range(30, 38))
    return f"<article><h1>{head}</h1>{told}{inside}</article>"


@pytest.mark.parametrize("count", [*(descent_thresholds.ALL_PAIRS + n for n in AROUND), 99, 100, 101, 102])
def test_each_two_of_identical_texts_are_told_however_many_there_are(count):
    found = list(compare_records([{"id": n, "text": "\n".join(WIRE)} for n in range(count)]))
    assert len(found) == count * (count - 1) // 2
    assert {(row["kind"], row["a_share"], row["b_share"]) for row in found} == {("verbatim", 1.0, 1.0)}


@pytest.mark.parametrize("more", AROUND)
def test_files_in_an_archive(monkeypatch, tmp_path, more):
    monkeypatch.setattr(archives, "MEMBERS", 4)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for n in range(4 + more):
            archive.writestr(f"{n}.html", article(""))
    found = list(read_pages([tmp_path / "pages.zip"]))
    if more > 0:
        assert [one.reason for one in found] == ["the zip archive holds more than 4 files."]
    else:
        assert [type(one) for one in found] == [Saved] * (4 + more)


@pytest.mark.parametrize("more", AROUND)
def test_bytes_of_a_page(more):
    stream = io.BytesIO(b"a" * ((1 << 20) + more))
    if more > 0:
        with pytest.raises(PageError, match="larger than 1 MB"):
            read_bounded(stream, longest=1 << 20)
    else:
        assert len(read_bounded(stream, longest=1 << 20)) == (1 << 20) + more


@pytest.mark.parametrize("more", AROUND)
def test_what_a_packed_page_unpacks_to(monkeypatch, more):
    monkeypatch.setattr(archives, "RATIO", 256)
    content = bytes((2 << 20) + more)
    if more > 0:
        with pytest.raises(PageError, match="as an archive bomb does"):
            read_bounded(io.BytesIO(content), packed=8192)
    else:
        assert read_bounded(io.BytesIO(content), packed=8192) == content


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_row(monkeypatch, tmp_path, more):
    record = {"id": "a", "text": SENTENCE}
    monkeypatch.setattr(rows, "LONGEST_ROW", len(json.dumps(record)) - more)
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{json.dumps(record)}\n{json.dumps({'id': 'b', 'text': 'x'})}\n{json.dumps(record)}", "utf-8")
    with file.open("rb") as stream:
        found = [what for _, what in rows.read_rows(stream, "jsonl")]
    assert [type(one) for one in found] == [str if more > 0 else dict, dict, str if more > 0 else dict]


@pytest.mark.parametrize("more", AROUND)
def test_articles_of_a_page(monkeypatch, more):
    monkeypatch.setattr(thresholds, "MOST_ARTICLES", 4)
    several = "".join(article("", f"Storm over town number {n}").replace("Tessel", f"Tessel{n}") for n in range(4 + more))
    found = reports_from_record({"id": 1, "html": f"<html><body>{several}</body></html>"})
    assert len(found) == (1 if more > 0 else 4 + more)


@pytest.mark.parametrize("more", AROUND)
def test_elements_within_each_other(more):
    deep = dom._DEEPEST + more - 4
    (plain,) = reports_from_record({"id": 1, "html": article("")})
    (report,) = reports_from_record({"id": 1, "html": article(f"{'<div>' * deep}<p>so it goes</p>{'</div>' * deep}")})
    assert report["text"].startswith(plain["text"])


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_paragraph_that_are_parsed_at_once(monkeypatch, more):
    one, other = f"{SENTENCE} {SENTENCE.replace('30', '40')} ", SENTENCE.replace("30", "50")
    text = one + other
    monkeypatch.setattr(parse, "LONGEST", len(text) - more)
    found = plain_paragraphs(text, "en")
    assert len(found) == (2 if more > 0 else 1)
    assert [text[p.start : p.end] for p in found] == ([one, other] if more > 0 else [text])


@pytest.mark.parametrize("more", AROUND)
def test_words_of_a_sentence(monkeypatch, more):
    (paragraph,) = plain_paragraphs(SENTENCE, "en")
    parse.forget()
    monkeypatch.setattr(parse, "LONGEST_SENTENCE", len(paragraph.doc) - more)
    (again,) = plain_paragraphs(SENTENCE, "en")
    parse.forget()
    assert again.doc.text == SENTENCE
    assert len(list(again.doc.sents)) == (2 if more > 0 else 1)


LOCAL = Manners(allow_private=True, delay=0, seconds=5)


def letter(parts=1, picture=100):
    """Return a page as a browser saves it with its pictures."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Storm", "Ostrel Log <letter@ostrel.example>"
    message.set_content(f"<html><body>{article('')}</body></html>", subtype="html")
    message.make_mixed()
    for _ in range(parts):
        message.add_attachment("a" * picture)
    return message.as_bytes()


@pytest.mark.parametrize("more", AROUND)
def test_bytes_of_a_page_with_its_pictures(monkeypatch, tmp_path, more):
    (tmp_path / "a.eml").write_bytes(letter(picture=5 << 20))
    monkeypatch.setattr(archives, "LONGEST", 1 << 20)
    monkeypatch.setattr(archives, "LONGEST_WITH_PICTURES", (tmp_path / "a.eml").stat().st_size - more)
    (found,) = read_pages([tmp_path / "a.eml"])
    assert isinstance(found, Saved) == (more <= 0)
    assert more <= 0 or "larger than" in found.reason


@pytest.mark.parametrize("more", AROUND)
def test_parts_of_a_mail(monkeypatch, tmp_path, more):
    (tmp_path / "a.eml").write_bytes(letter(parts=20))
    monkeypatch.setattr(mail, "MOST_PARTS", (tmp_path / "a.eml").read_bytes().count(b"\n--") - more)
    (found,) = read_pages([tmp_path / "a.eml"])
    assert isinstance(found, Saved) == (more <= 0)
    assert more <= 0 or "parts" in found.reason


@pytest.mark.parametrize("more", AROUND)
def test_what_a_packed_stream_of_unknown_size_unpacks_to(monkeypatch, more):
    content = bytes(1000)
    packed = gzip.compress(content)
    monkeypatch.setattr(archives, "RATIO", 1)
    monkeypatch.setattr(archives, "LONGEST", len(content) - more)
    stream = io.BufferedReader(archives.unzipped(io.BytesIO(packed), None), 100)
    if more > 0:
        with pytest.raises(PageError, match="as an archive bomb does"):
            stream.read()
    else:
        assert stream.read() == content


@pytest.mark.parametrize("more", AROUND)
def test_bytes_of_a_row_group(monkeypatch, more):
    table, stream = pa.table({"id": ["a", "b"], "text": [SENTENCE, SENTENCE]}), io.BytesIO()
    parquet.write_table(table, stream)
    sizes = [parquet.ParquetFile(stream).metadata.row_group(0).column(n).total_uncompressed_size for n in range(2)]
    monkeypatch.setattr(rows, "LARGEST_GROUP", sum(sizes) - more)
    if more > 0:
        with pytest.raises(PageError, match="row group"):
            list(rows.read_rows(stream, "parquet"))
    else:
        assert len(list(rows.read_rows(stream, "parquet"))) == 2


@pytest.mark.parametrize("more", AROUND)
@pytest.mark.parametrize("kind", ["xml", "json"])
def test_addresses_in_a_feed(monkeypatch, tmp_path, kind, more):
    monkeypatch.setattr(feeds, "MOST", 4)
    named = [f"https://ostrel.invalid/{n}" for n in range(4 + more)]
    as_json = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"url": url} for url in named]})
    as_xml = f"<rss><channel>{''.join(f'<item><link>{url}</link></item>' for url in named)}</channel></rss>"
    (tmp_path / "feed").write_text(as_json if kind == "json" else as_xml)
    with closing(open_store(None)) as store:
        found = following.follow(store, [str(tmp_path / "feed")], Settings(manners=Manners(seconds=0.1)))
        assert [e.url for e in store.read("entry")] == named[:4]
    rest = [one for one in found.skipped if one.location.endswith("#rest")]
    assert [one.reason for one in rest] == ["it names 1 addresses more than are followed."][: max(more, 0)]


@pytest.mark.parametrize("more", AROUND)
def test_lists_that_name_lists(more):
    deep = following.DEPTH + more
    with serve() as site, closing(open_store(None)) as store:
        for n in range(1, deep):
            site.pages[f"{n}"] = f'<opml><body><outline xmlUrl="{site / str(n + 1)}"/></body></opml>'.encode()
        site.pages |= {f"{deep}": f"<urlset><url><loc>{site / 'a'}</loc></url></urlset>".encode(), "a": served()}
        found = following.follow(store, [site / "1"], Settings(processes=1, manners=LOCAL))
        assert len(found.reports) == (0 if more > 0 else 1)
        assert [one.location for one in found.skipped] == ([site / str(deep)] if more > 0 else [])


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_an_address(monkeypatch, more):
    with serve() as site:
        site.pages["a"] = served()
        monkeypatch.setattr(web, "LONGEST_ADDRESS", len(site / "a") - more)
        if more > 0:
            with pytest.raises(PageError, match="longer than"):
                web.fetch(site / "a", Hosts(LOCAL))
        else:
            assert web.fetch(site / "a", Hosts(LOCAL)).status == 200


@pytest.mark.parametrize("more", AROUND)
def test_redirects(more):
    count = web.REDIRECTS + more
    with serve() as site:
        site.pages = {f"{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(count)} | {f"{count}": served()}
        if more > 0:
            with pytest.raises(PageError, match="redirects more than"):
                web.fetch(site / "0", Hosts(LOCAL))
        else:
            assert web.fetch(site / "0", Hosts(LOCAL)).url == site / str(count)


@pytest.mark.parametrize("more", AROUND)
def test_how_often_a_body_is_packed(more):
    content, count = SENTENCE.encode(), archives._MOST + more
    for _ in range(count):
        content = gzip.compress(content)
    if more > 0:
        with pytest.raises(PageError, match="again and again"):
            archives.unpacked(content, ",".join(["gzip"] * count))
    else:
        assert archives.unpacked(content, ",".join(["gzip"] * count)) == SENTENCE.encode()


def printed_pdf(pages):
    """Return a PDF that prints the sentence on each of its pages, its table of objects left out as broken ones have it."""
    kids = " ".join(f"{n} 0 R" for n in range(4, 4 + pages))
    shown = f"BT /F1 9 Tf 20 700 Td ({SENTENCE}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        *(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R"
            "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
            for _ in range(pages)
        ),
    ]  # fmt: skip
    body = "".join(f"{n} 0 obj\n{told}\nendobj\n" for n, told in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


@pytest.mark.parametrize("more", AROUND)
def test_pages_of_a_pdf(monkeypatch, more):
    monkeypatch.setattr(thresholds, "MOST_PDF_PAGES", 3)
    if more > 0:
        with pytest.raises(PageError, match="more than 3 pages"):
            text_of_pdf(printed_pdf(4))
    else:
        assert "harbour of Tessel" in text_of_pdf(printed_pdf(3 + more))[0]


@pytest.mark.parametrize("more", AROUND)
def test_attributes_of_a_tag(more):
    """The last attribute hides the paragraph: beyond the bound it is dropped, and the words stay as they are."""
    many = " ".join(f"{'a' * 50}{n}=1" for n in range(dom._MOST_ATTRIBUTES - 1 + more))
    tree = dom.parse(f"<div><p {many} id=last>{SENTENCE}</p></div>")
    (found,) = tree.iter("p")
    assert found.text == SENTENCE
    assert (found.get("id") == "last") == (more <= 0)


@pytest.mark.parametrize("more", AROUND)
@pytest.mark.parametrize("name", ["MOST_ELEMENTS", "LONGEST_SOURCE", "MOST_JOINED"])
def test_what_extractors_are_given(monkeypatch, name, more):
    spans = "".join(f"<b>{n}</b> homes " for n in range(choice._MOST_CELLS + 1))
    page = f"<html><body>{article(f'<p>{SENTENCE} {spans}</p>')}</body></html>"
    tree = dom.parse(page)
    sizes = {
        "MOST_ELEMENTS": sum(1 for _ in tree.iter()),
        "LONGEST_SOURCE": len(choice._bounded_source(tree, list(tree.iter()))),
        "MOST_JOINED": choice._characters_copied(list(tree.iter())),
    }
    monkeypatch.setattr(thresholds, name, sizes[name] - more)
    (report,) = reports_from_record({"id": 1, "html": page})
    assert report["text"].count("harbour of Tessel") == 9
    assert ("left_out" in report) == (more > 0)


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_field(monkeypatch, more):
    title = "Storm over Tessel and its harbour"
    monkeypatch.setattr(thresholds, "LONGEST_FIELD", len(title) - more)
    page = f'<head><meta property="og:title" content="{title}"></head><body>{article("", "Storm")}</body>'
    (report,) = reports_from_record({"id": 1, "html": page})
    assert report["text"].count("harbour of Tessel") == 8
    assert report["title"] in {"Storm", title[:-1] if more > 0 else title}


@pytest.mark.parametrize("more", AROUND)
def test_values_of_a_field(monkeypatch, more):
    monkeypatch.setattr(thresholds, "MOST_FIELDS", 3)
    names = ["Ada Fenn", "Boris Tal", "Mina Okoro", "Petra Lind"][: 3 + more]
    signed = ", ".join(json.dumps({"@type": "Person", "name": name}) for name in names)
    told = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Storm", "author": [{signed}]}}</script>'
    (report,) = reports_from_record({"id": 1, "html": f"<head>{told}</head><body>{article('', 'Storm')}</body>"})
    assert report["byline"] == names[:3]


@pytest.mark.parametrize("more", AROUND)
def test_words_of_a_name(monkeypatch, more):
    """Beyond the bound a word of the name is no part of it; who speaks and what is said stay where they are."""
    said = '"Nobody was hurt in the storm," said Ada Mina Petra Fenn.'
    monkeypatch.setattr(designation, "_NAME_WORDS", 3 - more)
    (paragraph,) = plain_paragraphs(said, "en")
    assert designation.designation_of(paragraph.doc[-2]).name == ("Ada", "Mina", "Petra", "Fenn")[more > 0 :]
    (found,) = annotate_record({"id": 1, "text": said, "language": "en"})["statements"]
    assert [said[start:end] for start, end in found["source"]] == ["Ada Mina Petra Fenn"]
    assert [said[start:end] for start, end in found["quotations"]] == ["Nobody was hurt in the storm,"]


@pytest.mark.parametrize("more", AROUND)
def test_quotations_of_a_paragraph(monkeypatch, more):
    said = " ".join(f'"The water came over wall {n} at night," said {name}.' for n, name in enumerate(("Ada Fenn", "Boris Tal")))
    monkeypatch.setattr(attribution, "_MOST", 2 - more)
    parse.forget()
    found = annotate_record({"id": 1, "text": said, "language": "en"})["statements"]
    told = {said[s["quotations"][0][0] : s["quotations"][0][1]] for s in found if s["quotations"]}
    first, second = (f"The water came over wall {n} at night," for n in range(2))
    assert told == ({first} if more > 0 else {first, second})


@pytest.mark.parametrize("more", AROUND)
def test_more_quotations_of_a_paragraph_than_are_looked_at_are_said(more):
    said = " ".join(f"“It is storm {n},” he said." for n in range(thresholds.MOST_QUOTATIONS + more))
    (report,) = reports_from_record({"id": 1, "text": f"{SENTENCE}\n{said}"}, articles=True)
    annotated = annotate_record({"id": 1, "text": said, "language": "en"})
    for found in (report, annotated):
        assert ("left_out" in found) == (more > 0)
        assert more <= 0 or "more than 300 quotations" in found["left_out"]
    assert report["text"].endswith(said)


@pytest.mark.parametrize("mark", ["“{}”", "„{}“", "«{}»", "»{}«", "”{}”", '"{}"'])
def test_quotations_are_counted_with_the_marks_of_every_house(monkeypatch, mark):
    monkeypatch.setattr(thresholds, "MOST_QUOTATIONS", 3)
    for count in (3, 4):
        text = " ".join(mark.format(f"storm {n}") for n in range(count))
        (report,) = reports_from_record({"id": 1, "text": f"{SENTENCE}\n{text}"}, articles=True)
        assert ("left_out" in report) == (count > 3)


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_header_of_a_mail(monkeypatch, more):
    content = letter()
    monkeypatch.setattr(mail, "LONGEST_HEADER", len("Storm") - more)
    _, _, said, _ = mail.page_in_mail(content)
    assert said.title == ("Stor" if more > 0 else "Storm")


@pytest.mark.parametrize("more", AROUND)
def test_objects_of_json_ld_within_each_other(more):
    """What tells of the article lies as deep as is looked, or deeper; beyond that the page is read without it."""
    told = {"@type": "NewsArticle", "headline": "Storm", "author": {"@type": "Person", "name": "Ada Fenn"}}
    for _ in range(jsonld._DEEPEST - 1 + more):
        told = {"@type": "WebPage", "mainEntity": told}
    page = f'<head><script type="application/ld+json">{json.dumps(told)}</script></head><body>{article("", "Storm")}</body>'
    assert [n["@type"] for n in jsonld._nodes(told, 0)].count("Person") == (more <= 0)
    (report,) = reports_from_record({"id": 1, "html": page})
    assert report["text"].count("harbour of Tessel") == 8


@pytest.mark.parametrize("more", AROUND)
def test_roots_that_are_weighed(monkeypatch, more):
    """Of a lineage of copies the first is the one that is credited, whether or not each node is weighed as a root."""
    texts = ["\n".join(WIRE), *("\n".join([*WIRE[:n], *WIRE[n + 1 :]]) for n in range(1, len(WIRE)))]
    rows = [{"id": n, "text": text, "title": f"Storm {n}", "outlet": f"Post {n}"} for n, text in enumerate(texts)]
    whole = library.read([rows], articles=True, one_story=True).account().to_dict()["stories"][0]
    monkeypatch.setattr(descent_thresholds, "TRIED", len(texts) - more)
    again = library.read([rows], articles=True, one_story=True).account().to_dict()["stories"][0]
    assert [(d["child"], d["parent"]) for d in again["derivations"]] == [(d["child"], d["parent"]) for d in whole["derivations"]]
    assert again["independent_origins"] == whole["independent_origins"]


@pytest.mark.parametrize("more", AROUND)
def test_characters_between_two_single_quotation_marks(monkeypatch, more):
    said = "Ada Fenn wrote ‘the water came over the wall at night’ on Monday."
    monkeypatch.setattr(quotations, "_FARTHEST", said.index("’") - said.index("‘") - 1 - more)
    found = find_quotations(plain_paragraphs(said, "en"))
    assert [said[q.inner_start : q.inner_end] for q in found] == ["the water came over the wall at night"][: more <= 0]


@pytest.mark.parametrize("count", [9, 10, 11])
@pytest.mark.parametrize("room", [["reports"], ["annotate"], ["compare", "--pairs"], ["group"], ["compare"], ["wire", "-"]])
def test_bad_lines_are_said_each_up_to_ten_and_then_counted(stemma, room, count):
    good = {"id": "good", "text": " ".join([SENTENCE] * 3), "a_text": SENTENCE, "b_text": SENTENCE}
    done = stemma(*room, stdin=f"{json.dumps(good)}\n" + '{"id": 1, "text": 5}\n' * count)
    said = done.stderr.splitlines()
    assert sum("must be text" in line or "is no" in line for line in said) == min(count, 10)
    assert sum("1 more could not be read" in line for line in said) == (count > 10)


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("into", ["--db", "--out"])
def test_reports_of_a_component_that_is_grouped_by_parts_are_said_by_read_and_corpus(stemma, tmp_path, into, more):
    count = MOST_TOGETHER + more
    told = "The swing bridge over the Ostrel was closed on Monday after an inspector found a crack in its northern pier. " * 4
    rows = (
        json.dumps({"id": n, "title": "Bridge closed", "text": f"{told}It was the closure number {n}."}) for n in range(count)
    )
    (tmp_path / "t.jsonl").write_text("\n".join(rows), "utf-8")
    verb = ["read"] if into == "--db" else ["corpus", "--no-accounts"]
    said = stemma(*verb, tmp_path / "t.jsonl", into, tmp_path / "made", "--quiet").stderr
    assert (f"{count} reports hang together with too many" in said) == (more > 0)


@pytest.mark.parametrize("more", AROUND)
def test_reports_of_such_a_component_are_said_by_analyse_and_counted_in_the_account_of_any_store(
    monkeypatch, capsys, tmp_path, more
):
    count = 8
    monkeypatch.setattr(grouping, "MOST_TOGETHER", count - more)
    told = "The swing bridge over the Ostrel was closed on Monday after an inspector found a crack in its northern pier. " * 4
    row = {"title": "Bridge closed", "url": "https://ostrel.example/"}
    given = [{**row, "id": n, "text": f"{told}It was the closure number {n}.", "url": f"{row['url']}{n}"} for n in range(count)]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, [*given, {"id": "x", "title": "Storm", "text": SENTENCE * 4}])))
    accounts.analyse([str(tmp_path / "t.jsonl")], db=tmp_path / "n.duckdb", json_=tmp_path / "a.json", quiet=True)
    work_corpus([str(tmp_path / "t.jsonl")], tmp_path / "parquet", open_engine(processes=1), deep=False)
    assert (f"{count} reports hang together with too many" in capsys.readouterr().err) == (more > 0)
    (written,) = [json.loads((tmp_path / "a.json").read_text())]
    for account in (written, *(library.open(tmp_path / name).account().to_dict() for name in ("n.duckdb", "parquet"))):
        assert sum(story["parted"] for story in account["stories"]) == (count if more > 0 else 0)
        assert [s["parted"] for s in account["stories"] if len(s["reports"]) == 1] == [0]


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_comment_that_asks_a_check_to_ignore(more):
    """Beyond the bound it asks nothing, and the file is read as before."""
    comment = f"<!-- stemma: ignore dropped-caveat{'.' * (2_000 + more)}-->"
    read = read_draft(Path("a.md"), f"{comment}\n\n{SENTENCE}\n".encode())
    assert [i.kinds for i in read.ignored] == [{"dropped caveat"}][: more <= 0]
    assert read.report.text == SENTENCE


@pytest.mark.parametrize("more", AROUND)
def test_characters_of_a_comment_in_a_draft_of_html(more):
    """Beyond the bound its words count where those of the report are looked for, which are found all the same."""
    hidden = f"a > {SENTENCE}".ljust(20_000 + more, ".")
    read = read_draft(Path("a.html"), f"<!--{hidden}-->\n{article('')}".encode())
    letters, _ = _visible(read)
    assert ("harbourofTessel" in letters.partition("StormoverTessel")[0]) == (more > 0)
    start = read.report.text.index(SENTENCE)
    assert Places(read).of(start, start + len(SENTENCE)).line == 2


@pytest.mark.parametrize("more", AROUND)
def test_tags_of_a_page(monkeypatch, more):
    page = f"<html><body>{article('')}</body></html>"
    monkeypatch.setattr(thresholds, "MOST_TAGS", page.count("<") - more)
    if more > 0:
        with pytest.raises(PageError, match="tags"):
            reports_from_record({"id": 1, "html": page})
    else:
        assert reports_from_record({"id": 1, "html": page})[0]["text"].count("harbour of Tessel") == 8
