"""Lines that cannot be read are set aside in `damaged.jsonl` before they leave their file: each once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from paperctl.store import files

SET_ASIDE = "damaged.jsonl"


def set_aside(folder: Path, file: str, lines: Sequence[bytes]) -> None:
    """Appends lines of `file` to damaged.jsonl durably, but for those that stand there already: a repair that
    was stopped and runs again does not repeat them. Call it under the lock."""
    if not lines:
        return
    target = folder / SET_ASIDE
    known = set(target.read_bytes().splitlines()) if target.exists() else set()
    for line in lines:
        text = line.rstrip(b"\n").decode("utf-8", "backslashreplace")
        entry = msgspec.json.encode({"file": file, "line": text})
        if entry not in known:
            files.append(target, entry)
            known.add(entry)
