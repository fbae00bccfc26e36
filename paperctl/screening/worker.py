"""The ranker at work in the background: a person never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperctl.screening.estimate import Estimate
    from paperctl.screening.ranker import Features, Floats, Model


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned from: row → kept, and what the estimate needs."""

    training: Mapping[int, bool]
    sequence: Sequence[bool]
    sample: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What came of it: rows best first, the model, and the estimate."""

    order: Sequence[int]
    model: Model | None
    estimate: Estimate | None
    learned: int


class _Ended(Exception):
    """The sitting is over."""


class Worker:
    """One thread that ranks the rows of `scope` anew for the latest task; older ones are dropped.

    `cold` scores the papers before any decision (None: the order of the store). `done` is called from
    the thread when there is a new `ranked`. A fault ends the ranking, not the sitting: see `fault`.
    """

    def __init__(
        self,
        papers: Sequence[Mapping[str, Any]],
        scope: Sequence[int],
        cold: Sequence[float] | None,
        done: Callable[[], None],
    ) -> None:
        self.ranked: Ranked | None = None
        self.features: Features | None = None
        self.fault: Exception | None = None
        self._papers, self._scope, self._cold, self._done = papers, scope, cold, done
        self._task: Task | None = None
        self._ended = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="ranker", daemon=True)
        self._thread.start()

    def rank(self, task: Task) -> None:
        """Asks for a ranking; returns at once."""
        with self._news:
            self._task = task
            self._news.notify()

    def end(self, seconds: float = 2.0) -> None:
        """Ends the thread, and waits as long as `seconds`: to be cut off inside the numerical libraries
        could end the program with a crash."""
        with self._news:
            self._ended = True
            self._news.notify()
        self._thread.join(seconds)

    def _watched(self) -> Iterator[Mapping[str, Any]]:
        """The papers, until the end."""
        for paper in self._papers:
            if self._ended:
                raise _Ended
            yield paper

    def _run(self) -> None:
        try:
            import numpy as np

            from paperctl.screening.ranker import features

            cold = None if self._cold is None else np.asarray(self._cold, dtype=np.float32)
            scope = np.asarray(self._scope, dtype=np.int64)
            while True:
                with self._news:
                    self._news.wait_for(lambda: self._ended or self._task is not None)
                    task, self._task = self._task, None
                if self._ended or task is None:
                    return
                if self.features is None:
                    self.features = features(self._watched())
                self.ranked = _ranked(self.features, scope, cold, task, len(self._papers))
                self._done()
        except _Ended:
            return
        except Exception as fault:  # shown in the header; decisions go on in the order there is
            self.fault = fault
            self._done()


def _ranked(features: Features, scope: Any, cold: Floats | None, task: Task, size: int) -> Ranked:
    from paperctl.screening.estimate import estimate
    from paperctl.screening.ranker import best, blend, fit

    model = fit(features, task.training)
    scores = blend(model, cold, len(task.training), size)
    order = best(scores, scope, len(scope))
    return Ranked(order, model, estimate(task.sequence, len(scope), task.sample), len(task.training))
