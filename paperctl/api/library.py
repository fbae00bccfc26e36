"""A store from Python: what the commands do, as methods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperctl.errors import UsageError
from paperctl.library.finding import corpus, matching, papers_of
from paperctl.library.ids import resolve_ids
from paperctl.library.tag import Retagged, StoreTagger, retag
from paperctl.record import Record
from paperctl.record.fields import CHOICES
from paperctl.record.marks import unfit_in_name
from paperctl.store import Logged, Store
from paperctl.store.citekeys import with_stored_keys
from paperctl.topics import Explanation, Rules, load_rules

if TYPE_CHECKING:
    from paperctl.query import Query

DECISIONS = (*CHOICES["decision"], None)


class Library:
    """The papers of one store folder. `topics` and `packs` are those of the config file, which is not read.
    `reviewer` is the name that decisions bear.

    Every method that changes something is one change on the disk when it returns, and `undo` takes it back.
    Methods raise UsageError for unknown ids, queries and names, and StoreError for what the disk refuses.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        topics: Mapping[str, object] | None = None,
        packs: Iterable[str] = (),
        reviewer: str = "",
    ) -> None:
        if unfit_in_name(reviewer):
            raise UsageError(f"a reviewer's name has no comma, semicolon or control sign: {reviewer!r}")
        if Path(path).is_file():
            raise UsageError(f"{path}: the store is a folder, this is a file")
        self._store = Store(Path(path))
        self._store.reviewer = reviewer
        self._topics, self._packs = dict(topics or {}), list(packs)

    @cached_property
    def _rules(self) -> Rules:
        return load_rules(self._topics, self._packs)

    def __len__(self) -> int:
        return sum(1 for _ in self._store.papers())

    def papers(self, query: str = "") -> list[Record]:
        """The papers that match a query, in the order in which they were added; all of them without one."""
        self._store.refresh()
        if not query.strip():
            return list(self._store.papers())
        return list(matching(self._store, self._parsed(query)))

    def _parsed(self, query: str) -> Query:
        from paperctl.library.queries import parsed

        return parsed(self._store, query, lambda: self._rules.names)

    def search(self, query: str, *, limit: int | None = None) -> list[Record]:
        """The papers that match a query, best first."""
        from paperctl.api.search import best

        self._store.refresh()
        with corpus(self._store) as papers:
            return best(self._parsed(query), papers, limit=limit)

    def show(self, paper: str) -> Record:
        """One paper by its id, a prefix of it, an arXiv id or a DOI."""
        self._store.refresh()
        (found,) = resolve_ids(self._store, [paper])
        return papers_of(self._store, [found])[0]

    def explain(self, paper: str) -> list[Explanation]:
        """Why a paper has its topics, and why it lacks those that it nearly has."""
        return StoreTagger(self._store, self._rules).explain(self.show(paper))

    def load(self, *paths: str | Path, format: str | None = None, dedupe: bool = True) -> dict[str, Any]:
        """Reads dumps into the store: new papers are added, known ones merged, all tagged. Gives the receipt
        of `paperctl load --json`."""
        from paperctl.library.load import load
        from paperctl.library.preparing import Preparing
        from paperctl.reading.read import read_dumps

        tagger = StoreTagger(self._store, self._rules)
        prepare = Preparing(tagger, self._store.key_pattern, dedupe=dedupe)
        incoming, receipt = read_dumps(map(str, paths), format=format, prepare=prepare)
        if incoming:
            load(self._store, incoming, receipt, tagger=tagger, dedupe=dedupe)
        return receipt.as_json()

    def mark(
        self, decision: str | None, *papers: str, note: str | None = None, reason: str | None = None
    ) -> None:
        """Decides on papers: "keep", "skip", "maybe", or None to take a decision away. `reason` says why."""
        if decision not in DECISIONS:
            raise UsageError(f"no decision called {decision!r}", "keep, skip, maybe or None")
        marks: dict[str, Any] = {"decision": decision, **({} if note is None else {"note": _encodable(note)})}
        if reason is not None:
            marks["reason"] = " ".join(_encodable(reason).split()) or None
        ids = resolve_ids(self._store, papers)
        self._store.decide(dict.fromkeys(ids, marks), f"mark {decision or 'clear'}")

    def note(self, paper: str, text: str) -> str:
        """Adds a line to a paper's note; gives the whole note."""
        from paperctl.library.note import with_line, write_note

        line = _encodable(text).strip()
        return write_note(self._store, self.show(paper)["id"], lambda had: with_line(had, line)).note

    def label(self, *papers: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Gives papers labels of your own, and takes others off."""
        from paperctl.library.labels import as_labels

        labels = dict.fromkeys(as_labels(self._store, add), True)
        labels |= dict.fromkeys(as_labels(self._store, remove), False)
        self._store.label(resolve_ids(self._store, papers), labels, f"label {' '.join(labels)}")

    def correct(self, *papers: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Adds and removes topics of papers by hand; a correction outlives `tag`."""
        change = {"add": self._resolved(add), "remove": self._resolved(remove)}
        ids = resolve_ids(self._store, papers)
        self._store.correct_topics(dict.fromkeys(ids, change), "tag by hand")

    def _resolved(self, topics: Iterable[str]) -> list[str]:
        return [self._rules.resolve(topic) for topic in topics]

    def remove(self, *papers: str) -> list[str]:
        """Takes papers out, so that loading their dumps again does not bring them back; gives their ids."""
        from paperctl.library.remove import remove

        return remove(self._store, resolve_ids(self._store, papers), "rm")[1]

    def split(self, paper: str) -> list[Record]:
        """Takes a merged paper apart, and remembers that its parts are distinct; gives the parts."""
        from paperctl.library.split import split

        tagger = StoreTagger(self._store, self._rules)
        return split(self._store, resolve_ids(self._store, [paper]), tagger=tagger)

    def dedupe(self) -> dict[str, int]:
        """Makes one pass over the whole store; gives how many papers went into others, how many versions were
        linked, and how many pairs are doubtful."""
        from paperctl.library.dedupe import carry_out

        done = carry_out(self._store, tagger=StoreTagger(self._store, self._rules))
        return {"merged": done.surplus, "linked": len(done.versions), "doubtful": len(done.maybes)}

    def tag(self) -> Retagged:
        """Applies the topic rules to every paper again."""
        return retag(self._store, self._rules, lambda stage, share: None)

    def export(self, format: str = "markdown", query: str = "", *, title: str | None = None) -> str:
        """The papers that match a query as text in a format of `paperctl export`."""
        from paperctl.api.exports import export

        return export(with_stored_keys(self._store, self.papers(query)), format, title=title)

    def stats(self, query: str = "") -> dict[str, Any]:
        """The counts of `paperctl stats --json`."""
        from paperctl.library.stats import statistics

        return statistics(self.papers(query))

    def undo(self) -> Logged | None:
        """Takes the last change back; gives what it was, None if there is nothing to undo."""
        return self._store.undo()

    def redo(self) -> Logged | None:
        """Does again what was undone last, if nothing changed since; gives it, None if there is nothing."""
        return self._store.redo()

    def log(self) -> list[Logged]:
        """Every change, oldest first."""
        return self._store.log()


def _encodable(text: str) -> str:
    """The text with `?` for halves of a character, which no file holds."""
    return text.encode("utf-8", "replace").decode()
