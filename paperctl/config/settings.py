"""Settings: flag > PAPERCTL_* variable > paperctl.yaml here > the user's config file > default."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from paperctl.config.table import BY_NAME, SETTINGS, Setting, checked, from_words, value_fault
from paperctl.errors import UsageError, did_you_mean
from paperctl.record.marks import unfit_in_name


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

    def set(self, name: str, value: object, origin: str) -> None:
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
    flags: Mapping[str, object] | None = None,
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
            if fault := value_fault(BY_NAME[name], value):
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


def _from_text(setting: Setting, text: str, variable: str) -> Any:
    value = from_words(setting, text)
    checked(setting, value, variable)
    return value
