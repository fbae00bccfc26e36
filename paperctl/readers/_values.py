"""Values that say something, apart from those that do not."""

from __future__ import annotations

import re
from typing import Unpack

from paperctl.record.items import Object, Raw, as_raw

EMPTY: tuple[object, ...] = (None, "", [], {})
"""Values that say nothing."""
BLANKS = frozenset(("nan", "NaN", "NaT", "NA", "N/A", "n/a", "<NA>", "#N/A", "None", "null"))
"""What data frames write for nothing."""
_NUMBER_OF_DBLP = re.compile(r" \d{4}$")


def filled(**values: object) -> Object:
    """The values that are not empty, zero or false."""
    return {name: value for name, value in values.items() if value}


def stated(**fields: Unpack[Raw]) -> Raw:
    """The same of an entry's fields."""
    return as_raw(filled(**fields))


def unnumbered(name: str) -> str:
    """A name without the number that dblp gives people of the same name: "Wei Wang 0001"."""
    return _NUMBER_OF_DBLP.sub("", name)
