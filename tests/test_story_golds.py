import os
import zipfile
from pathlib import Path

import pytest

from stories.check_gold import borrowed, check, lines_of, runs
from stories.loading import load, names, pack

STORY = Path(__file__).parents[2] / "shared" / "story" / "pages"


@pytest.mark.parametrize("name", names())
def test_the_gold_of_a_shipped_story_stands_word_for_word_in_its_pages(name):
    assert check(name) == []


def test_a_gold_that_does_not_fit_its_page_is_found_out(monkeypatch):
    gold = load("harbour_fire")
    courier = gold["reports"]["courier"]
    courier["body"] = courier["body"].replace("at least 40", "at least 41")
    monkeypatch.setattr("stories.check_gold.load", lambda _: gold)
    assert any("no line of the page" in problem for problem in check("harbour_fire"))


@pytest.mark.skipif(not STORY.is_dir() and "CI" not in os.environ, reason="the texts by others are not here")
def test_no_words_of_others_stand_in_a_shipped_story():
    assert borrowed(STORY) == []


def test_words_of_others_would_be_found(tmp_path):
    line = lines_of(load("harbour_fire")["pages"] / "coastwatch24.txt")[9]
    (tmp_path / "other.txt").write_text(f"Somebody wrote: {line}", encoding="utf-8")
    assert len(borrowed(tmp_path)) == len(runs(line))


def test_a_packed_story_holds_the_same_pages(tmp_path):
    plain, squeezed, archive = pack("mixed_folder", tmp_path)
    assert plain.suffix == ".html"
    assert squeezed.name.endswith(".gz")
    with zipfile.ZipFile(archive) as pages:
        assert len(pages.namelist()) == len(load("mixed_folder")["reports"]) - 2
