"""YAML that people write: every value knows its line, and what YAML lets through but nobody means
is refused — duplicate keys, aliases that multiply, several documents, tags that build objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperctl.errors import UsageError

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
"""Lists and mappings in each other. LibYAML builds by recursion, and dies of a line of brackets."""


class Malformed(UsageError):
    """What is wrong with a YAML text, and on which line (from 1)."""

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

    kind = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = kind(text)
    try:
        _refuse(yaml.parse(text, Loader=kind), name)
        node = loader.get_single_node()
        return Marked({}, 1) if node is None else _marked(node, loader, name)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        reason = str(fault.problem or fault.context)
        raise Malformed(name, mark.line + 1 if mark else 1, reason, _hint(fault)) from fault
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


def _hint(fault: Any) -> str | None:
    said = f"{fault.problem} {fault.context}"
    if "cannot start any token" in said or "alias" in said:
        return "put the phrase in quotes"
    if "mapping values are not allowed" in said:
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
