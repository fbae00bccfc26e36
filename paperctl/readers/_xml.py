"""Shared parts of the XML readers: one record's tree at a time, with its lines.

The text is fed to the parser line by line, so that every element's lines are known however long
the file is (libxml2 itself stops counting at 65,535). Damaged XML is read as far as it goes;
entities are never expanded and nothing is fetched.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from paperctl.dumps.dump import Dump
from paperctl.readers._once import each_line_once
from paperctl.record.items import Fault, Item, Skip
from paperctl.text.references import joined_halves

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*", re.S)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_LONE_AND = re.compile(r"&(?!#?\w+;)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SLICE = 1 << 16


def root(dump: Dump) -> str:
    """The local name of the document's first element, or nothing if the head is no XML."""
    prolog = _PROLOG.match(dump.head)
    start = _ROOT.match(dump.head, prolog.end() if prolog else 0)
    return start[2] if start else ""


Lines = tuple[int, int]


def items(dump: Dump, tags: Collection[str], item: Callable[[Element, Lines], Item]) -> Iterator[Item]:
    """What `item` makes of each outermost element with one of these local names, and skips for the
    lines around them. `item` must take what it needs: the element is emptied then."""
    return each_line_once(
        item(*found) if isinstance(found, tuple) else found for found in _elements(dump, tags)
    )


def _elements(dump: Dump, tags: Collection[str]) -> Iterator[tuple[Element, Lines] | Skip | Fault]:
    from lxml import etree

    parser: Any = etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{{*}}{tag}" for tag in tags],
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
    )
    opened: list[int] = []
    around: Lines | None = None
    taken, n, last = 0, 0, 0
    for n, line in _decoded(dump).lines():
        if not line.strip():
            continue
        last = n
        inside = bool(opened)
        done: list[tuple[Element, Lines]] = []
        text = _clean(line) + "\n"
        for at in range(0, len(text), _SLICE):
            with suppress(etree.XMLSyntaxError):
                parser.feed(text[at : at + _SLICE].encode("utf-8", "replace"))
            for event, element in parser.read_events():
                if event == "start":
                    opened.append(n)
                elif opened:
                    first = opened.pop()
                    if not opened:
                        done.append((element, (first, n)))
            if done:
                inside = True
                if around:
                    yield Skip(around, "XML around the records")
                    around = None
                yield from done
                taken = n
                for element, _ in done:
                    _forget(element)
                done.clear()
        if not inside and not opened and n > taken:
            around = (around[0] if around else n, n)
        elif opened and around:
            yield Skip(around, "XML around the records")
            around = None
    damage = [error for error in parser.feed_error_log if error.level_name == "FATAL"]
    if around and damage and damage[-1].line >= around[0]:
        why = " ".join(damage[-1].message.split())[:100]
        yield Fault(around, f"damaged XML, nothing can be read from here on ({why})")
    elif around:
        yield Skip(around, "XML around the records")
    if opened and last > taken:
        lines = (max(opened[0], taken + 1), last)
        yield Fault(lines, "the XML ends inside of a record: is the file cut off?")


def _decoded(dump: Dump) -> Dump:
    """The dump read in the encoding that its XML declaration names."""
    declared = _DECLARED.match(dump.magic)
    name = declared[1].decode("ascii").lower() if declared else ""
    if not name or name.startswith(("utf", "ucs")):
        return dump
    try:
        codecs.lookup(name)
    except LookupError:
        return dump
    return Dump(dump.name, dump.open, name)


def _clean(line: str) -> str:
    """A line with named entities as characters (DBLP's are those of HTML), lone `&` and `<` escaped,
    and no control signs: libxml2 would give up there."""
    line = joined_halves(line)
    if "&" in line and "<![CDATA[" not in line:
        line = _LONE_AND.sub("&amp;", _ENTITY.sub(_character, line))
    if "< " in line:
        line = line.replace("< ", "&lt; ")
    return line if line.isprintable() else _CONTROL.sub(" ", line)


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if name in {"amp", "lt", "gt", "quot", "apos"}:
        return entity[0]
    return html.entities.html5.get(f"{name};", entity[0])


def _forget(element: Element) -> None:
    """Frees an element and all that stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None:
        while (before := element.getprevious()) is not None and before.getparent() is parent:
            parent.remove(before)
        element, parent = parent, parent.getparent()


def text(element: Element | None) -> str:
    """All text of an element, inline markup or not, in one line; nothing for None."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def at(element: Element, path: str) -> str:
    """The text of the first element at a path of local names: `at(article, "Journal/Title")`."""
    return text(element.find(_any_namespace(path)))


def all_at(element: Element, path: str) -> list[Element]:
    """All elements at a path of local names."""
    return element.findall(_any_namespace(path))


def _any_namespace(path: str) -> str:
    return "/".join(step if step in {".", "", "*"} else f"{{*}}{step}" for step in path.split("/"))


def filled(**values: Any) -> dict[str, Any]:
    """The values that are not empty."""
    return {name: value for name, value in values.items() if value}
