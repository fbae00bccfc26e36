"""Topics for the Python API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from paperctl.api.records import Rows, records
from paperctl.errors import UsageError
from paperctl.record import Record
from paperctl.topics import load_rules
from paperctl.topics import tag as tagged


def tag(
    papers: Rows, topics: Mapping[str, object] | None = None, *, packs: Iterable[str] = ()
) -> list[Record]:
    """The papers with their `topics` and `topic_scores`, by the built-in rules, `packs` and your own:
    `topics` is what stands under `topics:` in a config file, as a mapping. The papers given are not changed.

    Raises UsageError for a topic that is not well formed.
    """
    if not isinstance(topics or {}, Mapping):
        raise UsageError(
            f"topics is a {type(topics).__name__}, not a mapping", "{NAME: {'strong': [CUE, …]}}"
        )
    rules = load_rules(dict(topics or {}), list(packs))
    whole = records(papers)
    found = zip(whole, tagged(whole, rules), strict=True)
    return [{**record, "topics": new.topics, "topic_scores": new.scores} for record, new in found]
