"""`stats --plot`: the counts of the terminal as a picture, the same bytes for the same counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Paperctl

pytest.importorskip("matplotlib")
from paperctl.plots import picture


def texts(svg: bytes | str) -> list[str]:
    text = svg.decode() if isinstance(svg, bytes) else svg
    return re.findall(r"<text[^>]*>([^<]*)</text>", text)


def test_the_picture_shows_what_stats_counts(loaded: Paperctl, tmp_path: Path) -> None:
    ids = loaded("list", "--ids").out.split()
    for n, paper in enumerate(ids[:6]):
        assert loaded("mark", "keep" if n % 2 else "skip", paper).status == 0
    counts = loaded("stats", "--json").json
    ran = loaded("stats", "--plot", "a.svg")
    assert ran.status == 0 and "a.svg" in ran.err and ran.out == ""
    shown = texts((tmp_path / "a.svg").read_text())
    assert {"Funnel", "Papers by year and topic"} <= set(shown)
    assert any(text.startswith("Kept papers found while screening (3 of 6)") for text in shown)
    assert {f"{counts['funnel'][name]:,}" for name in ("identified", "papers", "kept")} <= set(shown)
    assert {"LLM", "Efficiency"} & {*shown} or counts["topic_years"]


def test_equal_counts_give_equal_bytes_and_png_is_one(loaded: Paperctl, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg", "c.png"):
        assert loaded("stats", "--plot", name).status == 0
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


def test_it_refuses_other_endings_and_files_that_are_not_ours(loaded: Paperctl, tmp_path: Path) -> None:
    assert loaded("stats", "--plot", "a.jpeg").status == 2
    (tmp_path / "mine.svg").write_text("<svg/>")
    assert loaded("stats", "--plot", "mine.svg").status == 2
    assert (tmp_path / "mine.svg").read_text() == "<svg/>"
    assert loaded("stats", "--plot", "mine.svg", "--force").status == 0
    assert loaded("stats", "topic:peft", "--plot", "mine.svg").status == 0


def test_an_empty_store_and_hostile_names(paperctl: Paperctl) -> None:
    assert paperctl("stats", "--plot", "empty.svg").status == 0
    names = ("identified", "duplicates_removed", "papers", "screened", "kept", "skipped", "maybe")
    found = {
        "funnel": dict.fromkeys(names, 1),
        "topics": {"$x": 1},
        "topic_years": {"$x": {"2020": 1}},
        "agreement": {"pairs": [{"reviewers": ["a$b", "<c>"], "papers": 4, "agreement": 0.5, "kappa": None}]},
    }
    shown = texts(picture(found, [True, False], {"$x": "$\\frac \x1b[31m<b>"}))
    assert "$\\frac &lt;b&gt;" in shown and "a$b and &lt;c&gt;" in shown
