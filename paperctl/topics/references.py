"""Topics that name other topics: unknown ones, missing parents, and those that need themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from paperctl.topics.problems import Problem, unknown
from paperctl.topics.rules import Topic


def wrong_references(
    topics: Mapping[str, Topic], changed: Sequence[str], off: Iterable[str]
) -> list[Problem]:
    problems = []
    gone = set(off)
    for name in changed:
        for key in ("implies", "suggests", "needs"):
            for i, other in enumerate(cast("tuple[str, ...]", getattr(topics[name], key))):
                if other not in topics and other not in gone:
                    problems.append(
                        unknown((name, key, i), f"topic {name} {key} an unknown topic", other, topics)
                    )
        parent = topics[name].parent
        if parent and parent not in topics and parent not in gone:
            problems.append(unknown((name,), f"sub-topic {name} of an unknown parent topic", parent, topics))
        if _needs_itself(name, topics):
            problems.append(Problem((name, "needs"), f"topic {name} needs itself, so no paper can have it"))
    return problems


def _needs_itself(name: str, topics: Mapping[str, Topic]) -> bool:
    seen: set[str] = set()
    queue = list(topics[name].needs)
    while queue:
        other = queue.pop()
        if other == name:
            return True
        if other not in seen and other in topics:
            seen.add(other)
            queue += topics[other].needs
    return False
