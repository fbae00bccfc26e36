"""What may stand where the cursor is: candidates for the shells' completion, each with what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from paperctl.cli.candidates import Candidate, Comma, begun, listed
from paperctl.cli.completing_values import (
    fields,
    ids,
    labels,
    query_terms,
    saved,
    settings,
    topics,
)
from paperctl.cli.session import Session
from paperctl.cli.verbs import SYNONYMS, VERBS

FILES = ":files:"
"""Says that the shell's own completion of files will do."""
_MOST = 200


class Place(NamedTuple):
    """Where on the command line the cursor is."""

    session: Session
    words: Sequence[str]
    """The arguments of the command before the word, options left out."""
    word: str


Values = Callable[[Place], Iterable[Candidate]]


def _decisions_then_ids(place: Place) -> Iterable[Candidate]:
    if place.words:
        return ids(place.session, place.word)
    from paperctl.cli.mark import DECISIONS, STATUSES

    return listed((*DECISIONS, *STATUSES))


def _divided(first: Callable[[Session], Iterable[Candidate]]) -> Values:
    return lambda place: ids(place.session, place.word) if "--" in place.words else first(place.session)


def _ids(place: Place) -> Iterable[Candidate]:
    return ids(place.session, place.word)


def _query(place: Place) -> Iterable[Candidate]:
    return query_terms(place.session, place.word)


def _ids_or_query(place: Place) -> Iterator[Candidate]:
    yield from ids(place.session, place.word) if place.word else ()
    yield from query_terms(place.session, place.word)


def _help(place: Place) -> Iterator[Candidate]:
    from paperctl.cli.help import about, pages

    yield from VERBS.items()
    yield from ((topic, about(page)) for topic, page in pages().items() if topic not in VERBS)


def _changes(place: Place) -> Iterator[Candidate]:
    for change in reversed(place.session.store.log()):
        if not change.undone and not change.undoes:
            yield change.at, change.did


def _shapes(place: Place) -> Iterable[Candidate]:
    from paperctl.cli.schemas import SHAPES

    return [(name, shape.made_by) for name, shape in SHAPES.items()]


def _value_of_setting(place: Place) -> Iterable[Candidate]:
    from paperctl.config.table import BY_NAME

    if not place.words:
        return settings()
    setting = BY_NAME.get(place.words[0])
    if setting is None:
        return ()
    return listed(setting.choices or (("true", "false") if setting.kind is bool else ()))


ARGUMENTS: Mapping[str, Values | str] = {
    **dict.fromkeys(("list", "search", "export", "screen", "stats", "browse", "query save"), _query),
    **dict.fromkeys(("similar", "rm"), _ids_or_query),
    **dict.fromkeys(("show", "open", "note", "topics explain", "dedupe split", "dedupe why"), _ids),
    **dict.fromkeys(("tag add", "tag remove", "tag forget"), _divided(topics)),
    **dict.fromkeys(("label add", "label remove"), _divided(labels)),
    **dict.fromkeys(("tag review", "topics suggest"), lambda place: topics(place.session)),
    **dict.fromkeys(("load", "tag eval", "bulk dedupe", "bulk tag"), FILES),
    "mark": _decisions_then_ids,
    "query rm": lambda place: saved(place.session, at=""),
    **dict.fromkeys(("config get", "config unset"), lambda place: settings()),
    "config set": _value_of_setting,
    "help": _help,
    "completion": lambda place: listed(("bash", "zsh", "fish")),
    "schema": _shapes,
    "undo": _changes,
}
"""What the arguments of each command are."""


def _formats(command: str) -> Iterable[Candidate]:
    if command == "load":
        from paperctl.readers import readers

        return [(name, reader.ABOUT) for name, reader in readers().items()]
    from paperctl.exports import export, names

    return [*((name, export(name).ABOUT) for name in names()), ("table", "as on a terminal")]


def _of_option(option: str, command: str, place: Place) -> Iterable[Candidate] | Comma | str:
    """The values of an option, where more is known of them than the option itself says."""
    if option in ("-f", "--format"):
        return _formats(command)
    if option in ("--fields", "--sort"):
        return Comma(fields(), signs="-" if option == "--sort" else "")
    if option == "--group-by":
        from paperctl.exports import GROUPS

        return listed(GROUPS)
    if option == "--reason":
        return listed(place.session.settings["screen.reasons"])
    if option == "--color":
        return listed(("auto", "always", "never"))
    if option == "--like":
        return ids(place.session, place.word)
    if option in ("--store", "--config", "-o", "--output", "--template", "--plan", "--apply"):
        return FILES
    return ()


