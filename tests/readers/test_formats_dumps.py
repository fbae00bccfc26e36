"""Opening what readers read: pieces of text, damaged archives, and JSON that comes into view in parts."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.dumps.dump import Dump
from paperctl.dumps.unpack import open_dumps
from paperctl.errors import DumpError
from paperctl.readers import json_document
from paperctl.readers._json import lines
from paperctl.record.items import About, Entry, Fault


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "é", "\n", "\r\n", "\ufeff", "\u2028", "x" * 9, "漢", " "]), max_size=40),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.integers(4, 9),
)
def test_pieces_of_text_make_the_text(parts: list[str], encoding: str, size: int) -> None:
    dump = Dump.from_bytes(("[" + "".join(parts)).encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("paperctl.dumps.dump.BLOCK_BYTES", size)
        assert "".join(dump.blocks()).rstrip("\n") == dump.text().rstrip("\n")


def test_a_byte_that_is_not_utf8_costs_its_piece_alone() -> None:
    text = '["' + "é" * 300_000 + '",\n"caf'
    dump = Dump("x", lambda: io.BytesIO(text.encode() + b'\xe9"]'), "utf-8")
    assert "".join(dump.blocks()) == text + 'é"]'
    assert dump.warnings == ["1 line not UTF-8, read as Windows-1252"]


@pytest.mark.parametrize("at", [0, 1, 2, 3, 28])
def test_a_damaged_member_of_a_zip_is_an_error(tmp_path: Path, at: int) -> None:
    path = tmp_path / "dumps.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "title,year\nGates,2023\n")
        archive.writestr("b.csv", "title,year\nKeys,2022\n")
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x03\x04") + at] ^= 0x55
    path.write_bytes(raw)
    first, second = open_dumps(str(path))
    assert isinstance(first, Dump) and first.text().endswith("2023")
    assert isinstance(second, Dump)
    with pytest.raises(DumpError) as refusal:
        second.text()
    assert "b.csv" in refusal.value.message


def found(text: str) -> list[Any]:
    items = list(json_document.read(Dump.from_text(text)))
    assert not any(isinstance(item, About) for item in items)
    return items


papers = st.fixed_dictionaries(
    {"title": st.text(min_size=1, max_size=12)},
    optional={"abstract": st.text(max_size=40), "authors": st.lists(st.text(max_size=5), max_size=3)},
)


@settings(max_examples=150, deadline=None)
@given(st.lists(papers, max_size=8), st.sampled_from([None, 0, 1]), st.integers(1, 90), st.data())
def test_an_array_reads_the_same_however_little_of_it_is_in_view(
    documents: list[dict[str, Any]], indent: int | None, view: int, data: st.DataObject
) -> None:
    text = json.dumps(documents, indent=indent, ensure_ascii=data.draw(st.booleans()))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(["{", '"', "]", "\n", "x", "[1,"])) + text[at + 1 :]
    whole = found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "VIEW", view)
        patch.setattr("paperctl.dumps.dump.BLOCK_BYTES", 7)
        parts = found(text)
    assert [item for item in parts if isinstance(item, Entry)] == [
        item for item in whole if isinstance(item, Entry)
    ]
    assert [(type(item), item.lines) for item in parts] == [(type(item), item.lines) for item in whole]


def test_lists_without_their_ends_are_read_once() -> None:
    items = found(
        '{"items": [\n{"title": "One"}\n},\n"items": [\n{"title": "Two"},\n{"title": "Three"}\n]\n}'
    )
    titles = [item.fields["title"] for item in items if isinstance(item, Entry)]
    assert titles == ["One", "Two", "Three"]
    assert any(isinstance(item, Fault) for item in items)


@pytest.mark.parametrize("joint", [", ", ",\n"])
def test_the_memory_of_an_array_does_not_grow_with_it(joint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "VIEW", 1 << 14)
    monkeypatch.setattr("paperctl.dumps.dump.BLOCK_BYTES", 1 << 12)
    paper = json.dumps({"title": "Gates", "abstract": "We open them. " * 40})

    def peak(count: int) -> int:
        raw = f"[{joint.join([paper] * count)}]".encode()
        dump = Dump("array", lambda: io.BytesIO(raw))
        assert dump.encoding == "utf-8"
        tracemalloc.start()
        assert sum(isinstance(item, Entry) for item in json_document.read(dump)) == count
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    peak(500)
    assert peak(4_000) < 1.3 * peak(500)


def test_a_zip_whose_table_of_contents_is_damaged_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "dumps.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("é.csv", "title,year\nGates,2023\n")
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe4\xe4"))
    [refusal] = open_dumps(str(path))
    assert isinstance(refusal, DumpError) and "damaged" in refusal.message
