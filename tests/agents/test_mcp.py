"""An agent's own client talks to `paperctl mcp` as the agent would: over stdin and stdout of a process."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.conftest import Paperctl

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters, stdio_client

READING = {"list", "search", "show", "export"}


@asynccontextmanager
async def agent(store: Path, *options: str) -> AsyncIterator[Client]:
    """A client connected to a server on the store."""
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "paperctl", "--store", str(store), "--reviewer", "assistant", "mcp", *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    async with Client(stdio_client(started)) as client:
        yield client


async def asked(client: Client, tool: str, **given: Any) -> Any:
    answer = await client.call_tool(tool, given)
    assert not answer.is_error, answer.content
    found = answer.structured_content
    assert found is not None
    return found.get("result", found)


def talk(conversation: Callable[[], Coroutine[Any, Any, None]]) -> None:
    anyio.run(conversation)


def test_an_agent_reads_and_cannot_write(loaded: Paperctl, tmp_path: Path) -> None:
    async def conversation() -> None:
        async with agent(tmp_path / "store") as client:
            offered = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(offered) == READING
            hints = [tool.annotations for tool in offered.values()]
            assert all(hint is not None and hint.read_only_hint for hint in hints)
            assert all(tool.description for tool in offered.values())

            every = await asked(client, "list", limit=5)
            assert len(every["papers"]) == 5 and every["next"] == 5
            rest = await asked(client, "list", limit=200, skip=5)
            ids = [paper["id"] for page in (every, rest) for paper in page["papers"]]
            assert ids == loaded("list", "--ids").out.split() and rest["next"] is None

            best = await asked(client, "search", query="low-rank adaptation", fields=["id", "abstract"])
            assert best["papers"][0]["id"] == loaded("search", "low-rank adaptation", "--ids").out.split()[0]
            assert set(best["papers"][0]) == {"id", "abstract"}

            paper = await asked(client, "show", paper="2106.09685")
            assert paper["title"].startswith("LoRA") and paper["abstract"] and paper["why_topics"]
            assert "@" in await asked(client, "export", query="arxiv:2106.09685", format="bibtex")

            refused = await client.call_tool("mark", {"decision": "keep", "papers": ids})
            assert refused.is_error

    talk(conversation)
    assert loaded("list", "--ids", "decision:keep").out == ""


def test_with_write_it_decides_and_the_person_can_undo(loaded: Paperctl, tmp_path: Path) -> None:
    async def conversation() -> None:
        async with agent(tmp_path / "store", "--write") as client:
            assert {tool.name for tool in (await client.list_tools()).tools} == READING | {"mark", "note"}
            await asked(client, "mark", decision="skip", papers=["2106.09685"], reason="off topic")
            assert await asked(client, "note", paper="2106.09685", text="read it") == {"note": "read it"}
            assert await asked(client, "note", paper="2106.09685", text="twice") == {"note": "read it\ntwice"}

    talk(conversation)
    (paper,) = loaded("list", "--jsonl", "decision:skip").records
    assert (paper["reason"], paper["note"]) == ("off topic", "read it\ntwice")
    assert paper["decided_by"] == ["assistant"]
    assert loaded("undo", "3").status == 0
    assert loaded("list", "--ids", "decision:skip").out == ""


def test_errors_say_how_to_mend_and_texts_are_clean(paperctl: Paperctl, tmp_path: Path) -> None:
    evil = {"title": "Red \x1b[31malert\x1b[0m \u202egnp.exe", "abstract": "\x9b2Jline", "note\x07": "x"}
    (tmp_path / "evil.jsonl").write_text(json.dumps(evil) + "\n")
    assert paperctl("load", "evil.jsonl").status == 0

    async def conversation() -> None:
        async with agent(tmp_path / "store") as client:
            wrong = await client.call_tool("list", {"query": "titel:x"})
            assert wrong.is_error and "no-such-field" in str(wrong.content) and "title" in str(wrong.content)
            missing = await client.call_tool("show", {"paper": "9999"})
            assert missing.is_error and "no-such-paper" in str(missing.content)
            (paper,) = (await asked(client, "list", fields=["id", "title", "abstract"]))["papers"]
            assert paper["title"] == "Red alert gnp.exe"
            asking = (("show", {"paper": paper["id"]}), ("export", {"query": "", "format": "markdown"}))
            for tool, given in asking:
                answer = json.dumps(await asked(client, tool, **given))
                assert not any(code in answer for code in ("\\u001b", "\\u009b", "\\u202e", "\\u0007"))

    talk(conversation)
