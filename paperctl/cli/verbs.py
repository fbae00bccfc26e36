"""The verbs, apart from what they need: their names are completed before anything else is imported."""

from __future__ import annotations

VERBS = {
    "load": "Read dumps into the store.",
    "list": "Papers that match a query, as a table.",
    "search": "The same, best match first.",
    "similar": "Papers like these, best first.",
    "show": "One paper whole.",
    "open": "A paper's page in the browser.",
    "screen": "Decide on one paper at a time, best next first.",
    "browse": "Look through papers on the whole screen.",
    "mark": "Keep, skip, maybe or clear; todo, reading, read.",
    "note": "Add to a paper's note.",
    "label": "Labels of your own on papers.",
    "tag": "Apply the topic rules, or correct them by hand.",
    "topics": "The topics with their counts and rules.",
    "dedupe": "Find and merge duplicates in the whole store.",
    "bulk": "Deduplicate and tag snapshots of any size.",
    "export": "Write a reading list, or another format.",
    "stats": "The funnel, and papers by topic, year and source.",
    "query": "Queries kept under a name: @NAME.",
    "rm": "Take papers out; undo brings them back.",
    "audit": "A folder with all that a methods section asks for.",
    "log": "What changed, when, and by whom.",
    "undo": "Take the last change back, or several.",
    "redo": "Do again what was undone.",
    "check": "Verify the store; --repair mends it.",
    "config": "Effective settings and where each came from.",
    "completion": "Completion for bash, zsh and fish.",
    "help": "Help on a command or a topic.",
    "schema": "The shapes of what --json prints.",
    "mcp": "Serve the store to agents (Model Context Protocol).",
}
"""Every verb with its line in the help; its module is `paperctl.cli.VERB`."""

SYNONYMS = {"find": "search", "add": "load", "import": "load", "ls": "list"}
"""What people type first. No other word is taken for a command: a guess could change something."""

MEANT = {
    **dict.fromkeys(("delete", "del", "remove", "drop"), "rm"),
    **dict.fromkeys(("view", "cat", "info", "get", "print"), "show"),
    **dict.fromkeys(("history", "changes"), "log"),
    **dict.fromkeys(("status", "count", "summary", "report"), "stats"),
    **dict.fromkeys(("merge", "duplicates", "deduplicate"), "dedupe"),
    **dict.fromkeys(("ingest", "parse"), "load"),
    **dict.fromkeys(("save", "write", "output", "render", "convert"), "export"),
    **dict.fromkeys(("decide", "star"), "mark"),
    **{decision: f"mark {decision}" for decision in ("keep", "skip", "maybe")},
    "version": "--version",
    **dict.fromkeys(("review", "triage"), "screen"),
    **dict.fromkeys(("filter", "papers", "all"), "list"),
    **dict.fromkeys(("repair", "verify", "doctor", "fsck"), "check"),
    **dict.fromkeys(("settings", "set"), "config"),
    **dict.fromkeys(("revert", "restore", "reset"), "undo"),
    "classify": "tag",
    "comment": "note",
    "related": "similar",
}
"""Words that other programs have for a command, proposed where one was typed; none of them is obeyed."""
