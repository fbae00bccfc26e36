"""Single values of topic rules as a user wrote them: lists, names, texts, numbers.

A value of the wrong kind is added to `problems`, and the topic keeps the value it had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paperctl.topics.problems import Problem, described
from paperctl.topics.rules import THRESHOLD, TITLE


def items_of(name: str, key: str, body: Mapping[Any, object], problems: list[Problem]) -> Sequence[object]:
    value = body.get(key)
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence):
        return value
    problems.append(
        Problem((name, key), f"{key} must be a list, not {described(value)}", f"as in `{key}: [one, two]`")
    )
    return ()


def names_of(
    name: str, key: str, body: Mapping[Any, object], base: tuple[str, ...], problems: list[Problem]
) -> tuple[str, ...]:
    found = list(base)
    for i, value in enumerate(items_of(name, key, body, problems)):
        if not isinstance(value, str) or not value.strip():
            problems.append(Problem((name, key, i), f"{key} must name topics, not {described(value)}"))
        elif value.strip() not in found:
            found.append(value.strip())
    return tuple(found)


def text_of(name: str, key: str, body: Mapping[Any, object], default: str, problems: list[Problem]) -> str:
    value = body.get(key, default)
    if isinstance(value, str) and value.strip():
        return value.strip()
    if value != default:
        problems.append(Problem((name, key), f"{key} must be a text, not {described(value)}"))
    return default


def number_of(
    name: str,
    key: str,
    body: Mapping[Any, object],
    default: float,
    problems: list[Problem],
    low: float,
    high: float,
) -> float:
    value = body.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        usual = THRESHOLD if key == "threshold" else TITLE
        problems.append(
            Problem(
                (name, key),
                f"{key} must be a number from {low:g} to {high:g}, not {described(value)}",
                f"usual: {usual:g}",
            )
        )
        return default
    return float(value)
