"""Worker processes end when they are told to, whatever the process that started them does on SIGTERM."""

from __future__ import annotations

import signal

import pytest

from paperctl.parallel import in_parallel, workers


@pytest.mark.skipif(workers(100_000) < 2, reason="one processor, or no fork")
def test_workers_do_not_have_the_handlers_of_their_parent() -> None:
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    try:
        handlers = set(in_parallel(lambda start, stop: signal.getsignal(signal.SIGTERM), 100_000, 4))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert handlers == {signal.SIG_DFL}
