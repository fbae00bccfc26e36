"""Deduplication: which records are one paper, which are versions of one work, and what a merge keeps.

Pure functions: records in, decisions out; no store and no terminal. `keys` and `verdict` work on single
records and pairs, so that another engine can join by the one and judge by the other.
"""

from paperctl.deduplicate.blocking import keys
from paperctl.deduplicate.candidates import renumbered, with_title
from paperctl.deduplicate.clusters import NOT_MERGED
from paperctl.deduplicate.judge import Verdict
from paperctl.deduplicate.judging import key_table
from paperctl.deduplicate.merging import merge
from paperctl.deduplicate.papers import verdict
from paperctl.deduplicate.planning import plan
from paperctl.deduplicate.rule import Kind
from paperctl.deduplicate.settling import Plan, settle

__all__ = [
    "NOT_MERGED",
    "Kind",
    "Plan",
    "Verdict",
    "key_table",
    "keys",
    "merge",
    "plan",
    "renumbered",
    "settle",
    "verdict",
    "with_title",
]
