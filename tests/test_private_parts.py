"""Private parts of libraries that paperctl uses; each test says what to do when a version moves its part."""

from __future__ import annotations

import re

import pytest
import typer

from paperctl.cli.typer_parts import ClickFault, UsageFault
from paperctl.query.regex_tree import regex_tree


def test_typer_raises_what_the_command_line_catches() -> None:
    """If this fails: name in cli/typer_parts.py the class that Typer raises for an unknown option."""
    app = typer.Typer()
    app.command()(lambda: None)
    with pytest.raises(UsageFault) as raised:
        typer.main.get_command(app).make_context("x", ["--no-such-option"])
    assert isinstance(raised.value, ClickFault)
    assert raised.value.format_message()


def test_a_pattern_is_parsed_into_opcodes_and_arguments() -> None:
    """If this fails: map the new tree to these names in query/regex_tree.py; limits on patterns need them."""
    tree = list(regex_tree("^a(b|cd)+[e-g]?$"))
    assert [str(opcode) for opcode, _ in tree] == ["AT", "LITERAL", "MAX_REPEAT", "MAX_REPEAT", "AT"]
    least, most, body = tree[2][1]
    assert (int(least), most > 1_000) == (1, True)
    assert str(body[0][0]) == "SUBPATTERN"
    with pytest.raises(re.error):
        regex_tree("(")
