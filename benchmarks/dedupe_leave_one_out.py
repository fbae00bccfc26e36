"""How deduplication does on a set that had no say in its rules: leave one set out.

    python benchmarks/dedupe_leave_one_out.py --data FOLDER [--across NAME] [--rules]

FOLDER and NAME are as in dedupe_accuracy.py. For each set the rules are rebuilt from the other sets alone:

thresholds  each takes the value, of the shipped one and one to either side, with the best mean F1 there
rules       one that merges is kept if it was right more often than wrong there, else its pairs are asked
            about; one that asks is kept if it was right to doubt there, else its pairs are merged

Then the set left out is scored. This is harsher than an unknown set would be: a rule for what only one
of the sets contains has no support in the others, however general its reason. `--rules` prints each
rule that merges or asks, with the pairs of each set that are one work and that are two.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from dedupe_accuracy import HEADS, TITLE_AND_ABSTRACT, Pair, Raw, Scored, facts, grouped, score, sets

from paperctl.deduplicate import judge, settling, thresholds, venues
from paperctl.deduplicate import recurring as columns
from paperctl.deduplicate.candidates import pairs_within
from paperctl.deduplicate.comparison import Comparison
from paperctl.deduplicate.judge import Judged
from paperctl.deduplicate.judging import judge_pairs, key_table
from paperctl.deduplicate.rule import Kind

# A rule by its reason, without the numbers and words of titles that it quotes.
Rule = tuple[Kind, str]
_QUOTED = re.compile(
    r"((?:numbers|letters|signs) differ|successor|two things|numbered part|only one is|only one says)\b[^,]*"
)
THRESHOLDS: dict[str, tuple[float, float]] = {
    "SAME_ABSTRACT": (0.9, 0.97),
    "CLOSE_ABSTRACT": (0.5, 0.7),
    "LONG_ABSTRACT": (100, 250),
    "SHORT_TITLE": (1, 3),
    "TELLING_TITLE": (5, 8),
    "MISPRINTED_TITLE": (0.85, 0.95),
    "REWRITTEN_ABSTRACT": (0.6, 0.8),
    "ALMOST_ONE_TITLE": (0.8, 0.9),
    "ONE_SLIP": (0.88, 0.96),
    "MOST_OF_AN_ABSTRACT": (0.65, 0.85),
    "WORDS_IN_COMMON": (0.2, 0.5),
    "SAME_PEOPLE": (0.5, 0.75),
    "VENUE_WORDS": (0.6, 0.9),
    "NEAR_TITLE": (0.65, 0.8),
    "LONGER_TITLE_SHARE": (0.4, 0.65),
    "GLANCE": (0.55, 0.7),
}


class Task(NamedTuple):
    """A set as it is scored: with all its fields, or with title and abstract alone."""

    name: str
    records: list[Raw]
    true: set[Pair]
    fields: Collection[str] | None
    across: bool

    @property
    def label(self) -> str:
        """What a row is called."""
        return self.name if self.fields is None else f"{self.name}, title and abstract"

    def scored(self) -> Scored:
        """How the rules as they are now do on it."""
        return score(self.records, self.true, self.fields, self.across)


@contextmanager
def with_values(values: Mapping[str, float]) -> Iterator[None]:
    """The rules with these thresholds."""
    before = {name: getattr(thresholds, name) for name in values}
    try:
        for name, value in values.items():
            setattr(thresholds, name, value)
        venues.compare_venues.cache_clear()
        yield
    finally:
        for name, value in before.items():
            setattr(thresholds, name, value)
        venues.compare_venues.cache_clear()


def rule_of(kind: Kind, reason: str) -> Rule:
    """The rule that gave this reason."""
    return kind, _QUOTED.sub(r"\1", reason)


@contextmanager
def without(rules: Collection[Rule]) -> Iterator[None]:
    """Merge and ask without these rules: what they merge is asked about, what they ask about is merged."""
    shipped, doubt = judge.decide, vars(settling)["doubt_recurring"]

    def judged(c: Comparison) -> tuple[Kind, str]:
        kind, reason = shipped(c)
        if rule_of(kind, reason) in rules:
            return ("maybe" if kind == "duplicate" else "duplicate"), reason
        return kind, reason

    judge.decide = judged
    if rule_of("maybe", columns.WHY) in rules:
        vars(settling)["doubt_recurring"] = lambda records, judged, years: list(judged)
    try:
        yield
    finally:
        judge.decide = shipped
        vars(settling)["doubt_recurring"] = doubt


def support(task: Task) -> dict[Rule, list[int]]:
    """For each rule that merged or asked: the candidate pairs that are one work, and that are two."""
    made: Any = [facts(r, task.fields) for r in task.records]
    works = {member: n for n, work in enumerate(grouped(task.true)) for member in work}
    homes = [works.get(str(r["id"]), -n) for n, r in enumerate(task.records, 1)]
    found = pairs_within(key_table(made, 0, len(made)))
    packed: Any = [*found.firm.tolist(), *found.loose.tolist()]
    judged: list[Judged] = judge_pairs(made, ((p >> 32, p & 0xFFFFFFFF) for p in packed))
    counts: dict[Rule, list[int]] = defaultdict(lambda: [0, 0])
    for i, j, verdict in columns.doubt_recurring(made, judged, columns.years_of_columns(made, judged)):
        if verdict.kind in ("duplicate", "maybe"):
            counts[rule_of(verdict.kind, verdict.evidence[-1])][homes[i] != homes[j]] += 1
    return counts


def unsupported(known: Collection[Rule], elsewhere: Collection[Mapping[Rule, list[int]]]) -> set[Rule]:
    """The rules that these sets give no reason to have."""
    dropped = set()
    for rule in known:
        one = sum(counts[rule][0] for counts in elsewhere if rule in counts)
        two = sum(counts[rule][1] for counts in elsewhere if rule in counts)
        if (one <= two) if rule[0] == "duplicate" else (two == 0 or one > two):
            dropped.add(rule)
    return dropped


def main() -> None:
    """Score every set as shipped and with what the others taught."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--across", action="append", default=[], metavar="NAME")
    parser.add_argument("--rules", action="store_true")
    given = parser.parse_args()
    tasks = [
        Task(name, records, true, fields, name in given.across)
        for name, records, true in sets(given.data)
        for fields in (None, TITLE_AND_ABSTRACT)
    ]
    rules = {task.label: support(task) for task in tasks}
    if given.rules:
        print_rules(rules)
        return
    shipped = {task.label: task.scored() for task in tasks}
    tried: dict[tuple[str, float], dict[str, float]] = {}
    for name, values in THRESHOLDS.items():
        for value in values:
            with with_values({name: value}):
                tried[name, value] = {task.label: task.scored().f1 for task in tasks}
    print(f"{'set':<38}{HEADS}")
    for held in sorted({task.name for task in tasks}):
        others = [task.label for task in tasks if task.name != held]
        chosen = {}
        best = {name: sum(shipped[label].f1 for label in others) for name in THRESHOLDS}
        for (name, value), f1 in tried.items():
            if (total := sum(f1[label] for label in others)) > best[name]:
                best[name], chosen[name] = total, value
        dropped = unsupported(
            {rule for counts in rules.values() for rule in counts}, [rules[label] for label in others]
        )
        with with_values(chosen), without(dropped):
            for task in tasks:
                if task.name == held:
                    print(f"{task.label:<38}{shipped[task.label].row}")
                    print(f"{'    left out':<38}{task.scored().row}", flush=True)
        for name, value in chosen.items():
            print(f"        {name} = {value}")
        for rule in sorted(dropped):
            print(f"        without {': '.join(rule)}")


def print_rules(rules: Mapping[str, Mapping[Rule, list[int]]]) -> None:
    """Each rule with its pairs in each set: one work / two works."""
    for rule in sorted({rule for counts in rules.values() for rule in counts}):
        print(": ".join(rule))
        for label, counts in rules.items():
            if rule in counts:
                print(f"    {label:<38}{counts[rule][0]:>7,} one work{counts[rule][1]:>7,} two works")


if __name__ == "__main__":
    main()
