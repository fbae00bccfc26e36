"""No value that a dump can hold breaks an export."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.exports import Request, export, names
from paperctl.record import as_record
from tests.exports.samples import HOSTILE, LORA, paper

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        *(
            "type",
            "subtype",
            "date",
            "pages",
            "month",
            "editor",
            "takeaway",
            "notes",
            "journal",
            "title",
            "a b",
            "C1",
        ),
        "",
    ]
)
OURS = [
    name
    for name in names()
    if name not in ("asreview", "covidence", "rayyan")
    and not name.startswith("prisma")
    and hasattr(export(name), "render")
]


@settings(max_examples=80, deadline=None)
@given(extra=st.dictionaries(NAMES | st.text(max_size=5), JSON, max_size=5), text=st.sampled_from(HOSTILE))
def test_extra_may_hold_anything(extra: dict[str, Any], text: str) -> None:
    records = [paper(title=text, extra=extra, venue=text), LORA]
    for name in OURS:
        asked = Request(template="{{ papers }}" if name == "template" else None)
        out = "".join(export(name).render(iter(records), asked))
        out.encode()
        assert LORA["title"].split(":")[0] in out or name == "ids"


@pytest.mark.parametrize("name", OURS)
def test_an_empty_list_and_a_bare_paper_are_exported(name: str) -> None:
    asked = Request(template="x" if name == "template" else None)
    bare = {
        **paper(),
        **dict.fromkeys(("authors", "code_urls", "keywords", "topics", "topic_scores", "extra", "sources")),
    }
    for records in ([], [paper(title="")], [as_record(bare)]):
        out = "".join(export(name).render(iter(records), asked))
        assert out.encode() or not records
