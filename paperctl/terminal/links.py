"""Opening a paper's page in the browser, where there is one."""

from __future__ import annotations

import os
import subprocess
import sys


def open_link(url: str) -> str:
    """Opens a link in the browser if there is a desktop; gives a line that says what was done."""
    if not url:
        return "this paper has no link"
    if sys.platform == "darwin":
        command = "open"
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        command = "xdg-open"
    else:
        return url
    try:
        subprocess.Popen(
            [command, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return url
    return f"opened {url}"
