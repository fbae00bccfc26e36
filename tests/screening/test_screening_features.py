"""Features: batches change nothing, and a large store keeps them beside its papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperctl.screening import features as made
from paperctl.screening import kept

TEXT = st.lists(st.sampled_from(["oak", "elm", "ash", "yew", "fir", "bay", "box", "fig"]), max_size=12).map(
    " ".join
)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=12), st.integers(1, 5))
def test_batches_change_nothing(texts: list[tuple[str, str]], batch: int) -> None:
    papers: Any = [{"id": str(n), "title": title, "abstract": text} for n, (title, text) in enumerate(texts)]
    whole = made.features(papers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "BATCH", batch)
        parts = made.features(papers)
    assert (whole.codes == parts.codes).all() and whole.title_start == parts.title_start
    assert whole.matrix.shape == parts.matrix.shape and abs(whole.matrix - parts.matrix).sum() < 1e-5


def test_rows_are_of_unit_length_but_for_what_one_paper_alone_says() -> None:
    papers: Any = [
        {"id": str(n), "title": "", "abstract": f"oak elm ash {w}"}
        for n, w in enumerate(("yew", "yew", "fir"))
    ]
    found = made.features(papers)
    lengths = np.sqrt(found.matrix.multiply(found.matrix).sum(axis=1)).A1
    assert abs(lengths[0] - 1) < 1e-6 and abs(lengths[1] - 1) < 1e-6 and lengths[2] < 1
    assert {found.name(column) for column in range(len(found.codes))} == {"yew", "ash yew"}


def test_a_large_store_keeps_them_until_its_papers_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT_FROM", 3)
    papers: Any = [{"id": str(n), "title": f"oak {n % 2} elm", "abstract": "ash yew fir"} for n in range(4)]
    (tmp_path / "papers.jsonl").write_text("as it was")
    first = kept.kept_features(papers, 4, tmp_path)
    again = kept.kept_features((), 4, tmp_path)
    assert abs(first.matrix - again.matrix).sum() == 0 and list(first.words) == list(again.words)
    assert first.name(0) == again.name(0) and (first.by_id == again.by_id).all()
    (tmp_path / kept.FILE).write_bytes(b"damaged")
    assert kept.kept_features(papers, 4, tmp_path).matrix.shape == first.matrix.shape
    (tmp_path / "papers.jsonl").write_text("and otherwise")
    assert kept.kept_features(papers[:3], 3, tmp_path).matrix.shape[0] == 3
