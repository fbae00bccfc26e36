"""Bibliographies in YAML: CSL-YAML of pandoc, Hayagriva of Typst, and `info.yaml` files of papis.

CSL-YAML holds CSL-JSON's objects under `references`; Hayagriva has an entry under each key, what it
appeared in as its `parent`; papis keeps one paper in a file, with BibTeX's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from paperctl.dumps.dump import Dump
from paperctl.readers import Sniff
from paperctl.readers._values import stated
from paperctl.record.items import Entry, Fault, Item, Object, Raw, Skip, as_raw, by_fact

NAME = "yaml"
ABOUT = "YAML: CSL-YAML (pandoc), Hayagriva (Typst), papis info.yaml"

MOST_BYTES = 16 << 20
"""YAML is parsed whole and slowly: larger files are refused."""
_REFERENCES = re.compile(r"^references\s*:\s*$", re.M)
_TITLE = re.compile(r"^\s*(?:-\s+)?title\s*:", re.M)
_TYPE = re.compile(
    r"^\s+type\s*:\s*[\"']?(?:article|chapter|entry|anthos|report|thesis|web|proceedings|book|misc|conference)",
    re.M | re.I,
)
_KEY = re.compile(r"^[^\s:#-][^:\n]*:\s*(?:#.*)?$", re.M)
_PAPIS = re.compile(r"^(?:ref|author|author_list|papis_id|doi|journal|year|files|tags|abstract)\s*:", re.M)
_OTHER = re.compile(r"^---\s*$[\s\S]*^---\s*$|^[A-Z]\w*\s*:", re.M)
"""Front matter of a note, or labels of text: no file of papis."""
_ITEM = re.compile(r"^[ \t]*-\s+\w+\s*:", re.M)


def sniff(dump: Dump) -> Sniff | None:
    head = dump.head
    if head.lstrip()[:1] in {"{", "[", "<", "@", "%"} or not _TITLE.search(head):
        return None
    if _REFERENCES.search(head) and _ITEM.search(head):
        return Sniff(0.96, "YAML with a list of `references`, as CSL-YAML has it")
    top = re.search(r"^title\s*:", head, re.M)
    if top and len(_PAPIS.findall(head)) > 1 and not _OTHER.search(head):
        return Sniff(0.94, "YAML of one paper, as papis keeps it in info.yaml")
    if not top and _KEY.search(head) and _TYPE.search(head):
        return Sniff(0.94, "YAML with an entry of a type under each key, as Hayagriva has it")
    return None


def read(dump: Dump) -> Iterator[Item]:
    lines = list(dump.lines())
    numbers = [n for n, line in lines if line.strip()]
    text = "\n".join(line for _, line in lines)
    if len(text) > MOST_BYTES:
        yield Fault((1, numbers[-1]), f"YAML of over {MOST_BYTES >> 20} MiB: convert it to CSL-JSON")
        return
    blocks = _blocks(lines)
    for (first, last), body, key in blocks:
        yield from _item((first, last), body, key)


_Block = tuple[tuple[int, int], str, str]
"""The lines of an entry, its YAML, and its key where that is no field: entries are parsed one by one, so
that a broken one costs itself."""


def _blocks(lines: list[tuple[int, str]]) -> Iterator[_Block]:
    held: list[tuple[int, str]] = []
    listed = any(_REFERENCES.match(line) for _, line in lines)
    single = any(re.match(r"title\s*:", line) for _, line in lines)
    starts = re.compile(r"\s*-\s+\S") if listed else re.compile(r"[^\s#:-][^:]*:")
    indent = next((len(line) - len(line.lstrip()) for _, line in lines if listed and starts.match(line)), 0)
    for n, line in lines:
        begins = bool(starts.match(line)) and len(line) - len(line.lstrip()) == indent and not single
        if begins and held:
            yield _block(held, listed, single)
            held = []
        if line.strip():
            held.append((n, line))
    if held:
        yield _block(held, listed, single)


def _block(held: list[tuple[int, str]], listed: bool, single: bool) -> _Block:
    return (held[0][0], held[-1][0]), "\n".join(line for _, line in held), "" if listed or single else "key"


def _item(lines: tuple[int, int], body: str, keyed: str) -> Iterator[Item]:
    import yaml

    try:
        value = yaml.load(body, Loader=_plain_loader())
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        why = " ".join(str(getattr(fault, "problem", "") or type(fault).__name__).split())[:100]
        yield Fault(lines, f"bad YAML ({why}): mend the entry")
        return
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        yield _csl(value[0], lines)
    elif keyed and isinstance(value, dict) and len(value) == 1 and isinstance(_only(value), dict):
        yield _hayagriva(str(next(iter(value))), _only(value), lines)
    elif isinstance(value, dict) and value.get("title"):
        yield _papis(value, lines)
    else:
        yield Skip(lines, "YAML around the entries")


def _only(value: dict[Any, Any]) -> Any:
    return next(iter(value.values()))


def _plain_loader() -> Any:
    """A loader that knows no tags, dates or aliases: an alias may stand for a document of any size."""
    import yaml

    class Plain(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("an alias")
            return super().compose_node(parent, index)

    Plain.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
        for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Plain


def _csl(value: Object, lines: tuple[int, int]) -> Item:
    from paperctl.readers._json import item_of

    issued = value.get("issued")
    if isinstance(issued, list) and issued and isinstance(issued[0], dict):
        value = {**value, "issued": issued[0]}
    return item_of({str(name): found for name, found in value.items()}, lines)


_HAYAGRIVA = {"title": "title", "abstract": "abstract", "author": "authors", "date": "year", "url": "url"}
_PARENTS = {"volume": "volume", "issue": "number", "publisher": "publisher"}


def _hayagriva(key: str, value: Object, lines: tuple[int, int]) -> Item:
    fields = as_raw({ours: found for name, ours in _HAYAGRIVA.items() if (found := _opened(value.get(name)))})
    extra = {name: found for name, found in value.items() if name not in _HAYAGRIVA and found is not None}
    numbers = extra.pop("serial-number", None)
    if isinstance(numbers, dict):
        fields |= stated(doi=numbers.pop("doi", None), arxiv_id=numbers.pop("arxiv", None))
        extra |= numbers
    around, inherited = _parent(extra.pop("parent", None))
    fields = {**around, **fields}
    extra |= {name: found for name, found in inherited.items() if name not in extra}
    if "page-range" in extra:
        extra["pages"] = extra.pop("page-range")
    if isinstance(author := fields.get("authors"), str):
        fields["authors"] = [author]
    if not fields.get("title"):
        return Fault(lines, f"`{key[:60]}` has no title: give it one")
    return Entry(fields, lines, key, extra)


def _parent(parent: object) -> tuple[Raw, Object]:
    """Fields and extras of what an entry appeared in: an object, a list of these, or a name."""
    parent = parent[0] if isinstance(parent, list) and parent else parent
    parent = {"title": parent} if isinstance(parent, str) else parent
    if not isinstance(parent, dict):
        return {}, {}
    extra = {ours: found for name, ours in _PARENTS.items() if (found := parent.get(name))}
    return stated(venue=_opened(parent.get("title")), year=parent.get("date")), extra


def _opened(value: object) -> Any:
    """Hayagriva's formatted strings are objects with a `value`."""
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _papis(value: Object, lines: tuple[int, int]) -> Item:
    from paperctl.readers._markdown.notes import FIELDS

    fields: Raw = {}
    extra: Object = {}
    for name, found in value.items():
        known = "note" if name == "note" else FIELDS.get(str(name))
        if found in (None, "", [], {}) or name == "author_list":
            continue
        if known and known not in fields and known not in {"decision", "note"}:
            by_fact(fields)[known] = found
        else:
            extra[str(name)] = found
    listed = value.get("author_list")
    if isinstance(listed, list) and listed:
        fields["authors"] = listed
    key = extra.pop("ref", None) or extra.pop("papis_id", None)
    return Entry(fields, lines, str(key) if key else None, extra)
