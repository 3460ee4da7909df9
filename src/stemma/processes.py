"""Work on all cores: results in the order of the items, memory bounded, and nothing left behind when a run is stopped."""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from threading import Thread, current_thread, main_thread
from typing import TypeVar

from stemma.errors import ProcessLost

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Items in work for each process, so that memory stays bounded while no core waits."""
RENEWED = 200
"""Items after which a process makes room for a new one: a parser keeps every word that it has met."""

# A child that starts as a copy has its modules at once, and needs no guard in the script that calls stemma. A copy of a process
# with threads could wait for ever for a lock that one of them held.
_START = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
_START_BESIDE_THREADS = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], processes: int | None = None, apart: bool = False
) -> Iterator[tuple[Item, Result]]:
    """Yield each item with what `work` makes of it, in the order of the items.

    `work` must be a module's function, or a partial of one. One item alone is worked on here, since a process takes time to
    start; so are all when `processes` is 1. What is worked on `apart` never is, so that what ends its process does not end this
    one. Raises ProcessLost when a process was ended from outside.
    """
    waiting = iter(items)
    first = list(islice(waiting, 2))
    count = processes or cores()
    everything = chain(first, waiting)
    # A process that was started by another's pool may have no children.
    if (not apart and (len(first) < 2 or count == 1)) or multiprocessing.current_process().daemon:
        yield from ((item, work(item)) for item in everything)
    else:
        # The next processes start when those before them have ended: a copy of a process with threads might wait for ever.
        for item in everything:
            yield from _spread(work, chain([item], islice(everything, RENEWED * count - 1)), count)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of so many, the last one shorter."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def _spread(work: Callable[[Item], Result], items: Iterable[Item], count: int) -> Iterator[tuple[Item, Result]]:
    start = _START if current_thread() is main_thread() else _START_BESIDE_THREADS
    pool = ProcessPoolExecutor(count, mp_context=start, initializer=_follow_the_parent)
    begun: deque[tuple[Item, Future[Result]]] = deque()
    try:
        for item in items:
            begun.append((item, pool.submit(work, item)))
            if len(begun) >= AHEAD * count:
                item, future = begun.popleft()
                yield item, future.result()
        while begun:
            item, future = begun.popleft()
            yield item, future.result()
    except BrokenProcessPool as error:
        raise ProcessLost("One of stemma's processes was ended from outside, most often because memory ran out.") from error
    except BaseException:
        # Whoever stops, by Ctrl-C or a closed pipe, does not wait for the story that is under way: it may take minutes.
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _follow_the_parent() -> None:
    """Ctrl-C reaches every process of a terminal, and only the parent should answer it; when the parent is killed, end too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def cores() -> int:
    """Return how many cores this process may use: fewer than the machine has, where it was told so."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
