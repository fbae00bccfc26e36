"""The votes that an export says people cast on a paper, as marks that make the same of them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from paperctl.record import Record, by_name
from paperctl.record.marks import CAST, outcome_of

Marks = dict[str, dict[str, object]]
"""The marks of people, by name."""
_FULL_TEXT = "fulltext"


class Cast(NamedTuple):
    """What people decided on a paper, by name, in the order in which it counts."""

    early: Marks
    """Of title and abstract, by those who decided from the full text after that."""
    votes: Marks
    settled: Marks
    """The decision that settles a conflict, by who made it."""

    def early_of(self, given: Marks) -> Marks:
        """The early votes of those whose votes are among these marks."""
        return {by: mark for by, mark in self.early.items() if "decision" in given.get(by, ())}


def cast_of(stated: Mapping[str, Any], decision: str | None) -> Cast:
    """The marks that lead to a decision, from the votes, early votes and deciders that an entry names.

    A record has one reason and one stage. The reason goes to those who decided as the outcome, of a conflict
    to the skips. Where some read the full text, these are the people with early votes, or those who decided
    as the outcome; the others' votes have no stage then. A decision that does not follow from the votes was
    made to settle them, by the last of the deciders if that is no voter, else by one who voted for it.
    """
    votes: dict[str, str] = stated.get("votes") or {}
    early: dict[str, str] = stated.get("early_votes") or {}
    more = {name: stated[name] for name in ("reason", "stage") if stated.get(name)}
    agreeing = [by for by, vote in votes.items() if vote == decision]
    read, follows = _readers(votes, early, decision, agreeing if more.get("stage") == _FULL_TEXT else [])
    judge = _judge(votes, stated.get("decided_by") or [], agreeing, follows)
    return Cast(
        {by: {"decision": vote, "stage": "abstract"} for by, vote in early.items()},
        {by: _vote(by, vote, decision, more, read) for by, vote in votes.items()},
        {} if judge is None else {judge: {"decision": decision, **more, "resolves": True}},
    )


def _readers(
    votes: Mapping[str, str], early: Mapping[str, str], decision: str | None, agreeing: list[str]
) -> tuple[list[str], bool]:
    """Those whose votes are of the full text, none where it has no reader: the fewest from whose votes the
    decision follows. And whether it does."""
    if not early and not agreeing:
        return [], outcome_of(votes.values()) == decision
    groups = [group for group in ([*early], agreeing, [*votes]) if group]
    found = (group for group in groups if outcome_of([votes[by] for by in group]) == decision)
    read = next(found, None)
    return read or groups[0], read is not None


def _vote(
    by: str, vote: str, decision: str | None, more: Mapping[str, str], read: list[str]
) -> dict[str, Any]:
    """The mark of a person's vote, with the reason if it decided as the outcome, and the stage; where it is
    known who read the full text, only theirs."""
    reasoned = vote == ("skip" if decision == "maybe" else decision)
    dropped = {*(() if reasoned else ("reason",)), *(("stage",) if read else ())}
    mark = {"decision": vote, **{name: value for name, value in more.items() if name not in dropped}}
    return {**mark, "stage": _FULL_TEXT} if by in read else mark


def _judge(votes: Mapping[str, str], deciders: list[str], agreeing: list[str], follows: bool) -> str | None:
    """Who settled a conflict; None if there is no such person or nothing to settle."""
    if not votes or not deciders:
        return None
    if deciders[-1] not in votes:
        return deciders[-1]
    return None if follows else [*deciders, *agreeing][-1]


def with_cast_on(papers: Iterable[Record], marks: Mapping[str, Mapping[str, Any]]) -> dict[str, object]:
    """The marks of an event, by `early`, `votes` and `settled`, with those on new papers whose dump says who
    decided: what follows from these is taken out of the papers."""
    every = {name: {by: dict(papers) for by, papers in marks.get(name, {}).items()} for name in Cast._fields}
    for record in papers:
        stated = {name: by_name(record).pop(name, None) for name in CAST}
        if not stated["votes"]:
            continue
        stated |= {name: by_name(record).pop(name, None) for name in ("reason", "stage")}
        cast = cast_of(stated, record["decision"])
        record["decision"] = None
        for name, people in cast._asdict().items():
            for by, mark in people.items():
                every[name].setdefault(by, {})[record["id"]] = mark
    return {name: people for name, people in every.items() if people}
