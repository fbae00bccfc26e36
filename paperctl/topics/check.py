"""Reading topic rules: from plain mappings to topics, with every mistake named rather than the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from paperctl.errors import nearest
from paperctl.topics.graph import MIN_PREFIX, cue_words
from paperctl.topics.problems import Path, Problem, described, unknown
from paperctl.topics.references import wrong_references
from paperctl.topics.rules import WEIGHTS, Cue, Kind, Topic
from paperctl.topics.values import items_of, names_of, number_of, text_of

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
LISTS = tuple(kind for kind in WEIGHTS if kind != "learned")
KEYS = (
    *LISTS,
    "name",
    "about",
    "aliases",
    "implies",
    "suggests",
    "needs",
    "threshold",
    "title",
    "proposed",
    "field",
    "field_title",
    "replace",
    "drop",
)
MAX_CUES = 5_000
MAX_WORDS = 8
_PATTERN_SIGNS = re.compile(r"[\\\[\](){}|^$]|\.[*+]|\w\+(?:\s|$)")
_EMPTY_WORDS = frozenset(
    ("a an and are as at by can for from in is it of on or our that the this to we with").split()  # noqa: SIM905
)


def read_topics(
    given: object, known: Mapping[str, Topic], source: str = "config"
) -> tuple[dict[str, Topic], list[Problem]]:
    """`known` topics with the given ones added or changed, and what is wrong with the given ones.

    A topic that is known already is extended: its lists grow, its other settings are replaced;
    `drop:` takes cues away, `replace: true` starts afresh, and `TOPIC: false` switches it off.
    """
    topics = dict(known)
    problems: list[Problem] = []
    if given is None:
        return topics, problems
    if not isinstance(given, Mapping):
        return topics, [
            Problem((), "topics must be a mapping of names to cues", "as in `robotics: {strong: [robot]}`")
        ]
    for name, body in given.items():
        at: Path = (name if isinstance(name, str) else str(name),)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            problems.append(
                Problem(
                    at,
                    f"bad topic name: {name}",
                    "lower-case words joined by hyphens, `/` before a sub-topic",
                )
            )
        elif body is False:
            if topics.pop(name, None) is None:
                problems.append(unknown(at, "topic to switch off", name, known))
        elif not isinstance(body, Mapping):
            problems.append(Problem(at, f"topic {name} has no cues", "give it `strong: [a phrase, another]`"))
        else:
            topic = _topic(name, body, topics.get(name), source, problems)
            topics[name] = topic
    sound = sound_ones(given, topics, problems)
    # What names a topic that is badly said or switched off names no unknown one.
    gone = {str(name) for name, body in given.items() if body is False or name not in sound}
    problems += wrong_references(topics, sound, gone)
    return topics, problems


def sound_ones(
    given: Mapping[Any, object], topics: Mapping[str, Topic], problems: Iterable[Problem]
) -> list[str]:
    """Those of the given topics that have no problem of their own."""
    faulty = {problem.path[0] for problem in problems if problem.path}
    return [name for name in given if name in topics and name not in faulty]


def _topic(
    name: str, body: Mapping[Any, object], base: Topic | None, source: str, problems: list[Problem]
) -> Topic:
    before = len(problems)
    for key in body:
        if key not in KEYS:
            problems.append(unknown((name, str(key)), f"unknown setting of topic {name}", str(key), KEYS))
    if body.get("replace") is True or base is None:
        display = name.replace("-", " ").replace("/", ": ")
        base = Topic(name, display[:1].upper() + display[1:], (), source=source)
    added = _added_cues(name, body, problems)
    new = {key: cue.kind for key, cue in added.items()}
    topic = replace(
        base,
        cues=tuple((_kept_cues(name, body, base, problems) | added).values()),
        title=text_of(name, "name", body, base.title, problems),
        about=text_of(name, "about", body, base.about, problems),
        threshold=number_of(name, "threshold", body, base.threshold, problems, 0.1, 100),
        title_boost=number_of(name, "title", body, base.title_boost, problems, 0, 20),
        proposed=number_of(name, "proposed", body, base.proposed, problems, 0, 20),
        field=_field(name, "field", body, base.field, new, problems),
        field_title=_field(name, "field_title", body, base.field_title, {}, problems),
        implies=names_of(name, "implies", body, base.implies, problems),
        suggests=names_of(name, "suggests", body, base.suggests, problems),
        needs=names_of(name, "needs", body, base.needs, problems),
        aliases=names_of(name, "aliases", body, base.aliases, problems),
        source=source if base.source == source else f"{base.source} + {source}",
    )
    if not any(cue.weight > 0 for cue in topic.cues) and len(problems) == before:
        problems.append(
            Problem((name,), f"topic {name} has no cue that speaks for it", "add `strong:` or `normal:`")
        )
    if len(topic.cues) > MAX_CUES:
        problems.append(Problem((name,), f"topic {name} has more than {MAX_CUES} cues"))
    return topic


def _kept_cues(
    name: str, body: Mapping[Any, object], base: Topic, problems: list[Problem]
) -> dict[tuple[str, ...], Cue]:
    """The cues of the topic that is changed, without those that the change drops."""
    cues = {_same(cue.text): cue for cue in base.cues}
    for text, path in _phrases(name, "drop", body, problems):
        if cues.pop(_same(text), None) is None:
            near = nearest(text, [cue.text for cue in base.cues])
            problems.append(Problem(path, f"no such cue to drop: {text}", near and f"did you mean `{near}`?"))
    return cues


def _added_cues(name: str, body: Mapping[Any, object], problems: list[Problem]) -> dict[tuple[str, ...], Cue]:
    cues: dict[tuple[str, ...], Cue] = {}
    for kind in LISTS:
        for text, path in _phrases(name, kind, body, problems):
            key = _same(text)
            if key in cues:
                hint = f"it is in {cues[key].kind} already"
                problems.append(Problem(path, f"cue twice in topic {name}: {text}", hint))
            cues[key] = Cue(text, kind, WEIGHTS[kind])
    return cues


def _field(
    name: str,
    key: str,
    body: Mapping[Any, object],
    base: tuple[str, ...],
    cues: Mapping[tuple[str, ...], Kind],
    problems: list[Problem],
) -> tuple[str, ...]:
    """The words of a topic's field; what is added to a topic that has one is of it by its own words."""
    words = [*base]
    for text, path in _phrases(name, key, body, problems):
        if len(cue_words(text)) > 1:
            problems.append(Problem(path, f"{key} takes single words: {text}", "the most telling word alone"))
        words.append(text)
    if base:
        words += [
            word for cue, kind in cues.items() if kind in ("strong", "normal") for word in cue if word != "+"
        ]
    return tuple(dict.fromkeys(words))


