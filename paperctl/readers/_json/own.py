"""Records of paperctl itself (`--json`, `--jsonl`, `papers.jsonl`): the same facts go in again."""

from __future__ import annotations

from typing import Any

from paperctl.record import FACTS, Entry

FITS = (
    {"id", "title", "topics", "topic_scores", "sources", "added"},
    {"id", "title", "topics", "has_code", "extra"},
)
DERIVED = {
    "id",
    "topics",
    "topic_scores",
    "added",
    "versions",
    "sources",
    "schema",
    "decision",
    "note",
    "score",
}


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    fields = {name: obj[name] for name in (*FACTS, "decision", "note") if name != "extra" and obj.get(name)}
    stated = obj.get("extra")
    extra = dict(stated) if isinstance(stated, dict) else {}
    extra.update((k, v) for k, v in obj.items() if k not in DERIVED and k not in FACTS)
    key = obj.get("id")
    return Entry(fields, lines, str(key) if isinstance(key, str | int) else None, extra)
