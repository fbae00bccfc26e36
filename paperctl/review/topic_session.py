"""Asking about the papers of which a topic's rules are least sure: one paper at a time, one key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paperctl.errors import PaperctlError
from paperctl.record import Record
from paperctl.text.sanitise import clean
from paperctl.text.width import wrap

Correct = Callable[[str, str], object]
"""Writes a correction: the paper's id, and `add`, `remove` or `forget`."""
KEYS = {"y": "add", "n": "remove"}
HELP = "y it has the topic · n it has not · s skip · u undo · q quit"


class TopicReview:
    """The state of a review; `press` takes keys, `drawn` gives the screen."""

    def __init__(
        self, name: str, papers: Sequence[Record], correct: Correct, why: Callable[[Record], Sequence[str]]
    ) -> None:
        self._name, self._papers, self._correct, self._why = name, papers, correct, why
        self._at = 0
        self._answers: list[str] = []
        """What was answered to each paper before this one; "" where it was skipped."""
        self._message = ""
        self.over = not papers

    @property
    def asked(self) -> int:
        """The paper that a key would answer."""
        return self._at

    @property
    def typing(self) -> bool:
        """Whether a line is being typed: answers are single keys."""
        return False

    @property
    def answered(self) -> int:
        """How many papers got an answer."""
        return sum(bool(verb) for verb in self._answers)

    def press(self, key: str) -> None:
        """Does what the key stands for."""
        self._message = ""
        try:
            if key == "q":
                self.over = True
            elif key == "u":
                self._undo()
            elif key in KEYS:
                self._correct(self._papers[self._at]["id"], KEYS[key])
                self._next(KEYS[key])
            elif key in ("s", "space"):
                self._next("")
            elif key not in ("esc", "ctrl-l"):
                self._message = f"{key} is no key here"
        except PaperctlError as fault:
            self._message = fault.message.split("\n", 1)[0]
        except OSError as fault:
            self._message = f"not saved: {fault.strerror or fault}"

    def _next(self, verb: str) -> None:
        self._answers.append(verb)
        self._at += 1
        self.over = self._at == len(self._papers)

    def _undo(self) -> None:
        if not self._answers:
            self._message = "nothing to undo"
            return
        if self._answers[-1]:
            self._correct(self._papers[self._at - 1]["id"], "forget")
        self._answers.pop()
        self._at -= 1

    def drawn(self, columns: int, rows: int) -> list[str]:
        """The lines of the screen."""
        record = self._papers[min(self._at, len(self._papers) - 1)]
        head = f"{self._name}? paper {self._at + 1} of {len(self._papers)}, {self.answered} answered"
        parts = [str(record.get("title") or ""), *self._why(record), "", str(record.get("abstract") or "")]
        body = [line for part in parts for line in (wrap(clean(part), columns) if part else [""])]
        return [clean(head)[:columns], "", *body[: max(0, rows - 4)], "", (self._message or HELP)[:columns]]
