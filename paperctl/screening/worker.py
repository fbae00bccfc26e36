"""The ranker at work in the background: a person never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperctl.record import Paper
from paperctl.screening.order import Ranked, is_due, ranked

if TYPE_CHECKING:
    from paperctl.screening.estimate import Estimate
    from paperctl.screening.features import Features


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned from: row → kept, the rows decided on, and what the estimate needs."""

    training: Mapping[int, bool]
    decided: Sequence[int]
    sequence: Sequence[bool]
    sample: Sequence[bool]


class _Ended(Exception):
    """The session is over."""


class Worker:
    """One thread that ranks the rows of `scope`, given in their first order, anew where the latest task makes
    it due; older tasks are dropped.

    `papers` are all of a `store`; where that is named their features are kept in its folder.
    `done` is called from the thread when there is something new in `ranked` or `estimate`. A fault ends the
    ranking, not the session: see `fault`.
    """

    def __init__(
        self,
        papers: Sequence[Paper],
        scope: Sequence[int],
        done: Callable[[], None],
        store: Path | None = None,
    ) -> None:
        self.ranked: Ranked | None = None
        self.estimate: Estimate | None = None
        self.features: Features | None = None
        self.fault: Exception | None = None
        self._papers, self._scope, self._done, self._store = papers, scope, done, store
        self._task: Task | None = None
        self._ordering = False
        self._ended = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="ranker", daemon=True)
        self._thread.start()

    def rank(self, task: Task) -> None:
        """Asks for a ranking; returns at once."""
        with self._news:
            self._task, self._ordering = task, True
            self._news.notify_all()

    def wait(self, seconds: float) -> None:
        """Waits for the order that was asked for last, but not longer."""
        with self._news:
            self._news.wait_for(lambda: not self._ordering, seconds)

    def end(self, seconds: float = 2.0) -> None:
        """Ends the thread, and waits as long as `seconds`: to be cut off inside the numerical libraries
        could end the program with a crash."""
        with self._news:
            self._ended = True
            self._news.notify_all()
        self._thread.join(seconds)

    def _watched(self) -> Iterator[Paper]:
        """The papers, until the end."""
        for paper in self._papers:
            if self._ended:
                raise _Ended
            yield paper

    def _run(self) -> None:
        try:
            import numpy as np

            from paperctl.screening.estimate import estimate
            from paperctl.screening.kept import kept_features

            scope = np.asarray(self._scope, dtype=np.int64)
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._ended or self._task is not None)
                    task, self._task = self._task, None
                if self._ended or task is None:
                    return
                if self.features is None:
                    self.features = kept_features(self._watched(), len(self._papers), self._store)
                if self.ranked is None or is_due(self.ranked.learned, task.training):
                    self.ranked = ranked(self.features, scope, task.training, task.decided)
                self._ordered()
                self.estimate = estimate(task.sequence, len(scope), task.sample)
                self._done()
        except _Ended:
            return
        except Exception as fault:  # shown in the header; decisions go on in the order there is
            self.fault = fault
            self._ordered()

    def _ordered(self) -> None:
        """The order is as the last task asks for, unless there is a newer one by now."""
        with self._news:
            self._ordering = self._task is not None and self.fault is None
            self._news.notify_all()
        self._done()
