"""Making a Markdown list again without losing what a reader wrote into it.

Every line that paperctl writes ends in a hidden comment, `<!-- paperctl:KEY DIGEST -->`; a heading
has it on the line below, so that outlines stay clean. Read back, a line whose text still has its
digest is paperctl's and is written anew. Every other line is the reader's:

- a changed line stays as it was changed, for good (delete it to get a fresh one);
- lines below an item stay with the item, also when it moves to another section;
- a heading of the reader's own opens a section that stays at the end of the section it stands in;
- a box ticked by hand stays ticked until the store holds a decision on the paper;
- an item with any of these that is no longer listed moves to the section "No longer in this list".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_MARK = re.compile(r"<!-- paperctl:(\S+) ([0-9a-f]{6}) -->")
_BOX = re.compile(r"^(\s*[-*+] \[)([ xX])(?=\] )")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

TABLES = {
    "#code": ("| Paper | Code |", "| --- | --- |"),
    "#papers": ("| Paper | Authors | Published | Topics | Code |", "| --- | --- | --- | --- | --- |"),
}
"""Sections that are tables, and the lines a table opens with. Text between rows would end the table, so
it moves below."""

_TITLE, _ABOUT, _GONE = "#title", "about", "#gone"


@dataclass(frozen=True, slots=True)
class Line:
    """A line to write: its key (no blanks; a `/` in that of a table's row), its text, and whether the
    store decides on its tick."""

    key: str
    text: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, under a key that begins with `#`, and the lines below it."""

    key: str
    heading: str
    lines: Sequence[Line]


@dataclass(slots=True)
class _Kept:
    """What stands in an older generation: by the keys of its lines, in the order of the file."""

    before: list[str] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)
    ticked: set[str] = field(default_factory=set)
    own: dict[str, list[str]] = field(default_factory=dict)  # the reader's lines below a line
    inside: dict[str, str] = field(default_factory=dict)  # the section of an item
    ends: dict[str, list[str]] = field(default_factory=dict)  # the reader's sections in a section


class _Page:
    """Lines of a document; parts stand apart by one blank line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.apart = False

    def add(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self.apart and self.lines:
                self.lines.append("")
            self.apart = False
            self.lines.append(line)

    def add_part(self, lines: Sequence[str]) -> None:
        self.apart = True
        self.add(_trimmed(lines))
        self.apart = True


def regenerated(
    title: str, about: str, sections: Iterable[Section], place: Callable[[str], object], existing: str | None
) -> Iterator[str]:
    """The lines of the document, with everything of the reader's in `existing` in its place.

    `place` is a sort key for the keys of sections, those of an older generation included.
    """
    kept = _read(existing or "")
    listed = {section.key: section for section in sections}
    keys = {line.key for section in listed.values() for line in section.lines}
    gone = [Line(key, "") for key in kept.inside if key not in keys and _is_the_readers(kept, key)]
    page = _Page()
    page.add_part(kept.before)
    page.add_part(_heading(kept, _TITLE, title))
    page.add_part(kept.own.get(_TITLE, []))
    page.add_part([_written(kept, Line(_ABOUT, about))])
    page.add_part(kept.own.get(_ABOUT, []))
    page.add_part(_apart(kept.ends.get(_ABOUT, [])))
    known = {key for key in (*listed, *kept.own) if key[0] == "#"} - {_TITLE, _GONE}
    listed[_GONE] = Section(_GONE, "## No longer in this list", gone)
    for key in (*sorted(known, key=place), _GONE):  # type: ignore[arg-type]
        _add_section(page, kept, listed.get(key) or Section(key, "", []))
    return (f"{line}\n" for line in page.lines)


def _add_section(page: _Page, kept: _Kept, section: Section) -> None:
    """Adds a section if it has anything in it, and the reader's own sections that stand at its end."""
    own = kept.own.get(section.key, [])
    if section.lines or _trimmed(own) or section.key in kept.edited:
        page.add_part(_heading(kept, section.key, section.heading))
        page.add_part(_apart(own))
        _add_lines(page, kept, section)
    page.add_part(_apart(kept.ends.get(section.key, [])))


def _add_lines(page: _Page, kept: _Kept, section: Section) -> None:
    if section.lines:
        page.add(TABLES.get(section.key, ()))
    for line in section.lines:
        if section.key != _GONE:
            page.add([_written(kept, line)])
        elif line.key in kept.lines:
            page.add([kept.lines[line.key]])
        own = kept.own.get(line.key, [])
        if body := _trimmed(own):
            page.apart = page.apart or not own[0].strip()
            page.add(body)
            page.apart = not own[-1].strip()


def _read(text: str) -> _Kept:
    """Separates the reader's lines in an older generation from paperctl's."""
    reading = _Reading()
    for line in re.split(r"\r\n|\n|\r", text):
        if marks := list(_MARK.finditer(line)):
            reading.add_marked(line, marks[-1])
        else:
            reading.below.append(line)
    _set_own_sections_apart(reading.kept)
    return reading.kept


