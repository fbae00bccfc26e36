"""The list: one line a paper. Only the lines in sight are drawn, and only their papers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from paperctl.browse.catalogue import Catalogue
from paperctl.browse.preview import STYLES, lit
from paperctl.text.width import pad

if TYPE_CHECKING:
    from paperctl.query import Sought

_SIGNS = {"keep": "k", "skip": "s", "maybe": "m"}
_TOPICS = 24
_ROOM_FOR_TOPICS = 70


class PaperList(ScrollView, can_focus=True):
    """Papers by id, one under the cursor, any number picked."""

    class Moved(Message):
        """The cursor stands on another paper, or the papers are others."""

    def __init__(self, papers: Catalogue, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._papers = papers
        self.ids: list[str] = []
        self.cursor = 0
        self.picked: set[str] = set()
        self.sought: Sequence[Sought] = ()

    # ---- what it holds --------------------------------------------------------------------------

    @property
    def current(self) -> str | None:
        """The paper under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def chosen(self) -> list[str]:
        """The papers that a key is for: those picked, else the one under the cursor."""
        if self.picked:
            return [paper for paper in self._papers.ids if paper in self.picked]
        return [self.current] if self.current else []

    def fill(self, ids: list[str], sought: Sequence[Sought]) -> None:
        """Shows these papers; the cursor stays on its paper if that is among them."""
        paper = self.current
        self.ids, self.sought = ids, sought
        self.virtual_size = Size(self.size.width, len(ids))
        self.refresh()
        self.go(ids.index(paper) if paper in ids else 0)

    # ---- moving ---------------------------------------------------------------------------------

    def go(self, line: int) -> None:
        """Puts the cursor on a line, as near as there is one, and brings it into sight."""
        left = self.cursor
        self.cursor = max(0, min(line, len(self.ids) - 1))
        height = max(1, self.scrollable_content_region.height)
        top = round(self.scroll_y)
        if not top <= self.cursor < top + height:
            top = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh_line(left)
        self.refresh_line(self.cursor)
        self.post_message(self.Moved())

    def page(self, pages: int) -> None:
        """Moves the cursor by so many heights of the list."""
        self.go(self.cursor + pages * max(1, self.scrollable_content_region.height - 1))

    def pick(self) -> None:
        """Picks the paper under the cursor or lets it go, and goes on to the next."""
        if self.current:
            self.picked ^= {self.current}
            self.go(self.cursor + 1)

    def pick_all(self) -> None:
        """Picks all papers of the list; lets all go where all are picked."""
        every = set(self.ids)
        self.picked = self.picked - every if every <= self.picked else self.picked | every
        self.refresh()
        self.go(self.cursor)

    # ---- drawing --------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.ids))
        self.go(self.cursor)

    def render_line(self, y: int) -> Strip:
        line = round(self.scroll_y) + y
        width = self.scrollable_content_region.width
        if line >= len(self.ids):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        if line == self.cursor:
            base += Style(reverse=self.has_focus, bold=True)
        strip = Strip(self._segments(self.ids[line], width, base)).adjust_cell_length(width, base)
        # In reverse each colour would be a patch of its own.
        return Strip([Segment(strip.text, base)]) if line == self.cursor and self.has_focus else strip

    def _segments(self, paper: str, width: int, base: Style) -> list[Segment]:
        record = self._papers[paper]
        decision = record["decision"] or ""
        topics = _TOPICS if width >= _ROOM_FOR_TOPICS else 0
        head = [
            Segment("●" if paper in self.picked else " ", base + Style(color="cyan")),
            Segment(f"{_SIGNS.get(decision, ' ')} ", base + Style.parse(STYLES.get(decision, "none"))),
            Segment(f"{record['year'] or '':>4} ", base + Style(dim=True)),
        ]
        room = width - 8 - topics
        title = lit(record["title"] or "(no title)", self.sought, "title")
        title.truncate(room - 1, overflow="ellipsis", pad=True)
        drawn = title.render(self.app.console)
        texts = [Segment(text, base + (style or Style())) for text, style, _ in drawn]
        named = pad(", ".join(record["topics"]), topics) if topics else ""
        return [*head, *texts, Segment(" ", base), Segment(named, base + Style(color="magenta"))]

    def on_click(self, event: object) -> None:
        self.go(round(self.scroll_y) + getattr(event, "y", 0))
