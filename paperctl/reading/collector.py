"""Reading and loading without the garbage collector: it would look through millions of lasting objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """What is done inside leaves few circles of objects, see `drop_circles`; collecting took an eighth of the
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def drop_circles() -> None:
    """Frees circles among the objects made since it was last called; it looks at no others.

    pylatexenc leaves some: exceptions that hold the frames of all who called it. With them stayed what these
    were reading, in the end the whole dump.
    """
    gc.collect(0)
