"""What the screen shows: a list of lines for a size, from what is known. Nothing here reads or writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperctl.record import Record
from paperctl.record.names import byline
from paperctl.screening.progress import Progress
from paperctl.terminal.colour import DECISIONS, paint, without_colours
from paperctl.terminal.highlight import spans
from paperctl.terminal.keys import keys_of
from paperctl.text.sanitise import clean
from paperctl.text.width import cut, pad, wrap
from paperctl.text.width import width as cells_of

if TYPE_CHECKING:
    from paperctl.query import Sought

VAGUE, FEW_KEEPS = 0.6, 5
"""A range of recall as wide as this says nothing, and nor does one after fewer keeps."""
TARGET = 0.95
READING = 100
"""No line of text is set wider than this: longer ones are hard to read."""
_SOUGHT, _RELEVANT, _IRRELEVANT, _OFF = "\u2061", "\u2062", "\u2063", "\u2064"
"""Invisible marks around what is highlighted while lines are broken; `clean` leaves none in data."""
_MARKS = {_SOUGHT: "underline cyan", _RELEVANT: "underline green", _IRRELEVANT: "underline red"}
_FOOTER = ("keep", "skip", "maybe", "undo", "topic", "note", "search", "open", "explain", "help", "quit")


@dataclass(slots=True)
class Card:
    """One paper as it is shown: the record, the papers related to it, and what to highlight."""

    record: Record
    decision: str | None = None
    related: Sequence[str] = ()
    """Lines on versions and papers that look alike."""
    sought: Sequence[Sought] = ()
    why: str = ""
    """Why it comes now: its rank, a random pick, a maybe."""
    decided_by: str = ""
    """Who decided what, where several people do."""
    relevant: Sequence[Sought] = ()
    irrelevant: Sequence[Sought] = ()
    """The user's words that speak for a paper, and against it."""


@dataclass(slots=True)
class Screen:
    """All that is on the screen at one moment."""

    progress: Progress
    keymap: Mapping[str, str]
    card: Card | None = None
    page: Sequence[str] = ()
    """Text shown in place of the paper: help, an explanation."""
    message: str = ""
    entry: tuple[str, str] | None = None
    """A line being typed: what is asked, what stands there."""
    scroll: int = 0
    colour: bool = True


def draw(screen: Screen, columns: int, rows: int) -> list[str]:
    """The lines of the screen, at most `rows` of at most `columns`; `screen.scroll` is set right if
    it was too far."""
    columns, rows = max(columns, 10), max(rows, 3)
    head = _paint(screen, pad(" " + header(screen.progress, columns - 2), columns), "reverse")
    foot = _footer(screen, columns, room=max(1, min(2, rows - 4)))
    room = max(1, rows - 2 - len(foot))
    body = list(_body(screen, min(columns - 2, READING)))
    screen.scroll = max(0, min(screen.scroll, len(body) - room))
    shown = body[screen.scroll : screen.scroll + room]
    shown += [""] * (room - len(shown))
    left = len(body) - screen.scroll - room
    return [head, *(f" {line}".rstrip() for line in shown), _message(screen, left, columns), *foot][:rows]


def page_size(screen: Screen, columns: int, rows: int) -> int:
    """How far a page is scrolled: the text's lines that fit, less one to read on from."""
    return max(1, rows - 3 - len(_footer(screen, columns, room=max(1, min(2, rows - 4)))))


def header(progress: Progress, columns: int) -> str:
    """Seen, kept, skips since the last keep, estimated recall with its range: as much as fits."""
    parts = [f"{progress.seen:,} of {progress.of:,} seen", f"{progress.kept:,} kept"]
    if progress.maybe:
        parts.append(f"{progress.maybe:,} maybe")
    parts.append(f"{progress.skips:,} skip{'s' * (progress.skips != 1)} in a row")
    found = progress.estimate
    if found and found.kept >= FEW_KEEPS and found.high - found.low < VAGUE:
        parts.append(f"recall {found.recall:.0%} ({found.low:.0%}–{found.high:.0%})")
    else:
        parts.append("recall not known yet")
    if progress.within:
        parts.append(f"/{clean(progress.within)}")
    line = " · ".join(parts)
    if cells_of(line) > columns:
        line = line.replace(" in a row", "").replace(" seen", "").replace(" of ", "/")
    return cut(line, columns)


def advice(progress: Progress) -> str:
    """Whether to stop, with the evidence; "" while there is reason to go on."""
    found = progress.estimate
    if not found or not found.enough:
        return ""
    missing = "none" if not found.most else f"at most {found.most}"
    level = "You may stop" if found.surely_enough else "You may stop, if a few missed papers do not matter"
    return (
        f"{level}: {progress.skips:,} skips in a row, likely {missing} missing "
        f"(recall {found.low:.0%}–{found.high:.0%}; test for less than {TARGET:.0%}: p = {found.chance:.2f})"
    )


# ---- the paper --------------------------------------------------------------------------------


def _body(screen: Screen, columns: int) -> Iterator[str]:
    if screen.page:
        for paragraph in screen.page:
            yield from _hanging(paragraph, columns)
        return
    card = screen.card
    if card is None:
        yield from wrap("Nothing is left to decide here.", columns)
        return
    record = card.record
    yield from _marked(screen, record.get("title") or "(no title)", "title", columns, "bold")
    if authors := ", ".join(byline(record)):
        yield cut(clean(authors), columns)
    yield from _facts(screen, card, columns)
    yield ""
    if record.get("abstract"):
        for paragraph in clean(str(record["abstract"]), lines=True).split("\n"):
            yield from _marked(screen, paragraph, "abstract", columns)
    else:
        yield _paint(screen, cut("(no abstract)", columns), "dim")


