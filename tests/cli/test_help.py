"""`help`, and that every command explains itself."""

from __future__ import annotations

import pytest

from paperctl.cli.app import VERBS
from tests.conftest import Paperctl


def test_help_on_a_command_is_its_help(paperctl: Paperctl) -> None:
    for words in (["list"], ["label", "add"], ["query", "save"], ["find"], ["dedupe", "split"]):
        verb = "search" if words == ["find"] else words[0]
        shown = paperctl("help", *words)
        assert shown.status == 0 and shown.out == paperctl(verb, *words[1:], "--help").out


def test_help_on_a_topic_is_its_page(paperctl: Paperctl) -> None:
    page = paperctl("help", "queries").out
    assert "load:2026-01-31" in page and "](" not in page
    assert "Take" in paperctl("help", "topics").out or "topics" in paperctl("help", "topics").out
    alone = paperctl("help").out
    assert all(topic in alone for topic in ("queries", "screening", "store", *VERBS))
    for wrong in (["querries"], ["labl"], ["label", "ad"]):
        ran = paperctl("help", *wrong)
        assert ran.status == 2 and "did you mean" in ran.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_has_help(paperctl: Paperctl, verb: str) -> None:
    ran = paperctl("help", verb)
    assert ran.status == 0 and ran.out.startswith(f"Usage: paperctl {verb}")
