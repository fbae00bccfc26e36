"""What searching costs, whole processes from outside: python benchmarks/search.py STORE [--runs N]

Makes the index of a copy of the store, and the same with SQLite FTS5 and, if it is installed (pip install
tantivy), with tantivy. Then times commands, in turn with the same query as a bare script on either, and
prints the median CPU time (user + system) of each. S is `list --limit 20` on ten papers: what starting costs.
`--times 11` puts each paper into the copy eleven times, with ids of their own: of ninety-five thousand a
million.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from commands import PAPERCTL, measured

FTS5 = """
import sqlite3, sys
table = sqlite3.connect(sys.argv[1])
sql = "SELECT id, title FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 3, 1) LIMIT 20"
for row in table.execute(sql, (" ".join(f'"{word}"*' for word in sys.argv[2:]),)):
    print(*row)
"""
TANTIVY = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
searcher = index.searcher()
query = index.parse_query(" AND ".join(sys.argv[2:]), ["title", "abstract"])
for _, address in searcher.search(query, 20).hits:
    print(searcher.doc(address)["title"][0])
"""
QUERIES = (["quantization"], ["diffusion", "model"], ["model"], ["low", "rank", "adaptation", "zyzzyva"])


def make_fts5(papers: Path, target: Path) -> None:
    import sqlite3

    table = sqlite3.connect(target)
    table.execute("CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, title, abstract, tokenize='porter')")
    records = (json.loads(line) for line in papers.open("rb"))
    table.executemany(
        "INSERT INTO f VALUES (?, ?, ?)", ((r["id"], r["title"], r["abstract"]) for r in records)
    )
    table.commit()
    table.close()


def make_tantivy(papers: Path, target: Path) -> None:
    tantivy = importlib.import_module("tantivy")
    schema = tantivy.SchemaBuilder()
    for name in ("title", "abstract"):
        schema.add_text_field(name, stored=name == "title", tokenizer_name="en_stem")
    target.mkdir()
    writer = tantivy.Index(schema.build(), path=str(target)).writer(64 << 20)
    for line in papers.open("rb"):
        record = json.loads(line)
        writer.add_document(tantivy.Document(title=record["title"], abstract=record["abstract"] or ""))
    writer.commit()
    writer.wait_merging_threads()


def copied(papers: Path, target: Path, times: int) -> None:
    """The lines of a store, so many times; an id is as long as another."""
    with target.open("wb") as out:
        for n in range(times):
            for line in papers.open("rb"):
                own = json.loads(line)["id"] if n else ""
                other = hashlib.sha1(f"{own} {n}".encode()).hexdigest()[: len(own)]
                out.write(line.replace(own.encode(), other.encode(), 1) if n else line)


def built(make: Callable[[Path, Path], None], papers: Path, target: Path) -> str:
    """What making an index costs, and its size."""
    before = os.times()
    make(papers, target)
    after = os.times()
    files = target.rglob("*") if target.is_dir() else [target]
    share = sum(file.stat().st_size for file in files) / papers.stat().st_size
    return f"{after.user + after.system - before.user - before.system:.1f} s CPU, {share:.0%} of papers.jsonl"


def medians(commands: dict[str, tuple[list[str], dict[str, str]]], runs: int) -> dict[str, float]:
    """Median CPU milliseconds of each command; they take turns, so that a busy machine is busy for all."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for n in range(runs + 1):
        for name, (command, env) in commands.items():
            cpu = measured(command, env)[0]
            if n:  # the first warms the caches
                times[name].append(cpu * 1000)
    return {name: statistics.median(of) for name, of in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path, help="the folder of a store")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--times", type=int, default=1)
    args = parser.parse_args()
    papers = args.store / "papers.jsonl"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        small, copy = root / "small", root / "copy"
        small.mkdir()
        copy.mkdir()
        with papers.open("rb") as lines:
            (small / "papers.jsonl").write_bytes(b"".join(itertools.islice(lines, 10)))
        copied(papers, copy / "papers.jsonl", args.times)
        papers = copy / "papers.jsonl"

        def of(store: Path) -> dict[str, str]:
            return {**os.environ, "PAPERCTL_STORE": str(store), "XDG_CONFIG_HOME": str(root)}

        cpu, peak = measured([*PAPERCTL, "-q", "search", "quantization", "--limit", "20"], of(copy))
        share = (copy / "search.index").stat().st_size / papers.stat().st_size
        print(f"index: {cpu:.1f} s CPU, {share:.0%} of papers.jsonl; {peak:.0f} MiB of memory at most")
        print("bare FTS5:", built(make_fts5, papers, root / "fts5.db"))
        peers = {"bare FTS5": (FTS5, str(root / "fts5.db"))}
        if importlib.util.find_spec("tantivy"):
            print("bare tantivy:", built(make_tantivy, papers, root / "tantivy"))
            peers["bare tantivy"] = (TANTIVY, str(root / "tantivy"))
        twenty = ["--limit", "20"]
        commands = {"S": ([*PAPERCTL, "list", *twenty], of(small))}
        for query in QUERIES:
            for verb in ("search", "list"):
                commands[f"{verb} {' '.join(query)}"] = ([*PAPERCTL, verb, *query, *twenty], of(copy))
            for name, (script, target) in peers.items():
                command = [sys.executable, "-c", script, target, *query]
                commands[f"{name}: {' '.join(query)}"] = (command, of(copy))
        commands["list --sort -year"] = ([*PAPERCTL, "list", "--sort", "-year", *twenty], of(copy))
        with papers.open("rb") as lines:
            one = json.loads(next(itertools.islice(lines, 5, None)))["id"]
        commands["show ID --json"] = ([*PAPERCTL, "show", one, "--json"], of(copy))
        commands["similar ID"] = ([*PAPERCTL, "similar", one], of(copy))
        commands["stats"] = ([*PAPERCTL, "stats"], of(copy))
        found = medians(commands, args.runs)
        print("\n| command | CPU | above S |\n| --- | ---: | ---: |")
        for name, cpu in found.items():
            print(f"| {name} | {cpu:.0f} ms | {cpu - found['S']:+.0f} ms |")


if __name__ == "__main__":
    main()
