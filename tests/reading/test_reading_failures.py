"""What no reader foresees: it costs the rest of one file, and says so in one line."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperctl import readers
from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.normalise import normalise as understood
from paperctl.reading import recognise
from paperctl.reading.read import read_dumps
from paperctl.record.items import Entry, Item
from tests.conftest import Paperctl


class Fragile:
    """A reader that gives one entry and then fails as a library might."""

    NAME = "fragile"
    ABOUT = "fails"

    def __init__(self, fault: Exception, early: bool = False) -> None:
        self.fault, self.early = fault, early

    def sniff(self, dump: Dump) -> readers.Sniff | None:
        if "fragile" not in dump.head:
            return None
        if self.early:
            raise self.fault
        return readers.Sniff(0.99, "says so")

    def read(self, dump: Dump) -> Iterator[Item]:
        yield Entry({"title": "Sparse Gates: Routing Without a Router"}, (2, 3))
        raise self.fault


FAULTS = [IndexError("pop from\nempty"), UnicodeDecodeError("utf-8", b"\xed", 0, 1, "bad"), RecursionError()]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_failing_reader_costs_the_rest_of_its_file(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    known = {**readers.readers(), "fragile": Fragile(fault)}
    monkeypatch.setattr(recognise, "readers", lambda: known)
    (tmp_path / "a.txt").write_text("fragile\n\ntitle\nmore\nand more\n")
    (tmp_path / "b.csv").write_text("title,year\nKeys for All,2022\n")
    ran = paperctl("load", tmp_path / "a.txt", tmp_path / "b.csv", "--json")
    assert ran.status == 3 and ran.json["new"] == 2
    (error,) = ran.json["files"][0]["errors"]
    assert (error["line"], error["lines"]) == (4, [4, 5]) and type(fault).__name__ in error["message"]
    assert [line for line in ran.err.splitlines() if "a.txt line 4: " in line] == ran.err.splitlines()


def test_a_reader_that_fails_at_the_sight_of_a_dump_is_not_its_reader(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {**readers.readers(), "fragile": Fragile(KeyError("x"), early=True)}
    monkeypatch.setattr(recognise, "readers", lambda: known)
    (tmp_path / "a.csv").write_text("title,venue\nA fragile paper about glass,Toys\n")
    assert paperctl("load", tmp_path / "a.csv", "--json").json["new"] == 1


def test_an_entry_that_cannot_be_understood_costs_itself(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def normalise(entry: Entry) -> object:
        if "Keys" in entry.fields["title"]:
            raise ValueError("keys")
        return understood(entry)

    monkeypatch.setattr("paperctl.reading.packing.normalise", normalise)
    (tmp_path / "a.csv").write_text("title,year\nSparse Gates,2021\nKeys for All,2022\nLocks,2023\n")
    ran = paperctl("load", tmp_path / "a.csv", "--json")
    assert ran.status == 3 and ran.json["read"] == 2
    assert [error["lines"] for error in ran.json["files"][0]["errors"]] == [[3, 3]]


def workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        noise = random.Random(7)
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            archive.writestr(name, bytes(noise.choices(range(32, 127), k=3000)))
    return packed.getvalue()


@pytest.mark.parametrize("cut", [1, 4, 30, 64, 500, 2500, 4000])
def test_a_file_without_its_head_is_refused_beside_others(
    paperctl: Paperctl, tmp_path: Path, cut: int
) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook()[cut:])
    (tmp_path / "b.csv").write_text("title,year\nKeys for All,2022\n")
    ran = paperctl("load", tmp_path / "a.xlsx", tmp_path / "b.csv", "--json")
    assert ran.status == 3 and ran.json["new"] == 1
    assert len(ran.err.splitlines()) == 1 and "a.xlsx" in ran.err


@pytest.mark.parametrize("tail", ["|", "title|abstract", "title|abstract\n", "a\ntitle|abstract", "\0|\n"])
def test_a_table_may_end_with_its_header(tail: str) -> None:
    with pytest.raises(DumpError):
        recognise.recognise(Dump.from_text(tail))


def test_a_file_that_vanishes_is_its_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> io.BytesIO:
        raise OSError(2, "No such file")

    monkeypatch.setattr("paperctl.reading.read.open_dumps", lambda *_: [Dump("a.csv", gone)])
    incoming, receipt = read_dumps(["a.csv"])
    assert incoming == []
    assert receipt.files[0].errors[0].message.startswith("No such file")
