"""A stop at any mutating system call leaves the old state or the new one, never one between."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from paperctl.__main__ import _run
from paperctl.deduplicate.judging import key_table
from paperctl.library import key_cache
from paperctl.record import by_name
from paperctl.store import Store
from paperctl.store.check import examine
from tests.store.stopping import KILLED, stops

EXAMPLES = sorted(
    str(p) for p in Path("examples").resolve().glob("*.*") if p.suffix in (".txt", ".jsonl", ".bib")
)


def state(folder: Path) -> dict[str, object]:
    """All that a store holds, as a reader sees it: every paper with decisions and corrections laid over, what
    was said of pairs, and the log."""
    store = Store(folder)
    found = list(store.papers())
    befores = [source["was"] for r in found for source in r["sources"] if "was" in source]
    for timed in [*map(by_name, found), *befores]:
        timed.pop("added", None)
    ids = [record["id"] for record in found]
    judgements = store.overlay.judgements
    return {
        "papers": found,
        "pairs": [(a, b, judgements.get(a, b)) for a in ids for b in ids if a < b and judgements.get(a, b)],
        "removed": store.overlay.removed,
        "queries": dict(store.overlay.queries),
        "log": [(change.did, change.undone, change.kind) for change in store.log()],
    }


def keys_are_true(folder: Path) -> bool:
    """Whether the file of keys is none or that of the papers."""
    store = Store(folder)
    papers = list(store.papers())
    kept = key_cache.load_cached_keys(store, len(papers))
    if kept is None or not papers:
        return True
    anew = key_table(papers, 0, len(papers))
    return all((one == other).all() for one, other in zip(kept, anew, strict=True))


def command(*args: str) -> Callable[[Path], int]:
    return lambda folder: _run(["--store", str(folder), *args])


@pytest.fixture(scope="module", autouse=True)
def keys_are_kept() -> Iterable[None]:
    """Small stores, too, keep their keys in a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_cache, "PAYS_FROM", 1)
        yield


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A store before each operation, all libraries already imported."""
    root = tmp_path_factory.mktemp("bases")
    made = {}
    empty = root / "load"
    assert command("-q", "load", EXAMPLES[0])(empty) == 0
    made["load"] = empty
    apart = root / "dedupe"
    assert command("-q", "load", "--no-dedupe", *EXAMPLES)(apart) == 0
    made["dedupe"] = apart
    marked = root / "mark"
    shutil.copytree(apart, marked)
    some = [r["id"] for r in Store(marked).papers()][:3]
    assert command("-q", "mark", "maybe", some[0])(marked) == 0
    made["mark"] = marked
    tagged = root / "tag"
    shutil.copytree(marked, tagged)
    made["tag"] = tagged
    undoable = root / "undo"
    shutil.copytree(apart, undoable)
    assert command("-q", "dedupe")(undoable) == 0
    made["undo"] = undoable
    made["split"] = undoable
    merged = next(r["id"] for r in Store(undoable).papers() if len(r["sources"]) > 1)
    parted = root / "undo split"
    shutil.copytree(undoable, parted)
    assert command("-q", "dedupe", "split", merged)(parted) == 0
    made["undo split"] = parted
    noted = root / "apply"
    shutil.copytree(apart, noted)
    for n, record in enumerate(Store(noted).papers()):
        assert command("-q", "mark", "keep", record["id"], "--note", f"note {n}")(noted) == 0
    made["apply"] = noted
    undone = root / "redo"
    shutil.copytree(undoable, undone)
    assert command("-q", "undo")(undone) == 0
    made["redo"] = undone
    damaged = root / "check"
    shutil.copytree(marked, damaged)
    for name in ("papers.jsonl", "decisions.jsonl"):
        with (damaged / name).open("a") as stream:
            stream.write("{half a line\n")
    made["check"] = damaged
    nothing = root / "nothing"
    nothing.mkdir()
    made["first load"] = nothing
    return made


def commands(bases: dict[str, Path]) -> dict[str, Callable[[Path], int]]:
    """Every verb that writes to a store. A name up to its colon is that of the store it begins with."""
    ids = [r["id"] for r in Store(bases["mark"]).papers()]
    merged = next(r["id"] for r in Store(bases["undo"]).papers() if len(r["sources"]) > 1)
    root = bases["mark"].parent
    plan, config, theirs, facts = (
        root / "plan.txt",
        root / "own.yaml",
        root / "theirs.csv",
        root / "facts.jsonl",
    )
    plan.write_text(f"merge {ids[0]} {ids[1]}\ndistinct {ids[2]} {ids[3]}\nversion {ids[4]} {ids[5]}\n")
    config.write_text("topics:\n  own: {strong: [model, network, data, learning]}\n")
    titles = [r["title"] for r in Store(bases["mark"]).papers()][:3]
    rows = [f'"{title}",1,"from another hand"' for title in titles if '"' not in title]
    theirs.write_text("title,included,asreview_note\n" + "\n".join(rows) + "\n")
    known = [{"title": title, "venue": "Journal of Widgets", "pages": "1-9"} for title in titles]
    facts.write_text("".join(json.dumps(paper) + "\n" for paper in known))
    return {
        "first load": command("-q", "load", *EXAMPLES[:2]),
        "load": command("-q", "load", *EXAMPLES[1:]),
        "mark": command("-q", "mark", "keep", *ids[:5], "--note", "read this"),
        "mark: with a reason": command(
            "-q", "mark", "skip", *ids[:2], "--reason", "no data", "--stage", "fulltext"
        ),
        "mark: clear": command("-q", "mark", "clear", ids[0]),
        "mark: reading": command("-q", "mark", "reading", ids[1]),
        "mark: note": command("-q", "note", ids[0], "a line more"),
        "mark: label": command("-q", "label", "add", "thesis", "--", *ids[:3]),
        "mark: query": command("-q", "query", "save", "mine", "topic:llm"),
        "mark: rm": command("-q", "rm", "--yes", *ids[:2]),
        "mark: undo": command("-q", "undo"),
        "mark: decisions": command("-q", "load", "--decisions-only", str(theirs)),
        "mark: enrich": command("-q", "load", "--enrich", str(facts)),
        "tag": command("-q", "--config", str(config), "tag"),
        "tag: add": command("-q", "tag", "add", "peft", "--", *ids[:2]),
        "tag: remove": command("-q", "tag", "remove", "llm", "--", *ids),
        "dedupe": command("-q", "dedupe"),
        "undo": command("-q", "undo"),
        "redo": command("-q", "redo"),
        "split": command("-q", "dedupe", "split", merged),
        "undo split": command("-q", "undo"),
        "apply": command("-q", "dedupe", "--apply", str(plan)),
        "check": command("-q", "check", "--repair"),
    }


def base_of(name: str, bases: dict[str, Path]) -> Path:
    return bases[name.partition(":")[0]]


def test_every_crash_point_leaves_old_or_new(
    bases: dict[str, Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tried: dict[str, int] = {}
    for name, run in commands(bases).items():
        old = state(base_of(name, bases))
        done = tmp_path / f"done {name}"
        shutil.copytree(base_of(name, bases), done)
        assert run(done) == 0
        new = state(done)
        assert old != new
        scratch = tmp_path / name
        scratch.mkdir()
        for stop in stops(run, base_of(name, bases), scratch, "kill"):
            tried[name] = tried.get(name, 0) + 1
            assert stop.status == KILLED
            left = state(stop.folder)
            assert left in (old, new), f"{name} killed at call {stop.number} ({stop.call})"
            assert keys_are_true(stop.folder)
            whole = name != "check" or left == new
            assert not (whole and [f for f in examine(Store(stop.folder)) if f.serious])
            # The next command finds its way from there, and nothing acknowledged is lost.
            if left == old:
                assert run(stop.folder) == 0
            assert state(stop.folder) == new
            with Store(stop.folder).writing():
                assert not list(stop.folder.rglob("*.tmp-*"))
    total = sum(tried.values())
    record_property("crash points tried", f"{total} ({', '.join(f'{n} {k}' for n, k in tried.items())})")
    assert total >= 350


def test_a_full_disk_leaves_the_old_store_and_says_so(bases: dict[str, Path], tmp_path: Path) -> None:
    assert failed_writes(bases, tmp_path, "ENOSPC") >= 350


@pytest.mark.long
@pytest.mark.parametrize("error", ["EIO", "EDQUOT", "EROFS"])
def test_any_failing_write_leaves_the_old_store_and_says_so(
    bases: dict[str, Path], tmp_path: Path, error: str
) -> None:
    assert failed_writes(bases, tmp_path, error) >= 350


def failed_writes(bases: dict[str, Path], tmp_path: Path, error: str) -> int:
    """How many calls were made to fail with an error of the system, each of every command."""
    tried = 0
    for name, run in commands(bases).items():
        base = base_of(name, bases)
        done = tmp_path / f"done {name}"
        shutil.copytree(base, done)
        assert run(done) == 0
        old, new = state(base), state(done)
        scratch = tmp_path / name
        scratch.mkdir()
        for stop in stops(run, base, scratch, error):
            tried += 1
            left = state(stop.folder)
            assert left in (old, new), f"{name}: {error} at call {stop.number} ({stop.call})"
            if stop.status == 0:  # a call that may fail, such as sweeping up
                continue
            assert stop.status == 1
            told = stop.stderr.strip()
            if "did not confirm it" in told:
                assert left == new
            else:
                assert "paperctl: cannot write" in told and left == old
                assert len(told.partition("paperctl: ")[2].splitlines()) <= 2
            if left == old:
                assert run(stop.folder) == 0
            assert state(stop.folder) == new
    return tried


def test_a_read_only_folder_is_readable_and_refuses_writing(bases: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(bases["mark"], folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    # Root may write anywhere, so the store sits where no folder can: below a file.
    blocked = tmp_path / "file"
    blocked.write_text("")
    errors = io.StringIO()
    real, sys.stderr = sys.stderr, errors
    try:
        assert _run(["--store", str(blocked / "store"), "load", EXAMPLES[0]]) == 1
        assert _run(["--store", str(folder), "list", "--ids"]) == 0
    finally:
        sys.stderr = real
    assert "cannot write" in errors.getvalue() and "Traceback" not in errors.getvalue()
    assert before == {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def test_two_writers_and_four_readers_lose_nothing(bases: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(bases["mark"], folder)
    ids = [r["id"] for r in Store(folder).papers()]
    writer = (
        "import sys; from pathlib import Path; from paperctl.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(40):\n"
        "    store.decide({i: {'note': f'{sys.argv[2]} {n} {i}'} for i in sys.argv[3:]}, 'mark note')\n"
        "    print(n, flush=True)\n"
    )
    loader = "import sys; from paperctl.__main__ import main; main(sys.argv[1:])"
    reader = (
        "import sys; from pathlib import Path; from paperctl.store import Store\n"
        "said = []\n"
        "for _ in range(30):\n"
        "    store = Store(Path(sys.argv[1]), said.append)\n"
        "    papers = list(store.papers())\n"
        "    assert len(papers) >= int(sys.argv[2]) and not said, (len(papers), said)\n"
    )

    def start(code: str, *args: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", code, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    half = len(ids) // 2
    running = [
        start(writer, str(folder), "first", *ids[:half]),
        start(writer, str(folder), "second", *ids[half:]),
        start(loader, "-q", "--store", str(folder), "load", "--no-dedupe", EXAMPLES[0]),
        *[start(reader, str(folder), str(len(ids))) for _ in range(4)],
    ]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    notes = {r["id"]: r["note"] for r in Store(folder).papers()}
    assert all(notes[i] == f"{'first' if n < half else 'second'} 39 {i}" for n, i in enumerate(ids))
    did = [entry.did for entry in Store(folder).log()]
    assert did.count("mark note") == 80
