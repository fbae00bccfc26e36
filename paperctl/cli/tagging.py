"""The topic rules at work on papers: what `load` and `tag` share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paperctl.cli.session import Session
from paperctl.load import Tagger
from paperctl.record import Record


def tagger(session: Session) -> Tagger:
    """A function that gives topics and scores for papers by the rules in force."""

    def tag_papers(records: Sequence[Record]) -> Iterable[tuple[list[str], dict[str, float]]]:
        from paperctl.topics import tag

        return ((tagging.topics, tagging.scores) for tagging in tag(records, session.rules))

    return tag_papers
