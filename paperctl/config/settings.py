"""Settings: flag > PAPERCTL_* variable > paperctl.yaml here > the user's config file > default.

One table says everything there is to set; config.example.yaml is printed from it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from paperctl.errors import UsageError, did_you_mean
from paperctl.record.marks import unfit_in_name

_KIND_NAMES = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "a mapping",
    float: "a number",
    int: "a whole number",
}


class Setting(Struct, frozen=True):
    """One setting: its dotted name, default, type and what it does."""

    name: str
    default: Any
    kind: type | tuple[type, ...]
    about: str
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting("store", None, (str, type(None)), "Folder of the store; empty: the platform's user data folder."),
    Setting("color", "auto", str, "Colour on a terminal.", ("auto", "always", "never")),
    Setting("reviewer", "", str, "Your name, which every decision bears; empty: the login name."),
    Setting(
        "core.pager",
        "",
        str,
        "Pager of what is longer than the screen; empty: PAPERCTL_PAGER, PAGER or less; cat: none.",
    ),
    Setting(
        "list.fields",
        [],
        list,
        "Columns of tables and TSV; empty: id, year, title, topics and more that fit.",
    ),
    Setting("list.sort", "", str, "Sort key of `list` (year, -year, title, …); empty: in the order added."),
    Setting("load.encoding", "", str, "Encoding of dumps; empty: UTF-8 or a guess with a warning."),
    Setting("load.dedupe", True, bool, "Merge near-identical entries while loading."),
    Setting("load.tag", True, bool, "Tag papers while loading."),
    Setting(
        "dedupe.merge_above",
        0.0,
        (float, int),
        "Merge doubtful pairs that score at least this (0: ask, always).",
    ),
    Setting("export.format", "markdown", str, "Default of `export --format`."),
    Setting("export.title", "", str, "Heading of a reading list; empty: made from the query."),
    Setting("citekey.pattern", "{author}{year}{word}", str, "Cite keys of new papers; see docs/exports.md."),
    Setting("screen.keys", {}, dict, "Keys of `screen`, as {keep: k, skip: s}; see docs/screening.md."),
    Setting(
        "screen.audit", 0.05, (float, int), "Share of random papers in `screen`, to estimate what was missed."
    ),
    Setting(
        "screen.reasons", [], list, "Reasons to skip, which the keys 1 to 9 of `screen` give; in their order."
    ),
    Setting("screen.include_words", [], list, "Words that speak for a paper: `screen` shows them in green."),
    Setting("screen.exclude_words", [], list, "Words that speak against one: `screen` shows them in red."),
    Setting(
        "screen.topics",
        [],
        list,
        "Topics whose papers `screen` shows first while nothing is kept; empty: none.",
    ),
    Setting("prisma.names", {}, dict, "What sources are called in the PRISMA flow, as {march.bib: PubMed}."),
    Setting("prisma.leave_out", [], list, "Sources that do not count in the PRISMA flow."),
    Setting(
        "prisma.previous",
        {},
        dict,
        "What an updated review had before, as {studies: 12, reports: 15}.",
    ),
    Setting("history.keep", 50, int, "Changes that can be undone; at least the last 10 are kept."),
    Setting(
        "history.keep_mb", 1000, int, "Megabytes that the way back may take; older changes go beyond that."
    ),
    Setting(
        "topic_packs", [], list, "Further built-in topics to switch on; `paperctl topics --packs` lists them."
    ),
    Setting("topics", {}, dict, "Your own topics, or changes to built-in ones; see docs/topics.md."),
)
"""Every setting there is."""

BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings(Struct):
    """The effective settings: values and where each came from."""

    values: dict[str, Any]
    origin: dict[str, str]
    files: list[Path] = field(default_factory=list)

    @classmethod
    def default(cls) -> Settings:
        """The built-in values."""
        return cls({s.name: s.default for s in SETTINGS}, {s.name: "default" for s in SETTINGS})

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def set(self, name: str, value: Any, origin: str) -> None:
        """Gives a setting a value that takes precedence over the earlier one."""
        self.values[name], self.origin[name] = value, origin


def user_config_file() -> Path:
    """Where the user's own config file is looked for."""
    return _user_folder("config") / "config.yaml"


def store_folder(settings: Settings) -> Path:
    """The store's folder: the setting, else the platform's user data folder."""
    if settings["store"]:
        return Path(settings["store"]).expanduser()
    return _user_folder("data")


def _user_folder(kind: Literal["config", "data"]) -> Path:
    """Where this platform keeps what users configure, or what programs keep for them."""
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        # As platformdirs has it; importing that takes a command longer than reading ten papers.
        variable, usual = {
            "config": ("XDG_CONFIG_HOME", "~/.config"),
            "data": ("XDG_DATA_HOME", "~/.local/share"),
        }[kind]
        folder = os.environ.get(variable, "")
        return Path(folder if folder.strip() else os.path.expanduser(usual)) / "paperctl"  # noqa: PTH111 - fails nowhere
    import platformdirs

    found = platformdirs.user_config_dir if kind == "config" else platformdirs.user_data_dir
    return Path(found("paperctl"))


def reviewer_name(settings: Settings) -> str:
    """Who is at the keyboard: the setting, else the login name; empty where there is none."""
    import getpass

    name = settings["reviewer"]
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            return ""
        name = "".join(" " if unfit_in_name(sign) else sign for sign in name)
    return " ".join(name.encode("utf-8", "replace").decode().split())


