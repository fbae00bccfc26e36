"""Daily papers of the Hugging Face API (`/api/daily_papers`) and its single papers."""

from __future__ import annotations

from paperctl.readers._json.layout import Layout, at, listed
from paperctl.record.items import Entry, Object

FITS = ({"paper", "publishedAt"}, {"paper", "title"}, {"id", "summary", "publishedAt", "upvotes"})
_OF_A_DAY = ("title", "summary", "publishedAt", "numComments", "thumbnail")
"""What a day's list says of a paper besides the paper itself."""


def entry(obj: Object, lines: tuple[int, int]) -> Entry | None:
    if "paper" not in obj:
        obj = {"paper": obj, **{name: obj[name] for name in _OF_A_DAY if name in obj}}
    found = _LAYOUT.entry(obj, lines)
    return found if "title" in found.fields else None


def _authors(obj: Object) -> list[object]:
    authors = listed(at(obj, "paper.authors"))
    return [at(a, "name") if isinstance(a, dict) else a for a in authors if at(a, "hidden") is not True]


_LAYOUT = Layout(
    fields={
        "title": "title paper.title",
        "abstract": "paper.summary summary",
        "authors": (_authors,),
        "arxiv_id": "paper.id",
        "year": "paper.publishedAt",
        "keywords": "paper.ai_keywords",
        "code_urls": "paper.githubRepo",
        "url": "paper.projectPage",
    },
    extra={
        "date": "paper.publishedAt",
        "listed": "publishedAt",
        "upvotes": "paper.upvotes",
        "numComments": "numComments",
        "ai_summary": "paper.ai_summary",
        "githubStars": "paper.githubStars",
        "thumbnail": "thumbnail",
    },
    key="paper.id",
    without=frozenset(("paper", "mediaUrls", "submittedBy", *_OF_A_DAY)),
)
