"""One paper whole, statistics, and the line that tells of progress."""

from __future__ import annotations

import io
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from paperctl.record import as_record
from paperctl.terminal import progress
from paperctl.terminal.bars import Bars, print_statistics
from paperctl.terminal.paper import print_paper
from paperctl.terminal.progress import reporting
from paperctl.text.width import width as width_of
from paperctl.topics import Explanation, Found

CODES = re.compile(r"\x1b\[[0-9;]*m")

PAPER: dict[str, Any] = {
    "id": "5f1c09ab77e2",
    "title": "Narrow \x1b[31mAdapters[/] for Wide Networks",
    "abstract": "We tune few parameters. " * 12,
    "authors": ["Ada Example", "Ben Sample"],
    "year": 2024,
    "venue": "Workshop",
    "doi": None,
    "arxiv_id": "2401.00001",
    "url": "https://example.org/" + "long/" * 20,
    "code_urls": [],
    "has_code": True,
    "keywords": ["adapters"],
    "extra": {"status": "Oral", "a column with a long name": 3, "nothing": None},
    "topics": ["peft", "llm"],
    "topic_scores": {"peft": 4.5},
    "decision": "keep",
    "note": "first line\nsecond line",
    "added": "2026-01-02T03:04:05Z",
    "versions": ["aaaabbbbcccc"],
    "sources": [
        {
            "file": "a.bib",
            "format": "bibtex",
            "lines": [3, 9],
            "key": "ada24",
            "title": "Narrow {Adapters}",
            "repairs": ["braces in title"],
            "own": {"year": 2023, "abstract": "x" * 400, "venue": None},
        },
        {"file": "page.txt", "format": "hf-daily", "lines": [7, 7], "key": None, "title": "narrow adapters"},
    ],
}
WHY = [
    Explanation(
        "peft",
        True,
        4.5,
        2.0,
        (
            Found("adapter", "adapter", "strong", "title", 3.0, 2, 4.0),
            Found("tune", "tun*", "weak", "abstract", 0.5, 1, 0.5),
        ),
    ),
    Explanation("efficiency", True, 0.0, 2.0, (), implied_by=("peft",)),
    Explanation("vision", False, 0.4, 2.0, ()),
]


def shown(record: dict[str, Any] = PAPER, *, width: int = 80, colour: bool = False, **known: Any) -> str:
    out = io.StringIO()
    known = {"explanations": WHY, "origins": {"title": 1, "year": 1, "abstract": 0, "doi": 0}, **known}
    print_paper(as_record(record), width=width, colour=colour, out=out, **known)
    return out.getvalue()


def test_a_paper_says_what_it_knows_and_from_where() -> None:
    text = shown(titles={"aaaabbbbcccc": "Narrow Adapters, Extended"})
    lines = [line.strip() for line in text.splitlines()]
    assert lines[:3] == ["Narrow Adapters[/] for Wide Networks", "Ada Example, Ben Sample", "Workshop 2024"]
    for said in (
        "code       yes, its address is not known",
        "decision   keep",
        "note       first line",
        "second line",
        "status     Oral",
        "aaaabbbbcccc Narrow Adapters, Extended",
        "1. a.bib, lines 3–9, bibtex, key ada24",
        "2. page.txt, line 7, hf-daily",
        "title as it stood: Narrow {Adapters}",
        "mended: braces in title",
        "says otherwise: year 2023; another abstract; no venue",
        "1. abstract",
        "2. title, year",
    ):
        assert said in lines, said
    assert "doi" not in text


def test_topics_are_explained_by_their_cues_strongest_first() -> None:
    lines = [line.strip() for line in shown().splitlines()]
    at = lines.index("Topics")
    assert lines[at + 1 : at + 6] == [
        "peft 4.5, needs 2",
        "+4.0 adapter ×2 in title (strong)",
        "+0.5 tune in abstract (weak)",
        "llm; not by the rules: by hand, or by earlier ones",
        "efficiency: the rules give it; taken off by hand, or not tagged since",
    ]


def test_a_paper_of_one_source_says_nothing_of_merging() -> None:
    text = shown({**PAPER, "sources": PAPER["sources"][1:]}, explanations=[], origins={"title": 0})
    assert "Source\n" in text
    assert "Where the fields come from" not in text
    assert "by hand" not in text
    assert "title as it stood: narrow adapters" in text


def test_a_title_that_stood_as_it_is_shown_is_said_once() -> None:
    source = {**PAPER["sources"][1], "title": "Plain"}
    assert "as it stood" not in shown({**PAPER, "title": "Plain", "sources": [source]})


def test_a_paper_that_knows_little_is_short() -> None:
    assert len(shown({"id": "x", "title": ""}, explanations=[]).splitlines()) <= 4


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_a_paper_fits_and_cannot_speak_to_the_terminal(width: int, colour: bool) -> None:
    text = shown(width=width, colour=colour)
    assert ("\x1b" in text) == colour
    plain = CODES.sub("", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)
    assert max(map(cell_len, plain.splitlines())) <= min(width, 100)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([*PAPER, "extra"]), st.text(max_size=60)), st.integers(20, 60))
