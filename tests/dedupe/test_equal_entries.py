"""Entries that are equal to the letter: each gets an id of its own, none costs more than the last."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.record import FACTS
from paperctl.record.ids import paper_id

FACTS_OF_ALL: Any = {**FACTS, "title": "Editorial", "year": 2020}


class Counting(set[str]):
    """Ids that are taken, and how often somebody asked."""

    asked = 0

    def __contains__(self, item: object) -> bool:
        self.asked += 1
        return super().__contains__(item)


def test_equal_entries_get_ids_of_their_own_without_counting_up() -> None:
    taken = Counting()
    for _ in range(2000):
        taken.add(paper_id(FACTS_OF_ALL, taken))
    assert len(taken) == 2000
    taken.asked = 0
    paper_id(FACTS_OF_ALL, taken)
    assert taken.asked < 40


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(0, 60)))
def test_an_id_is_free_whatever_ids_were_given_up(gone: set[int]) -> None:
    every: list[str] = []
    for _ in range(60):
        every.append(paper_id(FACTS_OF_ALL, set(every)))
    taken = {found for n, found in enumerate(every) if n not in gone}
    assert paper_id(FACTS_OF_ALL, taken) not in taken
