"""The screen of `paperctl browse`: a filter, below it the list and the preview, then what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, work
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from paperctl.browse.callbacks import Callbacks
from paperctl.browse.catalogue import Catalogue
from paperctl.browse.paper_list import PaperList
from paperctl.browse.parts import Pane, TypedLine
from paperctl.browse.preview import preview
from paperctl.browse.status import footer, status_line
from paperctl.errors import PaperctlError

if TYPE_CHECKING:
    from paperctl.query import Sought


PAUSE = 0.12
"""Seconds without a key after which the filter looks."""
REST = 0.03
"""Seconds that the cursor stands before the preview follows: a key held down is not waited for."""
SIDE_BY_SIDE = 100
"""Columns from which the preview is to the right of the list, not below."""
LOOKING = "looking …"


class PaperScreen(App[None]):
    """Shows the papers that a filter finds, and one of them. `keys` are named in the footer."""

    CSS_PATH = "screen.tcss"

    def __init__(
        self, papers: Catalogue, callbacks: Callbacks, keys: Mapping[str, str], query: str, sort: str
    ) -> None:
        super().__init__()
        self._papers, self._callbacks, self._keys = papers, callbacks, keys
        self._query, self._sort = query, sort
        self._message = ""
        self._alike = False
        self._waiting: Timer | None = None
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Input(self._query, placeholder="filter: words, field:value, -not, or", id="filter")
        with Horizontal(id="body"):
            yield PaperList(self._papers, id="list")
            yield Pane(id="pane")
        yield Static(id="status")
        yield TypedLine(id="line")
        yield Static(id="footer")

    def on_mount(self) -> None:
        self.rows.focus()
        self._foot(self.size.width)
        self._look()

    @property
    def rows(self) -> PaperList:
        """The list of papers."""
        return self.query_one("#list", PaperList)

    @property
    def line(self) -> TypedLine:
        """The line that is typed."""
        return self.query_one("#line", TypedLine)

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
        self.query_one("#pane", Pane).show(text)

    def _say(self, message: str) -> None:
        self._message = message
        self._status()

    def _status(self) -> None:
        line = status_line(self.rows, self._sort, self._message)
        self.query_one("#status", Static).update(line, layout=False)

    def _foot(self, width: int) -> None:
        self.query_one("#footer", Static).update(footer(self._keys, width))
