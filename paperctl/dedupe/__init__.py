"""Deduplication: which records are one paper, which are versions of one work, and what a merge keeps.

Pure functions: records in, decisions out; no store and no terminal. `keys` and `verdict` work on single
records and pairs, so that another engine can join by the one and judge by the other.
"""

from paperctl.dedupe.keys import keys
from paperctl.dedupe.merge import conflicts, merge
from paperctl.dedupe.plan import Plan, plan
from paperctl.dedupe.verdict import Kind, Verdict, verdict

__all__ = ["Kind", "Plan", "Verdict", "conflicts", "keys", "merge", "plan", "verdict"]
