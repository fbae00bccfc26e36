"""Deduplicating a whole store: propose, let a person change the proposal, carry it out, take it apart.

A proposal can be written as a plan, a text file of one line a verdict that a person edits:

    merge     3f2a90c1d4e5 9b8c7d6e5f40   # LoRA: Low-Rank … | LORA: LOW-RANK …
    version   …      link them, keep both
    maybe     …      undecided: nothing happens
    distinct  …      not a duplicate, and never asked again
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from paperctl import paper
from paperctl.dedupe import Plan, Verdict, plan, verdict
from paperctl.errors import UsageError
from paperctl.load import Tagger
from paperctl.merging import Merger, words_on
from paperctl.record import Record
from paperctl.store import Store, Writing
from paperctl.store.events import Word, known_ids

VERBS = ("merge", "version", "maybe", "distinct")


@dataclass(slots=True)
class Proposal:
    """What deduplication would do to these papers; pairs and clusters are places among `papers`."""

    papers: list[Record]
    clusters: list[list[int]] = field(default_factory=list)
    versions: list[tuple[int, int]] = field(default_factory=list)
    maybes: list[tuple[int, int, Verdict]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    """Ids of merged papers that a person had decided on in different ways; the last word holds."""

    @property
    def surplus(self) -> int:
        """How many papers fewer there would be."""
        return sum(len(cluster) - 1 for cluster in self.clusters)

    def lines(self) -> Iterator[str]:
        """The proposal as a plan to edit."""
        yield "# One line a verdict: merge, version, maybe or distinct, then ids. Edit, then apply."
        rows: list[tuple[str, Sequence[int]]] = [("merge", c) for c in self.clusters]
        rows += [("version", pair) for pair in self.versions]
        rows += [("maybe", (a, b)) for a, b, _ in self.maybes]
        for verb, places in rows:
            ids = " ".join(self.papers[n]["id"] for n in places)
            titles = " | ".join(" ".join(self.papers[n]["title"].split())[:70] for n in places)
            yield f"{verb:<9} {ids}   # {titles}"

    def evidence(self, places: Sequence[int]) -> Iterator[tuple[Record, Record, Verdict]]:
        """Each pair of a cluster that stands on its own, with what speaks for it."""
        asked = {(a, b): found for a, b, found in self.maybes}
        for a, b in combinations(places, 2) if len(places) < 6 else pairwise(places):
            found = asked.get((a, b)) or verdict(self.papers[a], self.papers[b])
            yield self.papers[a], self.papers[b], found


def propose(
    store: Store, yes_above: float = 0.0, progress: Callable[[str, float], None] | None = None
) -> Proposal:
    """What a pass over the whole store would merge, link and ask. Changes nothing."""
    papers = [record for record in Writing(store).papers() if record is not None]
    return _propose(papers, store, yes_above, progress)


def _propose(
    papers: list[Record], store: Store, yes_above: float, progress: Callable[[str, float], None] | None
) -> Proposal:
    words = words_on(papers, store.overlay.pairs)
    found: Plan = plan(papers, words=words, progress=progress)
    if yes_above:
        sure: dict[tuple[int, int], Word] = {
            (a, b): "same" for a, b, v in found.maybes if v.score >= yes_above
        }
        if sure:
            found = plan(papers, words={**sure, **words}, progress=progress)
    return Proposal(papers, found.clusters, _not_linked(papers, found.versions), found.maybes)


def _not_linked(papers: Sequence[Record], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs that do not name each other as versions yet."""
    linked = {frozenset((r["id"], v)) for r in papers for v in r["versions"]}
    return [pair for pair in pairs if frozenset(papers[n]["id"] for n in pair) not in linked]


def carry_out(
    store: Store,
    yes_above: float = 0.0,
    progress: Callable[[str, float], None] | None = None,
    tagger: Tagger | None = None,
) -> Proposal:
    """Makes one pass over the whole store and stores what it merges and links, as one change. The
    tagger, if there is one, tags what was merged anew."""
    with store.writing() as writing:
        stored = writing.papers()
        papers = [record for record in stored if record is not None]
        proposal = _propose(papers, store, yes_above, progress)
        _commit(writing, stored, proposal, "dedupe", tagger)
    return proposal


def _commit(
    writing: Writing,
    stored: Sequence[Record | None],
    proposal: Proposal,
    did: str,
    tagger: Tagger | None,
    events: Sequence[str] = (),
) -> None:
    merger = Merger(proposal.papers)
    merger.join(proposal.clusters)
    merger.link(proposal.versions)
    _retag([record for record in merger.changed.values() if record is not None], tagger)
    places = [n for n, record in enumerate(stored) if record is not None]
    edits = {places[n]: record for n, record in merger.changed.items()}
    summary = {"merged": proposal.surplus, "linked": len(proposal.versions)}
    notes = _notes_together(writing, proposal, did)
    writing.commit(edits, [], did, summary, [*events, *notes])


