"""Files that appear whole or not at all, also on a full disk."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from stemma import ids
from stemma.errors import UsageError

BESIDE = ("lock", "new", "parses", "run", "run.of", "wal")
"""How the names go on of the files that stand beside a store's: no output takes one of these."""
LONGEST_BESIDE = ".version-99"
"""The longest of them, of which the others fit where it does."""
_OF_A_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def write_whole(path: Path, content: str | Iterable[bytes]) -> None:
    """Write a text, or bytes part by part, into a file that is whole or not there; raises UsageError."""
    with whole_file(path) as part:
        if isinstance(content, str):
            part.write_text(content, encoding="utf-8", errors="surrogatepass")
        else:
            with part.open("wb") as stream:
                stream.writelines(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Lend the name of a file that takes the place of `path` when all of it is written; raises UsageError."""
    check_target(path)
    if is_special(path):
        # A device or a pipe is written to by the name that was given: what it leads to may have none.
        with _said(path):
            yield path
        return
    path = real_path(path)
    part = _part_of(path)
    try:
        with _said(path):
            yield part
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Lend a folder whose files take their places in `folder` when all of them are written; raises UsageError."""
    if str(folder) == "-":
        raise UsageError("This goes into a folder, and - is standard output; give a name.")
    must_fit(folder)
    if not folder.parent.is_dir():
        raise UsageError(f"The folder {folder.parent} does not exist; {folder.name} was not made.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; give the name of a folder.")
    folder = real_path(folder)
    part = _part_of(folder)
    try:
        with _said(folder):
            part.mkdir()
            yield part
            if folder.exists():
                for file in part.iterdir():
                    file.replace(folder / file.name)
            else:
                part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def real_path(path: Path) -> Path:
    """Return where a path leads; a link that leads to itself stays as it is, where `Path.resolve` raises RuntimeError."""
    return Path(os.path.realpath(path))


def is_special(path: Path) -> bool:
    """Return whether a path is of a device or a pipe: what is written into it overwrites nothing."""
    return path.exists() and not path.is_file()


def is_there(path: Path) -> bool:
    """Return whether a path is there; one that is too long for a name, as addresses may be, is not, where `exists` raises."""
    with suppress(OSError):
        return path.exists()
    return False


def check_target(path: Path) -> None:
    """Say before the work is done that a file cannot be written; raises UsageError."""
    must_fit(path)
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist; {path.name} was not written.")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file.")
    if str(path) == "-":
        raise UsageError("This goes into a file, and - is standard output; give a name.")
    if _is_database(path):
        raise UsageError(f"{path} is a DuckDB file, as stores are, and is not written over; give another name.")
    name = real_path(path).name
    stores = [name.removesuffix(f".{end}") for end in BESIDE if name.endswith(f".{end}")]
    if any(_is_database(real_path(path).with_name(store)) for store in stores if store):
        raise UsageError(f"{path} is a name that is kept for what stands beside a store; give another name.")


def must_fit(path: Path, beside: str = "") -> None:
    """Raise UsageError for a name that no file can have, or that is too long with what is put behind it `beside`."""
    try:
        os.lstat(f"{path}{beside}")
    except ValueError as error:
        raise UsageError(f"No file can be called {str(path)!r}; give another name.") from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            where = ", with what stands beside it" if beside else ""
            raise UsageError(f"{path} is too long a name for the file system{where}; give a shorter one.") from error


def disk_error(said: str) -> OSError | None:
    """Return what a library tells in words alone as the system's error, where a disk is full or for reading only."""
    number = next((n for n in _OF_A_DISK if os.strerror(n) in said), None)
    return OSError(number, os.strerror(number)) if number else None


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as stream:
        return stream.read(12)[8:] == b"DUCK"
    return False


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path} was not written: {reason_of(error)}.") from error


def reason_of(error: OSError) -> str:
    """Return the system's words for an error; pyarrow puts its own before them."""
    return os.strerror(error.errno) if error.errno else str(error).rstrip(".")


def _part_of(path: Path) -> Path:
    # Not longer than a name of ordinary length, which may be as long as the file system has them.
    return path.with_name(f".{ids.digest(path.name)}.{os.getpid()}.part")
