"""`dedupe review`: the doubtful pairs one after the other, a judgement on each with one key.

Like a session of screening, a `Review` needs no terminal: keys go in, lines come out, and each
judgement is on disk before the next pair appears. The next pair is found from the store after each
judgement, so that no question is asked that has an answer by now.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperctl.errors import PaperctlError
from paperctl.library.dedupe import apply_plan, propose
from paperctl.review.doubts import Doubts, Pair
from paperctl.review.pair_view import lines, together
from paperctl.store import Store, Writing
from paperctl.store.files import State, state
from paperctl.terminal.colour import paint, without_colours
from paperctl.terminal.progress import reporting
from paperctl.terminal.tty import open_terminal, run
from paperctl.text.sanitise import clean
from paperctl.text.width import pad, width, wrap

if TYPE_CHECKING:
    from paperctl.library.load import Tagger
    from paperctl.library.proposal import Proposal

KEYS = {
    "s": ("same", "merge"),
    "d": ("different", "distinct"),
    "D": ("all {} different", "distinct"),
    "v": ("version", "version"),
    "n": ("not now", ""),
    "N": ("all not now", ""),
    "u": ("undo", ""),
    "q": ("quit", ""),
}
"""Key → its label and the verb of a plan it stands for. Capitals answer a whole group of pairs."""
_DID = "dedupe review"
_DONE = {"merge": "merged", "distinct": "kept apart", "version": "linked as versions", "": "put off"}


class Answer(NamedTuple):
    """An answer, the pairs it was given for, and the changes of the store that it made."""

    verb: str
    pairs: list[int]
    changes: list[str]


class Review:
    """The doubtful pairs of a store, and how many of them were judged."""

    def __init__(
        self, store: Store, pairs: Sequence[Pair], *, colour: bool = True, tagger: Tagger | None = None
    ) -> None:
        self.over = False
        self._store, self._colour, self._tagger = store, colour, tagger
        self._doubts = Doubts(pairs)
        self._answers: list[Answer] = []
        self._files: list[State | None] = []
        self._scroll = 0
        self._room = 10
        self._body_at = 0
        self._lines: list[str] = []
        """The lines of the pair in `_body_at` columns: a long text is compared once, not at each key."""
        self._message = ""
        self._look()

    def answered(self, verb: str) -> int:
        """How many pairs have this answer."""
        return sum(len(answer.pairs) for answer in self._answers if answer.verb == verb)

    @property
    def left(self) -> int:
        """How many pairs have no answer, those put off included."""
        return self._doubts.left

    @property
    def asked(self) -> int | None:
        """The pair that a key would answer."""
        return next(iter(self._doubts.open), None)

    @property
    def typing(self) -> bool:
        """Whether a line is being typed: answers are single keys."""
        return False

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
            elif key in self._keys():
                self._say(KEYS[key][1], self._group() if key.isupper() else self._doubts.open[:1])
            elif key not in ("esc", "ctrl-l"):
                self._message = f"{key} is no key here"
        except PaperctlError as fault:
            self._message = fault.one_line()
        except OSError as fault:
            self._message = f"not saved: {fault.strerror or fault}"

    def _say(self, verb: str, pairs: list[int]) -> None:
        """Answers some of the open pairs."""
        doubts = self._doubts
        seen = [doubts.ends(n) for n in pairs]
        self._look()
        if seen != [doubts.ends(n) for n in pairs] or not set(pairs) <= set(doubts.open):
            self._message = self._overtaken(pairs[0])
            return
        before = len(doubts.open)
        changes: list[str] = []
        if verb:
            known = {entry.at for entry in self._store.log()}
            apply_plan(self._store, [(verb, sorted(ends)) for ends in seen], _DID, self._tagger)
            changes = [e.at for e in self._store.log() if e.at not in known and e.did == _DID]
            self._look()
        else:
            doubts.put_off(pairs)
        self._answers.append(Answer(verb, pairs, changes))
        self._turn()
        notes = [f"{len(pairs):,} {_DONE[verb]}, u takes that back"] if len(pairs) > 1 else []
        if also := before - len(pairs) - len(doubts.open):
            needs = "pairs need" if also > 1 else "pair needs"
            notes = [*(notes or [_DONE[verb]]), f"{also:,} other {needs} no answer now"]
        self._message = "; ".join(notes)

    def _overtaken(self, n: int) -> str:
        """Why an answer was not taken: another command was faster."""
        if word := self._doubts.judgement(n):
            ids = " ".join(sorted(self._doubts.ends(n)))
            return f"called {word} meanwhile, nothing was changed; a plan with “merge {ids}” outranks that"
        return "another command changed these papers meanwhile, no answer was saved: look again"

    def _undo(self) -> None:
        if not self._answers:
            self._message = "nothing is left to undo"
            return
        last = self._answers[-1]
        for change in reversed(last.changes):
            self._store.undo(change)
        self._answers.pop()
        self._doubts.bring_back([] if last.verb else last.pairs)
        self._look()
        self._turn()
        self._message = "undone"

    def _look(self) -> None:
        """Takes what changed in the store, by this session or by other commands."""
        store = self._store
        files = [state(path) for path in (store.papers_file, store.decisions_file, store.corrections_file)]
        if files == self._files:
            return
        store.refresh()
        if files[:2] != self._files[:2]:
            papers = Writing(store).papers_with(self._doubts.asked).values()
            self._doubts.set_papers(map(store.overlay.apply, papers))
        self._doubts.set_judgements(store.overlay.judgements)
        self._files = files
        self._turn()

    def _turn(self) -> None:
        """The pair to be shown may be another one."""
        self._scroll = self._body_at = 0

    def _group(self) -> list[int]:
        """The open pairs of the group of the pair that is shown."""
        return self._doubts.group(self._doubts.open[0]) if self._doubts.open else []

    def _keys(self) -> dict[str, str]:
        """Key → label, of those that do something now."""
        many = len(self._group())
        keys = [key for key in KEYS if key in "uq" or (many > 1 if key.isupper() else many)]
        return {key: KEYS[key][0].format(f"{many:,}") for key in keys}

    # ---- what is to be seen -------------------------------------------------------------------

    def drawn(self, columns: int, rows: int) -> list[str]:
        """The lines of the screen for a size."""
        columns, rows = max(columns, 20), max(rows, 3)
        body = self._body(columns)
        notes = wrap(clean(self._message), columns - 2)[: max(1, rows // 3)]
        foot = [*(notes or [""] * (rows > 4)), *self._footer(columns, max(1, min(rows // 3, 4)))]
        foot = foot[: rows - 2]
        self._room = rows - 1 - len(foot)
        self._scroll = max(0, min(self._scroll, len(body) - self._room))
        shown = body[self._scroll : self._scroll + self._room]
        shown += [""] * (self._room - len(shown))
        left = len(body) - self._scroll - self._room
        more = f"{left} more lines (space)" if left > 0 else ""
        first = " · ".join(filter(None, (more, foot[0])))
        if (notes or rows > 4) and width(first) <= columns - 2:
            foot[0] = first
        return [self._paint(self._head(columns), "reverse"), *shown, *(f" {line}".rstrip() for line in foot)]

    def _head(self, columns: int) -> str:
        done = sum(len(answer.pairs) for answer in self._answers)
        group = len(self._group())
        where = f" pair {done + bool(group):,} of {done + len(self._doubts.open):,}"
        of = f" · one of {group:,}" if group > 1 else ""
        about = " about this title" if of else ""
        return pad(where + of + (about if width(where + of + about) <= columns else ""), columns)

    def _body(self, columns: int) -> list[str]:
        doubts = self._doubts
        if not doubts.open:
            put_off = f" but {doubts.left:,} put off, which the next review asks about" if doubts.left else ""
            return [f" {line}" for line in wrap(f"No doubtful pair is left{put_off}.", columns - 2)]
        if self._body_at != columns:
            self._body_at = columns
            self._lines = lines(*doubts.pair(doubts.open[0]), columns, colour=self._colour)
            if len(group := self._group()) > 1:
                self._lines += together(doubts.papers(group), columns, colour=self._colour)
        return self._lines

    def _footer(self, columns: int, room: int) -> list[str]:
        """The keys in at most `room` lines, with their labels if they fit."""
        keys = self._keys()
        full = list(_flowing([f"{key} {label}" for key, label in keys.items()], columns - 2))
        return full if len(full) <= room else [" ".join(keys)]

    def _paint(self, text: str, style: str) -> str:
        return paint(text, style if self._colour else without_colours(style))


def _flowing(items: Sequence[str], columns: int) -> Iterator[str]:
    line = ""
    for item in items:
        if line and width(line) + 2 + width(item) > columns:
            yield line
            line = ""
        line += f"{'  ' if line else ''}{item}"
    yield line


def doubtful(store: Store, found: Proposal | None = None) -> list[Pair]:
    """The doubtful pairs of a store that a pass over it `found`, each paper with its decision and note. What
    comes out of papers that the pass would take apart is not asked about: it is no paper of the store yet."""
    found = found or propose(store)
    decided, parts = store.overlay.apply, found.parted.parts
    asked = [(a, b, verdict) for a, b, verdict in found.maybes if parts.isdisjoint((a, b))]
    return [(decided(found.papers[a]), decided(found.papers[b]), verdict) for a, b, verdict in asked]


def review_pairs(store: Store, *, colour: bool, quiet: bool = False, tagger: Tagger | None = None) -> None:
    """Walks the doubtful pairs of a store in the terminal; says on stderr what came of it."""
    terminal = open_terminal(_DID, "paperctl dedupe --plan FILE, then --apply FILE")
    with reporting(quiet) as progress:
        found = propose(store, progress=progress)
    if apart := len(found.parted.apart):
        papers = "merged paper" if apart == 1 else "merged papers"
        print(f"{apart:,} {papers} would come apart first: paperctl dedupe", file=sys.stderr)
    pairs = doubtful(store, found)
    if not pairs:
        print("no doubtful pairs", file=sys.stderr)
        return
    review = Review(store, pairs, colour=colour, tagger=tagger)
    try:
        run(review, terminal)
    except KeyboardInterrupt:
        print(_receipt(review), file=sys.stderr)
        raise
    print(_receipt(review), file=sys.stderr)


def _receipt(review: Review) -> str:
    done = ", ".join(f"{review.answered(verb):,} {_DONE[verb]}" for verb in ("merge", "version", "distinct"))
    return f"{done}; {review.left:,} left"
