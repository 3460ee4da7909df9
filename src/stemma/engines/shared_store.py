"""One store for many requests: each reads the last whole run, and one at a time writes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from stemma.engines import Store, open_store
from stemma.errors import StoreInUse

Kept = TypeVar("Kept")

_REMEMBERED = 48
"""Things worked out of the store that are kept while it does not change: accounts of stories, the list of them."""
_PATIENCE = 5
"""Seconds that a request waits for another that writes."""


class SharedStore:
    """A store in a file, which other processes may write to as well, or one in memory when `path` is None."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._memory = open_store(None) if path is None else None
        self._changed = 0
        self._writer = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._keeping = Lock()

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Lend the store to read: a file as its last whole run left it. Raises StoreError."""
        if self._memory is not None:
            yield self._memory
            return
        with closing(open_store(self.path)) as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Lend the store to write, to one at a time, as one run. Raises StoreInUse when somebody else writes, StoreError."""
        if not self._writer.acquire(timeout=_PATIENCE):
            raise StoreInUse("Somebody else is changing this store just now; try again when that has ended.")
        try:
            with self.reading() as store, store.run():
                yield store
        finally:
            self.changed()
            self._writer.release()

    def changed(self) -> None:
        """Say that something was committed, so that what is remembered is worked out anew."""
        self._changed += 1

    def remember(self, key: Hashable, make: Callable[[Store], Kept], of: Hashable = None) -> Kept:
        """Return what `make` makes of the store, kept under `key` until the store changes.

        `of` is what it is made of, where that is less than the store: then it is kept until that is another.
        """
        state = of or self._state_of_store()
        with self._keeping:
            kept_of, kept = self._kept.get(key, (None, None))
            if kept_of == state:
                self._kept.move_to_end(key)
                return cast(Kept, kept)
        with self.reading() as store:
            made = make(store)
        with self._keeping:
            self._kept[key] = state, made
            self._kept.move_to_end(key)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return made

    def _state_of_store(self) -> Hashable:
        """What changes when the store does, whoever changed it."""
        if self.path is None or not self.path.exists():
            return self._changed
        told = self.path.stat()
        return self._changed, told.st_ino, told.st_mtime_ns, told.st_size
