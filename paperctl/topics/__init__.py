"""Topics: rules that tag papers and explain themselves. Pure: no store, no terminal, no network.

rules = load_rules(user_topics, packs)      built-in topics, packs, the user's own
tag(records, rules)                         topics and scores of each record
explain(record, rules)                      which cues made them
"""

from __future__ import annotations

from paperctl.topics.check import Problem
from paperctl.topics.load import check_text, load_rules, packs
from paperctl.topics.rules import Cue, Rules, Topic
from paperctl.topics.tagger import Explanation, Found, Tagging, explain, tag

__all__ = [
    "Cue",
    "Explanation",
    "Found",
    "Problem",
    "Rules",
    "Tagging",
    "Topic",
    "check_text",
    "explain",
    "load_rules",
    "packs",
    "tag",
]