def test_any_text_in_a_paper_fits(texts: dict[str, str], width: int) -> None:
    record = {**PAPER, **{name: text for name, text in texts.items() if isinstance(PAPER[name], str | None)}}
    record["extra"] = texts
    plain = shown(record, width=width)
    assert max(map(width_of, plain.split("\n"))) <= width
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain)


# ---- statistics -------------------------------------------------------------------------------

COUNTS: dict[str, Any] = {
    "papers": 900,
    "funnel": {
        "identified": 1000,
        "duplicates_removed": 100,
        "papers": 900,
        "screened": 40,
        "kept": 10,
        "skipped": 30,
        "maybe": 0,
    },
    "with_code": 90,
    "topics": {"llm": 300, "(none)": 1},
    "years": {str(year): 5 for year in range(1990, 2026)},
    "sources": {f"dump-{n}\x1b[2J.jsonl": n + 1 for n in range(30)},
    "dumps": {"deck.txt": {"submissions": 7500, "read": 20}},
}


def drawn(width: int = 80, *, colour: bool = False, encoding: str = "utf-8", **known: Any) -> str:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    print_statistics(
        {**COUNTS, **known}, topic_names={"llm": "Language models"}, width=width, colour=colour, out=out
    )
    out.flush()
    out.seek(0)
    return out.read()


@pytest.mark.parametrize("width", [20, 33, 80, 200])
def test_statistics_fit(width: int) -> None:
    text = drawn(width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "\x1b" not in text


def test_statistics_tell_the_funnel_and_every_group() -> None:
    text = drawn()
    for said in (
        r"identified +1,000 100\.0%",
        r"kept +10 +1\.0%",
        r"maybe +0 +0\.0%\n",
        r"Language models +300",
    ):
        assert re.search(said, text), said
    assert "submissions 7500" in text
    assert re.search(r"21 earlier years +105\n", text)
    assert re.search(r"18 others +171\n", text)


def test_bars_are_as_long_as_their_counts() -> None:
    bars = Bars(80, False, True)
    full, half, little, none = (bars.bar(share, 10) for share in (1, 0.5, 0.0001, 0))
    assert (cell_len(full), cell_len(half), cell_len(little), cell_len(none)) == (10, 5, 1, 0)
    assert Bars(80, False, False).bar(0.5, 10) == "#####"


def test_a_terminal_without_unicode_gets_ascii() -> None:
    assert "####" in drawn(encoding="ascii")


def test_an_empty_store_has_statistics() -> None:
    out = io.StringIO()
    print_statistics({"papers": 0, "funnel": {}, "topics": {}, "years": {}, "sources": {}}, width=80, out=out)
    assert "identified" in out.getvalue()


# ---- progress ---------------------------------------------------------------------------------


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws without waiting."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.001)


def reported(stream: io.StringIO, share: float, *, quiet: bool = False, until: str = "") -> str:
    """What is drawn of a task that reports once and then works on until it stands there."""
    with reporting(quiet, stream=stream) as report:
        report("reading \x1b[2Ja.bib", share)
        due = time.monotonic() + 5
        while until not in stream.getvalue() and time.monotonic() < due:
            time.sleep(0.001)
    return stream.getvalue()


@pytest.mark.usefixtures("at_once")
def test_a_long_task_tells_how_far_it_is_and_leaves_nothing() -> None:
    text = reported(Screen(), 0.5, until="50%")
    assert "reading a.bib  50%" in text
    assert "\n" not in text
    assert text.endswith("\r\x1b[K")


@pytest.mark.usefixtures("at_once")
def test_a_bar_shows_the_share_and_the_time_left_of_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    clock = iter([0.0, *(30.0 for _ in range(10_000))])
    monkeypatch.setattr("paperctl.terminal.progress.time.monotonic", lambda: next(clock))
    screen = Screen()
    with reporting(stream=screen) as report:
        for share, until in ((0.25, "25%"), (0.5, "left")):
            report("reading a.bib", share)
            for _ in range(5000):
                if until in screen.getvalue():
                    break
                time.sleep(0.001)
    assert "█" * 10 + "░" * 10 + " reading a.bib  50%  1:00 left" in screen.getvalue()


@pytest.mark.usefixtures("at_once")
def test_where_nothing_can_be_counted_a_sign_turns_though_the_task_reports_nothing_more() -> None:
    text = reported(Screen(), 0.0, until="reading a.bib -")
    assert "reading a.bib |" in text and "reading a.bib /" in text


def test_a_short_task_a_pipe_and_a_quiet_run_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reported(Screen(), 0.5) == ""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert reported(io.StringIO(), 0.5) == ""
    assert reported(Screen(), 0.5, quiet=True) == ""


@pytest.mark.usefixtures("at_once")
def test_an_interrupted_task_leaves_nothing() -> None:
    screen = Screen()
    with pytest.raises(KeyboardInterrupt), reporting(stream=screen) as report:
        report("reading", 0.0)
        while not screen.getvalue():
            time.sleep(0.001)
        raise KeyboardInterrupt
    assert screen.getvalue().endswith("\r\x1b[K")
