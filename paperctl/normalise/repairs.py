"""What was mended: a list of short phrases, each once."""

from __future__ import annotations


def note(repairs: list[str], phrase: str) -> None:
    if phrase not in repairs:
        repairs.append(phrase)
