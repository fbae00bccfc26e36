"""The merges of a store, as a methods section reports them: what went into which paper, why, by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paperctl.deduplicate import verdict
from paperctl.record import Source
from paperctl.record.sources import entries
from paperctl.store import Store
from paperctl.store.events import standing

COLUMNS = (
    "kept", "kept_title", "removed", "removed_title", "file", "key", "verdict", "score", "evidence", "by",
)  # fmt: skip
RULES = "rules"
"""Who merged papers without a judgement."""


def merges(store: Store) -> Iterator[dict[str, object]]:
    """A row of `COLUMNS` for each entry that went into another paper. Verdict, score and evidence are those
    of the rules on it and the paper's first entry; where they did not call it a duplicate a third entry did,
    or the person named in `by`."""
    judged = _judged_same(store)
    for record in store.papers():
        if len(record["sources"]) < 2:
            continue
        (first, kept), *others = entries(record)
        for source, facts in others:
            found = verdict(kept, facts)
            removed = source.get("id")
            yield {
                "kept": record["id"],
                "kept_title": record["title"],
                "removed": removed,
                "removed_title": source.get("title") or facts["title"],
                "file": source.get("file"),
                "key": source.get("key"),
                "verdict": found.kind,
                "score": round(found.score, 3),
                "evidence": "; ".join(found.evidence),
                "by": _by(judged, (record["id"], _id_of(first)), removed),
            }


def _id_of(source: Source) -> str:
    return source.get("id") or ""


def _by(judged: dict[frozenset[str], str], kept: Sequence[str], removed: str | None) -> str:
    pairs = (frozenset((one, removed)) for one in kept if removed)
    return next((judged[pair] for pair in pairs if pair in judged), RULES)


def _judged_same(store: Store) -> dict[frozenset[str], str]:
    """Pairs of ids that a person called the same, each with the name."""
    found: dict[frozenset[str], str] = {}
    for event in standing(store.events()):
        for a, b, judgement in event.get("pairs", ()):
            found[frozenset((a, b))] = (event.get("by") or "a person") if judgement == "same" else RULES
    return found
