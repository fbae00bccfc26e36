"""Damaged dumps of every format, made of the samples with fixed seeds, and what readers make of them.

    python -m tests.readers.fuzz --inputs 100000

Each input is a sample whose lines, values, brackets or bytes were changed. Recognition, its reader and
the normalising of its entries must neither raise (but a DumpError), nor take longer than `SECONDS`, nor
give lines that the dump does not have. A failure is printed with the number that makes its input again,
with `--only NUMBER`.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import signal
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from paperctl.dumps.dump import Dump
from paperctl.errors import DumpError
from paperctl.normalise import normalise
from paperctl.readers import readers
from paperctl.record.items import About, Entry
from tests.readers.samples import SAMPLES

SECONDS = 5.0
MEMORY = 2 << 30
MARKS = [
    *(b"{", b"}", b'"', b"]", b"[{", b"},", b"<", b"</x>", b"<a>", b"]]>", b"<![CDATA[", b"<!--", b"-->"),
    *(b"@article{x,", b"@comment{", b"TY  - JOUR", b"ER  - ", b"PMID- 3", b"PT J", b"%0 Book", b"%T x"),
    *(b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xe2\x80\xa8", b"\r", b"---", b"a,b,c", b'"a\nb"', b"- x", b"# x"),
    *(b"Title: x", b"Abstract:", b"\\\\", b"1 X", b'{"title": "T"}', b'{"title": "T",', b"&bad;", b"\\" * 40),
]
"""Lines and signs that begin or end something in one format or another."""
_VALUES = [
    *(b"", b"null", b"NaN", b"-1e999", b"9" * 5000, b"true", b"[]", b"{}", b"[" * 2000, b'{"a":' * 500),
    *(b"x" * 3000, b" " * 3000, b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", "é".encode("latin-1"), b"&#55357;"),
    *(b"&amp;amp;lt;b>", b"\\textbf{", b"$\\alpha$", b"10.1000/x<y>", b"2023-13-45", b"arXiv:2301.00001v9"),
    *(
        b"A and and B",
        b", , ,",
        b"<b>",
        b"*" * 200,
        b"javascript:alert(1)",
        b"=cmd()",
        b"../../x",
        b"\x85\x0b",
    ),
]
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT[\d:]+Z")
_WORD = re.compile(rb"[^\W_]{2,}")
_BRACKETS = re.compile(rb"[{}\[\]()<>\"'|;,:=-]")


def _cut(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] if rng.random() < 0.7 else data[at:]


def _lines(data: bytes, rng: random.Random) -> bytes:
    """Lines left out, doubled, swapped, joined or put in."""
    lines = data.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            del lines[a : a + rng.randrange(1, 4)]
        case 1:
            lines[b:b] = lines[a : a + rng.randrange(1, 6)] * rng.randrange(1, 4)
        case 2:
            lines[a], lines[b] = lines[b], lines[a]
        case 3:
            lines[a : a + 2] = [b"".join(lines[a : a + 2])]
        case 4:
            lines.insert(a, rng.choice(MARKS))
    return b"\n".join(lines)


def _value(data: bytes, rng: random.Random) -> bytes:
    """A word replaced by a hostile value, or by another word of the dump."""
    words = list(_WORD.finditer(data))
    if not words:
        return data
    word = rng.choice(words)
    value = rng.choice(_VALUES) if rng.random() < 0.7 else rng.choice(words)[0]
    return data[: word.start()] + value + data[word.end() :]


def _bracket(data: bytes, rng: random.Random) -> bytes:
    """A bracket, quotation mark or separator left out, doubled or replaced."""
    signs = list(_BRACKETS.finditer(data))
    if not signs:
        return data
    sign = rng.choice(signs)
    new = rng.choice([b"", sign[0] * 2, rng.choice(signs)[0]])
    return data[: sign.start()] + new + data[sign.end() :]


def _bytes(data: bytes, rng: random.Random) -> bytes:
    """Some bytes anything at all."""
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _grown(data: bytes, rng: random.Random) -> bytes:
    """A stretch of the dump many times."""
    a = rng.randrange(len(data) + 1)
    piece = data[a : a + rng.randrange(1, 40)]
    return data[:a] + piece * rng.randrange(2, 300) + data[a:]


def _joined(data: bytes, rng: random.Random) -> bytes:
    """A piece of another format put in or behind."""
    other = rng.choice(list(SAMPLES.values())).encode()
    at = rng.choice([len(data), rng.randrange(len(data) + 1)])
    return data[:at] + _cut(other, rng) + data[at:]


def _written(data: bytes, rng: random.Random) -> bytes:
    """Another encoding or other line ends."""
    text = data.decode("utf-8", "replace")
    how = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cr", "crlf"])
    if how in {"cr", "crlf"}:
        return text.replace("\n", "\r" if how == "cr" else "\r\n").encode()
    return text.encode(how)


_CHANGES: list[Callable[[bytes, random.Random], bytes]] = [
    *(_lines, _lines, _value, _value, _value, _bracket, _bracket, _bytes, _cut, _grown, _joined, _written)
]


@cache
def _workbook() -> bytes:
    """A small workbook, without the time at which it was made."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(("Title", "Authors", "Year"))
    book.active.append(("Sparse Gates: Routing Without a Router", "Ada Example", 2023))
    made, kept = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(kept, "w") as copy:
        for name in parts.namelist():
            copy.writestr(zipfile.ZipInfo(name), _TIME.sub(b"2023-01-01T00:00:00Z", parts.read(name)))
    return kept.getvalue()


