"""paperctl: from thousands of submissions to the twenty papers worth reading.

`import paperctl as pc` gives `pc.read`, `pc.records`, `pc.dedupe`, `pc.keys`, `pc.compare`, `pc.tag`,
`pc.search`, `pc.export` and `pc.Library`; each is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0.dev0"

if TYPE_CHECKING:
    from paperctl.api.duplicates import Deduplicated, compare, dedupe, keys
    from paperctl.api.exports import export
    from paperctl.api.library import Library
    from paperctl.api.records import read, records
    from paperctl.api.search import search
    from paperctl.api.topics import tag

__all__ = [
    "Deduplicated",
    "Library",
    "compare",
    "dedupe",
    "export",
    "keys",
    "read",
    "records",
    "search",
    "tag",
]

_ROOM = {
    "read": "records",
    "records": "records",
    "Deduplicated": "duplicates",
    "compare": "duplicates",
    "dedupe": "duplicates",
    "keys": "duplicates",
    "tag": "topics",
    "search": "search",
    "export": "exports",
    "Library": "library",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _ROOM:
        raise AttributeError(f"module 'paperctl' has no attribute {name!r}")
    return getattr(import_module(f"paperctl.api.{_ROOM[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
