"""Whether the estimate of recall holds, and where stopping is advised.

    python benchmarks/stopping.py FOLDER      replays each labelled CSV in FOLDER (title, abstract, included)

For each set and a growing share of its papers read: how often the range held the truth, how far the estimate
was off on average, and at what recall either level of advice came first, as a table of Markdown. Nothing is
fitted here: sets on which no number was chosen give a fair account.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from pathlib import Path

from screening_order import paperctl, read

from paperctl.screening.estimate import Estimate, estimate

SEEDS = range(5)
PARTS = ((0.0, 0.15), (0.15, 0.3), (0.3, 0.5), (0.5, 1.0))


def replays(path: Path) -> list[list[bool]]:
    """Wanted or not, in the order shown, for each seed."""
    rows = read(path)
    return [paperctl(rows, seed) for seed in SEEDS]


class Tally:
    """What came of the looks at some replays."""

    def __init__(self) -> None:
        self.held: list[bool] = []
        self.errors: dict[tuple[float, float], list[float]] = defaultdict(list)
        self.stops: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def add(self, order: list[bool]) -> None:
        size, wanted = len(order), sum(order)
        first: dict[str, tuple[float, float]] = {}
        for step in range(2, 100):
            read = step * size // 100
            found = estimate(order[:read], size)
            if found is None:
                continue
            recall = found.kept / wanted
            if step % 5 == 0:
                self.held.append(found.low <= recall <= found.high)
                part = next(part for part in PARTS if part[0] <= read / size < part[1])
                self.errors[part].append(found.recall - recall)
            for level in _advised(found):
                first.setdefault(level, (read / size, recall))
        for level in ("usual", "cautious"):
            self.stops[level].append(first.get(level, (1.0, 1.0)))

    def join(self, other: Tally) -> None:
        self.held += other.held
        for part, errors in other.errors.items():
            self.errors[part] += errors
        for level, stops in other.stops.items():
            self.stops[level] += stops

    def row(self, name: str) -> str:
        errors = (f"{statistics.mean(self.errors[part]):+.3f}" if self.errors[part] else "" for part in PARTS)
        stops = (
            f"{statistics.mean(read for read, _ in found):.0%} | "
            f"{statistics.mean(recall for _, recall in found):.3f} ({min(recall for _, recall in found):.3f})"
            for found in self.stops.values()
        )
        return f"| {name} | {statistics.mean(self.held):.2f} | {' | '.join([*errors, *stops])} |"


def _advised(found: Estimate) -> list[str]:
    return ["usual"] * found.enough + ["cautious"] * found.surely_enough


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    every = Tally()
    parts = " | ".join(f"to {end:.0%}" for _, end in PARTS)
    stops = " | ".join(f"{level} stop at | recall (worst)" for level in ("usual", "cautious"))
    print(f"| set | range holds | {parts} | {stops} |")
    print("|" + " --- |" * (6 + len(PARTS)))
    for path in sorted(parser.parse_args().folder.glob("*.csv")):
        tally = Tally()
        for order in replays(path):
            tally.add(order)
        print(tally.row(path.stem), flush=True)
        every.join(tally)
    print(every.row("all"))


if __name__ == "__main__":
    main()
