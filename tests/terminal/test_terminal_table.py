"""Tables of papers: what fits, what is cut, what is shown as it stands."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from paperctl.query import parse
from paperctl.record import Record, as_record
from paperctl.terminal.table import READABLE, print_table

CODES = re.compile(r"\x1b\[[0-9;]*m")
TITLES = [
    "Narrow Adapters for Wide Networks",
    "[/] :star: [bold]x[/bold] [link=file:///etc]click[/link]",
    "Red \x1b[31malert\x1b[0m \x07 \x9b2J \u202eevil",
    "大规模语言模型的参数高效微调方法综述与展望：从适配器到提示",
    "Supercalifragilisticexpialidocious-Transformers-Without-Any-Blank-At-All-In-Their-Name",
    "",
]


def paper(number: int, title: str, **known: Any) -> Record:
    made = {
        "id": f"{number:05x}0c0ffee"[:12],
        "title": title,
        "abstract": None,
        "authors": ["Ada Example", "Ben Sample"],
        "year": 2020 + number % 5,
        "venue": "Workshop",
        "topics": ["quantization", "foundation-models"][: number % 3],
        "topic_scores": {},
        "has_code": number % 2 == 0,
        "decision": (None, "keep", "skip", "maybe")[number % 4],
        "note": None,
        "added": "2026-01-02T03:04:05Z",
        "sources": [{"file": "a.bib"}, {"file": "a.bib"}],
        "extra": {"status": "Oral"},
        **known,
    }
    return as_record(made)


PAPERS = [paper(n, title) for n, title in enumerate(TITLES)]


def shown(
    papers: Any = PAPERS,
    fields: Any = None,
    *,
    width: int = 80,
    colour: bool = False,
    query: str = "",
    wrap: bool = False,
) -> str:
    out = io.StringIO()
    print_table(
        iter(papers), fields, width=width, wrap=wrap, colour=colour, terms=parse(query).terms, out=out
    )
    return out.getvalue()


@pytest.mark.parametrize("width", [10, 16, 24, 40, 80, 120, 200])
@pytest.mark.parametrize("rows", [len(PAPERS), READABLE + 5])
def test_no_line_is_wider_than_the_terminal(width: int, rows: int) -> None:
    text = shown((PAPERS * (1 + rows // len(PAPERS)))[:rows], width=width)
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("rows", [len(PAPERS), READABLE + 5])
def test_titles_cannot_speak_to_the_terminal(colour: bool, rows: int) -> None:
    text = shown((PAPERS * (1 + rows // len(PAPERS)))[:rows], width=200, colour=colour)
    plain = CODES.sub("", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", plain)
    assert "[/] :star: [bold]x[/bold] [link=file:///etc]click[/link]" in plain
    assert ("\x1b" in text) == colour
    assert "Red alert" in plain


def test_wide_terminals_show_whole_titles_on_one_line() -> None:
    lines = shown(width=200).splitlines()
    assert len(lines) == len(PAPERS) + 1
    assert "…" not in "".join(lines)


def test_titles_are_cut_unless_they_are_to_wrap() -> None:
    long = "One Word After Another Until the Title Is Much Longer than Any Line of It"
    assert len(shown([paper(1, long)], width=60).splitlines()) == 2
    few = shown([paper(1, long)], width=60, wrap=True)
    words = " ".join(line[16:] for line in few.splitlines()[1:])
    assert all(word in words for word in long.split())
    many = shown([paper(n, long) for n in range(READABLE + 1)], width=60, wrap=True).splitlines()
    assert len(many) == READABLE + 2
    assert all("…" in line for line in many[1:])


def test_columns_of_cells_stand_under_each_other_past_wide_characters() -> None:
    for rows in (1, READABLE):
        lines = shown(
            [paper(3, "学习" * 30), *(paper(3, "plain") for _ in range(rows))], width=80
        ).splitlines()
        first, other = lines[1], lines[-1]
        at = cell_len(first[: first.index("maybe")])
        assert cell_len(other[: other.index("maybe")]) == at


def test_narrow_terminals_lose_columns_before_titles() -> None:
    assert shown(width=120).splitlines()[0].split() == ["id", "year", "title", "topics", "code", "mark"]
    many = ["id", "year", "title", "authors", "venue", "topics", "has_code", "decision", "added", "sources"]
    header = shown(fields=many, width=62).splitlines()[0].split()
    assert {"id", "title"} <= set(header) and len(header) < len(many)


def test_very_narrow_ones_show_fields_below_each_other() -> None:
    long = "One Word After Another Until the Title Is Much Longer than Any Line of It"
    lines = shown([paper(1, long), paper(2, "Short One")], width=30).splitlines()
    first = lines[: next(n for n, line in enumerate(lines) if line.startswith("  "))]
    assert " ".join(first) == long and "Short One" in lines
    below = " ".join(lines[len(first) : lines.index("Short One")]).split()
    assert below[1:] == ["·", "2021", "·", "quantization", "·", "keep"]
    assert "year" not in lines[0]
    assert shown([paper(1, long)], ["year", "venue"], width=30) == "  2021 · Workshop\n"


def test_columns_with_nothing_to_say_are_left_out_unless_asked_for() -> None:
    quiet = [paper(0, "A Title", topics=[], has_code=False, decision=None, year=None)]
    assert shown(quiet).splitlines()[0].split() == ["id", "title"]
    assert shown(quiet, ["title", "decision"]).splitlines()[0].split() == ["title", "mark"]


def test_fields_are_shown_in_the_order_asked_for() -> None:
    text = shown(
        [PAPERS[0]], ["extra.status", "authors", "added", "sources", "has_code", "extra.none"], width=120
    )
    header, row = text.splitlines()
    assert header.split() == ["extra.status", "authors", "added", "sources", "code", "extra.none"]
    assert row.split("  ")[0] == "Oral"
    assert "Ada Example, Ben Sample" in row
    assert "2026-01-02 " in row
    assert row.count("a.bib") == 1


def test_ids_are_cut_as_far_as_they_stay_apart() -> None:
    alike = [paper(0, "A", id="abcdef123401"), paper(1, "B", id="abcdef123402"), paper(2, "C", id="abcdef9")]
    assert [line.split()[0] for line in shown(alike).splitlines()[1:]] == [
        "abcdef123401",
        "abcdef123402",
        "abcdef9",
    ]
    assert shown([paper(0, "A", id="abcdef123401")]).splitlines()[1].split()[0] == "abcdef12"


def test_words_of_the_query_are_shown_where_they_stand() -> None:
    found = paper(1, "Low-Rank Adaptation of Loràs, slowly", venue="low")
    for rows in (1, READABLE + 1):
        text = shown([found] * rows, width=120, colour=True, query='lora "low rank" title:adapt')
        marked = re.findall(r"\x1b\[[0-9;]*4[0-9;]*m([^\x1b]+)", text.splitlines()[1])
        assert marked == ["Low-Rank", "Adaptation", "Loràs"] or marked == ["Low-Rank Adaptation", "Loràs"]


def test_no_papers_are_no_table() -> None:
    assert shown([]) == ""


def test_rows_stream_before_the_last_one_is_known() -> None:
    out = io.StringIO()
    seen = []

    def papers() -> Any:
        for n in range(READABLE + 50):
            seen.append(len(out.getvalue()))
            yield paper(n, "A Title")

    print_table(papers(), width=80, out=out)
    assert seen[-1] > 0


def test_a_terminal_without_unicode_gets_marks_it_can_show() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    print_table([paper(0, "A Title")], width=80, out=out)
    out.flush()
    out.seek(0)
    assert out.read().splitlines()[1].split()[-1] == "x"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=4),
    st.integers(8, 100),
    st.booleans(),
)
def test_any_title_fits_and_stays_data(titles: list[str], width: int, colour: bool) -> None:
    text = shown([paper(n, title) for n, title in enumerate(titles)], width=width, colour=colour, query="a b")
    plain = CODES.sub("", text)
    for line in plain.split("\n"):
        assert cell_len(line) <= width
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", line)
