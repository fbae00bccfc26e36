"""Completion in real shells under a pseudo-terminal, and the values that it proposes."""

from __future__ import annotations

import json
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import pexpect
import pytest

from paperctl.cli.verbs import VERBS
from tests.conftest import Paperctl

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture
def store(paperctl: Paperctl, tmp_path: Path) -> Paperctl:
    papers = [
        {"title": "Whales of the North Sea", "venue": "Nature Tides", "year": 2024, "arxiv_id": "2401.00001"},
        {"title": "Sparse Adapters", "venue": "ICLR", "year": 2023},
    ]
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    assert paperctl("load", tmp_path / "some.jsonl").status == 0
    paperctl("label", "add", "to-discuss", "--", ids(paperctl)[0])
    paperctl("query", "save", "mine", "topic:peft", "has:code")
    return paperctl


def ids(paperctl: Paperctl) -> list[str]:
    return paperctl("list", "--ids").out.split()


def proposed(paperctl: Paperctl, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    with monkeypatch.context() as patch:
        patch.setenv("_PAPERCTL_COMPLETE", "fish")
        ran = paperctl(*words)
    assert ran.status == 0 and ran.err == ""
    return [line.partition("\t")[0] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("words", "some"),
    [
        ([""], [*VERBS]),
        (["sea"], ["search"]),
        (["list", "ye"], ["year:"]),
        (["list", "-to"], ["-topic:"]),
        (["list", "topic:pe"], ["topic:peft"]),
        (["list", "topic:peft,ll"], ["topic:peft,llm"]),
        (["list", "(decision:k"], ["(decision:keep"]),
        (["search", "venue:na"], ["venue:Nature Tides"]),
        (["list", "label:"], ["label:to-discuss"]),
        (["stats", "@m"], ["@mine"]),
        (["export", "-f", "bib"], ["bibtex"]),
        (["load", "--format", "bib"], ["bibtex"]),
        (["list", "--fields", "id,ti"], ["id,title"]),
        (["list", "--sort", "-ye"], ["-year"]),
        (["list", "--li"], ["--limit"]),
        (["mark", "k"], ["keep"]),
        (["mark", "--stage", ""], ["abstract", "fulltext"]),
        (["show", "2401."], ["2401.00001"]),
        (["tag", "ad"], ["add"]),
        (["tag", "add", "qu"], ["quantization"]),
        (["label", "add", "to"], ["to-discuss"]),
        (["config", "set", "list.so"], ["list.sort"]),
        (["config", "set", "color", ""], ["auto", "always", "never"]),
        (["query", "rm", ""], ["mine"]),
        (["help", "quer"], ["query", "queries"]),
        (["completion", ""], [*SHELLS]),
        (["load", "x"], [":files:"]),
        (["find", "ha"], ["has:"]),
        (["--store", "", "li"], ["list"]),
    ],
)
def test_values(
    store: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], some: list[str]
) -> None:
    words = [str(tmp_path / "store") if word == "" and words[0] == "--store" else word for word in words]
    assert set(some) <= set(proposed(store, monkeypatch, *words))


def test_topics_of_packs_and_of_the_user_come_with_their_names(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = "[diffusion, efficiency-parts, reinforcement-learning, retrieval]"
    for more in ("", "topics: {tides: {name: Tides and currents, strong: [tide]}}\n"):
        (tmp_path / "paperctl.yaml").write_text(f"topic_packs: {packs}\n{more}")
        known = json.loads(f"[{','.join(paperctl('topics', '--json').out.splitlines())}]")
        names = {(topic["topic"], topic["name"]) for topic in known}
        with monkeypatch.context() as patch:
            patch.setenv("_PAPERCTL_COMPLETE", "fish")
            lines = paperctl("list", "topic:").out.splitlines()
        assert {tuple(line.removeprefix("topic:").split("\t")) for line in lines} == names


def test_ids_come_with_titles(store: Paperctl, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ids(store)
    assert proposed(store, monkeypatch, "show", first[:5]) == [first]
    assert set(proposed(store, monkeypatch, "mark", "keep", "")) == {first, second}
    assert proposed(store, monkeypatch, "tag", "add", "llm", "--", second[:4]) == [second]
    with monkeypatch.context() as patch:
        patch.setenv("_PAPERCTL_COMPLETE", "zsh")
        assert store("show", first[:5]).out == f"{first}\tWhales of the North Sea\n"


def test_nothing_is_proposed_where_nothing_is_known(
    paperctl: Paperctl, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (["list", "nofield:x"], ["show", "zzzz"], ["nonsense", "x"], ["list", '"']):
        assert proposed(paperctl, monkeypatch, *words) == []


def test_each_shell_has_a_script(paperctl: Paperctl) -> None:
    for shell in SHELLS:
        assert "_PAPERCTL_COMPLETE" in paperctl("completion", shell).out
    ran = paperctl("completion", "fsh")
    assert ran.status == 2 and "did you mean" in ran.err


# ---- real shells ------------------------------------------------------------------------------------


def shell(name: str, tmp_path: Path, paperctl: Paperctl) -> Any:
    """A shell with completion switched on, in a terminal; its `paperctl` only prints its last argument."""
    if not shutil.which(name):
        warnings.warn(f"{name} is not installed: its completion is not tested", stacklevel=2)
        pytest.skip(f"no {name}")
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "paperctl"
    command.write_text(
        f'#!/bin/sh\n[ -n "$_PAPERCTL_COMPLETE" ] && exec {sys.executable} -m paperctl "$@"\n'
        'for last; do :; done\nprintf "LAST[%s]\\n" "$last"\n'
    )
    command.chmod(0o755)
    script = tmp_path / "completion"
    script.write_text(paperctl("completion", name).out)
    environment = {
        **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "TERM": "xterm", "HOME": str(tmp_path),
        "PAPERCTL_STORE": str(tmp_path / "store"), "PS1": "", "ZDOTDIR": str(tmp_path),
    }  # fmt: skip
    start = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}[
        name
    ]
    child = pexpect.spawn(name, start, env=environment, timeout=6, encoding="utf-8", dimensions=(50, 200))
    child.sendline(f"source {script}; echo rea''dy")
    child.expect("ready\r")
    return child


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("paperctl exp", "export"),
        ("paperctl list topic:qua", "topic:quantization"),
        ("paperctl list -decision:sk", "-decision:skip"),
        ("paperctl list venue:Nat", "venue:Nature Tides"),
        ("paperctl stats @mi", "@mine"),
        ("paperctl export -f bibt", "bibtex"),
        ("paperctl load some.js", "some.jsonl"),
        ("paperctl show ID", "ID"),
    ],
)
def test_a_tab_completes(store: Paperctl, tmp_path: Path, name: str, text: str, whole: str) -> None:
    paper = ids(store)[0]
    text, whole = text.replace("ID", paper[:6]), whole.replace("ID", paper)
    child = shell(name, tmp_path, store)
    child.send(f"{text}\t")
    child.expect_exact(whole[-3:])
    child.sendline("")
    child.expect(r"LAST\[([^\]\r\n]*)\]")
    assert child.match[1] == whole
    child.close(force=True)
