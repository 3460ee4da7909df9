"""The Python API: read pages or open a store, ask for stories and their accounts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from stemma import syndication
from stemma.arguments import (
    given_feeds,
    given_pages,
    must_be_called,
    must_be_columns,
    must_be_path,
    must_be_settings,
    must_be_text,
    must_be_texts_or_none,
)
from stemma.engines import Store, open_store
from stemma.errors import NothingRead, UsageError
from stemma.follow import Followed, follow
from stemma.grouped import group_new, group_stories, keep_together, stories_in
from stemma.pages import PageOptions, count_pages, read_meta, read_pages, skipped_of
from stemma.pages.files import NO_SUCH_PAGE
from stemma.pages.meta import NO_COLUMNS
from stemma.pipeline import (
    Progress,
    deepen,
    find_story,
    nothing_to_show,
    read_into,
    tables_of,
)
from stemma.rows import Rows, rows_from
from stemma.settings import DEFAULT, Settings
from stemma.story import Account, Story, story_table
from stemma.tables import Skipped
from stemma.worked_out import stories_of, worked_out


class Corpus:
    """Pages that were read into one store, in memory or in a file; a context manager that closes the store.

    `len` and iteration are of its stories, the largest first.

    Each call that reads or works out is one run: others see all of it or nothing, and StoreInUse says who writes meanwhile.
    """

    def __init__(self, store: Store) -> None:
        if not hasattr(store, "transaction"):
            raise UsageError("A Corpus is what stemma.read(PAGES) and stemma.open(FILE) return.")
        self.store = store
        self._closed = False

    def add(
        self,
        pages: Any,  # noqa: ANN401 - a path or a table, or several
        meta: str | Path | None = None,
        progress: Progress = nothing_to_show,
        settings: Settings = DEFAULT,
        one_story: bool = False,
        deep: bool = True,
        columns: Mapping[str, str] = NO_COLUMNS,
        articles: bool | None = None,
    ) -> "Corpus":
        """Read more pages and bring the stories that they change up to date; a page that is there adds nothing.

        All else as of `read`. Raises NothingRead when not one page could be read, UsageError for a name that is empty.

        >>> len(corpus.add([{"text": "A ferry was stopped. " * 20, "title": "Ferry stopped"}]).stories)
        2
        """
        chosen = given_pages(pages)
        if meta is not None:
            must_be_path(meta=meta)
        must_be_columns(columns)
        must_be_settings(settings)
        must_be_called(progress=progress)
        told = PageOptions(read_meta(meta) if meta else {}, columns, articles, Path(meta) if meta else None)
        with self.store.run():
            self.store.remove("skipped", {"reason": NO_SUCH_PAGE})
            found = read_pages(chosen, told, settings.manners)
            reports = read_into(self.store, found, count_pages(chosen), settings, progress)
            if one_story and reports:
                keep_together(self.store, reports)
            if reports:
                group_new(self.store)
            if deep and reports:
                deepen(self.store, stories_in(self.store), settings, progress)
        if not reports:
            raise NothingRead.of(skipped_of(chosen, self.skipped))
        return self

    def follow(self, feeds: Sequence[str], settings: Settings = DEFAULT, progress: Progress = nothing_to_show) -> Followed:
        """Read the pages that feeds and sitemaps name and the store lacks, and group them into stories.

        `feeds` are addresses or files: RSS, Atom, JSON Feed, OPML, sitemaps. Call it again to go on; `stemma watch` does.

        >>> len(corpus.follow(["sitemap.xml"]).reports)
        0
        """
        chosen = given_feeds(feeds)
        must_be_settings(settings)
        must_be_called(progress=progress)
        return follow(self.store, chosen, settings, progress=progress)

    def work_out(self, progress: Progress = nothing_to_show, settings: Settings = DEFAULT) -> "Corpus":
        """Go on where `read` left off, or a run was stopped: group the reports, and work out every story that changed.

        >>> [s.best for s in stemma.read("pages/", deep=False).work_out().stories]
        [3]
        """
        must_be_settings(settings)
        must_be_called(progress=progress)
        with self.store.run():
            deepen(self.store, group_stories(self.store), settings, progress)
        return self

    @property
    def stories(self) -> Rows[Story]:
        """The stories, the largest first.

        >>> corpus.stories
        1 story
          abf12870 Two dead as fire guts fish plant on Killybegs harbour (6 reports, 3 independent origins)
        """
        return Rows(map(self._story, stories_of(self.store)), "stories", story_table)

    def story(self, wanted: str) -> Story:
        """Return the story with this id, the beginning of it, or an id that it once had; raises UsageError.

        >>> corpus.story("abf1").size
        6
        """
        must_be_text(wanted=wanted)
        found = find_story(self.store, wanted, "`corpus.stories`")
        return next(s for s in self.stories if s.id == found)

    def account(self, stories: Sequence[str] | None = None) -> Account:
        """Return the account of some stories, or of all; what was read and not yet worked out is worked out now.

        While another process writes to the store, that is kept nowhere.

        >>> print(corpus.account().findings[0].evidence[0])
        The fire alarm in the cold store had been turned off ...
        """
        must_be_texts_or_none(stories=stories)
        store = worked_out(self.store, stories)
        chosen = tuple(self._story(s) for s in stories_of(store) if stories is None or s["id"] in stories)
        return Account(chosen, tables_of(store, stories))

    def sql(self, query: str) -> Rows[dict[str, Any]]:
        """Return what a SELECT over the store's tables gives; raises UsageError for any other query.

        >>> corpus.sql("select kind, count(*) as number from derivation group by kind order by kind")[0]
        {'kind': 'rewrite', 'number': 1}
        """
        must_be_text(query=query)
        return rows_from(self.store.sql(query))

    def families(self, by_month: bool = False) -> Rows[dict[str, Any]]:
        """Return who printed whose words over all stories that were worked out, as `stemma families`.

        >>> [(row["outlet"], row["credited"]) for row in corpus.families() if row["source"] == "Tidewire"]
        [('Bluestack Courier', 1), ('Coastwatch 24', 0), ('Evening Halyard', 1)]
        """
        return rows_from(syndication.families(self.store, by_month), "families", self._left_out())

    def outlets(self) -> Rows[dict[str, Any]]:
        """Return how much of what each outlet printed is its own, as `stemma outlets`.

        >>> {row["outlet"]: row["own"] for row in corpus.outlets()}["Radio Kittiwake"]
        1.0
        """
        return rows_from(syndication.outlets(self.store), "outlets", self._left_out())

    @property
    def skipped(self) -> Rows[Skipped]:
        """The pages that could not be read, and why.

        >>> len(corpus.skipped)
        0
        """
        return Rows(self.store.read("skipped"), "skipped pages", Skipped)

    def close(self) -> None:
        """Close the store; every later call raises StoreError.

        >>> stemma.read("pages/", deep=False).close()
        """
        self.store.close()
        self._closed = True

    def _left_out(self) -> str:
        left, unknown = syndication.left_out(self.store), syndication.nameless(self.store)
        return "; ".join(filter(None, [left and f"{left}: corpus.work_out() does that", unknown]))

    def _story(self, row: Mapping[str, Any]) -> Story:
        origins = row["origins"] or dict.fromkeys(("low", "best", "high"))
        return Story(
            row["id"], row["title"], row["reports"], **origins, first=row["first"], last=row["last"],
            load=lambda wanted: self.account([find_story(self.store, wanted)]),
        )  # fmt: skip

    def __len__(self) -> int:
        return int(self.sql("select count(distinct story) as stories from story")[0]["stories"])

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    def __bool__(self) -> bool:
        # One without a story is a corpus all the same.
        return True

    def __repr__(self) -> str:
        if self._closed:
            return "<Corpus: closed>"
        held = self.sql("select count(report) as reports, count(distinct story) as stories from story")[0]
        return f"<Corpus: {held['reports']:,} reports, {held['stories']:,} {'story' if held['stories'] == 1 else 'stories'}>"

    def __enter__(self) -> "Corpus":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def read(
    pages: Any,  # noqa: ANN401 - a path or a table, or several
    *,
    meta: str | Path | None = None,
    db: str | Path | None = None,
    progress: Progress = nothing_to_show,
    settings: Settings = DEFAULT,
    one_story: bool = False,
    deep: bool = True,
    columns: Mapping[str, str] = NO_COLUMNS,
    articles: bool | None = None,
) -> Corpus:
    """Read pages and return the corpus with its stories worked out.

    `pages` are paths (files, folders, archives, tables of articles), addresses, or tables in memory (a list of mappings, or what
    pandas, polars, pyarrow or DuckDB have), one or a list of them. `columns` says which column of a table holds a field whose
    name is not recognised; `articles`, whether the texts in tables are articles, of which every paragraph is kept, or scrapes of
    whole pages (None: articles where the row has a title).

    `meta` is a .csv or .jsonl file with what saved pages do not carry, `db` the store's file, in memory when None. With
    `one_story` all the pages tell one story, now and in every later run, as of an affair over weeks; without `deep` a story is
    worked out when its account is asked for. Raises NothingRead, UsageError (a bad meta file) or StoreError.

    >>> stemma.read("pages/")
    <Corpus: 6 reports, 1 story>
    """
    pages = given_pages(pages)
    if db is not None:
        must_be_path(db=db)
    corpus = Corpus(open_store(db))
    try:
        return corpus.add(pages, meta, progress, settings, one_story, deep, columns, articles)
    except NothingRead:
        corpus.close()
        raise


def open(db: str | Path) -> Corpus:
    """Open the store in a file that `read` or the command line wrote; raises StoreError, UsageError where there is none.

    >>> stemma.read("pages/", db="news.duckdb").close()
    >>> with stemma.open("news.duckdb") as kept:
    ...     len(kept.stories)
    1
    """
    must_be_path(db=db)
    if not Path(db).exists():
        raise UsageError(f"There is no store at {db}. `stemma analyse PAGES --db {db}` makes one.")
    return Corpus(open_store(db))
