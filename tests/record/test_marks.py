"""What people said of a paper, as a line of text."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperctl.record import as_record
from paperctl.record.marks import line_of, read_line

TEXT = st.text(st.sampled_from("ab |\\=;\n,:"), min_size=1, max_size=9).map(str.strip).filter(bool)
LABEL = st.text(st.sampled_from("ab |\\=:"), min_size=1, max_size=5).map(str.strip).filter(bool)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "decision": st.sampled_from(["keep", "skip", "maybe"]),
            "stage": st.just("fulltext"),
            "status": st.just("reading"),
            "reason": TEXT,
            "labels": st.lists(LABEL, min_size=1, unique=True),
            "note": TEXT,
        },
    )
)
def test_a_line_says_all_of_it_and_is_read_as_it_was_written(said: dict[str, Any]) -> None:
    line = line_of(as_record(said))
    assert "\n" not in line
    assert (read_line(line) or {}) == said


def test_other_texts_are_no_such_line() -> None:
    for text in (
        "",
        "paperctl",
        "paperctl: a note",
        "paperctl: decision=keep | mood=good",
        None,
        ["paperctl: "],
    ):
        assert read_line(text) is None