def _same(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(" + ") for word in ("+", *cue_words(part)))


def _phrases(
    name: str, key: str, body: Mapping[Any, object], problems: list[Problem]
) -> list[tuple[str, Path]]:
    """The sound cues of one list; the others become problems."""
    found: list[tuple[str, Path]] = []
    for i, text in enumerate(items_of(name, key, body, problems)):
        path: Path = (name, key, i)
        if isinstance(text, bool) or not isinstance(text, str | int | float):
            problems.append(
                Problem(path, f"a cue must be a phrase, not {described(text)}", "put it in quotes")
            )
            continue
        text = " ".join(str(text).split())
        if fault := _cue_fault(text):
            problems.append(Problem(path, f"{fault[0]}: {text}", fault[1]))
        else:
            found.append((text, path))
    return found


def _cue_fault(text: str) -> tuple[str, str | None] | None:
    if _PATTERN_SIGNS.search(text):
        return (
            "a cue is words, not a regular expression",
            "`quant*` is any ending, `a + b` both in one sentence",
        )
    parts = text.split(" + ")
    if all(word in _EMPTY_WORDS for part in parts for word in cue_words(part)):
        return "a cue that every paper has, or without words", None
    for part in parts:
        words = cue_words(part)
        if not words:
            return "a cue without words", None
        if len(words) > MAX_WORDS:
            return f"a cue of more than {MAX_WORDS} words", "it would hardly ever occur"
        if any(word.endswith("*") and len(word) <= MIN_PREFIX for word in words):
            return f"give at least {MIN_PREFIX} letters before *", None
        if any("*" in chunk.rstrip("*") or chunk.startswith("*") for chunk in part.split()):
            return "* stands only at the end of a word", None
    return None
