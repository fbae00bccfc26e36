"""A run stage by stage, each done once: a run that was stopped goes on behind the last that was finished."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from paperctl.bulk import deciding, outputs, stages
from paperctl.bulk.asked import Asked, Counted, Progress
from paperctl.bulk.engine import Engine, Stage, bytes_in, rows_in, table_path
from paperctl.bulk.inputs import Slice
from paperctl.bulk.parts import read_part


class Staged:
    """The stages in their order, each done once."""

    def __init__(self, engine: Engine, work: Path, asked: Asked, tell: Progress) -> None:
        self._engine, self._work, self._asked, self._tell = engine, work, asked, tell
        self._counted = Counted()

    def run(self, slices: Sequence[Slice]) -> Counted:
        engine, asked, counted = self._engine, self._asked, self._counted
        self._read(slices)
        with self._once("numbered") as todo:
            if todo:
                engine.number()
        self._stage(stages.IDS)
        if asked.dedupe:
            for stage in stages.dedupe():
                self._stage(stage)
            with self._once("groups") as todo:
                if todo:
                    engine.save("groups", deciding.groups(engine.ask("select i, j from judged")))
            seen = deciding.seen(engine.ask("select seen from judged where seen is not null"))
            for stage in stages.settle(seen):
                self._stage(stage)
            counted.rules = deciding.rules(engine)
            counted.blocks = deciding.blocks(engine)
        else:
            engine.save("settled", deciding.nothing_settled())
        engine.view("clusters", "select i, j from settled where what = 'cluster'")
        engine.view("homes", stages.HOMES)
        for stage in stages.papers(asked.tagger):
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
        outputs.publish(self._work, asked.output, asked.format)
        return counted

    def _read(self, slices: Sequence[Slice]) -> None:
        folder = self._work / "read"
        with self._once("read", rows=False) as todo:
            if todo:
                left = [part for part in slices if not (folder / f"{part.number}.json").exists()]
                before = len(slices) - len(left)
                read = partial(read_part, folder)
                for done, _ in enumerate(self._engine.read(left, read), before + 1):
                    self._tell("reading", done / len(slices))

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
            self._counted.stages.append(json.loads(note.read_text("utf-8")))
            if rows:
                self._engine.open([name])
            yield False
            return
        self._tell(name, 0.0)
        start = time.monotonic()
        yield True
        told: dict[str, Any] = {"stage": name, "seconds": round(time.monotonic() - start, 2)}
        if rows:
            told |= {"rows": rows_in(path)}
        told |= {"bytes": bytes_in(path)}
        note.write_text(json.dumps(told), "utf-8")
        self._counted.stages.append(told)

    def _count(self) -> None:
        counted = self._counted
        rows = {told["stage"]: told.get("rows", 0) for told in counted.stages}
        counted.read, counted.papers, counted.doubtful = rows["records"], rows["kept"], rows["doubtful"]
        counted.merged = counted.read - counted.papers
        (links,) = self._engine.ask("select count(*) as n from links").to_pylist()
        (works,) = self._engine.ask("select count(*) as n, count(distinct work) as w from works").to_pylist()
        counted.versions = links["n"] // 2
        counted.works = counted.papers - works["n"] + works["w"]
        skipped: Counter[str] = Counter()
        for file in (self._work / "read").glob("*.json"):
            told = json.loads(file.read_text("utf-8"))
            counted.set_aside += told["set aside"]
            skipped.update(told["skipped"])
        counted.skipped = dict(skipped)
