"""Bounds of work at one below, at, and one above: below and at nothing is lost, above it is said, or the answer is the same.

Those of lines, tags and characters of a page stand in test_hostile_pages.py, that of prints of one text in
descent/test_many_prints.py.
"""

import io
import json
import zipfile

import pytest

from descent.tellings import WIRE
from stemma.descent.comparisons import ALL_PAIRS, compare_records
from stemma.errors import PageError
from stemma.mentions import parse
from stemma.mentions.parse import plain_paragraphs
from stemma.pages import Saved, archives, read_pages, rows
from stemma.pages.archives import read_bounded
from stemma.reports import dom, reports_from_record, thresholds

AROUND = (-1, 0, 1)
SENTENCE = "On Monday at least 30 homes near the harbour of Tessel were damaged by the storm, and nobody was hurt."


def article(inside, head="Storm over Tessel"):
    told = "".join(f"<p>{SENTENCE.replace('30', str(n))}</p>" for n in range(30, 38))
    return f"<article><h1>{head}</h1>{told}{inside}</article>"


@pytest.mark.parametrize("count", [*(ALL_PAIRS + n for n in AROUND), 99, 100, 101, 102])
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
