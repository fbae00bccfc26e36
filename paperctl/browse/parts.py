"""Parts of the screen: the pane that shows a paper, and the line that is typed."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static


class Pane(VerticalScroll):
    """Shows a paper, or another text, from its beginning."""

    def compose(self) -> ComposeResult:
        yield Static(id="preview")

    def show(self, text: Text) -> None:
        """Shows a text."""
        self.query_one("#preview", Static).update(text)
        self.scroll_home(animate=False)


class TypedLine(Input):
    """A line that is typed on demand; `then` is what is done with it, None where nothing is asked."""

    then: Callable[[str], str] | None = None

    def ask(self, asked: str, text: str, then: Callable[[str], str]) -> None:
        """Shows the line with a text in it."""
        self.placeholder, self.value, self.cursor_position = asked, text, len(text)
        self.add_class("asked")
        self.screen.set_focus(self)
        self.then = then

    def leave(self) -> None:
        """Hides the line."""
        self.then = None
        self.remove_class("asked")
