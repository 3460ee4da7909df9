"""A small store as each version of stemma wrote it: `python tests/engines/written_stores.py` adds that of this version.

Its rows are those of the shipped story of a harbour fire; a file of another version is never written again.
"""

import gzip
import os
import sys
from contextlib import closing
from pathlib import Path

import duckdb

from stemma import tables
from stemma.corpus import read
from stemma.engines.kept_parses import forget_kept_parses

HERE = Path(__file__).parent / "stores"
STORY = Path(__file__).parents[1] / "stories" / "harbour_fire"


def store_of(version: int, to: Path) -> Path:
    """Make the store of a version in a file, and return that."""
    to.write_bytes(gzip.decompress((HERE / f"{version}.duckdb.gz").read_bytes()))
    return to


def versions() -> list[int]:
    """Return the versions of which there is a store."""
    return sorted(int(file.name.split(".")[0]) for file in HERE.iterdir())


def main() -> None:
    """Write the store of this version, with a page and its report, a judgement, and the story worked out."""
    db = HERE.absolute() / "new.duckdb"
    os.chdir(STORY)  # no path of this machine goes into the store
    read(sorted(Path("pages").iterdir())[:2], db=db).close()
    with closing(duckdb.connect(str(db))) as store:
        said = "id, '', 'finding', 'wrong', 'Ann', '2031-05-06', '', 'a finding', []"
        store.execute(f"INSERT INTO judgement SELECT {said} FROM report LIMIT 1")
    (db.parent / f"{tables.VERSION}.duckdb.gz").write_bytes(gzip.compress(db.read_bytes(), 9, mtime=0))
    db.unlink()
    forget_kept_parses(db)


if __name__ == "__main__":
    sys.exit(main())
