"""Taking papers out of a store. What was taken out stays out when its dumps are loaded again."""

from __future__ import annotations

from collections.abc import Collection

from paperctl.library import key_cache
from paperctl.record import Record
from paperctl.record.ids import fingerprint
from paperctl.record.sources import entries
from paperctl.store import Store


def remove(store: Store, papers: Collection[str], did: str) -> tuple[str | None, list[str]]:
    """Takes papers out, and the links to them, as one change; gives the time that names the change (None for
    none) and the ids of the papers that were there."""
    chosen = set(papers)
    with store.writing() as writing:
        edits: dict[int, Record | None] = {}
        removed: dict[str, list[str]] = {}
        for n, record in writing.papers_with(chosen).items():
            if record["id"] in chosen:
                edits[n] = None
                removed[record["id"]] = [
                    source.get("entry") or fingerprint(facts) for source, facts in entries(record)
                ]
            elif not chosen.isdisjoint(record["versions"]):
                edits[n] = {**record, "versions": [v for v in record["versions"] if v not in chosen]}
        if not removed:
            return None, []
        event = (store.corrections_file, {"did": did, "removed": removed})
        at = key_cache.commit(writing, edits, [], did, {"papers": len(removed)}, [event])
        return at, [*removed]
