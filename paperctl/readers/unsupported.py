"""Formats that paperctl knows by sight and does not read: named and refused, never read as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.dumps.encoding import BINARY
from paperctl.errors import DumpError, NotADump
from paperctl.readers import Sniff
from paperctl.readers._xml import root
from paperctl.record.items import Item

NAME = "unsupported"
ABOUT = "formats that are recognised and refused: PDF, images, databases, RDF, Ovid, CFF, …"


class _Known(NamedTuple):
    """A format: its name, what to do instead, the test that tells it, and whether a text in it may be an
    export of papers."""

    name: str
    instead: str
    score: float
    test: Callable[[Dump], bool]
    papers: bool = True


def _magic(*starts: bytes) -> Callable[[Dump], bool]:
    return lambda dump: dump.magic.startswith(starts)


def _line(pattern: str, least: int = 1) -> Callable[[Dump], bool]:
    """At least so many lines of the head match."""
    compiled = re.compile(pattern, re.M)

    def test(dump: Dump) -> bool:
        return sum(1 for _, _ in zip(compiled.finditer(dump.head), range(least), strict=False)) >= least

    return test


def _all(*tests: Callable[[Dump], bool]) -> Callable[[Dump], bool]:
    return lambda dump: all(test(dump) for test in tests)


def _root(*names: str, says: str = "") -> Callable[[Dump], bool]:
    return lambda dump: root(dump) in names and says in dump.head


def _binary(dump: Dump) -> bool:
    sample = dump.magic[:4096]
    control = sum(sample.count(bytes([sign])) for sign in (*range(7), *range(14, 27)))
    if dump.magic.startswith(b"PK") or dump.encoding[:6] in {"utf-16", "utf-32"}:
        return False
    return control * 20 > len(sample)


_XML = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE (?!html)|<(?:\w+:)?\w+\s[^<>]*xmlns)", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|[-*+] \S)", re.M)
_EXPORT = "export the library as BibTeX, RIS or CSV and load that"
KNOWN = (
    _Known("a PDF", "load the bibliography it belongs to, not the paper", 0.99, _magic(b"%PDF-")),
    _Known(
        "an image",
        "load the text it shows",
        0.99,
        _magic(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*"),
    ),
    _Known("an SQLite database (Zotero, Mendeley, …)", _EXPORT, 0.99, _magic(b"SQLite format 3\x00")),
    _Known(
        "an old Office document (.xls, .doc)",
        "save it as .xlsx or CSV",
        0.99,
        _magic(b"\xd0\xcf\x11\xe0\xa1\xb1"),
    ),
    _Known(
        "an Office document",
        "save its table as .xlsx or CSV",
        0.98,
        lambda dump: (
            dump.magic.startswith(b"PK\x03\x04") and b"word/" in dump.magic and b"xl/" not in dump.magic
        ),
        papers=False,
    ),
    _Known(
        "a page that paperctl exported",
        "export the papers as JSON Lines (-f jsonl) and load that",
        0.99,
        _line(r'<meta name="generator" content="paperctl">'),
    ),
    _Known(
        "a 7-Zip or RAR archive", "unpack it and load the files in it", 0.99, _magic(b"7z\xbc\xaf", b"Rar!")
    ),
    _Known("PostScript", "load the bibliography it belongs to", 0.97, _magic(b"%!PS"), papers=False),
    _Known("a Word document (RTF)", "save its table as CSV", 0.98, _magic(b"{\\rtf"), papers=False),
    _Known("RDF", "export as BibTeX, RIS or CSL-JSON and load that", 0.96, _root("RDF")),
    _Known("Word's bibliography (Sources.xml)", _EXPORT, 0.97, _root("Sources", says="officeDocument")),
    _Known("a Citavi project", "export it from Citavi as BibTeX or RIS", 0.97, _root("CitaviExchangeData")),
    _Known(
        "PICA XML of a library catalogue",
        "ask the catalogue for MARCXML or RIS",
        0.97,
        lambda dump: bool(root(dump)) and "picaxml" in dump.head.lower(),
    ),
    _Known(
        "a Citation File Format file (CITATION.cff)",
        "`cffconvert -f bibtex` makes BibTeX of it",
        0.97,
        _line(r"^cff-version\s*:"),
    ),
    _Known(
        "Ovid tagged text",
        "export from Ovid as RIS or CSV",
        0.96,
        _line(
            r"^(?:Title|Authors?|Source|Abstract|Accession Number|Institution|Publication Type)[ \t]*\n"
            r" {2,}\S",
            3,
        ),
    ),
    _Known(
        "a recording of web requests (VCR cassette)",
        "load the answers themselves as JSON",
        0.96,
        _all(_line(r"^(?:- )?interactions:"), _line(r"^\s*-?\s*request:")),
    ),
    _Known(
        "RefWorks tagged text",
        "export from RefWorks as RIS or BibTeX",
        0.95,
        _all(_line(r"^RT [A-Z]\w+"), _line(r"^(?:A1|T1|JF|YR|SR|SF|ID|RD) ", 2)),
    ),
    _Known(
        "Biblioscape tagged text",
        _EXPORT,
        0.95,
        _line(r"^--[A-Z]{2}-- ", 2),
    ),
    _Known("Copac tagged text", "export as RIS or BibTeX", 0.9, _line(r"^(?:TI|AU|PU|PY|SE|DT|HL)- ", 3)),
    _Known(
        "BibTXT (`[key]` and `field: value`)",
        _EXPORT,
        0.9,
        _all(_line(r"^\[[^\]\s]+\]\s*$"), _line(r"^[ \t]+(?:author|title|year|journal|publisher)\s*:", 2)),
    ),
    _Known(
        "a RePEc NEP report",
        "load the papers' RIS or BibTeX from ideas.repec.org",
        0.9,
        _all(_line(r"nep\.repec\.org"), _line(r"^(?:Date|By|URL|JEL|Keywords):\s", 3)),
    ),
    _Known(
        "SilverPlatter or INSPEC text",
        "export as RIS",
        0.9,
        _line(r"^Record (?:No\. )?\d+ of \d+ ?- (?:INSPEC|SilverPlatter)"),
    ),
    _Known(
        "an HTML page in which nothing looks like a paper (a login page, an error?)",
        "save the page that lists the papers, or ask the service for BibTeX, RIS or JSON",
        0.3,
        _all(
            _line(r"\A\s*(?:<!--.*?-->\s*)?<(?i:!doctype\s+html|html|head|body|form|meta|title|script)\b"),
            lambda dump: not _MARKDOWN.search(dump.head),
        ),
    ),
    _Known(
        "XML of a kind that paperctl does not know (<{root}>)",
        "ask the service for BibTeX, RIS or JSON",
        0.3,
        lambda dump: bool(_XML.match(dump.head)) and bool(root(dump)),
    ),
    _Known(
        "an Org file in which nothing looks like a paper",
        "give its papers links, or export the list as BibTeX",
        0.27,
        _line(
            r"^(?:#\+(?i:title|author|date|startup|options|filetags|begin_\w+)\b|\s*:(?:PROPERTIES|LOGBOOK):\s*$"
            r"|\*+ (?:TODO|DONE|NEXT|WAITING) |\s*(?:SCHEDULED|DEADLINE|CLOSED): *[<\[]|\*{2,8} +\w"
            r"|.*\[\[[^\[\]]+\]\[)"
        ),
    ),
    _Known("a binary file", "load a text export (BibTeX, RIS, CSV, JSON)", 0.9, _binary),
)


def sniff(dump: Dump) -> Sniff | None:
    known = _known(dump)
    if known is None:
        return None
    return Sniff(known.score, f"this is {_named(known, dump)}, which paperctl does not read")


def read(dump: Dump) -> Iterator[Item]:
    known = _known(dump)
    if known is None:
        raise DumpError(f"{dump.name}: nothing to refuse here", "leave --format out")
    # A PDF or a Word file is no dump; an export in a format of papers is one that was not read.
    no_dump = not known.papers or _binary(dump) or dump.magic.startswith(BINARY)
    refusal = NotADump if no_dump else DumpError
    raise refusal(f"{dump.name}: {_named(known, dump)}, which paperctl does not read", known.instead)
    yield  # a reader is a generator


def _named(known: _Known, dump: Dump) -> str:
    return known.name.replace("{root}", root(dump)[:40])


def _known(dump: Dump) -> _Known | None:
    return next((known for known in KNOWN if known.test(dump)), None)
