"""Runs the tests with the newest versions that pyproject.toml allows: python .ci/newest.py

Prints which versions differ from requirements/dev.lock. Where tests fail, every package that differs is set
back to its locked version, alone, and the failed tests run again: packages with which they pass are named.
"""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv" / "newest"
PYTHON = FOLDER / "bin" / "python"
INSTALL = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)")


def versions(lines: list[str]) -> dict[str, set[str]]:
    """The versions of each package; a lock names several where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for line in lines:
        if match := LOCKED.match(line):
            found.setdefault(re.sub(r"[-_.]+", "-", match[1]).lower(), set()).add(match[2])
    return found


def run(*command: str) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def output(*command: str) -> list[str]:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()


def main() -> int:
    venv.EnvBuilder(clear=True, with_pip=True).create(FOLDER)
    if run(*INSTALL, "--upgrade", "--editable", ".[dev]"):
        return 1
    locked = versions((ROOT / "requirements" / "dev.lock").read_text().splitlines())
    newest = versions(output(str(PYTHON), "-m", "pip", "freeze", "--exclude-editable"))
    differ = {name: found for name, found in newest.items() if name in locked and not found & locked[name]}
    tests = [str(PYTHON), "-m", "pytest", "-o", f"cache_dir={FOLDER / 'cache'}"]
    failed = run(*tests, "-n", "auto")
    for name, found in sorted(differ.items()):
        print(f"newer than locked: {name} {max(found)} (locked {max(locked[name])})")
    if not differ:
        print("the lock has the newest versions that the ranges allow")
    for name, found in sorted(differ.items()) if failed else ():
        before = f"{name}=={max(locked[name])}"
        run(*INSTALL, "--no-deps", before)
        if run(*tests, "-q", "--last-failed") == 0:
            print(f"broken by {name} {max(found)}: the failed tests pass with {before}")
        run(*INSTALL, "--no-deps", f"{name}=={max(found)}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
