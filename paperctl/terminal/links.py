"""Opening a paper's page in the browser, where there is one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from paperctl.record import Record
from paperctl.record.links import code_links, link

_FILES = ("file", "pdf", "path", "attachment", "attachments", "file_attachments")
"""What dumps call the file of a paper; JabRef and Zotero write `name:path:type`, several parted by `;`."""


def file_of(record: Record) -> str | None:
    """The paper's own file, where a dump names one that is on this machine."""
    for name in _FILES:
        held = record["extra"].get(name)
        for text in held if isinstance(held, list) else [held]:
            for part in re.split(r"[;:]", text) if isinstance(text, str) else ():
                if part.startswith(("/", "~")) and (path := Path(part).expanduser()).is_file():
                    return str(path)
    return None


def place_of(record: Record) -> str:
    """Where a paper is to be read: its link, else its file, else its code; "" if nowhere."""
    return link(record) or file_of(record) or next(iter(code_links(record)), "")


def open_link(url: str) -> str:
    """Opens a link in the browser if there is a desktop; gives a line that says what was done."""
    if not url:
        return "this paper has no link"
    if sys.platform == "darwin":
        command = "open"
    elif any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")):
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
