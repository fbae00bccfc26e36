"""Keys: which one does what, and how the bytes of a terminal become keys."""

from __future__ import annotations

from collections.abc import Mapping

from paperctl.errors import UsageError
from paperctl.text.width import width

ACTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "keep": (("k",), "keep"),
    "skip": (("s",), "skip"),
    "maybe": (("m",), "maybe: it comes back later"),
    "undo": (("u",), "take the last change back, as often as you like"),
    "topic": (("t",), "add or remove a topic"),
    "note": (("n",), "write a note"),
    "search": (("/",), "only papers that match a query; empty: all again"),
    "open": (("o",), "open the link"),
    "explain": (("e",), "why this paper is shown now"),
    "highlight": (("h",), "your words to include and exclude in colour, or not"),
    "progress": (("p",), "how many were found so far"),
    "back": (("left", "["), "look back at the papers decided on"),
    "forward": (("right", "]"), "forward again"),
    "help": (("?",), "all keys"),
    "quit": (("q",), "quit; every decision is saved already"),
    "down": (("j", "down"), "scroll down"),
    "up": (("up",), "scroll up"),
    "page-down": (("space", "pgdn"), "scroll down a page"),
    "page-up": (("b", "pgup"), "scroll up a page"),
}
"""Action → its keys unless settings say otherwise, and what it does."""

SEQUENCES = {
    b"[A": "up",
    b"[B": "down",
    b"[C": "right",
    b"[D": "left",
    b"OA": "up",
    b"OB": "down",
    b"OC": "right",
    b"OD": "left",
    b"[5~": "pgup",
    b"[6~": "pgdn",
    b"[H": "home",
    b"[F": "end",
    b"OH": "home",
    b"OF": "end",
    b"[1~": "home",
    b"[4~": "end",
    b"[3~": "delete",
}
CONTROLS = {
    0x0D: "enter",
    0x0A: "enter",
    0x09: "tab",
    0x20: "space",
    0x7F: "backspace",
    0x08: "backspace",
    0x1B: "esc",
    0x04: "ctrl-d",
    0x0C: "ctrl-l",
    0x15: "ctrl-u",
    0x17: "ctrl-w",
}
PASTE_BEGINS, PASTE_ENDS = "paste begins", "paste ends"
_PASTE = {b"[200~": PASTE_BEGINS, b"[201~": PASTE_ENDS}
NAMED = {*SEQUENCES.values(), *CONTROLS.values()}


def keymap(chosen: Mapping[str, object]) -> dict[str, str]:
    """Key → action: the built-in keys, changed by `chosen` (action → key or list of keys).

    A key given to an action is taken from the built-in ones that had it. Raises UsageError for an
    unknown action or key, a key given twice, or an action left without any.
    """
    given = _given(chosen)
    builtin = {key: action for action, (keys, _) in ACTIONS.items() if action not in chosen for key in keys}
    found = {**builtin, **given}
    for action in ACTIONS:
        if action not in found.values():
            raise UsageError(f"screen.keys: no key is left for {action}", f"give it one: {action}: x")
    return found


def _given(chosen: Mapping[str, object]) -> dict[str, str]:
    """Key → action as the settings say it."""
    given: dict[str, str] = {}
    for action, keys in chosen.items():
        if action not in ACTIONS:
            raise UsageError(f"screen.keys: no action called {action!r}", f"actions: {', '.join(ACTIONS)}")
        for value in keys if isinstance(keys, list) else [keys]:
            key = _key_name(value)
            if given.get(key, action) != action:
                raise UsageError(f"screen.keys: {key!r} cannot be both {given[key]} and {action}")
            given[key] = action
    return given


def _key_name(value: object) -> str:
    """What a key of the settings is called here. Raises UsageError for what is no key."""
    if isinstance(value, bool):  # YAML reads a bare y or n as true or false
        return "y" if value else "n"
    key = "space" if value == " " else str(value)
    if key not in NAMED and not (len(key) == 1 and key.isprintable() and width(key)):
        raise UsageError(f"screen.keys: {key!r} is no key", f"one character, or {', '.join(sorted(NAMED))}")
    return key


def keys_of(keymap: Mapping[str, str], action: str) -> list[str]:
    """The keys that do an action, those of the settings last."""
    return [key for key, does in keymap.items() if does == action]


def decode(data: bytes) -> tuple[list[str], bytes]:
    """The keys in what a terminal sent, and the bytes at its end that are not a whole key yet.

    A key is one character, or a name as "enter" or "pgdn"; unknown sequences are left out. A lone
    escape is kept back as the possible start of a sequence: the caller says when it was a key.
    """
    keys: list[str] = []
    at = 0
    while at < len(data):
        size, key = _key(data[at:])
        if not size:
            break
        if key:
            keys.append(key)
        at += size
    return keys, data[at:]


def _key(data: bytes) -> tuple[int, str]:
    """The size of the first key in `data` (0: not whole yet) and its name ("": unknown)."""
    first = data[0]
    if first == 0x1B:
        return _sequence(data)
    if first in CONTROLS:
        return 1, CONTROLS[first]
    if first < 0x20:
        return 1, ""
    size = (
        1
        if first < 0x80
        else 2
        if first >> 5 == 6
        else 3
        if first >> 4 == 14
        else 4
        if first >> 3 == 30
        else 1
    )
    if len(data) < size:
        return 0, ""
    try:
        return size, data[:size].decode()
    except UnicodeDecodeError:
        return 1, ""


def _sequence(data: bytes) -> tuple[int, str]:
    if len(data) == 1:
        return 0, ""
    if data[1:2] not in (b"[", b"O"):
        return 1, "esc"
    for end in range(2, len(data)):
        if 0x40 <= data[end] <= 0x7E:
            found = data[1 : end + 1]
            return end + 1, SEQUENCES.get(found) or _PASTE.get(found, "")
    return (0, "") if len(data) < 32 else (len(data), "")


def edited(text: str, key: str) -> str:
    """A line of text after a key: a character more, or less."""
    match key:
        case "backspace":
            return text[:-1]
        case "ctrl-u":
            return ""
        case "ctrl-w":
            return text.rstrip().rpartition(" ")[0]
        case "space":
            return text + " "
    return text + key if len(key) == 1 else text
