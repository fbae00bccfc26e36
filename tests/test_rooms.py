"""Rooms import downwards only, and no module stands outside a room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import paperctl

PACKAGE = Path(paperctl.__file__).parent
ROOMS = (
    *("errors", "parallel", "text", "record", "store", "config", "normalise", "dumps", "readers", "reading"),
    *(
        "deduplicate",
        "topics",
        "query",
        "index",
        "library",
        "terminal",
        "plots",
        "exports",
        "bulk",
        "screening",
        "review",
        "browse",
        "api",
        "agents",
    ),
    *("cli", "__main__"),
)
"""From the ground up. What stands later may import what stands before it."""


def imported(module: Path) -> Iterator[tuple[str, int]]:
    """The rooms that a module imports from, wherever in it, and the lines."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            plain = node.module == "paperctl"
            names = [f"paperctl.{alias.name}" for alias in node.names] if plain else [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from ((name.split(".")[1], node.lineno) for name in names if name.startswith("paperctl."))


def room(module: Path) -> str:
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def test_the_page_on_development_names_every_room() -> None:
    page = (PACKAGE.parent / "docs" / "development.md").read_text(encoding="utf-8")
    walk = page.split("## One record's way")[1].split("## ")[0]
    named = [name for row in re.findall(r"^\| (`.*?) \|", walk, re.M) for name in re.findall(r"`(\w+)`", row)]
    assert named == [name for name in ROOMS if name != "__main__"]
    glossary = page.split("## Terms")[1].split("## ")[0]
    assert len(re.findall(r"^\| ", glossary, re.M)) - 1 <= 15


def test_every_module_stands_in_a_room() -> None:
    assert {room(module) for module in MODULES} == set(ROOMS)
    assert {p.name for p in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py", "errors.py"}


@pytest.mark.parametrize("name", ROOMS)
def test_imports_go_down_only(name: str) -> None:
    below = {*ROOMS[: ROOMS.index(name)], name, "__version__"}
    climbing = [
        f"{module.relative_to(PACKAGE)}:{line} imports {target}"
        for module in MODULES
        if room(module) == name
        for target, line in imported(module)
        if target not in below
    ]
    assert not climbing


def forks(node: ast.AST) -> int:
    """The places where the way through the code forks, from here down; functions within count alone."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return 0
        case ast.BoolOp(values=values):
            here = len(values) - 1
        case ast.comprehension(ifs=conditions):
            here = 1 + len(conditions)
        case ast.Try(handlers=handlers, orelse=orelse) | ast.TryStar(handlers=handlers, orelse=orelse):
            here = len(handlers) + bool(orelse)
        case ast.For(orelse=orelse) | ast.While(orelse=orelse) | ast.AsyncFor(orelse=orelse):
            here = 1 + bool(orelse)
        case ast.match_case(pattern=ast.MatchAs(pattern=None)):
            here = 0
        case ast.If() | ast.IfExp() | ast.Assert() | ast.match_case():
            here = 1
        case _:
            here = 0
    return here + sum(map(forks, ast.iter_child_nodes(node)))


def test_no_function_has_many_ways_through_it() -> None:
    tangled = [
        f"{module.relative_to(PACKAGE)}:{node.lineno} {node.name}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and 1 + sum(map(forks, node.body)) > 15
    ]
    assert not tangled, "more than 15 ways through it: say it in smaller functions"
