"""Keys: what a terminal sends becomes keys, however it is cut; settings change which does what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.errors import UsageError
from paperctl.terminal.keys import ACTIONS, PASTE_BEGINS, PASTE_ENDS, SEQUENCES, decode, keymap, keys_of


@pytest.mark.parametrize(
    ("data", "keys", "rest"),
    [
        (b"ks", ["k", "s"], b""),
        ("né".encode(), ["n", "é"], b""),
        ("量".encode()[:2], [], "量".encode()[:2]),
        (b"\x1b[A\x1b[6~\x1bOB", ["up", "pgdn", "down"], b""),
        (b"\x1b", [], b"\x1b"),
        (b"\x1b[", [], b"\x1b["),
        (b"\x1b[1;5Ck", ["k"], b""),
        (b"\x1bk", ["esc", "k"], b""),
        (b"\r\n\t \x7f", ["enter", "enter", "tab", "space", "backspace"], b""),
        (b"\xff\x00k", ["k"], b""),
        (b"\xc3(", ["("], b""),
        (b"\x1b[200~k\x1b[201~", [PASTE_BEGINS, "k", PASTE_ENDS], b""),
    ],
)
def test_bytes_become_keys(data: bytes, keys: list[str], rest: bytes) -> None:
    assert decode(data) == (keys, rest)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_can_be_typed(data: bytes) -> None:
    keys, rest = decode(data)
    assert data.endswith(rest)
    assert len(rest) < 32
    assert all(key.isprintable() or len(key) == 1 for key in keys)


PIECES = st.lists(
    st.sampled_from([b"k", b"\x1b[A", "é".encode(), "量".encode(), b"\r", *(b"\x1b" + s for s in SEQUENCES)])
)


@settings(max_examples=100, deadline=None)
@given(PIECES, st.data())
def test_keys_are_the_same_however_the_line_cuts_them(pieces: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(pieces)
    cut = data.draw(st.integers(0, len(whole)))
    first, rest = decode(whole[:cut])
    second, left = decode(rest + whole[cut:])
    assert (first + second, left) == decode(whole)


def test_built_in_keys() -> None:
    found = keymap({})
    usual = {"k": "keep", "s": "skip", "m": "maybe", "u": "undo", "t": "topic", "n": "note", "/": "search"}
    usual |= {"o": "open", "e": "explain", "?": "help", "q": "quit"}
    assert usual.items() <= found.items()
    assert "i" not in found


def test_settings_change_keys() -> None:
    found = keymap({"keep": "y", "skip": ["x", "left"], "undo": "s", "page-down": " "})
    assert (found["y"], found["x"], found["left"], found["s"]) == ("keep", "skip", "skip", "undo")
    assert "k" not in found and "u" not in found
    assert keys_of(found, "page-down") == ["space"]


def test_yaml_reads_a_bare_y_and_n_as_truth() -> None:
    assert keymap({"keep": True, "skip": False, "note": "N"})["n"] == "skip"


@pytest.mark.parametrize(
    ("chosen", "word"),
    [
        ({"kepe": "k"}, "kepe"),
        ({"keep": "kk"}, "kk"),
        ({"keep": "\x1b"}, "no key"),
        ({"keep": "x", "skip": "x"}, "both"),
        ({"keep": "s"}, "skip"),
        ({"keep": []}, "keep"),
        ({"keep": {"a": 1}}, "no key"),
    ],
)
def test_settings_that_cannot_be_are_refused(chosen: dict[str, object], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        keymap(chosen)


def test_every_action_says_what_it_does() -> None:
    assert all(about for _, about in ACTIONS.values())
