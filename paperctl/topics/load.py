"""Rules from where they stand: built-in packs, a user's mapping, a YAML text checked line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from paperctl.errors import UsageError
from paperctl.topics.check import Path, Problem, read_topics
from paperctl.topics.rules import Rules, Topic, nearest

CORE = "core"
_FOLDER = resources.files("paperctl.topics").joinpath("packs")
MAX_BYTES = 1 << 20
MAX_DEPTH = 20


def pack_names() -> list[str]:
    """Names of the packs that `topic_packs:` can switch on."""
    files = _FOLDER.iterdir()
    return sorted(
        f.name.removesuffix(".yaml") for f in files if f.name.endswith(".yaml") and f.name != f"{CORE}.yaml"
    )


def load_rules(user_topics: Mapping[str, Any] | None = None, packs: Sequence[str] = ()) -> Rules:
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
        raise UsageError(f"{where}: {first.message}{more}", first.hint)
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
    text is topics. Aliases, keys given twice and absurd sizes are refused before anything is built.
    """
    import yaml

    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return [Problem((), "topics file larger than 1 MB", None, 1)]
    try:
        lines, problems = _lines(text)
        if problems:
            return problems
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as fault:
        mark: Any = fault.problem_mark or fault.context_mark
        return [
            Problem(
                (),
                f"not YAML: {fault.problem or fault.context}",
                _yaml_hint(fault),
                mark.line + 1 if mark else 1,
            )
        ]
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        return [Problem((), f"not YAML: {str(fault).splitlines()[0]}", None, 1)]
    root: Path = (inside,) if inside else ()
    if inside:
        data = data.get(inside) if isinstance(data, Mapping) else None
    known = dict(_pack(CORE))
    for name in packs:
        known |= _pack(name)
    _, problems = read_topics(data, known)
    return sorted(
        (replace(p, line=_nearest_line(lines, root + p.path)) for p in problems), key=lambda p: p.line or 0
    )


def _yaml_hint(fault: Any) -> str | None:
    said = f"{fault.problem} {fault.context}"
    if "cannot start any token" in said or "alias" in said:
        return "put the phrase in quotes"
    if "mapping values are not allowed" in said:
        return "put a phrase with a colon in quotes"
    return None


def _nearest_line(lines: Mapping[Path, int], path: Path) -> int | None:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _lines(text: str) -> tuple[dict[Path, int], list[Problem]]:
    """The line of every key and list entry, from YAML events: nothing is built, so nothing can blow up."""
    import yaml

    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    # One frame for each open collection: its path, the key waiting for its value, keys seen, next place.
    frames: list[tuple[Path, list[str | None], set[str], list[int] | None]] = []

    def place(event: Any) -> Path:
        if not frames:
            return ()
        path, key, _, index = frames[-1]
        if index is not None:
            at: Path = (*path, index[0])
            index[0] += 1
        else:
            at = (*path, key[0] or "")
            key[0] = None
        lines.setdefault(at, _line(event))
        return at

    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return lines, [
                Problem((), "aliases (& and *) are not allowed", "write it out, or put it in quotes", line)
            ]
        if isinstance(event, yaml.ScalarEvent):
            if frames and frames[-1][3] is None and frames[-1][1][0] is None:
                path, key, seen, _ = frames[-1]
                if event.value in seen:
                    problems.append(
                        Problem(
                            (*path, event.value), f"key given twice: {event.value}", "merge the two", line
                        )
                    )
                seen.add(event.value)
                key[0] = event.value
                lines[(*path, event.value)] = line
            else:
                place(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if frames and frames[-1][3] is None and frames[-1][1][0] is None:
                return lines, [Problem((), "a key must be a word", "put it in quotes", line)]
            if len(frames) >= MAX_DEPTH:
                return lines, [Problem((), "nested too deep", None, line)]
            at = place(event)
            index = [0] if isinstance(event, yaml.SequenceStartEvent) else None
            frames.append((at, [None], set(), index))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            frames.pop()
    return lines, problems


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
