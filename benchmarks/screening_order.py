"""How early screening shows what reviewers included, beside ASReview.

    python -m pip install 'asreview>=3,<4'        for the peer; without it, paperctl alone
    python benchmarks/screening_order.py FOLDER [--seeds 10]

FOLDER holds labelled CSV files (columns title, abstract, included: 1 or 0). Each is replayed from one
relevant and one irrelevant paper, the same two for both programs: paperctl as a session orders papers,
ASReview with the AI it chooses itself (ELAS u4). The table of Markdown gives, paperctl / ASReview, means over
the seeds: work saved over sampling at 95 % recall, recall after a tenth and after a twentieth of the papers,
CPU seconds of a replay.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from paperctl.screening.simulate import first_two, recall_at, simulate, wss

Rows = list[Any]


class Measures(NamedTuple):
    """What came of one replay, or of several on average."""

    wss: float
    tenth: float
    twentieth: float
    seconds: float


def read(path: Path) -> Rows:
    """The papers of a set, each with an id."""
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as stream:
        return [{**row, "id": f"{n:06}"} for n, row in enumerate(csv.DictReader(stream))]


def labels_of(rows: Rows) -> dict[str, bool]:
    """Id → included."""
    return {row["id"]: str(row["included"]).strip() in ("1", "1.0") for row in rows}


def paperctl(rows: Rows, seed: int) -> list[bool]:
    """Included or not, in the order in which a session shows the papers."""
    labels = labels_of(rows)
    return [labels[paper] for paper in simulate(rows, labels, seed)]


def asreview(rows: Rows, seed: int) -> list[bool]:
    """The same by ASReview, which stops at the last relevant paper: what is left is irrelevant."""
    import pandas
    from asreview import ActiveLearningCycle, Simulate
    from asreview.models import get_ai_config

    labels = labels_of(rows)
    texts = pandas.DataFrame({part: [row.get(part) or "" for row in rows] for part in ("title", "abstract")})
    learner = ActiveLearningCycle.from_meta(get_ai_config("elas_u4")["value"])
    replay = Simulate(texts, [int(labels[row["id"]]) for row in rows], [learner], print_progress=False)
    replay.label(first_two([row["id"] for row in rows], labels, seed))
    replay.review()
    shown = [bool(label) for label in replay._results["label"]]
    return shown + [False] * (len(rows) - len(shown))


def measured(order_of: Callable[[Rows, int], list[bool]], rows: Rows, seed: int) -> Measures:
    """One replay."""
    start = time.process_time()
    order = order_of(rows, seed)
    seconds = time.process_time() - start
    return Measures(wss(order), recall_at(order), recall_at(order, 0.05), seconds)


def mean(found: list[Measures]) -> Measures:
    """Their average."""
    return Measures(*map(statistics.mean, zip(*found, strict=True)))


def row(name: str, found: list[Measures]) -> str:
    """A row of the table: the programs' values next to each other."""
    columns = zip((3, 3, 3, 1), zip(*found, strict=True), strict=True)
    cells = (" / ".join(f"{value:.{digits}f}" for value in values) for digits, values in columns)
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    programs = [paperctl]
    if importlib.util.find_spec("asreview"):
        programs.append(asreview)
    print("| set | WSS@95 | recall@10 % | recall@5 % | CPU s |\n" + "| --- " * 5 + "|")
    sets: list[list[Measures]] = []
    for path in sorted(options.folder.glob("*.csv")):
        rows = read(path)
        sets.append(
            [mean([measured(program, rows, seed) for seed in range(options.seeds)]) for program in programs]
        )
        print(row(path.stem, sets[-1]), flush=True)
    print(row("mean", [mean(list(found)) for found in zip(*sets, strict=True)]))


if __name__ == "__main__":
    main()
