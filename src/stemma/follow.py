"""Feeds and sitemaps followed into a store: what they name and the store lacks is read, and nothing is asked for twice.

All that is known of a feed and of what it named stands in the store, and each step is one transaction: a run that is killed at
any point goes on where it was.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from stemma.engines import Store, open_store
from stemma.errors import PageError, StoreInUse
from stemma.grouped import group_new
from stemma.pages import Saved, is_address
from stemma.pipeline import Progress, nothing_to_show, read_into
from stemma.settings import DEFAULT, Settings
from stemma.tables import Entry, Feed, Skipped

if TYPE_CHECKING:
    from stemma.pages.connections import Hosts
    from stemma.pages.feeds import Listing
    from stemma.pages.web import Answer, Later

TRIES = 5
"""Times that a page is asked for whose server does not answer: again after a minute, then each time after four times as long."""
PAGES_AT_A_TIME = 4
"""Pages that are kept together: servers are slower than reading is, and a killed run asks them again for what was not kept."""
DEPTH = 3
"""Lists that name lists: an OPML file names feeds, an index names sitemaps."""
LONGEST_WAIT = timedelta(days=1)
"""A feed that cannot be read is asked for half as often each time, and at least so often."""
_BUSY_STORE = 5.0
"""Seconds before a store is tried again that another process writes to."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What one round brought: the ids of the new reports, pages and feeds skipped, and when there is something to do again."""

    reports: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    feeds: tuple[str, ...]
    due: str | None


def follow(
    store: Store,
    lists: Sequence[str],
    settings: Settings = DEFAULT,
    every: timedelta = timedelta(0),
    progress: Progress = nothing_to_show,
) -> Followed:
    """Ask the feeds that are due (each again after `every`) for what is new, and read it and what earlier runs left waiting.

    `lists` are addresses or files of feeds, OPML or sitemaps; what these name is followed too. Pages are read as far as the
    robots.txt of their sites allows. Those whose server does not answer are asked for again in a later round.
    """
    from stemma.pages.connections import Hosts

    with store.run():
        return _follow(store, lists, Hosts(settings.manners), settings, every, progress)


def watch(db: Path, lists: Sequence[str], every: timedelta, settings: Settings = DEFAULT) -> Iterator[Followed]:
    """Follow feeds without end, and yield what each round brought; between two rounds others may write to the store."""
    while True:
        try:
            with closing(open_store(db)) as store:
                followed = follow(store, lists, settings, every)
        except StoreInUse:
            time.sleep(_BUSY_STORE)
            continue
        yield followed
        due = datetime.fromisoformat(followed.due) if followed.due else datetime.max.replace(tzinfo=UTC)
        time.sleep(min(every, max(due - datetime.now(UTC), timedelta(seconds=1))).total_seconds())


def _follow(
    store: Store, lists: Sequence[str], hosts: "Hosts", settings: Settings, every: timedelta, progress: Progress
) -> Followed:
    from stemma.pages.web import Robots, fetch_pages

    feeds, skipped = _ask_feeds(store, lists, hosts, every)
    now = _iso()
    waiting = [e.url for e in store.read("entry", {"done": False}) if e.due <= now]
    found = _put_off(store, fetch_pages(waiting, {}, hosts, Robots(hosts)))
    reports, done = [], 0
    progress("pages", 0, len(waiting))
    while pages := list(islice(found, PAGES_AT_A_TIME)):
        reports += read_into(store, pages, settings=settings)
        done += len(pages)
        progress("pages", done, len(waiting))
    group_new(store)
    skipped += store.read("skipped", {"location": waiting})
    return Followed(tuple(reports), tuple(skipped), tuple(feeds), _next(store, feeds))


def _ask_feeds(store: Store, lists: Sequence[str], hosts: "Hosts", every: timedelta) -> tuple[list[str], list[Skipped]]:
    """Ask the lists, and those that they name, that are due; return the addresses of all and what could not be read."""
    from stemma.pages.connections import each_host

    followed: dict[str, None] = {}
    skipped: list[Skipped] = []
    asking = list(dict.fromkeys(lists))
    for _ in range(DEPTH):
        named: list[str] = []
        known = {f.url: f for f in store.read("feed", {"url": asking})}
        due = [url for url in asking if url not in known or known[url].due <= _iso()]
        for url in (u for u in due if not is_address(u)):
            named += _keep_file(store, url, skipped)
        for url, answer in each_host([u for u in due if is_address(u)], partial(_asked, known, hosts)):
            named += _keep_feed(store, url, known.get(url), answer, every, skipped)
        followed |= dict.fromkeys(url for url in asking if is_address(url))
        asking = [url for url in dict.fromkeys(named) if url not in followed]
    skipped += [Skipped(url, f"it is named by lists that are named by lists; {DEPTH} deep they are followed.") for url in asking]
    return list(followed), skipped


def _asked(feeds: Mapping[str, Feed], hosts: "Hosts", url: str) -> "Answer | PageError":
    """What the server of a feed answers; it need not send what it sent the last time."""
    from stemma.pages.web import fetch

    known = feeds.get(url)
    said = {"If-None-Match": known and known.etag, "If-Modified-Since": known and known.modified}
    try:
        return fetch(url, hosts, {name: value for name, value in said.items() if value})
    except PageError as error:
        return error


