"""`config get`, `set` and `edit`: one setting changed, everything else of the file as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from paperctl.config.editing import with_setting, without_setting
from paperctl.config.table import SETTINGS, example
from tests.conftest import Paperctl

MINE = """\
# my own
color: never   # in scripts
list:
  # the newest first
  sort: -year
topics:
  agents:
    strong: [language agent]  # yes
screen:
  reasons:
  - no data   # the usual one
  - wrong field
"""
VALUES = {
    "color": "always",
    "core.pager": "less -S",
    "list.sort": "year,-title",
    "list.fields": ["id", "title"],
    "load.tag": False,
    "screen.audit": 0.2,
    "screen.keys": {"keep": "y"},
    "screen.reasons": ["no: data", "# odd", "off"],
    "history.keep": 20,
    "export.title": "Ünïcode: “x” # y",
}


def read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text) or {}
    flat = {}
    for name, held in found.items():
        inner = held if isinstance(held, dict) and name not in ("topics",) else None
        flat.update({f"{name}.{k}": v for k, v in inner.items()} if inner is not None else {name: held})
    return flat


@settings(deadline=None)
@given(
    st.sampled_from(["", MINE, example(), "# only this", "list:\n", "list: {sort: year}\n", MINE.rstrip()]),
    st.lists(st.sampled_from(sorted(VALUES)), max_size=6),
)
def test_only_what_is_set_changes(text: str, names: list[str]) -> None:
    wanted = read(text)
    comments = [line.strip() for line in text.split("\n") if line.strip().startswith("#")]
    for name in names:
        text = with_setting(text, name, VALUES[name])
        wanted[name] = VALUES[name]
    wanted = {name: value for name, value in wanted.items() if (name, value) != ("list", None)}
    assert {n: v for n, v in read(text).items() if (n, v) != ("list", None)} == wanted
    assert [line.strip() for line in text.split("\n") if line.strip() in comments] == comments


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "",
            MINE,
            example(),
            "# only this",
            MINE.rstrip(),
            "export:\n  title: |\n    a\n    b\ncolor: auto\n",
        ]
    ),
    st.lists(st.sampled_from(sorted(VALUES)), max_size=4),
    st.sampled_from(sorted(VALUES)),
)
def test_only_what_is_taken_out_goes(text: str, names: list[str], gone: str) -> None:
    for name in names:
        text = with_setting(text, name, VALUES[name])
    wanted = {name: value for name, value in read(text).items() if name != gone}
    assert read(without_setting(text, gone)) == wanted
    own = [line for line in text.split("\n") if line.startswith("#")]
    assert [line for line in without_setting(text, gone).split("\n") if line.startswith("#")] == own


def test_unset_brings_the_default_back(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "paperctl.yaml").write_text(MINE)
    ran = paperctl("config", "unset", "--project", "list.sort")
    assert ran.status == 0 and 'now "" (default)' in ran.err
    assert paperctl("config", "get", "list.sort").out == "\n"
    assert "color: never   # in scripts" in (tmp_path / "paperctl.yaml").read_text()
    ran = paperctl("config", "unset", "--project", "list.sort")
    assert ran.status == 0 and "is not in" in ran.err
    assert paperctl("config", "unset", "list.srot").status == 2
    (tmp_path / "paperctl.yaml").write_text("{list: {sort: year}, color: auto}\n")
    assert paperctl("config", "unset", "--project", "list.sort").status == 1


def test_set_writes_the_users_file_or_the_projects(paperctl: Paperctl, tmp_path: Path) -> None:
    assert paperctl("config", "set", "list.sort", "-year").status == 0
    assert paperctl("config", "get", "list.sort").out == "-year\n"
    assert "list:\n  sort: -year\n" in (tmp_path / "config" / "paperctl" / "config.yaml").read_text()
    (tmp_path / "paperctl.yaml").write_text(MINE)
    ran = paperctl("config", "set", "list.sort", "title")
    assert ran.status == 0 and "paperctl.yaml goes before it" in ran.err
    assert paperctl("config", "set", "--project", "screen.reasons", "a,b", "c").status == 0
    text = (tmp_path / "paperctl.yaml").read_text()
    assert "reasons: [a, b, c]" in text and text.startswith(MINE.split("screen:")[0])
    assert paperctl("config", "get", "screen.reasons", "--json").json["screen.reasons"]["value"] == [
        "a",
        "b",
        "c",
    ]


@pytest.mark.parametrize(
    "args",
    [
        ("color", "pink"), ("list.srot", "year"), ("list.sort", "titel"), ("screen.audit", "7"),
        ("load.tag", "perhaps"), ("screen.keys", "{keep: [k"), ("export.format", "wrod"),
        ("history.keep", "many"), ("topics", "{a: {sttrong: [x]}}"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_written(paperctl: Paperctl, tmp_path: Path, args: tuple[str, str]) -> None:
    (tmp_path / "paperctl.yaml").write_text(MINE)
    ran = paperctl("config", "set", "--project", *args)
    assert ran.status == 2 and ran.err.count("\n") <= 3
    assert (tmp_path / "paperctl.yaml").read_text() == MINE


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    script = tmp_path / "editor"
    script.write_text(
        f"#!{sys.executable}\nimport sys\npath = sys.argv[1]\ntext = open(path).read()\n{code}\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))


def test_edit_writes_only_a_good_file(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paperctl.yaml"
    path.write_text(MINE)
    editor(tmp_path, monkeypatch, "open(path, 'a').write('colour: x\\n')")
    ran = paperctl("config", "edit", "--project")
    assert ran.status == 2 and "line 13" in ran.err and path.read_text() == MINE
    editor(tmp_path, monkeypatch, "open(path, 'w').write(text.replace('never', 'always'))")
    assert paperctl("config", "edit", "--project").status == 0
    assert path.read_text() == MINE.replace("never", "always")
    path.unlink()
    editor(tmp_path, monkeypatch, "pass")
    assert paperctl("config", "edit", "--project").status == 0 and not path.exists()


def test_a_person_sees_columns_and_what_is_changed(paperctl: Paperctl, tmp_path: Path) -> None:
    (tmp_path / "paperctl.yaml").write_text(MINE)
    child = pexpect.spawn(
        sys.executable, ["-m", "paperctl", "config"], env={**os.environ}, encoding="utf-8",
        dimensions=(60, 120),
    )  # fmt: skip
    lines = child.read().replace("\r\n", "\n").split("\n")
    shown = {line[2:].split()[0]: line for line in lines if line.strip() and line[1] == " "}
    assert {name for name, line in shown.items() if line[0] == "*"} >= {
        "list.sort",
        "screen.reasons",
        "color",
    }
    assert shown["load.tag"][0] == " " and {s.name for s in SETTINGS} <= shown.keys()
    assert shown["load.tag"].index("true") == shown["list.sort"].index('"-year"')
    assert len(paperctl("config").out.splitlines()[0].split("\t")) == 3


def test_a_broken_file_is_mended_by_edit_and_named_by_the_rest(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paperctl.yaml"
    path.write_text("colr: auto\n")
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'color: never' >\"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    assert (paperctl("config").status, paperctl("config", "get", "color").status) == (2, 2)
    assert paperctl("config", "edit", "--project").status == 0
    assert paperctl("config", "get", "color").out.strip() == "never"
