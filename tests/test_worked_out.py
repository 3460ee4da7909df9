"""A story is worked out for whoever asks, beside a writer too; old stories go with their pages, and others stay as they are."""

from contextlib import closing
from datetime import date

import pytest

from stemma.corpus import Corpus, read
from stemma.engines import open_store
from stemma.engines.upkeep import prune
from stemma.pipeline import account_of
from stemma.settings import Settings
from stories.loading import load

ALONE = Settings(processes=1)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Return a store of two stories that were read and not worked out."""
    path = tmp_path_factory.mktemp("read") / "news.duckdb"
    read([load(name)["pages"] for name in ("border_talks", "harbour_fire")], db=path, settings=ALONE, deep=False).close()
    return path


def test_beside_a_writer_a_story_is_worked_out_and_kept_nowhere_and_else_it_is_kept(db):
    with closing(open_store(db)) as writer, closing(open_store(db)) as store:
        (first, *_) = Corpus(store).stories
        with writer.run():
            Corpus(store).account([first.id])
            assert store.read("run") == []
        Corpus(store).account([first.id])
        assert [run.story for run in store.read("run")] == [first.id]


def test_stories_that_are_wholly_older_than_a_day_go_with_their_pages(db):
    with closing(open_store(db)) as store:
        dates = {s.story: [] for s in store.read("story")}
        for row in store.read("story"):
            dates[row.story].append((store.read("report", {"id": row.report})[0].published or "")[:10])
        old, young = sorted(dates, key=lambda s: max(dates[s]))
        kept = account_of(store, [young])
        pages = len(store.read("page"))
        before = date.fromisoformat(max(dates[old]))
        assert prune(store, before).stories == 0, "its last report is of that day"
        pruned = prune(store, date.fromordinal(before.toordinal() + 1))
        assert (pruned.stories, pruned.reports) == (1, len(dates[old]))
        assert len(store.read("page")) == pages - pruned.pages
        assert {b.report for b in store.read("block")} == {r.id for r in store.read("report")}
        assert account_of(store, [young])["stories"] == kept["stories"]
        assert old not in {row.story for row in store.read("story")}
