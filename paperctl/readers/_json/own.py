"""Records of paperctl itself (`--json`, `--jsonl`, `papers.jsonl`, CSL-JSON): the same facts go in again."""

from __future__ import annotations

from paperctl.readers._json import crossref
from paperctl.record import FACTS
from paperctl.record.fields import KEYS
from paperctl.record.items import Entry, Object, as_raw
from paperctl.record.marks import CARRIED, read_line

FITS = (
    {"id", "title", "topics", "topic_scores", "sources", "added"},
    {"id", "title", "topics", "has_code", "extra"},
    {"id", "title", "type", "custom"},
)
DERIVED = {"score", "cluster", "work", *KEYS} - FACTS.keys()


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    if "custom" in obj and "topics" not in obj:
        return _csl_entry(obj, lines)
    names = (*FACTS, *CARRIED)
    fields = {name: obj[name] for name in names if name != "extra" and obj.get(name)}
    fields |= {name: None for name in CARRIED if name in obj and name not in fields}
    stated = obj.get("extra")
    extra = dict(stated) if isinstance(stated, dict) else {}
    extra.update((k, v) for k, v in obj.items() if k not in DERIVED and k not in FACTS)
    key = obj.get("id")
    extra["paperctl_id"] = key
    return Entry(as_raw(fields), lines, str(key) if isinstance(key, str | int) else None, extra)


def _csl_entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    """An item of the CSL-JSON export: what CSL has no variable for stands in `custom`."""
    custom = obj["custom"]
    found = crossref.entry(obj, lines)
    if found is None or not isinstance(custom, dict) or not isinstance(custom.get("extra"), dict):
        return None
    found.fields |= as_raw(
        {name: custom[name] for name in ("arxiv_id", "code_urls", "has_code") if name in custom}
    )
    found.markup = "plain"  # as ours are, whatever signs stand in them
    line = {"paperctl": obj["note"]} if read_line(obj.get("note")) else {}
    found.extra = {**custom["extra"], **line}
    found.fields["citekey"] = obj["id"]
    if isinstance(custom.get("paperctl_id"), str):
        found.extra["paperctl_id"] = custom["paperctl_id"]
    return found
