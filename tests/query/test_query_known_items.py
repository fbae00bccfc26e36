"""Papers that are known are found by the words of their titles as people remember them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from paperctl.record import SCHEMA
from paperctl.store.shape import completed

ROOT = Path(__file__).parents[2]
NAMES = ["LoRA", "QLoRA", "SLAM", "GPT", "LiDAR", "MoE", "RLHF", "VQ-VAE", "BERT", "NeRF", "CLIP", "GNN"]
SAID = """
adaptation alignment attention benchmark calibration captioning compression control corpora decoding depth
detection diffusion distillation embedding estimation evaluation exploration feature forecasting gradient
graph grasping grounding hierarchy image inference kernel labelling language latency localization mapping
matching matrix memory navigation network noise parsing planning policy pruning quantization ranking
reasoning rendering retrieval reward robustness routing sampling scaling search segmentation sequence
speech summarization tracking translation vision
"""
WORDS = SAID.split()


def test_they_reach_their_floors(tmp_path: Path) -> None:
    dice = random.Random(4)
    lines = []
    for n in range(600):
        words = dice.sample(WORDS, 5)
        title = (
            f"{dice.choice(NAMES)}: {words[0].title()} {words[1]} for {words[2]} and {words[3]} {words[4]}"
        )
        abstract = f"We study {' '.join(dice.sample(WORDS, 12))}."
        record = {**completed({"id": f"{n:012x}", "schema": SCHEMA}), "title": title, "abstract": abstract}
        record["schema"] = record.pop("schema")
        lines.append(json.dumps(record) + "\n")
    (tmp_path / "papers.jsonl").write_text("".join(lines), encoding="utf-8")
    script = ROOT / "benchmarks" / "search_quality.py"
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path), "--papers", "60"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    assert ran.stdout.count("| 60 |") == 6
