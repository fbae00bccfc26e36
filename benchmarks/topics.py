"""Tagging: speed side by side with scikit-learn's default tokeniser, quality, and what corrections teach.

    python benchmarks/topics.py                                     synthetic papers
    python benchmarks/topics.py --data papers.jsonl[.gz]            speed on these papers
    python benchmarks/topics.py --labelled labelled.jsonl           quality and learning on these rows

A labelled row is {"title", "abstract", "topic", "label", "weight"}. CPU seconds, child processes included.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from paperctl.topics import evaluate, learn, load_rules, tag
from paperctl.topics.match import cue_words

Record = dict[str, Any]
CORRECTIONS = (20, 80)
SEEDS = 5
COMMON = ["the", "of", "and", "we", "to", "a", "in", "for", "is", "on", "that", "with", "our", "this"]
COMMON += ["model", "by", "from", "learning", "data", "as"]


def read(path: Path) -> Iterator[Record]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            if line.strip():
                yield json.loads(line)


def synthetic(count: int) -> list[Record]:
    """Papers of 150 words: mostly common words with a Zipf tail, some of them cues."""
    rng = random.Random(0)
    words = ["".join(rng.choices("aeioubcdfglmnprst", k=rng.randint(3, 9))) for _ in range(20_000)]
    words[:20] = COMMON
    cues = ["large language models", "post-training quantization", "pruning", "CLIP", "LoRA", "latency"]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    papers = []
    for _ in range(count):
        text = rng.choices(words, weights, k=150)
        if rng.random() < 0.3:
            text[rng.randrange(150)] = rng.choice(cues)
        sentences = [" ".join(text[i : i + 15]).capitalize() + "." for i in range(0, 150, 15)]
        papers.append(
            {"title": " ".join(rng.choices(words, weights, k=8)).title(), "abstract": " ".join(sentences)}
        )
    return papers


def cpu() -> float:
    """CPU seconds of this process and its finished children."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """CPU and wall seconds."""
    start, wall = cpu(), time.perf_counter()
    work()
    return cpu() - start, time.perf_counter() - wall


def speed(papers: list[Record]) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rules = load_rules()
    texts = [f"{p['title']}\n{p['abstract'] or ''}" for p in papers]
    sample = texts[:20_000]
    list(tag(papers[:500], rules, processes=1))

    # In turns, best of three: what else runs on the machine then hurts both alike.
    terms = sorted({" ".join(cue_words(c.text)).rstrip("*").lower() for t in rules for c in t.cues})
    same = TfidfVectorizer(ngram_range=(1, 5), vocabulary=terms)
    default, grams, ours = float("inf"), float("inf"), float("inf")
    for _ in range(3):
        grams = min(grams, timed(lambda: same.fit_transform(sample))[0])
        default = min(default, timed(lambda: TfidfVectorizer().fit_transform(sample))[0])
        ours = min(ours, timed(lambda: list(tag(papers[: len(sample)], rules, processes=1)))[0])
    print(f"\nspeed, papers per CPU second ({len(sample):,} papers)")
    print(f"  scikit-learn TfidfVectorizer, default tokeniser     {len(sample) / default:>9,.0f}")
    print(f"  the same with the cues as vocabulary, 1- to 5-grams {len(sample) / grams:>9,.0f}")
    print(
        f"  tag: topics and scores {len(sample) / ours:>38,.0f}   x{default / ours:.2f}, x{grams / ours:.1f}"
    )
    one = timed(lambda: list(tag(papers, rules, processes=1)))
    two = timed(lambda: list(tag(papers, rules, processes=2)))
    print(f"\nall {len(papers):,} papers             CPU s    wall s")
    print(f"  one process              {one[0]:>7.2f}   {one[1]:>7.2f}")
    print(f"  two processes            {two[0]:>7.2f}   {two[1]:>7.2f}   x{one[1] / two[1]:.2f} in wall time")


def unread(title: str) -> bool:
    """Whether a labelled paper is in the half not read while writing the cues (its totals were seen)."""
    return hashlib.md5(re.sub(r"\W+", "", title.lower()).encode()).digest()[0] % 2 == 0


def quality(rows: list[Record]) -> None:
    rules = load_rules()
    papers = list({row["title"]: row for row in rows}.values())
    place = {paper["title"]: i for i, paper in enumerate(papers)}
    before = list(tag(papers, rules))
    result = evaluate(rows, papers, before, rules)
    unseen = evaluate([row for row in rows if unread(row["title"])], papers, before, rules)
    print(f"\nquality on {len(rows):,} labelled rows     precision  recall      F1   unread half")
    for t, u in zip(result.topics, unseen.topics, strict=True):
        print(f"  {t.topic:<32} {t.precision:>9.3f} {t.recall:>7.3f} {t.f1:>7.3f} {u.f1:>7.3f}")
    print(f"  {'macro F1':<32} {'':>17} {result.macro_f1:>7.3f} {unseen.macro_f1:>7.3f}")

    for start, used in (("built-in rules", rules), ("rules of two minutes", load_rules(TWO_MINUTES))):
        base = list(tag(papers, used))
        print(f"\nlearning on top of {start}: F1 on rows not corrected, mean of {SEEDS} draws")
        print(f"  {'topic':<20} {'rules':>7}" + "".join(f"   +{n} (on)    " for n in CORRECTIONS))
        for t in result.topics:
            plain: list[float] = []
            taught: dict[int, list[float]] = {n: [] for n in CORRECTIONS}
            on = dict.fromkeys(CORRECTIONS, 0)
            for seed in range(SEEDS):
                mine = [row | {"weight": 1} for row in rows if row["topic"] == t.topic]
                random.Random(seed).shuffle(mine)
                held = mine[max(CORRECTIONS) :]
                plain.append(evaluate(held, papers, base, used).topics[0].f1)
                for n in CORRECTIONS:
                    said = {place[row["title"]]: bool(row["label"]) for row in mine[:n]}
                    learned = learn(papers, {t.topic: said}, used)
                    on[n] += learned.topics[t.topic].on
                    after = tag(papers, used, learned=learned)
                    taught[n].append(evaluate(held, papers, after, used).topics[0].f1)
            cells = "".join(f"  {sum(taught[n]) / SEEDS:.3f} ({on[n]}/{SEEDS})" for n in CORRECTIONS)
            print(f"  {t.topic:<20} {sum(plain) / SEEDS:>7.3f}{cells}")


TWO_MINUTES: dict[str, Any] = {
    "llm": {"replace": True, "strong": ["LLM", "large language model"]},
    "efficiency": {"replace": True, "strong": ["pruning", "efficient"]},
    "foundation-models": {"replace": True, "strong": ["foundation model", "CLIP"]},
    "peft": {"replace": True, "strong": ["LoRA", "prompt tuning"]},
    "quantization": {"replace": True, "strong": ["quantization", "low bit"]},
}
"""Two phrases a topic: what a user has who has just begun."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="papers as JSON lines with title and abstract")
    parser.add_argument("--labelled", type=Path, help="labelled rows as JSON lines")
    options = parser.parse_args()
    if options.data or not options.labelled:
        papers = list(read(options.data)) if options.data else synthetic(30_000)
        speed([{"title": p.get("title") or "", "abstract": p.get("abstract")} for p in papers])
    if options.labelled:
        quality(list(read(options.labelled)))


if __name__ == "__main__":
    main()
