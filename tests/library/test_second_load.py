"""A dump that is loaded again: large ones are recognised without being understood anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperctl.library.load import load
from paperctl.library.preparing import Preparing
from paperctl.library.stored_entries import Changed, Held
from paperctl.reading import packing
from paperctl.reading.incoming import Incoming
from paperctl.reading.read import read_dumps
from paperctl.reading.receipt import Receipt
from paperctl.store import Store
from tests.conftest import Paperctl

PAPERS = [{"id": f"k{n}", "title": f"Gears and Pumps of Kind {n} in the Field"} for n in range(40)]


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dumps of some hundred bytes count as large."""
    monkeypatch.setattr(packing, "LARGE", 1)
    monkeypatch.setattr("paperctl.dumps.dump.STRETCH_BYTES", 600)


def dump(folder: Path, papers: list[dict[str, str]], name: str = "x.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    return path


def read(store: Store, path: Path) -> tuple[list[Incoming], Receipt, Held]:
    held = Held(store)
    prepare = Preparing(None, store.key_pattern)
    return *read_dumps([str(path)], prepare=prepare, held=held), held


def loaded(store: Store, path: Path) -> tuple[int, int, int]:
    """How many entries were understood, new and unchanged."""
    incoming, receipt, held = read(store, path)
    load(store, incoming, receipt, tagger=None, held=held)
    assert receipt.total("read") == len(PAPERS)
    return len(incoming), receipt.total("new"), receipt.total("unchanged")


def test_what_the_store_holds_is_only_counted(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), dump(tmp_path, PAPERS)
    assert loaded(store, path) == (40, 40, 0)
    before = store.papers_file.read_bytes()
    assert loaded(store, path) == (0, 0, 40)
    assert store.papers_file.read_bytes() == before


def test_what_was_undone_is_read_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    other = [{"title": "Valves under Load in Cold Water"}] * 39 + PAPERS[:1]
    loaded(store, dump(tmp_path, other, "y.jsonl"))
    path = dump(tmp_path, PAPERS)
    loaded(store, path)
    store.undo()
    assert loaded(store, path)[0] == 40


def test_a_store_that_changed_meanwhile_is_noticed(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), dump(tmp_path, PAPERS)
    loaded(store, path)
    incoming, receipt, held = read(store, path)
    store.undo()
    with pytest.raises(Changed):
        load(store, incoming, receipt, tagger=None, held=held)


def test_what_was_taken_out_stays_out(tmp_path: Path, paperctl: Paperctl) -> None:
    path = dump(tmp_path, PAPERS)
    paperctl("load", path)
    assert paperctl("rm", 'title:"Kind 7"', "--yes").status == 0
    again = paperctl("load", path, "--json").json
    assert (again["unchanged"], again["files"][0]["kept_out"]) == (40, 1)
    assert paperctl("load", path, "--again", "--json").json["new"] == 1
    assert paperctl("load", path, "--json").json["unchanged"] == 40
