"""Work shared out to forked processes where that pays. These read what the work needs where it lies in
memory: of work on ranges of numbers only the ranges and the results travel (`in_parallel`), of other work
each piece, too (`each_in_parallel`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from paperctl.errors import PaperctlError

if TYPE_CHECKING:
    from multiprocessing.pool import IMapIterator, Pool
    from multiprocessing.process import BaseProcess

R = TypeVar("R")
T = TypeVar("T")
# Below so many the processes cost more than they spare, and more than so many wait for the memory.
_SMALL, _MOST_WORKERS = 4000, 4
# Seconds without a result after which the processes are looked at.
_LOOK_EVERY = 1.0
_shared: dict[str, Callable[..., Any]] = {}


def workers(size: int) -> int:
    """How many processes work on so many things."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)
    can_fork = sys.platform.startswith("linux") and "fork" in multiprocessing.get_all_start_methods()
    return min(cores, _MOST_WORKERS) if can_fork and size >= _SMALL else 1


def in_parallel(work: Callable[[int, int], R], size: int, parts: int) -> Iterator[R]:
    """`work(start, stop)` over `parts` equal ranges of `size`, in order; in this process if need be."""
    bounds = [(size * n // parts, size * (n + 1) // parts) for n in range(parts)]
    processes = workers(size)
    if processes > 1:
        _shared["work"] = work
        try:
            pool, started = _pool(processes)
            with pool:
                yield from _results(pool.imap(_call, bounds), started)
            return
        except OSError:  # no more processes allowed, or no memory for them
            pass
        finally:
            _shared.clear()
    for bound in bounds:
        yield work(*bound)


def each_in_parallel(work: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
    """`work(piece)` for each piece, in order, on all cores; in this process if need be. A fault of `pieces`
    is raised behind the results of those before it."""
    processes = workers(_SMALL)
    if processes > 1:
        fault: list[BaseException] = []
        _shared["work"] = work
        try:
            pool, started = _pool(processes)
        except OSError:  # no more processes allowed, or no memory for them
            pass
        else:
            with pool:
                yield from _results(pool.imap(_call_with, _until_fault(pieces, fault)), started)
            if fault:
                raise fault[0]
            return
        finally:
            _shared.clear()
    yield from map(work, pieces)


def _pool(processes: int) -> tuple[Pool, list[BaseProcess]]:
    before = multiprocessing.active_children()
    pool = multiprocessing.get_context("fork").Pool(processes, begin_worker)
    return pool, [one for one in multiprocessing.active_children() if one not in before]


def _results(results: IMapIterator[R], started: Sequence[BaseProcess]) -> Iterator[R]:
    """The results, in order. A pool starts another process for one that was ended from outside, but waits
    without end for the work that this one had taken: that is an error here."""
    while True:
        try:
            result = results.next(_LOOK_EVERY)
        except StopIteration:
            return
        except multiprocessing.TimeoutError:
            if any(one.exitcode is not None for one in started):
                why = "a process that did part of the work was ended from outside, maybe for want of memory"
                raise PaperctlError(why, "free some memory, and run the command again") from None
        else:
            yield result


def _until_fault(pieces: Iterable[T], fault: list[BaseException]) -> Iterator[T]:
    # Raised in the thread that hands out the work, it would reach the results only if it can be pickled.
    try:
        yield from pieces
    except Exception as found:
        fault.append(found)


def begin_worker() -> None:
    """A worker leaves Ctrl-C to the process that started it, which ends it by SIGTERM, without a message.

    Not by that process's own handler: Python runs one between two of its steps, and so never in a worker that
    got the signal just when it began to wait for work. Then both would wait forever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _call(bound: tuple[int, int]) -> Any:
    return _shared["work"](*bound)


def _call_with(piece: object) -> Any:
    return _shared["work"](piece)
