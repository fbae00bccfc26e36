"""A folder or an archive may hold what is no dump: skipped, with status 0; a broken dump is not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.conftest import Paperctl

DUMP = json.dumps({"title": "Sparse Adapters for Parsing", "year": 2024}) + "\n"
STRAYS = {"notes.txt": b"milk, bread\n", "paper.pdf": b"%PDF-1.7\n\x00\x01\x02", "empty.csv": b""}


def strays(folder: Path) -> Path:
    folder.mkdir()
    for name, content in STRAYS.items():
        (folder / name).write_bytes(content)
    return folder


def test_strays_of_a_folder_are_skipped(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = strays(tmp_path / "dumps")
    (folder / "papers.jsonl").write_text(DUMP)
    ran = paperctl("load", "--json", folder)
    assert ran.status == 0 and ran.json["new"] == 1
    files = {file["file"]: file for file in ran.json["files"]}
    for name in STRAYS:
        assert files[f"dumps/{name}"]["skipped"] and not files[f"dumps/{name}"]["errors"]
    again = paperctl("load", folder)
    assert all(name in again.err for name in STRAYS)


def test_a_broken_dump_of_a_folder_is_an_error(paperctl: Paperctl, tmp_path: Path) -> None:
    folder = strays(tmp_path / "dumps")
    (folder / "papers.jsonl").write_text(DUMP)
    (folder / "broken.json").write_text('[{"title": "Whales of the No')
    ran = paperctl("load", "--json", folder)
    assert ran.status == 3 and ran.json["new"] >= 1
    assert paperctl("list", "sparse", "--ids").out


def test_strays_of_an_archive_are_skipped(paperctl: Paperctl, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "dumps.zip", "w") as archive:
        archive.writestr("papers.jsonl", DUMP)
        archive.writestr("LICENSE", "All rights reserved.\n")
    ran = paperctl("load", "--json", tmp_path / "dumps.zip")
    assert ran.status == 0 and ran.json["new"] == 1


def test_a_folder_without_a_dump_is_an_error(paperctl: Paperctl, tmp_path: Path) -> None:
    ran = paperctl("load", strays(tmp_path / "dumps"))
    assert ran.status == 1 and "no dump" in ran.err


def test_a_stray_that_was_named_is_an_error(paperctl: Paperctl, tmp_path: Path) -> None:
    assert paperctl("load", strays(tmp_path / "dumps") / "notes.txt").status == 1
