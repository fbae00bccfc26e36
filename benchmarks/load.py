"""What a load costs by phase, beside a TF-IDF pass over the same texts:

    python benchmarks/load.py [--data FILE] [--sizes 10000,95000]

FILE is JSONL (or .jsonl.gz) as of `benchmarks/dedupe.py`; sizes beyond it are filled with records mixed of
its own. T is the CPU of scikit-learn's TfidfVectorizer() over titles and abstracts. Every size runs in a
process of its own. CPU is that of all processes, memory the peak of the process and of its largest worker.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from dedupe import Extended, cpu, exponent, read


class Phases:
    """CPU and wall time between the reports of a load's progress; labels alike are one phase."""

    def __init__(self) -> None:
        self.marks: list[tuple[str, float, float]] = []
        self("reading", 0.0)

    def __call__(self, label: str, share: float) -> None:
        label = label.split(":")[0].split(" ")[0]
        if not self.marks or self.marks[-1][0] != label:
            self.marks.append((label, cpu(), time.perf_counter()))

    def spent(self) -> dict[str, tuple[float, float]]:
        self("", 0.0)
        found: dict[str, tuple[float, float]] = {}
        for (label, cpu_at, at), (_, cpu_then, then) in pairwise(self.marks):
            before = found.get(label, (0.0, 0.0))
            found[label] = before[0] + cpu_then - cpu_at, before[1] + then - at
        return found


def run(data: Path | None, size: int) -> None:
    """Loads so many records twice, then 1,000 more, and prints what it took."""
    from paperctl.library.load import load
    from paperctl.library.preparing import Preparing
    from paperctl.library.stored_entries import Held
    from paperctl.library.tag import StoreTagger
    from paperctl.reading.read import read_dumps
    from paperctl.store import Store
    from paperctl.topics import load_rules

    records = Extended(read(data, size), size + 1000)
    with tempfile.TemporaryDirectory() as folder:
        dumps = {"all": range(size), "more": range(size, size + 1000)}
        for name, numbers in dumps.items():
            with (Path(folder) / f"{name}.jsonl").open("w", encoding="utf-8") as lines:
                for n in numbers:
                    lines.write(json.dumps({k: v for k, v in records[n].items() if v}) + "\n")
        del records
        store = Store(Path(folder) / "store")
        for name, of in (("load", "all"), ("again", "all"), ("1,000 more", "more")):
            before, clock, phases = cpu(), time.perf_counter(), Phases()
            tagger = StoreTagger(store, load_rules())
            prepare = Preparing(tagger, store.key_pattern)
            held = Held(store)
            path = f"{folder}/{of}.jsonl"
            incoming, receipt = read_dumps([path], progress=phases, prepare=prepare, held=held)
            load(Store(store.folder), incoming, receipt, tagger=tagger, held=held, progress=phases)
            del incoming
            used, wall = cpu() - before, time.perf_counter() - clock
            spent = {label: round(seconds, 2) for label, (seconds, _) in phases.spent().items()}
            print(
                json.dumps(
                    {"name": name, "size": size, "cpu": used, "wall": wall, "phases": spent, **peaks()}
                )
            )
        from sklearn.feature_extraction.text import TfidfVectorizer  # not counted

        before = cpu()
        tfidf(TfidfVectorizer(), Path(folder) / "all.jsonl")
        print(json.dumps({"name": "T", "size": size, "cpu": cpu() - before}))


def peaks() -> dict[str, float]:
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"mb": own, "worker_mb": workers}


def tfidf(vectorizer: Any, dump: Path) -> None:
    with dump.open(encoding="utf-8") as lines:
        papers = map(json.loads, lines)
        vectorizer.fit_transform(f"{p.get('title')}\n{p.get('abstract')}" for p in papers)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sizes", default="10000,95000")
    parser.add_argument("--run", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run:
        run(args.data, args.run)
        return
    loads: list[dict[str, Any]] = []
    for size in args.sizes.split(","):
        command = [sys.executable, __file__, "--run", size, *(["--data", args.data] if args.data else [])]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        *rows, whole = map(json.loads, done.stdout.splitlines())
        print(f"{int(size):,} records, T = {whole['cpu']:.1f} s")
        for row in rows:
            cores = row["cpu"] / row["wall"]
            memory = f"{row['mb']:,.0f} + {row['worker_mb']:,.0f} MiB"
            print(f"  {row['name']:<12} {row['cpu'] / whole['cpu']:.2f} T  {row['cpu']:.1f} s CPU", end="")
            print(f"  {row['wall']:.1f} s wall  {cores:.1f} cores  {memory}  {row['phases']}")
        loads.append({**rows[0], "records": int(size)})
    if len(loads) > 1:
        print(f"exponent of the first load: {exponent(loads):.2f}")


if __name__ == "__main__":
    main()
