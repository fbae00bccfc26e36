"""Some papers by their ids, whoever wrote their lines."""

from __future__ import annotations

import json
from pathlib import Path

from paperctl.store import Store


def test_papers_are_found_by_id_in_lines_of_any_hand(tmp_path: Path) -> None:
    written = {"id": "0123456789ab", "title": "A"}
    lines = [written, {"title": "B", "id": "b" * 12}, {"id": "mine", "title": "C"}, {**written, "title": "D"}]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    store = Store(tmp_path)
    for ids in ([], ["b" * 12], ["mine", "0123456789ab"], ["none"]):
        assert [*store.papers_of(ids)] == [paper for paper in store.papers() if paper["id"] in ids]
