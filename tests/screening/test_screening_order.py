"""Which papers come first: what the query names before anything is kept, then what the decisions say; and a
replay shows papers in the very order of a session."""

from __future__ import annotations

from typing import Any

import pytest

from paperctl.query import parse
from paperctl.record import Record
from paperctl.screening.order import starting_order
from paperctl.screening.session import ScreeningSession
from paperctl.screening.simulate import simulate
from paperctl.terminal.keys import keymap
from paperctl.topics import load_rules

from .conftest import OTHERS, WANTED, StoreOf, record


def field(record: Record) -> bool:
    return record["title"] in {title for title, _ in WANTED}


def papers(count: int) -> list[Record]:
    """Papers of two fields; those of the field that nobody asks for have a topic."""
    made = []
    for n in range(count):
        title, abstract = (WANTED if n % 5 == 0 else OTHERS)[n % (5 if n % 5 == 0 else 8)]
        known: dict[str, Any] = {"topics": ["llm"], "topic_scores": {"llm": 3.0}} if n % 5 == 0 else {}
        made.append(record(f"{title} {n}", f"{abstract} Case {n}, {n * n} and {n % 7}.", **known))
    return made


def test_topics_put_nothing_first_unless_somebody_names_them() -> None:
    records = papers(20)
    scope = list(range(20))
    with_topic = [row for row in scope if records[row]["topics"]]
    assert starting_order(records, scope, None) == scope
    assert set(starting_order(records, scope, parse("topic:llm or title:bees"))[:5]) == {*with_topic, 7}
    assert starting_order(records, scope, None, ["llm"])[:4] == with_topic
    assert starting_order(records, scope, parse("-topic:llm")) == scope
    assert starting_order(records, scope, parse("title:bees"))[0] == 7


@pytest.mark.parametrize("audit", [0.0, 0.2])
def test_a_replay_shows_papers_in_the_order_of_a_session(store_of: StoreOf, audit: float) -> None:
    store = store_of(*papers(60))
    records = list(store.papers())
    labels = {r["id"]: "llm" in r["topics"] for r in records}
    order = simulate(records, labels, seed=2, audit=audit)
    rows = {r["id"]: row for row, r in enumerate(records)}
    first, second = order[:2]
    store.decide({first: {"decision": "keep"}}, "mark keep")
    store.decide({second: {"decision": "skip"}}, "mark skip")
    here = ScreeningSession(
        store, records, range(60), keymap=keymap({}), rules=load_rules(), audit=audit, patience=(30.0, 30.0)
    )
    shown = [first, second]
    while card := here.screen().card:
        paper = card.record["id"]
        shown.append(paper)
        here.press("k" if labels[paper] else "s")
    here.worker.end()
    assert [rows[i] for i in shown] == [rows[i] for i in order]
