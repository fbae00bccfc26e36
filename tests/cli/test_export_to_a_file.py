"""`export -o`: what it may replace, what it writes to, and what is left when it cannot."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from paperctl.exports import export, names
from tests.conftest import Paperctl

ENDINGS = {name: export(name).SUFFIX for name in names() if export(name).SUFFIX}
ONE_FILE = [name for name in names() if name not in ("obsidian", "template")]


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_file_made_by_hand_is_never_overwritten(loaded: Paperctl, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"mine{ENDINGS.get(name, '')}"
    file.write_text("@article{mine, title = {By hand}}\n")
    refused = loaded("export", "-f", name, "-o", file)
    assert refused.status == 2 and "not written by paperctl" in refused.err and "--force" in refused.err
    assert file.read_text() == "@article{mine, title = {By hand}}\n"
    assert loaded("export", "-f", name, "-o", file, "--force").status == 0
    assert b"By hand" not in file.read_bytes() or name.startswith("markdown")


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_former_export_is_replaced(loaded: Paperctl, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"list{ENDINGS.get(name, '')}"
    assert loaded("export", "-f", name, "-o", file).status == 0
    first = file.read_bytes()
    assert loaded("export", "topic:peft", "-f", name, "-o", file).status == 0
    assert file.read_bytes() != first


def test_a_link_to_a_former_export_stays_a_link(loaded: Paperctl, tmp_path: Path) -> None:
    file, link = tmp_path / "list.bib", tmp_path / "link.bib"
    assert loaded("export", "-o", file).status == 0
    link.symlink_to(file)
    refused = loaded("export", "topic:peft", "-o", link)
    assert refused.status == 2 and "--force" in refused.err and link.is_symlink()
    before = file.read_bytes()
    assert loaded("export", "topic:peft", "-o", link, "--force").status == 0
    assert link.is_symlink() and file.read_bytes() != before


def test_a_former_export_that_was_changed_by_hand_is_kept(loaded: Paperctl, tmp_path: Path) -> None:
    file = tmp_path / "list.bib"
    assert loaded("export", "-o", file).status == 0
    file.write_text(file.read_text() + "% my note\n")
    refused = loaded("export", "-o", file)
    assert refused.status == 2 and "changed since" in refused.err and file.read_text().endswith("% my note\n")


def test_an_ending_of_no_format_is_an_error_that_names_the_endings(loaded: Paperctl, tmp_path: Path) -> None:
    refused = loaded("export", "-o", tmp_path / "list.pdf")
    assert refused.status == 2 and ".pdf" in refused.err and ".bib" in refused.err
    assert not (tmp_path / "list.pdf").exists()
    assert loaded("export", "-f", "csv", "-o", tmp_path / "list.dat").status == 0


def test_a_table_goes_to_the_file(loaded: Paperctl, tmp_path: Path) -> None:
    ran = loaded("export", "-f", "table", "-o", tmp_path / "list.txt")
    assert (ran.status, ran.out) == (0, "")
    assert len((tmp_path / "list.txt").read_text().splitlines()) > 5


def test_a_named_pipe_is_written_as_a_stream(loaded: Paperctl, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()), daemon=True)
    reader.start()
    assert loaded("export", "-f", "markdown", "-o", pipe).status == 0
    reader.join(10)
    assert got and got[0].startswith("#")
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said_plainly(loaded: Paperctl) -> None:
    ran = loaded("export", "-f", "markdown", "-o", "/dev/full")
    assert ran.status == 1 and "cannot write /dev/full" in ran.err


def test_what_a_killed_export_left_is_swept(loaded: Paperctl, tmp_path: Path) -> None:
    stale = tmp_path / "list.bib.tmp-999999999"
    stale.write_text("half")
    assert loaded("export", "-o", tmp_path / "list.bib").status == 0
    assert [p.name for p in tmp_path.glob("list.bib*")] == ["list.bib"]


def test_a_list_with_handwriting_is_not_replaced_by_another_format(loaded: Paperctl, tmp_path: Path) -> None:
    target = tmp_path / "list.md"
    loaded("export", "-o", target)
    target.write_text(target.read_text() + "\nMy own thoughts.\n")
    loaded("export", "-o", target)
    refused = loaded("export", "-f", "csv", "-o", target)
    assert refused.status == 2 and "My own thoughts." in target.read_text()
    assert loaded("export", "-f", "csv", "-o", target, "--force").status == 0
