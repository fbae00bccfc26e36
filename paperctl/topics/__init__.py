"""Topics: rules that tag papers, explain themselves and learn. Pure: no store, no terminal, no network.

rules = load_rules(user_topics, packs)      built-in topics, packs, the user's own
tag(records, rules)                         topics and scores of each record
tag_again(records, rules, changed)          the same where only some topics' rules are others than before
explain(record, rules)                      which cues made them
evaluate(rows, records, taggings, rules)    agreement with labelled papers
suggest(topic, tagged, records, rules)      cues worth adding
learn(records, corrections, rules)          a model of the user's corrections, for tag(…, learned=…)
weigh(records, rules)                       TF-IDF factors of a corpus, for tag(…, factors=…)
check_text(text)                            every mistake in a topics file, with its line
"""

from __future__ import annotations

from paperctl.topics.evaluate import Evaluation, Miss, TopicScore, evaluate
from paperctl.topics.learn import learn
from paperctl.topics.learned import Learned, LearnedTopic
from paperctl.topics.load import check_text, load_rules, pack_names
from paperctl.topics.problems import Problem
from paperctl.topics.rules import Cue, Rules, Topic
from paperctl.topics.suggest import Suggestion, suggest
from paperctl.topics.tagger import Explanation, Found, Tagging
from paperctl.topics.tagging import explain, tag, tag_again
from paperctl.topics.weigh import weigh

__all__ = [
    "Cue",
    "Evaluation",
    "Explanation",
    "Found",
    "Learned",
    "LearnedTopic",
    "Miss",
    "Problem",
    "Rules",
    "Suggestion",
    "Tagging",
    "Topic",
    "TopicScore",
    "check_text",
    "evaluate",
    "explain",
    "learn",
    "load_rules",
    "pack_names",
    "suggest",
    "tag",
    "tag_again",
    "weigh",
]
