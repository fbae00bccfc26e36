"""How fast readers read, and in how much memory: python benchmarks/readers.py [--data FILE] [FORMAT…]

Each reader reads a file of synthetic papers of its own format, in a process of its own, at one size
and at four times that size: memory that stays is a reader that holds one record at a time. "to facts"
is the same with what follows in a load, normalising each entry. BibTeX is read beside bibtexparser,
JSON Lines beside bare decoding by msgspec and json. With --data FILE (compressed or not) that file is
read by the reader that knows it best. CPU time, not wall time; the memory is what the process grew by.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from paperctl.dumps.dump import Dump
from paperctl.dumps.unpack import open_dumps
from paperctl.errors import DumpError
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.reading.recognise import recognise
from paperctl.record.items import Entry

SIZES = (5_000, 20_000)


class Paper(NamedTuple):
    n: int
    title: str
    abstract: str


def papers(count: int) -> Iterator[Paper]:
    """Papers of the usual lengths, made of common words; the same ones every time."""
    dice = random.Random(7)
    words = [
        a + b
        for a in ("tra", "mo", "lin", "ker", "gra", "pro")
        for b in ("ning", "del", "ear", "nels", "dient")
    ]
    for n in range(count):
        yield Paper(n, " ".join(dice.choices(words, k=10)).capitalize(), " ".join(dice.choices(words, k=160)))


def bibtex(p: Paper) -> str:
    return (
        f"@inproceedings{{key{p.n},\n  title = {{{p.title}}},\n"
        '  author = {M{\\"u}ller, Anna and Doe, Jane},\n  booktitle = {Proceedings},\n  year = 2021,\n'
        f"  doi = {{10.1000/{p.n}}},\n  abstract = {{{p.abstract}}}\n}}\n\n"
    )


def ris(p: Paper) -> str:
    return (
        f"TY  - JOUR\nTI  - {p.title}\nAU  - Müller, Anna\nAU  - Doe, Jane\nPY  - 2021\nJO  - Journal\n"
        f"VL  - 1\nSP  - 1\nEP  - 9\nDO  - 10.1000/{p.n}\nKW  - one\nAB  - {p.abstract}\nER  - \n\n"
    )


def nbib(p: Paper) -> str:
    return (
        f"PMID- {p.n}\nOWN - NLM\nDP  - 2021\nTI  - {p.title}\nLID - 10.1000/{p.n} [doi]\n"
        f"AB  - {p.abstract}\nFAU - Müller, Anna\nAU  - Müller A\nFAU - Doe, Jane\nAU  - Doe J\n"
        "JT  - Journal\n\n"
    )


def wos(p: Paper) -> str:
    return (
        f"PT J\nAU Müller, A\n   Doe, J\nTI {p.title}\nSO JOURNAL\nAB {p.abstract}\nDI 10.1000/{p.n}\n"
        f"PY 2021\nUT WOS:{p.n}\nER\n\n"
    )


def refer(p: Paper) -> str:
    return f"%0 Journal Article\n%A Müller, Anna\n%T {p.title}\n%J Journal\n%D 2021\n%X {p.abstract}\n\n"


def csv(p: Paper) -> str:
    return f'{p.n},{p.title},"{p.abstract}, and more","Müller, Anna; Doe, Jane",2021,10.1000/{p.n}\n'


def pubmed(p: Paper) -> str:
    return (
        f'<PubmedArticle>\n<MedlineCitation><PMID Version="1">{p.n}</PMID>\n<Article><Journal><JournalIssue>'
        "<Volume>1</Volume><PubDate><Year>2021</Year></PubDate></JournalIssue><Title>Journal</Title></Journal>\n"
        f"<ArticleTitle>{p.title}</ArticleTitle>\n<Abstract><AbstractText>{p.abstract}</AbstractText></Abstract>\n"
        "<AuthorList><Author><LastName>Müller</LastName><ForeName>Anna</ForeName></Author></AuthorList>\n"
        "</Article></MedlineCitation>\n</PubmedArticle>\n"
    )


def dblp(p: Paper) -> str:
    return (
        f'<inproceedings key="conf/x/{p.n}">\n<author>Anna M&uuml;ller</author>\n<title>{p.title}.</title>\n'
        f"<year>2021</year>\n<booktitle>X</booktitle>\n<ee>https://doi.org/10.1000/{p.n}</ee>\n</inproceedings>\n"
    )


def acl(p: Paper) -> str:
    return (
        f'<paper id="{p.n}">\n<title>{p.title}</title>\n'
        "<author><first>Anna</first><last>Müller</last></author>\n"
        f"<abstract>{p.abstract}</abstract>\n<url>2021.x-1.{p.n}</url>\n</paper>\n"
    )


def endnote(p: Paper) -> str:
    return (
        f'<record><rec-number>{p.n}</rec-number><ref-type name="Journal Article">17</ref-type>\n'
        "<contributors><authors><author><style>Müller, Anna</style></author></authors></contributors>\n"
        f"<titles><title><style>{p.title}</style></title></titles>\n<abstract><style>{p.abstract}</style></abstract></record>\n"
    )


def jsonl(p: Paper) -> str:
    return (
        json.dumps({"id": str(p.n), "title": p.title, "abstract": p.abstract, "authors": ["Anna Müller"]})
        + "\n"
    )


def json_element(p: Paper) -> str:
    return ("" if p.n == 0 else ", ") + jsonl(p).rstrip("\n")


def atom(p: Paper) -> str:
    return (
        f"<entry>\n<id>http://arxiv.org/abs/2101.{p.n:05}v1</id>\n<title>{p.title}</title>\n"
        f"<summary>{p.abstract}</summary>\n<published>2021-01-02T00:00:00Z</published>\n"
        "<author><name>Anna Müller</name></author>\n</entry>\n"
    )


FORMATS: dict[str, tuple[str, Callable[[Paper], str], str]] = {
    "bibtex": ("", bibtex, ""),
    "ris": ("", ris, ""),
    "nbib": ("", nbib, ""),
    "wos": ("FN Clarivate Analytics Web of Science\nVR 1.0\n", wos, "EF\n"),
    "refer": ("", refer, ""),
    "csv": ("id,title,abstract,authors,year,doi\n", csv, ""),
    "pubmed-xml": ("<PubmedArticleSet>\n", pubmed, "</PubmedArticleSet>\n"),
    "dblp-xml": ('<?xml version="1.0"?>\n<dblp>\n', dblp, "</dblp>\n"),
    "acl-xml": ('<collection id="2021.x">\n<volume id="1">\n', acl, "</volume>\n</collection>\n"),
    "endnote-xml": ("<xml><records>\n", endnote, "</records></xml>\n"),
    "feed": ('<feed xmlns="http://www.w3.org/2005/Atom">\n', atom, "</feed>\n"),
    "json": ("[", json_element, "]\n"),  # all on one line, as programs write it
    "jsonl": ("", jsonl, ""),
}


class Measured(NamedTuple):
    entries: int
    seconds: float
    grown: float
    """MiB that the process grew by."""


def measured(count: Callable[[], int]) -> Measured:
    """What a call of `count` costs in a process of its own; it says how many entries it read."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        found = count()
        spent = time.process_time() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(into, json.dumps([found, spent, grown / 1024]).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    if not text:
        raise SystemExit("the reader failed, see above")
    return Measured(*json.loads(text))


def opened(path: Path) -> Dump:
    return next(found for found in open_dumps(str(path)) if isinstance(found, Dump))


def entries(name: str, path: Path) -> Iterator[Entry]:
    return (item for item in readers()[name].read(opened(path)) if isinstance(item, Entry))


def by_reader(name: str, path: Path) -> int:
    return sum(1 for _ in entries(name, path))


def to_facts(name: str, path: Path) -> int:
    return sum(1 for entry in entries(name, path) if normalise(entry))


def by_bibtexparser(path: Path) -> int:
    from bibtexparser import entrypoint

    return len(entrypoint.parse_string(opened(path).text(), parse_stack=[]).entries)


def by_decoding(decode: Callable[[bytes], object], path: Path) -> int:
    with opened(path).open() as stream:
        return sum(1 for line in stream if decode(line))


PEERS: dict[str, dict[str, Callable[[Path], int]]] = {
    "bibtex": {"bibtexparser": by_bibtexparser},
    "jsonl": {
        "bare msgspec": partial(by_decoding, msgspec.json.decode),
        "bare json": partial(by_decoding, json.loads),
    },
}


def show(name: str, path: Path, count: Callable[[Path], int]) -> Measured:
    found = measured(lambda: count(path))
    with opened(path).open() as stream:
        size = sum(map(len, iter(lambda: stream.read(1 << 20), b""))) / 1e6
    speed = f"{size / found.seconds:8.1f} {found.entries / found.seconds:11,.0f}"
    print(f"{name:<20} {size:8.1f} {found.entries:9,} {speed} {found.grown:9.1f}", flush=True)
    return found


def compare(name: str, path: Path) -> None:
    """The reader beside the same with normalising, and beside other programs' code."""
    ours = show(name, path, partial(by_reader, name))
    show(f"{name} to facts", path, partial(to_facts, name))
    for peer, count in PEERS.get(name, {}).items():
        theirs = show(peer, path, count)
        print(f"{'':<20} CPU of {peer} / {name}: {theirs.seconds / ours.seconds:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(FORMATS)} (default: all)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="a file of your own instead of synthetic ones"
    )
    asked = parser.parse_args()
    if unknown := set(asked.formats) - set(FORMATS):
        parser.error(f"no synthetic file for {', '.join(sorted(unknown))}; --data FILE takes one")
    print(f"{'reader':<20} {'MB':>8} {'entries':>9} {'MB/s':>8} {'entries/s':>11} {'MiB grown':>9}")
    if asked.data:
        try:
            compare(recognise(opened(asked.data)).reader.NAME, asked.data)
        except DumpError as fault:
            sys.exit(fault.message)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.formats or FORMATS:
            opening, write, closing = FORMATS[name]
            for count in SIZES:
                path = Path(folder, f"{name}{count}")
                with path.open("w", encoding="utf-8") as file:
                    file.write(opening)
                    file.writelines(map(write, papers(count)))
                    file.write(closing)
                if count < SIZES[-1]:
                    show(name, path, partial(by_reader, name))
                else:
                    compare(name, path)


if __name__ == "__main__":
    main()
