"""The PRISMA 2020 flow as a drawing: a column for each source of papers, what left to its right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import NamedTuple

from paperctl.exports._flow import Box, Chart, Step
from paperctl.exports._paper import one_line

_WIDTH, _GAP, _LINE, _EDGE = 270, 34, 16, 10
_SIGNS = 37
"""What fits into the width of a box at 12 pixels: letters are some 7 wide."""
_TEXT = 'font-family="sans-serif" font-size="12"'


class _Placed(NamedTuple):
    """A box and where it stands: its left upper corner, its height, its lines as they fit."""

    x: int
    y: int
    height: int
    lines: list[str]


def svg(flow: Chart, title: str) -> str:
    """The whole drawing."""
    boxes: list[_Placed] = []
    arrows: list[list[tuple[int, int]]] = []
    left = _EDGE + (_WIDTH + _GAP if flow.previous else 0)
    lanes = [left + n * (2 * _WIDTH + 2 * _GAP) for n in range(len(flow.columns))]
    y = _EDGE + (2 * _LINE if title else 0)
    top = y
    last: list[_Placed] = []
    for steps in zip(*(column.steps for column in flow.columns), strict=True):
        main = [_placed(step.box, x, y) for step, x in zip(steps, lanes, strict=True)]
        row: list[_Placed] = []
        for step, box in zip(steps, main, strict=True):
            leaving = list(_leaving(step, box))
            row += leaving
            arrows += [_out(box, out) for out in leaving]
        arrows += [_down(above, below) for above, below in zip(last, main, strict=False)]
        row += main
        boxes += row
        y = max(map(_bottom, row)) + _GAP
        last = main
    kept = _placed(flow.included, lanes[0], y)
    arrows += [_down(last[0], kept), *(_across(box, kept) for box in last[1:])]
    boxes.append(kept)
    if flow.previous and flow.total:
        before = _placed(flow.previous, _EDGE, top)
        total = _placed(flow.total, lanes[0], kept.y + kept.height + _GAP)
        middle = total.y + total.height // 2
        arrows += [_down(kept, total)]
        x = before.x + _WIDTH // 2
        arrows += [[(x, before.y + before.height), (x, middle), (total.x, middle)]]
        boxes += [before, total]
    width = max(box.x for box in boxes) + _WIDTH + _EDGE
    height = max(map(_bottom, boxes)) + _EDGE
    return "".join(_drawn(boxes, arrows, one_line(title), width, height))


def _placed(box: Box, x: int, y: int) -> _Placed:
    whole = (one_line(line).replace("(n = ", "(n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}") for line in box.lines)
    lines = [part for line in whole for part in wrap(line, _SIGNS) or [""]]
    return _Placed(x, y, len(lines) * _LINE + _LINE, lines)


def _leaving(step: Step, box: _Placed) -> Iterator[_Placed]:
    """The boxes of what leaves at a step, to the right of it, one below the other."""
    y = box.y
    for out in step.out:
        placed = _placed(out, box.x + _WIDTH + _GAP, y)
        yield placed
        y += placed.height + _LINE // 2


def _bottom(box: _Placed) -> int:
    return box.y + box.height


def _out(box: _Placed, out: _Placed) -> list[tuple[int, int]]:
    """From a box, or from the arrow that goes down from it, to one on its right."""
    y = out.y + _LINE
    return [(box.x + (_WIDTH if y < box.y + box.height else _WIDTH // 2), y), (out.x, y)]


def _down(above: _Placed, below: _Placed) -> list[tuple[int, int]]:
    x = above.x + _WIDTH // 2
    return [(x, above.y + above.height), (x, below.y)]


def _across(box: _Placed, kept: _Placed) -> list[tuple[int, int]]:
    """From a further column down and to the left."""
    x, y = box.x + _WIDTH // 2, kept.y + kept.height // 2
    return [(x, box.y + box.height), (x, y), (kept.x + _WIDTH, y)]


def _drawn(
    boxes: Sequence[_Placed],
    arrows: Sequence[Sequence[tuple[int, int]]],
    title: str,
    width: int,
    height: int,
) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n<title>{escape(title or "PRISMA 2020 flow")}</title>\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n'
    )
    if title:
        yield (f'<text x="{_EDGE}" y="{_EDGE + _LINE}" {_TEXT} font-weight="bold">{escape(title)}</text>\n')
    for points in arrows:
        start, *further = points
        path = f"M{start[0]} {start[1]}" + "".join(f"L{x} {y}" for x, y in further)
        yield f'<path d="{path}" fill="none" stroke="black" marker-end="url(#tip)"/>\n'
    for box in boxes:
        yield (
            f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" '
            'fill="#f6f8fa" stroke="black"/>\n'
        )
        for n, line in enumerate(box.lines, 1):
            place = f'x="{box.x + 8}" y="{box.y + n * _LINE + 2}"'
            yield f"<text {place} {_TEXT}>{escape(line)}</text>\n"
    yield "</svg>\n"
