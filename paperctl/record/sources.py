"""A paper is what its sources say: entries of dumps, put together by the merge rules.

A source keeps where its entry stood and, once a paper has several, the facts in which the entry
differs from the paper (`own`) and what else the paper was before the merge (`was`: note, decision,
links, when it was added, fields that paperctl does not know). So nothing is lost in a merge, and any
merge can be taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from paperctl.record import FACTS, SCHEMA, Record
from paperctl.record.ids import fingerprint, paper_id
from paperctl.record.items import Entry

Facts = dict[str, Any]
Source = dict[str, Any]
Merge = Callable[[Sequence[Mapping[str, Any]]], tuple[Facts, dict[str, int]]]
_NOT_BESIDE = frozenset({*FACTS, "id", "topics", "topic_scores", "sources", "schema"})
"""What a paper does not have beside its facts: topics follow from those."""


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
    together = _parts(first)
    for other in others:
        for source, facts, beside in _parts(other):
            together.append(({**source, "id": source.get("id") or other["id"]}, facts, beside))
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
    facts, _ = merge([facts for _, facts, _ in together])
    record.update(facts)
    gone = {source.get("id") for source, _, _ in together} | {record["id"]}
    record["versions"] = [v for v in record["versions"] if v not in gone]
    record["sources"] = [
        {
            **{name: value for name, value in source.items() if name not in ("own", "was")},
            **_own(own, facts),
            **_was(beside, record, first=n == 0),
        }
        for n, (source, own, beside) in enumerate(together)
    ]
    return record


def taken_apart(record: Record, taken: set[str], home: Mapping[str, str], added: str) -> list[Record]:
    """A merged paper as one paper for each entry, with what it was before the merge; what the merged
    paper has got since, the first keeps, and the id. `home` gives for an id the paper that it finds.

    The others get back the id they were merged under; where that names another of them already, a
    new one, which goes to the ids that are `taken`.
    """
    parts = _parts(record)
    (first, first_facts, first_beside), *rest = parts
    now = {home.get(v, v) for v in (record["id"], *record["versions"])}
    for _, _, beside in parts:  # a link that ended since does not come back
        beside["versions"] = [v for v in beside["versions"] if home.get(v, v) in now]
    told = {home.get(v, v) for _, _, beside in parts for v in beside["versions"]}
    first_beside["versions"] += [v for v in record["versions"] if home.get(v, v) not in told]
    kept = {name: value for name, value in record.items() if name in _NOT_BESIDE}
    papers = [{**kept, **first_facts, **first_beside, "sources": [_alone(first)], "schema": SCHEMA}]
    given = {record["id"]}
    for source, facts, beside in rest:
        name = source.get("id")
        if name is None or name in given:
            name = paper_id(facts, taken)
            taken.add(name)
        given.add(name)
        papers.append({**new_paper(name, _alone(source), facts, added), **beside, "schema": SCHEMA})
        papers[-1]["added"] = papers[-1]["added"] or added
    return papers


def linked_anew(record: Record, versions: list[str], home: Mapping[str, str]) -> Record:
    """The paper with other links, which stand for the old ones in what it was before a merge, too."""
    gone = set(record["versions"]).difference(versions)
    new = [v for v in versions if v not in record["versions"]]

    def now(source: Source) -> Source:
        links = [w for v in links_before(source) for w in (new if home.get(v, v) in gone else [v])]
        return {**source, "was": {**source["was"], "versions": links}} if links else source

    return {**record, "versions": versions, "sources": [now(source) for source in record["sources"]]}


def origins(record: Record, merge: Merge) -> dict[str, int]:
    """For each field, the index of the source it came from."""
    return merge([facts for _, facts in entries(record)])[1]


def _own(facts: Facts, chosen: Facts) -> dict[str, Facts]:
    own = {name: facts[name] for name in FACTS if facts[name] != chosen[name]}
    return {"own": own} if own else {}


def _parts(record: Record) -> list[tuple[Source, Facts, Facts]]:
    """The sources of a paper, each with the facts of its entry and what its paper had beside them."""
    parts = []
    for n, (source, facts) in enumerate(entries(record)):
        was = _before(source)
        always = {"decision": None, "note": None, "added": record["added"], "versions": []}
        beside: Facts = dict(always)
        if n == 0:
            beside.update((name, value) for name, value in record.items() if name not in _NOT_BESIDE)
        beside.update((name, value) for name, value in was.items() if name not in _NOT_BESIDE)
        if "versions" in was:
            beside["versions"] = links_before(source)
        parts.append((source, facts, {k: v for k, v in beside.items() if v is not None or k in always}))
    return parts


def _was(beside: Facts, record: Record, *, first: bool) -> dict[str, Facts]:
    """What a paper had beside its facts, as far as the merged record does not say it: the first one's
    as differences, None for what it had not."""
    if first:
        names = [name for name in {**record, **beside} if name not in _NOT_BESIDE]
        was = {name: beside.get(name) for name in names if beside.get(name) != record.get(name)}
    else:
        was = {
            k: v for k, v in beside.items() if v not in (None, []) and (k, v) != ("added", record["added"])
        }
    return {"was": was} if was else {}


def _before(source: Source) -> Facts:
    was: Facts = source.get("was", {})
    return was


def links_before(source: Source) -> list[str]:
    """The papers that an entry named as versions when its paper was merged, as far as that is known."""
    versions = _before(source).get("versions")
    return [v for v in versions if isinstance(v, str)] if isinstance(versions, list) else []


def _alone(source: Source) -> Source:
    return {k: v for k, v in source.items() if k not in ("own", "was", "id")}


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("value", "")
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
