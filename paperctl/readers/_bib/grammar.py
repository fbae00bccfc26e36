r"""The grammar of BibTeX: blocks, one at a time and with their lines, and the fields of a block.

Blocks are split here and not by bibtexparser 2.1: it is as fast, but holds the whole file and its
tree, five times the file's size (benchmarks/readers.py), and it counts commented-out entries and
loses those with `%` comments among their fields or without a key. This splitter holds one entry.
The grammar is the one of *Designing BibTeX Styles* (Patashnik 1988), with `%` comments as in
biber's btparse and inheritance as in the biblatex manual, appendix B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperctl.record.items import Fault, Skip

AT = re.compile(r"(?<![\w%@\\])@\s*([^\W\d_][\w.+:-]*)\s*([{(])")
# Inside an open entry only a line that can be nothing else may say that a brace was forgotten.
NEXT_BLOCK = re.compile(
    r"\s*@(?:(?:string|comment|preamble)\s*[{(]|[^\W\d_]\w*\s*[{(]\s*[^\s{}(),=\"]*\s*(?:,|$))", re.I
)
_AT_ALONE = re.compile(r"\s*@\s*[^\W\d_]\w*\s*$")
_ORPHAN = re.compile(r"\s*,?\s*[A-Za-z][\w-]*\s*=\s*[{\"]")
_BRACE_OR_PERCENT = re.compile(r"[{}%]")
_FIELD_ENDS = ("", ",", "}", '"')
_NAME = re.compile(r"[^\s=,{}()\"#%]+")
_BLANK = re.compile(r"(?:\s+|%[^\n]*|</?br ?/?>)*")  # line breaks of pages that show BibTeX
_BARE = re.compile(r"[^,#}\"{\n]*")
_BRACE = re.compile(r"[{}]")
_DOUBLED = re.compile(r"\"\"(?=[^\s,}#\"])([^\"\n]*)\"\"(?=\s*[,}\n]|\s*$)")
_BRACE_OR_QUOTES = re.compile(r"[{}]|\"\"|\"")
_FIELD_ENDS_BEHIND = re.compile(r"\s*(?:#|,\s*(?:[\w-]+\s*=|\}|$)|\}?\s*$)")
_MACRO, _PARTS = 2_000, 100
_COMMENT_LINES = 5_000
"""An @comment still open after so many lines is taken to end on its first line."""


# ---- blocks -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Block:
    """`@kind{body}` and the lines it stands on."""

    kind: str
    body: str
    lines: tuple[int, int]


class _Lines:
    """Numbered lines that can be put back."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self._back: list[tuple[int, str]] = []
        self.unclosed = 0
        """How many comments never closed: the search for an end grows shorter with each."""

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return self

    def __next__(self) -> tuple[int, str]:
        return self._back.pop() if self._back else next(self._lines)

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        self._back.extend(reversed(lines))


def blocks(numbered: Iterable[tuple[int, str]]) -> Iterator[Block | Skip | Fault]:
    """Blocks in order; the text between them as skips. Every non-blank line is in one of them."""
    lines = _Lines(numbered)
    between: Skip | Fault | None = None
    taken = 0  # the last line of the block before: what follows on it belongs to no other
    for first, line in lines:
        n, line = _with_brace(first, line, lines)
        at = None if line.lstrip().startswith("%") else AT.search(line)
        if at:
            if between:
                yield between
                between = None
            block = _block(n, line[at.end() :], at, lines)
            taken = block.lines[1]
            block.lines = (first, taken)
            yield block
        elif n > taken and line.strip():
            orphan = _ORPHAN.match(line) or isinstance(between, Fault)
            kind = Fault if orphan else Skip
            if between and not isinstance(between, kind):
                yield between
                between = None
            between = _grown(between, n, kind)
    if between:
        yield between


def _with_brace(n: int, line: str, lines: _Lines) -> tuple[int, str]:
    """A line that is `@article` alone joined with the next one, if that begins with its brace."""
    if _AT_ALONE.match(line) and (following := next(lines, None)):
        if following[1].lstrip().startswith(("{", "(")):
            return following[0], line.strip() + following[1].lstrip()
        lines.put_back([following])
    return n, line


def _grown(between: Skip | Fault | None, n: int, kind: type[Skip] | type[Fault]) -> Skip | Fault:
    first = between.lines[0] if between else n
    if kind is Fault:
        return Fault((first, n), "fields outside of any entry: look for one closing brace too many above")
    return Skip((first, n), "text between entries")


def _block(n: int, rest: str, at: re.Match[str], lines: _Lines) -> Block | Fault | Skip:
    """The block that `at` opens on line `n`; `rest` is that line after its opening brace."""
    kind, comment = at[1], at[1].lower() == "comment"
    closing = _closing_paren if at[2] == "(" else _closing_brace
    seen = [(n, rest)]
    state = (1, False)
    while True:
        number, line = seen[-1]
        end, state = closing(line, state)
        if end >= 0:
            if "@" in line[end:]:
                lines.put_back([(number, line[end + 1 :])])
            body = [text for _, text in seen[:-1]] + [line[:end]]
            return Block(kind, "\n".join(body), (n, number))
        following = next(lines, None)
        if following is None:
            break
        # Commented-out entries stand inside of @comment: there only its length ends the search.
        if len(seen) > _COMMENT_LINES >> lines.unclosed if comment else NEXT_BLOCK.match(following[1]):
            lines.put_back([following])
            break
        seen.append(following)
    if comment:
        lines.put_back(seen[1:])
        lines.unclosed += 1
        return Skip((n, n), "@comment without its closing brace")
    while not seen[-1][1].strip() and len(seen) > 1:
        seen.pop()
    last = seen[-1][0]
    if at[2] == "{":
        unescaped = _without_escaped_braces("\n".join(text for _, text in seen))
        if unescaped is not None:
            return Block(kind, unescaped, (n, last))
    name = f"@{kind}{at[2]}{rest.split(',')[0].strip()[:60]}"
    return Fault((n, last), f"{name} is never closed: a closing brace is missing before line {last + 1}")


