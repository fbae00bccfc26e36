"""Who gets colour."""

from __future__ import annotations

import io

import pytest

from paperctl.terminal.colour import paint, speaks_unicode, wants_colour


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "wanted"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"CLICOLOR": "0"}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour(choice: str, terminal: bool, environ: dict[str, str], wanted: bool) -> None:
    assert wants_colour(choice, Screen() if terminal else io.StringIO(), environ) is wanted


def test_a_closed_stream_gets_no_colour() -> None:
    closed = io.StringIO()
    closed.close()
    assert wants_colour("auto", closed, {}) is False


def test_a_style_ends_with_its_text() -> None:
    assert paint("x", "bold cyan") == "\x1b[1;36mx\x1b[0m"
    assert paint("x", "") == "x"
    assert paint("", "bold") == ""


def test_unicode_is_for_streams_that_can_write_it() -> None:
    assert speaks_unicode(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert not speaks_unicode(io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
