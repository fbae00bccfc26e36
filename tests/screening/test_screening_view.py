"""What a screen shows for its size: every line fits, and what matters most stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.query import Sought
from paperctl.screening.estimate import Estimate
from paperctl.screening.progress import Progress
from paperctl.screening.view import Card, Screen, advice, draw, header
from paperctl.terminal.keys import keymap
from paperctl.text.sanitise import UNWANTED
from paperctl.text.width import width

from .conftest import record

PROGRESS = Progress(seen=132, of=7500, kept=17, maybe=2, skips=12, estimate=Estimate(17, 3, 1, 11))
LONG = " ".join(f"word{n}" for n in range(400))


def screen(**known: object) -> Screen:
    paper = record("A Title of Some Length", LONG, authors=["Ann Lee", "Bo Ek"], venue="ICLR", year=2024)
    options: dict[str, object] = {"card": Card(paper), "colour": False, **known}
    return Screen(PROGRESS, keymap({}), **options)  # type: ignore[arg-type]


def bare(line: str) -> str:
    for code in ("0", "1", "4", "7", "1;4"):
        line = line.replace(f"\x1b[{code}m", "")
    return line


def test_header_holds_the_numbers() -> None:
    line = header(PROGRESS, 80)
    assert line == "132 of 7,500 seen · 17 kept · 2 maybe · 12 skips in a row · recall 85% (61%–94%)"
    assert width(header(PROGRESS, 70)) <= 70
    assert "recall 85% (61%–94%)" in header(PROGRESS, 70)


@pytest.mark.parametrize("missing", [None, Estimate(1, 7, 0, 90)])
def test_a_recall_that_says_nothing_is_not_shown(missing: Estimate | None) -> None:
    progress = Progress(2, 90, 1, 0, 1, missing)
    assert "recall not known yet" in header(progress, 80)


def test_stopping_is_advised_with_its_evidence() -> None:
    assert advice(PROGRESS) == ""
    sure = Progress(900, 7500, 100, 0, 140, Estimate(100, 1, 0, 4, 0.02))
    assert advice(sure).startswith("You may stop: 140 skips in a row, likely at most 4 missing (recall 96%")
    usual = Progress(900, 7500, 100, 0, 140, Estimate(100, 1, 0, 4, 0.2))
    assert advice(usual).startswith("You may stop, if a few missed papers do not matter: 140 skips in a row")
    assert not advice(Progress(900, 7500, 100, 0, 140, Estimate(100, 1, 0, 4, 0.5)))
    assert not advice(Progress(900, 7500, 100, 0, 140, Estimate(90, 8, 0, 20, 0.1)))


def test_a_long_abstract_is_shown_whole_by_scrolling() -> None:
    here = screen()
    words: list[str] = []
    for _ in range(40):
        lines = [bare(line) for line in draw(here, 80, 24)]
        words += " ".join(lines[1:-3]).split()
        if "more line" not in lines[-3]:
            break
        here.scroll += 18
    assert {f"word{n}" for n in range(400)} <= set(words)
    here.scroll = 10_000
    assert "word399" in " ".join(draw(here, 80, 24))


def test_sought_words_are_marked_across_line_ends() -> None:
    paper = record("Quantization", "low " * 14 + "bit quantization of weights and quantized activations")
    card = Card(paper, sought=[Sought("", "bit quantization", True), Sought("", "quantiz", False)])
    here = screen(card=card)
    text = "\n".join(draw(here, 66, 24))
    assert "\x1b[1;4mQuantization\x1b[0m" in text
    assert "\x1b[4mquantized\x1b[0m" in text
    plain = "".join(bare(line) for line in text.split("\n"))
    assert "bit" in plain and "\u2061" not in plain
    here.colour = True
    assert "\x1b[4;36mquantized\x1b[0m" in "\n".join(draw(here, 66, 24))


def test_keys_stay_in_place_and_give_way_to_quit_and_help() -> None:
    lines = [bare(line) for line in draw(screen(), 80, 24)]
    foot = " ".join(lines[-2:])
    for part in ("k keep", "s skip", "m maybe", "u undo", "/ search", "? help", "q quit"):
        assert part in foot
    small = " ".join(bare(line) for line in draw(screen(), 30, 10)[-2:])
    assert "k keep" in small and "? help" in small and "q quit" in small


def test_a_typed_line_shows_its_end() -> None:
    lines = draw(screen(entry=("note:", "x" * 200 + "the end")), 80, 24)
    assert any(line.endswith("the end\u2588") for line in lines)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(10, 140),
    st.integers(3, 50),
    st.text(max_size=200),
    st.text(st.sampled_from("ab 量子é\u0301\x1b\n\u202e"), max_size=400),
    st.sampled_from(["", "量子化", "note: " * 30]),
    st.booleans(),
)
def test_every_line_fits(
    columns: int, rows: int, title: str, abstract: str, message: str, colour: bool
) -> None:
    paper = record(title, abstract, id="0" * 12, note=title, topics=["llm", "peft"], authors=[title])
    here = screen(card=Card(paper, decision="maybe", related=[title]), message=message)
    lines = [bare(line) for line in draw(here, columns, rows)]
    assert len(lines) == rows
    assert max(width(line) for line in lines) <= columns
    assert not any(UNWANTED.search(line) for line in lines)
