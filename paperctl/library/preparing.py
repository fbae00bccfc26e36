"""What a load makes of each entry where it is read, on all cores: keys to compare by, topics, a cite key."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from paperctl.deduplicate.steps import prepared
from paperctl.library.tag import StoreTagger
from paperctl.record import Facts, Source, as_record
from paperctl.record.citekeys import key_in, made_key
from paperctl.record.ids import title_id

_encode = msgspec.json.Encoder().encode
_UNTAGGED = b'"topics":[],"topic_scores":{}'


class Made(NamedTuple):
    """What was made of an entry."""

    title_id: str
    topics: bytes
    """Its topics and their scores, as they stand in a line of the store."""
    brought: bool
    """Whether the cite key comes from the dump."""
    citekey: str
    """"" where it hangs on the paper's id."""
    order: str = ""
    flat: str = ""
    keys: bytes = b""


class Preparing:
    """Makes ready what is read for one store. Without a tagger nothing is tagged."""

    def __init__(self, tagger: StoreTagger | None, pattern: str, *, dedupe: bool = True) -> None:
        self._tagger, self._pattern, self._dedupe = tagger, pattern, dedupe
        if tagger is not None:
            tagger.make_ready()

    def __call__(self, entries: Sequence[tuple[Facts, Source]]) -> list[Made]:
        tagged = self._tagged([facts for facts, _ in entries])
        return [
            self._made(facts, source, topics) for (facts, source), topics in zip(entries, tagged, strict=True)
        ]

    def _tagged(self, facts: Sequence[Facts]) -> list[bytes]:
        if self._tagger is None:
            return [_UNTAGGED] * len(facts)
        return [
            b'"topics":%s,"topic_scores":%s' % (_encode(topics), _encode(scores)) if scores else _UNTAGGED
            for topics, scores in self._tagger.tag_here(facts)
        ]

    def _made(self, facts: Facts, source: Source, topics: bytes) -> Made:
        brought = key_in(source)
        named_by_id = "{id}" in self._pattern.lower()
        citekey = brought or ("" if named_by_id else made_key(as_record({**facts, "id": ""}), self._pattern))
        if not self._dedupe:
            return Made(title_id(facts["title"]), topics, bool(brought), citekey)
        order, _, title, flat, keys = prepared(facts, source.get("entry", ""))
        return Made(title, topics, bool(brought), citekey, order, flat, array("Q", keys).tobytes())
