"""Rules from where they stand: built-in packs, a user's mapping, a YAML text checked line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from paperctl.errors import UsageError, nearest
from paperctl.topics.check import read_topics, sound_ones
from paperctl.topics.problems import Path, Problem
from paperctl.topics.rules import Rules, Topic
from paperctl.topics.soundness import doubts

if TYPE_CHECKING:
    from paperctl.config.yamlfile import Marked

CORE = "core"
_FOLDER = resources.files("paperctl.topics").joinpath("packs")


def pack_names() -> list[str]:
    """Names of the packs that `topic_packs:` can switch on."""
    files = _FOLDER.iterdir()
    return sorted(
        f.name.removesuffix(".yaml") for f in files if f.name.endswith(".yaml") and f.name != f"{CORE}.yaml"
    )


def load_rules(user_topics: Mapping[str, object] | None = None, packs: Sequence[str] = ()) -> Rules:
    """The built-in topics, those of the packs named, and the user's own, which add to them or change them.

    Raises UsageError naming the first mistake; `check_text` names all of them with their lines.
    """
    topics: dict[str, Topic] = dict(_pack(CORE))
    for name in packs:
        topics |= _pack(name)
    topics, problems = read_topics(user_topics, topics)
    if problems:
        first = problems[0]
        where = ".".join(["topics", *map(str, first.path)])
        more = f"; {len(problems) - 1} more" if len(problems) > 1 else ""
        raise UsageError(f"{where}: {first.message}{more}", first.hint, code="bad-config")
    # References to topics that were switched off are dropped; to unknown ones they were refused above.
    return Rules({n: _known_only(t, topics) for n, t in topics.items()})


def _known_only(topic: Topic, topics: Mapping[str, Topic]) -> Topic:
    return replace(
        topic,
        implies=tuple(n for n in topic.implies if n in topics),
        suggests=tuple(n for n in topic.suggests if n in topics),
        needs=tuple(n for n in topic.needs if n in topics),
    )


@cache
def _pack(name: str) -> dict[str, Topic]:
    import yaml

    file = _FOLDER.joinpath(f"{name}.yaml")
    if name != CORE and name not in pack_names():
        near = nearest(str(name), pack_names())
        raise UsageError(
            f"unknown topic pack: {name}",
            f"did you mean {near}?" if near else f"packs: {', '.join(pack_names())}",
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    known = {} if name == CORE else _pack(CORE)
    topics, problems = read_topics(yaml.load(file.read_text("utf-8"), loader), known, f"{name} pack")
    if problems:
        raise UsageError(f"topic pack {name}: {problems[0]}")
    return {n: t for n, t in topics.items() if n not in known}


def check_text(text: str, packs: Sequence[str] = (), *, inside: str | None = "topics") -> list[Problem]:
    """Every mistake in the topics of a YAML text, each with its line and the nearest known word.

    `inside` names the key that holds the topics (the config file's `topics:`); None when the whole
    text is topics. Of a text that is not sound YAML only the first mistake is named.
    """
    from paperctl.config.yamlfile import MAX_BYTES, Malformed, parse

    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return [Problem((), "topics file larger than 1 MB", None, 1)]
    try:
        tree = parse(text, "topics")
    except Malformed as fault:
        return [Problem((), fault.reason, fault.hint, fault.line)]
    lines = _lines(tree)
    data = tree.plain()
    root: Path = (inside,) if inside else ()
    if inside:
        data = data.get(inside) if isinstance(data, Mapping) else None
    known = dict(_pack(CORE))
    for name in packs:
        known |= _pack(name)
    topics, problems = read_topics(data, known)
    if isinstance(data, Mapping):
        problems += doubts(topics, sound_ones(data, topics, problems))
    return sorted(
        (replace(p, line=_nearest_line(lines, root + p.path)) for p in problems), key=lambda p: p.line or 0
    )


def _nearest_line(lines: Mapping[Path, int], path: Path) -> int | None:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _lines(node: Marked, path: Path = ()) -> dict[Path, int]:
    """The line of every key and list entry."""
    lines = {path: node.line}
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            at = (*path, str(key.value))
            lines |= _lines(child, at) | {at: key.line}
    elif isinstance(node.value, list):
        for i, child in enumerate(node.value):
            lines |= _lines(child, (*path, i))
    return lines
