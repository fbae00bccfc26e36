"""The topic rules at work on a store: tags for new papers, tags for all again, what corrections teach.

What a pass over the whole store measures and learns (how usual each cue is, what the corrections
add) is kept in `topics.json` in the store, so that loading more papers changes no tag of those
already there. It is derived: without it only the rules count until the next `paperctl tag`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec import Struct, field

from paperctl import __version__
from paperctl.errors import StoreError
from paperctl.parallel.reports import Progress
from paperctl.record import Paper, Record
from paperctl.store import Store, files
from paperctl.topics import Explanation, Learned, LearnedTopic, Rules, Topic, learn, tag, tag_again, weigh
from paperctl.topics.tagger import Tagger, Tagging

FILE = "topics.json"


class Snapshot(Struct):
    """What the last pass found: for rules of this version, the factor of each cue, and what was learned."""

    rules: str = ""
    factors: dict[str, float] = field(default_factory=dict)
    learned: dict[str, LearnedTopic] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    """By topic a digest of all that its scores hang on."""
    papers: files.State | None = None
    """Size, time and number of the file of papers that the pass left: while it is so, all tags are its."""


class Change(Struct):
    """How many papers gained and lost a topic."""

    topic: str
    gained: int
    lost: int


class Retagged(Struct):
    """What a pass over the store did: papers in all and changed, by topic; what was learned or why not."""

    papers: int
    changed: int
    changes: list[Change]
    learned: dict[str, str]


class StoreTagger:
    """The rules in force for one store, with what its last pass learned if that was by the same rules."""

    def __init__(self, store: Store, rules: Rules) -> None:
        snapshot = _read(store)
        same = snapshot.rules == rules.version
        self.rules = rules
        self.factors: Mapping[str, float] = snapshot.factors if same else {}
        self.learned = Learned(snapshot.learned) if same and snapshot.learned else None

    def __call__(self, records: Sequence[Record]) -> Iterator[tuple[list[str], dict[str, float]]]:
        for tagging in tag(records, self.rules, learned=self.learned, factors=self.factors):
            yield tagging.topics, tagging.scores

    def make_ready(self) -> None:
        """Makes the tagger now: before other processes are forked, so that each has it."""
        self._tagger  # noqa: B018

    def tag_here(self, records: Sequence[Paper]) -> Iterator[Tagging]:
        """The same for some records or facts, in this process."""
        return self._tagger.tag_each(records)

    def explain(self, record: Record) -> list[Explanation]:
        """Why a paper has its topics, by the same arithmetic."""
        return self._tagger.explain(record)

    @cached_property
    def _tagger(self) -> Tagger:
        rules = self.learned.apply(self.rules) if self.learned else self.rules
        return Tagger(rules, self.factors)


def retag(store: Store, rules: Rules, progress: Progress) -> Retagged:
    """Measures, learns and tags every paper again, as one change. The user's corrections are laid over
    the papers when these are read and are not touched."""
    from paperctl.library.key_cache import load_cached_keys, save_cached_keys

    with store.writing() as writing:
        stored = writing.papers()
        papers = [(n, record) for n, record in enumerate(stored) if record is not None]
        records = [record for _, record in papers]
        snapshot = _read(store)
        same_papers = snapshot.papers == files.state(store.papers_file)
        progress("measuring cues", 0.0)
        factors = weigh(records, rules)
        progress("learning from corrections", 0.0)
        learned = learn(records, corrections(store, records, rules), rules, factors)
        progress("tagging", 0.0)
        edits: dict[int, Record | None] = {}
        changed = 0
        gained: Counter[str] = Counter()
        lost: Counter[str] = Counter()
        digests = {topic.name: _digest(topic, factors) for topic in learned.apply(rules)}
        others = {name for name in digests if not same_papers or digests[name] != snapshot.topics.get(name)}
        taggings = tag_again(records, rules, others, learned=learned, factors=factors)
        for (n, record), tagging in zip(papers, taggings, strict=True):
            if tagging.topics != record["topics"] or tagging.scores != record["topic_scores"]:
                edits[n] = {**record, "topics": tagging.topics, "topic_scores": tagging.scores}
                gained.update(set(tagging.topics) - set(record["topics"]))
                lost.update(set(record["topics"]) - set(tagging.topics))
                changed += set(tagging.topics) != set(record["topics"])
        keys = load_cached_keys(store, len(papers))
        writing.commit(edits, [], "tag", {"papers": changed})
        if keys is not None:
            save_cached_keys(store, keys, range(len(papers)))
        snapshot = Snapshot(
            rules.version, factors, dict(learned.topics), digests, files.state(store.papers_file)
        )
        try:
            files.write_whole(store.folder / FILE, [msgspec.json.encode(snapshot)])
        except StoreError:  # the papers have their topics; only new ones are tagged by the rules alone
            store.notify(
                f"{FILE} could not be written; what was learned counts for new papers after the next tag"
            )
    changes = [Change(topic, gained[topic], lost[topic]) for topic in sorted({*gained, *lost})]
    return Retagged(
        len(papers), changed, changes, {name: topic.reason for name, topic in learned.topics.items()}
    )


def _digest(topic: Topic, factors: Mapping[str, float]) -> str:
    # Another version may look for cues otherwise.
    meaning = repr((__version__, topic.meaning, [factors.get(cue.text) for cue in topic.cues if topic.own]))
    return hashlib.sha256(meaning.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def corrections(store: Store, records: Sequence[Record], rules: Rules) -> dict[str, dict[int, bool]]:
    """The user's corrections of topics, by topic and the places of papers among `records`."""
    overlay = store.overlay
    found: dict[str, dict[int, bool]] = {}
    for n, record in enumerate(records if overlay.topics else ()):
        for topic, belongs in overlay.topics_of(record).items():
            if topic in rules.topics:
                found.setdefault(topic, {})[n] = belongs
    return found


def _read(store: Store) -> Snapshot:
    try:
        return msgspec.json.decode((store.folder / FILE).read_bytes(), type=Snapshot)
    except (OSError, msgspec.MsgspecError):
        return Snapshot()
