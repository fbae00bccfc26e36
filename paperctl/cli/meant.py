"""What was meant by a query that finds nothing, where it reads as something else."""

from __future__ import annotations

import re
import shlex

from paperctl.errors import UsageError
from paperctl.exports import export, names
from paperctl.query import parse
from paperctl.record.fields import canonical

_COMPARED = re.compile(r'(?:^|\s)(\w+)\s*(==?|[<>]=?)\s*("[^"]*"|[^\s()]+)')
"""A field compared as other programs write it: `year>=2022`, `author = hu`."""


def meant_by(text: str) -> str:
    """What to type in place of a query: a field's term, or the option for a format or a file; "" if nothing
    comes to mind."""
    for word, sign, value in _COMPARED.findall(text):
        term = f"{canonical(word)}:{'' if sign.startswith('=') else sign}{value}"
        if canonical(word) and _is_query(term):
            return f"for the field: {term}"
    *others, last = text.split()
    if last.lower() in names():
        return f"for the format: -f {last.lower()}"
    # Only for what may be a file's name: it reads all formats, which takes as long as the search.
    if "." in last and any(last.lower().endswith(suffix) for suffix in _suffixes()):
        return f"to write a file: {shlex.join(['paperctl', 'export', *others, '-o', last])}"
    return ""


def _suffixes() -> list[str]:
    return [suffix for name in names() if (suffix := export(name).SUFFIX)]


def _is_query(text: str) -> bool:
    try:
        parse(text)
    except UsageError:
        return False
    return True
