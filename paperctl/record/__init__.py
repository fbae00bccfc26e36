"""The record of a paper: a plain dict in the documented JSON shape, so that fields that this version
does not know pass through unchanged.

Its types are for mypy, which finds a misspelt field; at run time all are dicts. `Paper` is for code that only
reads, `Facts` is what an entry of a dump says, `Record` a whole paper of a store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, cast

from paperctl.record.fields import FACTS

if TYPE_CHECKING:
    from typing_extensions import ReadOnly
else:

    class ReadOnly:
        """Python has it from 3.13 on."""

        def __class_getitem__(cls, kind: object) -> object:
            return kind


SCHEMA = 1
"""Version of the record's shape, written in every stored line."""


UNTITLED = "(untitled)"
"""What exports write for a title where there is none."""


class Source(TypedDict):
    """One entry of a dump that went into a paper."""

    file: str
    sha256: str
    format: str
    lines: list[int]
    """The first and the last line of the entry."""
    key: str | None
    """What the dump calls the entry."""
    citekey: NotRequired[str]
    """The cite key that the dump states in addition to the entry's own key."""
    title: str
    """The title as it stood."""
    type: NotRequired[str]
    """Where the dump comes from for a review, where that is no database: register, other."""
    entry: NotRequired[str]
    """The fingerprint of the facts of the entry."""
    repairs: NotRequired[list[str]]
    about: NotRequired[dict[str, Any]]
    """What the dump states about itself."""
    id: NotRequired[str]
    """The id of the entry's paper before it was merged into this one."""
    earlier: NotRequired[list[dict[str, str]]]
    """Further ids of the entry's paper, each as `{"id": …}`: from before it was named otherwise."""
    own: NotRequired[dict[str, Any]]
    """The facts in which the entry differs from a merged paper."""
    joined: NotRequired[str]
    """What merged the entry's paper into this one, where the rules did ("rules"): no person, no threshold."""
    was: NotRequired[dict[str, Any]]
    """Other fields in which the entry's paper differed before the merge."""


Extra = Mapping[str, Any]
"""Fields that a dump has and a record does not: any value under any name."""


class Paper(TypedDict, total=False):
    """A paper as it is read: a record, the facts of an entry, or a row with some of the fields."""

    id: ReadOnly[str]
    title: ReadOnly[str]
    abstract: ReadOnly[str | None]
    authors: ReadOnly[Sequence[str]]
    year: ReadOnly[int | None]
    venue: ReadOnly[str | None]
    doi: ReadOnly[str | None]
    arxiv_id: ReadOnly[str | None]
    url: ReadOnly[str | None]
    code_urls: ReadOnly[Sequence[str]]
    has_code: ReadOnly[bool]
    keywords: ReadOnly[Sequence[str]]
    topics: ReadOnly[Sequence[str]]
    topic_scores: ReadOnly[Mapping[str, float]]
    decision: ReadOnly[str | None]
    reason: ReadOnly[str | None]
    stage: ReadOnly[str | None]
    status: ReadOnly[str | None]
    labels: ReadOnly[Sequence[str]]
    corrections: ReadOnly[Sequence[str]]
    """Topics given by hand, and with a minus in front those taken away."""
    decided_by: ReadOnly[Sequence[str]]
    """Who decided, the resolving person of a conflict last."""
    agreement: ReadOnly[str | None]
    """Of several people: agreed, conflict, resolved."""
    votes: ReadOnly[Mapping[str, str]]
    """What each of several people decided."""
    early_votes: ReadOnly[Mapping[str, str]]
    """What people decided from title and abstract before they did so from the full text."""
    filled: ReadOnly[Extra | None]
    """By fact, the entry of a dump that it was filled from: file, lines, key."""
    note: ReadOnly[str | None]
    added: ReadOnly[str | None]
    versions: ReadOnly[Sequence[str]]
    work: ReadOnly[str | None]
    """The id of the version in front of the work."""
    sources: ReadOnly[Sequence[Source]]
    citekey: ReadOnly[str | None]
    extra: ReadOnly[Extra]
    schema: ReadOnly[int]


class Facts(Paper):
    """What an entry says of its paper; with a person's marks where the dump is an export of ours."""

    title: str
    abstract: str | None
    authors: list[str]
    year: int | None
    venue: str | None
    doi: str | None
    arxiv_id: str | None
    url: str | None
    code_urls: list[str]
    has_code: bool
    keywords: list[str]
    extra: dict[str, Any]


class Record(Facts):
    """A paper of a store. What a newer version wrote besides passes through unchanged."""

    id: str
    topics: list[str]
    topic_scores: dict[str, float]
    decision: str | None
    reason: NotRequired[str | None]
    stage: NotRequired[str | None]
    status: NotRequired[str | None]
    labels: NotRequired[list[str]]
    corrections: NotRequired[list[str]]
    decided_by: NotRequired[list[str]]
    agreement: NotRequired[str | None]
    votes: NotRequired[dict[str, str]]
    early_votes: NotRequired[dict[str, str]]
    filled: NotRequired[dict[str, Any] | None]
    note: str | None
    added: str | None
    versions: list[str]
    work: NotRequired[str | None]
    sources: list[Source]
    citekey: NotRequired[str | None]
    schema: int


def by_name(paper: Paper) -> dict[str, Any]:
    """The same paper, for code that takes the names of its fields from data."""
    return cast(dict[str, Any], paper)


def as_facts(values: dict[str, Any]) -> Facts:
    """The same mapping, known to have all facts."""
    return cast(Facts, values)


def as_record(values: dict[str, Any]) -> Record:
    """The same mapping, known to have a record's fields."""
    return cast(Record, values)


__all__ = [
    "FACTS",
    "SCHEMA",
    "UNTITLED",
    "Extra",
    "Facts",
    "Paper",
    "Record",
    "Source",
    "as_facts",
    "as_record",
    "by_name",
]
