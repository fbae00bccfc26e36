"""Daily papers of the Hugging Face API (`/api/daily_papers`) and its single papers."""

from __future__ import annotations

from typing import Any

from paperctl.record.items import Entry

FITS = ({"paper", "publishedAt"}, {"paper", "title"}, {"id", "summary", "publishedAt", "upvotes"})


def entry(obj: dict[str, Any], lines: tuple[int, int]) -> Entry | None:
    paper = obj.get("paper", obj)
    if not isinstance(paper, dict) or not (paper.get("title") or obj.get("title")):
        return None
    authors = paper.get("authors")
    number = paper.get("id")
    fields: dict[str, Any] = {
        "title": obj.get("title") or paper.get("title"),
        "abstract": paper.get("summary") or obj.get("summary"),
        "authors": [
            a.get("name") if isinstance(a, dict) else a
            for a in (authors if isinstance(authors, list) else [])
            if not (isinstance(a, dict) and a.get("hidden") is True)
        ],
        "arxiv_id": number,
        "year": paper.get("publishedAt"),
        "keywords": paper.get("ai_keywords"),
        "code_urls": paper.get("githubRepo"),
        "url": paper.get("projectPage"),
    }
    extra: dict[str, Any] = {}
    for source, name, ours in (
        (paper, "publishedAt", "date"),
        (obj, "publishedAt", "listed"),
        (paper, "upvotes", "upvotes"),
        (obj, "numComments", "numComments"),
        (paper, "ai_summary", "ai_summary"),
        (paper, "githubStars", "githubStars"),
        (obj, "thumbnail", "thumbnail"),
    ):
        if source.get(name) not in (None, "", []):
            extra[ours] = source[name]
    used = {
        "paper",
        "title",
        "summary",
        "publishedAt",
        "numComments",
        "thumbnail",
        "mediaUrls",
        "submittedBy",
    }
    if paper is not obj:
        extra.update((k, v) for k, v in obj.items() if k not in used and v not in (None, "", [], {}))
    return Entry({k: v for k, v in fields.items() if v}, lines, str(number) if number else None, extra)
