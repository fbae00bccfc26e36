"""Nodes of a page: their words, attributes and addresses; and what a paper found on one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from paperctl.readers._text import arxiv_id
from paperctl.readers._values import stated
from paperctl.record.items import Object, Raw

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Paper = tuple[Raw, Object, str | None, list[str]]
"""Fields, extra, key, and what to look for in the source to find its line."""


def words_of(node: LexborNode | None) -> str:
    return " ".join(node.text(separator=" ").split()) if node else ""


def attribute(node: Any, name: str) -> str:
    return node.attributes.get(name) or ""


def next_of(node: Any, tag: str) -> Any:
    after = node.next
    while after is not None and after.tag != tag:
        after = after.next
    return after


def address_of(href: str, base: str) -> Raw:
    if not href or href.startswith(("#", "javascript:")):
        return {}
    url = urljoin(base, href) if base or "://" in href else href
    identified = arxiv_id(url)
    return stated(url=url, arxiv_id=identified) if "://" in url else {}


def query_id(href: str) -> str | None:
    found = re.search(r"[?&]id=([\w-]+)", href)
    return found[1] if found else None
