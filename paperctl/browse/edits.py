"""What keys do to papers: each is one change of the store, shown as a line, and undone by another key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paperctl.browse.catalogue import Catalogue
from paperctl.library.labels import as_labels
from paperctl.store import Store
from paperctl.text.numbers import counted
from paperctl.topics import Rules


class Edits:
    """The changes of one session. Each method gives a line that says what was done."""

    def __init__(self, store: Store, papers: Catalogue, rules: Callable[[], Rules]) -> None:
        self._store, self._papers, self._rules = store, papers, rules
        self._done: list[str] = []
        """The times that name the changes of this session."""

    def decide(self, papers: Sequence[str], decision: str, reason: str | None = None) -> str:
        """Keeps, skips or defers papers."""
        mark = {"decision": decision, **({"reason": reason} if reason else {})}
        at = self._store.decide(dict.fromkeys(papers, mark), f"browse {decision}")
        return self._message(at, f"{decision}: {counted(len(papers), 'paper')}", "already so")

    def note(self, paper: str, text: str) -> str:
        """Replaces a paper's note."""
        at = self._store.decide({paper: {"note": text or None}}, "browse note")
        return self._message(at, "note saved" if text else "note removed", "the note stays as it is")

    def topic(self, papers: Sequence[str], name: str) -> str:
        """Gives papers a topic, or takes it off where all of them have it. Raises UsageError."""
        topic = self._rules().resolve(name)
        verb = "remove" if all(topic in self._papers[paper]["topics"] for paper in papers) else "add"
        at = self._store.correct_topics(
            {paper: {verb: [topic]} for paper in papers}, f"browse topic {verb} {topic}"
        )
        done = {"add": "added", "remove": "removed"}[verb]
        return self._message(at, f"topic {topic} {done}: {counted(len(papers), 'paper')}", "already so")

    def label(self, papers: Sequence[str], text: str) -> str:
        """Gives papers labels, separated by commas, and takes off those with a minus before them."""
        words = [word.strip() for word in text.split(",") if word.strip(" -")]
        names = as_labels(self._store, (word.removeprefix("-") for word in words))
        labels = {name: not word.startswith("-") for name, word in zip(names, words, strict=True)}
        at, changed = self._store.label(papers, labels, f"browse label {', '.join(words)}")
        return self._message(at, f"labelled: {counted(len(changed), 'paper')}", "already so")

    def undo(self) -> str:
        """Takes back the last change of this session."""
        if not self._done:
            return "nothing of this session is left to undo; paperctl undo goes further back"
        undone = self._store.undo(self._done.pop())
        self._papers.renew()
        return f"undone: {undone.did.removeprefix('browse ')}" if undone else "it was undone elsewhere"

    def _message(self, at: str | None, done: str, nothing: str) -> str:
        if at is None:
            return nothing
        self._done.append(at)
        self._papers.renew()
        return done
