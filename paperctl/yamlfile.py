"""YAML that people write: every value knows its line, and what YAML lets through but nobody means
is refused — duplicate keys, aliases that multiply, several documents, tags that build objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperctl.errors import UsageError

MAX_BYTES = 1 << 20


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
    """The one document of a YAML text, `name` standing for it in messages. Raises UsageError."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=type(loader))):
            raise UsageError(f"{name}: aliases (*name) are not read in config files; write the value out")
        node = loader.get_single_node()
        return Marked({}, 1) if node is None else _marked(node, loader, name)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise UsageError(f"{name} line {line}: {fault.problem or fault.context}") from fault
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError) as fault:  # a tag that does not fit
        raise UsageError(f"{name}: not YAML ({str(fault).splitlines()[0]})") from fault
    finally:
        loader.dispose()


def _marked(node: Any, loader: Any, name: str) -> Marked:
    import yaml

    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Marked, Marked] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = _marked(key_node, loader, name)
            if str(key.value) in seen:
                raise UsageError(f"{name} line {key.line}: {key.value!r} stands twice")
            seen.add(str(key.value))
            mapping[key] = _marked(value_node, loader, name)
        return Marked(mapping, line)
    if isinstance(node, yaml.SequenceNode):
        return Marked([_marked(child, loader, name) for child in node.value], line)
    return Marked(loader.construct_object(node), line)
