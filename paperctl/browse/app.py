"""The screen of `paperctl browse`: a filter, below it the list and the preview, then what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from paperctl.browse.callbacks import Callbacks
from paperctl.browse.catalogue import Catalogue
from paperctl.browse.edits import Edits
from paperctl.browse.paper_list import PaperList
from paperctl.browse.preview import help_page, keymap, preview
from paperctl.errors import PaperctlError
from paperctl.terminal.keys import keys_of
from paperctl.terminal.links import place_of

if TYPE_CHECKING:
    from paperctl.query import Sought

PAUSE = 0.12
"""Seconds without a key after which the filter looks."""
REST = 0.03
"""Seconds that the cursor stands before the preview follows: a key held down is not waited for."""
SIDE_BY_SIDE = 100
"""Columns from which the preview is to the right of the list, not below."""
LOOKING = "looking …"
_KEYS = {"enter": "enter", "escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "tab": "tab"}
_STAYS = 2
"""So many hints at the end of the footer stay in a narrow window: the first of them shows all keys."""
_FOOTER = ("keep", "skip", "maybe", "undo", "pick", "note", "topic", "search", "sort", "open", "help", "quit")


class Browse(App[None]):
    """The full screen. `screen_keys` are those of `screen`, `reasons` what its keys 1 to 9 stand for."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "quit", priority=True)]
    CSS_PATH = "screen.tcss"

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
        super().__init__()
        self._papers, self._edits, self._callbacks = papers, edits, callbacks
        self._keys, self._reasons = keymap(screen_keys), reasons
        self._query, self._sort = query, sort
        self._message = ""
        self._alike = False
        self._waiting: Timer | None = None
        self._resting: Timer | None = None
        self._then: Callable[[str], str] | None = None
        """What the line being typed is for."""

    def compose(self) -> ComposeResult:
        yield Input(self._query, placeholder="filter: words, field:value, -not, or", id="filter")
        with Horizontal(id="body"):
            yield PaperList(self._papers, id="list")
            with VerticalScroll(id="pane"):
                yield Static(id="preview")
        yield Static(id="status")
        yield Input(id="line")
        yield Static(id="footer")

    def on_mount(self) -> None:
        self.rows.focus()
        self._foot(self.size.width)
        self._look()

    @property
    def rows(self) -> PaperList:
        """The list of papers."""
        return self.query_one("#list", PaperList)

    def on_resize(self, event: events.Resize) -> None:
        self.screen.set_class(event.size.width < SIDE_BY_SIDE, "narrow")
        self._foot(event.size.width)

    # ---- finding --------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "filter" and event.value != self._query:
            self._query = event.value
            if self._waiting:
                self._waiting.stop()
            self._waiting = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        """Looks for the papers of the filter, while keys go on being taken."""
        self._alike = False
        if self._waiting:
            self._waiting.stop()
        try:
            sought = self._callbacks.sought(self._query)
        except PaperctlError as fault:
            self._say(fault.message.split("\n", 1)[0])
            return
        self._say(LOOKING)
        self._find(self._query, self._sort, sought)

    @work(thread=True, exclusive=True, group="find")
    def _find(self, text: str, sort: str, sought: Sequence[Sought]) -> None:
        worker = get_current_worker()
        try:
            ids = self._callbacks.find(text, sort, lambda: worker.is_cancelled)
        except PaperctlError as fault:
            if not worker.is_cancelled:
                self.call_from_thread(self._say, fault.message.split("\n", 1)[0])
            return
        if not worker.is_cancelled:
            self.call_from_thread(self._fill, ids, sought)

    def _fill(self, ids: Sequence[str], sought: Sequence[Sought], message: str = "") -> None:
        self._papers.renew()
        self.rows.fill([paper for paper in ids if paper in self._papers], sought)
        if message or self._message == LOOKING:  # else it is about a key pressed meanwhile
            self._say(message)

    # ---- showing --------------------------------------------------------------------------------

    def on_paper_list_moved(self) -> None:
        self._status()
        if self._resting:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._preview)

    def _preview(self) -> None:
        paper = self.rows.current
        if paper is None:
            self._show(Text("no paper matches" if self._query else "no papers yet"))
            return
        record = self._papers[paper]
        self._show(preview(record, [*self.rows.sought, *self._callbacks.cues(record)]))

    def _show(self, text: Text) -> None:
        self.query_one("#preview", Static).update(text)
        self.query_one("#pane", VerticalScroll).scroll_home(animate=False)

    def _say(self, message: str) -> None:
        self._message = message
        self._status()

    def _status(self) -> None:
        papers = self.rows
        place = papers.cursor + 1 if papers.ids else 0
        parts = [f"{place:,} of {len(papers.ids):,}"]
        parts += [f"{len(papers.picked):,} picked"] if papers.picked else []
        parts += [f"by {self._sort}"] if self._sort else []
        parts += [self._message] if self._message else []
        self.query_one("#status", Static).update(Text(" · ".join(parts), "reverse"), layout=False)

    def _foot(self, width: int) -> None:
        named = ((keys_of(self._keys, action), action) for action in _FOOTER)
        hints = [f"{keys[0]} {action}" for keys, action in named if keys]
        room = width - 2  # a blank at each side
        while len(hints) > _STAYS and sum(map(len, hints)) + 2 * len(hints) - 2 > room:
            del hints[-_STAYS - 1]
        line = Text("  ".join(hints), overflow="ellipsis", no_wrap=True)
        self.query_one("#footer", Static).update(line)

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
        key = _KEYS.get(event.key) or (event.character if event.is_printable else None) or event.key
        key = "space" if key == " " else key
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
            return self._decide(lambda papers: self._edits.decide(papers, action))
        if action == "reason":
            reason = self._reasons[int(key) - 1]
            return self._decide(lambda papers: self._edits.decide(papers, "skip", reason))
        paper = self.rows.current
        if paper is None:
            return "there is no paper here"
        return self._of_paper(action, paper)

    def _moves(self) -> dict[str, Callable[[], Any]]:
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
            self._ask("note:", record["note"] or "", lambda text: self._note(paper, text))
        elif action == "topic":
            self._ask("topic:", "", lambda text: self._changed(self._edits.topic(chosen, text)))
        elif action == "label":
            self._ask("labels:", "", lambda text: self._changed(self._edits.label(chosen, text)))
        return None

    def _decide(self, decide: Callable[[list[str]], str]) -> str:
        chosen = self.rows.chosen
        if not chosen:
            return "there is no paper here"
        message = self._changed(decide(chosen))
        if not self.rows.picked:
            self.rows.go(self.rows.cursor + 1)
        self.rows.picked = set()
        self.rows.refresh()
        return message

    def _note(self, paper: str, text: str) -> str:
        return self._changed(self._edits.note(paper, text.strip()))

    def _changed(self, message: str) -> str:
        self.rows.refresh()
        self._preview()
        return message

    def _change_pane(self) -> None:
        pane = self.query_one("#pane", VerticalScroll)
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
        line = self.query_one("#line", Input)
        line.placeholder, line.value, line.cursor_position = asked, text, len(text)
        line.add_class("asked")
        self.screen.set_focus(line)
        self._then = then
        self._say(asked)

    def _leave_line(self) -> None:
        self._then = None
        self.query_one("#line", Input).remove_class("asked")
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        then = self._then
        if event.input.id == "line" and then is not None:
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
