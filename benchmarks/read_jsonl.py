"""How fast JSON Lines become entries and entries become facts, against bare decoding.

    python benchmarks/read_jsonl.py [--data FILE.jsonl[.gz]] [--papers N]

Without a file it makes N records itself. CPU time; the ratios are of one run on one machine.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from paperctl.dumps import Dump
from paperctl.normalise import normalise
from paperctl.readers import json_document, json_lines
from paperctl.record import Entry


def synthetic(papers: int) -> bytes:
    """Records of the usual size, one in two with letters beyond ASCII, one in ten with a code link."""
    rng = random.Random(7)
    words = ["model", "learning", "efficient", "café", "the", "of", "graph", "–", "it’s", "large"]
    first = ["Anna", "Wei", "Mårten", "Joan", "R.", "Olu"]
    last = ["Rossi", "Zhang", "Öberg", "Smith-Jones", "Adeyemi"]
    rows = []
    for n in range(papers):
        vocabulary = words if n % 2 else [w for w in words if w.isascii()]
        abstract = " ".join(rng.choices(vocabulary, k=180))
        if n % 10 == 0:
            abstract += f" Code: https://github.com/lab/tool-{n}."
        authors = " and ".join(f"{rng.choice(first)} {rng.choice(last)}" for _ in range(rng.randint(1, 8)))
        title = " ".join(rng.choices(vocabulary, k=9))
        facts = {"title": title, "authors": authors, "year": 2020, "venue": "X", "abstract": abstract}
        rows.append({"id": f"x:{n}", **facts})
    return b"\n".join(map(msgspec.json.encode, rows))


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    spent = time.process_time() - start
    gc.enable()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--papers", type=int, default=20_000)
    asked = parser.parse_args()
    raw = synthetic(asked.papers)
    if asked.data:
        raw = (gzip.open if asked.data.suffix == ".gz" else open)(asked.data, "rb").read()
    size = len(raw) / 1e6
    lines = raw.split(b"\n")
    dump = Dump.from_bytes(raw)
    objects = [json.loads(line) for line in lines if line.strip()]
    document = Dump.from_text(json.dumps(objects, ensure_ascii=False))
    entries = [item for item in json_lines.read(dump) if isinstance(item, Entry)]
    bare = seconds(lambda: [msgspec.json.decode(line) for line in lines if line])
    for name, work in (
        ("msgspec, bare decoding", lambda: [msgspec.json.decode(line) for line in lines if line]),
        ("json, bare decoding", lambda: [json.loads(line) for line in lines if line]),
        ("jsonl reader", lambda: list(json_lines.read(dump))),
        ("json reader, one array", lambda: list(json_document.read(document))),
        ("normalise", lambda: [normalise(entry) for entry in entries]),
    ):
        spent = seconds(work)
        speed = f"{size / spent:7.0f} MB/s {len(entries) / spent:>9,.0f} entries/s"
        print(f"{name:<24} {spent:6.2f} s CPU {speed} {spent / bare:6.1f} × bare msgspec")


if __name__ == "__main__":
    main()
