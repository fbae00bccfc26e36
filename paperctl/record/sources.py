"""A paper is what its sources say: entries of dumps, put together by the merge rules.

A source keeps where its entry stood and, once a paper has several, the facts in which the entry
differs from the paper (`own`) and what else the paper was before the merge (`was`: note, decision,
links, when it was added, fields that paperctl does not know). So nothing is lost in a merge, and any
merge can be taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from paperctl.record import FACTS, SCHEMA, Facts, Paper, Record, Source, as_facts, as_record, by_name
from paperctl.record.ids import fingerprint, paper_id
from paperctl.record.items import Entry
from paperctl.record.marks import CAST, outcome_of

Merge = Callable[[Sequence[Paper]], tuple[Facts, dict[str, int]]]
_NOT_IN_WAS = frozenset({*FACTS, "id", "topics", "topic_scores", "sources", "schema"})
"""The fields that `was` does not keep: `own` has the facts, and topics follow from these."""
_NOT_FILLED = frozenset({*FACTS, "sources", "schema", "versions"})
"""The fields that a merge does not take over from another paper as they are."""


class _Part(NamedTuple):
    """A source of a paper, the facts of its entry, and the other fields of its paper before the merge."""

    source: Source
    facts: Facts
    was: dict[str, Any]


def names_itself(facts: Paper) -> bool:
    """Whether facts name people and a venue or year, which distinguish papers of one title."""
    return bool(facts["authors"] and (facts["venue"] or facts["year"]))


def says_nothing(facts: Facts) -> bool:
    """Whether an entry has no fact at all."""
    return not any(map(by_name(facts).get, FACTS))


def source_of(
    *,
    file: str,
    sha256: str,
    format: str,
    entry: Entry,
    facts: Facts,
    repairs: list[str],
    about: Mapping[str, object],
) -> Source:
    """The source of an entry: where it stood and what was mended; `about` is the dump on itself."""
    source: Source = {
        "file": file,
        "sha256": sha256,
        "format": format,
        "lines": list(entry.lines),
        "key": entry.key,
        "title": raw_title(entry),
        "entry": fingerprint(facts),
    }
    if citekey := facts.get("citekey"):
        source["citekey"] = citekey
    if repairs:
        source["repairs"] = repairs
    if about:
        source["about"] = dict(about)
    return source


def new_paper(paper: str, source: Source, facts: Facts, added: str) -> Record:
    """The record of a paper that is made of one entry."""
    stated = by_name(facts)
    record = {
        "id": paper,
        **{name: stated[name] for name in FACTS},
        "topics": [],
        "topic_scores": {},
        "decision": facts.get("decision"),
        "note": facts.get("note"),
        **{name: stated[name] for name in (*CAST, "reason", "stage", "status", "labels") if stated.get(name)},
        "added": added,
        "versions": [],
        "sources": [source],
        "schema": SCHEMA,
    }
    return as_record(record)


def entries(record: Record) -> list[tuple[Source, Facts]]:
    """The sources of a paper, each with the whole facts of its own entry."""
    facts = {name: by_name(record)[name] for name in FACTS}
    return [(source, as_facts({**facts, **source.get("own", {})})) for source in record["sources"]]


def joined(first: Record, others: Iterable[Record], merge: Merge, *, by_rules: bool = False) -> Record:
    """One paper of several: the first one's id, every source, the facts that the merge rules choose.

    Fields of the first that paperctl does not know stay; so do decisions and notes, the first one's
    before the others'. Every other paper's id goes to its sources, so that it still finds this one, and
    to its first source whether the rules merged it.
    """
    record = first.copy()
    parts = _parts(first)
    for other in others:
        for n, part in enumerate(_parts(other)):
            source: Source = {**part.source, "id": part.source.get("id") or other["id"]}
            if by_rules and n == 0:
                source["joined"] = "rules"
            parts.append(part._replace(source=source))
        _fill_gaps(record, other)
    facts, _ = merge([part.facts for part in parts])
    record.update(as_record(by_name(facts)))
    gone = {part.source.get("id") for part in parts} | {record["id"]}
    record["versions"] = [v for v in record["versions"] if v not in gone]
    record["sources"] = [_with_differences(part, record, first=n == 0) for n, part in enumerate(parts)]
    return record


def named(record: Record, name: str) -> Record:
    """The paper under another id; the one that it had still finds it."""
    first, *others = record["sources"]
    earlier = [*first.get("earlier", []), {"id": record["id"]}]
    return {**record, "id": name, "sources": [{**first, "earlier": earlier}, *others]}


def _fill_gaps(record: Record, other: Record) -> None:
    """Gives a paper what another has besides facts: fields that are empty in it, links, the note, and the
    date when the earlier of the two was added."""
    known = by_name(record)
    if (votes := other.get("votes")) and record.get("votes"):  # of two dumps of one load
        record["votes"] = {**record["votes"], **votes}
        record["decision"] = outcome_of(record["votes"].values())
        record["decided_by"] = list(record["votes"])
    for name, value in other.items():
        if name not in _NOT_FILLED and known.get(name) is None:
            known[name] = value
    record["versions"] = list(dict.fromkeys([*record["versions"], *other["versions"]]))
    if other["note"] and record["note"] != other["note"] and other["note"] not in (record["note"] or ""):
        record["note"] = f"{record['note']}\n{other['note']}"
    if (other["added"] or "") < (record["added"] or ""):
        record["added"] = other["added"]


def _with_differences(part: _Part, record: Record, *, first: bool) -> Source:
    """The source of a merged paper, with what its entry (`own`) and its paper (`was`) had otherwise."""
    source = _without_differences(part.source)
    known, stated = by_name(record), by_name(part.facts)
    if own := {name: stated[name] for name in FACTS if stated[name] != known[name]}:
        source["own"] = own
    if was := _was(part.was, record, first=first):
        source["was"] = was
    return source


def taken_apart(record: Record, taken: set[str], home: Mapping[str, str], added: str) -> list[Record]:
    """A merged paper as one paper for each entry, with what it was before the merge; what the merged
    paper has got since, the first keeps, and the id. `home` gives for an id the paper that it finds.

    The others get back the id they were merged under; where that names another of them already, a
    new one, which goes to the ids that are `taken`.
    """
    first, *rest = parts = _parts(record)
    now = {home.get(v, v) for v in (record["id"], *record["versions"])}
    for part in parts:  # a link that ended since does not come back
        part.was["versions"] = [v for v in part.was["versions"] if home.get(v, v) in now]
    linked = {home.get(v, v) for part in parts for v in part.was["versions"]}
    first.was["versions"] += [v for v in record["versions"] if home.get(v, v) not in linked]
    kept = {name: value for name, value in record.items() if name in _NOT_IN_WAS}
    whole = {**kept, **first.facts, **first.was, "sources": [_alone(first.source)], "schema": SCHEMA}
    papers = [as_record(whole)]
    given = {record["id"]}
    for source, facts, was in rest:
        name = source.get("id")
        if name is None or name in given:
            name = paper_id(facts, taken)
            taken.add(name)
        given.add(name)
        paper = new_paper(name, _alone(source), facts, added)
        papers.append(as_record({**paper, **was, "schema": SCHEMA}))
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


def _parts(record: Record) -> list[_Part]:
    """The sources of a paper, each with the facts of its entry and the other fields of its paper."""
    return [
        _Part(source, facts, _fields_before(record, source, first=n == 0))
        for n, (source, facts) in enumerate(entries(record))
    ]


def _fields_before(record: Record, source: Source, *, first: bool) -> dict[str, Any]:
    """The fields other than facts that the paper of a source had before the merge."""
    always: dict[str, Any] = {"decision": None, "note": None, "added": record["added"], "versions": []}
    before = _before(source)
    fields = {**always, **record, **before} if first else {**always, **before}
    if "versions" in before:
        fields["versions"] = links_before(source)
    return {
        name: value
        for name, value in fields.items()
        if name not in _NOT_IN_WAS and (value is not None or name in always)
    }


def _was(before: dict[str, Any], record: Record, *, first: bool) -> dict[str, Any]:
    """The fields `before` a merge, as far as the merged record does not show them: for the first paper the
    differences, with None for a field that it did not have; for another all that it had."""
    if first:
        names = [name for name in {**record, **before} if name not in _NOT_IN_WAS]
        return {name: before.get(name) for name in names if before.get(name) != record.get(name)}
    return {
        name: value
        for name, value in before.items()
        if value not in (None, []) and (name, value) != ("added", record["added"])
    }


def _before(source: Source) -> dict[str, Any]:
    return source.get("was", {})


def links_before(source: Source) -> list[str]:
    """The papers that an entry named as versions when its paper was merged, as far as that is known."""
    versions = _before(source).get("versions")
    return [v for v in versions if isinstance(v, str)] if isinstance(versions, list) else []


def _without_differences(source: Source) -> Source:
    source = source.copy()
    source.pop("own", None)
    source.pop("was", None)
    return source


def _alone(source: Source) -> Source:
    """The source of a paper that was not merged."""
    source = _without_differences(source)
    source.pop("id", None)
    source.pop("joined", None)
    return source


def raw_title(entry: Entry) -> str:
    """The title of an entry as it stood, as one text."""
    value = entry.fields.get("title")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("value", "")
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
