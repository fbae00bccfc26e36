"""One paper as text with styles: what the pane next to the list shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from paperctl.record import Record
from paperctl.record.links import code_links, link
from paperctl.terminal.highlight import spans
from paperctl.terminal.keys import keys_of
from paperctl.text.sanitise import clean

if TYPE_CHECKING:
    from paperctl.query import Sought

STYLES = {"keep": "bold green", "skip": "red", "maybe": "bold yellow"}
LIT = "bold underline"


def preview(record: Record, sought: Sequence[Sought]) -> Text:
    """The paper as a person reads it, with what the query and the topics' cues found in it lit up."""
    page = Text()
    page.append_text(lit(record["title"] or "(no title)", sought, "title", "bold"))
    for line in (", ".join(record["authors"]), _published(record)):
        if line:
            page.append("\n").append_text(lit(line, sought, "author", "dim"))
    for label, style, text in _facts(record):
        page.append(f"\n{label} ", "dim").append(clean(text), style)
    page.append("\n\n")
    page.append_text(lit(record["abstract"] or "(no abstract)", sought, "abstract"))
    return page


def _published(record: Record) -> str:
    return " ".join(str(part) for part in (record["venue"], record["year"]) if part)


def _facts(record: Record) -> Iterator[tuple[str, str, str]]:
    """Label, style and text of each short field."""
    decision = record["decision"]
    if decision:
        reason = record.get("reason")
        yield "decision", STYLES.get(decision, ""), decision + (f" ({reason})" if reason else "")
    for label, name, style in (("topics", "topics", "magenta"), ("labels", "labels", "blue")):
        held: Any = record.get(name)
        if held:
            yield label, style, ", ".join(held)
    if record["note"]:
        yield "note", "italic", record["note"]
    for url in filter(None, (link(record), *code_links(record))):
        yield "link", "", url
    yield "id", "cyan", record["id"]


def lit(text: str, sought: Sequence[Sought], field: str, style: str = "") -> Text:
    """The text on one line, with the stretches that answer the terms lit up."""
    shown = clean(text)
    found = Text(shown, style)
    for start, end in spans(shown, sought, field):
        found.stylize(LIT, start, end)
    return found


SHARED = {
    "keep": "keep",
    "skip": "skip",
    "maybe": "maybe",
    "undo": "take the last change back, as often as you like",
    "topic": "add or remove a topic",
    "note": "write a note",
    "search": "to the filter; Enter comes back",
    "open": "open the link",
    "explain": "everything known of the paper",
    "help": "all keys",
    "quit": "quit; every change is saved already",
    "down": "next paper",
    "up": "paper before",
    "page-down": "a page down",
    "page-up": "a page up",
}
"""What the keys of `screen` do here."""

OWN = {
    "pick": (("x",), "pick the paper: the next key is for all that are picked; again: let it go"),
    "pick-all": (("*",), "pick every paper of the list; again: none"),
    "label": (("l",), "add labels, separated by commas; -label takes one off"),
    "similar": (("a",), "papers alike this one; / brings the others back"),
    "sort": (("v",), "sort by fields: year, -year, title, best (match first)"),
    "top": (("g", "home"), "first paper"),
    "bottom": (("G", "end"), "last paper"),
    "pane": (("tab",), "from the list to the preview and back"),
    "all": (("esc",), "let go of what is picked; then of the filter"),
}
"""What browsing has in addition to the keys of `screen`: action → its keys, and what it does."""


def keymap(screen: Mapping[str, str]) -> dict[str, str]:
    """Key → action: the keys of `screen` that mean something here, and those of `OWN` that are free."""
    shared = {key: action for key, action in screen.items() if action in SHARED}
    return {key: action for action, (keys, _) in OWN.items() for key in keys} | shared


def help_page(keys: Mapping[str, str]) -> Text:
    """Every key and what it does."""
    page = Text("Keys\n", "bold")
    for action, about in (SHARED | {action: about for action, (_, about) in OWN.items()}).items():
        if found := keys_of(keys, action):
            page.append(f"\n{', '.join(found):>12}  ", "cyan").append(about)
    page.append("\n\nA decision, label or topic is for what is picked, else for the paper under the cursor.")
    return page
