"""Names, docstrings and pages use words of the field, not words of a private dialect."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import paperctl

PACKAGE = Path(paperctl.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOT = PACKAGE.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

NOT_IN_NAMES = frozenset(
    ("said", "told", "tell", "kin", "beside", "handed", "shelf", "wanted", "nobody", "sitting", "lest")
)
"""Say what a value is instead: message, found, expected, next to, corpus, relevant, session."""
NOT_IN_PROSE = re.compile(r"\b(?:told|kin|beside|handed|shelf|nobody|sitting|sittings|lest)\b", re.IGNORECASE)
QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^”]*”")
"""Code and examples within prose may have any word."""
STREAMS = frozenset({("inputs.py", "tell"), ("unpack.py", "tell")})
"""The method of files, which Python names so."""
PROGRAMS = frozenset({("topics.py", "told")})
"""A key of `--json`, which programs read."""


def tokens(module: Path) -> Iterator[tokenize.TokenInfo]:
    yield from tokenize.generate_tokens(io.StringIO(module.read_text(encoding="utf-8")).readline)


def words(name: str) -> set[str]:
    """The words of a name in snake case or camel case."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def test_a_name_is_taken_apart_into_words() -> None:
    assert words("_is_told") == {"is", "told"}
    assert words("ShelfOfPapers") == {"shelf", "of", "papers"}
    assert words("NOBODY") == {"nobody"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_names_and_docstrings_are_plain(module: Path) -> None:
    found = [f"{module.name}: the module"] if words(module.stem) & NOT_IN_NAMES else []
    before = None
    for token in tokens(module):
        bad = words(token.string) & NOT_IN_NAMES if token.type == tokenize.NAME else set()
        if not {(module.name, word) for word in bad} <= STREAMS | PROGRAMS:
            found.append(f"{module.name}:{token.start[0]} {token.string}")
        docstring = token.type == tokenize.STRING and before in (None, tokenize.NEWLINE, tokenize.INDENT)
        if token.type == tokenize.COMMENT or docstring:
            prose = token.string.strip('"') if docstring else token.string
            if word := NOT_IN_PROSE.search(QUOTED.sub("", prose)):
                found.append(f"{module.name}:{token.start[0]} {word[0]}")
        if token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.DEDENT):
            before = token.type
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_are_plain(page: Path) -> None:
    text = re.sub(r"^```.*?^```|^ {4}.*?$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    assert not NOT_IN_PROSE.findall(QUOTED.sub("", text))


def test_no_module_is_long() -> None:
    """A module of more than 300 lines changes for more than one reason: split it by these."""
    sizes = {module: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert not {str(module.relative_to(PACKAGE)): size for module, size in sizes.items() if size > 300}
