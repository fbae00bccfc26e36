"""Which papers of an index may be the best answers to a query: by bm25, as FTS5 counts it.

It takes a tenth of a second for a hundred thousand papers, and all that begins like a common word takes
half of that to find. So of a query with common words those papers are looked at first that hold them whole
and in their titles: among these nearly always are the best ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from paperctl.index import expression
from paperctl.index.layout import COLUMNS
from paperctl.index.vocabulary import Words
from paperctl.query.match import Query
from paperctl.record.fields import SEARCHED

BEST = 100
"""Papers that are found first, of which seldom more are needed."""
_LOOKED_AT = 20_000
"""Papers that are put in order: in some twenty milliseconds."""

Place = tuple[int, int, int]
"""The number of a line, from 0, where it begins and how long it is."""
_Weights = Mapping[str, float]

_WEIGHTS: _Weights = {name: SEARCHED[name].weight for name in COLUMNS}
_TITLED: _Weights = {**_WEIGHTS, "title": 0}
"""Where all papers have the words in their titles, how often they stand elsewhere decides."""


class Order:
    """The papers of an index, the best first."""

    def __init__(self, connection: sqlite3.Connection, words: Words) -> None:
        self._connection, self._words = connection, words
        self._found: dict[str, tuple[int, list[Place]]] = {}

    def candidates(self, query: Query, sought: str, most: int) -> list[Place]:
        """All papers of a query, whose expression is `sought`, or, if there are more, about the best."""
        for narrower, weights in self._narrower(query):
            if len(best := self._best(narrower, most, weights)) == most:
                return best
        # Ordering all of them would take several times as long as finding them.
        found = self._any(sought, most)
        return found if len(found) < most else self._best(sought, most)

    def best_first(self, sought: str, most: int = BEST) -> Iterator[Place]:
        """All papers of an expression, best first; those behind the first so many are found only when they
        are asked for."""
        yield from (best := self._best(sought, most))
        if len(best) == most:
            first = set(best)
            yield from (place for place in self._by_score(sought, _WEIGHTS) if place not in first)

    def _narrower(self, query: Query) -> Iterator[tuple[str, _Weights]]:
        """Expressions of papers that answer a query with common words better than others, each with what
        columns weigh: first of those with the words in their titles."""
        usual = [self._words.usual(word) for word in query.words]
        if not any(usual):
            return
        words = expression.every(
            expression.any_of_words(spellings) if spellings else expression.of_sought(word, self._words)
            for word, spellings in zip(query.words, usual, strict=True)
        )
        firm = expression.of_tree(query.firm, self._words)
        anywhere = expression.every(filter(None, (words, firm)))
        if words and anywhere:
            yield f"({{title}} : ({words})) AND ({anywhere})", _TITLED
            yield anywhere, _WEIGHTS

    def _any(self, sought: str, most: int) -> list[Place]:
        sql = "SELECT place, at, length FROM words_in JOIN paper ON paper.row = words_in.rowid"
        return self._connection.execute(f"{sql} WHERE words_in MATCH ? LIMIT ?", (sought, most)).fetchall()

    def _best(self, sought: str, most: int, weights: _Weights = _WEIGHTS) -> list[Place]:
        """The first so many papers of an expression, best first; of very many only the newest are looked at.
        What answers one query is asked for again where the query is relaxed."""
        before, rows = self._found.get(sought, (0, []))
        if before < most and (not before or len(rows) == before):
            rows = self._by_score(sought, weights, most, _LOOKED_AT)
            self._found[sought] = most, rows
        return rows[:most]

    def _by_score(self, sought: str, weights: _Weights, most: int = -1, newest: int = -1) -> list[Place]:
        """The papers of an expression, or the newest of them, best first."""
        columns = ", ".join(str(weights[name]) for name in COLUMNS)
        found = self._connection.execute(
            "SELECT place, at, length FROM (SELECT row, score FROM"
            f" (SELECT rowid AS row, bm25(words_in, {columns}) AS score FROM words_in WHERE words_in MATCH ?"
            " ORDER BY rowid DESC LIMIT ?) ORDER BY score, row LIMIT ?) JOIN paper USING (row)"
            " ORDER BY score, row",
            (sought, newest, most),
        )
        return found.fetchall()  # a reader may close the index before the last one