def effective(
    config: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> Settings:
    """The effective settings. Raises UsageError that names the file, line and nearest known word."""
    settings = Settings.default()
    user_file = chosen_file(config, environ) or user_config_file()
    for path in (user_file, (here or Path.cwd()) / "paperctl.yaml"):
        if path.is_file():
            _read_file(settings, path)
    _read_variables(settings, environ)
    for name, value in (flags or {}).items():
        if value is not None:
            if fault := _value_fault(BY_NAME[name], value):
                raise UsageError(f"--{name} must {fault}, not {value!r}")
            settings.set(name, value, "flag")
    return settings


def chosen_file(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The config file of the flag, else of the variable. Raises UsageError if it is no file."""
    if config is None and environ.get("PAPERCTL_CONFIG"):
        config = Path(environ["PAPERCTL_CONFIG"])
    if config is not None and not config.is_file():
        raise UsageError(
            f"{config}: {'a folder, not a' if config.is_dir() else 'no such'} config file", code="bad-config"
        )
    return config


def _read_file(settings: Settings, path: Path) -> None:
    settings.files.append(path)
    for name, value in _flat(path):
        if BY_NAME[name].kind is dict:  # a project's topics join the user's
            value = {**settings.values[name], **value}
        settings.set(name, value, str(path))


def _read_variables(settings: Settings, environ: Mapping[str, str]) -> None:
    for setting in SETTINGS:
        variable = "PAPERCTL_" + setting.name.upper().replace(".", "_")
        if environ.get(variable) and setting.kind not in (dict, list):
            settings.set(setting.name, _from_text(setting, environ[variable], variable), variable)


def _flat(path: Path) -> Iterator[tuple[str, Any]]:
    """The settings in a YAML file, by dotted name, each checked against the table."""
    from paperctl.config.yamlfile import Marked, load

    tree = load(path)
    if not isinstance(tree.value, dict):
        raise UsageError(
            f"{path} line {tree.line}: settings are `name: value` lines, not {tree.kind}", code="bad-config"
        )

    def walk(prefix: str, node: Marked) -> Iterator[tuple[str, Any]]:
        for key, child in node.value.items():
            name = f"{prefix}{key.value}"
            setting = BY_NAME.get(name)
            if setting is not None:
                value = child.plain()
                if value is None:
                    value = setting.default
                checked(setting, value, f"{path} line {child.line}")
                yield name, value
            elif any(s.startswith(f"{name}.") for s in BY_NAME) and isinstance(child.value, dict | None):
                yield from walk(f"{name}.", child) if child.value else ()  # all of it commented out
            else:
                raise UsageError(
                    f"{path} line {key.line}: no setting called {name!r}{did_you_mean(name, BY_NAME)}",
                    code="bad-config",
                )

    yield from walk("", tree)


def checked(setting: Setting, value: Any, where: str) -> None:
    """Raises UsageError, with `where` the value stands, for one that the setting cannot have."""
    fault = _type_fault(setting, value) or _value_fault(setting, value)
    if fault:
        raise UsageError(f"{where}: {setting.name} must {fault}, not {value!r}", code="bad-config")


def _type_fault(setting: Setting, value: Any) -> str:
    """The type that a value must have and has not; "" for one of the right type."""
    allowed = setting.kind if isinstance(setting.kind, tuple) else (setting.kind,)
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        return f"be {_KIND_NAMES.get(allowed[0], allowed[0].__name__)}"
    if isinstance(value, list) and not all(isinstance(part, str) for part in value):
        return "be a list of words"
    return ""


def _value_fault(setting: Setting, value: Any) -> str:
    """What a value of the right type must be and is not; "" for one that the setting can have."""
    if setting.kind is int and value < 0:
        return "not be below 0"
    if setting.kind == (float, int) and not 0 <= value <= 1:
        return "lie between 0 and 1"
    if setting.choices and value not in setting.choices:
        return f"be one of {', '.join(setting.choices)}"
    if setting.name == "reviewer" and unfit_in_name(value):
        return "be a name without commas, semicolons and control signs"
    return ""


def _from_text(setting: Setting, text: str, variable: str) -> Any:
    value = from_words(setting, text)
    checked(setting, value, variable)
    return value


def from_words(setting: Setting, text: str) -> Any:
    """A text as the value of a setting; as it is where it is none of its kind."""
    value: Any = text
    if setting.kind is bool:
        value = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(
            text.lower(), text
        )
    elif setting.kind == (float, int):
        try:
            value = float(text)
        except ValueError:
            value = text
    elif setting.kind is int and text.strip().lstrip("-").isdecimal():
        value = int(text)
    return value


def example() -> str:
    """The text of config.example.yaml: every setting with its default."""
    import yaml

    lines = [
        "# Every setting of paperctl with its default.",
        "# Copy what you change to paperctl.yaml in a project's folder, or to the user config file",
        "# that `paperctl config` names. A flag or a PAPERCTL_* variable goes before both.",
    ]
    section = ""
    for setting in SETTINGS:
        head, _, name = setting.name.rpartition(".")
        if head != section:
            section = head
            lines += ["", f"{head}:"] if head else []
        indent = "  " if head else ""
        shown = yaml.safe_dump({name: setting.default}, default_flow_style=True, width=1000).strip()[1:-1]
        lines += [] if head else [""]
        lines += [f"{indent}# {setting.about}", f"{indent}{shown}"]
        if setting.choices:
            lines[-2] += f" One of: {', '.join(setting.choices)}."
    return "\n".join(lines) + "\n"
