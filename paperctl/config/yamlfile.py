"""YAML that people write: every value knows its line. Refused, although YAML allows it: duplicate keys,
aliases, several documents, tags that build objects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperctl.errors import UsageError

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
"""Lists and mappings in each other. LibYAML builds by recursion, so depth is checked before it runs."""

_QUOTED_OR_COMMENT = re.compile(r""" "(?:[^"\\]|\\.)*" | '[^']*' | (?:^|\s)\#.* """, re.X)
_QUOTABLE = re.compile(r"""^\s*(?:-\s+)*(?:[^\s'"#:][^'"#:]*:\s+)?[*&@`%!]""")
"""A value that begins with a sign that has a meaning in YAML."""
_COLON_IN_VALUE = re.compile(r"""^\s*(?:-\s+)*[^'"#\[{]*:\s[^'"#\[{]*:(?:\s|$)""")


class Malformed(UsageError):
    """What is wrong with a YAML text, and on which line (from 1)."""

    code = "bad-config"

    def __init__(self, name: str, line: int, reason: str, hint: str | None = None) -> None:
        super().__init__(f"{name} line {line}: {reason}", hint)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML value with the line (from 1) it stands on. `value` is a scalar, a list of `Marked`, or
    a dict from `Marked` to `Marked`."""

    value: Any
    line: int

    @property
    def kind(self) -> str:
        names = {dict: "a mapping", list: "a list", str: "text", bool: "true/false", type(None): "nothing"}
        return names.get(type(self.value), "a number")

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, dict):
            return {k.value: v.plain() for k, v in self.value.items()}
        if isinstance(self.value, list):
            return [v.plain() for v in self.value]
        return self.value

    def __hash__(self) -> int:
        return hash((str(self.value), self.line))


def load(path: Path) -> Marked:
    """The one document of a YAML file; an empty file is an empty mapping. Raises UsageError."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror or fault}") from fault
    if len(raw) > MAX_BYTES:
        raise UsageError(f"{path}: a config file of over 1 MiB is not one")
    return parse(raw.decode("utf-8", "replace"), str(path))


def parse(text: str, name: str) -> Marked:
    """The one document of a YAML text, `name` standing for it in messages. Raises Malformed."""
    import yaml

    _refuse_deep_lines(text, name)
    kind = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = kind(text)
    try:
        _refuse(yaml.parse(text, Loader=kind), name)
        node = loader.get_single_node()
        return Marked({}, 1) if node is None else _marked(node, loader, name)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise Malformed(name, line, str(fault.problem or fault.context), _hint(text, line)) from fault
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError) as fault:  # a tag that does not fit
        raise Malformed(name, 1, f"not YAML ({str(fault).splitlines()[0]})") from fault
    finally:
        loader.dispose()


def _refuse(events: Any, name: str) -> None:
    """Looks at a text before anything is built of it, so that nothing can blow up."""
    import yaml

    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            reason = "aliases (*name) are not read in config files; write the value out"
            raise Malformed(name, line, reason, "a phrase that begins with * goes in quotes")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise Malformed(name, line, "nested too deep")


def _refuse_deep_lines(text: str, name: str) -> None:
    """Refuses a line of many open brackets: the parser reads up to 1,024 characters of a line before its
    first event, so the check of events comes too late for it."""
    for number, line in enumerate(text.splitlines(), 1):
        depth = deepest = 0
        for char in _QUOTED_OR_COMMENT.sub("", line) if line.count("[") + line.count("{") > MAX_DEPTH else "":
            depth += (char in "[{") - (char in "]}")
            deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise Malformed(name, number, "nested too deep")


def _hint(text: str, line: int) -> str | None:
    """How to mend the line that the parser stopped at, or the one before, judged by its text."""
    lines = text.splitlines()
    for near in (lines[n - 1] for n in (line, line - 1) if 0 < n <= len(lines)):
        if "\t" in near[: len(near) - len(near.lstrip())]:
            return "indent with blanks, not with tabs"
        if _QUOTABLE.search(near):
            return "put the phrase in quotes"
        if _COLON_IN_VALUE.search(near):
            return "put a phrase with a colon in quotes"
    return None


def _marked(node: Any, loader: Any, name: str) -> Marked:
    import yaml

    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Marked, Marked] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = _marked(key_node, loader, name)
            if not isinstance(key_node, yaml.ScalarNode):
                raise Malformed(name, key.line, "a key must be a word", "put it in quotes")
            if str(key.value) in seen:
                raise Malformed(name, key.line, f"{key.value!r} stands twice", "merge the two")
            seen.add(str(key.value))
            mapping[key] = _marked(value_node, loader, name)
        return Marked(mapping, line)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(child, loader, name) for child in node.value], line)
    return Marked(loader.construct_object(node), line)
