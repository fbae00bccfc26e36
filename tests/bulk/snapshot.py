"""A small snapshot with every kind of trouble, and ways to write it in parts and read what a run left."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import dataset
from pyarrow import parquet as pq

from tests.dedupe.tide_mills import ABSTRACT, KEEPERS, LATER, MOST, OTHER, OWNERS

Paper = dict[str, Any]
NORA, PETR, BELLO = "Nora van der Quist", "Petr Hron", "Ada Bello"
OURS: Paper = {"topics": [], "has_code": False, "extra": "{}"}
"""What shows that a record is one of paperctl's own exports, whose votes count."""
VOTES = {"ada": "keep", "bo": "skip"}
PLACE = {"venue": "Journal of Mill Studies", "volume": "21", "pages": "88-104"}


def snapshot() -> list[Paper]:
    """Papers with duplicates, versions, doubtful pairs, a column that comes back, and a title of no use."""
    papers: list[Paper] = [
        {"title": KEEPERS, "authors": [NORA, PETR], "year": 2016, "abstract": ABSTRACT, **PLACE},
        {"title": KEEPERS.upper(), "authors": ["Quist, N. van der", "Hron, P."], "year": 2016, **PLACE},
        {"title": KEEPERS, "authors": [NORA, PETR], "year": 2015, "abstract": ABSTRACT, "venue": "arXiv"},
        {"title": LATER, "authors": [NORA, PETR], "year": 2016, "abstract": MOST},
        {"title": OWNERS, "authors": [BELLO], "year": 2016, "abstract": OTHER},
        {"title": "Quantization of low-rank adapters in language models", "authors": [BELLO], "year": 2023},
        {"title": "Quantization of low-rank adapters in language models", "authors": [BELLO], "year": 2024},
        *(
            {"title": "Wardens' notes", "authors": [BELLO], "year": y, "venue": "Mills"}
            for y in (2001, 2002, 2003)
        ),
        {"title": "Wardens' notes", "authors": [BELLO], "year": 2003, "venue": "Mills"},
        {"title": "Leases of the ebb pond", "year": 1998, "decision": "maybe", "votes": VOTES, **OURS},
        {
            "title": "Leases of the ebb pond",
            "year": 1998,
            "decision": "keep",
            "votes": {"cho": "keep"},
            **OURS,
        },
        *({"title": "Editorial", "year": 2010, "venue": f"Mills {n % 3}"} for n in range(30)),
    ]
    draw = random.Random(7)
    words = ("silt", "sluice", "pond", "wheel", "tide", "lease", "chapel", "steam", "ebb", "stone", "keeper")
    for n in range(120):
        title = " ".join(draw.choice(words) for _ in range(6)).capitalize()
        papers.append({"title": title, "authors": [draw.choice((NORA, PETR, BELLO))], "year": 1990 + n % 30})
        if n % 5 == 0:
            papers.append({**papers[-1], "title": title.replace("e", "", 1), "doi": f"10.9999/mill.{n}"})
    return [{**paper, "id": f"p{n}"} for n, paper in enumerate(papers)]


def lines(papers: Iterable[Paper]) -> str:
    return "".join(json.dumps(paper) + "\n" for paper in papers)


def write_parts(folder: Path, papers: Sequence[Paper], seed: int, parts: int) -> Path:
    """The papers shuffled, in so many files of several kinds."""
    folder.mkdir(parents=True)
    mixed = random.Random(seed).sample(papers, len(papers))
    for n in range(parts):
        some = mixed[n::parts]
        if n % 3 == 0:
            (folder / f"{n}.jsonl").write_text(lines(some), encoding="utf-8")
        elif n % 3 == 1:
            (folder / f"{n}.jsonl.gz").write_bytes(gzip.compress(lines(some).encode()))
        else:
            names = {name for paper in some for name in paper}
            whole = [{name: paper.get(name) for name in sorted(names)} for paper in some]
            pq.write_table(pa.Table.from_pylist(whole), folder / f"{n}.parquet")
    return folder


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table that a run left."""
    rows: list[dict[str, Any]] = (
        dataset.dataset(out / f"{name}.parquet", format="parquet").to_table().to_pylist()
    )
    return rows


def said(out: Path) -> dict[str, Any]:
    """What a run said of papers, whichever files they came in. Which of several equal records has which id is
    no matter."""
    records = table(out, "records")
    kept = table(out, "kept")
    clusters: dict[str, set[str]] = {}
    for row in records:
        clusters.setdefault(row["cluster"], set()).add(row["key"])
    plain = (
        "title",
        "abstract",
        "authors",
        "year",
        "venue",
        "versions",
        "work",
        "topics",
        "topic_scores",
        "extra",
    )
    return {
        "clusters": sorted(map(sorted, clusters.values())),
        "records": sorted((r["id"], r["cluster"], r["work"], r["versions"], r["topics"]) for r in records),
        "kept": sorted((row["id"], *(repr(row[name]) for name in plain)) for row in kept),
        "doubtful": sorted(
            (*sorted((r["id"], r["other"])), r["score"], *r["evidence"]) for r in table(out, "doubtful")
        ),
    }
