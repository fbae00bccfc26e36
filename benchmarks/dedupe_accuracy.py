"""How well deduplication finds what people judged to be duplicates: precision, recall, F1.

    python benchmarks/dedupe_accuracy.py [--data FOLDER] [--across NAME] [--show N] [--loads N]

FOLDER holds NAME/records.jsonl (one record a line, each with an "id") and NAME/pairs.tsv (two ids a
line; the pairs are closed: if a = b and b = c then a = c). Every set is scored with all its fields and
with title and abstract alone. `--across NAME` counts of that set only pairs whose ids begin with
different letters (two sources, each without duplicates). "Removed wrongly" counts the works whose record
went into another work's. `--show N` prints N false and N missed pairs with the evidence. `--loads N` scores
each set also as people collect: shuffled into N dumps, each loaded on top of those before, and at the end
once through `paperctl dedupe`; each by three shufflings.
Without a folder a set is made up: copies with slips, capitals, initials, cut abstracts and missing
fields, among parts I and II and papers of one title in two places.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from dedupe import made_up

from paperctl.deduplicate import plan, verdict
from paperctl.library.dedupe import carry_out
from paperctl.library.load import load
from paperctl.normalise import normalise
from paperctl.reading.incoming import Incoming
from paperctl.reading.receipt import FileReceipt, Receipt
from paperctl.record import FACTS, Facts, Source
from paperctl.record.items import Entry, as_raw
from paperctl.record.sources import source_of
from paperctl.store import Store

Pair = tuple[str, str]
Raw = Mapping[str, Any]
TITLE_AND_ABSTRACT = ("title", "abstract")
SHUFFLES = 3


def facts(raw: Raw, fields: Collection[str] | None) -> Facts:
    """The facts of a raw record, as a load would make them; only these fields where given."""
    given = {k: v for k, v in raw.items() if k != "id" and v and (fields is None or k in fields)}
    known = {k: v for k, v in given.items() if k in FACTS and k != "extra"}
    rest = {k: v for k, v in given.items() if k not in known}
    return normalise(Entry(as_raw(known), (1, 1), key=str(raw["id"]), extra=rest))[0]


def grouped(pairs: Collection[Pair]) -> list[set[str]]:
    """The works that the pairs make up, each the ids of its records."""
    group: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = group.get(a, {a}) | group.get(b, {b})
        for member in joined:
            group[member] = joined
    return list({id(members): members for members in group.values()}.values())


def closed(pairs: Collection[Pair]) -> set[Pair]:
    """All pairs that follow from these."""
    return {pair for members in grouped(pairs) for pair in combinations(sorted(members), 2)}


def made_up_set(size: int) -> tuple[list[Raw], set[Pair]]:
    """Records and their true pairs, invented."""
    draw = random.Random(7)
    records: list[Raw] = []
    pairs: set[Pair] = set()
    for n in range(0, 20 * size, 20):
        first = {
            **made_up(n),
            "id": f"a{n}",
            "volume": str(n % 50 + 1),
            "pages": f"{n % 900 + 1}-{n % 900 + 9}",
        }
        records.append(first)
        if n % 3 == 0:
            records.append({**worn(first, draw), "id": f"b{n}"})
            pairs.add((f"a{n}", f"b{n}"))
        elif n % 7 == 0:
            records.append(
                {**first, "title": f"{first['title']}: Part II", "id": f"p{n}", "pages": "901-909"}
            )
        elif n % 11 == 0:
            records.append(
                {**first, "id": f"v{n}", "venue": "SYNTH Workshop", "volume": "", "pages": "", "year": 1980}
            )
    return records, pairs


def worn(raw: Raw, draw: random.Random) -> dict[str, Any]:
    """A record as another database has it."""
    title, names = str(raw["title"]), [str(a) for a in raw["authors"]]
    copy = dict(raw)
    at = draw.randrange(4, len(title) - 1)
    copy["title"] = draw.choice(
        (title.upper(), f"{title}. [Review]", title[:at] + title[at + 1 :], f"[{title}]", title)
    )
    copy["authors"] = draw.choice((names, names[:1], [f"{n.split()[-1]} {n[0]}." for n in names]))
    copy["abstract"] = draw.choice((raw["abstract"], str(raw["abstract"])[:190], None))
    for name in draw.sample(("year", "venue", "volume", "pages"), draw.randint(0, 2)):
        copy[name] = None
    return copy


def sets(folder: Path | None) -> Iterator[tuple[str, list[Raw], set[Pair]]]:
    """Name, records and true pairs of each set."""
    if folder is None:
        yield ("made up", *made_up_set(2000))
        return
    for path in sorted(p for p in folder.iterdir() if (p / "pairs.tsv").exists()):
        lines = (path / "records.jsonl").read_text(encoding="utf-8").split("\n")
        pairs = [
            line.split("\t")[:2]
            for line in (path / "pairs.tsv").read_text(encoding="utf-8").splitlines()
            if line
        ]
        yield (
            path.name,
            [json.loads(line) for line in lines if line.strip()],
            {(min(p), max(p)) for p in pairs},
        )


class Scored(NamedTuple):
    """What was found of the true pairs, and how many works lost a record to another one."""

    records: int
    wanted: int
    found: int
    hits: int
    removed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, over pairs."""
        return 2 * self.hits / max(1, self.found + self.wanted)

    @property
    def row(self) -> str:
        """The numbers under `HEADS`."""
        precision, recall = self.hits / max(1, self.found), self.hits / max(1, self.wanted)
        return (
            f"{self.records:>8,}{self.wanted:>8,}{precision:>11.4f}{recall:>9.4f}{self.f1:>9.4f}"
            f"{self.found - self.hits:>7,}{self.wanted - self.hits:>8,}"
            f"{self.removed:>9,}{self.removed / max(1, self.records):>8.3%}"
        )


