"""The one table of all there is to set. Config files, variables, flags, `paperctl config` and
config.example.yaml read it: a new setting is one line here."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from paperctl.errors import UsageError
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
        "screen.words",
        {},
        dict,
        "Further words by query, as {'topic:peft': {include: [adapter], exclude: [survey]}}.",
    ),
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


def checked(setting: Setting, value: object, where: str = "") -> None:
    """Raises UsageError, with `where` the value stands, for one that the setting cannot have."""
    fault = _type_fault(setting, value) or value_fault(setting, value)
    if fault:
        place = f"{where}: " if where else ""
        raise UsageError(f"{place}{setting.name} must {fault}, not {value!r}", code="bad-config")


def _type_fault(setting: Setting, value: object) -> str:
    """The type that a value must have and has not; "" for one of the right type."""
    allowed = setting.kind if isinstance(setting.kind, tuple) else (setting.kind,)
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        return f"be {_KIND_NAMES.get(allowed[0], allowed[0].__name__)}"
    if isinstance(value, list) and not all(isinstance(part, str) for part in value):
        return "be a list of words"
    return ""


def value_fault(setting: Setting, value: Any) -> str:
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
