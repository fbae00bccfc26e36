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
_DECLARATION = re.compile(r"<\?xml\s[^<>]*\?>")
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
    if "<!DOCTYPE" not in dump.head:  # records and whole documents may stand one after another
        parser.feed(b"<documents>")
    opened: list[int] = []  # the lines of the elements that are open
    around: Lines | None = None
    taken, last = 0, 0
    for n, line in _decoded(dump).lines():
        if not line.strip():
            continue
        last = n
        inside = bool(opened)
        text = _DECLARATION.sub("", _clean(line)) + "\n"
        for at in range(0, len(text), _SLICE):
            with suppress(etree.XMLSyntaxError):
                parser.feed(text[at : at + _SLICE].encode("utf-8", "replace"))
            done = _closed(parser, opened, n)
            if done:
                inside, taken = True, n
                yield from _skipped(around)
                around = None
                yield from done
                for element, _ in done:
                    _forget(element)
        if opened:
            yield from _skipped(around)
            around = None
        elif not inside and n > taken:
            around = (around[0] if around else n, n)
    yield from _skipped(around, parser)
    if opened and last > taken:
        lines = (max(opened[0], taken + 1), last)
        yield Fault(lines, "the XML ends inside of a record: is the file cut off?")


def _closed(parser: Any, opened: list[int], n: int) -> list[tuple[Element, Lines]]:
    """The outermost elements that the parser has closed on line `n`, with their lines."""
    done: list[tuple[Element, Lines]] = []
    for event, element in parser.read_events():
        if event == "start":
            opened.append(n)
        elif opened and (first := opened.pop()) and not opened:
            done.append((element, (first, n)))
    return done


def _skipped(around: Lines | None, parser: Any = None) -> Iterator[Skip | Fault]:
    """The lines around records, as a skip; as a fault where the parser gave up in them."""
    if not around:
        return
    log = parser.feed_error_log if parser is not None else ()
    damage = [error for error in log if error.level_name == "FATAL"]
    if damage and damage[-1].line >= around[0]:
        why = " ".join(damage[-1].message.split())[:100]
        yield Fault(around, f"damaged XML, nothing can be read from here on ({why})")
    else:
        yield Skip(around, "XML around the records")


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


def at(element: Element | None, *paths: str) -> str:
    """The text of the first element at one of these paths of local names that has any:
    `at(article, "Journal/Title", "Book/BookTitle")`."""
    found = (text(element.find(_any_namespace(path))) for path in paths if element is not None)
    return next(filter(None, found), "")


def all_at(element: Element | None, path: str) -> list[Element]:
    """All elements at a path of local names; none for None."""
    return [] if element is None else element.findall(_any_namespace(path))


def texts(element: Element, *paths: str) -> list[str]:
    """The texts of all elements at these paths that have any."""
    return [found for path in paths for e in all_at(element, path) if (found := text(e))]


def texts_by(element: Element, path: str, attribute: str) -> dict[str, str]:
    """The text of each element at a path by an attribute's value: identifiers by their type."""
    return {e.get(attribute) or "": text(e) for e in all_at(element, path)}


def kind_of(element: Element | None, attribute: str) -> str:
    """What an element's attribute says, else its text; nothing for None."""
    return "" if element is None else element.get(attribute) or text(element)


def rest(element: Element, taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """Local name and text of each child that has any, save those that were taken."""
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name and name not in taken and (value := text(child)):
            yield name, value


def pages(first: str, last: str) -> str:
    """The pages from the first to the last, either of which may be missing."""
    return "-".join(dict.fromkeys(filter(None, (first, last))))


def _any_namespace(path: str) -> str:
    return "/".join(step if step in {".", "", "*"} else f"{{*}}{step}" for step in path.split("/"))
