"""Work on ranges of numbers, shared out to forked processes where that pays. These read what the work needs
where it lies in memory; only the ranges and the results travel.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

R = TypeVar("R")
# Below so many the processes cost more than they spare, and more than so many wait for the memory.
_SMALL, _MOST_WORKERS = 4000, 4
_shared: dict[str, Callable[[int, int], Any]] = {}


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
            with multiprocessing.get_context("fork").Pool(processes, begin_worker) as pool:
                yield from pool.imap(_call, bounds)
            return
        except OSError:  # no more processes allowed, or no memory for them
            pass
        finally:
            _shared.clear()
    for bound in bounds:
        yield work(*bound)


def begin_worker() -> None:
    """A worker leaves Ctrl-C to the process that started it, which ends it by SIGTERM, without a message.

    Not by that process's own handler: Python runs one between two of its steps, and so never in a worker that
    got the signal just when it began to wait for work. Then both would wait forever.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _call(bound: tuple[int, int]) -> Any:
    return _shared["work"](*bound)