@cache
def seeds() -> dict[str, bytes]:
    """The dumps that are damaged, by format: the samples, a workbook, and one whose head is cut off."""
    found = {name: text.encode() for name, text in SAMPLES.items()}
    return found | {"xlsx": _workbook(), "csv of a workbook without its head": _workbook()[700:]}


class Input(NamedTuple):
    """A damaged dump; `format` is what it was."""

    number: int
    format: str
    data: bytes


def made(number: int) -> Input:
    """The input of this number: always the same."""
    rng = random.Random(number)
    formats = list(seeds())
    format = formats[number % len(formats)]
    data = seeds()[format]
    for _ in range(rng.choice([1, 1, 2, 3, 6])):
        data = rng.choice(_CHANGES)(data, rng)
    return Input(number, format.split()[0], data)


class Slow(Exception):
    """An input takes too long."""


def _too_long(*_: object) -> None:
    raise Slow(f"more than {SECONDS} s")


def check(one: Input) -> None:
    """Raises what goes wrong with an input."""
    dump = Dump.from_bytes(one.data)
    sure = {one.format: 1.0}
    for name, reader in readers().items():
        try:
            if (sniff := reader.sniff(dump)) and sniff.score >= 0.25:
                sure[name] = sniff.score
        except DumpError:
            pass
    last = sum(1 for _ in dump.lines())
    for name in sorted(sure, key=lambda name: -sure[name])[:2]:
        try:
            for item in readers()[name].read(dump):
                if isinstance(item, About):
                    continue
                first, end = item.lines
                if not 1 <= first <= end or (end > max(1, last) and name != "xlsx"):
                    raise AssertionError(f"{name}: lines {item.lines} of {last}")
                if isinstance(item, Entry):
                    normalise(item)
        except DumpError:
            continue


def failures(numbers: range) -> Iterator[tuple[Input, str]]:
    """The inputs that fail, each with the last lines of why."""
    signal.signal(signal.SIGVTALRM, _too_long)
    for number in numbers:
        one = made(number)
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            check(one)
        except Exception:  # that is what is looked for
            yield one, "".join(traceback.format_exc().splitlines(keepends=True)[-5:])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--inputs", type=int, default=10_000, metavar="N")
    asked.add_argument("--first", type=int, default=0, metavar="NUMBER")
    asked.add_argument("--only", type=int, metavar="NUMBER", help="one input again, with its bytes on stdout")
    given = asked.parse_args()
    if given.only is not None:
        sys.stdout.buffer.write(made(given.only).data)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    first = given.first if given.only is None else given.only
    count = given.inputs if given.only is None else 1
    found = 0
    for one, why in failures(range(first, first + count)):
        found += 1
        print(
            f"input {one.number} ({one.format}, {len(one.data)} bytes):\n{why}", file=sys.stderr, flush=True
        )
    print(f"{count} inputs, {found} failures", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
