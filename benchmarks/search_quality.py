"""How well searches find a paper that is known: python benchmarks/search_quality.py STORE [--papers N]

Makes queries of titles in the store, as people remember them: four words of the title; one of them in
the other number; one word more; one letter less; two words swapped; an acronym and a word. Prints for
each kind how often the paper is among the first ten (success@10) and its mean reciprocal rank, beside
a plain OR query on SQLite FTS5 with its porter stemmer, ordered by bm25. Where the titles of k papers
hold all words of a query, nothing says which one is meant, and ten of them are shown: `possible` is the
mean of 10/k, 1 at most. The exit status is 1 where a kind falls below its floor.

The same store, seed and number give the same queries. Titles that several papers share, and words of
three letters or less, are left out.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from paperctl.errors import UsageError
from paperctl.index.opening import opened
from paperctl.query import parse
from paperctl.query.corpus import Corpus, Scan
from paperctl.query.search import search
from paperctl.record import Record
from paperctl.store import Store

Query = list[str]
_WORD = re.compile(r"[A-Za-z][a-z]{3,}(?![\w-])")
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b")
_SMALL = {
    "with",
    "from",
    "into",
    "over",
    "under",
    "that",
    "this",
    "your",
    "when",
    "what",
    "does",
    "using",
    "towards",
}


def four_words(title: str, dice: random.Random) -> Query:
    """Four words of a title, in their order; none if it has fewer."""
    words = [w.lower() for w in dict.fromkeys(_WORD.findall(title)) if w.lower() not in _SMALL]
    return [words[i] for i in sorted(dice.sample(range(len(words)), 4))] if len(words) >= 4 else []


def other_number(title: str, dice: random.Random) -> Query:
    """One of four words in the singular if it is a plural, else in the plural."""
    words = four_words(title, dice)
    if words:
        n = dice.randrange(4)
        word = words[n]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            words[n] = word[:-1]
        elif word.endswith("y") and word[-2] not in "aeiou":
            words[n] = word[:-1] + "ies"
        else:
            words[n] = word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
    return words


def one_more(title: str, dice: random.Random) -> Query:
    """Four words and one that is not of the title."""
    words = four_words(title, dice)
    return (
        [*words, dice.choice(("improved", "paper", "benchmark", "theory", "clinical", "zebra"))]
        if words
        else []
    )


def one_letter_less(title: str, dice: random.Random) -> Query:
    """One letter, not the first, dropped from one of four words of at least five letters."""
    words = four_words(title, dice)
    long = [n for n, word in enumerate(words) if len(word) >= 5]
    if not long:
        return []
    n = dice.choice(long)
    at = dice.randrange(1, len(words[n]))
    words[n] = words[n][:at] + words[n][at + 1 :]
    return words


def swapped(title: str, dice: random.Random) -> Query:
    """Four words, two neighbours of them swapped."""
    words = four_words(title, dice)
    if words:
        n = dice.randrange(3)
        words[n], words[n + 1] = words[n + 1], words[n]
    return words


def acronym_and_word(title: str, dice: random.Random) -> Query:
    """The acronym that a title has, and one of its words."""
    names = _ACRONYM.findall(title)
    words = four_words(title, dice)
    return [dice.choice(names).lower(), dice.choice(words)] if names and words else []


KINDS: dict[str, Callable[[str, random.Random], Query]] = {
    "four words of the title": four_words,
    "one in the other number": other_number,
    "one word more": one_more,
    "one letter less": one_letter_less,
    "two words swapped": swapped,
    "acronym and word": acronym_and_word,
}


_FLOOR, _FLOOR_OF_SLIPS, _OF_POSSIBLE = 0.95, 0.93, 0.97


def floor(kind: str, possible: float) -> float:
    """How often papers asked for so are to be found at least."""
    return min(_FLOOR_OF_SLIPS if kind == "one letter less" else _FLOOR, _OF_POSSIBLE * possible)


def by_search(corpus: Corpus) -> Callable[[Query], list[str]]:
    def find(words: Query) -> list[str]:
        try:
            found, _ = search(parse(" ".join(words)), corpus)
        except UsageError:
            return []
        return [record["id"] for _, record in zip(range(10), found, strict=False)]

    return find


def by_fts5(papers: Iterator[Record]) -> Callable[[Query], list[str]]:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE f USING fts5(id UNINDEXED, title, abstract, tokenize='porter')")
    rows = ((p["id"], p["title"], p["abstract"]) for p in papers)
    table.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)

    def find(words: Query) -> list[str]:
        any_of = " OR ".join(f'"{word}"' for word in words)
        sql = "SELECT id FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 3, 1) LIMIT 10"
        return [i for (i,) in table.execute(sql, (any_of,))]

    return find


def by_titles(titles: Sequence[tuple[str, str]]) -> Callable[[Query], float]:
    """How probable it is that ten titles of all that hold the words include the one that is meant."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE f USING fts5(title, tokenize='porter')")
    table.executemany("INSERT INTO f VALUES (?)", ((title,) for _, title in titles))

    def possible(words: Query) -> float:
        all_of = " AND ".join(f'"{word}"' for word in words)
        count: int = table.execute("SELECT count(*) FROM f WHERE f MATCH ?", (all_of,)).fetchone()[0]
        return min(1.0, 10 / max(1, count))

    return possible


def measured(find: Callable[[Query], list[str]], asked: Sequence[tuple[str, Query]]) -> tuple[float, float]:
    """Success@10 and mean reciprocal rank."""
    ranks = [(found.index(paper) + 1 if paper in found else 0) for paper, q in asked for found in [find(q)]]
    return sum(map(bool, ranks)) / len(ranks), sum(1 / r for r in ranks if r) / len(ranks)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path, help="the folder of a store")
    parser.add_argument("--papers", type=int, default=100, help="queries of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-fts5", action="store_true", help="leave out the comparison")
    args = parser.parse_args()
    store = Store(args.store)
    titles = [(record["id"], record["title"]) for record in store.papers()]
    possible = by_titles(titles)
    seen = Counter(title.lower() for _, title in titles)
    dice = random.Random(args.seed)
    dice.shuffle(titles)
    fts5 = None if args.no_fts5 else by_fts5(store.papers())
    print("| known papers, asked for by | queries | success@10 | possible | MRR | FTS5 OR: @10 | MRR |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    below: list[str] = []
    with opened(store) as index:
        find = by_search(index or Scan(store.papers))
        for name, make in KINDS.items():
            every = ((i, make(title, dice)) for i, title in titles if seen[title.lower()] == 1)
            asked = [pair for _, pair in zip(range(args.papers), filter(lambda p: p[1], every), strict=False)]
            if not asked:
                continue
            success, mrr = measured(find, asked)
            beside = " | ".join(f"{x:.3f}" for x in measured(fts5, asked)) if fts5 else "– | –"
            most = sum(possible(q) for _, q in asked) / len(asked)
            row = f"| {name} | {len(asked)} | {success:.3f} | {most:.3f} | {mrr:.3f} | {beside} |"
            print(row, flush=True)
            if success < (least := floor(name, most)):
                below.append(f"{name}: {success:.3f}, not {least:.3f}")
    if below:
        raise SystemExit("\n".join(below))


if __name__ == "__main__":
    main()
