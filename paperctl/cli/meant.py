"""What was meant by a query that finds nothing, where it reads as something else."""

from __future__ import annotations

import re

from paperctl.exports import export, names
from paperctl.record.fields import canonical

_COMPARED = re.compile(r"(?:^|\s)(\w+)\s*(==?|[<>]=?)\s*([\w.-]+)")
"""A field compared as other programs write it: `year>=2022`, `author = hu`."""


def meant_by(text: str) -> str:
    """What to type in place of a query: a field's term, or the option for a format or a file; "" if nothing
    comes to mind."""
    for word, sign, value in _COMPARED.findall(text):
        if field := canonical(word):
            return f"for the field: {field}:{'' if sign.startswith('=') else sign}{value}"
    last = text.split()[-1]
    if last.lower() in names():
        return f"for the format: -f {last.lower()}"
    if any(suffix and last.lower().endswith(suffix) for suffix in (export(name).SUFFIX for name in names())):
        return f"to write a file: paperctl export -o {last}"
    return ""
