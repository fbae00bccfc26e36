"""Decisions from other tools, and the way back to them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from paperctl.record.screening_tools import decision_in

from ..conftest import Paperctl

RAYYAN = 'RAYYAN-INCLUSION: {"Ann"=>"Included"} | RAYYAN-LABELS: method'


@pytest.mark.parametrize(
    ("extra", "decision"),
    [
        ({"included": "1"}, "keep"),
        ({"included": 0}, "skip"),
        ({"included": "1.0"}, "keep"),
        ({"included": ""}, None),
        ({"included": "-1"}, None),
        ({"asreview_label": 1, "exported_notes": "x"}, "keep"),
        ({"label_included": True}, "keep"),
        ({"Label Included": "0"}, "skip"),
        ({"notes": RAYYAN}, "keep"),
        ({"notes": ["read twice", RAYYAN]}, "keep"),
        ({"notes": 'RAYYAN-INCLUSION: {"Ann"=>"Excluded", "Bo"=>"Excluded"}'}, "skip"),
        ({"notes": 'RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Excluded"}'}, "maybe"),
        ({"notes": 'RAYYAN-INCLUSION: {"Ann"=>"Maybe"}'}, "maybe"),
        ({"tags": "Included"}, "keep"),
        ({"covidence_status": "Irrelevant"}, "skip"),
        ({"decision": "excluded"}, "skip"),
        ({"notes": "1"}, None),
        ({"notes": "included in an earlier review"}, None),
        ({"status": "1"}, None),
        ({"year": 1}, None),
        ({}, None),
    ],
)
def test_decisions_of_other_tools(extra: dict[str, object], decision: str | None) -> None:
    assert decision_in(extra) == decision


def rows() -> str:
    labels = ["1", "0", "", "0"]
    made = [
        {"title": f"A paper that is number {n}", "abstract": f"text {n}", "included": label}
        for n, label in enumerate(labels)
    ]
    return "".join(json.dumps(row) + "\n" for row in made)


def test_adopting_leaves_own_decisions_alone_and_can_be_undone(paperctl: Paperctl) -> None:
    paperctl("load", "-", "--no-dedupe", stdin=rows())
    first = paperctl("list", "number 1", "--ids").out.strip()
    paperctl("mark", "keep", first)
    ran = paperctl("screen", "--adopt")
    assert ran.status == 0
    assert "2 decisions taken over: 1 keep, 1 skip, 0 maybe" in ran.err
    assert [r["decision"] for r in paperctl("list", "--jsonl").records] == ["keep", "keep", None, "skip"]
    paperctl("undo")
    assert [r["decision"] for r in paperctl("list", "--jsonl").records] == [None, "keep", None, None]


def test_asreview_export_reads_back_as_the_same_decisions(paperctl: Paperctl) -> None:
    paperctl("load", "-", "--no-dedupe", stdin=rows().replace("included", "was"))
    ids = paperctl("list", "--ids").out.split()
    paperctl("mark", "keep", ids[0])
    paperctl("mark", "skip", ids[1])
    paperctl("mark", "maybe", ids[2])
    out = paperctl("export", "--format", "asreview").out
    read = list(csv.DictReader(io.StringIO(out)))
    assert [row["included"] for row in read] == ["1", "0", "", ""]
    assert [decision_in(row) for row in read] == ["keep", "skip", "maybe", None]
    assert read[0]["title"] == "A paper that is number 0"


def test_simulate_on_the_command_line(paperctl: Paperctl) -> None:
    lines = [
        {
            "title": f"{field} paper {n} of its field",
            "abstract": f"{field} " * 5 + f"w{n}",
            "included": int(field == "quantization"),
        }
        for n in range(20)
        for field in ("quantization", "agriculture", "astronomy")
    ]
    paperctl("load", "-", "--no-dedupe", stdin="".join(json.dumps(line) + "\n" for line in lines))
    ran = paperctl("screen", "--simulate", "extra.included", "--seed", "2", "--json")
    assert ran.status == 0
    found = ran.json
    assert list(found) == ["order", "wss95", "recall10", "recall5", "stop"]
    assert sorted(found["order"]) == sorted(paperctl("list", "--ids").out.split())
    assert found["wss95"] > 0.5
    assert paperctl("screen", "--simulate", "extra.included", "--seed", "2", "--json").json == found
    assert "WSS@95" in paperctl("screen", "--simulate", "extra.included").out
    wrong = paperctl("screen", "--simulate", "extra.inclded", "--json")
    assert wrong.status == 2 and "0 papers have it" in wrong.err
    assert paperctl("screen", "--json").status == 2
