"""A row of a Markdown table as a paper: what its columns are called decides what its cells are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from paperctl.readers._markdown.blocks import Block
from paperctl.readers._markdown.hosts import PAPER_HOST
from paperctl.readers._markdown.inline import as_markdown, is_label, plain
from paperctl.readers._markdown.mention import Mention, mention
from paperctl.readers._markdown.names import names_in
from paperctl.readers._markdown.notes import FIELDS
from paperctl.readers._markdown.places import place_in
from paperctl.readers._text import MARKDOWN_LINK, Link, links, people, reads_like_title
from paperctl.record.items import by_fact
from paperctl.text.fold import fold

_TITLES: tuple[str, ...] = (
    r"(?:.* )?titles?(?: .*)?|标题|题目",
    r"(?:name of )?(?:the )?papers?(?: names?)?|论文|papers? .*authors?.*",
    r"readings?|publications?|articles?|works?|references?|citation|surveys?|reviews?|引用|文献|参考文献|文章",
    r"(?:.* )?names?",
    r"models?|methods?|approach(?:es)?|algorithms?|frameworks?|systems?",
)
"""What a column of titles is called, the surest first."""
_LINK_WORDS = (
    " code github paper papers link links pdf arxiv url urls project website homepage repo repository"
    " resource resources demo slides poster video openreview doi data dataset datasets bib bibtex tweet"
    " twitter blog"
)
_LINKS = frozenset(_LINK_WORDS.split())
_DESCRIPTIONS = frozenset(
    (
        *("introduction", "description", "summary", "tl dr", "tldr", "overview", "abstract", "highlight"),
        *("key idea", "main idea", "contribution", "contributions", "brief introduction"),
        *("简介", "摘要", "描述", "介绍", "概要"),
    )
)
_NUMBERS = frozenset(
    ("rank", "no", "id", "idx", "index", "nr", "", "stars", "citations", "rating", "avgrating")
)
_BREAK = re.compile(r"<br\s*/?>")
_NOTHING = re.compile(r"[\W_]*|n/?a|none|null|image|tbd|\[//\]:.*", re.IGNORECASE)


def row_paper(block: Block, ours: bool) -> Mention | None:
    """The paper of a table's row; None where no cell holds a title."""
    names = [fold(plain(name)) for name in block.header]
    at = _title_column(block.cells, names, ours)
    if at is None:
        return None
    others = [_only_links(cell, name) for n, (name, cell) in enumerate(_named(names, block.cells)) if n != at]
    found = mention(" · ".join(filter(None, [block.cells[at], *others])), ours, cell=True)
    if found:
        for n, (name, cell) in enumerate(_named(names, block.cells)):
            if n != at:
                _add_cell(found, name, cell, ours)
        paper = "paper" in names[at] and reads_like_title(found.fields["title"])
        of_papers = _is_dated(found) or "authors" in names or paper
        found.sure = found.sure or (_names_titles(names[at]) and of_papers)
    return found


def _names_titles(name: str) -> bool:
    """Whether a column is called what only one of titles is."""
    return any(re.fullmatch(pattern, name) for pattern in _TITLES[:-2])


def _is_dated(found: Mention) -> bool:
    """Whether a row has a year and people or a venue, as no row of tools has."""
    fields = found.fields
    return bool(fields.get("year") and (fields.get("venue") or fields.get("authors")))


