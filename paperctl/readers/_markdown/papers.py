"""Which blocks of a Markdown document are papers, and why the others are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from paperctl.readers._markdown.blocks import DETAIL, Block
from paperctl.readers._markdown.headed import add_labelled, headed_papers
from paperctl.readers._markdown.hosts import PAPER_HOST
from paperctl.readers._markdown.inline import as_markdown, is_label, plain
from paperctl.readers._markdown.mention import Mention, mention
from paperctl.readers._markdown.names import names_in
from paperctl.readers._markdown.neighbours import Candidate, by_their_neighbours
from paperctl.readers._markdown.notes import FIELDS
from paperctl.readers._markdown.places import place_in
from paperctl.readers._markdown.table import each_paper, row_paper
from paperctl.readers._text import MARKDOWN_LINK, prose
from paperctl.record.items import Entry, Raw
from paperctl.text.fold import fold
from paperctl.text.patterns import CAPITAL

OWN_MARK = re.compile(r"<!-- paperctl:(\S+) [0-9a-f]{6} -->")
_REASONS = {
    "item": "list item that names no paper",
    "row": "table row that names no paper",
    "rule": "table heading",
    "header": "table heading",
    "heading": "heading",
    "comment": "HTML comment",
    "front": "front matter",
    "code": "code block",
}


def papers_of(blocks: Sequence[Block]) -> tuple[list[Entry], dict[int, str]]:
    """The entries, and for each other line why it is none.

    An item is a paper by its link to one, its id, or its venue and year; and where its neighbours
    are, by its title alone.
    """
    reasons: dict[int, str] = {}
    entries = headed_papers(blocks)
    taken = {n for e in entries for n in range(e.lines[0], e.lines[1] + 1)}
    sure: list[Candidate] = []
    unsure: list[Candidate] = []
    for block in chain.from_iterable(map(each_paper, blocks)):
        if block.first in taken:
            continue
        own = OWN_MARK.search(block.text)
        found = _found(block)
        if found and block.kind != "text" and (found.sure or _is_kept(own)):
            sure.append(Candidate(block, found))
            continue
        if found and not own and "](#" not in block.text:
            unsure.append(Candidate(block, found))
        reasons |= dict.fromkeys(range(block.first, block.last + 1), _reason(block))
    for candidate in by_their_neighbours(sure, unsure):
        sure.append(candidate)
        for number in range(candidate.block.first, candidate.block.last + 1):
            reasons.pop(number, None)
    return [*entries, *(entry_of(block, found) for block, found in sure)], reasons


_NO_LISTS = re.compile(
    r"(?i)\W*(?:(?:upcoming |past )?events?|news|how to contribute|contributing|education|teaching|courses?"
    r"|awards?(?: (?:and|&) honou?rs)?|honou?rs(?: (?:and|&) awards?)?|internships?"
    r"|scholarships?)\W*"
)
"""What sections are called whose items have places and years but are no papers, unless they link to one."""
_FEW_PAPERS = re.compile(
    r"(?i)\W*(?:(?:our )?team|people|members|staff|maintainers|contributors|experiences?"
    r"|(?:professional )?services?|change ?log|release notes|releases|road ?map)\W*"
)
"""The same of sections that may be called by what their papers are on; these name their authors."""


_SHOWN = re.compile(r"(?i)\W*(?:slides?|talks?|videos?|podcasts?|lectures?|lecture notes)\W*")
"""What sections are called whose files are no papers, unless where they lie says so."""
_ANY_FILE = re.compile(r"\.pdf(?:$|[?#].*)|/papers?/", re.IGNORECASE)


def _is_shown(block: Block, found: Mention | None) -> bool:
    """Whether an item is slides or a recording by its section, and its link is no proof of a paper."""
    url = _ANY_FILE.sub("", str(found.fields.get("url") or "")) if found else ""
    if found and re.search(r"(?i)\bslides$", found.fields["title"]) and not PAPER_HOST.search(url):
        return True
    return _SHOWN.fullmatch((block.section or "").rpartition(" / ")[2]) is not None and not PAPER_HOST.search(
        url
    )


def _is_below(block: Block, headings: re.Pattern[str]) -> bool:
    """Whether an item without a link stands in a section that is called so."""
    linked = "](" in block.text or "http" in block.text or "arxiv:" in block.text.lower()
    return (
        block.kind == "item"
        and not linked
        and any(map(headings.fullmatch, (block.section or "").split(" / ")))
    )


def _is_kept(own: re.Match[str] | None) -> bool:
    """Whether a mark of paperctl's own names a paper."""
    return own is not None and not own[1].startswith("#")


def _found(block: Block) -> Mention | None:
    own = OWN_MARK.search(block.text)
    if own[1].endswith("/code") if own else _is_below(block, _NO_LISTS):
        return None
    if block.kind == "item":
        return mention(block.text, True) if own else _item_below(block)
    if block.kind == "text" and _BEGINS_PAPER.match(re.sub(r"</?(?:span|p)\b[^<>]*>", "", block.text)):
        return _item(block)
    return row_paper(block, bool(own)) if block.kind == "row" and block.header else None


