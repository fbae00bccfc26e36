"""A paper is what its sources say: entries of dumps, put together by the merge rules.

A source keeps where its entry stood and, once a paper has several, the facts in which the entry
differs from the paper (`own`). So nothing is lost in a merge, and any merge can be taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from paperctl.record import FACTS, SCHEMA, Entry, Record, fingerprint, paper_id

Facts = dict[str, Any]
Source = dict[str, Any]
Merge = Callable[[Sequence[Mapping[str, Any]]], tuple[Facts, dict[str, int]]]


def source_of(
    *,
    file: str,
    sha256: str,
    format: str,
    entry: Entry,
    facts: Facts,
    repairs: list[str],
    about: Mapping[str, Any],
) -> Source:
    """The source of an entry: where it stood and what was mended; `about` is the dump's own word."""
    source: Source = {
        "file": file,
        "sha256": sha256,
        "format": format,
        "lines": list(entry.lines),
        "key": entry.key,
        "title": _as_text(entry.fields.get("title")),
        "entry": fingerprint(facts),
    }
    if repairs:
        source["repairs"] = repairs
    if about:
        source["about"] = dict(about)
    return source


def new_paper(paper: str, source: Source, facts: Facts, added: str) -> Record:
    """The record of a paper that one entry tells of."""
    return {
        "id": paper,
        **{name: facts[name] for name in FACTS},
        "topics": [],
        "topic_scores": {},
        "decision": facts.get("decision"),
        "note": facts.get("note"),
        "added": added,
        "versions": [],
        "sources": [source],
        "schema": SCHEMA,
    }


def entries(record: Record) -> list[tuple[Source, Facts]]:
    """The sources of a paper, each with the whole facts of its own entry."""
    facts = {name: record[name] for name in FACTS}
    return [(source, {**facts, **source.get("own", {})}) for source in record["sources"]]


def joined(first: Record, others: Iterable[Record], merge: Merge) -> Record:
    """One paper of several: the first one's id, every source, the facts that the merge rules choose.

    Fields of the first that paperctl does not know stay; so do decisions and notes, the first one's
    before the others'. Every other paper's id goes to its sources, so that it still finds this one.
    """
    record = dict(first)
    together = entries(first)
    for other in others:
        for source, facts in entries(other):
            together.append(({**source, "id": source.get("id") or other["id"]}, facts))
        for name, value in other.items():
            if (
                name not in FACTS
                and name not in ("sources", "schema", "versions")
                and record.get(name) is None
            ):
                record[name] = value
        record["versions"] = list(dict.fromkeys([*record["versions"], *other["versions"]]))
        if other["note"] and record["note"] != other["note"] and other["note"] not in record["note"]:
            record["note"] = f"{record['note']}\n{other['note']}"
        if (other["added"] or "") < (record["added"] or ""):
            record["added"] = other["added"]
    facts, _ = merge([facts for _, facts in together])
    record.update(facts)
    record["sources"] = [
        {**{k: v for k, v in source.items() if k != "own"}, **_own(own, facts)} for source, own in together
    ]
    gone = {source.get("id") for source in record["sources"]} | {record["id"]}
    record["versions"] = [v for v in record["versions"] if v not in gone]
    return record


def taken_apart(record: Record, taken: set[str], added: str) -> list[Record]:
    """A merged paper as one paper for each entry; the first keeps the id, decision and note.

    The others get back the id they were merged under; where that names another of them already, a
    new one, which goes to the ids that are `taken`.
    """
    (first, first_facts), *rest = entries(record)
    papers = [{**record, **first_facts, "sources": [_alone(first)]}]
    for source, facts in rest:
        name = source.get("id")
        if name is None or any(paper["id"] == name for paper in papers):
            name = paper_id(facts, taken)
            taken.add(name)
        papers.append(new_paper(name, _alone(source), facts, record["added"] or added))
    return papers


def origins(record: Record, merge: Merge) -> dict[str, int]:
    """For each field, the index of the source it came from."""
    return merge([facts for _, facts in entries(record)])[1]


def _own(facts: Facts, chosen: Facts) -> dict[str, Facts]:
    own = {name: facts[name] for name in FACTS if facts[name] != chosen[name]}
    return {"own": own} if own else {}


def _alone(source: Source) -> Source:
    return {k: v for k, v in source.items() if k not in ("own", "id")}


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("value", "")
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
