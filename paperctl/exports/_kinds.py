"""What kind of work a record is, and what each bibliographic format calls it."""

from __future__ import annotations

import re
from typing import Literal

from paperctl.record import Record
from paperctl.text.fold import fold

Kind = Literal[
    "article", "conference", "preprint", "book", "chapter", "thesis", "report", "web", "data", "other"
]

_WORDS: dict[Kind, str] = {
    "article": "article jour journalarticle articlejournal magazinearticle mgzn review editorial letter note",
    "conference": "inproceedings conference cpaper conf proceedingsarticle paperconference conferencepaper",
    "preprint": "preprint postedcontent unpublished unpb",
    "book": "book mvbook collection mvcollection proceedings edbook ebook monograph",
    "chapter": "incollection inbook chap bookchapter chapter inreference suppbook",
    "thesis": "thesis phdthesis mastersthesis thes dissertation",
    "report": "techreport report rprt",
    "web": "online electronic www web elec webpage",
    "data": "dataset data software comp",
}
_KIND_OF: dict[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_MEETING = re.compile(r"proceedings|proc\.|conference|workshop|symposium|meeting|congress", re.IGNORECASE)
_JOURNALS = frozenset(
    ("jmlr", "tmlr", "tpami", "pami", "pnas", "jama", "bmj", "tacl", "ijcv", "nejm", "tkde", "jair", "tnnls")
)


def is_known(word: str) -> bool:
    """Whether a word is some format's name for a kind of work."""
    return fold(word).replace(" ", "") in _KIND_OF


def kind(record: Record) -> Kind:
    """The kind that the dump states as `extra.type`, in any format's words, else a guess by the venue."""
    stated = (record.get("extra") or {}).get("type")
    if isinstance(stated, str) and (found := _KIND_OF.get(fold(stated).replace(" ", ""))):
        return found
    venue = record.get("venue") or ""
    if "arxiv" in venue.lower() or (not venue and record.get("arxiv_id")):
        return "preprint"
    if not venue:
        return "other"
    first = venue.split()[0]
    acronym = sum(map(str.isupper, first)) >= 3 and fold(first) not in _JOURNALS
    return "conference" if acronym or _MEETING.search(venue) else "article"
