"""Stopping a command at each of its mutating system calls, in a forked child.

Everything the store does to a disk goes through a handful of `os` functions. `stops` runs a
function once to count the calls, then once for each call (and for each write, half done), on a fresh
copy of the store, and stops the child there: killed, or told that the disk is full.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

MUTATING = ("open", "write", "fsync", "replace", "rename", "link", "unlink", "ftruncate", "mkdir", "chmod")
KILLED = 137


class Stop(NamedTuple):
    """One try: which call, what it was, and how far it got; the child's exit status and stderr."""

    number: int
    call: str
    half: bool
    status: int
    stderr: str
    folder: Path


class _Counter:
    """Counts mutating calls and acts at one of them."""

    def __init__(self, at: int, half: bool, act: Callable[[str], None]) -> None:
        self.at, self.half, self.act = at, half, act
        self.seen: list[str] = []

    def wrap(self, name: str) -> None:
        real = getattr(os, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            if name == "open" and not args[1] & (os.O_CREAT | os.O_TRUNC):
                return real(*args, **kwargs)
            if name == "write" and args[0] in (1, 2):
                return real(*args, **kwargs)
            self.seen.append(name)
            if len(self.seen) == self.at:
                if self.half and name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                self.act(name)
            return real(*args, **kwargs)

        setattr(os, name, wrapped)


def _kill(name: str) -> None:
    os._exit(KILLED)


def _failing(error: str) -> Callable[[str], None]:
    number = getattr(errno, error)

    def fail(name: str) -> None:
        if name in ("open", "write", "fsync", "mkdir", "replace"):
            raise OSError(number, os.strerror(number))

    return fail


def _child(run: Callable[[], int], counter: _Counter, report: Path) -> int:
    """Runs in a fork; its stderr and its calls go to `report`."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        with report.open("w") as stream, Path(os.devnull).open("w") as nothing:
            sys.stderr, sys.stdout = stream, nothing
            for name in MUTATING:
                counter.wrap(name)
            status = run()
            stream.write("\0" + " ".join(counter.seen))
    finally:
        os._exit(status)


def stops(run: Callable[[Path], int], base: Path, scratch: Path, kind: str) -> Iterator[Stop]:
    """Every stop of `run(store folder)`, each on its own copy of `base`. `kind` is "kill" or the name of
    an error of the system, as ENOSPC."""
    act = _kill if kind == "kill" else _failing(kind)
    report = scratch / "report"
    folder = scratch / "store"

    def fresh() -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)
        return folder

    where = fresh()
    status = _child(lambda: run(where), _Counter(-1, False, act), report)
    assert status == 0, report.read_text()
    calls = report.read_text().rpartition("\0")[2].split()
    for number, call in enumerate(calls, 1):
        for half in (False, True) if call == "write" else (False,):
            where = fresh()
            status = _child(lambda where=where: run(where), _Counter(number, half, act), report)  # type: ignore[misc]
            yield Stop(number, call, half, status, report.read_text().partition("\0")[0], where)