HEADS = (
    f"{'records':>8}{'pairs':>8}{'precision':>11}{'recall':>9}{'F1':>9}{'false':>7}{'missed':>8}"
    f"{'removed wrongly':>17}"
)


def score(
    records: Sequence[Raw],
    true: set[Pair],
    fields: Collection[str] | None,
    across: bool = False,
    show: int = 0,
) -> Scored:
    """Deduplicate the records and compare with the true pairs; print so many errors of each kind."""
    made = {str(r["id"]): facts(r, fields) for r in records}
    ids = list(made)
    clusters = [[ids[i] for i in c] for c in plan([*made.values()]).clusters]
    return compared(clusters, made, true, across, show)


def compared(
    clusters: Sequence[Sequence[str]],
    by_id: Mapping[str, Any],
    true: set[Pair],
    across: bool = False,
    show: int = 0,
) -> Scored:
    """Compare what was merged with the true pairs; print so many errors of each kind."""
    found = {(min(p), max(p)) for c in clusters for p in combinations(c, 2)}
    works = {member: n for n, pair in enumerate(grouped(true)) for member in pair}
    removed = sum(len({works.get(member, member) for member in c}) - 1 for c in clusters)
    wanted = true if across else closed(true)
    if across:
        found = {p for p in found if p[0][0] != p[1][0]}
    hits = len(found & wanted)
    for word, pairs in (("false", found - wanted), ("missed", wanted - found)):
        for a, b in sorted(pairs)[:show]:
            said = verdict(by_id[a], by_id[b])
            print(f"  {word} {a} {b}: {said.kind}, {'; '.join(said.evidence)}")
            print(f"    {by_id[a]['title']}\n    {by_id[b]['title']}")
    return Scored(len(by_id), len(wanted), len(found), hits, removed)


def several_loads(
    records: Sequence[Raw], true: set[Pair], across: bool, loads: int, seed: int
) -> Iterator[tuple[str, Scored]]:
    """What is found if the records, shuffled, are loaded in so many parts; then by a pass over the store."""
    made = {str(r["id"]): facts(r, None) for r in records}
    order = random.Random(seed).sample([*made], len(made))
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for part in (order[n::loads] for n in range(loads)):
            receipt = FileReceipt("dump")
            incoming = [Incoming.of(made[key], entry_source(key, made[key]), receipt) for key in part]
            load(store, incoming, Receipt([receipt]), tagger=None)
        yield f"{loads} loads", compared(merged(store), made, true, across)
        carry_out(store)
        yield "and dedupe", compared(merged(store), made, true, across)


def entry_source(key: str, known: Facts) -> Source:
    """The source of an entry, its key being the record's id."""
    entry = Entry({"title": known["title"]}, (1, 1), key=key)
    return source_of(file=key, sha256=key, format="jsonl", entry=entry, facts=known, repairs=[], about={})


def merged(store: Store) -> list[list[str]]:
    """The ids of the records that each merged paper of a store is of."""
    return [[str(source["key"]) for source in paper["sources"]] for paper in store.papers()]


def main() -> None:
    """Score every set and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--across", action="append", default=[], metavar="NAME")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--loads", type=int, default=0, metavar="N")
    given = parser.parse_args()
    print(f"{'set':<44}{HEADS}")
    for name, records, pairs in sets(given.data):
        for label, fields in ((name, None), (f"{name}, title and abstract", TITLE_AND_ABSTRACT)):
            scored = score(records, pairs, fields, name in given.across, given.show)
            print(f"{label:<44}{scored.row}", flush=True)
        for seed in range(SHUFFLES if given.loads else 0):
            for label, scored in several_loads(records, pairs, name in given.across, given.loads, seed):
                print(f"{f'{name}, {label}, shuffled {seed}':<44}{scored.row}", flush=True)


if __name__ == "__main__":
    main()
