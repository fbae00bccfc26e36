"""Examples of every command, as its help, the page of commands and the manual show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

EXAMPLES: dict[str, tuple[str, ...]] = {
    "load": (
        "paperctl load march.bib pages/ scopus.csv.gz",
        "pbpaste | paperctl load -",
        "paperctl load --enrich arxiv-metadata.jsonl.gz",
        "paperctl load -n --explain page.txt",
    ),
    "list": (
        "paperctl list topic:peft has:code year:2023..",
        "paperctl list new: --sort -year --limit 20",
        "paperctl list decision:keep --ids | paperctl open -",
    ),
    "search": (
        "paperctl search 'low rank adaptation' year:2021..",
        "paperctl search '\"mixture of experts\" -survey' --limit 10",
    ),
    "similar": ("paperctl similar 2106.09685", "paperctl similar decision:keep --explain"),
    "show": ("paperctl show 2106.09685", "paperctl show https://openreview.net/forum?id=nZeVKeeFYf9 --json"),
    "open": ("paperctl open 2106.09685", "paperctl open --code f0f6"),
    "screen": ("paperctl screen topic:llm -topic:quantization", "paperctl screen @mine decision:none"),
    "browse": ("paperctl browse topic:peft",),
    "mark": (
        "paperctl mark keep 2106.09685 --note 'read first'",
        "paperctl list venue:workshop --ids | paperctl mark skip - --reason 'workshop'",
        "paperctl mark reading f0f6",
    ),
    "note": ("paperctl note f0f6 'compare with table 3'", "paperctl note f0f6 --edit"),
    "label": ("paperctl label",),
    "label add": ("paperctl label add to-discuss -- f0f6 2106.09685",),
    "label remove": ("paperctl label remove to-discuss -- f0f6",),
    "tag": ("paperctl tag",),
    "tag add": ("paperctl tag add peft llm -- 2106.09685",),
    "tag remove": ("paperctl list venue:hotels --ids | paperctl tag remove llm -- -",),
    "tag forget": ("paperctl tag forget peft -- 2106.09685",),
    "tag review": ("paperctl tag review peft --limit 10",),
    "tag eval": ("paperctl tag eval gold.jsonl",),
    "topics": ("paperctl topics", "paperctl topics --rules"),
    "topics suggest": ("paperctl topics suggest peft",),
    "topics explain": ("paperctl topics explain 2106.09685",),
    "dedupe": ("paperctl dedupe -n --explain", "paperctl dedupe --plan plan.txt"),
    "dedupe review": ("paperctl dedupe review",),
    "dedupe split": ("paperctl dedupe split f0f6",),
    "dedupe why": ("paperctl dedupe why f0f6 2106.09685",),
    "export": (
        "paperctl export decision:keep -o reading-list.md",
        "paperctl export topic:peft -f bibtex > peft.bib",
        "paperctl export --group-by year --title 'To read'",
    ),
    "stats": ("paperctl stats", "paperctl stats topic:peft --json"),
    "query": ("paperctl query",),
    "query save": ("paperctl query save mine 'topic:peft,quantization year:2023..'", "paperctl list @mine"),
    "query list": ("paperctl query list",),
    "query rm": ("paperctl query rm mine",),
    "rm": ("paperctl rm f0f6", "paperctl rm -n source:wrong.bib", "paperctl rm source:wrong.bib --yes"),
    "log": ("paperctl log --limit 5",),
    "undo": ("paperctl undo", "paperctl undo -n 3"),
    "redo": ("paperctl redo", "paperctl redo 2"),
    "check": ("paperctl check", "paperctl check --repair"),
    "config": ("paperctl config",),
    "config get": ("paperctl config get list.sort",),
    "config set": (
        "paperctl config set list.sort -year",
        "paperctl config set screen.reasons 'no data,wrong field'",
    ),
    "config unset": ("paperctl config unset list.sort",),
    "config edit": ("paperctl config edit",),
    "config check": ("paperctl config check",),
    "config example": ("paperctl config example > paperctl.yaml",),
    "completion": ('eval "$(paperctl completion bash)"', "paperctl completion fish | source"),
    "help": ("paperctl help queries", "paperctl help label add"),
    "schema": ("paperctl schema", "paperctl schema record"),
    "dedupe report": ("paperctl dedupe report -o merges.html",),
    "audit": ("paperctl audit -o audit-2026/",),
    "mcp": ("paperctl mcp",),
    "bulk": ("paperctl help scale",),
    "bulk dedupe": ("paperctl bulk dedupe snapshot.parquet -o works/ --engine duckdb",),
    "bulk tag": ("paperctl bulk tag snapshot.jsonl.gz -o tagged/",),
}
"""The name of a command, with that of a command of it, to what one types."""


def with_examples(command: Any, name: str) -> Any:
    """The command, whose help ends with its examples; so do those of its own commands."""
    shown = command.format_epilog

    def format_epilog(ctx: Any, formatter: Any) -> None:
        if lines := EXAMPLES.get(name):
            with formatter.section("Examples"):
                for line in lines:
                    formatter.write(f"  {line}\n")
        shown(ctx, formatter)

    command.format_epilog = format_epilog
    for inner_name, inner in getattr(command, "commands", {}).items():
        with_examples(inner, f"{name} {inner_name}")
    return command


def commands_of(root: Any, names: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Every command by its name, with the commands of those that have some behind them."""
    for name in names:
        command = root.get_command(None, name)
        yield name, command
        yield from ((f"{name} {inner}", found) for inner, found in getattr(command, "commands", {}).items())
