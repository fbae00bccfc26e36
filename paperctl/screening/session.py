"""A session: keys come in, decisions go to the store, the next paper appears.

`ScreeningSession` needs no terminal: `press` takes a key, `screen` tells what is to be seen. Every decision
is on disk before the next paper is chosen, and the store is read again each time, so that another
session on the same store is taken into account.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from paperctl.errors import PaperctlError
from paperctl.record import Record
from paperctl.screening import pages, view
from paperctl.screening.cards import NO_WORDS, Cards, Words
from paperctl.screening.changes import Changes
from paperctl.screening.progress import Progress, progress_of
from paperctl.screening.ranking import Ranking
from paperctl.screening.state import Pick, Screening
from paperctl.screening.worker import Worker
from paperctl.store import Store
from paperctl.terminal.keys import edited, keys_of
from paperctl.terminal.links import open_link, place_of

if TYPE_CHECKING:
    from paperctl.query import Query
    from paperctl.topics import Rules

PATIENCE, FIRST_PATIENCE = 0.1, 1.0
"""Seconds that the next paper waits for the order to be learned anew (longer would be felt), and that the
first one does where there are decisions to learn from."""
REASON_KEYS = "123456789"
_DECIDED = ("keep", "skip", "maybe")


class ScreeningSession:
    """One person at one store. `order` are the rows that may be shown, best first before any decision."""

    def __init__(
        self,
        store: Store,
        papers: list[Record],
        order: Sequence[int],
        *,
        keymap: Mapping[str, str],
        rules: Rules,
        query: Query | None = None,
        audit: float = 0.05,
        colour: bool = True,
        done: Callable[[], None] = lambda: None,
        opener: Callable[[str], str] | None = None,
        reasons: Sequence[str] = (),
        patience: tuple[float, float] = (PATIENCE, FIRST_PATIENCE),
        behind: Collection[int] = (),
        mark: Mapping[str, Any] | None = None,
        words: Words = NO_WORDS,
    ) -> None:
        self.store = store
        stage = (mark or {}).get("stage")
        self.state = Screening(papers, store.overlay, order, audit, behind, stage)
        self.worker = Worker(papers, order, done, store.folder)
        self.over = False
        self._keymap, self._rules, self._query, self._colour = keymap, rules, query, colour
        self._reasons, self._open = reasons, opener or open_link
        self._ranking = Ranking(self.state, self.worker, patience)
        self._searched: Query | None = None
        self._pick: Pick | None = None
        self._changes = Changes(store, self.state, rules, dict(mark or {}))
        self._page: list[str] = []
        self._message = ""
        self._entry: tuple[str, str, Callable[[str], None]] | None = None
        """A line being typed: what is asked, what stands there, what to do with it."""
        self._scroll = 0
        self._page_size = 10
        self._cards = Cards(store, self.state, self.worker, rules, query, words)
        self._highlight = bool(words.relevant or words.irrelevant)
        self._place: int | None = None
        """Where among the papers decided on, the last one first, the session looks back."""
        self._advised = ""
        """The level of the last advice to stop."""
        self._next()

    @property
    def asked(self) -> tuple[object, ...]:
        """The paper that a key would decide, and what was decided so far."""
        row = self._pick.row if self._pick else None
        return row, None if row is None else self.state.decision(row), len(self._changes)

    @property
    def typing(self) -> bool:
        """Whether a line is being typed."""
        return self._entry is not None

    # ---- what is to be seen -------------------------------------------------------------------

    def screen(self) -> view.Screen:
        """What is to be seen now."""
        self._take_ranking()
        return view.Screen(
            progress=self.progress(),
            keymap=self._keymap,
            card=self._cards.of(self._pick, self._searched, self._highlight) if self._pick else None,
            page=self._page,
            message=self._message,
            entry=self._entry[:2] if self._entry else None,
            scroll=self._scroll,
            colour=self._colour,
        )

    def drawn(self, columns: int, rows: int) -> list[str]:
        """The lines of the screen for a size."""
        screen = self.screen()
        lines = view.draw(screen, columns, rows)
        self._scroll, self._page_size = screen.scroll, view.page_size(screen, columns, rows)
        return lines

    def progress(self) -> Progress:
        """How far the session is."""
        within = self._searched.text if self._searched else ""
        return progress_of(self.state, self.worker.estimate, within)

    # ---- keys ---------------------------------------------------------------------------------

    def press(self, key: str) -> None:
        """Does what the key stands for."""
        if self._entry:
            self._type(key)
            return
        action = self._keymap.get(key, "")
        if action in ("down", "up", "page-down", "page-up"):
            step = self._page_size if action.startswith("page") else 1
            self._scroll = max(0, self._scroll + (step if action.endswith("down") else -step))
            return
        self._message = ""
        page, self._page = self._page, []
        if page:
            self._scroll = 0
            if action in ("help", "explain", "quit", ""):
                return
        if action != "undo":
            self._changes.forget_question()
        self._try(lambda: self._act(action, key))

    def _act(self, action: str, key: str) -> None:
        if action in _DECIDED:
            self._decide(action)
        elif action == "undo":
            self._undo()
        elif action == "quit":
            self.over = True
        elif action == "help":
            self._show_page(pages.help_page(self._keymap, self._reasons))
        elif action == "search":
            self._ask("only papers that match (empty: all):", "", self._search)
        elif action in ("back", "forward", "progress", "highlight"):
            self._look(action)
        elif self._pick is None:
            self._message = "there is no paper here" if action else ""
        else:
            self._act_on(self._pick.row, action, key)

    def _act_on(self, row: int, action: str, key: str) -> None:
        """What is done with the paper that is shown."""
        if action == "explain":
            self._explain(row)
        elif action == "note":
            self._ask("note:", self._changes.own_note(row), self._note)
        elif action == "topic":
            has = self.state.papers[row]["topics"]
            self._show_page(pages.topic_page(self._changes.topic_names(has), has))
            self._ask("topic to add or remove (name or number):", "", self._topic)
        elif action == "open":
            record = self.state.papers[row]
            self._message = self._open(place_of(record))
        elif key in REASON_KEYS[: len(self._reasons)]:
            self._decide("skip", self._reasons[int(key) - 1])
        elif key not in ("esc", "ctrl-l"):
            self._message = f"{key} is no key here; {keys_of(self._keymap, 'help')[0]} lists them"

    def _show_page(self, lines: list[str]) -> None:
        self._page, self._scroll = lines, 0

    def _ask(self, asked: str, text: str, then: Callable[[str], None]) -> None:
        self._entry = (asked, text, then)

    def _type(self, key: str) -> None:
        """One key while a line is typed."""
        assert self._entry
        asked, text, then = self._entry
        if key not in ("enter", "esc"):
            self._entry = (asked, edited(text, key), then)
            return
        self._entry, self._page, self._scroll = None, [], 0
        if key == "enter":
            self._try(lambda: then(text.strip()))

    def _try(self, act: Callable[[], None]) -> None:
        """Does it, or says why it cannot be done."""
        try:
            act()
        except PaperctlError as fault:
            self._message = fault.one_line()
        except OSError as fault:
            self._message = f"not saved: {fault.strerror or fault}"

    # ---- what keys do -------------------------------------------------------------------------

    def _decide(self, decision: str, reason: str | None = None) -> None:
        if self._pick is None:
            self._message = "nothing is left to decide here"
            return
        self._message = self._changes.decide(self._pick.row, decision, reason)
        if not self._message:
            self._ranking.learn()
            self._next()

    def _undo(self) -> None:
        self._message, row, undone = self._changes.undo(keys_of(self._keymap, "undo")[0])
        if not undone:
            return
        self._ranking.learn()
        if row is not None:
            self._reload(row)
            self._pick = Pick(row, "best")
        self._scroll = 0

    def _look(self, action: str) -> None:
        """What changes nothing but what is to be seen."""
        if action in ("back", "forward"):
            self._look_back(1 if action == "back" else -1)
        elif action == "progress":
            self._show_page(pages.progress_page(self.state.sequence, len(self.state.scope)))
        else:
            self._highlight = not self._highlight
            self._message = f"your words are {'' if self._highlight else 'not '}highlighted"

    def _look_back(self, step: int) -> None:
        """Shows a paper decided on earlier (step 1) or later (-1); behind the last comes the next paper."""
        decided = self.state.last_decided
        place = (-1 if self._place is None else self._place) + step
        if place < 0:
            self._next()
        elif place < len(decided):
            self._place, self._pick, self._scroll = place, Pick(decided[place], "decided"), 0
        else:
            self._message = "there is no decision before this one"

    def _note(self, text: str) -> None:
        assert self._pick
        self._message = self._changes.note(self._pick.row, text)
        self._cards.forget()

    def _topic(self, text: str) -> None:
        assert self._pick
        self._message = self._changes.topic(self._pick.row, text)
        self._cards.forget()

    def _search(self, text: str) -> None:
        if not text:
            self._searched = None
            self.state.narrow(None)
        else:
            from paperctl.library.queries import parsed

            query = parsed(self.store, text, lambda: self._rules.names)
            left, matching = self.state.narrow(query)
            if not left:
                self._message = f"all {matching} that match are decided" if matching else "no paper matches"
                return
            self._searched = query
            self._message = f"{left:,} open papers match"
        self._next()

    def _explain(self, row: int) -> None:
        self._take_ranking()
        reasons = self._ranking.reasons(row)
        topics = [found for found in self._cards.explained(self.state.papers[row]) if found.given]
        self._show_page(pages.explain_page(reasons, topics, self.state.rank(row), self._ranking.learned))

    # ---- keeping up ---------------------------------------------------------------------------

    def _reload(self, row: int) -> None:
        self._changes.reload(row)
        self._cards.forget()

    def _take_ranking(self) -> None:
        self._ranking.take()
        advice = view.advice(self.progress())
        if (level := advice.partition(":")[0]) not in ("", self._advised):
            self._message, self._advised = advice, level
        if self.worker.fault and not self._message:
            self._message = f"ranking has stopped ({self.worker.fault}); decisions are saved all the same"

    def _next(self) -> None:
        self._ranking.wait()
        self._take_ranking()
        self._pick, self._place = self.state.next(), None
        self._scroll = 0
