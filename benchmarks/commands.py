"""How fast commands are, whole processes from outside: python benchmarks/commands.py [--data FILE]

Loads FILE (JSON Lines, may be .gz; without it, synthetic papers) into stores of 10,000 and 95,000
papers, then times commands in turn, A B A B …, and prints the median CPU time (user + system) of
each and its ratio to the command beside it. Without jq on the PATH those rows are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

PAPERCTL = [sys.executable, "-m", "paperctl"]
READ_LINES = [sys.executable, "-c", "import sys\nfor line in open(sys.argv[1], 'rb'): pass"]


def measured(command: Sequence[str], env: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and peak MiB of one run of a command. Its modules are compiled once, as in a package
    that is installed, though an environment forbids it."""
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
    program = shutil.which(command[0]) or command[0]
    child = os.posix_spawn(program, list(command), env, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    os.close(null)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def beside(a: Sequence[str], b: Sequence[str], env: dict[str, str], runs: int) -> tuple[float, float, float]:
    """Median CPU seconds of two commands run in turn, and the median of their ratios, pair by pair."""
    pairs = []
    for n in range(runs + 1):
        pair = measured(a, env)[0], measured(b, env)[0]
        if n:  # the first warms the caches
            pairs.append(pair)
    return (
        statistics.median(x for x, _ in pairs),
        statistics.median(y for _, y in pairs),
        statistics.median(x / y for x, y in pairs),
    )


def synthetic(count: int) -> Iterable[str]:
    """Papers of the usual lengths, made of common words; the same ones every time."""
    dice = random.Random(7)
    words = [
        f"{a}{b}"
        for a in ["tra", "mo", "lin", "ker", "gra", "pro", "sam", "ten", "vec", "cod"]
        for b in ["ning", "del", "ear", "nel", "ph"]
    ]
    for n in range(count):
        title = " ".join(dice.choices(words, k=9)).capitalize()
        abstract = " ".join(dice.choices(words, k=170))
        authors = [f"{dice.choice(words).title()} {dice.choice(words).title()}{n % 97}" for _ in range(4)]
        yield json.dumps(
            {"id": f"s{n}", "title": title, "abstract": abstract, "authors": authors, "year": 2020 + n % 6}
        )


def lines_of(data: Path | None, count: int) -> Iterable[str]:
    if data is None:
        yield from synthetic(count)
    else:
        opener = gzip.open if data.suffix == ".gz" else open
        with opener(data, "rt", encoding="utf-8") as stream:
            yield from (line.rstrip("\n") for line in islice(stream, count))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="JSON Lines of papers, may be .gz")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", type=int, default=95_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        stores = {}
        loads = []
        for count in (10_000, args.large):
            dump = root / f"{count}.jsonl"
            dump.write_text("".join(f"{line}\n" for line in lines_of(args.data, count)), encoding="utf-8")
            stores[count] = root / f"store-{count}"
            env = {**os.environ, "PAPERCTL_STORE": str(stores[count]), "XDG_CONFIG_HOME": str(root)}
            cpu, peak = measured([*PAPERCTL, "-q", "load", str(dump)], env)
            loads.append((count, cpu, peak))
        print("| command | CPU | compared with | CPU | ratio |\n| --- | ---: | --- | ---: | ---: |")
        for count, store in stores.items():
            env = {**os.environ, "PAPERCTL_STORE": str(store), "XDG_CONFIG_HOME": str(root)}
            papers = store / "papers.jsonl"
            first = subprocess.run(
                [*PAPERCTL, "list", "--ids", "--limit", "1"],
                env=env,
                capture_output=True,
                text=True,
                check=True,
            ).stdout.strip()
            reading = ("Python reading the lines", [*READ_LINES, str(papers)])
            rows = [
                ("list --limit 20", [*PAPERCTL, "list", "--limit", "20"], reading),
                ("list lora", [*PAPERCTL, "list", "lora"], reading),
                (
                    "list --sort -year --limit 20",
                    [*PAPERCTL, "list", "--sort", "-year", "--limit", "20"],
                    reading,
                ),
                ("search 'diffusion model'", [*PAPERCTL, "search", "diffusion", "model"], reading),
                (f"mark keep {first}", [*PAPERCTL, "-q", "mark", "keep", first], reading),
            ]
            if shutil.which("jq"):
                program = "[limit(20; inputs)] | .[] | [.id, .year, .title] | @tsv"
                jq = ["jq", "-rn", program, str(papers)]
                rows.insert(1, ("list --limit 20", rows[0][1], ("jq doing the same", jq)))
                whole = ["jq", "-r", "[.id, .year, .title] | @tsv", str(papers)]
                rows.insert(
                    2, ("list --tsv (all)", [*PAPERCTL, "list", "--tsv"], ("jq over all papers", whole))
                )
            for name, command, (other, baseline) in rows:
                a, b, ratio = beside(command, baseline, env, args.runs)
                print(
                    f"| {count:,}: {name} | {a * 1000:.0f} ms | {other} | {b * 1000:.0f} ms | {ratio:.2f} |",
                    flush=True,
                )
        bare = [sys.executable, "-c", ""]
        env = {**os.environ, "PAPERCTL_STORE": str(root / "none")}
        complete = {
            **env,
            "_PAPERCTL_COMPLETE": "bash",
            "_PAPERCTL_LINE": "paperctl li",
        }
        for name, command, with_env in (
            ("--version", [*PAPERCTL, "--version"], env),
            ("completion of a verb", PAPERCTL, complete),
            ("--help", [*PAPERCTL, "--help"], env),
        ):
            a, b, ratio = beside(command, bare, with_env, args.runs)
            print(
                f"| {name} | {a * 1000:.0f} ms | bare Python | {b * 1000:.0f} ms | {ratio:.2f} |", flush=True
            )
        print("\n| load | CPU | peak of the largest process |\n| --- | ---: | ---: |")
        for count, cpu, peak in loads:
            print(f"| {count:,} papers | {cpu:.1f} s | {peak:,.0f} MiB |")


if __name__ == "__main__":
    main()
