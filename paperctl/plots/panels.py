"""The figures, each drawn into the axes that it is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from paperctl.text.sanitise import clean
from paperctl.text.width import cut

# Okabe and Ito: distinct for the colour-blind, too.
_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
_TOPICS = 7
_YEARS = 25
_STEPS = ("identified", "duplicates_removed", "papers", "screened", "kept", "skipped", "maybe")


def by_year(room: Axes, topic_years: Mapping[str, Mapping[str, int]], names: Mapping[str, str]) -> None:
    """Papers by year, a line for each of the most frequent topics. A paper of two topics counts for both."""
    totals = Counter({topic: sum(years.values()) for topic, years in topic_years.items()})
    every = sorted({int(year) for years in topic_years.values() for year in years})[-_YEARS:]
    shown = list(range(every[0], every[-1] + 1))
    for (topic, _), colour in zip(totals.most_common(_TOPICS), _COLOURS, strict=False):
        counts = [topic_years[topic].get(str(year), 0) for year in shown]
        label = cut(names.get(topic, topic), 30)
        room.plot(shown, counts, marker="o", markersize=3, color=colour, label=label)
    room.set_title("Papers by year and topic")
    room.set_ylim(bottom=0)
    room.xaxis.set_major_locator(MaxNLocator(integer=True))
    room.yaxis.set_major_locator(MaxNLocator(integer=True))
    room.legend(frameon=False, fontsize="small")


def funnel(room: Axes, counts: Mapping[str, int]) -> None:
    """From entries identified to papers kept."""
    steps = [(name.replace("_", " "), counts[name]) for name in _STEPS]
    bars = room.barh([name for name, _ in steps], [count for _, count in steps], color=_COLOURS[0])
    room.bar_label(bars, labels=[f"{count:,}" for _, count in steps], padding=3)
    room.invert_yaxis()
    room.set_title("Funnel")
    room.set_xticks([])
    room.spines["bottom"].set_visible(False)
    room.margins(x=0.15)


def recall(room: Axes, order: Sequence[bool]) -> None:
    """How soon screening found what was kept, and what reading in any order would find."""
    kept = sum(order)
    found = [0.0, *(count / kept for count in accumulate(order))]
    room.plot(range(len(found)), found, color=_COLOURS[2], label="found")
    room.plot([0, len(order)], [0, 1], color=_COLOURS[-1], linestyle=":", label="in any order")
    room.set_title(f"Kept papers found while screening ({kept:,} of {len(order):,})")
    room.set_xlabel("papers decided on")
    room.xaxis.set_major_locator(MaxNLocator(integer=True))
    room.set_ylim(0, 1.02)
    room.yaxis.set_major_formatter(PercentFormatter(1))
    room.legend(frameon=False, fontsize="small", loc="lower right")


def agreement(room: Axes, pairs: Sequence[Mapping[str, Any]]) -> None:
    """For each two reviewers the share of papers on which they agree."""
    names = [cut(clean(" and ".join(pair["reviewers"])), 30) for pair in pairs]
    bars = room.barh(names, [pair["agreement"] for pair in pairs], color=_COLOURS[3])
    labels = [
        f"{pair['agreement']:.0%} of {pair['papers']:,}"
        + ("" if pair["kappa"] is None else f", kappa {pair['kappa']:.2f}")
        for pair in pairs
    ]
    room.bar_label(bars, labels=labels, padding=3)
    room.invert_yaxis()
    room.set_title("Reviewers agree")
    room.set_xlim(0, 1)
    room.xaxis.set_major_formatter(PercentFormatter(1))
    room.margins(x=0.3)
