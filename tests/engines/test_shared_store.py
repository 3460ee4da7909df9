from stemma.engines.shared_store import SharedStore
from stemma.tables import Story


def read_stories(store):
    return [row.story for row in store.read("story")]


def add(shared, name):
    with shared.writing() as store:
        store.write({"story": [Story(name, f"report of {name}")]})


def test_what_is_remembered_is_made_anew_when_the_store_changed(tmp_path):
    shared = SharedStore(tmp_path / "news.duckdb")
    add(shared, "fire")
    assert shared.remember("stories", read_stories) == ["fire"]
    add(shared, "flood")
    assert shared.remember("stories", read_stories) == ["fire", "flood"]


def test_what_another_process_wrote_counts_as_a_change(tmp_path):
    shared, other = SharedStore(tmp_path / "news.duckdb"), SharedStore(tmp_path / "news.duckdb")
    add(shared, "fire")
    assert shared.remember("stories", read_stories) == ["fire"]
    add(other, "flood")
    assert shared.remember("stories", read_stories) == ["fire", "flood"]


def test_what_is_made_of_less_than_the_store_is_kept_until_that_is_another(tmp_path):
    shared = SharedStore(tmp_path / "news.duckdb")
    add(shared, "fire")
    assert shared.remember("stories", read_stories, of="run 1") == ["fire"]
    add(shared, "flood")
    assert shared.remember("stories", read_stories, of="run 1") == ["fire"]
    assert shared.remember("stories", read_stories, of="run 2") == ["fire", "flood"]
