"""Which paper comes next: the best, a random one in its turn, a maybe when its time has come."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.screening.state import MAYBE_RETURNS, Pick, Screening
from paperctl.store.overlay import Overlay

from .conftest import record


def state(count: int, audit: float = 0.0, **decided: str) -> Screening:
    papers = [record(f"Paper number {n} of many", id=f"{n:012x}") for n in range(count)]
    return Screening(papers, marks(decided), range(count), audit)


def said(*words: tuple[str, str, str | None]) -> Overlay:
    """Decisions: when, on which id, what."""
    return Overlay.of({"at": at, "set": {paper: {"decision": word}}} for at, paper, word in words)


def marks(decided: dict[str, str]) -> Overlay:
    """Decisions on papers by number, in the order given: p3="keep"."""
    return said(
        *((f"2026-01-01T{n:06}", f"{int(p[1:]):012x}", word) for n, (p, word) in enumerate(decided.items()))
    )


def decide(screening: Screening, decided: dict[str, str], row: int, word: str) -> None:
    decided[f"p{row}"] = word
    if word == "maybe":
        screening.put_off(row)
    screening.reread(marks(decided))


def test_the_best_open_paper_comes_next() -> None:
    screening = state(5, p0="keep", p4="skip")
    assert screening.next() == Pick(1, "best")
    screening.order = [4, 3, 2, 1, 0]
    assert screening.next() == Pick(3, "best")


def test_nothing_is_left_when_all_are_decided() -> None:
    assert state(2, p0="keep", p1="skip").next() is None


def test_papers_outside_the_scope_are_learned_from_but_not_shown() -> None:
    papers = [record(f"Paper number {n} of many", id=f"{n:012x}") for n in range(4)]
    screening = Screening(papers, marks({"p3": "keep"}), [1, 0])
    assert screening.training == {3: True}
    assert screening.next() == Pick(1, "best")
    assert screening.count == 0


def test_a_search_narrows_what_is_shown() -> None:
    screening = state(6)
    screening.within = frozenset({4, 5})
    assert screening.next() == Pick(4, "best")
    screening.reread(marks({"p4": "keep", "p5": "skip"}))
    assert screening.next() is None


def test_a_maybe_comes_back_later_and_then_later_still() -> None:
    screening, decided = state(200), dict[str, str]()
    back = []
    for turn in range(150):
        pick = screening.next()
        assert pick
        if pick.why == "maybe":
            back.append(turn)
        decide(screening, decided, pick.row, "maybe" if pick.row == 3 else "skip")
    # Put off at the fourth paper, again 30 decisions later, then 60 later.
    assert back == [3 + 1 + MAYBE_RETURNS, 3 + 2 + 3 * MAYBE_RETURNS]
    assert 3 not in screening.training


def test_maybes_come_back_when_nothing_else_is_left() -> None:
    screening = state(3, p2="maybe", p0="keep", p1="maybe")
    assert screening.next() == Pick(2, "maybe")


def test_a_cleared_decision_opens_the_paper_again() -> None:
    screening = state(2, p0="keep")
    screening.reread(said(("2027", f"{0:012x}", None)))
    assert screening.next() == Pick(0, "best")


def test_the_last_word_counts_whichever_id_of_a_merged_paper_it_was_said_of() -> None:
    merged = record("A paper merged of two", id="a" * 12, sources=[{"id": "b" * 12}])
    screening = Screening([merged], Overlay(), [0])
    screening.reread(said(("2026-01", "a" * 12, "skip"), ("2026-02", "b" * 12, "keep")))
    assert screening.decision(0) == "keep"


def test_a_decision_that_came_with_the_dump_stands_until_another_is_made() -> None:
    papers = [record("One that was decided before", decision="keep"), record("And one that was not")]
    screening = Screening(papers, Overlay(), [0, 1])
    assert screening.decision(0) == "keep"
    screening.reread(said(("2026", papers[0]["id"], "skip")))
    assert screening.decision(0) == "skip"
    screening.reread(Overlay())
    assert screening.decision(0) == "keep"


def test_random_papers_come_in_their_share_and_form_a_gapless_sample() -> None:
    screening, decided = state(400, audit=0.1), dict[str, str]()
    drawn = []
    for _ in range(200):
        pick = screening.next()
        assert pick
        if pick.why == "random":
            drawn.append(pick.row)
        decide(screening, decided, pick.row, "skip")
    # Papers of the sample that the ranking had shown already need not be drawn.
    assert 19 <= len(screening.sample) <= 40
    assert 5 <= len(drawn) <= 20
    assert len({row // 100 for row in screening.lottery[: len(screening.sample)]}) > 2
    assert state(400, audit=0.1).lottery == screening.lottery


def test_the_sequence_is_in_the_order_of_deciding() -> None:
    screening = state(5, p4="skip", p1="keep", p2="maybe", p0="skip")
    assert screening.sequence == [False, True, False]
    assert screening.count == 3
    assert screening.maybes == [2]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["keep", "skip", "maybe"]), max_size=60), st.sampled_from([0.0, 0.05, 0.3]))
def test_every_paper_is_shown_once_but_for_maybes(words: list[str], audit: float) -> None:
    screening, decided = state(25, audit), dict[str, str]()
    shown: list[int] = []
    for word in words:
        pick = screening.next()
        if pick is None:
            break
        assert screening.decision(pick.row) in (None, "maybe")
        shown.append(pick.row)
        decide(screening, decided, pick.row, word)
    again = [row for n, row in enumerate(shown) if row in shown[:n]]
    assert all(decided[f"p{row}"] for row in again)
    if len(words) >= 25 and "maybe" not in words:
        assert sorted(shown) == list(range(25))
        assert screening.next() is None
