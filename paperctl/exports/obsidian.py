"""A folder of notes for Obsidian: one for each paper, with properties, and one that lists them.

Files are called by cite key, the title is an alias. A paper keeps the file that bears its id; where
another paper's stands, the id goes into the name, so names do not hang on what else is exported.
In a note, everything below its last line of paperctl's is the reader's and stays, and so do properties
and tags that paperctl does not write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

import msgspec
from msgspec import structs

from paperctl.exports import Request
from paperctl.exports import _paper as about
from paperctl.exports._markdown import by_topic, code, document, escaped, linked
from paperctl.exports._regenerate import Line
from paperctl.record import Record
from paperctl.record.ids import known_ids
from paperctl.record.links import code_links, link
from paperctl.record.names import byline

NAME = "obsidian"
ABOUT = "a folder of Obsidian notes, one for each paper (-o FOLDER)"
SUFFIX = ""
SHOWS = ("decision", "reason", "stage", "status", "labels", "note")
CITES = True

INDEX = "Reading list.md"
YOURS = "<!-- paperctl: below this line the note is yours, it stays when the notes are written again -->"
_KEYS = (
    "title",
    "aliases",
    "authors",
    "year",
    "venue",
    "doi",
    "arxiv",
    "url",
    "code",
    "decision",
    "reason",
    "stage",
    "status",
    "tags",
    "paperctl",
)
# Names that Windows keeps for devices, whatever their ending.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def files(records: Iterable[Record], request: Request) -> Iterator[tuple[str, str]]:
    """Names and texts: the notes, then the list. Names hold no folder and are safe on every system."""
    listed: list[Record] = []
    names: dict[str, str] = {}
    taken = {INDEX.casefold()}
    for record in records:
        name = _file_name(record, taken, request)
        taken.add(name.casefold())
        names[record["id"]] = name
        yield name, note(record, request, request.earlier(name) if request.earlier else None)
        listed.append({**record, "abstract": None, "sources": []})
    item = lambda record: _item(record, names[record["id"]])  # noqa: E731
    own = structs.replace(request, existing=request.earlier(INDEX) if request.earlier else None)
    yield INDEX, "".join(document(listed, own, by_topic(listed, own, item)))


def render(records: Iterable[Record], request: Request) -> Iterator[str]:
    """All the notes as one text, each below its name."""
    for name, text in files(records, request):
        yield f"<!-- {name} -->\n{text}\n"


def note(record: Record, request: Request, earlier: str | None) -> str:
    """The note of a paper, with what is the reader's in its earlier text."""
    old_properties, own = _taken_apart(earlier or "")
    where = link(record)
    lines = ["---", *_properties(record, old_properties), "---", f"# {escaped(about.title(record))}", ""]
    parts = [
        linked("Read", where) if where else "",
        code(record),
        ", ".join(f"#{_tag(topic)}" for topic in record.get("topics") or ()),
    ]
    lines += [" · ".join(filter(None, parts)), ""] if any(parts) else []
    for kind, text in (("note", record.get("note")), ("abstract", record.get("abstract"))):
        if text:
            lines += [f"> [!{kind}]", f"> {escaped(about.one_line(text))}", ""]
    return "\n".join([*lines, YOURS, ""]) + (own or "\n")


def _item(record: Record, name: str) -> Line:
    box = "x" if record.get("decision") == "keep" else " "
    published = escaped(about.published(record))
    text = linked(escaped(about.title(record)), quote(name)) + (f" · {published}" if published else "")
    return Line(record["id"], f"- [{box}] {text}", record.get("decision") is not None)


def _file_name(record: Record, taken: set[str], request: Request) -> str:
    paper = record["id"]
    safe = re.sub(r"[^\w+-]+", "-", about.cite_key(record)).strip("-")[:80] or paper
    if _RESERVED.match(safe):
        safe = f"paper-{safe}"
    plain, with_id = f"{safe}.md", f"{safe}-{paper}.md"
    owners = {name: _owner(request.earlier(name) if request.earlier else None) for name in (with_id, plain)}
    if own := next((name for name, owner in owners.items() if owner in known_ids(record)), None):
        return own
    return with_id if plain.casefold() in taken or owners[plain] else plain


def _owner(earlier: str | None) -> str | None:
    """The id of the paper that a note is about, None where it does not say."""
    lines = _taken_apart(earlier or "")[0].get("paperctl", [""])
    return lines[0].partition(":")[2].strip(" \"'") or None


def _properties(record: Record, old: dict[str, list[str]]) -> Iterator[str]:
    """The lines of the YAML block: JSON values are YAML, whatever they hold."""
    extra_tags = [tag for tag in _old_tags(old.get("tags", [])) if not tag.startswith(("topic/", "label/"))]
    values: dict[str, object] = {
        "title": about.title(record),
        "aliases": [about.title(record)],
        "authors": [about.one_line(name) for name in byline(record)],
        "year": record.get("year"),
        "venue": record.get("venue"),
        "doi": record.get("doi"),
        "arxiv": record.get("arxiv_id"),
        "url": link(record),
        "code": code_links(record),
        "decision": record.get("decision"),
        "reason": record.get("reason"),
        "stage": record.get("stage"),
        "status": record.get("status"),
        "tags": [*_own_tags(record), *extra_tags],
        "paperctl": record["id"],
    }
    for key in _KEYS:
        if values[key] not in (None, [], ""):
            yield f"{key}: {_yaml(values[key])}"
    for key, lines in old.items():
        if key not in _KEYS:
            yield from lines


def _yaml(value: object) -> str:
    if isinstance(value, str):
        value = about.one_line(value)
    return msgspec.json.encode(value).decode()


def _own_tags(record: Record) -> list[str]:
    """The topics and labels of a paper as tags."""
    topics, labels = record.get("topics") or (), record.get("labels") or ()
    return [*map(_tag, topics), *(_tag(label, "label") for label in labels)]


def _tag(name: str, kind: str = "topic") -> str:
    return f"{kind}/" + re.sub(r"[^\w/-]+", "-", name)


def _taken_apart(text: str) -> tuple[dict[str, list[str]], str]:
    """The properties of an earlier note, as lines by key, and the reader's own text."""
    properties: dict[str, list[str]] = {}
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] == "---" and "---" in lines[1:]:
        end = lines.index("---", 1)
        key = ""
        for line in lines[1:end]:
            if found := re.match(r"([^\s:#-][^:]*):(?:\s|$)", line):
                key = found[1]
            properties.setdefault(key, []).append(line)
        lines = lines[end + 1 :]
    if YOURS in lines:
        lines = lines[lines.index(YOURS) + 1 :]
    elif not text:
        lines = []
    return properties, "\n".join(lines)


def _old_tags(lines: list[str]) -> list[str]:
    """Tags from the lines of a property: `tags: [a, b]`, `tags: a` or a line each."""
    found = re.findall(r"[^\s,\[\]\"'#-][^\s,\[\]\"']*", " ".join(lines).partition(":")[2])
    return list(dict.fromkeys(found))
