"""What long work calls to say how far it is, and to pass a message to the user."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the name of a step and the share of it that is done, 0 to 1."""
Notify = Callable[[str], None]
"""Called with a message for the user, one line."""


def no_progress(step: str, share: float) -> None:
    """A `Progress` that shows nothing."""


def no_message(line: str) -> None:
    """A `Notify` that shows nothing."""
