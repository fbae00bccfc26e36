"""`paperctl browse`: what the keys do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from paperctl.browse.callbacks import Callbacks
from paperctl.browse.catalogue import Catalogue
from paperctl.browse.edits import Edits
from paperctl.browse.key_names import key_of
from paperctl.browse.paper_screen import PaperScreen
from paperctl.browse.parts import Pane
from paperctl.browse.preview import help_page, keymap
from paperctl.errors import PaperctlError
from paperctl.terminal.links import place_of


class Browse(PaperScreen):
    """The full screen. `screen_keys` are those of `screen`, `reasons` what its keys 1 to 9 stand for."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", priority=True)]

    def __init__(
        self,
        papers: Catalogue,
        edits: Edits,
        callbacks: Callbacks,
        *,
        query: str = "",
        sort: str = "",
        screen_keys: Mapping[str, str],
        reasons: Sequence[str] = (),
    ) -> None:
        super().__init__(papers, callbacks, keymap(screen_keys), query, sort)
        self._edits, self._reasons = edits, reasons

    # ---- keys -----------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        # Before it is passed on: else keys typed fast reach the widget that the key before is about to leave.
        if not (isinstance(event, events.Key) and not event.is_forwarded and self._took(event)):
            await super().on_event(event)

    def _took(self, event: events.Key) -> bool:
        """Whether the key was one of ours; then it is done."""
        if isinstance(self.focused, Input):
            if event.key != "escape":
                return False
            self._leave_line()
            self.screen.set_focus(self.rows)
            return True
        key = key_of(event)
        action = "reason" if key in "123456789"[: len(self._reasons)] else self._keys.get(key, "")
        if action:
            self._try(lambda: self._act(action, key))
        return bool(action)

    def _try(self, act: Callable[[], str | None]) -> None:
        """Does it and says what it did, or why it cannot be done."""
        try:
            message = act()
        except PaperctlError as fault:
            message = fault.one_line()
        except OSError as fault:
            message = f"not saved: {fault.strerror or fault}"
        if message is not None:
            self._say(message)

    def _act(self, action: str, key: str) -> str | None:
        """Does what a key stands for; gives what to say of it."""
        if (move := self._moves().get(action)) is not None:
            move()
            return None
        if action in ("keep", "skip", "maybe"):
            return self._decide(action)
        if action == "reason":
            return self._decide("skip", self._reasons[int(key) - 1])
        paper = self.rows.current
        if paper is None:
            return "there is no paper here"
        return self._of_paper(action, paper)

    def _moves(self) -> dict[str, Callable[[], object]]:
        """Actions that change nothing in the store."""
        papers = self.rows
        return {
            "down": lambda: papers.go(papers.cursor + 1),
            "up": lambda: papers.go(papers.cursor - 1),
            "page-down": lambda: papers.page(1),
            "page-up": lambda: papers.page(-1),
            "top": lambda: papers.go(0),
            "bottom": lambda: papers.go(len(papers.ids)),
            "pick": papers.pick,
            "pick-all": papers.pick_all,
            "pane": self._change_pane,
            "all": self._let_go,
            "search": self._to_filter,
            "sort": lambda: self._ask("sort by:", self._sort, self._sort_by),
            "undo": lambda: self._say(self._changed(self._edits.undo())),
            "help": lambda: self._show(help_page(self._keys)),
            "quit": self.exit,
        }

    def _of_paper(self, action: str, paper: str) -> str | None:
        record, chosen = self._papers[paper], self.rows.chosen
        if action == "open":
            return self._callbacks.open(place_of(record))
        if action == "explain":
            self._show(Text(self._callbacks.explained(record)))
        elif action == "similar":
            self._alike = True
            self._fill(self._callbacks.alike(paper), (), f"alike: {record['title']}")
        elif action == "note":
            self._ask(
                "note:",
                record["note"] or "",
                lambda text: self._changed(self._edits.note(paper, text.strip())),
            )
        elif action == "topic":
            self._ask("topic:", "", lambda text: self._changed(self._edits.topic(chosen, text)))
        elif action == "label":
            self._ask("labels:", "", lambda text: self._changed(self._edits.label(chosen, text)))
        return None

    def _decide(self, decision: str, reason: str | None = None) -> str:
        chosen = self.rows.chosen
        if not chosen:
            return "there is no paper here"
        message = self._changed(self._edits.decide(chosen, decision, reason))
        if not self.rows.picked:
            self.rows.go(self.rows.cursor + 1)
        self.rows.picked = set()
        self.rows.refresh()
        return message

    def _changed(self, message: str) -> str:
        self.rows.refresh()
        self._preview()
        return message

    def _change_pane(self) -> None:
        pane = self.query_one("#pane", Pane)
        self.screen.set_focus(self.rows if self.focused is pane else pane)

    def _let_go(self) -> None:
        if self.rows.picked:
            self.rows.picked = set()
            self.rows.refresh()
            self._status()
        elif self._query:
            self.query_one("#filter", Input).value = ""
        elif self._alike:
            self._look()

    def _to_filter(self) -> None:
        if self._alike:
            self._look()
        self.screen.set_focus(self.query_one("#filter", Input))

    # ---- a line that is typed ---------------------------------------------------------------------

    def _ask(self, asked: str, text: str, then: Callable[[str], str]) -> None:
        self.line.ask(asked, text, then)
        self._say(asked)

    def _leave_line(self) -> None:
        self.line.leave()
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        then = self.line.then
        if event.input is self.line and then is not None:
            self._leave_line()
            self.screen.set_focus(self.rows)
            self._try(lambda: then(event.value))
            return
        self.screen.set_focus(self.rows)
        self._look()

    def _sort_by(self, text: str) -> str:
        self._sort = text.strip()
        self._look()
        return self._message
