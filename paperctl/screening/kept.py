"""The features of a large store, kept in a file of its folder.

The file is derived: it counts while papers.jsonl was not written since, and is made again when it is lost.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from scipy import sparse

from paperctl.errors import StoreError
from paperctl.record import Paper
from paperctl.screening.features import Features, features
from paperctl.store import files

FILE = "screen.features"
KEPT_FROM = 5_000
"""Papers from which reading the file is quicker than making the features."""
_LAYOUT = 1


def kept_features(papers: Iterable[Paper], count: int, store: Path | None) -> Features:
    """The features of all `count` papers of a store: as they were kept, if the papers are as they were then;
    else made, and kept where the disk allows it. Without a store they are made."""
    held = store / "papers.jsonl" if store else None
    now = files.state(held) if held and count >= KEPT_FROM else None
    if held is None or now is None:
        return features(papers)
    path = held.with_name(FILE)
    if (found := _read(path, now, count)) is not None:
        return found
    made = features(papers)
    if files.state(held) == now:
        _write(path, made, now)
    return made


def _read(path: Path, now: files.State, count: int) -> Features | None:
    with contextlib.suppress(OSError, ValueError, KeyError, EOFError, BadZipFile), np.load(path) as held:
        if held["stamp"].tolist() != [_LAYOUT, *now]:
            return None
        shape = (count, len(held["codes"]))
        matrix = sparse.csr_matrix((held["data"], held["indices"], held["indptr"]), shape=shape)
        words = held["words"].tobytes().decode("utf-8").split("\n")
        return Features(matrix, words, held["codes"], int(held["title_start"]), held["by_id"])
    return None


def _write(path: Path, made: Features, now: files.State) -> None:
    temporary = path.with_name(f"{path.name}{files.TEMPORARY}{os.getpid()}")
    words = np.frombuffer("\n".join(made.words).encode("utf-8"), dtype=np.uint8)
    with contextlib.suppress(OSError, StoreError):
        try:
            with temporary.open("xb") as stream:
                temporary.chmod(0o600)
                np.savez(
                    stream,
                    stamp=np.array([_LAYOUT, *now]),
                    data=made.matrix.data,
                    indices=made.matrix.indices,
                    indptr=made.matrix.indptr,
                    codes=made.codes,
                    words=words,
                    title_start=np.array(made.title_start),
                    by_id=made.by_id,
                )
            files.put_in_place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
