"""The record of a paper: a plain dict in the documented JSON shape, so that fields that this version
does not know pass through unchanged."""

from __future__ import annotations

from typing import Any

SCHEMA = 1
"""Version of the record's shape, written in every stored line."""

FACTS: dict[str, Any] = {
    "title": "",
    "abstract": None,
    "authors": (),
    "year": None,
    "venue": None,
    "doi": None,
    "arxiv_id": None,
    "url": None,
    "code_urls": (),
    "has_code": False,
    "keywords": (),
    "extra": {},
}
"""What dumps can say of a paper, in the order of a record, each with the value of knowing nothing."""

Record = dict[str, Any]
