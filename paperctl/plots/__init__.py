"""Statistics as pictures: the figures of the terminal's bars, drawn with matplotlib.

`figure(found, order, names)` draws what `paperctl.library.stats.statistics` counted; `picture(…, format)`
gives its bytes. Equal counts give equal bytes of SVG with one version of matplotlib.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from paperctl.plots.panels import agreement, by_year, funnel, recall
from paperctl.text.sanitise import clean

FORMATS = ("svg", "png")
_LOOK: Any = {
    "svg.hashsalt": "paperctl",
    "svg.fonttype": "none",  # text stays text
    "text.parse_math": False,  # a topic may be called $x$
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
}
_WIDTH, _HEIGHT = 5.2, 3.4


def picture(
    found: Mapping[str, object],
    order: Sequence[bool] = (),
    names: Mapping[str, str] | None = None,
    *,
    format: str = "svg",
) -> bytes:
    """The picture's bytes. `order` are the decisions in the order in which they were made (True is kept),
    `names` the display names of topics."""
    drawn = io.BytesIO()
    with matplotlib.rc_context(_LOOK):
        figure(found, order, names or {}).savefig(
            drawn, format=format, dpi=144, metadata={"Date": None} if format == "svg" else None
        )
    return drawn.getvalue()


def figure(found: Mapping[str, Any], order: Sequence[bool], names: Mapping[str, str]) -> Figure:
    """A panel for each figure that there are data for, two in a row."""
    named = {topic: clean(names.get(topic, topic)) for topic in found.get("topics") or ()}
    panels = _panels(found, order, named)
    rows = max(1, (len(panels) + 1) // 2)
    columns = 1 if len(panels) < 2 else 2
    drawn = Figure(figsize=(columns * _WIDTH, rows * _HEIGHT), layout="constrained")
    axes = drawn.subplots(rows, columns, squeeze=False).ravel()
    for draw, room in zip(panels, axes, strict=False):
        draw(room)
    for room in axes[len(panels) :]:
        room.set_axis_off()
    return drawn


def _panels(
    found: Mapping[str, Any], order: Sequence[bool], names: Mapping[str, str]
) -> list[Callable[[Axes], None]]:
    panels: list[Callable[[Axes], None]] = []
    if found.get("topic_years"):
        panels.append(lambda room: by_year(room, found["topic_years"], names))
    panels.append(lambda room: funnel(room, found["funnel"]))
    if any(order):
        panels.append(lambda room: recall(room, order))
    if pairs := (found.get("agreement") or {}).get("pairs"):
        panels.append(lambda room: agreement(room, pairs))
    return panels
