"""The parses of a store's reports in a file beside it: a story that is worked on again is not parsed again.

    news.duckdb.parses    may be taken away at any time: what it lacks is parsed anew, and kept

It is no part of the store, which stays as it is when a draft is checked, and whoever cannot write it goes without.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from stemma import __version__, ids
from stemma.tables import BODY, Block, Report

MOST = 100_000_000
"""Bytes of all parses; the oldest go. Those of a newspaper's report take 8,500, so that some 12,000 reports find room."""
_PATIENCE = 1.0
"""Seconds that another process is waited for."""
_TABLE = "CREATE TABLE IF NOT EXISTS parse (id TEXT PRIMARY KEY, written BLOB NOT NULL, sha256 TEXT NOT NULL)"
_TOO_MANY = """
DELETE FROM parse WHERE rowid IN (
  SELECT rowid FROM (SELECT rowid, sum(length(written)) OVER (ORDER BY rowid DESC) AS held FROM parse) WHERE held > ?
)
"""


@contextmanager
def with_kept_parses(store: Path | None, reports: Sequence[tuple[Report, Sequence[Block]]]) -> Iterator[None]:
    """Take the parses of a store's reports that are kept, and keep those that are made inside; of a store in memory none are."""
    from stemma.mentions import AROUND
    from stemma.mentions.parse import is_remembered, parser_version, take_parses, texts_of, written_parses

    told = [(texts_of(r, blocks, (*BODY, *AROUND)), r.language) for r, blocks in reports]
    wanted = [one for one in told if not is_remembered(*one)]
    if store is None or not wanted:
        yield
        return
    version = parser_version()
    late = {ids.digest(__version__, version, *one): one for one in wanted}
    for id, written in _read(store, list(late)).items():
        take_parses(*late.pop(id), written)
    yield
    # Of a story of very many words some parses are forgotten by now.
    _write(store, {id: written_parses(*one) for id, one in late.items() if is_remembered(*one)})


def forget_kept_parses(store: Path | None) -> None:
    """Take away the file: what a store no longer holds is not kept beside it."""
    if store is not None:
        with suppress(OSError):
            _beside(store).unlink(missing_ok=True)


def _beside(store: Path) -> Path:
    return store.with_name(f"{store.name}.parses")


def _read(store: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    """What is kept under some ids, where it is as it was written."""
    found: dict[str, bytes] = {}
    if not _beside(store).is_file():
        return found
    asked = f"SELECT id, CAST(written AS BLOB), sha256 FROM parse WHERE id IN ({', '.join('?' * len(wanted))})"
    with _spared(store), closing(sqlite3.connect(_beside(store), _PATIENCE)) as kept:
        found |= {id: written for id, written, told in kept.execute(asked, wanted) if ids.sha256(written) == told}
    return found


def _write(store: Path, parses: Mapping[str, bytes]) -> None:
    if not parses:
        return
    rows = [(id, written, ids.sha256(written)) for id, written in parses.items()]
    is_new = not _beside(store).exists()
    with _spared(store), closing(sqlite3.connect(_beside(store), _PATIENCE)) as kept, kept:
        # What a power cut leaves behind is known by its digests, or taken away.
        kept.execute("PRAGMA synchronous = OFF")
        kept.execute(_TABLE)
        kept.executemany("INSERT OR REPLACE INTO parse VALUES (?, ?, ?)", rows)
        kept.execute(_TOO_MANY, (MOST,))
        if is_new and store.exists():
            shutil.copymode(store, _beside(store))


@contextmanager
def _spared(store: Path) -> Iterator[None]:
    """Go without the file where it cannot be had now, and without it for good where it is damaged."""
    try:
        yield
    except (sqlite3.OperationalError, OSError):
        return
    except sqlite3.DatabaseError:
        forget_kept_parses(store)
