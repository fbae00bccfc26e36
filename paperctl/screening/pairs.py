"""`dedupe review`: the doubtful pairs one after the other, a word on each with one key.

Like a sitting of screening, a `Review` needs no terminal: keys go in, lines come out, and each
word is on disk before the next pair appears.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperctl.deduping import apply_plan, propose
from paperctl.errors import PaperctlError
from paperctl.record import Record
from paperctl.screening.pair_view import lines
from paperctl.screening.tty import open_terminal, run
from paperctl.store import Store
from paperctl.terminal.cells import cut, pad, wrap
from paperctl.terminal.colour import paint
from paperctl.terminal.sanitise import clean

if TYPE_CHECKING:
    from paperctl.dedupe import Verdict
    from paperctl.load import Tagger

KEYS = {
    "s": ("same", "merge"),
    "d": ("different", "distinct"),
    "v": ("version", "version"),
    "n": ("not now", ""),
    "u": ("undo", ""),
    "q": ("quit", ""),
}
"""Key → its label and the verb of a plan it stands for."""


class Review:
    """The doubtful pairs of a store, and how far a person is with them."""

    def __init__(
        self,
        store: Store,
        pairs: Sequence[tuple[Record, Record, Verdict]],
        *,
        colour: bool = True,
        tagger: Tagger | None = None,
    ) -> None:
        self.over = False
        self.merged = self.parted = self.linked = 0
        self._store, self._pairs, self._colour, self._tagger = store, pairs, colour, tagger
        self._at = 0
        self._scroll = 0
        self._room = 10
        self._body_of = (-1, 0)
        self._lines: list[str] = []
        """The lines of the pair and width of `_body_of`: a long text is compared once, not at each key."""
        self._message = ""
        self._history: list[tuple[int, str, list[str]]] = []
        """For each word: the pair, the verb, and the changes of the store it made."""

    def press(self, key: str) -> None:
        """Does what the key stands for."""
        self._message = ""
        if key in ("space", "pgdn", "down", "up", "pgup"):
            step = 1 if key in ("down", "up") else self._room
            self._scroll = max(0, self._scroll + (-step if key in ("up", "pgup") else step))
            return
        if key == "q":
            self.over = True
            return
        try:
            if key == "u":
                self._undo()
            elif key in KEYS and self._at < len(self._pairs):
                self._say(KEYS[key][1])
            elif key not in ("esc", "ctrl-l"):
                self._message = f"{key} is no key here"
        except PaperctlError as fault:
            self._message = fault.message.split("\n", 1)[0]
        except OSError as fault:
            self._message = f"not saved: {fault.strerror or fault}"

    def _say(self, verb: str) -> None:
        a, b, _ = self._pairs[self._at]
        changes: list[str] = []
        if verb:
            before = {entry.at for entry in self._store.log()}
            apply_plan(self._store, [(verb, [a["id"], b["id"]])], "dedupe review", self._tagger)
            changes = [entry.at for entry in self._store.log() if entry.at not in before]
        self._history.append((self._at, verb, changes))
        self._count(verb, 1)
        self._at += 1
        self._scroll = 0

    def _undo(self) -> None:
        if not self._history:
            self._message = "nothing is left to undo"
            return
        at, verb, changes = self._history[-1]
        for change in reversed(changes):
            self._store.undo(change)
        self._history.pop()
        self._count(verb, -1)
        self._at, self._scroll, self._message = at, 0, "undone"

    def _count(self, verb: str, step: int) -> None:
        self.merged += step * (verb == "merge")
        self.parted += step * (verb == "distinct")
        self.linked += step * (verb == "version")

    # ---- what is to be seen -------------------------------------------------------------------

    def drawn(self, columns: int, rows: int) -> list[str]:
        """The lines of the screen for a size."""
        columns, rows = max(columns, 20), max(rows, 3)
        body = self._body(columns)
        self._room = max(1, rows - 3)
        self._scroll = max(0, min(self._scroll, len(body) - self._room))
        shown = body[self._scroll : self._scroll + self._room]
        shown += [""] * (self._room - len(shown))
        left = len(body) - self._scroll - self._room
        more = f"{left} more lines (space)" if left > 0 else ""
        keys = "  ".join(f"{key} {label}" for key, (label, _) in KEYS.items())
        head = pad(f" pair {min(self._at + 1, len(self._pairs)):,} of {len(self._pairs):,}", columns)
        return [
            self._paint(head, "reverse"),
            *shown,
            " " + cut(" · ".join(part for part in (more, clean(self._message)) if part), columns - 2),
            " " + cut(keys, columns - 2),
        ]

    def _body(self, columns: int) -> list[str]:
        if self._at >= len(self._pairs):
            return [f" {line}" for line in wrap("No doubtful pair is left.", columns - 2)]
        if self._body_of != (self._at, columns):
            self._body_of = (self._at, columns)
            self._lines = lines(*self._pairs[self._at], columns, colour=self._colour)
        return self._lines

    def _paint(self, text: str, style: str) -> str:
        return paint(text, style if self._colour else " ".join({"bold", "reverse"} & set(style.split())))


def doubtful(store: Store) -> list[tuple[Record, Record, Verdict]]:
    """The doubtful pairs of a store, each paper with what a person decided and noted on it."""
    found = propose(store)
    said = store.overlay.apply
    return [(said(found.papers[a]), said(found.papers[b]), verdict) for a, b, verdict in found.maybes]


def review_pairs(store: Store, *, colour: bool, tagger: Tagger | None = None) -> None:
    """Walks the doubtful pairs of a store in the terminal; says on stderr what came of it."""
    terminal = open_terminal("dedupe review", "paperctl dedupe --plan FILE, then --apply FILE")
    pairs = doubtful(store)
    if not pairs:
        print("no doubtful pairs", file=sys.stderr)
        return
    review = Review(store, pairs, colour=colour, tagger=tagger)
    run(review, terminal)
    print(
        f"{review.merged} merged, {review.linked} linked as versions, {review.parted} kept apart; "
        f"{len(pairs) - review.merged - review.linked - review.parted} left",
        file=sys.stderr,
    )
