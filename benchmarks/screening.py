"""What screening costs: refit and next paper at 7,500 and 95,000 papers, CPU milliseconds of this process.

    python benchmarks/screening.py [--papers N ...]

benchmarks/screening_order.py says what the order saves, benchmarks/stopping.py whether the estimate of
recall holds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperctl.record import Record, as_record
from paperctl.screening import features as features_of
from paperctl.screening import ranker
from paperctl.screening.estimate import estimate
from paperctl.screening.progress import Progress
from paperctl.screening.state import Screening
from paperctl.screening.view import Card, Screen, draw
from paperctl.store.overlay import Overlay


def synthetic(count: int) -> list[Record]:
    """Papers whose words follow Zipf's law, 180 of them each, as abstracts of conferences do."""
    draw = random.Random(1)
    words = [f"w{n}" for n in range(60_000)]
    weights = [1 / (n + 3) for n in range(len(words))]
    stream = draw.choices(words, weights, k=count * 190)
    return [
        as_record(
            {
                "id": f"{n:012x}",
                "title": " ".join(stream[n * 190 : n * 190 + 10]),
                "abstract": " ".join(stream[n * 190 + 10 : (n + 1) * 190]),
                "sources": [],
                "versions": [],
            }
        )
        for n in range(count)
    ]


def timed(work: Callable[[], Any], times: int = 5) -> float:
    """CPU milliseconds of one run, the median of several."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def speed(count: int) -> None:
    papers = synthetic(count)
    start = time.process_time()
    features = features_of.features(papers)
    print(f"\n{count:,} papers: features {time.process_time() - start:.1f} s CPU")
    said = Overlay()
    for decided in (50, 200, 1000):
        rows = range(0, decided * 3, 3)
        decisions = {row: row % 9 == 0 for row in rows}
        said = Overlay.of(
            {"at": f"2026-{n:06}", "set": {papers[row]["id"]: {"decision": "keep" if kept else "skip"}}}
            for n, (row, kept) in enumerate(decisions.items())
        )
        refit = timed(lambda decisions=decisions: ranker.fit(features, decisions))  # type: ignore[misc]
        print(f"  refit after {decided:>5,} decisions {refit:8.1f} ms")
    state = Screening(papers, said, range(count))
    model = ranker.fit(features, state.training)
    assert model

    def reranked() -> None:
        import numpy as np

        state.order = ranker.best(model.scores, np.arange(count), count)

    def next_paper() -> None:
        state.reread(said)
        pick = state.next()
        assert pick
        sequence = state.sequence
        shown = Screen(Progress(len(sequence), count, sum(sequence), 0, 0), {}, Card(papers[pick.row]))
        draw(shown, 80, 24)

    print(f"  whole order anew               {timed(reranked):8.1f} ms")
    print(f"  next paper, read and drawn     {timed(next_paper):8.1f} ms")
    print(f"  estimate of recall             {timed(lambda: estimate(state.sequence, count)):8.1f} ms")
    print(f"  a decision on disk             {timed(one_decision(papers[:5])):8.1f} ms")


def one_decision(papers: list[Record]) -> Callable[[], None]:
    from paperctl.store import Store

    store = Store(Path(tempfile.mkdtemp(prefix="paperctl-bench-")))
    turn = iter(range(10_000))
    return lambda: void(
        store.decide({papers[0]["id"]: {"decision": ("keep", "skip")[next(turn) % 2]}}, "screen")
    )


def void(value: object) -> None:
    """Drops a value."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, nargs="*", default=[7_500, 95_000])
    options = parser.parse_args()
    for count in options.papers:
        speed(count)


if __name__ == "__main__":
    main()
