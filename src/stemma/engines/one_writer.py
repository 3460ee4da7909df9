"""The file of a store: one process at a time writes, beside it, and what it wrote takes its place when the run is whole.

    news.duckdb        the last whole run: all that a reader ever opens
    news.duckdb.run    the run under way, or one that was stopped: the next writer goes on with it
    news.duckdb.run.of what stands for the whole run that it goes on from: a run of another store is not gone on with
    news.duckdb.lock   who writes, and since when

So readers never wait for a writer, and whatever happens to a run, the file stays as the last whole one left it.
"""

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Lock

from stemma.errors import StoreError, StoreInUse, StoreReadOnly

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NO_CLONES = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
_SOMEBODY = "another process"
_ENDS = 12_288
"""Bytes at either end of a store's file: the headers, and of the spare of the directory its foot; both change with each run."""
_HELD: set[Path] = set()
_HELD_LOCK = Lock()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the right to write to a store. Raises StoreInUse, which says who has it, or StoreError."""
    with _HELD_LOCK:
        if path in _HELD:
            raise StoreInUse(f"{path} is in use: this process writes to it already; try again when that has ended.")
        _HELD.add(path)
    try:
        descriptor = _locked(path)
        try:
            # On a full disk it is held without a word on who does.
            with suppress(OSError):
                os.truncate(descriptor, 0)
                os.write(descriptor, f"process {os.getpid()} ({_command()}) since {datetime.now():%d %B %H:%M}".encode())
            yield
        finally:
            _beside(path, "lock").unlink(missing_ok=True)
            os.close(descriptor)
    finally:
        _HELD.discard(path)


def first_run_of(path: Path) -> str | None:
    """Return who makes, or made when it was stopped, a store that has no whole run yet; None where nobody does."""
    if path.exists() or not unfinished(path).exists():
        return None
    with suppress(OSError):
        return _beside(path, "lock").read_text("utf-8", "replace").strip() or _SOMEBODY
    return "it was stopped; the same command goes on with it"


def unfinished(path: Path) -> Path:
    """Return the file in which a run on a store is written."""
    return _beside(path, "run")


def must_go_on_from(path: Path) -> None:
    """Raise StoreError where the run that was stopped did not begin with the store that stands at the path now."""
    run, told = unfinished(path), ""
    with suppress(OSError):
        told = _beside(path, "run.of").read_text("utf-8", "replace")
    if told != _standing(path):
        raise StoreError(
            f"{run} is a run that was stopped, and it did not begin with {path} as that is now. "
            f"Take {run} away to give it up, or put the store that it began with back."
        )


def begin(path: Path) -> None:
    """Make the file of a run: a copy of the last whole one (a clone without its cost where the file system has them), if any."""
    mark = _beside(path, "run.of")
    # What stood beside a run that somebody took away would be taken for this one's.
    discard(path)
    try:
        with mark.open("w", encoding="utf-8") as stream:
            stream.write(_standing(path))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        with suppress(OSError):
            mark.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written to: {mark} cannot be made ({error.strerror}).") from error
    if path.exists():
        _begin_with_copy(path)


def _standing(path: Path) -> str:
    """What stands for the last whole run of a store; a word where there is none yet."""
    if not path.exists():
        return "nothing"
    with path.open("rb") as stream:
        first, size = stream.read(_ENDS), stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _ENDS))
        return hashlib.sha256(b"%d" % size + first + stream.read()).hexdigest()


def _begin_with_copy(path: Path) -> None:
    part = _beside(path, "run.part")
    try:
        with path.open("rb") as whole, part.open("wb") as copy:
            _copy(whole.fileno(), copy.fileno())
            os.fsync(copy.fileno())
        shutil.copymode(path, part)
        part.replace(unfinished(path))
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"{path} cannot be written to, since a run needs as much room again: {error.strerror}. It is left as it was."
        ) from error


def publish(path: Path, run: Path) -> None:
    """Put a run, checkpointed and closed, in the place of the last whole one; readers that have that open go on with it."""
    try:
        run.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be replaced by the run that ended ({error.strerror}); it waits in {run}.") from error
    _beside(path, "run.of").unlink(missing_ok=True)
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def discard(path: Path) -> None:
    """Take away the file of a run."""
    for name in ("run", "run.wal", "run.part", "run.of"):
        _beside(path, name).unlink(missing_ok=True)
    clear(path)


def clear(path: Path) -> None:
    """Take away what DuckDB had no memory for in a run that was killed; the caller holds the store."""
    shutil.rmtree(_beside(path, "run.tmp"), ignore_errors=True)


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.name}.{name}")


def _locked(path: Path) -> int:
    """Return a descriptor of the lock's file, which is locked until that is closed or the process ends, however it ends."""
    lock = _beside(path, "lock")
    while True:
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            kind = StoreReadOnly if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) else StoreError
            raise kind(f"{path} cannot be written to: {lock} cannot be made ({error.strerror}).") from error
        try:
            _lock(descriptor)
        except OSError as error:
            said = os.read(descriptor, 300).decode("utf-8", "replace").strip() or _SOMEBODY
            os.close(descriptor)
            raise StoreInUse(
                f"{path} is in use: {said} writes to it; wait until that has ended, or give --db another file."
            ) from error
        # Whoever held it last took the file away, and another may have made one since.
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                return descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    # Not flock: a process of a pool would inherit that, and keep it for a while after its parent was killed.
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _command() -> str:
    """The program and its command; what else was given to it may be nobody else's business."""
    program = Path(sys.argv[0]).name.removesuffix(".exe")
    if program not in ("stemma", "__main__.py"):
        return "python" if program in ("", "-c") else program
    return " ".join(["stemma", *(word for word in sys.argv[1:2] if not word.startswith("-"))])


def _copy(whole: int, copy: int) -> None:
    try:
        while os.copy_file_range(whole, copy, 1 << 30):
            pass
    except (AttributeError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in _NO_CLONES:
            raise
        with os.fdopen(os.dup(whole), "rb") as source, os.fdopen(os.dup(copy), "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