class Typed(NamedTuple):
    """A command line as far as it was typed: the command, its name, the globals, what follows."""

    command: Any
    name: str
    globals: Mapping[str, str]
    rest: Sequence[str]


def _typed(before: Sequence[str], root: object) -> Typed:
    """The command that the words before the cursor call."""
    named: dict[str, str] = {}
    command, name, rest = root, "", [*before]
    while rest:
        word = rest[0]
        if not name and word in ("--store", "--config", "--color", "--wait"):
            named[word] = rest[1] if len(rest) > 1 else ""
            rest = rest[2:]
        elif word.startswith("-"):
            if hasattr(command, "commands") or not name:
                rest = rest[1:]
                continue
            break
        elif hasattr(command, "get_command"):
            word = word if name else SYNONYMS.get(word, word)
            inner = command.get_command(None, word)
            if inner is None:
                break
            command, name, rest = inner, f"{name} {word}".strip(), rest[1:]
        else:
            break
    return Typed(command, name, named, rest)


def _plainly_typed(before: Sequence[str], word: str) -> Typed | None:
    """The command that the words before the cursor call, where an argument comes next whose values are known
    without the command's own module: importing it and what reads its options takes longer than looking."""
    verb = SYNONYMS.get(before[0], before[0]) if before else ""
    options = before[: before.index("--")] if "--" in before else [*before, word]
    if any(typed[:1] == "-" for typed in options):
        return None
    for words in (2, 1):
        name = " ".join((verb, *before[1:words]))
        if len(before) >= words and name in ARGUMENTS:
            return Typed(None, name, {}, before[words:])
    return None


def candidates(before: Sequence[str], word: str, root: Callable[[], object]) -> Sequence[Candidate] | str:
    """What may stand at the cursor after these words (without `paperctl`) for a word begun so; FILES where
    the shell knows better. `root` gives the command that all others are a part of."""
    found: Iterable[Candidate] | Comma | str
    if plain := _plainly_typed(before, word):
        found = _of_arguments(plain, _place(plain, plain.rest, word))
    else:
        found = _possible(_typed(before, root()), before, word)
    return found if isinstance(found, str) else list(islice(begun(word, found), _MOST))


def _possible(typed: Typed, before: Sequence[str], word: str) -> Iterable[Candidate] | Comma | str:
    if not typed.name and not word.startswith("-"):
        last = before[-1] if before else ""
        if last in typed.globals:
            return _of_option(last, "", _place(typed, [], word))
        return [*VERBS.items()]
    options = {opt: param for param in typed.command.params for opt in (*param.opts, *param.secondary_opts)}
    words, open_option = _arguments(typed.rest, options)
    place = _place(typed, words, word)
    if open_option is not None:
        kind = getattr(options[open_option].type, "choices", None)
        return listed(map(str, kind)) if kind else _of_option(open_option, typed.name, place)
    if word.startswith("-") and "--" not in words:
        completer = ARGUMENTS.get(typed.name, ())
        shown = ((opt, getattr(param, "help", "") or "") for opt, param in options.items() if opt[:2] == "--")
        return [*shown, *(_query(place) if completer in (_query, _ids_or_query) else ())]
    return _of_arguments(typed, place)


def _of_arguments(typed: Typed, place: Place) -> Iterable[Candidate] | str:
    """What may stand as the next argument of a command: a command of it, or a value."""
    inner = getattr(typed.command, "commands", None)
    if inner and not place.words:
        return [(name, command.get_short_help_str(80)) for name, command in inner.items()]
    completer = ARGUMENTS.get(typed.name, ())
    return completer if isinstance(completer, str) else completer(place) if callable(completer) else ()


def _arguments(rest: Sequence[str], options: Mapping[str, object]) -> tuple[list[str], str | None]:
    """The arguments among the words behind a command, and the option whose value comes next."""
    words: list[str] = []
    waiting: str | None = None
    for word in rest:
        if waiting is not None:
            waiting = None
        elif word in options and "--" not in words:
            waiting = None if getattr(options[word], "is_flag", False) else word
        else:
            words.append(word)
    return words, waiting


def _place(typed: Typed, words: Sequence[str], word: str) -> Place:
    config = typed.globals.get("--config")
    session = Session.open(
        store=typed.globals.get("--store"), config=Path(config) if config else None, color=None, quiet=True,
        verbose=False, debug=False, wait=0.0,
    )  # fmt: skip
    return Place(session, words, word)