def _facts(screen: Screen, card: Card, columns: int) -> Iterator[str]:
    yield from _fact_lines(screen, card.record, columns)
    for line in card.related:
        yield _paint(screen, cut(clean(line), columns), "yellow")
    yield from _decided(screen, card, columns)
    if note := card.record.get("note"):
        for n, text in enumerate(wrap(clean(f"note: {note}"), columns - 2)):
            yield _paint(screen, f"  {text}" if n else text, "yellow")


def _fact_lines(screen: Screen, record: Record, columns: int) -> Iterator[str]:
    """Place, topics and code in one line, or each in its own where that would be too long."""
    place = " ".join(str(record[name]) for name in ("venue", "year") if record.get(name))
    code = next(iter(record.get("code_urls") or ()), "") or ("yes" if record.get("has_code") else "")
    facts = [
        (place, "dim"),
        (", ".join(record.get("topics") or ()), "magenta"),
        (f"code {code}" if code else "", "cyan"),
    ]
    shown = [(clean(text), style) for text, style in facts if text]
    line = " · ".join(text for text, _ in shown)
    if shown and cells_of(line) <= columns:
        yield " · ".join(_paint(screen, text, style) for text, style in shown)
    else:
        for text, style in shown:
            yield _paint(screen, cut(text, columns), style)


def _decided(screen: Screen, card: Card, columns: int) -> Iterator[str]:
    """What was decided, and by whom where that is known."""
    if card.decision or card.decided_by:
        by = f" ({card.decided_by})" if card.decided_by else ""
        line = f"decided: {card.decision or 'at another stage'}{_reason(card.record)}{by}"
        yield _paint(screen, cut(clean(line), columns), DECISIONS.get(card.decision or "", ""))


def _reason(record: Record) -> str:
    return f", {record['reason']}" if record.get("reason") else ""


def _marked(screen: Screen, text: str, name: str, columns: int, style: str = "") -> Iterator[str]:
    """Text in lines, with what was sought in it highlighted."""
    text = clean(str(text))
    pieces, at = [], 0
    for start, end, mark in _found(text, screen.card, name):
        pieces += [text[at:start], mark, text[start:end], _OFF]
        at = end
    pieces.append(text[at:])
    inside = ""
    for line in wrap("".join(pieces), columns):
        painted = []
        for piece in _MARK.split(line):
            if piece in _MARKS:
                inside = _MARKS[piece]
            elif piece == _OFF:
                inside = ""
            else:
                painted.append(_paint(screen, piece, f"{style} {inside}".strip()))
        yield "".join(painted)


_MARK = re.compile(f"([{''.join(_MARKS)}{_OFF}])")


def _found(text: str, card: Card | None, name: str) -> list[tuple[int, int, str]]:
    """The stretches of a text to highlight, apart, in order; the user's own words go before others."""
    taken: list[tuple[int, int, str]] = []
    kinds = (
        ((card.irrelevant, _IRRELEVANT), (card.relevant, _RELEVANT), (card.sought, _SOUGHT)) if card else ()
    )
    for words, mark in kinds:
        found = ((start, end, mark) for start, end in spans(text, words, name))
        taken += [span for span in found if all(span[1] <= a or b <= span[0] for a, b, _ in taken)]
    return sorted(taken)


def _hanging(paragraph: str, columns: int) -> Iterator[str]:
    """A paragraph of a page; one that begins with blanks keeps them on each of its lines."""
    text = clean(paragraph)
    indent = text[: len(text) - len(text.lstrip())][: columns // 2]
    lines = wrap(text, columns - len(indent))
    yield from (indent + line for line in lines or [""])


# ---- the last lines ---------------------------------------------------------------------------


def _message(screen: Screen, left: int, columns: int) -> str:
    if screen.entry is not None:
        asked, text = (clean(part) for part in screen.entry)
        room = max(4, columns - cells_of(asked) - 3)
        while cells_of(text) > room:
            text = text[1:]
        return cut(f" {asked} {text}", columns - 1) + "\u2588" if columns > 2 else ""
    more = f"{left} more line{'s' * (left != 1)} ({_key(screen, 'page-down')})" if left > 0 else ""
    message = screen.message or (screen.card.why if screen.card and not screen.page else "")
    line = " · ".join(part for part in (more, clean(message)) if part)
    return _paint(screen, " " + cut(line, columns - 1), "bold" if screen.message else "dim")


def _footer(screen: Screen, columns: int, room: int) -> list[str]:
    """The keys in place, in at most `room` lines; what does not fit gives way, last help and quit."""
    if screen.entry is not None:
        return [" enter: done · esc: leave it as it was"[:columns]]
    names = list(_FOOTER)
    while len(lines := _flowing(screen, names, columns)) > room and len(names) > 2:
        names.pop(-3)
    return lines[:room]


def _flowing(screen: Screen, names: Sequence[str], columns: int) -> list[str]:
    lines, used = [""], 0
    for name in names:
        key = _key(screen, name)
        size = cells_of(key) + 1 + len(name)
        if used and used + 2 + size > columns:
            lines.append("")
            used = 0
        lines[-1] += f"{'  ' if used else ' '}{_paint(screen, key, 'bold')} {name}"
        used += size + (2 if used else 1)
    return lines


def _key(screen: Screen, action: str) -> str:
    return next(iter(keys_of(screen.keymap, action)), "")


def _paint(screen: Screen, text: str, style: str) -> str:
    return paint(text, style if screen.colour else without_colours(style))
