"""The names of the topics in force without their rules, which take longer to read than many a command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PACKS = Path(__file__).parents[1] / "topics" / "packs"
_TOPIC = re.compile(r'^([a-z][\w/-]*):\n  name: "?(.+?)"?$', re.M)
"""How a topic begins in the packs of paperctl."""


def topic_names(user_topics: Mapping[str, Any] | None, packs: Sequence[str]) -> dict[str, str]:
    """Topic → display name, as the rules have it. A user's own topics are read and checked with their rules,
    and so are packs that do not exist."""
    if not user_topics:
        try:
            texts = [(_PACKS / f"{pack}.yaml").read_text("utf-8") for pack in ("core", *packs)]
            return {topic: name for text in texts for topic, name in _TOPIC.findall(text)}
        except OSError:
            pass
    from paperctl.topics import load_rules

    return dict(load_rules(user_topics, packs).names)
