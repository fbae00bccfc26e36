"""What is decided over all verdicts at once: which papers hang together, and the columns that come back."""

from __future__ import annotations

import json

import pyarrow as pa

from paperctl.bulk import stages
from paperctl.bulk.engine import Engine, schema_of
from paperctl.deduplicate import steps


def groups(pairs: pa.Table) -> pa.Table:
    """For each row in a pair its group: rows that pairs lead to from one another."""
    if not pairs.num_rows:
        return pa.table({"n": pa.array([], pa.int64()), "part": pa.array([], pa.int64())})
    n, part = steps.groups(pairs.column("i").to_numpy(), pairs.column("j").to_numpy())
    return pa.table({"n": pa.array(n, pa.int64()), "part": pa.array(part, pa.int64())})


def seen(judged: pa.Table) -> list[tuple[object, ...]]:
    """The columns that were seen in judged pairs, each once."""
    found = (tuple(one) for text in judged.column("seen").to_pylist() for one in json.loads(text))
    return sorted(set(found), key=repr)


def rules(engine: Engine) -> list[dict[str, object]]:
    """How many pairs each rule decided, before whole groups were looked at."""
    found = engine.ask("select kind, rule, count(*) as pairs from judged group by kind, rule")
    return sorted(found.to_pylist(), key=lambda row: (row["kind"], -row["pairs"], row["rule"]))


def blocks(engine: Engine) -> list[dict[str, object]]:
    """How many blocks there are of each kind of key, how many rows in them, and in the largest."""
    found = engine.ask(
        """select kind, count(*) as blocks, sum(size) as records, max(size) as largest from (
            select key, cast(floor(key / 4294967296) as bigint) as kind, count(*) as size
            from (select {unnest}(keys) as key from numbered) as keyed group by key
        ) as counted group by kind"""
    )
    names = dict(enumerate(steps.KINDS))
    rows = ({**row, "kind": names[row["kind"]], "records": int(row["records"])} for row in found.to_pylist())
    return sorted(rows, key=lambda row: str(row["kind"]))


def nothing_settled() -> pa.Table:
    """The table of a run that compares nothing."""
    (stage,) = stages.settle([])
    return schema_of(stage.columns).empty_table()
