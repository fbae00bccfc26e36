"""A paper as people write it into lists: title, links, authors, venue and year in a line or two.

Lists differ in their order and marks ("**Title.** CVPR 2024. [[Paper](...)]", "[Title](...),
*Authors*", "Title. Authors. [pdf]"), so each part is found by its own mark, wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperctl.readers._markdown.around import Around, parts_around
from paperctl.readers._markdown.hosts import PAPER_HOST
from paperctl.readers._markdown.inline import (
    as_markdown,
    badges,
    says_code_label,
    says_paper,
    unescaped,
)
from paperctl.readers._markdown.links import Marked, marked_links
from paperctl.readers._markdown.marks import BOLD, QUOTED, Mark, Title
from paperctl.readers._markdown.names import names_in
from paperctl.readers._markdown.places import place_in
from paperctl.readers._markdown.title import title_in
from paperctl.readers._text import CODE_LINK, Link, arxiv_id, prose
from paperctl.readers._values import stated
from paperctl.record.items import Object, Raw
from paperctl.text.fold import fold
from paperctl.text.patterns import ARXIV, DOI_PREFIX

_ARXIV_TEXT = re.compile(rf"arXiv[:\s]+(?:arXiv[:\s]+)?({ARXIV})", re.IGNORECASE)
_DOI = re.compile(rf"doi\.org/({DOI_PREFIX}(?:[^\s()\]}}>\"]|\([^\s()]*\))+)", re.IGNORECASE)
_RUN = re.compile(r"([^\S\n]|\n|[^\w\s])\1{9,}")
"""Ten times the same blank or sign, which say no more than two and make searches slow."""
LONGEST = 20_000
"""Characters of a list item that are looked at."""
_ABSTRACT_WORDS = 8
"""A description of fewer words says what a paper is about, and is no summary of it."""


@dataclass(slots=True)
class Mention:
    """What a line says of a paper.

    `sure` when a link to it, its arXiv id or its venue proves it one; `mark` is how its title was
    found; `tool` when its title links to something that is no paper.
    """

    fields: Raw
    extra: Object = field(default_factory=dict)
    sure: bool = False
    mark: Mark = "plain"
    tool: bool = False


def mention(text: str, ours: bool = False, cell: bool = False) -> Mention | None:
    """The paper that a list item speaks of; None where nothing reads like a title.

    `text` is Markdown, its lines joined; `ours` says that paperctl wrote it, so that even one
    word is a title and parts stand between dots; `cell` that it is a table's cell of titles.
    """
    text = _RUN.sub(r"\1\1", text[:LONGEST])
    badge_words = badges(text)
    text = _RUN.sub(r"\1\1", as_markdown(text))
    marked = marked_links(text)
    title = _no_place(title_in(marked.text, ours=ours, cell=cell), marked, ours)
    if not title or not title.words or title.words.startswith("[link]("):
        return None  # its words are its address
    fields: Raw = {"title": title.words}
    labels = marked.labels
    named = [k for k in marked.named if _is_of(k, title.words)]
    linked = _add_links(fields, named, labels, text)
    if title.lone and not fields.keys() & {"arxiv_id", "doi"}:
        return None
    extra = _label_of(title)
    if len(title.front.tags) > 1:
        fields["keywords"] = title.front.tags
    around = _around(title, ours, marked.places)
    _add_badges(fields, around, badge_words)
    _add_around(fields, extra, around, ours)
    proven = linked or _is_dated(fields, text, title.cited)
    tool = any(map(_is_web, (k.url for k in named))) and not (proven or cell or fields.get("authors"))
    mend_arxiv_year(fields)
    return Mention(fields, extra, proven, title.shown_by(), tool)


def _no_place(title: Title | None, marked: Marked, ours: bool) -> Title | None:
    """A title, or where it is none but a place, the words of a first link that leads to a paper though they
    read like a meeting: "[CoNLL 2003](…)" is what its paper is called there."""
    if ours or (title and place_in(title.words) is None):
        return title
    link = marked.labels[0] if marked.labels else None
    place = place_in(link.text) if link else None
    if link and place and place[1] and marked.text.startswith(" \x00") and PAPER_HOST.search(link.url):
        return Title(link.text.strip(), "", marked.text[2:], "link")
    return None if title and title.words.startswith("(") else title


def _label_of(title: Title) -> Object:
    """The nickname in front of a title, if it has one."""
    label = title.front.label
    return {"label": label} if label and fold(label) != fold(title.words) else {}


def _is_of(link: Link, title: str) -> bool:
    """Whether the words of a link are of a title, or hold it."""
    words, title = fold(unescaped(link.text)), fold(title)
    return words in title or title in words


def mend_arxiv_year(fields: Raw) -> None:
    """Takes away the year that is the beginning of an arXiv id: "arXiv 2004" of 2004.05682."""
    year, arxiv = str(fields.get("year") or "-"), fields.get("arxiv_id") or ""
    if arxiv.startswith(year) and fields.get("venue", "").lower() == "arxiv":
        del fields["year"]


def _is_dated(fields: Raw, text: str, cited: bool) -> bool:
    """Whether a marked title stands next to a venue and a year, or behind its people: as only papers do."""
    if fields.get("authors") and fields.get("year") and (cited or QUOTED.search(text)):
        return True
    dated = fields.get("venue") and fields.get("year")
    return bool(dated and (BOLD.search(text) or QUOTED.search(text)))


def _surer_people(after: list[str], before: list[str], title: Title) -> list[str]:
    """The people around a title: those `before` it, in a text that lists several or inverts a name, or where
    they prove it one."""
    surer = before and (len(before) > 1 or "," in title.before or title.cited)
    return before if surer or not after else after


def _before(title: Title, ours: bool) -> Around:
    """What stands before a title: no venue, where its people do."""
    if not title.before:
        return Around()
    found = parts_around(title.before, ours, first=True)
    found.venue = "" if title.cited else found.venue
    return found


def _around(title: Title, ours: bool, labels: list[tuple[str, int | None]]) -> Around:
    """What stands around a title; what is before it fills what is missing after it, and what the places say
    that `labels` name."""
    found = parts_around(title.after, ours)
    more = _before(title, ours)
    found.authors = _surer_people(found.authors, more.authors, title)
    found.venue = title.front.venue or found.venue or more.venue
    first, second = (more, found) if title.cited else (found, more)
    found.year = first.year or second.year or title.front.year or found.some_year or more.some_year
    found.venue = found.venue or next((place[0] for place in labels if place[0]), "")
    found.year = found.year or next((place[1] for place in labels if place[1]), None)
    return found


def _add_links(fields: Raw, named: list[Link], labels: list[Link], text: str) -> bool:
    """The links to the paper, its ids and its code; whether one of these proves it a paper."""
    papers = [k.url for k in (*named, *labels) if PAPER_HOST.search(k.url)]
    papers += [k.url for k in labels if says_paper(k.text) and _is_web(k.url)]
    urls = list(dict.fromkeys(papers)) or [k.url for k in named if _is_web(k.url) and not _is_code(k.url)]
    found = stated(
        url="".join(urls[:1]),
        arxiv_id=next(filter(None, map(arxiv_id, urls)), None) or _first(_ARXIV_TEXT, text),
        doi=_first(_DOI, " ".join(urls)),
        code_urls=_code_links(named, labels, papers),
    )
    fields |= found
    return bool(papers or "arxiv_id" in found or "doi" in found)


def _code_links(named: list[Link], labels: list[Link], papers: list[str]) -> list[str]:
    code = [k.url for k in labels if says_code_label(k.text) or _is_code(k.url)]
    code = [url for url in code if not url.endswith(".pdf") and url not in papers]
    code += [k.url for k in named if _is_code(k.url)]
    return list(dict.fromkeys(filter(_is_web, code)))


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None


def _is_web(url: str) -> bool:
    return url[:4] == "http"


def _is_code(url: str) -> bool:
    return CODE_LINK.match(url) is not None


def _add_badges(fields: Raw, around: Around, badge_words: list[str]) -> None:
    """Badges name the meeting or are keywords."""
    words = []
    for badge in badge_words:
        place = place_in(re.sub(r"(?i)^(?:conference|conf|venue|publish(?:ed)?|journal)[- ]+", "", badge))
        if place is not None and place[1]:
            around.venue, around.year = around.venue or place[0], around.year or place[1]
        else:
            words.append(badge.strip(" -"))
    if words:
        fields["keywords"] = [*fields.get("keywords", []), *words]


def _add_around(fields: Raw, extra: Object, around: Around, ours: bool) -> None:
    if around.venue:
        fields["venue"] = around.venue
    if around.year:
        fields["year"] = around.year
    if around.authors:
        fields["authors"] = around.authors
    if around.description and not ours:
        badge_words = around.description
        if badge_words[0] != "(" and len(badge_words.split()) >= _ABSTRACT_WORDS and prose(badge_words) > 0:
            fields["abstract"] = around.description
        else:
            extra["description"] = around.description


__all__ = ["LONGEST", "Mention", "mention", "names_in"]
