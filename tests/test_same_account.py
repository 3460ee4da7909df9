"""The same pages give the same account: in any order, in any split into runs, and however often they are read."""

import contextlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma import pipeline
from stemma.corpus import Corpus, read
from stemma.engines import open_store
from stemma.errors import NothingRead
from stemma.pipeline import saved_bytes
from stemma.settings import Settings
from stories.loading import load, names

few = settings(max_examples=6, suppress_health_check=list(HealthCheck))


def pages_of(story):
    return sorted(map(str, load(story)["pages"].iterdir()))


def account_of(runs):
    """Return the account of one store after several runs; a run of which no page can be read adds only that."""
    with Corpus(open_store(None)) as corpus:
        for paths in runs:
            try:
                corpus.add(paths)
            except NothingRead:
                assert len(paths) == 1
        return corpus.account().to_dict()


@pytest.fixture(scope="module")
def undisturbed():
    """Return the account of each shipped folder, read in one run."""
    return {name: account_of([pages_of(name)]) for name in names()}


@st.composite
def orders_and_splits(draw):
    """Draw a shipped folder, an order of its pages, and where one run ends and the next begins."""
    story = draw(st.sampled_from(names()))
    pages = draw(st.permutations(pages_of(story)))
    ends = sorted(draw(st.sets(st.integers(1, len(pages) - 1), max_size=3)))
    return story, [pages[a:b] for a, b in zip([0, *ends], [*ends, len(pages)], strict=True)]


@few
@given(orders_and_splits())
def test_any_order_and_any_split_into_runs_give_the_same_account(undisturbed, drawn):
    """Nothing is left out of the comparison: ids, order of rows, probabilities and sentences are all the same."""
    story, runs = drawn
    assert account_of(runs) == undisturbed[story]


@few
@given(orders_and_splits(), st.integers(1, 3), st.integers(1, 5), st.integers(1, 8))
def test_any_number_of_processes_and_any_batches_give_the_same_account(undisturbed, drawn, processes, pages, reports):
    story, runs = drawn
    with pytest.MonkeyPatch.context() as patch, Corpus(open_store(None)) as corpus:
        patch.setattr(pipeline, "PAGES_AT_A_TIME", pages)
        patch.setattr(pipeline, "REPORTS_AT_A_TIME", reports)
        for paths in runs:
            with contextlib.suppress(NothingRead):
                corpus.add(paths, settings=Settings(processes=processes))
        assert corpus.account().to_dict() == undisturbed[story]


def test_a_store_keeps_the_bytes_of_its_pages_unless_it_is_told_not_to():
    pages = pages_of("harbour_fire")
    with read(pages) as kept, read(pages, settings=Settings(keep_bytes=False)) as lean:
        here = kept.store.read("page")
        assert {p.location: saved_bytes(kept.store, p) for p in here} == {p: Path(p).read_bytes() for p in pages}
        assert [saved_bytes(lean.store, p) for p in here] == [None] * len(pages)
        assert kept.account().to_dict() == lean.account().to_dict()


def test_reading_the_same_pages_again_adds_nothing(undisturbed):
    pages = pages_of("mixed_folder")
    with Corpus(open_store(None)) as corpus:
        corpus.add(pages)
        done = corpus.store.read("run")
        corpus.add(pages)
        corpus.add(pages[:1])
        assert corpus.account().to_dict() == undisturbed["mixed_folder"]
        assert corpus.store.read("run") == done, "nothing was worked out again"


def test_a_second_story_leaves_the_first_as_it_was(undisturbed):
    apart = account_of([pages_of("harbour_fire"), pages_of("river_flood")])
    together = account_of([pages_of("river_flood") + pages_of("harbour_fire")])
    assert apart == together
    for name in ("harbour_fire", "river_flood"):
        for story in undisturbed[name]["stories"]:
            assert story in apart["stories"]


def test_a_folder_and_its_pages_one_by_one_are_the_same(undisturbed):
    folder = load("border_talks")["pages"]
    assert read(folder).account().to_dict() == undisturbed["border_talks"]


@pytest.mark.parametrize("folder", ["a-folder", "z-folder"])
def test_two_copies_of_a_page_are_one_whichever_is_read_first(tmp_path, folder):
    """The copy's location comes before the page's in one case and after it in the other."""
    shutil.copytree(load("harbour_fire")["pages"], tmp_path / "pages")
    pages = sorted(str(p) for p in (tmp_path / "pages").iterdir())
    (tmp_path / folder).mkdir()
    copy = tmp_path / folder / "a-copy-of-atlantic-mail.html"
    shutil.copy(next(p for p in pages if p.endswith("atlantic-mail.html")), copy)
    before, after, apart = (account_of(runs) for runs in ([[str(copy), *pages]], [[*pages, str(copy)]], [pages, [str(copy)]]))
    assert len(before["reports"]) == len(pages)
    assert before == after == apart
    assert account_of([[str(copy)], pages]) == before


ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "8", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "8"},
)
"""Two places where a run may be: sets come in another order, it is another day, "I" is no capital of "i"."""


def test_hash_seeds_time_zones_locales_threads_and_a_store_change_nothing(stemma, tmp_path):
    """Both runs read all the stories, in another order; one keeps them in a file."""
    pages = [load(name)["pages"] for name in names()]
    here, there = ELSEWHERE
    memory = stemma("analyse", *pages, "--json", "-", **here).stdout
    stored = stemma("analyse", *reversed(pages), "--json", "-", "--db", tmp_path / "a.duckdb", **there).stdout
    assert memory == stored


@pytest.mark.parametrize(
    "room", [["reports"], ["annotate"], ["group"], ["compare"], ["wire", "--jsonl"]], ids=lambda room: room[0]
)
def test_each_room_alone_prints_the_same_lines_wherever_it_is(stemma, room):
    pages = load("harbour_fire")["pages"]
    here, there = (stemma(*room, pages, **place).stdout for place in ELSEWHERE)
    assert here == there != ""


def test_a_thread_beside_others_makes_the_same_account(undisturbed):
    """In a server no run is the main thread's, and its processes are begun in another way."""
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda name: account_of([pages_of(name)]), ["harbour_fire", "border_talks"]))
    assert found == [undisturbed["harbour_fire"], undisturbed["border_talks"]]
