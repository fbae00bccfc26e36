"""Worker processes end when they are told to, and one that is killed ends the work."""

from __future__ import annotations

import os
import signal

import pytest

from paperctl.errors import PaperctlError
from paperctl.parallel.processes import each_in_parallel, in_parallel, workers


@pytest.mark.skipif(workers(100_000) < 2, reason="one processor, or no fork")
def test_workers_do_not_have_the_handlers_of_their_parent() -> None:
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    try:
        handlers = set(in_parallel(lambda start, stop: signal.getsignal(signal.SIGTERM), 100_000, 4))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert handlers == {signal.SIG_DFL}


@pytest.mark.skipif(workers(100_000) < 2, reason="one processor, or no fork")
def test_a_worker_that_is_killed_ends_the_work_with_an_error() -> None:
    def work(start: int, stop: int = 0) -> int:
        if start == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return start

    with pytest.raises(PaperctlError):
        list(in_parallel(work, 100_000, 4))
    with pytest.raises(PaperctlError):
        list(each_in_parallel(work, range(4)))
