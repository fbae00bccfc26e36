"""CPU time of every export, in one run, as a multiple of the plainest loop that writes JSON lines.

    python benchmarks/exports.py [--data PAPERS.jsonl] [--papers N]

Without a file of records it makes synthetic ones.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paperctl.exports import Request, export, names
from paperctl.record import as_record

WORDS = (
    *("sparse", "attention", "for", "large", "language", "models"),
    *("with", "low", "rank", "adapters", "and", "4-bit", "weights"),
)
TOPICS = ("llm", "efficiency", "peft", "quantization")


def synthetic(count: int) -> Iterator[dict[str, Any]]:
    """Records with abstracts of about 1,000 characters."""
    for n in range(count):
        turned = WORDS[n % len(WORDS) :] + WORDS[: n % len(WORDS)]
        topics = [topic for place, topic in enumerate(TOPICS) if n >> place & 1]
        yield {
            "id": f"{n:012x}",
            "title": f"{' '.join(turned[:8]).capitalize()} {n}",
            "abstract": f"{' '.join(turned * 12)}. At 50% of the cost, {n} & more.",
            "authors": ["Ada Lovelace", "Charles Babbage", f"Émile {turned[0].title()}"],
            "year": 2018 + n % 8,
            "venue": "ICLR",
            "doi": None,
            "arxiv_id": f"21{n % 12 + 1:02}.{n % 99999:05}",
            "url": f"https://example.org/{n}",
            "code_urls": [f"https://github.com/example/{n}"] if n % 3 == 0 else [],
            "has_code": n % 3 == 0,
            "keywords": turned[:3],
            "topics": topics,
            "topic_scores": dict.fromkeys(topics, 3.0),
            "decision": ("keep", "skip", "maybe", None)[n % 4],
            "note": None,
            "added": "2024-03-14T09:26:53Z",
            "versions": [],
            "sources": [
                {"file": "a", "sha256": "", "format": "jsonl", "lines": [n, n], "key": None, "title": ""}
            ],
            "extra": {"pages": "1-13"},
            "schema": 1,
        }


def stored(path: Path, count: int) -> list[dict[str, Any]]:
    """The first records of a store's papers.jsonl."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(count), lines, strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="papers.jsonl of a store")
    parser.add_argument("--papers", type=int, default=20_000)
    asked = parser.parse_args()
    records = stored(asked.data, asked.papers) if asked.data else list(synthetic(asked.papers))

    start = time.process_time()
    size = sum(len(json.dumps(record, ensure_ascii=False)) for record in records)
    plain = time.process_time() - start
    print(f"{len(records):,} papers, {size / 1e6:.1f} MB of JSON; json.dumps {plain:.2f} s CPU = 1.0")
    for name in names():
        if name == "template":
            request = Request(template="{% for p in papers %}{{ p.title }}\n{% endfor %}")
        else:
            request = Request()
        module = export(name)
        start = time.process_time()
        try:
            pieces = module.pack if hasattr(module, "pack") else module.render
            written = sum(map(len, pieces(map(as_record, records), request)))
        except Exception as fault:  # an export that needs a store's state: say so and go on
            print(f"{name:<18} not measured: {type(fault).__name__}")
            continue
        took = time.process_time() - start
        print(f"{name:<18} {took / plain:6.2f}   {took:6.2f} s   {written / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