def _keep_file(store: Store, path: str, skipped: list[Skipped]) -> Sequence[str]:
    """Keep what a feed in a file names; return the lists among it."""
    from stemma.pages.archives import read_bounded
    from stemma.pages.feeds import read_listing

    try:
        with Path(path).open("rb") as stream:
            listing = read_listing(read_bounded(stream), path)
    except (PageError, OSError) as error:
        skipped.append(Skipped(path, str(error) if isinstance(error, PageError) else f"cannot be read ({error.strerror})."))
        return ()
    skipped += _left(path, listing)
    with store.transaction():
        _keep_entries(store, path, listing)
    return listing.lists


def _left(where: str, listing: "Listing") -> list[Skipped]:
    """What is said of a list that names more than is asked for."""
    from stemma.reports import rest_of

    return [Skipped(rest_of(where), f"it names {listing.left:,} addresses more than are followed.")] if listing.left else []


def _keep_feed(
    store: Store, url: str, known: Feed | None, answer: "Answer | PageError", every: timedelta, skipped: list[Skipped]
) -> Sequence[str]:
    """Keep in one transaction what a feed names and what its server said; return the lists among what it names."""
    from stemma.pages.feeds import Listing, read_listing
    from stemma.reports import rest_of

    before = known or Feed(url, None, None, "", 0)
    try:
        if isinstance(answer, PageError):
            raise answer
        listing = Listing() if answer.status == 304 else read_listing(answer.content, answer.url)
    except PageError as error:
        skipped.append(Skipped(url, str(error)))
        with store.transaction():
            _put(store, "feed", replace(before, failures=before.failures + 1, due=_iso(_wait(before, error, every))))
            _put(store, "skipped", skipped[-1])
        return ()
    # A list of lists is sent whole each time: what it named is known from nowhere else.
    said = (None, None) if listing.lists else (answer.header("etag"), answer.header("last-modified"))
    left = _left(url, listing)
    skipped += left
    etag, modified = said if answer.status != 304 else (before.etag, before.modified)
    with store.transaction():
        _put(store, "feed", Feed(url, etag, modified, _iso(every), 0))
        store.remove("skipped", {"location": [url] if answer.status == 304 else [url, rest_of(url)]})
        for row in left:
            _put(store, "skipped", row)
        _keep_entries(store, url, listing)
    return listing.lists


def _keep_entries(store: Store, feed: str, listing: "Listing") -> None:
    """Keep what a feed names, waiting to be read: what the store lacks, and what was changed since it was asked for."""
    from stemma.pages.saved import plain_address

    addresses = list(dict.fromkeys(map(plain_address, listing.pages)))
    changed = {plain_address(url): when for url, when in listing.changed.items()}
    done = {e.url: e for e in store.read("entry", {"url": addresses, "done": True})}
    asked: dict[str, list[str | None]] = defaultdict(list)
    for page in store.read("page", {"location": addresses}):
        found = done.get(page.location)
        asked[page.location] += [page.retrieved, found.found if found else None]
    now = _iso()
    again = {url for url in changed.keys() & asked.keys() if _is_news(changed[url], asked[url], now)}
    store.remove("entry", {"url": sorted(again & done.keys())})
    store.write({"entry": [Entry(url, feed, now, now, 0, url in asked and url not in again) for url in addresses]})


def _is_news(changed: str, asked: Sequence[str | None], now: str) -> bool:
    """Whether a page was changed after it was last asked for; what is to come is not believed."""
    said, present = _instant(changed), _instant(now)
    before = [moment for when in asked if (moment := _instant(when or ""))]
    return bool(said and present and before and max(before) < said <= present)


def _instant(when: str) -> datetime | None:
    """A time to the second, which a page may be changed within; in UTC where no zone is told."""
    try:
        told = datetime.fromisoformat(when)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _put_off(store: Store, found: "Iterable[Saved | Skipped | Later]") -> Iterator[Saved | Skipped]:
    """Yield what was read or is to be skipped; what may answer later waits in the store."""
    for one in found:
        if isinstance(one, Saved | Skipped):
            yield one
            continue
        (entry,) = store.read("entry", {"url": one.location})
        if entry.tries + 1 >= TRIES:
            yield Skipped(one.location, one.reason)
            continue
        pause = timedelta(seconds=max(one.seconds, 60 * 4**entry.tries))
        with store.transaction():
            _put(store, "entry", replace(entry, tries=entry.tries + 1, due=_iso(pause)))


def _wait(before: Feed, error: PageError, every: timedelta) -> timedelta:
    """How long a feed that could not be read is left alone: as its server says, else twice as long each time."""
    from stemma.pages.web import asks_again

    said = timedelta(seconds=min(asks_again(error) or 0.0, LONGEST_WAIT.total_seconds()))
    doubled: timedelta = every * 2 ** min(before.failures + 1, 20)
    return max(said, min(doubled, LONGEST_WAIT))


def _next(store: Store, feeds: Sequence[str]) -> str | None:
    """When the next feed or page is due."""
    due = [f.due for f in store.read("feed", {"url": list(feeds)})] + [e.due for e in store.read("entry", {"done": False})]
    return min(due, default=None)


def _put(store: Store, table: str, row: Feed | Entry | Skipped) -> None:
    """Write a row in the place of the one with its key."""
    key = "location" if isinstance(row, Skipped) else "url"
    store.remove(table, {key: getattr(row, key)})
    store.write({table: [row]})


def _iso(later: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) + later).isoformat(timespec="milliseconds")
