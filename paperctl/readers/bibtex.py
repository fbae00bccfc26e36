"""BibTeX and biblatex databases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._bib.fields import entry_of, inherit
from paperctl.readers._bib.grammar import AT, NEXT_BLOCK, Block, blocks, parse
from paperctl.readers._once import each_line_once
from paperctl.record.items import Entry, Fault, Item, Skip

NAME = "bibtex"
ABOUT = "BibTeX and biblatex (.bib): reference managers, DBLP, ACL Anthology, Google Scholar"

_REFERRED = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?([^{}\"]*)", re.I)


_WHOLE = re.compile(r"=|\}\s*$")
_FIELD = re.compile(r"\s*,?\s*[\w+:-]+\s*=\s*([{\"\d]|\w+\s*,?\s*$)")


def sniff(dump: Dump) -> Sniff | None:
    lines = [line for line in dump.head.split("\n") if line.strip()]
    starts = [line for line in lines if NEXT_BLOCK.match(line) or AT.match(line.lstrip())]
    fields = sum(bool(_FIELD.match(line)) for line in lines)
    if not starts or not (fields or any(map(_WHOLE.search, starts))):
        return None
    opening = next((line for line in lines if not line.lstrip().startswith("%")), "")
    why = f"{len(starts)} blocks such as `{starts[0].strip()[:40]}`, {fields} lines `field = {{value}}`"
    if AT.match(opening.lstrip()):
        return Sniff(0.98, why)
    inside = sum(1 for _ in _inside(lines))
    return Sniff(round(min(0.95, 0.2 + 0.75 * inside / len(lines)), 2), why)


def _inside(lines: list[str]) -> Iterator[str]:
    """The lines that stand within an entry, roughly: enough for a share."""
    depth = 0
    for line in lines:
        if depth > 0 or AT.match(line.lstrip()):
            depth = max(0, depth) + line.count("{") - line.count("}")
            yield line


def read(dump: Dump) -> Iterator[Item]:
    return each_line_once(_items(dump))


def _items(dump: Dump) -> Iterator[Item]:
    parents = _parents(dump)
    macros: dict[str, str] = {}
    for block in blocks(dump.lines()):
        if isinstance(block, Skip | Fault):
            yield block
            continue
        kind = block.kind.lower()
        if kind == "comment":
            yield Skip(block.lines, "JabRef metadata" if "jabref-" in block.body[:40] else "@comment")
        elif kind == "preamble":
            yield Skip(block.lines, "@preamble")
        elif kind == "string":
            macros.update({name.lower(): value for name, value in parse(block.body, macros, keyed=False)[1]})
            yield Skip(block.lines, "@string definition")
        else:
            yield _entry(block, macros, parents)


def _entry(block: Block, macros: dict[str, str], parents: dict[str, _Parent]) -> Entry:
    key, values = parse(block.body, macros)
    named: dict[str, str] = {}
    for name, value in values:
        name = name.lower()
        turn = 2
        while name in named and named[name] != value:
            name, turn = f"{name.rstrip('_0123456789')}_{turn}", turn + 1
        named[name] = value
    if parents:
        named = inherit(block.kind.lower(), named, parents)
    return entry_of(block.kind.lower(), key, named, block.lines)


# ---- inheritance ------------------------------------------------------------------------------

_Parent = tuple[str, dict[str, str]]


def _parents(dump: Dump) -> dict[str, _Parent]:
    """Type and fields of the entries that others inherit from, by key and alias.

    Parents stand after their children in most files, so they are collected in a pass of their own,
    which only files that use `crossref` or `xdata` pay for.
    """
    needed = {
        key.strip().lower()
        for _, line in dump.lines()
        if "crossref" in (lower := line.lower()) or "xdata" in lower
        for found in _REFERRED.findall(line)
        for key in found.split(",")
    } - {""}
    found: dict[str, _Parent] = {}
    if needed:
        macros: dict[str, str] = {}
        for block in blocks(dump.lines()):
            if isinstance(block, Block) and block.kind.lower() not in {"comment", "preamble"}:
                key, values = parse(block.body, macros, keyed=block.kind.lower() != "string")
                named = {name.lower(): value for name, value in values}
                if block.kind.lower() == "string":
                    macros.update(named)
                    continue
                for alias in [key or "", *named.get("ids", "").split(",")]:
                    if alias.strip().lower() in needed:
                        found.setdefault(alias.strip().lower(), (block.kind.lower(), named))
    return found