class _Reading:
    """An older generation while it is being read: what was found, and where the next line belongs."""

    def __init__(self) -> None:
        self.kept = _Kept()
        self.below = self.kept.before
        """The list that takes the reader's lines: those below the last line of paperctl's."""
        self.section = _ABOUT
        self.table_head: list[str] = []
        """The lines that stand before the next row, if the section is a table."""

    def add_marked(self, line: str, mark: re.Match[str]) -> None:
        """Takes a line that has a mark: paperctl's own, or one that the reader changed."""
        key, digest = mark.groups()
        text = line[: mark.start()].rstrip() + line[mark.end() :]
        if key[0] == "#":
            text = self._heading(text)
            line = f"{text}\n{mark[0]}"
        tick = _tick_as_written(text, digest)
        if key in self.kept.own:  # the line was copied: its place is taken, what differs is the reader's
            if tick is None and text.strip():
                self.below.append(text)
            return
        self.below = self.kept.own[key] = []
        self._enter(key)
        if text.strip():
            self._keep(key, line, text, tick)

    def _heading(self, text: str) -> str:
        """The heading above a mark that stands on a line of its own; `text` is what that line has besides."""
        if text.strip():
            self.below.append(text)
        return self.below.pop() if self.below and _HEADING.match(self.below[-1]) else ""

    def _enter(self, key: str) -> None:
        """Notes which section a line opens or stands in."""
        if key[0] == "#":
            self.section = self.section if key == _TITLE else key
            self.table_head = list(TABLES.get(key, ()))
        elif key != _ABOUT:
            self.kept.inside[key] = self.section
            if self.table_head:
                _drop_last(self.kept.own[self.section], self.table_head)
                self.table_head = []

    def _keep(self, key: str, line: str, text: str, tick: str | None) -> None:
        """Keeps a line and what the reader did to it."""
        self.kept.lines[key] = line
        if tick is None:
            self.kept.edited.add(key)
        elif tick == " " and _is_ticked(text):
            self.kept.ticked.add(key)


def _set_own_sections_apart(kept: _Kept) -> None:
    """Moves the reader's own sections from below the items to the ends of the sections they stand in."""
    for key, section in kept.inside.items():
        own = kept.own[key]
        cut = 0 if "/" in key else _own_section(own)
        kept.own[key] = own[:cut]
        if rest := _trimmed(own[cut:]):
            end = kept.ends.setdefault(section, [])
            end += ["", *rest] if end else rest


def _drop_last(lines: list[str], part: list[str]) -> None:
    """Takes the last occurrence of successive lines out: the head of a table stands before its rows."""
    for at in range(len(lines) - len(part), -1, -1):
        if lines[at : at + len(part)] == part:
            del lines[at : at + len(part)]
            return


def _own_section(lines: Sequence[str]) -> int:
    """The index of the reader's own heading in lines, fenced code apart; else their number."""
    fence = ""
    for n, line in enumerate(lines):
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence):
                fence = ""
        elif not fence and _HEADING.match(line):
            return n
    return len(lines)


def _apart(lines: Sequence[str]) -> list[str]:
    """Lines with a blank one before the reader's own heading: when they are read back, what stands above
    it may be an item's."""
    at = _own_section(lines)
    return [*lines[:at], *([""] if at and lines[at - 1].strip() else []), *lines[at:]]


def _is_the_readers(kept: _Kept, key: str) -> bool:
    return key in kept.edited or key in kept.ticked or bool(_trimmed(kept.own[key]))


def _written(kept: _Kept, line: Line) -> str:
    """The line with its mark, or as the reader changed it; the tick is the store's if it has one."""
    if line.key in kept.edited:
        changed, box = kept.lines[line.key], _BOX.match(line.text)
        return _BOX.sub(rf"\g<1>{box[2]}", changed) if box and line.decided else changed
    mark = _mark(line.key, line.text)
    text = _BOX.sub(r"\g<1>x", line.text) if line.key in kept.ticked and not line.decided else line.text
    return f"{text[:-2]} {mark} |" if text.endswith(" |") else f"{text} {mark}"


def _heading(kept: _Kept, key: str, text: str) -> list[str]:
    if text and key not in kept.edited:
        return [text, _mark(key, text)]
    return kept.lines[key].split("\n") if key in kept.lines else []


def _mark(key: str, text: str) -> str:
    return f"<!-- paperctl:{key} {_digest(text)} -->"


def _digest(text: str) -> str:
    text = " ".join(text.split())  # editors change blanks on their own
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6]


def _is_ticked(text: str) -> bool:
    box = _BOX.match(text)
    return box is not None and box[2] != " "


def _tick_as_written(text: str, digest: str) -> str | None:
    """The tick that paperctl wrote in a line otherwise unchanged ("" if it has no box); None if changed."""
    if not _BOX.match(text):
        return "" if _digest(text) == digest else None
    for tick in (" ", "x"):
        if _digest(_BOX.sub(rf"\g<1>{tick}", text)) == digest:
            return tick
    return None


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Lines without the blank ones at their ends."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return list(lines[first:last])
