"""How `paperctl bulk dedupe` grows on one machine: time, memory, disk and what passes between the stages.

    python benchmarks/bulk.py [--data FILE] [--sizes 100000,1000000,5000000] [--engine duckdb] [--memory 4GB]

FILE is JSONL (or .jsonl.gz) with title, abstract, authors, year, venue, doi; without it records are made up.
Sizes beyond the file are filled with records mixed from three of its own, as `benchmarks/dedupe.py` mixes
them. The table of stages is what docs/scale.md plans with: rows and bytes a paper, and the largest block of
each kind of key. Needs room on the disk for some 5 kB a paper; --folder says where.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dedupe import Extended, exponent, read

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sizes", default="100000,1000000,5000000")
    parser.add_argument("--engine", default="duckdb")
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    sizes = sorted(map(int, asked.sizes.split(",")))
    base = read(asked.data, sizes[-1])
    runs = []
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            dump = Path(folder) / "all.jsonl"
            written(dump, Extended(base, size))
            runs.append(measured(dump, Path(folder) / "out", asked.engine, asked.memory))
            told(runs[-1])
    if len(runs) > 1:
        print(f"exponent of CPU over the last two sizes: {exponent(runs[-2:]):.2f}")


def written(dump: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """The records as JSON Lines."""
    with dump.open("w", encoding="utf-8") as lines:
        for n in range(len(records)):  # mixed records are made when asked for, without an end of their own
            lines.write(json.dumps({name: value for name, value in records[n].items() if value}) + "\n")


def measured(dump: Path, out: Path, engine: str, memory: str) -> dict[str, Any]:
    """One run in processes of its own, its receipt and what it took."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = ["bulk", "dedupe", str(dump), "-o", str(out), "--engine", engine, "--memory", memory]
    ran = subprocess.run([sys.executable, "-m", "paperctl", "-q", *command], cwd=ROOT, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ran.returncode:
        sys.exit(f"paperctl {' '.join(command)}: status {ran.returncode}")
    receipt: dict[str, Any] = json.loads((out / "receipt.json").read_text("utf-8"))
    return {
        **receipt,
        "records": receipt["read"],
        "input": dump.stat().st_size,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "wall": time.perf_counter() - clock,
        "mb": after.ru_maxrss / 1024,
    }


def told(run: Mapping[str, Any]) -> None:
    """The run as text."""
    count = run["records"]
    print(
        f"\n{count:,} records, {run['input'] / 1e6:,.0f} MB: {run['cpu']:,.0f} s CPU, {run['wall']:,.0f} s, "
        f"largest process {run['mb']:,.0f} MB; {run['merged']:,} merged, {run['versions']:,} links, "
        f"{run['doubtful']:,} doubtful"
    )
    print(f"{'stage':<14} {'s':>8} {'rows':>12} {'rows/paper':>11} {'bytes/paper':>12}")
    for stage in run["stages"]:
        rows = stage.get("rows", count)
        print(
            f"{stage['stage']:<14} {stage['seconds']:>8.1f} {rows:>12,} {rows / count:>11.2f} "
            f"{stage['bytes'] / count:>12.1f}"
        )
    for block in run["blocks"]:
        print(
            f"{block['kind']:<6} keys: {block['records'] / count:.2f} a paper in {block['blocks']:,} blocks, "
            f"the largest of {block['largest']:,}"
        )


if __name__ == "__main__":
    main()
