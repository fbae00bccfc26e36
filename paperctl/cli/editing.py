"""A text written in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from paperctl.errors import NoTerminal, PaperctlError


def edited(text: str, suffix: str) -> str:
    """The text as the user left it in $VISUAL or $EDITOR. Raises PaperctlError where that fails."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    if not sys.stdin.isatty() and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise NoTerminal("--edit needs a terminal, or an editor named by EDITOR")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"paperctl{suffix}"
        path.write_text(text, "utf-8")
        try:
            status = subprocess.call([*shlex.split(command), str(path)])
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or fault
            raise PaperctlError(f"cannot start the editor {command!r}: {why}", "set EDITOR") from fault
        if status:
            raise PaperctlError(f"the editor {command!r} ended with {status}; nothing was changed")
        return path.read_bytes().decode("utf-8", "replace")
