"""Waiting for another writer has an end, and a signal ends a command without a trace."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Paperctl


def test_a_writer_that_waits_in_vain_says_who_holds_the_store(loaded: Paperctl, tmp_path: Path) -> None:
    paper = loaded("list", "--ids").out.split()[0]
    store = tmp_path / "store"
    hold = (
        "import sys, time; from pathlib import Path; from paperctl.store import files\n"
        "with files.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold, str(store)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        ran = loaded("--wait", "0.1", "mark", "keep", paper)
        assert ran.status == 1 and str(holder.pid) in ran.err and "--wait" in ran.err
        assert loaded("list", "--ids").status == 0  # readers do not wait
    finally:
        holder.kill()
        holder.wait()
    assert loaded("--wait", "5", "mark", "keep", paper).status == 0


def test_a_file_system_without_locks_is_named(loaded: Paperctl, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def refuse(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    ran = loaded("mark", "keep", loaded("list", "--ids").out.split()[0])
    assert ran.status == 1 and "file system" in ran.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_load_quietly(tmp_path: Path, number: signal.Signals) -> None:
    dump = tmp_path / "many.jsonl"
    with dump.open("w") as out:
        for n in range(60_000):
            words = f"w{n % 977} w{n % 613} w{n % 353} w{n % 97}"
            out.write(json.dumps({"title": f"{words} study of case {n}", "authors": [f"A{n} B"]}) + "\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "paperctl", "--store", str(tmp_path / "store"), "load", str(dump)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 60
    while not (tmp_path / "store" / ".lock").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "Traceback" not in said and "kept" in said
    assert not list((tmp_path / "store").glob("papers.jsonl*"))
