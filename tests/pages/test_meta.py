import json

import pytest

from stemma.errors import UsageError
from stemma.pages import PageMeta, read_meta
from stemma.pages.meta import meta_of


def test_csv_and_json_lines_say_the_same(tmp_path):
    (tmp_path / "m.csv").write_text('file,url,outlet,published\na.html,https://example.org/a,"Post, The",2031-05-02\n')
    row = {"file": "a.html", "url": "https://example.org/a", "outlet": "Post, The", "published": "2031-05-02"}
    (tmp_path / "m.jsonl").write_text("\n" + json.dumps(row) + "\n")
    expected = {"a.html": PageMeta("https://example.org/a", "Post, The", "2031-05-02", None)}
    assert read_meta(tmp_path / "m.csv") == read_meta(tmp_path / "m.jsonl") == expected


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.csv", "url,outlet\nx,y\n", "line 1: the first line must name the columns"),
        ("m.csv", "file,colour\na.html,red\n", "line 2: unknown column 'colour'"),
        ("m.csv", "file,outlet\n,Post\n", "line 2: the column 'file' is empty"),
        ("m.csv", "file,outlet\na.html,Post,The\n", "line 2: more values than columns"),
        ("m.csv", "file,outlet\na.html,Post\na.html,Times\n", "line 3: a second row for 'a.html'"),
        ("m.jsonl", '{"file": "a.html"}\n{"file": \n', "line 2: not readable as JSON"),
        ("m.jsonl", '["a.html"]\n', "line 1: each line must be an object"),
        ("m.jsonl", '{"file": "a.html", "outlet": 3}\n', "line 1: outlet must be text"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=said):
        read_meta(tmp_path / name)


def test_a_missing_meta_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_meta(tmp_path / "none.csv")


def test_a_file_is_found_by_its_name_or_by_any_ending_of_its_path():
    meta = {"a.html": PageMeta(outlet="name"), "in/b.html": PageMeta(outlet="path")}
    assert meta_of("/saved/a.html.gz", meta).outlet == "name"
    assert meta_of("/saved/pages.zip!/in/b.html", meta).outlet == "path"
    assert meta_of("/saved/b.html", meta) == PageMeta()


def test_a_date_that_is_none_is_refused_with_its_line(tmp_path):
    (tmp_path / "meta.csv").write_text("file,published\na.html,2024-04-03T10:00+02:00\nb.html,last Tuesday\n")
    with pytest.raises(UsageError, match="line 3: published must be a date"):
        read_meta(tmp_path / "meta.csv")
