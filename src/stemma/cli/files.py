"""What commands read and write: stores, JSON lines, and files that are whole or not there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stemma.cli.console import BAD_SAID, print_json, say, say_kinds
from stemma.errors import NothingRead, UsageError
from stemma.whole_files import (
    BESIDE,
    LONGEST_BESIDE,
    check_target,
    is_special,
    is_there,
    must_fit,
    real_path,
    whole_folder,
    write_whole,
)

if TYPE_CHECKING:
    from stemma.corpus import Corpus
    from stemma.json_lines import Done, Work
    from stemma.pages import PageOptions
    from stemma.story import Story


def open_corpus(db: Path) -> "Corpus":
    """Open the store that a command stands on; raises UsageError when there is none."""
    from stemma.corpus import Corpus
    from stemma.engines import open_store

    must_be_there(db)
    return Corpus(open_store(db))


def story_in(corpus: "Corpus", wanted: str) -> "Story":
    """Return the story that a user means; raises UsageError, which names the command that lists them."""
    from stemma.pipeline import find_story

    return corpus.story(find_story(corpus.store, wanted))


def must_be_there(db: Path) -> None:
    """Raise UsageError when there is no store, or none yet."""
    from stemma.engines import first_run_of

    must_fit(db, LONGEST_BESIDE)
    if db.exists():
        return
    if maker := first_run_of(db):
        raise UsageError(f"There is no store at {db} yet: its first run has not ended ({maker}).")
    raise UsageError(f"There is no store at {db}. `stemma analyse PAGES --db {db}` makes one.")


def check_targets(*paths: Path | None, read: Iterable[str | Path | None] = ()) -> None:
    """Raise UsageError, before the work is done, for a file that cannot be written, or that is `read`: a store, a page.

    One of them can be standard output (-).
    """
    if [str(path) for path in paths].count("-") > 1:
        raise UsageError("Only one of the files can go to standard output.")
    targets = [path for path in paths if path and str(path) != "-"]
    for path in targets:
        must_fit(path)
    files = [real_path(path) for path in targets if not is_special(path)]
    if len(set(files)) < len(files):
        raise UsageError("Two of the files are one; give each a name of its own.")
    from stemma.engines.protocol import MARK

    taken = {real_path(Path(one)) for one in read if one is not None and str(one) != "-"}
    stores = {path for path in taken if is_there(path / MARK)}
    for path in targets:
        one = real_path(path)
        if any(one == given.with_name(f"{given.name}.{end}") for given in taken for end in BESIDE):
            raise UsageError(f"{path} is a name that is kept for what stands beside the store; give another name.")
        if stores.intersection(one.parents) or (one in files and any(_is_read(one, given) for given in taken)):
            raise UsageError(f"{path} is read here, and would be written over; give another name.")
        check_target(path)


def _is_read(file: Path, given: Path) -> bool:
    """Whether a file is what was given, or is there already as a page in a folder that was given."""
    from stemma.pages.sniff import holds_pages

    return file == given or (given in file.parents and file.exists() and holds_pages(file.name))


def put_text(path: Path, pieces: str | Iterable[str]) -> None:
    """Write a text, or its pieces, whole into a file, or to standard output as UTF-8 when the path is -."""
    if str(path) == "-":
        print_json("".join(pieces).removesuffix("\n"))
    else:
        write_whole(path, pieces if isinstance(pieces, str) else (p.encode("utf-8", "surrogatepass") for p in pieces))


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, made when there is none: all of them or none."""
    with whole_folder(folder) as part:
        for name, text in files.items():
            (part / name).write_text(text, encoding="utf-8", errors="surrogatepass")


def print_each(given: Sequence[str], told: "PageOptions", work: "Work") -> None:
    """Print what `work` makes of each record in files or standard input; raises NothingRead when there is none."""
    from stemma.json_lines import read_records, run_records

    print_done(run_records(read_records(given, told), work))


def existing(given: Sequence[str] | None) -> list[str]:
    """Return the names that were given, of which each must be there; standard input when there is none."""
    from stemma.pages import is_address

    for name in given or ():
        if name != "-" and not is_address(name) and not Path(name).exists():
            raise NothingRead(f"{name}: there is no such file or folder.")
    return list(given or ["-"])


def print_done(found: "Iterable[Done]") -> None:
    """Print each result on a line, and what is wrong with the others on stderr; raises NothingRead when all are wrong."""
    good, bad = 0, BadLines()
    for done in found:
        if done.text is None:
            bad.say(done.where, str(done.error))
        else:
            good += 1
            print_json(done.text)
    bad.end(good)


def articles_in(given: Sequence[str], told: "PageOptions") -> Iterator[dict[str, Any]]:
    """Yield the records in files or standard input that are articles; the others are said on stderr.

    Raises NothingRead when there are others and not one article.
    """
    from stemma.json_lines import read_articles

    good, bad = 0, BadLines()
    for where, record in read_articles(given, told):
        if isinstance(record, str):
            bad.say(where, record)
        else:
            good += 1
            yield record
    bad.end(good)


@dataclass
class BadLines:
    """The lines that could not be read: the first ones are said each, the others counted; files of other kinds in one line."""

    count: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def say(self, where: str, why: str) -> None:
        """Say what is wrong with a line, while there are few."""
        from stemma.pages.sniff import NOT_READ, suffix_of

        if why == NOT_READ:
            self.kinds[suffix_of(where)] += 1
            return
        self.count += 1
        if self.count <= BAD_SAID:
            say(f"{where}: {why}")

    def end(self, good: int) -> None:
        """Count the lines that were not said; raises NothingRead when there were bad ones and none was good."""
        if self.count > BAD_SAID:
            say(f"{self.count - BAD_SAID} more could not be read.")
        if self.kinds:
            say_kinds(self.kinds)
        if (self.count or self.kinds) and not good:
            raise NothingRead("Not one line could be read." if self.count > 1 else "")
