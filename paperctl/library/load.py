"""Loading: entries become papers, new, merged or unchanged, all in one change of the store.

Matching and writing happen under the store's lock, against what the store holds then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from paperctl.deduplicate import NOT_MERGED, Plan, plan
from paperctl.library.anew import outvoted
from paperctl.library.cast_votes import with_cast_on
from paperctl.library.decided_entries import (
    Taken,
    decisions_on,
    kept_in,
    new_corrections,
    note_in_receipts,
    split_by_our_ids,
)
from paperctl.library.entry_marks import brings_marks, files_of_decisions, take_columns
from paperctl.library.key_cache import load_cached_keys, save_cached_keys
from paperctl.library.last_load import note_load
from paperctl.library.merge import Merger, judgements_on, same_entries
from paperctl.library.naming import name_apart
from paperctl.library.new_papers import Adding, New
from paperctl.library.preparing import Preparing
from paperctl.library.stored_entries import Held, not_stored_yet
from paperctl.library.tag import StoreTagger
from paperctl.parallel.reports import Progress, no_progress
from paperctl.reading.collector import without_collector
from paperctl.reading.incoming import Incoming
from paperctl.reading.receipt import Receipt
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.store import Store, Writing
from paperctl.store.judgements import Judgements
from paperctl.store.lazy import OnDemand

if TYPE_CHECKING:
    from paperctl.deduplicate.candidates import Table

Tagger = Callable[[Sequence[Record]], Iterable[tuple[list[str], dict[str, float]]]]


def tag_anew(records: Sequence[Record], tagger: Tagger) -> None:
    """Gives papers the topics that their facts have now."""
    for record, (topics, scores) in zip(records, tagger(records), strict=True):
        record["topics"], record["topic_scores"] = topics, scores


def load(
    store: Store,
    incoming: Sequence[Incoming],
    receipt: Receipt,
    *,
    tagger: StoreTagger | None,
    dedupe: bool = True,
    dry_run: bool = False,
    decisions_only: bool = False,
    again: bool = False,
    theirs: str = "",
    held: Held | None = None,
    progress: Progress = no_progress,
) -> Open:
    """Stores entries: new papers are added, known ones merged, all of it in one durable change.

    Fills in `new`, `merged` and `unchanged` of the receipt's files; with `dry_run` only that. Gives
    what was left open. With `decisions_only` no paper and no source is added: only the decisions and notes
    of entries on stored papers are taken. Entries of papers that were taken out stay out, unless `again`.
    `theirs` names the person whose decisions the files hold. `held` is what reading knew of the store: raises
    Changed where that is no longer so.
    """
    read = receipt.total("read")
    with without_collector():
        if dry_run:
            one = _Load(store, Writing(store), incoming, read, progress, decisions_only, again, theirs)
            return one.run(tagger, dedupe)
        names = list(dict.fromkeys(file.file for file in receipt.files if file.read))
        did = f"load {', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
        with store.writing() as writing:
            if held:
                held.check()
            one = _Load(store, writing, incoming, read, progress, decisions_only, again, theirs)
            left = one.run(tagger, dedupe)
            one.commit(did)
            return left


class Open(NamedTuple):
    """Pairs of papers that a load leaves open."""

    doubtful: int = 0
    """Pairs for the user to judge."""
    brought_together: int = 0
    """Pairs of stored papers that look the same because of what was loaded: only `dedupe` merges these."""
    joined: int = 0
    """Stored papers that went into another one because of what was loaded."""
    outvoted: int = 0
    """Merged papers that what was loaded speaks against: only `dedupe` takes these apart."""


class _Load:
    """One load: what is stored, what is new, and what becomes of both."""

    def __init__(
        self,
        store: Store,
        writing: Writing,
        incoming: Sequence[Incoming],
        read: int,
        progress: Progress,
        decisions_only: bool = False,
        again: bool = False,
        theirs: str = "",
    ) -> None:
        self.theirs = theirs
        self.store, self.writing, self.progress = store, writing, progress
        self.lazy_papers, self.read = writing.lazy_papers(), read
        # To the millisecond, so that two loads in a row differ.
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.now = now.replace("+00:00", "Z")
        if not again:
            incoming = kept_in(incoming, store.overlay.removed, self.lazy_papers)
        others, self.ours = split_by_our_ids(self.lazy_papers, incoming)
        self.fresh, self.held = not_stored_yet(self.lazy_papers, others)
        self.decisions_only = decisions_only
        if decisions_only:
            take_columns(incoming)
            self.deciding = {id(entry.receipt) for entry in self.fresh}
        else:
            self.deciding = files_of_decisions(self.fresh)
        self.taken = Taken()
        self.new = New(self.fresh, self.lazy_papers.all_ids(), self.now)
        self.merger = Merger(
            _Joined(self.lazy_papers, self.new),
            known=len(self.lazy_papers),
            naming=self.lazy_papers.with_ids,
        )
        self.judgements: Judgements[int] = Judgements()
        self.keys: Table | None = None

    def run(self, tagger: StoreTagger | None, dedupe: bool) -> Open:
        """Decides what becomes of every entry and counts it in the receipts; returns what is left open."""
        prepare = Preparing(tagger, self.store.key_pattern, dedupe=dedupe)
        self.new.prepare(prepare, self.progress)
        found = self._deduplicate() if dedupe and self.fresh else None
        self._count()
        left = self._left_open(found) if found else Open()
        if tagger is not None:
            tag_anew([record for record in self.merger.changed.values() if record is not None], tagger)
        return left

    def _deduplicate(self) -> Plan:
        """Joins and links what is one work, as the plan that is returned says."""
        merger, known = self.merger, self.merger.known
        self.judgements = self._judgements()
        found = plan(
            merger.papers,
            known=merger.known,
            judgements=self.judgements,
            progress=self.progress,
            stored=load_cached_keys(self.store, merger.known),
            scanned=self.new.scanned(),
            settled=self._settled(),
        )
        self.keys = found.keys
        deciding = self._deciding_entries(found.clusters)
        merger.leave_out(deciding)
        if self.decisions_only:
            found.maybes, found.versions = [], []
        merger.link(pair for pair in found.versions if deciding.keys().isdisjoint(pair))
        clusters = [*self._without(found.clusters, deciding)]
        merger.join(clusters, by_rules=True)
        if self.keys is not None:
            crowded = {name: [known + n for n in some] for name, some in self.new.crowded.items()}
            name_apart(merger, self.keys, lambda: self.new.taken, crowded, clusters)
        return found

    def _judgements(self) -> Judgements[int]:
        """The user's judgements, and that an entry which another dump gave to the letter is that entry."""
        known, papers = self.merger.known, self.merger.papers
        by_id = self.store.overlay.judgements
        judgements = judgements_on(papers, by_id, known, self.lazy_papers.with_ids(by_id.papers()))
        judged = judgements.papers()
        for first, n in same_entries(papers, self.held, self.fresh, known):
            if n not in judged:
                judgements.add(first, n, "same")
        return judgements

    def _settled(self) -> set[int]:
        """The stored papers that have marks of people, also those that dumps brought: two of these are joined
        only where people see it, by `dedupe`."""
        papers = self.lazy_papers
        marked = self.store.overlay.papers()
        places = papers.with_ids(marked) if marked else ()
        of_people = (n for n in places if not marked.isdisjoint(known_ids(papers[n])))
        return {*papers.marked(), *of_people}

    def _left_open(self, found: Plan) -> Open:
        """How many of the doubtful pairs are the user's to judge, how many are stored papers that only
        `dedupe` joins, and how many merged papers it takes apart, but for those on which this load brings
        words."""
        place, known = self.merger.place, self.merger.known
        answers = self.judgements.among(lambda n: [place(n)])
        ends = [(place(a), place(b), verdict.evidence[-1]) for a, b, verdict in found.maybes]
        stored = [max(a, b) < known and why == NOT_MERGED for a, b, why in ends if not answers.get(a, b)]
        joined = sum(n < known and record is None for n, record in self.merger.changed.items())
        apart = outvoted(self.merger, found, self.store.overlay, self.taken.papers())
        return Open(stored.count(False), stored.count(True), joined, apart)

    def _deciding_entries(self, clusters: Iterable[Sequence[int]]) -> dict[int, int]:
        """For each fresh entry that only holds a decision on a stored paper, the place of that paper."""
        known = self.merger.known
        return {
            n: min(cluster)
            for cluster in clusters
            if min(cluster) < known
            for n in cluster
            if n >= known and id(self.fresh[n - known].receipt) in self.deciding
        }

    def _without(self, clusters: Iterable[Sequence[int]], out: Mapping[int, int]) -> Iterator[list[int]]:
        """The clusters without entries that only hold a decision: these bring no stored papers together."""
        for cluster in clusters:
            left = [n for n in cluster if n not in out]
            if len(left) > 1 and max(left) >= self.merger.known:
                yield left

    def _count(self) -> None:
        """Counts in the receipts what became of the entries, and collects decisions on stored papers."""
        merger, known = self.merger, self.merger.known
        about_stored = list(self.ours)
        for n, entry in enumerate(self.fresh, known):
            if self.decisions_only and n not in merger.left_out:
                merger.leave_out({n: None})
                a, b = entry.source["lines"]
                entry.receipt.skip((a, b), "no such paper in the store")
                continue
            if (place := merger.left_out.get(n)) is not None:
                about_stored.append((place, entry))
                continue
            gone = merger.is_gone(n)
            entry.receipt.merged += gone
            entry.receipt.new += not gone
            entry.receipt.decisions += brings_marks(entry)
        for _, entry in about_stored:
            entry.receipt.unchanged += 1
        pairs = [(self.lazy_papers[n], entry) for n, entry in about_stored]
        self.taken = decisions_on(
            pairs, self.store.overlay, "" if self.theirs else self.store.reviewer, self.theirs
        )
        note_in_receipts(self.taken, {id(entry.receipt): entry.receipt for _, entry in pairs}.values())

    def commit(self, did: str) -> None:
        """Writes what was decided as one change, and the keys for the next load."""
        self.progress("writing", 0.0)
        known, changed = self.merger.known, self.merger.changed
        changed_new = {n - known: record for n, record in changed.items() if n >= known}
        additions = Adding(self.new, changed_new, self.progress)
        edits = {self.lazy_papers.places[n]: r for n, r in changed.items() if n < known}
        merged = len(self.fresh) - len(additions) - len(self.merger.left_out)
        cast = with_cast_on(additions.whole(), self.taken.cast)
        marks = {"set": self.taken.marks, **cast, "labels": self.taken.labels}
        event = {name: value for name, value in marks.items() if value}
        events = [(self.store.decisions_file, {"did": did, **event})] if event else []
        if topics := self._corrections():
            events.append((self.store.corrections_file, {"did": did, "topics": topics}))
        note_load(self.store, self.now)
        self.writing.commit(
            edits, additions, did, {"read": self.read, "new": len(additions), "merged": merged}, events
        )
        if self.keys is not None:
            save_cached_keys(self.store, self.keys, self.merger.places())

    def _corrections(self) -> dict[str, dict[str, bool]]:
        """The corrections of topics that entries bring, by the paper that they are or went into."""
        found = self.taken.topics
        for n, entry in enumerate(self.fresh, self.merger.known):
            if entry.plain or not entry.facts.get("corrections") or n in self.merger.left_out:
                continue
            if (record := self.merger.now(self.merger.place(n))) is not None:
                new = new_corrections(record, entry, self.store.overlay)
                found.setdefault(record["id"], {}).update(new)
        return {paper: topics for paper, topics in found.items() if topics}


class _Joined(OnDemand):
    """Stored papers, then new ones, as one sequence that decodes on demand."""

    def __init__(self, stored: Sequence[Record], new: Sequence[Record]) -> None:
        self._stored, self._new = stored, new

    def __len__(self) -> int:
        return len(self._stored) + len(self._new)

    def at(self, n: int) -> Record:
        return self._stored[n] if n < len(self._stored) else self._new[n - len(self._stored)]
