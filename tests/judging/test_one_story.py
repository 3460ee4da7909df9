"""Pages that a user says belong together are one story, in this run and in every later one."""

import pytest

from stemma.corpus import Corpus, read
from stemma.engines import open_store
from stemma.judged import judgement_id
from stemma.judging import judgements, undo

PAGES = {
    "leak.txt": """Norrline lost the records of its passengers

Day Courier
3 May 2031

The ferry company Norrline said on Saturday that thieves had copied the names and cards of 40,000 passengers. Its head of
security, Lena Ostry, said that a door in an old program had stood open since March.

Norrline has written to everybody concerned and asks them to change their passwords. Nobody has been arrested so far.
""",
    "hearing.txt": """Deputies question harbour minister

Tosk Gazette
19 June 2031

Harbour minister Per Holm told deputies on Thursday that his office had been warned twice and had answered neither letter. The
committee wants to see both.

An inspector is to report before the summer recess, and the opposition asks for a law on who must be told, and when.
""",
    "comet.txt": """A comet for March

Pellworth Post
5 May 2031

Astronomers at the Pellworth observatory have found a comet that will be seen with the naked eye in March, if the sky is clear. It
comes back every 480 years, said Hanna Rix, who first saw it on a photograph.

The comet was last seen when the harbour of Pellworth froze over. A telescope of ten centimetres shows its tail already, and a map
of where to look hangs at the door of the observatory.
""",
}


@pytest.fixture
def saved(tmp_path):
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def together(corpus):
    names = {r["id"]: r["location"].rsplit("/", 1)[-1] for r in corpus.account().to_dict()["reports"]}
    return sorted(sorted(names[r] for r in s["reports"]) for s in corpus.account().to_dict()["stories"])


def affair(saved):
    return [saved / "leak.txt", saved / "hearing.txt"]


def test_pages_that_share_hardly_a_word_are_one_story_only_when_the_user_says_so(saved):
    assert together(read(affair(saved))) == [["hearing.txt"], ["leak.txt"]]
    assert together(read(affair(saved), one_story=True)) == [["hearing.txt", "leak.txt"]]


def test_a_later_run_keeps_them_together_and_adds_no_other_page_to_them(saved):
    db = saved / "news.duckdb"
    read(affair(saved), db=db, one_story=True).close()
    with read(saved / "comet.txt", db=db) as corpus:
        assert together(corpus) == [["comet.txt"], ["hearing.txt", "leak.txt"]]


def test_pages_that_the_store_had_apart_come_together(saved):
    db = saved / "news.duckdb"
    read(saved, db=db).close()
    with read(affair(saved), db=db, one_story=True) as corpus:
        assert together(corpus) == [["comet.txt"], ["hearing.txt", "leak.txt"]]


def test_it_can_be_taken_back(saved):
    with Corpus(open_store(None)) as corpus:
        corpus.add(affair(saved), one_story=True)
        (kept,) = judgements(corpus.store)
        undo(corpus.store, judgement_id(kept.this, kept.that))
        assert together(corpus) == [["hearing.txt"], ["leak.txt"]]


def test_the_account_does_not_hang_on_when_it_was_said(saved):
    corpus = read(affair(saved), one_story=True)
    assert judgements(corpus.store)
    assert corpus.account().to_dict()["stories"][0]["judgements"] == []
