"""What a user reads when a query is wrong: the query, and a caret under the fault."""

from __future__ import annotations

from paperctl.errors import UsageError
from paperctl.text.width import width

_SHOWN = 60
_BEFORE = 25


def fault(
    query: str, at: tuple[int, int], message: str, hint: str | None = None, code: str = "bad-query"
) -> UsageError:
    """An error whose message shows the query with carets under the characters `at[0]:at[1]`.

    Of a long query only the surroundings of the fault are shown. The carets stand right under
    wide characters too.
    """
    shown = "".join(c if c.isprintable() else " " for c in query)
    first, last = at
    if len(shown) > _SHOWN:
        cut = max(0, min(first - _BEFORE, len(shown) - _SHOWN))
        shown = ("…" if cut else "") + shown[cut : cut + _SHOWN] + ("…" if cut + _SHOWN < len(shown) else "")
        first, last = (p - cut + (1 if cut else 0) for p in at)
    under = shown[first:last]
    carets = " " * width(shown[:first]) + "^" * max(1, width(under))
    return UsageError(f"{message}\n  {shown}\n  {carets}", hint, code=code)
