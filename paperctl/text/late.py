"""Regular expressions compiled when they are first used.

Compiling takes a command longer than reading ten papers, and most commands use few of the patterns of
the modules that they import. For modules that every command imports.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Late:
    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by copy and pickle: of those nothing is compiled
            raise AttributeError(name)
        found = self.__dict__[name] = getattr(re.compile(self._source, self._flags), name)
        return found


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, but for the time: a fault of the pattern shows when it is first used."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
