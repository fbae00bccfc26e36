"""The last line of a file that grows by lines, which a killed writer may have torn."""

from __future__ import annotations

import os


def whole_lines(handle: int, end: int) -> tuple[int, bytes]:
    """Where the last whole line ends, and the line end it may lack."""
    if end == 0:
        return 0, b""
    size = 1 << 12
    while True:
        start = max(0, end - size)
        tail = os.pread(handle, end - start, start)
        if tail.endswith(b"\n"):
            return end, b""
        if b"\n" in tail or start == 0:
            last = tail[tail.rfind(b"\n") + 1 :]
            if last.rstrip().endswith(b"}") and _is_json(last):
                return end, b"\n"
            return end - len(last), b""
        size *= 8


def _is_json(line: bytes) -> bool:
    import msgspec

    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True
