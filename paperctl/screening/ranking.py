"""The order of the papers of a session, learned anew in the background while the user reads."""

from __future__ import annotations

from paperctl.screening.order import Ranked
from paperctl.screening.state import Screening
from paperctl.screening.worker import Task, Worker


class Ranking:
    """Gives the worker the decisions, and the session the order that follows. `patience` are the seconds
    that the next paper and the first paper wait for it."""

    def __init__(self, state: Screening, worker: Worker, patience: tuple[float, float]) -> None:
        self._state, self._worker, self._patience = state, worker, patience
        self._ranked: Ranked | None = None

    @property
    def learned(self) -> int:
        """How many decisions the order was learned from."""
        return len(self._ranked.learned) if self._ranked else 0

    def reasons(self, row: int) -> list[tuple[str, float]]:
        """The terms that move a paper most; none before there is a model."""
        features = self._worker.features
        model = self._ranked.model if self._ranked else None
        return model.reasons(features, row) if model and features else []

    def learn(self) -> None:
        """Asks for an order that follows from the decisions so far."""
        state = self._state
        self._worker.rank(Task(state.training, list(state.decided), state.sequence, state.sample))

    def take(self) -> None:
        """Takes the last order over, if there is a new one."""
        ranked = self._worker.ranked
        if ranked is not None and ranked is not self._ranked:
            self._ranked = ranked
            self._state.order = ranked.order

    def wait(self) -> None:
        """Waits a little for the order by which the next paper is chosen."""
        if self._ranked is None and self._worker.ranked is None:
            self.learn()
            if any(self._state.training.values()):
                self._worker.wait(self._patience[1])
        elif self._worker.features is not None:
            self._worker.wait(self._patience[0])
