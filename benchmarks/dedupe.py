"""How deduplication grows: CPU seconds and memory at 1k, 10k, 95k and 1M records, and the exponent.

    python benchmarks/dedupe.py [--data FILE] [--sizes 1000,10000,95000,1000000]

FILE is JSONL (or .jsonl.gz) with title, abstract, authors, year, venue, doi; without it records are
made up. Sizes beyond the file are filled with records mixed from three of its own: titles of
their words, authors of their authors. Every size runs in a process of its own; CPU is that of all
its processes, memory the peak of the largest plus its workers. Also measured: 20,000 papers of one
generic title, and what it takes to load all of FILE into a store, then 1,000 more and 1,000 more;
loaded without deduplication, 1,000 cost what the store itself takes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from paperctl.deduplicate import plan
from paperctl.record import FACTS

Record = Any
SYLLABLES = tuple(a + b for a in "bdfgk" for b in "aeio")
COPIES = 20  # one record in so many is a copy of another, with a slip in its title


def read(path: Path | None, limit: int) -> list[Record]:
    """At most `limit` records of a JSONL file, or as many made up."""
    if path is None:
        return [made_up(n) for n in range(min(limit, 95_000))]
    records: list[Record] = []
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            raw = json.loads(line)
            authors = raw.get("authors") or []
            if isinstance(authors, str):
                authors = authors.split(" and ")
            facts = {k: raw.get(k) or v for k, v in FACTS.items()}
            records.append({**facts, "authors": authors, "arxiv_id": raw.get("arxiv") or None})
            if len(records) == limit:
                break
    return records


def made_up(n: int) -> Record:
    """A record of invented words, rare and common as in a language (Zipf)."""
    if n % COPIES == COPIES - 1:
        return slipped(made_up(n - 1), random.Random(n))
    draw = random.Random(n)

    def words(count: int) -> str:
        return " ".join(word(int(30_000 ** draw.random())) for _ in range(count))

    names = [
        f"{word(draw.randrange(400))} {word(draw.randrange(9000))}".title() for _ in range(draw.randint(1, 6))
    ]
    return {
        **FACTS,
        "title": words(draw.randint(5, 13)).capitalize(),
        "abstract": words(130),
        "authors": names,
        "year": draw.randint(1990, 2026),
        "venue": draw.choice(("Journal of Invented Results", "SYNTH", "arXiv")),
    }


def word(n: int) -> str:
    """The n-th invented word."""
    found = SYLLABLES[n % 20] + SYLLABLES[n // 20 % 20]
    while n := n // 400:
        found += SYLLABLES[n % 20]
    return found


def slipped(record: Record, draw: random.Random) -> Record:
    """The record with one letter of its title gone."""
    title = record["title"]
    at = draw.randrange(1, max(2, len(title)))
    return {**record, "title": title[:at] + title[at + 1 :]}


class Extended(Sequence[Record]):
    """`size` records: those given, then mixtures of three of them, made when asked for."""

    def __init__(self, base: Sequence[Record], size: int) -> None:
        self.base, self.size = base, size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, n: Any) -> Any:
        if n < len(self.base):
            return self.base[n]
        if n % COPIES == COPIES - 1:
            return slipped(self[n - 1], random.Random(n))
        draw = random.Random(n)
        a, b, c = (self.base[draw.randrange(len(self.base))] for _ in range(3))
        words = f"{a['title']} {b['title']} {c['title']}".split()
        texts = [str(r["abstract"] or "") for r in (a, b, c)]
        cuts = [draw.randrange(len(t) // 2 + 1) for t in texts]
        return {
            **a,
            "title": " ".join(draw.sample(words, max(1, len(words) // 3))),
            "abstract": " ".join(t[cut : cut + 350] for t, cut in zip(texts, cuts, strict=True)),
            "authors": [*b["authors"][:1], *a["authors"][1:]],
            "doi": None,
            "arxiv_id": None,
            "extra": {},
        }


def cpu() -> float:
    """CPU seconds of this process and its ended workers."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def measured(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Plan over the records; the numbers of the run."""
    before, clock = cpu(), time.perf_counter()
    found = plan(records)
    peaks = [
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {
        "name": name,
        "records": len(records),
        "cpu": cpu() - before,
        "wall": time.perf_counter() - clock,
        "mb": max(peaks),
        "merged": sum(len(c) - 1 for c in found.clusters),
        "versions": len(found.versions),
        "asked": len(found.maybes),
    }


def run(case: str, data: Path | None) -> Iterator[dict[str, Any]]:
    """One case, in the process that was started for it."""
    if case == "editorial":
        yield measured(
            "20,000 editorials",
            [{**FACTS, "title": "Editorial", "year": 2000 + n % 9} for n in range(20_000)],
        )
        return
    if case == "adding":
        yield from adding(read(data, 10**9))
        return
    size = int(case)
    yield measured(f"{size:,} records", Extended(read(data, size), size))


def adding(base: list[Record]) -> Iterator[dict[str, Any]]:
    """A store into which all are loaded at once, then 1,000 new ones, and again, and once without a look
    for duplicates; reading the dumps is not counted."""
    from paperctl.library.load import load
    from paperctl.reading.read import read_dumps
    from paperctl.store import Store

    known = len(base)
    records = Extended(base, known + 3000)
    cases = {
        "loaded at once": range(known),
        "the first 1,000 added": range(known, known + 1000),
        "the next 1,000 added": range(known + 1000, known + 2000),
        "1,000 not deduplicated": range(known + 2000, known + 3000),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, numbers in cases.items():
            dump = Path(folder) / f"{numbers.start}.jsonl"
            with dump.open("w", encoding="utf-8") as lines:
                for n in numbers:
                    lines.write(json.dumps({k: v for k, v in records[n].items() if v}) + "\n")
            incoming, receipt = read_dumps([str(dump)], format="jsonl")
            before, clock = cpu(), time.perf_counter()
            load(Store(Path(folder) / "store"), incoming, receipt, tagger=None, dedupe="not" not in name)
            yield {
                "name": name,
                "records": len(numbers),
                "cpu": cpu() - before,
                "wall": time.perf_counter() - clock,
                "merged": receipt.total("merged"),
            }


def exponent(rows: Sequence[Mapping[str, Any]]) -> float:
    """The slope of log CPU over log records, by least squares."""
    points = [(math.log(r["records"]), math.log(r["cpu"])) for r in rows]
    mean_x, mean_y = (sum(v) / len(points) for v in zip(*points, strict=True))
    slope: float = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum(
        (x - mean_x) ** 2 for x, _ in points
    )
    return slope


def main() -> None:
    """Run every case in a process of its own and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FILE")
    parser.add_argument("--sizes", default="1000,10000,95000,1000000")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        for row in run(given.case, given.data):
            print(json.dumps(row))
        return
    print(f"{'case':<26}{'records':>10}{'CPU s':>9}{'wall s':>9}{'MB':>7}", end="")
    print(f"{'merged':>9}{'versions':>9}{'asked':>7}")
    sized = []
    for case in [*given.sizes.split(","), "editorial", "adding"]:
        command = [
            sys.executable,
            __file__,
            "--case",
            case,
            *(["--data", str(given.data)] if given.data else []),
        ]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in printed.splitlines():
            row = json.loads(line)
            sized += [row] if case.isdigit() else []
            shown = "".join(
                f"{row.get(k, ''):>{w}}" for k, w in (("merged", 9), ("versions", 9), ("asked", 7))
            )
            mb = f"{row['mb']:.0f}" if "mb" in row else ""
            print(
                f"{row['name']:<26}{row['records']:>10,}{row['cpu']:>9.2f}{row['wall']:>9.2f}{mb:>7}{shown}",
                flush=True,
            )
    if len(sized) > 1:
        print(f"growth exponent {exponent(sized):.2f}; over the last two sizes {exponent(sized[-2:]):.2f}")


if __name__ == "__main__":
    main()
