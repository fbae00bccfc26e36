"""Topics by year as a heat table: counts on a shade that says where the papers are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paperctl.terminal.colour import paint
from paperctl.text.sanitise import clean
from paperctl.text.width import pad
from paperctl.text.width import width as cells_of

_SHADES = " ░▒▓█"
_LEAST = 2
"""Fewer years than this are no table."""


def heat_table(
    counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    *,
    width: int,
    colour: bool,
    unicode: bool,
) -> Iterator[str]:
    """Lines of a table, a row for each topic, a column for each of the latest years that fit `width`.

    `counts` is topic → year → papers, `names` the display names. Nothing where there is but one year.
    """
    years = sorted({year for by_year in counts.values() for year in by_year})
    if len(years) < _LEAST:
        return
    labels = {topic: clean(names.get(topic, topic)) for topic in counts}
    largest = max(count for by_year in counts.values() for count in by_year.values())
    room = max(6, len(f"{largest:,}") + 2)
    label_room = min(max(map(cells_of, labels.values())), width // 2)
    years = years[-max(1, (width - label_room) // room) :]
    header = " " * label_room + "".join(f"{year:>{room}}" for year in years)
    yield paint(header, "dim") if colour else header
    for topic, by_year in counts.items():
        cells = (_cell(by_year.get(year, 0), largest, room, unicode) for year in years)
        row = "".join(paint(cell, "magenta") if colour else cell for cell in cells)
        yield pad(labels[topic], label_room, "…" if unicode else "~") + row


def _cell(count: int, largest: int, room: int, unicode: bool) -> str:
    if not count:
        return " " * (room - 1) + ("·" if unicode else ".")
    shade = _SHADES[1 + (count - 1) * (len(_SHADES) - 1) // largest] if unicode else ""
    return f"{shade}{count:,}".rjust(room)
