"""Deduplicating a whole store: propose, let the user change the proposal, carry it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from paperctl.library import key_cache
from paperctl.library.load import Tagger, tag_anew
from paperctl.library.merge import Merger, homes
from paperctl.library.naming import crowded, name_apart
from paperctl.library.planfile import PlanLine
from paperctl.library.proposal import Proposal, names, planned, proposed
from paperctl.parallel.reports import Progress
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.store import Store, Writing
from paperctl.store.events import Event
from paperctl.store.overlay import Overlay


def propose(store: Store, yes_above: float = 0.0, progress: Progress | None = None) -> Proposal:
    """What a pass over the whole store would take apart, merge, link and ask. Changes nothing."""
    stored = _readable(Writing(store).papers())
    return proposed(list(stored.values()), store.overlay, yes_above, progress)


def _readable(stored: Iterable[Record | None]) -> dict[int, Record]:
    """The papers by their lines, from 0."""
    return {n: record for n, record in enumerate(stored) if record is not None}


def carry_out(
    store: Store,
    yes_above: float = 0.0,
    progress: Progress | None = None,
    tagger: Tagger | None = None,
) -> Proposal:
    """Makes one pass over the whole store and stores what it takes apart, merges and links, as one change.
    The tagger, if there is one, tags anew what changed."""
    with store.writing() as writing:
        stored = _readable(writing.papers())
        proposal = proposed(list(stored.values()), store.overlay, yes_above, progress)
        _commit(writing, list(stored), proposal, "dedupe", tagger)
    return proposal


def _commit(
    writing: Writing, lines: Sequence[int], proposal: Proposal, did: str, tagger: Tagger | None
) -> None:
    """Carries a proposal out; `lines` are those of its papers."""
    store, merger = writing.store, Merger(proposal.papers)
    merger.changed |= {n: proposal.papers[n] for n in proposal.parted.touched}
    merger.link(proposal.versions)
    merger.join([c for c in proposal.clusters if frozenset(c) in proposal.by_rules], by_rules=True)
    merger.join([c for c in proposal.clusters if frozenset(c) not in proposal.by_rules])
    named = _name_apart(merger, proposal, store.overlay)
    _unlink(merger, proposal)
    if tagger is not None:
        tag_anew([record for record in merger.changed.values() if record is not None], tagger)
    edits, added = _changes(merger, lines)
    summary = {
        "merged": proposal.surplus,
        "linked": len(proposal.versions),
        "kept apart": len(proposal.apart),
        "unlinked": len(proposal.unlinked),
    }
    if proposal.parted.apart:
        summary["taken apart"] = len(proposal.parted.apart)
    if named:
        summary["named anew"] = named
    notes = _notes_together(proposal, store.overlay)
    events: list[tuple[Path, Event]] = []
    if proposal.judgements:
        pairs = [list(pair) for pair in proposal.judgements]
        events.append((store.corrections_file, {"did": did, "pairs": pairs}))
    if notes:
        events.append((store.decisions_file, {"did": did, "set": notes}))
    if proposal.keys is None:
        key_cache.commit(writing, edits, added, did, summary, events)
    else:
        writing.commit(edits, added, did, summary, events)
        key_cache.save_cached_keys(store, proposal.keys, merger.places())


def _name_apart(merger: Merger, proposal: Proposal, overlay: Overlay) -> int:
    """Names the papers of a whole store that share a title; returns how many have another id now. Papers that
    people took apart keep the ids that they were given."""
    if proposal.keys is None:
        return 0
    return name_apart(
        merger,
        proposal.keys,
        lambda: _ids_of(proposal.papers),
        crowded(proposal.papers, overlay.judgements.papers()),
        proposal.clusters,
        proposal.parted.parts,
    )


def _changes(merger: Merger, lines: Sequence[int]) -> tuple[dict[int, Record | None], list[Record]]:
    """What becomes of the papers on these lines, and the papers that were taken out of them."""
    edits = {lines[n]: record for n, record in merger.changed.items() if n < len(lines)}
    behind = (merger.now(n) for n in range(len(lines), len(merger.papers)))
    return edits, [record for record in behind if record is not None]


def _ids_of(papers: Iterable[Record]) -> set[str]:
    return {name for record in papers for name in known_ids(record)}


def _unlink(merger: Merger, proposal: Proposal) -> None:
    """Ends the version links between papers that were judged distinct."""
    home = homes(proposal.clusters)
    for pair in proposal.unlinked:
        a, b = (home.get(n, n) for n in pair)
        for this, that in ((a, b), (b, a)):
            record, other = merger.now(this), merger.now(that)
            if record is not None and other is not None and names(record, other):
                gone = known_ids(other)
                merger.changed[this] = {
                    **record,
                    "versions": [v for v in record["versions"] if v not in gone],
                }


def _notes_together(proposal: Proposal, overlay: Overlay) -> dict[str, dict[str, str]]:
    """For each paper that others with different notes are merged into, all their notes joined."""
    notes: dict[str, dict[str, str]] = {}
    for cluster in proposal.clusters:
        members = [proposal.papers[n] for n in cluster]
        marks = [overlay.marks_of({**record, "versions": []}) for record in members]
        before = [
            mine["note"][1] if "note" in mine else record["note"]
            for record, mine in zip(members, marks, strict=True)
        ]
        texts = list(dict.fromkeys(note for note in before if note))
        if len(texts) > 1 and any("note" in mine for mine in marks):
            notes[members[0]["id"]] = {"note": "\n".join(texts), "by": ""}
    return notes


def propose_plan(store: Store, rows: Iterable[PlanLine], name: str = "the plan") -> Proposal:
    """What `apply_plan` would do. Changes nothing; raises what that raises."""
    return _planned(Writing(store), rows, name)[0]


def apply_plan(
    store: Store,
    rows: Iterable[tuple[str, Sequence[str]] | PlanLine],
    did: str = "dedupe --apply",
    tagger: Tagger | None = None,
    name: str = "the plan",
) -> Proposal:
    """Carries out a plan: remembers its judgements, merges, links and unlinks, as one change. Raises
    UsageError, naming the plan and its line, for an id that names no paper and for lines that cannot
    all hold; then nothing is done. A plan already carried out changes nothing."""
    with store.writing() as writing:
        proposal, lines = _planned(writing, (PlanLine(*row) for row in rows), name)
        _commit(writing, lines, proposal, did, tagger)
    return proposal


def _planned(writing: Writing, rows: Iterable[PlanLine], name: str) -> tuple[Proposal, list[int]]:
    """What a plan would do to the papers that it names and those that have them as versions, and their
    lines. The other papers of the store are not read: that would take long for a plan of one line."""
    store, rows = writing.store, list(rows)
    found = store.find(word for row in rows for word in row.ids)
    papers = writing.papers_with(known for ids in found.values() for known in ids)
    return planned(list(papers.values()), store.overlay, rows, found, name), list(papers)
