"""JSON Lines of any keys, one object a line: paperctl's own store and exports, arXiv's metadata
snapshot, the dumps of most APIs and paper lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from paperctl.dumps.dump import HEAD_BYTES, Dump
from paperctl.readers import Sniff
from paperctl.record.items import Fault, Item, Object, Skip

NAME = "jsonl"
ABOUT = "JSON Lines: one object a line, any keys (paperctl, arXiv metadata, OpenAlex, Semantic Scholar, …)"
BY_LINE = True
"""Each line is read by itself, so that processes may share them out."""
_LOOKED_AT = 20
_LONGEST = 1 << 26
"""Decoded, a line takes some fifteen times its length in memory."""


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if not head.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    from paperctl.readers._json import looks_like_paper

    lines = [line for line in head.split("\n") if line.strip()][:_LOOKED_AT]
    objects = _objects(lines)
    cut = len(dump.magic) == HEAD_BYTES
    if cut and len(lines) == 1 and not objects and '"' in lines[0][:50]:
        return Sniff(0.5, "one object that runs past 64 KiB without a line end")
    papers = sum(map(looks_like_paper, objects))
    if len(objects) < max(1, (len(lines) + 1) // 2):
        return None
    if not papers:
        return Sniff(0.3, f"{len(objects)} lines with a JSON object each, none with a title")
    score = 0.6 if len(lines) == 1 and not cut else 0.95
    keys = ", ".join(list(objects[0])[:5])
    return Sniff(score, f"{len(objects)} of the first {len(lines)} lines are JSON objects ({keys}, …)")


def _objects(lines: Sequence[str]) -> list[Any]:
    """The objects of the lines that hold one whole."""
    from paperctl.readers._json.decode import Broken, decoded

    values = (decoded(line) for line in lines if line.lstrip().startswith("{"))
    return [value for value in values if not isinstance(value, Broken)]


def read(dump: Dump) -> Iterator[Item]:
    from paperctl.readers._json import item_of
    from paperctl.readers._json.decode import Broken, decoded

    for number, line in dump.lines():
        if len(line) > _LONGEST:
            yield Fault((number, number), f"a line of over {_LONGEST >> 20} MiB: write one object a line")
            continue
        value = decoded(line)
        if type(value) is dict:
            yield item_of(value, (number, number))
        elif isinstance(value, Broken):
            yield from _damaged(line, number, value)
        else:
            yield from _others(value, number)


def _others(value: object, number: int) -> Iterator[Item]:
    """A line that is JSON and no object: a list of objects is taken apart."""
    from paperctl.readers._json import item_of

    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        yield from (item_of(v, (number, number)) for v in value)
    else:
        yield item_of(value, (number, number))


def _damaged(line: str, number: int, fault: Any) -> Iterator[Item]:
    """A line that is not one JSON value: blank, a comment, several objects, or bad."""
    from paperctl.readers._json import item_of
    from paperctl.readers._json.decode import Broken, blank, decoded_at

    text = line.strip("\ufeff \t\r\x1e")
    if not text:
        return
    if text.startswith(("//", "#", "/*")) or text in ("[", "]", ","):
        yield Skip((number, number), "comment" if len(text) > 1 else "bracket around the lines")
        return
    found: list[Object] = []
    at = 0
    while at < len(text):
        value, end = decoded_at(text, at)
        if isinstance(value, Broken) or not isinstance(value, dict):
            found.clear()
            break
        found.append(value)
        at = blank(text, end)
        if text[at : at + 1] == ",":
            at = blank(text, at + 1)
    if found:
        yield from (item_of(value, (number, number)) for value in found)
    else:
        yield Fault((number, number), f"bad JSON at column {fault.at + 1}: {fault.why}")
