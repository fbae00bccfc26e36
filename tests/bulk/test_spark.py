"""Spark, really started: two workers of their own processes, then threads, then by `spark-submit`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.snapshot import lines, said, snapshot, write_parts
from tests.conftest import Paperctl

ROOT = Path(__file__).parents[2]
PAPERS = snapshot()


@pytest.fixture
def local(paperctl: Paperctl, tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "all.jsonl").write_text(lines(PAPERS), encoding="utf-8")
    assert paperctl("bulk", "dedupe", "all.jsonl", "-o", "local", "--engine", "local").status == 0
    return said(tmp_path / "local")


def spark(*command: object) -> None:
    # It fails where there is no Java: passing would say that what was never run is right.
    assert shutil.which("java") or os.environ.get("JAVA_HOME"), "these tests need Java (default-jre-headless)"
    # A process of its own: Spark cannot be started twice in one.
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        # No optimising that pays only in runs of hours.
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    ran = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]


def test_two_workers_say_what_one_process_says(tmp_path: Path, local: dict[str, Any]) -> None:
    write_parts(tmp_path / "parts", PAPERS, 3, 4)
    spark(  # named from here, while a worker has a working folder of its own
        *(sys.executable, "-m", "paperctl", "bulk", "dedupe", "parts", "-o", "out"),
        *("--master", "local-cluster[2,1,1024]"),
    )
    assert said(tmp_path / "out") == local


def test_a_submitted_run_says_the_same(tmp_path: Path, local: dict[str, Any]) -> None:
    import pyspark

    folder = write_parts(tmp_path / "parts", PAPERS, 4, 2)
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    spark(
        *(submit, "--master", "local[2]", ROOT / "paperctl" / "__main__.py"),
        *("bulk", "dedupe", folder, "-o", tmp_path / "out", "--engine", "spark"),
    )
    assert said(tmp_path / "out") == local


def test_no_java_is_said_with_its_cure(
    paperctl: Paperctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "all.jsonl").write_text(lines(PAPERS), encoding="utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    ran = paperctl("bulk", "dedupe", "all.jsonl", "-o", "out", "--engine", "spark")
    assert ran.status == 1 and "Java" in ran.err and "default-jre-headless" in ran.err
