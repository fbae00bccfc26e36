"""What of a store cannot be read is said by `check` and by the command that needs it, and stays there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Paperctl

NEEDED_BY = {
    "papers.jsonl": ("list", "stats", "show 0"),
    "decisions.jsonl": ("list", "stats", "log", "undo -n"),
    "corrections.jsonl": ("list", "stats", "log", "undo -n"),
    "history": ("log", "undo -n"),
}
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "bytes of no text": lambda whole: b"\xff\x00\xfe{" + bytes(range(200, 256)) + b"\n",
    "a byte in the middle": lambda whole: whole[: len(whole) // 3] + b"\xff\x00" + whole[len(whole) // 3 :],
    "cut in the middle": lambda whole: whole[: len(whole.splitlines()[0]) // 2] + b"\n",
    "another JSON": lambda whole: b'["no", {"such": "thing"}]\n',
    "too deep": lambda whole: b"[" * 100_000 + b"\n",
}


@pytest.fixture
def used(loaded: Paperctl) -> Paperctl:
    """A store with a decision, a correction and a change of papers to take back."""
    first, second = loaded("list", "--ids", "--limit", "2").out.split()
    loaded("mark", "keep", first, "--note", "read this")
    loaded("tag", "add", "peft", "--", second)
    return loaded


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", NEEDED_BY)
def test_what_cannot_be_read_is_said_and_kept(used: Paperctl, tmp_path: Path, name: str, damage: str) -> None:
    store = tmp_path / "store"
    path = store / name if name != "history" else next((store / name).glob("*.jsonl"))
    if name == "history" and damage == "a byte in the middle":
        return  # not read before it is taken back
    spoilt = DAMAGES[damage](path.read_bytes())
    path.write_bytes(spoilt)
    checked = used("check")
    assert path.name in checked.out + checked.err
    for command in NEEDED_BY[name]:
        ran = used(*command.split())
        assert path.name in ran.err, command
        assert ran.status in (0, 1, 2) and "internal" not in ran.err, command
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("name", ["papers.jsonl", "decisions.jsonl", "corrections.jsonl"])
def test_a_folder_in_the_place_of_a_file_is_named(used: Paperctl, tmp_path: Path, name: str) -> None:
    path = tmp_path / "store" / name
    path.unlink()
    path.mkdir()
    # `log` reads the history and the decisions, so it answers without the papers.
    for command in ("list", "stats", "check", *(["log"] if name != "papers.jsonl" else [])):
        ran = used(command)
        assert ran.status == 1 and name in ran.err and len(ran.err.splitlines()) <= 2
