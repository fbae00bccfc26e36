"""The message on a path that leads to no file."""

from __future__ import annotations

import re
from pathlib import Path

from paperctl.errors import did_you_mean
from paperctl.text.patterns import ARXIV, DOI_PREFIX

_NUMBER = re.compile(rf"(?:arxiv:)?{ARXIV}(?:v\d+)?|{DOI_PREFIX}\S+", re.I)
"""Identifiers of papers: arXiv's and DOIs."""
_LIKE = 0.7
"""How much of a name must be so to be proposed: folders hold many short names."""


def no_such_file(path: str | Path) -> str:
    """That there is no such file, with the path of one in its folder that may be meant."""
    where = Path(path)
    if _NUMBER.fullmatch(str(path)):
        return f"no such file; files are read: `paperctl show {path}` finds a paper of the store"
    try:
        there = [str(path) for path in where.parent.iterdir() if path.name[0] != "."]
    except OSError:
        return f"no such file; there is no folder {where.parent} that can be read"
    return f"no such file{did_you_mean(str(where), there, _LIKE)}; check the path; `-` reads stdin"