def _named(names: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    padded = [*names, *[""] * (len(cells) - len(names))]
    return list(zip(padded, cells, strict=False))


def _title_column(cells: Sequence[str], names: Sequence[str], ours: bool) -> int | None:
    """The cell of the title: of the surest column that holds some words here, else a link of many words."""
    for pattern in _TITLES:
        for n, name in enumerate(names[: len(cells)]):
            if re.fullmatch(pattern, name) and _holds_title(cells[n], ours):
                return n
    wordy = [n for n, cell in enumerate(cells) if any(map(_is_wordy, links(as_markdown(cell))))]
    return wordy[0] if wordy else None


def _is_wordy(link: Link) -> bool:
    return len(link.text.split()) > 2


_LINK_AFTER_LINK = re.compile(r"(?<=\))\s*(?:[,;]|<br\s*/?>|·|\band\b)\s*(?=\[)")


def each_paper(block: Block) -> list[Block]:
    """A row of a table once for each paper, where a cell links to several one after another."""
    for n, cell in enumerate(block.cells if block.header else ()):
        parts = _LINK_AFTER_LINK.split(as_markdown(cell))
        if len(parts) > 1 and all(any(map(_is_wordy, links(part))) for part in parts):
            return [replace(block, cells=[*block.cells[:n], part, *block.cells[n + 1 :]]) for part in parts]
    return [block]


def _holds_title(cell: str, ours: bool) -> bool:
    words = plain(MARKDOWN_LINK.sub(lambda m: " " if is_label(m[1]) else m[1], as_markdown(cell)))
    if len(words.split()) >= 2 or (ours and words) or re.search(r"\*\*\w{2,}", cell):
        return True
    named = (link.url for link in links(as_markdown(cell)) if not is_label(link.text))
    return bool(words) and any(map(PAPER_HOST.search, named))


def _only_links(cell: str, name: str) -> str:
    """The links of a cell, each called by its column where that says more than its own words."""
    label_of_link = (
        "code"
        if name in {"code", "github", "repo", "repository", "代码", "源码"}
        else name
        if name in _LINKS
        else ""
    )
    found = []
    for words, url in MARKDOWN_LINK.findall(as_markdown(cell)):
        label = words if is_label(words) and re.search(r"\w", words) else label_of_link or "link"
        found.append(f"[{label}]({url})")
    return " ".join(found)


def _add_cell(found: Mention, name: str, cell: str, ours: bool) -> None:
    """What a cell next to the title says."""
    text = as_markdown(cell)
    value = plain(_BREAK.sub(" ", MARKDOWN_LINK.sub(lambda m: "" if is_label(m[1]) else m[1], text)))
    known = FIELDS.get(name) or _like(name)
    if known in {"decision", "note"} and not ours:
        known = None  # the meeting's, not a reader's
    if name == "code" and not found.fields.get("code_urls") and re.search(r"[\w✓✔✅]", plain(cell)):
        found.extra.setdefault("code", plain(cell))
    if _NOTHING.fullmatch(value) or (name in _LINKS and known != "authors") or (ours and name == "topics"):
        return
    if known:
        _add_fact(found, known, value)
    elif name in _DESCRIPTIONS:
        found.fields.setdefault("abstract", value)
    else:
        _add_other(found, name, value)


def _add_fact(found: Mention, fact: str, value: str) -> None:
    if fact == "venue":
        _add_venue(found, value)
    elif fact == "authors":
        found.fields["authors"] = people(value)
    elif fact != "year":
        by_fact(found.fields)[fact] = value
    elif year := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", value):
        found.fields["year"] = found.fields.get("year") or int(year[0])


def _add_other(found: Mention, name: str, value: str) -> None:
    """A cell of a column whose name tells nothing: perhaps a place, or people below no name at all."""
    place = None if set(name.split()) & _NUMBERS or not name else place_in(value)
    if place and place[1]:
        if place[0]:
            found.fields.setdefault("venue", place[0])
        found.fields.setdefault("year", place[1])
    elif not name and "authors" not in found.fields and (names := names_in(value)):
        found.fields["authors"] = names
    found.extra.setdefault(name.replace(" ", "_") or "column", value)


def _add_venue(found: Mention, value: str) -> None:
    place = place_in(value)
    if place is not None and place[0]:
        found.fields["venue"] = place[0]
        found.fields["year"] = found.fields.get("year") or place[1]
    else:
        dated = re.search(r"[,\s]*\(?((?:19|20)\d\d)\)?$", value)
        found.fields["venue"] = value[: dated.start()] if dated else value
        if dated:
            found.fields["year"] = found.fields.get("year") or int(dated[1])


def _like(name: str) -> str | None:
    """The fact of a column whose name only begins or ends like one's: "publication date", "first author"."""
    words = set(name.split())
    if words & {"author", "authors", "作者"}:
        return "authors"
    if words & {"date", "year", "published", "time", "年份", "日期", "时间"}:
        return "year"
    return "venue" if words & {"venue", "conference", "journal", "conf", "会议", "期刊", "发表"} else None
