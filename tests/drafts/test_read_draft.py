from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.drafts.beside import Checked, Remark
from stemma.drafts.formats import as_github
from stemma.drafts.read_draft import TOP, Places, read_draft
from stemma.errors import NothingRead

TALE = (
    "Ferry stopped at Ostrel\n\nThe ferry to Ostrel was stopped on Monday after water came in at the bow, the port said.\n\n"
    "“We turned round at once,” said captain Brida Holm. At least 30 passengers were taken off in boats.\n"
)


def draft(folder: Path, name: str, text: str):
    path = folder / name
    path.write_bytes(text.encode())
    return read_draft(path)


def found(read, words):
    """Return the words of the file at the place of words of the report."""
    start = read.report.text.index(words)
    place = Places(read).of(start, start + len(words))
    lines = read.source.split("\n")
    assert place.line == place.end_line
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize("words", ["Ferry stopped", "water came in at the bow", "“We turned round at once,”", "boats."])
def test_the_place_of_words_in_a_text_is_exact(tmp_path, words):
    assert found(draft(tmp_path, "a.txt", TALE), words) == words


def test_a_text_broken_into_short_lines_is_read_as_paragraphs_and_its_lines_are_those_of_the_file(tmp_path):
    read = draft(tmp_path, "a.txt", TALE.replace("on Monday after", "on Monday\nafter"))
    assert "stopped on Monday after water" in read.report.text
    start = read.report.text.index("on Monday after")
    place = Places(read).of(start, start + len("on Monday after"))
    assert (place.line, place.end_line) == (3, 4)
    assert place.end_column == len("after") + 1


def test_lines_end_as_on_any_system(tmp_path):
    read = draft(tmp_path, "a.txt", TALE.replace("\n", "\r\n"))
    start = read.report.text.index("At least 30")
    assert Places(read).of(start, start + 5).line == 5


def test_marks_of_markdown_are_passed_over(tmp_path):
    text = (
        "---\ntags: x\n---\n# Ferry *stopped*\n\n"
        "The **ferry to** [Ostrel](https://o.example) was `stopped` on Monday, the port said.\n"
    )
    read = draft(tmp_path, "a.md", text)
    assert read.report.title == "Ferry stopped"
    assert "The ferry to Ostrel was stopped on Monday" in read.report.text
    assert found(read, "was stopped on Monday") == "was `stopped` on Monday"
    assert found(read, "Monday, the port said.") == "Monday, the port said."


def test_a_draft_that_ends_in_markdown_is_markdown(tmp_path):
    one, other = (draft(tmp_path, name, f"# Ferry\n\n{TALE}").report.text for name in ("tale.markdown", "tale.md"))
    assert one == other


def test_blocks_of_markdown_keep_their_roles(tmp_path):
    read = draft(tmp_path, "a.md", "# Title\n\n## Below\n\nThe port said so on Monday.\n\n> Nobody said that.\n\n- one item\n")
    roles = [(read.report.text[b.start : b.end], b.role) for b in read.blocks]
    assert roles == [
        ("Title", "title"), ("Below", "heading"), ("The port said so on Monday.", "paragraph"),
        ("Nobody said that.", "quote"), ("one item", "list"),
    ]  # fmt: skip


@pytest.mark.parametrize("indent", ["    ", "\t", "        "])
def test_indented_paragraphs_and_html_in_markdown_are_read_where_they_stand(tmp_path, indent):
    told = "The ferry to Ostrel was stopped on Monday, the port said."
    read = draft(
        tmp_path,
        "a.md",
        f"{indent}{told}\n\n{indent}At least 30 left.\n\n<div>\nIts <b>captain</b> &amp; two men stayed.\n</div>\n",
    )
    assert [read.report.text[b.start : b.end] for b in read.blocks] == [
        told,
        "At least 30 left.",
        "Its captain & two men stayed.",
    ]
    assert found(read, told) == told
    assert found(read, "captain") == "captain"


def test_a_draft_between_fences_is_told_why_nothing_of_it_is_read(tmp_path):
    for fence in ("```", "~~~"):
        with pytest.raises(NothingRead, match="stands between fences"):
            draft(tmp_path, "a.md", f"{fence}\nThe ferry was stopped.\n{fence}\n")


def test_words_that_are_not_in_the_file_are_at_its_top(tmp_path):
    read = draft(tmp_path, "a.txt", TALE)
    assert Places(read).of(10_000, 10_010) == TOP


def test_a_file_without_a_word_is_no_draft(tmp_path):
    with pytest.raises(NothingRead, match="could not be read"):
        draft(tmp_path, "a.md", "\n\n***\n")


WORD = st.text(st.characters(whitelist_categories=("Ll", "Lu", "Nd", "Po"), max_codepoint=0x2FFF), min_size=1, max_size=8)


@settings(max_examples=60)
@given(st.lists(st.lists(WORD, min_size=3, max_size=12), min_size=1, max_size=6))
def test_every_word_of_a_text_is_found_where_it_stands(tmp_path_factory, paragraphs):
    text = "\n\n".join(" ".join(p) for p in paragraphs)
    read = draft(tmp_path_factory.mktemp("d"), "a.txt", text)
    places = Places(read)
    lines = read.source.split("\n")
    for block in read.blocks:
        place = places.of(block.start, block.end)
        assert (
            lines[place.line - 1][place.column - 1 : place.end_column - 1].split()
            == read.report.text[block.start : block.end].split()
        )


def test_what_github_reads_as_the_end_of_a_command_is_escaped():
    remark = Remark("i", "figure conflict", "high", "40 % against\n30 %", TOP, ())
    (line,) = as_github([Checked("a:b,c.md", 2, None, (remark,))]).splitlines()
    assert line == "::error file=a%3Ab%2Cc.md,line=1,endLine=1,col=1,endColumn=1,title=figure-conflict::40 %25 against 30 %25"
