"""Query text to tree: a scanner that knows quotes, fields and brackets, and a small descent over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from paperctl.errors import UsageError, did_you_mean
from paperctl.query.fault import fault
from paperctl.query.tree import And, How, Node, Not, Or, Term, quoted
from paperctl.record.fields import NAMES, canonical
from paperctl.text import late

_DEEPEST = 50

Saved = Callable[[str], Node]
"""Gives the tree of a saved query; raises UsageError where there is none of that name."""


class InSaved(UsageError):
    """What is wrong in a saved query; `names` leads to it from the one that was asked for."""

    def __init__(self, names: tuple[str, ...], fault: UsageError) -> None:
        super().__init__(f"in {' → '.join(names)}: {fault.message}", fault.hint, code=fault.code)
        self.names, self.fault = names, fault


_SAVED = late.pattern(r"@([^\W\d][\w\-]*)(?=[\s()]|$)")
_NEW = late.pattern(r"new:(?=[\s()]|$)", re.I)
_PUNCTUATION = late.pattern(r'(?:[^\w\s"“„‟()]|_)+(?=[\s)]|$)')
_FIELD = late.pattern(r"([^\W\d][\w.\-]*):(?=[^\s)])")
_QUOTED = late.pattern(r'"(?P<straight>(?:[^"\\]|\\.)*)"|[“„‟](?P<curly>[^“”]*)[“”]', re.DOTALL)
_EMPTY = late.pattern(r"([^\W\d][\w.\-]*):[=~]?(?=\s*(?:\)|$))")
"""A word with a colon where a query or a bracket ends; before more words it may stand in a pasted title."""
_OPENING = '"“„‟'
_ESCAPED = late.pattern(r'\\(["\\])')


Kind = Literal["(", ")", "or", "and", "not", "term"]

_OPERATORS: dict[str, Kind] = {"or": "or", "and": "and", "not": "not"}


class _Token(Struct, frozen=True):
    kind: Kind
    at: tuple[int, int]
    term: Node | None = None


def parse_tree(text: str, saved: Saved | None = None) -> Node:
    """The tree of a query; an empty query is `And(())`, every paper. `@NAME` is the tree that `saved` gives.

    Raises `UsageError` with a caret under the fault. Values are checked when the tree is compiled.
    """
    tokens = list(_scan(text, saved))
    if not tokens:
        if text.strip():
            raise fault(text, (0, len(text)), "there is nothing to look for in this query")
        return And(())
    return _Descent(text, tokens).whole()


def _scan(text: str, saved: Saved | None) -> Iterator[_Token]:
    """Tokens from left to right. Lone punctuation between words is passed over, as in a pasted title."""
    here = 0
    while here < len(text):
        char = text[here]
        if char.isspace():
            here += 1
        elif punctuation := _PUNCTUATION.match(text, here):
            here = punctuation.end()
        elif char == "(" or char == ")":
            yield _Token("(" if char == "(" else ")", (here, here + 1))
            here += 1
        elif char == "-":
            yield _Token("not", (here, here + 1))
            here += 1
        elif named := _SAVED.match(text, here):
            yield _Token("term", named.span(), _saved(text, named, saved))
            here = named.end()
        elif new := _NEW.match(text, here):
            yield _Token("term", new.span(), Term("load", "begins", "last", new.span(), new.span()))
            here = new.end()
        else:
            token = _word(text, here)
            here = token.at[1]
            yield token


def _saved(text: str, named: re.Match[str], saved: Saved | None) -> Node:
    """The tree of `@NAME`; faults of the saved query say whose they are."""
    try:
        if saved is None:
            raise UsageError("queries are saved in a store, and these papers are in none")
        return saved(named[1])
    except InSaved:  # it shows the query that is wrong, with a caret of its own
        raise
    except UsageError as error:
        hint = f"{error.hint}; " if error.hint else ""
        raise fault(text, named.span(), error.message, f'{hint}for the text itself: "{named[0]}"') from error


def _word(text: str, start: int) -> _Token:
    """The token at `start`: a word, a phrase, a field with its value, or one of the operator words."""
    field, how, here = _before_the_value(text, start)
    if here < len(text) and text[here] in _OPENING:
        found = _QUOTED.match(text, here)
        if not found:
            raise fault(text, (here, here + 1), 'this quote is never closed: add a " after the phrase')
        value, end = found["curly"] or _ESCAPED.sub(r"\1", found["straight"] or ""), found.end()
        how = "phrase" if how == "begins" else how
    else:
        end = _end_of_bare(text, here, backslash=how == "regex")
        value = text[here:end]
        if not field and value.lower() in _OPERATORS:
            return _Token(_OPERATORS[value.lower()], (start, end))
    if not value.strip():
        raise fault(text, (start, max(end, here)), f"there is no value after {text[start:here]}")
    return _Token("term", (start, end), Term(field, how, value, (start, end), (here, end)))


def _before_the_value(text: str, start: int) -> tuple[str, How, int]:
    """The field that a token names, how its value is compared, and where the value begins."""
    named = _FIELD.match(text, start)
    if not named and (empty := _EMPTY.match(text, start)) and canonical(empty[1]):
        raise fault(
            text,
            empty.span(),
            f"there is no value after {empty[0]}",
            f'to look for the text itself, quote it: "{empty[0]}"'
            + (
                "; load:last, load:2026-11-20 and load:ID find what a load added"
                if empty[1] == "load"
                else ""
            ),
        )
    if not named:
        return "", "begins", start
    if text.startswith("//", named.end()):
        return "url", "begins", start
    field, here = _field(text, named), named.end()
    if text[here] == "(":
        raise fault(
            text,
            (here, here + 1),
            "a field takes one value, not a bracket",
            f"for any of several: ({named[1]}:a or {named[1]}:b)",
        )
    if text[here] in "=~":
        return field, "exact" if text[here] == "=" else "regex", here + 1
    return field, "begins", here


_OPTIONS = {"sort": "--sort", "order": "--sort", "orderby": "--sort", "limit": "--limit"}
"""What other programs write into a query, and is an option here."""


def _field(text: str, named: re.Match[str]) -> str:
    field = canonical(named[1])
    if field is None and named[1].lower() == "new":
        raise fault(text, named.span(), "new: takes no value", "new: alone is what the last load added")
    if field is None:
        end = _end_of_bare(text, named.start(), backslash=False)
        if (option := _OPTIONS.get(named[1].lower())) and (value := text[named.end() : end]):
            shown = f"an order or a number is no condition: {named[1]}"
            raise fault(text, named.span(1), shown, f"the option: {option} {value}", "no-such-field")
        raise fault(
            text,
            named.span(1),
            f'unknown field "{named[1]}"{did_you_mean(named[1], NAMES)}',
            f"fields: {', '.join(NAMES)}, extra.NAME; "
            f"to look for the text itself, quote it: {quoted(text[named.start() : end])}",
            "no-such-field",
        )
    return field


def _end_of_bare(text: str, start: int, *, backslash: bool) -> int:
    """Where an unquoted value ends: at a blank, a quote, or a bracket that it did not open itself."""
    opened, here = 0, start
    while here < len(text):
        char = text[here]
        if backslash and char == "\\" and here + 1 < len(text) and not text[here + 1].isspace():
            here += 1
        elif char == "(":
            opened += 1
        elif char == ")":
            if not opened:
                break
            opened -= 1
        elif char.isspace() or char in _OPENING:
            break
        here += 1
    return here


class _Descent:
    """Recursive descent; `not` binds before `and` (a blank), `and` before `or`."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def whole(self) -> Node:
        tree = self.either()
        if self.peek() == ")":
            raise fault(self.text, self.tokens[self.next].at, "this bracket was never opened")
        return tree

    def peek(self) -> str | None:
        return self.tokens[self.next].kind if self.next < len(self.tokens) else None

    def either(self) -> Node:
        parts = [self.both()]
        while self.peek() == "or":
            self.next += 1
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Node:
        parts = [self.negated()]
        while self.peek() not in (None, "or", ")"):
            if self.peek() == "and":
                self.next += 1
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negated(self) -> Node:
        times = 0
        while self.peek() == "not":
            times += 1
            self.next += 1
        part = self.primary()
        # A pair of negations says nothing; only whether they are odd counts.
        return Not(part) if times % 2 else part

    def primary(self) -> Node:
        if self.next == len(self.tokens) or self.peek() in ("or", "and", ")"):
            raise self.missing()
        token = self.tokens[self.next]
        self.next += 1
        if token.term:
            return token.term
        self.depth += 1
        if self.depth > _DEEPEST:
            raise fault(self.text, token.at, f"brackets nest more than {_DEEPEST} deep here")
        inside = self.either()
        self.depth -= 1
        if self.peek() != ")":
            raise fault(self.text, token.at, "this bracket is never closed: add a ) after the group")
        self.next += 1
        return inside

    def missing(self) -> Exception:
        """What to say where a term should stand and none does."""
        here = self.tokens[min(self.next, len(self.tokens) - 1)]
        if self.next and self.tokens[self.next - 1].kind != "(":
            before = self.tokens[self.next - 1]
            if before.kind in ("or", "and", "not"):
                shown = self.text[slice(*before.at)]
                return fault(
                    self.text,
                    before.at,
                    f'"{shown}" needs something to look for after it',
                    None if shown == "-" else f'to look for the word itself, quote it: "{shown}"',
                )
        if here.kind in ("or", "and"):
            shown = self.text[slice(*here.at)]
            return fault(
                self.text,
                here.at,
                f'"{shown}" needs something to look for on both sides',
                f'to look for the word itself, quote it: "{shown}"',
            )
        if here.kind == ")" and self.next == 0:
            return fault(self.text, here.at, "this bracket was never opened")
        if here.kind == ")":
            return fault(self.text, here.at, "there is nothing between these brackets")
        return fault(self.text, here.at, "this bracket is never closed: add a ) after the group")
