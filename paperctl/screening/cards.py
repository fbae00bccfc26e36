"""What is shown of one paper in a session: the record, papers like it, who decided, words to highlight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from paperctl.errors import UsageError
from paperctl.record import Record
from paperctl.screening import view
from paperctl.screening.pages import cues_sought
from paperctl.screening.state import Pick, Screening
from paperctl.screening.worker import Worker
from paperctl.store import Store

if TYPE_CHECKING:
    from paperctl.query import Query, Sought
    from paperctl.topics import Rules
    from paperctl.topics.tagger import Explanation, Tagger

ALIKE = 0.6
"""Cosine of two papers' terms from which they may be the same work."""
ALIKE_PAPERS = 20_000
"""In larger sets looking for the like of every paper shown would be felt."""
_WHY = {
    "random": "picked at random, to see what the ranking misses",
    "maybe": "a maybe, back again",
    "conflict": "two people decided differently: your word settles it",
    "decided": "decided already; a key changes it",
}


class Words(NamedTuple):
    """Words that speak for a paper and against it, as the user lists them."""

    relevant: Sequence[str] = ()
    irrelevant: Sequence[str] = ()


NO_WORDS = Words()


def words_for(query: str, words: Words, by_query: Mapping[str, Any]) -> Words:
    """The user's words and those that they list for this query. Raises UsageError for a list that is none."""
    relevant, irrelevant = list(words.relevant), list(words.irrelevant)
    for name, lists in by_query.items():
        kinds = {"include": relevant, "exclude": irrelevant}
        of_words = isinstance(lists, Mapping) and all(
            kind in kinds and isinstance(own, list) and all(isinstance(word, str) for word in own)
            for kind, own in lists.items()
        )
        if not of_words:
            raise UsageError(f"screen.words: {name}: {lists!r}", "as {include: [adapter], exclude: [survey]}")
        if name.split() == query.split():
            for kind, own in lists.items():
                kinds[kind] += own
    return Words(relevant, irrelevant)


class Cards:
    """Makes the card of a paper and keeps the last one."""

    def __init__(
        self,
        store: Store,
        state: Screening,
        worker: Worker,
        rules: Rules,
        query: Query | None,
        words: Words,
    ) -> None:
        self._store, self._state, self._worker = store, state, worker
        self._rules, self._query, self._words = rules, query, words
        self._made: dict[int, view.Card] = {}

    def forget(self) -> None:
        """What is known of the paper has changed."""
        self._made = {}

    def of(self, pick: Pick, searched: Query | None, highlight: bool) -> view.Card:
        """The card of a paper; `searched` narrows the session, `highlight` shows the user's words."""
        card = self._made.get(pick.row)
        if card is None:
            from paperctl.query import Sought

            record = self._state.papers[pick.row]
            sought = [*(self._query.terms if self._query else ()), *(searched.terms if searched else ())]
            sought += cues_sought(self.explained(record), Sought)
            related = [*self._versions(record), *self._alike(pick.row)]
            card = view.Card(record, related=related, sought=sought)
            self._made = {pick.row: card}
        card.decision = self._state.decision(pick.row)
        opinion = self._state.opinion(pick.row, self._store.overlay)
        conflict = opinion is not None and opinion.agreement == "conflict"
        others = self._store.overlay.reviewers - {self._store.reviewer} and not self._store.blind
        card.decided_by = opinion.summary if opinion is not None and (opinion.agreement or others) else ""
        card.why = _WHY.get("conflict" if conflict and pick.why == "maybe" else pick.why, "")
        card.relevant = _sought(self._words.relevant) if highlight else ()
        card.irrelevant = _sought(self._words.irrelevant) if highlight else ()
        return card

    def explained(self, record: Record) -> list[Explanation]:
        """Why a paper has its topics."""
        return self._tagger.explain(record)

    @cached_property
    def _tagger(self) -> Tagger:
        from paperctl.topics.tagger import Tagger

        return Tagger(self._rules)

    def _versions(self, record: Record) -> list[str]:
        found = (self._state.row(i) for i in record["versions"])
        return [self._related("version", row) for row in found if row is not None]

    def _alike(self, row: int) -> list[str]:
        found = self._worker.features
        if found is None or len(self._state.papers) > ALIKE_PAPERS:
            return []
        versions = {self._state.row(i) for i in self._state.papers[row]["versions"]}
        alike = [(share, other) for other, share in found.alike(row, ALIKE) if other not in versions]
        return [self._related(f"alike {share:.0%}", other) for share, other in alike[:2]]

    def _related(self, what: str, row: int) -> str:
        record = self._state.papers[row]
        parts = (record["venue"], record["year"])
        place = " ".join(str(part) for part in parts if part)
        decision = self._state.decision(row)
        return (
            f"{what}: {record['title']}"
            + (f" ({place})" if place else "")
            + (f", {decision}" if decision else "")
        )


def _sought(words: Sequence[str]) -> list[Sought]:
    """Words of a list as texts to highlight, wherever they begin a word."""
    from paperctl.query import Sought
    from paperctl.text.fold import fold

    return [Sought("", text, False) for text in map(fold, words) if text]
