"""Browsing by keys, without a terminal: Textual's pilot presses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.conftest import Paperctl

pytest.importorskip("textual")
from textual.pilot import Pilot
from textual.widgets import Input, Static

from paperctl.browse.app import Browse
from paperctl.cli.browse import browsing
from paperctl.cli.session import Session


def sit(folder: Path, talk: Callable[[Browse, Pilot[None]], Coroutine[Any, Any, None]], *args: str) -> None:
    """Opens the screen on a store and lets `talk` press keys."""

    async def run() -> None:
        session = Session.open(
            store=str(folder), config=None, color=None, quiet=True, verbose=False, debug=False, wait=5.0
        )
        app = browsing(session, args[0] if args else "", args[1] if len(args) > 1 else "")
        async with app.run_test(size=(120, 30)) as pilot:
            await settled(pilot)
            await talk(app, pilot)

    anyio.run(run)


async def settled(pilot: Pilot[None]) -> None:
    await pilot.pause(0.2)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.1)


def text_of(app: Browse, where: str) -> str:
    return str(app.query_one(where, Static).render())


@pytest.fixture
def store(paperctl: Paperctl, tmp_path: Path) -> Path:
    rows = [{"title": f"Apple {n} of the orchard", "year": 2000 + n} for n in range(40)]
    rows.append({"title": "LoRA adapters \x1b[31mred [bold]x[/bold]", "abstract": "Low-rank adaptation."})
    rows.append({"title": "Adapters of low rank, again", "abstract": "Adaptation by LoRA adapters."})
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert paperctl("-q", "load", "a.jsonl").status == 0
    return tmp_path / "store"


def test_the_footer_leads_to_help_in_every_width(store: Path) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        wide = text_of(app, "#footer")
        for width in (80, 40):
            await pilot.resize_terminal(width, 24)
            await settled(pilot)
            narrow = text_of(app, "#footer")
            assert len(narrow) <= width - 2 < len(wide) and narrow.endswith("? help  q quit")
        await pilot.press("q")

    sit(store, talk)


def test_keys_decide_and_undo_takes_back(store: Path, paperctl: Paperctl) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        first, second, third = app.rows.ids[:3]
        await pilot.press("k", "s", "m")
        assert app.rows.cursor == 3
        await pilot.press("u")
        await settled(pilot)
        kept = {p: app._papers[p]["decision"] for p in (first, second, third)}
        assert kept == {first: "keep", second: "skip", third: None}
        await pilot.press("q")

    sit(store, talk)
    assert len(paperctl("list", "decision:keep", "--ids").out.split()) == 1
    assert [c["did"] for c in paperctl("log", "--json").records if not c["undone"]][-2:] != []


def test_typing_filters_and_a_bad_query_says_so(store: Path) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"apple year", "colon", *"2003..2005")
        await settled(pilot)
        assert [app._papers[p]["year"] for p in app.rows.ids] == [2003, 2004, 2005]
        await pilot.press("space", "left_parenthesis")
        await settled(pilot)
        assert len(app.rows.ids) == 3 and "bracket" in text_of(app, "#status")
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert len(app.rows.ids) == 42 and app.query_one("#filter", Input).value == ""

    sit(store, talk)


def test_sorting_moving_and_the_preview(store: Path) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        assert app._papers[app.rows.ids[0]]["year"] == 2039
        await pilot.press("G")
        await settled(pilot)
        assert app.rows.cursor == 41 and "Adapters of low rank" in text_of(app, "#preview")
        await pilot.press("v", *["backspace"] * 5, *"title", "enter")
        await settled(pilot)
        assert app._papers[app.rows.ids[0]]["title"].startswith("Adapters") and app.rows.cursor == 0
        await pilot.press("v", *["backspace"] * 5, *"tilte", "enter")
        await settled(pilot)
        assert "title" in text_of(app, "#status")

    sit(store, talk, "", "-year")


def test_many_at_once(store: Path, paperctl: Paperctl) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        await pilot.press("x", "x", "x", "k")
        await settled(pilot)
        assert not app.rows.picked
        await pilot.press("asterisk", "t", *"peft", "enter")
        await settled(pilot)

    sit(store, talk)
    assert len(paperctl("list", "decision:keep", "--ids").out.split()) == 3
    assert len(paperctl("list", "topic:peft", "--ids").out.split()) == 42
    assert len(paperctl("log", "--json").records) == 3  # load, keep, topic: one change each


def test_a_note_labels_and_papers_alike(store: Path, paperctl: Paperctl) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        await pilot.press("n", *"read", "enter")
        await settled(pilot)
        assert "note read" in text_of(app, "#preview")
        await pilot.press("l", *"next, orchard", "enter", "l", "minus", *"next", "enter")
        await settled(pilot)
        assert "labels orchard" in text_of(app, "#preview")
        await pilot.press("G", "a")
        await settled(pilot)
        assert 0 < len(app.rows.ids) < 42 and "alike" in text_of(app, "#status")
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.rows.ids) == 42

    sit(store, talk)
    (paper,) = paperctl("list", "has:note", "--jsonl").records
    assert (paper["note"], paper["labels"]) == ("read", ["orchard"])


def test_hostile_text_is_text_and_cues_are_lit(store: Path) -> None:
    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        shown = text_of(app, "#preview")
        assert "[bold]x[/bold]" in shown and "\x1b" not in shown
        spans = getattr(app.query_one("#preview", Static).render(), "spans", ())
        assert any("underline" in str(span.style) for span in spans)

    sit(store, talk, "adapters")


def test_what_another_process_adds_is_seen(store: Path, paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text('{"title": "Whales of the North Sea"}\n')

    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        assert paperctl("-q", "load", "b.jsonl").status == 0
        await pilot.press("slash", *"whales")
        await settled(pilot)
        assert [app._papers[p]["title"] for p in app.rows.ids] == ["Whales of the North Sea"]

    sit(store, talk)


def test_only_papers_in_sight_are_read(paperctl: Paperctl, tmp_path: Path) -> None:
    rows = (json.dumps({"title": f"Pear {n}", "year": n % 90 + 1900}) for n in range(3_000))
    (tmp_path / "pears.jsonl").write_text("\n".join(rows))
    assert paperctl("-q", "load", "--no-dedupe", "--no-tag", "pears.jsonl").status == 0

    async def talk(app: Browse, pilot: Pilot[None]) -> None:
        assert len(app.rows.ids) == 3_000
        await pilot.press("G", "g", "space")
        await settled(pilot)
        assert 0 < len(app._papers._read) < 200

    sit(tmp_path / "store", talk)


def test_without_a_terminal_it_says_what_to_use(paperctl: Paperctl) -> None:
    ran = paperctl("browse")
    assert ran.status == 2 and "paperctl list" in ran.err