def _item_below(block: Block) -> Mention | None:
    """The paper of a list item, where the section that it stands in may hold papers."""
    found = _item(block)
    cited = found and found.sure and found.fields.get("authors")
    return None if _is_shown(block, found) or (not cited and _is_below(block, _FEW_PAPERS)) else found


_BEGINS_PAPER = re.compile(
    r"(?:[^\w>]|:[a-z_]+:){0,8}(?:\[|\*\*|[\"“]|\d{1,4}[.)\]-]|\d\d?/\d\d?/|"
    rf"(?:[{CAPITAL}][\w'’.-]+,? ){{1,3}})"
)
"""How a paragraph begins that may be a paper: with a mark, a number, a name."""


def _item(block: Block) -> Mention | None:
    """The paper of a list item; labelled lines below its first ("Authors: …") say what they hold."""
    labelled: list[tuple[str, str]] = []
    lines = block.text.split("\n")
    rest = lines[:1]
    for line in lines[1:]:
        labels = DETAIL.match(_bare(line)) and not _ID_LINK.match(line)
        label = _LABELLED.match(_bare(line)) if labels else None
        rest += [line] if label is None else _labelled_line(line, label, labelled)
    for line in block.details:
        rest += _detail(line, labelled)
    found = _titled(rest, dict(labelled).get("title", "")) or mention("\n".join(rest))
    if found:
        add_labelled(found, labelled)
        found.sure = found.sure or len({FIELDS.get(name) for name, _ in labelled} & _DISTINCTIVE) > 1
    return found


def _titled(lines: list[str], title: str) -> Mention | None:
    """The paper of an item whose title is labelled ("Title: …"); its first line is a nickname, then."""
    found = mention("\n".join([f"**{title}**", *lines[1:]])) if len(title.split()) > 1 else None
    if found and fold(plain(lines[0])) not in fold(title):
        found.extra.setdefault("label", plain(lines[0]).strip("*_ "))
    return found


_ID_LINK = re.compile(r"\W*\[\w+:\s?\d")
"""A link whose words are an id, and no label: "[arXiv:1312.6114](…)"."""


def _bare(line: str) -> str:
    """A line without marks and the emoji in front of it."""
    return re.sub(r"^[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001ffff>*-]+", "", plain(line))


def _labelled_line(line: str, label: re.Match[str], labelled: list[tuple[str, str]]) -> list[str]:
    """Takes what a line with a label says; its links, each called what it leads to, are returned."""
    links = MARKDOWN_LINK.findall(as_markdown(line))
    if not links:
        labelled.append((fold(label[1]), label[2]))
    return [f"[{words if is_label(words) and words != 'link' else label[1]}]({url})" for words, url in links]


def _detail(line: str, labelled: list[tuple[str, str]]) -> list[str]:
    """Takes what an item below a paper says: a labelled value, its people, a place, or words on it. What
    holds links is returned."""
    bare = _bare(line)
    if label := _LABELLED.match(bare):
        return _labelled_line(line, label, labelled)
    if MARKDOWN_LINK.search(as_markdown(line)):
        return [line]
    if names := names_in(bare, lone=True):
        labelled.append(("authors", "; ".join(names)))
    elif (place := place_in(bare)) is not None and place[0]:
        labelled += [("venue", place[0]), ("year", str(place[1] or ""))]
    elif len(bare.split()) > 2:
        labelled.append(("summary" if prose(bare) > 0 and len(bare.split()) >= 12 else "remark", bare))
    return []


_LABELLED = re.compile(r"([A-Za-z][A-Za-z ;]{1,20}?)\s*[:：]\s*(.+)", re.S)
_DISTINCTIVE = {"authors", "venue", "abstract", "doi", "year"}


def _reason(block: Block) -> str:
    own = OWN_MARK.search(block.text)
    if own and own[1].endswith("/code"):
        return "code table of the papers above"
    if block.kind in {"item", "row"} and "](#" in block.text:
        return "table of contents"
    return _REASONS.get(block.kind, "text between the lists")


def entry_of(block: Block, found: Mention) -> Entry:
    """The entry of a block."""
    own = OWN_MARK.search(block.text)
    key = own[1].split("/")[0] if own else None
    if own and block.kind == "item":
        _add_decision(found.fields, block.text)
    if block.section and not own:
        found.extra["section"] = block.section
        _add_of_section(found.fields, block.section.rpartition(" / ")[2])
    return Entry(found.fields, (block.first, block.last), key=key, extra=found.extra)


def _add_of_section(fields: Raw, heading: str) -> None:
    """The venue and the year that a heading gives to the papers below it: "2019", "NeurIPS 2023"."""
    place = place_in(heading)
    if place is None or (fields.get("venue", place[0]) != place[0] and fields.get("year")):
        return
    if not fields.get("year") and not fields.get("arxiv_id") and place[1]:
        fields["year"] = place[1]
    if place[0] and not fields.get("venue"):
        fields["venue"] = place[0]


def _add_decision(fields: Raw, text: str) -> None:
    """The decision that a list of paperctl's own shows by its box and its strike."""
    if re.match(r"\[[xX]\]", text):
        fields["decision"] = "keep"
    elif "_skipped_" in text:
        fields["decision"] = "skip"
    elif "_maybe_" in text:
        fields["decision"] = "maybe"