def _notes_together(writing: Writing, proposal: Proposal, did: str) -> list[str]:
    """Writes the notes of papers about to be merged as one note, and says which decisions differ;
    gives the events written."""
    overlay = writing.store.overlay
    notes: dict[str, dict[str, str]] = {}
    for cluster in proposal.clusters:
        members = [proposal.papers[n] for n in cluster]
        marks = [overlay.marks_of(record) for record in members]
        said = [
            {name: mine[name][1] if name in mine else record[name] for name in ("decision", "note")}
            for record, mine in zip(members, marks, strict=True)
        ]
        texts = list(dict.fromkeys(one["note"] for one in said if one["note"]))
        if len(texts) > 1 and any("note" in mine for mine in marks):
            notes[members[0]["id"]] = {"note": "\n".join(texts)}
        if len({one["decision"] for one in said if one["decision"]}) > 1:
            proposal.conflicts.append(members[0]["id"])
    return [writing.append(writing.store.decisions_file, {"did": did, "set": notes})] if notes else []


def _retag(records: Sequence[Record], tagger: Tagger | None) -> None:
    """Topics by the facts the papers have now."""
    for record, (topics, scores) in zip(records, tagger(records), strict=True) if tagger else ():
        record["topics"], record["topic_scores"] = topics, scores


def read_plan(path: Path) -> list[tuple[str, list[str]]]:
    """The verdicts of a plan file. Raises UsageError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"cannot read {path}: {getattr(fault, 'strerror', None) or 'not UTF-8 text'}"
        ) from fault
    rows = []
    for n, line in enumerate(lines, 1):
        verb, *ids = line.split("#", 1)[0].split() or [""]
        if not verb:
            continue
        if verb not in VERBS:
            raise UsageError(f"{path} line {n}: {verb!r} is not one of {', '.join(VERBS)}")
        if len(ids) < 2:
            raise UsageError(f"{path} line {n}: {verb} needs two ids or more")
        rows.append((verb, ids))
    return rows


def apply_plan(
    store: Store,
    rows: Sequence[tuple[str, Sequence[str]]],
    did: str = "dedupe --apply",
    tagger: Tagger | None = None,
) -> Proposal:
    """Carries out a plan: remembers its words, merges and links. Raises UsageError for an id that
    names no paper; then nothing is done. A plan already carried out changes nothing."""
    said: list[tuple[str, str, Word]] = []
    meaning: Mapping[str, Word] = {"merge": "same", "version": "version", "distinct": "distinct"}
    with store.writing() as writing:
        stored = writing.papers()
        papers = [record for record in stored if record is not None]
        where = {known: n for n, record in enumerate(papers) for known in reversed(known_ids(record))}
        proposal = Proposal(papers)
        for verb, ids in rows:
            lost = [i for i in ids if i not in where]
            if lost:
                raise UsageError(f"no paper called {lost[0]} in the store; nothing was done")
            places = list(dict.fromkeys(where[i] for i in ids))
            if verb in meaning:
                said += [(a, b, meaning[verb]) for a, b in combinations(ids, 2)]
            if verb == "merge" and len(places) > 1:
                proposal.clusters.append(sorted(places))
            elif verb == "version":
                proposal.versions += list(combinations(places, 2))
        proposal.clusters = _united(proposal.clusters)
        proposal.versions = _not_linked(papers, proposal.versions)
        news = [(a, b, w) for a, b, w in said if store.overlay.pairs.get((min(a, b), max(a, b))) != w]
        pairs = [list(pair) for pair in news]
        events = [writing.append(store.corrections_file, {"did": did, "pairs": pairs})] if news else []
        _commit(writing, stored, proposal, did, tagger, events)
    return proposal


def _united(clusters: Iterable[list[int]]) -> list[list[int]]:
    """Clusters that share a paper become one."""
    united: list[set[int]] = []
    for cluster in clusters:
        whole = set(cluster)
        for other in [c for c in united if c & whole]:
            united.remove(other)
            whole |= other
        united.append(whole)
    return [sorted(c) for c in united]


def split(store: Store, ids: Sequence[str], tagger: Tagger | None = None) -> list[Record]:
    """Takes merged papers apart, one paper for each entry, and remembers that they are not the same.

    Raises UsageError for a paper with one source. Gives the papers that came out of it.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with store.writing() as writing:
        stored = writing.papers()
        taken = {known for record in stored if record for known in known_ids(record)}
        edits: dict[int, Record | None] = {}
        apart: list[Record] = []
        said: list[list[Any]] = []
        for n, record in enumerate(stored):
            if record is None or record["id"] not in ids:
                continue
            if len(record["sources"]) < 2:
                raise UsageError(f"{record['id']} was never merged: it has one source")
            parts = paper.taken_apart(record, taken, now)
            _retag(parts, tagger)
            edits[n] = parts[0]
            apart += parts
            said += [[a["id"], b["id"], "distinct"] for a, b in combinations(parts, 2)]
        event = writing.append(store.corrections_file, {"did": "dedupe split", "pairs": said})
        added = [part for part in apart if part["id"] not in ids]
        writing.commit(edits, added, "dedupe split", {"papers": len(apart)}, [event])
    return apart
