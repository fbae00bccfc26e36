"""Changing one setting in a YAML text or taking it out, and nothing else of it: comments and order stay."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from paperctl.config.settings import effective
from paperctl.config.table import BY_NAME, Setting, checked, from_words
from paperctl.config.yamlfile import parse
from paperctl.errors import PaperctlError, UsageError, did_you_mean
from paperctl.store.files import write_whole


def setting_named(name: str) -> Setting:
    """The setting of this name. Raises UsageError with the nearest one."""
    if name not in BY_NAME:
        message = f"no setting called {name!r}{did_you_mean(name, BY_NAME)}"
        raise UsageError(message, "`paperctl config` lists them", code="bad-config")
    return BY_NAME[name]


def read_value(setting: Setting, words: list[str]) -> Any:
    """The value that words on a command line give a setting: `a,b` or `a b` is a list, `{a: b}` a mapping."""
    text = " ".join(words)
    if setting.kind is list:
        value: Any = [part for word in words for part in word.split(",") if part.strip()]
    elif setting.kind is dict:
        value = parse(text, setting.name).plain() if text.strip() else {}
    else:
        value = from_words(setting, text)
    checked(setting, value)
    return value


def with_setting(text: str, name: str, value: object) -> str:
    """The text of a config file with one setting changed or added. Raises PaperctlError where its shape does
    not allow that."""
    import yaml

    head, _, key = name.rpartition(".")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise PaperctlError("this config file is not one of `name: value` lines", "paperctl config edit")
    holder = root
    if head and root is not None:
        holder = _value(root, head)
    if isinstance(holder, yaml.MappingNode) and (node := _value(holder, key)) is not None:
        changed = _replaced(text, node, value)
    elif not head or (root is not None and isinstance(holder, yaml.MappingNode)):
        changed = _added(text, holder, key, value)
    elif holder is not None and holder.tag.endswith(":null"):  # `list:` with nothing below it
        at = text.find("\n", holder.start_mark.index)
        at = len(text) if at < 0 else at
        changed = f"{text[:at]}\n  {key}: {_flow(value)}{text[at:]}"
    else:
        changed = f"{_ended(text)}{head}:\n  {key}: {_flow(value)}\n"
    if _read(changed, name) != value:
        raise PaperctlError(f"cannot change {name} in this file by itself", "paperctl config edit opens it")
    return changed


def without_setting(text: str, name: str) -> str:
    """The text of a config file with one setting taken out, and the name above it where nothing else stands
    below that. The same text if it does not have the setting; raises PaperctlError where its shape does not
    allow that."""
    import yaml

    head, _, key = name.rpartition(".")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return text
    holder = _value(root, head) if head else root
    if not isinstance(holder, yaml.MappingNode) or _value(holder, key) is None:
        return text
    if len(holder.value) == 1 and head:
        holder, key = root, head
    if holder.flow_style:
        raise PaperctlError(f"cannot take {name} out of this file by itself", "paperctl config edit opens it")
    at, after = _lines_of(text, holder, key)
    changed = text[:at] + text[after:]
    if _read(changed, name) is not None:
        raise PaperctlError(f"cannot take {name} out of this file by itself", "paperctl config edit opens it")
    return changed


def _lines_of(text: str, holder: Any, key: str) -> tuple[int, int]:
    """From where to where the lines of a key and its value go."""
    named, value = next(pair for pair in holder.value if pair[0].value == key)
    at = text.rfind("\n", 0, named.start_mark.index) + 1
    end = max(_end(value), named.end_mark.index)
    if text[end - 1 : end] == "\n":  # a text in lines of its own ends where the next line begins
        return at, end
    after = text.find("\n", end) + 1
    return at, after or len(text)


def validated(text: str, path: Path) -> None:
    """Raises UsageError, with the line, for a text that is no good config file."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.yaml"
        draft.write_text(text, "utf-8")
        try:
            effective(draft, environ={}, here=Path(folder))
        except UsageError as fault:
            message = fault.message.replace(str(draft), str(path))
            raise UsageError(message, fault.hint, code=fault.code) from fault


def text_of(path: Path) -> str:
    """The text of a config file; "" where there is none."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"cannot read {path}: {getattr(fault, 'strerror', None) or 'not UTF-8'}") from fault


def write(path: Path, text: str) -> None:
    """Replaces a config file whole, through links to where it is kept."""
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        write_whole(target, [text.encode()], mode)
    except OSError as fault:
        raise PaperctlError(f"cannot write {target}: {fault.strerror or fault}") from fault


def _value(mapping: Any, key: str) -> Any:
    """The node of a key's value; None if the mapping has no such key."""
    return next((value for name, value in mapping.value if name.value == key), None)


def _replaced(text: str, node: Any, value: Any) -> str:
    start, end = node.start_mark.index, _end(node)
    if text[end - 1 : end] == "\n" and end > start:  # a text in lines of its own ends where the next begins
        end -= 1
    if start == end:  # nothing stood there
        return f"{text[:start].rstrip(' ')} {_flow(value)}{text[end:]}"
    before = text[:start]
    if _in_lines(node):  # a list or mapping in lines of its own
        before = before.rstrip() + " "
    return f"{before}{_flow(value)}{text[end:]}"


def _in_lines(node: Any) -> bool:
    """Whether a value is a list or mapping that stands in lines of its own, not between brackets."""
    return isinstance(node.value, list) and not node.flow_style


def _end(node: Any) -> int:
    """Where the text of a value ends; that of a list in lines ends with its last value."""
    if _in_lines(node) and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def _added(text: str, holder: Any, key: str, value: Any) -> str:
    """The text with a key more at the end of a mapping; of the whole file if the holder is None."""
    line = f"{key}: {_flow(value)}"
    if holder is None or not holder.value:
        return f"{_ended(text)}{line}\n"
    first, (_, last) = holder.value[0], holder.value[-1]
    if holder.flow_style:
        at = _end(last)
        return f"{text[:at]}, {line}{text[at:]}"
    at = text.find("\n", _end(last))
    at = len(text) if at < 0 else at
    return f"{text[:at]}\n{' ' * first[0].start_mark.column}{line}{text[at:]}"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _flow(value: object) -> str:
    """A value in YAML, on one line, as it may stand between brackets as well."""
    import yaml

    dumped: str = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=float("inf"))
    return dumped.strip()[1:-1]


def _read(text: str, name: str) -> Any:
    held = parse(text, "the changed file").plain()
    for part in name.split("."):
        held = held.get(part) if isinstance(held, dict) else None
    return held
