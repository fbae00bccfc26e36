"""The lines of a Markdown document before they are cut into blocks: front matter, addresses by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

Lines = Sequence[tuple[int, str]]

_LONGEST_FRONT = 200


def front_end(lines: Lines) -> int:
    """How many lines a document's front matter takes: between two rules at its very beginning."""
    mark = lines[0][1].rstrip() if lines else ""
    if mark not in {"---", "+++"}:
        return 0
    for at, (_, line) in enumerate(lines[1:_LONGEST_FRONT], 1):
        if line.rstrip() == mark:
            return at + 1
        if line.strip() and not re.match(r"\s*[\w-]+\s*[:=]|\s*- |\s+\S|[#\[]", line):
            return 0
    return 0


_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:\s*<?([^\s<>]+)>?(?:\s+[\"'(].*)?\s*")
_BY_NAME = re.compile(r"(?<![!\]\\])\[((?:\\.|[^\[\]\\])+)\](?:\[([^\[\]]{0,200})\])?(?![(\[:])")


def with_addresses(lines: Lines) -> list[tuple[int, str]]:
    """Lines whose links by name, "[Title][name]", "[Title][]" and "[name]", have the addresses that
    definitions elsewhere give them, "[name]: https://…"; the definitions themselves are blank."""
    defined = [_DEFINITION.fullmatch(line) if "]:" in line else None for _, line in lines]
    addresses = {found[1].lower(): found[2] for found in defined if found}
    if not addresses:
        return list(lines)

    def linked(found: re.Match[str]) -> str:
        address = addresses.get((found[2] or found[1]).lower())
        return f"[{found[1]}]({address})" if address else found[0]

    return [
        (number, "" if definition else _BY_NAME.sub(linked, line) if "[" in line else line)
        for (number, line), definition in zip(lines, defined, strict=True)
    ]