def _closing_brace(line: str, state: tuple[int, bool]) -> tuple[int, tuple[int, bool]]:
    """Where the brace stands that closes the block, or -1 and the depth after the line."""
    depth = state[0]
    closes = line.count("}")
    if depth > closes and "%" not in line:
        return -1, (depth + line.count("{") - closes, False)
    for sign in _BRACE_OR_PERCENT.finditer(line):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
            if depth == 0:
                return sign.start(), (0, False)
        elif depth == 1 and line[: sign.start()].rstrip()[-1:] in _FIELD_ENDS:
            break  # a comment behind a field: its braces do not count
    return -1, (depth, False)


def _closing_paren(line: str, state: tuple[int, bool]) -> tuple[int, tuple[int, bool]]:
    """As `_closing_brace` for `@type( … )`: the first `)` outside of braces and quotes."""
    depth, quoted = state
    for i, sign in enumerate(line):
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 1:
            quoted = not quoted
        elif sign == ")" and depth == 1 and not quoted:
            return i, (0, False)
    return -1, (depth, quoted)


def _without_escaped_braces(body: str) -> str | None:
    r"""The body of a block that closes once `\{` and `\}` are not counted, as some exporters write."""
    depth = 1
    for brace in re.finditer(r"(?<!\\)[{}]", body):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return body[: brace.start()].replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ")
    return None


# ---- fields -----------------------------------------------------------------------------------


def parse(body: str, macros: dict[str, str], keyed: bool = True) -> tuple[str | None, list[tuple[str, str]]]:
    """Key and fields of a block's body, in order. What is no field is kept as `unparsed`."""
    key, at = _key(body) if keyed else (None, 0)
    values: list[tuple[str, str]] = []
    odd: list[str] = []
    end = len(body)
    while at < end:
        at = _skip_blank(body, at)
        while at < end and body[at] == ",":
            at = _skip_blank(body, at + 1)
        if at >= end:
            break
        name = _NAME.match(body, at)
        after = _skip_blank(body, name.end()) if name else at
        if name and after < end and body[after] == "=":
            value, at = _value(body, after + 1, macros)
            values.append((name[0], value))
            continue
        comma = body.find(",", at)
        stop = end if comma < 0 else comma
        odd.append(" ".join(body[at:stop].split()))
        at = stop + 1
    if odd and keyed:
        values.append(("unparsed", ", ".join(odd)))
    return key, values


def _key(body: str) -> tuple[str | None, int]:
    """The key that a body begins with, if any, and where its fields begin."""
    head, comma, _ = body.partition(",")
    if "=" in head:
        return None, 0
    return " ".join(re.sub(r"%[^\n]*", "", head).split()) or None, len(head) + len(comma)


def _skip_blank(body: str, at: int) -> int:
    found = _BLANK.match(body, at)
    return found.end() if found else at


def _value(body: str, at: int, macros: dict[str, str]) -> tuple[str, int]:
    """A value, its parts joined by `#`, and where it ends."""
    parts: list[str] = []
    while True:
        at = _skip_blank(body, at)
        sign = body[at : at + 1]
        if sign == "{":
            stop = _matching(body, at)
            parts.append(body[at + 1 : stop])
            at = stop + 1
        elif sign == '"':
            doubled = _DOUBLED.match(body, at)
            stop = doubled.end() - 1 if doubled else _quote_end(body, at + 1)
            parts.append(doubled[1] if doubled else body[at + 1 : stop].replace('""', '"'))
            at = stop + 1
        else:
            bare = _BARE.match(body, at)
            word = bare[0].split("%")[0].strip() if bare else ""
            at = bare.end() if bare else at
            macro = macros.get(word.lower(), word)
            # Macros made of macros grow without bound: beyond any real name their own name stays.
            parts.append(macro if len(macro) < _MACRO and len(parts) < _PARTS else word)
        at = _skip_blank(body, at)
        if body[at : at + 1] != "#":
            break
        at += 1
    value = "".join(parts)
    return (" ".join(value.split()) if "\n" in value else value.strip()), at


def _matching(body: str, at: int) -> int:
    """Where the brace that opens at `at` closes."""
    depth = 0
    for brace in _BRACE.finditer(body, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(body)


def _quote_end(body: str, at: int) -> int:
    r"""Where a quoted value ends: at a `"` outside of braces. `\"u` outside of braces is an accent,
    against the letter of the grammar, when a letter follows it, and `""` a quotation mark within, as tables
    double them, unless the next field follows."""
    depth = 0
    for sign in _BRACE_OR_QUOTES.finditer(body, at):
        if sign[0] == "{":
            depth += 1
        elif sign[0] == "}":
            depth -= 1
        elif depth <= 0 and _ends(body, sign):
            return sign.start()
    return len(body)


def _ends(body: str, quote: re.Match[str]) -> bool:
    """Whether a quotation mark, or two, ends a value: it is no accent, and the next field follows two."""
    accent = body[quote.start() - 1] == "\\" and body[quote.end() : quote.end() + 1].isalpha()
    return not accent and (quote[0] == '"' or _FIELD_ENDS_BEHIND.match(body, quote.end()) is not None)
