"""One store for many readers and one writer: a file is held open only while somebody reads or writes it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Lock
from typing import Any, TypeVar, cast

from stemma.engines import Store, open_store
from stemma.errors import UsageError

Kept = TypeVar("Kept")

_REMEMBERED = 24
"""Things worked out of the store that are kept while it does not change: accounts of stories, the list of them."""


class SharedStore:
    """A store in a file, or in memory when `path` is None.

    Between two requests a file is closed, so that `stemma analyse` can write to it while the room is open.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._memory = open_store(None) if path is None else None
        self._open: Store | None = None
        self._users = 0
        self._changed = 0
        self._state = Condition()
        self._writer = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._kept_of: Hashable = None

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Lend the store to read; beside a writer of this process, what that has committed. Raises StoreError."""
        with self._state:
            if self._open is None:
                self._open = self._memory or open_store(self.path, read_only=True)
            self._users += 1
            store = self._open
        try:
            yield store
        finally:
            self._give_back()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Lend the store to write, to one at a time. Raises UsageError when another request writes, StoreError."""
        if not self._writer.acquire(timeout=5):
            raise UsageError("Somebody else is changing this store just now; try again when that has ended.")
        try:
            with self._state:
                self._state.wait_for(lambda: self._users == 0)
                self._open = self._memory or open_store(self.path)
                self._users = 1
                store = self._open
            try:
                yield store
            finally:
                self.changed()
                self._give_back()
        finally:
            self._writer.release()

    def changed(self) -> None:
        """Say that something was committed, so that what is remembered is worked out anew."""
        self._changed += 1

    def remember(self, key: Hashable, make: Callable[[Store], Kept]) -> Kept:
        """Return what `make` makes of the store, kept under `key` until the store changes."""
        state = self._state_of_store()
        with self._state:
            if state != self._kept_of:
                self._kept.clear()
                self._kept_of = state
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Kept, self._kept[key])
        with self.reading() as store:
            made = make(store)
        with self._state:
            if self._kept_of == state:
                self._kept[key] = made
                while len(self._kept) > _REMEMBERED:
                    self._kept.popitem(last=False)
        return made

    def _state_of_store(self) -> Hashable:
        """What changes when the store does, whoever changed it."""
        if self.path is None:
            return self._changed
        files = [self.path, self.path.with_name(self.path.name + ".wal")]
        told = [file.stat() for file in files if file.exists()]
        return self._changed, tuple((s.st_mtime_ns, s.st_size) for s in told)

    def _give_back(self) -> None:
        with self._state:
            self._users -= 1
            if self._users == 0 and self._open is not None:
                if self._open is not self._memory:
                    self._open.close()
                self._open = None
            self._state.notify_all()
