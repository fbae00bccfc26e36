"""How well deduplication finds what people judged to be duplicates: precision, recall, F1.

    python benchmarks/dedupe_accuracy.py [--data FOLDER] [--across] [--show N]

FOLDER holds NAME/records.jsonl (one record a line, each with an "id") and NAME/pairs.tsv (two ids a
line; the pairs are closed: if a = b and b = c then a = c). Every set is scored with all its fields and
with title and abstract alone. `--across` counts only pairs whose ids begin with different letters
(two sources, each without duplicates). `--show N` prints N false and N missed pairs with the evidence.
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
from typing import Any

from dedupe import made_up

from paperctl.dedupe import plan, verdict
from paperctl.normalise import normalise
from paperctl.record import FACTS, Entry

Pair = tuple[str, str]
Raw = Mapping[str, Any]
TITLE_AND_ABSTRACT = ("title", "abstract")


def facts(raw: Raw, fields: Collection[str] | None) -> dict[str, Any]:
    """The facts of a raw record, as a load would make them; only these fields where given."""
    given = {k: v for k, v in raw.items() if k != "id" and v and (fields is None or k in fields)}
    known = {k: v for k, v in given.items() if k in FACTS and k != "extra"}
    rest = {k: v for k, v in given.items() if k not in known}
    return normalise(Entry(known, (1, 1), key=str(raw["id"]), extra=rest))[0]


def closed(pairs: Collection[Pair]) -> set[Pair]:
    """All pairs that follow from these."""
    group: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = group.get(a, {a}) | group.get(b, {b})
        for member in joined:
            group[member] = joined
    return {pair for members in group.values() for pair in combinations(sorted(members), 2)}


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


def score(
    records: Sequence[Raw], true: set[Pair], fields: Collection[str] | None, across: bool, show: int
) -> str:
    """One row: precision, recall, F1, false and missed pairs."""
    made = [facts(r, fields) for r in records]
    ids = [str(r["id"]) for r in records]
    found = {(min(p), max(p)) for c in plan(made).clusters for p in combinations((ids[i] for i in c), 2)}
    wanted = true if across else closed(true)
    if across:
        found = {p for p in found if p[0][0] != p[1][0]}
    hits = len(found & wanted)
    by_id = dict(zip(ids, made, strict=True))
    for word, pairs in (("false", found - wanted), ("missed", wanted - found)):
        for a, b in sorted(pairs)[:show]:
            said = verdict(by_id[a], by_id[b])
            print(f"  {word} {a} {b}: {said.kind}, {'; '.join(said.evidence)}")
            print(f"    {by_id[a]['title']}\n    {by_id[b]['title']}")
    precision, recall = hits / max(1, len(found)), hits / max(1, len(wanted))
    f1 = 2 * hits / max(1, len(found) + len(wanted))
    false, missed = len(found) - hits, len(wanted) - hits
    counts = f"{len(records):>8,}{len(wanted):>8,}"
    return f"{counts}{precision:>11.4f}{recall:>9.4f}{f1:>9.4f}{false:>7,}{missed:>8,}"


def main() -> None:
    """Score every set and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    given = parser.parse_args()
    print(
        f"{'set':<38}{'records':>8}{'pairs':>8}{'precision':>11}{'recall':>9}{'F1':>9}{'false':>7}{'missed':>8}"
    )
    for name, records, pairs in sets(given.data):
        for label, fields in ((name, None), (f"{name}, title and abstract", TITLE_AND_ABSTRACT)):
            row = score(records, pairs, fields, given.across, given.show)
            print(f"{label:<38}{row}", flush=True)


if __name__ == "__main__":
    main()
