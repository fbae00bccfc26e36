"""What every reader promises, tried on all of them: each line in one item, recognised among the
others, in any encoding, cut or damaged anywhere."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import readers
from paperctl.reading.recognise import read, recognise
from paperctl.record.items import About, Entry, Fault, Skip, Warned
from tests.readers.fuzz import MARKS
from tests.readers.samples import BOTH, MORE, SAMPLES

NAMES = pytest.mark.parametrize("name", SAMPLES)


def test_every_reader_has_a_sample() -> None:
    assert {*SAMPLES, "parquet", "xlsx", "unsupported"} == set(readers())


def titles(dump: Dump, name: str) -> list[str]:
    """Reads a dump and holds the items to the promise; the titles in it."""
    found = []
    held: dict[int, set[type]] = {}
    times: Counter[int] = Counter()
    for item in read(dump, readers()[name]):
        if isinstance(item, About | Warned):
            continue
        first, last = item.lines
        assert 1 <= first <= last
        for number in range(first, last + 1):
            held.setdefault(number, set()).add(type(item))
            times[number] += 1
        match item:
            case Entry():
                found.append(" ".join(str(item.fields.get("title", "")).rstrip(".").split()))
            case Skip(reason=said) | Fault(message=said):
                assert said and "\n" not in said
    last = 0
    for number, line in dump.lines():
        last = number
        kinds = held.get(number, set())
        if line.strip():
            # Only JSON may put a paper and something broken on one line.
            assert len(kinds) == 1 or (name == "json" and kinds == {Entry, Fault}), (number, line, kinds)
        assert times[number] <= 1 or Entry in kinds, (number, line, kinds)
    assert max(held, default=0) <= max(last, 1)
    return found


@NAMES
def test_the_right_reader_is_chosen_and_none_is_surer(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name])
    assert recognise(dump).reader is readers()[name]
    scores = {other: s.score for other, reader in readers().items() if (s := reader.sniff(dump))}
    assert max(scores, key=lambda other: scores[other]) == name, scores


@NAMES
def test_a_sample_gives_its_papers_and_each_line_once(name: str) -> None:
    dump = Dump.from_text(SAMPLES[name])
    assert titles(dump, name) == BOTH + MORE.get(name, [])
    assert not [item for item in readers()[name].read(dump) if isinstance(item, Fault)]


def _written(text: str, how: str) -> bytes:
    match how:
        case "crlf":
            return text.replace("\n", "\r\n").encode()
        case "cr":
            return text.replace("\n", "\r").encode()
        case "bom":
            return codecs.BOM_UTF8 + text.encode()
        case "latin-1":
            return text.replace("Ada", "Adélaïde").encode("latin-1")
        case "no last line end":
            return text.rstrip("\n").encode()
    return text.encode(how)


@NAMES
@pytest.mark.parametrize(
    "how", ["crlf", "cr", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "no last line end"]
)
def test_the_encoding_does_not_count(name: str, how: str) -> None:
    dump = Dump.from_bytes(_written(SAMPLES[name], how))
    assert recognise(dump).reader is readers()[name]
    assert titles(dump, name) == BOTH + MORE.get(name, [])


def unharmed(data: bytes, name: str) -> None:
    """Reading whatever is left of a sample raises nothing else than a DumpError."""
    dump = Dump.from_bytes(data)
    for reader in readers().values():
        reader.sniff(dump)
    try:
        titles(dump, name)
    except DumpError as fault:
        assert fault.message


@NAMES
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_cut_anywhere(name: str, data: st.DataObject) -> None:
    raw = SAMPLES[name].encode()
    unharmed(raw[: data.draw(st.integers(1, len(raw) - 1))], name)


@NAMES
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_damaged_lines(name: str, data: st.DataObject) -> None:
    lines = SAMPLES[name].encode().split(b"\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "twice", "swap", "junk", "insert", "glue"])):
            case "drop":
                lines[at] = b""
            case "twice":
                lines[at:at] = lines[at : at + data.draw(st.integers(1, 5))]
            case "swap":
                to = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[to] = lines[to], lines[at]
            case "junk":
                spot = data.draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:spot] + data.draw(st.binary(max_size=8)) + lines[at][spot:]
            case "insert":
                lines.insert(at, data.draw(st.sampled_from(MARKS)))
            case "glue" if at + 1 < len(lines):
                lines[at : at + 2] = [lines[at] + lines[at + 1]]
    unharmed(b"\n".join(lines), name)


def test_a_workbook_gives_its_papers() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [("Title", "Authors"), *((title, "Ada Example") for title in BOTH)]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    dump = Dump.from_bytes(stream.getvalue())
    assert recognise(dump).reader.NAME == "xlsx"
    items = list(readers()["xlsx"].read(dump))
    assert [item.fields["title"] for item in items if isinstance(item, Entry)] == BOTH
    assert [item.lines for item in items if not isinstance(item, About)] == [(1, 1), (2, 2), (3, 3)]


@cache
def workbook() -> bytes:
    """A small workbook; made once, because it holds the time it was made."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(("Title", "Authors"))
    book.active.append((BOTH[0], "Ada Example"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    raw = bytearray(workbook())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    dump = Dump.from_bytes(bytes(raw[: data.draw(st.integers(10, len(raw)))]))
    try:
        for item in read(dump, readers()["xlsx"]):
            assert isinstance(item, Entry | Skip | Fault)
    except DumpError as fault:
        assert fault.message
