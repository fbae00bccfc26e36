"""A run stage by stage, each done once: a run that was stopped goes on behind the last that was finished."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from paperctl.bulk import deciding, outputs, stages
from paperctl.bulk.engine import Engine, Stage, bytes_in, rows_in, table_path
from paperctl.bulk.inputs import Slice
from paperctl.bulk.job import Job, RunReceipt
from paperctl.bulk.parts import read_part
from paperctl.parallel.reports import Progress


class Staged:
    """The stages in their order, each done once."""

    def __init__(self, engine: Engine, work: Path, job: Job, progress: Progress) -> None:
        self._engine, self._work, self._job, self._progress = engine, work, job, progress
        self._receipt = RunReceipt()

    def run(self, slices: Sequence[Slice]) -> RunReceipt:
        engine, job, receipt = self._engine, self._job, self._receipt
        self._read(slices)
        with self._once("numbered") as todo:
            if todo:
                engine.number()
        self._stage(stages.IDS)
        if job.dedupe:
            for stage in stages.dedupe():
                self._stage(stage)
            with self._once("groups") as todo:
                if todo:
                    engine.save("groups", deciding.groups(engine.ask("select i, j from judged")))
            seen = deciding.seen(engine.ask("select seen from judged where seen is not null"))
            for stage in stages.settle(seen):
                self._stage(stage)
            receipt.rules = deciding.rules(engine)
            receipt.blocks = deciding.blocks(engine)
        else:
            engine.save("settled", deciding.nothing_settled())
        engine.view("clusters", "select i, j from settled where what = 'cluster'")
        engine.view("homes", stages.HOMES)
        engine.view("shared", stages.SHARED if job.dedupe else stages.NONE_SHARED)
        for stage in stages.papers(job.tagger):
            self._stage(stage)
        engine.view("papers", "select * from papers_alone union all select * from papers_merged")
        engine.view(
            "links",
            """select distinct * from (
                select a.paper, b.paper as other from settled as s join homes as a on a.n = s.i
                join homes as b on b.n = s.j where s.what = 'version'
                union all
                select b.paper, a.paper as other from settled as s join homes as a on a.n = s.i
                join homes as b on b.n = s.j where s.what = 'version') as both_ways where paper <> other""",
        )
        with self._once("work_parts") as todo:
            if todo:
                pairs = engine.ask("select paper as i, other as j from links")
                engine.save("work_parts", deciding.groups(pairs))
        self._stage(stages.WORKS)
        for stage in (stages.KEPT, stages.RECORDS, stages.DOUBTFUL):
            self._stage(stage)
        self._count()
        outputs.publish(self._work, job.output, job.format)
        return receipt

    def _read(self, slices: Sequence[Slice]) -> None:
        folder = self._work / "read"
        with self._once("read", rows=False) as todo:
            if todo:
                left = [part for part in slices if not (folder / f"{part.number}.json").exists()]
                before = len(slices) - len(left)
                read = partial(read_part, folder)
                for done, _ in enumerate(self._engine.read(left, read), before + 1):
                    self._progress("reading", done / len(slices))

    def _stage(self, stage: Stage) -> None:
        with self._once(stage.name) as todo:
            if todo:
                self._engine.run(stage)

    def _done(self) -> set[str]:
        return {file.stem for file in self._work.glob("*.done")}

    @contextmanager
    def _once(self, name: str, *, rows: bool = True) -> Iterator[bool]:
        """Whether a stage is still to do; what it was like is noted when it is done."""
        note = self._work / f"{name}.done"
        path = table_path(self._work, name) if rows else self._work / name
        if note.exists() and path.exists():  # it is gone where a run was stopped while it moved its tables
            self._receipt.stages.append(json.loads(note.read_text("utf-8")))
            if rows:
                self._engine.open([name])
            yield False
            return
        self._progress(name, 0.0)
        start = time.monotonic()
        yield True
        stats: dict[str, object] = {"stage": name, "seconds": round(time.monotonic() - start, 2)}
        if rows:
            stats |= {"rows": rows_in(path)}
        stats |= {"bytes": bytes_in(path)}
        note.write_text(json.dumps(stats), "utf-8")
        self._receipt.stages.append(stats)

    def _count(self) -> None:
        receipt = self._receipt
        rows = {stats["stage"]: stats.get("rows", 0) for stats in receipt.stages}
        receipt.read, receipt.papers, receipt.doubtful = rows["records"], rows["kept"], rows["doubtful"]
        receipt.merged = receipt.read - receipt.papers
        (links,) = self._engine.ask("select count(*) as n from links").to_pylist()
        (works,) = self._engine.ask("select count(*) as n, count(distinct work) as w from works").to_pylist()
        receipt.versions = links["n"] // 2
        receipt.works = receipt.papers - works["n"] + works["w"]
        skipped: Counter[str] = Counter()
        for file in (self._work / "read").glob("*.json"):
            stats = json.loads(file.read_text("utf-8"))
            receipt.set_aside += stats["set aside"]
            skipped.update(stats["skipped"])
        receipt.skipped = dict(skipped)
