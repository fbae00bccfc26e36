"""Formats that are known by sight and refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.readers import readers, unsupported
from tests.conftest import Paperctl

KNOWN = {
    "a PDF": b"%PDF-1.5\n%\xd0\xd4\xc5\xd8\n1 0 obj\n",
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "an SQLite database": b"SQLite format 3\x00" + bytes(60),
    "an old Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
    "RDF": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
    "a Citation File Format file": b"cff-version: 1.2.0\ntitle: Tool\nauthors:\n  - family-names: Doe\n",
    "Ovid tagged text": b"<1>\nAuthor\n  Doe, J.\nTitle\n  A title\nSource\n  Nature. 2020\n",
    "RefWorks tagged text": b"RT Journal Article\nSR Electronic\nA1 Doe, Jane\nT1 A title\nYR 2020\n",
    "Biblioscape tagged text": b"--RT-- book\n--TI-- A title\n--AU-- Doe\n------\n",
    "BibTXT": b"[doe20]\n    author: Jane Doe\n    title: A title\n    year: 2020\n",
    "XML of a kind that paperctl does not know (<svg>)": b'<?xml version="1.0"?><svg><g/></svg>',
    "XML of a kind that paperctl does not know (<project>)": b'<project xmlns="http://maven.apache.org/POM/4.0.0"/>',
    "an HTML page": b"<head><title>Sign in</title></head><body><form><input type=password></form></body>",
    "an Org file in which": b"* Home\n** TODO Buy milk\n** DONE Call the plumber\n",
    "an Org file": b"#+TITLE: Notes\n* Today\nNothing to read.\n",
    "a binary file": bytes(range(32)) * 20,
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_format_is_named_and_no_other_reader_is_surer(name: str) -> None:
    dump = Dump.from_bytes(KNOWN[name], "dump.dat")
    found = unsupported.sniff(dump)
    assert found is not None
    assert name in found.why
    others = [
        s.score for key, reader in readers().items() if key != "unsupported" and (s := reader.sniff(dump))
    ]
    assert all(score < found.score for score in others)
    with pytest.raises(DumpError) as refusal:
        list(unsupported.read(dump))
    assert refusal.value.message.startswith("dump.dat: ")
    assert name in refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "title,abstract\nA,B\n",
        "@article{a,\n title = {T}\n}\n",
        "TY  - JOUR\nTI  - A\nER  -\n",
        '{"title": "A"}\n',
        "A paper about things\n\nIts abstract says: nothing.\n",
        "",
    ],
)
def test_formats_that_are_read_are_not_refused(text: str) -> None:
    assert unsupported.sniff(Dump.from_text(text)) is None
    assert unsupported.sniff(Dump.from_bytes(text.encode("utf-16"))) is None


def test_a_document_in_a_folder_is_passed_over_and_an_export_is_not(
    paperctl: Paperctl, tmp_path: Path
) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "good.bib").write_text("@article{a, title = {Grafting of old apple trees}, year = 2020}\n")
    (folder / "notes.rtf").write_bytes(rb"{\rtf1\ansi Notes on grafting.}")
    ran = paperctl("load", folder)
    assert ran.status == 0 and "notes.rtf  skipped: a Word document" in ran.err
    (folder / "ovid.txt").write_bytes(KNOWN["Ovid tagged text"])
    ran = paperctl("load", folder)
    assert ran.status == 3 and "ovid.txt" in ran.err and "1 read" in ran.err
    assert paperctl("load", folder / "notes.rtf").status == 1
