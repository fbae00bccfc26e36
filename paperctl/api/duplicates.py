"""Deduplication for the Python API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paperctl import deduplicate as rules
from paperctl.api.records import Rows, records
from paperctl.deduplicate import Verdict
from paperctl.library.merge import Merger
from paperctl.record import Record


@dataclass(frozen=True)
class Deduplicated:
    """What papers are to each other, by their places among `papers`."""

    papers: list[Record] = field(repr=False)
    clusters: list[list[int]]
    """Papers that are one: each list has two or more."""
    versions: list[tuple[int, int]]
    """Papers that are versions of one work, such as preprint and journal paper."""
    doubtful: list[tuple[int, int, Verdict]]
    """Papers that may be one, with what speaks for and against it, for the user to decide."""

    def merged(self) -> list[Record]:
        """One paper for each cluster, under the id of its first, and all others; versions name each other."""
        merger = Merger(self.papers)
        merger.link(self.versions)
        merger.join(self.clusters)
        return [record for n in range(len(self.papers)) if (record := merger.now(n)) is not None]


def dedupe(papers: Rows) -> Deduplicated:
    """Duplicates, versions and doubtful pairs among papers (records, or rows as `records` takes them): the
    verdicts of `paperctl dedupe`. The papers given are not changed."""
    whole = records(papers)
    found = rules.plan(whole)
    return Deduplicated(whole, found.clusters, found.versions, found.maybes)


def keys(paper: Mapping[str, object]) -> list[str]:
    """The blocking keys of a paper: two papers are compared only if they share one. Another engine can join
    by these and judge by `compare`."""
    return sorted(rules.keys(records([paper])[0]))


def compare(a: Mapping[str, object], b: Mapping[str, object]) -> Verdict:
    """What two papers are to each other: `kind` ("duplicate", "version", "maybe", "distinct"), `score` from
    0 to 1, and the `evidence` in words, the deciding rule last. Symmetric."""
    return rules.verdict(*records([a, b]))
